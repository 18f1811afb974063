/// The time of day where the talk is held, in RFC 3339 to the second: its first ten characters are the day.
pub(crate) fn now() -> String {
    let now = jiff::Zoned::now();
    now.round(jiff::Unit::Second).unwrap_or(now).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}
