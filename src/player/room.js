/**
 * The way to the other windows of a talk over its server: the speaker's deck, presenter view and phone drive each other,
 * viewers follow. The connection comes back by itself, however long it was away, also in a window that nobody sees.
 */

/** @typedef {import("./store.js").Store} Store */
/** @typedef {import("./link.js").Link} Link */
/** @typedef {ReturnType<typeof connectRoom>} Room */

/** @typedef {"connecting" | "open" | "lost" | "refused"} RoomState */

/**
 * @typedef {object} RoomStatus
 * @property {RoomState} state
 * @property {number} viewers how many follow
 * @property {boolean} recording whether the server records the talk
 */

/** The waits before another try, in milliseconds; the last one stays. */
const WAITS = [300, 700, 1500, 3000, 5000];

/** How often the server is asked whether it is there, in milliseconds. */
const BEAT = 10000;

/** The server takes no longer messages, in characters. */
const LONGEST = 60000;

/** The code by which the server says that this window may not drive. */
const REFUSED = 4403;

/**
 * @param {Link} link
 * @param {string} path where the server's socket is
 * @param {string} talk its title: the next talk may be held at the same address
 */
export function connectRoom(link, path, talk) {
  const follows = link.role === "viewer";
  const address = new URL(`${path}?as=${follows ? "viewer" : "speaker"}&talk=${encodeURIComponent(talk)}`, location.href);
  address.protocol = address.protocol.replace("http", "ws");
  /** @type {((status: RoomStatus) => void)[]} */
  const listeners = [];
  /** @type {RoomStatus} */
  let status = { state: "connecting", viewers: 0, recording: false };
  /** @type {WebSocket | null} */
  let socket = null;
  let tries = 0;
  let timer = 0;
  let waits = false;
  /** @type {(message: import("./link.js").Message) => boolean} */
  let takes = () => true;

  /** @param {Partial<RoomStatus>} change */
  const tell = (change) => {
    status = { ...status, ...change };
    for (const listener of listeners) listener(status);
  };
  /** @type {import("./link.js").Transport} */
  const transport = {
    send(message) {
      if (socket?.readyState !== WebSocket.OPEN) return;
      // Viewers have nothing to say but that they are there.
      if (follows && /** @type {{ kind?: string }} */ (message).kind !== "hello") return;
      const text = JSON.stringify(message);
      if (text.length < LONGEST) socket.send(text);
    },
    close: () => socket?.close(),
  };

  function open() {
    clearTimeout(timer);
    const made = new WebSocket(address);
    socket = made;
    waits = false;
    made.addEventListener("open", () => {
      if (socket !== made) return made.close();
      tries = 0;
      tell({ state: "open" });
      link.addTransport(transport);
    });
    made.addEventListener("message", (event) => {
      if (socket !== made) return;
      waits = false;
      const message = read(event.data);
      if (message?.kind === "room" && Number.isFinite(message.viewers)) {
        tell({ viewers: message.viewers, recording: message.recording === true });
      } else if (message && takes(message)) link.receive(message, transport);
    });
    made.addEventListener("close", (event) => {
      if (socket === made) lose(event.code === REFUSED);
    });
  }

  /** @param {boolean} [refused] */
  function lose(refused = false) {
    socket = null;
    link.removeTransport(transport);
    tell({ state: refused ? "refused" : "lost" });
    if (refused) return;
    timer = setTimeout(open, WAITS[Math.min(tries, WAITS.length - 1)] * (0.75 + Math.random() / 2));
    tries += 1;
  }

  /** Asks the server for a word; without one since it was last asked the connection is dead, whatever the browser says. */
  function ask() {
    if (socket?.readyState !== WebSocket.OPEN) return;
    if (waits) {
      const dead = socket;
      lose();
      return dead.close();
    }
    waits = true;
    link.greet([transport]);
  }

  /** The device woke up, the network came back: no time to lose. */
  function hurry() {
    if (document.hidden || status.state === "refused") return;
    if (socket) return ask();
    tries = 0;
    open();
  }

  setInterval(ask, BEAT);
  addEventListener("online", hurry);
  addEventListener("pageshow", hurry);
  document.addEventListener("visibilitychange", hurry);
  open();
  return {
    /** @param {(status: RoomStatus) => void} listener told at once and after every change */
    subscribe(listener) {
      listeners.push(listener);
      listener(status);
    },
    /** @param {(message: import("./link.js").Message) => boolean} filter says which messages the link gets to hear */
    filter(filter) {
      takes = filter;
    },
  };
}

/**
 * @param {unknown} data
 * @returns {import("./link.js").Message | null}
 */
function read(data) {
  try {
    return typeof data === "string" ? JSON.parse(data) : null;
  } catch {
    return null;
  }
}
