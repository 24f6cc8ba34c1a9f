"""Promises of a timeline that is cut into periods, in Chromium: without JavaScript, with it, by keyboard, and looks."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import large
import pytest
from conftest import SUB_PATH, Serve, build_site
from playwright.sync_api import expect
from reading import CLIPBOARD, LOOKS, PHONE, SMALL, WIDTH, Visit, axe_faults, folder_of, windows

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

# An entry of the 1970s, whose dates are all of this kind or closer; and what is not an entry.
PERIOD = "periods/197X.html"
UNKNOWN = ("nothing", "__proto__", "constructor", "%E0%A4%A", "")
FIRST = "() => document.querySelector('article[data-entry]').id"
OPEN = {"permissions": ["clipboard-read", "clipboard-write"]}


@pytest.fixture(scope="module")
def cut(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a site of 700 entries without pages of their own."""
    folder = large.write(tmp_path_factory.mktemp("cut"), large.spread(700), "entry_pages = false\n")
    return build_site(folder, folder / "site")


@pytest.fixture(scope="module")
def paged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a site of 700 entries with pages of their own."""
    folder = large.write(tmp_path_factory.mktemp("paged"), large.spread(700))
    return build_site(folder, folder / "site")


@pytest.fixture(params=["disk", "server"])
def base(request: pytest.FixtureRequest, cut: Path, serve: Serve) -> str:
    """Return the address of the first site's folder: on the disk, or on a server under a sub-path."""
    return folder_of(cut) if request.param == "disk" else serve(cut)


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Visit]:
    """Return what opens an address; in the end nothing may have gone wrong in any window."""
    with windows(chromium) as opener:
        yield opener


# Without JavaScript


def test_a_period_leads_to_the_search(base: str, visit: Visit) -> None:
    """The page of a period has a way to the search of the whole timeline, by a link and by its key; it begins there."""
    page = visit(base + PERIOD, base)
    page.get_by_role("link", name="Search the whole timeline").click()
    page.wait_for_url("**/index.html#find.text")
    expect(page.get_by_role("searchbox")).to_be_focused()
    expect(page.get_by_role("searchbox")).to_be_in_viewport()
    page.go_back()
    page.keyboard.press("/")
    page.wait_for_url("**/index.html#find.text")
    expect(page.get_by_role("searchbox")).to_be_focused()


def test_without_javascript_no_way_leads_to_the_search(cut: Path, visit: Visit) -> None:
    """Where the search does nothing, no link leads to it."""
    address = folder_of(cut)
    page = visit(address + PERIOD, address, java_script_enabled=False)
    expect(page.locator("[data-search-all]")).to_be_hidden()


def test_without_javascript_links_lead_through_all_periods(cut: Path, visit: Visit) -> None:
    """From the list to a period, on to the next, back to the list, and up: by links alone."""
    address = folder_of(cut)
    page = visit(address + "index.html", address, java_script_enabled=False)
    page.get_by_role("navigation", name="Periods, each with the number").get_by_role("link", name="1970s").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("1970s")
    page.locator(".turn [rel=next]").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("1980s")
    page.get_by_role("navigation", name="Where this period is").get_by_role("link", name="20th century").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("20th century")
    expect(page.locator("article h3").first).to_be_visible()
    page.get_by_role("link", name="All periods").click()
    page.wait_for_url("**/index.html#page.periods")


def test_without_javascript_the_address_of_an_entry_says_what_to_do(cut: Path, visit: Visit) -> None:
    """Where scripts are off, the page of permanent addresses says so and leads to the timeline."""
    address = folder_of(cut)
    page = visit(address + "entry.html#anything", address, java_script_enabled=False)
    expect(page.get_by_text("takes JavaScript")).to_be_visible()
    expect(page.get_by_text("There is no entry")).to_be_hidden()
    page.get_by_role("link", name="To the timeline “Made”").click()
    page.wait_for_url("**/index.html")


# The address that stays


