/**
 * The tools of the deck window: laser pointer, pen and zoom. One is on at a time.
 */

import { createLaser } from "./laser.js";
import { createInk } from "./ink.js";
import { createPen } from "./pen.js";
import { createZoom } from "./zoom.js";

/** @typedef {import("./store.js").Store} Store */
/** @typedef {import("./labels.js").Labels} Labels */
/** @typedef {import("./link.js").Link} Link */
/** @typedef {import("./scale.js").Camera} Camera */

/**
 * @param {Store} store
 * @param {HTMLElement} deck
 * @param {HTMLElement[]} elements
 * @param {{ labels: Labels, camera: Camera, link?: Link }} parts
 */
export function createTools(store, deck, elements, { labels, camera, link }) {
  createLaser(store, elements, link);
  createPen(store, elements, labels, createInk(store, elements, link));
  createZoom(store, camera, deck);
  store.subscribe((state) => {
    document.documentElement.dataset.tool = state.tool;
  });
}
