(() => {
  const list = document.querySelector("ul");
  const box = document.querySelector("search");
  const field = box.querySelector("input");
  const told = box.querySelector("output");
  const items = [...list.children];
  const unspaced = "\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Hangul}ー";
  const runs = new RegExp(`[${unspaced}]+|(?:(?![${unspaced}])[\\p{L}\\p{N}])+`, "gu");
  const starts = new RegExp(`^[${unspaced}]`, "u");

  /** The words of a text and their weights: pairs of characters where a script has no blanks; numbers weigh little. */
  const words = (text) => {
    const found = new Map();
    const folded = text.normalize("NFKC").replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2").toLowerCase();
    for (const [run] of folded.matchAll(runs)) {
      const characters = [...run];
      if (starts.test(run) && characters.length > 1) {
        for (let at = 1; at < characters.length; at++) found.set(characters[at - 1] + characters[at], 1);
      } else if (/\d/.test(run)) {
        found.set(run, /^\d+$/.test(run) ? 0.3 : 1).set(run.replace(/\d+/g, "#"), 0.4);
      } else {
        found.set(run.length > 4 ? run.replace(/(?:ing|ed|es|s|e)$/, "") : run, 1);
      }
    }
    found.delete("#");
    return found;
  };

  let index;
  const prepare = () => {
    index = items.map((item) => ({
      main: words(item.querySelector("h2").textContent + " " + (item.dataset.also ?? "")),
      rest: words([...item.querySelectorAll("dd")].map((part) => part.textContent).join(" ")),
    }));
  };

  const search = () => {
    if (!index) prepare();
    const wanted = [...words(field.value)];
    const has = (entry, word) => (entry.main.has(word) ? 2 : entry.rest.has(word) ? 1 : 0);
    let whole = 0;
    const rare = wanted.map(([word, weight]) => {
      const having = index.filter((entry) => has(entry, word)).length;
      const worth = weight * Math.log(1 + (index.length + 0.5) / (having + 0.5));
      whole += having ? worth : worth * 0.3;
      return worth;
    });
    const fits = items.map((item, at) => {
      const hits = wanted.map(([word]) => has(index[at], word));
      const covered = rare.reduce((sum, weight, n) => sum + (hits[n] ? weight : 0), 0);
      const score = rare.reduce((sum, weight, n) => sum + weight * hits[n], 0);
      return { item, at, score: !wanted.length || covered >= whole / 5 ? score : -1 };
    });
    fits.sort((a, b) => b.score - a.score || a.at - b.at);
    for (const { item, score } of fits) item.hidden = score < 0 || (wanted.length > 0 && score === 0);
    list.append(...fits.map(({ item }) => item));
    const shown = items.filter((item) => !item.hidden).length;
    told.textContent = !wanted.length ? "" : shown ? `${shown} / ${items.length}` : told.dataset.none;
  };

  let waiting;
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(search, 60);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && field.value) {
      field.value = "";
      search();
    }
  });
  box.hidden = false;
  if (field.value) search();
  field.focus({ preventScroll: true });
})();
