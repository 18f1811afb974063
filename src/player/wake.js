/**
 * Keeps the page and the screen awake: a lock without rivals, which browsers take as a reason not to freeze a covered
 * window, and no dark screen while a talk is given. A browser may refuse either, nothing is lost then.
 */

/** @typedef {import("./store.js").Store} Store */
/** @typedef {import("./link.js").Link} Link */

/**
 * @param {Store} store
 * @param {Link} link
 */
export function keepAwake(store, link) {
  const forever = () => new Promise(() => undefined);
  navigator.locks?.request("retell", { mode: "shared" }, forever).catch(() => undefined);
  /** @type {Promise<WakeLockSentinel> | null} */
  let lock = null;
  const renew = () => {
    const given = document.fullscreenElement !== null || link.peers().length > 0;
    const wanted = given && !document.hidden && ["talk", "question"].includes(store.state.clock.mode);
    if (wanted === (lock !== null)) return;
    if (!wanted) {
      lock?.then((held) => held.release()).catch(() => undefined);
      lock = null;
      return;
    }
    lock = navigator.wakeLock?.request("screen") ?? null;
    lock?.catch(() => {
      lock = null;
    });
  };
  store.subscribe(renew);
  document.addEventListener("visibilitychange", renew);
  document.addEventListener("fullscreenchange", renew);
}
