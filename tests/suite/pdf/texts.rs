//! Text, fonts, links, the outline and what the file says about itself.

use kurbo::{Affine, Rect, Shape as _, Stroke};
use retell::export::pdf::{Bookmark, DocumentPage, PdfError, pdf};
use retell::layout::{Blend, Command, Extend, FontBytes, FontFile, Gradient, GradientShape, Paint};

use super::made::{BLUE, RED, faint, font, line, page, page_with_links, run};
use super::{Pixels, Written, document};

const INTER: &str = "inter-regular";
const NOTO: &str = "noto-sans-sc-regular";
const MONO: &str = "jetbrains-mono-regular";

#[test]
fn text_copies_as_typed_over_several_fonts() {
    let mut commands =
        line(&[(NOTO, "慢查询与 "), (INTER, "CPU usage "), (NOTO, "低：先看等待事件")], 32.0, (60.0, 100.0));
    commands.extend(line(&[(MONO, "SELECT * FROM innodb_trx;")], 20.0, (60.0, 160.0)));
    commands.extend(line(&[(INTER, "Grüße, “quoted” – naïve")], 24.0, (60.0, 220.0)));
    let written = Written::of_pages(&[page(commands)]);
    let expected = "慢查询与 CPU usage 低：先看等待事件\nSELECT * FROM innodb_trx;\nGrüße, “quoted” – naïve";
    assert_eq!(written.text(), expected);
}

#[test]
fn every_font_is_an_embedded_subset() {
    let commands = line(&[(NOTO, "数据库"), (INTER, " lock "), (MONO, "wait")], 32.0, (60.0, 100.0));
    let written = Written::of_pages(&[page(commands)]);
    let fonts = written.ask("pdffonts", &["a.pdf"]);
    let rows: Vec<&str> = fonts.lines().skip(2).collect();
    assert_eq!(rows.len(), 3, "{fonts}");
    for row in rows {
        assert!(row.contains("CID TrueType") && row.contains("Identity-H") && row.contains("yes yes yes"), "{row}");
    }
    assert!(written.bytes.len() < 30_000, "three small subsets are {} bytes", written.bytes.len());
}

#[test]
fn one_glyph_copies_as_each_text_it_stands_for() {
    let (mut common, _) = run(NOTO, "面面面", 30.0, (60.0, 100.0));
    common.glyphs[1].text = "\u{2f6f}".into();
    let (mut cluster, _) = run(INTER, "fix office", 30.0, (60.0, 200.0));
    // One glyph for two letters, then two glyphs for one text.
    cluster.glyphs[0].text = "fi".into();
    let narrower = cluster.glyphs[2].x - cluster.glyphs.remove(1).x;
    cluster.glyphs.iter_mut().skip(1).for_each(|glyph| glyph.x -= narrower);
    cluster.glyphs[3].text = "of".into();
    cluster.glyphs[4].text = "".into();
    let written = Written::of_pages(&[page(vec![Command::Glyphs(common), Command::Glyphs(cluster)])]);
    assert_eq!(written.text(), "面\u{2f6f}面\nfix office");
}

#[test]
fn glyphs_stand_where_they_were_put() {
    let (mut spread, _) = run(INTER, "AB", 20.0, (100.0, 100.0));
    spread.glyphs[1].x = 300.25;
    let (mut raised, _) = run(INTER, "CD", 20.0, (100.0, 200.0));
    raised.glyphs[1].y = -50.0;
    let written = Written::of_pages(&[page(vec![Command::Glyphs(spread), Command::Glyphs(raised)])]);
    let places = written.ask("pdftotext", &["-bbox", "a.pdf", "-"]);
    let word = |text: &str| {
        let end = places.find(&format!(">{text}</word>")).unwrap_or_else(|| panic!("{text} in {places}"));
        let start = places[..end].rfind("xMin=").expect("a box");
        let numbers = places[start..end].split('"').skip(1).step_by(2);
        numbers.map(|number| number.parse::<f64>().expect("a number") / 0.75).collect::<Vec<f64>>()
    };
    assert!((word("A")[0] - 100.0).abs() < 0.1 && (word("B")[0] - 400.25).abs() < 0.1, "{places}");
    assert!((word("C")[1] - word("D")[1] - 50.0).abs() < 0.1, "{places}");
}

