/**
 * The audience's questions in the presenter view: the most wanted first, to be put on the screen, marked, or put off.
 */

import { post } from "./ask-post.js";
import { controlLanguage } from "./labels.js";
import { element, icon } from "./panel.js";
import { jumpTo } from "./presenter-desk.js";
import { keepSetting, setting } from "./presenter-settings.js";
import { knownQuestions } from "./presenter-questions.js";
import { queueWords as words } from "./queue-words-en.js";

/** @typedef {import("./asked.js").Question} Question */
/** @typedef {import("./asked.js").Asked} Asked */
/** @typedef {import("./presenter-desk.js").Desk} Desk */

/** @typedef {"open" | "later" | "answered" | "hidden" | "muddy"} Shelf */

/** @type {[Shelf, string][]} */
const SHELVES = [
  ["open", words.waiting],
  ["later", words.later],
  ["answered", words.done],
  ["hidden", words.hidden],
  ["muddy", words.muddy],
];

/** How alike two questions are from which on a prepared one is offered, 0 to 1. */
const ALIKE = 0.45;

/**
 * @param {Desk} desk
 * @param {Asked} asked
 */
export function showQueue(desk, asked) {
  const root = document.querySelector(".presenter");
  const controls = document.querySelector(".presenter-controls");
  if (!(root instanceof HTMLElement) || !controls) return;
  const badge = element("span", { class: "queue-badge" });
  const open = element("button", { type: "button", class: "presenter-control is-queue", "aria-expanded": "false" });
  open.append(icon("M4 5h16v11H10l-5 4v-4H4z"), element("span", { class: "presenter-word" }, words.asked), " ", badge);
  const queue = createQueue(desk, asked);
  /** @param {boolean} on */
  const toggle = (on) => {
    queue.section.hidden = !on;
    root.classList.toggle("has-queue", on);
    open.setAttribute("aria-expanded", String(on));
    keepSetting("queue", on ? "open" : "");
  };
  open.addEventListener("click", () => toggle(queue.section.hidden));
  queue.close.addEventListener("click", () => {
    toggle(false);
    open.focus();
  });
  queue.section.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    toggle(false);
    open.focus();
  });
  controls.lastElementChild?.before(element("div", { class: "presenter-group" }, open));
  root.append(queue.section);
  // Without a room in which one can ask there is nothing to open.
  open.hidden = true;
  queue.section.hidden = true;
  let known = false;
  asked.subscribe(() => {
    const waiting = [...asked.state.questions.values()].filter((question) => question.as === "open").length;
    badge.textContent = waiting ? String(waiting) : "";
    open.setAttribute("aria-label", waiting ? `${words.asked} ${waiting}` : words.asked);
    if (known || !asked.state.screen) return;
    known = true;
    open.hidden = false;
    toggle(setting("queue", "") === "open");
  });
}

/**
 * @param {Desk} desk
 * @param {Asked} asked
 */
function createQueue(desk, asked) {
  const { state } = asked;
  /** @type {Shelf} */
  let shelf = "open";
  /** @type {Map<string, ReturnType<typeof createItem>>} */
  const items = new Map();
  const close = element("button", { type: "button", class: "presenter-icon", "aria-label": words.close, title: words.close }, icon("M6 6l12 12M18 6L6 18"));
  const head = element("div", { class: "presenter-head" }, element("h2", {}, words.fromRoom), close);
  const code = element("button", { type: "button" });
  const round = element("button", { type: "button" });
  const results = element("span", { class: "queue-results" });
  const tools = element("div", { class: "queue-tools" }, code, round, results);
  const tabs = element("div", { class: "queue-tabs", role: "group", "aria-label": words.fromRoom });
  const list = element("ol", { class: "presenter-scroll queue-list", tabindex: "0", "aria-label": words.fromRoom });
  const none = element("p", { class: "queue-none" });
  const said = element("p", { class: "queue-said", role: "status" });
  const section = element("section", { class: "queue presenter-text", "aria-label": words.fromRoom, lang: controlLanguage }, head, tools, tabs, said, none, list);
  const buttons = SHELVES.map(([name, label]) => {
    const button = element("button", { type: "button" });
    button.addEventListener("click", () => {
      shelf = name;
      show();
    });
    tabs.append(button);
    return { name, label, button };
  });

  /** @param {string} path @param {object} body */
  async function send(path, body) {
    const reply = await post(path, body);
    said.textContent = reply.ok ? "" : reply.refused === "disk" ? words.disk : words.lost;
  }

  function show() {
    const { questions, muddy, screen } = state;
    const shown = screen?.shown?.id ?? "";
    const on = (/** @type {Shelf} */ name) => [...questions.values()].filter(({ as, id }) => as === name || (name === "open" && id === shown));
    for (const { name, label, button } of buttons) {
      const count = name === "muddy" ? muddy.size : on(name).length;
      button.textContent = count ? `${label} ${count}` : label;
      button.setAttribute("aria-pressed", String(name === shelf));
      button.hidden = (name === "hidden" || name === "muddy") && count === 0 && name !== shelf;
    }
    code.textContent = screen?.code ? words.codeOff : words.code;
    code.setAttribute("aria-pressed", String(screen?.code === true));
    round.hidden = !state.closing;
    round.textContent = state.round ? words.closeRound : words.openRound;
    round.setAttribute("aria-pressed", String(state.round));
    results.textContent = state.results || state.round ? words.results.replace("{n}", String(state.results)) : "";
    const chosen = on(shelf).sort((a, b) => Number(b.id === shown) - Number(a.id === shown) || b.support - a.support || number(a) - number(b));
    const wanted = shelf === "muddy" ? [...muddy.values()].reverse().map((point) => muddyItem(desk, point)) : chosen.map(itemOf);
    wanted.forEach((item, at) => {
      if (list.children[at] !== item) list.insertBefore(item, list.children[at] ?? null);
    });
    while (list.children.length > wanted.length) list.lastElementChild?.remove();
    none.textContent = wanted.length ? "" : questions.size ? words.nothingHere : words.nothing;
  }

  /** @param {Question} question */
  function itemOf(question) {
    const made = items.get(question.id) ?? createItem(desk, question, send);
    items.set(question.id, made);
    made.update(question, state.screen?.shown?.id === question.id);
    return made.item;
  }

  code.addEventListener("click", () => send("/queue/code", { on: !state.screen?.code }));
  round.addEventListener("click", () => send("/queue/round", { on: !state.round }));
  asked.subscribe(show);
  // Ages grow.
  setInterval(show, 30000);
  return { section, close };
}

