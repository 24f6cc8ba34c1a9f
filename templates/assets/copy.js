/* Copying: the link to an entry, its citation, its quotes, the code that embeds it; a passage of a source. */
(() => {
  "use strict";

  const root = document.documentElement;
  const status = document.querySelector("[data-status]");
  const GAP = " […] ";
  // How wide the frame is taken to be for its height, and how high it may become before it scrolls, in pixels.
  const FRAME = { width: 480, lowest: 160, highest: 900 };

  /** Returns a text without line breaks and runs of white space. @param {Element | null} element */
  function words(element) {
    return element ? element.textContent.trim().replace(/\s+/g, " ") : "";
  }

  /** Returns the address of a path of the site: where the site is published, if it says so, else where it is open. */
  function absolute(path, toRoot) {
    return new URL(path, root.dataset.address || new URL(toRoot || "./", location.href)).href;
  }

  /** Returns the way from this page to the site's folder. */
  const wayToRoot = () => root.dataset.root;

  function addressOf(article) {
    const toRoot = wayToRoot();
    const path = article.dataset.path ?? article.querySelector("h3 a").getAttribute("href").slice(toRoot.length);
    return absolute(path, toRoot);
  }

  function titleOf(article) {
    return words(article.querySelector("h3") ?? document.querySelector("h1"));
  }

  /** Returns the words of a citation, as far as it shows any. @param {Element | undefined} citation */
  function quoteOf(citation) {
    return citation ? [...citation.querySelectorAll("blockquote p > mark")].map(words).join(GAP) : "";
  }

  // Words of another entry may stand beside an entry's own, and are not among its citations.
  const quotedIn = (article) => [...article.querySelectorAll("[data-citation]")].filter(quoteOf);

  function fill(pattern, name, text) {
    return text ? pattern.replace(`{${name}}`, () => text) : "";
  }

  /** Returns a text with a full stop, unless it ends in one or in another stop. */
  function stopped(text) {
    return /[.!?…։؟。]$/.test(text) ? text : `${text}.`;
  }

  /** Returns a quotation mark in the form in which it is compared: “, ” and " would look doubled side by side. */
  function plainMark(mark) {
    return mark.replace(/[“”„‟]/, '"').replace(/[‘’‚‛]/, "'").replace(/[«»]/, "«").replace(/[‹›]/, "‹");
  }

  /** Returns a quote in marks that it neither begins nor ends with, or as it is. */
  function quoted(quote, patterns) {
    const ends = [[...quote].at(0), [...quote].at(-1)].map((mark) => mark && plainMark(mark));
    const free = [patterns.quoted, patterns.quotedWithin].find((pattern) => {
      const marks = pattern.split("{quote}").map((mark) => plainMark(mark.trim()));
      return !marks.some((mark) => ends.includes(mark));
    });
    return fill(free ?? "{quote}", "quote", quote);
  }

  /** Returns what a citation says of its source, and the address of the words on this site: texts and links. */
  function originOf(citation, patterns) {
    const link = citation.querySelector("a.cite");
    if (!link) return [];
    const named = link.dataset.cited.trim().replace(/\s+/g, " ");
    const address = absolute(link.getAttribute("href").slice(wayToRoot().length), wayToRoot());
    const [before, after] = patterns.from.split("{source}");
    return [`${before}${named}${named && patterns.and}`, { address }, after];
  }

  /** Returns one citation as the pieces of a line: who says so, the words, the source. */
  function lineOf(citation, patterns) {
    const said = [fill(patterns.claimed, "who", citation.dataset.who ?? ""), quoted(quoteOf(citation), patterns)];
    const origin = originOf(citation, patterns);
    const text = said.filter(Boolean).join(" ");
    return [text + (text && origin.length ? " " : ""), ...origin].filter(Boolean);
  }

  /** Returns an entry as a citation: title and date, a line for each citation, where it stands; lines of pieces. */
  function citationOf(article, patterns) {
    const head = [`${stopped(titleOf(article))} ${stopped(article.dataset.date)}`];
    const lines = [...article.querySelectorAll("[data-citation]")].map((citation) => lineOf(citation, patterns));
    const foot = [`${stopped(patterns.in)} `, { address: addressOf(article) }];
    return [head, ...lines.filter((line) => line.length), foot];
  }

  /** Returns lines of pieces as plain text. */
  function asText(lines) {
    return lines.map((line) => line.map((piece) => piece.address ?? piece).join("")).join("\n");
  }

  /** Returns lines of pieces as HTML: a paragraph a line, and each address in it a link. */
  function asHtml(lines) {
    const block = document.createElement("div");
    for (const line of lines) {
      const paragraph = block.appendChild(document.createElement("p"));
      for (const piece of line) {
        if (!piece.address) paragraph.append(piece);
        else paragraph.appendChild(document.createElement("a")).append(piece.address);
      }
      for (const link of paragraph.children) link.href = link.textContent;
    }
    return block.innerHTML;
  }

  /** Returns how high the entry is in a frame, by drawing the page so for as long as it takes to measure. */
  function frameHeight() {
    const body = document.body;
    root.setAttribute("data-embed", "");
    body.style.inlineSize = `${FRAME.width}px`;
    const height = Math.ceil(body.getBoundingClientRect().height);
    body.style.inlineSize = "";
    if (!body.getAttribute("style")) body.removeAttribute("style");
    root.removeAttribute("data-embed");
    return Math.min(FRAME.highest, Math.max(FRAME.lowest, height));
  }

  function embedCode(article) {
    const frame = document.createElement("iframe");
    frame.setAttribute("src", `${absolute(article.dataset.page, wayToRoot())}?embed`);
    frame.setAttribute("title", titleOf(article));
    frame.setAttribute("width", "100%");
    frame.setAttribute("height", String(frameHeight()));
    frame.setAttribute("loading", "lazy");
    // As an attribute of an element of this page, a style would be against its policy.
    return frame.outerHTML.replace(/><\/iframe>$/, ' style="border: 0"></iframe>');
  }

  /** Returns the words of the passage that is chosen on a source page. */
  function passageOf(steps) {
    const marks = [...document.querySelectorAll("mark[data-citations]")];
    const own = marks.filter((mark) => mark.dataset.citations.split(" ").includes(steps.dataset.chosen));
    let text = "";
    own.forEach((mark, number) => {
      const before = own[number - 1];
      if (before) text += joint(before, mark);
      text += mark.textContent;
    });
    return text.trim().replace(/\s+/g, " ");
  }

  /** Returns what stands between two marks of one passage: nothing, a break, or words that it leaves out. */
  function joint(before, mark) {
    const between = document.createRange();
    between.setStartAfter(before);
    between.setEndBefore(mark);
    const across = before.closest(".paragraph") !== mark.closest(".paragraph");
    const inside = [...between.cloneContents().querySelectorAll("[data-words]")];
    const left = across ? inside.map(words).join("") : between.toString();
    if (/\S/.test(left)) return GAP;
    return across ? " " : left;
  }

  // What holds an address of the site, which on the reader's own disk nobody else can follow.
  const ADDRESSED = new Set(["link", "citation", "embed", "passage-link"]);
  const onDisk = location.protocol === "file:" && !root.dataset.address;

  /** What each button copies: a text, or lines of pieces. */
  const COPIED = {
    link: (button) => addressOf(button.closest("article")),
    citation: (button) => citationOf(button.closest("article"), button.closest("[data-copying]").dataset),
    quote: (button) => quoteOf(button.closest("[data-citation]") ?? quotedIn(button.closest("article"))[0]),
    embed: (button) => embedCode(button.closest("article")),
    passage: (button) => passageOf(button.closest("[data-steps]")),
    "passage-link": (button) => {
      const { path, chosen } = button.closest("[data-steps]").dataset;
      return `${absolute(path, wayToRoot())}#${encodeURIComponent(chosen)}`;
    },
  };

  /** Puts a text on the clipboard as text and as HTML; says whether it went. */
  async function put(text, html) {
    const kinds = { "text/plain": text, ...(html ? { "text/html": html } : {}) };
    try {
      const blobs = Object.entries(kinds).map(([type, content]) => [type, new Blob([content], { type })]);
      await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
      return true;
    } catch {
      // Without the clipboard of today's browsers, or without leave to use it, the older way may be open.
      return putByCommand(kinds);
    }
  }

  function putByCommand(kinds) {
    let went = false;
    const onCopy = (event) => {
      event.preventDefault();
      event.stopPropagation();
      for (const [type, content] of Object.entries(kinds)) event.clipboardData.setData(type, content);
      went = true;
    };
    document.addEventListener("copy", onCopy, { capture: true, once: true });
    const done = document.execCommand("copy");
    document.removeEventListener("copy", onCopy, { capture: true });
    return done && went;
  }

  /** Shows the text, selected, to be copied by hand. */
  function offer(button, text) {
    const row = button.closest("[data-copying]") ?? button.parentElement;
    row.querySelector("textarea")?.remove();
    const field = row.appendChild(document.createElement("textarea"));
    field.readOnly = true;
    field.rows = Math.min(6, text.split("\n").length + 1);
    field.value = text;
    field.setAttribute("aria-label", wordsFor(button).byHand);
    field.focus();
    field.select();
  }

  /** Returns the wording that goes with a button. */
  function wordsFor(button) {
    const row = button.closest("[data-copying]") ?? button.closest("article").querySelector("[data-copying]");
    return row.dataset;
  }

  /** Says on the button for a moment that the text is copied, and says it to screen readers. */
  function tell(button) {
    const here = onDisk && ADDRESSED.has(button.dataset.copy);
    const done = wordsFor(button)[here ? "doneHere" : "done"];
    if (!button.dataset.label) button.dataset.label = button.textContent;
    button.style.minInlineSize = `${Math.ceil(button.getBoundingClientRect().width)}px`;
    button.textContent = done;
    status.textContent = `${done}: ${button.dataset.label}`;
    clearTimeout(Number(button.dataset.timer));
    button.dataset.timer = setTimeout(() => {
      button.textContent = button.dataset.label;
      button.style.minInlineSize = "";
    }, here ? 4000 : 2000);
  }

  async function onCopy(button) {
    const copied = COPIED[button.dataset.copy](button);
    const text = typeof copied === "string" ? copied : asText(copied);
    const went = await put(text, typeof copied === "string" ? "" : asHtml(copied));
    if (went) tell(button);
    else offer(button, text);
  }

  /** Gives each quote of an article its button: in the row where there is one quote, else beside each. */
  function offerQuotes(article, row) {
    const quoted = quotedIn(article);
    const button = row.querySelector("[data-copy=quote]");
    button.hidden = quoted.length !== 1;
    if (quoted.length < 2) return;
    for (const citation of quoted) {
      const own = citation.querySelector("figcaption").appendChild(button.cloneNode(true));
      own.hidden = false;
    }
  }

  /** Opens or closes the row under an entry; its buttons are made when they are first asked for. */
  function onCite(toggle) {
    const article = toggle.closest("article");
    const row = toggle.parentElement.querySelector("[data-copying]");
    const opened = toggle.getAttribute("aria-expanded") !== "true";
    if (opened && !article.querySelector("figcaption [data-copy]")) offerQuotes(article, row);
    toggle.setAttribute("aria-expanded", String(opened));
    row.hidden = !opened;
    for (const button of article.querySelectorAll("figcaption [data-copy]")) button.hidden = !opened;
  }

  function onClick(event) {
    const button = event.target.closest("button[data-copy]");
    if (button) onCopy(button);
    const toggle = event.target.closest("button[data-cite]");
    if (toggle) onCite(toggle);
  }

  /** Puts the way to the row under each entry of the timeline. @param {HTMLTemplateElement} template */
  function setUpTimeline(template) {
    for (const article of document.querySelectorAll("article[data-entry]")) {
      const row = template.content.cloneNode(true);
      const toggle = row.querySelector("[data-cite]");
      toggle.id = `${article.id}.cite`;
      toggle.setAttribute("aria-labelledby", `${article.id}.cite ${article.id}.title`);
      article.append(row);
    }
  }

  function setUpEntry(article) {
    const row = article.querySelector("[data-copying]");
    row.hidden = false;
    row.querySelector("[data-copy=embed]").hidden = false;
    offerQuotes(article, row);
  }

  const template = document.querySelector("template[data-copy-row]");
  const single = document.querySelector("article[data-single]");
  const passages = document.querySelector("[data-steps] [data-copying]");
  if (template) setUpTimeline(template);
  if (single && !root.hasAttribute("data-embed")) setUpEntry(single);
  if (passages) passages.hidden = false;
  document.addEventListener("click", onClick);
})();
