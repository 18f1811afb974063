/**
 * The keyboard, and clickers, which are keyboards. Tools that are on take their own keys first.
 */

import { toggleFullScreen } from "./screen.js";

/** @typedef {import("./store.js").Store} Store */

/** What a key does, by its name in `KeyboardEvent.key`; letters in lower case. */
const COMMANDS = new Map([
  ["ArrowRight", "next"],
  ["ArrowDown", "next"],
  [" ", "next"],
  ["PageDown", "next"],
  ["ArrowLeft", "previous"],
  ["ArrowUp", "previous"],
  ["PageUp", "previous"],
  ["Backspace", "previous"],
  ["Home", "first"],
  ["End", "last"],
  ["Enter", "jump"],
  ["Escape", "dismiss"],
  ["F1", "help"],
  ["f", "fullScreen"],
  ["b", "black"],
  [".", "black"],
  ["w", "white"],
  ["o", "overview"],
  ["g", "goto"],
  ["l", "laser"],
  ["d", "pen"],
  ["z", "zoom"],
  ["p", "presenter"],
  ["s", "presenter"],
  ["m", "share"],
  ["t", "clock"],
  ["q", "question"],
  ["e", "followEdits"],
  ["?", "help"],
]);

/** What a key does while Shift is held: whole slides, past their steps. */
const SHIFTED = new Map([
  ["ArrowRight", "nextSlide"],
  ["ArrowDown", "nextSlide"],
  ["PageDown", "nextSlide"],
  ["ArrowLeft", "previousSlide"],
  ["ArrowUp", "previousSlide"],
  ["PageUp", "previousSlide"],
  [" ", "previous"],
]);

/** Commands that also work while a dialog is open. */
const PANEL_COMMANDS = ["overview", "help", "fullScreen", "presenter"];

/** Commands that a held key repeats. */
const REPEATING = ["next", "previous", "nextSlide", "previousSlide"];

/** How long typed digits wait for Enter, in milliseconds. */
const DIGITS_WAIT = 4000;

/**
 * Commands of parts that not every page has, by name.
 * @type {Map<string, { run: () => void, isOn?: () => boolean }>}
 */
const added = new Map();

/**
 * Gives a command to keys and buttons.
 * @param {string} command
 * @param {() => void} run
 * @param {() => boolean} [isOn] for a command that switches something
 */
export function addCommand(command, run, isOn) {
  added.set(command, { run, isOn });
}

/** @param {string} command */
export function addedCommand(command) {
  return added.get(command);
}

/** @param {Store} store */
export function listenToKeys(store) {
  let timer = 0;
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || isTaken(event) || hasModifier(event)) return;
    if (/^[0-9]$/.test(event.key) && !store.state.panel) {
      clearTimeout(timer);
      timer = setTimeout(store.forgetDigits, DIGITS_WAIT);
      return store.typeDigit(event.key);
    }
    const command = commandOf(event);
    if (!command || (event.repeat && !REPEATING.includes(command))) return;
    if (store.state.panel && !PANEL_COMMANDS.includes(command)) return;
    if (command === "jump" && !store.state.digits) return;
    event.preventDefault();
    runCommand(store, command);
  });
}

/**
 * The one list of what a control can do; keys and buttons share it. A command that this page does not have does nothing.
 * @param {Store} store
 * @param {string} command
 */
export function runCommand(store, command) {
  switch (command) {
    case "fullScreen":
      return toggleFullScreen();
    case "black":
    case "white":
      return store.toggleCover(command);
    case "overview":
    case "help":
    case "goto":
      return store.togglePanel(command);
    case "laser":
    case "pen":
    case "zoom":
      return store.toggleTool(command);
    case "clock":
      return store.toggleClock();
    case "question":
      return store.toggleQuestion();
    case "nextSlide":
      return moveSlide(store, 1);
    case "previousSlide":
      return moveSlide(store, -1);
    case "dismiss":
      return dismiss(store);
    case "next":
    case "previous":
    case "first":
    case "last":
    case "jump":
      return store[command]();
    default:
      added.get(command)?.run();
  }
}

/**
 * The slide after or before this one from its start, whatever steps are left; from a blank screen back to where the talk stood.
 * @param {Store} store
 * @param {1 | -1} way
 */
function moveSlide(store, way) {
  const { slide, cover } = store.state;
  const to = slide + way;
  if (cover || store.slides[to]) store.goTo(cover ? slide : to, cover ? store.state.step : 0);
}

/**
 * Puts a tool away when nothing lies over the deck, else what lies over it.
 * @param {Store} store
 */
function dismiss(store) {
  const { tool, panel, cover, digits } = store.state;
  if (tool && !panel && !cover && !digits) store.toggleTool(tool);
  else store.dismiss();
}

/** @param {KeyboardEvent} event */
function commandOf(event) {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (event.shiftKey && (key.length > 1 || key === " ")) return SHIFTED.get(key);
  return COMMANDS.get(key);
}

/** @param {KeyboardEvent} event */
function hasModifier(event) {
  return event.ctrlKey || event.metaKey || event.altKey;
}

/**
 * Whether a key belongs to something else: a text being composed, a field being typed in, a button or player in focus.
 * @param {KeyboardEvent} event
 */
export function isTaken(event) {
  if (event.isComposing) return true;
  const target = event.composedPath()[0];
  // A field in a dialog just closed keeps the focus until the page is drawn again.
  if (!(target instanceof HTMLElement) || target.closest("dialog:not([open])")) return false;
  if (target.isContentEditable || target.closest("input, textarea, select")) return true;
  if (event.key === "Enter" && target.closest("a[href]")) return true;
  return [" ", "Enter"].includes(event.key) && target.closest("button, summary, audio, video") !== null;
}
