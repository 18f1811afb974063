//! How long a talk takes, and what time there is for it.
//!
//! In: a [`crate::talk::Talk`]. Out: its [`Budget`], an [`Estimate`] from its notes with how far it may be off, and the
//! time planned for each slide. Pure functions; they know nothing of clocks, pages or how figures are shown. All figures
//! of the model stand in [`constants`], each with where it comes from.

mod budget;
mod calibration;
pub mod constants;
mod count;
mod direction;
mod estimate;
mod extra;
mod load;
mod plan;
mod practice;
mod sheet;
mod spoken;
#[cfg(test)]
mod tests;

pub use budget::Budget;
pub use calibration::{Lesson, Passage, Unusable, calibrate, lesson, lesson_weight};
pub use count::{Counter, Counts, SpeakingRates, language};
pub use estimate::{Basis, Estimate, SectionEstimate, SlideEstimate, estimate, estimate_at_usual_speed};
pub use extra::{Extra, ExtraKind};
pub use load::Load;
pub use plan::plan;
pub use practice::{Practice, Speed};
pub use sheet::{
    Band, Cut, Drops, Sheet, SheetBudget, SheetExtra, SheetRates, SheetRun, SheetSection, SheetSlide, SheetSpeed,
};
