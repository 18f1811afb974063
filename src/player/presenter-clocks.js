/**
 * The instruments: talk time, time left, questions, pace, time of day, and the time of the current slide.
 */

import { element } from "./panel.js";
import { fullness } from "./pace.js";
import { dayTimeText, timeText } from "./presenter-desk.js";

/** @typedef {import("./presenter-desk.js").Desk} Desk */
/** @typedef {ReturnType<typeof import("./presenter-pace.js").createTiming>} Timing */

/**
 * @param {Desk} desk
 * @param {Timing} timing
 */
export function createClocks(desk, timing) {
  const { labels, language } = desk;
  const talk = dial("talk", labels.elapsed);
  const left = dial("left", labels.left);
  const questions = dial("qa", labels.questionTime);
  const pace = dial("pace", labels.pace);
  const day = dial("day", labels.time);
  const clocks = element("div", { class: "presenter-clocks" }, ...[talk, left, pace, questions, day].map(({ box }) => box));

  timing.onTick((times) => {
    const { mode, budget, reserve } = times;
    const asking = mode === "question";
    const words = { idle: labels.notStarted, talk: labels.running, paused: labels.paused, question: labels.paused };
    say(talk.value, timeText(times.talk));
    say(talk.more, words[mode]);
    talk.box.dataset.mode = mode;
    left.box.hidden = budget === null;
    if (budget !== null) {
      say(left.value, timeText(budget - times.talk));
      say(left.more, `${labels.of} ${timeText(budget)}`);
      left.box.dataset.full = fullness(times.talk, budget);
    }
    questions.box.hidden = reserve === null && !asking && times.questions === 0;
    questions.box.classList.toggle("is-running", asking);
    say(questions.name, asking ? labels.inQuestion : labels.questionTime);
    say(questions.value, timeText(times.questions));
    say(questions.more, reserve === null ? "" : `${labels.of} ${timeText(reserve)}`);
    questions.box.dataset.full = reserve === null ? "" : fullness(times.questions, reserve);
    say(day.value, dayTimeText(times.moment, language));
  });
  timing.onPace((made) => {
    pace.box.hidden = made === null;
    if (!made) return;
    const idle = desk.store.state.clock.mode === "idle";
    pace.box.dataset.verdict = idle ? "" : made.verdict;
    const by = made.by >= 1 ? ` ${timeText(made.by)}` : "";
    say(pace.value, idle ? "–" : labels[made.verdict] + by);
    const end = made.moment + (made.end - made.gone) * 1000;
    say(pace.more, `${labels.ends} ${dayTimeText(end, language)} (${made.over > 0 ? "+" : ""}${timeText(made.over)})`);
    pace.more.dataset.full = made.over > 0 ? "over" : "";
  });
  return clocks;
}

/**
 * Tells screen readers the verdict when it becomes another one.
 * @param {Desk} desk
 * @param {Timing} timing
 */
export function announcePace({ store, labels }, timing) {
  const region = element("div", { class: "presenter-unseen presenter-text", role: "status", "aria-live": "polite" });
  let before = "";
  timing.onPace((pace) => {
    const verdict = pace && store.state.clock.mode !== "idle" ? pace.verdict : "";
    if (verdict !== before && pace && verdict) say(region, `${labels.pace}: ${labels[verdict]} ${timeText(pace.by)}`);
    before = verdict;
  });
  return region;
}

/**
 * The time of the current slide: used, planned, and both as a bar.
 * @param {Desk} desk
 * @param {Timing} timing
 */
export function createSlideTime({ labels }, timing) {
  const value = element("span", { class: "presenter-digits" });
  const fill = element("div", { class: "presenter-fill" });
  const bar = element("div", { class: "presenter-track", "aria-hidden": "true" }, fill);
  const box = element("div", { class: "presenter-slide-time presenter-text" }, element("span", {}, labels.budget), bar, value);
  timing.onTick(({ here, used }) => {
    const plan = here?.plan ?? 0;
    bar.hidden = plan === 0;
    say(value, plan ? `${timeText(used)} / ${timeText(plan)}` : timeText(used));
    box.dataset.full = fullness(used, plan);
    fill.style.transform = `scaleX(${plan ? Math.min(1, used / plan) : 0})`;
  });
  return box;
}

/**
 * @param {string} kind
 * @param {string} label
 */
function dial(kind, label) {
  const name = element("span", { class: "presenter-name" }, label);
  const value = element("span", { class: "presenter-value" });
  const more = element("span", { class: "presenter-more" });
  const box = element("div", { class: `presenter-dial is-${kind}`, role: "group", "aria-label": label }, name, value, more);
  return { box, name, value, more };
}

/**
 * Changes a text only when it is another one, so that nothing is drawn or read again for nothing.
 * @param {HTMLElement} element
 * @param {string} text
 */
function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
