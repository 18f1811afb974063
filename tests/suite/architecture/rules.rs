//! The rules on imports, libraries and effects; each gives its violations as `file:line: message`.

use std::collections::{BTreeMap, BTreeSet};

use super::paths::{NamedPath, named_paths};
use super::rust_text::{code_only, line_of, without_tests};
use super::{FILE_HOMES, HOMES, IMPORTS, INDEPENDENT_CHILDREN, PRINT_HOMES, SourceFile};

/// Imports that the table does not allow, modules that it does not know, and siblings that should not know each other.
pub(super) fn imports(files: &[SourceFile]) -> Vec<String> {
    let mut out = Vec::new();
    for file in production_files(files) {
        let Some(module) = file.module.first() else { continue };
        let Some((_, allowed)) = IMPORTS.iter().find(|(name, _)| name == module) else {
            out.push(format!("{}:1: module `{module}` is not in the import table", file.path));
            continue;
        };
        for (target, line) in file.imports() {
            let Some(other) = target.first() else { continue };
            if other != module && IMPORTS.iter().any(|(name, _)| name == other) && !allowed.contains(&other.as_str()) {
                let list = if allowed.is_empty() { "nothing".to_owned() } else { allowed.join(", ") };
                out.push(format!("{}:{line}: `{module}` must not use `{other}` (it may use: {list})", file.path));
            }
            out.extend(sibling_violation(&file, &target, line, files));
        }
    }
    // One line that names a module twice is one violation.
    out.dedup();
    out
}

/// Circles in the imports that there are, whatever the table says.
pub(super) fn cycles(files: &[SourceFile]) -> Vec<String> {
    let modules: BTreeSet<_> = production_files(files).filter_map(|file| file.module.first().cloned()).collect();
    let mut edges: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for file in production_files(files) {
        let Some(module) = file.module.first() else { continue };
        for (target, _) in file.imports() {
            if let Some(other) = target.first().filter(|other| *other != module && modules.contains(*other)) {
                edges.entry(module.clone()).or_default().insert(other.clone());
            }
        }
    }
    // What leads nowhere is taken away until nothing changes; what stays is in a circle or leads into one.
    loop {
        let before = edges.len();
        let kept: BTreeSet<_> = edges.keys().cloned().collect();
        edges.retain(|_, targets| {
            targets.retain(|target| kept.contains(target));
            !targets.is_empty()
        });
        if edges.len() == before {
            break;
        }
    }
    edges
        .into_iter()
        .map(|(from, to)| {
            let to = to.into_iter().collect::<Vec<_>>().join(", ");
            format!("src/{from}: imports in a circle: `{from}` uses {to}")
        })
        .collect()
}

/// Libraries used outside the modules that own them.
pub(super) fn homes(files: &[SourceFile]) -> Vec<String> {
    let mut out = Vec::new();
    for file in production_files(files) {
        let local = file.local_names();
        for NamedPath { segments, line } in &file.paths {
            let Some((_, homes)) = HOMES.iter().find(|(libraries, _)| libraries.contains(&segments[0].as_str())) else {
                continue;
            };
            let here = file.module.join("::");
            let is_home = homes.iter().any(|home| here == *home || here.starts_with(&format!("{home}::")));
            if !is_home && !local.contains(segments[0].as_str()) {
                let homes = homes.join(", ");
                out.push(format!("{}:{line}: `{}` is only for {homes}, not for `{here}`", file.path, segments[0]));
            }
        }
    }
    out
}

/// Files touched and lines printed where they should not be.
pub(super) fn effects(files: &[SourceFile]) -> Vec<String> {
    let mut out = Vec::new();
    for file in production_files(files) {
        let below = file.path.trim_start_matches("src/");
        let lives_in = |homes: &[&str]| {
            homes.iter().any(|home| if home.ends_with('/') { below.starts_with(home) } else { below == *home })
        };
        if !lives_in(FILE_HOMES) {
            for NamedPath { segments, line } in &file.paths {
                if segments.len() > 1 && segments[0] == "std" && segments[1] == "fs" {
                    let homes = FILE_HOMES.join(", ");
                    out.push(format!("{}:{line}: `std::fs` is only for {homes}", file.path));
                }
            }
        }
        if !lives_in(PRINT_HOMES) {
            for name in ["println!", "eprintln!", "print!", "eprint!", "dbg!"] {
                for at in macro_calls(&file.code, name) {
                    let line = line_of(&file.code, at);
                    out.push(format!("{}:{line}: `{name}` is only for {}", file.path, PRINT_HOMES.join(", ")));
                }
            }
        }
    }
    out
}