#[test]
fn text_is_slanted_stroked_turned_and_painted_with_gradients() {
    let (mut slanted, _) = run(INTER, "IIII", 100.0, (100.0, 150.0));
    slanted.glyph_transform = Some(Affine::skew(-0.3, 0.0));
    let (mut stroked, _) = run(INTER, "IIII", 100.0, (100.0, 350.0));
    stroked.stroke = Some(Stroke::new(2.0));
    stroked.paint = Paint::Solid(RED);
    let (mut turned, _) = run(INTER, "up", 40.0, (0.0, 0.0));
    turned.transform = Affine::translate((700.0, 300.0)) * Affine::rotate(-std::f64::consts::FRAC_PI_2);
    let (mut painted, _) = run(NOTO, "■■■■■■■■", 100.0, (100.0, 600.0));
    painted.paint = Paint::Gradient(Gradient {
        shape: GradientShape::Linear { start: (100.0, 0.0).into(), end: (900.0, 0.0).into() },
        stops: vec![(0.0, RED), (1.0, BLUE)],
        extend: Extend::Pad,
        transform: Affine::IDENTITY,
    });
    let (mut unseen, _) = run(INTER, "findable", 20.0, (100.0, 680.0));
    unseen.paint = Paint::Solid(faint(RED, 0.0));
    let runs = [slanted, stroked, turned, painted, unseen];
    let pages = [page(runs.into_iter().map(Command::Glyphs).collect())];
    let written = Written::of_pages(&pages);
    assert!(written.text().contains("■■■■■■■■") && written.text().contains("findable"), "{}", written.text());
    assert_looks(&written.pixels());
    assert_looks(&Pixels::painted(&pages[0]));
}

/// What the test above is to look like.
fn assert_looks(pixels: &Pixels) {
    // The top of a slanted I leans right of its foot.
    let first_dark = |y: usize| (0..1280).find(|x| pixels.at(*x, y)[1] < 100).expect("ink");
    let lean = first_dark(82).checked_sub(first_dark(146));
    assert!(lean.is_some_and(|lean| (15..25).contains(&lean)), "leans by {lean:?}");
    // Stroked letters are hollow: from the left red, white and red again.
    let edge = first_dark(320);
    assert!(pixels.at(edge + 5, 320)[1] > 200, "stroked text is filled");
    let (left, right) = (pixels.at(150, 565), pixels.at(840, 565));
    assert!(left[0] > 200 && left[2] < 60 && right[2] > 200 && right[0] < 60, "{left:?} to {right:?}");
    assert!((640..680).all(|y| (100..300).all(|x| pixels.at(x, y) == [255; 3])), "unseen text shows");
}

#[test]
fn text_in_a_group_shows_after_text_that_does_not() {
    let (mut unseen, _) = run(INTER, "findable", 20.0, (100.0, 100.0));
    unseen.paint = Paint::Solid(faint(RED, 0.0));
    let (seen, _) = run(NOTO, "■■■■", 100.0, (100.0, 300.0));
    let path = Rect::new(0.0, 0.0, 1280.0, 720.0).to_path(0.1);
    let group = Command::PushGroup { path, alpha: 0.5, blend: Blend::Normal };
    let commands = vec![Command::Glyphs(unseen), group, Command::Glyphs(seen), Command::Pop];
    Written::of_pages(&[page(commands)]).pixels().assert((150, 265), [128; 3]);
}

#[test]
fn links_lead_out_and_to_slides() {
    let first = page_with_links(&[
        (Rect::new(100.0, 100.0, 200.0, 140.0), "https://example.org/a b?q=慢"),
        (Rect::new(100.0, 200.0, 200.0, 240.0), "#诊断"),
        (Rect::new(100.0, 300.0, 200.0, 340.0), "#nowhere"),
        (Rect::new(100.0, 400.0, 200.0, 440.0), "javascript:alert(1)"),
    ]);
    let pages = [first, page(Vec::new())];
    let mut document = document(&pages);
    document.pages[1].ids.push("诊断");
    let written = Written::of(&document);
    written.ask("qpdf", &["--qdf", "--object-streams=disable", "a.pdf", "b.pdf"]);
    let plain = std::fs::read(written.folder.path().join("b.pdf")).expect("a file");
    let plain = String::from_utf8_lossy(&plain);
    assert_eq!(plain.matches("/Subtype /Link").count(), 2);
    assert!(plain.contains("(https://example.org/a%20b?q=%E6%85%A2)") && plain.contains("/S /GoTo"));
    let urls = written.ask("pdfinfo", &["-url", "a.pdf"]);
    assert!(urls.contains("https://example.org/a%20b?q=%E6%85%A2"), "{urls}");
}

