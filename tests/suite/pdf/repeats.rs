//! What several pages draw alike is in the file once, and looks as if it were not.

use kurbo::{Affine, BezPath, Point, Stroke};
use retell::layout::{Blend, Command, FillRule, Paint};

use super::Written;
use super::made::{BLACK, BLUE, RED, area, faint, fill, line, page};

/// A row of forty rounded bars that go on to the right, as a chart has them; each differs from the others.
fn chart(top: f64) -> Vec<Command> {
    let bars = (0..40).map(|bar| {
        let left = 100.0 + 25.0 * f64::from(bar);
        let height = f64::from(bar * 37 % 83) + 20.0;
        let mut path = BezPath::new();
        path.move_to((left, top));
        path.quad_to((left + 10.0, top - 10.0), (left + 20.0, top));
        path.line_to((left + 20.0, top + height));
        path.curve_to((left + 15.0, top + height + 5.0), (left + 5.0, top + height + 5.0), (left, top + height));
        path.close_path();
        if bar % 2 == 0 {
            fill(path, Paint::Solid(faint(RED, 0.5)))
        } else {
            Command::Stroke { path, stroke: Stroke::new(2.0), transform: Affine::IDENTITY, paint: Paint::Solid(BLUE) }
        }
    });
    bars.collect()
}

fn page_with(parts: Vec<Vec<Command>>) -> retell::layout::Page {
    page(parts.into_iter().flatten().collect())
}

#[test]
fn a_drawing_on_many_pages_is_kept_once() {
    let title = |text: &str| line(&[("inter-regular", text)], 30.0, (60.0, 60.0));
    let pages: Vec<_> = (0..30).map(|at| page_with(vec![title(&format!("Step {at}")), chart(300.0)])).collect();
    let alone = Written::of_pages(&pages[..1]).bytes.len();
    let written = Written::of_pages(&pages);
    let each = (written.bytes.len() - alone) / 29;
    assert!(each < 500, "{each} bytes a page more than {alone}");
    let first = written.pixels_of(1);
    first.assert((110, 310), [255, 128, 128]);
    for number in [2, 30] {
        let other = written.pixels_of(number);
        let changed =
            (0..720).flat_map(|y| (0..1280).map(move |x| (x, y))).filter(|(x, y)| first.at(*x, *y) != other.at(*x, *y));
        assert!(changed.clone().count() > 0 && changed.clone().all(|(_, y)| y < 80), "only the titles differ");
    }
    assert!(written.text().contains("Step 29"));
}

#[test]
fn parts_that_pages_share_differently_look_the_same() {
    let half = |part: std::ops::Range<usize>| chart(300.0)[part].to_vec();
    let below = vec![fill(area(0.0, 400.0, 1280.0, 500.0), Paint::Solid(faint(BLACK, 0.25)))];
    let group = |inner: Vec<Command>| {
        let path = area(0.0, 0.0, 1280.0, 720.0);
        let mut all = vec![Command::PushGroup { path, alpha: 0.5, blend: Blend::Normal }];
        all.extend(inner);
        all.push(Command::Pop);
        all
    };
    let clip = |inner: Vec<Command>| {
        let mut all = vec![Command::PushClip { path: area(0.0, 0.0, 640.0, 720.0), rule: FillRule::NonZero }];
        all.extend(inner);
        all.push(Command::Pop);
        all
    };
    let pages = [
        page_with(vec![chart(300.0)]),
        page_with(vec![below.clone(), half(0..20), below.clone(), half(20..40)]),
        page_with(vec![half(10..40), chart(500.0), half(5..30)]),
        page_with(vec![group(chart(300.0)), clip(chart(500.0))]),
        page_with(vec![chart(500.0), chart(500.0)]),
    ];
    let together = Written::of_pages(&pages);
    for (index, page) in pages.iter().enumerate() {
        let alone = Written::of_pages(std::slice::from_ref(page)).pixels();
        let found = together.pixels_of(index + 1);
        assert_eq!((found.width, found.height), (alone.width, alone.height));
        assert!(found.rgb == alone.rgb, "page {} looks otherwise than alone", index + 1);
    }
}

#[test]
fn places_that_are_no_numbers_are_no_drawing() {
    let mut odd = chart(f64::NAN);
    odd.push(fill(BezPath::from_vec(vec![kurbo::PathEl::LineTo(Point::new(f64::INFINITY, 0.0))]), Paint::Solid(RED)));
    let pages = [page_with(vec![odd.clone()]), page_with(vec![odd])];
    Written::of_pages(&pages).pixels_of(2).assert((1270, 710), [255; 3]);
}
