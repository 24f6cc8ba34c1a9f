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

  const start = (chart) => {
    const frame = chart.querySelector("[data-frame]");
    const still = chart.querySelector("[data-still]");
    const tools = chart.querySelector("[data-tools]");
    const points = [...still.querySelectorAll("[data-number]")];
    const tool = (name) => tools.querySelector(`[data-do="${name}"]`);
    const card = frame.appendChild(element("div", "card", []));
    card.dataset.card = "";
    card.hidden = true;
    let stay = Boolean(navigator.connection && navigator.connection.saveData);
    let lit = [];

    // The card.

    const light = (rows) => {
      for (const row of lit) row.removeAttribute("data-lit");
      lit = rows;
      for (const row of lit) row.setAttribute("data-lit", "");
    };

    /** Tells of the numbers with these ids, all of which stand at one place: `box` in the window, `point` if it is still. */
    const tell = (ids, box, point) => {
      const rows = ids.map((id) => document.getElementById(id)).filter(Boolean);
      if (!rows.length) return;
      card.replaceChildren(...rows.map(told));
      light(rows);
      shown.show(box, point);
    };

    const tellOf = (point) => {
      const at = (one) => `${one.firstElementChild.getAttribute("x")} ${one.firstElementChild.getAttribute("y")}`;
      const here = points.filter((one) => at(one) === at(point) && !one.hasAttribute("hidden"));
      const ids = [point, ...here.filter((one) => one !== point)].map((one) => one.dataset.number);
      tell(ids, point.getBoundingClientRect(), point);
    };

    // The series.

    const hidden = new Set();

    const show = () => {
      for (const mark of still.querySelectorAll("[data-series]")) {
        mark.toggleAttribute("hidden", hidden.has(Number(mark.dataset.series)));
      }
      send("dateline:series", { id: chart.id, hidden });
    };

    const legend = (key) => {
      const button = document.createElement("button");
      button.type = "button";
      button.title = words.dataset.show;
      button.setAttribute("aria-pressed", "true");
      button.textContent = key.textContent;
      key.replaceChildren(button);
      button.addEventListener("click", () => {
        const series = Number(key.dataset.legend);
        if (!hidden.delete(series)) hidden.add(series);
        button.setAttribute("aria-pressed", String(!hidden.has(series)));
        shown.hide();
        show();
      });
    };

    // The drawing that can be explored.

    const turn = (to, aloud) => {
      const [explored, busy] = [to === "explored", to === "loading"];
      chart.dataset.state = to;
      tool("explore").hidden = explored || busy;
      tools.querySelector("[data-progress]").hidden = !busy;
      tools.querySelector("[data-bar]").hidden = !explored;
      frame.setAttribute("aria-busy", String(busy));
      if (aloud) say(aloud);
    };

    const explore = async (byHand) => {
      if (["loading", "explored"].includes(chart.dataset.state)) return;
      turn("loading", words.dataset.loading);
      try {
        await load(words.dataset.scripts.split(" "));
      } catch {
        stay = true;
        turn("failed", words.dataset.failed);
        return;
      }
      const active = document.activeElement;
      const number = points.includes(active) ? active.dataset.number : "";
      const lost = byHand && (!active || active === document.body || tools.contains(active));
      shown.hide();
      send("dateline:explore-figures", { chart, frame, hidden, number, focus: lost || Boolean(number) });
    };

    const back = (number, focus) => {
      stay = true;
      shown.hide();
      turn("still", words.dataset.stillAgain);
      const point = points.find((one) => one.dataset.number === number && !one.hasAttribute("hidden"));
      if (focus) (point || tool("explore")).focus({ preventScroll: true });
    };

    const reach = () => {
      if (chart.dataset.state === "still" && !stay) explore(false);
    };

    const shown = watch({
      frame, card, tell: tellOf, reach, marks: "[data-number]",
      explored: () => chart.dataset.state === "explored" && frame.querySelector("[data-explored]"),
      highest: () => 0,
      ended: () => light([]),
      // In the drawing that is explored the card is there as long as the focus; Escape brings the still one back.
      escapes: (target) => Boolean(target.closest?.("[data-explored]")),
    });

    const listen = () => {
      tool("explore").addEventListener("click", () => explore(true));
      chart.addEventListener("dateline:number", ({ detail }) => (detail ? tell(detail.ids, detail.box) : shown.hideSoon()));
      chart.addEventListener("dateline:explored", ({ detail }) => {
        if (detail.on) turn("explored", words.dataset.done);
        else back(detail.number, detail.focus);
      });
    };

    chart.dataset.state = "still";
    tools.hidden = false;
    for (const key of chart.querySelectorAll("[data-legend]")) legend(key);
    listen();
  };

  for (const chart of document.querySelectorAll("[data-chart]")) start(chart);
})();
