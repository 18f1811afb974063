//! What a page finds around it: its window, its reader's wishes, the pop-up blocker, scripts that a test puts before its own.

use chromiumoxide::cdp::browser_protocol::browser::{
    Bounds, GetWindowForTargetParams, SetWindowBoundsParams, WindowState,
};
use chromiumoxide::cdp::browser_protocol::emulation::{
    MediaFeature, SetDeviceMetricsOverrideParams, SetEmulatedMediaParams, SetScriptExecutionDisabledParams,
    SetTouchEmulationEnabledParams,
};
use chromiumoxide::cdp::browser_protocol::page::SetBypassCspParams;

use super::page::Page;

/// What a page is held by.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Device {
    /// A mouse, no touch, one pixel a pixel.
    Desktop,
    /// Fingers, two pixels a pixel, the viewport that the page asks for.
    Phone,
}

impl Page {
    /// Gives the page a window of this size in CSS pixels, and waits until the page has been told of it.
    pub(crate) fn set_size(&self, width: u32, height: u32, device: Device) {
        let is_phone = device == Device::Phone;
        let scale = if is_phone { 2.0 } else { 1.0 };
        self.run(self.tab.execute(SetDeviceMetricsOverrideParams::new(
            i64::from(width),
            i64::from(height),
            scale,
            is_phone,
        )));
        self.run(self.tab.execute(SetTouchEmulationEnabledParams::new(is_phone)));
        // A page that says nothing about phones is laid out wider than the phone.
        let told = if is_phone { "[screen.width, screen.height]" } else { "[innerWidth, innerHeight]" };
        self.wait_until(&format!("{told}.join() === '{width},{height}'"));
        self.paint();
    }

    /// Lets media queries find these wishes and no others: `[("prefers-color-scheme", "dark")]`.
    pub(crate) fn prefer(&self, wishes: &[(&str, &str)]) {
        let features = wishes.iter().map(|(name, value)| MediaFeature::new(*name, *value));
        self.run(self.tab.execute(SetEmulatedMediaParams::builder().features(features).build()));
    }

    /// Comes before the other tabs of its window, which are hidden by that, and out of a minimised window.
    pub(crate) fn bring_to_front(&self) {
        self.set_window(WindowState::Normal);
        self.run(self.tab.bring_to_front());
        self.wait_until("document.visibilityState === 'visible'");
    }

    /// Minimises the window of the page: nothing of it is painted, no frames are asked for.
    pub(crate) fn minimise(&self) {
        self.set_window(WindowState::Minimized);
        self.wait_until("document.visibilityState === 'hidden'");
    }

    /// Has the browser refuse every window that the page wants to open, from now on.
    pub(crate) fn block_popups(&self) {
        let refuse = "window.open = () => null";
        self.on_new_document(refuse);
        self.act(refuse);
    }

    /// Runs a script in each document that is loaded from now on, before the document's own.
    pub(crate) fn on_new_document(&self, script: &str) {
        self.run(self.tab.evaluate_on_new_document(script));
    }

    /// Takes scripts away from the pages that are loaded from now on.
    pub(super) fn run_no_scripts(&self) {
        self.run(self.tab.execute(SetScriptExecutionDisabledParams::new(true)));
    }

    /// Lets a test put scripts into pages that are loaded from now on, whatever their content security policy says.
    pub(crate) fn bypass_policy(&self) {
        self.run(self.tab.execute(SetBypassCspParams::new(true)));
    }

    fn set_window(&self, state: WindowState) {
        let asked = GetWindowForTargetParams::builder().target_id(self.tab.target_id().clone()).build();
        let window = self.run(self.tab.execute(asked)).window_id;
        let bounds = Bounds::builder().window_state(state).build();
        self.run(self.tab.execute(SetWindowBoundsParams::new(window, bounds)));
    }
}
