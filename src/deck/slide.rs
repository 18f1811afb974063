use std::fmt::Write as _;

use minijinja::value::Value;

use crate::deck::code::{expand_tabs, longest_line};
use crate::deck::growth::Laid;
use crate::deck::heights::CodeType;
use crate::deck::memo::Shown;
use crate::deck::photo::Photo;
use crate::deck::pictures::{ground, lone_image, side};
use crate::deck::templates::{Templates, object, optional, safe};
use crate::deck::writer::{Context, Measure, Writer};
use crate::deck::{Prompt, growth};
use crate::diagnostic::Diagnostics;
use crate::escape::html as escaped;
use crate::talk::{Block, BlockKind, Question, Slide};

/// What a slide's layout is told about its surroundings.
pub(super) struct Surroundings<'a> {
    /// The slide's place among the shown ones, from 1.
    pub(super) number: usize,
    /// How many slides are shown.
    pub(super) count: usize,
    /// The name of the section it belongs to.
    pub(super) section: Option<&'a str>,
    /// The front matter.
    pub(super) meta: &'a crate::talk::Meta,
    /// The whole talk, as layouts see it.
    pub(super) talk: Value,
    /// Every prepared question of the talk.
    pub(super) questions: &'a [&'a Question],
}

/// One slide as HTML.
#[derive(Clone, Debug)]
pub(super) struct Rendered {
    /// `<section>`.
    pub(super) html: String,
    /// What the speaker says.
    pub(super) notes: String,
    /// The slide's own questions.
    pub(super) questions: Vec<Prompt>,
}

/// The HTML of one slide, the pictures that it shows, and what is wrong with it.
pub(super) fn render(
    context: &Context<'_>,
    templates: &Templates<'_>,
    slide: &Slide,
    around: &Surroundings<'_>,
) -> (Rendered, Vec<Shown>, Diagnostics) {
    let mut writer = Writer::new(context, slide, around.number);
    let layout = templates.choose(slide.layout.as_ref(), &mut writer.diagnostics);
    let photo = Photo::of(context, slide, &layout, around.meta.aspect).filter(|_| templates.places_photos(&layout));
    let laid = Laid { layout: &layout, photo: photo.as_ref() };
    let (classes, styles) = classes(laid, slide, around, context);
    writer.measure = match layout.as_str() {
        // Its questions may stand side by side, in large type.
        "qa" => Measure::Narrow,
        _ if classes.iter().any(|class| class == "statement") => Measure::Large,
        _ => Measure::Wide,
    };
    let parts = Parts::write(&mut writer, around, photo.as_ref());
    writer.measure = Measure::Wide;
    let ground = match slide.blocks.as_slice() {
        [picture] if layout == "full-image" => ground(context, picture, around.meta.aspect),
        _ => None,
    };
    let value = parts.into_value(slide, around, ground.as_deref());
    let body = templates.render(&layout, &value, &mut writer.diagnostics);
    let backgrounds = writer.apart(Writer::backgrounds);
    let opening = opening(&classes, styles, slide, around, context);
    let html = format!("{opening}{}{}</section>", writer.filled(&backgrounds), writer.filled(&body));
    let rendered = Rendered { html, notes: writer.notes(), questions: writer.prompts(slide.questions.iter()) };
    let mut diagnostics = writer.diagnostics;
    // Blocks are written for each place where a layout may want them.
    diagnostics.sort();
    (rendered, writer.pictures, diagnostics)
}

/// The content of a slide, cut up as layouts want it.
struct Parts {
    heading: String,
    content: String,
    columns: Vec<String>,
    image: String,
    photo: Option<String>,
    rest: String,
    footnotes: String,
    questions: Vec<(String, String)>,
}

