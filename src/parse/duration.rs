//! Lengths of time as people write them: `45m`, `45 minutes`, `1h30m`, `1h30`, `90s`, `00:45`, `45`, `45分钟`, `1.5h`.

use std::time::Duration;

use crate::talk::Share;

/// What a length of time may look like, for hints.
const FORMS: &str = "write a length of time as `45m`, `1h30m`, `90s` or `00:45`";

/// A week: longer talks are slips of the pen.
const LONGEST: f64 = 7.0 * 24.0 * 3600.0;

/// Four hours: what a section is never given, so that the `16:10` at the end of its name is no length.
const LONGEST_SECTION: Duration = Duration::from_hours(4);

/// The length of time that `text` names; a bare number counts minutes, `00:45` hours and minutes.
///
/// # Errors
/// It names none, or one of nothing or more than a week; says what to write instead.
pub fn length(text: &str) -> Result<Duration, String> {
    read(text).filter(|length| !length.is_zero()).ok_or_else(|| advice(text))
}

/// The same, but nothing at all is a length too.
pub(super) fn length_or_nothing(text: &str) -> Result<Duration, String> {
    read(text).ok_or_else(|| advice(text))
}

/// A length of time or a part of the slot (`20%`).
pub(super) fn share(text: &str) -> Result<Share, String> {
    let advice = || "write a part as `20%` or a length of time as `8m`".to_owned();
    let Some(percent) = text.trim().strip_suffix(['%', '％']) else {
        return read(text).map(Share::Time).ok_or_else(advice);
    };
    let percent = number(percent.trim()).filter(|percent| *percent <= 100.0).ok_or_else(advice)?;
    Ok(Share::Part(percent / 100.0))
}

/// A name, and the length of time at its end, if there is one.
pub(super) struct Named<'a> {
    /// The name.
    pub(super) name: &'a str,
    /// The length, or what was written in its place.
    pub(super) length: Option<Result<Duration, NoLength<'a>>>,
}

/// What stands at the end of a name and is no length.
#[derive(Debug, PartialEq)]
pub(super) enum NoLength<'a> {
    /// Was meant as one and can't be.
    Impossible(&'a str),
    /// Would be one, but so long that it belongs to the name.
    Unlikely(&'a str),
}

/// A name with a length of time at its end, as `诊断 8m`; a number without a unit belongs to the name, and so does what stands
/// in quotes: `"The last 24h" 8m`.
pub(super) fn split_trailing(text: &str) -> Named<'_> {
    let text = text.trim();
    if let Some((name, rest)) = quoted(text) {
        let length = match read(rest).filter(|length| !length.is_zero()) {
            _ if rest.is_empty() => None,
            Some(length) => Some(Ok(length)),
            None => Some(Err(NoLength::Impossible(rest))),
        };
        return Named { name, length };
    }
    let mut at = text.len();
    let mut found = None;
    // As many words as `1 hour 30 minutes` has.
    for word in text.split_whitespace().rev().take(4) {
        at = text[..at].rfind(word).unwrap_or(0);
        let tail = &text[at..];
        if at > 0 && is_like_length(tail) {
            let length = read(tail).filter(|length| !length.is_zero());
            // The last word alone tells that a length was meant; more of them must make one.
            if length.is_some() || (found.is_none() && !tail.contains(char::is_whitespace)) {
                found = Some((at, length.ok_or(tail)));
            }
        }
    }
    match found {
        Some((at, Ok(length))) if length >= LONGEST_SECTION => {
            Named { name: text, length: Some(Err(NoLength::Unlikely(&text[at..]))) }
        }
        Some((at, length)) => Named { name: text[..at].trim_end(), length: Some(length.map_err(NoLength::Impossible)) },
        None => Named { name: text, length: None },
    }
}

/// What stands in the quotes at the start of `text`, and what follows them.
fn quoted(text: &str) -> Option<(&str, &str)> {
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let (name, rest) = text[1..].split_once(quote)?;
    (rest.is_empty() || rest.starts_with(char::is_whitespace)).then(|| (name.trim(), rest.trim()))
}

