use crate::talk::{Block, BlockKind, Cue, Inline, InlineKind, Note, Slide, Table};
use crate::timing::constants::{
    CLICK, CODE, CODE_LINE, CODE_MOST, FIRST_PICTURE, NEXT_PICTURE, PAUSE, POLL, ROOM_QUESTION, SLIDE_CHANGE, TABLE,
    TABLE_MOST, TABLE_ROW,
};

/// Time on a slide that is not speech.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Extra {
    /// What takes it.
    pub kind: ExtraKind,
    /// How long, in seconds.
    pub(super) seconds: f64,
}

impl Extra {
    /// How long it takes.
    #[must_use]
    pub fn time(&self) -> std::time::Duration {
        super::load::time(self.seconds)
    }
}

/// What takes time besides speech.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ExtraKind {
    /// Going to the slide.
    Change,
    /// Its clicks.
    Clicks,
    /// A picture or diagram.
    Picture,
    /// A table or chart.
    Table,
    /// A piece of code.
    Code,
    /// A pause in the notes.
    Pause,
    /// A poll in the notes.
    Poll,
    /// A question to the room in the notes.
    Question,
}

impl ExtraKind {
    /// The word for it in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Change => "change",
            Self::Clicks => "clicks",
            Self::Picture => "picture",
            Self::Table => "table",
            Self::Code => "code",
            Self::Pause => "pause",
            Self::Poll => "poll",
            Self::Question => "question",
        }
    }
}

/// What a slide shows besides words.
#[derive(Clone, Debug, Default)]
pub(super) struct Shown {
    pub(super) extras: Vec<Extra>,
    /// Whether a table or chart carries figures.
    pub(super) has_data: bool,
    /// Lines of code.
    pub(super) code_lines: usize,
    pictures: u32,
}

impl Shown {
    /// All extras of `slide`, in the order of their kinds.
    pub(super) fn of(slide: &Slide) -> Self {
        let mut shown = Self::default();
        shown.add(ExtraKind::Change, SLIDE_CHANGE);
        if slide.steps > 0 {
            shown.add(ExtraKind::Clicks, CLICK * f64::from(slide.steps));
        }
        shown.blocks(&slide.blocks);
        for cue in slide.notes.iter().flat_map(|note: &Note| &note.cues) {
            match &cue.value {
                Cue::Pause(None) => shown.add(ExtraKind::Pause, PAUSE),
                Cue::Pause(Some(length)) => shown.add(ExtraKind::Pause, length.as_secs_f64()),
                Cue::Direction(words) if starts_with(words, &POLLS) => shown.add(ExtraKind::Poll, POLL),
                Cue::Direction(words) if starts_with(words, &QUESTIONS) => {
                    shown.add(ExtraKind::Question, ROOM_QUESTION);
                }
                Cue::Click | Cue::Direction(_) => {}
            }
        }
        shown.extras.sort_by_key(|extra| extra.kind);
        shown
    }

    fn add(&mut self, kind: ExtraKind, seconds: f64) {
        self.extras.push(Extra { kind, seconds });
    }

    fn picture(&mut self) {
        self.add(ExtraKind::Picture, if self.pictures == 0 { FIRST_PICTURE } else { NEXT_PICTURE });
        self.pictures = self.pictures.saturating_add(1);
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match &block.kind {
                BlockKind::Heading { content, .. } | BlockKind::Paragraph(content) => self.inlines(content),
                BlockKind::List(list) => list.items.iter().for_each(|item| self.blocks(&item.blocks)),
                BlockKind::Descriptions(items) => {
                    items.iter().flat_map(|item| &item.details).for_each(|details| self.blocks(details));
                }
                BlockKind::Quote(blocks) | BlockKind::Alert { blocks, .. } | BlockKind::Container { blocks, .. } => {
                    self.blocks(blocks);
                }
                BlockKind::Code(code) => {
                    let lines = code.text.lines().filter(|line| !line.trim().is_empty()).count();
                    self.code_lines = self.code_lines.saturating_add(lines);
                    self.add(ExtraKind::Code, (CODE + CODE_LINE * float(lines)).min(CODE_MOST));
                }
                BlockKind::Diagram(source) => match chart_rows(source) {
                    Some(rows) => {
                        self.has_data = true;
                        self.add(ExtraKind::Table, (TABLE + TABLE_ROW * float(rows)).min(TABLE_MOST));
                    }
                    None => self.picture(),
                },
                BlockKind::Table(table) => {
                    self.has_data |= carries_data(table);
                    self.add(ExtraKind::Table, (TABLE + TABLE_ROW * float(table.rows.len())).min(TABLE_MOST));
                }
                BlockKind::Math(_) | BlockKind::Rule | BlockKind::Html(_) => {}
            }
        }
    }

    fn inlines(&mut self, content: &[Inline]) {
        for inline in content {
            match &inline.kind {
                InlineKind::Image(image) if image.attributes.get("role") != Some("presentation") => self.picture(),
                InlineKind::Emphasis(content) | InlineKind::Strong(content) | InlineKind::Link { content, .. } => {
                    self.inlines(content);
                }
                _ => {}
            }
        }
    }
}

