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
  function wayToRoot() {
    const link = document.querySelector("link[rel=stylesheet][href$='assets/style.css']");
    return link ? link.getAttribute("href").replace(/assets\/style\.css$/, "") : "";
  }

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

  /** Returns where a citation is from: the source's title, and what its line on the page adds to it. */
  function originOf(citation) {
    const link = citation.querySelector("a.cite");
    if (!link) return "";
    const [title, line] = [link.dataset.title.trim().replace(/\s+/g, " "), words(link.querySelector(".origin"))];
    return line.startsWith(title) ? line : `${title}, ${line}`;
  }

  /** Returns one citation as a line: who says so, the words, the source. */
  function lineOf(citation, patterns) {
    const who = citation.dataset.who ?? "";
    const parts = [
      fill(patterns.claimed, "who", who),
      fill(patterns.quoted, "quote", quoteOf(citation)),
      fill(patterns.from, "source", originOf(citation)),
    ];
    return parts.filter(Boolean).join(" ");
  }

  /** Returns an entry as a citation: title and date, a line for each citation, where it stands. */
  function citationOf(article, patterns) {
    const head = `${titleOf(article)}. ${article.dataset.date}.`;
    const lines = [...article.querySelectorAll("[data-citation]")].map((citation) => lineOf(citation, patterns));
    return [head, ...lines.filter(Boolean), `${patterns.in}. ${addressOf(article)}`].join("\n");
  }

  /** Returns a text as HTML: a paragraph a line, and the address in it a link. */
  function asHtml(text) {
    const block = document.createElement("div");
    for (const line of text.split("\n")) {
      const paragraph = block.appendChild(document.createElement("p"));
      const address = /(?:https?|file):\S+$/.exec(line)?.[0];
      paragraph.append(address ? line.slice(0, -address.length) : line);
      if (!address) continue;
      const link = paragraph.appendChild(document.createElement("a"));
      link.href = address;
      link.textContent = address;
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
    frame.setAttribute("src", `${addressOf(article)}?embed`);
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
    const inside = [...between.cloneContents().querySelectorAll("p")];
    const left = across ? inside.map(words).join("") : between.toString();
    if (/\S/.test(left)) return GAP;
    return across ? " " : left;
  }

  /** What each button copies. */
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
    const { done } = wordsFor(button);
    if (!button.dataset.label) button.dataset.label = button.textContent;
    button.style.minInlineSize = `${Math.ceil(button.getBoundingClientRect().width)}px`;
    button.textContent = done;
    status.textContent = `${done}: ${button.dataset.label}`;
    clearTimeout(Number(button.dataset.timer));
    button.dataset.timer = setTimeout(() => {
      button.textContent = button.dataset.label;
      button.style.minInlineSize = "";
    }, 2000);
  }

  async function onCopy(button) {
    const text = COPIED[button.dataset.copy](button);
    const went = await put(text, button.dataset.copy === "citation" ? asHtml(text) : "");
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
