use std::fmt::Write as _;

use crate::diagnostic::Diagnostics;
use crate::source::Sources;
use crate::theme::folder::Folder;
use crate::theme::{preview, resolve};

/// What stands above a group of tokens in a new `theme.yaml`, and how their names begin.
const GROUPS: [(&str, &[&str]); 4] = [
    (
        "Ground, text and accent. Text keeps 4.5 : 1 on every ground that it may stand on.",
        &["background", "surface", "rule", "ink", "muted", "accent", "on-accent", "ripple", "mark"],
    ),
    ("Alerts, each with its ground.", &["note-soft", "note", "tip", "important", "warning", "caution"]),
    ("Code.", &["code-"]),
    ("Sizes, in px on a slide that is 720 px high.", &[""]),
];

/// The files of a new theme called `name` that extends the built-in theme `from`; `None` when there is no such theme.
///
/// Every token of the parent stands in its `theme.yaml` as a comment, to be changed by taking the mark away.
#[must_use]
pub fn start(name: &str, from: &str) -> Option<Vec<(String, Vec<u8>)>> {
    let parent = Folder::built_in(from)?;
    let theme = resolve::resolve(parent, &mut Sources::default(), &mut Diagnostics::default());
    let mut files = vec![
        ("theme.yaml".to_owned(), theme_yaml(name, from, &theme.tokens).into_bytes()),
        ("theme.css".to_owned(), include_bytes!("start/theme.css").to_vec()),
        ("layouts/README.md".to_owned(), include_bytes!("start/layouts.md").to_vec()),
    ];
    files.extend(preview());
    Some(files)
}

fn theme_yaml(name: &str, from: &str, tokens: &std::collections::BTreeMap<String, String>) -> String {
    let mut out = format!(
        "# A theme: `retell theme preview .` shows it while you change it, `retell theme check .` says what is wrong.\n\
         name: {name}\ndescription: One line that says what it looks like\nextends: {from}\n\n\
         # Fonts: families in the order in which they are tried; files lie in this folder, one face a file.\n\
         # fonts:\n#   heading: [My Serif, Noto Sans SC]\n#   body: [Inter, Noto Sans SC]\n\
         #   files: [my-serif-regular.ttf, my-serif-bold.ttf]\n\n\
         # Each token is a custom property: `accent` is `var(--accent)`. Take the mark away from those you change.\ntokens:\n"
    );
    let _ = writeln!(out, "  accent: \"{}\"", tokens.get("accent").map_or("#0f766e", String::as_str));
    let mut left: Vec<(&String, &String)> = tokens.iter().filter(|(name, _)| *name != "accent").collect();
    for (title, starts) in GROUPS {
        let _ = writeln!(out, "\n  # {title}");
        let (these, others): (Vec<_>, Vec<_>) =
            left.into_iter().partition(|(name, _)| starts.iter().any(|start| name.starts_with(start)));
        for (name, value) in these {
            let _ = writeln!(out, "  # {name}: \"{value}\"");
        }
        left = others;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::MemoryLoader;
    use crate::theme::Registry;

    #[test]
    fn a_new_theme_can_be_read_and_looks_like_its_parent() {
        for from in ["paper", "night"] {
            let files = start("mine", from).unwrap();
            let loader =
                files.into_iter().fold(MemoryLoader::default(), |loader, (path, bytes)| loader.with(path, bytes));
            let mut found = Diagnostics::default();
            let theme = Registry.load_folder(&loader, &mut Sources::default(), &mut found);
            assert!(found.is_empty());
            let parent = resolve::resolve(Folder::built_in(from).unwrap(), &mut Sources::default(), &mut found);
            assert_eq!((theme.name.as_str(), theme.tokens), ("mine", parent.tokens));
        }
        assert!(start("mine", "no-such").is_none());
    }
}
