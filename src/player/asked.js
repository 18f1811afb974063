/**
 * What the audience of a room asks, as its server tells a window: to the speaker all of it, to every deck what is to be
 * shown.
 */

/** @typedef {import("./link.js").Link} Link */
/** @typedef {ReturnType<typeof hearAsked>} Asked */

/**
 * @typedef {object} Question
 * @property {string} id
 * @property {string} text
 * @property {string} [name]
 * @property {string} [slide]
 * @property {number} support
 * @property {"open" | "answered" | "later" | "hidden"} as
 * @property {string} at
 */

/**
 * @typedef {object} Screen
 * @property {Question | null} shown
 * @property {Question[]} top
 * @property {boolean} code
 * @property {{ address: string, modules: string[] }} way
 */

/**
 * Listens from the start: a view may be opened long after the news.
 * @param {Link} link
 */
export function hearAsked(link) {
  /** @type {Map<string, Question>} */
  const questions = new Map();
  /** @type {Map<number, { text: string, slide?: string }>} */
  const muddy = new Map();
  const screen = /** @type {Screen | null} */ (null);
  const state = { questions, muddy, closing: false, round: false, results: 0, screen };
  /** @type {(() => void)[]} */
  const listeners = [];
  const tell = () => listeners.forEach((listener) => listener());
  link.on("queue", (news) => {
    if (news.all) {
      questions.clear();
      muddy.clear();
    }
    for (const question of news.questions ?? []) questions.set(question.id, question);
    for (const point of news.muddy ?? []) muddy.set(point.n, point);
    state.closing = news.closing === true;
    state.round = news.round === true;
    state.results = Number(news.results) || 0;
    tell();
  });
  link.on("screen", (news) => {
    state.screen = /** @type {any} */ (news);
    tell();
  });
  return {
    state,
    /** @param {() => void} listener told at once and after every change */
    subscribe(listener) {
      listeners.push(listener);
      listener();
    },
  };
}

/**
 * A QR code of rows of `1` for dark.
 * @param {string[]} modules
 * @param {string} label
 */
export function drawCode(modules, label) {
  const quiet = 3;
  const size = modules.length + 2 * quiet;
  const drawing = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  drawing.setAttribute("viewBox", `0 0 ${size} ${size}`);
  drawing.setAttribute("role", "img");
  drawing.setAttribute("aria-label", label);
  drawing.setAttribute("shape-rendering", "crispEdges");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  const dots = modules.flatMap((row, y) => [...row].flatMap((dot, x) => (dot === "1" ? [`M${x + quiet} ${y + quiet}h1v1h-1z`] : [])));
  path.setAttribute("d", dots.join(""));
  drawing.append(path);
  return drawing;
}
