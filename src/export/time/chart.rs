//! The chart: a row a slide, its bar where it comes on the axis of the slot.
//!
//! Places along the axis are parts of the width, so the chart fits any screen while its texts keep their size.

use std::fmt::Write as _;

use super::details::Details;
use super::figures::{clock, cut, escape, signed, standing};
use super::items::{Item, Stretch, What};
use super::labels::Words;
use crate::timing::{Sheet, SheetSection, SheetSlide};

/// Heights in pixels.
const HEAD: usize = 46;
const SLIDE: usize = 26;
const SECTION: usize = 44;
const FOOT: usize = 34;

/// Columns of a title, and of one on a narrow screen.
const TITLE: usize = 42;
const SHORT_TITLE: usize = 18;

/// The chart with its legend and the place for what a bar is made of.
pub(super) fn chart(sheet: &Sheet, items: &[Item<'_>], words: &Words, out: &mut String) {
    let rows: usize = items.iter().map(height).sum();
    let drawing = Drawing { axis: Axis::of(sheet, items), bottom: HEAD + rows, sheet, words };
    let _ = writeln!(out, "<h2 id=\"chart\">{}</h2>", escape(words.chart));
    drawing.legend(items, out);
    out.push_str("<div class=\"view\">\n");
    let _ = writeln!(
        out,
        "<svg class=\"chart\" role=\"group\" aria-labelledby=\"chart\" width=\"100%\" height=\"{}\">",
        drawing.bottom + FOOT
    );
    drawing.ground(out);
    drawing.funnel(items, out);
    let mut top = HEAD;
    for (index, item) in items.iter().enumerate() {
        drawing.row(index, item, top, out);
        top += height(item);
    }
    out.push_str("</svg>\n");
    let _ = writeln!(
        out,
        "<aside class=\"details\" hidden><p class=\"hint\">{}</p><div class=\"parts\"></div></aside>\n</div>",
        escape(words.hint)
    );
}

fn height(item: &Item<'_>) -> usize {
    if matches!(item.what, What::Section(_)) { SECTION } else { SLIDE }
}

/// The seconds from the first word that the chart shows.
struct Axis {
    from: f64,
    to: f64,
}

impl Axis {
    fn of(sheet: &Sheet, items: &[Item<'_>]) -> Self {
        let from = sheet.budget.map_or(0.0, |budget| -budget.setup);
        let ends = items.iter().flat_map(|item| [Some(item.estimate), item.planned, item.rehearsed]);
        let last = ends.flatten().map(|stretch| stretch.end).fold(sheet.estimate.p90, f64::max);
        let slot = sheet.budget.map_or(0.0, |budget| budget.slot - budget.setup);
        Self { from, to: last.max(slot).max(from + 1.0) }
    }

    /// Where a moment lies, in percent of the width.
    fn at(&self, seconds: f64) -> f64 {
        ((seconds - self.from) / (self.to - self.from) * 100.0).clamp(0.0, 100.0)
    }

    /// The moments that are marked, seconds apart.
    fn marks(&self) -> Vec<f64> {
        const STEPS: [f64; 11] = [10.0, 30.0, 60.0, 120.0, 300.0, 600.0, 900.0, 1800.0, 3600.0, 14_400.0, 86_400.0];
        let step = STEPS.into_iter().find(|step| self.to / step <= 12.0).unwrap_or(86_400.0);
        std::iter::successors(Some(0.0), |at| Some(at + step)).take_while(|at| *at <= self.to).collect()
    }
}

struct Drawing<'a> {
    axis: Axis,
    /// Below the last row.
    bottom: usize,
    sheet: &'a Sheet,
    words: &'a Words,
}

impl Drawing<'_> {
    /// What the rows lie on: set-up, time for questions, marks of the axis, the end of the speaking time.
    fn ground(&self, out: &mut String) {
        let Self { axis, bottom, sheet, words } = self;
        if let Some(budget) = sheet.budget {
            rect("block", (-budget.setup, 0.0), (HEAD, bottom - HEAD), axis, out);
            let (from, to) = (budget.speaking, budget.speaking + budget.questions);
            rect("block questions", (from, to), (HEAD, bottom - HEAD), axis, out);
            let label = |x: f64, anchor: &str, word: &str, time: f64, out: &mut String| {
                let time = clock(time);
                let _ = writeln!(
                    out,
                    "<text class=\"label\" x=\"{x:.2}%\" y=\"16\" text-anchor=\"{anchor}\">{word} {time}</text>"
                );
            };
            label(axis.at(from), "end", words.speaking, budget.speaking, out);
            // Where it has room beside the other.
            if axis.at(to) - axis.at(from) > 12.0 {
                label(axis.at(f64::midpoint(from, to)), "middle", words.questions, budget.questions, out);
            }
        }
        for (index, mark) in axis.marks().into_iter().enumerate() {
            let at = axis.at(mark);
            let odd = if index % 2 == 1 { " odd" } else { "" };
            let label = if mark % 60.0 == 0.0 { format!("{:.0}", mark / 60.0) } else { clock(mark) };
            line("grid", at, (HEAD - 6, *bottom), out);
            for y in [HEAD - 12, bottom + 16] {
                let _ = writeln!(
                    out,
                    "<text class=\"mark{odd}\" x=\"{at:.2}%\" y=\"{y}\" text-anchor=\"middle\">{label}</text>"
                );
            }
        }
        let _ = writeln!(
            out,
            "<text class=\"label\" x=\"100%\" y=\"{}\" text-anchor=\"end\">{}</text>",
            bottom + 31,
            words.axis
        );
        if let Some(budget) = sheet.budget {
            line("limit", axis.at(budget.speaking), (HEAD - 6, *bottom), out);
            line("limit end", axis.at(budget.slot - budget.setup), (HEAD - 6, *bottom), out);
        }
    }

    /// From when to when each slide may end; wider the longer the talk goes on.
    fn funnel(&self, items: &[Item<'_>], out: &mut String) {
        let mut top = HEAD;
        let (mut early, mut late) = (String::new(), Vec::new());
        let mut last = (0.0, 0.0);
        for item in items {
            let ends = match item.what {
                What::Slide(_, slide) => (slide.end.p10, slide.end.p90),
                What::Section(_) => last,
            };
            let below = top + height(item);
            let _ =
                write!(early, "L{:.1} {top}L{:.1} {below}", 10.0 * self.axis.at(last.0), 10.0 * self.axis.at(ends.0));
            late.push(format!("L{:.1} {below}L{:.1} {top}", 10.0 * self.axis.at(ends.1), 10.0 * self.axis.at(last.1)));
            (last, top) = (ends, below);
        }
        let late: String = late.into_iter().rev().collect();
        let _ = writeln!(
            out,
            "<svg x=\"0\" y=\"0\" width=\"100%\" height=\"{0}\" viewBox=\"0 0 1000 {0}\" preserveAspectRatio=\"none\">\
             <path class=\"funnel\" d=\"M{1:.1} {HEAD}{early}{late}Z\"/></svg>",
            self.bottom + FOOT,
            10.0 * self.axis.at(0.0)
        );
    }

    fn row(&self, index: usize, item: &Item<'_>, top: usize, out: &mut String) {
        let line = escape(&Details::of(item, self.words).line(self.words));
        let class = if matches!(item.what, What::Section(_)) { "section" } else { "slide" };
        let _ = writeln!(
            out,
            "<g class=\"row {class}\" role=\"img\" data-item=\"{index}\" aria-label=\"{line}\">\
             <rect class=\"hit\" x=\"0\" y=\"{top}\" width=\"100%\" height=\"{}\" rx=\"4\"/>",
            height(item)
        );
        match item.what {
            What::Section(section) => self.section(section, item, top, out),
            What::Slide(number, slide) => self.slide((number, slide), item, top, out),
        }
        out.push_str("</g>\n");
    }

    fn section(&self, section: &SheetSection, item: &Item<'_>, top: usize, out: &mut String) {
        let words = self.words;
        let (name, is_cut) = cut(&section.name, TITLE);
        let state = standing(section.estimate.p50, section.planned);
        let mut figures = format!("{} {}", words.estimate, clock(section.estimate.p50));
        if let Some(planned) = section.planned {
            let off = signed(section.estimate.p50 - planned);
            figures = format!("{} {} · {figures} · {off}", words.planned, clock(planned));
        }
        let _ = writeln!(
            out,
            "<text class=\"name\" x=\"0\" dx=\"4\" y=\"{}\">{}{}<tspan class=\"figures {state}\" dx=\"10\">{}</tspan></text>",
            top + 18,
            escape(name),
            if is_cut { "…" } else { "" },
            escape(&figures)
        );
        if let Some(planned) = item.planned {
            rect("planned", (planned.start, planned.end), (top + 25, 5), &self.axis, out);
        }
        let estimate = (item.estimate.start, item.estimate.end);
        rect(&format!("estimate {state}"), estimate, (top + 32, 5), &self.axis, out);
        if let Some(rehearsed) = item.rehearsed {
            rect("rehearsed", (rehearsed.start, rehearsed.end), (top + 39, 3), &self.axis, out);
        }
    }

    fn slide(&self, (number, slide): (usize, &SheetSlide), item: &Item<'_>, top: usize, out: &mut String) {
        let Stretch { start, end } = item.estimate;
        let is_late = self.sheet.budget.is_some_and(|budget| end > budget.speaking + 0.5);
        let mut class = String::from("estimate bar");
        for (name, holds) in
            [("late", is_late), ("optional", slide.optional), ("guessed", slide.basis == "visible text")]
        {
            if holds {
                let _ = write!(class, " {name}");
            }
        }
        rect(&class, (start, end), (top + 5, 11), &self.axis, out);
        if let Some(rehearsed) = item.rehearsed {
            rect("rehearsed", (rehearsed.start, rehearsed.end), (top + 18, 4), &self.axis, out);
        }
        if let Some(planned) = item.planned {
            line("plan", self.axis.at(planned.end), (top + 2, top + 22), out);
        }
        let title = slide.title.as_deref().unwrap_or(&slide.id);
        let flag = if slide.flags.is_empty() { "" } else { "⚠ " };
        self.title(&format!("{flag}{number} {title}"), item, top, out);
    }

    /// Writes a title beside its bar, where there is more room.
    fn title(&self, title: &str, item: &Item<'_>, top: usize, out: &mut String) {
        let (mut left, mut right) = (self.axis.at(item.estimate.start), self.axis.at(item.estimate.end));
        // A plan mark that stands near the bar is not written over.
        if let Some(mark) = item.planned.map(|planned| self.axis.at(planned.end)) {
            left = if mark < left && mark > left - 8.0 { mark } else { left };
            right = if mark > right && mark < right + 8.0 { mark } else { right };
        }
        let (title, is_cut) = cut(title, TITLE);
        let (short, is_short) = cut(title, SHORT_TITLE);
        let (x, dx, anchor, inside) = match (left, 100.0 - right) {
            (before, after) if before.max(after) < 15.0 => (left, 6, "start", " inside"),
            (before, after) if after >= before => (right, 6, "start", ""),
            _ => (left, -6, "end", ""),
        };
        let y = top + 15;
        let _ = write!(
            out,
            "<text class=\"title{inside}\" x=\"{x:.2}%\" dx=\"{dx}\" y=\"{y}\" text-anchor=\"{anchor}\">{}",
            escape(short)
        );
        if is_short {
            let _ = write!(out, "<tspan class=\"rest\">{}</tspan>", escape(&title[short.len()..]));
        }
        if is_cut {
            out.push('…');
        } else if is_short {
            out.push_str("<tspan class=\"more\">…</tspan>");
        }
        out.push_str("</text>\n");
    }

    fn legend(&self, items: &[Item<'_>], out: &mut String) {
        let words = self.words;
        let has = |test: fn(&SheetSlide) -> bool| self.sheet.slides.iter().any(test);
        let entries = [
            ("estimate", words.estimate, true),
            ("estimate guessed", words.guessed, has(|slide| slide.basis == "visible text")),
            ("estimate optional", words.optional, has(|slide| slide.optional)),
            ("funnel", words.chance, true),
            ("plan", words.planned_end, has(|slide| slide.planned.is_some())),
            ("rehearsed", words.rehearsed, items.iter().any(|item| item.rehearsed.is_some())),
            ("block", words.setup, self.sheet.budget.is_some_and(|budget| budget.setup > 0.0)),
            ("block questions", words.questions, self.sheet.budget.is_some_and(|budget| budget.questions > 0.0)),
        ];
        out.push_str("<ul class=\"legend\">\n");
        for (class, label, _) in entries.iter().filter(|(_, _, is_shown)| *is_shown) {
            let (x, width) = if *class == "plan" { (8, 2) } else { (0, 18) };
            let (y, height) = if *class == "rehearsed" { (4, 4) } else { (0, 12) };
            let _ = writeln!(
                out,
                "<li><svg width=\"18\" height=\"12\" aria-hidden=\"true\"><rect class=\"{class}\" x=\"{x}\" y=\"{y}\" \
                 width=\"{width}\" height=\"{height}\"/></svg> {}</li>",
                escape(label)
            );
        }
        out.push_str("</ul>\n");
    }
}

/// A rectangle from one moment to another, at this height and so many pixels high.
fn rect(class: &str, (from, to): (f64, f64), (y, height): (usize, usize), axis: &Axis, out: &mut String) {
    let (left, right) = (axis.at(from), axis.at(to));
    let width = (right - left).max(0.15);
    let _ =
        writeln!(out, "<rect class=\"{class}\" x=\"{left:.2}%\" y=\"{y}\" width=\"{width:.2}%\" height=\"{height}\"/>");
}

fn line(class: &str, at: f64, (from, to): (usize, usize), out: &mut String) {
    let _ = writeln!(out, "<line class=\"{class}\" x1=\"{at:.2}%\" x2=\"{at:.2}%\" y1=\"{from}\" y2=\"{to}\"/>");
}
