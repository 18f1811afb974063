use std::sync::{Arc, Once};

use blitz_dom::node::{ImageData, SpecialElementData, Status};
use blitz_dom::{BaseDocument, DocumentConfig, MediaType, UserAgentStylesheet, local_name};
use blitz_html::HtmlDocument;
use blitz_traits::shell::{ColorScheme, Viewport};
use parley::FontContext;

use crate::layout::Layouter;
use crate::layout::pictures::Provider;
use crate::layout::steps::show_step;
use crate::layout::text_style::text_style;
use crate::layout::tree::descendants;
use crate::layout::unread::with_copies;

/// The style sheets of every page, read once.
///
/// Blitz shares what it computes from user-agent sheets between documents, so ours is given as one. Its own default
/// sheet would then win against ours wherever it is more specific; `defaults.css` stands in for it.
pub(super) struct Sheets {
    sheets: Vec<UserAgentStylesheet>,
}

impl Sheets {
    pub(super) fn parse(css: &str) -> Self {
        enable_style_features();
        let css = with_copies(css);
        let sheets = [include_str!("defaults.css"), &css];
        Self { sheets: sheets.map(UserAgentStylesheet::parse).to_vec() }
    }
}

/// Switches on what browsers have by default; must happen before the first sheet is read.
fn enable_style_features() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        stylo_static_prefs::set_pref!("layout.css.has-selector.enabled", true);
        stylo_static_prefs::set_pref!("layout.css.nth-child-of.enabled", true);
        stylo_static_prefs::set_pref!("layout.css.at-scope.enabled", true);
        stylo_static_prefs::set_pref!("layout.grid.enabled", true);
        stylo_static_prefs::set_pref!("layout.unimplemented", true);
        stylo_static_prefs::set_pref!("layout.variable_fonts.enabled", true);
    });
}

/// What is laid out.
pub(super) struct Html<'a> {
    /// The HTML inside `<body>`.
    pub(super) body: &'a str,
    /// The document's language.
    pub(super) lang: &'a str,
    /// How many clicks were made; `None` for all.
    pub(super) step: Option<u32>,
}

/// A document whose styles and boxes are computed.
pub(super) fn resolve(layouter: &Layouter, html: &Html<'_>, fonts: FontContext) -> BaseDocument {
    let (lang, body) = (html.lang.replace(['"', '&', '<'], ""), html.body);
    let step = html.step;
    let html = format!("<!doctype html><html lang=\"{lang}\"><head></head><body>{body}</body></html>");
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "page sizes are small and positive")]
    let (width, height) = (layouter.size.width.ceil() as u32, layouter.size.height.ceil() as u32);
    let config = DocumentConfig {
        viewport: Some(Viewport::new(width, height, 1.0, ColorScheme::Light)),
        base_url: Some("asset:///".to_owned()),
        ua_stylesheets: layouter.sheets.sheets.clone(),
        net_provider: Some(Arc::new(Provider(Arc::clone(&layouter.pictures)))),
        font_ctx: Some(fonts),
        media_type: Some(if layouter.on_paper { MediaType::print() } else { MediaType::screen() }),
        ..DocumentConfig::default()
    };
    let mut doc: BaseDocument = HtmlDocument::from_html(&html, config).into_inner();
    if let Some(step) = step {
        show_step(&mut doc, step);
    }
    place_pictures(&mut doc, layouter);
    // The second pass puts animations at their end.
    doc.resolve(0.0);
    doc.resolve(100.0);
    place_backgrounds(&mut doc, layouter);
    color_drawings(&mut doc, layouter);
    doc
}

/// Gives drawings that take the colour of the text around them that colour, which is known once styles are.
fn color_drawings(doc: &mut BaseDocument, layouter: &Layouter) {
    for id in descendants(doc) {
        let url = doc.get_node(id).and_then(|node| node.attr(local_name!("src"))).map(str::to_owned);
        let Some(url) = url.filter(|url| layouter.pictures.takes_text_color(url)) else { continue };
        let drawing = layouter.pictures.drawing(&url, Some(text_style(doc, id).color)).map(ImageData::Svg);
        let element = doc.get_node_mut(id).and_then(|node| node.element_data_mut());
        if let (Some(element), Some(drawing)) = (element, drawing) {
            element.special_data = SpecialElementData::Image(Box::new(drawing));
        }
    }
}

/// Gives every `<img>` its picture.
fn place_pictures(doc: &mut BaseDocument, layouter: &Layouter) {
    for id in descendants(doc) {
        let Some(element) = doc.get_node_mut(id).and_then(|node| node.element_data_mut()) else { continue };
        if element.name.local != local_name!("img") {
            continue;
        }
        let Some(url) = element.attr(local_name!("src")) else { continue };
        let drawing = layouter.pictures.drawing(url, None).map(ImageData::Svg);
        let picture = drawing.or_else(|| layouter.pictures.stand_in(url).map(ImageData::Raster));
        if let Some(picture) = picture {
            element.special_data = SpecialElementData::Image(Box::new(picture));
        }
    }
}

/// Gives backgrounds and masks their raster pictures; their size changes no layout.
fn place_backgrounds(doc: &mut BaseDocument, layouter: &Layouter) {
    for id in descendants(doc) {
        let Some(element) = doc.get_node_mut(id).and_then(|node| node.element_data_mut()) else { continue };
        let layers = element.background_images.iter_mut().chain(&mut element.mask_images).flatten();
        for layer in layers.filter(|layer| matches!(layer.image, ImageData::None)) {
            if let Some(picture) = layouter.pictures.stand_in(layer.url.as_str()) {
                layer.image = ImageData::Raster(picture);
                layer.status = Status::Ok;
            }
        }
    }
}
