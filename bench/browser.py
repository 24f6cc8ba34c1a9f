"""Measure what a reader waits for: `python bench/browser.py [--runs 7]` prints a table in Markdown.

This repository's own timeline is built, served with gzip on this machine, and opened in headless Chromium, each time
as if for the first time. Beside each figure stands what it should be; nothing is asserted, as all but the bytes depend
on the machine. What a page does not have (yet) is left out.
"""

from __future__ import annotations

import argparse
import gzip
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, CDPSession, Page, Playwright

ROOT = Path(__file__).parent.parent
# What servers compress; pictures are compressed already.
TEXT = (".html", ".css", ".js", ".svg", ".json", ".xml", ".csv", ".ics")
# How long is waited for what may not come, in milliseconds.
PATIENCE = 20_000

# Run before the page's own scripts: long tasks, and when the entries can be used, two frames after the page is there.
WATCH = """
window.bench = { long: [], usable: null };
new PerformanceObserver((list) => {
  for (const task of list.getEntries()) window.bench.long.push(task.duration);
}).observe({ type: "longtask", buffered: true });
document.addEventListener("DOMContentLoaded", () => {
  requestAnimationFrame(() => requestAnimationFrame(() => { window.bench.usable = performance.now(); }));
});
"""
# A word is typed into the search; the answer is there when the count has changed and the page was drawn again.
FILTER = """
() => new Promise((done) => {
  const count = document.querySelector("[data-find-count]");
  const field = document.querySelector("[data-find] [type=search]");
  const words = document.querySelector("article[data-entry] h3").textContent.trim().split(/\\s+/);
  const start = performance.now();
  const seen = new MutationObserver(() => {
    seen.disconnect();
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
  });
  seen.observe(count, { childList: true, characterData: true, subtree: true });
  field.value = words.reduce((one, other) => (other.length > one.length ? other : one));
  field.dispatchEvent(new Event("input", { bubbles: true }));
})
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
# Name, unit, budget.
ROWS: Mapping[str, tuple[str, str]] = {
    "bytes": ("first load, all requests, gzip (kB)", "60"),
    "requests": ("requests of the first load", "–"),
    "paint": ("first contentful paint (ms)", "200"),
    "usable": ("entries usable (ms)", "as painted"),
    "tasks": ("tasks over 50 ms", "0"),
    "longest": ("the longest of them (ms)", "50"),
    "filter": ("a filter answers (ms)", "50"),
    "explore": ("Plotly in place of the overview (ms)", "1,500"),
}


def main() -> None:
    """Build the site, measure it and print the table."""
    parser = argparse.ArgumentParser(description="Measure what a reader waits for.")
    parser.add_argument("--runs", type=int, default=7, help="how often the page is opened; the median is shown")
    parser.add_argument("--site", type=Path, help="a site that is built already; this repository's when left out")
    given = parser.parse_args()
    if os.environ.get("NO_BROWSER") == "1":
        return
    with tempfile.TemporaryDirectory() as folder:
        site = given.site or built(Path(folder) / "site")
        with served(site) as address:
            figures = opened(address, given.runs)
    print("| in the browser | measured | worst | budget |")
    print("| --- | ---: | ---: | ---: |")
    for key, (name, budget) in ROWS.items():
        values = [run[key] for run in figures if key in run]
        if values:
            print(f"| {name} | {median(values):,.0f} | {max(values):,.0f} | {budget} |")


def built(out: Path) -> Path:
    """Build this repository's timeline."""
    command = [sys.executable, "-c", "from dateline.cli import main; main()", "build", str(ROOT), "--out", str(out)]
    subprocess.run(command, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=True, capture_output=True)
    return out


class Handler(SimpleHTTPRequestHandler):
    """Serves a folder as a common server does: over one connection, and texts with gzip."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer with a file."""
        file = Path(self.translate_path(self.path.removesuffix("/") + "/index.html"))
        file = file if file.is_file() else Path(self.translate_path(self.path))
        if not file.is_file():
            self.send_error(404)
            return
        squeezed = file.suffix in TEXT
        content = compressed(file) if squeezed else file.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(file)))
        self.send_header("Content-Length", str(len(content)))
        if squeezed:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
        """Say nothing."""


@cache
def compressed(file: Path) -> bytes:
    """Return a file as it is sent, compressed once: a server would keep it."""
    return gzip.compress(file.read_bytes(), compresslevel=6, mtime=0)


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve the folder while this lasts; the system chooses the port."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder))) as server:
        server.daemon_threads = True
        Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def opened(address: str, runs: int) -> Sequence[Mapping[str, float]]:
    """Open the page so often, each time with nothing kept; the first time, which warms the machine, does not count."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        root = hasattr(os, "geteuid") and os.geteuid() == 0
        arguments = ["--no-sandbox"] if root else []
        browser = playwright.chromium.launch(executable_path=chromium(playwright), args=arguments)
        figures = [measured(browser, address) for _ in range(runs + 1)]
        browser.close()
    return figures[1:]


def chromium(playwright: Playwright) -> str | None:
    """Return where Chromium is: what CHROMIUM says, else the system's, else Playwright's own."""
    places = [os.environ.get("CHROMIUM"), "/usr/bin/chromium", "/usr/bin/chromium-browser"]
    places.append(playwright.chromium.executable_path)
    return next((place for place in places if place and Path(place).is_file()), None)


def measured(browser: Browser, address: str) -> dict[str, float]:
    """Return what one first visit costs: bytes, and milliseconds from the moment at which the page was asked for."""
    with browser.new_context(viewport={"width": 1280, "height": 800}) as context:
        page = context.new_page()
        sizes = received(context.new_cdp_session(page))
        page.add_init_script(WATCH)
        page.goto(address, wait_until="load")
        page.wait_for_function("window.bench.usable !== null")
        page.wait_for_load_state("networkidle")
        long = page.evaluate("window.bench.long")
        paint = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
        figures = {
            "bytes": sum(sizes) / 1000,
            "requests": len(sizes),
            "paint": page.evaluate(paint),
            "usable": page.evaluate("window.bench.usable"),
            "tasks": len(long),
            "longest": max(long, default=0),
        }
        if page.query_selector("[data-find]:not([hidden]) [type=search]"):
            # The scripts come when they are reached for; what is measured is the answer.
            page.mouse.move(5, 5)
            page.wait_for_selector("[data-cite]", state="attached")
            page.wait_for_load_state("networkidle")
            figures["filter"] = page.evaluate(FILTER)
            page.goto(address, wait_until="networkidle")
        if reachable(page):
            figures["explore"] = page.evaluate(EXPLORE)
        return figures


def reachable(page: Page) -> bool:
    """Tell whether there is a drawing to reach for, and a button that does."""
    return bool(page.query_selector("[data-explored]") and page.query_selector("[data-do=explore]:visible"))


def received(session: CDPSession) -> list[float]:
    """Return the list in which the size of each answer will stand once it has come, its headers counted."""
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    session.send("Network.enable")
    return sizes


if __name__ == "__main__":
    main()
