"""What the browser tests of the overview share: pages that note what goes wrong, and what a reader does with them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Request

WIDE = {"width": 1280, "height": 1000}
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
# Plotly may need long to start where several browsers share a processor.
STARTED = 60_000
# Notes what the scripts ask for, as find.js would hear it.
LISTEN = """() => {
    window.heard = [];
    for (const name of ["dateline:choose", "dateline:go"]) {
        document.addEventListener(name, event => window.heard.push([name, event.detail]));
    }
}"""
SELECT = """detail => document.dispatchEvent(new CustomEvent("dateline:selection", {detail: {
    ...detail, ids: detail.ids && new Set(detail.ids),
}}))"""
# Where the marks of the drawing that is seen stand: the middle of each, by the id of its entry, from left to right.
STILL = """() => [...document.querySelectorAll("[data-still]")].filter(one => one.getClientRects().length).flatMap(
    still => [...still.querySelectorAll("[data-id]")].map(mark => {
        const box = mark.querySelector("rect, use").getBoundingClientRect();
        return [mark.dataset.id, box.left, box.right, (box.top + box.bottom) / 2];
    }))"""
# The same of what Plotly draws: points and bars, without the parts of which a fading range is made.
DRAWN = """() => {
    const plot = document.querySelector("[data-canvas]");
    const found = new Map();
    const add = (shapes, traces) => {
        const owners = traces.flatMap(trace => [...trace.customdata]);
        shapes.forEach((shape, at) => {
            const box = shape.getBoundingClientRect();
            const known = found.get(owners[at]) ?? {left: Infinity, right: -Infinity};
            found.set(owners[at], {
                left: Math.min(known.left, box.left), right: Math.max(known.right, box.right),
                y: (box.top + box.bottom) / 2,
            });
        });
    };
    const traces = type => plot.data.filter(trace => trace.type === type);
    add([...plot.querySelectorAll(".scatterlayer .point")], traces("scatter"));
    const bars = traces("bar").filter(trace => trace.x.length);
    add([...plot.querySelectorAll(".barlayer .point path")], bars);
    return [...found].map(([index, {left, right, y}]) => [index, left, right, y]);
}"""


def watch(context: BrowserContext, faults: list[str], base: str) -> None:
    """Note every word in the console, every error of a script, and every request that leaves the site."""

    def spoken(message: ConsoleMessage) -> None:
        faults.append(f"{message.type}: {message.text}")

    def asked(request: Request) -> None:
        if not request.url.startswith((base, "data:", "blob:")):
            faults.append(f"asked for {request.url}")

    context.on("console", spoken)
    context.on("weberror", lambda error: faults.append(str(error.error)))
    context.on("request", asked)


def start(browser: Browser, base: str, faults: list[str], **look: Any) -> Page:  # noqa: ANN401 - Playwright's options
    """Open the timeline of the site at `base` and listen to what its scripts ask for."""
    context = browser.new_context(**{"viewport": WIDE, **look})
    context.set_default_timeout(15_000)
    watch(context, faults, base)
    page = context.new_page()
    page.goto(base + "index.html")
    expect(page.locator("[data-late]")).to_have_count(0)
    page.evaluate(LISTEN)
    return page


def explore(page: Page) -> None:
    """Let Plotly take the still drawing's place, by the button."""
    page.click('[data-do="explore"]')
    wait_explored(page)


@contextmanager
def explored(browser: Browser, base: str) -> Iterator[Page]:
    """Yield the timeline of the site at `base` as it is explored; in the end nothing may have gone wrong there."""
    faults: list[str] = []
    page = start(browser, base, faults, accept_downloads=True)
    explore(page)
    yield page
    page.context.close()
    assert faults == []


def wait_explored(page: Page) -> None:
    """Wait until the drawing can be explored."""
    page.wait_for_selector('[data-chart][data-state="explored"]', timeout=STARTED)
    settled(page)


def settled(page: Page) -> None:
    """Wait until what was asked for is drawn: two frames pass after it."""
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


def heard(page: Page, name: str) -> list[Any]:
    """Return the details of the events of this name, oldest first."""
    found: list[Any] = page.evaluate("name => heard.filter(one => one[0] === name).map(one => one[1])", name)
    return found


def view(page: Page) -> tuple[float, float]:
    """Return from where to where the drawing shows the line."""
    left, right = page.evaluate("() => document.querySelector('[data-canvas]').layout.xaxis.range")
    return left, right


def mark(page: Page, entry: str) -> Locator:
    """Return the mark of an entry in the still drawing that is seen."""
    return page.locator(f'[data-still] [data-id="{entry}"]:visible')


def ids(page: Page) -> list[str]:
    """Return the ids of the entries, in the order of the page."""
    found: list[str] = page.evaluate("() => [...document.querySelectorAll('article[data-entry]')].map(one => one.id)")
    return found


Open = Callable[..., "Page"]
