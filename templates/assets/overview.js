/* The still overview: it tells what a mark is, shows which entries are chosen, and hands over to the drawing that can
   be explored when the reader reaches for it. */
(() => {
  "use strict";

  const chart = document.querySelector("[data-chart]");
  if (!chart) return;
  const frame = chart.querySelector("[data-frame]");
  const tools = chart.querySelector("[data-tools]");
  const card = chart.querySelector("[data-card]");
  const part = (name) => chart.querySelector(`[data-${name}]`);
  const stills = [...chart.querySelectorAll("[data-still]")];
  const marks = stills.flatMap((still) => [...still.querySelectorAll("[data-id]")]);
  const use = (name) => {
    let part;
    document.dispatchEvent(new CustomEvent("dateline:use", { detail: { name, give: (given) => { part = given; } } }));
    return part;
  };
  const send = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail, cancelable: true }));

  let state = "still"; // or "loading", "explored", "failed"
  let stay = Boolean(navigator.connection && navigator.connection.saveData); // the reader wants the still one
  let selection = null;

  /** Goes to an entry on the timeline where no other script has answered. */
  const go = ({ id, href }) => {
    const entry = document.getElementById(id);
    if (!entry && href) location.assign(href);
    if (!entry?.matches("[data-entry]") || decodeURIComponent(location.hash.slice(1)) === id) return;
    location.hash = encodeURIComponent(id);
    entry.focus({ preventScroll: true });
  };

  const say = (text) => {
    document.querySelector("[data-status]").textContent = text;
  };

  // The card.

  const fill = (name, text) => {
    const element = part(name);
    element.textContent = text || "";
    element.hidden = !text;
  };

  const link = (id, words, href = "") => {
    const item = document.createElement("li");
    const anchor = item.appendChild(document.createElement("a"));
    anchor.href = href || `#${encodeURIComponent(id)}`;
    anchor.dataset.to = id;
    anchor.textContent = words;
    return item;
  };

  /** Shows the card: `at` is a box in the window; `go` an entry to link to; `list` entries, `more` words below them. */
  const show = (told) => {
    fill("card-date", told.date);
    fill("card-title", told.title);
    fill("card-who", told.who);
    part("card-list").replaceChildren(...(told.list || []).map((one) => link(...one)));
    part("card-list").hidden = !told.list;
    part("card-go").hidden = !told.go;
    const anchor = part("card-go").firstElementChild;
    anchor.href = told.href || (told.go ? `#${encodeURIComponent(told.go)}` : "#");
    anchor.dataset.to = told.go || "";
    shown.show(told.at, told.mark);
  };

  /** Returns what a mark tells: a count has its words with it, those of an entry stand in the entry. */
  const told = (mark) => {
    const entry = document.getElementById(mark.dataset.id);
    if (mark.dataset.title || !entry) return { title: mark.getAttribute("aria-label"), ...mark.dataset };
    const who = new Set(Array.from(entry.querySelectorAll("[data-who]"), (cited) => cited.dataset.who));
    return { date: entry.dataset.date, title: entry.querySelector("h3").textContent, who: [...who].join(" · ") };
  };

  const tell = (mark, byTouch) => {
    const { date, title, who } = told(mark);
    show({ mark, at: mark.getBoundingClientRect(), date, title, who, go: byTouch ? mark.dataset.id : "" });
  };

  // Which entries are chosen.

  /** Returns what says whether a mark holds a chosen entry; a count holds those that begin on its days. */
  const choice = (ids) => {
    const begins = [];
    if (stills.some((still) => still.querySelector("[data-first]"))) {
      for (const entry of document.querySelectorAll("article[data-entry]")) {
        const { category = "", earliest, latest } = entry.dataset;
        if (ids.has(entry.id)) begins.push([category, Number(earliest || latest)]);
      }
    }
    const within = ({ lane, first, last }) =>
      begins.some(([category, day]) => category === lane && day >= Number(first) && day <= Number(last));
    return (mark) => ("first" in mark.dataset ? within(mark.dataset) : ids.has(mark.dataset.id));
  };

  const select = (found) => {
    selection = found;
    const chosen = found.ids && choice(found.ids);
    for (const mark of marks) mark.toggleAttribute("data-out", Boolean(chosen) && !chosen(mark));
    const lanes = new Set(found.categories);
    for (const name of chart.querySelectorAll(".lane[data-lane]")) {
      name.toggleAttribute("data-chosen", lanes.has(name.dataset.lane));
    }
    for (const button of chart.querySelectorAll("button[data-category]")) {
      button.setAttribute("aria-pressed", String(lanes.has(button.dataset.category)));
    }
  };

  // The drawing that can be explored.

  const turn = (to, words, aloud = true) => {
    state = to;
    const [explored, loading] = [to === "explored", to === "loading"];
    chart.dataset.state = to;
    part("state").textContent = words;
    part("state").hidden = !words;
    part("begin").hidden = explored || loading;
    for (const offered of [part("bar"), chart.querySelector('[data-lanes="narrow"]')]) offered.hidden = !explored && !loading;
    for (const button of part("bar").children) button.disabled = !explored;
    chart.setAttribute("aria-busy", String(loading));
    if (aloud) say(words);
  };

  /** Draws what can be explored in the place of the still one; where the focus is here, it stays here. */
  const explore = async (byHand) => {
    if (state === "explored" || state === "loading") return;
    const led = !byHand && marks.includes(document.activeElement);
    turn("loading", tools.dataset.loading);
    if (byHand) part("state").focus({ preventScroll: true });
    try {
      await load(tools.dataset.scripts.split(" "));
    } catch {
      failed();
      return;
    }
    const active = document.activeElement;
    if (led && !chart.contains(active)) {
      turn("still", "", false);
      return;
    }
    const focused = marks.includes(active) ? active : null;
    const current = focused || shown.mark;
    const focus = byHand ? !active || active === document.body || tools.contains(active) : Boolean(focused);
    shown.hide();
    const { id = null, lane = "", first } = current ? current.dataset : {};
    send("dateline:explore", { selection, focus, byHand, id, lane, day: Number(first) });
  };

  const failed = () => {
    stay = true;
    const lost = tools.contains(document.activeElement) || document.activeElement === document.body;
    turn("failed", tools.dataset.failed);
    if (lost) part("begin").firstElementChild.focus({ preventScroll: true });
  };

  const arrived = ({ focused, said }) => {
    const { done, moving } = tools.dataset;
    turn("explored", done, !focused);
    if (focused) say([said, done, moving].filter(Boolean).join(" "));
  };

  const back = ({ id, lane, day, focus }) => {
    stay = true;
    shown.hide();
    turn("still", tools.dataset.still);
    part("state").hidden = true;
    if (!focus) return;
    const is = ({ dataset }) =>
      (id && dataset.id === id) || ("first" in dataset && dataset.lane === lane && dataset.first <= day && dataset.last >= day);
    const mark = marks.find((one) => is(one) && one.getClientRects().length);
    (mark || part("begin").firstElementChild).focus({ preventScroll: true });
  };

  const reach = () => {
    const wide = chart.querySelector('[data-overview="wide"]');
    if (state === "still" && !stay && wide && wide.getClientRects().length) explore(false);
  };

  // What the reader does.

  const click = (event) => {
    const to = event.target.closest("[data-to], [data-still] [data-id]");
    if (!to || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const [id, href] = [to.dataset.to || to.dataset.id, to.getAttribute("href")];
    // An entry that is not on this page is on that of its address.
    send("dateline:go", document.getElementById(id) ? { id } : { id, href });
  };

  const { load, watch } = use("still");
  const shown = watch({
    frame, card, tell, reach, marks: "[data-still] [data-id]",
    explored: () => state === "explored" && part("explored"),
    // Above the frame stands what belongs to the page.
    highest: (outer) => outer.top - 16,
    ended: () => {},
    escapes: () => false,
  });

  const listen = () => {
    frame.addEventListener("click", click);
    tools.querySelector('[data-do="explore"]').addEventListener("click", () => explore(true));
    document.addEventListener("dateline:selection", (event) => select(event.detail));
    document.addEventListener("dateline:card", (event) => (event.detail ? show(event.detail) : shown.hideSoon()));
    document.addEventListener("dateline:go", (event) => {
      shown.hide();
      setTimeout(() => event.defaultPrevented || go(event.detail));
    });
    document.addEventListener("dateline:explored", ({ detail }) => {
      if (detail.on) arrived(detail);
      else if (detail.failed) failed();
      else if (detail.quiet) turn("still", "", false);
      else back(detail);
    });
  };

  for (const title of chart.querySelectorAll("[data-still] a > title")) title.remove();
  part("begin").hidden = false;
  listen();
})();
