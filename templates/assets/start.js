// The timeline is read without its scripts. They come when the reader reaches for something, or when the address says
// more than where the page is; what the reader did before they came, they are then told.
(() => {
  "use strict";

  const { scripts } = document.currentScript.dataset;
  const REACHES = ["pointerover", "pointerdown", "keydown", "focusin", "wheel", "touchstart"];
  // What only scripts answer, or answer better than the browser.
  const ANSWERED = "button, [data-chart] a, [data-entry] a.cite";
  const TYPED = "input, textarea, select";

  /** @type {Map<string, Event>} The last event of each kind, in the order in which the kinds came. */
  const held = new Map();
  /** @type {Map<HTMLInputElement, {value: string, checked: boolean}>} */
  const typed = new Map();

  const hold = (event) => {
    held.delete(event.type);
    held.set(event.type, event);
  };

  function reached(event) {
    if (event.type === "pointerover" || event.type === "focusin") hold(event);
    if (event.type === "keydown" && !event.target.closest?.(TYPED)) hold(event);
    load();
  }

  function clicked(event) {
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (!event.target.closest(ANSWERED)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    hold(event);
    load();
  }

  function wrote({ target }) {
    typed.set(target, { value: target.value, checked: target.checked });
    load();
  }

  const LISTENERS = [...REACHES.map((name) => [name, reached]), ["click", clicked], ["input", wrote]];

  let script;

  function load() {
    if (script) return;
    script = document.createElement("script");
    script.src = scripts;
    script.onload = script.onerror = answer;
    document.head.append(script);
  }

  /** Tells the scripts what was done before they came; where they did not come, the browser answers. */
  function answer() {
    for (const [name, listener] of LISTENERS) document.removeEventListener(name, listener, true);
    for (const [field, state] of typed) {
      Object.assign(field, state);
      for (const name of ["input", "change"]) field.dispatchEvent(new Event(name, { bubbles: true }));
    }
    for (const [name, event] of held) {
      if (name === "click") event.target.click();
      else event.target.dispatchEvent(new event.constructor(name, event));
    }
  }

  for (const [name, listener] of LISTENERS) document.addEventListener(name, listener, { capture: true, passive: name !== "click" });
  for (const element of document.querySelectorAll("[data-at-once]")) {
    element.hidden = false;
    // The browser could not lead to what was hidden.
    element.querySelector(":target")?.focus();
  }
  if (location.search) load();
})();
