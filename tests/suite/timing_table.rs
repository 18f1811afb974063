//! Published speeches and lectures of `tests/timing/speeches.yaml`, and what the model says to them.
//!
//! The texts are not kept, only their counts: each speech becomes a talk whose notes are as many words of filler. What the
//! model says is kept in `tests/snapshots/timing`, so that a change of the model shows in figures.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::time::Duration;

use retell::diagnostic::Diagnostics;
use retell::source::{MemoryLoader, Sources};
use retell::timing::{Counter, Counts, Estimate, Practice, estimate};
use serde::Deserialize;
use unicode_width::UnicodeWidthStr as _;

/// The most that half of the estimates may be off. The defaults are not made to fit these speeches, and a speaker whom the
/// model does not know is as fast as they like: this holds the model to be of some use, the snapshot says of how much.
const MOST_MEDIAN_ERROR: f64 = 1.0 / 3.0;

/// One speech of the file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Speech {
    title: String,
    speaker: String,
    year: Option<u32>,
    lang: String,
    kind: String,
    counts: Units,
    seconds: u64,
    /// Where the text was counted.
    text: String,
    /// Where its length stands, if not there too.
    length: Option<String>,
    #[serde(default, rename = "note")]
    _note: Option<String>,
}

/// What the counter finds in the text.
#[derive(Deserialize, Clone, Copy, Default)]
#[serde(deny_unknown_fields, default)]
struct Units {
    han: u32,
    words: u32,
    letters: u32,
    digits: u32,
}

impl Speech {
    fn counts(&self) -> Counts {
        let Units { han, words, letters, digits } = self.counts;
        Counts { han, words, letters, digits, ..Counts::default() }
    }

    /// Words and spelled words, or characters, a minute.
    fn pace(&self) -> f64 {
        let units = if self.lang == "zh" { self.counts.han } else { self.counts.words };
        f64::from(units) * 60.0 / Duration::from_secs(self.seconds).as_secs_f64()
    }

    /// A talk of one slide whose notes count what the speech counts. Its change of slide is two seconds.
    fn talk(&self) -> String {
        let mut notes = String::new();
        for at in 0..self.counts.han as usize {
            notes.push(['我', '们', '今', '天', '来', '看', '一', '个', '例', '子'][at % 10]);
            if at % 20 == 19 {
                notes.push('。');
            }
        }
        for at in 0..self.counts.words as usize {
            notes += [" we", " look", " at", " one", " example", " of", " this", " today"][at % 8];
        }
        // Two or three letters at a time: one alone would be a word.
        let mut letters = self.counts.letters;
        while letters > 0 {
            let taken = if letters == 3 { 3 } else { 2 };
            notes += if taken == 3 { " CPU" } else { " DB" };
            letters = letters.saturating_sub(taken);
        }
        notes += &" 7".repeat(self.counts.digits as usize);
        format!("---\ntitle: T\nlang: {}\ntiming: {{notes: script}}\n---\n\n# T\n\n<!--\n{notes}\n-->\n", self.lang)
    }

    fn estimate(&self) -> Estimate {
        let mut found = Diagnostics::default();
        let text = self.talk();
        let loader = MemoryLoader::default();
        let talk = retell::parse::parse(&mut Sources::default(), "talk.md", text.as_bytes(), &loader, &mut found);
        assert!(!found.has_errors(), "{found:?}");
        estimate(&talk, &Practice::default())
    }
}

fn speeches() -> Vec<Speech> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/timing/speeches.yaml");
    serde_saphyr::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn every_speech_has_its_sources() {
    let speeches = speeches();
    let of = |lang: &str| speeches.iter().filter(|speech| speech.lang == lang).count();
    assert!(of("en") >= 12 && of("zh") >= 6 && of("en") + of("zh") == speeches.len());
    for speech in &speeches {
        let Speech { title, speaker, kind, text, length, seconds, .. } = speech;
        assert!([title, speaker, kind].iter().all(|words| !words.trim().is_empty()), "{title}");
        let mut sources = [Some(text), length.as_ref()].into_iter().flatten();
        assert!(sources.all(|source| source.starts_with("http") && source.contains("://")), "{title}: where from?");
        assert!(speech.year.is_none_or(|year| (1900..2100).contains(&year)), "{title}");
        assert!((60..5 * 3600).contains(seconds), "{title}: {seconds} s");
        let plausible = if speech.lang == "zh" { 80.0..350.0 } else { 60.0..250.0 };
        assert!(plausible.contains(&speech.pace()), "{title}: {} a minute", speech.pace());
    }
    let mut titles: Vec<_> = speeches.iter().map(|speech| &speech.title).collect();
    titles.sort();
    titles.dedup();
    assert_eq!(titles.len(), speeches.len(), "a speech stands there twice");
}

