use std::collections::BTreeMap;

use kurbo::{Affine, Rect, Shape as _, Size};

use super::{Flow, Piece, paginate, place, slots};
use crate::layout::{Command, ElementBox, FillRule, LinkArea, Page, Paint, Rgba, TextLine};

const BLACK: Rgba = Rgba { red: 0.0, green: 0.0, blue: 0.0, alpha: 1.0 };

fn element(tag: &str, data: &[(&str, &str)], (top, bottom): (f64, f64), lines: &[f64]) -> ElementBox {
    let line = |top: &f64| TextLine {
        rect: Rect::new(0.0, *top, 90.0, top + 8.0),
        text: "text".to_owned(),
        font_size: 8.0,
        bold: false,
        color: BLACK,
        owner_tag: tag.to_owned(),
    };
    ElementBox {
        tag: tag.to_owned(),
        classes: Vec::new(),
        data: data.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect::<BTreeMap<_, _>>(),
        parent: None,
        rect: Rect::new(0.0, top, 100.0, bottom),
        clips: false,
        room: None,
        is_free: false,
        replaced: false,
        lines: lines.iter().map(line).collect(),
    }
}

/// A column of paragraphs with these numbers of lines, 10 pixels each.
fn column(tag_and_lines: &[(&str, usize)]) -> Flow {
    marked_column(tag_and_lines, &[])
}

/// The same with more marks.
fn marked_column(tag_and_lines: &[(&str, usize)], marks: &[(&str, &str)]) -> Flow {
    let mut page = Page::empty(Size::new(100.0, 10_000.0));
    let mut top = 0.0;
    for (tag, count) in tag_and_lines {
        let mut lines = Vec::new();
        let start = top;
        for _ in 0..*count {
            lines.push(top + 1.0);
            top += 10.0;
        }
        page.boxes.push(element(tag, &[], (start, top), &lines));
    }
    page.boxes.insert(0, element("article", &[&[("flow", "")], marks].concat(), (0.0, top), &[]));
    Flow::new(page)
}

/// Which part of the first column each page has, in lines.
fn parts(flow: Flow, room: f64) -> Vec<(f64, f64)> {
    let pages = paginate(&[flow], room, 0.0);
    let line = |place: f64| (place / 10.0).round();
    pages.iter().flatten().map(|piece| (line(piece.from), line(piece.to))).collect()
}

#[test]
fn paragraphs_are_cut_between_lines_and_never_leave_one_alone() {
    assert_eq!(parts(column(&[("p", 10)]), 40.0), [(0.0, 4.0), (4.0, 8.0), (8.0, 10.0)]);
    assert_eq!(parts(column(&[("p", 5)]), 40.0), [(0.0, 3.0), (3.0, 5.0)], "the last line is not alone");
    assert_eq!(parts(column(&[("p", 3), ("p", 4)]), 40.0), [(0.0, 3.0), (3.0, 7.0)], "nor the first");
    assert_eq!(parts(column(&[("p", 2), ("p", 3)]), 40.0), [(0.0, 2.0), (2.0, 5.0)], "three lines stay together");
}

#[test]
fn headings_go_with_what_they_head() {
    assert_eq!(parts(column(&[("p", 3), ("h3", 1), ("p", 4)]), 40.0), [(0.0, 3.0), (3.0, 6.0), (6.0, 8.0)]);
}

#[test]
fn what_is_too_high_for_a_page_is_cut_rather_than_lost() {
    let mut page = Page::empty(Size::new(100.0, 1000.0));
    page.boxes.push(element("article", &[("flow", "")], (0.0, 100.0), &[]));
    page.boxes.push(element("figure", &[("keep", "")], (0.0, 100.0), &[]));
    assert_eq!(parts(Flow::new(page), 40.0), [(0.0, 4.0), (4.0, 8.0), (8.0, 10.0)]);
}

#[test]
fn a_column_that_fits_on_a_page_is_not_cut() {
    let flows = [column(&[("p", 3)]), column(&[("p", 4)]), column(&[("p", 1)])];
    let pages = paginate(&flows, 60.0, 5.0);
    let pieces = |page: &[Piece]| page.iter().map(|piece| (piece.flow, piece.at)).collect::<Vec<_>>();
    assert_eq!(pages.iter().map(|page| pieces(page)).collect::<Vec<_>>(), [vec![(0, 0.0)], vec![(1, 0.0), (2, 45.0)]]);
}

