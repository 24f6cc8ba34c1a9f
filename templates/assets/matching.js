// Matching of search and filters: pure functions over records, wherever the records come from.
//
// Text is compared folded, without case, marks and typographic forms; days are counted from 1970-01-01.
(() => {
  "use strict";

  /** @typedef {{id: string, category: string, source: string[], who: string[], place: string[], tag: string[],
   *   earliest: number, latest: number, figures: boolean, differ: boolean, text: string}} Entry
   * `text` is folded, its parts on lines of their own.
   * @typedef {{q: string, category: string[], source: string, who: string, place: string, tag: string, from: string,
   *   to: string, figures: boolean, differ: boolean}} Chosen
   * @typedef {{words: string, anywhere: boolean}} Term */

  const LISTS = ["source", "who", "place", "tag"];
  // The calendar repeats itself; in milliseconds, as `Date` counts, which does not reach the far years.
  const CYCLE_YEARS = 400, CYCLE_DAYS = 146097, DAY = 86400000;

  // Letters that Unicode does not take apart, and forms of one letter or sign that readers do not tell apart.
  const ALIKE = new Map("ßss æae œoe þth ıi ȷj øo łl đd ðd ħh ŧt ŋn əe ǝe ɛe ɔo ςσ ґг ٱا ىي یي کك ةه ’' ‘' ‚' ‛' ʼ' ʻ' ՚' `' ´' ‐- ‒- –- —- ―- −- “\" ”\" „\" ‟\" «\" »\"".split(" ").map((pair) => [pair[0], pair.slice(1)]));
  for (const zero of [0x660, 0x6f0, 0x966, 0x9e6]) for (let n = 0; n < 10; n++) ALIKE.set(String.fromCodePoint(zero + n), String(n));
  // In other scripts a mark is a letter, such as a vowel; a mark of voicing tells Japanese letters apart.
  const MARKS = /(?=\p{Mn})[\p{Script=Inherited}\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}](?<![\u3099\u309a])|\p{Cf}|\u0640/gu;
  // The letters of words that are found by their beginnings: not where no space stands between words, and not where
  // an article or a preposition is written as one with its word.
  const LETTER = /(?![\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}\p{scx=Arabic}\p{scx=Hebrew}])[\p{L}\p{M}\p{N}]/u;
  // Texts of which only the case is folded.
  const PLAIN = /^(?! )(?:[!-_a-~]| (?! ))*$/;
  const known = new Map();

  /** Returns one character folded: none, one, or several. @param {string} letter */
  function foldLetter(letter) {
    if (ALIKE.has(letter)) return ALIKE.get(letter);
    if (/\s/.test(letter)) return " ";
    const bare = letter.normalize("NFKD").toLowerCase().normalize("NFKD").replace(MARKS, "");
    return [...bare].map((part) => ALIKE.get(part) ?? part).join("");
  }

  /** Returns a text folded, with single spaces; notes in `starts` where in the text each of its characters comes from.
   * @param {string} text @param {number[]} [starts] */
  function fold(text, starts) {
    if (!starts && PLAIN.test(text)) return text.toLowerCase();
    let folded = "", at = 0, space = true;
    for (const letter of text) {
      let plain = known.get(letter);
      if (plain === undefined) known.set(letter, plain = foldLetter(letter));
      if (plain === " " && space) plain = "";
      else if (plain) space = plain === " ";
      if (starts) for (let n = plain.length; n; n--) starts.push(at);
      folded += plain;
      at += letter.length;
    }
    return folded;
  }

  /** Returns what a query asks for: its words, and what stands in quotation marks as it stands there.
   * @param {string} query @returns {Term[]} */
  function termsOf(query) {
    const parts = [...fold(query).matchAll(/"([^"]*)"?|[^\s"]+/g)];
    const terms = parts.map(([word, phrase]) => ({ words: (phrase ?? word).trim(), anywhere: phrase !== undefined || !isLetterAt(word, 0) }));
    return terms.filter(({ words }) => words);
  }

  /** Returns whether a letter of a word that is found by its beginning, or a digit, stands at a place in a folded text. */
  function isLetterAt(text, at) {
    const code = text.charCodeAt(at);
    // Where all texts are plain, the long pattern is never compiled.
    return code < 128 ? (code > 96 && code < 123) || (code > 47 && code < 58) : at >= 0 && LETTER.test(text[at]);
  }

  /** Returns whether a place in a folded text is within a word. @param {string} text @param {number} at */
  const isInside = (text, at) => isLetterAt(text, at - 1);

  /** Returns where a term stands next in a folded text, -1 where it does not. @param {string} text @param {Term} term */
  function placeOf(text, { words, anywhere }, from = 0) {
    let at = text.indexOf(words, from);
    while (at > 0 && !anywhere && isInside(text, at)) at = text.indexOf(words, at + 1);
    return at;
  }

  /** Returns the number of a day. */
  function dayNumber(year, month, day) {
    const cycles = Math.floor(year / CYCLE_YEARS) - 5;
    return Date.UTC(year - cycles * CYCLE_YEARS, month - 1, day) / DAY + cycles * CYCLE_DAYS;
  }

  const padded = (number, length) => String(number).padStart(length, "0");
  const yearText = (year) => Math.abs(year) > 9999 ? `Y${year}` : (year < 0 ? "-" : "") + padded(Math.abs(year), 4);

  /** Returns a year, month or day as EDTF writes it, with its first and its last day; null where a text is none.
   * @param {string} text */
  function dateFrom(text) {
    const found = /^(y?)(-?\d{1,15})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/.exec(fold(text).trim());
    if (!found) return null;
    const [year, month, day] = found.slice(2).map(Number), written = yearText(year);
    if (!found[3]) return { text: written, first: dayNumber(year, 1, 1), last: dayNumber(year, 12, 31) };
    if (found[1] || written[0] === "Y" || month < 1 || month > 12) return null;
    const first = dayNumber(year, month, 1), last = dayNumber(year, month + 1, 0), monthText = `${written}-${padded(month, 2)}`;
    if (!found[4]) return { text: monthText, first, last };
    const number = first + day - 1;
    return number < first || number > last ? null : { text: `${monthText}-${padded(day, 2)}`, first: number, last: number };
  }

  /** Returns the shortest date that begins, or as an end ends, with a day. @param {number} number @param {boolean} end */
  function dateText(number, end) {
    const cycles = Math.floor(number / CYCLE_DAYS), date = new Date((number - cycles * CYCLE_DAYS) * DAY);
    const year = yearText(date.getUTCFullYear() + cycles * CYCLE_YEARS), [, month, day] = date.toISOString().slice(0, 10).split("-");
    const dates = [year, `${year}-${month}`, `${year}-${month}-${day}`];
    return dates.find((text) => dateFrom(text)?.[end ? "last" : "first"] === number) ?? year;
  }

  /** Returns one test for each filter that is set, the cheap ones first.
   * @param {Chosen} chosen @param {(name: string, value: string) => Set<string>} accepted */
  function testsOf(chosen, accepted) {
    const terms = termsOf(chosen.q), from = dateFrom(chosen.from), to = dateFrom(chosen.to);
    const tests = new Map();
    if (chosen.category.length) tests.set("category", (entry) => chosen.category.includes(entry.category));
    for (const name of LISTS.filter((name) => chosen[name])) {
      const values = accepted(name, chosen[name]);
      tests.set(name, (entry) => entry[name].some((value) => values.has(value)));
    }
    if (from) tests.set("from", (entry) => entry.latest >= from.first);
    if (to) tests.set("to", (entry) => entry.earliest <= to.last);
    for (const name of ["figures", "differ"]) if (chosen[name]) tests.set(name, (entry) => entry[name]);
    if (terms.length) tests.set("q", (entry) => terms.every((term) => placeOf(entry.text, term) >= 0));
    return tests;
  }

  /** Returns the ids of the entries that pass all tests; how many more there were without each one of the tests; and
   * how many there are for each value of a filter if it alone were chosen anew.
   * @param {Iterable<Entry>} entries @param {Map<string, (entry: Entry) => boolean>} tests */
  function sift(entries, tests) {
    const ids = new Set(), more = new Map(), counts = new Map(["category", ...LISTS].map((name) => [name, new Map()]));
    const add = (tally, key) => tally.set(key, (tally.get(key) ?? 0) + 1);
    const count = (entry, name) => {
      if (counts.has(name)) for (const value of [entry[name]].flat()) add(counts.get(name), value);
    };
    for (const entry of entries) {
      const failed = [];
      for (const [name, passes] of tests) if (failed.length < 2 && !passes(entry)) failed.push(name);
      if (failed.length > 1) continue;
      for (const name of failed.length ? failed : counts.keys()) count(entry, name);
      if (failed.length) add(more, failed[0]);
      else ids.add(entry.id);
    }
    return { ids, more, counts };
  }

  const matching = { LISTS, fold, termsOf, isInside, placeOf, dateFrom, dateText, testsOf, sift };
  document.addEventListener("dateline:use", ({ detail }) => { if (detail.name === "matching") detail.give(matching); });
})();
