/**
 * Where the talk stands: the one home of the deck's state. Keys, links, touch and (from another
 * window) a presenter view change it through these functions; every view only listens.
 * It knows nothing of the DOM.
 */

/**
 * @typedef {object} SlideEntry
 * @property {string} id
 * @property {string} title
 * @property {number} steps clicks on this slide before the next one comes
 * @property {string} section
 * @property {boolean} backup comes after the end, not counted
 */

/**
 * @typedef {object} DeckState
 * @property {number} slide index of the current slide, from 0
 * @property {number} step clicks made on it, from 0
 * @property {"" | "black" | "white"} cover the blank screen over the deck
 * @property {"" | "overview" | "help"} panel the open dialog
 * @property {string} digits the slide number typed so far
 */

/**
 * @callback DeckListener
 * @param {DeckState} state
 * @param {DeckState} before the state it was in; the same object when first told
 */

/** @typedef {ReturnType<typeof createStore>} Store */

/** @param {SlideEntry[]} slides at least one */
export function createStore(slides) {
  const counted = slides.filter((slide) => !slide.backup).length || slides.length;
  /** @type {DeckListener[]} */
  const listeners = [];
  /** @type {DeckState} */
  let state = { slide: 0, step: 0, cover: "", panel: "", digits: "" };

  /** @param {Partial<DeckState>} change */
  function update(change) {
    const before = state;
    const after = { ...state, ...change };
    const keys = /** @type {(keyof DeckState)[]} */ (Object.keys(after));
    if (keys.every((key) => after[key] === before[key])) return;
    state = after;
    for (const listener of listeners) listener(after, before);
  }

  /**
   * Shows a slide with so many steps made; both are clamped, `Infinity` is the last. Lifts a blank screen.
   * @param {number} slide
   * @param {number} [step]
   */
  function goTo(slide, step = 0) {
    if (Number.isNaN(slide) || Number.isNaN(step)) return;
    const at = Math.trunc(Math.min(Math.max(slide, 0), slides.length - 1));
    const steps = Math.trunc(Math.min(Math.max(step, 0), slides[at].steps));
    update({ slide: at, step: steps, cover: "", digits: "" });
  }

  return {
    slides,
    /** How many slides count: all but the backup slides. */
    counted,
    get state() {
      return state;
    },
    /** @param {DeckListener} listener told at once and after every change */
    subscribe(listener) {
      listeners.push(listener);
      listener(state, state);
    },
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
    /** @param {"overview" | "help"} panel */
    togglePanel: (panel) => update({ panel: state.panel === panel ? "" : panel, cover: "", digits: "" }),
    /** Closes the dialog, lifts the blank screen and forgets typed digits. */
    dismiss: () => update({ panel: "", cover: "", digits: "" }),
    /** @param {string} digit */
    typeDigit: (digit) => update({ digits: (state.digits + digit).slice(-4) }),
    forgetDigits: () => update({ digits: "" }),
    /** Jumps to the slide whose number was typed. */
    jump() {
      if (state.digits) goTo(Number(state.digits) - 1);
    },
  };
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
