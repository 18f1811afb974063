//! Pictures, drawings and fonts.
//!
//! In: paths and `data:` URLs of a talk, read through its loader. Out: checked pictures whose size is known,
//! drawings with nothing active or external left in them, and the bundled fonts. The only home of usvg
//! and of what subsets fonts for the web; it knows nothing of talks, HTML or pages.

mod address;
pub mod fonts;
mod images;
pub mod outline;
mod raster;
pub mod svg;
mod svg_fonts;

pub use images::{Image, Images, KeptImages, Mime, hash};
