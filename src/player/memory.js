/**
 * What a window keeps over a reload: small values of this talk in the browser's session storage.
 * A browser may refuse it, everything works without.
 */

/** The address of the talk without its modes, the same for all windows that show it from here. */
export function talkAddress() {
  return location.pathname.replace(/index\.html$/, "");
}

/**
 * @param {string} name
 * @returns {unknown} null when there is nothing
 */
export function recall(name) {
  try {
    return JSON.parse(sessionStorage.getItem(keyOf(name)) ?? "null");
  } catch {
    return null;
  }
}

/**
 * @param {string} name
 * @param {unknown} value null to forget it
 */
export function remember(name, value) {
  try {
    if (value === null) sessionStorage.removeItem(keyOf(name));
    else sessionStorage.setItem(keyOf(name), JSON.stringify(value));
  } catch {
    return;
  }
}

/**
 * Pages opened from files share one storage.
 * @param {string} name
 */
function keyOf(name) {
  return `retell:${name}:${talkAddress()}`;
}
