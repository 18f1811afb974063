//! The list of known differences, `tests/parity/known.txt`.

use std::collections::BTreeMap;
use std::path::Path;

/// A known difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Known {
    /// What differs, of `boxes`, `lines`, `picture` and `copied`, and `warned` where the build says so.
    pub(super) kinds: Vec<String>,
    /// The row of the theme guide that says how to write it instead.
    pub(super) row: String,
}

/// The list by case.
pub(super) fn known() -> BTreeMap<String, Known> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/parity/known.txt");
    let text = std::fs::read_to_string(path).expect("the list of known differences");
    let mut all = BTreeMap::new();
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let fields: Vec<&str> = line.split('|').map(str::trim).collect();
        let [case, kinds, row] = fields[..] else { panic!("three fields are asked for: {line}") };
        let kinds = kinds.split_whitespace().map(str::to_owned).collect();
        let before = all.insert(case.to_owned(), Known { kinds, row: row.to_owned() });
        assert!(before.is_none(), "`{case}` is listed twice");
    }
    all
}

/// What is known of a case: a line of its own, or one for every theme.
pub(super) fn known_of<'k>(known: &'k BTreeMap<String, Known>, case: &str) -> Option<&'k Known> {
    known.get(case).or_else(|| known.get(&in_every_theme(case)))
}

/// The name by which a slide is listed for all themes: `themes/*/SLIDE`.
fn in_every_theme(case: &str) -> String {
    let slide = case.strip_prefix("themes/").and_then(|rest| rest.split_once('/')).map(|(_, slide)| slide);
    slide.map_or_else(String::new, |slide| format!("themes/*/{slide}"))
}

/// Compares what was found with what is known of the cases that begin with `folder`; tells what has changed.
pub(super) fn changes(folder: &str, found: &BTreeMap<String, (Vec<String>, String)>) -> Vec<String> {
    let known = known();
    let mut changes = Vec::new();
    for (case, (kinds, told)) in found {
        match known_of(&known, case) {
            Some(known) if known.kinds == *kinds => {}
            Some(_) if kinds.is_empty() => {
                changes.push(format!("{case}: agrees with the browser now; take it off the list"));
            }
            Some(known) => {
                changes.push(format!("{case}: is `{}`, listed `{}`{told}", kinds.join(" "), known.kinds.join(" ")));
            }
            None if kinds.is_empty() => {}
            None => changes.push(format!("{case}: differs from the browser: {}{told}", kinds.join(" "))),
        }
    }
    let is_there = |listed: &str| found.keys().any(|case| case == listed || in_every_theme(case) == listed);
    for case in known.keys().filter(|case| case.starts_with(folder) && !is_there(case)) {
        changes.push(format!("{case}: is listed, and there is no such case"));
    }
    changes
}

#[test]
fn every_known_difference_has_its_row_in_the_theme_guide() {
    let guide = include_str!("../../../themes/README.md");
    let section = guide.split("## Style sheets that look the same everywhere").nth(1).expect("the section");
    let section = section.split("\n## ").next().unwrap_or_default();
    let rows: Vec<String> = section
        .lines()
        .filter_map(|line| Some(line.strip_prefix("| ")?.split(" | ").next()?.to_owned()))
        .filter(|row| !row.starts_with("---") && *row != "not drawn alike")
        .collect();
    let known = known();
    for (case, known) in &known {
        assert!(rows.contains(&known.row), "`{case}`: the guide has no row `{}`", known.row);
    }
    for row in rows {
        assert!(known.values().any(|known| known.row == row), "no case shows what the guide says of `{row}`");
    }
}