def test_a_permanent_address_leads_to_the_entry(base: str, visit: Visit) -> None:
    """`entry.html#id` leads to the entry on its page and keeps the query; Back leads to where the reader came from."""
    page = visit(base + PERIOD, base)
    entry = page.evaluate(FIRST)
    page.goto(base + "index.html")
    page.goto(f"{base}entry.html?from=feed#{entry}")
    page.wait_for_url(f"{base}{PERIOD}?from=feed#{entry}")
    expect(page.locator(f"[id='{entry}']")).to_be_in_viewport()
    page.go_back()
    page.wait_for_url(base + "index.html")


def test_a_permanent_address_leads_to_the_page_of_the_entry(paged: Path, visit: Visit) -> None:
    """Where entries have pages of their own, the permanent address leads there."""
    address = folder_of(paged)
    page = visit(address + PERIOD, address)
    entry = page.evaluate(FIRST)
    page.goto(f"{address}entry.html#{entry}")
    page.wait_for_url(f"{address}entries/{entry}.html")
    page.get_by_role("link", name="On the timeline").click()
    page.wait_for_url(f"{address}{PERIOD}#{entry}")


@pytest.mark.parametrize("name", UNKNOWN)
def test_an_unknown_address_is_answered_in_words(base: str, visit: Visit, name: str) -> None:
    """An id that no entry has, whatever it is, is answered in words."""
    page = visit(f"{base}entry.html#{name}", base)
    expect(page.get_by_text("There is no entry at this address.")).to_be_visible()
    expect(page.get_by_text("Looking for the entry")).to_be_hidden()
    assert page.url.startswith(base + "entry.html")


def test_an_address_from_before_the_cut_leads_on(base: str, visit: Visit) -> None:
    """The place of an entry on a page that has been cut since then leads to the page on which the entry is today."""
    page = visit(base + PERIOD, base)
    entry = page.evaluate(FIRST)
    for old in ("index.html", "periods/19XX.html"):
        page.goto(f"{base}{old}#{entry}")
        page.wait_for_url(f"{base}{PERIOD}#{entry}")
    page.goto(f"{base}index.html#nothing")
    expect(page.get_by_role("heading", level=1)).to_have_text("Made")
    assert page.url == f"{base}index.html#nothing"


@pytest.mark.parametrize("old", ["index.html", "periods/19XX.html", "entry.html"])
def test_an_address_with_a_source_leads_on(base: str, visit: Visit, old: str) -> None:
    """`?read=` leads from any page of the timeline to the one that holds the entry, and opens its source there.

    So it does for a further quote of the entry, by its number.
    """
    page = visit(base + PERIOD, base)
    entry = page.evaluate(FIRST)
    page.goto(f"{base}{old}?read={entry}")
    page.wait_for_url(f"{base}{PERIOD}?read={entry}**")
    expect(page.locator("[data-panel] iframe")).to_be_visible()
    expect(page.locator("article", has=page.locator("[data-reading]"))).to_have_id(entry)
    expect(page.locator("[data-reading]")).to_be_in_viewport()
    page.goto(f"{base}{old}?read={entry}.2")
    page.wait_for_url(f"{base}{PERIOD}?read={entry}.2**")


@pytest.mark.parametrize("beside", ["#page.periods", "#nothing"])
def test_an_address_with_a_source_and_no_entry_leads_on(base: str, visit: Visit, beside: str) -> None:
    """`?read=` leads to its entry also where the fragment names another place, or none."""
    entry = visit(base + PERIOD, base).evaluate(FIRST)
    page = visit(f"{base}index.html?read={entry}{beside}", base)
    page.wait_for_url(f"{base}{PERIOD}?read={entry}**")
    expect(page.locator("[data-panel] iframe")).to_be_visible()


