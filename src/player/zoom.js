/**
 * The zoom: closer to where the pointer is; plus, minus and the wheel go nearer and farther, dragging or
 * the pointer at an edge moves. Going on in the talk leaves it.
 */

import { isTaken } from "./keys.js";

/** @typedef {import("./store.js").Store} Store */
/** @typedef {import("./scale.js").Camera} Camera */

const FIRST = 2;
const MOST = 4;

/** How much nearer one key press or one notch of a wheel goes. */
const STEP = 1.25;

/** How far one notch of a wheel turns, in CSS pixels. */
const NOTCH = 120;

/** How near an edge the pointer must be to move the slide, and how much it moves in a second for each pixel nearer. */
const EDGE = 48;
const SPEED = 16;

/**
 * @param {Store} store
 * @param {Camera} camera
 * @param {HTMLElement} deck
 */
export function createZoom(store, camera, deck) {
  const pointer = { x: innerWidth / 2, y: innerHeight / 2 };
  let factor = 1;
  const isOn = () => store.state.tool === "zoom";
  const drop = () => {
    if (isOn()) store.toggleTool("zoom");
  };
  /**
   * @param {number} to
   * @param {boolean} [glides]
   */
  const zoom = (to, glides = true) => {
    if (to < 1.1 && isOn() && factor > 1 && glides) return drop();
    factor = Math.min(to, MOST);
    document.body.classList.toggle("is-gliding", glides);
    camera.zoomTo(factor, pointer.x, pointer.y);
  };
  addEventListener("pointermove", (event) => {
    [pointer.x, pointer.y] = [event.clientX, event.clientY];
  });
  store.subscribe((state, before) => {
    const moved = state.slide !== before.slide || state.step !== before.step || state.cover !== before.cover;
    if (factor > 1 && (moved || state.panel)) {
      // The next slide does not come flying.
      zoom(1, false);
      // A change within a change would reach the later listeners first.
      queueMicrotask(drop);
    } else if (isOn() !== factor > 1) zoom(isOn() ? FIRST : 1);
  });
  document.addEventListener("keydown", (event) => {
    const times = { "+": STEP, "=": STEP, "-": 1 / STEP }[event.key];
    if (!times || !isOn() || isTaken(event) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    zoom(factor * times);
  });
  const turn = (/** @type {WheelEvent} */ event) => {
    if (!isOn() || event.ctrlKey) return;
    event.preventDefault();
    zoom(factor * STEP ** (-event.deltaY / NOTCH));
  };
  deck.addEventListener("wheel", turn, { passive: false });
  moveByHand(isOn, camera, deck);
  moveAtEdges(isOn, camera, pointer);
}

/**
 * @param {() => boolean} isOn
 * @param {Camera} camera
 * @param {HTMLElement} deck
 */
function moveByHand(isOn, camera, deck) {
  let held = -1;
  deck.addEventListener("pointerdown", (event) => {
    if (!isOn() || event.button !== 0 || (event.target instanceof Element && event.target.closest("a[href]"))) return;
    event.preventDefault();
    held = event.pointerId;
    deck.setPointerCapture(held);
    document.body.classList.remove("is-gliding");
  });
  deck.addEventListener("pointermove", (event) => {
    if (isOn() && event.pointerId === held) camera.pan(event.movementX, event.movementY);
  });
  const release = () => {
    held = -1;
  };
  deck.addEventListener("pointerup", release);
  deck.addEventListener("pointercancel", release);
}

/**
 * @param {() => boolean} isOn
 * @param {Camera} camera
 * @param {{ x: number, y: number }} pointer
 */
function moveAtEdges(isOn, camera, pointer) {
  let running = false;
  let inside = true;
  let last = 0;
  /** @param {number} now */
  const move = (now) => {
    const right = beyond(pointer.x, innerWidth);
    const down = beyond(pointer.y, innerHeight);
    running = inside && isOn() && (right !== 0 || down !== 0);
    if (!running) return;
    const time = Math.min((now - last) / 1000, 0.1) * SPEED;
    last = now;
    document.body.classList.remove("is-gliding");
    camera.pan(-right * time, -down * time);
    requestAnimationFrame(move);
  };
  addEventListener("pointermove", (event) => {
    inside = event.pointerType === "mouse" && event.buttons === 0;
    if (running || !isOn()) return;
    running = true;
    last = performance.now();
    requestAnimationFrame(move);
  });
  document.documentElement.addEventListener("pointerleave", () => {
    inside = false;
  });
}

/**
 * How far a place is in the band along an edge, negative at the left and top.
 * @param {number} at
 * @param {number} size
 */
function beyond(at, size) {
  return Math.min(0, at - EDGE) || Math.max(0, at - size + EDGE);
}
