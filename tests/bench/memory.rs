/// What the process takes now and has taken at most, where the system tells.
pub(crate) fn memory(process: u32) -> String {
    let told = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let of = |name: &str| {
        let line = told.lines().find_map(|line| line.strip_prefix(name));
        line.and_then(|line| line.trim_start_matches(':').trim().split(' ').next()?.parse::<f64>().ok())
    };
    match (of("VmRSS"), of("VmHWM")) {
        (Some(now), Some(most)) => format!("{:.1} MiB, at most {:.1} MiB", now / 1_024.0, most / 1_024.0),
        _ => "memory is not told here".to_owned(),
    }
}
