/**
 * What everybody sees of the audience's questions: one large over the deck, the most wanted ones on a slide for
 * questions, and the way to the page on which one asks.
 */

import { drawCode } from "./asked.js";
import { element } from "./panel.js";
import { language, queueWords as words } from "./queue-words-en.js";

/** @typedef {import("./asked.js").Question} Question */
/** @typedef {import("./asked.js").Screen} Screen */

/** From how many characters on a question is set smaller; Chinese and Japanese ones take twice the room. */
const SIZES = [60, 140, 320, 1000];

/**
 * @param {import("./start.js").Parts} parts
 * @param {import("./asked.js").Asked} asked
 */
export function showAsked({ elements, link }, asked) {
  const card = element("div", { class: "asked-card", role: "status" });
  const curtain = element("div", { class: "asked-curtain", lang: language }, card);
  curtain.hidden = true;
  document.body.append(curtain);
  if (link.role === "viewer") offerAsking(asked);
  const live = elements.filter((slide) => slide.classList.contains("layout-qa")).map((slide) => {
    const box = element("div", { class: "asked-live", lang: language });
    slide.append(box);
    return { slide, box };
  });
  let drawn = "";
  asked.subscribe(() => {
    const { screen } = asked.state;
    const now = JSON.stringify(screen);
    if (!screen || now === drawn) return;
    drawn = now;
    curtain.hidden = !screen.shown && !screen.code;
    card.className = `asked-card ${screen.shown ? "is-question" : "is-code"}`;
    if (screen.shown) card.replaceChildren(...large(screen.shown));
    else if (screen.code) card.replaceChildren(...codeOf(screen));
    else card.replaceChildren();
    for (const { slide, box } of live) {
      slide.classList.toggle("has-asked", screen.top.length > 0);
      box.replaceChildren(...liveList(screen));
    }
  });
}

/** @param {Question} question */
function large({ text, name, support }) {
  const room = [...text].reduce((sum, char) => sum + (char > "\u2e7f" ? 2 : 1), 0);
  const size = SIZES.filter((from) => room > from).length;
  const facts = [name && element("bdi", {}, name), support > 0 && words.wanted.replace("{n}", String(support))];
  const below = facts.flatMap((fact) => (fact ? [fact] : [])).flatMap((fact, at) => (at ? [" · ", fact] : [fact]));
  return [
    element("p", { class: "asked-head" }, words.fromRoom),
    element("p", { class: "asked-large", "data-size": String(size), dir: "auto" }, text),
    element("p", { class: "asked-foot" }, ...below),
  ];
}

/** @param {Screen} screen */
function codeOf({ way }) {
  return [
    element("p", { class: "asked-scan" }, words.scan),
    ...(way.modules.length ? [drawCode(way.modules, way.address)] : []),
    element("p", { class: "asked-address" }, way.address.replace(/^http:\/\//, "")),
  ];
}

/** @param {Screen} screen */
function liveList(screen) {
  const item = (/** @type {Question} */ { text, name, support }) =>
    element(
      "li",
      {},
      element("b", {}, String(support)),
      element("span", { dir: "auto" }, text, ...(name ? [element("small", {}, element("bdi", {}, name))] : [])),
    );
  const list = element("ol", {}, ...screen.top.map(item));
  return [...(screen.top.length ? [list] : []), element("div", { class: "asked-way" }, ...codeOf(screen))];
}

/**
 * A viewer follows on a phone or laptop of his own and may ask there.
 * @param {import("./asked.js").Asked} asked
 */
function offerAsking(asked) {
  const link = element("a", { class: "asked-link", href: "/ask", lang: language }, words.askLink);
  asked.subscribe(() => {
    if (asked.state.screen && !link.isConnected) document.body.append(link);
  });
}
