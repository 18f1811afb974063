/**
 * Deep links: `#slide-id` and `#slide-id/2` (after two clicks), the address kept up to date, links
 * between slides, and the browser's back and forward.
 */

/** @typedef {import("./store.js").Store} Store */

/**
 * @param {Store} store
 * @param {HTMLElement[]} elements
 */
export function followLocation(store, elements) {
  history.scrollRestoration = "manual";
  const opened = placeOf(location.hash, store, elements);
  if (opened) store.openAt(opened.slide, opened.step);
  const follow = () => {
    const place = placeOf(location.hash, store, elements);
    if (place) store.goTo(place.slide, place.step);
  };
  store.subscribe((state) => {
    const hash = hashOf(store.slides[state.slide].id, state.step);
    if (location.hash !== hash) writeHistory("replaceState", hash);
  });
  addEventListener("hashchange", follow);
  addEventListener("popstate", follow);
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[href^='#']") : null;
    if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const place = placeOf(link.getAttribute("href") ?? "", store, elements);
    if (!place) return;
    event.preventDefault();
    writeHistory("pushState", hashOf(store.slides[place.slide].id, place.step));
    store.goTo(place.slide, place.step);
  });
}

/**
 * @param {string} id
 * @param {number} step
 */
function hashOf(id, step) {
  return `#${encodeURIComponent(id)}${step > 0 ? `/${step}` : ""}`;
}

/**
 * Browsers refuse a history that changes too often; the deck goes on without.
 * @param {"replaceState" | "pushState"} method
 * @param {string} hash
 */
function writeHistory(method, hash) {
  try {
    history[method](null, "", hash);
  } catch {
    return;
  }
}

/**
 * The slide and step that a fragment means: a slide's id, its id with a step, anything inside a slide, or a number.
 * @param {string} hash
 * @param {Store} store
 * @param {HTMLElement[]} elements
 */
function placeOf(hash, store, elements) {
  const target = decodeFragment(hash.slice(1));
  if (!target) return null;
  const whole = store.slides.findIndex((slide) => slide.id === target);
  if (whole >= 0) return { slide: whole, step: 0 };
  const [, id, step] = /^(.*)\/(\d+)$/.exec(target) ?? [];
  const stepped = id ? store.slides.findIndex((slide) => slide.id === id) : -1;
  if (stepped >= 0) return { slide: stepped, step: Number(step) };
  const inner = document.getElementById(target);
  const around = elements.findIndex((element) => inner && element.contains(inner));
  if (around >= 0) return { slide: around, step: Number(inner?.closest("[data-step]")?.getAttribute("data-step") ?? 0) };
  return /^\d+$/.test(target) ? { slide: Number(target) - 1, step: 0 } : null;
}

/** @param {string} fragment */
function decodeFragment(fragment) {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}