/**
 * @param {Desk} desk
 * @param {Question} first
 * @param {(path: string, body: object) => void} send
 */
function createItem(desk, first, send) {
  const { id } = first;
  const count = element("b", { class: "queue-count" });
  const text = element("p", { class: "queue-text", dir: "auto" }, first.text);
  const told = element("span", {});
  const facts = element("div", { class: "queue-facts" }, told, ...createWays(desk, first));
  const actions = element("div", { class: "queue-actions" });
  const item = element("li", { "data-id": id }, count, element("div", {}, text, facts, actions));
  let drawn = "";
  /** @param {string} as @param {string} label @param {string} [kind] */
  const mark = (as, label, kind = "") => {
    const button = element("button", { type: "button", class: kind, "data-as": as }, label);
    button.addEventListener("click", () => send("/queue/mark", { id, as }));
    return button;
  };
  return {
    item,
    /**
     * @param {Question} question
     * @param {boolean} isShown
     */
    update({ support, as, name, at }, isShown) {
      count.textContent = String(support);
      count.title = words.wanted.replace("{n}", String(support));
      const minutes = Math.max(0, Math.floor((Date.now() - Date.parse(at)) / 60000));
      const age = minutes ? words.minutes.replace("{n}", String(minutes)) : words.now;
      told.replaceChildren(age, ...(name ? [" · ", element("bdi", {}, name)] : []));
      item.classList.toggle("is-shown", isShown);
      const now = isShown ? "shown" : as;
      if (now === drawn) return;
      drawn = now;
      // The buttons change under the finger; the focus stays with the question.
      const had = actions.contains(document.activeElement);
      const waits = isShown || as === "open";
      actions.replaceChildren(
        isShown ? mark("open", words.unshow, "is-main") : mark("shown", words.show, waits ? "is-main" : ""),
        ...(as === "answered" ? [] : [mark("answered", words.answer)]),
        ...(as === "later" ? [] : [mark("later", words.putOff)]),
        ...(waits ? [mark("hidden", words.hide)] : [mark("open", words.reopen)]),
      );
      if (had) actions.querySelector("button")?.focus();
    },
  };
}

/**
 * Buttons to the slide that a question is about, and to the one that was prepared for such a question.
 * @param {Desk} desk
 * @param {Question} question
 */
function createWays(desk, { slide, text }) {
  const { store } = desk;
  const about = slide ? store.slides.findIndex(({ id }) => id === slide) : -1;
  const way = (/** @type {number} */ at, /** @type {string} */ label) => {
    const button = element("button", { type: "button", class: "queue-way" }, `${label}: ${store.slides[at].title}`);
    button.addEventListener("click", () => jumpTo(desk, at));
    return button;
  };
  let prepared = -1;
  let best = ALIKE;
  for (const known of knownQuestions(desk)) {
    const target = known.to >= 0 ? known.to : known.from;
    const likeness = alike(text, plainText(known.ask));
    if (target >= 0 && likeness >= best) [prepared, best] = [target, likeness];
  }
  return [...(about >= 0 ? [way(about, words.goTo)] : []), ...(prepared >= 0 && prepared !== about ? [way(prepared, words.backup)] : [])];
}

/**
 * How alike two texts are by the pairs of their letters (Dice's coefficient), in any language.
 * @param {string} one
 * @param {string} other
 */
function alike(one, other) {
  const pairs = (/** @type {string} */ text) => {
    const letters = [...text.toLowerCase().normalize("NFKC").replace(/[^\p{L}\p{N}]/gu, "")];
    return new Set(letters.slice(1).map((letter, at) => letters[at] + letter));
  };
  const [a, b] = [pairs(one), pairs(other)];
  const both = [...a].filter((pair) => b.has(pair)).length;
  return a.size + b.size ? (2 * both) / (a.size + b.size) : 0;
}

/** @param {string} html sanitised, of the talk itself */
function plainText(html) {
  const box = document.createElement("template");
  box.innerHTML = html;
  return box.content.textContent ?? "";
}

/**
 * @param {Desk} desk
 * @param {{ text: string, slide?: string }} point
 */
function muddyItem({ store }, { text, slide }) {
  const title = store.slides.find(({ id }) => id === slide)?.title ?? "";
  return element("li", { class: "is-muddy" }, element("div", {}, element("p", { class: "queue-text", dir: "auto" }, text), element("p", { class: "queue-facts" }, title)));
}

/** @param {Question} question */
function number({ id }) {
  return Number(id.slice(1));
}
