use crate::theme::Theme;

impl Theme {
    /// The same theme for slides that spare the printer's ink.
    ///
    /// Custom properties that [`Theme::ink`] declares, one a line, are tokens too: diagrams are drawn in them.
    #[must_use]
    pub fn spare_of_ink(&self) -> Self {
        let mut theme = self.clone();
        for line in self.ink.lines() {
            let declared = line.trim().strip_prefix("--").and_then(|line| line.strip_suffix(';')?.split_once(':'));
            if let Some((name, value)) = declared {
                let value = value.trim().trim_end_matches("!important").trim_end();
                theme.tokens.insert(name.trim().to_owned(), value.to_owned());
            }
        }
        // Paper has one ground.
        theme.tokens.retain(|name, _| !name.starts_with("twin-"));
        theme.css.push_str(&self.ink);
        theme
    }
}
