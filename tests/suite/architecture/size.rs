//! How large files, functions and folder trees may be; violations as `file:line: message`.

use super::rust_text::{closing_brace, code_only, line_of};
use super::{MAX_DEPTH, MAX_FILE_LINES, MAX_FUNCTION_LINES, SourceFile, has_ending};

/// Files with too many lines.
pub(super) fn files(files: &[SourceFile]) -> Vec<String> {
    files
        .iter()
        .filter_map(|file| {
            let lines = file.text.lines().count();
            (lines > MAX_FILE_LINES)
                .then(|| format!("{}:{lines}: {lines} lines, at most {MAX_FILE_LINES}: split it by thing", file.path))
        })
        .collect()
}

/// Rust functions with too many lines.
pub(super) fn functions(files: &[SourceFile]) -> Vec<String> {
    let mut out = Vec::new();
    for file in files.iter().filter(|file| has_ending(&file.path, &["rs"])) {
        let code = code_only(&file.text);
        for (name, start, end) in functions_of(&code) {
            let line = line_of(&code, start);
            let lines = line_of(&code, end - 1) + 1 - line;
            if lines > MAX_FUNCTION_LINES {
                let path = &file.path;
                out.push(format!("{path}:{line}: `{name}` has {lines} lines, at most {MAX_FUNCTION_LINES}"));
            }
        }
    }
    out
}

/// Files too many folders below `src`.
pub(super) fn folders(files: &[SourceFile]) -> Vec<String> {
    files
        .iter()
        .filter_map(|file| {
            let depth = file.path.strip_prefix("src/")?.matches('/').count();
            (depth > MAX_DEPTH).then(|| format!("{}:1: {depth} folders below src, at most {MAX_DEPTH}", file.path))
        })
        .collect()
}

/// Name, start and end of every function with a body.
fn functions_of(code: &str) -> Vec<(&str, usize, usize)> {
    let mut out = Vec::new();
    for (start, _) in code.match_indices("fn ") {
        let follows_word = start > 0 && code.as_bytes()[start - 1].is_ascii_alphanumeric();
        let rest = &code[start + 3..];
        let name = &rest[..rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len())];
        if follows_word || name.is_empty() {
            continue;
        }
        if let Some(open) = body_start(code, start) {
            out.push((name, start, closing_brace(code, open)));
        }
    }
    out
}

/// The brace that opens the body; `None` for a declaration without one.
fn body_start(code: &str, start: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in code.bytes().enumerate().skip(start) {
        match byte {
            b'(' | b'[' => depth += 1,
            b')' | b']' => depth = depth.saturating_sub(1),
            b'{' if depth == 0 => return Some(at),
            b';' if depth == 0 => return None,
            _ => {}
        }
    }
    None
}
