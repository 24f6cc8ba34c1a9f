"""Headless Chromium, and pages in it that note when they can be used."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from playwright.sync_api import Browser, CDPSession, Page, Playwright

# Dateline's entries; peers have others.
ENTRY = "article[data-entry]"
# How long a new window of Chromium draws itself, in milliseconds: its bars are pages too, and take the processors away
# from the one that is measured. A reader has long opened the window.
OPENING = 1000
# Nothing is asked of another host; what a peer asks for all the same is answered at once, by nobody.
ALONE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
# Run before the page's own scripts. It notes long tasks, and says when the page is `drawn`: two frames after it was
# read and its deferred scripts have run; and when its entries are `usable`: two frames after it was read and the first
# is in it. By then that entry was painted, and the page answers.
WATCH = """
window.bench = { long: [] };
new PerformanceObserver((list) => {
  for (const task of list.getEntries()) window.bench.long.push(task.duration);
}).observe({ type: "longtask", buffered: true });
document.addEventListener("DOMContentLoaded", () => {
  const say = (name) => requestAnimationFrame(() => requestAnimationFrame(() => {
    console.debug(`bench ${name} ${performance.now()}`);
  }));
  const look = () => document.querySelector(ENTRY) ? say("usable") : requestAnimationFrame(look);
  say("drawn");
  look();
});
"""


@contextmanager
def launched() -> Iterator[Browser]:
    """Run Chromium while this lasts."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        root = hasattr(os, "geteuid") and os.geteuid() == 0
        arguments = [ALONE, *(["--no-sandbox"] if root else [])]
        browser = playwright.chromium.launch(executable_path=_program(playwright), args=arguments)
        yield browser
        browser.close()


def _program(playwright: Playwright) -> str | None:
    """Return where Chromium is: what CHROMIUM says, else the system's, else Playwright's own."""
    places = [os.environ.get("CHROMIUM"), "/usr/bin/chromium", "/usr/bin/chromium-browser"]
    places.append(playwright.chromium.executable_path)
    return next((place for place in places if place and Path(place).is_file()), None)


class Visit(NamedTuple):
    """A page that has never been anywhere, and what it costs; `sizes` are those in bytes of all that it received."""

    page: Page
    sizes: list[float]
    session: CDPSession

    def received(self) -> float:
        """Return how much the page has received, headers counted, in kB."""
        return sum(self.sizes) / 1000

    def work(self) -> float:
        """Return how many milliseconds the page's main thread worked; waiting for a processor does not count."""
        metrics = self.session.send("Performance.getMetrics")["metrics"]
        return 1000 * next(float(metric["value"]) for metric in metrics if metric["name"] == "TaskDuration")


@contextmanager
def visiting(browser: Browser, limit: float, entry: str = ENTRY) -> Iterator[Visit]:
    """Give a page that waits for nothing longer than `limit` seconds, while this lasts."""
    with browser.new_context(viewport={"width": 1280, "height": 800}) as context:
        context.set_default_timeout(1000 * limit)
        page = context.new_page()
        sizes: list[float] = []
        session = context.new_cdp_session(page)
        session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
        session.send("Network.enable")
        session.send("Performance.enable", {"timeDomain": "threadTicks"})
        page.add_init_script(WATCH.replace("ENTRY", json.dumps(entry)))
        page.wait_for_timeout(OPENING)
        yield Visit(page, sizes, session)


def wait_for(page: Page, what: str, go: Callable[[], object]) -> float:
    """Go to a page and return when it was `drawn` or `usable`, in milliseconds from when it was asked for.

    The page says so itself. To ask it, Playwright would run a script of 330 kB in it while it is being read.
    """
    said = f"bench {what} "
    with page.expect_console_message(lambda message: message.text.startswith(said)) as told:
        go()
    return float(told.value.text.removeprefix(said))
