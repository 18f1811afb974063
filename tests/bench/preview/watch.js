// Runs before the scripts of each document; a page that is loaded anew goes on waiting for the same text.
window.preview = (() => {
  const key = "preview-benchmark";
  const now = () => performance.timeOrigin + performance.now();
  let waiting = JSON.parse(sessionStorage.getItem(key) ?? "null");
  let changed = 0;
  let seen = null;
  let server = null;
  let tell = () => {};
  let told = Promise.resolve(false);
  const isVisible = (element) => {
    const { left, right, top, bottom, width } = element.getBoundingClientRect();
    const inWindow = width > 0 && right > 0 && bottom > 0 && left < innerWidth && top < innerHeight;
    return inWindow && element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  };
  const look = () => {
    if (!waiting || changed || !document.body) return;
    const found = document.evaluate(`//text()[contains(., "${waiting.marker}")]`, document.body, null, 7, null);
    for (let index = 0; index < found.snapshotLength; index += 1) {
      const element = found.snapshotItem(index).parentElement;
      if (element?.closest(waiting.selector) && isVisible(element)) {
        changed = now();
        requestAnimationFrame(() => requestAnimationFrame(() => {
          seen = { server, changed, painted: now() };
          tell(true);
        }));
        return;
      }
    }
  };
  const start = () => {
    told = new Promise((done) => (tell = done));
    changed = 0;
    seen = null;
    server = null;
  };
  start();
  // Our server says how long it took; the text is long and has that near its end.
  window.EventSource = class extends EventSource {
    constructor(address) {
      super(address);
      this.addEventListener("deck", ({ data }) => {
        const at = data.lastIndexOf('"took":');
        if (at >= 0) server = parseFloat(data.slice(at + 7));
      });
    }
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
  addEventListener("load", look);
  return {
    waitFor(marker, selector) {
      start();
      waiting = { marker, selector };
      sessionStorage.setItem(key, JSON.stringify(waiting));
    },
    painted: () => told,
    seen: () => seen,
  };
})();
