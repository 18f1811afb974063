// What a browser has laid out: for each element with a box of its own its box and the lines of its text.

const isInline = element => /^(inline|contents|ruby)/.test(getComputedStyle(element).display) &&
  !/^inline-/.test(getComputedStyle(element).display) && !/^(IMG|svg|VIDEO|CANVAS)$/.test(element.tagName);

// What is generated has no text node, and no place that a script can ask for.
function generated(element, place) {
  const { content, display, position } = getComputedStyle(element, place);
  if (display !== "inline" || position !== "static") return "";
  const quotes = { "open-quote": "\u201c", "close-quote": "\u201d" };
  return quotes[content] ?? (/^"[^"]*"$/.test(content) ? content.slice(1, -1).replace(/\s/g, "").toLowerCase() : "");
}

// Text nodes whose lines belong to `block`, and generated texts between them.
function texts(block) {
  const found = [];
  const walk = node => {
    found.push(generated(node, "::before"));
    for (const child of node.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) found.push(child);
      else if (child.nodeType === Node.ELEMENT_NODE && isInline(child)) walk(child);
    }
    found.push(generated(node, "::after"));
  };
  walk(block);
  return found.filter(text => /\S/.test(text.data ?? text));
}

function lines(block) {
  const found = [];
  let last = null;
  let before = "";
  const all = texts(block);
  all.forEach((text, index) => {
    if (typeof text === "string") {
      const line = found[found.length - 1];
      // A text at the end of a line is what comes after; whatever else is taken to stand before.
      if (line && all.slice(index + 1).every(other => typeof other === "string")) {
        Object.assign(line, { text: line.text + text, x1: null });
      } else {
        before += text;
      }
      return;
    }
    for (let at = 0; at < text.data.length;) {
      const sign = String.fromCodePoint(text.data.codePointAt(at));
      const range = document.createRange();
      range.setStart(text, at);
      at += sign.length;
      range.setEnd(text, at);
      if (/[\s\u00ad\u200b\u2060]/.test(sign)) continue;
      const rect = range.getClientRects()[0];
      if (!rect) continue;
      const goesOn = last && rect.left > last.right - 2 && rect.top < last.bottom - 1;
      last = rect;
      const line = goesOn && found[found.length - 1];
      if (line) {
        line.text += before + sign.toLowerCase();
        line.x1 = Math.max(line.x1, rect.right);
      } else {
        found.push({ text: before + sign.toLowerCase(), x0: before ? null : rect.left, x1: rect.right });
      }
      before = "";
    }
  });
  return found;
}

function measured() {
  const found = {};
  for (const element of document.querySelectorAll("[data-parity]")) {
    const style = getComputedStyle(element);
    if (element.parentElement.closest("svg") || isInline(element) || !element.checkVisibility()) continue;
    let isTurned = false;
    for (let at = element; at; at = at.parentElement) {
      const { transform, rotate, scale, translate } = getComputedStyle(at);
      isTurned ||= [transform, rotate, scale, translate].some(value => value !== "none");
    }
    const isRow = /^table-(row|header|footer)/.test(style.display);
    const { x, y, width, height } = element.getBoundingClientRect();
    found[element.dataset.parity] = {
      tag: element.tagName.toLowerCase(),
      // The layout gives rows of tables no box.
      rect: isTurned || isRow ? null : [x, y, width, height],
      lines: isTurned || style.writingMode !== "horizontal-tb" ? [] : lines(element),
    };
  }
  return found;
}

// All text in the order of the document, without spaces and without what is drawn.
function copied(node = document.body) {
  if (node.nodeType === Node.TEXT_NODE) return node.data.replace(/[\s\u00ad\u200b\u2060]/g, "");
  if (node.nodeType !== Node.ELEMENT_NODE || /^(svg|img|script|style)$/i.test(node.tagName)) return "";
  // A box that only hands on its contents counts as not visible.
  if (!node.checkVisibility() && getComputedStyle(node).display !== "contents") return "";
  const content = place => {
    const { content } = getComputedStyle(node, place);
    return /^"[^"]*"$/.test(content) ? content.slice(1, -1).replace(/\s/g, "") : "";
  };
  return content("::before") + [...node.childNodes].map(copied).join("") + content("::after");
}

async function showPage(number) {
  document.body.innerHTML = window.pages[number];
  document.body.getBoundingClientRect();
  await document.fonts.ready;
  await Promise.all([...document.images].map(image => image.decode().catch(() => {})));
  await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  return { elements: measured(), text: copied() };
}
