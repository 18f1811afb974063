/**
 * Fits the slide into the window: as large as it goes, centred, on whole pixels so that text stays crisp; or closer, at a point.
 * The slide keeps its own size; only CSS variables above the deck and its drawings change.
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

/** @typedef {ReturnType<typeof fitToWindow>} Camera */

/** Keeps the slide fitted; what it gives looks closer. */
export function fitToWindow() {
  const body = document.body.style;
  let factor = 1;
  /** The point of the slide in the middle of the window, from 0 to 1 each way. */
  let [x, y] = [0.5, 0.5];
  const fit = () => {
    const { width, height } = slideSize();
    const scale = Math.min(innerWidth / width, innerHeight / height) * factor;
    const left = edge(innerWidth, width * scale, x);
    const top = edge(innerHeight, height * scale, y);
    [x, y] = [(innerWidth / 2 - left) / (width * scale), (innerHeight / 2 - top) / (height * scale)];
    body.setProperty("--player-scale", String(scale));
    body.setProperty("--player-left", `${Math.round(left)}px`);
    body.setProperty("--player-top", `${Math.round(top)}px`);
    return { left, top, width: width * scale, height: height * scale };
  };
  /**
   * Changes the scale so that the point of the slide under a point of the window stays there.
   * @param {number} to times the fitted size
   * @param {number} clientX
   * @param {number} clientY
   */
  const zoomTo = (to, clientX, clientY) => {
    const { left, top, width, height } = fit();
    const times = to / factor;
    x = (clientX - left) / width + (innerWidth / 2 - clientX) / (width * times);
    y = (clientY - top) / height + (innerHeight / 2 - clientY) / (height * times);
    factor = to;
    fit();
  };
  /**
   * Moves the slide by so many pixels of the window.
   * @param {number} right
   * @param {number} down
   */
  const pan = (right, down) => {
    const { width, height } = fit();
    x -= right / width;
    y -= down / height;
    fit();
  };
  fit();
  addEventListener("resize", fit);
  return { fit, zoomTo, pan };
}

/**
 * Where the slide begins: centred when it is smaller than the window, else never with a gap beside it.
 * @param {number} space
 * @param {number} size
 * @param {number} middle the part of the slide that wants to be in the middle
 */
function edge(space, size, middle) {
  if (size <= space + 0.5) return (space - size) / 2;
  return Math.min(0, Math.max(space - size, space / 2 - middle * size));
}
