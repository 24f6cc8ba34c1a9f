"""Promises of the overview before it is explored, in Chromium: what the still drawing tells, and when Plotly comes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from conftest import Serve, build_site
from exploring import DRAWN, PHONE, SELECT, STILL, Open, explore, heard, ids, mark, settled, start, wait_explored
from playwright.sync_api import expect
from project import one, write

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

pytestmark = pytest.mark.browser

# The headline of the entry whose mark has the focus, or nothing.
TITLE = """() => {
    const entry = document.getElementById(document.activeElement.dataset.id ?? "");
    return entry ? entry.querySelector("h3").textContent : "";
}"""
# Narrow enough for the button to be the only way to Plotly, so that the still drawing can be looked at in peace.
COLUMN = {"viewport": {"width": 720, "height": 1000}}


@pytest.fixture
def open_page(chromium: Browser, serve: Serve) -> Iterator[Open]:
    """Return what opens a site's timeline, from the disk or from a server; in the end nothing may have gone wrong."""
    faults: list[str] = []
    pages: list[Page] = []

    def opened(site: Path, *, disk: bool = False, **look: object) -> Page:
        pages.append(start(chromium, site.as_uri() + "/" if disk else serve(site), faults, **look))
        return pages[-1]

    yield opened
    for page in pages:
        page.context.close()
    assert faults == []


def first_mark(page: Page) -> str:
    """Return the entry of a mark in the still drawing that says who says so."""
    found: str = page.evaluate("""() => [...document.querySelectorAll("[data-still] [data-id]")].find(
        (mark) => document.getElementById(mark.dataset.id).querySelector("[data-who]")).dataset.id""")
    return found


def test_without_javascript_nothing_is_offered_that_needs_it(chromium: Browser, own_site: Path) -> None:
    """The drawing with its names and its tips is there; no button, no card, no empty frame is."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{own_site.as_uri()}/index.html")
    expect(page.locator("[data-chart] button:visible")).to_have_count(0)
    for hidden in ("card", "explored", "bar", "state", "begin", "palette"):
        expect(page.locator(f"[data-{hidden}]")).to_be_hidden()
    expect(page.locator('[data-overview="wide"] [data-still]')).to_be_visible()
    assert page.locator('[data-overview="wide"] [data-id] > title').count() > 30
    assert page.locator(".tools").bounding_box()["height"] == 0  # type: ignore[index]
    context.close()


def test_the_still_drawing_tells_what_a_mark_is(open_page: Open, own_site: Path) -> None:
    """Under the pointer a mark tells date, title and who says so, once; the card can be pointed at, Esc hides it."""
    page = open_page(own_site, **COLUMN)
    entry = first_mark(page)
    card = page.locator("[data-card]")
    mark(page, entry).hover()
    expect(card).to_be_visible()
    article = page.locator(f'article[id="{entry}"]')
    assert card.locator("[data-card-title]").inner_text() == article.locator("h3").inner_text()
    assert card.locator("[data-card-who]").inner_text().split(" · ")[0] in article.inner_text()
    assert card.locator("[data-card-date]").inner_text() in str(mark(page, entry).get_attribute("aria-label"))
    assert page.locator("[data-still] a > title").count() == 0
    frame, box = page.locator("[data-chart] [data-frame]").bounding_box(), card.bounding_box()
    assert frame
    assert box
    assert frame["x"] - 1 <= box["x"]
    assert box["x"] + box["width"] <= frame["x"] + frame["width"] + 1
    card.hover()
    page.wait_for_function("() => new Promise(done => setTimeout(done, 400, true))")
    expect(card).to_be_visible()
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    mark(page, entry).hover()
    expect(card).to_be_visible()
    page.mouse.move(5, 5)
    expect(card).to_be_hidden()


def test_a_click_on_a_mark_goes_to_the_entry(open_page: Open, own_site: Path) -> None:
    """The other scripts are asked to go there; where none answers, the page goes there itself."""
    page = open_page(own_site, disk=True, **COLUMN)
    entry = first_mark(page)
    mark(page, entry).click()
    expect(page.locator(f'article[id="{entry}"]')).to_be_in_viewport()
    assert heard(page, "dateline:go") == [{"id": entry}]
    assert page.evaluate("() => document.activeElement.id") == entry
    assert page.url.endswith(f"#{entry}")


def test_by_keyboard_a_mark_tells_and_goes(open_page: Open, own_site: Path) -> None:
    """A mark that has the focus tells what it is; Enter goes to its entry, Esc hides what was told."""
    page = open_page(own_site, **COLUMN)
    page.locator("[data-still]:visible [data-id]").first.focus()
    page.keyboard.press("Tab")
    focused = page.evaluate(TITLE)
    expect(page.locator("[data-card-title]")).to_have_text(focused)
    page.keyboard.press("Escape")
    expect(page.locator("[data-card]")).to_be_hidden()
    page.keyboard.press("Enter")
    expect(page.locator("article:focus h3")).to_have_text(focused)


@pytest.mark.parametrize("look", [PHONE, {**PHONE, "viewport": {"width": 320, "height": 640}}])
def test_a_tap_tells_and_leads_to_the_entry(open_page: Open, own_site: Path, look: dict[str, object]) -> None:
    """A finger gets the card with a link of a thumb's size; nothing is loaded, nothing scrolls sideways."""
    page = open_page(own_site, **look)
    entry = first_mark(page)
    mark(page, entry).scroll_into_view_if_needed()
    mark(page, entry).tap()
    link = page.locator("[data-card-go] a")
    expect(link).to_be_visible()
    page.locator("[data-chart] [data-frame]").tap(position={"x": 200, "y": 2})
    expect(link).to_be_hidden()
    mark(page, entry).tap()
    expect(link).to_be_visible()
    box = link.bounding_box()
    assert box
    assert box["height"] >= 44
    assert page.evaluate("() => document.scrollingElement.scrollWidth <= innerWidth")
    assert page.evaluate("() => document.querySelectorAll('script[data-loaded]').length") == 0
    link.tap()
    expect(page.locator(f'article[id="{entry}"]')).to_be_in_viewport()


