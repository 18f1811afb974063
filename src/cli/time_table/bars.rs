//! Times as bars of characters, and the colours in which they stand against a plan.

use crate::pipeline::Band;

/// A time that is shown as a bar, in seconds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bar {
    pub(super) estimate: Band,
    pub(super) planned: Option<f64>,
    pub(super) rehearsed: Option<f64>,
}

/// The axis of bars: its length in seconds and in columns.
#[derive(Clone, Copy, Debug)]
pub(super) struct Axis {
    pub(super) seconds: f64,
    pub(super) columns: usize,
}

impl Bar {
    /// The longest time in it.
    pub(super) fn longest(&self) -> f64 {
        self.estimate.p90.max(self.planned.unwrap_or(0.0)).max(self.rehearsed.unwrap_or(0.0))
    }

    /// As text, in the colour in which its estimate stands.
    pub(super) fn draw(&self, axis: Axis, colour: bool) -> String {
        let (full, band) = (axis.column(self.estimate.p50), axis.column(self.estimate.p90));
        let (plan, run) = (self.planned.map(|time| axis.column(time)), self.rehearsed.map(|time| axis.column(time)));
        let cells = (0..=axis.columns).map(|cell| match cell {
            _ if Some(cell) == run => '◆',
            _ if Some(cell) == plan => '│',
            _ if cell < full => '█',
            _ if cell < band => '░',
            _ => ' ',
        });
        let bar: String = cells.collect();
        standing(self.estimate.p50, self.planned, bar.trim_end(), colour)
    }
}

impl Axis {
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "columns of a terminal"
    )]
    fn column(self, seconds: f64) -> usize {
        let width = self.columns as f64;
        if self.seconds > 0.0 { (seconds / self.seconds * width).round().clamp(0.0, width) as usize } else { 0 }
    }
}

/// `text` about `time` in the colour in which it stands against its plan: green within, yellow up to a tenth more, red
/// beyond.
pub(super) fn standing(time: f64, planned: Option<f64>, text: &str, colour: bool) -> String {
    let Some(planned) = planned else { return text.to_owned() };
    // Figures are shown in whole seconds.
    let code = if time.round() <= planned.round() {
        "32"
    } else if time <= planned * 1.1 {
        "33"
    } else {
        "31"
    };
    paint(text, code, colour)
}

/// `text` in a colour of the terminal.
pub(super) fn paint(text: &str, code: &str, colour: bool) -> String {
    if colour && !text.is_empty() { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_show_time_band_plan_and_rehearsal() {
        let estimate = Band { p10: 3.0, p50: 4.0, p90: 6.0 };
        let axis = Axis { seconds: 10.0, columns: 10 };
        let bar = |planned, rehearsed, colour| Bar { estimate, planned, rehearsed }.draw(axis, colour);
        assert_eq!(bar(Some(8.0), None, false), "████░░  │");
        assert_eq!(bar(None, None, true), "████░░");
        assert_eq!(bar(Some(8.0), Some(7.0), false), "████░░ ◆│");
        assert_eq!(bar(Some(2.0), None, true), "\x1b[31m██│█░░\x1b[0m");
        assert_eq!(bar(Some(4.0), None, true), "\x1b[32m████│░\x1b[0m");
        assert_eq!(bar(Some(99.0), Some(1e300), false), "████░░    ◆");
    }

    #[test]
    fn a_tenth_more_is_a_warning() {
        for (time, code) in [(100.0, "32"), (100.4, "32"), (109.0, "33"), (111.0, "31")] {
            assert_eq!(standing(time, Some(100.0), "x", true), format!("\x1b[{code}mx\x1b[0m"));
        }
        assert_eq!(standing(1.0, None, "x", true), "x");
        assert_eq!(standing(1.0, Some(2.0), "x", false), "x");
    }
}
