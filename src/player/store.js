/**
 * Where the talk stands: the one home of the deck's state. Keys, links, touch and other windows change it
 * through these functions; every view only listens. It knows nothing of the DOM.
 */

import { idleClock, leaveSlide, notBefore, now, readClock, toggleQuestion, toggleTalk } from "./clock.js";

/** @typedef {import("./clock.js").ClockState} ClockState */

/**
 * @typedef {object} SlideEntry
 * @property {string} id
 * @property {string} title
 * @property {number} steps clicks on this slide before the next one comes
 * @property {string} section
 * @property {boolean} backup comes after the end, not counted
 */

/** @typedef {"" | "black" | "white"} Cover */

/**
 * @typedef {object} DeckState
 * @property {number} slide index of the current slide, from 0
 * @property {number} step clicks made on it, from 0
 * @property {Cover} cover the blank screen over the deck
 * @property {string} panel the open dialog, by its name; "" for none
 * @property {string} digits the slide number typed so far
 * @property {ClockState} clock
 * @property {"" | "laser" | "pen" | "zoom"} tool what the pointer is in this window
 * @property {number} revision grows when the slides themselves change
 */

/**
 * @callback DeckListener
 * @param {DeckState} state
 * @param {DeckState} before the state it was in; the same object when first told. Its `slide` counts among the
 * slides of then: after a change of `revision` it says nothing about those of now
 * @param {"own" | "adopted"} origin whether this window made the change or takes it over from another one
 */

/** @typedef {ReturnType<typeof createStore>} Store */

/**
 * @param {SlideEntry[]} slides at least one
 * @param {ClockState | null} [clock] how far it ran before the page was loaded again
 */
