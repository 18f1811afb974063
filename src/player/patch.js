/**
 * Brings new slides into the page: only those that changed, each where the old one is, be that the deck, the overview or a
 * presenter's window. Either all of the news is taken or nothing.
 */

import { readSlides } from "./slides.js";

/** @typedef {import("./store.js").Store} Store */
/** @typedef {import("./slides.js").DeckData} DeckData */

/**
 * @typedef {object} Page
 * @property {Store} store
 * @property {HTMLElement} deck
 * @property {HTMLElement[]} elements the slides in order, changed in place
 * @property {DeckData} data what the page knows about the talk, changed in place
 */

/**
 * @param {Page} page
 * @param {any} news the new data, style and order, and the changed slides as HTML by their ids
 * @returns {boolean} false when the news is broken or tells of slides that are not here; nothing has changed then
 */
export function applyDeck({ store, deck, elements, data }, news) {
  const known = new Map(elements.map((element) => [element.id, element]));
  const order = Array.isArray(news.order) ? news.order : [];
  const fresh = order.map((/** @type {string} */ id) => parse(news.slides?.[id], id) ?? known.get(id));
  const isWhole = fresh.length > 0 && new Set(order).size === order.length && fresh.every(Boolean);
  if (!isWhole || !news.data || typeof news.data !== "object") return false;

  changeStyle(news.css);
  const kept = new Set(fresh);
  // A slide with another id at the same place is the same slide with another heading.
  fresh.forEach((/** @type {HTMLElement} */ element, /** @type {number} */ index) => {
    const old = known.get(element.id) ?? (elements[index] && !order.includes(elements[index].id) ? elements[index] : undefined);
    if (old && old !== element && !kept.has(old)) old.replaceWith(element);
  });
  for (const old of elements) if (!kept.has(old)) old.remove();
  const away = elements.some((element) => element.isConnected && element.parentElement !== deck);
  elements.splice(0, elements.length, ...fresh);
  if (!away) putInOrder(deck, elements);
  renew(data, news.data);
  store.replaceSlides(readSlides(elements, data));
  return true;
}

/**
 * The slide that HTML from our own build describes.
 * @param {unknown} html
 * @param {string} id
 */
function parse(html, id) {
  if (typeof html !== "string") return undefined;
  const template = document.createElement("template");
  template.innerHTML = html;
  const slide = template.content.firstElementChild;
  return slide instanceof HTMLElement && slide.id === id && slide.classList.contains("slide") ? slide : undefined;
}

/** @param {unknown} css */
function changeStyle(css) {
  const style = document.head.querySelector("style.deck-style");
  if (typeof css === "string" && style && style.textContent !== css) style.textContent = css;
}

/**
 * Moves only what is not in its place.
 * @param {HTMLElement} deck
 * @param {HTMLElement[]} elements
 */
function putInOrder(deck, elements) {
  elements.forEach((element, index) => {
    const next = index === 0 ? deck.firstElementChild : elements[index - 1].nextElementSibling;
    if (next !== element) deck.insertBefore(element, next);
  });
}

/**
 * @param {DeckData} data
 * @param {DeckData} news
 */
function renew(data, news) {
  const { live } = data;
  for (const name of /** @type {(keyof DeckData)[]} */ (Object.keys(data))) delete data[name];
  Object.assign(data, { live }, news);
  if (typeof news.title === "string") document.title = news.title;
}
