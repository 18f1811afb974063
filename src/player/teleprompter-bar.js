/**
 * The controls of the teleprompter.
 */

import { element, icon } from "./panel.js";

/** @typedef {import("./presenter-desk.js").Desk} Desk */
/** @typedef {{ rate: number, size: number, mirror: boolean, follow: boolean }} PrompterSettings */

/** Words a minute, for Chinese and Japanese characters. */
const RATES = {
  en: { least: 60, usual: 140, most: 300 },
  zh: { least: 80, usual: 200, most: 400 },
  ja: { least: 100, usual: 280, most: 500 },
};

/** @param {string} language */
export function rateRange(language) {
  return Object.entries(RATES).find(([primary]) => language.startsWith(primary))?.[1] ?? RATES.en;
}

/**
 * @param {Desk} desk
 * @param {{ change: (change: Partial<PrompterSettings>) => void, run: () => void, close: () => void }} prompter
 */
export function createPrompterBar({ labels, language }, { change, run, close }) {
  const rates = rateRange(language);
  const start = element("button", { type: "button", class: "is-main" });
  const rate = slider(rates.least, rates.most, 5);
  const size = slider(24, 120, 2);
  const mirror = element("input", { type: "checkbox" });
  const follow = element("input", { type: "checkbox" });
  const leave = element("button", { type: "button", class: "presenter-icon", "aria-label": labels.close, title: labels.close }, icon("M6 6l12 12M18 6L6 18"));
  const speed = element("output", { class: "presenter-digits" });
  start.addEventListener("click", run);
  leave.addEventListener("click", close);
  rate.addEventListener("input", () => change({ rate: rate.valueAsNumber }));
  size.addEventListener("input", () => change({ size: size.valueAsNumber }));
  mirror.addEventListener("change", () => change({ mirror: mirror.checked }));
  follow.addEventListener("change", () => change({ follow: follow.checked }));
  const bar = element(
    "div",
    { class: "teleprompter-bar", role: "toolbar", "aria-label": labels.teleprompter },
    start,
    element("label", {}, labels.speed, rate, speed),
    element("label", {}, labels.size, size),
    element("label", {}, mirror, labels.mirror),
    element("label", {}, follow, labels.follow),
    leave,
  );
  return {
    element: bar,
    /**
     * @param {PrompterSettings} set
     * @param {boolean} runs
     */
    show(set, runs) {
      start.textContent = runs ? labels.stop : labels.run;
      rate.value = String(set.rate);
      size.value = String(set.size);
      speed.textContent = `${set.rate} ${labels.perMinute}`;
      mirror.checked = set.mirror;
      follow.checked = set.follow;
    },
  };
}

/**
 * @param {number} min
 * @param {number} max
 * @param {number} step
 */
function slider(min, max, step) {
  return element("input", { type: "range", min: String(min), max: String(max), step: String(step) });
}
