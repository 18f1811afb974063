/**
 * The screen itself: full screen, the blank cover, and the pointer that hides when it rests.
 */

/** @typedef {import("./store.js").Store} Store */

/** After so many milliseconds without a move the pointer hides. */
const POINTER_REST = 3000;

/** Asks the browser for full screen, or ends it; a browser may refuse, nothing is lost then. */
export function toggleFullScreen() {
  const asked = document.fullscreenElement
    ? document.exitFullscreen()
    : document.documentElement.requestFullscreen?.();
  asked?.catch(() => undefined);
}

/**
 * The black or white screen over everything; a click or touch lifts it.
 * @param {Store} store
 */
export function showCover(store) {
  const cover = document.createElement("div");
  document.body.append(cover);
  cover.addEventListener("click", store.dismiss);
  store.subscribe((state) => {
    cover.className = `cover ${state.cover}`;
    cover.hidden = state.cover === "";
  });
}

/** Hides the pointer when it rests, and says so by `is-idle` on the root for other controls. */
export function hideRestingPointer() {
  const root = document.documentElement;
  let timer = 0;
  const wake = () => {
    root.classList.remove("is-idle");
    clearTimeout(timer);
    timer = setTimeout(() => root.classList.add("is-idle"), POINTER_REST);
  };
  wake();
  addEventListener("pointermove", wake);
  addEventListener("pointerdown", wake);
}
