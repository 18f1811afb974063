//! A headless Chromium with one page, driven over its debugging protocol; both end when it is dropped.

use std::path::{Path, PathBuf};
use std::time::Duration;

use chromiumoxide::cdp::browser_protocol::accessibility::GetFullAxTreeParams;
use chromiumoxide::cdp::browser_protocol::emulation::SetScriptExecutionDisabledParams;
use chromiumoxide::cdp::browser_protocol::input::{
    DispatchKeyEventParams, DispatchKeyEventType, DispatchTouchEventReturns, DispatchTouchEventType, TouchPoint,
};
use chromiumoxide::cdp::browser_protocol::page::{CaptureScreenshotFormat, PrintToPdfParams};
use chromiumoxide::handler::viewport::Viewport;
use chromiumoxide::layout::Point;
use chromiumoxide::page::ScreenshotParams;
use chromiumoxide::types::{Command, Method, MethodId};
use chromiumoxide::{Browser, BrowserConfig, Page};
use futures_util::StreamExt as _;
use serde::Serialize;
use serde::de::DeserializeOwned;
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// The window of every test.
const WINDOW: (u32, u32) = (1280, 720);

/// How long a page may take to become what a test expects.
const PATIENCE: Duration = Duration::from_secs(10);

/// Modifier bits of the debugging protocol.
pub(super) const CTRL: i64 = 2;
pub(super) const SHIFT: i64 = 8;

/// One page in a Chromium of its own.
pub(crate) struct Chromium {
    runtime: Runtime,
    browser: Browser,
    page: Page,
    _profile: TempDir,
}

impl Chromium {
    /// Opens an HTML file, followed by a fragment such as `#slide-id` or nothing.
    pub(crate) fn open(path: &Path, fragment: &str) -> Self {
        let chromium = Self::start();
        chromium.go(path, fragment);
        chromium
    }

    /// Opens an HTML file in a browser that runs no scripts.
    pub(super) fn open_without_scripts(path: &Path) -> Self {
        let chromium = Self::start();
        chromium.run(chromium.page.execute(SetScriptExecutionDisabledParams::new(true)));
        chromium.go(path, "");
        chromium
    }

    /// Leaves the page and opens a file, as if for the first time.
    pub(crate) fn open_anew(&self, path: &Path, fragment: &str) {
        self.run(self.page.goto("about:blank"));
        self.go(path, fragment);
    }

