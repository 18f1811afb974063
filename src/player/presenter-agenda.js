/**
 * The sections planned beside what they took, and the optional slides that may be dropped when the time runs short.
 */

import { element } from "./panel.js";
import { cutsFor } from "./pace.js";
import { timeText } from "./presenter-desk.js";
import { spentOn } from "./presenter-pace.js";

/** @typedef {import("./presenter-desk.js").Desk} Desk */
/** @typedef {ReturnType<typeof import("./presenter-pace.js").createTiming>} Timing */

/** A section is over its plan when it took more than a tenth more. */
const SLACK = 1.1;

/**
 * @param {Desk} desk
 * @param {Timing} timing
 */
export function createAgenda(desk, timing) {
  const { store, labels } = desk;
  const body = element("tbody", {});
  const heads = [labels.section, labels.planned, labels.actual].map((head) => element("th", { scope: "col" }, head));
  const table = element("table", {}, element("thead", {}, element("tr", {}, ...heads)), body);
  const section = element(
    "details",
    { class: "presenter-agenda presenter-text", open: "" },
    element("summary", {}, element("h2", {}, labels.agenda)),
    element("div", { class: "presenter-scroll", role: "region", "aria-label": labels.agenda, tabindex: "0" }, table),
  );
  let drawn = "";
  timing.onTick(({ moment }) => {
    const sections = sectionsOf(desk, timing);
    section.hidden = sections.length === 0;
    const rows = sections.map(({ name, from, to, plan }) => {
      let spent = 0;
      for (let at = from; at <= to; at += 1) spent += spentOn(desk, store.slides[at].id, moment);
      const { slide } = store.state;
      const place = slide > to ? "passed" : slide < from ? "" : "now";
      return { name, place, planned: plan === null ? "" : timeText(Math.round(plan)), actual: spent ? timeText(spent) : "–", full: spent > (plan ?? Infinity) * SLACK ? "over" : "" };
    });
    const wanted = JSON.stringify(rows);
    if (wanted === drawn) return;
    const moved = !drawn || place(drawn) !== place(wanted);
    drawn = wanted;
    body.replaceChildren(
      ...rows.map(({ name, place, planned, actual, full }) => {
        const head = element("th", { scope: "row" }, name);
        const row = element("tr", { "data-place": place }, head, cell(planned), cell(actual));
        row.lastElementChild?.setAttribute("data-full", full);
        if (place === "now") row.setAttribute("aria-current", "true");
        return row;
      }),
    );
    if (moved) scrollToCurrent(body);
  });
  return section;
}

/**
 * Which row is the current one.
 * @param {string} drawn
 */
function place(drawn) {
  return JSON.parse(drawn).findIndex((/** @type {{ place: string }} */ row) => row.place === "now");
}

/** @param {HTMLElement} body */
function scrollToCurrent(body) {
  const row = body.querySelector("[aria-current]");
  const box = body.closest(".presenter-scroll");
  if (!(row instanceof HTMLElement) || !box) return;
  box.scrollTop = row.offsetTop - (box.clientHeight - row.offsetHeight) / 2;
}

/** @param {string} text */
function cell(text) {
  return element("td", { class: "presenter-digits" }, text);
}

/**
 * Runs of counted slides of one section, with the time planned for each.
 * @param {Desk} desk
 * @param {Timing} timing
 */
function sectionsOf({ store }, timing) {
  const plan = timing.plan();
  /** @type {{ name: string, from: number, to: number, plan: number | null }[]} */
  const sections = [];
  store.slides.slice(0, store.counted).forEach(({ section }, at) => {
    const last = sections[sections.length - 1];
    const time = plan ? (plan.slides[at]?.plan ?? 0) : null;
    if (!section) return;
    if (last?.name !== section || last.to !== at - 1) sections.push({ name: section, from: at, to: at, plan: time });
    else {
      last.to = at;
      if (last.plan !== null) last.plan += time ?? 0;
    }
  });
  return sections;
}

/**
 * The optional slides still to come, each with the time it would save; the fewest that bring the talk back into its
 * time are marked, and one press skips them.
 * @param {Desk} desk
 * @param {Timing} timing
 */
export function createCuts(desk, timing) {
  const { store, labels, skips } = desk;
  const advice = element("p", {});
  const skipAll = element("button", { type: "button" }, labels.cutAll);
  const hint = element("div", { class: "presenter-advice" }, advice, skipAll);
  const list = element("ul", {});
  const section = element("section", { class: "presenter-cuts presenter-text" }, element("h2", {}, labels.cuts), hint, list);
  section.setAttribute("aria-label", labels.cuts);
  /** @type {string[]} */
  let cuts = [];
  let drawn = "";
  skipAll.addEventListener("click", () => skips.set(cuts, true));
  timing.onPace((pace) => {
    const plan = timing.plan();
    const at = pace?.at ?? store.state.slide;
    cuts = plan && pace ? cutsFor(plan, at, pace) : [];
    const left = store.slides.flatMap((_, slide) => (slide > at && slide < store.counted && desk.factsOf(slide).optional ? [slide] : []));
    section.hidden = left.length === 0;
    hint.hidden = cuts.length === 0;
    if (plan && pace) {
      const saved = plan.slides.reduce((sum, { id, plan }) => sum + (cuts.includes(id) ? plan * pace.ratio : 0), 0);
      advice.textContent = labels.cutAdvice.replace("{over}", timeText(pace.over)).replace("{saved}", timeText(saved));
    }
    // A press is a click only when its button stays; a new verdict may come in between.
    const wanted = JSON.stringify(left.map((slide) => [slide, store.slides[slide], plan?.slides[slide].plan, skips.all().has(store.slides[slide].id), cuts]));
    if (wanted === drawn) return;
    drawn = wanted;
    const focused = [...list.querySelectorAll("button")].findIndex((button) => button === document.activeElement);
    list.replaceChildren(...left.map((slide) => cutItem(desk, slide, plan?.slides[slide].plan ?? 0, cuts)));
    if (focused >= 0) list.querySelectorAll("button")[focused]?.focus();
  });
  return section;
}

/**
 * @param {Desk} desk
 * @param {number} slide
 * @param {number} plan seconds
 * @param {string[]} cuts
 */
function cutItem({ store, labels, skips }, slide, plan, cuts) {
  const { id, title } = store.slides[slide];
  const skipped = skips.all().has(id);
  const word = skipped ? labels.skipped : labels.skip;
  const button = element("button", { type: "button", "aria-pressed": String(skipped), "aria-label": `${labels.skip}: ${title}` }, word);
  button.addEventListener("click", () => skips.set([id], !skipped));
  const name = element("span", { class: "presenter-title" }, `${slide + 1}  ${title}`);
  const time = element("span", { class: "presenter-digits" }, plan ? timeText(plan) : "");
  const item = element("li", {}, name, time, button);
  item.classList.toggle("is-skipped", skipped);
  item.classList.toggle("is-advised", cuts.includes(id));
  return item;
}
