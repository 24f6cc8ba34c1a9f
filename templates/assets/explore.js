/* The overview that can be explored: it takes the still one's place, draws what is in view with Plotly, marks and tells
   what is in it. Loaded when the reader reaches for it by overview.js, which also shows the card. */
(() => {
  "use strict";

  // How many entries of a count the card lists.
  const LISTED = 8;

  const chart = document.querySelector("[data-chart]");
  const tools = chart.querySelector("[data-tools]");
  const host = chart.querySelector("[data-explored]");
  const [canvas, span, ring] = ["canvas", "span", "ring"].map((name) => host.querySelector(`[data-${name}]`));
  const numbers = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  numbers.classList.add("numbers");
  numbers.setAttribute("aria-hidden", "true");
  canvas.after(numbers);
  const send = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail, cancelable: true }));
  const say = (text) => {
    document.querySelector("[data-status]").textContent = text;
    send("dateline:said");
  };
  const words = (name, given) => tools.dataset[name].replace(/\{(\w+)\}/g, (_, key) => given[key]);
  const use = (name) => {
    let part;
    document.dispatchEvent(new CustomEvent("dateline:use", { detail: { name, give: (given) => { part = given; } } }));
    return part;
  };
  let [axis, drawing, levels, shown] = [];

  const overview = (which) => chart.querySelector(`[data-overview="${which}"]`);

  // What is drawn.

  let colors = null; // read once, and again where the reader's settings change
  const palette = () => (colors ??= drawing.palette());

  const draw = async () => {
    shown.width = canvas.clientWidth;
    if (!shown.width) return;
    shown.arrange();
    if (shown.big) tellLost(levels.isMissing());
    await window.Plotly.react(canvas, drawing.traces(palette()), drawing.layout(palette()), drawing.CONFIG);
    if (shown.big) drawNumbers();
    mark();
  };

  /** Draws the numbers of counts: hundreds of them take Plotly as long as all else. */
  const drawNumbers = () => {
    numbers.replaceChildren(...drawing.numbers().map(({ x, y, text }) => {
      const number = document.createElementNS(numbers.namespaceURI, "text");
      number.setAttribute("x", shown.pixel(x));
      number.setAttribute("y", y);
      number.textContent = text;
      return number;
    }));
  };

  const pan = () => {
    const { tickvals, ticktext } = drawing.ticks();
    const moved = { "xaxis.range": [...shown.view], "xaxis.tickvals": tickvals, "xaxis.ticktext": ticktext };
    return window.Plotly.relayout(canvas, moved).then(mark);
  };

  // One drawing a frame at most, however fast the reader zooms.
  let waiting = 0;
  let panned = false;
  const later = (onlyPanned) => {
    panned = onlyPanned && (panned || !waiting);
    if (waiting) return;
    waiting = requestAnimationFrame(() => {
      waiting = 0;
      if (!shown.on) return;
      if (panned) pan();
      else draw();
    });
  };

  /** Does something when what is in view has been drawn. */
  const after = (act) => {
    if (waiting) requestAnimationFrame(() => requestAnimationFrame(act));
    else act();
  };

  // The span that is chosen, and the ring around the entry that the keyboard is at.

  const put = (element, left, top, wide, high) => {
    element.style.left = `${left}px`;
    element.style.top = `${top}px`;
    element.style.width = `${wide}px`;
    element.style.height = `${high}px`;
    element.hidden = false;
  };

  const markSpan = (from, to) => {
    const [a, b] = [Math.max(0, shown.pixel(from)), Math.min(shown.width, shown.pixel(to))];
    span.hidden = true;
    if (b > 0 && a < shown.width) put(span, a, 0, Math.max(1, b - a), shown.figure().layout.yaxis.range[0]);
  };

  const mark = () => {
    span.hidden = true;
    ring.hidden = true;
    const chosen = shown.span();
    if (chosen) markSpan(...chosen);
    const item = shown.itemOf(shown.current);
    if (!item || host !== document.activeElement || !shown.near(item)) return;
    const { left, right, top, bottom } = shown.box(item);
    put(ring, left - 3, top - 3, right - left + 6, bottom - top + 6);
  };

  // What is in view.

  const look = (from, to, onlyPanned = false) => {
    const wide = Math.min(1, Math.max(to - from, shown.least((from + to) / 2)));
    const middle = (from + to) / 2;
    const left = Math.min(1 - wide, Math.max(0, middle - wide / 2));
    shown.view = [left, left + wide];
    // Of a large timeline more comes into view.
    later(onlyPanned && !shown.big);
  };

  const zoom = (factor, at = (shown.view[0] + shown.view[1]) / 2) => {
    const wide = Math.min(1, Math.max(shown.reach() * factor, shown.least(at)));
    const share = (at - shown.view[0]) / shown.reach();
    look(at - share * wide, at + (1 - share) * wide);
  };

  const sayView = () => {
    const [first, last] = shown.days();
    say(words("view", { first: axis.dayWords(first), last: axis.dayWords(last) }));
  };

  /** Shows a span as chosen, and returns it in words. */
  const setSpan = (from, to) => {
    shown.selection = { ...shown.selection, from, to };
    mark();
    return words("chosen", { first: axis.dayWords(from), last: axis.dayWords(to) });
  };

  const choose = (from, to) => {
    say(setSpan(from, to));
    send("dateline:choose", { from, to });
  };

  const chooseShares = (one, two) => {
    const [from, to] = [Math.min(one, two), Math.max(one, two)].map((share) => shown.dayAt(share));
    choose(Math.ceil(from), Math.max(Math.ceil(from), Math.floor(to)));
  };

  const reset = () => {
    shown.view = [0, 1];
    shown.current = null;
    setSelecting(false);
    shown.selection = { ...shown.selection, from: null, to: null };
    send("dateline:choose", { from: null, to: null, categories: [] });
    later(false);
    sayView();
  };

  /** Opens a count: its entries fill the view; where no view can part them, the card lists them. */
  const open = (item) => {
    if (shown.big && item.kind !== "count") return openBig(item);
    const starts = item.entries.map((entry) => entry.start);
    const [from, to] = [Math.min(...starts), Math.max(...starts)];
    const margin = Math.max((to - from) * 0.15, shown.least(from) / 2);
    if (to > from && to - from + 2 * margin < 0.9 * shown.reach()) {
      shown.current = item.entries[0];
      send("dateline:card", null);
      look(from - margin, to + margin);
      sayView();
    } else {
      list(item);
    }
  };

  /** Opens a count of a large timeline, whose entries are elsewhere; one entry alone is gone to. */
  const openBig = async (item) => {
    const [entry] = item.entries;
    if (item.kind === "strip") return list(item);
    if (item.number !== "1" && entry.number > 1 && widen(entry)) return undefined;
    const members = await levels.membersOf(entry, LISTED).catch(() => []);
    if (entry.number > 1) return members.length ? list(item, members, entry.number) : undefined;
    return members.forEach(({ id, href }) => send("dateline:go", { id, href }));
  };

  /** Lets a part of the calendar fill the view, if there is such a view. */
  const widen = (entry) => {
    const [from, to] = [entry.left, entry.right];
    const wide = Math.max((to - from) * 1.3, shown.least(from));
    if (wide > 0.9 * shown.reach()) return false;
    shown.current = entry;
    send("dateline:card", null);
    look((from + to - wide) / 2, (from + to + wide) / 2);
    sayView();
    return true;
  };

  const list = (item, members = item.entries, number = members.length) => {
    const more = number - Math.min(LISTED, members.length);
    tellItem(item, {
      list: members.slice(0, LISTED).map(({ id, date, title, href }) => [id, `${date}: ${title}`, href]),
      who: more > 0 ? words("more", { n: more }) : "",
    });
    chart.querySelector("[data-card-list] a").focus({ preventScroll: true });
  };

  // The card.

  const told = (item) => {
    if (item.kind === "bin") return toldCount(item.entries[0]);
    if (item.kind === "strip") return toldStrip(item);
    if (item.entries.length === 1) return item.entries[0];
    const [first, last] = [item.entries[0].date, item.entries.at(-1).date];
    const date = first === last ? first : words("fromTo", { first, last });
    return { date, title: words("count", { n: item.entries.length }), who: tools.dataset.open };
  };

  const toldCount = (entry) => {
    const { date, number } = entry, title = words("count", { n: number });
    return number > 1 ? { date, title, who: tools.dataset.open } : { date: dateOf(entry) ?? date, title, who: tools.dataset.openOne };
  };

  /** Returns the date of a count of one where the still drawing knows it: an entry of a century is not one of a year. */
  const dateOf = ({ lane, first, last }) => {
    const { key } = shown.data.lanes[lane];
    const begun = ({ dataset }) => dataset.lane === key && dataset.first >= first && dataset.first <= last;
    return [...overview(shown.name).querySelectorAll("[data-still] [data-first]")].find(begun)?.dataset.date;
  };

  const toldStrip = ({ entries, more }) => {
    if (entries.length === 1 && !more) return entries[0];
    const number = more ? words("over", { number: entries.length }) : entries.length;
    return { date: tools.dataset.before, title: words("count", { n: number }), who: tools.dataset.list };
  };

  const tellItem = (item, more) => {
    const outer = host.getBoundingClientRect();
    const { left, right, top, bottom } = shown.box(item);
    const at = { left: outer.left + left, right: outer.left + right, top: outer.top + top, bottom: outer.top + bottom };
    const { date, title, who } = told(item);
    send("dateline:card", { at, date, title, who, ...more });
  };

  /** Returns parts of what is said as sentences: some of them end with a full stop of their own. */
  const sentences = (parts) => parts.filter(Boolean).map((part) => part.replace(/[^.!?…։。؟]$/, "$&.")).join(" ");

  const wordsOf = (item) => {
    const { date, title, who } = told(item);
    const { lanes } = shown.data;
    return sentences([date, title, lanes.length > 1 && lanes[item.lane].label, who]);
  };

  const sayItem = (item, more = "") => say(sentences([wordsOf(item), more]));

  /** Scrolls to where the keyboard is, and to what the card tells of it. */
  const reveal = () => {
    for (const element of [chart.querySelector("[data-card]"), ring]) {
      if (!element.hidden) element.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
  };

  const setSelecting = (to) => {
    shown.selecting = to;
    host.toggleAttribute("data-selecting", to);
    tools.querySelector('[data-do="select"]').setAttribute("aria-pressed", String(to));
  };

  /** Says once that a part of what is in view did not come. */
  const tellLost = (now) => {
    const place = tools.querySelector("[data-lost]");
    if (now && place.hidden) say(place.textContent);
    place.hidden = !now;
  };

  // Taking the still drawing's place, and giving it back.

  const lanesOfWide = chart.querySelector('[data-lanes="wide"]');
  for (const lane of lanesOfWide.children) lane.style.top = `${lane.dataset.y}px`;
  overview("wide").prepend(lanesOfWide);

  const inView = () => (overview("wide").getClientRects().length ? "wide" : "narrow");

  const settle = () => {
    shown.name = inView();
    for (const which of Object.keys(shown.data.figures)) {
      const frame = overview(which);
      const here = shown.on && which === shown.name;
      frame.querySelector("[data-still]").toggleAttribute("hidden", here);
      const names = frame.querySelector("[data-names]");
      if (names) {
        names.toggleAttribute("hidden", here);
        lanesOfWide.hidden = !here;
      }
    }
    host.hidden = !shown.on;
    host.style.height = `${shown.figure().layout.height}px`;
    if (host.parentElement !== overview(shown.name)) overview(shown.name).append(host);
  };

  const go = async ({ detail }) => {
    const { focus, byHand } = detail;
    if (detail.selection) shown.select(detail.selection);
    try {
      shown.on = true;
      shown.current = null;
      settle();
      // The focus goes along before anything is drawn, so that it is seen whether the reader then leads it elsewhere.
      if (focus) host.focus({ preventScroll: true });
      if (!shown.entries.length) shown.take();
      await draw();
      if (!shown.on) return;
      const here = host === document.activeElement;
      if (focus && !here && !byHand) leave({ quiet: true });
      else arrive(detail, focus && here);
    } catch (fault) {
      leave({ failed: true });
      throw fault;
    }
  };

  const leave = (why) => {
    shown.on = false;
    settle();
    send("dateline:explored", { on: false, ...why });
  };

  const arrive = ({ id, lane, day }, focused) => {
    shown.current = (shown.big ? countAt(lane, day) : shown.entries.find((entry) => entry.id === id)) || null;
    const item = shown.itemOf(shown.current);
    send("dateline:explored", { on: true, focused, said: item ? wordsOf(item) : "" });
    if (item) tellItem(item);
    mark();
    if (focused && item) reveal();
  };

  /** Returns the count that holds what begins in a lane on a day. */
  const countAt = (lane, day) => {
    const { lanes } = shown.data;
    const here = ({ kind, lane: at, entries: [entry] }) =>
      kind === "bin" && lanes[at].key === lane && entry.first <= day && entry.last >= day;
    return shown.items.find(here)?.entries[0];
  };

  const stop = (focus) => {
    setSelecting(false);
    shown.view = [0, 1];
    const { current } = shown;
    if (host !== document.activeElement || !current) leave({ id: null, focus });
    else leave({ id: current.id, lane: shown.data.lanes[current.lane].key, day: current.first ?? current.last, focus });
  };

  /** Follows the width of the column, which may change the drawing, too. */
  const resized = () => {
    if (!shown?.on) return;
    const focused = host.contains(document.activeElement);
    if (inView() !== shown.name) {
      settle();
      shown.view = [0, 1];
      if (focused) host.focus({ preventScroll: true });
    } else if (canvas.clientWidth === shown.width) return;
    later(false);
  };

  // What other scripts give is taken when the data come, last of all, and again where one of them was missing.
  document.addEventListener("dateline:overview", () => {
    [axis, drawing, levels, shown] = ["axis", "figure", "levels", "view"].map(use);
  });
  document.addEventListener("dateline:explore", go);
  for (const name of ["dateline:part", "dateline:lost"]) {
    document.addEventListener(name, () => {
      if (shown?.on) later(false);
    });
  }
  document.addEventListener("dateline:selection", ({ detail }) => {
    if (!shown) return;
    shown.select(detail);
    if (shown.on) later(false);
  });
  host.addEventListener("focus", mark);
  host.addEventListener("blur", mark);
  new ResizeObserver(resized).observe(chart);
  for (const query of ["(prefers-color-scheme: dark)", "(forced-colors: active)", "(prefers-contrast: more)"]) {
    matchMedia(query).addEventListener("change", () => {
      colors = null;
      if (shown?.on) later(false);
    });
  }
  const actions = {
    after, choose, chooseShares, later, look, mark, markSpan, open, palette, reset, reveal, sayItem, sayView, setSelecting,
    setSpan, stop, tellItem, zoom,
  };
  document.addEventListener("dateline:use", ({ detail }) => {
    if (detail.name === "explored") detail.give(actions);
  });
})();
