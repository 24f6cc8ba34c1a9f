/* What of the timeline is in view of the drawing that is explored: its entries, arranged, and where they are in it. */
(() => {
  "use strict";

  // The shortest span of time that fills the drawing, in days.
  const LEAST = 10;

  const use = (name) => {
    let part;
    document.dispatchEvent(new CustomEvent("dateline:use", { detail: { name, give: (given) => { part = given; } } }));
    return part;
  };
  let [axis, arranging, levels] = [];

  const firstFrom = (days, day) => {
    let [low, high] = [0, days.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (days[middle] < day) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  /** Tells whether an entry of a large timeline is chosen, or a count holds one that may be. */
  const isChosen = ({ id, lane, first, last }) => {
    const { ids, from, to, categories } = shown.selection;
    if (ids && id) return ids.has(id);
    if (categories.length && !categories.includes(shown.data.lanes[lane].key)) return false;
    if ((from !== null && last !== null && last < from) || (to !== null && first !== null && first > to)) return false;
    if (!shown.matches) return true;
    const begin = first ?? last;
    const at = firstFrom(shown.matches, begin);
    return at < shown.matches.length && shown.matches[at] <= (id ? begin : last);
  };

  const shown = {
    data: null,
    big: false, // its entries come part by part
    matches: null, // where they are more than are told by their ids: the days on which the chosen ones begin
    entries: [],
    name: "", // of the drawing that is in view: wide or narrow
    view: [0, 1], // shares of the line
    width: 0,
    items: [],
    current: null, // the entry that the keyboard is at
    unspanned: null, // the ids that were chosen before any span was
    selection: { ids: null, from: null, to: null, categories: [] },
    selecting: false,
    on: false,

    figure: () => shown.data.figures[shown.name],
    meta: () => shown.figure().layout.meta,
    reach: () => shown.view[1] - shown.view[0],
    whole: () => shown.reach() > 1 - 1e-9,
    pixel: (share) => ((share - shown.view[0]) / shown.reach()) * shown.width,
    shareAt: (x) => shown.view[0] + (x / shown.width) * shown.reach(),
    place: (day) => axis.place(shown.data.scale, day),
    dayAt: (share) => axis.dayAt(shown.data.scale, share),
    days: () => [Math.ceil(shown.dayAt(shown.view[0])), Math.floor(shown.dayAt(shown.view[1]))],
    chosen: (item) => {
      if (shown.big) return item.entries.some(isChosen);
      return !shown.selection.ids || item.entries.some((entry) => shown.selection.ids.has(entry.id));
    },
    /** Tells whether a span may be led to an item: it is chosen, but for the span that there is. */
    reachable: (item) => {
      const { from, to, categories } = shown.selection;
      if (shown.chosen(item) || (from === null && to === null)) return shown.chosen(item);
      const inLane = !categories.length || categories.includes(shown.data.lanes[item.lane].key);
      if (shown.big) return inLane;
      return inLane && (!shown.unspanned || item.entries.some((entry) => shown.unspanned.has(entry.id)));
    },

    /** Takes what is chosen, as it is told. */
    select: (selection) => {
      shown.selection = selection;
      shown.matches = selection.matches ? Float64Array.from(selection.matches).sort() : null;
      if (selection.from === null && selection.to === null) shown.unspanned = selection.ids;
    },

    near: (item) => item.right >= shown.view[0] - shown.reach() && item.left <= shown.view[1] + shown.reach(),
    /** Returns the item in which an entry is; of a large timeline, where it is in none now, the one nearest to it. */
    itemOf: (entry) => {
      if (!entry) return null;
      const found = shown.items.find((item) => item.entries.includes(entry));
      if (found || !shown.big) return found;
      const away = (item) => Math.max(item.entries[0].start - entry.start, entry.start - Math.max(item.right, item.entries[0].start), 0);
      const lane = shown.items.filter((item) => item.lane === entry.lane && item.kind !== "strip");
      return lane.reduce((best, item) => (!best || away(item) < away(best) ? item : best), null);
    },

    /** Takes the entries from the data, whose places on the line are found by the days. */
    take: () => {
      if (shown.big) return;
      shown.entries = shown.data.entries.map(([lane, first, last, doubtful, id, title, date, who], index) => ({
        index, lane, first, last, doubtful, id, title, date, who,
        left: first === null ? 0 : shown.place(first),
        right: last === null ? 1 : shown.place(last),
        start: shown.place(first === null ? last : first),
        fade: doubtful ? "inout" : (first === null ? "in" : "") + (last === null ? "out" : ""),
      }));
    },

    arrange: () => {
      const { lanes, line } = shown.meta();
      shown.items = shown.big ? levels.items() : arranging.arrange(shown.entries, lanes, line / shown.reach());
    },

    /** Returns the span that is chosen as shares of the line, null where there is none. */
    span: () => {
      const { from, to } = shown.selection;
      if (from === null && to === null) return null;
      return [from === null ? 0 : shown.place(from), to === null ? 1 : shown.place(to)];
    },

    /** Returns the narrowest view around a place, as a share of the line. */
    least: (share) => {
      const stretch = shown.data.scale.findLast(([, , left]) => left <= share) || shown.data.scale[0];
      return Math.min(1, (LEAST * (stretch[3] - stretch[2])) / Math.max(1, stretch[1] - stretch[0]));
    },

    /** Returns where an item is drawn, in pixels. */
    box: (item) => {
      const middle = shown.pixel(item.left);
      const [from, to] = item.kind === "point" ? [middle - 8, middle + 8] : [middle, shown.pixel(item.right)];
      const [top, bottom] = [item.y - item.height / 2, item.y + item.height / 2];
      return { left: Math.max(-8, from), right: Math.min(shown.width + 8, to), top, bottom };
    },
  };

  document.addEventListener("dateline:overview", ({ detail }) => {
    [axis, arranging, levels] = ["axis", "arrange", "levels"].map(use);
    shown.data = detail;
    shown.big = Boolean(detail.levels);
    shown.entries = [];
  });
  document.addEventListener("dateline:use", ({ detail }) => {
    if (detail.name === "view") detail.give(shown);
  });
})();
