"""Promises of the overview of a large timeline that is explored, in Chromium: its levels come as the reader zooms."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from conftest import Serve, build_site
from exploring import PHONE, SELECT, explore, explored, heard, settled, start, view, wait_explored
from many import project_of
from playwright.sync_api import expect
from project import events, write

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

CLEAR: dict[str, Any] = {"ids": None, "from": None, "to": None, "categories": []}
# What is in view, as the scripts know it: kind, lane, how many, from where to where in the window, and at which height.
ITEMS = """() => {
    let shown;
    const give = part => { shown = part; };
    document.dispatchEvent(new CustomEvent("dateline:use", {detail: {name: "view", give}}));
    const {left, top} = document.querySelector("[data-explored]").getBoundingClientRect();
    return shown.items.map(item => {
        const {kind, lane, entries: [entry]} = item;
        const number = kind === "bin" ? entry.number : item.entries.length;
        const box = shown.box(item);
        return {
            kind, lane, number, id: entry.id ?? null, ids: item.entries.map(one => one.id), title: entry.title ?? "",
            from: entry.first, to: entry.last, left: left + box.left, right: left + box.right,
            y: top + (box.top + box.bottom) / 2,
        };
    });
}"""
NUMBERS = """() => [...document.querySelectorAll("[data-explored] .numbers text")].map(one => {
    const {left, right, top, bottom} = one.getBoundingClientRect();
    return {text: one.textContent, x: (left + right) / 2, y: (top + bottom) / 2};
})"""
DRAWN = "() => document.querySelector('[data-canvas]').data.filter(one => one.fill === 'toself')"
LOADED = "() => [...document.querySelectorAll('script[data-loaded]')].map(one => one.getAttribute('src'))"
# Nothing more is asked for: each part that was asked for is there, and drawn.
QUIET = """() => new Promise(done => {
    let last = -1;
    const look = () => {
        const asked = performance.getEntriesByType("resource").length;
        if (asked === last) done(true);
        else { last = asked; setTimeout(look, 150); }
    };
    look();
})"""


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site of 3,000 entries."""
    folder = tmp_path_factory.mktemp("many")
    return build_site(project_of(folder, 3000), folder / "site")


@pytest.fixture(scope="module")
def opened(chromium: Browser, serve: Serve, many: Path) -> Iterator[Page]:
    """Return the large timeline being explored, for all tests: Plotly takes long to start."""
    with explored(chromium, serve(many)) as page:
        page.evaluate("() => document.addEventListener('dateline:go', event => event.preventDefault())")
        yield page


@pytest.fixture
def page(opened: Page) -> Page:
    """Return the page with all of the line in view, nothing chosen, nothing heard yet, and nothing told."""
    opened.emulate_media(media="screen", color_scheme="light")
    opened.click('[data-do="reset"]')
    opened.evaluate(SELECT, CLEAR)
    opened.locator("[data-explored]").focus()
    opened.evaluate("() => { window.heard = []; document.dispatchEvent(new CustomEvent('dateline:card')); }")
    opened.locator("[data-chart]").scroll_into_view_if_needed()
    opened.mouse.move(2, 2)
    quiet(opened)
    return opened


def rows(site: Path) -> list[list[Any]]:
    """Return the rows of all points of a site."""
    texts = (file.read_text("utf-8") for file in (site / "data/points").glob("*.js"))
    return [row for text in texts for row in json.loads(text[text.index("detail:") + 7 : -5])["rows"]]


def quiet(page: Page) -> None:
    """Wait until the parts that are in view are there and drawn."""
    settled(page)
    page.evaluate(QUIET)
    settled(page)


def items(page: Page, *kinds: str) -> list[dict[str, Any]]:
    """Return what of these kinds is in view."""
    found: list[dict[str, Any]] = page.evaluate(ITEMS)
    return [item for item in found if item["kind"] in kinds]


def zoomed(page: Page, times: int) -> None:
    """Zoom in so many steps."""
    for _ in range(times):
        page.click('[data-do="in"]')
        settled(page)
    quiet(page)


def point_at(page: Page, item: dict[str, Any]) -> None:
    """Move the pointer to an item."""
    page.mouse.move((item["left"] + item["right"]) / 2, item["y"])


def press(page: Page) -> None:
    """Click where the pointer is."""
    page.mouse.down()
    page.mouse.up()


def test_the_whole_line_shows_counts_that_add_up(page: Page) -> None:
    """There are a bounded number of them, and each entry is in one; what is drawn is as many shapes as colours."""
    counts = items(page, "bin")
    assert sum(item["number"] for item in counts) == 3000
    assert len({item["from"] for item in counts}) <= 256
    assert not items(page, "point", "bar", "count")
    assert len(page.evaluate(DRAWN)) == 3