/// A Rust file below `src` without its tests.
struct ProductionFile<'a> {
    path: &'a str,
    /// Its module path; empty for `lib.rs`.
    module: Vec<String>,
    code: String,
    paths: Vec<NamedPath>,
}

fn production_files(files: &[SourceFile]) -> impl Iterator<Item = ProductionFile<'_>> {
    files.iter().filter_map(|file| {
        let below = file.below_src()?;
        let is_test = below.ends_with("/tests.rs") || below.contains("/tests/");
        let code = without_tests(&code_only(&file.text));
        (!is_test).then(|| ProductionFile {
            path: &file.path,
            module: module_path(below),
            paths: named_paths(&code),
            code,
        })
    })
}

/// `export/pdf/mod.rs` → `export`, `pdf`.
fn module_path(below_src: &str) -> Vec<String> {
    let mut parts: Vec<_> = below_src.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
    if matches!(parts.last().map(String::as_str), Some("mod" | "lib")) {
        parts.pop();
    }
    parts
}

impl ProductionFile<'_> {
    /// The module paths from the crate's root that this file names, with their lines.
    fn imports(&self) -> Vec<(Vec<String>, usize)> {
        self.paths.iter().filter_map(|path| Some((self.resolve(&path.segments)?, path.line))).collect()
    }

    /// `segments` from the crate's root, when they lead into this crate.
    fn resolve(&self, segments: &[String]) -> Option<Vec<String>> {
        match segments.first()?.as_str() {
            "crate" | "retell" => Some(segments[1..].to_vec()),
            "self" => Some([&self.module[..], &segments[1..]].concat()),
            "super" => {
                let up = segments.iter().take_while(|segment| *segment == "super").count();
                let parent = &self.module[..self.module.len().saturating_sub(up)];
                Some([parent, &segments[up..]].concat())
            }
            _ => None,
        }
    }

    /// Names that mean something else here than a library: child modules and what `use` brings in from inside.
    fn local_names(&self) -> BTreeSet<&str> {
        let imported = self
            .paths
            .iter()
            .filter(|path| self.resolve(&path.segments).is_some())
            .filter_map(|path| path.segments.last().map(String::as_str));
        let mut words = self.code.split_whitespace();
        let mut declared = BTreeSet::new();
        while let Some(word) = words.next() {
            if word == "mod" {
                declared.extend(words.next().map(|name| name.trim_end_matches([';', '{'])));
            }
        }
        declared.extend(imported);
        declared
    }
}

/// A child of the module with independent children that names another child.
fn sibling_violation(
    file: &ProductionFile<'_>,
    target: &[String],
    line: usize,
    files: &[SourceFile],
) -> Option<String> {
    let [module, own, ..] = file.module.as_slice() else { return None };
    let [other_module, other, ..] = target else { return None };
    if module != INDEPENDENT_CHILDREN || other_module != module || other == own {
        return None;
    }
    // `export::Bytes` names an item of the parent, which all children share.
    let is_child = files.iter().filter_map(SourceFile::below_src).any(|below| {
        let path = module_path(below);
        path.first() == Some(module) && path.get(1) == Some(other)
    });
    is_child.then(|| format!("{}:{line}: exporters are independent: `{own}` must not use `{other}`", file.path))
}

/// Offsets at which the macro `name` (with its `!`) is called.
fn macro_calls<'a>(code: &'a str, name: &'a str) -> impl Iterator<Item = usize> + 'a {
    code.match_indices(name).map(|(at, _)| at).filter(|&at| {
        let before = at.checked_sub(1).map(|before| code.as_bytes()[before]);
        !before.is_some_and(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    })
}
