/**
 * Click steps: elements that wait for their click, and code whose highlighted lines move on.
 */

/** @typedef {import("./store.js").Store} Store */

/**
 * Shows every slide as it is after the clicks made on it. Slides before the current one are complete,
 * those after it untouched, so that the overview and going back show what the audience saw.
 * @param {Store} store
 * @param {HTMLElement[]} elements
 */
export function showSteps(store, elements) {
  store.subscribe((state, before) => {
    if (state === before || state.revision !== before.revision) return showAllAt(elements, state);
    if (state.slide !== before.slide) showStep(elements[before.slide], state.slide > before.slide ? Infinity : 0);
    showStep(elements[state.slide], state.step);
  });
}

/**
 * Paper has no clicks: everything shown, the lines of all stages lit, as on a page without scripting.
 * @param {Store} store
 * @param {HTMLElement[]} elements
 */
export function completeStepsForPrint(store, elements) {
  addEventListener("beforeprint", () => {
    for (const element of elements) {
      showStep(element, Infinity);
      for (const figure of staged(element)) light(figure, "rest", "[data-lit]");
    }
  });
  addEventListener("afterprint", () => showAllAt(elements, store.state));
}

/**
 * @param {HTMLElement[]} elements
 * @param {{ slide: number, step: number }} place
 */
function showAllAt(elements, { slide, step }) {
  elements.forEach((element, index) => showStep(element, index === slide ? step : index < slide ? Infinity : 0));
}

/**
 * The elements of a slide that come with exactly this step.
 * @param {HTMLElement} slide
 * @param {number} step
 */
export function elementsOfStep(slide, step) {
  return [...slide.querySelectorAll(`[data-step="${step}"]`)];
}

/**
 * @param {HTMLElement} slide
 * @param {number} step
 */
export function showStep(slide, step) {
  for (const element of slide.querySelectorAll("[data-step]")) {
    const waits = Number(element.getAttribute("data-step")) > step;
    element.classList.toggle("is-waiting", waits);
    if (waits) element.setAttribute("aria-hidden", "true");
    else element.removeAttribute("aria-hidden");
  }
  for (const figure of staged(slide)) lightStage(figure, step);
}

/**
 * Code whose highlighted lines move on.
 * @param {HTMLElement} slide
 * @returns {NodeListOf<HTMLElement>}
 */
function staged(slide) {
  return slide.querySelectorAll("figure[data-stages]");
}

/**
 * Stage 0 is there from step `data-first-lit` or the start, stage k from step `data-first-step` + k − 1. Before that the
 * code is whole.
 * @param {HTMLElement} figure
 * @param {number} step
 */
function lightStage(figure, step) {
  const { firstStep = 1, firstLit = 0, stages } = figure.dataset;
  const stage = Math.max(0, Math.min(step - +firstStep + 1, Number(stages) - 1));
  light(figure, step < +firstLit ? "" : `${stage}`);
}

/**
 * Lights lines of code; where none is to be told from the others, they look as if none was.
 * @param {Element} figure
 * @param {string} state the stage, `rest` for all of them, nothing before the first
 * @param {string} lit selects the lines; with nothing for a word it selects none
 */
function light(figure, state, lit = `[data-lit~="${state}"]`) {
  for (const line of figure.querySelectorAll(".line")) line.classList.toggle("lit", line.matches(lit));
  figure.classList.toggle("has-highlights", !!state && !figure.matches(`[data-whole~="${state}"]`));
}