def test_a_number_stands_on_its_count(chromium: Browser, serve: Serve, tmp_path: Path) -> None:
    """Counts that have room for it show their numbers, in the middle: of an entry a day, most weeks have seven."""
    days = [f"2021-{month:02}-{day:02}" for month in range(1, 13) for day in range(1, 29)]
    rows = "".join(f"{day},On {day},a\n" for day in days)
    (tmp_path / "events.csv").write_text("date,title,category\n" + rows, "utf-8")
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds/one.txt").write_text("One text.\n", "utf-8")
    (tmp_path / "timeline.toml").write_text('title = "One year"\n', "utf-8")
    with explored(chromium, serve(build_site(tmp_path, tmp_path / "site"))) as page:
        quiet(page)
        counts, numbers = items(page, "bin"), page.evaluate(NUMBERS)
    assert len([one for one in numbers if one["text"] == "7"]) > 20
    for one in numbers:
        [count] = [count for count in counts if count["left"] < one["x"] < count["right"]]
        assert one["text"] == str(count["number"])
        assert (one["x"], one["y"]) == pytest.approx(((count["left"] + count["right"]) / 2, count["y"]), abs=2)


def test_a_count_tells_its_span_and_a_click_zooms_into_it(page: Page) -> None:
    """The card says when and how many; clicked, its part of the calendar fills the view, finer."""
    largest = max(items(page, "bin"), key=lambda item: item["number"])
    point_at(page, largest)
    expect(page.locator("[data-card-title]")).to_have_text(f"Entries: {largest['number']}")
    expect(page.locator("[data-card-date]")).to_have_text(re.compile(r"^\d{4}$"))
    press(page)
    quiet(page)
    assert view(page)[1] - view(page)[0] < 0.2
    assert not items(page, "bin") or min(item["to"] - item["from"] for item in items(page, "bin")) < 100


def test_zooming_ends_at_points_that_are_all_there(page: Page, many: Path) -> None:
    """Finer counts come on the way; at last each entry of a day in view is drawn."""
    before = set(page.evaluate(LOADED))
    units = {item["to"] - item["from"] for item in items(page, "bin")}
    zoomed(page, 3)
    assert max(units) > max(item["to"] - item["from"] for item in items(page, "bin"))
    zoomed(page, 3)
    assert set(page.evaluate(LOADED)) > before
    assert not items(page, "bin")
    page.click('[data-do="view"]')
    [span] = heard(page, "dateline:choose")
    days = {row[4] for row in rows(many) if row[1] == row[2] and span["from"] <= row[1] <= span["to"]}
    drawn = {entry for item in items(page, "point", "count") for entry in item["ids"]}
    assert days
    assert days <= drawn


def test_a_point_is_told_and_gone_to(page: Page) -> None:
    """As in a small timeline: date, title and who says so; a click goes there, with its place on the timeline."""
    zoomed(page, 6)
    [point, *_] = [item for item in items(page, "point") if item["left"] > 300]
    point_at(page, point)
    expect(page.locator("[data-card-title]")).to_have_text(point["title"])
    expect(page.locator("[data-card-who]")).to_contain_text("The ")
    press(page)
    [went] = heard(page, "dateline:go")
    assert went["id"] == point["id"]
    assert went["href"].endswith(f"#{point['id']}")


def test_an_entry_on_another_page_is_gone_to(chromium: Browser, serve: Serve, many: Path) -> None:
    """Where the entry is not on this page, the page of its address is opened."""
    faults: list[str] = []
    page = start(chromium, serve(many), faults)
    detail = {"id": "none-here", "href": "proof.html#none-here"}
    page.evaluate("detail => document.dispatchEvent(new CustomEvent('dateline:go', {detail}))", detail)
    page.wait_for_url("**/proof.html#none-here")
    page.context.close()
    assert faults == []


def test_what_began_before_the_view_is_told(page: Page) -> None:
    """A strip under its lane says how many last into the view; a click lists the first of them as links."""
    zoomed(page, 5)
    strips = items(page, "strip")
    assert strips
    strip = max(strips, key=lambda item: item["number"])
    page.mouse.move((strip["left"] + strip["right"]) / 2, strip["y"])
    expect(page.locator("[data-card-title]")).to_have_text(re.compile(rf"^Entries: {strip['number']}\+?$"))
    press(page)
    links = page.locator("[data-card-list] a")
    expect(links).to_have_count(min(8, strip["number"]))
    expect(links.first).to_be_focused()
    page.keyboard.press("Enter")
    assert heard(page, "dateline:go")


