use std::time::Duration;

use crate::pipeline::Clock;

/// Notes how long each stage takes.
pub(super) struct Stopwatch<'c> {
    clock: Clock<'c>,
    pub(super) timings: Vec<(&'static str, Duration)>,
}

impl<'c> Stopwatch<'c> {
    pub(super) fn new(clock: Clock<'c>) -> Self {
        Self { clock, timings: Vec::new() }
    }

    /// What `work` gives.
    pub(super) fn time<T>(&mut self, stage: &'static str, work: impl FnOnce() -> T) -> T {
        let start = (self.clock)();
        let result = work();
        self.timings.push((stage, (self.clock)().saturating_sub(start)));
        result
    }
}
