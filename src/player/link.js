/**
 * Keeps the windows of one talk together: tells them where this one stands and takes over where they went. How a
 * message travels is left to transports; the same message may come by several. Changes are numbered (a Lamport clock),
 * so all windows come to the same place whatever order they hear of them in.
 */

import { now, readClock } from "./clock.js";
import { recall, remember } from "./memory.js";

/** @typedef {import("./store.js").Store} Store */
/** @typedef {ReturnType<typeof createLink>} Link */

/**
 * @typedef {object} Transport
 * @property {(message: object) => void} send
 * @property {() => void} close
 * @property {boolean} [local] leads only to windows of this browser
 * @property {boolean} [shared] leads to every window of the talk, also to decks that nobody presents
 */

/** @typedef {"deck" | "presenter" | "remote" | "viewer"} Role */

/** @typedef {Record<string, any> & { kind: string, from: string, role?: Role }} Message */

/** @typedef {[number, string]} Version how many changes there were, and who made the last one */

/** How many greetings a window of this browser may leave unanswered: one that crashed says no goodbye. */
const UNANSWERED = 8;

/**
 * @param {Store} store
 * @param {Role} [role] what this window is
 */
export function createLink(store, role = "deck") {
  const id = Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  /** @type {Set<Transport>} */
  const transports = new Set();
  /** @type {Map<string, ((message: Message, transport: Transport) => void)[]>} */
  const listeners = new Map();
  /** @type {Map<string, { role: Role, local?: boolean, unanswered: number }>} */
  const peers = new Map();
  /** A deck that nobody presents stays alone: readers may have several of them open. */
  let joined = role !== "deck";
  let version = versionOfPlace(store, role, id);
  const opened = version;
  let told = placeOf(store);
  /** @type {() => object} */
  let describe = () => ({});

  /**
   * @param {string} kind
   * @param {object} [fields]
   * @param {Iterable<Transport>} [ways]
   */
  function send(kind, fields = {}, ways = transports) {
    const message = { retell: 1, kind, from: id, role, ...fields };
    for (const transport of ways) transport.send(message);
  }

  /** @param {Iterable<Transport>} [ways] */
  function tellPlace(ways) {
    if (role !== "viewer" && version[0] > 0) send("state", { now: now(), version, state: told }, ways);
  }

  /** @param {Iterable<Transport>} [ways] */
  function greet(ways) {
    for (const [id, peer] of peers) if (peer.local && ++peer.unanswered > UNANSWERED) peers.delete(id);
    send("hello", { version, ...describe() }, ways);
  }

  /**
   * Whether a message over a shared way concerns this window. The first one from a presenter makes a deck join;
   * where the talk has begun elsewhere, this deck is the one to follow.
   * @param {Message} message
   * @param {Transport} transport
   */
  function joins(message, transport) {
    if (joined || !transport?.shared) return true;
    if (!message.role || message.role === "deck") return false;
    joined = true;
    const other = readVersion(message.version);
    // Where they stand this deck stood when it was loaded again: what was done here since is news to them.
    const begunElsewhere = other && other[0] > 0 && !isSame(other, version) && !isSame(other, opened);
    if (begunElsewhere) version = [0, id];
    return true;
  }

  /**
   * @param {Message} message
   * @param {Transport} transport
   */
  function greeted(message, transport) {
    const other = readVersion(message.version);
    // Who knows less asks back and does not answer.
    if (other && isNewer(other, version)) greet([transport]);
    else tellPlace([transport]);
  }

  /**
   * @param {Message} message
   * @param {Transport} transport
   */
  function adopt(message, transport) {
    const other = readVersion(message.version);
    if (!other || !message.state || typeof message.state !== "object") return;
    // Who was away may hear of a change that came after theirs.
    if (isNewer(version, other)) return tellPlace([transport]);
    if (!isNewer(other, version)) return;
    version = other;
    const clock = readClock(message.state.clock);
    // Other devices have other clocks; windows of this browser have this one's.
    if (clock && !transport.local && Number.isFinite(message.now)) clock.since = Math.max(0, clock.since + now() - message.now);
    store.adopt({ ...message.state, clock });
    // Also where nothing changed here.
    keep();
  }

  function keep() {
    const { slide, step, cover } = told;
    remember("place", { version, slide, step, cover });
  }

  store.subscribe((_state, _before, origin) => {
    const place = placeOf(store);
    const same = place.slide === told.slide && place.step === told.step && place.cover === told.cover;
    if (same && place.clock === told.clock) return;
    told = place;
    if (origin === "own" && role !== "viewer") {
      version = [version[0] + 1, id];
      tellPlace();
    }
    keep();
  });
  addEventListener("pagehide", () => send("bye"));
  addEventListener("pageshow", (event) => {
    if (event.persisted) greet();
  });

  return {
    id,
    role,
    send,
    greet,
    /**
     * Hears messages of a kind, once the link itself has done what they ask.
     * @param {string} kind
     * @param {(message: Message, transport: Transport) => void} listener
     */
    on(kind, listener) {
      listeners.set(kind, [...(listeners.get(kind) ?? []), listener]);
    },
    /**
     * A way to other windows, open from now on. What comes by it is given to `receive`.
     * @param {Transport} transport
     */
    addTransport(transport) {
      transports.add(transport);
      greet([transport]);
    },
    /** @param {Transport} transport */
    removeTransport(transport) {
      transports.delete(transport);
    },
    /** The ways to windows of this browser only. */
    local: () => [...transports].filter((transport) => transport.local),
    /**
     * @param {unknown} value
     * @param {Transport} [transport] by which it came; the answer goes the same way
     */
    receive(value, transport) {
      const message = readMessage(value);
      /** @type {Transport} */
      const ways = transport ?? { send: (/** @type {object} */ answer) => transports.forEach((way) => way.send(answer)), close() {} };
      if (!message || message.from === id || !joins(message, ways)) return;
      if (message.kind === "bye") peers.delete(message.from);
      else if (message.role) peers.set(message.from, { role: message.role, local: ways.local, unanswered: 0 });
      if (message.kind === "hello") greeted(message, ways);
      if (message.kind === "state") adopt(message, ways);
      for (const listener of listeners.get(message.kind) ?? []) listener(message, ways);
    },
    /** @param {() => object} fields what a greeting tells besides */
    describe(fields) {
      describe = fields;
    },
    /** From now on other decks are heard too: this one is being presented. */
    join() {
      joined = true;
    },
    /** The other windows that are there, as far as one hears. */
    peers: () => [...peers].map(([id, { role }]) => ({ id, role })),
  };
}

