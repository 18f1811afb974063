/**
 * The pen: draws on the slide with mouse, stylus or finger, in a few colours and widths or as a highlighter.
 */

import { element, icon } from "./panel.js";
import { isTaken } from "./keys.js";
import { createDrawing, pathOf } from "./ink.js";
import { slideSize } from "./scale.js";
import { smooth } from "./curve.js";

/** @typedef {import("./store.js").Store} Store */
/** @typedef {import("./labels.js").Labels} Labels */
/** @typedef {import("./ink.js").Ink} Ink */

/**
 * The inks by their labels: colours that read on light and dark slides alike. Number keys choose in this order.
 * @type {[keyof Labels, string][]}
 */
const INKS = [
  ["red", "#e03131"],
  ["blue", "#1c7ed6"],
  ["green", "#2b9348"],
  ["orange", "#e8590c"],
  ["violet", "#ae3ec9"],
  ["highlighter", "#ffd43b73"],
];

/** The widths of a pen, in CSS pixels of the slide; a highlighter is so many times as wide. */
const WIDTHS = [3, 5, 9];
const HIGHLIGHT = 5;

/** The least way between two points, in CSS pixels of the window. */
const NEAR = 1.5;

/**
 * @param {Store} store
 * @param {HTMLElement[]} elements
 * @param {Labels} labels
 * @param {Ink} ink
 */
export function createPen(store, elements, labels, ink) {
  const pen = { ink: 0, width: 1 };
  const surface = element("div", { class: "pen-surface" });
  const { bar, show } = createBar(labels, (action) => act(action));
  surface.hidden = true;
  bar.hidden = true;
  document.body.append(surface, bar);

  /** @param {string} action an ink's number from 1, or what a button or key does */
  const act = (action) => {
    if (action === "undo" || action === "clear") return ink[action]();
    if (action === "done") return store.toggleTool("pen");
    if (action === "width") pen.width = (pen.width + 1) % WIDTHS.length;
    else pen.ink = Number(action) - 1;
    show(pen);
  };
  const isOn = () => store.state.tool === "pen";
  show(pen);
  drawOn(surface, ink, () => ({
    box: elements[store.state.slide].getBoundingClientRect(),
    color: INKS[pen.ink][1],
    width: WIDTHS[pen.width] * (INKS[pen.ink][0] === "highlighter" ? HIGHLIGHT : 1),
  }));
  document.addEventListener("keydown", (event) => {
    const action = isOn() && !store.state.panel && !isTaken(event) ? actionOf(event) : undefined;
    if (!action) return;
    event.preventDefault();
    act(action);
  });
  store.subscribe((state) => {
    const off = state.tool !== "pen";
    if (surface.hidden === off) return;
    surface.hidden = off;
    bar.hidden = off;
  });
}

/** @param {KeyboardEvent} event */
function actionOf(event) {
  const key = event.key.toLowerCase();
  if (event.altKey) return undefined;
  if (event.ctrlKey || event.metaKey) return key === "z" && !event.shiftKey ? "undo" : undefined;
  if (/^[1-9]$/.test(key)) return Number(key) <= INKS.length ? key : undefined;
  return { u: "undo", c: "clear", backspace: "clear", delete: "clear", x: "width" }[key];
}

/**
 * Follows one pointer at a time from press to lift.
 * @param {HTMLElement} surface
 * @param {Ink} ink
 * @param {() => { box: DOMRect, color: string, width: number }} now where the slide is, and what it is drawn with
 */
function drawOn(surface, ink, now) {
  /** @type {{ pointer: number, color: string, width: number, points: number[], drawing: SVGSVGElement } | null} */
  let stroke = null;
  /** @param {PointerEvent} event */
  const add = (event) => {
    if (!stroke) return;
    const { box } = now();
    const scale = slideSize().width / box.width;
    const [x, y] = [(event.clientX - box.left) * scale, (event.clientY - box.top) * scale];
    const [beforeX, beforeY] = stroke.points.slice(-2);
    if (Math.hypot(x - beforeX, y - beforeY) < NEAR * scale) return;
    stroke.points.push(x, y);
  };
  surface.addEventListener("pointerdown", (event) => {
    if (stroke || event.button !== 0) return;
    event.preventDefault();
    surface.setPointerCapture(event.pointerId);
    const { color, width } = now();
    stroke = { pointer: event.pointerId, color, width, points: [], drawing: createDrawing() };
    ink.layer.append(stroke.drawing);
    add(event);
    stroke.drawing.replaceChildren(pathOf(stroke));
  });
  surface.addEventListener("pointermove", (event) => {
    if (event.pointerId !== stroke?.pointer) return;
    const events = event.getCoalescedEvents?.() ?? [];
    (events.length ? events : [event]).forEach(add);
    stroke.drawing.replaceChildren(pathOf(stroke));
  });
  const finish = (/** @type {PointerEvent} */ event) => {
    if (event.pointerId !== stroke?.pointer) return;
    const { color, width, points, drawing } = stroke;
    stroke = null;
    drawing.remove();
    ink.add({ color, width, points: smooth(points) });
  };
  surface.addEventListener("pointerup", finish);
  surface.addEventListener("pointercancel", finish);
}

/**
 * The bar with inks, width, undo, clear and done.
 * @param {Labels} labels
 * @param {(action: string) => void} act
 */
function createBar(labels, act) {
  /**
   * @param {string} action
   * @param {string} name
   * @param {string} key
   * @param {Node} face
   */
  const button = (action, name, key, face) => {
    const made = element("button", { type: "button", "aria-label": name, title: `${name} (${key})` }, face);
    made.addEventListener("pointerdown", (event) => event.preventDefault());
    made.addEventListener("mousedown", (event) => event.preventDefault());
    made.addEventListener("click", () => act(action));
    return made;
  };
  const inks = INKS.map(([label, color], index) => {
    const face = element("span", { class: label === "highlighter" ? "pen-ink wide" : "pen-ink" });
    face.style.background = color.slice(0, 7);
    return button(String(index + 1), labels[label], String(index + 1), face);
  });
  const line = element("span", { class: "pen-width" });
  const bar = element("div", { class: "toolbar pen-bar", role: "toolbar", "aria-label": labels.pen }, ...inks);
  bar.append(
    button("width", labels.lineWidth, "x", line),
    button("undo", labels.undo, "u", icon("M4 9h10a5 5 0 0 1 0 10H9M8 5L4 9l4 4")),
    button("clear", labels.clear, "c", icon("M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13")),
    button("done", labels.close, "Esc", icon("M6 6l12 12M18 6L6 18")),
  );
  /** @param {{ ink: number, width: number }} pen */
  const show = (pen) => {
    inks.forEach((made, index) => made.setAttribute("aria-pressed", String(index === pen.ink)));
    line.style.height = `${WIDTHS[pen.width]}px`;
  };
  return { bar, show };
}
