//! Every figure of the model, with where it comes from.
//!
//! `[S]` a source is given, `[R]` a rule of thumb from practitioners' pages, `[J]` our judgement, to be replaced by
//! measurement. Times are in seconds.

use std::time::Duration;

/// How fast a script is spoken, in units a minute; the pauses between sentences are included.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rate {
    /// Slower is unusual.
    pub slow: f64,
    /// What is taken when the talk does not say.
    pub usual: f64,
    /// Faster is unusual.
    pub fast: f64,
}

/// English words. Lectures have about 145–155, TED talks 165–173, universities plan with 100–120.
/// `[S: uq.edu.au, timing page; oro.open.ac.uk/89068; coursera, "tempo"]`
pub const WORDS: Rate = Rate { slow: 110.0, usual: 140.0, fast: 170.0 };

/// English words of somebody whose first language is another one. `[J]`
pub const WORDS_AS_SECOND_LANGUAGE: Rate = Rate { slow: 95.0, usual: 120.0, fast: 145.0 };

/// Han characters. Formal speech has about 200, news 250–300. `[R]`
pub const HAN: Rate = Rate { slow: 160.0, usual: 200.0, fast: 260.0 };

/// Kana and kanji of Japanese, after the rule "300 a minute". `[R]`
pub const KANA: Rate = Rate { slow: 250.0, usual: 280.0, fast: 350.0 };

/// Hangul syllables: a speech of three minutes has 800–850. `[R]`
pub const HANGUL: Rate = Rate { slow: 240.0, usual: 280.0, fast: 340.0 };

/// Words that a letter of a spelled acronym takes. `[J]`
pub const SPELLED_LETTER: f64 = 0.6;

/// Words that a digit takes; in Chinese, Japanese and Korean it is one character. `[J]`
pub const DIGIT: f64 = 0.7;

/// The longest all-capitals word that is spelled. `[J]`
pub const LONGEST_SPELLED: usize = 5;

/// The most words that inline code counts. `[J]`
pub const CODE_WORDS: u32 = 3;

/// The words that a formula counts. `[J]`
pub const FORMULA_WORDS: u32 = 2;

/// Spoken words for each written one when notes are a script. `[J]`
pub const SCRIPT_EXPANSION: f64 = 1.0;

/// Spoken words for each written one when notes are cues: a measured lecturer spoke one minute for each 85 written words.
/// `[S: tellingsecrets-mks, 2008]`
pub const CUES_EXPANSION: f64 = 1.6;

/// Notes are cues from this share of list items among their lines. `[J]`
pub const CUES_LIST_SHARE: f64 = 0.6;

/// Notes are cues when their mean sentence has fewer words. `[J]`
pub const CUES_SENTENCE_WORDS: f64 = 8.0;

/// Notes are cues when their mean sentence has fewer Han characters, kana or syllables. `[J]`
pub const CUES_SENTENCE_CHARACTERS: f64 = 15.0;

/// Going to the next slide. `[S: reveal.js#2400]`
pub const SLIDE_CHANGE: f64 = 2.0;

/// A click. `[J]`
pub const CLICK: f64 = 1.0;

/// Looking at the first picture or diagram of a slide. `[R]`
pub const FIRST_PICTURE: f64 = 12.0;

/// Looking at each further one. `[R]`
pub const NEXT_PICTURE: f64 = 8.0;

/// Finding one's way into a table or chart. `[R]`
pub const TABLE: f64 = 8.0;

/// Each row of a table. `[R]`
pub const TABLE_ROW: f64 = 2.0;

/// The most for one table or chart. `[R]`
pub const TABLE_MOST: f64 = 40.0;

/// The least time for a slide whose table or chart carries data. `[R]`
pub const DATA_FLOOR: f64 = 60.0;

/// Finding one's way into code. `[J]`
pub const CODE: f64 = 6.0;

/// Each line of code shown. `[J]`
pub const CODE_LINE: f64 = 2.0;

/// The most for one piece of code. `[J]`
pub const CODE_MOST: f64 = 45.0;

/// `[pause]` without a length. `[J]`
pub const PAUSE: f64 = 2.0;

/// A poll. `[J]`
pub const POLL: f64 = 45.0;

/// A question to the room. `[J]`
pub const ROOM_QUESTION: f64 = 30.0;

/// The least time for a title slide. `[J]`
pub const TITLE_FLOOR: f64 = 25.0;

