use std::sync::{Arc, Once};

use blitz_dom::node::{ImageData, SpecialElementData};
use blitz_dom::{BaseDocument, DocumentConfig, MediaType, UserAgentStylesheet, local_name};
use blitz_html::HtmlDocument;
use blitz_traits::shell::{ColorScheme, Viewport};
use parley::FontContext;

use crate::layout::Layouter;
use crate::layout::pictures::Provider;
use crate::layout::text_style::text_style;
use crate::layout::tree::descendants;

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
        let sheets = [include_str!("defaults.css"), css];
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

/// A document whose styles and boxes are computed.
pub(super) fn resolve(layouter: &Layouter, body: &str, lang: &str, fonts: FontContext) -> BaseDocument {
    let lang = lang.replace(['"', '&', '<'], "");
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
    place_drawings(&mut doc, layouter);
    // The second pass puts animations at their end.
    doc.resolve(0.0);
    doc.resolve(100.0);
    color_drawings(&mut doc, layouter);
    doc
}

/// Gives drawings that take the colour of the text around them that colour, which is known once styles are.
fn color_drawings(doc: &mut BaseDocument, layouter: &Layouter) {
    for id in descendants(doc) {
        let url = doc.get_node(id).and_then(|node| node.attr(local_name!("src"))).map(str::to_owned);
        let Some(url) = url.filter(|url| layouter.pictures.takes_text_color(url)) else { continue };
        let color = text_style(doc, id).color;
        let [red, green, blue] = [color.red, color.green, color.blue].map(|part| (part * 255.0).round());
        let drawing = layouter.pictures.colored_drawing(&url, &format!("rgb({red},{green},{blue})"));
        let element = doc.get_node_mut(id).and_then(|node| node.element_data_mut());
        if let (Some(element), Some(drawing)) = (element, drawing) {
            element.special_data = SpecialElementData::Image(Box::new(ImageData::Svg(drawing)));
        }
    }
}

/// Gives every `<img>` that shows a drawing its drawing.
fn place_drawings(doc: &mut BaseDocument, layouter: &Layouter) {
    for id in descendants(doc) {
        let Some(element) = doc.get_node_mut(id).and_then(|node| node.element_data_mut()) else { continue };
        if element.name.local != local_name!("img") {
            continue;
        }
        let drawing = element.attr(local_name!("src")).and_then(|url| layouter.pictures.drawing(url));
        if let Some(drawing) = drawing {
            element.special_data = SpecialElementData::Image(Box::new(ImageData::Svg(drawing)));
        }
    }
}
