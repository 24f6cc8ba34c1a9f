// The parts of a timeline of many entries: they come as they are needed, and are searched column by column.
//
// A shelf is a part of the heads with the texts of its entries; search_index.py says what stands in the files.
(() => {
  "use strict";

  const use = (name) => {
    let part;
    document.dispatchEvent(new CustomEvent("dateline:use", { detail: { name, give: (given) => { part = given; } } }));
    return part;
  };
  const { LISTS, fold, termsOf, isInside, placeOf, dateFrom } = use("matching");
  const { load } = use("still");

  /** @typedef {{text: string, starts: Int32Array}} Lines Folded texts, and where each of them begins; the last number
   *   is where one more would.
   * @typedef {{at: Int32Array, values: Int32Array}} Column Numbers of values; those of an entry are from `at` to `at`
   *   of the next.
   * @typedef {{number: number, size: number, titles: Lines, dates: Lines, rows: Uint16Array, columns: Object<string,
   *   Column>, category: Uint16Array, figures: Uint8Array, differ: Uint8Array, texts: (Lines & {first: number})[],
   *   hits: Map<string, Uint8Array>, earliest: Float64Array, latest: Float64Array, days: Int32Array}} Shelf `rows` are
   *   the dates of its entries; of a date, `days` has the first that is known, else the last.
   * @typedef {{size: number, more: Map<string, number>, counts: Map<string, {get: (value: string) => number}>, found:
   *   [Shelf, Uint16Array][], days: Int32Array}} Answer */

  const form = document.querySelector("[data-find]");
  const folder = document.documentElement.dataset.root + form.dataset.findParts;
  // How many parts are on their way at a time. In milliseconds: how long a search works before it lets others work.
  const ABREAST = 3, SLICE = 25;
  // In bytes: texts are there before they are searched; come when they are; come when the reader asks for so many.
  const AT_ONCE = 8e6, IF_ASKED = 64e6;
  // What stands between the entries of a part, and between the texts of an entry; how many characters are shown at each
  // side of a word that was found.
  const END = "\n", TEXT_END = "\t", AROUND = 48;
  // The lists whose values are searched for, as an entry shows them.
  const SHOWN = ["place", "who", "tag", "origin"];

  let index = null, changed = () => {}, running = 0, turn = 0, deep = false, textsAsked = false;
  /** @type {Shelf[]} */
  const shelves = [];
  const lists = Object.fromEntries([...LISTS, "origin"].map((name) => [name, { values: [], labels: [], folded: [], numbers: new Map() }]));
  // Texts that came before the heads of their entries.
  const early = [];
  const waiting = [], failed = new Set(), taken = new Set();
  const categories = new Map();

  // What comes.

  function starts(text, number) {
    const found = new Int32Array(number + 1);
    let at = 0;
    for (let n = 1; n < number; n++) found[n] = at = text.indexOf(END, at) + 1;
    found[number] = text.length + 1;
    return found;
  }

  /** Returns numbers that stand alone or in lists as a column. @returns {Column} */
  function columnOf(given) {
    const at = new Int32Array(given.length + 1), flat = given.flat();
    for (let n = 0; n < given.length; n++) at[n + 1] = at[n] + (typeof given[n] === "number" ? 1 : given[n].length);
    return { at, values: Int32Array.from(flat) };
  }

  function flagged(size, numbers) {
    const flags = new Uint8Array(size);
    for (const number of numbers) flags[number] = 1;
    return flags;
  }

  /** Returns the folded titles: those of which only the case is folded stand there as they are written. */
  function foldedTitles({ titles, folded }) {
    const text = titles.toLowerCase().replaceAll("`", "'");
    if (!folded.length) return text;
    const lines = text.split(END);
    for (const [place, title] of folded) lines[place] = title;
    return lines.join(END);
  }

  /** Returns for each entry, or for each place of another kind, the number of the row that counts it. */
  function rowsOf(rows, size) {
    const found = new Uint16Array(size);
    let at = 0;
    rows.forEach((row, number) => { at += row.at(-1); found.fill(number, at - row.at(-1), at); });
    return found;
  }

  function takeValues(given) {
    for (const [name, [first, values]] of Object.entries(given)) {
      const { values: all, labels, folded, numbers } = lists[name];
      values.forEach((value, place) => {
        const [own, label] = typeof value === "string" ? [value, value] : value, number = first + place;
        all[number] = own;
        labels[number] = label;
        folded[number] = fold(own);
        numbers.set(own, number);
      });
    }
  }

  function takeHeads(given) {
    takeValues(given.values);
    const { heads: number, entries: size, dates, pages, ids } = given, titles = foldedTitles(given);
    const text = dates.map(([, ...texts]) => texts.slice(0, 3).map((one) => fold(one)).join("\t")).join(END);
    const keys = given.keys.map((key) => categories.get(key));
    const earliest = Float64Array.from(dates, (row) => row[4] ?? -Infinity), latest = Float64Array.from(dates, (row) => row[5] ?? Infinity);
    shelves[number] = {
      number, size, shown: { titles: given.titles, ids, dates, pages }, dates: { text, starts: starts(text, dates.length) }, rows: rowsOf(dates, size),
      titles: { text: titles, starts: starts(titles, size) },
      earliest, latest, days: Int32Array.from(earliest, (day, row) => Number.isFinite(day) ? day : latest[row]),
      columns: Object.fromEntries(Object.keys(lists).map((name) => [name, columnOf(given[name])])),
      category: Uint16Array.from(given.category, (key) => keys[key]),
      figures: flagged(size, given.figures), differ: flagged(size, given.differ), texts: [], hits: new Map(),
    };
    shelve(number);
    // Entries that came before their values are searched anew.
    for (const shelf of shelves) shelf?.hits.clear();
    taken.add(`heads-${number}`);
  }

  function takeTexts({ texts: number, heads, first, text }) {
    const part = { first, text, starts: starts(text, text.split(END).length) };
    early[heads] = [...early[heads] ?? [], part];
    shelve(heads);
    taken.add(`texts-${number}`);
  }

  /** Puts texts that have come on their shelf, if that is there. */
  function shelve(number) {
    if (!shelves[number]) return;
    shelves[number].texts.push(...early[number] ?? []);
    shelves[number].hits.clear();
    early[number] = [];
  }

  function takeIndex(given) {
    index = given;
    given.categories.forEach(([key], number) => categories.set(key, number));
    taken.add("index");
    waiting.push(...Array.from({ length: given.heads }, (_, number) => `heads-${number}`));
    wantTexts();
  }

  document.addEventListener("dateline:parts", ({ detail }) => {
    if ("text" in detail) takeTexts(detail);
    else if ("titles" in detail) takeHeads(detail);
    else takeIndex(detail);
  });

  async function bring(name) {
    running++;
    await load([`${folder}${name}.js`]).catch(() => {});
    running--;
    if (!taken.has(name)) failed.add(name);
    next();
    changed();
  }

  /** Has the next parts come; texts follow when all heads are there that do come. */
  function next() {
    while (running < ABREAST && waiting.length) {
      if (waiting[0].startsWith("texts") && !headsAreThere()) return;
      bring(waiting.shift());
    }
  }

  const headsAreThere = () => Array.from({ length: index.heads }, (_, number) => `heads-${number}`).every((name) => taken.has(name) || failed.has(name));

  function wantTexts() {
    const { texts } = index.bytes;
    if (textsAsked || !(texts <= AT_ONCE || deep === "all" || (deep && texts <= IF_ASKED))) return;
    textsAsked = true;
    waiting.push(...Array.from({ length: index.texts }, (_, number) => `texts-${number}`));
  }

  /** Begins to load, or goes on where more is asked for: with `words`, the texts too unless they are very many. */
  function want(words, all = false) {
    if (all) deep = "all";
    else deep ||= words;
    if (index) wantTexts();
    else if (!running && !failed.size && !waiting.length) waiting.push("index");
    // What is there is searched first.
    setTimeout(next);
  }

  function again() {
    waiting.unshift(...failed);
    failed.clear();
    waiting.sort((one, other) => Number(one.startsWith("texts")) - Number(other.startsWith("texts")));
    next();
    changed();
  }

  /** Returns how far the loading is: `done` of `all` parts, how many of them failed; and how many megabytes of texts
   * are left out, 0 where they are searched or nothing is searched for. */
  function state() {
    const all = index ? index.heads + (textsAsked ? index.texts : 0) : 0, done = taken.size - (index ? 1 : 0);
    const left = index && deep && !textsAsked ? Math.ceil(index.bytes.texts / 1e6) : 0;
    return { done, all, failed: failed.size, isWhole: Boolean(index) && done === all, hasHeads: shelves.length > 0, left };
  }

  // What is found.

  /** Returns the number of the line in which a place stands, which is not before line `from`. */
  function lineAt(lineStarts, at, from) {
    let low = from, step = 1;
    while (low + step < lineStarts.length && lineStarts[low + step] <= at) {
      low += step;
      step *= 2;
    }
    let high = Math.min(low + step, lineStarts.length - 1);
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (lineStarts[middle] <= at) low = middle;
      else high = middle;
    }
    return low;
  }

  /** Tells of each line in which a term stands; lines for which `skips` is set, counted from `first`, are passed over. */
  function scan({ text, starts: lines }, { words, anywhere }, skips, first, tell) {
    const last = lines.length - 1;
    for (let line = 0, at = text.indexOf(words); at >= 0;) {
      line = lineAt(lines, at, line);
      if (skips[first + line]) {
        while (line < last && skips[first + line]) line++;
        if (line === last) return;
        at = text.indexOf(words, lines[line]);
      } else if (anywhere || !isInside(text, at)) {
        tell(line);
        at = text.indexOf(words, lines[line + 1]);
      } else at = text.indexOf(words, at + 1);
    }
  }

  /** Scans for a term. Of a short one most finds are within words; most words follow a space. */
  function scanFast(lines, term, skips, first, tell) {
    if (term.words.length < 3 && !term.anywhere) scan(lines, { words: ` ${term.words}`, anywhere: true }, skips, first, tell);
    scan(lines, term, skips, first, tell);
  }

  /** Marks the entries that have one of the values for which a flag is set. */
  function markValues({ at, values }, flags, hits) {
    for (let entry = 0; entry < hits.length; entry++) {
      for (let n = at[entry]; n < at[entry + 1]; n++) if (flags[values[n]]) hits[entry] = 1;
    }
  }

  const flagsOf = ({ folded }, passes) => Uint8Array.from(folded, (text) => text !== undefined && passes(text) ? 1 : 0);

  /** Returns a term with the values in which it stands, and the key by which its hits are kept. */
  function prepared(term) {
    const values = SHOWN.map((name) => [name, flagsOf(lists[name], (text) => placeOf(text, term) >= 0)]);
    return { ...term, key: (term.anywhere ? '"' : "") + term.words, values: values.filter(([, flags]) => flags.includes(1)) };
  }

  /** Returns for each entry of a shelf whether a term stands in it. */
  function hitsOf(shelf, term) {
    const kept = shelf.hits.get(term.key);
    if (kept) return kept;
    const hits = new Uint8Array(shelf.size), skips = new Uint8Array(shelf.size);
    // While a word is typed, only what held its beginning can hold the whole.
    const shorter = term.anywhere ? undefined : [...shelf.hits.keys()].findLast((key) => key[0] !== '"' && term.key.startsWith(key));
    if (shorter !== undefined) shelf.hits.get(shorter).forEach((hit, entry) => { if (!hit) skips[entry] = 1; });
    const mark = (entry) => { hits[entry] = skips[entry] = 1; };
    for (const [name, flags] of term.values) markValues(shelf.columns[name], flags, hits);
    for (let entry = 0; entry < shelf.size; entry++) if (hits[entry]) skips[entry] = 1;
    markDates(shelf, term, mark);
    scanFast(shelf.titles, term, skips, 0, mark);
    for (const part of shelf.texts) scanFast(part, term, skips, part.first, (line) => mark(part.first + line));
    shelf.hits.set(term.key, hits);
    return hits;
  }

  function markDates(shelf, term, mark) {
    const rows = new Uint8Array(shelf.earliest.length);
    scan(shelf.dates, term, rows, 0, (row) => { rows[row] = 1; });
    if (rows.includes(1)) shelf.rows.forEach((row, entry) => { if (rows[row]) mark(entry); });
  }

  const holding = ({ folded, labels }, words) => (text, place) => folded[place].includes(words) || fold(labels[place]).includes(words);

  /** Returns the flags of the values that a filter takes: the one that was chosen, else all that hold what was typed. */
  function accepted(name, value) {
    const list = lists[name], number = list.numbers.get(value), flags = new Uint8Array(list.values.length);
    if (number !== undefined) flags[number] = 1;
    else if (form.elements[name]?.list) {
      const holds = holding(list, fold(value).trim());
      list.folded.forEach((text, place) => { if (holds(text, place)) flags[place] = 1; });
    }
    return flags;
  }

  const ofRows = (shelf, passes) => shelf.rows.map((row) => passes(row) ? 1 : 0);

  /** Returns one test for each filter that is set: a function from a shelf to a flag for each entry. */
  function testsOf(chosen) {
    const tests = new Map(), terms = termsOf(chosen.q).map(prepared), from = dateFrom(chosen.from), to = dateFrom(chosen.to);
    if (chosen.category.length) {
      const wanted = flagged(categories.size, chosen.category.map((key) => categories.get(key)));
      tests.set("category", (shelf) => shelf.category.map((key) => wanted[key]));
    }
    for (const name of LISTS.filter((name) => chosen[name])) {
      const flags = accepted(name, chosen[name]);
      tests.set(name, (shelf) => {
        const passes = new Uint8Array(shelf.size);
        markValues(shelf.columns[name], flags, passes);
        return passes;
      });
    }
    if (from) tests.set("from", (shelf) => ofRows(shelf, (row) => shelf.latest[row] >= from.first));
    if (to) tests.set("to", (shelf) => ofRows(shelf, (row) => shelf.earliest[row] <= to.last));
    for (const name of ["figures", "differ"]) if (chosen[name]) tests.set(name, (shelf) => shelf[name]);
    for (const shelf of shelves) keepHits(shelf, terms);
    if (terms.length) tests.set("q", (shelf) => terms.map((term) => hitsOf(shelf, term)).reduce(both));
    return tests;
  }

  /** Forgets what is not searched for any more, but for what the terms go on from. */
  function keepHits(shelf, terms) {
    for (const key of shelf?.hits.keys() ?? []) if (!terms.some((term) => term.key.startsWith(key))) shelf.hits.delete(key);
  }

  function both(one, other) {
    return one.map((flag, entry) => flag & other[entry]);
  }

  // The filters whose options tell how many entries they leave.
  const counted = () => LISTS.filter((name) => form.elements[name]?.options);

  function emptyTally(tests) {
    const counts = new Map(counted().map((name) => [name, new Int32Array(lists[name].values.length)]));
    counts.set("category", new Int32Array(categories.size));
    return { tests: [...tests], counts, more: new Int32Array(tests.size), found: [], size: 0 };
  }

  function count(shelf, tally, name, entry) {
    const numbers = tally.counts.get(name);
    if (name === "category") numbers[shelf.category[entry]]++;
    else if (numbers) {
      const { at, values } = shelf.columns[name];
      for (let n = at[entry]; n < at[entry + 1]; n++) numbers[values[n]]++;
    }
  }

  /** Adds the entries of a shelf to the tally: those that pass all tests, and those that fail one alone. */
  function siftShelf(shelf, tally) {
    const { size } = shelf, failures = new Uint8Array(size), whose = new Uint8Array(size), found = new Uint16Array(size);
    const names = [...tally.counts.keys()];
    let last = 0;
    tally.tests.forEach(([, test], place) => {
      const passes = test(shelf);
      for (let entry = 0; entry < size; entry++) if (!passes[entry]) { failures[entry]++; whose[entry] = place; }
    });
    for (let entry = 0; entry < size; entry++) {
      if (!failures[entry]) {
        found[last++] = entry;
        for (let n = 0; n < names.length; n++) count(shelf, tally, names[n], entry);
      } else if (failures[entry] === 1) {
        tally.more[whose[entry]]++;
        count(shelf, tally, tally.tests[whose[entry]][0], entry);
      }
    }
    tally.size += last;
    if (last) tally.found.push([shelf, found.slice(0, last)]);
  }

  /** Returns the days of what was found. */
  function daysOf({ found, size }) {
    const days = new Int32Array(size);
    let at = 0;
    for (const [shelf, entries] of found) for (let n = 0; n < entries.length; n++) days[at++] = shelf.days[shelf.rows[entries[n]]];
    return days;
  }

  /** @returns {Answer} */
  function answerOf(tally) {
    const getters = [...tally.counts].map(([name, numbers]) => {
      const places = name === "category" ? categories : lists[name].numbers;
      return [name, { get: (value) => numbers[places.get(value)] ?? 0 }];
    });
    const more = tally.tests.map(([name], place) => [name, tally.more[place]]).filter(([, number]) => number);
    return { size: tally.size, more: new Map(more), counts: new Map(getters), found: tally.found, days: daysOf(tally) };
  }

  const pause = () => window.scheduler?.yield?.() ?? new Promise((goOn) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = goOn;
    port2.postMessage(null);
  });

  /** Answers a choice from the parts that are there; null where another was asked for meanwhile.
   * @returns {Promise<?Answer>} */
  async function sift(chosen) {
    const own = ++turn, tally = emptyTally(testsOf(chosen));
    let until = performance.now() + SLICE;
    for (const shelf of [...shelves]) {
      if (shelf) siftShelf(shelf, tally);
      if (performance.now() < until) continue;
      await pause();
      if (own !== turn) return null;
      until = performance.now() + SLICE;
    }
    return answerOf(tally);
  }

  /** Returns what the list of results shows of an entry. @param {Shelf} shelf */
  function entryOf(shelf, entry) {
    const { shown, rows, columns } = shelf;
    shelf.names ??= shown.titles.split(END);
    shelf.ids ??= shown.ids.split(END);
    shelf.pages ??= rowsOf(shown.pages, shelf.size);
    const [year, when, , datetime] = shown.dates[rows[entry]], [, kind, color, glyph] = index.categories[shelf.category[entry]];
    const id = shelf.ids[entry], href = `${shown.pages[shelf.pages[entry]][0]}#${encodeURIComponent(id)}`;
    const { at, values } = columns.place, place = at[entry] < at[entry + 1] ? lists.place.values[values[at[entry]]] : "";
    return { id, href, title: shelf.names[entry], year, when, datetime, kind, color, glyph, place };
  }

  /** Returns where a word begins near a place in a text, or one ends: whole words, as far as there are any. */
  const cutBefore = (text, at) => at <= 0 ? 0 : Math.max(text.indexOf(" ", at) + 1, at);
  const cutAfter = (text, at) => at >= text.length ? text.length : Math.max(text.lastIndexOf(" ", at), at - AROUND);

  /** Returns the words around the first of the terms that stands in the texts of an entry, folded as they are; "" where
   * none does, or the texts have not come. @param {Shelf} shelf @param {Term[]} terms */
  function wordsAround(shelf, entry, terms) {
    const part = shelf.texts.find(({ first, starts: lines }) => first <= entry && entry < first + lines.length - 1);
    if (!part) return "";
    const line = entry - part.first, texts = part.text.slice(part.starts[line], part.starts[line + 1] - 1).split(TEXT_END);
    for (const term of terms) {
      for (const text of texts) {
        const at = placeOf(text, term);
        if (at < 0) continue;
        const from = Math.min(cutBefore(text, at - AROUND), at), to = Math.max(cutAfter(text, at + term.words.length + AROUND), at + term.words.length);
        return `${from ? "…\u00a0" : ""}${text.slice(from, to)}${to < text.length ? "\u00a0…" : ""}`;
      }
    }
    return "";
  }

  /** Returns the values of a list that hold what is typed, with their labels, at most so many. */
  function suggestions(name, typed, most) {
    const { values, labels } = lists[name], holds = holding(lists[name], fold(typed).trim()), found = [];
    for (let n = 0; n < values.length && found.length < most; n++) {
      if (values[n] !== undefined && holds(values[n], n)) found.push([values[n], labels[n]]);
    }
    return found;
  }

  function labelOf(name, value) {
    const { numbers, labels } = lists[name];
    return labels[numbers.get(value)] ?? value;
  }

  const stop = () => { turn++; };
  const parts = { want, again, state, sift, stop, entryOf, wordsAround, suggestions, labelOf, whenChanged: (tell) => { changed = tell; } };
  document.addEventListener("dateline:use", ({ detail }) => { if (detail.name === "parts") detail.give(parts); });
})();
