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
  return name === SHARED_WINDOW || recall("shared") === true;
}

/** @param {boolean} on */
function markShared(on) {
  window.name = on ? SHARED_WINDOW : "";
  remember("shared", on || null);
}

/**
 * The switch in the deck window.
 * @param {Link} link
 * @param {Labels} labels
 */
export function offerSharing(link, labels) {
  const notice = element("p", { class: "sharing-notice", role: "status" });
  document.body.append(notice);
  let timer = 0;
  addCommand("share", () => {
    const on = !isShared();
    markShared(on);
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
 * Starts the presenter view where notes may be seen. In a shared window a curtain comes instead; over a tab, which may
 * be in the shared window, one comes as soon as the deck says that it is shared.
 * @param {Link} link
 * @param {Labels} labels
 * @param {() => void} start
 */
export function guardNotes(link, labels, start) {
  if (name === PRESENTER_WINDOW) {
    // A window of its own begins with a copy of what the deck's window keeps.
    remember("shared", null);
    return start();
  }
  const trusted = () => recall("trusted") === true;
  let ended = () => {};
  link.on("sharing", ({ on }, transport) => {
    if (!transport.local) return;
    if (!on) return ended();
    if (trusted() || document.querySelector(".curtain")) return;
    const curtain = drawCurtain(labels.sharedTab, labels.notesSafe, () => remember("trusted", true));
    ended = curtain.lift;
  });
  if (!isShared()) return start();
  drawCurtain(labels.sharedHere, labels.endSharing, () => {
    markShared(false);
    link.send("sharing", { on: false }, link.local());
    start();
  });
}

/**
 * Covers the page until its button is pressed.
 * @param {string} text
 * @param {string} action
 * @param {() => void} pressed
 */
function drawCurtain(text, action, pressed) {
  const button = element("button", { type: "button" }, action);
  const curtain = element("dialog", { class: "curtain" }, element("p", {}, text), button);
  const lift = () => curtain.remove();
  button.addEventListener("click", () => {
    lift();
    pressed();
  });
  curtain.addEventListener("cancel", (event) => event.preventDefault());
  // What a second Escape closes all the same is drawn again.
  curtain.addEventListener("close", () => {
    if (curtain.isConnected) curtain.showModal();
  });
  document.body.append(curtain);
  curtain.showModal();
  return { lift };
}
