/* A timeline of more entries than can be drawn: which of its counts and entries are in view. The coarsest counts are there
   from the beginning, all else is loaded part by part as the reader zooms; `level_files.py` makes the parts. */
(() => {
  "use strict";

  // The narrowest part of the calendar that is counted by itself, in pixels.
  const FINE = 4;
  // After how many milliseconds a part that did not come is asked for again.
  const AGAIN = 5000;
  // How many entries of a lane that last long, or began before what is in view, are drawn one by one, and how high a strip
  // for more of them is, in pixels; which part of the view is long.
  const [APART, STRIP, LONG] = [3, 5, 3];
  // How many tiles of points are looked through for an entry before coarser counts are asked.
  const TILES = 4;
  // How many counts are remembered, so that the keyboard stays with one.
  const KEPT = 20000;
  const [LEVELS, POINTS, CROSSINGS] = ["data/levels/", "data/points/", "data/crossings/"];

  const tools = document.querySelector("[data-tools]");
  const use = (name) => {
    let part;
    document.dispatchEvent(new CustomEvent("dateline:use", { detail: { name, give: (given) => { part = given; } } }));
    return part;
  };
  let [axis, arranging, shown, load, given] = [];

  // The parts, by their paths; those that are on their way; when others were lost, and whether one of them is in view.
  const parts = new Map();
  const asked = new Set();
  const lost = new Map();
  let missing = false;
  const entries = new Map();
  const counts = new Map();

  /** Returns a part once it is there. */
  const fetched = (path) => {
    if (parts.has(path)) return Promise.resolve(parts.get(path));
    asked.add(path);
    return load([tools.dataset.root + path]).then(() => {
      lost.delete(path);
      return parts.get(path);
    }, (fault) => {
      lost.set(path, performance.now());
      document.dispatchEvent(new CustomEvent("dateline:lost"));
      throw fault;
    }).finally(() => asked.delete(path));
  };

  /** Returns a part where it is there; else it is asked for, and whoever listens to `dateline:part` is told. */
  const partOf = (path) => {
    if (parts.has(path)) return parts.get(path);
    missing ||= lost.has(path);
    const waits = lost.has(path) && performance.now() - lost.get(path) < AGAIN;
    if (!asked.has(path) && !waits) fetched(path).catch(() => {});
    return null;
  };

  const sums = (steps) => {
    let sum = 0;
    return steps.map((step) => (sum += step));
  };

  // The calendar.

  const binOf = ([days, months], day) => (months ? Math.floor(axis.monthOf(day) / months) : days > 1 ? Math.floor((day - 4) / days) : day);
  const firstOf = ([days, months], bin) => (months ? axis.monthDay(bin * months) : days > 1 ? bin * days + 4 : bin);
  const lengthOf = ([days, months]) => days || months * 30.44;

  /** Returns a part of the calendar in words. */
  const wordsOf = ([days, months], bin) => {
    const [first, last] = [firstOf([days, months], bin), firstOf([days, months], bin + 1) - 1];
    const words = months >= 12 ? axis.yearWordsOf : months ? axis.monthWords : axis.dayWords;
    const [one, two] = [words(first), words(last)];
    return one === two ? one : tools.dataset.fromTo.replace(/\{(\w+)\}/g, (_, key) => ({ first: one, last: two })[key]);
  };

  // Counts.

  const below = (numbers, value) => {
    let [low, high] = [0, numbers.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (numbers[middle] < value) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  /** Takes a tile of counts: of each part of the calendar its number, its lanes with their counts, the ranks around it. */
  const takeCounts = ({ before, rows }, first) => {
    const tile = { bins: [], lanes: [], ranks: [before] };
    let [bin, rank] = [first, before];
    for (const [step, ...lanes] of rows) {
      bin += step;
      for (let at = 1; at < lanes.length; at += 2) rank += lanes[at];
      tile.bins.push(bin);
      tile.lanes.push(lanes);
      tile.ranks.push(rank);
    }
    return tile;
  };

  const tilePath = (level, tile) => `${LEVELS}${level}-${tile}.js`;

  /** Returns the paths of the tiles of a level in which parts of the calendar lie. */
  const tilesOf = (level, first, last) => {
    const firsts = given.tiles[level - 1];
    const from = Math.max(0, below(firsts, first + 1) - 1);
    const to = Math.max(from, below(firsts, last + 1) - 1);
    return Array.from({ length: to - from + 1 }, (_, at) => tilePath(level, from + at));
  };

  /** Returns what begins between two days of a stretch at a level, null where not all of it is there. */
  const countsAt = (start, level, days) => {
    const unit = given.units[level];
    const [first, last] = days.map((day) => binOf(unit, day));
    const tiles = level === start.level ? [start.tile] : tilesOf(level, first, last).map((path) => parts.get(path));
    if (!tiles.every(Boolean)) return null;
    const found = { level, unit, first: firstOf(unit, first), rows: [], from: null, to: null };
    for (const { bins, lanes, ranks } of tiles) {
      const [from, to] = [below(bins, first), below(bins, last + 1)];
      found.from ??= ranks[from];
      found.to = ranks[to];
      for (let at = from; at < to; at += 1) found.rows.push({ bin: bins[at], lanes: lanes[at], from: ranks[at], to: ranks[at + 1] });
    }
    return found;
  };

  // Entries.

  const tileOf = (rank) => Math.floor(rank / given.points);
  const pointsPath = (tile) => `${POINTS}${tile}.js`;

  const entryOf = (rank, [lane, first, last, doubtful, id, title, date, who, page], detail) => {
    if (!entries.has(rank)) {
      entries.set(rank, {
        index: rank, lane, first, last, doubtful, id, title, date, who: detail.who[who],
        href: `${tools.dataset.root}${detail.pages[page]}#${encodeURIComponent(id)}`,
        left: first === null ? 0 : shown.place(first),
        right: last === null ? 1 : shown.place(last),
        start: shown.place(first === null ? last : first),
        fade: doubtful ? "inout" : (first === null ? "in" : "") + (last === null ? "out" : ""),
      });
    }
    return entries.get(rank);
  };

  const takeCrossing = (detail) => ({ entries: detail.rows.map(([rank, ...row]) => entryOf(rank, row, detail)), more: detail.more });

  const takePoints = (detail, tile) => ({
    entries: detail.rows.map((row, at) => entryOf(tile * given.points + at, row, detail)),
    into: takeCrossing(detail.into),
  });

  const take = ({ detail }) => {
    const [, folder, name] = detail.part.match(/^(.*\/)(.*)\.js$/);
    const [one, two] = name.split("-").map(Number);
    if (folder === LEVELS) parts.set(detail.part, takeCounts(detail, given.tiles[one - 1][two]));
    else parts.set(detail.part, folder === POINTS ? takePoints(detail, one) : takeCrossing(detail));
  };

  /** Returns the entries of these ranks, null where not all are there. */
  const entriesIn = (from, to) => {
    if (to <= from) return [];
    const found = [];
    for (let tile = tileOf(from); tile <= tileOf(to - 1); tile += 1) found.push(partOf(pointsPath(tile)));
    if (!found.every(Boolean)) return null;
    return found.flatMap((part) => part.entries).filter(({ index }) => index >= from && index < to);
  };

  /** Returns what crosses into a tile of points: lists of entries, each with how many more there are; what is there of it. */
  const crossingInto = (tile) => {
    const found = [partOf(pointsPath(tile))?.into];
    given.crossings.forEach((runs, at) => {
      const number = Math.floor(tile / given.fan ** (at + 1));
      if (known(runs, number)) found.push(partOf(`${CROSSINGS}${at + 1}-${number}.js`));
    });
    return found.filter(Boolean);
  };

  /** Tells whether a number is among those that are there: runs of missing and of present numbers come in turn. */
  const known = (runs, number) => {
    let following = 0;
    for (let at = 0; at < runs.length; at += 2) {
      following += runs[at];
      if (number < following) return false;
      following += runs[at + 1];
      if (number < following) return true;
    }
    return false;
  };

  // What is in view.

  /** Returns what is seen of each stretch of the line: its entries where they are few enough, else its counts. */
  const seen = () => {
    const { scale } = shown.data;
    return scale.flatMap(([start, end, left, right], at) => {
      const [a, b] = [Math.max(left, shown.view[0]), Math.min(right, shown.view[1])];
      if (a >= b) return [];
      const dayOf = (share) => start + ((share - left) / (right - left)) * (end - start);
      const perDay = ((right - left) * shown.width) / shown.reach() / Math.max(1, end - start);
      return [seenOf(given.starts[at], [Math.floor(dayOf(a)), Math.ceil(dayOf(b))], perDay)];
    });
  };

  const seenOf = (start, days, perDay) => {
    const fits = (unit) => lengthOf(unit) * perDay >= FINE;
    const wanted = Math.max(start.level, given.units.findLastIndex(fits));
    let level = wanted;
    let found = null;
    while (!found) found = countsAt(start, level--, days);
    const few = found.to - found.from <= given.points || (found.level === wanted && given.finer && fits(given.finer));
    const points = few ? entriesIn(found.from, found.to) : null;
    if (!few && found.level < wanted) {
      for (const path of tilesOf(wanted, ...days.map((day) => binOf(given.units[wanted], day)))) partOf(path);
    }
    return { ...found, points, last: days[1], isCoarse: found.level < wanted };
  };

  /** Returns the entries that began before what is in view and last into it, by lane, with how many more there are. */
  const crossing = (view) => {
    const [first] = view;
    if (!first || !given.entries) return new Map();
    const from = Math.min(first.from, given.entries - 1);
    const lists = crossingInto(tileOf(from));
    const own = parts.get(pointsPath(tileOf(from)))?.entries.slice(0, first.from - tileOf(from) * given.points) || [];
    const drawn = new Set(view.flatMap(({ points }) => points || []));
    const last = view.at(-1).last;
    const into = (entry) => (entry.last ?? Infinity) >= first.first && !drawn.has(entry)
      && (entry.first === null ? entry.last > last : entry.first < first.first);
    const lanes = new Map();
    const found = [...lists.flatMap((list) => list.entries), ...own].filter(into);
    for (const entry of found) laneIn(lanes, entry.lane).entries.add(entry);
    for (const [lane, more] of lists.flatMap((list) => list.more)) laneIn(lanes, lane).more += more;
    return lanes;
  };

  const laneIn = (lanes, lane) => {
    if (!lanes.has(lane)) lanes.set(lane, { entries: new Set(), more: 0 });
    return lanes.get(lane);
  };

  /** Returns the item of a count; the same part of the calendar has the same entry in its place, which has no id. */
  const countItem = (seen, row, lane, number, lanes, most) => {
    const key = `${seen.level}:${row.bin}:${lane}`;
    if (!counts.has(key)) {
      if (counts.size > KEPT) counts.clear();
      const [first, last] = [firstOf(seen.unit, row.bin), firstOf(seen.unit, row.bin + 1) - 1];
      const [left, right] = [shown.place(first), Math.max(shown.place(first), shown.place(last + 1))];
      counts.set(key, {
        index: key, lane, first, last, left, right, start: left, date: wordsOf(seen.unit, row.bin), from: row.from, to: row.to, number,
      });
    }
    const entry = counts.get(key);
    const [middle, room] = lanes[lane];
    const height = Math.max(3, Math.round((number / most) * (room - 6)));
    // The line may end soon after a part of the calendar has begun.
    const left = Math.min(entry.left, entry.right - (FINE * shown.reach()) / shown.width);
    return {
      kind: "bin", left, right: entry.right, row: 0, entries: [entry], lane, room, middle, height,
      y: middle - Math.floor(height / 2) + height / 2, thin: 1, number: height >= 12 ? String(number) : "",
    };
  };

  const countItems = (view, lanes) => {
    const counted = view.filter((one) => !one.points);
    let most = 1;
    for (const { rows } of counted) {
      for (const row of rows) for (let at = 1; at < row.lanes.length; at += 2) most = Math.max(most, row.lanes[at]);
    }
    const items = [];
    for (const one of counted) {
      for (const row of one.rows) {
        for (let at = 0; at < row.lanes.length; at += 2) items.push(countItem(one, row, row.lanes[at], row.lanes[at + 1], lanes, most));
      }
    }
    return items;
  };

  /** Tells whether an entry would take a row from those that begin in view, and whether it may be seen at all. */
  const isLong = ({ left, right }) => right - left > shown.reach() / LONG || (left < shown.view[0] && right > shown.view[0]);
  const isSeen = ({ left, right }) => right >= shown.view[0] && left <= shown.view[1];

  /** Returns the item that stands for entries of a lane that last long, or that began before what is in view. */
  const stripItem = (lane, members, more, [middle, room]) => {
    const sorted = [...members].sort((one, two) => one.index - two.index);
    const left = Math.max(shown.view[0], Math.min(...sorted.map((entry) => entry.left)));
    const right = more ? shown.view[1] : Math.max(...sorted.map((entry) => entry.right));
    return {
      kind: "strip", left, right, row: 0, entries: sorted, more, lane, room, middle,
      height: STRIP, y: middle + room / 2 - STRIP / 2, thin: 1, number: "",
    };
  };

  /** Returns the items that are in view. */
  const items = () => {
    missing = false;
    const { lanes, line } = shown.meta();
    const view = seen();
    const crossed = crossing(view);
    const points = [];
    for (const entry of view.flatMap((one) => one.points || []).filter(isSeen)) {
      if (isLong(entry)) laneIn(crossed, entry.lane).entries.add(entry);
      else points.push(entry);
    }
    const strips = [];
    for (const [lane, { entries: members, more }] of crossed) {
      if (!members.size) continue;
      if (members.size <= APART && !more && view.every((one) => one.points)) points.push(...members);
      else strips.push(stripItem(lane, members, more, lanes[lane]));
    }
    points.sort((one, two) => one.index - two.index);
    return [...arranging.arrange(points, lanes, line / shown.reach()), ...countItems(view, lanes), ...strips];
  };

  // Ways to entries that are not in view.

  const ranksOf = (entry) => ("from" in entry ? [entry.from, entry.to - 1] : [entry.index, entry.index]);

  /** Returns the entry of a lane that comes next, or what stands for some; null where there is none. */
  const next = async (entry, by) => {
    const rank = ranksOf(entry)[by > 0 ? 1 : 0];
    const final = tileOf(given.entries - 1);
    for (let tile = tileOf(rank), step = 0; step < TILES && tile >= 0 && tile <= final; step += 1, tile += by) {
      const members = (await fetched(pointsPath(tile))).entries.filter((one) => one.lane === entry.lane && (one.index - rank) * by > 0);
      if (members.length) return members.at(by > 0 ? 0 : -1);
    }
    return inCoarsest(entry.lane, by > 0 ? (one) => one.from > rank : (one) => one.to <= rank, by > 0 ? 0 : -1);
  };

  /** Returns what stands for entries of a lane in the coarsest counts: the first that is as asked, or the last. */
  const inCoarsest = (lane, which, at) => {
    const found = coarsest(lane).filter(which).at(at);
    return found ? standIn(found, lane) : null;
  };

  const coarsest = (lane) => given.starts.flatMap(({ level, tile: { bins, lanes, ranks } }) => bins.flatMap((bin, row) => {
    const place = lanes[row].findIndex((one, column) => column % 2 === 0 && one === lane);
    if (place < 0) return [];
    return [{ level, unit: given.units[level], bin, number: lanes[row][place + 1], from: ranks[row], to: ranks[row + 1] }];
  }));

  const standIn = (row, lane) => countItem(row, row, lane, row.number, shown.meta().lanes, row.number).entries[0];

  /** Returns what stands for the entries that are nearest to a place on the line. */
  const nearest = (place) => {
    const all = shown.data.lanes.flatMap((_, lane) => coarsest(lane).map((row) => standIn(row, lane)));
    const away = ({ left, right }) => Math.max(left - place, place - right, 0);
    return all.reduce((best, one) => (away(one) < away(best) ? one : best));
  };

  /** Returns the first entries of a count, as many as are asked for where there are so many. */
  const membersOf = async (entry, most) => {
    const found = [];
    for (let tile = tileOf(entry.from); tile <= tileOf(entry.to - 1) && found.length < most; tile += 1) {
      const { entries: all } = await fetched(pointsPath(tile));
      found.push(...all.filter((one) => one.lane === entry.lane && one.index >= entry.from && one.index < entry.to));
    }
    return found.slice(0, most);
  };

  const edge = (lane, at) => inCoarsest(lane, () => true, at);

  document.addEventListener("dateline:overview", ({ detail }) => {
    [axis, arranging, shown] = ["axis", "arrange", "view"].map(use);
    ({ load } = use("still"));
    given = null;
    if (!detail.levels) return;
    for (const kept of [parts, asked, lost, entries, counts]) kept.clear();
    const { starts, tiles } = detail.levels;
    given = {
      ...detail.levels,
      tiles: tiles.map(sums),
      starts: starts.map((start) => ({ level: start.level, tile: takeCounts(start, start.first) })),
    };
  });
  document.addEventListener("dateline:part", (event) => given && take(event));
  document.addEventListener("dateline:use", ({ detail }) => {
    if (detail.name === "levels") detail.give({ edge, isMissing: () => missing, items, membersOf, nearest, next });
  });
})();
