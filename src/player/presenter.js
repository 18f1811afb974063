/**
 * The presenter view: where the talk stands and what the speaker wanted to say there.
 */

import { nameOfSlide } from "./slides.js";
import { element } from "./panel.js";

/** @param {import("./main.js").Parts} parts */
export function startPresenter({ store, data, labels }) {
  const place = element("h1", {});
  const notes = element("div", { class: "presenter-notes" });
  document.body.replaceChildren(element("main", { class: "presenter" }, place, notes));
  store.subscribe(({ slide, step }) => {
    place.textContent = `${nameOfSlide(store, labels, slide)} (${step})`;
    // Sanitised when the page was built.
    notes.innerHTML = data.slides?.[slide]?.notes ?? "";
  });
}
