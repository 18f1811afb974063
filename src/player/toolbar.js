/**
 * A small bar of buttons for readers without a keyboard: it comes when the pointer nears the bottom edge
 * or the focus enters it, and goes when the pointer rests.
 */

import { element, icon } from "./panel.js";
import { runCommand } from "./keys.js";

/** @typedef {import("./store.js").Store} Store */
/** @typedef {import("./labels.js").Labels} Labels */

/** How near the bottom edge the pointer must come, in CSS pixels. */
const NEAR = 110;

/**
 * @param {Store} store
 * @param {Labels} labels
 */
export function createToolbar(store, labels) {
  /** @type {[keyof Labels, string][]} */
  const controls = [
    ["previous", "M15 5l-7 7 7 7"],
    ["next", "M9 5l7 7-7 7"],
    ["overview", "M4 5h6v6H4zM14 5h6v6h-6zM4 15h6v4H4zM14 15h6v4h-6z"],
    ["fullScreen", "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5"],
    ["help", "M9 9a3 3 0 1 1 4 2.8c-.7.3-1 .8-1 1.7M12 17.5v.1"],
  ];
  const buttons = controls.map(([command, shape]) => {
    const name = labels[command];
    const button = element("button", { type: "button", "aria-label": name, title: name }, icon(shape));
    button.addEventListener("pointerdown", (event) => event.preventDefault());
    button.addEventListener("mousedown", (event) => event.preventDefault());
    button.addEventListener("click", () => runCommand(store, command));
    return button;
  });
  const bar = element("nav", { class: "toolbar", "aria-label": labels.deck }, ...buttons);
  document.body.append(bar);
  addEventListener("pointermove", (event) => {
    bar.classList.toggle("is-near", event.pointerType === "mouse" && event.clientY > innerHeight - NEAR);
  });
  store.subscribe((state) => {
    bar.inert = state.cover !== "";
  });
}
