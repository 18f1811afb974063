/**
 * The talk's clock as plain values: a state, a moment and what happened give the next state. Time runs while a
 * talk is given and while questions are answered, never both. Only the slide being shown is charged for talk time.
 */

/**
 * @typedef {object} ClockState
 * @property {"idle" | "talk" | "paused" | "question"} mode
 * @property {"idle" | "talk" | "paused"} back the mode after the question
 * @property {number} since the moment from which the present mode still has to be counted
 * @property {number} talk milliseconds of talk before `since`
 * @property {number} questions milliseconds of questions before `since`
 * @property {Record<string, number>} slides milliseconds of talk on each slide before `since`, by its id
 */

/** How far the steady clock may fall behind the computer's before the computer is taken to have slept. */
const SLEEP = 10_000;

/** A moment farther ahead than this is no other window's present. */
const DAY = 86_400_000;

/** What has to be added to this window's steady clock: it stands while the computer sleeps. */
let ahead = 0;

/** Milliseconds since 1970, the same in all windows of a computer; never runs backwards. */
export function now() {
  const steady = performance.timeOrigin + performance.now();
  const late = Date.now() - steady;
  if (late > ahead + SLEEP) ahead = late;
  return Math.round(steady + ahead);
}

/**
 * Takes note that another window has seen this moment.
 * @param {number} moment
 */
export function notBefore(moment) {
  const gap = moment - now();
  if (gap > 0 && gap < DAY) ahead += gap;
}

/** @returns {ClockState} */
export function idleClock() {
  return { mode: "idle", back: "idle", since: 0, talk: 0, questions: 0, slides: {} };
}

/**
 * Times in milliseconds at a moment; `slide` is the talk time of the slide being shown, all visits together.
 * @param {ClockState} clock
 * @param {number} moment
 * @param {string} [id] the slide being shown; without it `slide` is the time since the last change
 */
export function elapsed(clock, moment, id) {
  const { talk, questions, slides } = id === undefined ? clock : settle(clock, id, moment);
  if (id !== undefined) return { talk, questions, slide: timeOn(slides, id) };
  const running = Math.max(0, moment - clock.since);
  return {
    talk: talk + (clock.mode === "talk" ? running : 0),
    questions: questions + (clock.mode === "question" ? running : 0),
    slide: clock.mode === "talk" ? running : 0,
  };
}

/**
 * Another slide comes: what ran is charged to the one being left. Leaving the first slide starts the talk.
 * @param {ClockState} clock
 * @param {{ id: string, first: boolean }} slide the one being left
 * @param {number} moment
 * @returns {ClockState}
 */
export function leaveSlide(clock, { id, first }, moment) {
  if (clock.mode === "idle") return first ? { ...clock, mode: "talk", since: moment } : clock;
  if (clock.mode === "paused") return clock;
  if (clock.mode === "question") return first && clock.back === "idle" ? { ...clock, back: "talk" } : clock;
  return settle(clock, id, moment);
}

/**
 * Starts, pauses or goes on; ends a question.
 * @param {ClockState} clock
 * @param {string} id the slide being shown
 * @param {number} moment
 * @returns {ClockState}
 */
export function toggleTalk(clock, id, moment) {
  return { ...settle(clock, id, moment), mode: clock.mode === "talk" ? "paused" : "talk" };
}

/**
 * A question stops the talk; its end brings back what was before.
 * @param {ClockState} clock
 * @param {string} id the slide being shown
 * @param {number} moment
 * @returns {ClockState}
 */
export function toggleQuestion(clock, id, moment) {
  const settled = settle(clock, id, moment);
  if (clock.mode === "question") return { ...settled, mode: clock.back };
  return { ...settled, mode: "question", back: clock.mode };
}

/**
 * A clock that was stored or sent, if it is one.
 * @param {unknown} value
 * @returns {ClockState | null}
 */
export function readClock(value) {
  if (!value || typeof value !== "object") return null;
  const { mode, back, since, talk, questions, slides } = /** @type {Record<string, any>} */ (value);
  const modes = ["idle", "talk", "paused", "question"];
  if (!modes.includes(mode) || !Number.isFinite(since) || ![talk, questions].every(isTime)) return null;
  const known = Object.entries(slides && typeof slides === "object" ? slides : {}).filter(([, time]) => isTime(time));
  const before = back !== "question" && modes.includes(back) ? back : "talk";
  return { mode, back: before, since, talk, questions, slides: Object.fromEntries(known) };
}

/** @param {unknown} value */
function isTime(value) {
  return typeof value === "number" && Number.isFinite(value) && value >= 0;
}

/**
 * Moves the time since the last change into the sums.
 * @param {ClockState} clock
 * @param {string} id
 * @param {number} moment
 * @returns {ClockState}
 */
function settle(clock, id, moment) {
  const running = Math.max(0, moment - clock.since);
  const since = Math.max(moment, clock.since);
  if (clock.mode === "question") return { ...clock, since, questions: clock.questions + running };
  if (clock.mode !== "talk") return { ...clock, since };
  const slides = { ...clock.slides, [id]: timeOn(clock.slides, id) + running };
  return { ...clock, since, talk: clock.talk + running, slides };
}

/**
 * @param {Record<string, number>} slides
 * @param {string} id
 */
function timeOn(slides, id) {
  return Object.hasOwn(slides, id) ? slides[id] : 0;
}
