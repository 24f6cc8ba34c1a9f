"""Print how long a filter takes to answer, from the change to the next frame: `python bench/find.py`.

Measured in Chromium on this repository's own timeline and on made ones. CHROMIUM says where it is, if not in its place.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from chromium import launched
from click.testing import CliRunner
from make import make
from processes import ROOT

sys.path.insert(0, str(ROOT))

from dateline.cli import main

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SIZES = (100, 300)
# Each step with what it does; `type` and `press` are defined below.
STEPS = (
    ("one letter", "type('a')"),
    ("a word", "type('bridge')"),
    ("two words", "type('bridge river')"),
    ("a word that is nowhere", "type('zzzz')"),
    ("search emptied", "type('')"),
    ("a category", "press()"),
    ("all again", "press()"),
)
# What the change itself takes (the script's work), and until the frame that shows it has been made.
MEASURE = """async (step) => {
    const search = document.querySelector("[data-find] [type=search]");
    const type = (words) => { search.value = words; search.dispatchEvent(new Event("input", {bubbles: true})); };
    const press = () => document.querySelector("[data-find] [name=category]").click();
    const before = performance.now();
    step.startsWith("type") ? type(step.slice(6, -2)) : press();
    const after = performance.now();
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    return [after - before, performance.now() - before];
}"""
ROUNDS = 5


def measure(browser: Browser, site: Path) -> None:
    """Print the median of each step on the site's timeline, in milliseconds."""
    page = browser.new_page()
    page.goto((site / "index.html").as_uri(), wait_until="networkidle")
    took: dict[str, list[list[float]]] = {name: [] for name, _ in STEPS}
    for _ in range(ROUNDS):
        for name, step in STEPS:
            took[name].append(page.evaluate(MEASURE, step))
            page.evaluate("() => new Promise((done) => requestIdleCallback(done))")
    for name, rounds in took.items():
        script, frame = (sorted(times)[ROUNDS // 2] for times in zip(*rounds, strict=True))
        print(f"  {name:24} {script:7.1f} {frame:7.1f}")
    page.close()


def run() -> None:
    """Build each timeline and print what it takes to filter it."""
    with launched() as browser, TemporaryDirectory() as folder:
        projects = {"this repository": ROOT} | {f"{size} entries": Path(folder, str(size)) for size in SIZES}
        print(f"{'milliseconds':26} {'script':>7} {'frame':>7}")
        for name, project in projects.items():
            if project != ROOT:
                make(project, int(name.split()[0]))
            CliRunner().invoke(main, ["build", str(project), "--out", f"{folder}/site {name}"], catch_exceptions=False)
            print(name)
            measure(browser, Path(folder, f"site {name}"))


if __name__ == "__main__":
    run()
