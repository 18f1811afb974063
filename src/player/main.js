/**
 * Starts the deck: reads the page, makes the store, and hangs every view and control on it.
 */

import { createStore } from "./store.js";
import { readClock } from "./clock.js";
import { recall, remember } from "./memory.js";
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

function startDeck() {
  const deck = document.querySelector("main.deck");
  const elements = findSlides();
  if (!(deck instanceof HTMLElement) || elements.length === 0) return;
  const data = readDeckData();
  const lang = data.lang || document.documentElement.lang;
  const labels = labelsFor(lang, data.labels);
  const store = createStore(readSlides(elements, data), readClock(recall("clock")));
  store.subscribe((state, before) => {
    if (state.clock !== before.clock) remember("clock", state.clock);
  });

  document.documentElement.classList.add("deck-ready");
  const camera = fitToWindow();
  showSteps(store, elements);
  followLocation(store, elements);
  showSlides(store, deck, elements, labels);
  createToolbar(store, labels);
  showProgress(store);
  showCover(store);
  announceChanges(store, elements, labels);
  createOverview(store, deck, elements, labels);
  createHelp(store, labels);
  createGoto(store, labels);
  createTools(store, deck, elements, { labels, camera });
  completeStepsForPrint(store, elements);
  listenToKeys(store);
  listenToTouch(store, deck);
  hideRestingPointer();
  const spoken = controlLanguage(lang);
  if (lang.toLowerCase().startsWith(spoken)) return;
  for (const control of document.querySelectorAll("body > .panel, body > .toolbar")) control.setAttribute("lang", spoken);
}

startDeck();
