/**
 * The help: every key and gesture with what it does, in the deck's language.
 */

import { createPanel, element } from "./panel.js";
import { addedCommand } from "./keys.js";

/** @typedef {import("./store.js").Store} Store */
/** @typedef {import("./labels.js").Labels} Labels */

/**
 * @param {Store} store
 * @param {Labels} labels
 */
export function createHelp(store, labels) {
  const { dialog } = createPanel(store, "help", labels);
  const columns = element("div", { class: "help-columns" });
  dialog.append(columns);
  store.subscribe((state) => {
    const open = state.panel === "help";
    if (open === dialog.open) return;
    if (!open) return dialog.close();
    columns.replaceChildren(...keyTable(labels).map(helpGroup));
    dialog.showModal();
    dialog.focus();
  });
}

/**
 * The keys by what they are for; a row is what is done and the keys that do it.
 * @param {Labels} labels
 * @returns {[string, [string, string[]][]][]}
 */
function keyTable(labels) {
  const live = addedCommand("followEdits") !== undefined;
  /** @type {[string, string[]][]} */
  const edits = live ? [[labels.followEdits, ["e"]]] : [];
  return [
    [
      labels.moving,
      [
        [labels.next, ["→", "↓", "Space", "PgDn"]],
        [labels.previous, ["←", "↑", "Shift+Space", "PgUp", "Backspace"]],
        [labels.skipSteps, ["Shift+→ ←", "Shift+PgDn PgUp"]],
        [`${labels.first} / ${labels.last}`, ["Home", "End"]],
        [labels.jump, [labels.number, "Enter"]],
        [labels.goto, ["g"]],
        [labels.overview, ["o"]],
        [labels.search, ["o", "/"]],
        ...edits,
      ],
    ],
    [
      labels.pointing,
      [
        [labels.laser, ["l"]],
        [labels.pen, ["d"]],
        [`${labels.pen} · ${labels.ink}`, ["1", "…", "6"]],
        [`${labels.pen} · ${labels.lineWidth}`, ["x"]],
        [`${labels.pen} · ${labels.undo}`, ["u", "Ctrl+Z"]],
        [`${labels.pen} · ${labels.clear}`, ["c", "Backspace"]],
        [labels.zoom, ["z"]],
        [labels.zoomMore, ["+", "−"]],
      ],
    ],
    [
      labels.fingers,
      [
        [`${labels.next} / ${labels.previous}`, [labels.swipe]],
        [labels.overview, [labels.hold]],
        [labels.buttons, [labels.tap]],
      ],
    ],
    [
      labels.screen,
      [
        [labels.presenter, ["p", "s"]],
        [labels.share, ["m"]],
        [labels.clock, ["t"]],
        [labels.question, ["q"]],
        [labels.fullScreen, ["f"]],
        [labels.black, ["b", "."]],
        [labels.white, ["w"]],
        [labels.help, ["?", "F1"]],
        [labels.close, ["Esc"]],
      ],
    ],
  ];
}

/** @param {[string, [string, string[]][]]} group */
function helpGroup([title, rows]) {
  const list = element("dl", { class: "help-list" });
  for (const [action, keys] of rows) {
    const row = element("div", { class: "help-row" }, element("dt", {}, action));
    row.append(element("dd", {}, ...keys.map((key) => element("kbd", {}, key))));
    list.append(row);
  }
  return element("section", { class: "help-group" }, element("h3", {}, title), list);
}
