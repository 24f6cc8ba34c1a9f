/* The still charts of numbers: a card tells of the point that the reader rests on, the names of series show and hide
   them, and the drawing that can be explored is loaded and takes a chart's place when the reader reaches for it. */
(() => {
  "use strict";

  const words = document.querySelector("[data-words]");
  if (!words) return;
  const use = (name) => {
    let part;
    document.dispatchEvent(new CustomEvent("dateline:use", { detail: { name, give: (given) => { part = given; } } }));
    return part;
  };
  const { load, watch } = use("still");
  const send = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }));
  const say = (text) => {
    document.querySelector("[data-status]").textContent = text;
  };

  /** Returns copies of the children of a cell of a row, without their ids. */
  const copies = (row, cell) => {
    const found = row.querySelector(`[data-cell="${cell}"]`);
    return [...found.childNodes].map((node) => node.cloneNode(true));
  };

  const element = (name, kind, children) => {
    const made = document.createElement(name);
    made.className = kind;
    made.append(...children);
    return made;
  };

  /** Returns what the card says of one number, taken from its row in the table. */
  const told = (row) => {
    const text = (cell) => row.querySelector(`[data-cell="${cell}"]`).textContent.trim();
    const bold = document.createElement("b");
    bold.textContent = text("amount");
    const quote = element("p", "quote", copies(row, "words"));
    quote.lang = row.querySelector('[data-cell="words"]').lang || document.documentElement.lang;
    return element("div", "", [
      element("p", "says", [bold, text("series")]),
      element("p", "when-of", [text("date")]),
      element("p", "who", [text("voice")]),
      quote,
      element("p", "", copies(row, "source")),
    ]);
  };

  // A chart: an object with its elements, the series that are `hidden`, the rows of the table that are `lit`, whether the
  // still drawing is to `stay`, and the card that is `shown`.

  const light = (it, rows) => {
    for (const row of it.lit) row.removeAttribute("data-lit");
    it.lit = rows;
    for (const row of it.lit) row.setAttribute("data-lit", "");
  };

  /** Tells of the numbers with these ids, all of which stand at one place: `box` in the window, `point` if it is still. */
  const tell = (it, ids, box, point) => {
    const rows = ids.map((id) => document.getElementById(id)).filter(Boolean);
    if (!rows.length) return;
    it.card.replaceChildren(...rows.map(told));
    light(it, rows);
    it.shown.show(box, point);
  };

  const tellOf = (it, point) => {
    const at = (one) => `${one.firstElementChild.getAttribute("x")} ${one.firstElementChild.getAttribute("y")}`;
    const here = it.points.filter((one) => at(one) === at(point) && !one.hasAttribute("hidden"));
    const ids = [point, ...here.filter((one) => one !== point)].map((one) => one.dataset.number);
    tell(it, ids, point.getBoundingClientRect(), point);
  };

  // The series.

  const show = ({ chart, hidden, still }) => {
    for (const mark of still.querySelectorAll("[data-series]")) {
      mark.toggleAttribute("hidden", hidden.has(Number(mark.dataset.series)));
    }
    send("dateline:series", { id: chart.id, hidden });
  };

  const legend = (it, key) => {
    const name = document.createElement("button");
    name.type = "button";
    name.title = words.dataset.show;
    name.setAttribute("aria-pressed", "true");
    name.textContent = key.textContent;
    key.replaceChildren(name);
    name.addEventListener("click", () => {
      const series = Number(key.dataset.legend);
      if (!it.hidden.delete(series)) it.hidden.add(series);
      name.setAttribute("aria-pressed", String(!it.hidden.has(series)));
      it.shown.hide();
      show(it);
    });
  };

  // The drawing that can be explored.

  const button = ({ tools }) => tools.querySelector('[data-do="explore"]');

  const turn = (it, to, aloud) => {
    const [explored, busy] = [to === "explored", to === "loading"];
    it.chart.dataset.state = to;
    button(it).hidden = explored || busy;
    it.tools.querySelector("[data-progress]").hidden = !busy;
    it.tools.querySelector("[data-bar]").hidden = !explored;
    it.frame.setAttribute("aria-busy", String(busy));
    if (aloud) say(aloud);
  };

  const explore = async (it, byHand) => {
    const { chart, frame, hidden, points, tools } = it;
    if (["loading", "explored"].includes(chart.dataset.state)) return;
    const led = !byHand && points.includes(document.activeElement);
    turn(it, "loading", words.dataset.loading);
    try {
      await load(words.dataset.scripts.split(" "));
    } catch {
      it.stay = true;
      turn(it, "failed", words.dataset.failed);
      return;
    }
    const active = document.activeElement;
    if (led && !chart.contains(active)) {
      turn(it, "still");
      return;
    }
    const number = points.includes(active) ? active.dataset.number : "";
    const lost = byHand && (!active || active === document.body || tools.contains(active));
    it.shown.hide();
    send("dateline:explore-figures", { chart, frame, hidden, number, focus: lost || Boolean(number) });
  };

  const back = (it, number, focus) => {
    it.stay = true;
    it.shown.hide();
    turn(it, "still", words.dataset.stillAgain);
    const point = it.points.find((one) => one.dataset.number === number && !one.hasAttribute("hidden"));
    if (focus) (point || button(it)).focus({ preventScroll: true });
  };

  const watched = (it) => watch({
    frame: it.frame, card: it.card, marks: "[data-number]",
    tell: (point) => tellOf(it, point),
    reach: () => it.chart.dataset.state === "still" && !it.stay && explore(it, false),
    explored: () => it.chart.dataset.state === "explored" && it.frame.querySelector("[data-explored]"),
    highest: () => 0,
    ended: () => light(it, []),
    // In the drawing that is explored the card is there as long as the focus; Escape brings the still one back.
    escapes: (target) => Boolean(target.closest?.("[data-explored]")),
  });

  const start = (chart) => {
    const [frame, still, tools] = ["frame", "still", "tools"].map((name) => chart.querySelector(`[data-${name}]`));
    const card = frame.appendChild(element("div", "card", []));
    card.dataset.card = "";
    card.hidden = true;
    const it = { chart, frame, still, tools, card, hidden: new Set(), lit: [] };
    it.points = [...still.querySelectorAll("[data-number]")];
    it.stay = Boolean(navigator.connection && navigator.connection.saveData);
    it.shown = watched(it);
    chart.dataset.state = "still";
    tools.hidden = false;
    for (const key of chart.querySelectorAll("[data-legend]")) legend(it, key);
    button(it).addEventListener("click", () => explore(it, true));
    chart.addEventListener("dateline:number", ({ detail }) => {
      if (detail) tell(it, detail.ids, detail.box);
      else it.shown.hideSoon();
    });
    chart.addEventListener("dateline:explored", ({ detail }) => {
      if (detail.on) turn(it, "explored", words.dataset.done);
      else if (detail.quiet) turn(it, "still");
      else back(it, detail.number, detail.focus);
    });
  };

  for (const chart of document.querySelectorAll("[data-chart]")) start(chart);
})();