#[test]
fn bookmarks_nest_by_level() {
    let pages = [(); 5].map(|()| page(Vec::new()));
    let titles = [(0, "开场"), (1, "Why"), (3, "deep"), (1, "How (1)"), (0, "End")];
    let mut document = document(&pages);
    for (page, (level, title)) in document.pages.iter_mut().zip(titles) {
        page.bookmarks.push(Bookmark { level, title });
    }
    let outline = Written::of(&document).ask("mutool", &["show", "a.pdf", "outline"]);
    let shape: Vec<(usize, &str)> =
        outline.lines().map(|line| (line.matches('\t').count(), line.split('"').nth(1).unwrap_or_default())).collect();
    let depth = |index: usize| shape[index].0 - shape[0].0;
    assert_eq!(shape.iter().map(|(_, title)| *title).collect::<Vec<_>>(), titles.map(|(_, title)| title));
    assert_eq!([0, 1, 2, 3, 4].map(depth), [0, 1, 2, 1, 0], "{outline}");
}

#[test]
fn the_file_tells_its_title_author_and_language() {
    let pages = [page(Vec::new()), page(Vec::new())];
    let mut document = document(&pages);
    let keywords = ["MySQL".to_owned(), "锁".to_owned()];
    document.keywords = &keywords;
    document.pages[1].label = Some("A-1");
    let written = Written::of(&document);
    let information = written.ask("pdfinfo", &["a.pdf"]);
    let field = |name: &str| {
        let line = information.lines().find(|line| line.starts_with(name)).unwrap_or_default();
        line.split_once(':').map(|(_, value)| value.trim().to_owned()).unwrap_or_default()
    };
    assert_eq!(field("Title"), "RDS 疑难杂症");
    assert_eq!(field("Author"), "Li & Söhne");
    assert_eq!(field("Keywords"), "MySQL, 锁");
    assert_eq!(field("Producer"), "Retell 0.1.0");
    assert_eq!(field("Page size"), "960 x 540 pts");
    assert!(!information.contains("CreationDate"), "{information}");
    let packet = written.ask("pdfinfo", &["-meta", "a.pdf"]);
    assert!(packet.contains("Li &amp; Söhne") && packet.contains("<rdf:li>zh-CN</rdf:li>"), "{packet}");
    written.ask("qpdf", &["--qdf", "--object-streams=disable", "a.pdf", "b.pdf"]);
    let plain = std::fs::read(written.folder.path().join("b.pdf")).expect("a file");
    let plain = String::from_utf8_lossy(&plain);
    for part in ["/Lang (zh-CN)", "/DisplayDocTitle true", "/P (A-1)"] {
        assert!(plain.contains(part), "{part}");
    }
}

#[test]
fn a_font_that_is_none_is_named() {
    let (mut broken, _) = run(INTER, "x", 20.0, (0.0, 50.0));
    let data = FontBytes(std::sync::Arc::new(font(INTER).data.as_ref()[..200].to_vec()));
    broken.font = std::sync::Arc::new(FontFile { key: 9, family: None, weight: 400, italic: false, data, index: 0 });
    let pages = [page(vec![Command::Glyphs(broken)])];
    let error = pdf(&document(&pages)).expect_err("no font, no PDF");
    assert!(matches!(error, PdfError::Font { .. }), "{error}");
}

#[test]
fn thirty_chinese_slides_are_small() {
    let face = skrifa::FontRef::new(font(NOTO).data.as_ref().to_vec().leak()).expect("a font");
    let mut common = skrifa::MetadataProvider::charmap(&face).mappings().filter_map(|(code, _)| char::from_u32(code));
    let common: Vec<char> =
        common.by_ref().filter(|c| ('\u{4e00}'..'\u{9fff}').contains(c)).step_by(9).take(700).collect();
    let slides: Vec<_> = (0..30)
        .map(|slide| {
            let lines = (0..10_u8).flat_map(|row| {
                let text: String = (0..30)
                    .map(|column| common[(slide * 37 + usize::from(row) * 11 + column * 7) % common.len()])
                    .collect();
                line(&[(NOTO, &text)], 28.0, (60.0, 80.0 + 60.0 * f64::from(row)))
            });
            page(lines.collect())
        })
        .collect();
    let pages =
        slides.iter().map(|page| DocumentPage { page, ids: Vec::new(), label: None, bookmarks: Vec::new() }).collect();
    let mut document = document(&slides);
    document.pages = pages;
    let size = Written::of(&document).bytes.len();
    assert!(size < 400_000, "{size} bytes");
}