#[test]
fn the_model_is_as_good_as_it_says() {
    let mut table = String::new();
    let mut judged: BTreeMap<String, Vec<Judged>> = BTreeMap::new();
    for speech in speeches() {
        let found = speech.estimate();
        assert_eq!(found.slides[0].counts, speech.counts(), "{}: the filler counts the same", speech.title);
        let judged = judged.entry(speech.lang.clone()).or_default();
        let this = Judged::new(&found, Duration::from_secs(speech.seconds));
        line(&mut table, &speech, &this);
        judged.push(this);
    }
    table.push('\n');
    for (lang, judged) in &judged {
        let (median, inside) = (median(judged), judged.iter().filter(|judged| judged.inside).count());
        let count = judged.len();
        let _ = writeln!(
            table,
            "{lang}: median absolute error {:.1} %, {inside} of {count} within P10–P90",
            100.0 * median
        );
        assert!(median <= MOST_MEDIAN_ERROR, "{lang}: {median}\n{table}");
    }
    eprintln!("{table}");
    insta::with_settings!({ snapshot_path => "../snapshots/timing", prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("speeches", table);
    });
}

/// An estimate beside what the speech took.
struct Judged {
    band: [Duration; 3],
    /// How much longer the estimate is, as a part of what it took.
    error: f64,
    inside: bool,
}

impl Judged {
    fn new(found: &Estimate, took: Duration) -> Self {
        let band = [found.total.shortest(), found.total.time(), found.total.longest()];
        let error = band[1].as_secs_f64() / took.as_secs_f64() - 1.0;
        Self { band, error, inside: (band[0]..=band[2]).contains(&took) }
    }
}

fn line(table: &mut String, speech: &Speech, judged: &Judged) {
    let mut name = format!("{}: {}", speech.speaker, speech.title);
    if name.width() > 44 {
        while name.width() > 43 {
            name.pop();
        }
        name.push('…');
    }
    let padding = " ".repeat(45 - name.width());
    let [shortest, time, longest] = judged.band.map(clock);
    let _ = writeln!(
        table,
        "{} {name}{padding}{:>4.0}/min  took {:>8}  estimate {time:>8} ({shortest}–{longest}) {:>+6.1} %{}",
        speech.lang,
        speech.pace(),
        clock(Duration::from_secs(speech.seconds)),
        100.0 * judged.error,
        if judged.inside { "" } else { "  outside" },
    );
}

/// Minutes and seconds, or hours too.
fn clock(time: Duration) -> String {
    let seconds = (time.as_millis() + 500) / 1000;
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}

fn median(judged: &[Judged]) -> f64 {
    let mut errors: Vec<f64> = judged.iter().map(|judged| judged.error.abs()).collect();
    errors.sort_by(f64::total_cmp);
    let middle = errors.len() / 2;
    if errors.len() % 2 == 1 { errors[middle] } else { f64::midpoint(errors[middle - 1], errors[middle]) }
}

/// Counts a transcript as the model does, for a new entry of the file.
#[test]
#[ignore = "a tool: counts the file $RETELL_TRANSCRIPT in the language $RETELL_LANG"]
fn count() {
    let variable = |name: &str| std::env::var(name).unwrap_or_else(|_| panic!("set {name}"));
    let text = fs::read_to_string(variable("RETELL_TRANSCRIPT")).unwrap();
    let Counts { han, words, letters, digits, .. } =
        Counter::new(&variable("RETELL_LANG"), &BTreeMap::new()).count(&text);
    eprintln!("counts: {{han: {han}, words: {words}, letters: {letters}, digits: {digits}}}");
}
