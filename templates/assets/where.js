/* Where an entry stands: leads from an address that stays to the page that holds the entry today. A timeline of many
   entries is cut into pages by time, and an entry can move to a page of a closer time when others join it. */
(() => {
  "use strict";

  // On the page of permanent addresses `asked` is set; where entries have pages of their own, `own` is their folder.
  const { where, own, asked } = document.currentScript.dataset;
  const { root } = document.documentElement.dataset;

  /** Returns the CRC-32 of a text as UTF-8, by which the ids are dealt out among the scripts. */
  function sumOf(text) {
    let sum = -1;
    for (const byte of new TextEncoder().encode(text)) {
      sum ^= byte;
      for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 && 0xedb88320);
    }
    return (sum ^ -1) >>> 0;
  }

  /** Returns the page of the timeline that holds an entry, or null where there is none. @returns {Promise<?string>} */
  function find(id) {
    const bucket = sumOf(id) % Number(where);
    return new Promise((found) => {
      const take = ({ detail }) => {
        if (detail.bucket === bucket) found(detail.pages[new Map(detail.entries).get(id)] ?? null);
      };
      const script = document.createElement("script");
      const end = () => {
        document.removeEventListener("dateline:where", take);
        found(null);
      };
      document.addEventListener("dateline:where", take);
      script.onload = end;
      script.onerror = end;
      script.src = `${root}data/where/${bucket}.js`;
      document.head.append(script);
    });
  }

  function fragment() {
    try {
      return decodeURIComponent(location.hash.slice(1));
    } catch {
      return location.hash.slice(1);
    }
  }

  /** Returns the citation whose source is to be read: `id`, or `id.2` for the second one of the entry. */
  const reading = () => new URLSearchParams(location.search).get("read") ?? "";

  const entryOf = (citation) => citation.split(".")[0];

  /** Returns the entry that the address names, or else the one whose source is to be read. */
  const named = () => fragment() || entryOf(reading());

  /** Leads from a permanent address to its entry, or says that there is none. */
  async function leadOn() {
    const id = named(), page = id && await find(id), { search } = location;
    if (id !== named()) return;
    document.querySelector("[data-looking]").hidden = true;
    document.querySelector("[data-unknown]").hidden = Boolean(page);
    const name = encodeURIComponent(id);
    if (page) location.replace(own ? `${root}${own}${name}.html${search}` : `${root}${page}${search}#${name}`);
  }

  const isHere = (id) => Boolean(document.getElementById(id));

  /** Tells whether the page has a citation, be it beside another entry that says otherwise. */
  const isShown = (citation) => isHere(entryOf(citation)) || Boolean(document.querySelector(`[data-theirs="${CSS.escape(citation)}"]`));

  /** Follows an address that was right before its page was cut: to the entry that it names, or whose source is read. */
  async function follow() {
    const { hash, search } = location, id = fragment(), read = reading();
    if (isHere(id) && !read) return;
    let page = id && await find(id);
    if (page && isHere(id)) return;
    if (!page && read && !isShown(read)) page = await find(entryOf(read));
    if (page && hash === location.hash && search === location.search) location.replace(`${root}${page}${search}${hash}`);
  }

  /** Goes to an entry of another page for whoever asks and does not know where that is. */
  async function go(event) {
    const { id, href } = event.detail;
    if (!id || href || isHere(id)) return;
    event.preventDefault();
    const page = await find(id);
    if (page) location.assign(`${root}${page}#${encodeURIComponent(id)}`);
  }

  if (asked === undefined) {
    // This script may come before the entries.
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", follow);
    else follow();
    addEventListener("hashchange", follow);
    document.addEventListener("dateline:go", go);
  } else {
    leadOn();
    addEventListener("hashchange", leadOn);
  }
})();
