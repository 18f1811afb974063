/**
 * Fingers: a swipe left or right moves on or back, touch and hold opens the overview.
 * Links stay tappable, a tool that is on gets the finger, two fingers stay free to zoom.
 */

/** @typedef {import("./store.js").Store} Store */

/** The least way of a swipe, and the most way of a held finger, in CSS pixels. */
const SWIPE = 40;
const TREMBLE = 10;

/** How long a finger is held, in milliseconds. */
const HOLD = 550;

/**
 * @param {Store} store
 * @param {HTMLElement} deck
 */
export function listenToTouch(store, deck) {
  /** @type {{ id: number, x: number, y: number } | null} */
  let finger = null;
  let timer = 0;
  const lift = () => {
    clearTimeout(timer);
    finger = null;
  };
  deck.addEventListener("pointerdown", (event) => {
    if (event.pointerType !== "touch" || store.state.tool) return;
    const alone = event.isPrimary && (window.visualViewport?.scale ?? 1) <= 1;
    lift();
    if (!alone) return;
    finger = { id: event.pointerId, x: event.clientX, y: event.clientY };
    if (event.target instanceof Element && event.target.closest("a[href]")) return;
    timer = setTimeout(() => {
      lift();
      store.togglePanel("overview");
    }, HOLD);
  });
  deck.addEventListener("pointermove", (event) => {
    if (!finger || event.pointerId !== finger.id) return;
    if (Math.hypot(event.clientX - finger.x, event.clientY - finger.y) > TREMBLE) clearTimeout(timer);
  });
  deck.addEventListener("pointerup", (event) => {
    if (!finger || event.pointerId !== finger.id) return;
    const x = event.clientX - finger.x;
    const y = event.clientY - finger.y;
    lift();
    if (Math.abs(x) < SWIPE || Math.abs(x) < 1.5 * Math.abs(y)) return;
    if (x < 0) store.next();
    else store.previous();
  });
  deck.addEventListener("pointercancel", lift);
  deck.addEventListener("contextmenu", (event) => {
    const touch = event instanceof PointerEvent && event.pointerType === "touch";
    if (touch && event.target instanceof Element && !event.target.closest("a[href]")) event.preventDefault();
  });
}