    fn start() -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let profile = tempfile::tempdir().expect("a profile folder");
        let config = BrowserConfig::builder()
            .chrome_executable(program())
            .user_data_dir(profile.path())
            .no_sandbox()
            .window_size(WINDOW.0, WINDOW.1)
            .viewport(Viewport { width: WINDOW.0, height: WINDOW.1, ..Viewport::default() })
            .surface_invalid_messages()
            .args(["disable-gpu", "disable-component-update", "hide-scrollbars", "disable-lcd-text"])
            // Letters where the layout puts them, not where the pixels are.
            .args(["font-render-hinting=none", "force-color-profile=srgb"])
            .build()
            .expect("a browser configuration");
        let (browser, page) = runtime.block_on(async {
            let (browser, mut handler) = Browser::launch(config).await.expect("chromium starts");
            tokio::spawn(async move { while handler.next().await.is_some() {} });
            let page = browser.new_page("about:blank").await.expect("a page");
            (browser, page)
        });
        Self { runtime, browser, page, _profile: profile }
    }

    fn go(&self, path: &Path, fragment: &str) {
        self.run(self.page.goto(format!("file://{}{fragment}", path.display())));
    }

    /// Presses and releases a key, named as in `KeyboardEvent.key`.
    pub(super) fn press(&self, key: &str) {
        self.press_with(key, 0);
    }

    /// Presses a key while modifiers are held.
    pub(super) fn press_with(&self, key: &str, modifiers: i64) {
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
        self.run(self.page.execute(down));
        self.run(self.page.execute(event(DispatchKeyEventType::KeyUp)));
    }

    /// Presses the keys of a text one by one.
    pub(super) fn type_text(&self, text: &str) {
        for key in text.chars() {
            self.press(&key.to_string());
        }
    }

    /// Clicks in the middle of the element that a selector finds.
    pub(super) fn click(&self, selector: &str) {
        let at: (f64, f64) = self.eval(&format!(
            "(() => {{ const b = document.querySelector({selector:?}).getBoundingClientRect(); \
             return [b.x + b.width / 2, b.y + b.height / 2]; }})()"
        ));
        self.run(self.page.click(Point::new(at.0, at.1)));
    }

    /// Moves the mouse pointer.
    pub(super) fn point_at(&self, x: f64, y: f64) {
        self.run(self.page.move_mouse(Point::new(x, y)));
    }

    /// Draws one finger over the screen and holds it at the end for a while.
    pub(super) fn touch(&self, from: (f64, f64), to: (f64, f64), hold: Duration) {
        let touch = |kind, at: Option<(f64, f64)>| {
            let touch_points = at.map(|(x, y)| TouchPoint::new(x, y)).into_iter().collect();
            self.run(self.page.execute(TouchEvent { kind, touch_points }));
        };
        touch(DispatchTouchEventType::TouchStart, Some(from));
        if from != to {
            touch(DispatchTouchEventType::TouchMove, Some(to));
        }
        self.run::<(), std::convert::Infallible>(async {
            tokio::time::sleep(hold).await;
            Ok(())
        });
        touch(DispatchTouchEventType::TouchEnd, None);
    }

    /// The value of a script expression.
    pub(crate) fn eval<T: DeserializeOwned>(&self, script: &str) -> T {
        self.run(self.page.evaluate_expression(script))
            .into_value()
            .unwrap_or_else(|error| panic!("`{script}` gave another type: {error}"))
    }

    /// Runs a script for what it does.
    pub(crate) fn act(&self, script: &str) {
        assert!(self.eval::<bool>(&format!("{{ {script}; true }}")));
    }

    /// Waits until a script expression is true; fails the test when it stays false.
    pub(crate) fn wait_until(&self, script: &str) {
        let steps = 100;
        for _ in 0..steps {
            if self.eval(script) {
                return;
            }
            self.run::<(), std::convert::Infallible>(async {
                tokio::time::sleep(PATIENCE / steps).await;
                Ok(())
            });
        }
        panic!("`{script}` stayed false");
    }

    /// The names that a screen reader meets, in order, each with its role: `heading: Slow SQL`.
    pub(super) fn accessible(&self) -> Vec<String> {
        let tree = self.run(self.page.execute(GetFullAxTreeParams::default()));
        let text = |value: &chromiumoxide::cdp::browser_protocol::accessibility::AxValue| {
            value.value.as_ref().and_then(|value| value.as_str()).unwrap_or_default().to_owned()
        };
        tree.nodes
            .iter()
            .filter(|node| !node.ignored)
            .filter_map(|node| Some(format!("{}: {}", text(node.role.as_ref()?), text(node.name.as_ref()?))))
            .collect()
    }

    /// The page as PDF, on the page size that its CSS asks for.
    pub(super) fn pdf(&self) -> Vec<u8> {
        let params = PrintToPdfParams { prefer_css_page_size: Some(true), ..PrintToPdfParams::default() };
        self.run(self.page.pdf(PrintToPdfParams { print_background: Some(true), ..params }))
    }

    /// The window as PNG.
    pub(crate) fn screenshot(&self) -> Vec<u8> {
        self.run(self.page.screenshot(ScreenshotParams::builder().format(CaptureScreenshotFormat::Png).build()))
    }

    fn run<T, E: std::fmt::Display>(&self, work: impl Future<Output = Result<T, E>>) -> T {
        self.runtime.block_on(async {
            match tokio::time::timeout(PATIENCE * 3, work).await {
                Ok(Ok(value)) => value,
                Ok(Err(error)) => panic!("chromium: {error}"),
                Err(late) => panic!("chromium does not answer: {late}"),
            }
        })
    }
}

/// The browser that `$CHROME` names, else the first one on the PATH.
fn program() -> PathBuf {
    if let Some(named) = std::env::var_os("CHROME") {
        return PathBuf::from(named);
    }
    let names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found =
        names.iter().find_map(|name| std::env::split_paths(&path).map(|at| at.join(name)).find(|at| at.is_file()));
    found.expect("a Chromium on the PATH; `tests/run.sh` installs it")
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

impl Drop for Chromium {
    fn drop(&mut self) {
        let Self { runtime, browser, .. } = self;
        runtime.block_on(async {
            let closed = tokio::time::timeout(Duration::from_secs(5), async {
                let asked = browser.close().await.is_ok();
                asked && browser.wait().await.is_ok()
            });
            if !closed.await.unwrap_or(false) {
                browser.kill().await;
            }
        });
    }
}
