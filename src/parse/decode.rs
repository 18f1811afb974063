use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::source::{MAX_FILE_BYTES, SourceId, Sources, Span};

/// The byte order mark that some editors put before a text.
const MARK: char = '\u{feff}';

/// Adds a file's text to the arena and gives it. A file that is too large has none; bytes that are not
/// UTF-8 are reported and shown as `�`.
pub(super) fn decode(
    sources: &mut Sources,
    name: &str,
    bytes: &[u8],
    diagnostics: &mut Diagnostics,
) -> (SourceId, String) {
    if bytes.len() as u64 > MAX_FILE_BYTES {
        let mib = 1024 * 1024;
        let message = format!(
            "`{name}` has {} MiB, the limit is {} MiB",
            (bytes.len() as u64).div_ceil(mib),
            MAX_FILE_BYTES / mib
        );
        let source = sources.add(name, "");
        diagnostics.push(
            Diagnostic::new(&code::FILE_TOO_LARGE, Span::new(source, 0, 0), message)
                .hint("keep pictures in files of their own instead of `data:` URLs"),
        );
        return (source, String::new());
    }
    if is_utf16(bytes) {
        let source = sources.add(name, "");
        let found = Diagnostic::new(&code::NOT_UTF8, Span::new(source, 0, 0), "this file is UTF-16, not UTF-8");
        diagnostics.push(found.hint("save it as UTF-8 in your editor, or run `iconv -f UTF-16 -t UTF-8`"));
        return (source, String::new());
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => (sources.add(name, text), text.to_owned()),
        Err(error) => {
            let at = error.valid_up_to();
            let text = String::from_utf8_lossy(bytes).into_owned();
            let source = sources.add(name, text.clone());
            let byte = bytes.get(at).copied().unwrap_or_default();
            let found = Diagnostic::new(
                &code::NOT_UTF8,
                Span::new(source, at, at + '\u{fffd}'.len_utf8()),
                format!("this is not UTF-8: byte 0x{byte:02x}"),
            );
            diagnostics.push(found.hint("save the file as UTF-8 in your editor"));
            (source, text)
        }
    }
}

/// Whether bytes start with the mark of UTF-16, or with two of its ASCII characters, every other byte of which is zero.
fn is_utf16(bytes: &[u8]) -> bool {
    match *bytes {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => true,
        [a, b, c, d, ..] => ((a, c) == (0, 0) && b != 0 && d != 0) || ((b, d) == (0, 0) && a != 0 && c != 0),
        _ => false,
    }
}

/// How many bytes the byte order mark takes.
pub(super) fn mark_length(text: &str) -> usize {
    if text.starts_with(MARK) { MARK.len_utf8() } else { 0 }
}
