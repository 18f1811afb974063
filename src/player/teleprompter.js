/**
 * The teleprompter: the notes of all slides as one large text that scrolls at the speed of speech, for recorded talks.
 * Each slide's notes pass in the time that it takes to say them, whatever room they need. The slides may follow
 * the text, and the text follows the slides when they are moved by hand.
 */

import { fillNotes } from "./notes.js";
import { dismissable, element } from "./panel.js";
import { keepSetting, setting } from "./presenter-settings.js";
import { createPrompterBar, rateRange } from "./teleprompter-bar.js";

/** @typedef {import("./presenter-desk.js").Desk} Desk */

/** Where the line to read stands, as a part of the height from above. */
const READING_LINE = 0.35;

/** The longest time between two pictures that is made up for, in milliseconds: a hidden window draws none. */
const LONGEST_GAP = 100;

/** @param {Desk} desk */
export function createTeleprompter(desk) {
  const { store, labels, language } = desk;
  const rates = rateRange(language);
  const set = {
    rate: setting(`rate-${language}`, rates.usual),
    size: setting("prompter", 48),
    mirror: setting("mirror", false),
    follow: setting("follow", true),
  };
  const text = element("div", { class: "teleprompter-text", role: "region", "aria-label": labels.notes, tabindex: "-1" });
  const view = element("div", { class: "teleprompter-view" }, text);
  const line = element("div", { class: "teleprompter-line", "aria-hidden": "true" });
  let runs = false;
  let at = 0;
  let drawn = 0;
  /** Where the text was put because of the slide: no reason to move the slide. */
  let put = -1;
  /** @type {Passage[]} */
  let passages = [];

  const apply = () => {
    text.style.setProperty("--player-prompter-size", `${set.size}px`);
    text.classList.toggle("is-mirrored", set.mirror);
    bar.show(set, runs);
  };
  /** @param {Partial<typeof set>} change */
  const change = (change) => {
    Object.assign(set, change);
    set.rate = Math.min(rates.most, Math.max(rates.least, set.rate));
    set.size = Math.min(120, Math.max(24, set.size));
    keepSetting(`rate-${language}`, set.rate);
    keepSetting("prompter", set.size);
    keepSetting("mirror", set.mirror);
    keepSetting("follow", set.follow);
    apply();
    if ("size" in change) scrollToSlide();
  };
  const run = (/** @type {boolean} */ on) => {
    runs = on && store.state.panel === "teleprompter";
    apply();
    if (!runs) return;
    at = view.scrollTop;
    drawn = performance.now();
    requestAnimationFrame(draw);
  };
  const bar = createPrompterBar(desk, { change, run: () => run(!runs), close: () => store.dismiss() });
  const dialog = element("dialog", { class: "teleprompter presenter-text", "aria-label": labels.teleprompter }, view, line, bar.element);

  /** @param {number} moment */
  function draw(moment) {
    if (!runs) return;
    const gap = Math.min(LONGEST_GAP, Math.max(0, moment - drawn));
    drawn = moment;
    // A scroll by hand goes on from where it led; the browser rounds what was set.
    if (Math.abs(view.scrollTop - at) > 2) at = view.scrollTop;
    at += (pixelsPerUnit(passages, lineIn(view)) * set.rate * gap) / 60_000;
    view.scrollTop = at;
    if (at >= view.scrollHeight - view.clientHeight) return run(false);
    requestAnimationFrame(draw);
  }

  const scrollToSlide = () => {
    const passage = passages.find(({ slide }) => slide >= store.state.slide) ?? passages[passages.length - 1];
    if (!passage) return;
    const { element } = markAt(passage, store.state.slide === passage.slide ? store.state.step : 0);
    at = Math.max(0, placeIn(view, element) - READING_LINE * view.clientHeight + 1);
    view.scrollTop = at;
    put = view.scrollTop;
  };
  view.addEventListener("scroll", () => {
    if (!set.follow || store.state.panel !== "teleprompter" || Math.abs(view.scrollTop - put) < 1) return;
    put = -1;
    const mark = markPassed(passages, view);
    if (!mark || (mark.slide === store.state.slide && mark.step === store.state.step)) return;
    if (mark.slide === store.state.slide && !mark.stepped) return;
    store.goTo(mark.slide, mark.step);
  });
  dialog.addEventListener("keydown", (event) => {
    // The focus leaves a closed dialog only when the page is drawn again.
    const act = dialog.open && actionOf(event, { store, set, change, run: () => run(!runs) });
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  });
  dismissable(dialog, store, "teleprompter");
  store.subscribe((state, before) => {
    const open = state.panel === "teleprompter";
    if (open && (!dialog.open || state.revision !== before.revision)) passages = fill(desk, text);
    if (open !== dialog.open) {
      run(false);
      if (!open) return dialog.close();
      dialog.showModal();
      apply();
      scrollToSlide();
      return view.focus();
    }
    if (!open || (state.slide === before.slide && state.step === before.step && state.revision === before.revision)) return;
    const mark = markPassed(passages, view);
    const same = mark?.slide === state.slide && (!mark.stepped || mark.step === state.step);
    if (!same) scrollToSlide();
  });
  apply();
  view.tabIndex = 0;
  return dialog;
}

