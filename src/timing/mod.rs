//! How long a talk takes, and what time there is for it.
//!
//! In: a [`crate::talk::Talk`]. Out: its [`Budget`], an [`Estimate`] from its notes with how far it may be off, and the
//! time planned for each slide. Pure functions; they know nothing of clocks, pages or how figures are shown. All figures
//! of the model stand in [`constants`], each with where it comes from.

mod budget;
pub mod constants;
mod count;
mod estimate;
mod extra;
mod plan;
mod sheet;
mod spoken;
#[cfg(test)]
mod tests;

pub use budget::Budget;
pub use count::{Counter, Counts, SpeakingRates};
pub use estimate::{Basis, Estimate, Load, SectionEstimate, SlideEstimate, estimate};
pub use extra::{Extra, ExtraKind};
pub use plan::{plan, plan_of};
pub use sheet::{Band, Cut, Drops, Sheet, SheetBudget, SheetExtra, SheetRates, SheetSection, SheetSlide};
