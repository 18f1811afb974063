/**
 * The keyboard, and clickers, which are keyboards. `p` and `s` stay free for the presenter view.
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
  ["f", "fullScreen"],
  ["b", "black"],
  [".", "black"],
  ["w", "white"],
  ["o", "overview"],
  ["?", "help"],
]);

/** Commands that also work while a dialog is open. */
const PANEL_COMMANDS = ["overview", "help", "fullScreen"];

/** Commands that a held key repeats. */
const REPEATING = ["next", "previous"];

/** How long typed digits wait for Enter, in milliseconds. */
const DIGITS_WAIT = 4000;

/** @param {Store} store */
export function listenToKeys(store) {
  let timer = 0;
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || isTaken(event)) return;
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
 * The one list of what a control can do; keys and buttons share it.
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
      return store.togglePanel(command);
    case "next":
    case "previous":
    case "first":
    case "last":
    case "jump":
    case "dismiss":
      return store[command]();
  }
}

/** @param {KeyboardEvent} event */
function commandOf(event) {
  if (event.key === " " && event.shiftKey) return "previous";
  if (event.shiftKey && event.key.length > 1) return undefined;
  return COMMANDS.get(event.key.length === 1 ? event.key.toLowerCase() : event.key);
}

/**
 * Whether a key belongs to something else: the browser's shortcuts, a field being typed in, a button or player in focus.
 * @param {KeyboardEvent} event
 */
function isTaken(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return true;
  const target = event.composedPath()[0];
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.closest("input, textarea, select")) return true;
  if (event.key === "Enter" && target.closest("a[href]")) return true;
  return [" ", "Enter"].includes(event.key) && target.closest("button, summary, audio, video") !== null;
}
