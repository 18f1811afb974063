/**
 * What the parts of the presenter view share: the facts of each slide, the slides being skipped, the place of the
 * next click, and times as text.
 */

import { remember, recall } from "./memory.js";

/** @typedef {import("./store.js").Store} Store */
/** @typedef {import("./labels.js").Labels & import("./labels.js").PresenterLabels} Labels */

/** @typedef {{ ask: string, answer?: string, slide?: string, audience?: boolean }} Question sanitised HTML, the id of a slide, and whether the audience has asked it */

/**
 * @typedef {object} SlideFacts
 * @property {string} id
 * @property {boolean} [backup]
 * @property {boolean} [optional]
 * @property {number} [plan] seconds
 * @property {string} [notes] sanitised HTML
 * @property {Question[]} [questions]
 */

/** @typedef {{ budget?: number | null, qa?: number | null, questions?: Question[] }} SpeakerFacts */

/**
 * @typedef {object} Desk
 * @property {Store} store
 * @property {HTMLElement[]} elements the slides, none of them in the page
 * @property {Labels} labels
 * @property {string} language of the labels
 * @property {ReturnType<typeof createSkips>} skips
 * @property {() => SpeakerFacts} speaker
 * @property {(slide: number) => SlideFacts} factsOf
 */

/**
 * The facts of the talk as the page's data tells them now: a live update puts new ones in the place of the old.
 * @param {Store} store
 * @param {{ slides?: unknown, speaker?: unknown }} data
 */
export function readFacts(store, data) {
  /** @type {unknown} */
  let read;
  /** @type {Map<string, SlideFacts>} */
  let known = new Map();
  return {
    /** @returns {SpeakerFacts} */
    speaker: () => /** @type {SpeakerFacts} */ (data.speaker ?? {}),
    /** @param {number} slide @returns {SlideFacts} */
    factsOf(slide) {
      if (read !== data.slides) {
        read = data.slides;
        known = new Map((Array.isArray(read) ? read : []).map((facts) => [facts.id, facts]));
      }
      const { id, backup } = store.slides[slide];
      return { ...known.get(id), id, backup };
    },
  };
}

/**
 * The optional slides that the speaker has decided to skip. The decks know nothing of it: when a step leads onto
 * such a slide, this window takes them all one slide further in the same direction.
 * @param {Store} store
 */
export function createSkips(store) {
  const kept = recall("skipped");
  let ids = new Set(Array.isArray(kept) ? kept.map(String) : []);
  /** @type {(() => void)[]} */
  const listeners = [];
  store.subscribe((state, before) => {
    const move = state.revision === before.revision ? state.slide - before.slide : 0;
    if (Math.abs(move) !== 1 || !ids.has(store.slides[state.slide].id)) return;
    // Those who listen are still being told of the slide to be skipped.
    queueMicrotask(() => {
      const to = state.slide + move;
      if (store.state.slide !== state.slide || to < 0 || to >= store.slides.length) return;
      store.goTo(to, move < 0 ? Infinity : 0);
    });
  });
  return {
    /** @returns {ReadonlySet<string>} */
    all: () => ids,
    /**
     * @param {string[]} changed
     * @param {boolean} on
     */
    set(changed, on) {
      ids = new Set(ids);
      for (const id of changed) ids[on ? "add" : "delete"](id);
      remember("skipped", [...ids]);
      for (const listener of listeners) listener();
    },
    /** @param {() => void} listener */
    subscribe: (listener) => void listeners.push(listener),
  };
}

/**
 * Goes to a slide that was chosen by name, be it one to skip.
 * @param {Desk} desk
 * @param {number} slide
 */
export function jumpTo({ store, skips }, slide) {
  const { id } = store.slides[slide];
  if (skips.all().has(id)) skips.set([id], false);
  store.goTo(slide);
}

/**
 * Where the next click leads; null at the end.
 * @param {Desk} desk
 */
export function placeAfter({ store, skips }) {
  const { slide, step } = store.state;
  if (step < store.slides[slide].steps) return { slide, step: step + 1 };
  let next = slide + 1;
  while (next < store.slides.length && skips.all().has(store.slides[next].id)) next += 1;
  return next < store.slides.length ? { slide: next, step: 0 } : null;
}

/**
 * `m:ss` or `h:mm:ss`, with a minus below zero.
 * @param {number} seconds
 */
export function timeText(seconds) {
  const whole = Math.floor(Math.abs(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (/** @type {number} */ value) => String(value).padStart(2, "0");
  const text = hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
  return seconds < 0 && whole > 0 ? `−${text}` : text;
}

/**
 * The time of day as the language writes it, without seconds.
 * @param {number} moment milliseconds since 1970
 * @param {string} language
 */
export function dayTimeText(moment, language) {
  return new Date(moment).toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit", hour12: false });
}
