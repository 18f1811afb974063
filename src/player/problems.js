/**
 * What is wrong with the source, over the last good deck: errors open a panel, warnings only a badge that opens it. The deck
 * below stays usable: the panel takes no focus and no keys but Escape, which closes it.
 */

import { element, icon } from "./panel.js";

/** @typedef {import("./store.js").Store} Store */
/** @typedef {import("./labels.js").Labels & typeof import("./live-words-en.js").liveWords} Labels */

/**
 * @typedef {object} Problem
 * @property {"error" | "warning" | "info"} [severity]
 * @property {string} [code]
 * @property {string} [message]
 * @property {string} [file]
 * @property {number} [line] from 1
 * @property {number} [column] from 1
 * @property {string[]} [excerpt] lines of the source
 * @property {[number, number, number]} [mark] which line of the excerpt, from 0; from which character of it, from 0; how many
 * @property {string[]} [hints]
 */

/** How many problems are listed; one mistake can bring hundreds. */
const MOST = 50;

/** Keys that scroll the list when it has the focus, and turn no slide then. */
const SCROLLING = ["ArrowDown", "ArrowUp", "PageDown", "PageUp", "Home", "End", " "];

/**
 * @param {Store} store
 * @param {Labels} labels
 * @param {HTMLElement} bar where the badge stands
 */
export function createProblems(store, labels, bar) {
  const heading = element("h2", { role: "status" });
  const close = element("button", { type: "button", class: "panel-close", "aria-label": labels.close }, icon("M6 6l12 12M18 6L6 18"));
  const list = element("div", { class: "problem-list", tabindex: "0", role: "list", "aria-label": labels.problems });
  const panel = element("section", { class: "problems", "aria-label": labels.problems }, element("header", { class: "panel-bar" }, heading, close), list);
  const badge = element("button", { type: "button", class: "problem-badge" });
  panel.hidden = true;
  badge.hidden = true;
  document.body.append(panel);
  bar.append(badge);
  /** The errors that the author has seen and closed. */
  let seen = "";
  let errors = "[]";

  const open = (/** @type {boolean} */ isOpen) => {
    panel.hidden = !isOpen;
    badge.hidden = isOpen || list.childElementCount === 0;
  };
  const dismiss = () => {
    seen = errors;
    open(false);
  };
  close.addEventListener("click", dismiss);
  badge.addEventListener("click", () => {
    open(true);
    list.focus();
  });
  list.addEventListener("keydown", (event) => {
    if (SCROLLING.includes(event.key)) event.stopPropagation();
  });
  document.addEventListener("keydown", (event) => {
    const { panel: dialog, cover, tool, digits } = store.state;
    if (event.key !== "Escape" || panel.hidden || dialog || cover || tool || digits) return;
    event.preventDefault();
    dismiss();
  });
  return {
    /** @param {any} news */
    show(news) {
      /** @type {Problem[]} */
      const problems = (Array.isArray(news.problems) ? news.problems : []).filter((/** @type {unknown} */ problem) => problem && typeof problem === "object");
      const wrong = problems.filter((problem) => problem.severity === "error");
      const text = countOf(problems, labels);
      list.replaceChildren(...[...new Set([...wrong, ...problems])].slice(0, MOST).map((problem) => itemOf(problem, labels)));
      list.scrollTop = 0;
      if (heading.textContent !== text) heading.textContent = text;
      badge.textContent = text;
      badge.classList.toggle("is-error", wrong.length > 0);
      const wasWrong = errors !== "[]";
      errors = JSON.stringify(wrong);
      const opens = wrong.length > 0 && errors !== seen;
      if (opens) seen = "";
      open(opens || (!panel.hidden && problems.length > 0 && !wasWrong));
    },
  };
}

/**
 * "2 errors · 1 warning" in the deck's language.
 * @param {Problem[]} problems
 * @param {Labels} labels
 */
function countOf(problems, labels) {
  const errors = problems.filter((problem) => problem.severity === "error").length;
  const notes = problems.filter((problem) => problem.severity === "info").length;
  const rest = problems.length - errors - notes;
  const parts = [];
  if (errors) parts.push((errors === 1 ? labels.oneError : labels.errors).replace("#", String(errors)));
  if (rest) parts.push((rest === 1 ? labels.oneWarning : labels.warnings).replace("#", String(rest)));
  if (notes) parts.push(`${labels.info}: ${notes}`);
  return parts.join(" · ");
}

/**
 * A text whose words in backticks are code.
 * @param {unknown} text
 */
function withCode(text) {
  return String(text ?? "").split("`").map((part, index) => (index % 2 ? element("code", {}, part) : part));
}

/**
 * @param {Problem} problem
 * @param {Labels} labels
 */
function itemOf(problem, labels) {
  const severity = problem.severity === "error" || problem.severity === "info" ? problem.severity : "warning";
  const place = [problem.file, problem.line, problem.column].filter((part) => part !== undefined && part !== null && part !== "").join(":");
  const item = element(
    "article",
    { class: `problem is-${severity}`, role: "listitem" },
    element("p", { class: "problem-message" }, element("span", { class: "problem-kind" }, labels[severity]), " ", ...withCode(problem.message)),
    element("p", { class: "problem-place" }, element("span", {}, place), element("span", {}, problem.code ?? "")),
  );
  if (Array.isArray(problem.excerpt) && problem.excerpt.length) item.append(excerptOf(problem.excerpt, problem));
  for (const hint of Array.isArray(problem.hints) ? problem.hints : []) {
    item.append(element("p", { class: "problem-hint" }, element("span", {}, labels.hint), " ", ...withCode(hint)));
  }
  return item;
}

/**
 * The lines of the source with their numbers, the marked part marked.
 * @param {string[]} lines
 * @param {Problem} problem
 */
function excerptOf(lines, { line, mark }) {
  const [at, from, count] = Array.isArray(mark) ? mark.map(Number) : [-1, 0, 0];
  const first = Number(line) - Math.max(at, 0);
  const block = element("pre", { class: "problem-source" });
  lines.forEach((text, index) => {
    const row = element("span", { class: index === at ? "problem-line is-marked" : "problem-line" });
    if (first >= 1) row.append(element("span", { class: "problem-number", "aria-hidden": "true" }, String(first + index)));
    if (index === at) {
      const characters = [...String(text)];
      const end = Math.max(from + Math.max(count, 1), 0);
      const marked = characters.slice(from, end).join("") || " ";
      row.append(characters.slice(0, from).join(""), element("mark", {}, marked), characters.slice(end).join(""));
    } else row.append(String(text));
    block.append(row);
  });
  return block;
}
