//! What rehearsals and talks left behind: recordings of when which slide came, and the speaker's own speed.
//!
//! In: recordings as the presenter view or `retell present` writes them. Out: how long each slide took ([`Run`]),
//! which of it tells how fast the speaker is, and files in the speaker's own folders. It must not know how a talk is
//! read, nor how figures are shown.

mod apply;
mod comparison;
mod expectation;
mod folders;
mod past;
mod recording;
mod run;
mod shelf;
mod speed;

pub use apply::with_times;
pub use comparison::{ComparedSection, ComparedSlide, Comparison};
pub use expectation::{Expectation, Expected, expectations};
pub use folders::Folders;
pub use past::{Known, Likeness, Past, match_talk};
pub use recording::{Event, EventKind, FORMAT, MAX_EVENTS, RecordedSlide, RecordedTalk, Recording, Unreadable};
pub use run::{Flaws, Run};
pub use shelf::{Kept, KeptError, Shelf, read, replace};
pub use speed::{Learnt, SpeedFile, Taught, Verdict};
