/**
 * The live preview: takes what the preview server sends after each save and changes only that in the page, so that the talk
 * stays where it is. What it cannot make sense of it leaves, and asks for everything again.
 */

import { addCommand } from "./keys.js";
import { liveWords } from "./live-words-en.js";
import { element } from "./panel.js";
import { createProblems } from "./problems.js";
import { applyDeck } from "./patch.js";

/** @typedef {import("./store.js").Store} Store */
/** @typedef {import("./labels.js").Labels} Labels */

/** @typedef {import("./patch.js").Page} Page */

/** How long to wait before asking for the server again, in milliseconds: first, and at most. */
const FIRST_WAIT = 250;
const LONGEST_WAIT = 2000;

/** How long a note about a switch stays, in milliseconds. */
const NOTE_STAYS = 2500;

/** Where the browser keeps whether the deck goes to what is edited. */
const FOLLOWS = "retell-follow-edits";

/**
 * Does nothing on a page that no preview server sent.
 * @param {Page} page
 * @param {Labels} labels
 * @param {{ fit: () => unknown } | undefined} camera
 */
export function startLive(page, labels, camera) {
  const { data, store } = page;
  const { live } = data;
  if (!live?.events) return;
  const bar = element("aside", { class: "live-bar" });
  const note = element("div", { class: "live-note", role: "status" });
  document.body.append(bar);
  bar.append(note);
  const problems = createProblems(store, { ...labels, ...liveWords }, bar);
  const follows = createFollowing(labels.followEdits, note);

  connect(live.events, String(live.revision ?? ""), {
    /** @param {boolean} there */
    connected(there) {
      note.textContent = there ? "" : liveWords.reconnecting;
    },
    problems: problems.show,
    deck(news) {
      if (!applyDeck(page, news)) return false;
      camera?.fit();
      if (follows()) showEdited(store, news.edited);
      return true;
    },
  });
}

/**
 * @param {Store} store
 * @param {unknown} id
 */
function showEdited(store, id) {
  const slide = store.slides.findIndex((entry) => entry.id === id);
  if (slide < 0 || slide === store.state.slide) return;
  // Its last step shows all that may have been edited. Writing is not speaking: an idle clock stays so.
  if (store.state.clock.mode === "idle") store.openAt(slide, Infinity);
  else store.goTo(slide, Infinity);
}

/**
 * Listens for ever. The browser would ask again for what it asked for first; so each time a new stream is opened, from where we are.
 * @param {string} address
 * @param {string} revision what the page shows
 * @param {{ connected: (there: boolean) => void, problems: (news: any) => void, deck: (news: any) => boolean }} page
 */
function connect(address, revision, page) {
  let wait = FIRST_WAIT;
  const open = () => {
    const source = new EventSource(`${address}?revision=${encodeURIComponent(revision)}`);
    const again = () => {
      source.close();
      setTimeout(open, wait);
      wait = Math.min(wait * 2, LONGEST_WAIT);
    };
    source.addEventListener("open", () => page.connected(true));
    source.addEventListener("error", () => {
      page.connected(false);
      again();
    });
    source.addEventListener("problems", (event) => {
      const news = read(event.data);
      if (news) page.problems(news);
    });
    source.addEventListener("deck", (event) => {
      const news = read(event.data);
      if (news && page.deck(news)) {
        wait = FIRST_WAIT;
        revision = String(news.revision ?? "");
        return;
      }
      // Without a revision all slides come.
      revision = "";
      again();
    });
  };
  open();
}

/**
 * Whether the deck goes to the slide being edited; a key and a button switch it, the browser keeps it.
 * @param {string} name what it is called
 * @param {HTMLElement} note
 */
function createFollowing(name, note) {
  let on = recallFollowing();
  let timer = 0;
  addCommand("followEdits", () => {
    on = !on;
    rememberFollowing(on);
    for (const button of document.querySelectorAll("[data-command='followEdits']")) button.setAttribute("aria-pressed", String(on));
    const text = `${name}: ${on ? liveWords.on : liveWords.off}`;
    note.textContent = text;
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (note.textContent === text) note.textContent = "";
    }, NOTE_STAYS);
  }, () => on);
  return () => on;
}

function recallFollowing() {
  try {
    return localStorage.getItem(FOLLOWS) !== "off";
  } catch {
    return true;
  }
}

/** @param {boolean} on */
function rememberFollowing(on) {
  try {
    localStorage.setItem(FOLLOWS, on ? "on" : "off");
  } catch {
    // It holds for this page then.
  }
}

/**
 * @param {unknown} text
 * @returns {any} the object that it is as JSON, else null
 */
function read(text) {
  try {
    const value = JSON.parse(String(text));
    return value && typeof value === "object" ? value : null;
  } catch {
    return null;
  }
}
