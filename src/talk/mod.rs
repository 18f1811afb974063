//! The model of a talk: plain data that every later stage reads.
//!
//! [`crate::parse`] makes a [`Talk`]; nothing changes it afterwards. It knows its sources by
//! [`crate::source::Span`] and nothing of HTML, layout or files.

mod block;
mod inline;
mod kept;
mod meta;
mod note;
mod recall;
mod slide;
mod slug;

pub use block::{
    AlertKind, Attributes, Block, BlockKind, Cell, CodeBlock, ColumnAlignment, DescriptionItem, Footnote, LineRange,
    List, ListItem, Marker, Table,
};
pub use inline::{Image, Inline, InlineKind, plain_text};
pub(crate) use kept::words;
pub use kept::{KeptQuestion, QuestionState};
pub use meta::{Aspect, Audience, Dialect, Level, Meta, NotesStyle, Rates, RecallPlan, Share, Speaker, Split, Timing};
pub use note::{Cue, Note};
pub use recall::{Adoption, Question, RecallItem, Trigger};
pub use slide::{Background, BackgroundFit, Edition, Section, Side, Slide};
pub use slug::slug;

/// A whole talk.
#[derive(Clone, Debug, PartialEq)]
pub struct Talk {
    /// The front matter, with every default filled in.
    pub meta: Meta,
    /// The slides in the order of the source; backup slides keep their place here.
    pub slides: Vec<Slide>,
    /// What the audience asked, of `qa.yaml` beside the talk; [`Talk::kept_questions`] are those to show.
    pub kept: Vec<KeptQuestion>,
}

impl Talk {
    /// The slides in the order in which they are shown: without hidden ones, backup slides last.
    pub fn shown_slides(&self) -> impl Iterator<Item = &Slide> {
        let shown = self.slides.iter().filter(|slide| !slide.hidden);
        shown.clone().filter(|slide| !slide.backup).chain(shown.filter(|slide| slide.backup))
    }
}
