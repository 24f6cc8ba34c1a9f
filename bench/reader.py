"""What a reader does with a page, and how long the page takes to answer, in milliseconds."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from chromium import ENTRY, wait_for
from make import YEARS

if TYPE_CHECKING:
    from playwright.sync_api import ElementHandle, Page

SEARCH = "[data-find]:not([hidden]) [type=search]"
READY = "[data-find][data-ready]"
STAGE = "[data-explored]"
# How long is waited for what a page may not have, in milliseconds.
PATIENCE = 20_000
# Texts take each other's place in the search; the slowest answer counts. There is one when the count or the selection
# has changed, and it is seen in the frame after.
TYPE = """
async (texts) => {
  const [count, field] = ["[data-find-count]", "[data-find] [type=search]"].map((one) => document.querySelector(one));
  const answered = (text) => new Promise((done) => {
    const start = performance.now();
    const answer = () => {
      seen.disconnect();
      document.removeEventListener("dateline:selection", answer);
      requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
    };
    const seen = new MutationObserver(answer);
    seen.observe(count, { childList: true, characterData: true, subtree: true });
    document.addEventListener("dateline:selection", answer);
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  let slowest = 0;
  for (const text of texts) {
    slowest = Math.max(slowest, await answered(text));
    await new Promise((done) => requestIdleCallback(done));
  }
  return slowest;
}
"""
# The overview is reached for; Plotly is in place when its drawing is to be seen in the frame.
EXPLORE = """
() => new Promise((done) => {
  const start = performance.now();
  const look = () => {
    const stage = document.querySelector("[data-explored]");
    const there = !stage.hidden && stage.querySelector(".main-svg");
    if (there) requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
    else requestAnimationFrame(look);
  };
  document.querySelector("[data-do=explore]").click();
  look();
})
"""
# The link that leads nearest to a date: of those to periods that hold it and are finer than this page's, the finest.
# A period's page is named after it as EDTF writes it: 19XX, 198X, 1987, 1987-06, 1987-06-15.
NEAREST = """
(date) => {
  const keyOf = ({ pathname }) => (/\\/periods\\/([^/]+)\\.html$/.exec(pathname) ?? [])[1]?.replace(/X+$/, "");
  const here = keyOf(location) ?? "";
  const links = [...document.links].filter((link) => {
    const key = keyOf(link);
    return key && date.startsWith(key) && key.length > here.length;
  });
  return links.sort((one, other) => keyOf(other).length - keyOf(one).length)[0] ?? null;
}
"""
# A link within the page leads to a year, two frames later its entries are seen.
LEAP = """
(share) => new Promise((done) => {
  const links = [...document.querySelectorAll("nav.years a[href^='#']")];
  if (!links.length) return done(null);
  const start = performance.now();
  links[Math.floor(share * links.length)].click();
  requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - start)));
})
"""
FRAMES = """
() => {
  const frames = window.bench.frames = [];
  let last = null;
  const tick = (now) => {
    if (last !== null) frames.push(now - last);
    last = now;
    requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
}
"""
# Turns of the wheel into the drawing and out again, steps of the drawing to the side, and for how many milliseconds a
# reader rests after each.
TURNS, STEPS, REST = 12, 20, 16


def typed(page: Page, texts: Sequence[str]) -> float | None:
    """Return how long the slowest of these texts took to be answered, if there is a search."""
    if not page.query_selector(SEARCH):
        return None
    wake(page)
    slowest: float = page.evaluate(TYPE, texts)
    return slowest


def wake(page: Page) -> None:
    """Reach for the page, and wait for the scripts that come then."""
    if page.query_selector("script[data-scripts]"):
        page.mouse.move(5, 5)
        page.wait_for_selector("[data-cite]", state="attached")
        page.wait_for_load_state("networkidle")


def reached(page: Page) -> float | None:
    """Reach for the search and return when it said that its index was there, if it has one to load."""
    from playwright.sync_api import TimeoutError as NotReady

    if not page.query_selector(SEARCH) or not page.query_selector("a[href*='periods/']"):
        return None
    started = time.perf_counter()
    page.focus(SEARCH)
    try:
        page.wait_for_selector(READY, state="attached", timeout=PATIENCE)
    except NotReady:
        return None
    return 1000 * (time.perf_counter() - started)


def explored(page: Page) -> float | None:
    """Return how long it took until Plotly was in the overview's place, if there is one and a button that asks."""
    if not (page.query_selector(STAGE) and page.query_selector("[data-do=explore]:visible")):
        return None
    taken: float = page.evaluate(EXPLORE)
    return taken


def jumped(page: Page, share: float) -> float | None:
    """Follow links to a date, that share of the way through the timeline; return how long it took to see its entries.

    The reader's own time between two pages does not count. Where a timeline is one page, its links to years are used.
    """
    first, last = YEARS
    date = f"{first + int(share * (last - first))}-06-15"
    taken = 0.0
    while link := page.evaluate_handle(NEAREST, date).as_element():
        taken += wait_for(page, "drawn", partial(followed, page, link))
        if page.query_selector(ENTRY):
            return taken
    if taken:
        return None
    leap: float | None = page.evaluate(LEAP, share)
    return leap


def followed(page: Page, link: ElementHandle) -> None:
    """Follow a link to where it leads."""
    with page.expect_navigation(wait_until="commit"):
        link.evaluate("link => link.click()")


def moved(page: Page, stage: str, limit: float) -> float:
    """Zoom into a drawing by the wheel, pan it, zoom out, and return its slowest frame.

    A drawing that answers too slowly is left alone after `limit` seconds; what was seen until then counts.
    """
    stops = time.perf_counter() + limit
    drawing = page.locator(stage)
    drawing.scroll_into_view_if_needed()
    drawing.focus()
    page.evaluate(FRAMES)
    for _ in gestures(page, stage):
        page.wait_for_timeout(REST)
        if time.perf_counter() > stops:
            break
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    slowest: float = page.evaluate("Math.max(...window.bench.frames)")
    return slowest


def gestures(page: Page, stage: str) -> Iterator[None]:
    """Turn the wheel and drag, in the middle of a drawing, a step at a time."""
    box = page.locator(stage).bounding_box()
    if not box:
        return
    across, down = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(across, down)
    for _ in range(TURNS):
        page.mouse.wheel(0, -100)
        yield
    page.mouse.down()
    for step in range(STEPS):
        page.mouse.move(across - 6 * step, down)
        yield
    page.mouse.up()
    for _ in range(TURNS):
        page.mouse.wheel(0, 100)
        yield
