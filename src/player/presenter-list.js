/**
 * The list of all slides: found by number, title or section, chosen by key or click, with the time each was given and
 * took. It takes the place that the overview has in the deck.
 */

import { dismissable, element, icon } from "./panel.js";
import { jumpTo, timeText } from "./presenter-desk.js";
import { spentOn } from "./presenter-pace.js";
import { numberOf } from "./store.js";

/** @typedef {import("./presenter-desk.js").Desk} Desk */
/** @typedef {ReturnType<typeof import("./presenter-pace.js").createTiming>} Timing */

/**
 * @param {Desk} desk
 * @param {Timing} timing
 */
export function createSlideList(desk, timing) {
  const { store, labels } = desk;
  const search = element("input", { type: "search", placeholder: labels.search, "aria-label": labels.search });
  const close = element("button", { type: "button", class: "presenter-icon", "aria-label": labels.close, title: labels.close }, icon("M6 6l12 12M18 6L6 18"));
  const head = element("div", { class: "presenter-head" }, element("h2", {}, labels.slides), search, close);
  const list = element("ol", { class: "presenter-slide-list" });
  const none = element("p", { class: "presenter-none", role: "status" });
  const dialog = element("dialog", { class: "presenter-dialog presenter-text", "aria-label": labels.slides }, head, list, none);
  close.addEventListener("click", store.dismiss);
  dismissable(dialog, store, "overview");
  const buttons = () => [...list.querySelectorAll("button")].filter((button) => !button.parentElement?.hidden);
  const filter = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const item of list.children) {
      const text = item.textContent?.toLowerCase() ?? "";
      /** @type {HTMLElement} */ (item).hidden = !words.every((word) => text.includes(word));
    }
    none.textContent = buttons().length ? "" : labels.noMatch;
  };
  search.addEventListener("input", filter);
  dialog.addEventListener("keydown", (event) => {
    // The focus leaves a closed dialog only when the page is drawn again.
    if (dialog.open) moveInList(event, buttons(), search);
  });
  store.subscribe((state, before) => {
    const open = state.panel === "overview";
    if (open && (!dialog.open || state.revision !== before.revision)) {
      list.replaceChildren(...store.slides.map((_, slide) => listItem(desk, timing, slide)));
      filter();
    }
    if (open === dialog.open) return;
    if (!open) return dialog.close();
    search.value = "";
    filter();
    dialog.showModal();
    const current = list.querySelector("[aria-current]");
    if (current instanceof HTMLElement) current.focus();
  });
  return dialog;
}

/**
 * @param {Desk} desk
 * @param {Timing} timing
 * @param {number} slide
 */
function listItem(desk, timing, slide) {
  const { store, labels } = desk;
  const { id, title, section, backup } = store.slides[slide];
  const number = `${backup ? `${labels.backup} ` : ""}${numberOf(store, slide)}`;
  const spent = spentOn(desk, id, timing.times().moment);
  const plan = timing.plan()?.slides[slide]?.plan;
  const times = [spent ? timeText(spent) : "", plan ? timeText(plan) : ""].filter(Boolean).join(" / ");
  const marks = desk.skips.all().has(id) ? labels.skipped : section;
  const button = element(
    "button",
    { type: "button" },
    element("span", { class: "presenter-number" }, number),
    element("span", { class: "presenter-title" }, title),
    element("span", { class: "presenter-more" }, marks),
    element("span", { class: "presenter-digits" }, times),
  );
  if (slide === store.state.slide) button.setAttribute("aria-current", "true");
  button.addEventListener("click", () => {
    jumpTo(desk, slide);
    store.dismiss();
  });
  return element("li", {}, button);
}

/**
 * Arrows, Home and End move; typing searches; Enter in the search takes the first slide found.
 * @param {KeyboardEvent} event
 * @param {HTMLButtonElement[]} found
 * @param {HTMLInputElement} search
 */
function moveInList(event, found, search) {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = event.target === search;
  const at = found.findIndex((button) => button === document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: typing ? undefined : 0, End: typing ? undefined : found.length - 1 }[event.key];
  if (to !== undefined) (to < 0 ? search : found[Math.min(to, found.length - 1)])?.focus();
  else if (typing && event.key === "Enter") found[0]?.click();
  else if (!typing && event.key === "/") search.focus();
  else return;
  event.preventDefault();
}
