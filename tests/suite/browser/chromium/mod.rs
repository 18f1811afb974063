//! A headless Chromium with any number of pages, driven over its debugging protocol; it ends when it is dropped.
//!
//! A `Chromium` is also its first page: `chromium.press("p")`. Further ones are `Page`s: opened by a test, or windows that a
//! page has opened. `input` holds fingers, mouse and keys; `surroundings` what a page finds around it: window size, colour
//! scheme, pop-up blocker, scripts of a test.

mod input;
mod page;
mod surroundings;

use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::Duration;

use chromiumoxide::handler::viewport::Viewport;
use chromiumoxide::{Browser, BrowserConfig};
use futures_util::StreamExt as _;
use tempfile::TempDir;
use tokio::runtime::Runtime;

pub(crate) use page::Page;
pub(crate) use surroundings::Device;

/// The window of every test, unless it asks for another.
const WINDOW: (u32, u32) = (1280, 720);

/// How long a page may take to become what a test expects, on a machine that has much else to do.
const PATIENCE: Duration = Duration::from_mins(2);

/// How often it is looked at meanwhile.
const TRIES: u32 = 4800;

/// Modifier bits of the debugging protocol.
pub(crate) const CTRL: i64 = 2;
pub(crate) const SHIFT: i64 = 8;

/// A browser of its own, with a new profile.
pub(crate) struct Chromium {
    first: Page,
    browser: Browser,
    runtime: Rc<Runtime>,
    home: TempDir,
}

impl Chromium {
    /// Opens an HTML file, followed by a fragment such as `#slide-id`, or by nothing.
    pub(crate) fn open(path: &Path, fragment: &str) -> Self {
        Self::visit(&address(path, fragment))
    }

    /// Opens an address, such as `http://127.0.0.1:1234/`.
    pub(crate) fn visit(url: &str) -> Self {
        let chromium = Self::start();
        chromium.go(url);
        chromium
    }

    /// Opens an HTML file in a browser that runs no scripts.
    pub(crate) fn open_without_scripts(path: &Path) -> Self {
        let chromium = Self::start();
        chromium.run_no_scripts();
        chromium.go(&address(path, ""));
        chromium
    }

    /// A browser whose first page is empty, for what has to be set before a page loads.
    pub(crate) fn start() -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let home = tempfile::tempdir().expect("a folder for the browser");
        let [profile, temporary] = ["profile", "temporary"].map(|name| home.path().join(name));
        std::fs::create_dir(&temporary).expect("a folder");
        let config = BrowserConfig::builder()
            .chrome_executable(program())
            .user_data_dir(profile)
            // A browser that is killed leaves its temporary files.
            .env("TMPDIR", temporary.display().to_string())
            .launch_timeout(PATIENCE)
            .request_timeout(PATIENCE)
            .no_sandbox()
            .window_size(WINDOW.0, WINDOW.1)
            .viewport(Viewport { width: WINDOW.0, height: WINDOW.1, ..Viewport::default() })
            .surface_invalid_messages()
            .args(["disable-gpu", "disable-component-update", "hide-scrollbars", "disable-lcd-text"])
            // Keys and clicks arrive also before the first picture of a page, which a busy machine paints late.
            .arg("allow-pre-commit-input")
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
        let runtime = Rc::new(runtime);
        Self { first: Page::new(Rc::clone(&runtime), page), browser, runtime, home }
    }

    /// Opens an address in a further tab of the same window, which comes to the front: the one before is hidden.
    pub(crate) fn new_page(&self, url: &str) -> Page {
        let page = Page::new(Rc::clone(&self.runtime), self.first.run(self.browser.new_page("about:blank")));
        page.go(url);
        page
    }

    /// The window that a page opens because of `cause`, loaded.
    pub(crate) fn popup_after(&self, cause: impl FnOnce()) -> Page {
        let pages = || self.first.run(self.browser.pages());
        let before: Vec<_> = pages().iter().map(|page| page.target_id().clone()).collect();
        cause();
        for _ in 0..TRIES {
            if let Some(opened) = pages().into_iter().find(|page| !before.contains(page.target_id())) {
                let page = Page::new(Rc::clone(&self.runtime), opened);
                // What was told before anybody listened is told again.
                page.listen_anew();
                // The viewport is what a new window is given last.
                let (width, height) = WINDOW;
                page.wait_until(&format!(
                    "document.readyState === 'complete' && innerWidth === {width} && innerHeight === {height}"
                ));
                return page;
            }
            self.first.rest();
        }
        panic!("no window was opened");
    }

    /// How many pages are open.
    pub(crate) fn page_count(&self) -> usize {
        self.first.run(self.browser.pages()).len()
    }
}

impl Deref for Chromium {
    type Target = Page;

    fn deref(&self) -> &Page {
        &self.first
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        let Self { runtime, browser, home, .. } = self;
        runtime.block_on(async {
            let closed = tokio::time::timeout(Duration::from_secs(5), async {
                let asked = browser.close().await.is_ok();
                asked && browser.wait().await.is_ok()
            });
            if !closed.await.unwrap_or(false) {
                browser.kill().await;
            }
            // The processes that it started end after it, and write to the last.
            for _ in 0..80 {
                if std::fs::remove_dir_all(home.path()).is_ok() {
                    break;
                }
                tokio::time::sleep(PATIENCE / TRIES).await;
            }
        });
    }
}

/// The address of a file, followed by a query or fragment.
pub(crate) fn address(path: &Path, after: &str) -> String {
    format!("file://{}{after}", path.display())
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
