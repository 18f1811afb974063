/**
 * The record of a talk: when which slide and step came, pauses and questions, in seconds since the clock started.
 * Every window of the talk keeps it, the longest one counts. It stays in the browser until the speaker downloads it.
 */

import { now } from "./clock.js";
import { recall, remember } from "./memory.js";

/** @typedef {import("./store.js").Store} Store */
/** @typedef {import("./store.js").DeckState} DeckState */
/** @typedef {import("./link.js").Link} Link */

/**
 * @typedef {object} TalkEvent
 * @property {number} at
 * @property {"enter" | "step" | "pause" | "resume" | "question" | "answer" | "end"} event
 * @property {string} [slide]
 * @property {number} [step]
 */

/**
 * @typedef {object} TalkRecord
 * @property {number} round how often the clock was reset, and the record begun anew
 * @property {number} started milliseconds since 1970; 0 before the talk
 * @property {TalkEvent[]} events
 * @property {boolean} on
 * @property {number} switched how often it was switched on or off
 */

/** No talk has so many; the record must fit where the browser keeps it. */
const MOST_EVENTS = 8000;

/** @type {{ store: Store, link: Link, data: Record<string, any> } | null} */
let talk = null;

/** @type {TalkRecord} */
let record = { round: 0, started: 0, events: [], on: true, switched: 0 };

/**
 * @param {Store} store
 * @param {Link} link
 * @param {object} data what the page says about the deck
 */
export function keepRecord(store, link, data) {
  talk = { store, link, data };
  record = readRecord(recall("record")) ?? record;
  store.subscribe((state, before) => {
    if (record.on && state !== before && link.role !== "viewer") write(store, state, before);
  });
  link.on("hello", ({ round, events, switched }, transport) => {
    if (!transport.local || link.role === "viewer") return;
    const behind = round < record.round || (round === record.round && events < record.events.length);
    if (behind || switched < record.switched) link.send("record", { record }, [transport]);
  });
  link.on("record", (message, transport) => {
    const other = transport.local ? readRecord(message.record) : null;
    if (!other) return;
    const more = other.round - record.round || other.events.length - record.events.length;
    const { round, started, events } = more > 0 ? other : record;
    const { on, switched } = other.switched > record.switched ? other : record;
    record = { round, started, events, on, switched };
    remember("record", record);
  });
  link.describe(() => ({ round: record.round, events: record.events.length, switched: record.switched }));
}

/** Whether times are being recorded, or will be once the talk begins. */
export function isRecording() {
  return record.on;
}

/** Switches the record off, or on again, in all windows; what was recorded stays. */
export function toggleRecording() {
  if (!talk) return;
  const { store, link } = talk;
  if (record.on) add({ event: "pause" });
  record.on = !record.on;
  record.switched += 1;
  if (record.on && record.started) {
    add({ event: "enter", slide: idOf(store, store.state), step: store.state.step });
    if (store.state.clock.mode === "talk") add({ event: "resume" });
  }
  remember("record", record);
  link.send("record", { record }, link.local());
  // A server that records as well stops with it.
  link.send("recording", { on: record.on });
}

/** The record as a file; null before there is one. */
export function recordFile() {
  if (!talk || record.events.length === 0) return null;
  const { store, data } = talk;
  const plans = new Map((Array.isArray(data.slides) ? data.slides : []).map((slide) => [slide.id, slide]));
  const file = {
    format: "retell-rehearsal/1",
    talk: { title: data.title ?? document.title, date: data.speaker?.date },
    lang: data.lang ?? document.documentElement.lang,
    started: localTime(record.started),
    slides: store.slides.map(({ id }) => {
      const { key, plan, expected } = plans.get(id) ?? {};
      return { id, key, plan, expected };
    }),
    events: [...record.events, { at: secondsNow(), event: "end" }],
  };
  return new Blob([`${JSON.stringify(file, null, 1)}\n`], { type: "application/json" });
}

/**
 * The time of day here, in RFC 3339: its first ten characters are the day.
 * @param {number} moment milliseconds since 1970
 */
function localTime(moment) {
  const ahead = -new Date(moment).getTimezoneOffset();
  const two = (/** @type {number} */ number) => String(Math.trunc(Math.abs(number))).padStart(2, "0");
  const here = new Date(moment + ahead * 60_000).toISOString().slice(0, 19);
  return `${here}${ahead < 0 ? "-" : "+"}${two(ahead / 60)}:${two(ahead % 60)}`;
}

/**
 * @param {Store} store
 * @param {DeckState} state
 * @param {DeckState} before
 */
function write(store, state, before) {
  const { mode } = state.clock;
  const was = before.clock.mode;
  if (!record.started) {
    if (mode === "idle") return;
    record.started = state.clock.since;
    add({ event: "enter", slide: idOf(store, state), step: state.step });
    if (mode !== "talk") add({ event: mode === "question" ? "question" : "pause" });
    return;
  }
  if (mode === "idle" && state.clock.talk + state.clock.questions === 0) {
    record = { ...record, round: record.round + 1, started: 0, events: [] };
    return remember("record", record);
  }
  if (mode !== was) {
    if (was === "question") add({ event: "answer" });
    if (mode === "question") add({ event: "question" });
    else if (mode === "paused") add({ event: "pause" });
    else if (mode === "talk" && was !== "question") add({ event: "resume" });
  }
  if (state.revision !== before.revision) return;
  const moved = { slide: idOf(store, state), step: state.step };
  if (state.slide !== before.slide) add({ event: "enter", ...moved });
  else if (state.step !== before.step) add({ event: "step", ...moved });
}

/** @param {Omit<TalkEvent, "at">} event */
function add(event) {
  if (!record.started || record.events.length >= MOST_EVENTS) return;
  record.events.push({ at: secondsNow(), ...event });
  remember("record", record);
}

function secondsNow() {
  return Math.max(0, Math.round(now() - record.started) / 1000);
}

/**
 * @param {Store} store
 * @param {DeckState} state
 */
function idOf(store, state) {
  return store.slides[state.slide].id;
}

/**
 * A record that was stored or sent, if it is one.
 * @param {unknown} value
 * @returns {TalkRecord | null}
 */
function readRecord(value) {
  const { round, started, events, on, switched } = /** @type {Record<string, any>} */ (value ?? {});
  if (![round, switched].every(Number.isSafeInteger) || !Number.isFinite(started) || !Array.isArray(events)) return null;
  const fine = events.slice(0, MOST_EVENTS).filter((event) => Number.isFinite(event?.at) && typeof event.event === "string");
  return { round, started: Math.min(Math.max(started, 0), 8e15), events: fine, on: on !== false, switched };
}
