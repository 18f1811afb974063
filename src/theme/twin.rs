//! The other ground of a theme: the dark one of a light theme, the light one of a dark theme.

use std::fmt::Write as _;

use crate::theme::Theme;

/// What the names of its tokens begin with: `twin-ink` is `ink` on the other ground.
const PREFIX: &str = "twin-";

impl Theme {
    /// The same theme on its other ground, for what is drawn in its colours on an inverted slide.
    #[must_use]
    pub fn inverted(&self) -> Self {
        let mut theme = self.clone();
        theme.tokens.extend(self.twins());
        theme
    }

    /// Whether the ground is darker than middle grey.
    #[must_use]
    pub fn is_dark(&self) -> bool {
        self.tokens.get("background").is_some_and(|color| is_dark(color))
    }

    /// The rule that turns a slide of class `invert` to the other ground.
    pub(super) fn inverted_slide(&self) -> String {
        rule(".slide.invert", &self.twins())
    }

    /// The rules that give the follow-up sheet the ground that its reader looks at: light paper, whose head keeps the
    /// slides' ground, and screens as people like them.
    pub(super) fn sheet_grounds(&self) -> String {
        let twins = self.twins();
        if !self.is_dark() {
            return within("screen and (prefers-color-scheme: dark)", &rule(":root", &twins));
        }
        let own = |(name, _): &(String, String)| Some((name.clone(), self.tokens.get(name)?.clone()));
        let band =
            [("band", "1"), ("strong", "var(--accent)")].map(|(name, value)| (name.to_owned(), value.to_owned()));
        let head: Vec<(String, String)> = band.into_iter().chain(twins.iter().filter_map(own)).collect();
        within("print, screen and (prefers-color-scheme: light)", &rule(":root", &twins))
            + &within("print", &rule(".sheet-head", &head))
    }

    /// The rule that gives handouts and run sheets, which are white, colours for a light ground.
    pub(super) fn document_ground(&self) -> String {
        if self.is_dark() { rule(":root", &self.twins()) } else { String::new() }
    }

    /// The tokens of the other ground by their names without the prefix.
    fn twins(&self) -> Vec<(String, String)> {
        let bare = |(name, value): (&String, &String)| Some((name.strip_prefix(PREFIX)?.to_owned(), value.clone()));
        self.tokens.iter().filter_map(bare).collect()
    }
}

/// Whether a `#rrggbb` or `#rgb` colour is darker than middle grey.
fn is_dark(color: &str) -> bool {
    let digits: Vec<u32> = color.trim_start_matches('#').chars().filter_map(|digit| digit.to_digit(16)).collect();
    match digits.as_slice() {
        [red, green, blue] | [red, _, green, _, blue, ..] => red + green + blue < 24,
        _ => false,
    }
}

/// Custom properties as a rule; nothing where there are none.
fn rule(selector: &str, properties: &[(String, String)]) -> String {
    let mut out = String::new();
    if properties.is_empty() {
        return out;
    }
    let _ = write!(out, "{selector}{{");
    for (name, value) in properties {
        let _ = write!(out, "--{name}:{value};");
    }
    out.push_str("}\n");
    out
}

fn within(media: &str, rule: &str) -> String {
    if rule.is_empty() { String::new() } else { format!("@media {media}{{{rule}}}\n") }
}
