/**
 * What a page sends to the room's server, and what it says when that is not taken.
 */

/**
 * @typedef {object} Reply
 * @property {boolean} ok
 * @property {Record<string, any>} answer
 * @property {string} refused why it was not taken; `unreached` when nobody was there
 * @property {number} wait after how many seconds it may be tried again
 */

/** How long an answer may take, in milliseconds. */
const PATIENCE = 15000;

/**
 * @param {string} path
 * @param {object} body
 * @returns {Promise<Reply>}
 */
export async function post(path, body) {
  try {
    const response = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(PATIENCE),
    });
    const answer = await response.json();
    const wait = Number(response.headers.get("Retry-After")) || 0;
    return { ok: response.ok, answer, refused: String(answer?.refused ?? ""), wait };
  } catch {
    return { ok: false, answer: {}, refused: "unreached", wait: 0 };
  }
}

/**
 * @param {Reply} reply
 * @param {Record<string, string>} words
 */
export function refusal({ refused, wait }, words) {
  if (refused === "unreached") return words.unreached;
  const word = words[`refused${refused.slice(0, 1).toUpperCase()}${refused.slice(1)}`] ?? words.refused;
  return word.replace("{n}", String(wait));
}
