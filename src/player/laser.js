/**
 * The laser pointer: a soft red dot with a short tail. It follows the mouse, pen or finger while the tool is on, tells the
 * other windows where on the slide it is, and shows where theirs is.
 */

import { element } from "./panel.js";

/** @typedef {import("./store.js").Store} Store */
/** @typedef {import("./link.js").Link} Link */

/** The least time between two messages, in milliseconds. */
const PAUSE = 34;

/** How long a dot from elsewhere stays when nothing more is heard, and how long the tail is, in milliseconds. */
const SILENCE = 15000;
const TAIL = 260;

/**
 * @param {Store} store
 * @param {HTMLElement[]} elements
 * @param {Link | undefined} link
 */
export function createLaser(store, elements, link) {
  const dot = element("div", { class: "laser", "aria-hidden": "true" });
  dot.hidden = true;
  document.body.append(dot);
  const tail = createTail();
  const tell = tellOthers(link);
  let silence = 0;
  let teller = "";

  /** @param {[number, number] | null} at on the slide, from 0 to 1 each way */
  const show = (at) => {
    dot.hidden = at === null;
    if (!at) return tail.cut();
    const box = elements[store.state.slide].getBoundingClientRect();
    const [x, y] = [box.left + at[0] * box.width, box.top + at[1] * box.height];
    dot.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`;
    tail.add(x, y);
  };
  const isOn = () => store.state.tool === "laser";
  const put = (/** @type {[number, number] | null} */ at) => {
    show(at);
    tell(at);
  };
  /** @param {PointerEvent} event */
  const follow = (event) => {
    if (!isOn()) return;
    const box = elements[store.state.slide].getBoundingClientRect();
    const at = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
    const inside = at.every((part) => part >= 0 && part <= 1);
    put(inside ? [round(at[0]), round(at[1])] : null);
  };
  addEventListener("pointermove", follow);
  addEventListener("pointerdown", follow);
  const lift = (/** @type {PointerEvent} */ event) => {
    if (isOn() && event.pointerType !== "mouse") put(null);
  };
  addEventListener("pointerup", lift);
  addEventListener("pointercancel", lift);
  document.documentElement.addEventListener("pointerleave", () => {
    if (isOn()) put(null);
  });
  store.subscribe((state, before) => {
    if (before.tool === "laser" && state.tool !== "laser") put(null);
  });
  link?.on("pointer", (message) => {
    clearTimeout(silence);
    teller = message.from;
    const at = placeOf(message.at);
    show(at);
    if (at) silence = setTimeout(show, SILENCE, null);
  });
  link?.on("bye", (message) => {
    if (message.from === teller && !isOn()) show(null);
  });
}

/**
 * Sends places, not too many; the last one always arrives.
 * @param {Link | undefined} link
 */
function tellOthers(link) {
  let timer = 0;
  let sent = 0;
  /** @param {[number, number] | null} at */
  return (at) => {
    clearTimeout(timer);
    const send = () => {
      sent = performance.now();
      link?.send("pointer", { at });
    };
    const wait = sent + PAUSE - performance.now();
    if (wait > 0) timer = setTimeout(send, wait);
    else send();
  };
}

/**
 * @param {unknown} at
 * @returns {[number, number] | null}
 */
function placeOf(at) {
  if (!Array.isArray(at) || at.length !== 2 || !at.every(Number.isFinite)) return null;
  return [Math.min(Math.max(at[0], 0), 1), Math.min(Math.max(at[1], 0), 1)];
}

/** @param {number} part */
function round(part) {
  return Math.round(part * 10000) / 10000;
}

/** The tail: a line along the last places, thinner the older they are. */
function createTail() {
  const canvas = element("canvas", { class: "laser-tail", "aria-hidden": "true" });
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  /** @type {{ x: number, y: number, at: number }[]} */
  let places = [];
  let running = false;
  const draw = () => {
    const now = performance.now();
    places = places.filter((place) => now - place.at < TAIL);
    running = places.length > 1;
    const context = canvas.getContext("2d");
    if (!running || !context) return canvas.remove();
    const ratio = devicePixelRatio;
    canvas.width = innerWidth * ratio;
    canvas.height = innerHeight * ratio;
    context.scale(ratio, ratio);
    context.lineCap = "round";
    context.strokeStyle = "#ff2a2a";
    places.forEach((place, index) => {
      const before = places[index - 1];
      if (!before) return;
      context.lineWidth = 11 * (1 - (now - place.at) / TAIL);
      context.beginPath();
      context.moveTo(before.x, before.y);
      context.lineTo(place.x, place.y);
      context.stroke();
    });
    requestAnimationFrame(draw);
  };
  return {
    /** The next place is not joined to those before. */
    cut() {
      places = [];
    },
    /**
     * @param {number} x
     * @param {number} y
     */
    add(x, y) {
      if (still.matches || document.hidden) return;
      places.push({ x, y, at: performance.now() });
      if (running) return;
      running = true;
      document.body.append(canvas);
      requestAnimationFrame(draw);
    },
  };
}
