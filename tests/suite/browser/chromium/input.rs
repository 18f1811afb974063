//! What hands do: keys, mouse, fingers.

use std::time::Duration;

use chromiumoxide::cdp::browser_protocol::input::{
    DispatchKeyEventParams, DispatchKeyEventType, DispatchMouseEventParams, DispatchMouseEventType,
    DispatchTouchEventReturns, DispatchTouchEventType, MouseButton, TouchPoint,
};
use chromiumoxide::layout::Point;
use chromiumoxide::types::{Command, Method, MethodId};
use serde::Serialize;

use super::CTRL;
use super::page::Page;

impl Page {
    /// Presses and releases a key, named as in `KeyboardEvent.key`.
    pub(crate) fn press(&self, key: &str) {
        self.press_with(key, 0);
    }

    /// Presses a key while modifiers are held.
    pub(crate) fn press_with(&self, key: &str, modifiers: i64) {
        let definition = chromiumoxide::keys::get_key_definition(key).unwrap_or_else(|| panic!("no key `{key}`"));
        let text = definition.text.or((key.chars().count() == 1).then_some(key)).filter(|_| modifiers & CTRL == 0);
        let event = |kind: DispatchKeyEventType| {
            let mut event = DispatchKeyEventParams::new(kind);
            event.key = Some(key.to_owned());
            event.code = Some(definition.code.to_owned());
            event.windows_virtual_key_code = Some(definition.key_code);
            event.modifiers = Some(modifiers);
            event
        };
        let mut down =
            event(if text.is_some() { DispatchKeyEventType::KeyDown } else { DispatchKeyEventType::RawKeyDown });
        down.text = text.map(str::to_owned);
        self.run(self.tab.execute(down));
        self.run(self.tab.execute(event(DispatchKeyEventType::KeyUp)));
    }

    /// Presses the keys of a text one by one.
    pub(crate) fn type_text(&self, text: &str) {
        for key in text.chars() {
            self.press(&key.to_string());
        }
    }

    /// Clicks in the middle of the element that a selector finds, once that stays where it is for two frames.
    #[track_caller]
    pub(crate) fn click(&self, selector: &str) {
        let (x, y) = self.middle_of(selector);
        self.run(self.tab.click(Point::new(x, y)));
    }

    /// Moves the mouse pointer onto the middle of an element.
    #[track_caller]
    pub(crate) fn hover(&self, selector: &str) {
        let (x, y) = self.middle_of(selector);
        self.point_at(x, y);
    }

    /// Moves the mouse pointer.
    pub(crate) fn point_at(&self, x: f64, y: f64) {
        self.run(self.tab.move_mouse(Point::new(x, y)));
    }

    /// Holds the left mouse button down along a line of points.
    pub(crate) fn drag(&self, line: &[(f64, f64)]) {
        let event = |kind, &(x, y): &(f64, f64), is_held: bool| {
            let mut event = DispatchMouseEventParams::new(kind, x, y);
            event.button = Some(MouseButton::Left);
            event.buttons = Some(i64::from(is_held));
            event.click_count = Some(1);
            self.run(self.tab.execute(event));
        };
        let (Some(first), Some(last)) = (line.first(), line.last()) else { panic!("a line has points") };
        event(DispatchMouseEventType::MouseMoved, first, false);
        event(DispatchMouseEventType::MousePressed, first, true);
        for point in line {
            event(DispatchMouseEventType::MouseMoved, point, true);
        }
        event(DispatchMouseEventType::MouseReleased, last, false);
    }

    /// Draws one finger over the screen and holds it at the end for a while.
    pub(crate) fn touch(&self, from: (f64, f64), to: (f64, f64), hold: Duration) {
        let touch = |kind, at: Option<(f64, f64)>| {
            let touch_points = at.map(|(x, y)| TouchPoint::new(x, y)).into_iter().collect();
            self.tab.execute(TouchEvent { kind, touch_points })
        };
        let start = touch(DispatchTouchEventType::TouchStart, Some(from));
        let drawn = async {
            if from != to {
                touch(DispatchTouchEventType::TouchMove, Some(to)).await?;
            }
            Ok(())
        };
        let end = touch(DispatchTouchEventType::TouchEnd, None);
        // None waits for the answer to the one before: a slow one would make a finger held down of one that is lifted at once.
        if hold.is_zero() {
            self.run(async { futures_util::try_join!(start, drawn, end) });
        } else {
            self.run(async { futures_util::try_join!(start, drawn) });
            self.pass(hold);
            self.run(end);
        }
    }

    /// Puts a finger on the screen.
    pub(crate) fn put_finger(&self, (x, y): (f64, f64)) {
        let touch_points = vec![TouchPoint::new(x, y)];
        self.run(self.tab.execute(TouchEvent { kind: DispatchTouchEventType::TouchStart, touch_points }));
    }

    /// Takes the finger off the screen.
    pub(crate) fn lift_finger(&self) {
        let touch_points = Vec::new();
        self.run(self.tab.execute(TouchEvent { kind: DispatchTouchEventType::TouchEnd, touch_points }));
    }

    /// Puts a finger on the middle of an element and lifts it.
    #[track_caller]
    pub(crate) fn tap(&self, selector: &str) {
        let at = self.middle_of(selector);
        self.touch(at, at, Duration::ZERO);
    }

    /// The middle of an element that stays where it is for two frames; of a hidden page, where it is.
    #[track_caller]
    fn middle_of(&self, selector: &str) -> (f64, f64) {
        let [x, y, width, height] = self.box_of(selector);
        (x + width / 2.0, y + height / 2.0)
    }

    /// Left, top, width and height of an element that stays where it is for two frames; of a hidden page, where it is.
    #[track_caller]
    pub(crate) fn box_of(&self, selector: &str) -> [f64; 4] {
        let place = format!(
            "(() => {{ const b = document.querySelector({selector:?}).getBoundingClientRect(); \
             return [b.x, b.y, b.width, b.height]; }})()"
        );
        self.wait_until(&format!(
            "new Promise(done => {{ const before = {place}; const tell = () => done(before.join() === {place}.join()); \
             document.hidden ? tell() : requestAnimationFrame(() => requestAnimationFrame(tell)); }})"
        ));
        self.eval(&place)
    }
}

/// `Input.dispatchTouchEvent`, with its list of fingers even when none is left.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct TouchEvent {
    #[serde(rename = "type")]
    kind: DispatchTouchEventType,
    touch_points: Vec<TouchPoint>,
}

impl Method for TouchEvent {
    fn identifier(&self) -> MethodId {
        "Input.dispatchTouchEvent".into()
    }
}

impl Command for TouchEvent {
    type Response = DispatchTouchEventReturns;
}
