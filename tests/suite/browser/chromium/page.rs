//! One page: where it goes, what its scripts say, what it shows to eyes, to screen readers and on paper.

use std::cell::RefCell;
use std::fmt::Display;
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use chromiumoxide::cdp::browser_protocol::accessibility::{AxValue, GetFullAxTreeParams};
use chromiumoxide::cdp::browser_protocol::log::{EventEntryAdded, LogEntryLevel};
use chromiumoxide::cdp::browser_protocol::page::{CaptureScreenshotFormat, PrintToPdfParams, ReloadParams};
use chromiumoxide::cdp::js_protocol::runtime::{
    ConsoleApiCalledType, EvaluateParams, EventConsoleApiCalled, EventExceptionThrown, ExceptionDetails, RemoteObject,
};
use chromiumoxide::listeners::EventStream;
use chromiumoxide::page::ScreenshotParams;
use futures_util::{FutureExt as _, StreamExt as _};
use serde::de::DeserializeOwned;
use serde_json::Value;
use tokio::runtime::Runtime;

use super::{PATIENCE, TRIES, address};

/// A page of a [`super::Chromium`].
pub(crate) struct Page {
    runtime: Rc<Runtime>,
    pub(super) tab: chromiumoxide::Page,
    told: RefCell<Told>,
}

/// What a page tells its developer, as it comes in.
struct Told {
    logged: EventStream<EventEntryAdded>,
    printed: EventStream<EventConsoleApiCalled>,
    thrown: EventStream<EventExceptionThrown>,
}

impl Page {
    pub(super) fn new(runtime: Rc<Runtime>, page: chromiumoxide::Page) -> Self {
        let told = runtime.block_on(async {
            let logged = page.event_listener().await.expect("a log");
            let printed = page.event_listener().await.expect("a console");
            let thrown = page.event_listener().await.expect("a list of exceptions");
            RefCell::new(Told { logged, printed, thrown })
        });
        Self { runtime, tab: page, told }
    }

    /// Opens an address and waits until it is loaded.
    pub(crate) fn go(&self, url: &str) {
        self.act("window.isBeforeGoing = true");
        let (tab, to) = (self.tab.clone(), url.to_owned());
        // The library misses the end of loading when a page changes its own address meanwhile, or takes another for it.
        let going = self.runtime.spawn(async move { tab.goto(to).await.err() });
        self.wait_until("!window.isBeforeGoing && document.readyState === 'complete'");
        drop(going);
        assert!(!self.eval::<bool>("location.protocol === 'chrome-error:'"), "{url} cannot be opened");
    }

    /// Leaves the page and opens a file, as if for the first time.
    pub(crate) fn open_anew(&self, path: &Path, fragment: &str) {
        self.go("about:blank");
        self.go(&address(path, fragment));
    }

    /// Loads the page again, as its reader would, and waits until it is there.
    pub(crate) fn reload(&self) {
        self.act("window.isBeforeReload = true");
        self.run(self.tab.execute(ReloadParams::default()));
        self.wait_until("!window.isBeforeReload && document.readyState === 'complete'");
    }

    /// Closes the page, as its reader would.
    pub(crate) fn close(self) {
        self.run(self.tab.clone().close());
    }

    /// The value of a script expression; of a promise, what it comes to.
    pub(crate) fn eval<T: DeserializeOwned>(&self, script: &str) -> T {
        self.try_eval(script).unwrap_or_else(|error| panic!("`{script}`: {error}"))
    }

    /// Runs a script for what it does.
    pub(crate) fn act(&self, script: &str) {
        assert!(self.eval::<bool>(&format!("{{ {script}; true }}")));
    }

    /// Waits until a script expression is true; fails the test when it stays false, or throws to the end.
    #[track_caller]
    pub(crate) fn wait_until(&self, script: &str) {
        let mut last = Ok(false);
        for _ in 0..TRIES {
            last = self.try_eval(script);
            if last == Ok(true) {
                return;
            }
            self.rest();
        }
        panic!("`{script}` stayed false: {last:?}\nthe page told: {:#?}", self.errors());
    }

    /// Waits until the page has been painted twice: what listens to its size or scrolling, or comes with the next frame, has
    /// done its work then. A page that nobody sees is not painted, and not waited for.
    pub(crate) fn paint(&self) {
        self.wait_until(
            "new Promise(done => { const end = () => done(true); \
             document.hidden ? end() : requestAnimationFrame(() => requestAnimationFrame(end)); })",
        );
    }

