"use strict";
(() => {
  const details = JSON.parse(document.querySelector("script[type='application/json']").textContent);
  const view = document.querySelector(".view");
  const rows = [...view.querySelectorAll(".row")];
  const panel = view.querySelector(".details");
  const hint = panel.querySelector(".hint");
  const parts = panel.querySelector(".parts");

  /** Shows what a row is made of; with none, how to get there. */
  const show = (row) => {
    rows.forEach((other) => other.classList.toggle("is-shown", other === row));
    panel.classList.toggle("is-empty", !row);
    hint.hidden = Boolean(row);
    parts.replaceChildren(...(row ? drawn(details[Number(row.dataset.item)]) : []));
  };

  const element = (name, text, isPart) => {
    const made = document.createElement(name);
    made.textContent = text;
    if (isPart) made.className = "part";
    return made;
  };

  const drawn = ({ heading, rows }) => {
    const list = document.createElement("dl");
    for (const { label, value, part } of rows) list.append(element("dt", label, part), element("dd", value));
    return [element("h3", heading), list];
  };

  const focused = () => rows.find((row) => row === document.activeElement);
  const rowOf = (event) => event.target.closest(".row");

  // One stop for the Tab key; arrows go on from there.
  rows.forEach((row, index) => row.setAttribute("tabindex", index === 0 ? "0" : "-1"));
  const go = (row) => {
    if (!row) return;
    rows.forEach((other) => other.setAttribute("tabindex", other === row ? "0" : "-1"));
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  };
  const ways = {
    ArrowDown: (at) => at + 1,
    ArrowRight: (at) => at + 1,
    ArrowUp: (at) => at - 1,
    ArrowLeft: (at) => at - 1,
    Home: () => 0,
    End: () => rows.length - 1,
  };
  view.addEventListener("keydown", (event) => {
    const row = focused();
    if (!row || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Escape") row.blur();
    const way = ways[event.key];
    if (!way) return;
    event.preventDefault();
    go(rows[way(rows.indexOf(row))]);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") show(undefined);
  });

  view.addEventListener("focusin", (event) => {
    if (rowOf(event)) show(rowOf(event));
  });
  view.addEventListener("focusout", () => show(undefined));
  view.addEventListener("pointerover", (event) => {
    if (event.pointerType === "mouse" && rowOf(event)) show(rowOf(event));
  });
  view.addEventListener("pointerleave", (event) => {
    if (event.pointerType === "mouse") show(focused());
  });
  // A tap elsewhere takes the focus away, and with it what is shown.
  view.addEventListener("click", (event) => go(rowOf(event)));

  view.classList.add("is-live");
  panel.hidden = false;
  show(undefined);
})();
