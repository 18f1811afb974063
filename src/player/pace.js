/**
 * The plan of a talk beside its clock, as plain numbers: which part of the time is whose, whether the talk is ahead
 * or behind, when it will end, and which optional slides would save it. Times are seconds of talk from its start.
 * It knows nothing of the page, and never asks what time it is.
 */

/**
 * @typedef {object} SlideWithPlan
 * @property {string} id
 * @property {boolean} [backup]
 * @property {boolean} [optional]
 * @property {number} [plan] seconds
 */

/**
 * @typedef {object} PlannedSlide
 * @property {string} id
 * @property {number} plan seconds; 0 for backup slides and for those being skipped
 * @property {number} start
 * @property {number} end
 * @property {boolean} cuttable may be dropped when the time runs short
 */

/** @typedef {{ slides: PlannedSlide[], budget: number, total: number }} Plan */

/** @typedef {"ahead" | "onTrack" | "behind"} Verdict */

/** So many planned seconds must lie behind until the talk's own speed counts for half. */
const TRUST = 300;

/** One long detour does not make every later slide as slow, nor a slide run over as fast. */
const RATIO = { least: 1 / 2, most: 2 };

/**
 * When each slide starts and ends. Slides without a time of their own share what is left of the budget evenly;
 * null when the talk has no budget: there is nothing then to be late for.
 * @param {SlideWithPlan[]} slides
 * @param {unknown} budget seconds to speak
 * @param {ReadonlySet<string>} skipped ids
 * @returns {Plan | null}
 */
export function planOf(slides, budget, skipped) {
  if (!isTime(budget) || budget === 0) return null;
  const counted = slides.filter((slide) => !slide.backup);
  const own = counted.filter((slide) => isTime(slide.plan));
  const given = own.reduce((sum, slide) => sum + Number(slide.plan), 0);
  const share = Math.max(0, budget - given) / Math.max(1, counted.length - own.length);
  let total = 0;
  const planned = slides.map((slide) => {
    const counts = !slide.backup && !skipped.has(slide.id);
    const plan = counts ? (isTime(slide.plan) ? slide.plan : share) : 0;
    const start = total;
    total += plan;
    return { id: slide.id, plan, start, end: total, cuttable: counts && slide.optional === true };
  });
  return { slides: planned, budget, total };
}

/**
 * How the talk stands on a slide. It is behind when more time is gone than the planned end of the slide, ahead when
 * less than its planned start. The projected end is `gone + rest of this slide + ratio × plan of the later slides`.
 *
 * The ratio is the talk's own speed, shrunk toward 1 as long as little is known of it:
 * `ratio = exp(W / (W + 300) · ln(A / W))`, with W the planned and A the real seconds of the slides that lie behind
 * and were shown, A / W held between ½ and 2.
 * @param {Plan} plan
 * @param {number} at index of the slide
 * @param {number} gone seconds of talk
 * @param {(id: string) => number} spent seconds of talk on a slide
 */
export function paceAt(plan, at, gone, spent) {
  const here = plan.slides[at];
  const shown = plan.slides.slice(0, at).filter((slide) => slide.plan > 0 && spent(slide.id) > 0);
  const planned = shown.reduce((sum, slide) => sum + slide.plan, 0);
  const real = shown.reduce((sum, slide) => sum + spent(slide.id), 0);
  const ratio = planned > 0 ? shrink(real / planned, planned) : 1;
  const rest = Math.max(0, here.plan * ratio - spent(here.id));
  const end = gone + rest + (plan.total - here.end) * ratio;
  /** @type {Verdict} */
  const verdict = gone > here.end ? "behind" : gone < here.start ? "ahead" : "onTrack";
  const by = verdict === "behind" ? gone - here.end : verdict === "ahead" ? here.start - gone : 0;
  return { verdict, by, ratio, end, over: Math.round(end - plan.budget) };
}

/**
 * The optional slides still to come that bring a talk back into its budget: as few as can be, and of those the
 * shortest; all of them when even that is not enough.
 * @param {Plan} plan
 * @param {number} at index of the current slide
 * @param {{ ratio: number, over: number }} pace
 * @returns {string[]} ids
 */
export function cutsFor(plan, at, { ratio, over }) {
  const left = plan.slides.slice(at + 1).filter((slide) => slide.cuttable && slide.plan > 0);
  left.sort((a, b) => a.plan - b.plan);
  /** @type {string[]} */
  const cuts = [];
  for (let missing = over; missing > 0 && left.length > 0; ) {
    const enough = left.findIndex((slide) => slide.plan * ratio >= missing);
    const [cut] = left.splice(enough < 0 ? left.length - 1 : enough, 1);
    cuts.push(cut.id);
    missing -= cut.plan * ratio;
  }
  return cuts;
}

/**
 * How full a time is: the point from which it is shown as nearly used and as used up.
 * @param {number} used
 * @param {number} all
 * @returns {"" | "near" | "over"}
 */
export function fullness(used, all) {
  if (all <= 0 || used < 0.8 * all) return "";
  return used < all ? "near" : "over";
}

/**
 * @param {number} ratio
 * @param {number} known planned seconds that it was measured on
 */
function shrink(ratio, known) {
  const held = Math.min(RATIO.most, Math.max(RATIO.least, ratio));
  return Math.exp((known / (known + TRUST)) * Math.log(held));
}

/**
 * @param {unknown} value
 * @returns {value is number}
 */
function isTime(value) {
  return typeof value === "number" && Number.isFinite(value) && value >= 0;
}
