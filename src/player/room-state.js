/**
 * Whether a window of the speaker is connected to the server, how many watch, and whether the talk is being recorded.
 */

import { element } from "./panel.js";
import { roomWords } from "./room-words-en.js";

/** @typedef {import("./room.js").Room} Room */

/**
 * @param {Room} room
 * @param {typeof roomWords} words
 */
export function createRoomState(room, words) {
  const text = element("span", { class: "room-word", role: "status" });
  const more = element("span", { class: "room-facts" });
  const box = element("div", { class: "room-state" }, text, more);
  room.subscribe(({ state, viewers, recording }) => {
    box.dataset.state = state;
    const open = state === "open";
    text.textContent = open ? words.connected : state === "refused" ? words.refused : words.lost;
    const facts = [recording ? words.recorded : "", viewers ? `${viewers} ${words.viewers}` : ""];
    more.textContent = open ? facts.filter(Boolean).join(" · ") : "";
  });
  return box;
}

/**
 * Puts it among the controls of the presenter view, where only what is wrong and how many watch is news: the deck's
 * window and the recording are told beside it.
 * @param {Room} room
 */
export function showRoomState(room) {
  document.querySelector(".presenter-controls > :last-child")?.before(createRoomState(room, { ...roomWords, connected: "", recorded: "" }));
}
