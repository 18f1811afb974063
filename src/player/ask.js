/**
 * The page of the audience on a phone: ask, want what others ask, answer at the end, say what was least clear, and take
 * along what there is. What others wrote is text and never becomes anything else.
 */

import { element, icon } from "./panel.js";
import { askWords as words, language } from "./ask-words-en.js";
import { createAskList } from "./ask-list.js";
import { createRound } from "./ask-round.js";
import { listen } from "./ask-socket.js";
import { post, refusal } from "./ask-post.js";

/** @typedef {{ title: string, slides: { id: string, title: string }[], calendar: boolean, sheet: boolean }} AskPage */

/** The most characters of a text, and of a name. */
const MAX_TEXT = 1000;
const MAX_NAME = 60;

export function startAsk() {
  /** @type {AskPage} */
  const page = JSON.parse(document.querySelector("script[type='application/json']")?.textContent ?? "{}");
  const titles = new Map(page.slides.map(({ id, title }) => [id, title]));
  const state = element("p", { class: "ask-state", role: "status" });
  const head = element("header", { class: "ask-head" }, element("h1", { lang: document.documentElement.lang, dir: "auto" }, page.title), state);
  const form = createAskForm(titles);
  const list = createAskList(titles);
  const round = createRound();
  const privacy = element("p", { class: "ask-privacy" }, words.privacy);
  const main = element("main", {}, round.section, form.section, list.section, createMuddy(form.here), createTakeaways(page), privacy);
  const root = element("div", { class: "ask", lang: language }, head, main);
  document.body.append(root);
  listen(
    page.title,
    (message) => {
      if (message.kind === "state") form.show(message.state?.slide);
      if (message.kind !== "floor") return;
      list.hear(message);
      round.hear(message.round === true);
    },
    (connection) => {
      state.textContent = connection === "open" ? "" : words[connection];
      root.dataset.state = connection;
    },
  );
}

/** @param {Map<string, string>} titles */
function createAskForm(titles) {
  let slide = "";
  const text = createText(words.placeholder, words.ask);
  const about = element("input", { type: "checkbox" });
  const aboutWord = element("span", {});
  const aboutLabel = element("label", { class: "ask-check" }, about, aboutWord);
  aboutLabel.hidden = true;
  const name = element("input", { type: "text", maxlength: String(MAX_NAME), placeholder: words.name, "aria-label": words.name, autocomplete: "off", dir: "auto" });
  const sign = element("details", { class: "ask-sign" }, element("summary", {}, words.sign), name, element("p", { class: "ask-hint" }, words.nameHint));
  const send = element("button", { class: "ask-main" }, words.send);
  const said = element("p", { class: "ask-said", role: "status" });
  const form = element("form", {}, text, aboutLabel, element("div", { class: "ask-row" }, sign, send), said);
  submit(form, send, said, async () => {
    const reply = await post("/ask/question", {
      text: text.value,
      ...(about.checked && slide ? { slide } : {}),
      ...(sign.open && name.value.trim() ? { name: name.value } : {}),
    });
    if (reply.ok) {
      text.value = "";
      about.checked = false;
    }
    return reply.ok ? words.asked : refusal(reply, words);
  });
  const section = element("section", { class: "ask-part ask-form", "aria-label": words.ask }, element("h2", {}, words.ask), form);
  return {
    section,
    here: () => slide,
    /** @param {unknown} id of the slide that is shown now */
    show(id) {
      // A question that is about a slide stays with it while the talk goes on.
      if (about.checked || typeof id !== "string" || !titles.has(id)) return;
      slide = id;
      aboutWord.textContent = words.about.replace("{slide}", titles.get(id) || id);
      aboutLabel.hidden = false;
    },
  };
}

/** @param {() => string} here the slide that is shown now */
function createMuddy(here) {
  const text = createText(words.muddyPlaceholder, words.muddy);
  const send = element("button", {}, words.send);
  const said = element("p", { class: "ask-said", role: "status" });
  const form = element("form", {}, text, element("div", { class: "ask-row" }, element("p", { class: "ask-hint" }, words.muddyHint), send), said);
  submit(form, send, said, async () => {
    const slide = here();
    const reply = await post("/ask/muddy", { text: text.value, ...(slide ? { slide } : {}) });
    if (reply.ok) text.value = "";
    return reply.ok ? words.muddySent : refusal(reply, words);
  });
  return element("section", { class: "ask-part", "aria-label": words.muddy }, element("h2", {}, words.muddy), form);
}

/** @param {AskPage} page */
function createTakeaways({ sheet, calendar }) {
  /**
   * @param {string} address
   * @param {string} shape
   * @param {string} title
   * @param {string} hint
   */
  const link = (address, shape, title, hint) =>
    element("a", { href: address }, icon(shape), element("span", {}, element("b", {}, title), element("small", {}, hint)));
  const links = element("div", { class: "ask-links" });
  if (sheet) links.append(link("/ask/follow-up.html", "M6 3h9l4 4v14H6zM9 11h7M9 15h7", words.sheet, words.sheetHint));
  if (calendar) links.append(link("/ask/follow-up.ics", "M4 6h16v14H4zM4 10h16M8 3v5M16 3v5", words.calendar, words.calendarHint));
  links.append(link("/follow", "M3 5h18v11H3zM8 20h8", words.watch, words.watchHint));
  return element("section", { class: "ask-part", "aria-label": words.take }, element("h2", {}, words.take), links);
}

/** @param {string} placeholder @param {string} label */
function createText(placeholder, label) {
  const text = element("textarea", { rows: "3", maxlength: String(MAX_TEXT), placeholder, "aria-label": label, dir: "auto" });
  // It grows with what is written; browsers that can do so themselves are not disturbed.
  text.addEventListener("input", () => {
    text.style.height = "auto";
    text.style.height = `${Math.min(text.scrollHeight + 4, innerHeight / 2)}px`;
  });
  return text;
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLButtonElement} send
 * @param {HTMLElement} said
 * @param {() => Promise<string>} work gives what is said afterwards
 */
function submit(form, send, said, work) {
  let busy = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (busy) return;
    const text = form.querySelector("textarea");
    if (text && !text.value.trim()) return text.focus();
    busy = true;
    send.setAttribute("aria-disabled", "true");
    said.textContent = words.sending;
    said.textContent = await work();
    send.removeAttribute("aria-disabled");
    busy = false;
    if (text && !text.value) text.style.height = "";
  });
}
