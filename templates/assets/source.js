/* The source page: passages and their notes light each other, one can go from passage to passage, and in the panel
   beside the timeline the page and the timeline speak to each other. */
(() => {
  "use strict";

  const root = document.documentElement;
  const status = document.querySelector("[data-status]");
  const steps = document.querySelector("[data-steps]");
  const order = [...document.querySelectorAll("[data-passage]")].map((link) => link.dataset.passage);
  const framed = window.parent !== window;
  // Only the site's own timeline is told what is read here; pages opened from disk have no origin to go by.
  const own = location.protocol === "file:" ? "*" : location.origin;
  // The choice that is made among the keys of the timeline (keys.js).
  const SETTING = "dateline.keys";
  // Where a keyboard writes other letters, its keys are known by their places.
  const PLACES = { KeyN: "n", KeyP: "p" };
  // Where the strip is a picture (source.css).
  const asPicture = matchMedia("(pointer: coarse), (max-width: 30rem)");
  /** @type {Map<string, Element[]>} What shows each passage: its marks, its notes, its place in the strip. */
  const parts = new Map(order.map((anchor) => [anchor, []]));
  /** @type {Set<Element>} */
  let lit = new Set();
  /** @type {string[]} The passages that the reader came to, and those under the pointer or the focus. */
  let chosen = [];
  let pointed = null;
  let inPanel = false;

  /** Returns the passages that an element shows. @param {Element} element @returns {string[]} */
  function passagesOf(element) {
    const { citations, note, passage } = element.dataset;
    return citations ? citations.split(" ") : [note ?? passage];
  }

  /** Returns what of an event's target shows passages. @param {EventTarget} target */
  function shower(target) {
    return target instanceof Element ? target.closest("[data-citations], [data-note], [data-passage]") : null;
  }

  function light() {
    const now = new Set((pointed ?? chosen).flatMap((anchor) => parts.get(anchor) ?? []));
    for (const element of lit) if (!now.has(element)) element.removeAttribute("data-lit");
    for (const element of now) element.setAttribute("data-lit", "");
    lit = now;
  }

  function point(target) {
    const element = shower(target);
    const next = element ? passagesOf(element) : null;
    if (String(next) === String(pointed)) return;
    pointed = next;
    light();
  }

  /** Returns the first mark of a passage. @param {string} anchor */
  function markOf(anchor) {
    return parts.get(anchor)?.find((element) => element.matches("mark"));
  }

  function placeOf(anchor) {
    const words = { n: order.indexOf(anchor) + 1, total: order.length };
    return steps.dataset.place.replace(/\{(n|total)\}/g, (_, name) => String(words[name]));
  }

  /** Makes these the passages that the reader came to. @param {string[]} anchors */
  function choose(anchors) {
    chosen = anchors;
    const current = document.querySelector("[data-passage][aria-current]");
    current?.removeAttribute("aria-current");
    if (anchors.length) {
      const link = document.querySelector(`[data-passage="${CSS.escape(anchors[0])}"]`);
      link.setAttribute("aria-current", "true");
      steps.querySelector("[data-step-place]").textContent = placeOf(anchors[0]);
      steps.dataset.chosen = anchors[0];
    } else {
      delete steps.dataset.chosen;
    }
    for (const button of steps.querySelectorAll("[data-step]")) {
      const end = button.dataset.step === "1" ? order.at(-1) : order[0];
      button.setAttribute("aria-disabled", String(anchors[0] === end));
    }
    light();
  }

  /** Brings a passage into the middle of the window, or its beginning to the top where it is longer. */
  function bring(anchor) {
    const mark = markOf(anchor);
    if (!mark) return;
    const long = mark.getBoundingClientRect().height > innerHeight * 0.6;
    mark.scrollIntoView({ block: long ? "start" : "center" });
  }

  /** Puts the passage into the address, in place of the last one: Back leads out of the text, not through it. */
  function address(anchor) {
    history.replaceState(history.state, "", `#${encodeURIComponent(anchor)}`);
    say("at", { anchor });
  }

  function goTo(anchor) {
    choose([anchor]);
    address(anchor);
    bring(anchor);
    const link = document.querySelector(`[data-passage="${CSS.escape(anchor)}"]`);
    const words = { place: placeOf(anchor), label: link.getAttribute("aria-label") };
    status.textContent = steps.dataset.told.replace(/\{(place|label)\}/g, (_, name) => words[name]);
  }

  function isInView(mark) {
    const box = mark.getBoundingClientRect();
    return box.bottom > 0 && box.top < innerHeight;
  }

  /** Returns the next passage in a direction: from the chosen one while it is in view, else from what is in view. */
  function neighbour(direction) {
    const mark = chosen.length ? markOf(chosen[0]) : null;
    if (mark && isInView(mark)) return order[order.indexOf(chosen[0]) + direction];
    const beyond = order.filter((anchor) => markOf(anchor).getBoundingClientRect().top >= 0 === direction > 0);
    return direction > 0 ? beyond[0] : beyond.at(-1);
  }

  function step(direction) {
    const anchor = neighbour(direction);
    if (anchor === undefined) {
      status.textContent = direction > 0 ? steps.dataset.last : steps.dataset.first;
      return null;
    }
    goTo(anchor);
    return markOf(anchor);
  }

  /** Takes the passage that the address names for the chosen one. */
  function readAddress() {
    let anchor = location.hash.slice(1);
    try {
      anchor = decodeURIComponent(anchor);
    } catch {
      // A hand-written address may hold a % that escapes nothing; it then names no passage.
    }
    choose(parts.has(anchor) ? [anchor] : []);
    return chosen[0];
  }

  function isTyping(target) {
    return target instanceof Element && target.closest("input, textarea, select, [contenteditable]") !== null;
  }

  /** Says whether the reader lets single keys mean something. */
  function areKeysOn() {
    try {
      return localStorage.getItem(SETTING) !== "off";
    } catch {
      return true;
    }
  }

  /** Names the keys of the buttons while they mean something. */
  function showKeys() {
    if (areKeysOn()) return;
    for (const button of steps.querySelectorAll("[aria-keyshortcuts]")) {
      button.removeAttribute("aria-keyshortcuts");
      button.title = button.getAttribute("aria-label");
    }
  }

  function keyOf({ key, code }) {
    return key.length === 1 && key >= "\u0080" ? PLACES[code] : key.toLowerCase();
  }

  function onKey(event) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (event.key === "Escape" && inPanel) {
      event.preventDefault();
      say("close", {});
    }
    const direction = { n: 1, p: -1 }[keyOf(event)];
    if (!direction || !steps || event.shiftKey || !areKeysOn()) return;
    event.preventDefault();
    step(direction)?.focus({ preventScroll: true });
  }

  function onClick(event) {
    const plain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    const go = event.target.closest("[data-go]");
    if (go && inPanel && plain) {
      event.preventDefault();
      say("go", { id: go.dataset.go });
      return;
    }
    const link = event.target.closest("[data-passage]");
    if (link && plain) {
      event.preventDefault();
      goTo(link.dataset.passage);
      return;
    }
    const mark = event.target.closest("mark[data-citations]");
    if (mark && getSelection().isCollapsed && !event.target.closest("a")) press(mark);
  }

  /** Chooses all passages that stand at a mark, and shows their notes where these stand below the text. */
  function press(mark) {
    pointed = null;
    choose(passagesOf(mark));
    address(chosen[0]);
    mark.closest(".paragraph").querySelector("[data-note][data-lit]")?.scrollIntoView({ block: "nearest" });
  }

  /** Tells the timeline that this page is shown beside. @param {string} kind @param {object} detail */
  function say(kind, detail) {
    if (framed) window.parent.postMessage({ dateline: kind, ...detail }, own);
  }

  function hear(event) {
    if (event.source !== window.parent || event.data?.dateline !== "panel") return;
    if (own !== "*" && event.origin !== own) return;
    if (!inPanel) leadOut("_top");
    inPanel = true;
    const { anchor } = event.data;
    if (parts.has(anchor) && anchor !== chosen[0]) {
      choose([anchor]);
      history.replaceState(history.state, "", `#${encodeURIComponent(anchor)}`);
    }
    if (parts.has(anchor)) bring(anchor);
  }

  /** Lets links out of this page open where they have room. @param {string} inside Where pages of the site open. */
  function leadOut(inside) {
    for (const link of document.querySelectorAll("a[href]:not([href^='#'], [data-passage])")) {
      const own = link.protocol === location.protocol && link.host === location.host;
      link.target = own ? inside : "_blank";
    }
  }

  /** Shows in the strip which part of the text is in the window. */
  function showView() {
    const view = document.querySelector("[data-view]");
    const paragraphs = [...document.querySelectorAll("[data-top]")];
    const inside = paragraphs.filter(isInView);
    view.toggleAttribute("hidden", inside.length === 0);
    if (!inside.length) return;
    const top = placeAt(inside[0], 0);
    const bottom = placeAt(inside.at(-1), innerHeight);
    view.setAttribute("y", `${top}%`);
    view.setAttribute("height", `${bottom - top}%`);
  }

  /** Returns where along the text a height of the window is. @param {HTMLElement} paragraph @param {number} y */
  function placeAt(paragraph, y) {
    const box = paragraph.getBoundingClientRect();
    const [top, bottom] = [Number(paragraph.dataset.top), Number(paragraph.dataset.bottom)];
    const share = Math.min(1, Math.max(0, (y - box.top) / (box.height || 1)));
    return top + share * (bottom - top);
  }

  function followView() {
    let asked = false;
    const ask = () => {
      if (asked) return;
      asked = true;
      requestAnimationFrame(() => {
        asked = false;
        showView();
      });
    };
    addEventListener("scroll", ask, { passive: true });
    addEventListener("resize", ask);
    ask();
  }

  /** Takes the strip from the keyboard and from screen readers where it is a picture. */
  function showStrip() {
    document.querySelector("[data-strip]").inert = asPicture.matches;
  }

  function gather() {
    for (const element of document.querySelectorAll("[data-citations], [data-note], [data-passage]")) {
      for (const anchor of passagesOf(element)) parts.get(anchor)?.push(element);
    }
  }

  function followPassages() {
    gather();
    root.setAttribute("data-live", "");
    steps.hidden = false;
    showKeys();
    showStrip();
    asPicture.addEventListener("change", showStrip);
    document.addEventListener("mouseover", (event) => point(event.target));
    document.addEventListener("mouseleave", () => point(null));
    // A mark has the focus after a step, and then says no more than what was chosen.
    document.addEventListener("focusin", (event) => point(event.target.matches("mark") ? null : event.target));
    document.addEventListener("focusout", () => point(null));
    addEventListener("hashchange", () => bring(readAddress()));
    for (const button of steps.querySelectorAll("[data-step]")) {
      button.addEventListener("click", () => step(Number(button.dataset.step)));
    }
    const came = readAddress();
    // Where the reader comes back, the browser knows better where the text stood.
    if (came && performance.getEntriesByType("navigation")[0]?.type === "navigate") bring(came);
    followView();
  }

  if (steps) followPassages();
  document.addEventListener("click", onClick);
  document.addEventListener("keydown", onKey);
  if (framed) {
    leadOut("_blank");
    addEventListener("message", hear);
    say("ready", {});
  }
})();
