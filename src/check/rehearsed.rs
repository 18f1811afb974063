//! What a talk's rehearsals are worth: they knew other notes, or a speaker of a speed that nobody has.

use std::collections::HashSet;

use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::rehearsal::{Known, Past};
use crate::source::Span;
use crate::talk::Talk;
use crate::timing::constants::{EDITED_SHARE, HAN, HANGUL, KANA, WORDS};
use crate::timing::{estimate_at_usual_speed, language};

/// `at` is where the talk says how long its slot is.
pub(super) fn check(talk: &Talk, past: &Past, at: Span, diagnostics: &mut Diagnostics) {
    if let Some(trouble) = &past.trouble {
        let message = format!("your rehearsals can't be read: {trouble}");
        diagnostics.push(
            Diagnostic::new(&code::UNREADABLE_REHEARSALS, at, message)
                .hint("mend or remove the file; `retell rehearse list` shows what there is"),
        );
    }
    if let Some(last) = past.runs.first() {
        age(talk, last, at, diagnostics);
    }
    speed(talk, past, at, diagnostics);
}

/// Whether the notes have changed much since the last rehearsal, by the time that it takes to say them.
fn age(talk: &Talk, last: &Known, at: Span, diagnostics: &mut Diagnostics) {
    let known: HashSet<(&str, &str)> =
        last.recording.slides.iter().map(|slide| (slide.id.as_str(), slide.expectation.key.as_str())).collect();
    let keys: HashSet<&str> = known.iter().map(|(_, key)| *key).collect();
    let estimate = estimate_at_usual_speed(talk);
    let (mut all, mut new) = (0.0, 0.0);
    for (slide, estimate) in talk.shown_slides().zip(&estimate.slides) {
        let (speech, key) = (estimate.load.speech_time().as_secs_f64(), slide.key());
        all += speech;
        // A slide that only got another id is known by its notes.
        new += if known.contains(&(slide.id.as_str(), &key)) || keys.contains(key.as_str()) { 0.0 } else { speech };
    }
    if all > 0.0 && new > EDITED_SHARE * all {
        let day = last.recording.started.get(..10).unwrap_or("some time ago");
        let message = format!("{:.0} % of the notes have changed since the last rehearsal ({day})", 100.0 * new / all);
        diagnostics.push(
            Diagnostic::new(&code::TIMING_STALE_REHEARSAL, at, message)
                .hint("rehearse once more: `retell present`, and speak aloud"),
        );
    }
}

/// Whether the speaker's speed lies outside what is usual for the talk's language.
fn speed(talk: &Talk, past: &Past, at: Span, diagnostics: &mut Diagnostics) {
    let speed = &past.practice.speed;
    let (rate, units) = match language(&talk.meta.lang) {
        "zh" | "yue" => (HAN, "characters"),
        "ja" => (KANA, "characters"),
        "ko" => (HANGUL, "syllables"),
        _ => (WORDS, "words"),
    };
    let own = rate.usual / speed.factor;
    if speed.rehearsals > 0 && !(rate.slow..=rate.fast).contains(&own) {
        let how = if own < rate.slow { "slow" } else { "fast" };
        let (slow, fast) = (rate.slow, rate.fast);
        let message = format!(
            "by your rehearsals you speak {own:.0} {units} a minute, which is {how}: {slow:.0} to {fast:.0} is usual"
        );
        diagnostics.push(
            Diagnostic::new(&code::TIMING_UNUSUAL_SPEED, at, message)
                .hint("`retell rehearse speed` shows where this comes from, and `--reset` starts anew"),
        );
    }
}
