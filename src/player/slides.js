/**
 * The slides in the page: reads them once, then shows the current one and hides the others
 * from eyes, focus and screen readers.
 */

import { numberOf } from "./store.js";

/** @typedef {import("./store.js").SlideEntry} SlideEntry */
/** @typedef {import("./store.js").Store} Store */
/** @typedef {import("./labels.js").Labels} Labels */

/**
 * @typedef {object} DeckData
 * @property {string} [title]
 * @property {string} [lang]
 * @property {unknown} [labels]
 * @property {Partial<SlideEntry>[]} [slides]
 * @property {{ socket: string, role: string }} [room] the room that a talk is presented in
 * @property {{ events?: string, revision?: string }} [live] where a preview server tells of changes
 * @property {{ socket?: string, role?: string }} [room] where the server of a talk keeps its windows together
 */

/**
 * What the build wrote about the deck; empty when it is missing or broken, the slides then speak for themselves.
 * @returns {DeckData}
 */
export function readDeckData() {
  try {
    const data = JSON.parse(document.querySelector("body > script[type='application/json']")?.textContent ?? "{}");
    return data && typeof data === "object" ? data : {};
  } catch {
    return {};
  }
}

/** @returns {HTMLElement[]} */
export function findSlides() {
  return [...document.querySelectorAll(".deck > .slide")].filter((slide) => slide instanceof HTMLElement);
}

/**
 * One entry a slide, in the order of the page.
 * @param {HTMLElement[]} elements
 * @param {DeckData} data
 * @returns {SlideEntry[]}
 */
export function readSlides(elements, data) {
  const known = new Map((Array.isArray(data.slides) ? data.slides : []).map((slide) => [slide.id, slide]));
  return elements.map((element) => {
    const entry = known.get(element.id);
    const heading = element.querySelector("h1, h2, h3, h4, h5, h6");
    return {
      id: element.id,
      title: entry?.title || heading?.textContent?.trim() || element.id,
      steps: Number(entry?.steps ?? element.dataset.steps) || 0,
      section: entry?.section || element.dataset.section || "",
      backup: entry?.backup ?? "backup" in element.dataset,
    };
  });
}

/**
 * "3 / 30: title", the words by which a slide is announced and named.
 * @param {Store} store
 * @param {Labels} labels
 * @param {number} slide
 */
export function nameOfSlide(store, labels, slide) {
  const { title, backup } = store.slides[slide];
  const number = numberOf(store, slide);
  return backup ? `${labels.backup} ${number}: ${title}` : `${number} / ${store.counted}: ${title}`;
}

/**
 * Keeps the current slide, and only it, in the page.
 * @param {Store} store
 * @param {HTMLElement} deck
 * @param {HTMLElement[]} elements
 * @param {Labels} labels
 */
export function showSlides(store, deck, elements, labels) {
  deck.tabIndex = -1;
  deck.setAttribute("aria-roledescription", labels.deck);
  /** @type {HTMLElement | undefined} */
  let shown;
  let revision = -1;
  store.subscribe((state) => {
    if (state.revision !== revision) {
      revision = state.revision;
      elements.forEach((element, index) => nameSlide(element, nameOfSlide(store, labels, index), labels));
    }
    const current = elements[state.slide];
    const focusLeaves = shown !== current && shown?.contains(document.activeElement);
    shown = current;
    for (const element of elements) element.classList.toggle("is-current", element === current);
    current.scrollTop = 0;
    deck.inert = state.cover !== "";
    if (focusLeaves) deck.focus({ preventScroll: true });
  });
}

/**
 * @param {HTMLElement} element
 * @param {string} name
 * @param {Labels} labels
 */
function nameSlide(element, name, labels) {
  element.setAttribute("role", "group");
  element.setAttribute("aria-roledescription", labels.slide);
  element.setAttribute("aria-label", name);
}
