/**
 * Fits the slide into the window: as large as it goes, centred, on whole pixels so that text stays crisp.
 * The slide keeps its own size; only CSS variables on the deck change.
 */

/** A slide's size in CSS pixels when the page does not say. */
const USUAL_SIZE = { width: 1280, height: 720 };

/** The size of a slide in CSS pixels, from `--slide-width` and `--slide-height` of the page. */
export function slideSize() {
  const style = getComputedStyle(document.documentElement);
  return {
    width: parseFloat(style.getPropertyValue("--slide-width")) || USUAL_SIZE.width,
    height: parseFloat(style.getPropertyValue("--slide-height")) || USUAL_SIZE.height,
  };
}

/** @param {HTMLElement} deck fills the window */
export function fitToWindow(deck) {
  const { width, height } = slideSize();
  const fit = () => {
    const scale = Math.min(innerWidth / width, innerHeight / height);
    deck.style.setProperty("--player-scale", String(scale));
    deck.style.setProperty("--player-left", `${Math.round((innerWidth - width * scale) / 2)}px`);
    deck.style.setProperty("--player-top", `${Math.round((innerHeight - height * scale) / 2)}px`);
  };
  fit();
  addEventListener("resize", fit);
}
