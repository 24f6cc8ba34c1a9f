// The list of the entries that were found among many: in place of the entries of the page while anything is chosen.
(() => {
  "use strict";

  const use = (name) => {
    let part;
    document.dispatchEvent(new CustomEvent("dateline:use", { detail: { name, give: (given) => { part = given; } } }));
    return part;
  };
  const { fold, placeOf, termsOf } = use("matching"), { rangesIn, later } = use("results"), parts = use("parts");

  const form = document.querySelector("[data-find]"), place = document.querySelector("[data-found]");
  const list = place.querySelector("[data-found-list]"), moreButton = place.querySelector("[data-found-more]");
  const [yearTemplate, entryTemplate] = ["year", "entry"].map((name) => document.querySelector(`template[data-found-${name}]`).content.firstElementChild);
  const part = (name) => form.querySelector(`[data-find-${name}]`);
  const { root } = document.documentElement.dataset;
  const main = place.closest("main");

  // How many entries are listed at a time, how many of them are drawn at once, and how many values are suggested; in
  // milliseconds, how soon new parts are searched and other entries drawn, and how many times as long as the last search
  // took.
  const LISTED = 100, AT_ONCE = 10, SUGGESTED = 100, SOON = 120, TIMES = 3;

  // What an entry of the list shows in any case.
  const FIELDS = "h3, .place, .when";

  let asked = null, timer = 0, lasting = 0, shown = LISTED, drawn = [], terms = [], marked = null;
  // Where the reader was in the list who comes back to it.
  let back = null;

  const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, key) => values[key]);
  const setText = (element, text) => { if (element.textContent !== text) element.textContent = text; };

  // In place of the page's entries.

  /** Yields what the list stands for: the page's entries, and the ways to them. */
  function* others() {
    for (let one = form.nextElementSibling; one && one !== main; one = one.nextElementSibling) yield one;
    for (const one of main.children) if (one !== place && !one.matches("[data-find-nothing], template")) yield one;
  }

  function cover(wanted) {
    if (place.hidden !== wanted) return;
    place.hidden = !wanted;
    for (const one of others()) one.hidden = wanted;
  }

  // The list.

  const keyOf = ([shelf, entry]) => `${shelf.number}:${entry}`;

  /** Returns the first entries that were found. */
  function firstOf(found, number) {
    const rows = [];
    for (const [shelf, entries] of found) {
      for (const entry of entries.subarray(0, number - rows.length)) rows.push([shelf, entry]);
      if (rows.length === number) break;
    }
    return rows;
  }

  function yearWith(year) {
    const section = yearTemplate.cloneNode(true), heading = section.querySelector("h2");
    heading.textContent = year;
    heading.id = `found.year.${list.children.length}`;
    section.setAttribute("aria-labelledby", heading.id);
    section.dataset.year = year;
    list.append(section);
    return section;
  }

  /** Returns an entry of the list, as the timeline shows one. */
  function articleOf({ id, title, when, datetime, kind, color, glyph, href, place: where }) {
    const article = entryTemplate.cloneNode(true), [whenPart, link, placePart] = [".when", "h3 a", ".place"].map((one) => article.querySelector(one));
    const time = datetime ? document.createElement("time") : whenPart;
    time.textContent = when;
    if (datetime) {
      time.dateTime = datetime;
      whenPart.append(time);
    }
    article.querySelector(".marker").textContent = glyph;
    if (color) article.dataset.color = color;
    setText(article.querySelector("[data-kind]"), kind);
    setText(placePart, where);
    placePart.hidden = !where;
    placePart.parentElement.hidden = !kind && !where;
    link.textContent = title;
    link.href = `${root}${href}`;
    [whenPart.id, link.parentElement.id] = [`found.${id}.when`, `found.${id}.title`];
    article.setAttribute("aria-labelledby", `${whenPart.id} ${link.parentElement.id}`);
    return article;
  }

  let answered = null;

  /** Shows in an entry the words by which it was found, where they stand in its texts alone. */
  function explain(article, row) {
    const seen = fold(Array.from(article.querySelectorAll(FIELDS), (field) => field.textContent).join(" "));
    const unseen = terms.filter((term) => placeOf(seen, term) < 0), words = article.querySelector("[data-words]");
    setText(words, unseen.length ? parts.wordsAround(...row, unseen) : "");
    words.hidden = !words.textContent;
  }

  /** Draws the first entries: what can be seen at once, and the rest when that has been seen. What stands there already
   * stays, and what comes after it is added. */
  function draw(answer, atOnce = AT_ONCE) {
    const { found, size } = answered = answer, rows = firstOf(found, shown);
    if (!drawn.every((key, number) => rows[number] && key === keyOf(rows[number]))) {
      list.replaceChildren();
      drawn = [];
    }
    const kept = [...list.querySelectorAll("article")];
    kept.forEach((article, number) => explain(article, rows[number]));
    mark(kept, true);
    addFrom(rows, back ? rows.length : atOnce);
    const left = Math.min(size - rows.length, LISTED);
    moreButton.hidden = left <= 0;
    setText(moreButton, filled(moreButton.dataset.more, { number: left }));
  }

  /** Adds the next entries to the list, and the others later, unless there is another answer by then; these are laid out
   * when they come near the window. */
  function addFrom(rows, number, isLate = false) {
    const own = answered, added = rows.slice(drawn.length, drawn.length + number);
    mark(added.map((row) => {
      const one = parts.entryOf(...row), article = articleOf(one);
      article.toggleAttribute("data-late", isLate);
      explain(article, row);
      const last = list.lastElementChild, section = last?.dataset.year === one.year ? last : yearWith(one.year);
      section.append(article);
      return article;
    }));
    drawn.push(...added.map(keyOf));
    if (drawn.length < rows.length) later(() => { if (answered === own) addFrom(rows, AT_ONCE, true); }, { timeout: SOON });
  }

  /** Marks the terms in entries of the list; with `anew`, in no others. */
  function mark(entries, anew = false) {
    if (typeof Highlight !== "function" || !CSS.highlights) return;
    if (anew || !marked) CSS.highlights.set("found", marked = new Highlight());
    for (const entry of terms.length ? entries : []) {
      for (const field of entry.querySelectorAll(`${FIELDS}, [data-words]`)) for (const range of rangesIn(field, terms)) marked.add(range);
    }
  }

  /** Lists more entries, and leads to the first of them. */
  function more() {
    const before = shown;
    shown += LISTED;
    draw(answered, shown);
    list.querySelectorAll("article")[before]?.focus();
  }

  // Searches.

  async function search() {
    clearTimeout(timer);
    timer = 0;
    const { choice, tell } = asked, began = performance.now(), state = parts.state();
    if (!state.hasHeads && !state.isWhole) return;
    const answer = await parts.sift(choice);
    if (!answer) return;
    lasting = performance.now() - began;
    terms = termsOf(choice.q);
    cover(true);
    draw(answer);
    tell(answer, state.isWhole);
    comeBack(state.isWhole);
  }

  /** Puts the reader who comes back where he was. */
  function comeBack(isWhole) {
    if (!back) return;
    if (list.offsetHeight > back.top || isWhole) {
      scrollTo({ top: back.top, behavior: "instant" });
      back = null;
    }
  }

  /** Looks for what is chosen, in what has come and then in what comes; tells each answer, and whether it is whole. */
  function look(choice, tell) {
    const kept = history.state?.found;
    asked = { choice, tell };
    back = kept?.search === location.search ? kept : null;
    shown = back?.shown ?? LISTED;
    parts.want(Boolean(choice.q));
    drawState();
    search();
  }

  function leave() {
    asked = answered = back = null;
    clearTimeout(timer);
    timer = 0;
    parts.stop();
    cover(false);
    list.replaceChildren();
    drawn = [];
    mark([], true);
    drawState();
  }

  // What is said of the parts.

  function drawState() {
    const { done, all, failed, isWhole, left } = parts.state(), arriving = part("arriving"), deep = part("deep");
    setText(arriving, all && !isWhole ? filled(arriving.dataset.arriving, { done, all }) : "");
    part("failed").hidden = !failed;
    deep.hidden = !left || !asked;
    setText(deep.firstElementChild, filled(deep.dataset.deep, { size: left }));
    form.toggleAttribute("data-ready", isWhole);
  }

  function partsChanged() {
    drawState();
    if (parts.state().isWhole && document.activeElement?.form === form) suggest({ target: document.activeElement });
    if (asked && !timer) timer = setTimeout(search, parts.state().isWhole ? 0 : Math.max(SOON, TIMES * lasting));
  }

  /** Suggests the values of a filter that is typed into. */
  function suggest({ target: { name, list: options, value, dataset } }) {
    if (!options || !("list" in dataset)) return;
    const { compare } = new Intl.Collator(document.documentElement.lang, { numeric: true });
    const found = parts.suggestions(name, value, SUGGESTED).sort(([, one], [, other]) => compare(one, other));
    options.replaceChildren(...found.map(([own, label]) => new Option(label, own)));
  }

  /** Keeps where the reader is in the list, for when he comes back to it. */
  function keep() {
    if (asked && !back) history.replaceState({ ...history.state, found: { search: location.search, shown, top: scrollY } }, "");
  }

  function begin() {
    parts.want(false);
    drawState();
  }

  parts.whenChanged(partsChanged);
  moreButton.addEventListener("click", more);
  part("deep").firstElementChild.addEventListener("click", () => {
    parts.want(true, true);
    partsChanged();
  });
  for (const name of ["focusin", "input"]) form.addEventListener(name, suggest);
  place.addEventListener("click", keep);
  document.addEventListener("scrollend", keep);

  const found = { begin, look, leave, again: parts.again, labelOf: parts.labelOf };
  document.addEventListener("dateline:use", ({ detail }) => { if (detail.name === "found") detail.give(found); });
})();
