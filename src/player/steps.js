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
 * Paper has no clicks: everything shown, every highlighted line lit, as on a page without scripting.
 * @param {Store} store
 * @param {HTMLElement[]} elements
 */
export function completeStepsForPrint(store, elements) {
  addEventListener("beforeprint", () => {
    for (const element of elements) {
      showStep(element, Infinity);
      for (const line of element.querySelectorAll("figure[data-stages] .line")) {
        line.classList.toggle("lit", line.hasAttribute("data-lit"));
      }
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
  for (const figure of slide.querySelectorAll("figure[data-stages]")) lightStage(figure, step);
}

/**
 * Stage 0 is there from the start, stage k from step `data-first-step` + k − 1.
 * @param {Element} figure
 * @param {number} step
 */
function lightStage(figure, step) {
  const first = Number(figure.getAttribute("data-first-step") ?? 1);
  const stages = Number(figure.getAttribute("data-stages"));
  const stage = String(Math.max(0, Math.min(step - first + 1, stages - 1)));
  for (const line of figure.querySelectorAll(".line")) {
    const lit = (line.getAttribute("data-lit") ?? "").split(" ").includes(stage);
    line.classList.toggle("lit", lit);
  }
}
