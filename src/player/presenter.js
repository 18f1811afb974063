/**
 * The presenter view: what the audience sees and what comes next, the notes, the clocks and the plan. It takes the
 * place of the deck in its window; the slides stay out of the page and are copied into its frames.
 */

import { createGoto } from "./goto.js";
import { createHelp } from "./help.js";
import { controlLanguage, presenterLabels } from "./labels.js";
import { createNotes } from "./notes.js";
import { element } from "./panel.js";
import { createAgenda, createCuts } from "./presenter-agenda.js";
import { announcePace, createClocks, createSlideTime } from "./presenter-clocks.js";
import { createControls, createSchemeSwitch } from "./presenter-controls.js";
import { createSkips, readFacts } from "./presenter-desk.js";
import { createFrames } from "./presenter-frames.js";
import { createSlideList } from "./presenter-list.js";
import { createTiming } from "./presenter-pace.js";
import { createQuestions } from "./presenter-questions.js";
import { slideSize } from "./scale.js";
import { createTeleprompter } from "./teleprompter.js";

/** @typedef {import("./store.js").Store} Store */

/** Where the agenda is unfolded from the start. */
const WIDE = "(min-width: 1000px) and (min-height: 560px)";

/**
 * @typedef {object} Talk
 * @property {Store} store
 * @property {HTMLElement[]} elements the slides
 * @property {Record<string, any>} data what the page's data tells; changed in place when the talk changes
 * @property {import("./labels.js").Labels} labels
 * @property {{ send(kind: string, fields: object): void, peers(): { role: string }[] }} link
 */

/** @param {Talk} talk */
export function startPresenter({ store, elements, data, labels, link }) {
  const lang = String(data.lang || document.documentElement.lang);
  const words = { ...labels, ...presenterLabels };
  document.querySelector("main.deck")?.remove();
  /** @type {import("./presenter-desk.js").Desk} */
  const desk = { store, elements, labels: words, language: controlLanguage, skips: createSkips(store), ...readFacts(store, data) };
  const timing = createTiming(desk);

  const { current, next } = createFrames(desk, link);
  current.firstElementChild?.after(createSlideTime(desk, timing));
  const agenda = createAgenda(desk, timing);
  agenda.open = matchMedia(WIDE).matches;
  const side = element("div", { class: "presenter-side" }, agenda, createCuts(desk, timing));
  const notes = createNotes(desk);
  const main = element("main", { class: "presenter-main" }, current, next, side, notes, createQuestions(desk));
  const title = element("h1", { class: "presenter-unseen presenter-text" }, `${words.presenter}: ${data.title ?? document.title}`);
  const bar = element("header", { class: "presenter-bar presenter-text" }, title, createClocks(desk, timing));
  const root = element("div", { class: "presenter" }, bar, main);
  const size = slideSize();
  root.style.setProperty("--player-ratio", String(size.width / size.height));
  bar.append(createSchemeSwitch(desk, root));
  root.append(createControls(desk, timing, link), announcePace(desk, timing));
  root.append(createSlideList(desk, timing), createTeleprompter(desk));
  for (const text of root.querySelectorAll(".presenter-text")) text.setAttribute("lang", controlLanguage);
  // Notes and titles are in the language of the talk.
  for (const text of root.querySelectorAll(".presenter-notes-text, .presenter-title, .teleprompter-text")) text.setAttribute("lang", lang);
  store.subscribe((state) => {
    root.dataset.mode = state.clock.mode;
  });
  // A button that was clicked must not take the space bar from the slides; an armed one must notice.
  root.addEventListener("mousedown", (event) => {
    const pressed = event.target instanceof Element && event.target.closest("button, summary");
    if (pressed && !root.querySelector(".is-armed")) event.preventDefault();
  });
  document.body.append(root);
  createHelp(store, labels);
  createGoto(store, labels);
  document.title = `${words.presenter}: ${data.title ?? document.title}`;
  timing.start();
  return desk;
}
