/**
 * Opens the presenter view in a window of its own, or says how to get it when the browser blocks that;
 * from the presenter view the way back to the deck.
 */

import { addCommand } from "./keys.js";
import { createPanel, element } from "./panel.js";
import { isShared } from "./sharing.js";
import { PRESENTER_WINDOW } from "./windows.js";

/** @typedef {import("./store.js").Store} Store */
/** @typedef {import("./labels.js").Labels} Labels */
/** @typedef {import("./link.js").Link} Link */
/** @typedef {import("./windows.js").Windows} Windows */

/**
 * @param {Store} store
 * @param {Link} link
 * @param {Windows} windows
 * @param {Labels} labels
 */
export function offerPresenter(store, link, windows, labels) {
  const blocked = createBlockedPanel(store, labels);
  addCommand("presenter", () => {
    const open = windows.find("presenter");
    if (open) return open.focus();
    const opened = openWindow();
    if (!opened || opened.closed) return blocked.show();
    windows.add(opened, "presenter");
    blocked.hide();
  });
  link.on("hello", (message) => {
    if (message.role === "presenter") blocked.hide();
  });
}

/**
 * The way from the presenter view to the deck; when there is none it is opened from here.
 * @param {Link} link
 * @param {Windows} windows
 */
export function offerDeck(link, windows) {
  addCommand("presenter", () => {
    const deck = windows.find("deck");
    if (deck) return deck.focus();
    // Browsers let nobody bring a tab to the front that was opened apart.
    if (link.peers().some((peer) => peer.role === "deck")) return;
    const opened = open(addressOf(""), "_blank");
    if (opened) windows.add(opened, "deck");
  });
}

/** Nearly as large as the screen: notes want room. Null when the browser blocks it. */
function openWindow() {
  const width = Math.min(screen.availWidth, 1280);
  const height = Math.min(screen.availHeight, 800);
  try {
    return open(addressOf("?presenter"), PRESENTER_WINDOW, `popup,width=${width},height=${height}`);
  } catch {
    return null;
  }
}

/**
 * This page on this slide, in another mode.
 * @param {string} search
 */
function addressOf(search) {
  const address = new URL(location.href);
  address.search = search;
  return address.href;
}

/**
 * @param {Store} store
 * @param {Labels} labels
 */
function createBlockedPanel(store, labels) {
  const { dialog } = createPanel(store, "blocked", labels);
  const text = element("p", {});
  const link = element("a", { target: "_blank", rel: "opener" }, labels.openInTab);
  dialog.append(text, link);
  store.subscribe((state) => {
    const open = state.panel === "blocked";
    if (open === dialog.open) return;
    if (!open) return dialog.close();
    const shared = isShared();
    text.textContent = shared ? labels.blockedShared : labels.blockedHelp;
    link.hidden = shared;
    link.href = addressOf("?presenter");
    dialog.showModal();
    (shared ? dialog : link).focus();
  });
  return {
    show: () => {
      if (!dialog.open) store.togglePanel("blocked");
    },
    hide: () => {
      if (dialog.open) store.dismiss();
    },
  };
}
