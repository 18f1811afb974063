/**
 * The speaker's phone: next and back under the thumb, the notes, the clock and the pace, and the slide itself, on which
 * a finger points.
 */

import { elapsed, now } from "./clock.js";
import { runCommand } from "./keys.js";
import { controlLanguage, presenterLabels } from "./labels.js";
import { createNotes } from "./notes.js";
import { element, icon } from "./panel.js";
import { announcePace, createClocks } from "./presenter-clocks.js";
import { createSchemeSwitch } from "./presenter-controls.js";
import { createSkips, readFacts, timeText } from "./presenter-desk.js";
import { createFrames } from "./presenter-frames.js";
import { createTiming } from "./presenter-pace.js";
import { createRoomState } from "./room-state.js";
import { roomWords } from "./room-words-en.js";
import { slideSize } from "./scale.js";

/** @typedef {import("./presenter-desk.js").Desk} Desk */
/** @typedef {typeof roomWords} RoomLabels */
/** @typedef {ReturnType<typeof createTiming>} Timing */

/** The least time between two messages of the pointer, in milliseconds. */
const POINTER_PAUSE = 34;

/**
 * @param {import("./start.js").Parts} parts
 * @param {import("./room.js").Room} room
 */
export function startRemote({ store, elements, data, labels, link }, room) {
  const lang = String(data.lang || document.documentElement.lang);
  const words = { ...labels, ...presenterLabels, ...roomWords };
  document.querySelector("main.deck")?.remove();
  /** @type {Desk} */
  const desk = { store, elements, labels: words, language: controlLanguage, skips: createSkips(store), ...readFacts(store, data) };
  const timing = createTiming(desk);
  const { current } = createFrames(desk, link);
  const frame = current.querySelector(".presenter-frame");
  if (frame instanceof HTMLElement) pointByFinger(frame, link);

  const title = element("h1", { class: "presenter-unseen presenter-text" }, `${words.remote}: ${data.title ?? document.title}`);
  const root = element("div", { class: "presenter remote" });
  const top = element("header", { class: "remote-top presenter-text" }, title, createRoomState(room, words), createSchemeSwitch(desk, root));
  const bar = element("div", { class: "remote-clocks presenter-text" }, createClocks(desk, timing));
  const main = element("main", { class: "remote-main" }, current, createNotes(desk));
  root.append(top, bar, main, createControls(desk, timing), announcePace(desk, timing));
  const size = slideSize();
  root.style.setProperty("--player-ratio", String(size.width / size.height));
  for (const text of root.querySelectorAll(".presenter-text")) text.setAttribute("lang", controlLanguage);
  for (const text of root.querySelectorAll(".presenter-notes-text, .presenter-title")) text.setAttribute("lang", lang);
  store.subscribe((state) => {
    root.dataset.mode = state.clock.mode;
  });
  document.body.append(root);
  document.title = `${words.remote}: ${data.title ?? document.title}`;
  keepScreenOn(root, words);
  timing.start();
}

/**
 * @param {Desk} desk
 * @param {Timing} timing
 */
function createControls(desk, timing) {
  const { store, labels } = desk;
  const run = (/** @type {string} */ command) => () => runCommand(store, command);
  const black = control("black", labels.black, "M4 5h16v11H4zM9 20h6M3 2l18 18", run("black"));
  const question = control("question", labels.question, "M8.5 9a3.5 3.5 0 1 1 5 3.2c-1 .5-1.5 1.2-1.5 2.3M12 18.5v.1", run("question"));
  const clock = control("clock", labels.start, "", run("clock"));
  const previous = control("previous", labels.previous, "M15 5l-7 7 7 7", run("previous"));
  const next = control("next", labels.next, "M9 5l7 7-7 7", () => {
    runCommand(store, "next");
    navigator.vibrate?.(8);
  });
  const wordOf = (/** @type {HTMLElement} */ button) => /** @type {HTMLElement} */ (button.querySelector("span"));
  const show = () => {
    const { clock: time, cover } = store.state;
    black.setAttribute("aria-pressed", String(cover !== ""));
    question.setAttribute("aria-pressed", String(time.mode === "question"));
    const runs = time.mode === "talk";
    wordOf(clock).textContent = runs ? labels.pause : time.mode === "idle" ? labels.start : labels.resume;
    clock.querySelector("path")?.setAttribute("d", runs ? "M8 5v14M16 5v14" : "M7 5l11 7-11 7z");
    wordOf(question).textContent = time.mode === "question" ? timeText(elapsed(time, now()).questions / 1000) : labels.question;
  };
  store.subscribe(show);
  timing.onTick(show);
  const tools = element("div", { class: "remote-tools" }, black, question, clock);
  const moves = element("div", { class: "remote-moves" }, previous, next);
  return element("nav", { class: "remote-controls presenter-text", "aria-label": roomWords.remote }, tools, moves);
}

/**
 * @param {string} kind
 * @param {string} label
 * @param {string} shape
 * @param {() => void} press
 */
function control(kind, label, shape, press) {
  const button = element("button", { type: "button", class: `remote-control is-${kind}` }, icon(shape), element("span", {}, label));
  button.addEventListener("click", press);
  return button;
}

/**
 * A finger on the picture of the slide is a laser pointer on every screen.
 * @param {HTMLElement} frame
 * @param {import("./link.js").Link} link
 */
function pointByFinger(frame, link) {
  let sent = 0;
  let finger = -1;
  /** @param {PointerEvent} event */
  const point = (event) => {
    sent = event.timeStamp;
    const box = frame.getBoundingClientRect();
    const part = (/** @type {number} */ at, /** @type {number} */ size) => Math.round(Math.min(1, Math.max(0, at / size)) * 10000) / 10000;
    link.send("pointer", { at: [part(event.clientX - box.left, box.width), part(event.clientY - box.top, box.height)] });
  };
  frame.addEventListener("pointerdown", (event) => {
    if (finger >= 0) return;
    finger = event.pointerId;
    frame.setPointerCapture(finger);
    point(event);
  });
  frame.addEventListener("pointermove", (event) => {
    if (event.pointerId === finger && event.timeStamp - sent >= POINTER_PAUSE) point(event);
  });
  for (const end of /** @type {const} */ (["pointerup", "pointercancel", "lostpointercapture"])) {
    frame.addEventListener(end, (event) => {
      if (event.pointerId !== finger) return;
      finger = -1;
      link.send("pointer", { at: null });
    });
  }
}

/**
 * Holds the screen on while the page is seen. Browsers give that to pages of this machine and to encrypted ones only;
 * on others the speaker is told.
 * @param {HTMLElement} root
 * @param {RoomLabels} words
 */
function keepScreenOn(root, words) {
  const hint = () => {
    if (root.querySelector(".remote-hint")) return;
    const text = element("button", { type: "button", class: "remote-hint" }, words.awake);
    text.addEventListener("click", () => text.remove());
    root.querySelector(".remote-clocks")?.append(text);
  };
  const ask = () => {
    if (document.hidden) return;
    if (!navigator.wakeLock) return hint();
    navigator.wakeLock.request("screen").catch(() => undefined);
  };
  document.addEventListener("visibilitychange", ask);
  ask();
}
