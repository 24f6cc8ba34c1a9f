// The keys of the timeline: from entry to entry, to the search, into the source. None is taken while somebody types.
(() => {
  "use strict";

  const help = document.querySelector("[data-keys]"), toggle = document.querySelector("[data-keys-switch]");
  const opener = document.querySelector("[data-keys-open]");
  const SETTING = "dateline.keys";
  // An entry whose end is less than this many pixels below the top of the window is read already.
  const READ = 80;

  // The entries of the page, and those of the list that stands in their place where entries were found.
  const ENTRY = "article:is([data-entry], [data-found-one])";

  const shown = () => [...document.querySelectorAll(ENTRY)].filter((article) => !article.closest("[hidden]"));
  const focused = () => document.activeElement?.closest(ENTRY) ?? null;

  /** Returns the entry that the reader is at: the one with the focus, else the first in view, or null. */
  function current() {
    const first = shown().find((article) => article.getBoundingClientRect().bottom > READ);
    return focused() ?? (first && first.getBoundingClientRect().top < innerHeight ? first : null);
  }

  function goTo(article) {
    if (!article) return;
    document.dispatchEvent(new CustomEvent("dateline:settle"));
    article.focus({ preventScroll: true });
    article.scrollIntoView();
  }

  /** Goes on by one entry, or back; from no entry, to the nearest that way. */
  function step(by) {
    const all = shown(), here = focused();
    if (here) return goTo(all[all.indexOf(here) + by]);
    const next = all.findIndex((article) => article.getBoundingClientRect().top > -1);
    if (by > 0) return goTo(all.at(next));
    return goTo(all[Math.max((next < 0 ? all.length : next) - 1, 0)]);
  }

  const field = document.querySelector("[data-find] [type=search]");
  // Where the reader was who went to the search: an entry, and how far below the top of the window it began.
  let left = null;

  function search() {
    // A page of a period has a way to the search instead of one.
    if (!field) return document.querySelector("[data-search-all]")?.click();
    const article = current();
    left = article && { article, top: article.getBoundingClientRect().top };
    field.focus();
    field.select();
  }

  /** Leads back from the search, where nothing is searched for, to the entry that was left for it. */
  function goBack(event) {
    if (event.key !== "Escape" || event.isComposing || field.value || !left || left.article.closest("[hidden]")) return;
    event.preventDefault();
    const { article, top } = left;
    article.focus({ preventScroll: true });
    scrollBy({ top: article.getBoundingClientRect().top - top, behavior: "instant" });
  }

  function showKeys() {
    help.showModal();
    help.querySelector("[data-keys-close]").focus();
  }

  const SINGLE = new Map([
    ["/", search],
    ["j", () => step(1)],
    ["k", () => step(-1)],
    ["s", () => current()?.querySelector("a.cite")?.click()],
    ["?", showKeys],
  ]);
  const AT_ENTRY = new Map([
    ["ArrowDown", () => step(1)],
    ["ArrowUp", () => step(-1)],
    ["Enter", (article) => article.querySelector("h3 a")?.click()],
  ]);

  function isOn() {
    try {
      return localStorage.getItem(SETTING) !== "off";
    } catch {
      return toggle.checked;
    }
  }

  function keep() {
    try {
      localStorage.setItem(SETTING, toggle.checked ? "on" : "off");
    } catch {
      // The page is told not to keep anything: the switch holds until it is left.
    }
    showSetting();
  }

  function showSetting() {
    toggle.checked = isOn();
    opener?.toggleAttribute("data-off", !toggle.checked);
  }

  /** Returns what a key stands for; where a keyboard writes other letters, its keys are known by their places. */
  function keyOf({ key, code, shiftKey }) {
    if (key.length > 1) return key;
    if (key < "\u0080") return key.toLowerCase();
    if (code === "Slash") return shiftKey ? "?" : "/";
    return code.replace("Key", "").toLowerCase();
  }

  function isTyping(event) {
    const at = event.composedPath()[0];
    return event.isComposing || event.keyCode === 229 || Boolean(at.closest?.("input, textarea, select") || at.isContentEditable);
  }

  function pressed(event) {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || isTyping(event)) return;
    if (document.querySelector("dialog:modal")) return;
    const key = keyOf(event), article = document.activeElement;
    if (event.shiftKey && key !== "?" && key !== "/") return;
    if (AT_ENTRY.has(key) && article?.matches(ENTRY)) AT_ENTRY.get(key)(article);
    else if (SINGLE.has(key) && isOn()) SINGLE.get(key)();
    else return;
    event.preventDefault();
  }

  if (!help) return;
  showSetting();
  document.addEventListener("keydown", pressed);
  opener?.addEventListener("click", showKeys);
  toggle.addEventListener("change", keep);
  field?.addEventListener("keydown", goBack);
  field?.addEventListener("blur", () => { left = null; });
  help.querySelector("[data-keys-close]").addEventListener("click", () => help.close());
  help.addEventListener("click", (event) => { if (event.target === help) help.close(); });
})();