/// The least time for a slide that opens a section, and for one that closes the talk. `[J]`
pub const SECTION_FLOOR: f64 = 10.0;

/// The least time for a slide without notes. `[J]`
pub const UNNOTED_FLOOR: f64 = 45.0;

/// Spoken words for each visible one on a slide without notes. `[J]`
pub const UNNOTED_EXPANSION: f64 = 1.5;

/// The most for a slide without notes. `[J]`
pub const UNNOTED_MOST: f64 = 120.0;

/// The shortest that a demo of a declared length takes, as a part of it: P10. `[J]`
pub const DEMO_SHORTEST: f64 = 0.8;

/// The longest: P90. `[J]`
pub const DEMO_LONGEST: f64 = 1.5;

/// The part of the slot that is kept for questions when the talk does not say. `[R]`
pub const QUESTIONS_SHARE: f64 = 0.2;

/// The least time for questions in a long slot. `[R]`
pub const LEAST_QUESTIONS: Duration = Duration::from_mins(5);

/// Slots up to here keep no time for questions unless the talk says so. `[R]`
pub const SHORT_SLOT: Duration = Duration::from_mins(10);

/// From this slot on, questions get at least [`LEAST_QUESTIONS`]. `[R]`
pub const LONG_SLOT: Duration = Duration::from_mins(20);

/// The time until the first word, when the talk does not say. `[J]`
pub const SETUP: Duration = Duration::from_mins(1);

/// Standard deviation of all speech together, as a part of it, after no, one, two, and three or more rehearsals.
///
/// With these, eight in ten talks lie between P10 and P90 where speakers differ by 19 %, slides by 25 % and days by 5 %.
/// Smaller figures would promise more than that; of 21 published speeches by unknown speakers, few lie within 15 %.
/// `[S: tests/suite/calibration.rs]`
pub const SPEECH_SPREAD: [f64; 4] = [0.21, 0.11, 0.1, 0.09];

/// The same for each figure that is not speech. `[J]`
pub const EXTRA_SPREAD: f64 = 0.35;

/// Standard deviations from P50 to P10 and P90.
pub const BAND: f64 = 1.28;

/// An estimate over this part of the speaking budget is an error. `[J]`
pub const FAR_OVER_BUDGET: f64 = 1.1;

/// An estimate below this part of the speaking budget is worth a word. `[J]`
pub const FAR_BELOW_BUDGET: f64 = 0.7;

/// A section is off its plan by more than this part of it … `[J]`
pub const SECTION_OFF_SHARE: f64 = 0.25;

/// … and by more than this. `[J]`
pub const SECTION_OFF: f64 = 60.0;

/// The longest slide on which nothing changes. `[J]`
pub const LONGEST_SLIDE: f64 = 180.0;

/// The most lines of code on a slide. `[J]`
pub const MOST_CODE_LINES: usize = 20;

/// The most slides a minute over [`SUSTAINED_SLIDES`]. `[J]`
pub const MOST_SLIDES_A_MINUTE: f64 = 3.0;

/// How many slides in a row are more than a flash. `[J]`
pub const SUSTAINED_SLIDES: usize = 10;

/// The largest part of slides without notes that goes unmentioned. `[J]`
pub const UNNOTED_SHARE: f64 = 0.3;

/// The least speech expected of a slide that tells something about the speaker's speed. `[J]`
pub const LEAST_SPEECH: f64 = 15.0;

/// A slide that took so many times longer or shorter than most was interrupted, or hurried over. `[J]`
pub const INTERRUPTED: f64 = 2.0;

/// Seconds of expected speech at which a speaker's own speed counts as much as the usual one. `[J]`
pub const PRIOR_SPEECH: f64 = 300.0;

/// How much the last rehearsal counts, the one before, and the one before that. `[J]`
pub const REHEARSAL_WEIGHTS: [f64; 3] = [1.0, 0.5, 0.25];

/// How much longer the talk itself takes than its rehearsals. `[R]`
pub const LIVE_SLOWER: f64 = 1.1;

/// A run shorter than this part of what was expected was not spoken aloud. `[J]`
pub const SPOKEN_SHARE: f64 = 0.6;

/// Nobody speaks so many times slower than expected for a whole talk. `[J]`
pub const SLOWEST: f64 = 2.5;

/// The part of the notes that may change before a rehearsal is out of date. `[J]`
pub const EDITED_SHARE: f64 = 0.15;
