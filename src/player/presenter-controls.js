/**
 * The buttons of the presenter view: moving, the clock, questions, blank screen, and what belongs to this window.
 */

import { runCommand } from "./keys.js";
import { element, icon } from "./panel.js";
import { keepSetting, setting } from "./presenter-settings.js";
import { isRecording, recordFile, toggleRecording } from "./record.js";

/** @typedef {import("./presenter-desk.js").Desk} Desk */
/** @typedef {ReturnType<typeof import("./presenter-pace.js").createTiming>} Timing */
/** @typedef {{ peers(): { role: string }[] }} Link */

const SHAPES = {
  previous: "M15 5l-7 7 7 7",
  next: "M9 5l7 7-7 7",
  clock: "M7 5l11 7-11 7z",
  pause: "M8 5v14M16 5v14",
  question: "M8.5 9a3.5 3.5 0 1 1 5 3.2c-1 .5-1.5 1.2-1.5 2.3M12 18.5v.1",
  black: "M4 5h16v11H4zM9 20h6M3 2l18 18",
  laser: "M12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16z",
  overview: "M4 6h16M4 12h16M4 18h16",
  teleprompter: "M5 5h14M5 10h14M5 15h9M17 14v6M14.5 17.5l2.5 2.5 2.5-2.5",
  record: "M12 8a4 4 0 1 0 0 8a4 4 0 1 0 0-8z",
  download: "M12 4v11M7.5 11l4.5 4.5 4.5-4.5M5 20h14",
  reset: "M5 12a7 7 0 1 0 2.5-5.4M5 4v4h4",
  scheme: "M12 4a8 8 0 1 0 0 16zM12 4a8 8 0 1 1 0 16",
};

/**
 * @param {Desk} desk
 * @param {Timing} timing
 * @param {Link} link
 */
export function createControls(desk, timing, link) {
  const { store, labels } = desk;
  const run = (/** @type {string} */ command) => () => runCommand(store, command);
  const previous = control("previous", labels.previous, run("previous"));
  const next = control("next", labels.next, run("next"));
  const clock = control("clock", labels.start, run("clock"), true);
  const question = control("question", labels.question, run("question"), true);
  const black = control("black", labels.black, run("black"), true);
  const laser = control("laser", labels.laser, run("laser"), true);
  const list = control("overview", labels.slides, run("overview"), true);
  const prompter = control("teleprompter", labels.teleprompter, () => store.togglePanel("teleprompter"), true);
  for (const button of [next, clock]) button.classList.add("is-main");
  store.subscribe(({ clock: { mode }, cover, tool }) => {
    const runs = mode === "talk";
    name(clock, runs ? labels.pause : mode === "idle" ? labels.start : labels.resume, runs ? SHAPES.pause : SHAPES.clock);
    name(question, mode === "question" ? labels.endQuestion : labels.question);
    question.setAttribute("aria-pressed", String(mode === "question"));
    black.setAttribute("aria-pressed", String(cover !== ""));
    laser.setAttribute("aria-pressed", String(tool === "laser"));
  });
  const group = (/** @type {Node[]} */ ...buttons) => element("div", { class: "presenter-group" }, ...buttons);
  return element(
    "nav",
    { class: "presenter-controls presenter-text", "aria-label": labels.presenter },
    group(previous, next),
    group(clock, question, createReset(desk)),
    group(black, laser, list, prompter),
    group(...createRecording(desk, timing)),
    group(createLinkState(desk, timing, link)),
  );
}

/**
 * Light or dark as the system has it, until the speaker chooses.
 * @param {Desk} desk
 * @param {HTMLElement} root
 */
export function createSchemeSwitch({ labels }, root) {
  const system = matchMedia("(prefers-color-scheme: dark)");
  let chosen = setting("scheme", "");
  const button = control("scheme", "", () => {
    chosen = root.dataset.scheme === "dark" ? "light" : "dark";
    keepSetting("scheme", chosen);
    show();
  });
  const show = () => {
    const dark = chosen ? chosen === "dark" : system.matches;
    root.dataset.scheme = dark ? "dark" : "light";
    name(button, dark ? labels.light : labels.dark);
  };
  system.addEventListener("change", show);
  show();
  return button;
}

/**
 * The clock goes back to nothing only by two presses on the same button.
 * @param {Desk} desk
 */
function createReset({ store, labels }) {
  let armed = false;
  const button = control("reset", labels.reset, () => {
    if (armed) store.resetClock();
    arm(!armed);
  });
  const arm = (/** @type {boolean} */ on) => {
    armed = on;
    button.classList.toggle("is-armed", on);
    if (on) button.focus();
    name(button, on ? labels.resetSure : labels.reset);
  };
  button.addEventListener("blur", () => arm(false));
  button.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !armed) return;
    event.preventDefault();
    arm(false);
  });
  store.subscribe(({ clock: { mode } }) => {
    button.disabled = mode === "idle";
  });
  return button;
}

/**
 * Whether times are recorded, and the record as a file.
 * @param {Desk} desk
 * @param {Timing} timing
 */
function createRecording({ labels, store }, timing) {
  const switched = control("record", "", toggleRecording, true);
  const save = control("download", labels.download, () => {
    const file = recordFile();
    if (!file) return;
    const address = URL.createObjectURL(file);
    const folder = location.pathname.split("/").at(-2) || "talk";
    const link = element("a", { href: address, download: `${folder}-rehearsal.json` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(address));
  });
  timing.onTick(() => {
    const on = isRecording();
    if (switched.getAttribute("aria-pressed") !== String(on)) {
      switched.setAttribute("aria-pressed", String(on));
      name(switched, on ? labels.recording : labels.record);
    }
    save.disabled = store.state.clock.mode === "idle";
  });
  return [switched, save];
}

/**
 * Whether a deck window follows; a press brings it to the front or opens one.
 * @param {Desk} desk
 * @param {Timing} timing
 * @param {Link} link
 */
function createLinkState({ store, labels }, timing, link) {
  const button = element("button", { type: "button", class: "presenter-link" });
  button.addEventListener("click", () => runCommand(store, "presenter"));
  timing.onTick(() => {
    const linked = link.peers().some(({ role }) => role === "deck");
    if (button.dataset.linked === String(linked)) return;
    button.dataset.linked = String(linked);
    button.textContent = linked ? labels.linked : labels.openDeck;
  });
  return button;
}

/**
 * @param {keyof typeof SHAPES} shape
 * @param {string} label
 * @param {() => void} press
 * @param {boolean} [worded] whether the label stands beside the drawing where there is room
 */
function control(shape, label, press, worded) {
  const button = element("button", { type: "button", class: `presenter-control is-${shape}` }, icon(SHAPES[shape]));
  if (worded) button.append(element("span", { class: "presenter-word" }));
  name(button, label);
  button.addEventListener("click", press);
  return button;
}

/**
 * @param {HTMLButtonElement} button
 * @param {string} label
 * @param {string} [shape]
 */
function name(button, label, shape) {
  button.setAttribute("aria-label", label);
  button.title = label;
  const word = button.querySelector(".presenter-word");
  if (word) word.textContent = label;
  if (shape) button.querySelector("path")?.setAttribute("d", shape);
}
