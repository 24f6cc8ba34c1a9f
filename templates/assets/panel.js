/* The panel: on a wide window a source opens beside the page. What is open stands in the address as `read`. */
(() => {
  "use strict";

  const root = document.documentElement;
  const panel = document.querySelector("[data-panel]");
  const status = document.querySelector("[data-status]");
  // Pages opened from disk have no origin to go by.
  const own = location.protocol === "file:" ? "*" : location.origin;
  // Below this width there is no room for two columns, and the link is a link.
  const wide = matchMedia("(min-width: 64rem)");
  /** @type {{anchor: string, link: HTMLAnchorElement, frame: HTMLIFrameElement} | null} */
  let open = null;
  /** @type {HTMLElement | null} The link that the reader used, to which the focus returns. */
  let opener = null;

  // A citation stands in its entry, and may stand beside the words of another that differs from it.
  const CITATION = "[data-citation], [data-theirs]";

  /** Returns the way into the source of a citation of this page. @param {string | null} anchor */
  function linkOf(anchor) {
    if (!anchor) return null;
    const named = CSS.escape(anchor);
    const own = document.querySelector(`[data-citation="${named}"] a.cite`);
    return own ?? document.querySelector(`[data-theirs="${named}"] a.cite`);
  }

  function wanted() {
    return new URL(location.href).searchParams.get("read");
  }

  function addressOf(anchor) {
    const address = new URL(location.href);
    if (anchor) address.searchParams.set("read", anchor);
    else address.searchParams.delete("read");
    return address.href;
  }

  function fileOf(link) {
    return link.href.split("#")[0];
  }

  function say(name, title) {
    status.textContent = panel.dataset[name].replace("{title}", () => title);
  }

  function isInView(element) {
    const box = element.getBoundingClientRect();
    return box.bottom > 0 && box.top < innerHeight;
  }

  /** Changes the layout while a link, or else what the reader has before them, stays at its height in the window. */
  function keepingPlace(link, change) {
    document.dispatchEvent(new CustomEvent("dateline:settle"));
    const element = isInView(link) ? link : ([...document.querySelectorAll("article")].find(isInView) ?? link);
    const before = element.getBoundingClientRect().top;
    change();
    scrollBy({ top: element.getBoundingClientRect().top - before, behavior: "instant" });
  }

  function makeFrame(link) {
    const frame = document.createElement("iframe");
    frame.title = panel.dataset.frame.replace("{title}", () => link.dataset.title);
    // A frame that is new has no history of its own: Back closes the panel.
    frame.src = link.href;
    panel.append(frame);
    return frame;
  }

  function mark(link) {
    document.querySelector("[data-reading]")?.removeAttribute("data-reading");
    document.querySelector("a.cite[aria-current]")?.removeAttribute("aria-current");
    link?.setAttribute("aria-current", "true");
    link?.closest(CITATION).setAttribute("data-reading", "");
  }

  function show(anchor, link) {
    const same = open && fileOf(open.link) === fileOf(link);
    if (open && !same) open.frame.remove();
    keepingPlace(link, () => {
      panel.hidden = false;
      root.setAttribute("data-beside", "");
    });
    const frame = same ? open.frame : makeFrame(link);
    if (same) frame.contentWindow.postMessage({ dateline: "panel", anchor }, own);
    open = { anchor, link, frame };
    panel.querySelector("[data-panel-title]").textContent = link.dataset.title;
    panel.querySelector("[data-panel-page]").href = link.href;
    mark(link);
    say("opened", link.dataset.title);
  }

  function hide() {
    const { link, frame } = open;
    const focused = panel.contains(document.activeElement);
    open = null;
    frame.remove();
    keepingPlace(link, () => {
      panel.hidden = true;
      root.removeAttribute("data-beside");
    });
    mark(null);
    say("closed", "");
    if (focused) (opener ?? link).focus();
    opener = null;
  }

  /** Makes the panel what the address and the width of the window say. */
  function follow() {
    const anchor = wide.matches ? wanted() : null;
    const link = linkOf(anchor);
    if (link && open?.anchor !== anchor) show(anchor, link);
    if (!link && open) hide();
  }

  function push(anchor) {
    history.pushState(history.state, "", addressOf(anchor));
    follow();
  }

  /** Returns the citation that a link leads to: its own, or the one whose words it points at. */
  function citationOf(link) {
    const ways = [...document.querySelectorAll("a.cite")];
    const cite = ways.includes(link) ? link : ways.find((way) => way.href === link.href);
    const { citation, theirs } = cite?.closest(CITATION)?.dataset ?? {};
    return citation ?? theirs;
  }

  function onClick(event) {
    const link = event.target.closest("main a[href]");
    const anchor = link && citationOf(link);
    const plain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    if (!anchor || !plain || !wide.matches || event.defaultPrevented) return;
    event.preventDefault();
    if (open?.anchor === anchor) open.frame.contentWindow.postMessage({ dateline: "panel", anchor }, own);
    else push(anchor);
    opener = link;
    // A click without a pointer's detail is one of the keyboard.
    if (event.detail === 0) open.frame.focus();
  }

  function isTyping(target) {
    return target instanceof Element && target.closest("input, textarea, select, [contenteditable]") !== null;
  }

  function onKey(event) {
    if (event.key !== "Escape" || event.defaultPrevented || !open || isTyping(event.target)) return;
    event.preventDefault();
    push(null);
  }

  /** Shows an entry of the timeline: whoever answers `dateline:go` does, else the address does. @param {string} id */
  function go(id) {
    const event = new CustomEvent("dateline:go", { detail: { id }, cancelable: true });
    if (!document.dispatchEvent(event)) return;
    const entry = document.getElementById(id);
    const fragment = `#${encodeURIComponent(id)}`;
    if (!entry?.matches("[data-entry]")) location.href = panel.dataset.timeline + fragment;
    else if (location.hash === fragment) entry.scrollIntoView();
    else location.hash = fragment;
  }

  /** What the frame may ask for. */
  const ANSWERS = {
    ready: () => open.frame.contentWindow.postMessage({ dateline: "panel", anchor: open.anchor }, own),
    close: () => push(null),
    go: ({ id }) => {
      if (typeof id === "string") go(id);
    },
    at: ({ anchor }) => {
      const link = typeof anchor === "string" ? linkOf(anchor) : null;
      if (!link || fileOf(link) !== fileOf(open.link)) return;
      open = { ...open, anchor, link };
      opener = link;
      panel.querySelector("[data-panel-page]").href = link.href;
      history.replaceState(history.state, "", addressOf(anchor));
      mark(link);
    },
  };

  function hear(event) {
    if (!open || event.source !== open.frame.contentWindow || (own !== "*" && event.origin !== own)) return;
    const kind = event.data?.dateline;
    if (Object.hasOwn(ANSWERS, String(kind))) ANSWERS[kind](event.data);
  }

  /** Brings the quote that the address names into view, when the page is opened or loaded again. */
  function arrive() {
    follow();
    linkOf(wanted())?.closest(CITATION).scrollIntoView({ block: "center" });
  }

  if (!panel || root.hasAttribute("data-embed")) return;
  document.addEventListener("click", onClick);
  document.addEventListener("keydown", onKey);
  addEventListener("message", hear);
  addEventListener("popstate", follow);
  wide.addEventListener("change", follow);
  panel.querySelector("[data-panel-close]").addEventListener("click", () => push(null));
  if (wanted()) {
    arrive();
    // The browser puts the page back to where it was scrolled when all has come.
    addEventListener("load", () => setTimeout(arrive), { once: true });
  }
})();