def test_the_still_drawings_show_what_is_chosen(open_page: Open, own_site: Path) -> None:
    """Marks of entries that are not chosen are faint in both drawings, and the names of chosen lanes stand out."""
    page = open_page(own_site)
    chosen = ids(page)[::3]
    page.evaluate(SELECT, {"ids": chosen, "from": None, "to": None, "categories": ["statement"]})
    faint = page.evaluate("() => [...document.querySelectorAll('[data-still] [data-out]')].map(one => one.dataset.id)")
    assert sorted(faint) == sorted(2 * [entry for entry in ids(page) if entry not in chosen])
    expect(page.locator(".lane[data-chosen]")).to_have_text(["Statements", "Statements"])
    page.evaluate(SELECT, {"ids": None, "from": None, "to": None, "categories": []})
    expect(page.locator("[data-still] [data-out], .lane[data-chosen]")).to_have_count(0)


def test_a_count_is_faint_when_none_of_its_entries_is_chosen(open_page: Open, crowd_site: Path) -> None:
    """Of 350 entries one is chosen: all counts but the one that holds it are faint, in both drawings."""
    page = open_page(crowd_site, **COLUMN)
    everything = ids(page)
    page.evaluate(SELECT, {"ids": [everything[30]], "from": None, "to": None, "categories": []})
    expect(page.locator("[data-still] [data-id]:not([data-out])")).to_have_count(2)


def test_what_is_faint_shows_where_colours_are_forced(open_page: Open, own_site: Path) -> None:
    """A mark that is not chosen has the colour of what cannot be used, a hollow one stays hollow."""
    page = open_page(own_site, forced_colors="active")
    chosen = ids(page)[::2]
    page.evaluate(SELECT, {"ids": chosen, "from": None, "to": None, "categories": []})
    kinds = ["[data-out]:not(.doubtful)", ":not([data-out], .doubtful)", ".doubtful:not(:has([mask]))"]
    colors = [
        page.locator(f"[data-still]:visible [data-id]{kind}").first.evaluate("one => getComputedStyle(one).fill")
        for kind in kinds
    ]
    assert len(set(colors)) == 3


def test_a_passing_pointer_loads_nothing(open_page: Open, own_site: Path) -> None:
    """Who crosses the drawing on the way to something else does not pay for Plotly."""
    page = open_page(own_site)
    page.locator("[data-chart]").scroll_into_view_if_needed()
    page.mouse.move(640, 500)
    page.mouse.move(660, 520)
    page.locator("nav.years a").first.hover()
    page.wait_for_function("() => new Promise(done => setTimeout(done, 600, true))")
    assert page.evaluate("() => document.querySelectorAll('script[data-loaded]').length") == 0


@pytest.mark.parametrize("disk", [True, False])
def test_a_resting_pointer_brings_plotly_in_place_without_a_jump(
    open_page: Open, own_site: Path, *, disk: bool
) -> None:
    """Whether from disk or under a sub-path: every mark stays where it was, within two pixels, and so does the page."""
    page = open_page(own_site, disk=disk)
    before = page.evaluate(STILL)
    tops = page.evaluate("() => [...document.querySelectorAll('article')].map(one => one.getBoundingClientRect().top)")
    names = page.locator('[data-overview="wide"] .names').bounding_box()
    # From the gap between two lanes, so that no mark is pointed at.
    page.locator('[data-overview="wide"] [data-still]').hover(position={"x": 300, "y": 10})
    wait_explored(page)
    everything = ids(page)
    after = {everything[index]: place for index, *place in page.evaluate(DRAWN)}
    assert after.keys() == {entry for entry, *_ in before}
    for entry, left, right, y in before:
        found = after[entry]
        assert (found[0] + found[1]) / 2 == pytest.approx((left + right) / 2, abs=2), entry
        # A triangle of Plotly's stands a little higher within its box than ours.
        assert found[2] == pytest.approx(y, abs=2.5), entry
    assert tops == page.evaluate(
        "() => [...document.querySelectorAll('article')].map(one => one.getBoundingClientRect().top)"
    )
    assert names
    lanes = page.locator('[data-lanes="wide"]').bounding_box()
    assert lanes
    assert lanes["width"] == pytest.approx(names["width"], abs=1)
    expect(page.locator('[data-overview="wide"] [data-still]')).to_be_hidden()


