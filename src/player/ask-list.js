/**
 * The questions of everybody on a phone: the most wanted first, each with a button to want it, too.
 */

import { element, icon } from "./panel.js";
import { askWords as words } from "./ask-words-en.js";
import { post, refusal } from "./ask-post.js";

/**
 * @typedef {object} Asked
 * @property {string} id
 * @property {string} text
 * @property {string} [name]
 * @property {string} [slide]
 * @property {number} support
 * @property {"open" | "answered" | "later" | "hidden"} as
 */

/** How many are shown before one asks for all. */
const FIRST = 12;

/**
 * @param {Map<string, string>} titles of the slides
 */
export function createAskList(titles) {
  /** @type {Map<string, Asked>} */
  const known = new Map();
  /** @type {Map<string, { item: HTMLElement, update(asked: Asked): void }>} */
  const items = new Map();
  let shown = "";
  let all = false;
  /** @type {Set<string>} */
  let mine = new Set();
  let day = "";
  const none = element("p", { class: "ask-none" }, words.noQuestions);
  const list = element("ol", { class: "ask-list" });
  const more = element("button", { type: "button", class: "ask-more" });
  const state = element("p", { class: "ask-said", role: "status" });
  const head = element("h2", {}, words.questions);
  const section = element("section", { class: "ask-part", "aria-label": words.questions }, head, none, list, more, state);
  more.addEventListener("click", () => {
    all = true;
    show();
    /** @type {HTMLElement | undefined} */ (list.children[FIRST])?.querySelector("button")?.focus();
  });

  /** @param {string} id @param {HTMLButtonElement} button */
  async function support(id, button) {
    if (mine.has(id)) return;
    button.disabled = true;
    const reply = await post("/ask/support", { id });
    button.disabled = false;
    state.textContent = reply.ok ? "" : refusal(reply, words);
    if (!reply.ok) return;
    mine.add(id);
    keep(day, mine);
    show();
  }

  /** @param {string} id */
  function itemOf(id) {
    const text = element("p", { class: "ask-text", dir: "auto" });
    const about = element("p", { class: "ask-about" });
    const count = element("span", { class: "ask-count" });
    const label = element("span", {});
    const button = element("button", { type: "button", class: "ask-support" }, icon("M12 19V6M6 12l6-6 6 6"), count, label);
    const item = element("li", { "data-id": id }, text, about, button);
    button.addEventListener("click", () => support(id, button));
    return {
      item,
      /** @param {Asked} asked */
      update(asked) {
        text.textContent = asked.text;
        const onScreen = shown === id;
        item.dataset.as = onScreen ? "shown" : asked.as;
        const state = onScreen ? words.onScreen : asked.as === "answered" ? words.answered : asked.as === "later" ? words.later : "";
        const facts = [state && element("strong", {}, state), asked.name && isolated(asked.name), titles.get(asked.slide ?? "")];
        const known = facts.flatMap((fact) => (fact ? [fact] : []));
        about.replaceChildren(...known.flatMap((fact, at) => (at ? [" · ", fact] : [fact])));
        about.hidden = about.childNodes.length === 0;
        const wanted = mine.has(id);
        button.setAttribute("aria-pressed", String(wanted));
        count.textContent = String(asked.support);
        label.textContent = wanted ? words.supported : words.support;
        button.hidden = asked.as === "answered";
      },
    };
  }

  function show() {
    const order = [...known.values()].sort(
      (a, b) => Number(b.id === shown) - Number(a.id === shown) || rank(a) - rank(b) || b.support - a.support || numberIn(a) - numberIn(b),
    );
    const seen = all ? order : order.slice(0, FIRST);
    const wanted = seen.map((asked) => {
      const made = items.get(asked.id) ?? itemOf(asked.id);
      items.set(asked.id, made);
      made.update(asked);
      return made.item;
    });
    // Moved only where the order changed, so that a finger and the focus stay where they are.
    wanted.forEach((item, at) => {
      if (list.children[at] !== item) list.insertBefore(item, list.children[at] ?? null);
    });
    while (list.children.length > wanted.length) list.lastElementChild?.remove();
    none.hidden = order.length > 0;
    more.hidden = seen.length === order.length;
    more.textContent = words.more.replace("{n}", String(order.length));
    head.textContent = order.length ? `${words.questions} (${order.length})` : words.questions;
  }

  show();
  return {
    section,
    /** @param {Record<string, any>} news */
    hear(news) {
      if (news.all) known.clear();
      if (day !== news.day) {
        day = String(news.day);
        mine = kept(day);
      }
      for (const asked of news.questions ?? []) known.set(asked.id, asked);
      for (const id of news.gone ?? []) known.delete(id);
      for (const id of items.keys()) if (!known.has(id)) items.delete(id);
      shown = news.shown ?? "";
      show();
    },
  };
}

/** @param {Asked} asked */
function rank({ as }) {
  return as === "answered" ? 2 : as === "later" ? 1 : 0;
}

/** @param {Asked} asked */
function numberIn({ id }) {
  return Number(id.slice(1));
}

/** @param {string} text whose direction is its own */
function isolated(text) {
  return element("bdi", {}, text);
}

/** @param {string} day @returns {Set<string>} */
function kept(day) {
  try {
    return new Set(JSON.parse(localStorage.getItem(`retell:support:${day}`) ?? "[]").map(String));
  } catch {
    return new Set();
  }
}

/** @param {string} day @param {Set<string>} mine */
function keep(day, mine) {
  try {
    localStorage.setItem(`retell:support:${day}`, JSON.stringify([...mine]));
  } catch {
    return;
  }
}
