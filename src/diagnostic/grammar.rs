use std::time::Duration;

/// `count` things called `noun`, which takes a plain `s`: `1 error`, `2 errors`.
#[must_use]
pub fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

/// What a run found, in one line: `2 errors, 1 warning`; `None` when it found neither.
#[must_use]
pub fn summary(errors: usize, warnings: usize) -> Option<String> {
    let parts = [(errors, "error"), (warnings, "warning")];
    let named: Vec<_> =
        parts.iter().filter(|(count, _)| *count > 0).map(|(count, noun)| counted(*count, noun)).collect();
    (!named.is_empty()).then(|| named.join(", "))
}

/// `time` as minutes and seconds, or hours, minutes and seconds.
#[must_use]
pub fn clock(time: Duration) -> String {
    clock_of(time.as_secs_f64())
}

/// Seconds as minutes and seconds, or hours, minutes and seconds; nothing is less than nothing.
#[must_use]
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a time that people wait")]
pub fn clock_of(seconds: f64) -> String {
    let seconds = seconds.max(0.0).round() as u64;
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}

/// A difference in seconds with its sign: `+0:12`, `−1:30`.
#[must_use]
pub fn signed_clock(seconds: f64) -> String {
    let sign = if seconds.round() < 0.0 { "−" } else { "+" };
    format!("{sign}{}", clock_of(seconds.abs()))
}

/// A day so many days from now; less than 0 lies behind.
#[must_use]
pub fn day_from_now(days: i64) -> String {
    match days {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        -1 => "yesterday".to_owned(),
        2.. => format!("in {days} days"),
        _ => format!("{} days ago", days.unsigned_abs()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_near_by_have_names() {
        let said = [-2, -1, 0, 1, 2].map(day_from_now);
        assert_eq!(said, ["2 days ago", "yesterday", "today", "tomorrow", "in 2 days"]);
    }

    #[test]
    fn times_are_told_to_the_second() {
        assert_eq!([0.4, 59.5, 3600.0, -3.0].map(clock_of), ["0:00", "1:00", "1:00:00", "0:00"]);
        assert_eq!([-0.4, 12.0, -90.0].map(signed_clock), ["+0:00", "+0:12", "−1:30"]);
        assert_eq!(clock(Duration::from_millis(75_500)), "1:16");
    }

    #[test]
    fn a_summary_names_only_what_was_found() {
        assert_eq!(summary(0, 0), None);
        assert_eq!(summary(1, 0).as_deref(), Some("1 error"));
        assert_eq!(summary(0, 3).as_deref(), Some("3 warnings"));
        assert_eq!(summary(2, 1).as_deref(), Some("2 errors, 1 warning"));
    }
}