def test_dragging_brings_what_comes_into_view(page: Page) -> None:
    """The line follows the pointer, and its counts and points are there."""
    zoomed(page, 4)
    before = {item["from"] for item in items(page, "bin")}
    box = page.locator("[data-explored]").bounding_box()
    assert box
    page.mouse.move(box["x"] + 0.9 * box["width"], box["y"] + 3)
    page.mouse.down()
    for share in (0.7, 0.5, 0.3, 0.1):
        page.mouse.move(box["x"] + share * box["width"], box["y"] + 3)
        settled(page)
    page.mouse.up()
    quiet(page)
    after = {item["from"] for item in items(page, "bin")}
    assert after - before
    assert before & after
    assert heard(page, "dateline:go") == []


def test_keys_move_between_counts_and_on_beyond_the_view(page: Page) -> None:
    """Each key tells what it comes to; where the view ends the line moves on, and Home and End lead to the ends."""
    title, status = page.locator("[data-card-title]"), page.locator("[data-status]")
    page.keyboard.press("ArrowRight")
    expect(title).to_have_text(re.compile(r"Entries: \d+"))
    first = page.locator("[data-card-date]").inner_text()
    page.keyboard.press("ArrowRight")
    expect(page.locator("[data-card-date]")).not_to_have_text(first)
    assert page.locator("[data-card-date]").inner_text() in status.inner_text()
    for _ in range(6):
        page.keyboard.press("+")
        settled(page)
    quiet(page)
    left, right = view(page)
    for _ in range(60):
        page.keyboard.press("ArrowRight")
        settled(page)
        if view(page)[1] > right:
            break
    assert view(page)[1] > right
    quiet(page)
    page.keyboard.press("Home")
    quiet(page)
    assert view(page)[0] < left
    page.keyboard.press("End")
    quiet(page)
    assert view(page)[0] > right


def test_what_is_said_of_a_count_names_its_lane(chromium: Browser, serve: Serve, many: Path) -> None:
    """From lane to lane the words differ, even where date and number are the same; each sentence has one full stop."""
    faults: list[str] = []
    page = start(chromium, serve(many), faults)
    page.locator("nav.tabs a").last.focus()
    while not page.evaluate("() => document.activeElement.closest('[data-still]')"):
        page.keyboard.press("Tab")
    wait_explored(page)
    status, said = page.locator("[data-status]"), r"Entries: \d+\. {lane}\. Click or press Enter[^.]*\."
    expect(status).to_have_text(re.compile(said.format(lane="Talks") + r" The drawing can be explored\."))
    for lane in ("Raids", "Other"):
        page.keyboard.press("ArrowDown")
        expect(status).to_have_text(re.compile(said.format(lane=lane) + "$"))
    page.context.close()
    assert faults == []


def test_a_count_of_one_has_the_date_of_its_entry(chromium: Browser, serve: Serve, tmp_path: Path) -> None:
    """An entry of a century is not told as one of the year with which that begins."""
    rows = [{"id": f"e{year}", "date": str(year)} for year in range(1600, 1910)]
    write(tmp_path, {"events.csv": events({"id": "old", "date": "15XX"}, *rows)})
    with explored(chromium, serve(build_site(tmp_path, tmp_path / "site"))) as page:
        page.locator("[data-explored]").focus()
        page.keyboard.press("Home")
        quiet(page)
        expect(page.locator("[data-card-date]")).to_have_text("16th century")
        expect(page.locator("[data-card-title]")).to_have_text("Entries: 1")
        expect(page.locator("[data-status]")).to_have_text(re.compile(r"^16th century\. Entries: 1\. Click"))


def test_enter_opens_a_count_and_escape_leads_back(page: Page) -> None:
    """Enter at a count zooms into it until an entry alone is reached; Escape brings the still drawing back."""
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    for _ in range(8):
        page.keyboard.press("Enter")
        quiet(page)
        if heard(page, "dateline:go"):
            break
    assert heard(page, "dateline:go")
    page.locator("[data-explored]").focus()
    page.keyboard.press("Escape")
    if page.locator("[data-explored]").is_visible():
        page.keyboard.press("Escape")
    expect(page.locator("[data-explored]")).to_be_hidden()
    expect(page.locator('[data-overview="wide"] [data-still]')).to_be_visible()
    explore(page)


def test_shift_and_an_arrow_select_a_span_of_counts(page: Page) -> None:
    """From the first day of the first count to the last of the last, which is said and then asked for."""
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    assert "Chosen: " in page.locator("[data-status]").inner_text()
    page.wait_for_function("() => heard.some(one => one[0] === 'dateline:choose')")
    [span] = heard(page, "dateline:choose")
    assert span["to"] - span["from"] > 365


