/**
 * The page of a viewer: it goes where the speaker goes. Who looks back is left in peace until a button brings them
 * to the speaker again.
 */

import { element } from "./panel.js";
import { controlLanguage } from "./labels.js";
import { roomWords } from "./room-words-en.js";
import { numberOf } from "./store.js";

/** @typedef {import("./store.js").Store} Store */

/**
 * @param {import("./start.js").Parts} parts
 * @param {import("./room.js").Room} room
 */
export function followSpeaker({ store, labels }, room) {
  const button = element("button", { type: "button" });
  const state = element("span", { role: "status" });
  const bar = element("div", { class: "follow-bar", lang: controlLanguage }, state, button);
  button.hidden = true;
  document.body.append(bar);
  /** @type {{ slide: string, step: number, cover: string } | null} */
  let speaker = null;
  let following = true;

  const isThere = () => {
    const { slide, step, cover } = store.state;
    return speaker !== null && store.slides[slide].id === speaker.slide && step === speaker.step && cover === speaker.cover;
  };
  const show = () => {
    button.hidden = following || !speaker;
    document.documentElement.classList.toggle("is-apart", !button.hidden);
    const at = store.slides.findIndex(({ id }) => id === speaker?.slide);
    if (at < 0) return;
    const number = numberOf(store, at);
    button.textContent = `${roomWords.follow} · ${store.slides[at].backup ? `${labels.backup} ${number}` : number}`;
  };
  room.filter((message) => {
    // A pointer makes sense on the slide that it points at.
    if (message.kind === "pointer") return following || message.at === null;
    if (message.kind !== "state") return true;
    const { slide, step, cover } = message.state ?? {};
    if (typeof slide !== "string") return false;
    speaker = { slide, step: Number(step) || 0, cover: typeof cover === "string" ? cover : "" };
    if (following) store.adopt(speaker);
    following ||= isThere();
    show();
    return false;
  });
  button.addEventListener("click", () => {
    following = true;
    if (speaker) store.adopt(speaker);
    show();
  });
  store.subscribe((after, before, origin) => {
    const moved = after.slide !== before.slide || after.step !== before.step || after.cover !== before.cover;
    if (!moved || origin !== "own" || !speaker) return;
    following = isThere();
    show();
  });
  let timer = 0;
  room.subscribe((status) => {
    clearTimeout(timer);
    if (status.state === "open") state.textContent = "";
    // A short loss is not worth a word.
    else timer = setTimeout(() => (state.textContent = roomWords.lost), 2000);
  });
}
