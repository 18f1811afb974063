//! Pictures, drawings and fonts.
//!
//! In: paths and `data:` URLs of a talk, read through its loader. Out: pictures that can be shown to the last pixel and
//! whose size is known, drawings with nothing active or external left in them, QR codes, and the bundled fonts. The only home
//! of usvg and resvg, of what decodes pixels and of what subsets fonts for the web; it knows nothing of talks, HTML or pages.

mod address;
mod drawn;
mod edges;
pub mod fonts;
mod formula;
mod images;
mod jpeg;
pub mod outline;
mod pixels;
mod png;
pub mod qr;
mod raster;
mod reading;
mod shapes;
pub mod svg;
mod svg_fonts;
mod svg_text;

pub use drawn::{Effects, drawn};
pub use edges::Edges;
pub use formula::{TEXT_COLOR, formula, formula_fonts};
pub use images::{Image, Images, KeptImages, Mime, hash};
pub use jpeg::Jpeg;
pub use pixels::{Pixels, pixels, png_file, raster_file, thumbnail};
pub use png::Png;
pub use shapes::Shapes;
