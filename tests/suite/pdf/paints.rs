//! Shapes, gradients, pictures, groups and shadows, by the colours of single pixels.

use std::f64::consts::TAU;

use kurbo::{Affine, BezPath, Line, Rect, Shape as _, Stroke};
use retell::layout::{
    Blend, Command, Extend, FillRule, Gradient, GradientShape, ImagePaint, Paint, PixelSource, Raster, Rgba,
};

use super::made::{BLACK, BLUE, RED, area, faint, fill, page, raster};
use super::{Pixels, Written};

const WHITE: [u8; 3] = [255; 3];

/// Checks the page as a PNG, and as poppler and mupdf render its PDF.
fn rendered(commands: Vec<Command>, check: impl Fn(&Pixels)) {
    let page = page(commands);
    check(&Pixels::painted(&page));
    let written = Written::of_pages(&[page]);
    let pixels = written.pixels();
    assert_eq!((pixels.width, pixels.height), (1280, 720));
    check(&pixels);
    check(&written.pixels_by_mupdf());
}

fn gradient(shape: GradientShape, stops: Vec<(f32, Rgba)>, extend: Extend) -> Paint {
    Paint::Gradient(Gradient { shape, stops, extend, transform: Affine::IDENTITY })
}

fn across(from: f64, to: f64) -> GradientShape {
    GradientShape::Linear { start: (from, 0.0).into(), end: (to, 0.0).into() }
}

#[test]
fn fills_have_their_colour_rule_and_opacity() {
    let mut rings = area(100.0, 100.0, 300.0, 300.0);
    rings.extend(area(150.0, 150.0, 250.0, 250.0).iter());
    let even_odd = Command::Fill { path: rings.clone(), rule: FillRule::EvenOdd, paint: Paint::Solid(RED) };
    rings.apply_affine(Affine::translate((300.0, 0.0)));
    let circle = BezPath::from_svg("M700 200 Q700 100 800 100 C900 100 900 300 800 300 Z").expect("a path");
    let commands = vec![
        even_odd,
        fill(rings, Paint::Solid(BLUE)),
        fill(circle, Paint::Solid(BLACK)),
        fill(area(1000.0, 100.0, 1100.0, 200.0), Paint::Solid(faint(RED, 0.5))),
        fill(BezPath::new(), Paint::Solid(BLACK)),
        fill(area(f64::NAN, 0.0, f64::INFINITY, 9.0), Paint::Solid(faint(BLACK, 0.0))),
    ];
    rendered(commands, |pixels| {
        pixels.assert((120, 120), [255, 0, 0]);
        pixels.assert((200, 200), WHITE);
        pixels.assert((500, 200), [0, 0, 255]);
        pixels.assert((800, 200), [0, 0, 0]);
        pixels.assert((1050, 150), [255, 128, 128]);
        pixels.assert((1200, 700), WHITE);
    });
}

#[test]
fn strokes_have_width_dashes_and_gradients() {
    let level = |y: f64| Line::new((100.0, y), (500.0, y)).to_path(0.1);
    let stroke =
        |y: f64, stroke: Stroke, transform, paint| Command::Stroke { path: level(y), stroke, transform, paint };
    let dashed = Stroke::new(10.0).with_caps(kurbo::Cap::Butt).with_dashes(0.0, [40.0, 40.0]);
    let uneven = Stroke::new(20.0).with_start_cap(kurbo::Cap::Butt).with_end_cap(kurbo::Cap::Square);
    let commands = vec![
        stroke(100.0, dashed, Affine::IDENTITY, Paint::Solid(BLACK)),
        stroke(50.0, Stroke::new(10.0), Affine::scale_non_uniform(1.0, 4.0), Paint::Solid(BLUE)),
        stroke(
            300.0,
            Stroke::new(20.0),
            Affine::IDENTITY,
            gradient(across(100.0, 500.0), vec![(0.0, RED), (1.0, BLUE)], Extend::Pad),
        ),
        stroke(400.0, uneven, Affine::IDENTITY, Paint::Solid(BLACK)),
        stroke(500.0, Stroke::new(0.0), Affine::IDENTITY, Paint::Solid(BLACK)),
        stroke(
            600.0,
            Stroke::new(20.0).with_dashes(0.0, [1e-9, 1e-9]),
            Affine::IDENTITY,
            gradient(across(100.0, 500.0), vec![(0.0, RED), (1.0, BLUE)], Extend::Pad),
        ),
        stroke(
            f64::NAN,
            Stroke::new(20.0),
            Affine::IDENTITY,
            gradient(across(0.0, 9.0), vec![(0.0, RED)], Extend::Pad),
        ),
    ];
    rendered(commands, |pixels| {
        pixels.assert((120, 100), [0, 0, 0]);
        pixels.assert((160, 100), WHITE);
        pixels.assert((200, 100), [0, 0, 0]);
        pixels.assert((300, 185), [0, 0, 255]);
        pixels.assert((300, 215), [0, 0, 255]);
        pixels.assert((300, 300), [128, 0, 128]);
        pixels.assert((95, 400), WHITE);
        pixels.assert((505, 400), [0, 0, 0]);
        pixels.assert((300, 500), WHITE);
        pixels.assert((300, 600), [128, 0, 128]);
    });
}

