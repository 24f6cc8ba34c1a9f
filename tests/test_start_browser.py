"""The timeline before its scripts: they come when the reader reaches for something, and nothing is lost until then."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from exploring import wait_explored
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

Open = Callable[..., "Page"]
LOADED = 'script[src$="assets/timeline.js"]'
DESK = {"viewport": {"width": 1280, "height": 900}}
PHONE = {"viewport": {"width": 390, "height": 800}, "has_touch": True, "is_mobile": True}


@pytest.fixture
def visit(untouched: Browser, own_site: Path) -> Iterator[Open]:
    """Return what opens this repository's timeline from disk; no script may fail there."""
    faults: list[str] = []
    contexts: list[BrowserContext] = []

    def open_page(query: str = "", site: Path = own_site, **look: Any) -> Page:  # noqa: ANN401 - Playwright's options
        context = untouched.new_context(**(look or DESK))
        context.set_default_timeout(10_000)
        contexts.append(context)
        context.on("weberror", lambda error: faults.append(str(error.error)))
        page = context.new_page()
        page.goto(f"{site.as_uri()}/index.html{query}")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert faults == []


def test_a_page_that_is_only_read_loads_one_small_script(visit: Open) -> None:
    """What the reader sees is there without the timeline's scripts, and the form and the button to explore as well."""
    page = visit()
    expect(page.locator("[data-find]")).to_be_visible()
    expect(page.locator('[data-do="explore"]')).to_be_visible()
    expect(page.locator("script[src]")).to_have_count(1)
    page.mouse.move(5, 5)
    expect(page.locator(LOADED)).to_have_count(1)


def test_what_is_typed_first_is_searched_for(visit: Open) -> None:
    """Letters that are typed before the scripts are there stay in the field, and are answered."""
    page = visit()
    page.evaluate(
        """() => {
            const field = document.querySelector("[data-find] [type=search]");
            field.value = "izmir";
            field.dispatchEvent(new Event("input", { bubbles: true }));
        }"""
    )
    expect(page.locator("[data-find-count]")).to_contain_text(" of ")
    expect(page.locator("[data-find] [type=search]")).to_have_value("izmir")
    assert "q=izmir" in page.url


def test_a_box_that_is_ticked_first_filters(visit: Open) -> None:
    """A category that is chosen before the scripts are there is chosen when they are."""
    page = visit()
    box = page.locator("[name=category]").first
    box.evaluate("box => box.click()")
    expect(page.locator("[data-find-count]")).to_contain_text(" of ")
    expect(box).to_be_checked()


def test_the_first_click_on_a_source_opens_it_beside_the_page(visit: Open) -> None:
    """A click that comes before the scripts waits for them: the source opens in the panel, the page stays."""
    page = visit()
    page.locator("[data-entry] a.cite").first.evaluate("link => link.click()")
    expect(page.locator("[data-panel]")).to_be_visible()
    assert "read=" in page.url


def test_the_first_key_is_answered(visit: Open) -> None:
    """A key that is pressed first leads to the first entry, as it does later."""
    page = visit()
    page.keyboard.press("j")
    expect(page.locator("[data-entry]").first).to_be_focused()


def test_the_first_mark_that_is_pointed_at_is_told(visit: Open) -> None:
    """A pointer that comes to rest on a mark of the still drawing sees its card, though it moved only once."""
    page = visit()
    mark = page.locator('[data-overview="wide"] [data-still] [data-id]').first
    box = mark.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.locator("[data-card]")).to_be_visible()


def test_the_first_tap_on_explore_explores(visit: Open) -> None:
    """On a phone the button explores, though nothing was touched before it."""
    page = visit(**PHONE)
    page.locator('[data-do="explore"]').tap()
    wait_explored(page)


def test_an_address_with_a_choice_is_shown_without_a_touch(visit: Open) -> None:
    """Who follows a link with a search sees what it found."""
    page = visit("?q=izmir")
    expect(page.locator("[data-find-count]")).to_contain_text(" of ")


def test_where_the_scripts_do_not_come_links_lead_on(visit: Open, own_site: Path, tmp_path: Path) -> None:
    """A link to a source whose click waited for scripts that cannot be loaded is followed."""
    site = shutil.copytree(own_site, tmp_path / "site")
    (site / "assets/timeline.js").unlink()
    page = visit(site=site)
    page.locator("[data-entry] a.cite").first.click()
    page.wait_for_url("**/sources/*.html#*")


def test_entries_out_of_view_take_their_places_in_the_end(visit: Open) -> None:
    """An address with an entry shows that entry, though those above it were never in view."""
    page = visit(f"#{visit().locator('[data-entry]').last.get_attribute('id')}")
    expect(page.locator("[data-entry]").last.locator("h3")).to_be_in_viewport()