/** @param {Store} store */
function placeOf(store) {
  const { slide, step, cover, clock } = store.state;
  return { slide: store.slides[slide].id, step, cover, clock };
}

/**
 * The number of the place where a window opens. Loaded again it is where it was; a presenter view
 * opened by hand knows nothing yet, a deck stands where its address says.
 * @param {Store} store
 * @param {Role} role
 * @param {string} id
 * @returns {Version}
 */
function versionOfPlace(store, role, id) {
  const kept = /** @type {Record<string, any> | null} */ (recall("place"));
  const version = readVersion(kept?.version);
  const place = placeOf(store);
  if (version && kept?.slide === place.slide && kept.step === place.step) {
    store.adopt({ cover: kept.cover });
    return version;
  }
  // The hyphen comes before all that changes are signed with: where the first change was made, there the talk is.
  return role === "deck" ? [(version?.[0] ?? 0) + 1, `-${id}`] : [0, id];
}

/**
 * @param {unknown} value
 * @returns {Message | null}
 */
function readMessage(value) {
  const message = /** @type {Record<string, any> | null} */ (value);
  if (!message || typeof message !== "object" || message.retell !== 1) return null;
  return typeof message.kind === "string" && typeof message.from === "string" ? /** @type {Message} */ (message) : null;
}

/**
 * @param {unknown} value
 * @returns {Version | null}
 */
function readVersion(value) {
  if (!Array.isArray(value) || !Number.isSafeInteger(value[0]) || value[0] < 0) return null;
  return typeof value[1] === "string" ? [value[0], value[1]] : null;
}

/**
 * @param {Version} a
 * @param {Version} b
 */
function isNewer(a, b) {
  return a[0] > b[0] || (a[0] === b[0] && a[1] > b[1]);
}

/**
 * @param {Version} a
 * @param {Version} b
 */
function isSame(a, b) {
  return a[0] === b[0] && a[1] === b[1];
}
