/* The charts of numbers as Plotly draws them: zoom, pan, keys, pictures. Loaded when a reader reaches for a chart. */
(() => {
  "use strict";

  const words = document.querySelector("[data-words]");
  const language = document.documentElement.lang;
  // What steps between ticks are multiples of, times a power of ten.
  const NICE = [1, 2, 5];
  // From which width of the frame on the page shows its wide drawing: 48rem without the page's margins.
  const WIDE = 720;
  const CONFIG = { displayModeBar: false, doubleClick: false, showTips: false };
  const mobile = matchMedia("(pointer: coarse)");
  const dark = [matchMedia("(prefers-color-scheme: dark)"), matchMedia("(forced-colors: active)")];

  const use = (name) => {
    let part;
    document.dispatchEvent(new CustomEvent("dateline:use", { detail: { name, give: (given) => { part = given; } } }));
    return part;
  };
  let [axis, charts, picture] = [];

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

  // What Plotly is given of a drawing: an object with its `chart` and `frame`, what was `given` for it, the series that are
  // `hidden`, the parts of its axes in view (`x`, `y`), the id of the number that the keyboard is at (`current`).

  const widthOf = ({ frame }) => frame.clientWidth;
  const kindOf = (it) => (widthOf(it) <= WIDE ? "narrow" : "wide");
  const wholeOf = ({ given }) => [given.layout.xaxis.range, given.layout.yaxis.range];

  const colored = (trace, hidden, colors) => {
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

  const timeTicks = (it) => {
    const ticks = it.x === wholeOf(it)[0] ? it.given.ticks[kindOf(it)] : times(it.x, widthOf(it));
    return { tickvals: ticks.map(([day]) => day), ticktext: ticks.map(([, text]) => picture.plain(text)) };
  };

  const valueTicks = (it) => {
    if (it.y !== wholeOf(it)[1]) return values(it.y[0], it.y[1], it.given.percent);
    const { tickvals, ticktext } = it.given.layout.yaxis;
    return { tickvals, ticktext };
  };

  const written = (it, colors, font) =>
    it.given.words[kindOf(it)].filter((word) => !it.hidden.has(word.series)).map((word) => ({
      x: word.x, y: word.y, xref: "x", yref: "y", xshift: word.dx, yshift: -word.dy, xanchor: word.anchor,
      yanchor: "middle", text: picture.plain(word.text), showarrow: false, captureevents: false, borderpad: 0,
      font: { ...font, color: colors.ink },
    }));

  const layout = (it, colors) => {
    const given = it.given.layout;
    const { fontFamily, fontSize } = getComputedStyle(it.frame);
    const font = { family: fontFamily, size: parseFloat(fontSize) };
    const both = { tickfont: { ...font, color: colors.text }, gridcolor: colors.line, fixedrange: mobile.matches };
    return {
      ...given, width: widthOf(it), font, paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)",
      dragmode: mobile.matches ? false : it.moving ? "pan" : "zoom", annotations: written(it, colors, font),
      xaxis: { ...given.xaxis, ...both, range: [...it.x], linecolor: colors.line, griddash: "2px,3px", ...timeTicks(it) },
      yaxis: { ...given.yaxis, ...both, range: [...it.y], ...valueTicks(it) },
    };
  };

  const figure = (it, colors) => ({
    data: it.given.data.map((trace) => colored(trace, it.hidden, colors)),
    layout: layout(it, colors),
  });

  const draw = async (it) => {
    it.width = widthOf(it);
    const { data, layout: made } = figure(it, palette(it.chart));
    await window.Plotly.react(it.canvas, data, made, CONFIG);
  };

  const redraw = async (it) => {
    await draw(it);
    mark(it);
    if (it.led) reveal(it);
    it.led = false;
  };

  // Where the numbers are.

  const points = ({ given, hidden }) => {
    const shown = given.data.filter((trace) => trace.meta.kind === "points" && !hidden.has(trace.meta.series));
    const all = shown.flatMap((trace) => trace.x.map((x, i) => ({ x, y: trace.y[i], id: trace.customdata[i] })));
    return all.sort((one, two) => one.x - two.x || one.y - two.y);
  };

  const currentOf = (it) => points(it).find((one) => one.id === it.current);

  const spot = (it, point) => {
    const { margin, height } = it.given.layout;
    return {
      left: margin.l + ((point.x - it.x[0]) / (it.x[1] - it.x[0])) * (widthOf(it) - margin.l - margin.r),
      top: margin.t + (1 - (point.y - it.y[0]) / (it.y[1] - it.y[0])) * (height - margin.t - margin.b),
    };
  };

  const tell = (it, point) => {
    const { left, top } = spot(it, point);
    const outer = it.frame.getBoundingClientRect();
    const box = new DOMRect(outer.left + left - 10, outer.top + top - 10, 20, 20);
    const here = points(it).filter((one) => one.x === point.x && one.y === point.y && one.id !== point.id);
    const detail = { ids: [point.id, ...here.map((one) => one.id)], box };
    it.chart.dispatchEvent(new CustomEvent("dateline:number", { detail }));
  };

  const quiet = ({ chart }) => chart.dispatchEvent(new CustomEvent("dateline:number", { detail: null }));

  const open = (id) => document.getElementById(id).querySelector('[data-cell="amount"] a').click();

  // The view.

  const look = (it, x, y = it.y) => {
    Object.assign(it, { x, y });
    quiet(it);
    redraw(it);
  };

  const sayView = ({ x: [from, to] }) => {
    const [first, last] = [Math.ceil(from), Math.floor(to)].map(axis.dayWords);
    say(words.dataset.view.replace(/\{(\w+)\}/g, (_, name) => ({ first, last })[name]));
  };

  const reset = (it) => {
    look(it, ...wholeOf(it));
    sayView(it);
  };

  const zoom = (it, factor) => {
    const [whole] = wholeOf(it);
    const point = currentOf(it);
    const middle = point && it.stage.contains(document.activeElement) ? point.x : (it.x[0] + it.x[1]) / 2;
    const half = Math.max(1, ((it.x[1] - it.x[0]) / 2) * factor);
    look(it, half * 2 >= whole[1] - whole[0] ? whole : [middle - half, middle + half]);
    sayView(it);
  };

  const move = (it, share) => {
    const by = (it.x[1] - it.x[0]) * share;
    look(it, it.x.map((day) => day + by));
    sayView(it);
  };

  /** Follows what the reader did with the mouse in Plotly. */
  const relaid = (it, change) => {
    const end = (name, i) => change[`${name}axis.range[${i}]`] ?? (change[`${name}axis.range`] || [])[i];
    const range = (name) => (end(name, 0) === undefined ? it[name] : [end(name, 0), end(name, 1)]);
    if (["x", "y"].some((name) => end(name, 0) !== undefined)) {
      look(it, range("x"), range("y"));
      sayView(it);
    }
  };

  // The keys.

  const mark = (it) => {
    const { ring, stage } = it;
    const point = currentOf(it);
    ring.hidden = !point || document.activeElement !== stage || !stage.matches(":focus-visible");
    if (ring.hidden) return;
    const { left, top } = spot(it, point);
    ring.style.left = `${left}px`;
    ring.style.top = `${top}px`;
    tell(it, point);
  };

  const sayNumber = (id, more = []) => {
    const text = (cell) => document.getElementById(id).querySelector(`[data-cell="${cell}"]`).textContent.trim();
    say([...["amount", "series", "date", "voice", "words"].map(text), ...more].join(". "));
  };

  /** Scrolls to where the keyboard is, and to what the card tells of it. */
  const reveal = ({ frame, ring }) => {
    for (const element of [frame.querySelector("[data-card]"), ring]) {
      if (!element.hidden) element.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
  };

  const go = (it, to) => {
    const all = points(it);
    if (!all.length) return;
    const place = all.findIndex((one) => one.id === it.current);
    const next = { first: 0, last: all.length - 1, next: place + 1, before: place - 1 }[to];
    const point = all[Math.min(all.length - 1, Math.max(0, next))];
    it.current = point.id;
    it.led = point.x < it.x[0] || point.x > it.x[1]; // is revealed once it is drawn
    if (it.led) move(it, (point.x - (it.x[0] + it.x[1]) / 2) / (it.x[1] - it.x[0]));
    else {
      mark(it);
      reveal(it);
    }
    sayNumber(it.current);
  };

  const KEYS = {
    ArrowRight: (it) => go(it, "next"), ArrowDown: (it) => go(it, "next"),
    ArrowLeft: (it) => go(it, "before"), ArrowUp: (it) => go(it, "before"),
    Home: (it) => go(it, "first"), End: (it) => go(it, "last"),
    Enter: (it) => it.current && open(it.current), Escape: (it) => still(it, true),
    "+": (it) => zoom(it, 0.5), "-": (it) => zoom(it, 2), 0: reset,
  };

  const keydown = (it, event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !Object.hasOwn(KEYS, event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    KEYS[event.key](it);
  };

  // The buttons.

  const toolOf = ({ chart }, name) => chart.querySelector(`[data-tools] [data-do="${name}"]`);

  const save = async (it, ending) => {
    const colors = palette(it.chart);
    const { data, layout: made } = figure(it, colors);
    const { margin, height } = it.given.layout;
    const title = { text: picture.plain(it.given.label), x: 0, xref: "paper", xanchor: "left", font: { size: 16, color: colors.ink } };
    const named = { title, showlegend: true, legend: { orientation: "h", y: -0.16, font: { color: colors.ink } } };
    const sized = { width: Math.max(widthOf(it), 720), height: height + 130, margin: { ...margin, t: margin.t + 40, b: margin.b + 90 } };
    const name = `${it.chart.id.replace(/[^\w-]+/g, "-")}.${ending}`;
    await picture.save({ data, layout: { ...made, ...named, ...sized, paper_bgcolor: colors.paper } }, name);
    say(words.dataset.saved.replace("{name}", () => name));
  };

  const DO = {
    in: (it) => zoom(it, 0.5), out: (it) => zoom(it, 2), earlier: (it) => move(it, -0.4), later: (it) => move(it, 0.4),
    move: (it) => {
      it.moving = !it.moving;
      toolOf(it, "move").setAttribute("aria-pressed", String(it.moving));
      draw(it);
    },
    reset, png: (it) => save(it, "png"), svg: (it) => save(it, "svg"), still: (it) => still(it, true),
  };

  // Coming and going.

  const leave = (it, why) => {
    it.watched.abort();
    it.resized.disconnect();
    window.Plotly.purge(it.canvas);
    it.stage.remove();
    it.chart.dispatchEvent(new CustomEvent("dateline:explored", { detail: { on: false, ...why } }));
  };

  const still = (it, byHand) => leave(it, { number: it.current, focus: byHand });

  const listenToPlotly = (it) => {
    const pointOf = ({ points: [{ x, y, customdata }] }) => ({ x, y, id: customdata });
    it.canvas.on("plotly_hover", (event) => tell(it, pointOf(event)));
    it.canvas.on("plotly_unhover", () => quiet(it));
    it.canvas.on("plotly_relayout", (change) => relaid(it, change));
    it.canvas.on("plotly_doubleclick", () => reset(it));
    it.canvas.on("plotly_click", (event) => {
      if (mobile.matches) tell(it, pointOf(event));
      else open(pointOf(event).id);
    });
  };

  const listen = (it) => {
    const { signal } = it.watched;
    const { chart, ring, stage } = it;
    stage.addEventListener("keydown", (event) => keydown(it, event), { signal });
    stage.addEventListener("focus", () => {
      if (!stage.matches(":focus-visible")) return;
      it.current = currentOf(it)?.id ?? points(it)[0]?.id;
      if (!it.current) return;
      mark(it);
      reveal(it);
      sayNumber(it.current, it.arriving ? [`${words.dataset.done} ${words.dataset.moving}`] : []);
      it.arriving = false;
    }, { signal });
    stage.addEventListener("blur", () => {
      ring.hidden = true;
      quiet(it);
    }, { signal });
    // The card goes when a finger comes down beside a point.
    stage.addEventListener("pointerdown", () => quiet(it), { signal });
    for (const query of dark) query.addEventListener("change", () => draw(it), { signal });
    document.addEventListener("dateline:series", (event) => event.detail.id === chart.id && redraw(it), { signal });
    for (const name of Object.keys(DO)) toolOf(it, name).addEventListener("click", () => DO[name](it), { signal });
    it.resized.observe(it.frame);
  };

  const stageOf = ({ given, frame }) => {
    const [stage, canvas, ring] = ["div", "div", "div"].map((name) => document.createElement(name));
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
    return { stage, canvas, ring };
  };

  const begin = async ({ chart, frame, hidden, number, focus }) => {
    const it = { chart, frame, hidden, given: charts[chart.id], current: number, moving: false, width: 0, arriving: true, led: false };
    [it.x, it.y] = wholeOf(it);
    Object.assign(it, stageOf(it), { watched: new AbortController() });
    it.resized = new ResizeObserver(() => widthOf(it) !== it.width && redraw(it));
    toolOf(it, "move").hidden = mobile.matches;
    await draw(it);
    // Where the reader led the focus to something else in the meantime, nothing changes.
    const here = !document.activeElement || document.activeElement === document.body || chart.contains(document.activeElement);
    if (number && !chart.contains(document.activeElement)) {
      leave(it, { quiet: true });
      return;
    }
    listenToPlotly(it);
    listen(it);
    chart.dispatchEvent(new CustomEvent("dateline:explored", { detail: { on: true } }));
    if (focus && here) it.stage.focus({ preventScroll: true });
  };

  // What other scripts give is taken when the data come, last of all, and again where one of them was missing.
  document.addEventListener("dateline:figures", ({ detail }) => {
    charts = detail;
    [axis, picture] = ["axis", "picture"].map(use);
  });
  document.addEventListener("dateline:explore-figures", ({ detail }) => begin(detail));
})();
