// Search and filters of the timeline. The state is the address; the form and the page are functions of it.
//
// Other scripts are spoken to by events on `document`: `dateline:selection` tells what is chosen, `dateline:choose`
// asks for a choice (with an empty detail: only to be told), `dateline:go` leads to an entry, `dateline:settle` asks for
// the layout of all entries, as a place in the page is about to be measured, and `dateline:said` tells that something is
// said: what was about to be said of an earlier choice is not said over it.
(() => {
  "use strict";

  const form = document.querySelector("[data-find]");
  if (!form) return;

  const use = (name) => {
    let part;
    document.dispatchEvent(new CustomEvent("dateline:use", { detail: { name, give: (given) => { part = given; } } }));
    return part;
  };
  const { LISTS, fold, termsOf, dateFrom, dateText, testsOf, sift } = use("matching");
  const { articles, single, records, draw, layOut, mark } = use("results");

  // In milliseconds: after a pause typing is a new step back; readers who listen are told when it rests.
  const PAUSE = 1000, PATIENCE = 700, SOON = 100;
  // In characters: a longer search is no reader's, and every one of its letters would be looked for.
  const LONGEST = 500;
  // An entry whose end is less than this many pixels below the top of the window is read already.
  const READ = 80;
  const nothing = () => ({ q: "", category: [], source: "", who: "", place: "", tag: "", from: "", to: "", figures: false, differ: false });
  const ENDS = ["from", "to"];
  const isSet = (value) => Array.isArray(value) ? value.length > 0 : Boolean(value);

  let chosen = nothing();
  let selected = null;
  // A timeline of many entries is searched in parts, by scripts that come when the reader reaches for the form.
  const isLarge = "findParts" in form.dataset;
  let reached = null, large = null, days = null;
  let written = { kind: "", at: 0 };

  const part = (name) => form.querySelector(`[data-find-${name}]`);
  const field = (name) => form.elements[name];
  const boxes = () => [...form.querySelectorAll("[name=category]")];
  const valuesOf = (name) => new Set(records().flatMap((record) => record[name]));

  /** Returns the values that a filter takes for what was chosen or typed: that value, else all that hold the words. */
  function accepted(name, value) {
    const values = valuesOf(name);
    if (values.has(value) || !field(name)?.list) return new Set([value]);
    return new Set([...values].filter((one) => fold(one).includes(fold(value))));
  }

  /** Returns whether a filter can take a value; which ones entries have in other parts is not known until those come. */
  function isKnown(name, value) {
    if (isLarge) return Boolean(field(name).list) || [...field(name).options].some((option) => option.value === value);
    const values = valuesOf(name);
    return [...accepted(name, value)].some((one) => values.has(one));
  }

  /** Exchanges the ends of a span that is given backwards, and says whether it was. */
  function putInOrder(choice) {
    const from = dateFrom(choice.from), to = dateFrom(choice.to), backwards = Boolean(from && to && from.first > to.last);
    if (backwards) [choice.from, choice.to] = [choice.to, choice.from];
    return backwards;
  }

  /** Returns a text cut to what is searched for at most, between two characters. */
  const cut = (text) => text.slice(0, LONGEST).replace(/[\ud800-\udbff]$/, "");

  // The state in the address.

  // A key may hold a comma itself.
  const joined = (keys) => keys.map((key) => key.replace(/[%,]/g, encodeURIComponent)).join(",");

  function unescaped(key) {
    try {
      return decodeURIComponent(key);
    } catch {
      return key;
    }
  }

  /** Returns the choice that the address tells; what it tells wrongly is left out. */
  function chosenHere() {
    const given = new URL(location.href).searchParams, found = nothing();
    const text = (name) => cut(given.get(name) ?? "");
    const keys = new Set(text("category").split(",").map(unescaped));
    if (given.has("category")) found.category = boxes().map((box) => box.value).filter((key) => keys.has(key));
    found.q = text("q");
    for (const name of LISTS.filter((name) => text(name) && field(name))) {
      if (isKnown(name, text(name))) found[name] = text(name);
    }
    for (const end of ENDS) found[end] = dateFrom(text(end))?.text ?? "";
    for (const name of ["figures", "differ"]) found[name] = text(name) === "1" && Boolean(field(name));
    putInOrder(found);
    return found;
  }

  function target() {
    const id = unescaped(location.hash.slice(1));
    return id ? document.getElementById(id) : null;
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

  // The state in the form.

  function fillForm() {
    for (const input of form.elements) {
      const value = chosen[input.name];
      if (value === undefined) continue;
      if (input.type === "checkbox") input.checked = Array.isArray(value) ? value.includes(input.value) : value;
      else input.value = value;
    }
    for (const end of ENDS) setFault(end);
  }

  /** Takes what one field of the form says into the choice. */
  function take({ name, type, checked, value }) {
    if (name === "category") chosen.category = boxes().filter((box) => box.checked).map((box) => box.value);
    else if (name === "from" || name === "to") takeDate(name, value);
    else chosen[name] = type === "checkbox" ? checked : single(cut(value));
  }

  /** Says what is wrong with a date, or takes that back. */
  function setFault(end, text = "", isWrong = false) {
    if (!field(end)) return;
    field(end).setAttribute("aria-invalid", String(isWrong));
    setText(document.getElementById(`find.${end}.fault`), text);
  }

  function takeDate(name, value) {
    const date = dateFrom(value), words = single(value), isWrong = Boolean(words) && !date;
    chosen[name] = date?.text ?? "";
    const exchanged = putInOrder(chosen);
    for (const end of ENDS) {
      if (chosen[end]) field(end).value = chosen[end];
      if (end === name || field(end).ariaInvalid !== "true") setFault(end);
    }
    if (isWrong) setFault(name, phrase("wrong", { field: single(field(name).labels[0].textContent), words: cut(words) }), true);
    else if (exchanged) setFault(name, form.dataset.exchanged);
    document.getElementById(`find.${name}.fault`).scrollIntoView({ block: "nearest" });
  }

  /** Returns what is wrong with the dates, and how one is written. */
  function faults() {
    const found = ENDS.map((end) => document.getElementById(`find.${end}.fault`)?.textContent).filter(Boolean);
    if (ENDS.some((end) => field(end)?.ariaInvalid === "true")) found.push(part("dates").textContent);
    return found;
  }

  // The state in words. What is said comes from the form, in the language of the site.

  const none = document.querySelector("[data-find-nothing]");
  const phrase = (name, values) => form.dataset[name].replace(/\{(\w+)\}/g, (_, key) => values[key]);
  const { format } = new Intl.NumberFormat(document.documentElement.lang, { numberingSystem: "latn" });
  const countOf = (shown) => phrase("some", { shown: format(shown) });
  const setText = (element, text) => { if (element && element.textContent !== text) element.textContent = text; };

  const nameOf = (option) => option.dataset.label ?? option.value;

  function labelOf(name, value) {
    if (name in form.dataset) return phrase(name, { words: value, date: value });
    const input = boxes().find((box) => name === "category" && box.value === value) ?? field(name);
    const label = input.closest("label")?.querySelector("[data-label]");
    if (label) return single(label.textContent);
    if (isLarge && input.list) return large?.labelOf(name, value) ?? value;
    const option = [...(input.list ?? input).options].find((one) => one.value === value);
    return option?.dataset.label ?? (input.list && option?.label || value);
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

  function drawCounts(counts) {
    for (const box of boxes()) {
      const number = counts.get("category").get(box.value) ?? 0, label = box.closest("label");
      setText(label.querySelector("[data-number]"), format(number));
      label.toggleAttribute("data-none", !number);
    }
    for (const list of form.querySelectorAll("select[data-list]")) {
      const numbers = counts.get(list.name);
      for (const option of [...list.options].slice(1)) setText(option, `${nameOf(option)} (${format(numbers.get(option.value) ?? 0)})`);
    }
  }

  function itemWith(text, pressed) {
    const item = document.createElement("li"), button = document.createElement("button");
    button.type = "button";
    button.textContent = text;
    button.addEventListener("click", pressed);
    item.append(button);
    return item;
  }

  /** Shows the filters that are set as words; a press on one takes it away. */
  function drawSet(set) {
    const items = set.map((one, place) => {
      const item = itemWith(one.label, () => {
        takeAway([one]);
        const next = part("set").children[place] ?? part("set").lastChild;
        (next?.firstChild ?? part("count")).focus({ preventScroll: true });
      });
      item.firstChild.setAttribute("aria-label", phrase("remove", { filter: one.label }));
      item.dataset.name = one.name;
      return item;
    });
    part("set").replaceChildren(...items);
    part("set").hidden = !set.length;
    for (const button of form.querySelectorAll("[data-find-clear]")) button.hidden = !set.length;
  }

  function drawWords(set, shown) {
    const count = set.length ? countOf(shown) : form.dataset.all, inside = set.filter((one) => one.name !== "q").length;
    const words = set.map(({ name, label }) => name === "q" ? phrase("search", { words: chosen.q }) : label);
    const filters = words.reduce((before, filter) => before && phrase("and", { filters: before, filter }) || filter, "");
    setText(part("count"), count);
    setText(part("close"), set.length ? phrase("show", { shown: format(shown) }) : form.dataset.showAll);
    setText(part("open"), inside ? phrase("openSet", { number: inside }) : form.dataset.open);
    setText(part("printed"), set.length ? phrase("printed", { count, filters }) : "");
  }

  /** Where nothing is left: says which filter to do without, and what that leaves. */
  function drawNothing(set, more, empty) {
    none.hidden = !empty;
    const items = [...(empty ? more : [])].map(([name, shown]) => {
      const filters = set.filter((one) => one.name === name), filter = filters.map((one) => one.label).join(", ");
      return itemWith(phrase("without", { filter, count: countOf(shown) }), () => {
        takeAway(filters);
        part("count").focus();
      });
    });
    none.querySelector("[data-find-ways]").replaceChildren(...items);
  }

  // Changes.

  const status = document.querySelector("[data-status]");
  let saying = 0;

  /** Tells readers who listen; while the sheet is open, nothing outside of it is told to anybody. */
  function say(text, wait = 0) {
    clearTimeout(saying);
    saying = setTimeout(() => { (sheet.open ? part("status") : status).textContent = text; }, wait);
  }

  function tell() {
    const from = dateFrom(chosen.from)?.first ?? null, to = dateFrom(chosen.to)?.last ?? null;
    const detail = { ids: selected && new Set(selected), from, to, categories: [...chosen.category] };
    if (isLarge) detail.matches = days;
    document.dispatchEvent(new CustomEvent("dateline:selection", { detail }));
  }

  document.addEventListener("dateline:said", () => clearTimeout(saying));

  // Whether the form is above the window: all below counts as in it. If that were asked at each letter, the page would
  // have to be laid out for it.
  let isPassed = false;
  new IntersectionObserver(([{ isIntersecting }]) => { isPassed = !isIntersecting; }, { rootMargin: "0px 0px 1000000px" }).observe(form);

  /** Does what changes the list, and keeps the entry in its place that is read far below the form, or what is left next. */
  function keepingPlace(work) {
    if (!isPassed) return work();
    if (isLarge) {
      work();
      return form.scrollIntoView();
    }
    const all = [...articles.values()], isShown = (article) => !article.hidden;
    const at = all.findIndex((article) => isShown(article) && article.getBoundingClientRect().bottom > READ);
    const top = all[at]?.getBoundingClientRect().top;
    work();
    layOut();
    const place = at < 0 ? undefined : all.slice(at).find(isShown) ?? all.findLast(isShown);
    if (place) scrollBy({ top: place.getBoundingClientRect().top - (place === all[at] ? top : Math.max(top, 0)), behavior: "instant" });
    else none.scrollIntoView({ block: "nearest" });
  }

  /** Draws what a choice leaves: how many, and how many each other choice would. */
  function show(set, { size, more, counts }, isWhole = true) {
    drawCounts(counts);
    drawSet(set);
    drawWords(set, size);
    drawNothing(set, more, isWhole && !size);
  }

  /** Draws the page as the choice has it. */
  function apply() {
    const set = allSet();
    if (isLarge) return set.length ? ask(set) : leave(set);
    const tests = testsOf(chosen, accepted), { ids, more, counts } = sift(records(), tests);
    selected = tests.size ? ids : null;
    draw(selected);
    show(set, { size: ids.size, more, counts });
    mark(ids, termsOf(chosen.q));
  }

  /** Has the scripts come that know of all entries. */
  function reach() {
    const { root } = document.documentElement.dataset;
    reached ??= use("still").load([`${root}assets/parts.js`, `${root}assets/found.js`]).then(() => {
      part("failed").hidden = true;
      large = use("found");
      large.begin();
    });
    return reached.catch(() => {
      reached = null;
      part("failed").hidden = false;
    });
  }

  /** Asks the parts for what is chosen; each answer is drawn, and the last one told. */
  function ask(set) {
    drawSet(set);
    const choice = { ...chosen };
    reach().then(() => {
      if (set.length && JSON.stringify(choice) === JSON.stringify(chosen)) large?.look(choice, (answer, isWhole) => {
        ({ days } = answer);
        show(allSet(), answer, isWhole);
        tell();
        if (isWhole) say([...faults(), part("count").textContent].join(" "), PATIENCE);
      });
    });
  }

  // How many entries each choice leaves where nothing is chosen: what the page says before anything is.
  const numbersOf = (elements, value, number) => new Map(elements.map((one) => [value(one), Number(number(one).replace(/\D/g, ""))]));
  const totals = new Map(!isLarge ? [] : [
    ["category", numbersOf(boxes(), (box) => box.value, (box) => box.closest("label").querySelector("[data-number]").textContent)],
    ...Array.from(form.querySelectorAll("select[data-list]"), (list) => [
      list.name, numbersOf([...list.options].slice(1), (option) => option.value, (option) => /\([^(]*\)$/.exec(option.textContent)[0]),
    ]),
  ]);

  /** Goes back to the entries of the page. */
  function leave(set) {
    days = null;
    large?.leave();
    show(set, { size: 0, more: new Map(), counts: totals }, false);
  }

  /** Follows a change of the choice by the reader; `kind` names those that may follow each other quickly. */
  function change(kind = "") {
    keepingPlace(apply);
    write(kind);
    if (isLarge && allSet().length) return;
    tell();
    say([...faults(), part("count").textContent].join(" "), kind === "typing" ? PATIENCE : SOON);
  }

  /** Takes another choice, as far as the page is concerned. */
  function become(choice) {
    chosen = choice;
    fillForm();
    apply();
  }

  function choose({ detail }) {
    const asked = detail ?? {};
    for (const end of ENDS) {
      if (end in asked) chosen[end] = Number.isFinite(asked[end]) ? dateText(asked[end], end === "to") : "";
    }
    if ("categories" in asked) chosen.category = boxes().map((box) => box.value).filter((key) => asked.categories?.includes(key));
    if (!["from", "to", "categories"].some((name) => name in asked)) return tell();
    putInOrder(chosen);
    fillForm();
    change("choose");
  }

  // Ways to an entry.

  /** Takes the filters away where they hide an element, and puts that into the address. */
  function uncover(element, write) {
    if (!element?.closest("main [hidden]")) return false;
    become(nothing());
    layOut();
    write(addressOf());
    written.kind = "";
    tell();
    say(form.dataset.cleared);
    return true;
  }

  /** Shows what the address points to. */
  function reveal() {
    if (uncover(target(), (url) => history.replaceState(history.state, "", url))) target().scrollIntoView();
  }

  function go(id) {
    const article = articles.get(id), hash = `#${encodeURIComponent(id)}`;
    const uncovered = uncover(article, (url) => history.pushState(null, "", url));
    layOut();
    // Only a change of the fragment makes the browser take the entry for the one that was led to.
    if (location.hash !== hash) {
      if (uncovered) location.replace(hash);
      else location.hash = hash;
    }
    article.scrollIntoView();
    article.focus({ preventScroll: true });
  }

  /** Keeps the filters when a link of this page leads to an entry of this page. */
  function follow(event) {
    const link = event.target.closest?.("a[href*='#']:not([target])");
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const url = new URL(link.getAttribute("href"), location.href), id = unescaped(url.hash.slice(1));
    const page = ({ origin, pathname }) => origin + pathname.replace(/\/index\.html$/, "/");
    if (page(url) !== page(location) || url.search || !articles.has(id)) return;
    event.preventDefault();
    go(id);
  }

  // The form: beside the search on a wide page, in a sheet on a narrow one.

  const [sheet, rest, open, moreButton] = ["sheet", "rest", "open", "more"].map(part);
  const homes = Array.from(form.querySelectorAll("[data-find-home]"), (home) => ({ home, child: home.firstElementChild }));
  let opened = false, sorted = false;

  /** Sorts the options by the rules of the site's language, which the browser knows. */
  function sortOptions() {
    if (sorted) return;
    sorted = true;
    const { compare } = new Intl.Collator(document.documentElement.lang, { numeric: true });
    for (const list of form.querySelectorAll("select[data-list]")) {
      const { value } = list;
      list.append(...[...list.options].slice(1).sort((one, other) => compare(nameOf(one), nameOf(other))));
      list.value = value;
    }
    if (isLarge) return;
    for (const { name, list } of form.querySelectorAll("input[data-list]")) {
      if (!list.options.length) list.append(...[...valuesOf(name)].sort(compare).map((value) => new Option(value, value)));
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

  function changed({ type, target: input }) {
    const typed = input.name === "q" || Boolean(input.list);
    if (typed && type === "change") written.kind = "";
    if (typed !== (type === "input")) return;
    take(input);
    change(typed ? "typing" : "");
  }

  function entered(event) {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    written.kind = "";
    layOut();
    const found = document.querySelector("[data-found-one]");
    const first = found && !found.closest("[hidden]") ? found : [...articles.values()].find((article) => !article.closest("[hidden]"));
    first?.focus({ preventScroll: true });
    first?.scrollIntoView();
  }

  function listenToForm() {
    if (isLarge) {
      form.addEventListener("focusin", reach, { once: true });
      part("again").addEventListener("click", () => { if (reached) large.again(); else if (allSet().length) apply(); else reach(); });
    }
    form.addEventListener("input", changed);
    form.addEventListener("change", changed);
    form.addEventListener("submit", (event) => event.preventDefault());
    field("q").addEventListener("keydown", entered);
    for (const button of document.querySelectorAll("[data-find-clear]")) {
      button.addEventListener("click", () => {
        chosen = nothing();
        fillForm();
        change();
        if (!sheet.open) part("count").focus({ preventScroll: form.contains(button) });
      });
    }
    moreButton?.addEventListener("click", () => showMore(!opened));
    open?.addEventListener("click", () => sheet.showModal());
    part("close").addEventListener("click", () => {
      sheet.close();
      form.scrollIntoView();
    });
    sheet.addEventListener("close", () => setText(part("status"), ""));
    sheet.addEventListener("click", (event) => { if (event.target === sheet) sheet.close(); });
    rest?.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.isComposing || sheet.open) return;
      showMore(false);
      moreButton.focus();
    });
  }

  function listenToPage() {
    addEventListener("popstate", () => {
      const now = chosenHere();
      written.kind = "";
      if (JSON.stringify(now) !== JSON.stringify(chosen)) {
        become(now);
        tell();
        say(part("count").textContent);
      }
      reveal();
    });
    addEventListener("hashchange", reveal);
    document.addEventListener("click", follow);
    document.addEventListener("dateline:choose", choose);
    document.addEventListener("dateline:go", (event) => {
      if (!articles.has(event.detail?.id)) return;
      event.preventDefault();
      go(event.detail.id);
    });
    // Scripts that come after this one listen by then.
    setTimeout(() => { if (selected) tell(); });
  }

  /** Leads one who follows a link with filters to what they leave; who comes back is where the browser puts them. */
  function arrive() {
    const [visit] = performance.getEntriesByType("navigation");
    if ((selected || (isLarge && allSet().length)) && visit?.type === "navigate" && !location.hash && !scrollY) form.scrollIntoView();
  }

  listenToForm();
  listenToPage();
  form.hidden = false;
  arrange();
  new ResizeObserver(arrange).observe(form);
  chosen = chosenHere();
  fillForm();
  if (chosen.from && chosen.from !== dateFrom(new URL(location.href).searchParams.get("from") ?? "")?.text) setFault("from", form.dataset.exchanged);
  if (Object.entries(chosen).some(([name, value]) => isSet(value) && name !== "q" && name !== "category")) showMore(true);
  if (Object.values(chosen).some(isSet)) apply();
  else drawWords([], articles.size);
  reveal();
  arrive();
})();