impl Parts {
    fn write(writer: &mut Writer<'_>, around: &Surroundings<'_>, photo: Option<&Photo<'_>>) -> Self {
        let slide = writer.slide;
        let mut heading = String::new();
        let mut blocks: Vec<(&Block, String)> = Vec::new();
        for block in &slide.blocks {
            let html = writer.apart(|writer| writer.block(block));
            if heading.is_empty() && matches!(block.kind, BlockKind::Heading { .. }) {
                heading = html;
            } else {
                blocks.push((block, html));
            }
        }
        let footnotes = writer.apart(footnotes);
        let own: Vec<&Question> = slide.questions.iter().collect();
        let questions = if own.is_empty() { around.questions } else { &own };
        let questions = questions.iter().map(|question| prompt(writer, question)).collect::<Vec<_>>();
        let picture = blocks.iter().position(|(block, _)| is_picture(block));
        let join = |blocks: &[(&Block, String)]| blocks.iter().map(|(_, html)| html.as_str()).collect::<String>();
        let rest = blocks.iter().enumerate().filter(|(at, _)| Some(*at) != picture).map(|(_, (_, html))| html.as_str());
        let rest: String = rest.collect();
        let photo = photo.map(|photo| photo.html(writer));
        let mut clean = |html: String| writer.sanitized(&html);
        Self {
            heading: clean(heading),
            content: clean(join(&blocks)),
            columns: split(&blocks, |(block, _)| &block.kind).into_iter().map(|part| clean(join(part))).collect(),
            image: clean(picture.and_then(|at| blocks.get(at)).map(|(_, html)| html.clone()).unwrap_or_default()),
            photo: photo.map(&mut clean),
            rest: clean(rest),
            footnotes: clean(footnotes),
            questions: questions.into_iter().map(|(ask, answer)| (clean(ask), clean(answer))).collect(),
        }
    }

    fn into_value(self, slide: &Slide, around: &Surroundings<'_>, ground: Option<&str>) -> Value {
        let meta = around.meta;
        let questions: Vec<Value> = self
            .questions
            .into_iter()
            .map(|(ask, answer)| object([("ask", safe(ask)), ("answer", safe(answer))]))
            .collect();
        let columns: Vec<Value> = self.columns.into_iter().map(safe).collect();
        let slide = object([
            ("number", Value::from(around.number)),
            ("count", Value::from(around.count)),
            ("id", Value::from(slide.id.as_str())),
            ("title", optional(slide.title.as_deref())),
            ("heading", safe(self.heading)),
            ("content", safe(self.content)),
            ("columns", Value::from(columns)),
            ("image", safe(self.image)),
            ("photo", self.photo.map_or(Value::UNDEFINED, safe)),
            ("ground", optional(ground)),
            ("rest", safe(self.rest)),
            ("footnotes", safe(self.footnotes)),
            ("questions", Value::from(questions)),
            ("section", optional(around.section)),
            ("header", optional(slide.header.as_deref().or(meta.header.as_deref()).filter(|text| !text.is_empty()))),
            ("footer", optional(slide.footer.as_deref().or(meta.footer.as_deref()).filter(|text| !text.is_empty()))),
            ("paginate", Value::from(slide.paginate.unwrap_or(meta.paginate))),
            ("backup", Value::from(slide.backup)),
        ]);
        object([("slide", slide), ("talk", around.talk.clone())])
    }
}

/// The classes of the slide, and its style: the width of a picture at its side, the type of its code.
fn classes(
    laid: Laid<'_>,
    slide: &Slide,
    around: &Surroundings<'_>,
    context: &Context<'_>,
) -> (Vec<String>, Vec<String>) {
    let (mut sides, width) = side(&slide.backgrounds);
    let mut width = width.map(|width| format!("{width}%"));
    if let Some(photo) = laid.photo {
        sides.push(photo.class());
        width = Some(format!("{}px", photo.width));
    }
    let mut classes = vec!["slide".to_owned(), format!("layout-{}", laid.layout)];
    classes.extend(around.meta.classes.iter().chain(&slide.classes).cloned());
    classes.extend(sides.into_iter().map(str::to_owned));
    let mut styles: Vec<String> = width.map(|width| format!("--side:{width}")).into_iter().collect();
    if !classes.iter().any(|class| class == "compact" || class.starts_with("grow-")) {
        let (meta, theme) = (around.meta, context.theme);
        let grown = growth::class(slide, laid, meta, theme, around.questions);
        classes.extend(grown.map(str::to_owned));
        if let Some(CodeType { size, line, is_dense }) = growth::code_type(slide, laid, meta, theme, grown) {
            classes.push("fitted-code".to_owned());
            classes.extend(is_dense.then(|| "dense-code".to_owned()));
            styles.push(format!("--code-fit:{size}px;--code-line:{line}px"));
        }
        if !classes.iter().any(|class| class == "lead") && growth::is_statement(slide, laid.layout, meta, theme) {
            classes.push("statement".to_owned());
        }
    }
    (classes, styles)
}

