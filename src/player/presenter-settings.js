/**
 * What a speaker has set for all talks on this computer: sizes, colours, speeds. Refused storage costs nothing else.
 */

/** Pages opened from files share one storage. */
const KEY = "retell:presenter";

/**
 * @template {string | number | boolean} Value
 * @param {string} name
 * @param {Value} usual
 * @returns {Value extends number ? number : Value extends boolean ? boolean : string} the value set, when it is of the
 * kind of the usual one
 */
export function setting(name, usual) {
  const value = read()[name];
  return /** @type {any} */ (typeof value === typeof usual ? value : usual);
}

/**
 * @param {string} name
 * @param {string | number | boolean} value
 */
export function keepSetting(name, value) {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...read(), [name]: value }));
  } catch {
    return;
  }
}

/** @returns {Record<string, unknown>} */
function read() {
  try {
    const all = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    return all && typeof all === "object" ? all : {};
  } catch {
    return {};
  }
}
