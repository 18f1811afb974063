/**
 * What the dialogs of the deck share: built once, opened and closed as the store says, Escape and a click beside them close.
 */

/** @typedef {import("./store.js").Store} Store */
/** @typedef {import("./labels.js").Labels} Labels */

/**
 * An element with attributes, text and children.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string>} attributes
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/**
 * A line drawing on a 24 × 24 grid; it takes the colour of the text around it.
 * @param {string} path
 */
export function icon(path) {
  const drawing = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  drawing.setAttribute("viewBox", "0 0 24 24");
  drawing.setAttribute("aria-hidden", "true");
  const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
  line.setAttribute("d", path);
  drawing.append(line);
  return drawing;
}

/**
 * @param {Store} store
 * @param {"overview" | "help" | "goto" | "blocked"} name
 * @param {Labels} labels
 */
export function createPanel(store, name, labels) {
  const close = element("button", { type: "button", class: "panel-close", "aria-label": labels.close }, icon("M6 6l12 12M18 6L6 18"));
  const bar = element("header", { class: "panel-bar" }, element("h2", {}, labels[name]));
  const dialog = element("dialog", { class: `panel ${name}`, "aria-label": labels[name], tabindex: "-1" }, bar);
  bar.append(close);
  close.addEventListener("click", store.dismiss);
  dismissable(dialog, store, name);
  document.body.append(dialog);
  return { dialog, bar, close };
}

/**
 * Escape, a click beside the dialog, and a browser that closes it all the same, dismiss it in the store too.
 * @param {HTMLDialogElement} dialog
 * @param {Store} store
 * @param {string} name of the panel that the dialog shows
 */
export function dismissable(dialog, store, name) {
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) store.dismiss();
  });
  // Browsers tell of a closed dialog later; the next key may come before that.
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    store.dismiss();
  });
  dialog.addEventListener("close", () => {
    // The news may come when the panel is open again.
    if (store.state.panel === name && !dialog.open) store.dismiss();
  });
}
