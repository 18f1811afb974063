/**
 * Starts the player: reads the page, makes the store and its links to other windows, and hangs every view and control
 * on it. The same page is the deck or, with `?presenter` in its address, the speaker's view.
 */

import { createStore } from "./store.js";
import { readClock } from "./clock.js";
import { nameTalk, recall, remember } from "./memory.js";
import { controlLanguage, labelsFor } from "./labels.js";
import { findSlides, readDeckData, readSlides, showSlides } from "./slides.js";
import { completeStepsForPrint, showSteps } from "./steps.js";
import { followLocation } from "./location.js";
import { fitToWindow } from "./scale.js";
import { hideRestingPointer, showCover } from "./screen.js";
import { showProgress } from "./progress.js";
import { announceChanges } from "./announce.js";
import { listenToKeys } from "./keys.js";
import { listenToTouch } from "./touch.js";
import { createToolbar } from "./toolbar.js";
import { createOverview } from "./overview.js";
import { createHelp } from "./help.js";
import { createGoto } from "./goto.js";
import { createTools } from "./tools.js";
import { createLink } from "./link.js";
import { connectWindows } from "./windows.js";
import { offerDeck, offerPresenter } from "./open-presenter.js";
import { guardNotes, offerSharing } from "./sharing.js";
import { keepRecord } from "./record.js";
import { keepAwake } from "./wake.js";
import { startPresenter } from "./presenter.js";

/** @typedef {import("./store.js").Store} Store */
/** @typedef {import("./labels.js").Labels} Labels */
/** @typedef {import("./link.js").Link} Link */

/**
 * @typedef {object} Parts what every mode is made of
 * @property {Store} store
 * @property {HTMLElement[]} elements
 * @property {import("./slides.js").DeckData} data
 * @property {Labels} labels
 * @property {Link} link
 */

/** @typedef {ReturnType<typeof fitToWindow>} Camera */
/** @typedef {import("./room.js").Room} Room */

/**
 * @typedef {object} Server what a page has more that a server keeps up to date
 * @property {typeof import("./live.js").startLive} [startLive]
 * @property {typeof import("./room.js").connectRoom} [connectRoom]
 * @property {typeof import("./remote.js").startRemote} [startRemote]
 * @property {(parts: Parts, room: Room) => void} [showDeck] what a deck has more in a room
 * @property {(desk: import("./presenter-desk.js").Desk, room: Room) => void} [showDesk] and the presenter view
 */

/** @param {Server} server */
export function start(server) {
  const deck = document.querySelector("main.deck");
  const elements = findSlides();
  if (!(deck instanceof HTMLElement) || elements.length === 0) return;
  const data = readDeckData();
  // A server gives one talk after the other at the same address; a file is its talk.
  if (data.room) nameTalk(data.title ?? "");
  const labels = labelsFor(data.labels);
  const store = createStore(readSlides(elements, data), readClock(recall("clock")));
  store.subscribe((state, before) => {
    if (state.clock !== before.clock) remember("clock", state.clock);
  });
  followLocation(store, elements);
  const lang = data.lang || document.documentElement.lang;
  const role = roleOf(data);
  const link = createLink(store, role);
  keepRecord(store, link, data);
  const parts = { store, elements, data, labels, link };
  const room = data.room?.socket ? server.connectRoom?.(link, data.room.socket, data.title ?? "") : null;
  const live = (/** @type {Camera | undefined} */ camera) => server.startLive?.({ store, deck, elements, data }, labels, camera);
  if (room && role === "remote") {
    server.startRemote?.(parts, room);
    listenToKeys(store);
  } else if (room && role === "viewer") {
    startDeck(parts, deck, live);
    server.showDeck?.(parts, room);
  } else if (role === "presenter") {
    guardNotes(link, labels, () => {
      const desk = startPresenter(parts);
      live(undefined);
      listenToKeys(store);
      if (room) server.showDesk?.(desk, room);
      // The view may come long after the page, when a curtain is lifted.
      link.greet(link.local());
      sayLanguage(lang);
    });
    offerDeck(link, connectWindows(link));
  } else {
    const windows = connectWindows(link);
    if (role === "deck") {
      offerPresenter(store, link, windows, labels);
      offerSharing(link, labels);
    }
    startDeck(parts, deck, live);
    if (room) server.showDeck?.(parts, room);
  }
  keepAwake(store, link);
  sayLanguage(lang);
}

/**
 * What this window is: a server says it of the pages for phones and viewers, all others are the speaker's.
 * @param {import("./slides.js").DeckData} data
 * @returns {import("./link.js").Role}
 */
function roleOf({ room }) {
  if (room?.role === "remote" || room?.role === "viewer") return room.role;
  return new URLSearchParams(location.search).has("presenter") ? "presenter" : "deck";
}

/**
 * @param {Parts} parts
 * @param {HTMLElement} deck
 * @param {(camera: Camera) => void} live
 */
function startDeck({ store, elements, labels, link }, deck, live) {
  document.documentElement.classList.add("deck-ready");
  const camera = fitToWindow();
  showSteps(store, elements);
  showSlides(store, deck, elements, labels);
  live(camera);
  createToolbar(store, labels);
  showProgress(store);
  showCover(store);
  announceChanges(store, elements, labels);
  createOverview(store, deck, elements, labels);
  createHelp(store, labels);
  createGoto(store, labels);
  createTools(store, deck, elements, { labels, camera, link });
  completeStepsForPrint(store, elements);
  listenToKeys(store);
  listenToTouch(store, deck);
  hideRestingPointer();
}

/**
 * Controls that speak another language than the talk say so.
 * @param {string} lang
 */
function sayLanguage(lang) {
  if (lang.toLowerCase().startsWith(controlLanguage.split("-")[0])) return;
  for (const control of document.querySelectorAll("body > .panel, body > .toolbar")) control.setAttribute("lang", controlLanguage);
}
