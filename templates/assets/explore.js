/* The overview that can be explored: Plotly draws it in the place of the still one. Loaded when the reader reaches for
   it, after plotly.js and before the figures (data/overview.js), by overview.js, which also shows the card. */
(() => {
  "use strict";

  // What a point takes of the line, how far apart rows stand at best and at the least, and the narrowest cell in which
  // entries are counted; all in pixels of the line that the drawing is made for.
  const [POINT, ROW, TIGHT, CELL] = [16, 16, 8, 24];
  // How high a bar is, and the lowest count that has room for its number; pixels.
  const [BAR, COUNT] = [10, 16];
  // What the label of a month and that of a day take on the axis, in pixels, and how near two may stand.
  const [MONTH_LABEL, DAY_LABEL, CROWDED] = [56, 84, 0.8];
  // Steps between ticks: days, then months. The months are those of `scale.py`.
  const STEPS = [
    ...[1, 2, 7, 14].map((days) => ({ days })),
    ...[1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000, 12000, 60000, 120000].map((months) => ({ months })),
  ];
  const MONTH = 30.44;
  // The shortest span of time that fills the drawing, in days, and what one step of zooming leaves of it.
  const [LEAST, STEP] = [10, 0.6];
  // How near to a mark a pointer finds it, in pixels: of a mouse, of a finger. How far one moves that still clicks.
  const [NEAR, THUMB, STILL] = [5, 18, 6];
  // How many entries of a count the card lists.
  const LISTED = 8;
  const FAINT = 0.22;
  // Into how many slices the fading ranges may be cut in all, so that drawing them stays quick.
  const MOST_SLICES = 4000;

  const chart = document.querySelector("[data-chart]");
  const tools = chart.querySelector("[data-tools]");
  const host = chart.querySelector("[data-explored]");
  const [canvas, span, ring] = ["canvas", "span", "ring"].map((name) => host.querySelector(`[data-${name}]`));
  const send = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }));
  const say = (text) => {
    document.querySelector("[data-status]").textContent = text;
  };
  const words = (name, given) => tools.dataset[name].replace(/\{(\w+)\}/g, (_, key) => given[key]);

  // Days of the calendar. A year may be any number, also one that Date does not reach.

  /** Returns the days from 1970-01-01 to the first of a month (from 1), as `calendar.py` counts them. */
  const monthStart = (year, month) => {
    const counted = year - (month <= 2 ? 1 : 0);
    const era = Math.floor(counted / 400);
    const ofEra = counted - era * 400;
    const ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5);
    return era * 146097 + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - 719468;
  };
  const yearOf = (day) => {
    const near = 1970 + Math.floor((day * 400) / 146097);
    return [near + 1, near, near - 1].find((year) => monthStart(year, 1) <= day);
  };

  const format = (options) => {
    const made = new Intl.DateTimeFormat(document.documentElement.lang, { timeZone: "UTC", calendar: "gregory", ...options });
    return (day) => made.format(new Date(day * 86400000));
  };
  const WORDS = {
    day: format({ day: "numeric", month: "short" }),
    fullDay: format({ day: "numeric", month: "short", year: "numeric" }),
    month: format({ month: "short" }),
    fullMonth: format({ month: "short", year: "numeric" }),
    era: format({ year: "numeric", era: "short" }),
  };
  const plainYear = (year) => String(year).replace("-", "−");
  const yearWords = (year) => (year > 0 || year < -9999 ? plainYear(year) : WORDS.era(monthStart(year, 7)));
  const dayWords = (day) => {
    const year = yearOf(day);
    return year > 0 && year < 10000 ? WORDS.fullDay(day) : yearWords(year);
  };

  // The line: its unbroken stretches, each as first day, last day, and the shares of the line where these lie.

  const place = (scale, day) => {
    const at = Math.max(0, scale.findLastIndex(([start]) => start <= day));
    const [start, end, left, right] = scale[at];
    const next = scale[at + 1];
    if (day > end) return next ? right + ((next[2] - right) * (day - end)) / (next[0] - end) : 1;
    return Math.max(0, left + ((day - start) / Math.max(1, end - start)) * (right - left));
  };

  const dayAt = (scale, share) => {
    const at = Math.max(0, scale.findLastIndex(([, , left]) => left <= share));
    const [start, end, left, right] = scale[at];
    return start + Math.min(1, Math.max(0, (share - left) / (right - left))) * (end - start);
  };

  /** Yields the ticks of one step within a stretch, as day, year, and month or day where the step is finer. */
  function* steps({ months, days }, [start, end]) {
    if (days) {
      // Weeks begin on a Monday; 1970-01-05 was one.
      for (let day = Math.ceil((start - 4) / days) * days + 4; day <= end; day += days) yield { day, fine: "day" };
      return;
    }
    let month = Math.floor((yearOf(start) * 12) / months) * months;
    for (;;) {
      const year = Math.floor(month / 12);
      const day = monthStart(year, month - year * 12 + 1);
      if (day > end) return;
      if (day >= start) yield { day, fine: months < 12 && month % 12 ? "month" : "year" };
      month += months;
    }
  }

  /** Returns the ticks of the part of the line that is in view, as places and words; `width` in pixels. */
  const ticksIn = (scale, view, width) => {
    const found = [];
    let free = -Infinity;
    for (const [start, end, left, right] of scale) {
      const [a, b] = [Math.max(left, view[0]), Math.min(right, view[1])];
      if (a >= b) continue;
      const part = [start + ((a - left) / (right - left)) * (end - start), start + ((b - left) / (right - left)) * (end - start)];
      const pixels = ((b - a) / (view[1] - view[0])) * width;
      const fits = ({ days, months }) =>
        (part[1] - part[0]) / (days || months * MONTH) <= Math.max(1, pixels / (days ? DAY_LABEL : MONTH_LABEL));
      let step = STEPS.findIndex(fits);
      if (step < 0) step = STEPS.length - 1;
      let ticks = [...steps(STEPS[step], part)];
      while (!ticks.length && step > 0) ticks = [...steps(STEPS[(step -= 1)], part)];
      const apart = (CROWDED * (STEPS[step].days ? DAY_LABEL : MONTH_LABEL) * (view[1] - view[0])) / width;
      for (const tick of ticks) {
        const at = place(scale, tick.day);
        if (at < free) continue;
        found.push({ ...tick, at });
        free = at + apart;
      }
    }
    return labelled(found);
  };

  /** Returns ticks with their words; the year is said where that of the tick before is another. */
  const labelled = (ticks) => {
    let before = null;
    return ticks.map(({ at, day, fine }) => {
      const year = yearOf(day);
      const full = year !== before;
      before = year;
      if (fine === "year" || year < 1 || year > 9999) return [at, yearWords(year)];
      return [at, WORDS[full ? `full${fine === "day" ? "Day" : "Month"}` : fine](day)];
    });
  };

  // Arranging.

  /**
   * Arranges the entries of one lane: bars, points in rows where they would overlap, counts where there is no room for
   * the rows. A pure function; without counts it is what `overview.py` does.
   * @param {{left: number, right: number, start: number}[]} entries in order of time; shares of the line
   * @param {number} line the length of the whole line, in pixels
   * @param {number} room the height of the lane, in pixels
   * @param {number} cells where all are to be counted, in how many cells of the line, else 0
   * @returns {{items: {kind: string, left: number, right: number, row: number, entries: object[]}[], rows: number}}
   */
  const arrange = (entries, line, room, cells) => {
    if (cells) return { items: counted(entries, cells), rows: 1 };
    const items = stacked(entries.map((entry) => single(entry, line)), line);
    const most = Math.floor(room / TIGHT);
    if (rowsOf(items) <= most) return { items, rows: rowsOf(items) };
    const shared = BINS * 2 ** Math.floor(Math.log2(line / CELL / BINS));
    const arranged = groups(items, line).flatMap((group) => {
      const again = stacked(group, line);
      return rowsOf(again) <= most ? again : counted(group.flatMap((item) => item.entries), shared);
    });
    return { items: arranged, rows: rowsOf(arranged) };
  };
  const BINS = 60;

  const single = (entry, line) => {
    const long = (entry.right - entry.left) * line >= POINT;
    return { kind: long ? "bar" : "point", left: entry.left, right: long ? entry.right : entry.left, row: 0, entries: [entry] };
  };
  const rowsOf = (items) => items.reduce((most, item) => Math.max(most, item.row + 1), 1);

  /** Returns from where to where an item is drawn, in pixels: a bar along its days, a point around its place. */
  const drawn = ({ kind, left, right }, line) =>
    kind === "point" ? [left * line - POINT / 2, left * line + POINT / 2] : [left * line, right * line];

  const stacked = (items, line) => {
    const ends = [];
    return items.map((item) => {
      const [from, to] = drawn(item, line);
      let row = ends.findIndex((end) => end <= from);
      if (row < 0) row = ends.length;
      ends[row] = to;
      return { ...item, row };
    });
  };

  /** Returns the items in groups that do not overlap each other. */
  const groups = (items, line) => {
    const found = [];
    let reach = -Infinity;
    const inOrder = items.map((item) => [...drawn(item, line), item]).sort((one, two) => one[0] - two[0]);
    for (const [from, to, item] of inOrder) {
      if (from >= reach) found.push([]);
      found.at(-1).push(item);
      reach = Math.max(reach, to);
    }
    return found;
  };

  const counted = (entries, cells) => {
    const found = new Map();
    for (const entry of entries) {
      const cell = Math.min(cells - 1, Math.floor(entry.start * cells));
      if (!found.has(cell)) found.set(cell, []);
      found.get(cell).push(entry);
    }
    return [...found].sort(([one], [two]) => one - two).map(([cell, members]) => ({
      kind: "count", left: cell / cells, right: (cell + 1) / cells, row: 0, entries: members,
    }));
  };

  // What is drawn.

  let data = null;
  let entries = [];
  let name = ""; // of the drawing that is in view: wide or narrow
  let view = [0, 1];
  let items = [];
  let current = null; // the entry that the keyboard is at
  let selection = { ids: null, from: null, to: null, categories: [] };
  let selecting = false;
  let on = false;
  let width = 0;

  const figure = () => data.figures[name];
  const meta = () => figure().layout.meta;
  const overview = (which) => chart.querySelector(`[data-overview="${which}"]`);
  const whole = () => view[1] - view[0] > 1 - 1e-9;
  const pixel = (share) => ((share - view[0]) / (view[1] - view[0])) * width;
  const shareAt = (x) => view[0] + (x / width) * (view[1] - view[0]);

  const take = ({ detail }) => {
    data = detail;
    entries = data.entries.map(([lane, first, last, doubtful, id, title, date, who], index) => ({
      index, lane, first, last, doubtful, id, title, date, who,
      left: first === null ? 0 : place(data.scale, first),
      right: last === null ? 1 : place(data.scale, last),
      start: place(data.scale, first === null ? last : first),
      fade: doubtful ? "inout" : (first === null ? "in" : "") + (last === null ? "out" : ""),
    }));
  };

  /** Arranges all lanes for what is in view, and gives each item its height and its place downwards. */
  const arrangeAll = () => {
    const line = meta().line / (view[1] - view[0]);
    const cells = whole() ? data.counted : 0;
    const lanes = meta().lanes.map(([middle, room], lane) => {
      const made = arrange(entries.filter((entry) => entry.lane === lane), line, room, cells);
      const pitch = made.rows * ROW <= room ? ROW : room / made.rows;
      return made.items.map((item) => ({
        ...item, lane, room, middle, thin: pitch / ROW, y: middle + (item.row - (made.rows - 1) / 2) * pitch,
      }));
    });
    items = lanes.flat();
    const most = Math.max(1, ...items.filter(isCount).map((item) => item.entries.length));
    for (const item of items) size(item, most, cells ? 3 : COUNT);
  };

  const isCount = (item) => item.kind === "count";

  const size = (item, most, least) => {
    item.height = item.kind === "bar" ? BAR * item.thin : POINT * item.thin;
    if (!isCount(item)) return;
    item.height = Math.max(least, Math.round((item.entries.length / most) * (item.room - 6)));
    item.y = item.middle - Math.floor(item.height / 2) + item.height / 2;
  };

  const chosen = (item) => !selection.ids || item.entries.some((entry) => selection.ids.has(entry.id));
  const near = (item) => {
    const reach = view[1] - view[0];
    return item.right >= view[0] - reach && item.left <= view[1] + reach;
  };

  /** Returns the figure's traces as they came, or, of a part of the line, with what is near the view in them. */
  const traces = (colors) => {
    const given = figure().data;
    const made = rearranged(given);
    // Slopes are always drawn anew: their slices are as fine as the drawing is wide.
    return painted(whole() ? [made[0], ...given.slice(1)] : made, colors);
  };

  const rearranged = (given) => {
    const made = given.map(empty);
    const [slices, ends, points, counts] = made;
    const finest = Math.min(200, MOST_SLICES / items.filter((item) => item.kind === "bar").length);
    for (const item of items.filter(near)) {
      if (item.kind === "bar") addBar(slices, ends, item, finest);
      else if (item.kind === "point") addPoint(points, item);
      else addTo(counts, item, item.left, item.right - data.between * (view[1] - view[0]));
    }
    return made;
  };

  const empty = (trace) => {
    const emptied = (given) =>
      Object.fromEntries(Object.entries(given).map(([key, value]) => [key, Array.isArray(value) ? [] : value]));
    return { ...emptied(trace), marker: { ...emptied(trace.marker), line: emptied(trace.marker.line) } };
  };

  const addTo = (trace, item, from, to, opacity = 1) => {
    trace.base.push(from);
    trace.x.push(to - from);
    trace.y.push(item.y);
    trace.width.push(item.height);
    trace.customdata.push(item.entries[0].index);
    trace.marker.opacity.push(opacity);
  };

  const addBar = (slices, ends, item, finest) => {
    const length = item.right - item.left;
    const [part, stops] = data.fades[item.entries[0].fade];
    if (part) addTo(ends, item, item.left + part[0] * length, item.left + part[1] * length);
    for (const [from, to, opacity] of slicesOf(stops, length, finest)) {
      const [left, right] = [item.left + from * length, item.left + to * length];
      if (near({ left, right })) addTo(slices, item, left, right, opacity);
    }
  };

  /** Returns from where to where each slice of a fading range goes, and how opaque it is: the longer, the more. */
  const slicesOf = (stops, length, most) => {
    const found = [];
    for (let at = 1; at < stops.length; at += 1) {
      const [[start, first], [end, last]] = [stops[at - 1], stops[at]];
      const pixels = ((end - start) * length * width) / (view[1] - view[0]);
      const number = first === last ? 1 : Math.round(Math.min(most, Math.max(6, pixels / 3)));
      const far = (end - start) / number;
      for (let step = 0; step < number; step += 1) {
        found.push([start + step * far, start + (step + 1) * far, first + ((last - first) * (step + 0.5)) / number]);
      }
    }
    return found;
  };

  const addPoint = (trace, item) => {
    const [symbol, whole, line] = data.lanes[item.lane].symbol;
    const hollow = item.entries[0].doubtful;
    const add = (size, thickness) => {
      trace.x.push(item.left);
      trace.y.push(item.y);
      trace.customdata.push(item.entries[0].index);
      trace.marker.symbol.push(symbol);
      trace.marker.size.push(size * item.thin);
      trace.marker.opacity.push(1);
      trace.marker.line.width.push(thickness * item.thin);
    };
    add(whole, line || (hollow ? 1 : 0));
    if (line && hollow) add(...data.hollow);
  };

  /** Returns traces in the colours of the page; what is not chosen is faint. */
  const painted = ([slices, ends, points, counts], colors) => {
    const own = new Map(items.map((item) => [item.entries[0].index, item]));
    const strength = (index) => (chosen(own.get(index)) ? 1 : FAINT);
    const color = (index) => colors.lanes[entries[index].lane];
    // An opacity of the colour, and not of the bar, keeps Plotly from making each bar a little longer to be seen.
    const bars = (trace) => ({
      ...trace,
      marker: {
        ...trace.marker, opacity: 1,
        color: trace.customdata.map((index, at) => faint(color(index), trace.marker.opacity[at] * strength(index))),
      },
    });
    const numbers = counts.customdata.map((index) => numberOf(own.get(index)));
    const text = { text: numbers, textposition: "inside", insidetextanchor: "middle", constraintext: "none", textangle: 0 };
    return [
      bars(snapped(slices)), bars(ends), paintedPoints(points, colors, color, strength),
      { ...bars(counts), ...text, insidetextfont: { color: colors.paper, size: 11 } },
    ];
  };

  /** Returns the slices with their ends at whole pixels, so that none shines through beside the next. */
  const snapped = (trace) => {
    const snap = (share) => shareAt(Math.round(pixel(share)));
    const base = trace.base.map(snap);
    return { ...trace, base, x: trace.x.map((far, at) => snap(trace.base[at] + far) - base[at]) };
  };

  const faint = (color, opacity) => color.replace("rgb(", "rgba(").replace(")", `,${Math.min(opacity, 0.999).toFixed(3)})`);

  const paintedPoints = (trace, colors, color, strength) => {
    const before = (at) => at > 0 && trace.customdata[at - 1] === trace.customdata[at];
    const fill = (index, at) => (entries[index].doubtful || before(at) ? colors.paper : color(index));
    const stroke = (index, at) => (before(at) ? colors.paper : color(index));
    return {
      ...trace,
      marker: {
        ...trace.marker, opacity: trace.customdata.map(strength), color: trace.customdata.map(fill),
        line: { ...trace.marker.line, color: trace.customdata.map(stroke) },
      },
    };
  };

  const numberOf = (item) => {
    const text = String(item.entries.length);
    const room = item.height >= COUNT && pixel(item.right) - pixel(item.left) >= 8 * text.length + 2;
    return room ? text : "";
  };

  /** Returns any colour as a browser writes it, as one that plotly.js reads. */
  const readable = (color) => {
    const context = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d");
    context.fillStyle = color;
    context.fillRect(0, 0, 1, 1);
    const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
    return `rgb(${red},${green},${blue})`;
  };

  /** Returns the colours of the page as they are now: light or dark, or those that the reader forces. */
  const palette = () => {
    colors ??= readPalette();
    return colors;
  };
  let colors = null; // read once, and again where the reader's settings change

  const readPalette = () => {
    const probe = chart.querySelector("[data-palette]");
    const read = (token, color = "") => {
      probe.dataset.color = color;
      probe.style.color = `var(--drawn-${token})`;
      return readable(getComputedStyle(probe).color);
    };
    probe.hidden = false;
    const [paper, ink, muted, line, marker] = ["paper", "ink", "muted", "line", "marker"].map((token) => read(token));
    const lanes = data.lanes.map((lane) => read("cat", lane.color));
    const font = getComputedStyle(chart).fontFamily;
    const serif = getComputedStyle(document.querySelector("h1") || chart).fontFamily;
    probe.hidden = true;
    return { paper, ink, muted, line, marker, lanes, font, serif };
  };

  const ticksNow = () => {
    const { tickvals, ticktext } = figure().layout.xaxis;
    if (whole()) return { "xaxis.tickvals": tickvals, "xaxis.ticktext": ticktext };
    const found = ticksIn(data.scale, view, width);
    return { "xaxis.tickvals": found.map(([at]) => at), "xaxis.ticktext": found.map(([, text]) => text) };
  };

  const layout = (colors) => {
    const given = figure().layout;
    const ticks = ticksNow();
    return {
      ...given,
      width,
      font: { ...given.font, family: colors.font, color: colors.muted },
      xaxis: {
        ...given.xaxis, range: [...view], gridcolor: colors.line,
        tickvals: ticks["xaxis.tickvals"], ticktext: ticks["xaxis.ticktext"],
      },
      yaxis: { ...given.yaxis, range: [...given.yaxis.range], gridcolor: colors.line },
      shapes: given.shapes.map((shape) => ({
        ...shape, fillcolor: colors.paper, line: { ...shape.line, color: colors.muted },
      })),
      annotations: given.annotations.map((label) => ({ ...label, bgcolor: colors.paper, font: { color: colors.muted } })),
    };
  };

  const CONFIG = { staticPlot: true, displayModeBar: false, displaylogo: false, responsive: false, showTips: false };

  const draw = async () => {
    width = canvas.clientWidth;
    if (!width) return;
    arrangeAll();
    const colors = palette();
    await window.Plotly.react(canvas, traces(colors), layout(colors), CONFIG);
    mark();
  };

  // One drawing a frame at most, however fast the reader zooms.
  let waiting = 0;
  let panned = false;
  const later = (pan) => {
    panned = pan && (panned || !waiting);
    if (waiting) return;
    waiting = requestAnimationFrame(() => {
      waiting = 0;
      if (!on) return;
      if (!panned) draw();
      else window.Plotly.relayout(canvas, { "xaxis.range": [...view], ...ticksNow() }).then(mark);
    });
  };

  // The span that is chosen, and the ring around the entry that the keyboard is at.

  const put = (element, left, top, wide, high) => {
    element.style.left = `${left}px`;
    element.style.top = `${top}px`;
    element.style.width = `${wide}px`;
    element.style.height = `${high}px`;
    element.hidden = false;
  };

  const box = (item) => {
    const middle = pixel(item.left);
    const [from, to] = item.kind === "point" ? [middle - 8, middle + 8] : [middle, pixel(item.right)];
    return { left: Math.max(-8, from), right: Math.min(width + 8, to), top: item.y - item.height / 2, bottom: item.y + item.height / 2 };
  };

  const markSpan = (from, to) => {
    const [a, b] = [Math.max(0, pixel(from)), Math.min(width, pixel(to))];
    span.hidden = true;
    if (b > 0 && a < width) put(span, a, 0, Math.max(1, b - a), figure().layout.yaxis.range[0]);
  };

  const mark = () => {
    span.hidden = true;
    ring.hidden = true;
    const { from, to } = selection;
    if (from !== null || to !== null) {
      markSpan(from === null ? 0 : place(data.scale, from), to === null ? 1 : place(data.scale, to));
    }
    const item = itemOf(current);
    if (!item || host !== document.activeElement || !near(item)) return;
    const { left, right, top, bottom } = box(item);
    put(ring, left - 3, top - 3, right - left + 6, bottom - top + 6);
  };

  const itemOf = (entry) => (entry ? items.find((item) => item.entries.includes(entry)) : null);

  // What is in view.

  /** Returns the narrowest view around a place, as a share of the line. */
  const least = (share) => {
    const stretch = data.scale.findLast(([, , left]) => left <= share) || data.scale[0];
    return Math.min(1, (LEAST * (stretch[3] - stretch[2])) / Math.max(1, stretch[1] - stretch[0]));
  };

  const look = (from, to, pan = false) => {
    const wide = Math.min(1, Math.max(to - from, least((from + to) / 2)));
    const middle = (from + to) / 2;
    const left = Math.min(1 - wide, Math.max(0, middle - wide / 2));
    view = [left, left + wide];
    later(pan);
  };

  const zoom = (factor, at = (view[0] + view[1]) / 2) => {
    const wide = Math.min(1, Math.max((view[1] - view[0]) * factor, least(at)));
    const share = (at - view[0]) / (view[1] - view[0]);
    look(at - share * wide, at + (1 - share) * wide);
  };

  const sayView = () => {
    const [first, last] = days();
    say(words("view", { first: dayWords(first), last: dayWords(last) }));
  };

  const days = () => [Math.ceil(dayAt(data.scale, view[0])), Math.floor(dayAt(data.scale, view[1]))];

  const choose = (from, to) => {
    selection = { ...selection, from, to };
    mark();
    send("dateline:choose", { from, to });
    say(words("chosen", { first: dayWords(from), last: dayWords(to) }));
  };

  const chooseShares = (one, two) => {
    const [from, to] = [Math.min(one, two), Math.max(one, two)].map((share) => dayAt(data.scale, share));
    choose(Math.ceil(from), Math.max(Math.ceil(from), Math.floor(to)));
  };

  const reset = () => {
    view = [0, 1];
    current = null;
    setSelecting(false);
    selection = { ...selection, from: null, to: null };
    send("dateline:choose", { from: null, to: null, categories: [] });
    later(false);
    sayView();
  };

  /** Opens a count: its entries fill the view; where no view can part them, the card lists them. */
  const open = (item) => {
    const starts = item.entries.map((entry) => entry.start);
    const [from, to] = [Math.min(...starts), Math.max(...starts)];
    const margin = Math.max((to - from) * 0.15, least(from) / 2);
    if (to > from && to - from + 2 * margin < 0.9 * (view[1] - view[0])) {
      current = item.entries[0];
      send("dateline:card", null);
      look(from - margin, to + margin);
      sayView();
    } else {
      list(item);
    }
  };

  const list = (item) => {
    const more = item.entries.length - LISTED;
    tellItem(item, {
      list: item.entries.slice(0, LISTED).map(({ id, date, title }) => [id, `${date}: ${title}`]),
      who: more > 0 ? words("more", { n: more }) : "",
    });
    chart.querySelector("[data-card-list] a").focus({ preventScroll: true });
  };

  // The card.

  const told = (item) => {
    if (item.entries.length === 1) return item.entries[0];
    const [first, last] = [item.entries[0].date, item.entries.at(-1).date];
    const date = first === last ? first : words("fromTo", { first, last });
    return { date, title: words("count", { n: item.entries.length }), who: tools.dataset.open };
  };

  const tellItem = (item, more) => {
    const outer = host.getBoundingClientRect();
    const { left, right, top, bottom } = box(item);
    const at = { left: outer.left + left, right: outer.left + right, top: outer.top + top, bottom: outer.top + bottom };
    const { date, title, who } = told(item);
    send("dateline:card", { at, date, title, who, ...more });
  };

  const sayItem = (item) => {
    const { date, title, who } = told(item);
    say([date, title, who].filter(Boolean).join(". "));
  };

  // The pointer.

  const pointers = new Map();
  let gesture = null;
  let hovered = null;

  const at = (event) => {
    const outer = host.getBoundingClientRect();
    return { x: event.clientX - outer.left, y: event.clientY - outer.top };
  };

  /** Returns the item nearest to a point, where one is within reach. */
  const hit = ({ x, y }, reach) => {
    let best = null;
    let nearest = reach;
    for (const item of items) {
      const { left, right, top, bottom } = box(item);
      const away = Math.hypot(Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom));
      if (away < nearest || (away === 0 && best && item.entries[0].start > best.entries[0].start)) {
        [best, nearest] = [item, away];
      }
    }
    return best;
  };

  const hover = (event) => {
    const item = hit(at(event), NEAR);
    if (item === hovered) return;
    hovered = item;
    host.toggleAttribute("data-over", Boolean(item));
    if (item) tellItem(item);
    else send("dateline:card", null);
  };

  const down = (event) => {
    if (event.button !== 0) return;
    pointers.set(event.pointerId, at(event));
    host.setPointerCapture(event.pointerId);
    if (pointers.size === 2) gesture = { ...gesture, kind: "pinch", ...pinch(), view: [...view] };
    else if (pointers.size === 1) gesture = { kind: "press", from: at(event), view: [...view] };
  };

  const pinch = () => {
    const [one, two] = [...pointers.values()];
    return { apart: Math.max(20, Math.abs(one.x - two.x)), middle: (one.x + two.x) / 2 };
  };

  const move = (event) => {
    if (!pointers.has(event.pointerId)) {
      if (event.pointerType === "mouse") hover(event);
      return;
    }
    pointers.set(event.pointerId, at(event));
    const here = at(event);
    if (gesture.kind === "press" && Math.hypot(here.x - gesture.from.x, here.y - gesture.from.y) > STILL) {
      gesture.kind = selecting ? "select" : "pan";
      send("dateline:card", null);
    }
    const wide = gesture.view[1] - gesture.view[0];
    if (gesture.kind === "pan") {
      const far = ((gesture.from.x - here.x) / width) * wide;
      look(gesture.view[0] + far, gesture.view[1] + far, true);
    } else if (gesture.kind === "select") {
      const shares = [gesture.from.x, here.x].map(shareAt);
      markSpan(Math.min(...shares), Math.max(...shares));
    } else if (gesture.kind === "pinch" && pointers.size === 2) {
      const { apart, middle } = pinch();
      const centre = gesture.view[0] + (gesture.middle / width) * wide;
      const now = Math.min(1, Math.max((wide * gesture.apart) / apart, least(centre)));
      look(centre - (middle / width) * now, centre + (1 - middle / width) * now);
    }
  };

  const up = (event) => {
    if (!pointers.delete(event.pointerId) || pointers.size) return;
    const { kind, from } = gesture;
    gesture = null;
    if (event.type === "pointercancel") mark();
    else if (kind === "select") chooseShares(shareAt(from.x), shareAt(at(event).x));
    else if (kind === "press") press(event);
    if (kind === "pan") later(false);
    if (kind === "pan" || kind === "pinch") sayView();
  };

  const press = (event) => {
    const touch = event.pointerType !== "mouse";
    const item = hit(at(event), touch ? THUMB : NEAR);
    if (!item) {
      send("dateline:card", null);
      return;
    }
    current = item.entries[0];
    mark();
    if (item.entries.length > 1) open(item);
    else if (touch) tellItem(item, { go: current.id });
    else send("dateline:go", { id: current.id });
  };

  const wheel = (event) => {
    const ours = event.ctrlKey || event.metaKey || host === document.activeElement;
    if (!ours) return;
    event.preventDefault();
    send("dateline:card", null);
    hovered = null;
    if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
      const far = (event.deltaX / width) * (view[1] - view[0]);
      look(view[0] + far, view[1] + far);
    } else {
      const lines = event.deltaMode === 1 ? 16 : 1;
      const turned = Math.max(-100, Math.min(100, event.deltaY * lines));
      zoom(2 ** (turned / (event.ctrlKey && Math.abs(turned) < 20 ? 40 : 200)), shareAt(at(event).x));
    }
  };

  // The keyboard.

  const lanesOf = () => {
    const lanes = new Map();
    for (const item of items.filter(chosen)) {
      if (!lanes.has(item.lane)) lanes.set(item.lane, []);
      lanes.get(item.lane).push(item);
    }
    for (const lane of lanes.values()) lane.sort((one, two) => one.entries[0].start - two.entries[0].start || one.row - two.row);
    return lanes;
  };

  const moveTo = (item) => {
    if (!item) return;
    current = item.entries[0];
    const [from, to] = [item.entries[0].start, item.kind === "count" ? item.right : item.entries[0].start];
    if (from < view[0] || to > view[1]) {
      const wide = view[1] - view[0];
      look(from - wide / 2, from + wide / 2);
    }
    sayItem(item);
    after(() => {
      const now = itemOf(current);
      mark();
      if (now) tellItem(now);
    });
  };

  /** Does something when what is in view has been drawn. */
  const after = (act) => {
    if (waiting) requestAnimationFrame(() => requestAnimationFrame(act));
    else act();
  };

  const start = () => {
    const all = items.filter(chosen).sort((one, two) => one.entries[0].start - two.entries[0].start);
    return all.find((item) => item.entries[0].start >= view[0]) || all[0];
  };

  const beside = (by) => {
    const item = itemOf(current);
    if (!item) return start();
    const lane = lanesOf().get(item.lane) || [];
    const now = lane.indexOf(item);
    return now < 0 ? start() : lane[Math.min(lane.length - 1, Math.max(0, now + by))];
  };

  const across = (by) => {
    const item = itemOf(current);
    if (!item) return start();
    const lanes = lanesOf();
    let lane = item.lane + by;
    while (lane >= 0 && lane < data.lanes.length && !lanes.has(lane)) lane += by;
    const away = (one) => Math.abs(one.entries[0].start - item.entries[0].start);
    return (lanes.get(lane) || [item]).reduce((best, one) => (away(one) < away(best) ? one : best));
  };

  const end = (which) => {
    const item = itemOf(current) || start();
    return item && (lanesOf().get(item.lane) || [item]).at(which);
  };

  let anchor = null; // where a span that is selected by the keyboard begins
  const extend = (by) => {
    if (!anchor || anchor.of !== selection.from + ":" + selection.to) anchor = { entry: current || (start() || {}).entries?.[0] };
    moveTo(beside(by));
    if (!anchor.entry || !current) return;
    const ends = [anchor.entry, current].flatMap(({ first, last }) => [first ?? last, last ?? first]);
    choose(Math.min(...ends), Math.max(...ends));
    anchor.of = selection.from + ":" + selection.to;
  };

  const enter = () => {
    const item = itemOf(current);
    if (!item) moveTo(start());
    else if (item.entries.length > 1) open(item);
    else send("dateline:go", { id: current.id });
  };

  const KEYS = {
    ArrowRight: (event) => (event.shiftKey ? extend(1) : moveTo(beside(1))),
    ArrowLeft: (event) => (event.shiftKey ? extend(-1) : moveTo(beside(-1))),
    ArrowDown: () => moveTo(across(1)),
    ArrowUp: () => moveTo(across(-1)),
    Home: () => moveTo(end(0)),
    End: () => moveTo(end(-1)),
    Enter: enter,
    "+": () => step(STEP),
    "=": () => step(STEP),
    "-": () => step(1 / STEP),
    0: () => { look(0, 1); sayView(); },
    Escape: () => stop(true),
  };

  const keydown = (event) => {
    const act = Object.hasOwn(KEYS, event.key) && KEYS[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    act(event);
  };

  const step = (factor) => {
    const inside = current && current.start >= view[0] && current.start <= view[1];
    send("dateline:card", null);
    zoom(factor, inside ? current.start : undefined);
    sayView();
  };

  // Saving.

  const fileName = (ending) => {
    const plain = document.title.replace(/[\\/:*?"<>|\u0000-\u001f]+/g, " ").trim().slice(0, 80).trim();
    return `${plain || "timeline"}.${ending}`;
  };
  const escaped = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

  /** Returns the figure with what the page has around it: the title, the names of the lanes, the address. */
  const forImage = () => {
    const colors = palette();
    const made = layout(colors);
    const beside = name === "wide";
    const address = document.documentElement.dataset.address || "";
    const sides = { l: beside ? 176 : 24, r: 24, t: 72, b: address ? 64 : 48 };
    const names = beside ? data.lanes.map((lane, number) => ({
      text: escaped(lane.label), showarrow: false, xref: "paper", x: 0, xshift: -152, xanchor: "left", align: "left",
      yref: "y", y: meta().lanes[number][0], yanchor: "middle",
    })) : [];
    const foot = { text: escaped(address), showarrow: false, xref: "paper", x: 0, xshift: beside ? -152 : 0, xanchor: "left",
      yref: "paper", y: 0, yshift: -50, yanchor: "bottom", font: { size: 11 } };
    return {
      data: traces(colors),
      layout: {
        ...made, annotations: [...made.annotations, ...names, ...(address ? [foot] : [])], paper_bgcolor: colors.paper,
        margin: { ...sides, pad: 0 }, width: width + sides.l + sides.r, height: made.height - 24 + sides.t + sides.b,
        title: { text: escaped(document.querySelector("h1")?.textContent.trim() || document.title),
          x: 24 / (width + sides.l + sides.r), xanchor: "left", y: 1, yref: "container", yanchor: "top", pad: { t: 20 },
          font: { family: colors.serif, size: 22, color: colors.ink } },
        shapes: [...made.shapes, ...spanShape(colors)],
      },
      config: CONFIG,
    };
  };

  const spanShape = (colors) => {
    const { from, to } = selection;
    if (from === null && to === null) return [];
    return [{
      type: "rect", xref: "x", x0: from === null ? 0 : place(data.scale, from), x1: to === null ? 1 : place(data.scale, to),
      yref: "paper", y0: 0, y1: 1, layer: "below", fillcolor: colors.marker, opacity: 0.45, line: { width: 0 },
    }];
  };

  const download = (blob, file) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = file;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    say(words("saved", { name: file }));
  };

  const image = (source) =>
    new Promise((done, failed) => {
      const made = new Image();
      made.onload = () => done(made);
      made.onerror = failed;
      made.src = source;
    });

  /** Saves the drawing. Its picture is made from the SVG here: Plotly would load it from a place that the page forbids. */
  const save = async (ending) => {
    const made = forImage();
    const { width: wide, height: high } = made.layout;
    const svg = await window.Plotly.toImage(made, { format: "svg", width: wide, height: high, imageDataOnly: true });
    if (ending === "svg") {
      download(new Blob([svg], { type: "image/svg+xml" }), fileName("svg"));
      return;
    }
    const drawing = await image(`data:image/svg+xml,${encodeURIComponent(svg)}`);
    const paper = Object.assign(document.createElement("canvas"), { width: 2 * wide, height: 2 * high });
    paper.getContext("2d").drawImage(drawing, 0, 0, 2 * wide, 2 * high);
    paper.toBlob((blob) => download(blob, fileName("png")), "image/png");
  };

  // The buttons.

  const setSelecting = (to) => {
    selecting = to;
    host.toggleAttribute("data-selecting", to);
    tools.querySelector('[data-do="select"]').setAttribute("aria-pressed", String(to));
  };

  const DO = {
    in: () => step(STEP),
    out: () => step(1 / STEP),
    select: () => setSelecting(!selecting),
    view: () => choose(...days()),
    reset,
    png: () => save("png"),
    svg: () => save("svg"),
    still: () => stop(true),
  };

  const toggle = (key) => {
    const lanes = new Set(selection.categories);
    if (!lanes.delete(key)) lanes.add(key);
    send("dateline:choose", { categories: [...lanes] });
  };

  const click = (event) => {
    const button = event.target.closest("button");
    if (!button || !on) return;
    if ("category" in button.dataset) toggle(button.dataset.category);
    else if (Object.hasOwn(DO, button.dataset.do)) DO[button.dataset.do]();
  };

  // Taking the still drawing's place, and giving it back.

  const lanesOfWide = chart.querySelector('[data-lanes="wide"]');
  for (const lane of lanesOfWide.children) lane.style.top = `${lane.dataset.y}px`;
  overview("wide").prepend(lanesOfWide);

  const inView = () => (overview("wide").getClientRects().length ? "wide" : "narrow");

  const settle = () => {
    name = inView();
    for (const which of Object.keys(data.figures)) {
      const frame = overview(which);
      const here = on && which === name;
      frame.querySelector("[data-still]").toggleAttribute("hidden", here);
      const names = frame.querySelector("[data-names]");
      if (names) {
        names.toggleAttribute("hidden", here);
        lanesOfWide.hidden = !here;
      }
    }
    host.hidden = !on;
    host.style.height = `${figure().layout.height}px`;
    if (host.parentElement !== overview(name)) overview(name).append(host);
  };

  const go = async ({ detail }) => {
    const { id, focus } = detail;
    if (detail.selection) selection = detail.selection;
    try {
      on = true;
      settle();
      await draw();
      current = entries.find((entry) => entry.id === id) || null;
      const item = itemOf(current);
      if (focus) host.focus({ preventScroll: true });
      send("dateline:explored", { on: true });
      if (item) tellItem(item);
      mark();
    } catch (fault) {
      on = false;
      settle();
      send("dateline:explored", { on: false, failed: true });
      throw fault;
    }
  };

  const stop = (focus) => {
    on = false;
    setSelecting(false);
    hovered = null;
    view = [0, 1];
    const id = host === document.activeElement && current ? current.id : null;
    settle();
    send("dateline:explored", { on: false, id, focus });
  };

  /** Follows the width of the column, which may change the drawing, too. */
  const resized = () => {
    if (!on) return;
    const focused = host.contains(document.activeElement);
    if (inView() !== name) {
      settle();
      view = [0, 1];
      if (focused) host.focus({ preventScroll: true });
    } else if (canvas.clientWidth === width) return;
    later(false);
  };

  document.addEventListener("dateline:overview", take);
  document.addEventListener("dateline:explore", go);
  document.addEventListener("dateline:selection", ({ detail }) => {
    selection = detail;
    if (on) later(false);
  });
  chart.addEventListener("click", click);
  host.addEventListener("pointerdown", down);
  host.addEventListener("pointermove", move);
  host.addEventListener("pointerup", up);
  host.addEventListener("pointercancel", up);
  host.addEventListener("pointerleave", () => {
    if (hovered) send("dateline:card", null);
    hovered = null;
  });
  host.addEventListener("wheel", wheel, { passive: false });
  host.addEventListener("keydown", keydown);
  host.addEventListener("focus", mark);
  host.addEventListener("blur", mark);
  new ResizeObserver(resized).observe(chart);
  for (const query of ["(prefers-color-scheme: dark)", "(forced-colors: active)", "(prefers-contrast: more)"]) {
    matchMedia(query).addEventListener("change", () => {
      colors = null;
      if (on) later(false);
    });
  }
})();
