/**
 * A small field that leads to a slide by its number or a part of its title.
 */

import { createPanel, element } from "./panel.js";
import { numberOf } from "./store.js";

/** @typedef {import("./store.js").Store} Store */
/** @typedef {import("./labels.js").Labels} Labels */

/** How many slides are offered. */
const MOST = 7;

/**
 * @param {Store} store
 * @param {Labels} labels
 */
export function createGoto(store, labels) {
  const { dialog, bar } = createPanel(store, "goto", labels);
  const field = element("input", { type: "text", placeholder: labels.numberOrTitle, "aria-label": labels.goto, autocomplete: "off", spellcheck: "false" });
  const list = element("div", { class: "goto-list", role: "list" });
  const none = element("p", { class: "overview-none", role: "status" });
  bar.replaceChildren(field);
  dialog.append(list, none);

  const offer = () => {
    const found = findPlaces(store, field.value);
    list.replaceChildren(...found.slice(0, MOST).map((slide) => placeButton(store, labels, slide)));
    none.textContent = found.length || !field.value.trim() ? "" : labels.noMatch;
  };
  field.addEventListener("input", offer);
  dialog.addEventListener("keydown", (event) => {
    // The focus leaves a closed dialog only when the page is drawn again.
    if (!dialog.open || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const buttons = [...list.querySelectorAll("button")];
    const at = buttons.findIndex((button) => button === document.activeElement);
    if (event.key === "Enter" && at < 0) {
      if (!field.value.trim()) return store.dismiss();
      buttons[0]?.click();
    } else if (event.key === "ArrowDown") buttons[at + 1]?.focus();
    else if (event.key === "ArrowUp") (buttons[at - 1] ?? field).focus();
    else return;
    event.preventDefault();
  });
  store.subscribe((state) => {
    const open = state.panel === "goto";
    if (open === dialog.open) return;
    if (!open) return dialog.close();
    field.value = "";
    offer();
    dialog.showModal();
    field.focus();
  });
}

/**
 * The slides that are meant: the one with this number first, then those whose titles have the words.
 * @param {Store} store
 * @param {string} query
 */
function findPlaces(store, query) {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const places = store.slides.map((_, index) => index);
  const numbered = words.length === 1 && /^\d+$/.test(words[0]) ? places.filter((index) => index + 1 === Number(words[0])) : [];
  const titled = places.filter((index) => words.every((word) => store.slides[index].title.toLowerCase().includes(word)));
  return [...new Set([...numbered, ...titled])];
}

/**
 * @param {Store} store
 * @param {Labels} labels
 * @param {number} slide
 */
function placeButton(store, labels, slide) {
  const { title, backup } = store.slides[slide];
  const number = `${backup ? `${labels.backup} ` : ""}${numberOf(store, slide)}`;
  const button = element("button", { type: "button" }, element("span", { class: "overview-number" }, number), element("span", {}, title));
  button.addEventListener("click", () => {
    store.goTo(slide);
    store.dismiss();
  });
  return element("div", { role: "listitem" }, button);
}
