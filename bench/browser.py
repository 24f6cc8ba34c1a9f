"""Measure what a reader of this repository's own timeline waits for: `python bench/browser.py [--runs 7]`.

It is built, served with gzip on this machine, and opened in headless Chromium, each time as if for the first time.
Beside each figure stands what it should be; nothing is asserted, as all but the bytes depend on the machine. What a
page does not have (yet) is left out.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import builders
import reader
from chromium import ENTRY, launched, visiting, wait_for
from processes import ROOT
from server import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# How long is waited for anything, in seconds.
PATIENCE = 20
# Of the words of the first headline, the longest.
WORD = """(entry) => document.querySelector(`${entry} h3`).textContent.trim().split(/\\s+/).reduce(
  (one, other) => (other.length > one.length ? other : one))"""
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
    """Build the site, or take one that is built, measure it and print the table."""
    parser = argparse.ArgumentParser(description="Measure what a reader waits for.")
    parser.add_argument("--runs", type=int, default=7, help="how often the page is opened; the median is shown")
    parser.add_argument("--site", type=Path, help="a site that is built already; this repository's when left out")
    given = parser.parse_args()
    if os.environ.get("NO_BROWSER") == "1":
        return
    with tempfile.TemporaryDirectory() as folder, launched() as browser:
        site = given.site or built(Path(folder) / "site")
        print("\n".join(table(browser, site, given.runs)))


def built(out: Path) -> Path:
    """Build this repository's timeline."""
    command, environment = builders.dateline(ROOT, out), {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run(command, env=environment, check=True, capture_output=True)
    return out


def table(browser: Browser, site: Path, runs: int) -> Iterator[str]:
    """Yield the lines of a table of what a first visit to a site costs."""
    figures = opened(browser, site, runs)
    yield "| in the browser | measured | worst | budget |"
    yield "| --- | ---: | ---: | ---: |"
    for key, (name, budget) in ROWS.items():
        values = [run[key] for run in figures if key in run]
        if values:
            yield f"| {name} | {median(values):,.0f} | {max(values):,.0f} | {budget} |"


def opened(browser: Browser, site: Path, runs: int) -> Sequence[Mapping[str, float]]:
    """Open a site so often, each time with nothing kept; the first time, which warms the machine, does not count."""
    with served(site) as address:
        return [measured(browser, address) for _ in range(runs + 1)][1:]


def measured(browser: Browser, address: str) -> Mapping[str, float]:
    """Return what one first visit costs: bytes, and milliseconds from the moment at which the page was asked for."""
    with visiting(browser, PATIENCE) as visit:
        page = visit.page
        usable = wait_for(page, "usable", lambda: page.goto(address, wait_until="commit"))
        page.wait_for_load_state("networkidle")
        long = page.evaluate("window.bench.long")
        paint = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
        figures: dict[str, float | None] = {
            "bytes": visit.received(),
            "requests": len(visit.sizes),
            "paint": page.evaluate(paint),
            "usable": usable,
            "tasks": len(long),
            "longest": max(long, default=0),
            "filter": reader.typed(page, [page.evaluate(WORD, ENTRY)]),
        }
        page.goto(address, wait_until="networkidle")
        figures["explore"] = reader.explored(page)
        return {name: value for name, value in figures.items() if value is not None}


if __name__ == "__main__":
    main()
