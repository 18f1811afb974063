/// Counts the clicks of one slide while its blocks are read in order.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Steps {
    clicks: u32,
    /// The click of the last `pause`.
    floor: Option<u32>,
    /// The click on which the container being read appears.
    inherited: Option<u32>,
    /// Whether there was code whose lines are lit one after the other.
    has_code: bool,
}

impl Steps {
    /// How many clicks there are so far.
    pub(super) fn total(self) -> u32 {
        self.clicks
    }

    /// Takes `count` further clicks.
    pub(super) fn take(&mut self, count: usize) {
        self.clicks = self.clicks.saturating_add(u32::try_from(count).unwrap_or(u32::MAX));
    }

    /// Takes the next click and gives its number.
    pub(super) fn next(&mut self) -> u32 {
        self.take(1);
        self.clicks
    }

    /// Takes the clicks of code that is lit in `stages`; gives the click of the first stage, 0 for from the start, and that of
    /// the second.
    ///
    /// Code below other such code waits for a click of its own, so that two places are never lit for the first time at once,
    /// unless it `begins_whole` or appears on the last click.
    pub(super) fn code(&mut self, stages: usize, begins_whole: bool) -> (u32, u32) {
        let appears = self.floor.max(self.inherited).unwrap_or(0);
        let waits = self.has_code && appears < self.clicks && !begins_whole;
        let first = if waits { self.next() } else { 0 };
        self.has_code = true;
        let second = self.clicks.saturating_add(1);
        self.take(stages.saturating_sub(1));
        (first, second)
    }

    /// Makes everything that follows appear on the next click.
    pub(super) fn pause(&mut self) {
        self.floor = Some(self.next());
    }

    /// The click of a block that starts here; `None` when it comes with its container.
    pub(super) fn here(self) -> Option<u32> {
        if self.floor > self.inherited { self.floor } else { None }
    }

    /// Goes into a block that appears on `step`; gives what [`Self::leave`] needs.
    pub(super) fn enter(&mut self, step: Option<u32>) -> Option<u32> {
        let outer = self.inherited;
        self.inherited = step.or(outer);
        outer
    }

    /// Comes back from a block.
    pub(super) fn leave(&mut self, outer: Option<u32>) {
        self.inherited = outer;
    }
}
