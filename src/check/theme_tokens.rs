//! What a theme's tokens say: text that is hard to tell from its ground, fonts that nobody brings.

use crate::asset::fonts::BUNDLED;
use crate::check::contrast::{LEAST, ratio};
use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::layout::{FontSource, Rgba};
use crate::theme::Examined;

/// Kinds of text and the grounds on which they stand.
const PAIRS: [(&[&str], &[&str]); 4] = [
    (&["ink", "muted", "accent"], &["background", "surface"]),
    (&["ink"], &["accent-soft", "note-soft", "tip-soft", "important-soft", "warning-soft", "caution-soft", "mark"]),
    (&["on-accent"], &["accent"]),
    (&["code-ink"], &["code-inline"]),
];

/// Alerts, whose title stands on a ground of their own.
const ALERTS: [&str; 5] = ["note", "tip", "important", "warning", "caution"];

/// Reports pairs of colours that are too near, and families without a font.
pub fn check(examined: &Examined, diagnostics: &mut Diagnostics) {
    let pairs = PAIRS.iter().flat_map(|(texts, grounds)| {
        texts.iter().flat_map(|text| grounds.iter().map(|ground| ((*text).to_owned(), (*ground).to_owned())))
    });
    let alerts = ALERTS.iter().map(|name| ((*name).to_owned(), format!("{name}-soft")));
    let words = examined.theme.tokens.keys().filter(|name| is_code_word(name));
    let code = words.flat_map(|name| ["code-background", "code-lit"].map(|ground| (name.clone(), ground.to_owned())));
    for (text, ground) in pairs.chain(alerts).chain(code) {
        pair(examined, &text, &ground, diagnostics);
        // On the other ground, of inverted slides and of papers.
        pair(examined, &format!("twin-{text}"), &format!("twin-{ground}"), diagnostics);
    }
    families(examined, diagnostics);
}

fn is_code_word(name: &str) -> bool {
    name.starts_with("code-")
        && !matches!(name, "code-background" | "code-inline" | "code-border" | "code-lit" | "code-size")
}

fn pair(examined: &Examined, text: &str, ground: &str, diagnostics: &mut Diagnostics) {
    let value = |name: &str| examined.theme.tokens.get(name).and_then(|value| color(value));
    let (Some(over), Some(under)) = (value(text), value(ground)) else { return };
    let ratio = ratio(over, under);
    if ratio >= LEAST - 0.005 {
        return;
    }
    let spans = [text, ground].map(|name| examined.tokens.get(name).copied());
    let at = spans.into_iter().flatten().next().unwrap_or(examined.start);
    let message = format!("`{text}` on `{ground}` has a contrast of {ratio:.1} : 1, {LEAST} : 1 is asked for");
    diagnostics.push(Diagnostic::new(&code::LOW_CONTRAST, at, message).hint("make one of the two lighter or darker"));
}

/// A colour written as `#rgb` or `#rrggbb`; others are seen only where they are painted.
fn color(value: &str) -> Option<Rgba> {
    let digits = value.trim().strip_prefix('#')?;
    let digits: String = match digits.len() {
        3 => digits.chars().flat_map(|digit| [digit, digit]).collect(),
        6 => digits.to_owned(),
        _ => return None,
    };
    let part = |at: usize| Some(f32::from(u8::from_str_radix(digits.get(at..at + 2)?, 16).ok()?) / 255.0);
    Some(Rgba { red: part(0)?, green: part(2)?, blue: part(4)?, alpha: 1.0 })
}

fn families(examined: &Examined, diagnostics: &mut Diagnostics) {
    let theme = &examined.theme;
    let brought: Vec<FontSource> = theme.font_files.iter().filter_map(|file| FontSource::read(&file.bytes)).collect();
    let mut told: Vec<&str> = Vec::new();
    for family in [&theme.fonts.body, &theme.fonts.heading, &theme.fonts.mono].into_iter().flatten() {
        let is = |other: &str| other.eq_ignore_ascii_case(family);
        let mut weights: Vec<u16> = BUNDLED.iter().filter(|font| is(font.family)).map(|font| font.weight).collect();
        weights.extend(brought.iter().filter(|font| is(&font.family)).map(|font| font.weight));
        if told.contains(&family.as_str()) {
            continue;
        }
        told.push(family);
        let message = match weights.as_slice() {
            [] => format!("no font file has the family `{family}`"),
            weights if weights.iter().all(|weight| *weight < 600) => format!("the family `{family}` has no bold face"),
            _ => continue,
        };
        diagnostics.push(
            Diagnostic::new(&code::MISSING_FACE, examined.start, message)
                .hint("put the file into the theme's folder and name it in `fonts.files`"),
        );
    }
}
