/**
 * The questions at the end of the talk on a phone: think, look, say how it was; one line without a name goes out.
 */

import { element } from "./panel.js";
import { askWords as words } from "./ask-words-en.js";
import { post, refusal } from "./ask-post.js";

/** @typedef {{ id: string, ask: string, answer: string, why?: string | null }} RoundQuestion */

/** What people say of their answer, in half points. */
const SCORES = [words.missed, words.partly, words.gotIt];

export function createRound() {
  const section = element("section", { class: "ask-part ask-round", tabindex: "-1" });
  section.hidden = true;
  let open = false;
  let done = false;
  /** @type {RoundQuestion[]} */
  let questions = [];
  /** @type {Record<string, number>} */
  let scores = {};

  /** @param {(Node | string)[]} children */
  function put(...children) {
    section.replaceChildren(...children);
  }

  function offer() {
    const title = questions.length === 1 ? words.roundOne : questions.length === 2 ? words.roundTwo : words.round;
    const start = element("button", { type: "button", class: "ask-main" }, words.start);
    start.addEventListener("click", () => ask(0));
    put(element("h2", {}, title), element("p", { class: "ask-hint" }, words.roundHint), start);
  }

  /** @param {number} at */
  function ask(at) {
    const { id, ask: question, answer, why } = questions[at];
    const progress = words.progress.replace("{n}", String(at + 1)).replace("{total}", String(questions.length));
    const own = element("textarea", { rows: "2", "aria-label": words.answer, placeholder: words.answer, dir: "auto" });
    const reveal = element("button", { type: "button", class: "ask-main" }, words.reveal);
    const head = element("h2", { tabindex: "-1" }, question);
    put(element("p", { class: "ask-hint" }, progress), head, own, reveal);
    head.focus();
    reveal.addEventListener("click", () => {
      const solution = element("div", { class: "ask-answer" }, element("p", {}, element("b", {}, `${words.theAnswer}: `), answer));
      if (why) solution.append(element("p", {}, element("b", {}, `${words.why}: `), why));
      const choices = element("div", { class: "ask-scores", role: "group", "aria-label": words.howWasIt });
      const state = element("p", { class: "ask-said", role: "status" });
      SCORES.forEach((word, score) => {
        const button = element("button", { type: "button" }, word);
        button.addEventListener("click", () => {
          scores[id] = score;
          if (at + 1 < questions.length) ask(at + 1);
          else send(choices, state);
        });
        choices.append(button);
      });
      reveal.replaceWith(solution, element("p", { class: "ask-how" }, words.howWasIt), choices, state);
      /** @type {HTMLElement} */ (choices.firstElementChild).focus();
    });
  }

  /** @param {HTMLElement} choices @param {HTMLElement} state */
  async function send(choices, state) {
    const buttons = choices.querySelectorAll("button");
    for (const button of buttons) button.disabled = true;
    state.textContent = words.sending;
    const reply = await post("/ask/result", { scores });
    for (const button of buttons) button.disabled = false;
    if (!reply.ok) {
      state.textContent = refusal(reply, words);
      return;
    }
    done = true;
    const line = element("code", {}, String(reply.answer.line));
    put(element("h2", { tabindex: "-1" }, words.thanks), element("p", { class: "ask-hint" }, words.result), line);
    section.querySelector("h2")?.focus();
  }

  return {
    section,
    /** @param {boolean} now */
    async hear(now) {
      if (now === open) return;
      open = now;
      if (done) return;
      // Whoever is in the middle of it may go on and is told at the end.
      if (!open) {
        section.hidden = !section.querySelector("textarea");
        return;
      }
      try {
        questions = (await (await fetch("/ask/round")).json()).questions ?? [];
      } catch {
        // The news come again with the next connection.
        open = false;
        return;
      }
      if (!open || !questions.length || section.querySelector("textarea")) return;
      scores = {};
      offer();
      section.hidden = false;
    },
  };
}
