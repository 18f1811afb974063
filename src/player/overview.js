/**
 * The overview: all slides as a grid of small pictures with their titles, chosen by arrow keys, mouse or touch,
 * and filtered by a search in the titles. The pictures are the slides themselves, lent to the grid while it is open:
 * a copy would double every id and every picture. So nothing around them may be inherited or be a list.
 */

import { createPanel, element } from "./panel.js";
import { numberOf } from "./store.js";
import { slideSize } from "./scale.js";

/** @typedef {import("./store.js").Store} Store */
/** @typedef {import("./labels.js").Labels} Labels */

/**
 * @typedef {object} Card
 * @property {HTMLDivElement} item
 * @property {HTMLDivElement} frame holds the slide while the overview is open
 * @property {HTMLButtonElement} button
 */

/**
 * @param {Store} store
 * @param {HTMLElement} deck
 * @param {HTMLElement[]} slides
 * @param {Labels} labels
 */
export function createOverview(store, deck, slides, labels) {
  const { dialog, bar, close } = createPanel(store, "overview", labels);
  const search = element("input", { type: "search", placeholder: labels.search, "aria-label": labels.search });
  const grid = element("div", { class: "overview-grid", role: "list" });
  const none = element("p", { class: "overview-none", role: "status" });
  let size = slideSize();
  /** @type {Card[]} */
  let cards = [];
  let builtFor = -1;
  bar.insertBefore(search, close);
  dialog.append(grid, none);

  const build = () => {
    if (builtFor === store.state.revision) return;
    builtFor = store.state.revision;
    cards = slides.map((_, index) => createCard(store, index, labels));
    size = slideSize();
    grid.style.setProperty("--player-ratio", `${size.width} / ${size.height}`);
  };
  const lend = () => {
    slides.forEach((slide, index) => cards[index].frame.append(slide));
    grid.replaceChildren(...cards.map((card) => card.item));
  };
  const filter = () => {
    const found = filterCards(cards, store, search.value);
    none.textContent = found ? "" : labels.noMatch;
  };
  const scale = () => {
    const width = cards.find((card) => !card.item.hidden)?.frame.clientWidth;
    if (width) grid.style.setProperty("--player-scale", String(width / size.width));
  };
  const mark = () => {
    cards.forEach(({ button }, index) => button.setAttribute("aria-current", String(index === store.state.slide)));
  };
  search.addEventListener("input", filter);
  new ResizeObserver(scale).observe(grid);
  dialog.addEventListener("keydown", (event) => {
    // The focus leaves a closed dialog only when the page is drawn again.
    if (dialog.open) moveInGrid(event, cards, grid, search);
  });
  addEventListener("beforeprint", () => {
    if (store.state.panel) store.dismiss();
  });
  let lent = false;
  store.subscribe((state) => {
    const open = state.panel === "overview";
    if (open && lent && builtFor !== state.revision) {
      const focused = cards.findIndex(({ button }) => button === document.activeElement);
      build();
      lend();
      filter();
      mark();
      scale();
      if (focused >= 0) focusCard(cards[Math.min(focused, cards.length - 1)]);
    }
    if (open === lent) return;
    lent = open;
    if (!open) {
      deck.append(...slides);
      return dialog.close();
    }
    build();
    lend();
    search.value = "";
    filter();
    mark();
    dialog.showModal();
    scale();
    focusCard(cards[state.slide]);
  });
}

/**
 * @param {Store} store
 * @param {number} index
 * @param {Labels} labels
 * @returns {Card}
 */
function createCard(store, index, labels) {
  const { title, section, backup } = store.slides[index];
  const frame = element("div", { class: "overview-frame" });
  frame.inert = true;
  const number = backup ? `${labels.backup} ${numberOf(store, index)}` : String(numberOf(store, index));
  const button = element(
    "button",
    { type: "button" },
    element("span", { class: "overview-number" }, number),
    element("span", { class: "overview-title" }, title),
  );
  if (section && section !== store.slides[index - 1]?.section) {
    button.append(element("span", { class: "overview-section" }, section));
  }
  const item = element("div", { class: "overview-card", role: "listitem" }, frame, button);
  item.addEventListener("click", () => {
    store.goTo(index);
    store.dismiss();
  });
  return { item, frame, button };
}

/**
 * Leaves the cards whose title or number has the words; says how many they are.
 * @param {Card[]} cards
 * @param {Store} store
 * @param {string} query
 */
function filterCards(cards, store, query) {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return cards.filter((card, index) => {
    const { title } = store.slides[index];
    const text = `${numberOf(store, index)} ${title}`.toLowerCase();
    card.item.hidden = !words.every((word) => text.includes(word));
    return !card.item.hidden;
  }).length;
}

/**
 * Arrows, Home and End move over the cards; `/` goes to the search, Enter there takes the first card found.
 * @param {KeyboardEvent} event
 * @param {Card[]} cards
 * @param {HTMLElement} grid
 * @param {HTMLInputElement} search
 */
function moveInGrid(event, cards, grid, search) {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  const found = cards.filter((card) => !card.item.hidden);
  if (event.target === search) {
    if (event.key === "Enter") found[0]?.item.click();
    else if (event.key === "ArrowDown") focusCard(found[0]);
    else if (event.key === "Escape" && search.value) {
      search.value = "";
      search.dispatchEvent(new Event("input"));
    } else return;
    return event.preventDefault();
  }
  if (event.key === "/") {
    event.preventDefault();
    return search.focus();
  }
  const at = found.findIndex((card) => card.button === document.activeElement);
  const to = cardAfterKey(event.key, at, found.length, columnsOf(grid));
  if (to === null) return;
  event.preventDefault();
  if (to < 0) search.focus();
  else focusCard(found[Math.min(to, found.length - 1)]);
}

/**
 * The place of the card that a key leads to; below 0 above the first row, null when the key means nothing here.
 * @param {string} key
 * @param {number} at
 * @param {number} count
 * @param {number} columns
 */
function cardAfterKey(key, at, count, columns) {
  switch (key) {
    case "ArrowRight":
    case "PageDown":
      return at + 1;
    case "ArrowLeft":
    case "PageUp":
      return Math.max(0, at - 1);
    case "ArrowDown":
      return at + columns;
    case "ArrowUp":
      return at - columns;
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return null;
  }
}

/** @param {HTMLElement} grid */
function columnsOf(grid) {
  return getComputedStyle(grid).gridTemplateColumns.split(" ").length;
}

/** @param {Card | undefined} card */
function focusCard(card) {
  card?.button.focus();
  card?.item.scrollIntoView({ block: "nearest" });
}
