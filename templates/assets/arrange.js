/* Arranging entries in the lanes of a line: bars, points in rows where they would overlap, counts where there is no room
   for rows. Pure functions; without counts they do what `overview.py` does. */
(() => {
  "use strict";

  // What a point takes of the line, how far apart rows stand at best and at the least, and the narrowest cell in which
  // entries are counted; all in pixels of the line that the drawing is made for.
  const [POINT, ROW, TIGHT, CELL] = [16, 16, 8, 24];
  // How high a bar is, and the lowest count that has room for its number; pixels.
  const [BAR, COUNT] = [10, 16];
  // Into how many cells the line is cut at the least.
  const BINS = 60;

  /**
   * Arranges the entries of one lane.
   * @param {{left: number, right: number, start: number}[]} entries in order of time; shares of the line
   * @param {number} line the length of the whole line, in pixels
   * @param {number} room the height of the lane, in pixels
   * @returns {{items: {kind: string, left: number, right: number, row: number, entries: object[]}[], rows: number}}
   */
  const inLane = (entries, line, room) => {
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

  const size = (item, most) => {
    item.height = (item.kind === "bar" ? BAR : POINT) * item.thin;
    if (item.kind !== "count") return;
    item.height = Math.max(COUNT, Math.round((item.entries.length / most) * (item.room - 6)));
    item.y = item.middle - Math.floor(item.height / 2) + item.height / 2;
    item.number = String(item.entries.length);
  };

  /**
   * Arranges all lanes, and gives each item its height and its place downwards.
   * @param {{lane: number, left: number, right: number, start: number}[]} entries in order of time
   * @param {[number, number][]} lanes the middle and the height of each, in pixels
   * @param {number} line the length of the whole line, in pixels
   */
  const arrange = (entries, lanes, line) => {
    const items = lanes.flatMap(([middle, room], lane) => {
      const made = inLane(entries.filter((entry) => entry.lane === lane), line, room);
      const pitch = made.rows * ROW <= room ? ROW : room / made.rows;
      return made.items.map((item) => ({
        ...item, lane, room, middle, thin: pitch / ROW, y: middle + (item.row - (made.rows - 1) / 2) * pitch,
      }));
    });
    const counts = items.filter((item) => item.kind === "count");
    const most = Math.max(1, ...counts.map((item) => item.entries.length));
    for (const item of items) size(item, most);
    return items;
  };

  document.addEventListener("dateline:use", ({ detail }) => {
    if (detail.name === "arrange") detail.give({ arrange });
  });
})();
