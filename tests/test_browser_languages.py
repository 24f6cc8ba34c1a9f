"""Pages from right to left, in Chromium: nothing for axe, nothing sideways, and no sentence torn apart."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from conftest import build_site
from project import own_timeline
from test_browser_access import KINDS, WIDTH, page_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

SIZES = {"desk": {"width": 1280, "height": 900}, "phone": {"width": 360, "height": 740}}
# Where the characters of a text that run from left to right stand, each by its left edge.
EDGES = """element => [...element.textContent].map((_, place) => {
    const range = document.createRange();
    range.setStart(element.firstChild, place);
    range.setEnd(element.firstChild, place + 1);
    return range.getBoundingClientRect().left;
})"""


@pytest.fixture(scope="module")
def arabic(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return this repository's own timeline, built in Arabic: its texts stay English."""
    folder = tmp_path_factory.mktemp("arabic")
    return build_site(own_timeline(folder, "ar"), folder / "site")


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Page]:
    """Return the one page of these tests."""
    context = chromium.new_context()
    opened = context.new_page()
    yield opened
    context.close()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_page_from_right_to_left_is_for_everyone(arabic: Path, page: Page, kind: str, size: str) -> None:
    """Axe has nothing against it, it is as wide as the window, and its text begins at the right."""
    page.set_viewport_size(SIZES[size])  # type: ignore[arg-type]
    page.goto(page_of(arabic, kind).as_uri())
    rules = [(rule["id"], node["html"]) for rule in Axe().run(page).response["violations"] for node in rule["nodes"]]
    assert rules == []
    assert max(page.evaluate(WIDTH)) <= SIZES[size]["width"]
    assert page.evaluate("() => getComputedStyle(document.body).direction") == "rtl"
    heading = page.locator("h1").first
    assert heading.evaluate("h1 => h1.dir === 'auto' || getComputedStyle(h1).direction === 'rtl'")


def test_foreign_words_keep_their_own_direction(arabic: Path, page: Page) -> None:
    """An English quote in an Arabic page runs from left to right, down to the stop at its end."""
    page.set_viewport_size(SIZES["desk"])  # type: ignore[arg-type]
    page.goto((arabic / "index.html").as_uri())
    quotes = page.locator("blockquote[lang=en] > p")
    assert quotes.count() > 10
    assert set(quotes.evaluate_all("all => all.map(one => getComputedStyle(one).direction)")) == {"ltr"}
    page.goto(page_of(arabic, "source").as_uri())
    paragraphs = page.locator(".sourcetext[lang=en] .paragraph > p")
    assert set(paragraphs.evaluate_all("all => all.map(one => getComputedStyle(one).direction)")) == {"ltr"}
    notes = page.locator(".note")
    assert set(notes.evaluate_all("all => all.map(one => getComputedStyle(one).direction)")) == {"rtl"}


def test_a_source_its_date_and_its_paragraph_stand_in_order(arabic: Path, page: Page) -> None:
    """Beside an English name, the day of an Arabic date stays beside its month, and ¶ beside its number."""
    page.set_viewport_size(SIZES["desk"])  # type: ignore[arg-type]
    page.goto((arabic / "index.html").as_uri())
    # Where a line ends depends on the fonts: one is looked for that stands in one line.
    whole = """spans => spans.findIndex(span => {
        const tops = [...span.querySelectorAll("bdi")].slice(0, 2).flatMap(
            bdi => [...bdi.getClientRects()].map(one => one.top));
        return Math.max(...tops) - Math.min(...tops) < 8;
    })"""
    origins = page.locator(".origin").filter(has=page.locator("bdi:nth-of-type(3)"))
    origin = origins.nth(origins.evaluate_all(whole))
    lefts = [origin.locator("bdi").nth(place).evaluate("bdi => bdi.getClientRects()[0].left") for place in range(2)]
    assert lefts[0] > lefts[1]
    date = origin.locator("bdi").nth(1).evaluate(EDGES)
    assert date == sorted(date[:2]) + date[2:], "the digits of the day run from left to right"
    assert min(date[:2]) > max(date[3:]), "and stand to the right of the month"
    tops = origin.locator("bdi").nth(2).evaluate("bdi => [...bdi.getClientRects()].map(one => one.top)")
    assert len(tops) == 1


def test_letters_that_join_are_not_set_apart(arabic: Path, page: Page) -> None:
    """Small headings, which are spaced in other scripts, are not in one whose letters join."""
    page.goto(page_of(arabic, "entry").as_uri())
    for heading in page.locator(":is(.kind, .quiet)").all():
        assert heading.evaluate("one => getComputedStyle(one).letterSpacing") in ("normal", "0px")