def test_a_source_that_says_otherwise_is_read_beside_the_entry(tmp_path: Path, visit: Visit) -> None:
    """The words of an entry of another page, read where they stand beside this one, are there again after a reload."""
    folder = large.write(tmp_path, large.spread(700))
    with (folder / "events.csv").open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file)
    one, other = (next(row[0] for row in rows if row[1].startswith(decade)) for decade in ("197", "201"))
    table = [[*head, "conflicts_with"], *([*row, other if row[0] == one else ""] for row in rows)]
    with (folder / "events.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(table)
    address = folder_of(build_site(folder, folder / "site"))
    page = visit(address + PERIOD, address)
    page.locator(f'[data-theirs="{other}"] a.cite').click()
    for _ in range(2):
        expect(page.locator("[data-panel] iframe")).to_be_visible()
        assert page.url == f"{address}{PERIOD}?read={other}"
        page.reload()


def test_an_address_with_an_unknown_source_stays(base: str, visit: Visit) -> None:
    """`?read=` of what is no entry leaves the reader on the page, as an unknown fragment does."""
    for unknown in UNKNOWN:
        page = visit(f"{base}index.html?read={unknown}", base)
        expect(page.get_by_role("heading", level=1)).to_have_text("Made")
        expect(page.locator("[data-panel]")).to_be_hidden()
        assert page.url == f"{base}index.html?read={unknown}"


# On the pages


def test_a_mark_of_the_drawing_leads_to_its_period(base: str, visit: Visit) -> None:
    """A press on what the drawing counts goes to the first entry that it counts, wherever that is."""
    page = visit(base + "index.html", base)
    mark = page.locator(".overview.wide [data-still] a[data-id]").last
    entry = mark.get_attribute("data-id")
    mark.dispatch_event("click")
    page.wait_for_url(f"{base}periods/*.html#{entry}")
    expect(page.locator(f"[id='{entry}']")).to_be_in_viewport()


def test_a_source_opens_beside_a_period(base: str, visit: Visit) -> None:
    """On the page of a period a source opens beside it, and its notes lead to entries of other pages too."""
    page = visit(base + PERIOD, base)
    page.locator("a.cite").first.click()
    expect(page.locator("[data-panel]")).to_be_visible()
    frame = page.frame_locator("[data-panel] iframe")
    expect(frame.locator("html[data-framed]")).to_be_attached()
    other = frame.locator("[data-go]").last
    entry = other.get_attribute("data-go")
    other.click()
    page.wait_for_url(f"{base}periods/*.html#{entry}")
    assert PERIOD not in page.url


def test_the_copied_link_stays(serve: Serve, cut: Path, visit: Visit) -> None:
    """“Copy link” gives the address that stays, and no code for a frame is offered where there is no page for it."""
    address = serve(cut)
    page = visit(address + PERIOD, address, **OPEN)
    article = page.locator("article[data-entry]").first
    article.locator("[data-cite]").click()
    expect(article.locator("[data-copy=embed]")).to_be_hidden()
    article.locator("[data-copy=link]").click()
    expect(article.locator("[data-copy=link]")).to_have_text("Copied")
    assert page.evaluate(CLIPBOARD) == {"text/plain": f"{address}entry.html#{page.evaluate(FIRST)}"}
    assert SUB_PATH in address


def test_keys_lead_from_entry_to_entry_in_a_period(base: str, visit: Visit) -> None:
    """On the page of a period, `j` leads from entry to entry, and Enter to where the entry stands."""
    page = visit(base + PERIOD, base)
    ids = page.evaluate("() => [...document.querySelectorAll('article[data-entry]')].slice(0, 3).map(one => one.id)")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator(f"[id='{ids[1]}']")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(f"{base}{PERIOD}#{ids[1]}")


# Looks


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("path", ["index.html", PERIOD, "periods/19XX.html", "entry.html#nothing"])
def test_nothing_is_in_anybodys_way(cut: Path, visit: Visit, path: str, look: str) -> None:
    """Axe finds no fault in the pages of a timeline that is cut, in the light, the dark, on a phone."""
    page = visit(folder_of(cut) + path, "", **LOOKS[look])
    if "#" in path:
        expect(page.get_by_text("There is no entry")).to_be_visible()
    assert axe_faults(page, "body > .page > :not(main), main > :nth-child(-n + 4)") == []


@pytest.mark.parametrize("look", [PHONE, SMALL])
def test_nothing_scrolls_sideways(cut: Path, visit: Visit, look: dict[str, object]) -> None:
    """On a small window each page of the timeline is as wide as the window."""
    address = folder_of(cut)
    page = visit(address + "index.html", address, **look)
    width = page.evaluate("() => innerWidth")
    for path in ("index.html", PERIOD, "periods/19XX.html", "entry.html#nothing"):
        page.goto(address + path)
        assert page.evaluate(WIDTH) <= width