#[test]
fn clips_cut_and_groups_fade_as_one() {
    let all = || area(0.0, 0.0, 1280.0, 720.0);
    let commands = vec![
        Command::PushClip { path: area(100.0, 100.0, 200.0, 200.0), rule: FillRule::NonZero },
        Command::PushClip { path: area(150.0, 100.0, 300.0, 200.0), rule: FillRule::EvenOdd },
        fill(all(), Paint::Solid(RED)),
        Command::Pop,
        Command::Pop,
        Command::PushClip { path: BezPath::new(), rule: FillRule::NonZero },
        fill(all(), Paint::Solid(RED)),
        Command::Pop,
        Command::PushGroup { path: all(), alpha: 0.5, blend: Blend::Normal },
        fill(area(300.0, 100.0, 400.0, 200.0), Paint::Solid(RED)),
        fill(area(350.0, 100.0, 450.0, 200.0), Paint::Solid(BLUE)),
        Command::Pop,
        fill(area(500.0, 100.0, 600.0, 200.0), Paint::Solid(RED)),
        Command::PushGroup { path: all(), alpha: 1.0, blend: Blend::Multiply },
        fill(area(500.0, 100.0, 600.0, 200.0), Paint::Solid(BLUE)),
        Command::Pop,
        // More ends than beginnings, and a beginning without an end.
        Command::Pop,
        Command::PushGroup { path: area(700.0, 100.0, 750.0, 200.0), alpha: 0.25, blend: Blend::Normal },
        fill(area(700.0, 100.0, 800.0, 200.0), Paint::Solid(BLACK)),
    ];
    rendered(commands, |pixels| {
        pixels.assert((120, 150), WHITE);
        pixels.assert((170, 150), [255, 0, 0]);
        pixels.assert((250, 150), WHITE);
        pixels.assert((320, 150), [255, 128, 128]);
        pixels.assert((370, 150), [128, 128, 255]);
        pixels.assert((550, 150), [0, 0, 0]);
        pixels.assert((725, 150), [191, 191, 191]);
        pixels.assert((775, 150), WHITE);
    });
}

#[test]
fn masks_keep_what_they_cover() {
    let all = || area(0.0, 0.0, 1280.0, 720.0);
    let clear = faint(BLACK, 0.0);
    let commands = vec![
        fill(all(), Paint::Solid(BLUE)),
        Command::PushGroup { path: all(), alpha: 1.0 - f32::EPSILON, blend: Blend::Normal },
        Command::PushClip { path: area(0.0, 0.0, 1280.0, 500.0), rule: FillRule::NonZero },
        fill(area(100.0, 100.0, 500.0, 200.0), Paint::Solid(RED)),
        Command::PushMask { path: area(0.0, 0.0, 450.0, 720.0) },
        fill(all(), gradient(across(100.0, 500.0), vec![(0.0, BLACK), (1.0, clear)], Extend::Pad)),
        Command::Pop,
        Command::Pop,
        Command::Pop,
        fill(area(700.0, 100.0, 800.0, 200.0), Paint::Solid(RED)),
        // Nothing is masked without a group.
        Command::PushMask { path: all() },
        fill(all(), Paint::Solid(BLACK)),
        Command::Pop,
    ];
    rendered(commands, |pixels| {
        pixels.assert((102, 150), [254, 0, 1]);
        pixels.assert((300, 150), [128, 0, 128]);
        pixels.assert((470, 150), [0, 0, 255]);
        pixels.assert((750, 150), [255, 0, 0]);
        pixels.assert((1000, 600), [0, 0, 255]);
    });
}

