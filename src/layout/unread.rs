//! Properties that Stylo does not read outside of Firefox and browsers show: nothing of them would be left to warn of.
//!
//! They are copied to custom properties, which go through the cascade like all others.

use style::Atom;
use style::properties::ComputedValues;

/// Which values of a property browsers show.
enum Seen {
    /// All but these.
    AllBut(&'static [&'static str]),
    /// These alone.
    Only(&'static [&'static str]),
}

/// The properties.
const UNREAD: [(&str, Seen); 9] = [
    ("background-clip", Seen::Only(&["text"])),
    ("-webkit-background-clip", Seen::Only(&["text"])),
    ("-webkit-text-stroke", Seen::AllBut(&["0", "0px", "none"])),
    ("-webkit-text-stroke-width", Seen::AllBut(&["0", "0px"])),
    ("text-emphasis", Seen::AllBut(&["none"])),
    ("text-emphasis-style", Seen::AllBut(&["none"])),
    ("writing-mode", Seen::AllBut(&["horizontal-tb", "lr", "lr-tb"])),
    ("columns", Seen::AllBut(&["auto", "1", "auto auto"])),
    ("column-count", Seen::AllBut(&["auto", "1"])),
];

impl Seen {
    fn shows(&self, value: &str) -> bool {
        !INITIAL.contains(&value)
            && match self {
                Self::AllBut(values) => !values.contains(&value),
                Self::Only(values) => values.contains(&value),
            }
    }
}

/// What every value may be instead.
const INITIAL: [&str; 4] = ["initial", "unset", "revert", "inherit"];

/// What the name of a copy begins with.
const COPY: &str = "retell-unread-";

/// The style sheet with a copy of every declaration of such a property.
pub(super) fn with_copies(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    // Where a declaration may begin.
    for (index, piece) in css.split_inclusive([';', '{', '}']).enumerate() {
        let declaration = piece.trim_end_matches([';', '{', '}']);
        let known = declaration.split_once(':').filter(|_| index > 0).and_then(|(name, value)| {
            let name = name.trim();
            UNREAD.iter().find(|(known, _)| name.eq_ignore_ascii_case(known)).map(|(known, _)| (known, value))
        });
        if let (Some((name, value)), false) = (known, piece.ends_with('{')) {
            out.extend(["--", COPY, name, ": ", value, ";"]);
        }
        out.push_str(piece);
    }
    out
}

/// Which of them an element has of its own, by style sheets or its `style` attribute; what it has inherited is its
/// parent's.
pub(super) fn lost(styles: &ComputedValues, above: Option<&ComputedValues>, attribute: &str) -> Vec<&'static str> {
    let copied = |styles: &ComputedValues, name: &str| {
        let value = styles.custom_properties().get_for_cssom(&Atom::from(format!("{COPY}{name}")))?;
        Some(value.to_variable_value().css.trim().to_ascii_lowercase())
    };
    let own = |name: &str| {
        let mut declarations = attribute.rsplit(';').filter_map(|declaration| declaration.split_once(':'));
        let value = declarations.find(|(other, _)| other.trim().eq_ignore_ascii_case(name));
        value.map(|(_, value)| value.trim().to_ascii_lowercase())
    };
    let is_lost = |(name, seen): &&(&'static str, Seen)| {
        let by_sheet = || {
            let value = copied(styles, name);
            value.filter(|value| above.and_then(|above| copied(above, name)).as_ref() != Some(value))
        };
        own(name).or_else(by_sheet).is_some_and(|value| seen.shows(&value))
    };
    UNREAD.iter().filter(is_lost).map(|(name, _)| *name).collect()
}

#[cfg(test)]
mod tests {
    use super::with_copies;

    #[test]
    fn only_declarations_are_copied() {
        let css = "a { color: red; text-emphasis: dot }\n.columns{columns: 2}\n@media print{p{COLUMNS:3;}}";
        let copied = "a { color: red;--retell-unread-text-emphasis:  dot ; text-emphasis: dot }\n\
                      .columns{--retell-unread-columns:  2;columns: 2}\n\
                      @media print{p{--retell-unread-columns: 3;COLUMNS:3;}}";
        assert_eq!(with_copies(css), copied);
        let other = "a:hover{x:y} b{transition: columns 1s; --columns: 2}";
        assert_eq!(with_copies(other), other);
    }
}
