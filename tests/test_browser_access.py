"""Promises to every reader, in Chromium: by keyboard, by screen reader, in the dark, on a phone, and on paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import large
import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from conftest import build_site
from playwright.sync_api import expect

from dateline.proof_parts import MOST

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

Open = Callable[..., "Page"]

KINDS = ("index", "entry", "source", "sources", "proof", "figures", "about", "404")
LOOKS = {
    "light": {"color_scheme": "light", "viewport": {"width": 1280, "height": 900}},
    "dark": {"color_scheme": "dark", "viewport": {"width": 1280, "height": 900}},
    "phone": {"color_scheme": "light", "viewport": {"width": 360, "height": 740}},
}

# What has the focus: its place among all that can have it, whether it is in view, and the line around it.
FOCUSED = """() => {
    const element = document.activeElement;
    const box = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    const all = [...document.querySelectorAll("a[href], [tabindex='0']")].filter(one => one.getClientRects().length);
    return {
        place: all.indexOf(element), of: all.length, name: element.outerHTML.slice(0, 120),
        seen: box.bottom > 0 && box.top < innerHeight,
        outlined: style.outlineStyle !== "none" && style.outlineWidth !== "0px",
    };
}"""
WIDTH = "() => [document.scrollingElement.scrollWidth, document.body.scrollWidth]"


@pytest.fixture(params=["own_site", "nasty_site"])
def site(request: pytest.FixtureRequest) -> Path:
    """Return each of the built sites in turn."""
    path: Path = request.getfixturevalue(request.param)
    return path


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Open]:
    """Return what opens a file, without JavaScript unless told otherwise."""
    contexts = []

    def open_page(file: Path, *, scripts: bool = False, **look: Any) -> Page:  # noqa: ANN401 - Playwright's options
        context = chromium.new_context(java_script_enabled=scripts, **look)
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.goto(file.as_uri())
        if scripts:
            # Axe takes what is not laid out yet to stand one upon the other.
            expect(page.locator("[data-late]")).to_have_count(0)
        return page

    yield open_page
    for context in contexts:
        context.close()


def page_of(site: Path, kind: str) -> Path:
    """Return a page of this kind; of the entries and the sources the largest."""
    if kind in ("entry", "source"):
        folder = {"entry": "entries", "source": "sources"}[kind]
        files = [file for file in sorted((site / folder).glob("*.html")) if file.name != "index.html"]
        return max(files, key=lambda file: file.stat().st_size)
    return site / ("sources/index.html" if kind == "sources" else f"{kind}.html")


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing(site: Path, visit: Open, kind: str, look: str) -> None:
    """Axe, its best practices included, has nothing against any kind of page: light, dark, and on a phone."""
    page = visit(page_of(site, kind), scripts=True, **LOOKS[look])
    found = Axe().run(page).response
    faults = [
        (rule["id"], node["html"], node["failureSummary"]) for rule in found["violations"] for node in rule["nodes"]
    ]
    assert faults == []
    assert found["passes"]


def test_axe_finds_nothing_where_entries_are_counted(crowd_site: Path, visit: Open) -> None:
    """Axe has nothing against an overview that counts."""
    page = visit(crowd_site / "index.html", scripts=True, **LOOKS["light"])
    violations = Axe().run(page, ".chart").response["violations"]
    assert [rule["id"] for rule in violations] == []


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_where_the_proof_has_parts(tmp_path: Path, visit: Open, look: str) -> None:
    """Axe has nothing against the proof of many quotes, nor against its parts, which scroll no phone sideways."""
    dates = [f"{1900 + number // 12}-{1 + number % 12:02}" for number in range(MOST + 10)]
    made = build_site(large.write(tmp_path, dates, "entry_pages = false\n"), tmp_path / "site")
    for path in (made / "proof.html", *(made / "proof").glob("*.html")):
        page = visit(path, scripts=True, **LOOKS[look])
        assert [rule["id"] for rule in Axe().run(page).response["violations"]] == []
        assert max(page.evaluate(WIDTH)) <= page.evaluate("innerWidth")


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_where_numbers_have_parts(counted_site: Path, visit: Open, look: str) -> None:
    """Axe has nothing against the page of many numbers, nor those of periods, which scroll no phone sideways."""
    parts = sorted((counted_site / "figures/victims").glob("*.html"))
    for path in (counted_site / "figures.html", *parts[:4], *parts[-3:]):
        page = visit(path, scripts=True, **LOOKS[look])
        assert [rule["id"] for rule in Axe().run(page).response["violations"]] == []
        assert max(page.evaluate(WIDTH)) <= page.evaluate("innerWidth")


@pytest.mark.parametrize("kind", KINDS)
def test_tab_reaches_all_that_can_be_used_with_the_focus_in_sight(site: Path, visit: Open, kind: str) -> None:
    """Tab goes through every link in the order of the page; each is in view and has a line around it."""
    page = visit(page_of(site, kind))
    count = page.evaluate(FOCUSED)["of"]
    for place in range(count):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        assert focused["place"] == place, focused["name"]
        assert focused["seen"], focused["name"]
        assert focused["outlined"], focused["name"]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "404"])
def test_the_first_tab_offers_to_skip_to_the_content(site: Path, visit: Open, kind: str) -> None:
    """The first Tab brings a link into view, and Enter moves the focus past the masthead."""
    page = visit(page_of(site, kind))
    skip = page.locator("a.skip")
    assert (skip.bounding_box() or {"y": 0})["y"] < 0
    page.keyboard.press("Tab")
    assert (skip.bounding_box() or {"y": -1})["y"] >= 0
    assert skip.evaluate("link => link === document.activeElement")
    page.keyboard.press("Enter")
    page.wait_for_url("**#page.content")
    page.keyboard.press("Tab")
    after = page.evaluate("() => document.querySelector('main').compareDocumentPosition(document.activeElement)")
    # The focus is inside of <main>, or in the page's foot where <main> has no link.
    assert after in (4, 20), kind


@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_scrolls_sideways(site: Path, visit: Open, width: int) -> None:
    """At 320 pixels and on a desk every page is as wide as the window, whatever words it holds."""
    page = visit(site / "index.html", viewport={"width": width, "height": 800})
    for file in sorted(site.rglob("*.html")):
        page.goto(file.as_uri())
        assert max(page.evaluate(WIDTH)) <= width, file


def test_each_screen_has_its_own_drawing(site: Path, visit: Open) -> None:
    """A wide window shows the wide overview and a narrow one the narrow; the names of the lanes stand in the window."""
    for width, name in ((1280, "wide"), (360, "narrow")):
        page = visit(site / "index.html", viewport={"width": width, "height": 800})
        shown = page.locator(".overview:visible")
        assert shown.count() == 1
        assert name in (shown.get_attribute("class") or "").split()
        labels = shown.locator(".lane .name").all()
        assert labels
        for label in labels:
            box = label.bounding_box()
            assert box
            assert box["x"] >= 0, label.text_content()
            assert box["x"] + box["width"] <= width, label.text_content()


def test_a_crowded_overview_counts_every_entry(crowd_site: Path, visit: Open) -> None:
    """Above 300 entries the overview draws counts, which add up to all entries and lead to the first of each."""
    for width in (1280, 360):
        page = visit(crowd_site / "index.html", viewport={"width": width, "height": 800})
        counts = page.locator(".overview:visible a")
        labels = [label or "" for label in counts.evaluate_all("links => links.map(link => link.ariaLabel)")]
        assert sum(int(label.split()[0]) for label in labels) == 350
        counts.first.focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/periods/*.html#*")
        assert page.evaluate("() => document.querySelector(':target').matches('article')")


@pytest.mark.parametrize("kind", KINDS)
def test_on_paper_the_controls_are_gone_and_the_marks_stay(site: Path, visit: Open, kind: str) -> None:
    """Printed, a page has no navigation, breaks no entry in two, and keeps its marks, on white even in the dark."""
    page = visit(page_of(site, kind), **LOOKS["dark"])
    page.emulate_media(media="print")
    assert page.locator("h1:visible").count() == 1
    assert page.locator(":is(.tabs, .skip, .years, .turn, .colophon nav, .way):visible").count() == 0
    for selector in (".entry", ".evidence", ".note"):
        for style in styles(page, selector):
            assert style["breakInside"] == "avoid"
    for style in styles(page, "mark"):
        assert style["backgroundColor"] == "rgb(255, 233, 153)"
        assert style["printColorAdjust"] == "exact"
    assert styles(page, "body")[0]["backgroundColor"] == "rgb(255, 255, 255)"
    assert bool(styles(page, "mark")) == (kind in ("index", "entry", "source", "figures", "proof"))


def styles(page: Page, selector: str) -> list[dict[str, str]]:
    """Return how each element that matches is shown."""
    script = """selector => [...document.querySelectorAll(selector)].map(element => {
        const {breakInside, backgroundColor, printColorAdjust} = getComputedStyle(element);
        return {breakInside, backgroundColor, printColorAdjust};
    })"""
    found: list[dict[str, str]] = page.evaluate(script, selector)
    return found
