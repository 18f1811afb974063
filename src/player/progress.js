/**
 * The thin bar at the bottom edge, and the slide number while it is typed.
 */

import { progressOf } from "./store.js";

/** @typedef {import("./store.js").Store} Store */

/** @param {Store} store */
export function showProgress(store) {
  const bar = document.createElement("div");
  bar.className = "progress";
  bar.setAttribute("aria-hidden", "true");
  const typed = document.createElement("div");
  typed.className = "typed-number";
  typed.setAttribute("aria-hidden", "true");
  document.body.append(bar, typed);
  store.subscribe((state) => {
    bar.style.setProperty("--player-progress", String(progressOf(store)));
    typed.textContent = state.digits;
    typed.hidden = state.digits === "";
  });
}
