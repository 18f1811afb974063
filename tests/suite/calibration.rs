//! How near the estimate comes after no, one, two and three rehearsals, over thousands of made-up speakers and talks.
//!
//! A speaker takes what the usual one does times a factor (σ 0.19 in its logarithm: between speakers, speech rates differ
//! by 15 to 20 %); a slide's notes are off by themselves (σ 0.25), a day by itself (σ 0.05); rehearsals go 10 % faster than
//! the talk; pictures and code take what is expected within 35 %; and on 8 % of the slides of a rehearsal something comes
//! in between, a minute and a half on average. What is estimated is the talk itself.

use retell::timing::constants::{BAND, EXTRA_SPREAD};
use retell::timing::{Passage, Speed, calibrate, lesson};

/// How many talks.
const TALKS: u32 = 6_000;

/// Random numbers that are the same in each run (splitmix64).
struct Random(u64);

impl Random {
    #[allow(clippy::cast_precision_loss, reason = "53 bits fit")]
    fn unit(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Normal with mean 0 and this deviation (Box and Muller).
    fn normal(&mut self, deviation: f64) -> f64 {
        let (radius, angle) = ((-2.0 * (1.0 - self.unit()).ln()).sqrt(), std::f64::consts::TAU * self.unit());
        deviation * radius * angle.cos()
    }
}

/// What is expected of a slide: speech and the rest, in seconds.
type Slide = (f64, f64);

fn talk(random: &mut Random) -> Vec<Slide> {
    let slides = 20 + (0..20).filter(|_| random.unit() < 0.5).count();
    (0..slides)
        .map(|_| {
            let speech = (35.0 * random.normal(0.6).exp()).min(180.0);
            (speech, if random.unit() < 0.4 { 14.0 } else { 2.0 })
        })
        .collect()
}

/// How long each slide takes at this factor on one day.
fn hold(slides: &[Slide], factor: f64, interrupted: f64, random: &mut Random) -> Vec<Passage> {
    let day = factor * random.normal(0.05).exp();
    slides
        .iter()
        .map(|&(speech, other)| {
            let between = if random.unit() < interrupted { -90.0 * (1.0 - random.unit()).ln() } else { 0.0 };
            let spoken = speech * day * random.normal(0.25).exp();
            let actual = spoken + other * random.normal(0.35).exp() + between;
            Passage { speech, other, declared: 0.0, actual }
        })
        .collect()
}

fn total(passages: &[Passage]) -> f64 {
    passages.iter().map(|passage| passage.actual).sum()
}

/// Standard deviation of the whole talk, as the model has it.
fn deviation(slides: &[Slide], speed: &Speed) -> f64 {
    let speech: f64 = slides.iter().map(|(speech, _)| speed.factor * speech).sum();
    let other: f64 = slides.iter().map(|(_, other)| (EXTRA_SPREAD * other).powi(2)).sum();
    ((speed.spread() * speech).powi(2) + other).sqrt()
}

fn median(mut errors: Vec<f64>) -> f64 {
    errors.sort_by(f64::total_cmp);
    errors[errors.len() / 2]
}

#[test]
fn rehearsals_bring_the_estimate_nearer() {
    let random = &mut Random(7);
    let mut errors: [Vec<f64>; 5] = Default::default();
    let mut within = [0_u32; 4];
    for _ in 0..TALKS {
        let slides = talk(random);
        let live = random.normal(0.19).exp();
        let took = total(&hold(&slides, live, 0.0, random));
        let rehearsals: Vec<Vec<Passage>> = (0..3).map(|_| hold(&slides, live / 1.1, 0.08, random)).collect();
        for known in 0..=3 {
            let lessons: Vec<_> = rehearsals[..known].iter().filter_map(|run| lesson(run, false).ok()).collect();
            let speed = calibrate(&lessons);
            let estimate: f64 = slides.iter().map(|(speech, other)| speed.factor * speech + other).sum();
            within[known] += u32::from((estimate - took).abs() <= BAND * deviation(&slides, &speed));
            errors[known].push((estimate - took).abs() / took);
        }
        errors[4].push((total(&rehearsals[0]) - took).abs() / took);
    }
    let [none, one, two, three, by_total] = errors.map(median);
    eprintln!(
        "median error: none {none:.4}, one {one:.4}, two {two:.4}, three {three:.4}, rehearsal's total {by_total:.4}"
    );
    let within = within.map(|talks| f64::from(talks) / f64::from(TALKS));
    eprintln!("within P10 and P90: {within:.3?}");
    assert!(within.iter().all(|part| (0.77..=0.83).contains(part)), "the bands promise 80 %: {within:?}");
    assert!(none >= 0.11, "without rehearsal {none}");
    assert!(one <= 0.08, "after one {one}");
    assert!(two < one && three < two, "{one} {two} {three}");
    assert!(three <= 0.065, "after three {three}");
    assert!(one < by_total, "the total of the rehearsal is off by {by_total}");
}
