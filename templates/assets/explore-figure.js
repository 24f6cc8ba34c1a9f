/* The figure of what is in view, for Plotly: the traces that the build made, or their like for a part of the line, in the
   colours of the page; and the figure for a picture. */
(() => {
  "use strict";

  // How opaque is what is not chosen, and where the reader wants more contrast.
  const [FAINT, FAINT_MORE] = [0.22, 0.5];
  // The room for the name of a lane beside the drawing, in pixels.
  const NAME = 144;
  // Into how many slices the fading ranges may be cut in all, so that drawing them stays quick.
  const MOST_SLICES = 4000;
  // How opaque a strip is that stands for what began before what is in view.
  const THROUGH = 0.55;
  // What is drawn of counts answers nothing by itself.
  const STILL = { type: "scatter", hoverinfo: "skip", customdata: [] };
  const CONFIG = { staticPlot: true, displayModeBar: false, displaylogo: false, responsive: false, showTips: false };

  const [forced, contrast] = ["(forced-colors: active)", "(prefers-contrast: more)"].map((query) => matchMedia(query));
  const chart = document.querySelector("[data-chart]");
  const use = (name) => {
    let part;
    document.dispatchEvent(new CustomEvent("dateline:use", { detail: { name, give: (given) => { part = given; } } }));
    return part;
  };
  let [axis, picture, shown] = [];

  /** Returns the figure's traces as they came, or, of a part of the line, with what is near the view in them; the numbers
   * of counts only for a picture, as on the page they stand above the drawing. */
  const traces = (colors, isPicture = false) => {
    const given = shown.figure().data;
    const made = rearranged(given);
    // Slopes are always drawn anew: their slices are as fine as the drawing is wide.
    const drawn = painted(shown.whole() && !shown.big ? [made[0], ...given.slice(1)] : made, colors);
    if (!shown.big) return drawn;
    return [...drawn, ...blocks(colors), ...(isPicture ? [numbersTrace(colors)] : [])];
  };

  /** Returns the counts of a large timeline: one shape for all that are of one colour, so that drawing them is quick. */
  const blocks = (colors) => {
    const shapes = new Map();
    for (const item of shown.items.filter((one) => one.kind === "bin")) {
      const color = shown.chosen(item) ? colors.lanes[item.lane] : faint(colors.out[item.lane], colors.faint);
      if (!shapes.has(color)) shapes.set(color, { x: [], y: [] });
      addBlock(shapes.get(color), item);
    }
    const shape = ([color, at]) => ({ ...STILL, ...at, mode: "lines", fill: "toself", fillcolor: color, line: { width: 0, simplify: false } });
    return [...shapes].map(shape);
  };

  const addBlock = ({ x, y }, item) => {
    const gap = Math.min(1, (shown.pixel(item.right) - shown.pixel(item.left)) / 5);
    const right = shown.shareAt(shown.pixel(item.right) - gap);
    const [top, bottom] = [item.y - item.height / 2, item.y + item.height / 2];
    x.push(item.left, right, right, item.left, item.left, null);
    y.push(top, top, bottom, bottom, top, null);
  };

  /** Returns the numbers of the counts that have room for them, with where they stand: shares of the line, pixels. */
  const numbers = () => shown.items.filter((item) => item.kind === "bin" && shown.chosen(item) && numberOf(item))
    .map((item) => ({ x: (item.left + item.right) / 2, y: item.y, text: item.number }));

  const numbersTrace = (colors) => {
    const [x, y, text] = ["x", "y", "text"].map((key) => numbers().map((one) => one[key]));
    return { ...STILL, x, y, text, mode: "text", textfont: { color: colors.paper, size: 11 }, cliponaxis: true };
  };

  const rearranged = (given) => {
    const made = given.map(empty);
    const [slices, ends, points, counts] = made;
    const finest = Math.min(200, MOST_SLICES / shown.items.filter((item) => item.kind === "bar").length);
    for (const item of shown.items.filter((one) => one.kind !== "bin" && shown.near(one))) {
      if (item.kind === "bar") addBar(slices, ends, item, finest);
      else if (item.kind === "point") addPoint(points, item);
      else if (item.kind === "strip") addTo(counts, item, item.left, item.right, THROUGH);
      else addTo(counts, item, item.left, item.right - shown.data.between * shown.reach());
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
    trace.customdata.push(indexOf(item));
    trace.marker.opacity.push(opacity);
  };

  // An entry may be drawn and in a strip at once.
  const indexOf = (item) => (item.kind === "strip" ? `strip:${item.lane}` : item.entries[0].index);

  const addBar = (slices, ends, item, finest) => {
    const length = item.right - item.left;
    const [part, stops] = shown.data.fades[item.entries[0].fade];
    if (part) addTo(ends, item, item.left + part[0] * length, item.left + part[1] * length);
    for (const [from, to, opacity] of slicesOf(stops, length, finest)) {
      const [left, right] = [item.left + from * length, item.left + to * length];
      if (shown.near({ left, right })) addTo(slices, item, left, right, opacity);
    }
  };

  /** Returns from where to where each slice of a fading range goes, and how opaque it is: the longer, the more. */
  const slicesOf = (stops, length, most) => {
    const found = [];
    for (let at = 1; at < stops.length; at += 1) {
      const [[start, first], [end, last]] = [stops[at - 1], stops[at]];
      const pixels = ((end - start) * length * shown.width) / shown.reach();
      const number = first === last ? 1 : Math.round(Math.min(most, Math.max(6, pixels / 3)));
      const far = (end - start) / number;
      for (let step = 0; step < number; step += 1) {
        found.push([start + step * far, start + (step + 1) * far, first + ((last - first) * (step + 0.5)) / number]);
      }
    }
    return found;
  };

  const addPoint = (trace, item) => {
    const [symbol, whole, line] = shown.data.lanes[item.lane].symbol;
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
    if (line && hollow) add(...shown.data.hollow);
  };

  /** Returns traces in the colours of the page; what is not chosen is faint. */
  const painted = ([slices, ends, points, counts], colors) => {
    const own = new Map(shown.items.filter((one) => one.kind !== "bin").map((item) => [indexOf(item), item]));
    const strength = (index) => (shown.chosen(own.get(index)) ? 1 : colors.faint);
    const color = (index) => (shown.chosen(own.get(index)) ? colors.lanes : colors.out)[own.get(index).lane];
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
      bars(snapped(slices)), bars(ends), paintedPoints(points, own, colors, color, strength),
      { ...bars(counts), ...text, insidetextfont: { color: colors.paper, size: 11 } },
    ];
  };

  /** Returns the slices with their ends at whole pixels, so that none shines through beside the next. */
  const snapped = (trace) => {
    const snap = (share) => shown.shareAt(Math.round(shown.pixel(share)));
    const base = trace.base.map(snap);
    return { ...trace, base, x: trace.x.map((far, at) => snap(trace.base[at] + far) - base[at]) };
  };

  const faint = (color, opacity) => color.replace("rgb(", "rgba(").replace(")", `,${Math.min(opacity, 0.999).toFixed(3)})`);

  const paintedPoints = (trace, own, colors, color, strength) => {
    const before = (at) => at > 0 && trace.customdata[at - 1] === trace.customdata[at];
    const fill = (index, at) => (own.get(index).entries[0].doubtful || before(at) ? colors.paper : color(index));
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
    const room = shown.pixel(item.right) - shown.pixel(item.left);
    return room >= 8 * item.number.length + 2 ? item.number : "";
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
    const probe = chart.querySelector("[data-palette]");
    const read = (token, color = "") => {
      probe.dataset.color = color;
      probe.style.color = `var(--drawn-${token})`;
      return readable(getComputedStyle(probe).color);
    };
    probe.hidden = false;
    const [paper, ink, muted, line, marker] = ["paper", "ink", "muted", "line", "marker"].map((token) => read(token));
    const [lanes, out] = ["cat", "out"].map((token) => shown.data.lanes.map((lane) => read(token, lane.color)));
    // Where the reader forces colours, one of these tells what is not chosen.
    const faint = forced.matches ? 1 : contrast.matches ? FAINT_MORE : FAINT;
    const font = getComputedStyle(chart).fontFamily;
    const serif = getComputedStyle(document.querySelector("h1") || chart).fontFamily;
    probe.hidden = true;
    return { paper, ink, muted, line, marker, lanes, out, faint, font, serif };
  };

  const ticks = () => {
    const { tickvals, ticktext } = shown.figure().layout.xaxis;
    if (shown.whole()) return { tickvals, ticktext };
    const found = axis.ticksIn(shown.data.scale, shown.view, shown.width);
    return { tickvals: found.map(([at]) => at), ticktext: found.map(([, text]) => text) };
  };

  const layout = (colors) => {
    const given = shown.figure().layout;
    return {
      ...given,
      width: shown.width,
      font: { ...given.font, family: colors.font, color: colors.muted },
      xaxis: { ...given.xaxis, range: [...shown.view], gridcolor: colors.line, ...ticks() },
      yaxis: { ...given.yaxis, range: [...given.yaxis.range], gridcolor: colors.line },
      shapes: given.shapes.map((shape) => ({
        ...shape, fillcolor: colors.paper, line: { ...shape.line, color: colors.muted },
      })),
      annotations: given.annotations.map((label, lane) => ({
        ...label, text: nameOf(lane, colors, shown.width, 1), bgcolor: colors.paper, font: { color: colors.muted },
      })),
    };
  };

  const nameOf = (lane, colors, width, lines) =>
    picture.fitted(shown.data.lanes[lane].label, `12px ${colors.font}`, width, lines).map(picture.plain).join("<br>");

  /** Returns the words around the drawing of a picture: the names of the lanes where they stand beside it, the address. */
  const around = (beside, address, colors) => {
    const names = beside ? shown.data.lanes.map((lane, number) => ({
      text: nameOf(number, colors, NAME, 2), showarrow: false, xref: "paper", x: 0, xshift: -152, xanchor: "left", align: "left",
      yref: "y", y: shown.meta().lanes[number][0], yanchor: "middle",
    })) : [];
    const foot = { text: picture.plain(address), showarrow: false, xref: "paper", x: 0, xshift: beside ? -152 : 0,
      xanchor: "left", yref: "paper", y: 0, yshift: -50, yanchor: "bottom", font: { size: 11 } };
    return address ? [...names, foot] : names;
  };

  const headline = (colors, width) => ({
    text: picture.plain(document.querySelector("h1")?.textContent.trim() || document.title),
    x: 24 / width, xanchor: "left", y: 1, yref: "container", yanchor: "top", pad: { t: 20 },
    font: { family: colors.serif, size: 22, color: colors.ink },
  });

  /** Returns the figure for a picture, with what the page has around it: the title, the names of the lanes, the address. */
  const forPicture = (colors) => {
    const made = layout(colors);
    const beside = shown.name === "wide";
    const address = document.documentElement.dataset.address || "";
    const sides = { l: beside ? 176 : 24, r: 24, t: 72, b: address ? 64 : 48 };
    const width = shown.width + sides.l + sides.r;
    return {
      data: traces(colors, true),
      layout: {
        ...made, annotations: [...made.annotations, ...around(beside, address, colors)], paper_bgcolor: colors.paper,
        margin: { ...sides, pad: 0 }, width, height: made.height - 24 + sides.t + sides.b,
        title: headline(colors, width), shapes: [...made.shapes, ...spanShape(colors)],
      },
      config: CONFIG,
    };
  };

  const spanShape = (colors) => {
    const span = shown.span();
    if (!span) return [];
    return [{
      type: "rect", xref: "x", x0: span[0], x1: span[1], yref: "paper", y0: 0, y1: 1, layer: "below",
      fillcolor: colors.marker, opacity: 0.45, line: { width: 0 },
    }];
  };

  document.addEventListener("dateline:overview", () => {
    [axis, picture, shown] = ["axis", "picture", "view"].map(use);
  });
  document.addEventListener("dateline:use", ({ detail }) => {
    if (detail.name === "figure") detail.give({ CONFIG, forPicture, layout, numbers, palette, ticks, traces });
  });
})();