#[test]
fn linear_gradients_end_repeat_and_fade() {
    let stops = || vec![(0.0, RED), (1.0, BLUE)];
    let hard = vec![(0.0, RED), (0.5, RED), (0.5, BLUE), (1.0, BLUE)];
    let clear = Rgba { red: 0.0, green: 0.0, blue: 0.0, alpha: 0.0 };
    let row = |y: f64, paint| fill(area(100.0, y, 500.0, y + 40.0), paint);
    let commands = vec![
        row(0.0, gradient(across(200.0, 400.0), stops(), Extend::Pad)),
        row(100.0, gradient(across(100.0, 200.0), hard, Extend::Repeat)),
        row(200.0, gradient(across(100.0, 200.0), stops(), Extend::Reflect)),
        row(300.0, gradient(across(100.0, 500.0), vec![(0.0, RED), (1.0, clear)], Extend::Pad)),
        row(400.0, gradient(across(300.0, 300.0), stops(), Extend::Pad)),
        row(500.0, gradient(across(100.0, 500.0), vec![(0.0, faint(RED, 0.5)), (1.0, faint(BLUE, 0.5))], Extend::Pad)),
        row(600.0, gradient(across(100.0, 500.0), Vec::new(), Extend::Pad)),
    ];
    rendered(commands, |pixels| {
        pixels.assert((150, 20), [255, 0, 0]);
        pixels.assert((300, 20), [128, 0, 128]);
        pixels.assert((450, 20), [0, 0, 255]);
        pixels.assert((420, 120), [255, 0, 0]);
        pixels.assert((480, 120), [0, 0, 255]);
        pixels.assert((202, 220), [4, 0, 251]);
        pixels.assert((298, 220), [250, 0, 5]);
        pixels.assert((300, 320), [255, 128, 128]);
        pixels.assert((498, 320), [255, 254, 254]);
        pixels.assert((300, 420), [0, 0, 255]);
        pixels.assert((102, 520), [255, 128, 128]);
        pixels.assert((300, 620), WHITE);
    });
}

#[test]
fn radial_and_sweep_gradients_turn_about_their_centre() {
    let radial = |center: (f64, f64), radius| GradientShape::Radial {
        start_center: center.into(),
        start_radius: 0.0,
        end_center: center.into(),
        end_radius: radius,
    };
    let stops = || vec![(0.0, RED), (1.0, BLUE)];
    let sweep = GradientShape::Sweep { center: (950.0, 200.0).into(), start_angle: 0.0, end_angle: TAU };
    let quarters = vec![(0.0, RED), (0.5, RED), (0.5, BLUE), (1.0, BLUE)];
    let ellipse = Paint::Gradient(Gradient {
        shape: radial((0.0, 0.0), 50.0),
        stops: stops(),
        extend: Extend::Pad,
        transform: Affine::translate((200.0, 500.0)) * Affine::scale_non_uniform(2.0, 1.0),
    });
    let commands = vec![
        fill(area(100.0, 100.0, 300.0, 300.0), gradient(radial((200.0, 200.0), 100.0), stops(), Extend::Pad)),
        fill(area(400.0, 100.0, 600.0, 300.0), gradient(radial((500.0, 200.0), 20.0), stops(), Extend::Repeat)),
        fill(area(850.0, 100.0, 1050.0, 300.0), gradient(sweep, quarters, Extend::Pad)),
        fill(area(100.0, 400.0, 300.0, 600.0), ellipse),
    ];
    rendered(commands, |pixels| {
        pixels.assert((200, 200), [253, 0, 2]);
        pixels.assert((250, 200), [127, 0, 128]);
        pixels.assert((102, 102), [0, 0, 255]);
        // Viewers paint a shading with few colours: each repetition has some of them.
        pixels.assert_within(16, (550, 200), [121, 0, 134]);
        pixels.assert((950, 250), [255, 0, 0]);
        pixels.assert((950, 150), [0, 0, 255]);
        pixels.assert((250, 500), [127, 0, 128]);
        pixels.assert((200, 526), [120, 0, 135]);
    });
}