/// `<section …>`.
fn opening(
    classes: &[String],
    mut styles: Vec<String>,
    slide: &Slide,
    around: &Surroundings<'_>,
    context: &Context<'_>,
) -> String {
    let mut out = format!(
        "<section class=\"{}\" id=\"{}\" data-number=\"{}\" data-steps=\"{}\" lang=\"{}\"",
        escaped(&classes.join(" ")),
        escaped(&slide.id),
        around.number,
        slide.steps,
        escaped(context.lang)
    );
    if slide.backup {
        out.push_str(" data-backup");
    }
    if let Some(section) = around.section {
        let _ = write!(out, " data-section=\"{}\"", escaped(section));
    }
    if context.options.positions {
        let _ = write!(out, " data-at=\"0-{}\"", slide.span.end - slide.span.start);
    }
    styles.extend(widest_code(&slide.blocks).map(|widest| format!("--widest:{widest}")));
    if !styles.is_empty() {
        let _ = write!(out, " style=\"{}\"", styles.join(";"));
    }
    out.push('>');
    out
}

/// The longest line of a slide's code in characters, where it has several pieces that should look alike.
fn widest_code(blocks: &[Block]) -> Option<usize> {
    fn lines(blocks: &[Block], longest: &mut Vec<usize>) {
        for block in blocks {
            match &block.kind {
                BlockKind::Code(code) => longest.push(longest_line(code, &expand_tabs(&code.text))),
                BlockKind::Container { blocks, .. } => lines(blocks, longest),
                _ => {}
            }
        }
    }
    let mut longest = Vec::new();
    lines(blocks, &mut longest);
    longest.iter().copied().max().filter(|_| longest.len() > 1)
}

fn footnotes(writer: &mut Writer<'_>) {
    let slide = writer.slide;
    if slide.footnotes.is_empty() {
        return;
    }
    writer.raw("<ol class=\"footnotes\">");
    for footnote in &slide.footnotes {
        writer.raw(&format!("<li data-n=\"{}\" data-note>", footnote.number));
        match footnote.blocks.as_slice() {
            [Block { kind: BlockKind::Paragraph(content), .. }] => writer.paragraph(content),
            blocks => writer.blocks(blocks),
        }
        writer.raw("</li>");
    }
    writer.raw("</ol>");
}

fn prompt(writer: &mut Writer<'_>, question: &Question) -> (String, String) {
    let ask = writer.apart(|writer| writer.paragraph(&question.ask));
    let answer = writer.apart(|writer| writer.paragraph(question.answer.as_deref().unwrap_or_default()));
    (ask, answer)
}

pub(super) fn is_picture(block: &Block) -> bool {
    match &block.kind {
        BlockKind::Paragraph(content) => lone_image(content).is_some(),
        BlockKind::Diagram(_) => true,
        _ => false,
    }
}

/// The two halves of a slide's content: parted at a rule, else before the second of its sub-headings, else in
/// the middle.
pub(super) fn split<T>(blocks: &[T], kind: impl Fn(&T) -> &BlockKind) -> Vec<&[T]> {
    if let Some(rule) = blocks.iter().position(|block| matches!(kind(block), BlockKind::Rule)) {
        return vec![&blocks[..rule], &blocks[rule + 1..]];
    }
    let headings = blocks.iter().enumerate().filter(|(_, block)| matches!(kind(block), BlockKind::Heading { .. }));
    let second = headings.map(|(at, _)| at).nth(1);
    match (second, blocks.len()) {
        (_, 0) => Vec::new(),
        (_, 1) => vec![blocks],
        (Some(second), _) => vec![&blocks[..second], &blocks[second..]],
        (None, count) => vec![&blocks[..count.div_ceil(2)], &blocks[count.div_ceil(2)..]],
    }
}
