/**
 * What is drawn on the slides: strokes in the slides' own coordinates, kept by slide id while the page is open, shown over the
 * slide and its small picture in the overview, and shared with the other windows. Drawing itself is elsewhere.
 */

import { element } from "./panel.js";
import { slideSize } from "./scale.js";
import { curve } from "./curve.js";

/** @typedef {import("./store.js").Store} Store */
/** @typedef {import("./link.js").Link} Link */
/** @typedef {ReturnType<typeof createInk>} Ink */

/**
 * @typedef {object} Stroke
 * @property {string} color `#rrggbb`, or `#rrggbbaa` for a highlighter
 * @property {number} width in CSS pixels of the slide
 * @property {number[]} points x, y, x, y …
 */

/** How many changes of a slide can be undone. */
const MEMORY = 200;

/** What another window may ask to be drawn. */
const MOST_STROKES = 2000;
const MOST_POINTS = 20000;

/**
 * @param {Store} store
 * @param {HTMLElement[]} elements
 * @param {Link | undefined} link
 */
export function createInk(store, elements, link) {
  /** @type {Map<string, { strokes: Stroke[], undone: Stroke[][], drawing: SVGSVGElement }>} */
  const sheets = new Map();
  /**
   * Windows that were told what is drawn; they greet again and again.
   * @type {Set<string>}
   */
  const met = new Set();
  const layer = element("div", { class: "ink-layer", "aria-hidden": "true" });
  document.body.append(layer);
  const current = () => store.slides[store.state.slide].id;

  /** Puts each drawing over its slide, wherever that is now. */
  const place = () => {
    const shown = store.state.panel === "overview" ? null : sheets.get(current())?.drawing;
    layer.replaceChildren(...(shown ? [shown] : []));
    if (store.state.panel !== "overview") return;
    for (const slide of elements) {
      const sheet = sheets.get(slide.id);
      if (sheet) slide.after(sheet.drawing);
    }
  };
  /**
   * @param {string} id
   * @param {Stroke[]} strokes
   */
  const put = (id, strokes) => {
    const known = sheets.get(id);
    const sheet = known ?? { strokes: [], undone: [], drawing: createDrawing() };
    sheets.set(id, sheet);
    sheet.undone = [...sheet.undone, sheet.strokes].slice(-MEMORY);
    sheet.strokes = strokes;
    sheet.drawing.replaceChildren(...strokes.map(pathOf));
    if (!known) place();
  };
  const tell = (/** @type {string} */ id) => link?.send("ink", { slide: id, strokes: sheets.get(id)?.strokes ?? [] });
  /**
   * @param {string} id
   * @param {Stroke[]} strokes
   */
  const change = (id, strokes) => {
    put(id, strokes);
    tell(id);
  };
  store.subscribe((state, before) => {
    const rebuilt = state.revision !== before.revision;
    if (rebuilt || state.slide !== before.slide || state.panel !== before.panel) place();
  });
  link?.on("ink", (message) => {
    const strokes = readStrokes(message.strokes);
    if (!strokes || !store.slides.some((slide) => slide.id === message.slide)) return;
    // The same message may come by several ways.
    const isNews = JSON.stringify(strokes) !== JSON.stringify(sheets.get(message.slide)?.strokes ?? []);
    if (isNews) put(message.slide, strokes);
  });
  link?.on("hello", (message) => {
    if (met.has(message.from)) return;
    met.add(message.from);
    for (const [id, { strokes }] of sheets) if (strokes.length) tell(id);
  });
  return {
    layer,
    /** @param {Stroke} stroke on the current slide */
    add: (stroke) => change(current(), [...(sheets.get(current())?.strokes ?? []), stroke]),
    /** Takes all strokes from the current slide. */
    clear() {
      if (sheets.get(current())?.strokes.length) change(current(), []);
    },
    /** Takes back the last change of the current slide, also a clearing. */
    undo() {
      const sheet = sheets.get(current());
      const strokes = sheet?.undone.pop();
      if (!sheet || !strokes) return;
      const { undone } = sheet;
      change(current(), strokes);
      sheet.undone = undone;
    },
  };
}

/** A drawing as large as a slide. */
export function createDrawing() {
  const { width, height } = slideSize();
  const drawing = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  drawing.setAttribute("class", "ink");
  drawing.setAttribute("width", String(width));
  drawing.setAttribute("height", String(height));
  drawing.setAttribute("viewBox", `0 0 ${width} ${height}`);
  return drawing;
}

/** @param {Stroke} stroke */
export function pathOf({ color, width, points }) {
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", curve(points));
  path.setAttribute("stroke", color);
  path.setAttribute("stroke-width", String(width));
  return path;
}

/**
 * Strokes as another window sent them; null when they are none.
 * @param {unknown} sent
 * @returns {Stroke[] | null}
 */
function readStrokes(sent) {
  if (!Array.isArray(sent) || sent.length > MOST_STROKES || !sent.every(isStroke)) return null;
  const points = sent.reduce((sum, stroke) => sum + stroke.points.length, 0);
  return points > 2 * MOST_POINTS ? null : sent.map(({ color, width, points }) => ({ color, width, points }));
}

/** @param {any} stroke */
function isStroke(stroke) {
  if (!stroke || !/^#[0-9a-f]{6}([0-9a-f]{2})?$/i.test(stroke.color) || !(stroke.width > 0 && stroke.width <= 100)) return false;
  return Array.isArray(stroke.points) && stroke.points.length >= 2 && stroke.points.every(Number.isFinite);
}