/** @typedef {{ slide: number, element: HTMLElement, units: number, cues: { element: Element, step: number }[] }} Passage */

/**
 * One passage a slide that has notes.
 * @param {Desk} desk
 * @param {HTMLElement} text
 * @returns {Passage[]}
 */
function fill(desk, text) {
  const { store } = desk;
  const passages = store.slides.flatMap((entry, slide) => {
    const { notes, backup } = desk.factsOf(slide);
    if (!notes && (backup || desk.skips.all().has(entry.id))) return [];
    const body = element("div", { class: "teleprompter-notes" });
    fillNotes(body, notes ?? "", "");
    const heading = element("h2", {}, entry.title);
    const cues = [...body.querySelectorAll(".cue[data-click]")];
    return {
      slide,
      element: element("section", {}, heading, body),
      units: unitsIn(body.textContent ?? ""),
      cues: cues.map((cue) => ({ element: cue, step: Number(cue.getAttribute("data-click")) || 0 })),
    };
  });
  text.replaceChildren(...passages.map((passage) => passage.element));
  return passages;
}

/**
 * What is said one by one: characters of Chinese, Japanese and Korean, words of other languages.
 * @param {string} text
 */
function unitsIn(text) {
  const characters = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu;
  const words = text.replace(characters, " ").match(/[\p{L}\p{N}]+/gu);
  return (text.match(characters)?.length ?? 0) + (words?.length ?? 0);
}

/**
 * How far the text moves for one word or character, at the place being read.
 * @param {Passage[]} passages
 * @param {number} line
 */
function pixelsPerUnit(passages, line) {
  const passage = passages.findLast(({ element }) => element.getBoundingClientRect().top <= line) ?? passages[0];
  if (!passage) return 0;
  const height = passage.element.getBoundingClientRect().height;
  return height / Math.max(passage.units, height / 40);
}

/**
 * The slide and step whose words stand at the reading line; `stepped` when the notes say when to click.
 * @param {Passage[]} passages
 * @param {HTMLElement} view
 */
function markPassed(passages, view) {
  const line = lineIn(view);
  const passed = (/** @type {{ element: Element }} */ { element }) => element.getBoundingClientRect().top <= line;
  const passage = passages.findLast(passed);
  if (!passage) return null;
  return { slide: passage.slide, step: passage.cues.findLast(passed)?.step ?? 0, stepped: passage.cues.length > 0 };
}

/**
 * Where the notes go on after so many clicks.
 * @param {Passage} passage
 * @param {number} step
 * @returns {{ element: Element }}
 */
function markAt(passage, step) {
  return passage.cues.findLast((cue) => cue.step <= step) ?? passage;
}

/** @param {HTMLElement} view */
function lineIn(view) {
  return view.getBoundingClientRect().top + READING_LINE * view.clientHeight;
}

/**
 * @param {HTMLElement} view
 * @param {Element} element
 */
function placeIn(view, element) {
  return element.getBoundingClientRect().top - view.getBoundingClientRect().top + view.scrollTop;
}

/**
 * What a key does here: Space runs and stops, up and down change the speed, + and − the size, m mirrors,
 * s lets the slides follow; clickers and left and right go from slide to slide.
 * @param {KeyboardEvent} event
 * @param {{ store: Desk["store"], set: { rate: number, size: number, mirror: boolean, follow: boolean }, change: (change: object) => void, run: () => void }} prompter
 */
function actionOf(event, { store, set, change, run }) {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return null;
  const target = event.target instanceof HTMLElement ? event.target : null;
  if (target?.closest("input[type='range']") && event.key.startsWith("Arrow")) return null;
  if (event.key === " " && target?.closest("button, label")) return null;
  switch (event.key) {
    case " ":
      return run;
    case "ArrowUp":
      return () => change({ rate: set.rate + 10 });
    case "ArrowDown":
      return () => change({ rate: set.rate - 10 });
    case "+":
    case "=":
      return () => change({ size: set.size + 4 });
    case "-":
    case "−":
      return () => change({ size: set.size - 4 });
    case "m":
      return () => change({ mirror: !set.mirror });
    case "s":
      return () => change({ follow: !set.follow });
    case "ArrowRight":
    case "PageDown":
      return () => store.goTo(store.state.slide + 1);
    case "ArrowLeft":
    case "PageUp":
      return () => store.goTo(store.state.slide - 1);
    default:
      return null;
  }
}
