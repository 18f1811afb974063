//! Slides as pictures, and the cover.

use kurbo::Size;

use crate::diagnostic::{Diagnostic, Diagnostics, code, contain};
use crate::export::html::Cover;
use crate::export::png::{Picture, pngs};
use crate::layout::{Layouter, Page};
use crate::pipeline::Job;
use crate::pipeline::build::Made;
use crate::pipeline::pages::{fonts, lay_out_one, pictures};

/// What sites that show previews of links ask for, in pixels.
const COVER: (u32, u32) = (1200, 630);

/// The cover as the deck beside it names it.
pub(super) const LINKED_COVER: Cover<'static> = Cover { path: "cover.png", size: COVER };

/// A file, the bytes in it, and which slide it shows after how many clicks.
pub(super) struct PictureFile {
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
    pub(super) slide: usize,
    pub(super) step: Option<u32>,
}

/// The folder of the pack that pictures of slides lie in.
pub(super) const FOLDER: &str = "slides";

/// Whether a file in [`FOLDER`] has a name that only pictures of slides have.
pub(super) fn is_name(name: &str) -> bool {
    let Some((slide, step)) = name.strip_suffix(".png").map(|stem| stem.split_once('-').unwrap_or((stem, "1"))) else {
        return false;
    };
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    slide.len() >= 3 && is_number(slide) && is_number(step)
}

/// A picture of each slide, or of each of its `states` where there are any: `slides/001.png`, or `slides/001-1.png`.
pub(super) fn slides(
    made: &Made,
    states: Option<&[Vec<Page>]>,
    job: &Job,
    found: &mut Diagnostics,
) -> Vec<PictureFile> {
    let digits = |number: usize| number.to_string().len();
    let wide = digits(made.pages.len()).max(3);
    let mut frames: Vec<(String, &Page, usize, Option<u32>)> = Vec::new();
    for (index, page) in made.pages.iter().enumerate() {
        let number = index + 1;
        match states.and_then(|states| states.get(index)).filter(|states| states.len() > 1) {
            None => frames.push((format!("{FOLDER}/{number:0wide$}.png"), page, index, None)),
            Some(states) => {
                let narrow = digits(states.len());
                frames.extend(states.iter().zip(0..).map(|(page, step)| {
                    let name = format!("{FOLDER}/{number:0wide$}-{:0narrow$}.png", step + 1);
                    (name, page, index, Some(step))
                }));
            }
        }
    }
    let scale = job.frames.scale;
    let size = |page: &Page| (scale.pixels(page.size.width), scale.pixels(page.size.height));
    let painted = paint(&frames.iter().map(|(_, page, ..)| (*page, size(page))).collect::<Vec<_>>(), FOLDER, found);
    let files = frames.into_iter().zip(painted);
    files.map(|((name, _, slide, step), bytes)| PictureFile { name, bytes, slide, step }).collect()
}

/// The first slide in the shape of a preview: laid out anew as high as slides are, and as wide as that shape is.
pub(super) fn cover(made: &Made, found: &mut Diagnostics) -> Option<(String, Vec<u8>)> {
    let slide = made.deck.slides.first()?;
    let height = f64::from(made.deck.size.1);
    let width = height * f64::from(COVER.0) / f64::from(COVER.1);
    // Boxes end at whole pixels; the slide goes on to the edge.
    let css = format!("{}:root{{--slide-width:{}px;--slide-height:{height}px;}}\n", made.deck.css, width.ceil());
    let fonts = fonts(&made.deck.fonts, &made.draft.theme, &mut Diagnostics::default());
    let layouter = Layouter::new(&css, Size::new(width, height), fonts, pictures(&made.deck.images));
    match lay_out_one(&layouter, slide, &made.deck.lang, None) {
        Ok(page) => {
            let painted = paint(&[(&page, COVER)], LINKED_COVER.path, found);
            painted.into_iter().next().map(|bytes| (LINKED_COVER.path.to_owned(), bytes))
        }
        Err(problem) => {
            found.push(*problem);
            None
        }
    }
}

/// The pages as files, or the finding that says why there are none.
fn paint(pages: &[(&Page, (u32, u32))], name: &str, found: &mut Diagnostics) -> Vec<Vec<u8>> {
    let pages: Vec<_> = pages.iter().map(|(page, size)| Picture { page, size: *size }).collect();
    match contain(|| pngs(&pages)) {
        Ok(Ok(files)) => return files,
        Ok(Err(error)) => found.push(Diagnostic::new(&code::UNREADABLE_FONT, None, error.to_string())),
        Err(why) => {
            let message = format!("`{name}` can't be painted: {why}");
            found.push(Diagnostic::new(&code::INTERNAL_ERROR, None, message));
        }
    }
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::is_name;

    #[test]
    fn names_of_pictures_are_told_from_others() {
        for name in ["001.png", "1200.png", "003-1.png", "003-12.png"] {
            assert!(is_name(name), "{name}");
        }
        for name in ["01.png", "001.jpg", "001-.png", "001-a.png", "a01.png", "001-1-1.png", ".png", "photo.png"] {
            assert!(!is_name(name), "{name}");
        }
    }
}