/// The length of a pause while speaking, in which figures without a unit are seconds, and `1:30` is minutes and seconds;
/// and whether it could have been meant otherwise.
pub(super) fn pause(text: &str) -> Option<(Duration, bool)> {
    let text = plain(text);
    let as_clock = clock(&text).filter(|_| text.matches(':').count() == 1).map(|seconds| seconds / 60.0);
    let unclear = number(&text).or(as_clock);
    let seconds = unclear.or_else(|| seconds(&text)).filter(|seconds| *seconds <= LONGEST)?;
    Some((Duration::from_secs_f64(seconds.round()), unclear.is_some()))
}

/// Whether a text starts with a figure and ends with a unit, or is a clock's, which `16:9` is not. A day is too long for a
/// part of a talk: `3d` is a word.
fn is_like_length(text: &str) -> bool {
    let text = plain(text);
    let figure = text.trim_start_matches(['-', '−', '+']);
    let last = figure.trim_end_matches(|c: char| c.is_ascii_digit());
    let word = last.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | ':' | 'e'));
    let unit_name = word.rsplit(|c: char| c.is_ascii_digit() || c.is_whitespace()).next().unwrap_or_default();
    let ends_in_unit = unit(unit_name).is_some_and(|seconds| seconds < 86_400.0);
    figure.starts_with(|c: char| c.is_ascii_digit()) && (ends_in_unit || clock(figure).is_some())
}

/// The length of time, or nothing at all, that `text` names.
pub(super) fn read(text: &str) -> Option<Duration> {
    seconds(&plain(text)).filter(|seconds| *seconds <= LONGEST).map(|seconds| Duration::from_secs_f64(seconds.round()))
}

/// What to do about a text that is no length of time.
pub(super) fn advice(text: &str) -> String {
    let text = plain(text);
    let positive = text.trim_start_matches(['-', '−']).trim_start();
    match seconds(positive) {
        Some(seconds) if seconds > LONGEST => format!("a week is the longest; {FORMS}"),
        Some(_) => format!("it must be more than nothing; {FORMS}"),
        None => FORMS.to_owned(),
    }
}

/// Lower-case and with the narrow forms of the wide characters that input methods write.
fn plain(text: &str) -> String {
    let narrow = text.trim().chars().map(|c| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        _ => c,
    });
    narrow.flat_map(char::to_lowercase).collect()
}

/// Seconds of a text in lower case.
fn seconds(text: &str) -> Option<f64> {
    if let Some(seconds) = clock(text) {
        return Some(seconds);
    }
    if let Some(minutes) = number(text) {
        return Some(minutes * 60.0);
    }
    let mut rest = text;
    let (mut seconds, mut last) = (0.0, 0.0);
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ',')).unwrap_or(rest.len());
        let number = number(rest.get(..digits)?)?;
        rest = rest[digits..].trim_start();
        let letters = rest.find(|c: char| c.is_ascii_digit() || c.is_whitespace()).unwrap_or(rest.len());
        last = match &rest[..letters] {
            // `1h30` and `2m30`: the next smaller unit.
            "" if last > 1.0 && last < 86_400.0 && number < 60.0 => last / 60.0,
            name => unit(name)?,
        };
        seconds += number * last;
        rest = rest[letters..].trim_start();
    }
    (!text.is_empty()).then_some(seconds)
}

/// A figure without a sign; a comma is a point, but not before three digits, where it parts thousands.
fn number(text: &str) -> Option<f64> {
    let thousands = text.split_once(',').is_some_and(|(_, after)| after.len() > 2);
    let has_figures = text.starts_with(|c: char| c.is_ascii_digit());
    let is_number = has_figures && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','));
    if is_number && !thousands { text.replace(',', ".").parse().ok() } else { None }
}

