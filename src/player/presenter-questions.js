/**
 * Questions the speaker has prepared for: those of the current slide, or all of them, which is what a round of
 * questions needs. The answers unfold.
 */

import { element } from "./panel.js";
import { jumpTo } from "./presenter-desk.js";

/** @typedef {import("./presenter-desk.js").Desk} Desk */
/** @typedef {import("./presenter-desk.js").Question} Question */

/** @param {Desk} desk */
export function createQuestions(desk) {
  const { store, labels } = desk;
  let all = false;
  const here = element("button", { type: "button", "aria-pressed": "true" });
  const every = element("button", { type: "button", "aria-pressed": "false" });
  const head = element("div", { class: "presenter-head" }, element("h2", {}, labels.questions), here, every);
  const list = element("div", { class: "presenter-scroll", role: "region", "aria-label": labels.questions, tabindex: "0" });
  const section = element("section", { class: "presenter-questions presenter-text" }, head, list);
  section.setAttribute("aria-label", labels.questions);

  let shown = "";
  const show = () => {
    const { slide, revision } = store.state;
    const known = knownQuestions(desk);
    const own = known.filter((question) => question.from === slide || question.to === slide);
    section.hidden = known.length === 0;
    section.classList.toggle("is-short", !all && own.length === 0);
    here.textContent = `${labels.ofThisSlide} ${own.length}`;
    every.textContent = `${labels.all} ${known.length}`;
    here.setAttribute("aria-pressed", String(!all));
    every.setAttribute("aria-pressed", String(all));
    const wanted = `${revision} ${all ? "" : slide}`;
    if (wanted === shown) return;
    shown = wanted;
    const chosen = all ? [...own, ...known.filter((question) => !own.includes(question))] : own;
    list.replaceChildren(...chosen.map((question) => questionItem(desk, question)));
    list.scrollTop = 0;
  };
  here.addEventListener("click", () => {
    all = false;
    show();
  });
  every.addEventListener("click", () => {
    all = true;
    show();
  });
  store.subscribe((state, before) => {
    const asking = state.clock.mode === "question";
    if (state === before ? asking : asking !== (before.clock.mode === "question")) all = asking;
    show();
  });
  return section;
}

/** @typedef {Question & { from: number, to: number }} KnownQuestion the slides it belongs to and that answers it; -1 for none */

/**
 * @param {Desk} desk
 * @returns {KnownQuestion[]}
 */
export function knownQuestions(desk) {
  const { store } = desk;
  const indexOf = (/** @type {string | undefined} */ id) => (id ? store.slides.findIndex((slide) => slide.id === id) : -1);
  const known = (/** @type {Question[] | undefined} */ questions, /** @type {number} */ from) =>
    (questions ?? []).map((question) => ({ ...question, from, to: indexOf(question.slide) }));
  return [...store.slides.flatMap((_, at) => known(desk.factsOf(at).questions, at)), ...known(desk.speaker().questions, -1)];
}

/**
 * @param {Desk} desk
 * @param {KnownQuestion} question
 */
function questionItem(desk, { ask, answer, from, to, audience }) {
  const summary = element("summary", {});
  summary.innerHTML = ask;
  if (audience) summary.append(" ", element("small", {}, desk.labels.asked));
  const item = element("details", {}, summary);
  if (answer) {
    const text = element("div", { class: "presenter-answer" });
    text.innerHTML = answer;
    item.append(text);
  }
  const target = to >= 0 ? to : from;
  if (target >= 0 && target !== desk.store.state.slide) {
    const { title } = desk.store.slides[target];
    const go = element("button", { type: "button" }, `${desk.labels.goToAnswer}: ${title}`);
    go.addEventListener("click", () => jumpTo(desk, target));
    item.append(go);
  }
  return item;
}
