/**
 * The words of the controls. The page carries them in one language, the talk's where they are known in it: the build
 * puts `words-zh.js`, say, in the place of the English ones.
 */

import { deckWords, language, presenterWords } from "./words-en.js";

/** @typedef {typeof deckWords} Labels */
/** @typedef {typeof presenterWords} PresenterLabels */

/** The language of the controls. */
export const controlLanguage = language;

/** @type {PresenterLabels} */
export const presenterLabels = presenterWords;

/**
 * The labels of the deck; those that the deck brings win.
 * @param {unknown} given
 * @returns {Labels}
 */
export function labelsFor(given) {
  const labels = { ...deckWords };
  const words = /** @type {Record<string, unknown>} */ (given && typeof given === "object" ? given : {});
  for (const key of /** @type {(keyof Labels)[]} */ (Object.keys(labels))) {
    const word = words[key];
    if (typeof word === "string" && word) labels[key] = word;
  }
  return labels;
}
