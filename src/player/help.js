/**
 * The help: every key and gesture with what it does, in the deck's language.
 */

import { createPanel, element } from "./panel.js";

/** @typedef {import("./store.js").Store} Store */
/** @typedef {import("./labels.js").Labels} Labels */

/**
 * @param {Store} store
 * @param {Labels} labels
 */
export function createHelp(store, labels) {
  const { dialog } = createPanel(store, "help", labels);
  dialog.append(element("div", { class: "help-columns" }, ...keyTable(labels).map(helpGroup)));
  store.subscribe((state) => {
    const open = state.panel === "help";
    if (open === dialog.open) return;
    if (!open) return dialog.close();
    dialog.showModal();
    dialog.focus();
  });
}

/**
 * Two columns of rows; a row is what is done and the keys that do it.
 * @param {Labels} labels
 * @returns {[string, string[]][][]}
 */
function keyTable(labels) {
  return [
    [
      [labels.next, ["→", "↓", "Space", "PgDn"]],
      [labels.previous, ["←", "↑", "Shift+Space", "PgUp", "Backspace"]],
      [labels.first, ["Home"]],
      [labels.last, ["End"]],
      [labels.jump, [labels.number, "Enter"]],
      [`${labels.next} / ${labels.previous}`, [labels.swipe]],
      [labels.overview, [labels.hold]],
    ],
    [
      [labels.overview, ["o"]],
      [labels.search, ["o", "/"]],
      [labels.fullScreen, ["f"]],
      [labels.black, ["b", "."]],
      [labels.white, ["w"]],
      [labels.help, ["?"]],
      [labels.close, ["Esc"]],
    ],
  ];
}

/** @param {[string, string[]][]} rows */
function helpGroup(rows) {
  const list = element("dl", { class: "help-group" });
  for (const [action, keys] of rows) {
    const row = element("div", { class: "help-row" }, element("dt", {}, action));
    row.append(element("dd", {}, ...keys.map((key) => element("kbd", {}, key))));
    list.append(row);
  }
  return list;
}
