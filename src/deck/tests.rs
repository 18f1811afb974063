use crate::asset::{Images, png_file};
use crate::deck::{Deck, DeckOptions, ImageMode, deck};
use crate::diagnostic::Diagnostics;
use crate::source::{DiskLoader, Loader, MemoryLoader, SourceId, Sources, Span, Spanned};
use crate::talk::{
    Aspect, Attributes, Block, BlockKind, CodeBlock, ColumnAlignment, Dialect, Image, Inline, InlineKind, List,
    ListItem, Marker, Meta, Slide, Split, Table, Talk, Timing,
};
use crate::theme::{Registry, Theme};

fn at() -> Span {
    Span::new(SourceId::default(), 0, 4)
}

fn block(kind: BlockKind) -> Block {
    Block { kind, attributes: Attributes::default(), step: None, span: at() }
}

fn inline(kind: InlineKind) -> Inline {
    Inline { kind, span: at() }
}

fn text(text: &str) -> Vec<Inline> {
    vec![inline(InlineKind::Text(text.to_owned()))]
}

fn paragraph(kind: InlineKind) -> Block {
    block(BlockKind::Paragraph(vec![inline(kind)]))
}

fn slide(id: &str, blocks: Vec<Block>) -> Slide {
    Slide { id: id.to_owned(), blocks, ..Slide::empty(at()) }
}

fn talk(slides: Vec<Slide>) -> Talk {
    let meta = Meta {
        title: "T".to_owned(),
        subtitle: None,
        speakers: Vec::new(),
        date: None,
        lang: "zh-CN".to_owned(),
        audience: None,
        duration: None,
        timing: Timing::default(),
        takeaway: None,
        questions: Vec::new(),
        recall: None,
        glossary: std::collections::BTreeMap::default(),
        theme: None,
        aspect: Aspect::Wide,
        paginate: true,
        header: None,
        footer: None,
        classes: Vec::new(),
        style: Some(Spanned::new("a{}</style>".to_owned(), at())),
        split: Split::Rule,
        dialect: Dialect::Retell,
        redact: std::collections::BTreeMap::default(),
    };
    Talk { meta, slides, kept: Vec::new() }
}

fn render(blocks: Vec<Block>, loader: &dyn Loader) -> (String, Vec<String>) {
    let options = DeckOptions { images: ImageMode::Reference, ..DeckOptions::default() };
    let (deck, found) = render_with(slide("s", blocks), loader, &options);
    let html = deck.slides.into_iter().next().unwrap().html;
    let content = html.split_once("<div class=\"slide-content\">").unwrap().1;
    (content.trim_end_matches("</section>").trim_end_matches("</div>").to_owned(), found)
}

fn render_with(slide: Slide, loader: &dyn Loader, options: &DeckOptions) -> (Deck, Vec<String>) {
    let mut diagnostics = Diagnostics::default();
    let images = Images::new(loader);
    let deck = deck(&talk(vec![slide]), &Theme::default(), &images, options, &mut diagnostics);
    (deck, diagnostics.iter().map(|found| format!("{}: {}", found.code.name, found.message)).collect())
}

fn html(blocks: Vec<Block>) -> String {
    let (html, found) = render(blocks, &MemoryLoader::default());
    assert_eq!(found, Vec::<String>::new());
    html
}

#[test]
fn text_is_escaped_and_links_are_safe() {
    let link = |target: &str| InlineKind::Link {
        target: target.to_owned(),
        title: None,
        content: text("x"),
        attributes: Attributes::default(),
    };
    assert_eq!(html(vec![paragraph(InlineKind::Text("<b>&\"".to_owned()))]), "<p>&lt;b&gt;&amp;&quot;</p>");
    assert_eq!(html(vec![paragraph(link("#s"))]), "<p><a href=\"#s\">x</a></p>");
    assert_eq!(
        html(vec![paragraph(link("https://x.org"))]),
        "<p><a href=\"https://x.org\" target=\"_blank\" rel=\"noopener\">x</a></p>"
    );
    let (html, found) = render(vec![paragraph(link("javascript:x()"))], &MemoryLoader::default());
    assert_eq!(html, "<p>x</p>");
    assert_eq!(found, ["html-removed: the link to `javascript:x()` is left out"]);
}

#[test]
fn lists_carry_numbers_tasks_and_steps() {
    let item = |done, step| ListItem { done, blocks: vec![block(BlockKind::Paragraph(text("a")))], step, span: at() };
    let list =
        List { marker: Marker::Number(3), tight: true, items: vec![item(None, Some(1)), item(Some(true), None)] };
    assert_eq!(
        html(vec![block(BlockKind::List(list))]),
        "<ol class=\"tight\" start=\"3\"><li data-n=\"3.\" data-step=\"1\">a</li>\
         <li class=\"task done\" data-n=\"4.\">a</li></ol>"
    );
}

