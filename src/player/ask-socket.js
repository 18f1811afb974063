/**
 * What the room tells a page of the audience, for as long as it is open; the connection comes back by itself.
 */

/** The waits before another try, in milliseconds; the last one stays. */
const WAITS = [300, 700, 1500, 3000, 5000];

/** How often the server is asked whether it is there, in milliseconds. */
const BEAT = 15000;

/** The code by which the server says that another talk is held here. */
const REFUSED = 4403;

/** @typedef {"connecting" | "open" | "lost" | "other"} Connection */

/**
 * @param {string} talk its title
 * @param {(message: Record<string, any>) => void} hear
 * @param {(state: Connection) => void} tell
 */
export function listen(talk, hear, tell) {
  const address = new URL(`/room?as=attendee&talk=${encodeURIComponent(talk)}`, location.href);
  address.protocol = address.protocol.replace("http", "ws");
  /** @type {WebSocket | null} */
  let socket = null;
  let tries = 0;
  let timer = 0;
  let waits = false;
  let refused = false;

  function open() {
    clearTimeout(timer);
    const made = new WebSocket(address);
    socket = made;
    waits = false;
    made.addEventListener("open", () => {
      tries = 0;
      if (socket === made) tell("open");
    });
    made.addEventListener("message", ({ data }) => {
      waits = false;
      const message = socket === made ? read(data) : null;
      if (message) hear(message);
    });
    made.addEventListener("close", ({ code }) => {
      if (socket === made) lose(code === REFUSED);
    });
  }

  /** @param {boolean} forGood */
  function lose(forGood) {
    socket = null;
    refused = forGood;
    tell(forGood ? "other" : "lost");
    if (forGood) return;
    // A thousand phones that lost the same server do not come back at the same moment.
    timer = setTimeout(open, WAITS[Math.min(tries, WAITS.length - 1)] * (0.5 + Math.random()));
    tries += 1;
  }

  function ask() {
    if (socket?.readyState !== WebSocket.OPEN) return;
    if (waits) {
      const dead = socket;
      lose(false);
      return dead.close();
    }
    waits = true;
    socket.send(JSON.stringify({ retell: 1, kind: "hello", from: "phone" }));
  }

  function hurry() {
    if (document.hidden || refused) return;
    if (socket) return ask();
    tries = 0;
    open();
  }

  setInterval(ask, BEAT);
  addEventListener("online", hurry);
  addEventListener("pageshow", (event) => event.persisted && hurry());
  document.addEventListener("visibilitychange", hurry);
  tell("connecting");
  open();
}

/**
 * @param {unknown} data
 * @returns {Record<string, any> | null}
 */
function read(data) {
  try {
    const message = typeof data === "string" ? JSON.parse(data) : null;
    return message?.retell === 1 ? message : null;
  } catch {
    return null;
  }
}
