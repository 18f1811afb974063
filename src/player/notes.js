/**
 * The notes of the current slide, the largest text of the presenter view: as large as the speaker likes, with the
 * cues of the clicks lit as they are made.
 */

import { isTaken } from "./keys.js";
import { element, icon } from "./panel.js";
import { keepSetting, setting } from "./presenter-settings.js";

/** @typedef {import("./presenter-desk.js").Desk} Desk */

/** Sizes of the notes, as parts of the usual one. */
const SIZES = [0.6, 0.7, 0.8, 0.9, 1, 1.15, 1.3, 1.5, 1.75, 2, 2.4, 2.8];

/** Where the cue that was passed last stands after a click, as a part of the height from above. */
const READING_LINE = 0.2;

/** @param {Desk} desk */
export function createNotes(desk) {
  const { store, labels } = desk;
  const smaller = sizeButton(labels.smaller, "M5 12h14");
  const larger = sizeButton(labels.larger, "M5 12h14M12 5v14");
  const head = element("div", { class: "presenter-head" }, element("h2", {}, labels.notes), smaller, larger);
  const text = element("div", { class: "presenter-notes-text", role: "region", "aria-label": labels.notes, tabindex: "0" });
  const section = element("section", { class: "presenter-notes presenter-text", "aria-label": labels.notes }, head, text);

  let size = setting("notes", 1);
  /** @param {number} by places in the list of sizes */
  const resize = (by) => {
    const near = SIZES.reduce((best, one, at) => (Math.abs(one - size) < Math.abs(SIZES[best] - size) ? at : best), 0);
    const at = Math.min(SIZES.length - 1, Math.max(0, near + by));
    size = SIZES[at];
    smaller.disabled = at === 0;
    larger.disabled = at === SIZES.length - 1;
    text.style.setProperty("--player-notes-size", String(size));
    if (by) keepSetting("notes", size);
  };
  resize(0);
  smaller.addEventListener("click", () => resize(-1));
  larger.addEventListener("click", () => resize(1));
  document.addEventListener("keydown", (event) => {
    if (store.state.panel || event.defaultPrevented || isTaken(event)) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const by = { "+": 1, "=": 1, "-": -1, "−": -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    resize(by);
  });

  let shown = "";
  store.subscribe((state) => {
    const notes = desk.factsOf(state.slide).notes ?? "";
    const wanted = `${state.slide} ${notes}`;
    if (wanted !== shown) {
      fillNotes(text, notes, labels.noNotes);
      text.scrollTop = 0;
    }
    lightCues(text, state.step, wanted === shown || state.step > 0);
    shown = wanted;
  });
  return section;
}

/**
 * @param {HTMLElement} into
 * @param {string} notes HTML that the build has sanitised
 * @param {string} none said instead of empty notes
 */
export function fillNotes(into, notes, none) {
  into.classList.toggle("is-empty", !notes);
  if (notes) into.innerHTML = notes;
  else into.textContent = none;
}

/**
 * Cues of clicks made are passed, the one of the next click is marked; the words to say now stand near the top
 * and the next cue is in sight when both find room.
 * @param {HTMLElement} text
 * @param {number} step
 * @param {boolean} scroll
 */
function lightCues(text, step, scroll) {
  /** @type {Element | undefined} */
  let last;
  /** @type {Element | undefined} */
  let next;
  for (const cue of text.querySelectorAll(".cue[data-click]")) {
    const click = Number(cue.getAttribute("data-click"));
    cue.classList.toggle("is-passed", click <= step);
    cue.classList.toggle("is-next", click === step + 1);
    if (click <= step) last = cue;
    else if (click === step + 1) next ??= cue;
  }
  if (!scroll) return;
  const top = text.getBoundingClientRect().top;
  const placeOf = (/** @type {Element} */ cue) => cue.getBoundingClientRect().top - top + text.scrollTop;
  const reading = last ? placeOf(last) - READING_LINE * text.clientHeight : 0;
  const end = next ? placeOf(next) + 3 * next.clientHeight + next.getBoundingClientRect().height - text.clientHeight : 0;
  const kept = last ? placeOf(last) - 8 : 0;
  text.scrollTop = Math.max(0, Math.min(Math.max(reading, end), kept));
}

/**
 * @param {string} name
 * @param {string} shape
 */
function sizeButton(name, shape) {
  return element("button", { type: "button", class: "presenter-icon", "aria-label": name, title: name }, icon(shape));
}
