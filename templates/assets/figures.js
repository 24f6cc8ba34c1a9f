/* The still charts of numbers: a card tells of the point that the reader rests on, the names of series show and hide
   them, and the drawing that can be explored is loaded and takes a chart's place when the reader reaches for it. */
(() => {
  "use strict";

  // How long the pointer rests before the drawing is loaded, and how long the card stays when the pointer leaves it.
  const REST = 350;
  const LINGER = 250;

  const words = document.querySelector("[data-words]");
  if (!words) return;
  const coarse = matchMedia("(pointer: coarse)");
  const send = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }));
  const say = (text) => {
    document.querySelector("[data-status]").textContent = text;
  };
  const loaded = new Map();

  /** Loads one script, and once; one that failed may be tried again. */
  const loadOne = (source) =>
    new Promise((done, failed) => {
      const script = document.createElement("script");
      script.async = false;
      script.src = source;
      script.onload = done;
      script.onerror = () => {
        loaded.delete(source);
        script.remove();
        failed(new Error(source));
      };
      document.head.append(script);
    });

  /** Loads plotly.js, what draws with it, and the data, in this order. */
  const load = () => {
    for (const source of words.dataset.scripts.split(" ")) {
      if (!loaded.has(source)) loaded.set(source, loadOne(source));
    }
    return Promise.all(loaded.values());
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
    let [hiding, resting] = [0, 0];
    let touched = false;
    let lit = [];

    // The card.

    const light = (rows) => {
      for (const row of lit) row.removeAttribute("data-lit");
      lit = rows;
      for (const row of lit) row.setAttribute("data-lit", "");
    };

    const hide = () => {
      clearTimeout(hiding);
      card.hidden = true;
      light([]);
    };

    const hideSoon = () => {
      clearTimeout(hiding);
      hiding = setTimeout(hide, LINGER);
    };

    /** Puts the card above a box of the window, or below it where there is no room, and never outside of the frame. */
    const place = (box) => {
      const outer = frame.getBoundingClientRect();
      const { width, height } = card.getBoundingClientRect();
      const left = Math.min((box.left + box.right) / 2 - width / 2, outer.right - width);
      const above = box.top - height - 6;
      card.style.left = `${Math.max(0, left - outer.left)}px`;
      card.style.top = `${(above >= 0 ? above : box.bottom + 6) - outer.top}px`;
    };

    /** Tells of the numbers with these ids, all of which stand at one place: `box` in the window. */
    const tell = (ids, box) => {
      clearTimeout(hiding);
      const rows = ids.map((id) => document.getElementById(id)).filter(Boolean);
      if (!rows.length) return;
      card.replaceChildren(...rows.map(told));
      card.hidden = false;
      light(rows);
      place(box);
    };

    const tellOf = (point) => {
      const at = (one) => `${one.firstElementChild.getAttribute("x")} ${one.firstElementChild.getAttribute("y")}`;
      const here = points.filter((one) => at(one) === at(point) && !one.hasAttribute("hidden"));
      const ids = [point, ...here.filter((one) => one !== point)].map((one) => one.dataset.number);
      tell(ids, point.getBoundingClientRect());
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
        hide();
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
      clearTimeout(resting);
      if (["loading", "explored"].includes(chart.dataset.state)) return;
      turn("loading", words.dataset.loading);
      try {
        await load();
      } catch {
        stay = true;
        turn("failed", words.dataset.failed);
        return;
      }
      const active = document.activeElement;
      const number = points.includes(active) ? active.dataset.number : "";
      const lost = byHand && (!active || active === document.body || tools.contains(active));
      hide();
      send("dateline:explore-figures", { chart, frame, hidden, number, focus: lost || Boolean(number) });
    };

    const back = (number, focus) => {
      stay = true;
      hide();
      turn("still", words.dataset.stillAgain);
      const point = points.find((one) => one.dataset.number === number && !one.hasAttribute("hidden"));
      if (focus) (point || tool("explore")).focus({ preventScroll: true });
    };

    const reach = () => {
      if (chart.dataset.state === "still" && !stay && !coarse.matches) explore(false);
    };

    const reachSoon = () => {
      clearTimeout(resting);
      resting = setTimeout(reach, REST);
    };

    // What the reader does.

    const pointOf = (event) => (event.target.closest ? event.target.closest("[data-number]") : null);

    const over = (event) => {
      if (card.contains(event.target)) clearTimeout(hiding);
      const point = pointOf(event);
      if (point && event.pointerType === "mouse") tellOf(point);
    };

    const out = (event) => {
      const to = event.relatedTarget;
      if (event.pointerType !== "mouse" || card.hidden || (to && card.contains(to))) return;
      if (pointOf(event) || card.contains(event.target)) hideSoon();
    };

    const click = (event) => {
      const point = pointOf(event);
      if (!point || !touched) return;
      event.preventDefault();
      tellOf(point);
    };

    const focusin = (event) => {
      const point = pointOf(event);
      if (!point || !point.matches(":focus-visible")) return;
      tellOf(point);
      reachSoon();
    };

    const focusout = (event) => {
      clearTimeout(resting);
      if (pointOf(event) && !touched && !card.contains(event.relatedTarget)) hide();
    };

    const keydown = (event) => {
      touched = false;
      if (event.key !== "Escape" || card.hidden || chart.dataset.state === "explored") return;
      event.stopPropagation();
      hide();
    };

    const listen = () => {
      document.addEventListener("pointerdown", (event) => {
        touched = event.pointerType !== "mouse";
        if (!card.hidden && !card.contains(event.target) && !pointOf(event)) hide();
      }, true);
      frame.addEventListener("pointermove", (event) => {
        if (event.pointerType === "mouse" && chart.dataset.state === "still") reachSoon();
      });
      frame.addEventListener("pointerleave", () => clearTimeout(resting));
      frame.addEventListener("pointerover", over);
      frame.addEventListener("pointerout", out);
      frame.addEventListener("click", click);
      frame.addEventListener("focusin", focusin);
      frame.addEventListener("focusout", focusout);
      document.addEventListener("keydown", keydown, true);
      tool("explore").addEventListener("click", () => explore(true));
      chart.addEventListener("dateline:number", ({ detail }) => (detail ? tell(detail.ids, detail.box) : hideSoon()));
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
