/**
 * The talk's pace as the parts of the presenter view show it. The clocks run on by the second; the verdict is a
 * judgement that should not flicker, so it is made anew only when the slide, the plan or the clock's mode changes,
 * when the slide's time runs out, and then once a minute as long as the slide stays; while the clock stands, once a
 * minute too, as the end moves on with the time of day.
 */

import { elapsed, now } from "./clock.js";
import { paceAt, planOf } from "./pace.js";

/** @typedef {import("./presenter-desk.js").Desk} Desk */

/** @typedef {ReturnType<typeof paceAt> & { end: number, at: number, moment: number, gone: number }} Pace */

/** How often the clocks look what time it is, in milliseconds. */
const TICK = 250;

/** Seconds after which the verdict is made anew when the slide is late or the clock stands. */
const AGAIN = 60;

/**
 * @param {Desk} desk
 */
export function createTiming(desk) {
  const { store, skips } = desk;
  /** @type {((times: Times) => void)[]} */
  const tickers = [];
  /** @type {((pace: Pace | null) => void)[]} */
  const watchers = [];
  /** @type {ReturnType<typeof planOf>} */
  let plan = null;
  let round = "";

  const replan = () => {
    const slides = store.slides.map((_, index) => desk.factsOf(index));
    plan = planOf(slides, desk.speaker().budget, skips.all());
  };
  const times = () => timesOf(desk, plan);
  const judge = (/** @type {Times} */ { talk, at, moment }) => {
    const spent = (/** @type {string} */ id) => spentOn(desk, id, moment);
    const pace = plan && { ...paceAt(plan, at, talk, spent), at, moment, gone: talk };
    for (const watcher of watchers) watcher(pace);
  };
  const look = (/** @type {boolean} */ anew) => {
    const seen = times();
    for (const ticker of tickers) ticker(seen);
    const before = round;
    round = roundOf(seen);
    if (anew || round !== before) judge(seen);
  };
  replan();
  skips.subscribe(() => {
    replan();
    look(true);
  });
  setInterval(() => look(false), TICK);
  return {
    /** The plan with its slides; null without a budget. */
    plan: () => plan,
    times,
    /** @param {(times: Times) => void} ticker told a few times a second */
    onTick: (ticker) => void tickers.push(ticker),
    /** @param {(pace: Pace | null) => void} watcher told when the verdict was made anew */
    onPace: (watcher) => void watchers.push(watcher),
    /** Starts to tell; everyone listens by now. */
    start() {
      store.subscribe((state, before) => {
        if (state !== before && state.revision !== before.revision) replan();
        const { slide, revision, clock } = state;
        const same = slide === before.slide && revision === before.revision && clock.mode === before.clock.mode;
        look(state === before || !same || (clock.mode === "idle" && clock !== before.clock));
      });
    },
  };
}

/** @typedef {ReturnType<typeof timesOf>} Times */

/**
 * @param {Desk} desk
 * @param {ReturnType<typeof planOf>} plan
 */
function timesOf(desk, plan) {
  const { store } = desk;
  const { clock, slide } = store.state;
  const moment = now();
  const id = store.slides[slide].id;
  const { talk, questions, slide: used } = elapsed(clock, moment, id);
  const at = placeInPlan(desk, slide);
  const { budget, qa } = desk.speaker();
  return {
    moment,
    mode: clock.mode,
    talk: talk / 1000,
    questions: questions / 1000,
    used: used / 1000,
    at,
    here: plan && at === slide ? plan.slides[slide] : null,
    budget: typeof budget === "number" && budget > 0 ? budget : null,
    reserve: typeof qa === "number" && qa > 0 ? qa : null,
  };
}

/**
 * Backup slides have no place in the plan: the talk stands where it was left, at the last slide that was shown.
 * @param {Desk} desk
 * @param {number} slide
 */
function placeInPlan({ store }, slide) {
  if (slide < store.counted) return slide;
  const { slides } = store.state.clock;
  let at = store.counted - 1;
  while (at > 0 && !slides[store.slides[at].id]) at -= 1;
  return at;
}

/**
 * Seconds of talk on a slide so far.
 * @param {Desk} desk
 * @param {string} id
 * @param {number} moment
 */
export function spentOn({ store }, id, moment) {
  const { clock, slide } = store.state;
  if (store.slides[slide].id === id) return elapsed(clock, moment, id).slide / 1000;
  return (clock.slides[id] ?? 0) / 1000;
}

/**
 * What the verdict depends on while a slide stays: whether its time is used up, its planned end passed, and since
 * how many minutes; for a clock that stands the minute of the day.
 * @param {Times} times
 */
function roundOf({ here, used, talk, mode, moment }) {
  const minute = mode === "talk" ? "" : Math.floor(moment / 1000 / AGAIN);
  if (!here) return String(minute);
  const late = Math.max(used - here.plan, talk - here.end);
  return `${minute} ${used >= here.plan} ${talk > here.end} ${late > 0 ? Math.floor(late / AGAIN) : ""}`;
}
