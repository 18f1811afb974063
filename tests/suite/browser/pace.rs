//! The plan beside the clock, by its own functions: they are given numbers and asked for numbers.

use serde::de::DeserializeOwned;

use super::chromium::{Chromium, Page};

const PACE: &str = include_str!("../../../src/player/pace.js");

/// Ten minutes: 60 s, two slides that share what is left (210 s each), 120 s optional, a backup slide.
const PLAN: &str = "const plan = planOf([{ id: 'a', plan: 60 }, { id: 'b' }, { id: 'c' }, { id: 'd', plan: 120, optional: true }, \
     { id: 'e', backup: true }], 600, new Set());";

struct Pace(Chromium);

impl Pace {
    fn new() -> Self {
        let page = Chromium::start();
        page.go("about:blank");
        Self(page)
    }

    fn eval<T: DeserializeOwned>(&self, script: &str) -> T {
        let page: &Page = &self.0;
        page.eval(&format!("(() => {{ {} \n {PLAN} return {script}; }})()", PACE.replace("\nexport ", "\n")))
    }
}

#[test]
fn slides_without_a_time_share_what_is_left() {
    let pace = Pace::new();
    let times: Vec<(f64, f64)> = pace.eval("plan.slides.map(slide => [slide.start, slide.end])");
    assert_eq!(times, [(0.0, 60.0), (60.0, 270.0), (270.0, 480.0), (480.0, 600.0), (600.0, 600.0)]);
    assert!(pace.eval::<bool>(
        "planOf([{ id: 'a' }], null, new Set()) === null && planOf([{ id: 'a' }], 0, new Set()) === null"
    ));
    let skipping: f64 = pace.eval("planOf(plan.slides, 600, new Set(['d'])).total");
    assert!((skipping - 480.0).abs() < 1e-9, "{skipping}");
}

#[test]
fn the_verdict_compares_the_clock_with_the_slide() {
    let pace = Pace::new();
    let verdict = |at: usize, gone: f64| -> (String, f64) {
        pace.eval(&format!("(({{ verdict, by }}) => [verdict, by])(paceAt(plan, {at}, {gone}, () => 0))"))
    };
    assert_eq!(verdict(1, 30.0), ("ahead".to_owned(), 30.0));
    assert_eq!(verdict(1, 60.0), ("onTrack".to_owned(), 0.0));
    assert_eq!(verdict(1, 270.0), ("onTrack".to_owned(), 0.0));
    assert_eq!(verdict(1, 290.0), ("behind".to_owned(), 20.0));
}

#[test]
fn the_projected_end_trusts_the_measured_speed_more_and_more() {
    let pace = Pace::new();
    let ratio = |at: usize, factor: f64| -> f64 {
        pace.eval(&format!(
            "paceAt(plan, {at}, 0, id => {factor} * plan.slides.find(slide => slide.id === id).plan).ratio"
        ))
    };
    let close = |a: f64, b: f64| assert!((a - b).abs() < 1e-9, "{a} {b}");
    close(ratio(0, 1.5), 1.0);
    close(ratio(1, 1.5), 1.5_f64.powf(60.0 / 360.0));
    close(ratio(3, 1.5), 1.5_f64.powf(480.0 / 780.0));
    close(ratio(3, 9.0), 2.0_f64.powf(480.0 / 780.0));
    close(pace.eval("paceAt(plan, 0, 0, () => 0).end"), 600.0);
    close(pace.eval("paceAt(plan, 0, 100, () => 100).end"), 640.0);
}

#[test]
fn as_few_and_as_short_slides_as_can_be_are_cut() {
    let pace = Pace::new();
    let cuts = |at: usize, over: f64, ratio: f64| -> Vec<String> {
        pace.eval(&format!(
            "cutsFor(planOf(['a', 'b', 'c', 'd'].map((id, at) => ({{ id, plan: [30, 90, 60, 200][at], optional: true }})), 500, new Set()), \
             {at}, {{ over: {over}, ratio: {ratio} }})"
        ))
    };
    assert_eq!(cuts(0, -1.0, 1.0), Vec::<String>::new());
    assert_eq!(cuts(0, 50.0, 1.0), ["c"]);
    assert_eq!(cuts(0, 80.0, 1.0), ["b"]);
    assert_eq!(cuts(0, 80.0, 2.0), ["c"]);
    assert_eq!(cuts(0, 250.0, 1.0), ["d", "c"]);
    assert_eq!(cuts(0, 900.0, 1.0), ["d", "b", "c"]);
    assert_eq!(cuts(2, 900.0, 1.0), ["d"]);
}

#[test]
fn a_time_is_nearly_used_from_four_fifths() {
    let pace = Pace::new();
    let fullness: Vec<String> =
        pace.eval("[[79, 100], [80, 100], [99, 100], [100, 100], [5, 0]].map(([used, all]) => fullness(used, all))");
    assert_eq!(fullness, ["", "near", "near", "over", ""]);
}
