// The self-test: question, own answer, reveal, own judgement; then what was done since, and the result.

{
  const test = JSON.parse(document.querySelector("#test").textContent);
  const player = document.querySelector(".player");
  const $ = (selector) => player.querySelector(selector);
  const all = (selector) => [...player.querySelectorAll(selector)];
  const items = new Map([...document.querySelectorAll(".items > li")].map((item) => [item.dataset.id, item]));
  const memory = new Memory(test.talk);
  const VIEWS = [".start", ".asking", ".behaviour", ".done"];
  /** @type {?{day: number, items: string[], varied: boolean, behaviour: boolean}} */
  let plan = null;
  /** What was answered in this round. */
  let round = null;
  let drafts = new Map();
  let at = 0;

  const text = (template, values) => template.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

  function show(view, focus) {
    for (const other of VIEWS) $(other).hidden = other !== view;
    // What stands below would give answers away.
    document.documentElement.classList.toggle("is-asking", view === ".asking");
    const target = focus && $(focus);
    if (target) {
      target.focus({ preventScroll: true });
      player.scrollIntoView({ block: "start" });
    }
  }

  /** A copy of what stands in an element. */
  function copy(from, to) {
    to.replaceChildren(...[...from.childNodes].map((node) => node.cloneNode(true)));
  }

  // Start

  function wantedDay() {
    const days = test.rounds.map(({ day }) => day);
    const asked = Number.parseInt(new URLSearchParams(location.search).get("d") ?? "", 10);
    if (days.includes(asked)) return asked;
    // Without a link to a round, the last one that has come by now.
    const since = test.date ? (Date.now() - new Date(`${test.date}T00:00`).getTime()) / 86_400_000 : 0;
    return Math.max(0, ...days.filter((day) => day <= since));
  }

  function chooseRound() {
    const day = String(wantedDay());
    for (const input of all("[name=round]")) input.checked = input.value === day;
    $("[name=remember]").checked = memory.isOn;
    show(".start");
  }

  $("[name=remember]").addEventListener("change", ({ target }) => memory.turn(target.checked));

  $(".start").addEventListener("submit", (event) => {
    event.preventDefault();
    const day = Number($("[name=round]:checked").value);
    plan = test.rounds.find((other) => other.day === day);
    round = { day, scores: new Map(), behaviour: null, decisions: new Map() };
    drafts = new Map();
    at = 0;
    $(".behaviour").reset();
    if (plan.items.length > 0) ask();
    else afterQuestions();
  });

  // Questions

  function ask() {
    const id = plan.items[at];
    const item = items.get(id);
    const values = { n: at + 1, total: plan.items.length };
    $(".progress").textContent = text($(".progress").dataset.label, values);
    $(".track > div").style.width = `${((at + 1) / plan.items.length) * 100}%`;
    copy((plan.varied && item.querySelector(".variant")) || item.querySelector("summary"), $(".ask"));
    $(".own-answer textarea").value = drafts.get(id) ?? "";
    $(".show-choices").hidden = item.querySelector(".wrong") === null;
    $(".choices").hidden = true;
    for (const old of all(".choices .option")) old.remove();
    $(".reveal").hidden = false;
    $(".revealed").hidden = true;
    $(".next").hidden = true;
    const isLast = at === plan.items.length - 1 && !plan.behaviour;
    $(".next").textContent = isLast ? $(".next").dataset.last : $(".next").dataset.label;
    $(".asking .back").hidden = at === 0;
    show(".asking", ".ask");
    if (round.scores.has(id)) reveal();
  }

  /** Right and wrong answers in an order of their own, for who does not know what to write. */
  function offerChoices() {
    const item = items.get(plan.items[at]);
    const answers = [item.querySelector(".answer"), ...item.querySelectorAll(".wrong")];
    const weights = crypto.getRandomValues(new Uint32Array(answers.length));
    const order = answers.map((answer, n) => ({ answer, weight: weights[n], isRight: n === 0 }));
    for (const { answer, isRight } of order.sort((a, b) => a.weight - b.weight)) {
      const label = document.createElement("label");
      label.className = "option";
      const input = document.createElement("input");
      input.type = "radio";
      input.name = "choice";
      input.dataset.right = String(isRight);
      const words = document.createElement("span");
      copy(answer, words);
      label.append(input, words);
      $(".choices").append(label);
    }
    $(".choices").hidden = false;
    $(".show-choices").hidden = true;
    $(".choices input").focus();
  }

  function reveal() {
    const id = plan.items[at];
    copy(items.get(id).querySelector(".answer"), $(".revealed .answer"));
    copy(items.get(id).querySelector(".reason"), $(".revealed .reason"));
    for (const input of all(".choices input")) {
      input.disabled = true;
      input.closest(".option").classList.toggle("is-right", input.dataset.right === "true");
    }
    $(".reveal").hidden = true;
    $(".show-choices").hidden = true;
    $(".revealed").hidden = false;
    judge(round.scores.get(id));
    $(".revealed h4").focus({ preventScroll: true });
    $(".revealed").scrollIntoView({ block: "nearest" });
  }

  /** Marks a judgement; with one, the reason shows and the next question may come. */
  function judge(score) {
    for (const button of all("[data-score]")) button.setAttribute("aria-pressed", String(Number(button.dataset.score) === score));
    $(".revealed .reason").hidden = score === undefined;
    $(".next").hidden = score === undefined;
  }

  $(".own-answer textarea").addEventListener("input", ({ target }) => drafts.set(plan.items[at], target.value));
  $(".show-choices").addEventListener("click", offerChoices);
  $(".reveal").addEventListener("click", reveal);
  for (const button of all("[data-score]")) {
    button.addEventListener("click", () => {
      round.scores.set(plan.items[at], Number(button.dataset.score));
      judge(Number(button.dataset.score));
      $(".next").focus({ preventScroll: true });
      $(".next").scrollIntoView({ block: "nearest" });
    });
  }
  $(".next").addEventListener("click", () => {
    at += 1;
    if (at < plan.items.length) ask();
    else afterQuestions();
  });
  $(".asking .back").addEventListener("click", () => {
    at -= 1;
    ask();
  });

  // What was done since

  function afterQuestions() {
    if (!plan.behaviour) return finish();
    followMet();
    show(".behaviour", ".behaviour h3");
  }

  const picked = (name) => $(`.behaviour [name="${CSS.escape(name)}"]:checked`)?.value;

  /** Who has not met the problem is not asked what came of it. */
  function followMet() {
    const met = picked("met") === "1";
    for (const name of ["recognised", "acted"]) {
      $(`[data-name=${name}]`).hidden = !met;
      for (const input of all(`[name=${name}]`)) input.required = met;
    }
  }

  $(".behaviour").addEventListener("change", followMet);
  $(".behaviour .back").addEventListener("click", () => {
    at = plan.items.length - 1;
    if (at >= 0) ask();
    else chooseRound();
  });
  $(".behaviour").addEventListener("submit", (event) => {
    event.preventDefault();
    const is = (name) => picked(name) === "1";
    const met = picked("met");
    round.behaviour = met === undefined ? null : { met: met === "1", recognised: is("recognised"), acted: is("acted") };
    const fields = all(".behaviour [data-name^='adopt:']").map((field) => field.dataset.name);
    const decided = fields.map((name) => [name.slice("adopt:".length), picked(name)]);
    round.decisions = new Map(decided.filter(([, state]) => state));
    finish();
  });

  // Result

  function finish() {
    const scores = [...round.scores.values()];
    const half = scores.reduce((sum, score) => sum + score, 0);
    const score = text($(".score").dataset.label, { n: half / 2, total: scores.length });
    $(".score").textContent = scores.length > 0 ? score : "";
    const missed = plan.items.filter((id) => (round.scores.get(id) ?? 2) < 2);
    const links = missed.map((id) => items.get(id).querySelector(".place"));
    const places = new Map(links.map((link) => [link.getAttribute("href"), link]));
    $(".again-list ul").replaceChildren(...[...places.values()].map((link) => {
      const item = document.createElement("li");
      item.append(link.cloneNode(true));
      return item;
    }));
    $(".again-list").hidden = places.size === 0;
    const isEmpty = scores.length === 0 && round.behaviour === null && round.decisions.size === 0;
    $(".line textarea").value = isEmpty ? "" : resultLine(test.talk, round, memory.token);
    $(".copied").textContent = "";
    memory.keep(round.day, { ...round, scores: Object.fromEntries(round.scores), decisions: Object.fromEntries(round.decisions) });
    show(".done", ".done h3");
  }

  $(".copy").addEventListener("click", async () => {
    const line = $(".line textarea");
    try {
      await navigator.clipboard.writeText(line.value);
    } catch {
      // Where a page may not write to the clipboard, the line is at least marked.
      line.select();
      if (!document.execCommand("copy")) return;
    }
    $(".copied").textContent = $(".copied").dataset.label;
  });
  $(".again").addEventListener("click", () => {
    chooseRound();
    $("[name=round]:checked").focus({ preventScroll: true });
    player.scrollIntoView({ block: "start" });
  });
  $(".print").addEventListener("click", () => window.print());

  // A link to another round chooses it, without losing what is under way in this one.
  for (const link of document.querySelectorAll(".round-link")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      const day = new URLSearchParams(link.getAttribute("href")).get("d");
      show(".start");
      for (const input of all("[name=round]")) input.checked = input.value === day;
      $("[name=round]:checked")?.focus({ preventScroll: true });
      player.scrollIntoView({ block: "start" });
    });
  }

  document.documentElement.classList.add("has-script");
  player.hidden = false;
  chooseRound();
}