#[test]
fn a_column_that_may_part_begins_with_what_is_left_of_a_page() {
    let pieces = |lines: usize, room: f64| {
        let flows = [column(&[("p", 2)]), marked_column(&[("h2", 1), ("p", lines)], &[("may-part", "")])];
        let pages = paginate(&flows, room, 0.0);
        let pieces =
            pages.iter().map(|page| page.iter().map(|piece| (piece.flow, (piece.to / 10.0).round())).collect());
        pieces.collect::<Vec<Vec<_>>>()
    };
    assert_eq!(pieces(7, 100.0), [vec![(0, 2.0), (1, 8.0)]], "all of it fits");
    assert_eq!(pieces(8, 100.0), [vec![(0, 2.0), (1, 6.0)], vec![(1, 9.0)]], "three lines go over, not one");
    assert_eq!(pieces(8, 60.0), [vec![(0, 2.0), (1, 4.0)], vec![(1, 9.0)]], "three lines stay below the heading");
    assert_eq!(pieces(8, 55.0).first(), Some(&vec![(0, 2.0)]), "two would be too few");
    assert_eq!(pieces(5, 70.0), [vec![(0, 2.0)], vec![(1, 6.0)]], "five lines can't be shared");
}

#[test]
fn a_box_begins_on_the_page_of_its_first_line() {
    let mut page = Page::empty(Size::new(100.0, 1000.0));
    page.boxes.push(element("article", &[("flow", "")], (0.0, 80.0), &[]));
    page.boxes.push(element("p", &[], (0.0, 20.0), &[1.0, 11.0]));
    page.boxes.push(element("div", &[], (25.0, 80.0), &[]));
    page.boxes.push(element("p", &[], (40.0, 70.0), &[41.0, 51.0, 61.0]));
    let pages = paginate(&[Flow::new(page)], 60.0, 0.0);
    let parts: Vec<_> = pages.iter().flatten().map(|piece| (piece.from, piece.to)).collect();
    assert_eq!(parts, [(0.0, 25.0), (25.0, 80.0)], "its edge is not left behind");
}

#[test]
fn a_column_that_is_to_stay_whole_does_so() {
    let flows = [column(&[("p", 2)]), column(&[("h2", 1), ("p", 8)])];
    assert_eq!(paginate(&flows, 90.0, 0.0).iter().map(Vec::len).collect::<Vec<_>>(), [1, 1]);
}

#[test]
fn placing_moves_what_lies_within_and_cuts_what_crosses_the_edge() {
    let fill = |top: f64, bottom: f64| Command::Fill {
        path: Rect::new(0.0, top, 10.0, bottom).to_path(0.1),
        rule: FillRule::NonZero,
        paint: Paint::Solid(BLACK),
    };
    let clip = Command::PushClip { path: Rect::new(0.0, 0.0, 9.0, 9.0).to_path(0.1), rule: FillRule::NonZero };
    let mut from = Page::empty(Size::new(10.0, 100.0));
    from.commands = vec![fill(0.0, 10.0), clip, fill(50.0, 60.0), Command::Pop, fill(15.0, 18.0), fill(18.0, 40.0)];
    let link = |top: f64| LinkArea { rect: Rect::new(0.0, top, 10.0, top + 5.0), target: "#a".to_owned(), part: None };
    from.links = vec![link(0.0), link(12.0)];
    let mut onto = Page::empty(Size::new(100.0, 100.0));
    place(&mut onto, &from, Rect::new(0.0, 10.0, 10.0, 20.0), Affine::translate((5.0, 30.0)));
    let shape: Vec<&str> = onto
        .commands
        .iter()
        .map(|command| match command {
            Command::Fill { .. } => "fill",
            Command::PushClip { .. } => "clip",
            Command::Pop => "pop",
            _ => "other",
        })
        .collect();
    assert_eq!(shape, ["fill", "clip", "fill", "pop"], "an empty clip is left out");
    let Command::Fill { path, .. } = &onto.commands[0] else { panic!("a fill") };
    assert_eq!(path.bounding_box(), Rect::new(5.0, 45.0, 15.0, 48.0));
    assert_eq!(onto.links.iter().map(|link| link.rect).collect::<Vec<_>>(), [Rect::new(5.0, 42.0, 15.0, 47.0)]);
}

#[test]
fn slots_are_boxes_that_name_a_slide_by_its_number() {
    let mut page = Page::empty(Size::new(100.0, 100.0));
    page.boxes.push(element("div", &[("slide", "3")], (10.0, 20.0), &[]));
    page.boxes.push(element("div", &[("slide", "x")], (10.0, 20.0), &[]));
    assert_eq!(slots(&page).map(|slot| slot.slide).collect::<Vec<_>>(), [3]);
}
