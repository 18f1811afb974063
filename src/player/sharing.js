/**
 * One screen: a window that is shared in a video call is marked, and from then on notes appear neither in it nor in its
 * tabs, only in a window of their own. The mark stays with the window until it is taken away.
 */

import { addCommand } from "./keys.js";
import { recall, remember } from "./memory.js";
import { element } from "./panel.js";
import { PRESENTER_WINDOW } from "./windows.js";

/** @typedef {import("./labels.js").Labels} Labels */
/** @typedef {import("./link.js").Link} Link */

/** How long the switch says what it did, in milliseconds. */
const NOTICE = 4000;

/** The name of a shared window: a mark that stays where a browser keeps no storage. */
const SHARED_WINDOW = "retell-shared";

/** Whether this very window is the shared one. */
export function isShared() {
  return window.name === SHARED_WINDOW || recall("shared") === true;
}

/** @param {boolean} on */
function markShared(on) {
  window.name = on ? SHARED_WINDOW : "";
  remember("shared", on || null);
  // A tab that was trusted is no longer when its window is shared.
  remember("trusted", null);
}

/**
 * The switch in the deck window. While a shared deck is open, tabs opened by hand know it before they show anything.
 * @param {Link} link
 * @param {Labels} labels
 */
export function offerSharing(link, labels) {
  const notice = element("p", { class: "sharing-notice", role: "status" });
  document.body.append(notice);
  let timer = 0;
  const warnTabs = () => {
    if (isShared()) remember("sharedDeck", true, "localStorage");
  };
  const warnNoMore = () => {
    if (isShared()) remember("sharedDeck", null, "localStorage");
  };
  warnTabs();
  addEventListener("pageshow", warnTabs);
  addEventListener("pagehide", warnNoMore);
  addCommand("share", () => {
    const on = !isShared();
    warnNoMore();
    markShared(on);
    warnTabs();
    link.send("sharing", { on }, link.local());
    notice.textContent = on ? labels.sharingOn : labels.sharingOff;
    clearTimeout(timer);
    timer = setTimeout(() => {
      notice.textContent = "";
    }, NOTICE);
  });
  link.on("hello", (message, transport) => {
    if (message.role === "presenter" && transport.local && isShared()) link.send("sharing", { on: true }, [transport]);
  });
}

/**
 * Starts the presenter view where notes may be seen: nothing of it is in the page before. In a shared window a curtain
 * comes instead; in a tab, which may be in the shared window, one comes as long as a deck is shared.
 * @param {Link} link
 * @param {Labels} labels
 * @param {() => void} start
 */
export function guardNotes(link, labels, start) {
  keepOutOfHistory();
  if (isOfItsOwn()) {
    // It begins with a copy of what the deck's window keeps.
    remember("shared", null);
    return start();
  }
  let started = false;
  /** @type {(() => void) | null} */
  let lift = null;
  const show = () => {
    lift?.();
    lift = null;
    if (started) return;
    started = true;
    start();
  };
  const cover = (/** @type {string} */ text, /** @type {string} */ action, /** @type {() => void} */ agreed) => {
    lift ??= drawCurtain(text, action, () => {
      agreed();
      show();
    });
  };
  const coverTab = () => cover(labels.sharedTab, labels.notesSafe, () => remember("trusted", true));
  const isTrusted = () => recall("trusted") === true;
  link.on("sharing", ({ on }, transport) => {
    if (!transport.local || isShared() || isTrusted()) return;
    if (on) coverTab();
    else show();
  });
  if (isShared()) {
    cover(labels.sharedHere, labels.endSharing, () => {
      markShared(false);
      link.send("sharing", { on: false }, link.local());
    });
  } else if (recall("sharedDeck", "localStorage") === true && !isTrusted()) coverTab();
  else show();
}

/**
 * Whether this window was opened for notes and nothing else. Some browsers make a tab of it, which has the bars that
 * a pop-up lacks; loaded again, a pop-up may claim to have them too.
 */
function isOfItsOwn() {
  if (window.name !== PRESENTER_WINDOW) return false;
  if (!menubar.visible) remember("popup", true);
  return !menubar.visible || recall("popup") === true;
}

/** The browser may bring back a page as it was left, without asking again; by then its window may be shared. */
function keepOutOfHistory() {
  addEventListener("pagehide", (event) => {
    if (event.persisted) document.body.replaceChildren();
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
}

/**
 * Covers the page until it is lifted.
 * @param {string} text
 * @param {string} action
 * @param {() => void} pressed
 */
function drawCurtain(text, action, pressed) {
  const button = element("button", { type: "button" }, action);
  const curtain = element("dialog", { class: "curtain" }, element("p", {}, text), button);
  button.addEventListener("click", pressed);
  curtain.addEventListener("cancel", (event) => event.preventDefault());
  // What a second Escape closes all the same is drawn again.
  curtain.addEventListener("close", () => {
    if (curtain.isConnected) curtain.showModal();
  });
  document.body.append(curtain);
  curtain.showModal();
  return () => curtain.remove();
}