def test_a_long_name_of_a_lane_ends_with_a_whole_line(open_page: Open, tmp_path: Path) -> None:
    """What there is no room for is left out line by line, in the still drawing and in the one that is explored."""
    settings = 'title = "Works"\n[categories.works]\nlabel = "Repairs and works on the piers, docks and bridges"\n'
    folder = write(tmp_path, {"timeline.toml": settings, "events.csv": one(category="works")})
    page = open_page(build_site(folder, tmp_path / "site"))
    lines = "name => name.clientHeight / parseFloat(getComputedStyle(name).lineHeight)"
    still, explored = page.locator(".wide .lane .name"), page.locator(".wide .lanes .name")
    assert still.evaluate(lines) == pytest.approx(2, abs=0.1)
    explore(page)
    assert explored.evaluate(lines) == pytest.approx(2, abs=0.1)


def test_the_focus_brings_plotly_and_stays_with_its_entry(open_page: Open, own_site: Path) -> None:
    """Who reaches a mark by keyboard is at the same entry when Plotly is there, and back at its mark after Esc."""
    page = open_page(own_site)
    page.locator("nav.tabs a").last.focus()
    title = ""
    for _ in range(8):
        page.keyboard.press("Tab")
        title = page.evaluate(TITLE)
        if title:
            break
    assert title
    wait_explored(page)
    expect(page.locator("[data-explored]")).to_be_focused()
    expect(page.locator("[data-card-title]")).to_have_text(title)
    said = page.locator("[data-status]").inner_text()
    assert title in said
    assert "Escape" in said
    page.keyboard.press("Escape")
    expect(page.locator("[data-card]")).to_be_hidden()
    expect(page.locator("[data-explored]")).to_be_visible()
    page.keyboard.press("Escape")
    assert page.evaluate(TITLE) == title
    expect(page.locator("[data-explored]")).to_be_hidden()
    expect(page.locator("[data-begin]")).to_be_visible()


def test_who_has_gone_on_is_left_in_peace(open_page: Open, own_site: Path) -> None:
    """Where the focus has left the drawing before Plotly is there, the still one stays, and nothing takes the focus."""
    page = open_page(own_site)
    held: list[Route] = []
    page.route("**/plotly.min.js", lambda route: held.append(route))  # noqa: PLW0108 - Playwright takes no method of a list
    page.locator("nav.tabs a").last.focus()
    while not page.evaluate("() => document.activeElement.closest('[data-still]')"):
        page.keyboard.press("Tab")
    page.wait_for_selector('[data-chart][data-state="loading"]')
    page.locator("nav.tabs a").last.focus()
    for route in held:
        route.continue_()
    page.wait_for_selector('[data-chart][data-state="still"]')
    expect(page.locator("nav.tabs a").last).to_be_focused()
    expect(page.locator("[data-explored]")).to_be_hidden()


@pytest.mark.parametrize("missing", ["assets/time-axis.js", "assets/explore.js", "data/overview.js"])
def test_what_cannot_be_loaded_leaves_the_still_drawing(
    chromium: Browser, own_site: Path, serve: Serve, missing: str
) -> None:
    """The reader is told, the still drawing stays and answers, the focus is kept, and the button tries again."""
    faults: list[str] = []
    page = start(chromium, serve(own_site), faults)
    page.route(f"**/{missing}", lambda route: route.abort())
    page.click('[data-do="explore"]')
    page.wait_for_selector('[data-chart][data-state="failed"]', timeout=60_000)
    expect(page.locator("[data-tools] [data-state]")).to_contain_text("could not be loaded")
    expect(page.locator("[data-status]")).to_contain_text("could not be loaded")
    expect(page.locator('[data-overview="wide"] [data-still]')).to_be_visible()
    expect(page.locator('[data-do="explore"]')).to_be_focused()
    page.unroute(f"**/{missing}")
    explore(page)
    expect(page.locator("[data-explored]")).to_be_focused()
    page.context.close()
    assert faults == ["error: Failed to load resource: net::ERR_FAILED"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_against_the_card(open_page: Open, own_site: Path, scheme: str) -> None:
    """With a mark told, on a phone, axe has nothing against the overview, light or dark."""
    page = open_page(own_site, **PHONE, color_scheme=scheme)
    mark(page, first_mark(page)).tap()
    expect(page.locator("[data-card]")).to_be_visible()
    found = Axe().run(page, "[data-chart]").response
    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found["violations"]] == []
    settled(page)