#[test]
fn numbers_say_how_many_they_are_and_how_wide_the_widest_is() {
    let number = |words: &str| {
        let strong = Inline { kind: InlineKind::Strong(text(words)), span: at() };
        let content = std::iter::once(strong).chain(text(" p99")).collect();
        ListItem { done: None, blocks: vec![block(BlockKind::Paragraph(content))], step: None, span: at() }
    };
    let list = List { marker: Marker::Bullet, tight: true, items: vec![number("125 ms"), number("8")] };
    let numbers = |blocks| html(vec![block(BlockKind::Container { name: "numbers".to_owned(), blocks })]);
    let widest = numbers(vec![block(BlockKind::List(list))]);
    assert!(widest.starts_with("<div class=\"numbers\" style=\"--numbers:2;--ems:3.94\">"), "{widest}");
    assert!(numbers(vec![block(BlockKind::Rule)]).starts_with("<div class=\"numbers\"><hr"));
}

#[test]
fn code_marks_its_lines() {
    let code = CodeBlock {
        text: "a\n\n\tb".to_owned(),
        first_number: Some(10),
        highlights: vec![vec![Some((1, 1))], vec![None]],
        first_step: 1,
        ..CodeBlock::default()
    };
    assert_eq!(
        html(vec![block(BlockKind::Code(code))]),
        "<figure class=\"code-block\" style=\"--longest:11\" data-stages=\"2\" data-first-step=\"1\" data-whole=\"1 rest\"><pre><code>\
         <span class=\"line lit\" data-lit=\"0 1\"><span class=\"line-number\" data-n=\"10\"></span>a</span>\
         <span class=\"line lit\" data-lit=\"1\"><span class=\"line-number\" data-n=\"11\"></span>\u{200b}</span>\
         <span class=\"line lit\" data-lit=\"1\"><span class=\"line-number\" data-n=\"12\"></span>    b</span>\
         </code></pre></figure>"
    );
}

#[test]
fn a_table_is_a_grid_in_which_no_column_starves_another() {
    let table = Table {
        alignments: vec![ColumnAlignment::None, ColumnAlignment::Right],
        header: vec![text("a"), text("b")],
        rows: vec![vec![text("1"), text(&"长".repeat(200))]],
    };
    let html = html(vec![block(BlockKind::Table(table))]);
    assert!(html.contains("style=\"--columns:minmax(0,7fr) minmax(0,38fr);--part:0.1556;--word:0.6\""), "{html}");
    assert!(html.contains("<div class=\"cell align-right\" role=\"columnheader\">b</div>"), "{html}");
}

#[test]
fn a_column_of_short_words_keeps_them_whole_beside_long_texts() {
    let row = |first: &str| [vec![text(first)], vec![text(&"长".repeat(40)); 4]].concat();
    let table = Table { alignments: Vec::new(), header: row("OpenFGA"), rows: Vec::new() };
    let html = html(vec![block(BlockKind::Table(table))]);
    let columns = "--columns:minmax(0,131fr) minmax(0,247fr) minmax(0,247fr) minmax(0,247fr) minmax(0,247fr)";
    assert!(html.contains(columns), "{html}");
}

#[test]
fn a_lone_picture_is_a_figure_and_a_missing_one_is_told() {
    let svg = "<svg xmlns='http://www.w3.org/2000/svg' width='1' height='1'/>";
    let loader = MemoryLoader::default().with("a.svg", svg);
    let image = |source: &str| {
        InlineKind::Image(Image {
            source: source.to_owned(),
            alt: "A".to_owned(),
            title: Some("c".to_owned()),
            width: Some("60%".to_owned()),
            ..Image::default()
        })
    };
    let (html, found) = render(vec![paragraph(image("a.svg"))], &loader);
    assert_eq!(found, Vec::<String>::new());
    assert!(html.starts_with("<figure class=\"picture\"><img src=\"asset:///"), "{html}");
    assert!(html.ends_with("alt=\"A\" style=\"width:60%\"><figcaption>c</figcaption></figure>"), "{html}");
    let (_, found) = render(vec![paragraph(image("b.svg"))], &loader);
    assert_eq!(found, ["missing-image: there is no picture `b.svg`"]);
}

#[test]
fn raw_html_is_sanitised_around_trusted_fragments() {
    let blocks = vec![
        block(BlockKind::Html("<div class=\"x\" onclick=\"y()\">".to_owned())),
        paragraph(InlineKind::Math { source: "x^2".to_owned(), display: false }),
        block(BlockKind::Html("</div><script>z()</script>".to_owned())),
    ];
    let (html, found) = render(blocks, &MemoryLoader::default());
    assert!(html.starts_with("<div class=\"x\"><p><span class=\"math\""), "{html}");
    assert!(html.contains("<img src=\"asset:") && !html.contains("onclick") && !html.contains("z()"), "{html}");
    assert_eq!(found, ["html-removed: `<script>` is left out", "html-removed: `onclick` of `<div>` is left out"]);
}

#[test]
fn unknown_layouts_and_languages_are_told_and_css_stays_in_its_element() {
    let mut wrong = slide(
        "s",
        vec![block(BlockKind::Code(CodeBlock { language: Some("pythn".to_owned()), ..CodeBlock::default() }))],
    );
    wrong.layout = Some(Spanned::new("defalt".to_owned(), at()));
    let (deck, found) = render_with(wrong, &MemoryLoader::default(), &DeckOptions::default());
    assert_eq!(
        found,
        ["unknown-language: no colours are known for `pythn`", "unknown-layout: the theme `` has no layout `defalt`"]
    );
    assert!(!deck.css.contains("</style"), "{}", deck.css);
    assert!(deck.slides[0].html.starts_with("<section class=\"slide layout-default\" id=\"s\" data-number=\"1\""));
}

