/**
 * What a window keeps over a reload, and what all windows of a talk keep: small values in the browser's storage.
 * A browser may refuse it, everything works without.
 */

/** What is kept of the window itself, whatever it shows. */
const OF_WINDOW = ["shared", "trusted"];

let talk = "";

/**
 * Tells apart the talks that are held at one address one after the other.
 * @param {string} title
 */
export function nameTalk(title) {
  talk = title;
}

/** @typedef {"sessionStorage" | "localStorage"} Where for this window, or for all of this browser */

/** The address of the talk without its modes, the same for all windows that show it from here. */
export function talkAddress() {
  return addressOf(talk);
}

/** @param {string} title */
function addressOf(title) {
  return location.pathname.replace(/index\.html$/, "") + title;
}

/**
 * @param {string} name
 * @param {Where} [where]
 * @returns {unknown} null when there is nothing
 */
export function recall(name, where = "sessionStorage") {
  try {
    return JSON.parse(window[where].getItem(keyOf(name)) ?? "null");
  } catch {
    return null;
  }
}

/**
 * @param {string} name
 * @param {unknown} value null to forget it
 * @param {Where} [where]
 */
export function remember(name, value, where = "sessionStorage") {
  try {
    if (value === null) window[where].removeItem(keyOf(name));
    else window[where].setItem(keyOf(name), JSON.stringify(value));
  } catch {
    return;
  }
}

/**
 * Pages opened from files share one storage.
 * @param {string} name
 */
function keyOf(name) {
  return `retell:${name}:${addressOf(OF_WINDOW.includes(name) ? "" : talk)}`;
}
