/* The still overview: it tells what a mark is, shows which entries are chosen, and hands over to the drawing that can
   be explored when the reader reaches for it. */
(() => {
  "use strict";

  // How long the pointer rests before the drawing is loaded, and how long the card stays when the pointer leaves it.
  const REST = 350;
  const LINGER = 250;

  const chart = document.querySelector("[data-chart]");
  if (!chart) return;
  const frame = chart.querySelector("[data-frame]");
  const tools = chart.querySelector("[data-tools]");
  const card = chart.querySelector("[data-card]");
  const part = (name) => chart.querySelector(`[data-${name}]`);
  const stills = [...chart.querySelectorAll("[data-still]")];
  const marks = stills.flatMap((still) => [...still.querySelectorAll("[data-id]")]);
  const coarse = matchMedia("(pointer: coarse)");
  const send = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }));

  let state = "still"; // or "loading", "explored", "failed"
  let stay = Boolean(navigator.connection && navigator.connection.saveData); // the reader wants the still one
  let selection = null;
  let shown = null; // the mark that the card tells of
  let touched = false;
  let hiding = 0;
  let resting = 0;

  /** Goes to an entry on the timeline where no other script has answered. */
  const go = (id) => {
    const entry = document.getElementById(id);
    if (!entry?.matches("[data-entry]") || decodeURIComponent(location.hash.slice(1)) === id) return;
    location.hash = encodeURIComponent(id);
    entry.focus({ preventScroll: true });
  };

  const say = (text) => {
    document.querySelector("[data-status]").textContent = text;
  };

  // The card.

  const fill = (name, text) => {
    const element = part(name);
    element.textContent = text || "";
    element.hidden = !text;
  };

  /** Puts the card above a box of the window, or below it where there is no room, and never outside of the frame. */
  const place = (box) => {
    const outer = frame.getBoundingClientRect();
    const { width, height } = card.getBoundingClientRect();
    const left = Math.min((box.left + box.right) / 2 - width / 2, outer.right - width);
    const above = box.top - height - 6;
    card.style.left = `${Math.max(0, left - outer.left)}px`;
    card.style.top = `${(above >= outer.top - 16 ? above : box.bottom + 6) - outer.top}px`;
  };

  const link = (id, words) => {
    const item = document.createElement("li");
    const anchor = item.appendChild(document.createElement("a"));
    anchor.href = `#${encodeURIComponent(id)}`;
    anchor.dataset.to = id;
    anchor.textContent = words;
    return item;
  };

  /** Shows the card: `at` is a box in the window; `go` an entry to link to; `list` entries, `more` words below them. */
  const show = (told) => {
    clearTimeout(hiding);
    fill("card-date", told.date);
    fill("card-title", told.title);
    fill("card-who", told.who);
    part("card-list").replaceChildren(...(told.list || []).map((one) => link(...one)));
    part("card-list").hidden = !told.list;
    part("card-go").hidden = !told.go;
    const anchor = part("card-go").firstElementChild;
    anchor.href = told.go ? `#${encodeURIComponent(told.go)}` : "#";
    anchor.dataset.to = told.go || "";
    card.hidden = false;
    place(told.at);
  };

  /** Hides the card; what had the focus in it hands it back to where it came from. */
  const hide = () => {
    clearTimeout(hiding);
    const focused = card.contains(document.activeElement);
    const from = state === "explored" ? part("explored") : shown;
    card.hidden = true;
    shown = null;
    if (focused && from) from.focus({ preventScroll: true });
  };

  const hideSoon = () => {
    clearTimeout(hiding);
    hiding = setTimeout(hide, LINGER);
  };

  const tell = (mark, byTouch) => {
    const { date, title, who, id } = mark.dataset;
    show({ at: mark.getBoundingClientRect(), date, title, who, go: byTouch ? id : "" });
    shown = mark;
  };

  // Which entries are chosen.

  /** Returns what says whether a mark holds a chosen entry; a count holds those that begin on its days. */
  const choice = (ids) => {
    const begins = [];
    if (stills.some((still) => still.querySelector("[data-first]"))) {
      for (const entry of document.querySelectorAll("article[data-entry]")) {
        const { category = "", earliest, latest } = entry.dataset;
        if (ids.has(entry.id)) begins.push([category, Number(earliest || latest)]);
      }
    }
    const within = ({ lane, first, last }) =>
      begins.some(([category, day]) => category === lane && day >= Number(first) && day <= Number(last));
    return (mark) => ("first" in mark.dataset ? within(mark.dataset) : ids.has(mark.dataset.id));
  };

  const select = (found) => {
    selection = found;
    const chosen = found.ids && choice(found.ids);
    for (const mark of marks) mark.toggleAttribute("data-out", Boolean(chosen) && !chosen(mark));
    const lanes = new Set(found.categories);
    for (const name of chart.querySelectorAll("text[data-lane]")) {
      name.toggleAttribute("data-chosen", lanes.has(name.dataset.lane));
    }
    for (const button of chart.querySelectorAll("button[data-category]")) {
      button.setAttribute("aria-pressed", String(lanes.has(button.dataset.category)));
    }
  };

  // The drawing that can be explored.

  const turn = (to, words, aloud = true) => {
    state = to;
    const [explored, loading] = [to === "explored", to === "loading"];
    chart.dataset.state = to;
    part("state").textContent = words;
    part("state").hidden = !words;
    part("begin").hidden = explored || loading;
    for (const offered of [part("bar"), chart.querySelector('[data-lanes="narrow"]')]) offered.hidden = !explored && !loading;
    for (const button of part("bar").children) button.disabled = !explored;
    chart.setAttribute("aria-busy", String(loading));
    if (aloud) say(words);
  };

  const loadOne = (source) =>
    new Promise((done, failed) => {
      const script = document.createElement("script");
      script.async = false;
      script.src = source;
      script.dataset.loaded = "";
      script.onload = done;
      script.onerror = () => {
        script.remove();
        failed(new Error(source));
      };
      document.head.append(script);
    });

  const present = (source) =>
    [...document.querySelectorAll("script[data-loaded]")].some((script) => script.getAttribute("src") === source);

  /** Loads what is not there yet; the figures come last, and again where what draws them was not there. */
  const load = () => {
    const sources = tools.dataset.scripts.split(" ");
    const missing = sources.filter((source) => !present(source));
    if (missing.length) missing.push(sources.at(-1));
    return Promise.all([...new Set(missing)].map(loadOne));
  };

  /** Draws what can be explored in the place of the still one; where the focus is here, it stays here. */
  const explore = async (byHand) => {
    clearTimeout(resting);
    if (state === "explored" || state === "loading") return;
    turn("loading", tools.dataset.loading);
    if (byHand) part("state").focus({ preventScroll: true });
    try {
      await load();
    } catch {
      failed();
      return;
    }
    const active = document.activeElement;
    const focused = marks.includes(active) ? active : null;
    const current = focused || shown;
    const focus = byHand ? !active || active === document.body || tools.contains(active) : Boolean(focused);
    hide();
    send("dateline:explore", { selection, focus, id: current ? current.dataset.id : null });
  };

  const failed = () => {
    stay = true;
    const lost = tools.contains(document.activeElement) || document.activeElement === document.body;
    turn("failed", tools.dataset.failed);
    if (lost) part("begin").firstElementChild.focus({ preventScroll: true });
  };

  const back = (id, focus) => {
    stay = true;
    hide();
    turn("still", tools.dataset.still);
    part("state").hidden = true;
    if (!focus) return;
    const mark = marks.find((one) => one.dataset.id === id && one.getClientRects().length);
    (mark || part("begin").firstElementChild).focus({ preventScroll: true });
  };

  const reach = () => {
    const wide = chart.querySelector('[data-overview="wide"]');
    if (state === "still" && !stay && !coarse.matches && wide && wide.getClientRects().length) explore(false);
  };

  const rest = (event) => {
    if (event.pointerType !== "mouse" || state !== "still") return;
    clearTimeout(resting);
    resting = setTimeout(reach, REST);
  };

  // What the reader does.

  const markOf = (event) => (event.target.closest ? event.target.closest("[data-still] [data-id]") : null);

  const over = (event) => {
    if (card.contains(event.target)) clearTimeout(hiding);
    const mark = markOf(event);
    if (mark && event.pointerType === "mouse") tell(mark, false);
  };

  const out = (event) => {
    const to = event.relatedTarget;
    if (event.pointerType !== "mouse" || card.hidden || (to && (card.contains(to) || (shown && shown.contains(to))))) return;
    if (shown && shown !== document.activeElement) hideSoon();
    if (!shown && card.contains(event.target)) hideSoon();
  };

  const click = (event) => {
    const to = event.target.closest("[data-to]");
    const mark = markOf(event);
    if (touched && !to && !mark && !card.contains(event.target) && state !== "explored") hide();
    if ((!to && !mark) || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (mark && touched) tell(mark, true);
    else send("dateline:go", { id: to ? to.dataset.to : mark.dataset.id });
  };

  const keydown = (event) => {
    touched = false;
    if (event.key !== "Escape" || card.hidden) return;
    event.preventDefault();
    event.stopPropagation();
    hide();
  };

  /** Goes to where the reader is led by the keyboard: tells the mark, and reaches for the drawing. */
  const focusin = (event) => {
    const mark = markOf(event);
    if (!mark || !mark.matches(":focus-visible")) return;
    if (!touched) tell(mark, false);
    resting = setTimeout(reach, REST);
  };

  const focusout = (event) => {
    clearTimeout(resting);
    if (shown && !card.contains(event.relatedTarget) && !touched) hide();
  };

  const listen = () => {
    document.addEventListener("pointerdown", (event) => {
      touched = event.pointerType !== "mouse";
      if (!card.hidden && !card.contains(event.target) && !frame.contains(event.target)) hide();
    }, true);
    frame.addEventListener("pointermove", rest);
    frame.addEventListener("pointerleave", () => clearTimeout(resting));
    frame.addEventListener("pointerover", over);
    frame.addEventListener("pointerout", out);
    frame.addEventListener("click", click);
    frame.addEventListener("focusin", focusin);
    frame.addEventListener("focusout", focusout);
    document.addEventListener("keydown", keydown, true);
    tools.querySelector('[data-do="explore"]').addEventListener("click", () => explore(true));
    document.addEventListener("dateline:selection", (event) => select(event.detail));
    document.addEventListener("dateline:card", (event) => (event.detail ? show(event.detail) : hideSoon()));
    document.addEventListener("dateline:go", ({ detail }) => {
      hide();
      setTimeout(go, 0, detail.id);
    });
    document.addEventListener("dateline:explored", ({ detail }) => {
      if (detail.on) turn("explored", tools.dataset.done);
      else if (detail.failed) failed();
      else back(detail.id, detail.focus);
    });
  };

  for (const title of chart.querySelectorAll("[data-still] a > title")) title.remove();
  part("begin").hidden = false;
  listen();
})();
