// What is kept of a person's answers, and the one line that may leave the browser.

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** A random mark that tells one person's lines from those of others. */
function newToken() {
  const bytes = crypto.getRandomValues(new Uint8Array(64));
  // Numbers past the last whole set of letters would favour the first ones.
  const fair = [...bytes].filter((byte) => byte < 248).slice(0, 8);
  return fair.map((byte) => LETTERS[byte % 62]).join("");
}

/** An id as a result line has it: nothing that a chat takes for a mark of its own stays. */
function written(id) {
  const hex = (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`;
  return encodeURIComponent(id).replace(/[~!*'()_]/g, hex);
}

/** Pairs of an id and a value, parted by commas. */
function pairs(map) {
  return [...map].map(([id, value]) => `${written(id)}=${value}`).join(",");
}

/**
 * The result line of a round.
 * @param {string} talk
 * @param {{day: number, scores: Map<string, number>, behaviour: ?{met: boolean, recognised: boolean, acted: boolean},
 *   decisions: Map<string, string>}} round
 * @param {string} token
 */
function resultLine(talk, round, token) {
  const fields = ["RT1", written(talk), `d${round.day}`];
  if (round.scores.size > 0) fields.push(pairs(round.scores));
  if (round.behaviour) {
    const { met, recognised, acted } = round.behaviour;
    fields.push(`m${Number(met)}r${Number(met && recognised)}a${Number(met && acted)}`);
  }
  if (round.decisions.size > 0) fields.push(`+${pairs(round.decisions)}`);
  return `${fields.join(" ")} ~${token}`;
}

/** What this browser remembers of a talk, where somebody wished that; all else is gone with the page. */
class Memory {
  constructor(talk) {
    this.key = `retell follow-up ${talk}`;
    const kept = this.read();
    this.isOn = kept !== null;
    this.token = typeof kept?.token === "string" && /^[A-Za-z0-9]{4,24}$/.test(kept.token) ? kept.token : newToken();
    this.rounds = kept?.rounds !== null && typeof kept?.rounds === "object" ? kept.rounds : {};
  }

  read() {
    try {
      const kept = JSON.parse(localStorage.getItem(this.key) ?? "null");
      return kept !== null && typeof kept === "object" ? kept : null;
    } catch {
      return null;
    }
  }

  /** Turns remembering on or off; off forgets. */
  turn(on) {
    this.isOn = on;
    if (on) {
      this.write();
      return;
    }
    this.rounds = {};
    this.token = newToken();
    try {
      localStorage.removeItem(this.key);
    } catch {
      // Where nothing can be kept, nothing is.
    }
  }

  keep(day, round) {
    this.rounds[day] = round;
    this.write();
  }

  write() {
    if (!this.isOn) return;
    try {
      localStorage.setItem(this.key, JSON.stringify({ token: this.token, rounds: this.rounds }));
    } catch {
      // A full or forbidden store is no reason to stop.
    }
  }
}
