"""Promises about what nobody plans for: very long quotes and titles, many citations, entries with next to nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from project import build, events, write

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

LONG = " ".join(f"word{n}" for n in range(2000))
TEXT = f"{LONG} ends it.\n\n" + "\n\n".join(f"Sentence number {n} of many." for n in range(1, 10))
FURTHER = {"id": "nine", "date": "", "title": "", "date_note": ""}
ROWS = (
    {"id": "long-quote", "title": "All of it", "quote": f"{LONG} ends it."},
    {"id": "nine", "title": "Many citations", "quote": "Sentence number 1 of many."},
    *({**FURTHER, "quote": f"Sentence number {n} of many."} for n in range(2, 10)),
    {"id": "long-title", "title": "A headline that goes on " * 40, "quote": "Sentence number 9 of many."},
    {"id": "long-word", "title": "Donaudampfschifffahrtsgesellschaft" * 9, "quote": "Sentence number 3"},
    {"id": "bare", "title": "Neither summary nor source", "source": "", "quote": "", "attribution": ""},
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the built site of all that is too long, too many or missing."""
    rows = ({"date_note": "As told.", **row} for row in ROWS)
    folder = write(tmp_path_factory.mktemp("extremes"), {"seeds/a.txt": TEXT, "events.csv": events(*rows)})
    assert build(folder).status == 0
    return folder / "site"


@pytest.fixture(params=[1280, 320], ids=["wide", "narrow"])
def page(request: pytest.FixtureRequest, chromium: Browser, site: Path) -> Iterator[Page]:
    """Return the timeline, open in a wide and in a very narrow window."""
    context = chromium.new_context(viewport={"width": request.param, "height": 800})
    page = context.new_page()
    page.goto((site / "index.html").as_uri())
    yield page
    context.close()


def test_one_long_quote_does_not_bury_the_others(page: Page, site: Path) -> None:
    """Of 2,000 words the timeline shows the beginning and says so; the entry's page and paper have them all."""
    entry = page.locator("#long-quote")
    assert "The beginning of 2002 words; the page of the entry has them all." in entry.inner_text()
    quote = entry.locator("blockquote")
    assert (quote.bounding_box() or {"height": 0.0})["height"] < 400
    page.emulate_media(media="print")
    assert (quote.bounding_box() or {"height": 0.0})["height"] > 1000
    page.emulate_media(media="screen")
    page.goto((site / "entries" / "long-quote.html").as_uri())
    box = page.locator("blockquote").bounding_box() or {"height": 0.0}
    assert box["height"] > 1000
    assert "The beginning of" not in page.inner_text("main")


def test_nine_citations_all_stand(page: Page) -> None:
    """Each of nine citations shows its words and its way into the source."""
    words = page.locator("#nine blockquote").all_inner_texts()
    assert words == [f"Sentence number {n} of many." for n in range(1, 10)]
    assert page.locator("#nine a.cite").count() == 9


def test_an_entry_of_little_is_still_one(page: Page) -> None:
    """An entry with neither summary nor source shows its date and its title."""
    assert page.locator("#bare h3").inner_text() == "Neither summary nor source"
    assert "Jun 12" in page.locator("#bare .when").inner_text()


def test_nothing_runs_out_of_the_page(page: Page) -> None:
    """However long a title or a word is, no page scrolls sideways, and axe has nothing against it."""
    for _ in range(2):
        assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")
        found = Axe().run(page).response["violations"]
        assert [(rule["id"], rule["nodes"][0]["html"][:200]) for rule in found] == []
        page.goto(page.url.split("#")[0].replace("index.html", "entries/long-title.html"))
