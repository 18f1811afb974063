/**
 * Lines drawn by hand: as few points as keep their shape, and a smooth curve through them.
 */

/** How far a point may be off the line to be left out, in CSS pixels of the slide. */
const TOLERANCE = 0.7;

/** The cosine of the sharpest turn that is still a bend and not a corner. */
const CORNER = 0.3;

/**
 * A steadier line with fewer points, to a tenth of a pixel.
 * @param {number[]} points x, y, x, y …
 */
export function smooth(points) {
  const steady = points.map((at, index) => {
    const [before, after] = [points[index - 2], points[index + 2]];
    return before === undefined || after === undefined ? at : (before + 2 * at + after) / 4;
  });
  return fewer(steady).map((at) => Math.round(at * 10) / 10);
}

/**
 * Ramer, Douglas and Peucker's way, without recursion: a stroke may have thousands of points.
 * @param {number[]} points
 */
function fewer(points) {
  const count = points.length / 2;
  const kept = new Set([0, count - 1]);
  const parts = [[0, count - 1]];
  for (let part = parts.pop(); part; part = parts.pop()) {
    const [first, last] = part;
    let [farthest, most] = [0, TOLERANCE];
    for (let index = first + 1; index < last; index += 1) {
      const off = distance(points, index, first, last);
      if (off > most) [farthest, most] = [index, off];
    }
    if (!farthest) continue;
    kept.add(farthest);
    parts.push([first, farthest], [farthest, last]);
  }
  return points.filter((_, index) => kept.has(index >> 1));
}

/**
 * How far a point is from the line between two others.
 * @param {number[]} points
 * @param {number} index
 * @param {number} first
 * @param {number} last
 */
function distance(points, index, first, last) {
  const [x, y] = [points[2 * index] - points[2 * first], points[2 * index + 1] - points[2 * first + 1]];
  const [dx, dy] = [points[2 * last] - points[2 * first], points[2 * last + 1] - points[2 * first + 1]];
  const length = Math.hypot(dx, dy);
  return length === 0 ? Math.hypot(x, y) : Math.abs(x * dy - y * dx) / length;
}

/**
 * An SVG path through all points: at each one it runs as the line from the point before to the one after, but for corners.
 * @param {number[]} points
 */
export function curve(points) {
  const at = (/** @type {number} */ index) => [points[2 * index], points[2 * index + 1]];
  const last = points.length / 2 - 1;
  let path = `M${at(0).join(" ")}`;
  if (last < 1) return `${path}h0.01`;
  let leaving = [0, 0];
  for (let index = 1; index <= last; index += 1) {
    const [from, to] = [at(index - 1), at(index)];
    const way = [to[0] - from[0], to[1] - from[1]];
    const third = Math.hypot(...way) / 3;
    const next = index < last ? direction(from, to, at(index + 1)) : [0, 0];
    const numbers = [from[0] + leaving[0] * third, from[1] + leaving[1] * third, to[0] - next[0] * third, to[1] - next[1] * third, ...to];
    path += `C${numbers.map((number) => Math.round(number * 10) / 10).join(" ")}`;
    leaving = next;
  }
  return path;
}

/**
 * The direction of the curve in a point, of length 1, or 0 in a corner.
 * @param {number[]} before
 * @param {number[]} point
 * @param {number[]} after
 */
function direction(before, point, after) {
  const [ax, ay, bx, by] = [point[0] - before[0], point[1] - before[1], after[0] - point[0], after[1] - point[1]];
  const lengths = Math.hypot(ax, ay) * Math.hypot(bx, by);
  const [x, y] = [after[0] - before[0], after[1] - before[1]];
  const length = Math.hypot(x, y);
  if (lengths === 0 || length === 0 || (ax * bx + ay * by) / lengths < CORNER) return [0, 0];
  return [x / length, y / length];
}