/// Seconds of `hours:minutes` or `hours:minutes:seconds`.
fn clock(text: &str) -> Option<f64> {
    // `16:9` is a ratio.
    if text.split(':').skip(1).any(|part| part.len() != 2) {
        return None;
    }
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
        "s" | "sec" | "secs" | "second" | "seconds" | "秒" | "秒钟" | "초" => Some(1.0),
        "m" | "min" | "mins" | "minute" | "minutes" | "分" | "分钟" | "分鐘" | "分間" | "분" => Some(60.0),
        "h" | "hr" | "hrs" | "hour" | "hours" | "小时" | "小時" | "个小时" | "時間" | "시간" => Some(3600.0),
        "d" | "day" | "days" | "天" | "日" => Some(86_400.0),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_people_write() {
        for (text, seconds) in [
            ("45m", 2700),
            ("45min", 2700),
            ("45 minutes", 2700),
            ("1h", 3600),
            ("1h30m", 5400),
            ("1h30", 5400),
            ("2m30", 150),
            ("1h 30 min", 5400),
            ("90s", 90),
            ("00:45", 2700),
            ("1:00:30", 3630),
            ("45", 2700),
            ("1.5h", 5400),
            ("45,5m", 2730),
            ("8分钟", 480),
            ("1小时30分", 5400),
            ("４５分", 2700),
            ("1時間30分", 5400),
            ("90초", 90),
            ("0", 0),
        ] {
            assert_eq!(read(text), Some(Duration::from_secs(seconds)), "{text}");
        }
        for text in [
            "", " ", "soon", "m", "5x", "-5m", "+5", "1:75", "5m x", "nan", "inf", "1e9h", "1,500m", "1h90", "5s3",
            ".", "16:9",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn says_why_a_length_is_none() {
        for (text, why) in [
            ("0", "it must be more than nothing; write"),
            ("-5m", "it must be more than nothing; write"),
            ("99999999h", "a week is the longest; write"),
            ("ten minutes", "write"),
            ("", "write"),
        ] {
            assert!(length(text).unwrap_err().starts_with(why), "{text}");
        }
        assert_eq!(length_or_nothing("0s"), Ok(Duration::ZERO));
        assert_eq!(share("12,5 %"), Ok(Share::Part(0.125)));
        assert!(share("-5m").is_err() && share("120%").is_err() && share("").is_err());
    }

    #[test]
    fn tells_a_budget_from_a_name() {
        let minutes = |minutes| Some(Ok(Duration::from_mins(minutes)));
        for (text, name, length) in [
            ("诊断 8m", "诊断", minutes(8)),
            ("诊断 8分钟", "诊断", minutes(8)),
            ("I/O and locks 8 min", "I/O and locks", minutes(8)),
            ("Locks 1 hour 30 minutes", "Locks", minutes(90)),
            ("Locks 1h 30m", "Locks", minutes(90)),
            ("Locks 1h30", "Locks", minutes(90)),
            ("Locks 0:08", "Locks", minutes(8)),
            ("Part 2", "Part 2", None),
            ("Charts in 3D", "Charts in 3D", None),
            ("The last ten minutes", "The last ten minutes", None),
            ("8m", "8m", None),
            ("Part 2 8m", "Part 2", minutes(8)),
            ("Aspect 16:9", "Aspect 16:9", None),
            ("Ports 80:80", "Ports 80:80", None),
            ("The host 127.0.0.1:80", "The host 127.0.0.1:80", None),
            ("Aspect 16:10", "Aspect 16:10", Some(Err(NoLength::Unlikely("16:10")))),
            ("The last 24h", "The last 24h", Some(Err(NoLength::Unlikely("24h")))),
            ("\"Aspect 16:10\"", "Aspect 16:10", None),
            ("\"The last 24h\" 8m", "The last 24h", minutes(8)),
            ("\"The last\" day", "The last", Some(Err(NoLength::Impossible("day")))),
            ("\"The last", "\"The last", None),
            ("Locks -5m", "Locks", Some(Err(NoLength::Impossible("-5m")))),
            ("Locks 0m", "Locks", Some(Err(NoLength::Impossible("0m")))),
            ("Locks 1e9h", "Locks", Some(Err(NoLength::Impossible("1e9h")))),
        ] {
            let named = split_trailing(text);
            assert_eq!((named.name, named.length), (name, length), "{text}");
        }
    }

    #[test]
    fn pauses_are_short() {
        let seconds = |text| pause(text).map(|(length, unclear)| (length.as_secs(), unclear));
        assert_eq!(
            ["5s", "5", "1:30", "1m", "5 秒"].map(seconds).map(Option::unwrap_or_default),
            [(5, false), (5, true), (90, true), (60, false), (5, false)]
        );
        assert_eq!(["", "long", "-5"].map(seconds), [None; 3]);
    }
}
