/* The charts of numbers as Plotly draws them: zoom, pan, keys, pictures. Loaded when a reader reaches for a chart. */
(() => {
  "use strict";

  const words = document.querySelector("[data-words]");
  const language = document.documentElement.lang;
  // What steps between ticks are multiples of, times a power of ten.
  const NICE = [1, 2, 5];
  // From which width of the frame on the page shows its wide drawing: 48rem without the page's margins.
  const WIDE = 720;
  const use = (name) => {
    let part;
    document.dispatchEvent(new CustomEvent("dateline:use", { detail: { name, give: (given) => { part = given; } } }));
    return part;
  };
  let [axis, charts, picture] = [];

  // What other scripts give is taken when the data come, last of all, and again where one of them was missing.
  document.addEventListener("dateline:figures", ({ detail }) => {
    charts = detail;
    [axis, picture] = ["axis", "picture"].map(use);
  });

  const say = (text) => {
    document.querySelector("[data-status]").textContent = text;
  };

  // What stands on the axes once the reader has zoomed.

  const values = (from, to, percent) => {
    const power = 10 ** Math.floor(Math.log10((to - from) / 5));
    const step = NICE.map((nice) => nice * power).find((each) => (to - from) / each <= 5) || 10 * power;
    const found = [];
    for (let value = Math.ceil(from / step) * step; value <= to; value += step) found.push(Number(value.toPrecision(12)));
    const style = percent ? { style: "percent", maximumFractionDigits: 6 } : { maximumFractionDigits: 6 };
    const written = new Intl.NumberFormat(language, style);
    return { tickvals: found, ticktext: found.map((value) => written.format(percent ? value / 100 : value)) };
  };

  /** Returns about as many ticks of time as have room in so many pixels, for any years. */
  const times = ([from, to], width) =>
    axis.ticksIn([[from, to, 0, 1]], [0, 1], width).map(([at, text]) => [from + at * (to - from), text]);

  /** Returns a page's colours as they are now, by the names of its tokens. */
  const palette = (chart) => {
    const found = { text: getComputedStyle(chart.querySelector("[data-values]")).fill };
    found.line = getComputedStyle(chart.querySelector("[data-rules]")).stroke;
    found.paper = getComputedStyle(document.body).backgroundColor;
    found.ink = getComputedStyle(document.body).color;
    for (const key of chart.querySelectorAll("[data-legend]")) {
      found[key.parentElement.dataset.color] = getComputedStyle(key, "::before").borderTopColor;
    }
    return found;
  };

  const explored = ({ chart, frame, hidden, number, focus }) => {
    const given = charts[chart.id];
    const width = () => frame.clientWidth;
    const kind = () => (width() <= WIDE ? "narrow" : "wide");
    const percent = given.percent;
    const { margin, height } = given.layout;
    const whole = { x: given.layout.xaxis.range, y: given.layout.yaxis.range };
    const view = { x: whole.x, y: whole.y, moving: false };
    const stage = document.createElement("div");
    const canvas = document.createElement("div");
    const ring = document.createElement("div");
    const tools = chart.querySelector("[data-tools]");
    const tool = (name) => tools.querySelector(`[data-do="${name}"]`);
    const dark = [matchMedia("(prefers-color-scheme: dark)"), matchMedia("(forced-colors: active)")];
    const mobile = matchMedia("(pointer: coarse)");
    let current = number;
    let drawn = 0; // the width that it was drawn for

    // What Plotly is given.

    const colored = (trace, colors) => {
      const { meta } = trace;
      const color = colors[meta.color];
      const made = { ...trace, visible: !hidden.has(meta.series), hoverlabel: {} };
      if (meta.kind === "points") {
        const fills = { color, paper: colors.paper, none: "rgba(0,0,0,0)" };
        made.marker = { ...trace.marker, color: meta.fill.map((fill) => fills[fill]), line: { color, width: 2 }, opacity: 1 };
      } else {
        made.line = { ...trace.line, color };
        made.opacity = meta.kind === "span" ? 0.6 : 1;
        if (trace.marker) made.marker = { ...trace.marker, color, line: { color, width: 1.5 } };
      }
      return made;
    };

    const isWhole = () => view.x === whole.x && view.y === whole.y;

    const timeTicks = () => {
      if (view.x === whole.x) return given.ticks[kind()];
      return times(view.x, width());
    };

    const valueTicks = () => {
      if (view.y !== whole.y) return values(view.y[0], view.y[1], percent);
      const { tickvals, ticktext } = given.layout.yaxis;
      return { tickvals, ticktext };
    };

    const written = (colors, font) =>
      given.words[kind()].filter((word) => !hidden.has(word.series)).map((word) => ({
        x: word.x, y: word.y, xref: "x", yref: "y", xshift: word.dx, yshift: -word.dy, xanchor: word.anchor,
        yanchor: "middle", text: picture.plain(word.text), showarrow: false, captureevents: false, borderpad: 0,
        font: { ...font, color: colors.ink },
      }));

    const layout = () => {
      const colors = palette(chart);
      const font = { family: getComputedStyle(frame).fontFamily, size: parseFloat(getComputedStyle(frame).fontSize) };
      const ticks = timeTicks();
      const axis = { tickfont: { ...font, color: colors.text }, gridcolor: colors.line, fixedrange: mobile.matches };
      return {
        ...given.layout, width: width(), height, font, paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)",
        dragmode: mobile.matches ? false : view.moving ? "pan" : "zoom", annotations: written(colors, font),
        xaxis: {
          ...given.layout.xaxis, ...axis, range: [...view.x], linecolor: colors.line, griddash: "2px,3px",
          tickvals: ticks.map((tick) => tick[0]), ticktext: ticks.map((tick) => picture.plain(tick[1])),
        },
        yaxis: { ...given.layout.yaxis, ...axis, range: [...view.y], ...valueTicks() },
      };
    };

    const data = () => {
      const colors = palette(chart);
      return given.data.map((trace) => colored(trace, colors));
    };

    const draw = () => {
      drawn = width();
      return window.Plotly.react(canvas, data(), layout(), { displayModeBar: false, doubleClick: false, showTips: false });
    };

    // Where the numbers are.

    const points = () => {
      const shown = given.data.filter((trace) => trace.meta.kind === "points" && !hidden.has(trace.meta.series));
      const all = shown.flatMap((trace) => trace.x.map((x, i) => ({ x, y: trace.y[i], id: trace.customdata[i] })));
      return all.sort((one, two) => one.x - two.x || one.y - two.y);
    };

    const spot = ({ x, y }) => ({
      left: margin.l + ((x - view.x[0]) / (view.x[1] - view.x[0])) * (width() - margin.l - margin.r),
      top: margin.t + (1 - (y - view.y[0]) / (view.y[1] - view.y[0])) * (height - margin.t - margin.b),
    });

    const boxOf = (point) => {
      const { left, top } = spot(point);
      const outer = frame.getBoundingClientRect();
      return new DOMRect(outer.left + left - 10, outer.top + top - 10, 20, 20);
    };

    const tell = (point) => {
      const here = points().filter((one) => one.x === point.x && one.y === point.y && one.id !== point.id);
      const detail = { ids: [point.id, ...here.map((one) => one.id)], box: boxOf(point) };
      chart.dispatchEvent(new CustomEvent("dateline:number", { detail }));
    };

    const quiet = () => chart.dispatchEvent(new CustomEvent("dateline:number", { detail: null }));

    const open = (id) => {
      const link = document.getElementById(id).querySelector('[data-cell="amount"] a');
      link.click();
    };

    // The view.

    const look = (x, y = view.y) => {
      view.x = x;
      view.y = y;
      quiet();
      draw().then(mark);
    };

    const zoom = (factor) => {
      const point = points().find((one) => one.id === current);
      const middle = point && stage.contains(document.activeElement) ? point.x : (view.x[0] + view.x[1]) / 2;
      const half = Math.max(1, ((view.x[1] - view.x[0]) / 2) * factor);
      if (half * 2 >= whole.x[1] - whole.x[0]) look(whole.x);
      else look([middle - half, middle + half]);
    };

    const move = (share) => {
      const by = (view.x[1] - view.x[0]) * share;
      look(view.x.map((day) => day + by));
    };

    /** Follows what the reader did with the mouse in Plotly. */
    const relaid = (change) => {
      const end = (axis, i) => change[`${axis}axis.range[${i}]`] ?? (change[`${axis}axis.range`] || [])[i];
      const range = (axis) => (end(axis, 0) === undefined ? view[axis] : [end(axis, 0), end(axis, 1)]);
      if (["x", "y"].some((axis) => end(axis, 0) !== undefined)) look(range("x"), range("y"));
    };

    // The keys.

    const mark = () => {
      const point = points().find((one) => one.id === current);
      const active = document.activeElement === stage;
      ring.hidden = !point || !active || !stage.matches(":focus-visible");
      if (ring.hidden) return;
      const { left, top } = spot(point);
      ring.style.left = `${left}px`;
      ring.style.top = `${top}px`;
      tell(point);
    };

    const go = (to) => {
      const all = points();
      if (!all.length) return;
      const place = all.findIndex((one) => one.id === current);
      const next = { first: 0, last: all.length - 1, next: place + 1, before: place - 1 }[to];
      const point = all[Math.min(all.length - 1, Math.max(0, next))];
      current = point.id;
      if (point.x < view.x[0] || point.x > view.x[1]) move((point.x - (view.x[0] + view.x[1]) / 2) / (view.x[1] - view.x[0]));
      else mark();
      const row = document.getElementById(current);
      say(["amount", "series", "date", "voice", "words"].map((cell) => row.querySelector(`[data-cell="${cell}"]`).textContent.trim()).join(". "));
    };

    const keys = {
      ArrowRight: () => go("next"), ArrowDown: () => go("next"), ArrowLeft: () => go("before"), ArrowUp: () => go("before"),
      Home: () => go("first"), End: () => go("last"), Enter: () => current && open(current), Escape: () => still(true),
      "+": () => zoom(0.5), "-": () => zoom(2), 0: () => look(whole.x, whole.y),
    };

    const keydown = (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || !Object.hasOwn(keys, event.key)) return;
      event.preventDefault();
      event.stopPropagation();
      keys[event.key]();
    };

    // Pictures.

    const save = async (ending) => {
      const colors = palette(chart);
      const title = { text: picture.plain(given.label), x: 0, xref: "paper", xanchor: "left", font: { size: 16, color: colors.ink } };
      const named = { showlegend: true, legend: { orientation: "h", y: -0.16, font: { color: colors.ink } } };
      const sized = { width: Math.max(width(), 720), height: height + 130, margin: { ...margin, t: margin.t + 40, b: margin.b + 90 } };
      const name = `${chart.id.replace(/[^\w-]+/g, "-")}.${ending}`;
      await picture.save({ data: data(), layout: { ...layout(), ...named, ...sized, title, paper_bgcolor: colors.paper } }, name);
      say(words.dataset.saved.replace("{name}", () => name));
    };

    const actions = {
      in: () => zoom(0.5), out: () => zoom(2), earlier: () => move(-0.4), later: () => move(0.4),
      move: () => {
        view.moving = !view.moving;
        tool("move").setAttribute("aria-pressed", String(view.moving));
        draw();
      },
      reset: () => look(whole.x, whole.y), png: () => save("png"), svg: () => save("svg"), still: () => still(true),
    };

    // Coming and going.

    const watched = new AbortController();
    const resized = new ResizeObserver(() => width() !== drawn && draw().then(mark));

    const still = (byHand) => {
      watched.abort();
      resized.disconnect();
      window.Plotly.purge(canvas);
      stage.remove();
      chart.dispatchEvent(new CustomEvent("dateline:explored", { detail: { on: false, number: current, focus: byHand } }));
    };

    const listen = () => {
      const { signal } = watched;
      canvas.on("plotly_hover", ({ points: [point] }) => tell({ x: point.x, y: point.y, id: point.customdata }));
      canvas.on("plotly_unhover", quiet);
      canvas.on("plotly_relayout", relaid);
      canvas.on("plotly_doubleclick", () => look(whole.x, whole.y));
      canvas.on("plotly_click", ({ points: [point] }) => {
        if (mobile.matches) tell({ x: point.x, y: point.y, id: point.customdata });
        else open(point.customdata);
      });
      stage.addEventListener("keydown", keydown, { signal });
      stage.addEventListener("focus", () => {
        if (stage.matches(":focus-visible")) current ? mark() : go("first");
      }, { signal });
      // The card goes when a finger comes down beside a point.
      stage.addEventListener("pointerdown", quiet, { signal });
      stage.addEventListener("blur", () => {
        ring.hidden = true;
        quiet();
      }, { signal });
      for (const query of dark) query.addEventListener("change", draw, { signal });
      document.addEventListener("dateline:series", (event) => event.detail.id === chart.id && draw().then(mark), { signal });
      for (const name of Object.keys(actions)) tool(name).addEventListener("click", actions[name], { signal });
      resized.observe(frame);
    };

    const begin = async () => {
      stage.className = "explored";
      stage.tabIndex = 0;
      stage.setAttribute("role", "application");
      stage.setAttribute("aria-label", words.dataset.explored.replace("{label}", () => given.label));
      stage.dataset.explored = "";
      canvas.setAttribute("aria-hidden", "true");
      ring.className = "ring";
      ring.hidden = true;
      stage.append(canvas, ring);
      frame.insertBefore(stage, frame.querySelector("[data-card]"));
      tool("move").hidden = mobile.matches;
      await draw();
      listen();
      chart.dispatchEvent(new CustomEvent("dateline:explored", { detail: { on: true } }));
      if (focus) stage.focus({ preventScroll: true });
    };

    begin();
  };

  document.addEventListener("dateline:explore-figures", (event) => explored(event.detail));
})();
