/**
 * The ways between windows of one browser, from a server or from a file: messages to the window that opened this one
 * and to those opened by it, and a channel to all windows of the same talk, for tabs opened by hand.
 */

import { talkAddress } from "./memory.js";

/** @typedef {import("./link.js").Link} Link */
/** @typedef {import("./link.js").Role} Role */
/** @typedef {import("./link.js").Transport} Transport */
/** @typedef {ReturnType<typeof connectWindows>} Windows */

/** The name of a window that was opened for the presenter view and nothing else. */
export const PRESENTER_WINDOW = "retell-presenter";

/** How often a presenter view greets, in milliseconds: a deck that was loaded again has lost it. */
const GREETING = 1000;

/** @param {Link} link */
export function connectWindows(link) {
  const known = connectOpeners(link);
  connectChannel(link);
  if (link.role === "presenter") setInterval(() => link.greet(link.local()), GREETING);
  return {
    /**
     * Takes in a window that this one has opened.
     * @param {Window} opened
     * @param {Role} role
     */
    add(opened, role) {
      known.set(opened, role);
      link.join();
    },
    /**
     * A linked window that is open and shows this.
     * @param {Role} role
     */
    find: (role) => [...known.keys()].find((other) => known.get(other) === role && !other.closed) ?? null,
  };
}

/**
 * Only the window that opened this one and windows opened by it are listened to.
 * @param {Link} link
 */
function connectOpeners(link) {
  /** @type {Map<Window, Role | null>} */
  const known = new Map();
  if (opener && opener !== window) known.set(opener, null);
  // Pages opened from files have no origin that a message could be sent to.
  const origin = self.origin === "null" ? "*" : self.origin;
  /** @type {Transport} */
  const transport = {
    local: true,
    send(message) {
      for (const other of known.keys()) {
        if (other.closed) known.delete(other);
        else other.postMessage(message, origin);
      }
    },
    close: () => removeEventListener("message", hear),
  };
  /** @param {MessageEvent} event */
  function hear(event) {
    const source = /** @type {Window | null} */ (event.source);
    if (!source || source === window || event.origin !== self.origin || event.data?.retell !== 1) return;
    if (!known.has(source) && source.opener !== window) return;
    known.set(source, event.data.role ?? null);
    link.join();
    link.receive(event.data, transport);
  }
  addEventListener("message", hear);
  link.addTransport(transport);
  return known;
}

/** @param {Link} link */
function connectChannel(link) {
  try {
    const channel = new BroadcastChannel(`retell:${talkAddress()}`);
    /** @type {Transport} */
    const transport = {
      local: true,
      shared: true,
      send: (message) => channel.postMessage(message),
      close: () => channel.close(),
    };
    channel.onmessage = (event) => link.receive(event.data, transport);
    link.addTransport(transport);
  } catch {
    // Browsers refuse the channel to pages without storage; the windows opened from here are linked all the same.
    return;
  }
}
