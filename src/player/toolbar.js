/**
 * A small bar of buttons for readers without a keyboard: it comes when the pointer nears the bottom edge,
 * a finger taps or the focus enters it, and goes when the pointer rests.
 */

import { element, icon } from "./panel.js";
import { addedCommand, runCommand } from "./keys.js";

/** @typedef {import("./store.js").Store} Store */
/** @typedef {import("./labels.js").Labels} Labels */

/** How near the bottom edge the pointer must come, in CSS pixels. */
const NEAR = 110;

/** Buttons for what not every page has. */
const OPTIONAL = ["presenter", "followEdits"];

/** What a tap may be meant for. */
const FIELDS = "button, input, textarea, select, summary, audio, video";

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
    ["laser", "M12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16z"],
    ["pen", "M4 20l1-5L16 4l4 4L9 19zM13.5 6.5l4 4"],
    ["presenter", "M3 5h18v11H3zM8 20h8M12 16v4"],
    ["followEdits", "M4 12h12M11 7l5 5-5 5M20 4v16"],
    ["fullScreen", "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5"],
    ["help", "M9 9a3 3 0 1 1 4 2.8c-.7.3-1 .8-1 1.7M12 17.5v.1"],
  ];
  const there = controls.filter(([command]) => !OPTIONAL.includes(command) || addedCommand(command));
  const buttons = there.map(([command, shape]) => {
    const name = labels[command];
    const button = element("button", { type: "button", "aria-label": name, title: name }, icon(shape));
    button.dataset.command = command;
    const isOn = addedCommand(command)?.isOn;
    if (isOn) button.setAttribute("aria-pressed", String(isOn()));
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
  document.addEventListener("click", (event) => {
    const touch = event instanceof PointerEvent && event.pointerType !== "mouse" && event.pointerType !== "";
    const target = event.target instanceof Element ? event.target : document.body;
    if (touch && !target.closest(`a[href], ${FIELDS}`)) bar.classList.add("is-near");
  });
  store.subscribe((state) => {
    bar.inert = state.cover !== "";
    for (const button of buttons) {
      const { command } = button.dataset;
      if (command === "laser" || command === "pen") button.setAttribute("aria-pressed", String(state.tool === command));
    }
  });
  return bar;
}
