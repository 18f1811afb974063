/**
 * The current slide and what the next click brings, as copies of the slides at those steps. The slides themselves are
 * out of the page, so an id is there twice only while both frames show the same slide.
 */

import { element } from "./panel.js";
import { placeAfter } from "./presenter-desk.js";
import { slideSize } from "./scale.js";
import { showStep } from "./steps.js";
import { numberOf } from "./store.js";

/** @typedef {import("./presenter-desk.js").Desk} Desk */

/** The least time between two messages of the pointer, in milliseconds. */
const POINTER_PAUSE = 33;

/**
 * @param {Desk} desk
 * @param {{ send(kind: string, fields: object): void }} link
 */
export function createFrames(desk, link) {
  const { store, labels, skips } = desk;
  const current = createFrame(desk, "current", labels.current);
  const next = createFrame(desk, "next", labels.nextSlide);
  next.frame.inert = true;
  next.fit.addEventListener("click", () => store.next());
  sendPointer(desk, current.frame, link);

  const show = () => {
    const { slide, step, cover, tool, digits } = store.state;
    const { steps, title } = store.slides[slide];
    current.show({ slide, step });
    current.place.textContent = digits ? `→ ${digits}` : placeText(desk, slide);
    current.title.textContent = title;
    current.steps.textContent = steps ? `${labels.step} ${step} / ${steps}` : "";
    current.section.dataset.cover = cover;
    current.cover.textContent = cover ? labels[cover] : "";
    current.frame.classList.toggle("is-pointing", tool === "laser");
    const after = placeAfter(desk);
    next.show(after);
    next.place.textContent = after?.slide === slide ? labels.nextStep : after ? labels.nextSlide : labels.theEnd;
    next.title.textContent = after && after.slide !== slide ? store.slides[after.slide].title : "";
    next.steps.textContent = after && after.slide !== slide ? placeText(desk, after.slide) : "";
  };
  store.subscribe(show);
  skips.subscribe(show);
  return { current: current.section, next: next.section };
}

/**
 * @param {Desk} desk
 * @param {"current" | "next"} name
 * @param {string} label
 */
function createFrame({ store, elements }, name, label) {
  const size = slideSize();
  const frame = element("div", { class: "presenter-frame" });
  const cover = element("div", { class: "presenter-cover presenter-text" });
  const fit = element("div", { class: "presenter-fit" }, frame, cover);
  const place = element("span", { class: "presenter-place" });
  const title = element("span", { class: "presenter-title" });
  const steps = element("span", { class: "presenter-steps" });
  const caption = element("h2", { class: "presenter-caption presenter-text" }, place, title, steps);
  const section = element("section", { class: `presenter-${name}`, "aria-label": label }, caption, fit);
  new ResizeObserver(() => {
    frame.style.setProperty("--player-scale", String(frame.clientWidth / size.width));
  }).observe(frame);

  let shown = "";
  /** @param {{ slide: number, step: number } | null} at */
  const show = (at) => {
    const wanted = at ? `${store.state.revision} ${at.slide}` : "";
    if (wanted !== shown) {
      shown = wanted;
      frame.replaceChildren(...(at ? [copyOf(elements[at.slide])] : []));
    }
    if (at && frame.firstElementChild instanceof HTMLElement) showStep(frame.firstElementChild, at.step);
  };
  return { section, fit, frame, cover, place, title, steps, show };
}

/**
 * A slide to look at: nothing on it takes the focus or makes a sound.
 * @param {HTMLElement} slide
 */
function copyOf(slide) {
  const copy = /** @type {HTMLElement} */ (slide.cloneNode(true));
  for (const inner of copy.querySelectorAll("a, button, input, select, textarea, summary, audio, video, iframe, [tabindex]")) {
    inner.setAttribute("tabindex", "-1");
    if (inner instanceof HTMLMediaElement) inner.muted = true;
  }
  return copy;
}

/**
 * "3 / 30", the place of a slide among the others.
 * @param {Desk} desk
 * @param {number} slide
 */
function placeText({ store, labels }, slide) {
  const number = numberOf(store, slide);
  return store.slides[slide].backup ? `${labels.backup} ${number}` : `${number} / ${store.counted}`;
}

/**
 * With the laser as tool the pointer on the current slide shines on every screen.
 * @param {Desk} desk
 * @param {HTMLElement} frame
 * @param {{ send(kind: string, fields: object): void }} link
 */
function sendPointer({ store }, frame, link) {
  let sent = 0;
  let shines = false;
  const end = () => {
    if (shines) link.send("pointer", { at: null });
    shines = false;
  };
  frame.addEventListener("pointermove", (event) => {
    if (store.state.tool !== "laser") return end();
    if (event.timeStamp - sent < POINTER_PAUSE) return;
    sent = event.timeStamp;
    shines = true;
    const box = frame.getBoundingClientRect();
    link.send("pointer", { at: [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height] });
  });
  frame.addEventListener("pointerleave", end);
  frame.addEventListener("pointercancel", end);
  store.subscribe((state) => {
    if (state.tool !== "laser") end();
  });
}
