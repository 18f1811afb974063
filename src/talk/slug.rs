/// `title` as an id: lower case, blanks as dashes, letters and digits of every script kept.
#[must_use]
pub fn slug(title: &str) -> String {
    let mut out = String::new();
    for c in title.to_lowercase().chars() {
        if c.is_alphanumeric() || c == '_' {
            out.push(c);
        } else if (c.is_whitespace() || c == '-') && !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    out.truncate(out.trim_end_matches('-').len());
    out
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn slugs_keep_letters_of_every_script() {
        assert_eq!(slug("RDS 疑难杂症：MySQL deep dive"), "rds-疑难杂症mysql-deep-dive");
        assert_eq!(slug("  What's new? — 2.0  "), "whats-new-20");
        assert_eq!(slug("!?"), "");
    }
}
