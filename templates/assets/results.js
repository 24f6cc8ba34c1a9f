// The entries that stand in the page: read as records, shown and hidden, and the words marked that were found in them.
(() => {
  "use strict";

  const use = (name) => {
    let part;
    document.dispatchEvent(new CustomEvent("dateline:use", { detail: { name, give: (given) => { part = given; } } }));
    return part;
  };
  const { fold, placeOf } = use("matching");

  const articles = new Map(Array.from(document.querySelectorAll("article[data-entry]"), (article) => [article.id, article]));
  const single = (text) => text.trim().replace(/\s+/g, " ");

  // What takes long is done for so many milliseconds at a time, and what can wait is done after so many at the latest.
  const SLICE = 8, SOON = 100;
  const later = window.requestIdleCallback ?? ((work) => setTimeout(work));

  /** Does a work for many things without keeping anybody waiting, for as long as it is wanted. */
  function inSlices(things, work, { later = setTimeout, wanted = () => true } = {}) {
    const waiting = [...things].reverse();
    const goOn = () => {
      const until = performance.now() + SLICE;
      while (wanted() && waiting.length && performance.now() < until) work(waiting.pop());
      if (wanted() && waiting.length) later(goOn);
    };
    goOn();
  }

  // Records.

  const FIELDS = "h3, .when, .kind .place, .summary, blockquote, figcaption .voice, .origin, [data-basis]";
  const fieldsOf = (article) => Array.from(article.querySelectorAll(FIELDS)).filter((field) => !field.parentElement.closest(`${FIELDS}, [data-theirs]`));
  const allOf = (article, selector, text) => [...new Set(Array.from(article.querySelectorAll(selector), text))];

  function textOf(article) {
    const { tags = "", date = "" } = article.dataset;
    const said = fieldsOf(article).map((field) => field.textContent);
    return [...said, ...tags.split(";"), article.querySelector("time")?.dateTime ?? "", date].map((text) => fold(text)).join("\n");
  }

  /** @returns {Entry} as matching.js has it */
  function recordOf(article) {
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
  const records = () => collected ??= Array.from(articles.values(), recordOf);

  // What is shown. In milliseconds: entries that come, or come back, are laid out with patience, for hundreds take long.
  const PATIENCE = 700, PAUSE = 50, FEW = 10;
  const late = new Set(document.querySelectorAll("article[data-late]"));

  /** Shows or hides an entry. One that comes back is laid out at once only where it is in view. */
  function show(article, wanted) {
    article.hidden = !wanted;
    article.toggleAttribute("data-late", wanted);
    if (wanted && late.add(article).size === 1) setTimeout(layOut, PATIENCE, FEW);
    if (!wanted) late.delete(article);
  }

  /** Lays out what came back, a few entries at a time; all of it where a place in the page is about to be looked for. */
  function layOut(few = Infinity) {
    for (const article of [...late].slice(0, few)) {
      article.removeAttribute("data-late");
      late.delete(article);
    }
    if (late.size) setTimeout(layOut, PAUSE, FEW);
  }

  /** Shows these entries, or all, with the years that they stand in. @param {Set<string> | null} ids */
  function draw(ids) {
    const years = new Map();
    for (const [id, article] of articles) {
      const hidden = Boolean(ids) && !ids.has(id), year = article.parentElement;
      if (article.hidden !== hidden) show(article, !hidden);
      years.set(year, (years.get(year) ?? true) && hidden);
    }
    const links = new Map(Array.from(document.querySelectorAll(".years a"), (link) => [link.getAttribute("href"), link]));
    for (const [year, hidden] of years) {
      year.hidden = hidden;
      const link = links.get(`#${year.getAttribute("aria-labelledby")}`);
      if (link) link.parentElement.hidden = hidden;
    }
  }

  // The words that were found: ranges that the browser paints, without a change to the page.

  let marking = 0;

  /** Returns the ranges of a field in which a term stands. */
  function rangesIn(element, terms) {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT), nodes = [];
    for (let at = 0; walker.nextNode(); at += walker.currentNode.length) nodes.push({ node: walker.currentNode, at });
    const text = nodes.map(({ node }) => node.data).join(""), starts = [], folded = fold(text, starts), ranges = [];
    for (const term of terms) {
      const { length } = term.words;
      for (let at = placeOf(folded, term); at >= 0; at = placeOf(folded, term, at + length)) {
        let end = at + length;
        while (end < starts.length && starts[end] === starts[end - 1]) end++;
        const first = starts[at], last = starts[end] ?? text.length;
        const from = nodes.findLast((one) => one.at <= first), to = nodes.findLast((one) => one.at < last);
        // A live range would be moved at every change of the page, thousands of them each time.
        ranges.push(new StaticRange({
          startContainer: from.node, startOffset: first - from.at, endContainer: to.node, endOffset: last - to.at,
        }));
      }
    }
    return ranges;
  }

  /** Marks the terms in the entries that are shown, once these have been seen: until then the marks stay as they are.
   * @param {Set<string>} ids @param {Term[]} terms */
  function mark(ids, terms) {
    const turn = ++marking;
    if (typeof Highlight !== "function" || !CSS.highlights) return;
    const found = new Highlight();
    if (!terms.length) return void CSS.highlights.set("found", found);
    const markIn = (id) => {
      for (const field of fieldsOf(articles.get(id))) for (const range of rangesIn(field, terms)) found.add(range);
    };
    later(() => {
      if (turn !== marking) return;
      CSS.highlights.set("found", found);
      inSlices(ids, markIn, { wanted: () => turn === marking });
    }, { timeout: SOON });
  }

  const results = { articles, single, records, draw, layOut, mark, rangesIn, later };
  document.addEventListener("dateline:use", ({ detail }) => { if (detail.name === "results") detail.give(results); });
  document.addEventListener("dateline:settle", () => layOut());

  // The texts are read while the browser has nothing else to do, so that the first letter is answered at once.
  later(() => layOut(FEW));
  if (document.querySelector("[data-find]:not([data-find-parts])")) later(() => inSlices(records(), ({ text }) => text, { later }));
})();