/// Directions that ask for a show of hands.
const POLLS: [&str; 7] = ["poll", "vote", "投票", "举手", "挙手", "アンケート", "투표"];

/// Directions that ask the room something.
const QUESTIONS: [&str; 6] = ["question", "ask", "提问", "問いかけ", "質問", "질문"];

/// Directions that announce something whose length only the speaker knows.
const DEMOS: [&str; 9] = ["demo", "video", "live coding", "演示", "视频", "デモ", "動画", "데모", "영상"];

/// Whether a note of the slide announces a demo or video.
pub(super) fn announces_demo(slide: &Slide) -> bool {
    let cues = || slide.notes.iter().flat_map(|note| &note.cues);
    cues().any(|cue| matches!(&cue.value, Cue::Direction(words) if starts_with(words, &DEMOS)))
}

/// Whether a direction begins with one of `terms`; alphabetic ones must be whole words.
fn starts_with(words: &str, terms: &[&str]) -> bool {
    let words = words.to_lowercase();
    terms.iter().any(|term| {
        let rest = words.strip_prefix(term);
        rest.is_some_and(|rest| !term.is_ascii() || !rest.starts_with(|c: char| c.is_ascii_alphanumeric()))
    })
}

/// Whether at least half of the cells behind the first column hold figures.
fn carries_data(table: &Table) -> bool {
    let cells = || table.rows.iter().flat_map(|row| row.iter().skip(1));
    let is_figure = |cell: &&Vec<Inline>| {
        let text = crate::talk::plain_text(cell);
        let digits = text.chars().filter(char::is_ascii_digit).count();
        digits > 0 && digits * 3 >= text.chars().filter(|c| c.is_alphanumeric()).count()
    };
    let all = cells().count();
    all > 0 && cells().filter(is_figure).count() * 2 >= all
}

/// How many figures a diagram charts; `None` when it is no chart.
fn chart_rows(source: &str) -> Option<usize> {
    let mut lines = source.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("%%"));
    let kind = lines.next()?.split_whitespace().next()?;
    match kind {
        "pie" => Some(lines.filter(|line| line.starts_with('"')).count()),
        "xychart" | "xychart-beta" => Some(lines.filter(|line| line.starts_with(['b', 'l'])).count()),
        _ => None,
    }
}

#[allow(clippy::cast_precision_loss, reason = "lines on a slide")]
fn float(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timing::tests::talk;

    fn extras(slide: &str) -> Vec<(&'static str, f64)> {
        let talk = talk("", slide);
        Shown::of(&talk.slides[0]).extras.iter().map(|extra| (extra.kind.name(), extra.seconds)).collect()
    }

    #[test]
    fn what_is_looked_at_takes_time() {
        let change = ("change", 2.0);
        assert_eq!(extras("# A"), [change]);
        assert_eq!(extras("# A\n\n![a](a.png) ![b](b.png)\n"), [change, ("picture", 12.0), ("picture", 8.0)]);
        assert_eq!(extras("# A\n\n![](a.png){role=presentation}\n"), [change]);
        assert_eq!(extras("# A\n\n```\none\n\ntwo\n```\n"), [change, ("code", 10.0)]);
        assert_eq!(extras(&format!("# A\n\n```\n{}```\n", "x\n".repeat(99))), [change, ("code", 45.0)]);
        assert_eq!(extras("# A\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"), [change, ("table", 10.0)]);
        assert_eq!(extras("# A\n\n```mermaid\nflowchart LR\n A --> B\n```\n"), [change, ("picture", 12.0)]);
        assert_eq!(extras("# A\n\n```mermaid\npie\n \"a\" : 1\n \"b\" : 2\n```\n"), [change, ("table", 12.0)]);
        assert_eq!(extras("# A\n\n::: steps\n- a\n- b\n:::\n"), [change, ("clicks", 2.0)]);
    }

    #[test]
    fn notes_ask_pause_and_poll() {
        let slide = "# A\n\n<!--\n[pause] a [pause 5s] b [举手：谁用过] c [question] d [asking them] e [click]\n-->\n";
        let found = extras(slide);
        let rest = [("pause", 2.0), ("pause", 5.0), ("poll", 45.0), ("question", 30.0)];
        assert_eq!(found[1..], rest, "{found:?}");
        let demo = |note: &str| announces_demo(&talk("", &format!("# A\n\n<!-- {note} -->\n")).slides[0]);
        assert!(demo("now [demo of failover]") && demo("[演示 failover]") && demo("[Live coding]"));
        assert!(!demo("[demonstrate it]") && !demo("the demo"));
    }

    #[test]
    fn figures_are_data_and_words_are_not() {
        let data = |rows: &str| {
            let talk = talk("", &format!("# A\n\n| a | b | c |\n|---|---|---|\n{rows}\n"));
            Shown::of(&talk.slides[0]).has_data
        };
        assert!(data("| x | 2,000 | 5 ms |\n| y | 3 | 50 ms |"));
        assert!(!data("| x | version 8 of it | locks |\n| y | 3 | pages |"));
        assert!(!data("| 1 | | |"));
    }
}