#[test]
fn the_sample_talk_has_every_slide_in_every_theme_and_the_same_bytes_twice() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("talks/rds-deep-dive");
    let loader = DiskLoader::new(folder);
    let mut sources = Sources::default();
    let mut found = Diagnostics::default();
    let bytes = loader.load("talk.md").unwrap();
    let talk = crate::parse::parse(&mut sources, "talk.md", &bytes, &loader, &mut found);
    let images = Images::new(&loader);
    for name in Registry.list().into_iter().map(|theme| theme.name) {
        let wanted = Spanned::new(name, at());
        let theme = Registry.load(Some(&wanted), &loader, &mut sources, &mut found);
        let options = DeckOptions { positions: true, ..DeckOptions::default() };
        let once = deck(&talk, &theme, &images, &options, &mut found);
        let twice = deck(&talk, &theme, &images, &options, &mut found);
        assert_eq!(once.slides.len(), talk.shown_slides().count());
        for (slide, again) in once.slides.iter().zip(&twice.slides) {
            assert_eq!(slide.html, again.html);
            assert!(!slide.html.contains(['\u{fdd0}', '\u{fdd1}']), "{}", slide.id);
        }
    }
    let found: Vec<String> = found.iter().map(|found| format!("{}: {}", found.code.name, found.message)).collect();
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn every_layout_of_the_built_in_themes_can_be_filled() {
    let mut found = Diagnostics::default();
    let loader = MemoryLoader::default();
    let theme = Registry.load(None, &loader, &mut Sources::default(), &mut found);
    for layout in crate::theme::LAYOUTS {
        let mut slide = slide("s", vec![block(BlockKind::Paragraph(text("<ok>")))]);
        slide.layout = Some(Spanned::new(layout.to_owned(), at()));
        let images = Images::new(&loader);
        let deck = deck(&talk(vec![slide]), &theme, &images, &DeckOptions::default(), &mut found);
        assert!(deck.slides[0].html.starts_with(&format!("<section class=\"slide layout-{layout}")));
        assert!(!deck.slides[0].html.contains("<ok>"));
    }
    let found: Vec<&str> = found.iter().map(|found| found.message.as_str()).collect();
    assert_eq!(found, Vec::<&str>::new());
}

#[test]
fn a_photo_fills_its_side_where_nothing_is_lost_or_when_it_is_told_to() {
    let photo = include_bytes!("../../themes/base/preview/lake.jpg");
    let chart = png_file(600, 800, [200, 0, 0, 255].repeat(600 * 800)).unwrap();
    let loader = MemoryLoader::default().with("photo.jpg", photo.to_vec()).with("chart.png", chart);
    let right = "layout-image-right has-side-right";
    for (aspect, layout, picture, fills) in [
        ("16:9", "image-right", "![a](photo.jpg)", Some((right, "540px"))),
        ("16:9", "image-left", "![a](photo.jpg)", Some(("layout-image-left has-side-left", "540px"))),
        ("4:3", "image-right", "![a](photo.jpg)", None),
        ("4:3", "image-right", "![a](photo.jpg){.cover}", Some((right, "480px"))),
        ("16:9", "image-right", "![a](photo.jpg){.contain}", None),
        ("16:9", "image-right", "![a](photo.jpg){width=300px}", None),
        ("16:9", "image-right", "![bg left](chart.png)\n\n![a](photo.jpg)", None),
        ("16:9", "image-right", "![a](chart.png)", None),
        ("16:9", "image-right", "![a](chart.png){.cover width=40%}", Some((right, "512px"))),
        ("16:9", "default", "![a](photo.jpg){.cover}", None),
    ] {
        let (mut sources, mut found) = (Sources::default(), Diagnostics::default());
        let text = format!(
            "---\ntitle: T\naspect: \"{aspect}\"\n---\n\n<!-- layout: {layout} -->\n\n## T\n\n- a\n\n{picture}\n"
        );
        let talk = crate::parse::parse(&mut sources, "talk.md", text.as_bytes(), &loader, &mut found);
        let theme = Registry.load(None, &loader, &mut sources, &mut found);
        let deck = deck(&talk, &theme, &Images::new(&loader), &DeckOptions::default(), &mut found);
        let html = &deck.slides[0].html;
        assert_eq!(html.contains(" photo\""), fills.is_some(), "{aspect} {layout} {picture}");
        assert_eq!(html.matches("alt=\"a\"").count(), 1, "{aspect} {layout} {picture}");
        if let Some((classes, width)) = fills {
            assert!(html.contains(classes) && html.contains(&format!("style=\"--side:{width}\"")), "{html}");
            assert!(html.contains(&format!("style=\"width:{width}\"")), "{html}");
        }
        assert_eq!(found.iter().count(), 0, "{aspect} {layout} {picture}");
    }
}
