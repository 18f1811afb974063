/**
 * Tells screen readers what changed on the stage: a new slide, what a click brought, a blank screen.
 */

import { nameOfSlide } from "./slides.js";
import { elementsOfStep } from "./steps.js";

/** @typedef {import("./store.js").Store} Store */
/** @typedef {import("./labels.js").Labels} Labels */

/**
 * @param {Store} store
 * @param {HTMLElement[]} elements
 * @param {Labels} labels
 */
export function announceChanges(store, elements, labels) {
  const region = document.createElement("div");
  region.className = "announcer";
  region.setAttribute("role", "status");
  region.setAttribute("aria-live", "polite");
  document.body.append(region);
  store.subscribe((state, before) => {
    if (state.revision !== before.revision) return;
    if (state.cover !== before.cover && state.cover) {
      region.textContent = labels[state.cover];
    } else if (state.slide !== before.slide || before.cover !== state.cover) {
      region.textContent = nameOfSlide(store, labels, state.slide);
    } else if (state.step > before.step) {
      region.textContent = textOf(elementsOfStep(elements[state.slide], state.step));
    }
  });
}

/** @param {Element[]} elements */
function textOf(elements) {
  const text = elements.map((element) => (element instanceof HTMLElement ? element.innerText : "")).join(" ");
  return text.replace(/\s+/g, " ").trim().slice(0, 300);
}