@pytest.mark.parametrize(
    "chosen",
    [{"categories": ["talks"]}, {"from": 0, "to": 3650}, {"categories": ["raids"], "from": 0, "to": 3650}],
    ids=["lane", "span", "both"],
)
def test_what_is_not_chosen_is_faint(page: Page, chosen: dict[str, Any]) -> None:
    """Lanes and days are known of every count, also where no ids are told."""
    page.evaluate(SELECT, {**CLEAR, **chosen})
    settled(page)
    colors = {trace["fillcolor"] for trace in page.evaluate(DRAWN)}
    assert any(color.startswith("rgba") for color in colors)
    assert any(color.startswith("rgb(") for color in colors)


def test_matches_light_the_counts_that_hold_them(page: Page) -> None:
    """Where the days of what was found are told, just the counts with such a day stand out."""
    page.evaluate(
        "() => document.dispatchEvent(new CustomEvent('dateline:selection', {detail: {ids: null, from: null, to: null, "
        "categories: [], matches: Int32Array.of(9000, 200)}}))"
    )
    settled(page)
    whole = [trace for trace in page.evaluate(DRAWN) if trace["fillcolor"].startswith("rgb(")]
    assert 1 <= len(whole) <= 3
    assert all(trace["x"].count(None) <= 2 for trace in whole)


def test_the_lanes_and_only_what_is_in_view_ask(page: Page) -> None:
    """The name of a lane asks for its entries, the button for the days that are in view."""
    page.get_by_role("button", name="Raids", exact=True).click()
    assert heard(page, "dateline:choose") == [{"categories": ["raids"]}]


def test_the_drawing_is_saved_with_its_counts(page: Page, tmp_path: Path) -> None:
    """The picture has the title, the lanes' names and the counts in their colours."""
    zoomed(page, 1)
    with page.expect_download() as download:
        page.click('[data-do="svg"]')
    file = tmp_path / "drawing.svg"
    download.value.save_as(file)
    root = ElementTree.fromstring(file.read_text("utf-8"))  # noqa: S314 - made by our own page
    words = {"".join(text.itertext()) for text in root.iter() if text.tag.endswith("text")}
    assert {"Many", "Talks", "Raids", "Other"} <= words
    filled = [path for path in root.iter() if "js-fill" in str(path.get("class"))]
    assert len([path for path in filled if path.get("d")]) == 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(page: Page, scheme: str) -> None:
    """While a count is told, light or dark."""
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.keyboard.press("ArrowRight")
    settled(page)
    found = Axe().run(page, "[data-chart]").response
    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found["violations"]] == []


def test_a_part_that_does_not_come_is_told_once(chromium: Browser, serve: Serve, many: Path) -> None:
    """The counts that are there stay in its place, and when parts come again nothing more is said of it."""
    faults: list[str] = []
    page = start(chromium, serve(many), faults)
    page.route("**/data/levels/*.js", lambda route: route.abort())
    explore(page)
    page.evaluate("""() => {
        const status = document.querySelector("[data-status]");
        window.said = [];
        new MutationObserver(() => window.said.push(status.textContent)).observe(status, {childList: true});
    }""")
    for _ in range(3):
        page.locator("[data-explored]").focus()
        page.keyboard.press("+")
        quiet(page)
    expect(page.locator("[data-lost]")).to_be_visible()
    assert len([text for text in page.evaluate("() => window.said") if "could not be loaded" in text]) == 1
    assert items(page, "bin")
    page.unroute("**/data/levels/*.js")
    page.wait_for_function(
        """() => {
        document.querySelector('[data-do="in"]').click();
        document.querySelector('[data-do="out"]').click();
        return document.querySelector("[data-lost]").hidden;
    }""",
        polling=500,
    )
    page.context.close()
    assert set(faults) == {"error: Failed to load resource: net::ERR_FAILED"}


def test_on_a_phone_from_disk_it_works_by_touch(chromium: Browser, many: Path) -> None:
    """Counts open at a tap down to points, a point tells and leads on; nothing scrolls sideways."""
    faults: list[str] = []
    page = start(chromium, many.as_uri() + "/", faults, **PHONE)
    page.locator('[data-do="explore"]').tap()
    wait_explored(page)
    quiet(page)
    assert sum(item["number"] for item in items(page, "bin")) == 3000
    for _ in range(6):
        page.locator('[data-do="in"]').tap()
        settled(page)
    quiet(page)
    page.locator("[data-explored]").scroll_into_view_if_needed()
    [point, *_] = [item for item in items(page, "point") if 40 < item["left"] < 300]
    page.touchscreen.tap((point["left"] + point["right"]) / 2, point["y"])
    link = page.locator("[data-card-go] a")
    expect(link).to_be_visible()
    assert str(link.get_attribute("href")).startswith("index.html#") or "periods/" in str(link.get_attribute("href"))
    assert page.evaluate("() => document.scrollingElement.scrollWidth <= innerWidth")
    page.context.close()
    assert faults == []
