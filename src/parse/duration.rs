//! Lengths of time as people write them: `45m`, `45min`, `1h`, `1h30m`, `90s`, `00:45`, `45`.

use std::time::Duration;

use crate::talk::Share;

/// What a length of time may look like, for hints.
pub(super) const FORMS: &str = "write a length of time as `45m`, `1h30m`, `90s` or `00:45`";

/// A week: longer talks are slips of the pen.
const LONGEST: f64 = 7.0 * 24.0 * 3600.0;

/// The length of time that `text` names; a bare number counts minutes, `00:45` hours and minutes.
#[must_use]
pub fn read(text: &str) -> Option<Duration> {
    let text = text.trim().to_lowercase();
    if let Some(seconds) = clock(&text) {
        return limited(seconds);
    }
    if let Ok(minutes) = text.parse::<f64>() {
        return limited(minutes * 60.0);
    }
    let mut rest = text.as_str();
    let mut seconds = 0.0;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.').filter(|&at| at > 0)?;
        let number: f64 = rest[..digits].parse().ok()?;
        rest = rest[digits..].trim_start();
        let letters = rest.find(|c: char| c.is_ascii_digit() || c.is_whitespace()).unwrap_or(rest.len());
        seconds += number * unit(&rest[..letters])?;
        rest = rest[letters..].trim_start();
    }
    if text.is_empty() { None } else { limited(seconds) }
}

/// A length of time or a part of the slot (`20%`).
pub(super) fn read_share(text: &str) -> Option<Share> {
    let Some(percent) = text.trim().strip_suffix('%') else {
        return read(text).map(Share::Time);
    };
    let percent: f64 = percent.trim().parse().ok()?;
    (0.0..=100.0).contains(&percent).then_some(Share::Part(percent / 100.0))
}

/// A name with a length of time at its end, as `诊断 8m`; a number without a unit belongs to the name.
pub(super) fn split_trailing(text: &str) -> (&str, Option<Duration>) {
    let text = text.trim();
    let mut at = text.len();
    for word in text.split_whitespace().rev().take(2) {
        at = text[..at].rfind(word).unwrap_or(0);
        let tail = &text[at..];
        let has_unit = tail.chars().any(|c| c.is_alphabetic() || c == ':');
        if at > 0
            && has_unit
            && tail.starts_with(|c: char| c.is_ascii_digit())
            && let Some(budget) = read(tail)
        {
            return (text[..at].trim_end(), Some(budget));
        }
    }
    (text, None)
}

/// Seconds of `hours:minutes` or `hours:minutes:seconds`.
fn clock(text: &str) -> Option<f64> {
    let parts: Vec<u32> = text.split(':').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    match parts[..] {
        [hours, minutes] if minutes < 60 => Some(f64::from(hours) * 3600.0 + f64::from(minutes) * 60.0),
        [hours, minutes, seconds] if minutes < 60 && seconds < 60 => {
            Some(f64::from(hours) * 3600.0 + f64::from(minutes) * 60.0 + f64::from(seconds))
        }
        _ => None,
    }
}

/// Seconds in one of the named unit.
fn unit(name: &str) -> Option<f64> {
    match name {
        "s" | "sec" | "secs" | "second" | "seconds" | "秒" => Some(1.0),
        "m" | "min" | "mins" | "minute" | "minutes" | "分" | "分钟" => Some(60.0),
        "h" | "hr" | "hrs" | "hour" | "hours" | "小时" => Some(3600.0),
        "d" | "day" | "days" | "天" => Some(86_400.0),
        _ => None,
    }
}

fn limited(seconds: f64) -> Option<Duration> {
    (0.0..=LONGEST).contains(&seconds).then(|| Duration::from_secs_f64(seconds.round()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_documented_form() {
        for (text, seconds) in [
            ("45m", 2700),
            ("45min", 2700),
            ("1h", 3600),
            ("1h30m", 5400),
            ("1h 30 min", 5400),
            ("90s", 90),
            ("00:45", 2700),
            ("1:00:30", 3630),
            ("45", 2700),
            ("1.5h", 5400),
            ("8分钟", 480),
        ] {
            assert_eq!(read(text), Some(Duration::from_secs(seconds)), "{text}");
        }
        for text in ["", "soon", "m", "5x", "-5m", "1:75", "99999999h", "5m x", "nan", "inf"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn tells_a_budget_from_a_name() {
        let eight = Some(Duration::from_mins(8));
        assert_eq!(split_trailing("诊断 8m"), ("诊断", eight));
        assert_eq!(split_trailing("I/O and locks 8 min"), ("I/O and locks", eight));
        assert_eq!(split_trailing("Part 2"), ("Part 2", None));
        assert_eq!(split_trailing("8m"), ("8m", None));
    }
}
