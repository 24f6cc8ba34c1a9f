// Search and filters of the timeline. The state is the address; the page is a function of it.
//
// Other scripts are spoken to by events on `document`: `dateline:selection` tells what is chosen, `dateline:choose`
// asks for a choice (with an empty detail: only to be told), `dateline:go` leads to an entry.
(() => {
  "use strict";

  const form = document.querySelector("[data-find]");
  if (!form) return;

  // Text: what is compared is folded, without case, marks and typographic forms.

  // Letters that Unicode does not take apart, and forms of one letter or sign that readers do not tell apart.
  const ALIKE = new Map([
    ..."ıi ȷj øo łl đd ðd ħh ŧt ŋn əe ǝe ɛe ɔo ςσ ґг ٱا ىي یي کك ةه ’' ‘' ‚' ‛' ʼ' ʻ' ՚' `' ´' ‐- ‒- –- —- ―- −- “\" ”\" „\" ‟\" «\" »\"".split(" ").map(([from, to]) => [from, to]),
    ["ß", "ss"], ["æ", "ae"], ["œ", "oe"], ["þ", "th"],
    ...[0x660, 0x6f0, 0x966, 0x9e6].flatMap((zero) => [..."0123456789"].map((digit, n) => [String.fromCodePoint(zero + n), digit])),
  ]);
  // In other scripts a mark is a letter, such as a vowel; a mark of voicing tells Japanese letters apart.
  const MARKS = /(?=\p{Mn})[\p{Script=Inherited}\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}](?<![\u3099\u309a])|\p{Cf}|\u0640/gu;
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

  /** Returns what a query asks for: its words, and what stands in quotation marks as one. @param {string} query */
  function termsOf(query) {
    const parts = [...fold(query).matchAll(/"([^"]*)"?|[^\s"]+/g)].map(([word, phrase]) => (phrase ?? word).trim());
    return [...new Set(parts.filter(Boolean))];
  }

  // Dates: days counted from 1970-01-01.

  /** Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `days_from_civil`. */
  function dayNumber(year, month, day) {
    const y = month > 2 ? year : year - 1;
    const era = Math.floor(y / 400), yearOfEra = y - era * 400;
    const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
    return era * 146097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719468;
  }

  /** Source: as above, `civil_from_days`. */
  function dateOf(number) {
    const shifted = number + 719468;
    const era = Math.floor(shifted / 146097), dayOfEra = shifted - era * 146097;
    const yearOfEra = Math.floor((dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365);
    const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
    const part = Math.floor((5 * dayOfYear + 2) / 153);
    const month = part < 10 ? part + 3 : part - 9;
    return [yearOfEra + era * 400 + (month < 3 ? 1 : 0), month, dayOfYear - Math.floor((153 * part + 2) / 5) + 1];
  }

  const lastDay = (year, month) => dayNumber(month === 12 ? year + 1 : year, month === 12 ? 1 : month + 1, 1) - dayNumber(year, month, 1);
  const padded = (number, length) => String(number).padStart(length, "0");
  const yearText = (year) => Math.abs(year) > 9999 ? `Y${year}` : (year < 0 ? "-" : "") + padded(Math.abs(year), 4);

  /** Returns a year, month or day as EDTF writes it, with its first and its last day; null where a text is none.
   * @param {string} text */
  function dateFrom(text) {
    const found = /^(y?)(-?\d{1,15})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/.exec(fold(text).trim());
    if (!found) return null;
    const [year, month, day] = [found[2], found[3], found[4]].map((part) => part === undefined ? undefined : Number(part));
    const long = found[1] || Math.abs(year) > 9999;
    if (month === undefined) return { text: yearText(year), first: dayNumber(year, 1, 1), last: dayNumber(year, 12, 31) };
    if (long || month < 1 || month > 12) return null;
    const length = lastDay(year, month), monthText = `${yearText(year)}-${padded(month, 2)}`;
    if (day === undefined) return { text: monthText, first: dayNumber(year, month, 1), last: dayNumber(year, month, length) };
    if (day < 1 || day > length) return null;
    return { text: `${monthText}-${padded(day, 2)}`, first: dayNumber(year, month, day), last: dayNumber(year, month, day) };
  }

  /** Returns the shortest date that begins, or as an end ends, with a day. @param {number} number @param {boolean} end */
  function dateText(number, end) {
    const [year, month, day] = dateOf(number);
    if (Math.abs(year) > 9999 || (end ? month === 12 && day === 31 : month === 1 && day === 1)) return yearText(year);
    const monthText = `${yearText(year)}-${padded(month, 2)}`;
    return day === (end ? lastDay(year, month) : 1) ? monthText : `${monthText}-${padded(day, 2)}`;
  }

  // Matching: records and what is wanted of them, whatever the records come from.

  /** @typedef {{id: string, category: string, source: string[], who: string[], place: string[], tag: string[],
   *   earliest: number, latest: number, figures: boolean, differ: boolean, text: string}} Entry
   * `text` is folded, its parts on lines of their own.
   * @typedef {{q: string, category: string[], source: string, who: string, place: string, tag: string, from: string,
   *   to: string, figures: boolean, differ: boolean}} Chosen */

  const LISTS = ["source", "who", "place", "tag"];
  const nothing = () => ({ q: "", category: [], source: "", who: "", place: "", tag: "", from: "", to: "", figures: false, differ: false });
  const isSet = (value) => Array.isArray(value) ? value.length > 0 : Boolean(value);

  /** Returns one test for each filter that is set, the cheap ones first.
   * @param {Chosen} chosen @param {(name: string, value: string) => Set<string>} accepted */
  function testsOf(chosen, accepted) {
    const terms = termsOf(chosen.q), from = dateFrom(chosen.from), to = dateFrom(chosen.to);
    const categories = new Set(chosen.category);
    const tests = new Map();
    if (categories.size) tests.set("category", (entry) => categories.has(entry.category));
    for (const name of LISTS.filter((name) => chosen[name])) {
      const values = accepted(name, chosen[name]);
      tests.set(name, (entry) => entry[name].some((value) => values.has(value)));
    }
    if (from) tests.set("from", (entry) => entry.latest >= from.first);
    if (to) tests.set("to", (entry) => entry.earliest <= to.last);
    if (chosen.figures) tests.set("figures", (entry) => entry.figures);
    if (chosen.differ) tests.set("differ", (entry) => entry.differ);
    if (terms.length) tests.set("q", (entry) => terms.every((term) => entry.text.includes(term)));
    return tests;
  }

  /** Returns the ids of the entries that pass all tests; how many more there were without each one of the tests; and
   * how many there are for each value of a filter if it alone were chosen anew.
   * @param {Iterable<Entry>} entries @param {Map<string, (entry: Entry) => boolean>} tests */
  function sift(entries, tests) {
    const ids = new Set(), more = new Map(), counts = new Map(["category", ...LISTS].map((name) => [name, new Map()]));
    const count = (entry, name) => {
      const tally = counts.get(name);
      for (const value of tally ? [entry[name]].flat() : []) tally.set(value, (tally.get(value) ?? 0) + 1);
    };
    for (const entry of entries) {
      const failed = [];
      for (const [name, passes] of tests) {
        if (failed.length < 2 && !passes(entry)) failed.push(name);
      }
      if (failed.length > 1) continue;
      if (failed.length) {
        more.set(failed[0], (more.get(failed[0]) ?? 0) + 1);
        count(entry, failed[0]);
      } else {
        ids.add(entry.id);
        for (const name of counts.keys()) count(entry, name);
      }
    }
    return { ids, more, counts };
  }

  // Where the records come from: the entries that stand in the page.

  const FIELDS = "h3, .when, .kind .place, .summary, blockquote, figcaption .voice, .origin, [data-basis]";
  const articles = new Map(Array.from(document.querySelectorAll("article[data-entry]"), (article) => [article.id, article]));
  const single = (text) => text.trim().replace(/\s+/g, " ");
  const allOf = (article, selector, text) => [...new Set(Array.from(article.querySelectorAll(selector), text))];

  const fieldsOf = (article) => Array.from(article.querySelectorAll(FIELDS)).filter((field) => !field.parentElement.closest(`${FIELDS}, [data-theirs]`));

  function textOf(article) {
    const said = fieldsOf(article).map((field) => field.textContent);
    const day = article.querySelector("time")?.dateTime ?? "";
    const date = article.dataset.date ?? "";
    return [...said, ...(article.dataset.tags ?? "").split(";"), day, date].map((text) => fold(text)).join("\n");
  }

  /** @returns {Entry} */
  function entryOf(article) {
    const { earliest, latest, category = "", tags } = article.dataset;
    let text;
    return {
      id: article.id,
      category,
      source: allOf(article, "[data-source]", (cited) => cited.dataset.source),
      who: allOf(article, "[data-who]", (cited) => single(cited.dataset.who)),
      place: allOf(article, ".kind .place", (place) => single(place.textContent)),
      tag: tags ? tags.split(";").map(single) : [],
      earliest: earliest ? Number(earliest) : -Infinity,
      latest: latest ? Number(latest) : Infinity,
      figures: Boolean(article.querySelector(".figures")),
      differ: Boolean(article.querySelector(".difference")),
      get text() { return text ??= textOf(article); },
    };
  }

  let collected;
  const entries = () => collected ??= Array.from(articles.values(), entryOf);
  const valuesOf = (name) => new Set(entries().flatMap((entry) => entry[name]));

  /** Returns the values that a filter takes for what was chosen or typed: that value, else all that hold the words. */
  function accepted(name, value) {
    const values = valuesOf(name);
    if (values.has(value) || !form.elements[name]?.list) return new Set([value]);
    return new Set([...values].filter((one) => fold(one).includes(fold(value))));
  }

  // The state: in the address, in the form.

  // In milliseconds: after a pause typing is a new step back; readers are told, and entries laid out, with patience.
  const PAUSE = 1000, PATIENCE = 700;
  let chosen = nothing();
  let written = { kind: "", at: 0 };

  const boxes = () => [...form.querySelectorAll("[name=category]")];
  const field = (name) => form.querySelector(`[name="${name}"]`);
  // A key may hold a comma itself.
  const joined = (keys) => keys.map((key) => key.replace(/[%,]/g, encodeURIComponent)).join(",");

  function unescaped(key) {
    try {
      return decodeURIComponent(key);
    } catch {
      return key;
    }
  }

  /** Returns the choice that an address tells; what it tells wrongly is left out. */
  function chosenIn(address) {
    const given = new URL(address).searchParams, found = nothing();
    found.q = given.get("q") ?? "";
    const keys = new Set(boxes().map((box) => box.value));
    if (given.has("category")) found.category = [...new Set(given.get("category").split(",").map(unescaped))].filter((key) => keys.has(key));
    for (const name of LISTS.filter((name) => given.get(name) && field(name))) {
      const value = given.get(name), values = valuesOf(name);
      if ([...accepted(name, value)].some((one) => values.has(one))) found[name] = value;
    }
    for (const name of ["from", "to"]) found[name] = dateFrom(given.get(name) ?? "")?.text ?? "";
    for (const name of ["figures", "differ"]) found[name] = given.get(name) === "1" && Boolean(field(name));
    return inOrder(found);
  }

  /** Exchanges the ends of a span that is given backwards. */
  function inOrder(found) {
    const from = dateFrom(found.from), to = dateFrom(found.to);
    if (from && to && from.first > to.last) [found.from, found.to] = [found.to, found.from];
    return found;
  }

  function addressOf() {
    const url = new URL(location.href);
    for (const [name, value] of Object.entries(chosen)) {
      if (!isSet(value)) url.searchParams.delete(name);
      else url.searchParams.set(name, value === true ? "1" : Array.isArray(value) ? joined(value) : value);
    }
    url.search = url.search.replaceAll("%2C", ",");
    if (target()?.closest("main [hidden]")) url.hash = "";
    return url;
  }

  /** Puts the choice into the address; changes of one kind that follow each other quickly are one step back. */
  function write(kind) {
    const url = addressOf(), now = performance.now();
    const goesOn = kind && kind === written.kind && now - written.at < PAUSE;
    written = { kind, at: now };
    if (url.href === location.href) return;
    try {
      if (goesOn) history.replaceState(history.state, "", url);
      else history.pushState(null, "", url);
    } catch {
      // Browsers refuse very many changes in a short time; the next one is written again.
    }
  }

  function fillForm() {
    for (const box of boxes()) box.checked = chosen.category.includes(box.value);
    for (const name of ["q", ...LISTS, "from", "to"]) if (field(name)) field(name).value = chosen[name];
    for (const name of ["figures", "differ"]) if (field(name)) field(name).checked = chosen[name];
    for (const name of ["from", "to"]) field(name)?.removeAttribute("aria-invalid");
  }

  /** Takes what one field of the form says into the choice. */
  function take(changed) {
    const { name, value } = changed;
    if (name === "category") chosen.category = boxes().filter((box) => box.checked).map((box) => box.value);
    else if (name === "figures" || name === "differ") chosen[name] = changed.checked;
    else if (name === "from" || name === "to") takeDate(changed);
    else chosen[name] = single(value);
  }

  function takeDate(changed) {
    const date = dateFrom(changed.value);
    changed.setAttribute("aria-invalid", String(Boolean(changed.value.trim()) && !date));
    chosen[changed.name] = date?.text ?? "";
    if (!date) return;
    inOrder(chosen);
    for (const name of ["from", "to"]) if (chosen[name]) field(name).value = chosen[name];
  }

  // Drawing.

  const part = (name) => form.querySelector(`[data-find-${name}]`);
  const none = document.querySelector("[data-find-nothing]");
  const phrase = (name, values) => form.dataset[name].replace(/\{(\w+)\}/g, (_, key) => values[key]);
  const countOf = (shown) => phrase("some", { shown });
  const setText = (element, text) => { if (element.textContent !== text) element.textContent = text; };
  const labelIn = (element) => single(element.closest("label").querySelector("[data-label]").textContent);

  const LABELS = {
    q: (value) => phrase("words", { words: value }),
    category: (key) => labelIn(boxes().find((box) => box.value === key)),
    from: (date) => phrase("from", { date }),
    to: (date) => phrase("to", { date }),
    figures: () => labelIn(field("figures")),
    differ: () => labelIn(field("differ")),
  };

  function labelOf(name, value) {
    if (LABELS[name]) return LABELS[name](value);
    const options = field(name).list?.options ?? field(name).options;
    const option = [...options].find((one) => one.value === value);
    return option?.dataset.label ?? option?.label ?? value;
  }

  /** Returns each filter that is set, each category by itself. */
  function allSet() {
    const values = Object.entries(chosen).filter(([, value]) => isSet(value));
    return values.flatMap(([name, value]) => [value].flat().map((one) => ({ name, value: one, label: labelOf(name, one) })));
  }

  /** Takes filters away from the choice. @param {{name: string, value: *}[]} filters */
  function takeAway(filters) {
    for (const { name, value } of filters) {
      const left = nothing()[name];
      chosen[name] = Array.isArray(left) ? chosen[name].filter((one) => one !== value) : left;
    }
    fillForm();
    change();
  }

  const late = new Set();
  const FEW = 10;

  /** Shows or hides an entry. One that comes back is laid out at once only where it is in view: hundreds take long. */
  function show(article, wanted) {
    article.hidden = !wanted;
    article.toggleAttribute("data-late", wanted);
    if (wanted && late.add(article).size === 1) setTimeout(() => layOut(), PATIENCE);
    if (!wanted) late.delete(article);
  }

  /** Lays out what came back, a few entries at a time; all of it where a place in the page is about to be looked for. */
  function layOut(all = false) {
    for (const article of [...late].slice(0, all ? late.size : FEW)) {
      article.removeAttribute("data-late");
      late.delete(article);
    }
    if (late.size) setTimeout(() => layOut(), 50);
  }

  function drawEntries(ids) {
    const sections = new Map();
    for (const [id, article] of articles) {
      const hidden = Boolean(ids) && !ids.has(id), section = article.parentElement;
      if (article.hidden !== hidden) show(article, !hidden);
      sections.set(section, (sections.get(section) ?? true) && hidden);
    }
    const links = new Map(Array.from(document.querySelectorAll(".years a"), (link) => [unescaped(link.hash.slice(1)), link]));
    for (const [section, hidden] of sections) {
      if (section.hidden !== hidden) section.hidden = hidden;
      const link = links.get(section.getAttribute("aria-labelledby"));
      if (link) link.parentElement.hidden = hidden;
    }
  }

  function drawCounts(counts) {
    for (const box of boxes()) {
      const number = counts.get("category").get(box.value) ?? 0;
      setText(box.closest("label").querySelector("[data-number]"), String(number));
      box.closest("label").toggleAttribute("data-none", !number);
    }
    for (const option of form.querySelectorAll("select[data-list] option[data-label]")) {
      const number = counts.get(option.parentElement.name).get(option.value) ?? 0;
      setText(option, `${option.dataset.label} (${number})`);
    }
  }

  function itemWith(text, spoken, pressed) {
    const item = document.createElement("li"), button = document.createElement("button");
    button.type = "button";
    button.textContent = text;
    if (spoken) button.setAttribute("aria-label", spoken);
    button.addEventListener("click", pressed);
    item.append(button);
    return item;
  }

  /** Shows the filters that are set as words; a press on one takes it away. */
  function drawSet(set) {
    const items = set.map((one, place) => {
      const item = itemWith(one.label, phrase("remove", { filter: one.label }), () => {
        takeAway([one]);
        (part("set").children[place] ?? part("set").lastChild)?.firstChild.focus({ preventScroll: true });
        if (!part("set").children.length) part("count").focus({ preventScroll: true });
      });
      item.dataset.name = one.name;
      return item;
    });
    part("set").replaceChildren(...items);
    part("set").hidden = !set.length;
    for (const button of form.querySelectorAll("[data-find-clear]")) button.hidden = !set.length;
  }

  function drawWords(set, shown) {
    const filters = set.map((one) => one.label).reduce((before, filter) => before && phrase("and", { filters: before, filter }) || filter, "");
    setText(part("count"), set.length ? countOf(shown) : form.dataset.all);
    setText(part("close"), set.length ? phrase("show", { shown }) : form.dataset.showAll);
    const inside = set.filter((one) => one.name !== "q").length;
    if (part("open")) setText(part("open"), inside ? phrase("openSet", { number: inside }) : form.dataset.open);
    setText(part("printed"), set.length ? phrase("printed", { count: countOf(shown), filters }) : "");
  }

  /** Where nothing is left: says which filter to do without, and what that leaves. */
  function drawNothing(set, more, empty) {
    none.hidden = !empty;
    const items = [...(empty ? more : [])].map(([name, shown]) => {
      const filters = set.filter((one) => one.name === name);
      const filter = filters.map((one) => one.label).join(", ");
      return itemWith(phrase("without", { filter, count: countOf(shown) }), "", () => {
        takeAway(filters);
        part("count").focus();
      });
    });
    none.querySelector("[data-find-ways]").replaceChildren(...items);
  }

  // The words that were found: ranges that the browser paints, without a change to the page.

  const canMark = typeof Highlight === "function" && Boolean(CSS.highlights);
  const SLICE = 8;
  let marking = 0;

  /** Returns the ranges of a field in which a term stands. */
  function rangesIn(element, terms) {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT), nodes = [];
    for (let at = 0; walker.nextNode(); at += walker.currentNode.length) nodes.push({ node: walker.currentNode, at });
    const text = nodes.map(({ node }) => node.data).join(""), starts = [], folded = fold(text, starts);
    const placed = (at, end) => {
      const { node, at: start } = nodes.findLast((one) => end ? one.at < at : one.at <= at);
      return [node, at - start];
    };
    const ranges = [];
    for (const term of terms) {
      for (let at = folded.indexOf(term); at >= 0; at = folded.indexOf(term, at + term.length)) {
        let end = at + term.length;
        while (end < starts.length && starts[end] === starts[end - 1]) end++;
        const [startContainer, startOffset] = placed(starts[at], false);
        const [endContainer, endOffset] = placed(end < starts.length ? starts[end] : text.length, true);
        // A live range would be moved at every change of the page, thousands of them each time.
        ranges.push(new StaticRange({ startContainer, startOffset, endContainer, endOffset }));
      }
    }
    return ranges;
  }

  /** Marks the words in the entries that are shown, a few entries at a time, so that typing never waits. */
  function mark(ids) {
    const turn = ++marking, terms = termsOf(chosen.q);
    if (!canMark) return;
    const found = new Highlight();
    CSS.highlights.set("found", found);
    if (!terms.length) return;
    const waiting = [...ids].reverse();
    const goOn = () => {
      const until = performance.now() + SLICE;
      while (turn === marking && waiting.length && performance.now() < until) {
        const fields = fieldsOf(articles.get(waiting.pop()));
        for (const range of fields.flatMap((element) => rangesIn(element, terms))) found.add(range);
      }
      if (turn === marking && waiting.length) setTimeout(goOn);
    };
    goOn();
  }

  // What is said, to readers who do not see it and to other scripts.

  const status = document.querySelector("[data-status]");
  let saying = 0;

  function say(text, wait = 0) {
    clearTimeout(saying);
    saying = setTimeout(() => { status.textContent = text; }, wait);
  }

  let selected = null;

  function tell() {
    const from = dateFrom(chosen.from)?.first ?? null, to = dateFrom(chosen.to)?.last ?? null;
    const detail = { ids: selected && new Set(selected), from, to, categories: [...chosen.category] };
    document.dispatchEvent(new CustomEvent("dateline:selection", { detail }));
  }

  /** Draws the page as the choice has it. */
  function apply() {
    const tests = testsOf(chosen, accepted), { ids, more, counts } = sift(entries(), tests), set = allSet();
    selected = tests.size ? ids : null;
    drawEntries(selected);
    drawCounts(counts);
    drawSet(set);
    drawWords(set, ids.size);
    drawNothing(set, more, !ids.size);
    mark(ids);
  }

  /** Follows a change of the choice by the reader; `kind` names those that may follow each other quickly. */
  function change(kind = "") {
    apply();
    write(kind);
    tell();
    say(part("count").textContent, kind === "typing" ? PATIENCE : 100);
  }

  function clear() {
    chosen = nothing();
    fillForm();
    change();
  }

  // Ways to an entry.

  function target() {
    const id = unescaped(location.hash.slice(1));
    return id ? document.getElementById(id) : null;
  }

  /** Shows what the address points to, where a filter hides it. */
  function reveal() {
    const hidden = target()?.closest("main [hidden]");
    if (!hidden) return;
    chosen = nothing();
    fillForm();
    apply();
    const url = addressOf();
    url.hash = location.hash;
    history.replaceState(history.state, "", url);
    written.kind = "";
    tell();
    say(form.dataset.cleared);
    layOut(true);
    target().scrollIntoView();
  }

  function go(id) {
    const article = articles.get(id);
    if (!article) return;
    const hash = `#${encodeURIComponent(id)}`;
    // Only a change of the fragment makes the browser take the entry for the one that was led to.
    if (location.hash !== hash) location.hash = hash;
    reveal();
    layOut(true);
    article.scrollIntoView();
    article.focus({ preventScroll: true });
  }

  /** Keeps the filters when a link of this page leads to an entry of this page. */
  function follow(event) {
    const link = event.target.closest?.("a[href]");
    if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (!link || link.getAttribute("target")) return;
    const url = new URL(link.getAttribute("href"), location.href), here = new URL(location.href);
    const page = (address) => address.origin + address.pathname.replace(/\/index\.html$/, "/");
    const id = unescaped(url.hash.slice(1));
    if (page(url) !== page(here) || url.search || !articles.has(id)) return;
    event.preventDefault();
    go(id);
  }

  function choose({ detail }) {
    const asked = detail ?? {};
    if ("from" in asked) chosen.from = Number.isFinite(asked.from) ? dateText(asked.from, false) : "";
    if ("to" in asked) chosen.to = Number.isFinite(asked.to) ? dateText(asked.to, true) : "";
    if ("categories" in asked) {
      const wanted = new Set(asked.categories ?? []);
      chosen.category = boxes().map((box) => box.value).filter((key) => wanted.has(key));
    }
    if (!["from", "to", "categories"].some((name) => name in asked)) return tell();
    inOrder(chosen);
    fillForm();
    change("choose");
  }

  // The form: beside the search on a wide page, in a sheet on a narrow one.

  const [sheet, rest, open, moreButton] = ["sheet", "rest", "open", "more"].map(part);
  const homes = Array.from(form.querySelectorAll("[data-find-home]"), (home) => ({ home, child: home.firstElementChild }));
  let opened = false, sorted = false;

  /** Sorts the options by the rules of the site's language, which the browser knows. */
  function sortOptions() {
    if (sorted) return;
    sorted = true;
    const compare = new Intl.Collator(document.documentElement.lang, { numeric: true }).compare;
    for (const list of form.querySelectorAll("select[data-list]")) {
      const value = list.value, options = [...list.options].slice(1);
      list.append(...options.sort((one, other) => compare(one.dataset.label, other.dataset.label)));
      list.value = value;
    }
    for (const input of form.querySelectorAll("input[data-list]")) {
      if (input.list.options.length) continue;
      const options = [...valuesOf(input.name)].sort(compare).map((value) => new Option(value, value));
      input.list.append(...options);
    }
  }

  function arrange() {
    if (!open) return;
    const narrow = getComputedStyle(open).display !== "none";
    if (!narrow && sheet.open) sheet.close();
    for (const { home, child } of homes) {
      const place = narrow ? part("slot") : home;
      if (child.parentElement !== place) place.append(child);
    }
    if (!rest) return;
    rest.hidden = !narrow && !opened;
    moreButton.setAttribute("aria-expanded", String(!rest.hidden));
    if (!rest.hidden) sortOptions();
  }

  function showMore(wanted) {
    opened = wanted;
    arrange();
  }

  function listenToForm() {
    form.addEventListener("input", ({ target: changed }) => {
      if (!(changed.name === "q" || changed.list)) return;
      take(changed);
      change("typing");
    });
    form.addEventListener("change", ({ target: changed }) => {
      if (changed.name === "q" || changed.list) {
        written.kind = "";
        return;
      }
      take(changed);
      change();
    });
    form.addEventListener("submit", (event) => event.preventDefault());
    field("q").addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing) return;
      event.preventDefault();
      written.kind = "";
      const first = [...articles.values()].find((article) => !article.hidden);
      layOut(true);
      first?.focus({ preventScroll: true });
      first?.scrollIntoView();
    });
  }

  function listenToButtons() {
    for (const button of document.querySelectorAll("[data-find-clear]")) {
      button.addEventListener("click", () => {
        clear();
        if (!sheet.open) part("count").focus({ preventScroll: true });
      });
    }
    moreButton?.addEventListener("click", () => showMore(!opened));
    open?.addEventListener("click", () => sheet.showModal());
    part("close").addEventListener("click", () => {
      sheet.close();
      form.scrollIntoView();
    });
    sheet.addEventListener("click", (event) => { if (event.target === sheet) sheet.close(); });
    rest?.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.isComposing || sheet.open) return;
      showMore(false);
      moreButton.focus();
    });
  }

  function listenToPage() {
    addEventListener("popstate", () => {
      const before = JSON.stringify(chosen), now = chosenIn(location.href);
      written.kind = "";
      if (JSON.stringify(now) !== before) {
        chosen = now;
        fillForm();
        apply();
        tell();
        say(part("count").textContent);
      }
      reveal();
    });
    addEventListener("hashchange", reveal);
    addEventListener("pageshow", (event) => { if (event.persisted) fillForm(); });
    document.addEventListener("click", follow);
    document.addEventListener("dateline:choose", choose);
    document.addEventListener("dateline:go", (event) => {
      if (!articles.has(event.detail?.id)) return;
      event.preventDefault();
      go(event.detail.id);
    });
  }

  /** Reads the texts while the browser has nothing else to do, so that the first letter is answered at once. */
  function readAhead() {
    const waiting = [...articles.keys()].map((_, n) => n).reverse();
    const idle = window.requestIdleCallback ?? ((then) => setTimeout(() => then({ timeRemaining: () => SLICE }), 50));
    const goOn = (deadline) => {
      const until = performance.now() + Math.min(SLICE, deadline.timeRemaining());
      while (waiting.length && performance.now() < until) void entries()[waiting.pop()].text;
      if (waiting.length) idle(goOn);
    };
    idle(goOn);
  }

  listenToForm();
  listenToButtons();
  listenToPage();
  form.hidden = false;
  arrange();
  new ResizeObserver(arrange).observe(form);
  chosen = chosenIn(location.href);
  fillForm();
  if (Object.entries(chosen).some(([name, value]) => isSet(value) && ![ "q", "category" ].includes(name))) showMore(true);
  if (Object.values(chosen).some(isSet)) apply();
  else drawWords([], articles.size);
  reveal();
  // Scripts that come after this one listen by then.
  addEventListener("DOMContentLoaded", () => { if (selected) tell(); });
  readAhead();
})();