#[test]
fn pictures_are_placed_faded_repeated_and_kept_once() {
    let quarters = raster(40, 40, |x, y| match (x < 20, y < 20) {
        (true, true) => [255, 0, 0, 255],
        (false, true) => [0, 255, 0, 255],
        (true, false) => [0, 0, 255, 255],
        (false, false) => [0, 0, 0, 0],
    });
    let again = raster(40, 40, |x, y| quarters.rgba()[((y * 40 + x) * 4) as usize..][..4].try_into().expect("a pixel"));
    let dot = raster(2, 2, |x, _| if x == 0 { [255, 0, 0, 255] } else { [0, 0, 255, 255] });
    let short = std::sync::Arc::new(Raster { width: 100, height: 100, pixels: PixelSource::Rgba(vec![255; 16]) });
    let paint = |image: &std::sync::Arc<Raster>, transform, alpha, extend| {
        Paint::Image(ImagePaint { image: std::sync::Arc::clone(image), transform, alpha, extend: (extend, extend) })
    };
    let at = |x: f64, y: f64, scale: f64| Affine::translate((x, y)) * Affine::scale(scale);
    let commands = vec![
        fill(area(100.0, 100.0, 300.0, 300.0), paint(&quarters, at(100.0, 100.0, 5.0), 1.0, Extend::Pad)),
        fill(area(400.0, 100.0, 600.0, 300.0), paint(&again, at(400.0, 100.0, 5.0), 0.5, Extend::Pad)),
        fill(area(700.0, 100.0, 900.0, 300.0), paint(&quarters, at(700.0, 100.0, 2.0), 1.0, Extend::Repeat)),
        fill(area(1000.0, 100.0, 1200.0, 300.0), paint(&quarters, at(1000.0, 100.0, 2.0), 1.0, Extend::Reflect)),
        fill(area(100.0, 400.0, 500.0, 600.0), paint(&dot, at(100.0, 400.0, 4.0), 1.0, Extend::Repeat)),
        fill(area(600.0, 400.0, 700.0, 500.0), paint(&short, at(600.0, 400.0, 1.0), 1.0, Extend::Pad)),
    ];
    let written = Written::of_pages(&[page(commands.clone()), page(commands.clone())]);
    let images = written.ask("pdfimages", &["-list", "a.pdf"]);
    let mut objects: Vec<&str> = images.lines().skip(2).filter_map(|line| line.split_whitespace().nth(10)).collect();
    objects.sort_unstable();
    objects.dedup();
    assert!(objects.len() <= 6, "each picture is kept once: {images}");
    rendered(commands, |pixels| {
        pixels.assert((120, 120), [255, 0, 0]);
        pixels.assert((280, 120), [0, 255, 0]);
        pixels.assert((120, 280), [0, 0, 255]);
        pixels.assert((280, 280), WHITE);
        pixels.assert((420, 120), [255, 128, 128]);
        pixels.assert((790, 190), [255, 0, 0]);
        pixels.assert((830, 110), [0, 255, 0]);
        pixels.assert((1090, 110), [0, 255, 0]);
        pixels.assert((1150, 110), [255, 0, 0]);
        pixels.assert((690, 490), WHITE);
    });
}

#[test]
fn shadows_fade_outwards() {
    let shadow =
        |rect, deviation, color, transform| Command::Shadow { rect, radius: 12.0, deviation, color, transform };
    let boxed = Rect::new(100.0, 100.0, 400.0, 300.0);
    let commands = vec![
        shadow(boxed, 20.0, faint(BLACK, 0.5), Affine::IDENTITY),
        shadow(boxed, 0.0, BLUE, Affine::translate((500.0, 0.0))),
        shadow(boxed, 4.0, RED, Affine::translate((0.0, 300.0))),
        shadow(Rect::new(f64::NAN, 0.0, 1.0, 1.0), 4.0, RED, Affine::IDENTITY),
        shadow(Rect::new(0.0, 0.0, 9.0, 9.0), 1e6, RED, Affine::IDENTITY),
        shadow(Rect::new(-1e6, 700.0, 1e6, 710.0), 4.0, BLUE, Affine::IDENTITY),
    ];
    rendered(commands, |pixels| {
        pixels.assert((250, 200), [128, 128, 128]);
        // Half of the shadow's strength falls on the edge of its rectangle.
        pixels.assert((250, 100), [190, 190, 190]);
        pixels.assert((250, 80), [235, 235, 235]);
        pixels.assert((250, 20), WHITE);
        pixels.assert((601, 101), WHITE);
        pixels.assert((750, 102), [0, 0, 255]);
        pixels.assert((250, 500), [255, 0, 0]);
        pixels.assert((1200, 705), [0, 0, 255]);
        // Poppler enlarges a picture to whole pixels, by more than one.
        pixels.assert_within(24, (250, 596), [255, 49, 49]);
    });
}