export function createStore(slides, clock) {
  let counted = countOf(slides);
  /** @type {DeckListener[]} */
  const listeners = [];
  /** @type {DeckState} */
  let state = { slide: 0, step: 0, cover: "", panel: "", digits: "", clock: clock ?? idleClock(), tool: "", revision: 0 };
  notBefore(state.clock.since);

  /**
   * @param {Partial<DeckState>} change
   * @param {"own" | "adopted"} [origin]
   */
  function update(change, origin = "own") {
    const before = state;
    const after = { ...state, ...change };
    const keys = /** @type {(keyof DeckState)[]} */ (Object.keys(after));
    if (keys.every((key) => after[key] === before[key])) return;
    state = after;
    for (const listener of listeners) listener(after, before, origin);
  }

  /**
   * The nearest place that there is; `Infinity` is the last step or slide.
   * @param {number} slide
   * @param {number} step
   */
  function placeAt(slide, step) {
    const at = Math.trunc(Math.min(Math.max(slide, 0), slides.length - 1));
    return { slide: at, step: Math.trunc(Math.min(Math.max(step, 0), slides[at].steps)) };
  }

  /**
   * Shows a slide with so many steps made. Lifts a blank screen. The time so far goes to the slide being left.
   * @param {number} slide
   * @param {number} [step]
   */
  function goTo(slide, step = 0) {
    if (Number.isNaN(slide) || Number.isNaN(step)) return;
    const place = placeAt(slide, step);
    const left = { id: slides[state.slide].id, first: state.slide === 0 };
    const clock = place.slide === state.slide ? state.clock : leaveSlide(state.clock, left, now());
    update({ ...place, cover: "", digits: "", clock });
  }

  const idOfSlide = () => slides[state.slide].id;

  return {
    get slides() {
      return slides;
    },
    /** How many slides count: all but the backup slides. */
    get counted() {
      return counted;
    },
    get state() {
      return state;
    },
    /** @param {DeckListener} listener told at once and after every change */
    subscribe(listener) {
      listeners.push(listener);
      listener(state, state, "own");
    },
    /**
     * The place where the page is opened: no slide is left for it, so no clock starts.
     * @param {number} slide
     * @param {number} step
     */
    openAt: (slide, step) => update(placeAt(slide, step)),
    /**
     * Takes over where another window stands; what is no slide, step, cover or clock here stays as it is.
     * @param {{ slide?: unknown, step?: unknown, cover?: unknown, clock?: unknown }} other
     */
    adopt(other) {
      /** @type {Partial<DeckState>} */
      const change = {};
      const slide = slides.findIndex((entry) => entry.id === other.slide);
      if (slide >= 0) Object.assign(change, placeAt(slide, Number(other.step) || 0));
      const cover = /** @type {Cover} */ (other.cover);
      if (["", "black", "white"].includes(cover)) change.cover = cover;
      const clock = readClock(other.clock);
      if (clock) {
        notBefore(clock.since);
        change.clock = clock;
      }
      update(change, "adopted");
    },
    /**
     * The slides have changed: stays on the same one, or if that is gone at the same place.
     * @param {SlideEntry[]} entries
     */
    replaceSlides(entries) {
      if (entries.length === 0) return;
      const same = entries.findIndex((entry) => entry.id === idOfSlide());
      slides = entries;
      counted = countOf(entries);
      update({ ...placeAt(same >= 0 ? same : state.slide, state.step), revision: state.revision + 1 });
    },
    /** Starts the talk's clock, pauses it or lets it go on. */
    toggleClock: () => update({ clock: toggleTalk(state.clock, idOfSlide(), now()) }),
    /** Stops the talk for a question, or goes on with it. */
    toggleQuestion: () => update({ clock: toggleQuestion(state.clock, idOfSlide(), now()) }),
    /** Forgets all times; only for a speaker who has confirmed it. */
    resetClock: () => update({ clock: idleClock() }),
    /** @param {DeckState["tool"]} tool */
    toggleTool: (tool) => update({ tool: state.tool === tool ? "" : tool, digits: "" }),
    goTo,
    /** One step on; from a blank screen back to where the talk stood. */
    next() {
      if (state.cover) return update({ cover: "" });
      if (state.step < slides[state.slide].steps) return goTo(state.slide, state.step + 1);
      if (state.slide + 1 < slides.length) goTo(state.slide + 1);
    },
    /** One step back; a slide entered backwards shows its last step. */
    previous() {
      if (state.cover) return update({ cover: "" });
      if (state.step > 0) return goTo(state.slide, state.step - 1);
      if (state.slide > 0) goTo(state.slide - 1, Infinity);
    },
    first: () => goTo(0),
    /** The last slide that counts: the end of the talk, not the backup slides behind it. */
    last: () => goTo(counted - 1),
    /** @param {"black" | "white"} cover */
    toggleCover: (cover) => update({ cover: state.cover === cover ? "" : cover, digits: "" }),
    /** @param {string} panel */
    togglePanel: (panel) => update({ panel: state.panel === panel ? "" : panel, cover: "", digits: "" }),
    /** Closes the dialog, lifts the blank screen, puts the tool away and forgets typed digits. */
    dismiss: () => update({ panel: "", cover: "", digits: "", tool: "" }),
    /** @param {string} digit */
    typeDigit: (digit) => update({ digits: (state.digits + digit).slice(-4) }),
    forgetDigits: () => update({ digits: "" }),
    /** Jumps to the slide whose number was typed. */
    jump() {
      if (state.digits) goTo(Number(state.digits) - 1);
    },
  };
}

/** @param {SlideEntry[]} slides */
function countOf(slides) {
  return slides.filter((slide) => !slide.backup).length || slides.length;
}

/**
 * How far the talk is, from 0 (first slide) to 1 (last step of the last counted slide): every click counts the same.
 * @param {Store} store
 */
export function progressOf(store) {
  const { slide, step } = store.state;
  if (slide >= store.counted) return 1;
  const clicks = (/** @type {number} */ end) =>
    store.slides.slice(0, end).reduce((sum, entry) => sum + entry.steps + 1, 0);
  const all = clicks(store.counted) - 1;
  return all > 0 ? (clicks(slide) + step) / all : 1;
}

/**
 * The number shown for a slide: its place among the counted ones, or among the backup slides.
 * @param {Store} store
 * @param {number} slide
 */
export function numberOf(store, slide) {
  return slide < store.counted ? slide + 1 : slide + 1 - store.counted;
}