    /// What went wrong in the page since it was asked last: exceptions, `console.error`, refused and failed requests,
    /// breaches of the content security policy.
    pub(crate) fn errors(&self) -> Vec<String> {
        // What was told before the answer has come in by then.
        let _: Result<bool, String> = self.try_eval("true");
        self.runtime.block_on(tokio::task::yield_now());
        let mut told = self.told.borrow_mut();
        let mut errors = Vec::new();
        for entry in waiting(&mut told.logged) {
            if entry.entry.level == LogEntryLevel::Error {
                let from = entry.entry.url.as_deref().unwrap_or_default();
                errors.push(format!("{} {from}", entry.entry.text).trim_end().to_owned());
            }
        }
        for call in waiting(&mut told.printed) {
            if call.r#type == ConsoleApiCalledType::Error {
                errors.push(call.args.iter().map(printed).collect::<Vec<_>>().join(" "));
            }
        }
        errors.extend(waiting(&mut told.thrown).iter().map(|event| exception(&event.exception_details)));
        errors
    }

    /// The names that a screen reader meets, in order, each with its role: `heading: Slow SQL`.
    pub(crate) fn accessible(&self) -> Vec<String> {
        let tree = self.run(self.tab.execute(GetFullAxTreeParams::default()));
        let text =
            |value: &AxValue| value.value.as_ref().and_then(|value| value.as_str()).unwrap_or_default().to_owned();
        tree.nodes
            .iter()
            .filter(|node| !node.ignored)
            .filter_map(|node| Some(format!("{}: {}", text(node.role.as_ref()?), text(node.name.as_ref()?))))
            .collect()
    }

    /// The page as PDF, on the page size that its CSS asks for.
    pub(crate) fn pdf(&self) -> Vec<u8> {
        let params = PrintToPdfParams { prefer_css_page_size: Some(true), ..PrintToPdfParams::default() };
        self.run(self.tab.pdf(PrintToPdfParams { print_background: Some(true), ..params }))
    }

    /// The window as PNG; a page that was hidden comes to the front for it.
    pub(crate) fn screenshot(&self) -> Vec<u8> {
        self.run(self.tab.screenshot(ScreenshotParams::builder().format(CaptureScreenshotFormat::Png).build()))
    }

    pub(super) fn listen_anew(&self) {
        use chromiumoxide::cdp::js_protocol::runtime;
        self.run(self.tab.disable_log());
        self.run(self.tab.enable_log());
        self.run(self.tab.execute(runtime::DisableParams::default()));
        self.run(self.tab.execute(runtime::EnableParams::default()));
    }

    pub(super) fn run<T, E: Display>(&self, work: impl Future<Output = Result<T, E>>) -> T {
        self.try_run(work).unwrap_or_else(|error| panic!("chromium: {error}"))
    }

    /// Lets the browser work for a moment.
    pub(super) fn rest(&self) {
        self.pass(PATIENCE / TRIES);
    }

    pub(super) fn pass(&self, time: Duration) {
        self.runtime.block_on(async { tokio::time::sleep(time).await });
    }

    fn try_eval<T: DeserializeOwned>(&self, script: &str) -> Result<T, String> {
        let asked =
            EvaluateParams { await_promise: Some(true), return_by_value: Some(true), ..EvaluateParams::new(script) };
        // In whichever document is there now: after a reload that is another one than the library remembers.
        let answer = self.try_run(self.tab.execute(asked))?.result;
        if let Some(details) = answer.exception_details {
            return Err(exception(&details));
        }
        let value = answer.result.value.unwrap_or(Value::Null);
        serde_json::from_value(value).map_err(|error| format!("another type: {error}"))
    }

    fn try_run<T, E: Display>(&self, work: impl Future<Output = Result<T, E>>) -> Result<T, String> {
        self.runtime.block_on(async {
            match tokio::time::timeout(PATIENCE * 3, work).await {
                Ok(done) => done.map_err(|error| error.to_string()),
                Err(late) => panic!("chromium does not answer: {late}"),
            }
        })
    }
}

/// The events that have come in.
fn waiting<T: chromiumoxide::cdp::IntoEventKind + Unpin>(stream: &mut EventStream<T>) -> Vec<Arc<T>> {
    std::iter::from_fn(|| stream.next().now_or_never().flatten()).collect()
}

fn printed(value: &RemoteObject) -> String {
    match (&value.value, &value.description) {
        (Some(Value::String(text)), _) | (_, Some(text)) => text.clone(),
        (Some(value), None) => value.to_string(),
        (None, None) => String::new(),
    }
}

fn exception(details: &ExceptionDetails) -> String {
    let thrown = details.exception.as_ref().map(printed).unwrap_or_default();
    if thrown.is_empty() { details.text.clone() } else { thrown }
}
