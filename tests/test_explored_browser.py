"""Promises of the overview that is explored, in Chromium: by mouse, by keyboard, by touch, in every colour."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from conftest import Serve, build_site
from exploring import DRAWN, PHONE, SELECT, STILL, explore, explored, heard, ids, settled, start, view
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Browser, FloatRect, Page

pytestmark = pytest.mark.browser

CLEAR: dict[str, Any] = {"ids": None, "from": None, "to": None, "categories": []}
RANGE = "document.querySelector('[data-canvas]').layout.xaxis.range"
OPACITIES = """() => {
    const [, , points] = document.querySelector("[data-canvas]").data;
    return points.customdata.map((index, at) => [index, points.marker.opacity[at]]);
}"""


@pytest.fixture(scope="module")
def opened(chromium: Browser, serve: Serve, own_site: Path) -> Iterator[Page]:
    """Return this repository's timeline being explored, for all tests: Plotly takes long to start."""
    with explored(chromium, serve(own_site)) as page:
        yield page


@pytest.fixture
def page(opened: Page) -> Page:
    """Return the page with all of the line in view, nothing chosen, nothing heard yet, and nothing told."""
    opened.emulate_media(media="screen", color_scheme="light")
    opened.set_viewport_size({"width": 1280, "height": 1000})
    # What the last test left open may stand over the button.
    opened.evaluate("() => document.dispatchEvent(new CustomEvent('dateline:card'))")
    opened.click('[data-do="reset"]')
    opened.evaluate(SELECT, CLEAR)
    opened.locator("[data-explored]").focus()
    opened.evaluate("() => { window.heard = []; document.dispatchEvent(new CustomEvent('dateline:card')); }")
    opened.locator("[data-chart]").scroll_into_view_if_needed()
    opened.mouse.move(2, 2)
    settled(opened)
    return opened


def fresh(chromium: Browser, base: str, faults: list[str], **look: Any) -> Page:  # noqa: ANN401 - Playwright's options
    """Open another site, or another look, and explore it."""
    page = start(chromium, base, faults, **look)
    explore(page)
    return page


def box_of(page: Page) -> FloatRect:
    """Return where the drawing stands."""
    box = page.locator("[data-explored]").bounding_box()
    assert box
    return box


def places(page: Page) -> dict[str, list[float]]:
    """Return where each drawn entry is: left, right and the middle of its height, by its id."""
    everything = ids(page)
    return {everything[index]: place for index, *place in page.evaluate(DRAWN)}


def point_at(page: Page, entry: str) -> None:
    """Move the pointer to an entry in the drawing."""
    left, right, y = places(page)[entry]
    page.mouse.move((left + right) / 2, y)


def drag(page: Page, start_at: float, end_at: float) -> None:
    """Drag along the drawing, from and to shares of its width."""
    box = box_of(page)
    page.mouse.move(box["x"] + start_at * box["width"], box["y"] + 4)
    page.mouse.down()
    for step in range(1, 6):
        page.mouse.move(box["x"] + (start_at + (end_at - start_at) * step / 5) * box["width"], box["y"] + 4)
    page.mouse.up()
    settled(page)


def single(page: Page) -> str:
    """Return an entry of one day, that no other stands near."""
    found = sorted(places(page).items(), key=lambda item: item[1])
    points = [entry for entry, (left, right, _) in found if right - left < 20]
    return points[-1]


def test_a_mark_tells_date_title_and_who_says_so(page: Page) -> None:
    """Under the pointer, in the same card as in the still drawing; it goes when the pointer goes."""
    entry = single(page)
    point_at(page, entry)
    expect(page.locator("[data-card]")).to_be_visible()
    article = page.locator(f'article[id="{entry}"]')
    voices = article.locator("[data-who]").evaluate_all("all => all.map(one => one.dataset.who)")
    expect(page.locator("[data-card-date]")).to_have_text(article.get_attribute("data-date") or "")
    expect(page.locator("[data-card-title]")).to_have_text(article.locator("h3").inner_text())
    expect(page.locator("[data-card-who]")).to_have_text(" · ".join(dict.fromkeys(voices)))
    page.mouse.move(2, 2)
    expect(page.locator("[data-card]")).to_be_hidden()


def test_a_click_goes_to_the_entry(page: Page) -> None:
    """The other scripts are asked to, with its id."""
    entry = single(page)
    point_at(page, entry)
    page.mouse.down()
    page.mouse.up()
    assert heard(page, "dateline:go") == [{"id": entry}]
    expect(page.locator(f'article[id="{entry}"]')).to_be_in_viewport()


def test_the_buttons_zoom_and_reset_shows_all(page: Page) -> None:
    """Zooming in shows less of the line and finer words on the axis; what is in view is said; Reset shows all again."""
    before = page.locator(".xtick text").all_text_contents()
    for _ in range(4):
        page.click('[data-do="in"]')
        settled(page)
    left, right = view(page)
    assert right - left < 0.2
    assert page.locator("[data-status]").text_content() != ""
    words = page.locator(".xtick text").all_text_contents()
    assert any(re.search(r"[A-Z][a-z]{2}", word) for word in words)
    boxes = [box.bounding_box() for box in page.locator(".xtick text").all()]
    inside = sorted((box["x"], box["x"] + box["width"]) for box in boxes if box)
    assert all(one[1] <= two[0] for one, two in pairwise(inside))
    page.click('[data-do="out"]')
    settled(page)
    assert view(page)[1] - view(page)[0] > right - left
    page.click('[data-do="reset"]')
    settled(page)
    assert view(page) == (0, 1)
    assert page.locator(".xtick text").all_text_contents() == before


def test_an_entry_becomes_a_bar_where_its_interval_is_wide_enough(page: Page) -> None:
    """What was a point because it was short is drawn as long as it is, and rows come closer to its lane."""
    before = places(page)
    for _ in range(5):
        page.click('[data-do="in"]')
        settled(page)
    after = places(page)
    wider = [entry for entry, (left, right, _) in after.items() if entry in before and right - left > 25]
    assert any(before[entry][1] - before[entry][0] < 20 for entry in wider)


def test_after_zooming_in_and_out_all_is_where_it_was(page: Page) -> None:
    """The page arranges the whole line just as the build did."""
    before = places(page)
    page.click('[data-do="in"]')
    settled(page)
    page.evaluate("() => document.querySelector('[data-explored]').focus()")
    page.keyboard.press("0")
    settled(page)
    assert {entry: pytest.approx(place, abs=0.5) for entry, place in places(page).items()} == before


def test_the_wheel_zooms_only_when_it_is_meant_to(page: Page) -> None:
    """It scrolls the page, unless Ctrl is held or the drawing has the focus; then it zooms around the pointer."""
    page.evaluate("() => { document.activeElement.blur(); scrollTo(0, 0); }")
    box = box_of(page)
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 300)
    page.mouse.wheel(0, 100)
    page.wait_for_function("() => scrollY > 90")
    assert view(page) == (0, 1)
    for held, focused in (("Control", False), ("", True)):
        page.evaluate("focused => focused && document.querySelector('[data-explored]').focus()", focused)
        before = view(page)
        if held:
            page.keyboard.down(held)
        page.mouse.wheel(0, -100)
        page.wait_for_function(f"before => JSON.stringify({RANGE}) !== JSON.stringify(before)", arg=list(before))
        if held:
            page.keyboard.up(held)
        settled(page)
        left, right = view(page)
        assert right - left < before[1] - before[0]
        assert (left + right) / 2 == pytest.approx(0.5, abs=0.01)
    assert page.evaluate("() => scrollY") == pytest.approx(100, abs=1)


def test_dragging_moves_what_is_in_view(page: Page) -> None:
    """The line follows the pointer, and stops at its ends."""
    for _ in range(3):
        page.click('[data-do="in"]')
    settled(page)
    left, right = view(page)
    drag(page, 0.8, 0.5)
    moved = view(page)
    assert moved[0] - left == pytest.approx(0.3 * (right - left), rel=0.05)
    assert moved[1] - moved[0] == pytest.approx(right - left)
    for _ in range(8):
        drag(page, 0.05, 0.95)
    assert view(page)[0] == 0
    assert heard(page, "dateline:go") == []


def test_a_span_is_selected_by_dragging(page: Page) -> None:
    """With "Select a span" a drag asks for the entries between its ends, which show; it does not move the line."""
    page.click('[data-do="select"]')
    expect(page.locator('[data-do="select"]')).to_have_attribute("aria-pressed", "true")
    drag(page, 0.9, 0.5)
    [span] = heard(page, "dateline:choose")
    assert span["from"] < span["to"]
    days = page.evaluate("() => [...document.querySelectorAll('article')].map(one => +one.dataset.latest)")
    assert min(days) < span["from"] < span["to"] < max(days) + 400
    assert view(page) == (0, 1)
    box, shown = box_of(page), page.locator("[data-span]").bounding_box()
    assert shown
    assert shown["x"] == pytest.approx(box["x"] + 0.5 * box["width"], abs=3)
    assert shown["width"] == pytest.approx(0.4 * box["width"], abs=4)


def test_what_is_in_view_can_be_chosen_by_a_button(page: Page) -> None:
    """The same without dragging: zoom, then choose just what is in view."""
    page.click('[data-do="in"]')
    settled(page)
    page.click('[data-do="view"]')
    [span] = heard(page, "dateline:choose")
    assert span["from"] < span["to"]
    page.click('[data-do="reset"]')
    assert heard(page, "dateline:choose")[1] == {"from": None, "to": None, "categories": []}
    expect(page.locator("[data-span]")).to_be_hidden()


def test_the_names_of_the_lanes_filter(page: Page) -> None:
    """Each is a button beside its lane that asks for its entries; another adds its own, a second press ends it."""
    statements = page.get_by_role("button", name="Statements")
    statements.click()
    assert heard(page, "dateline:choose") == [{"categories": ["statement"]}]
    page.evaluate(SELECT, {**CLEAR, "categories": ["statement"]})
    expect(statements).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Agreements").click()
    assert sorted(heard(page, "dateline:choose")[1]["categories"]) == ["agreement", "statement"]
    statements.click()
    assert heard(page, "dateline:choose")[2] == {"categories": ["agreement"]}
    box = box_of(page)
    for button in page.locator('[data-lanes="wide"] button').all():
        place = button.bounding_box()
        assert place
        middle = float(button.get_attribute("data-y") or 0)
        assert place["y"] + place["height"] / 2 - box["y"] == pytest.approx(middle, abs=2)
        assert place["height"] >= 24


def test_entries_without_a_category_are_a_filter_as_well(chromium: Browser, serve: Serve, tmp_path: Path) -> None:
    """The name of their lane is a button like the others, and leaves just them."""
    rows = "date,title,category\n2020-01-01,One,a\n2020-06-01,Two,b\n2021-01-01,Three,\n"
    (tmp_path / "events.csv").write_text(rows, "utf-8")
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds/one.txt").write_text("One text.\n", "utf-8")
    categories = "".join(f'[categories.{key}]\nlabel = "Lane {key}"\nsingular = "x"\n' for key in "ab")
    (tmp_path / "timeline.toml").write_text(f'title = "Lanes"\n{categories}', "utf-8")
    faults: list[str] = []
    page = fresh(chromium, serve(build_site(tmp_path, tmp_path / "site")), faults)
    other = page.get_by_role("button", name="Other", exact=True)
    other.click()
    assert heard(page, "dateline:choose") == [{"categories": [""]}]
    expect(other).to_have_attribute("aria-pressed", "true")
    expect(page.locator("article[data-entry]:visible h3")).to_have_text(["Three"])
    page.context.close()
    assert faults == []


def test_what_is_not_chosen_is_faint(page: Page) -> None:
    """The drawing shows the selection of the page, whoever made it."""
    everything = ids(page)
    page.evaluate(SELECT, {**CLEAR, "ids": everything[::2]})
    settled(page)
    page.wait_for_function("() => document.querySelector('[data-canvas]').data[2].marker.opacity.some(one => one < 1)")
    found = page.evaluate(OPACITIES)
    assert all((opacity == 1) == (everything[index] in everything[::2]) for index, opacity in found)
    assert {opacity for _, opacity in found} == {1, 0.22}


@pytest.mark.parametrize("ending", ["png", "svg"])
def test_the_drawing_is_saved_with_all_that_explains_it(page: Page, ending: str, tmp_path: Path) -> None:
    """The file is named after the page, and holds the title, the lanes' names and the axis, on paper."""
    with page.expect_download() as download:
        page.click(f'[data-do="{ending}"]')
    assert download.value.suggested_filename == f"Mines and maps in Karabakh.{ending}"
    file = tmp_path / "drawing"
    download.value.save_as(file)
    if ending == "svg":
        root = ElementTree.fromstring(file.read_text("utf-8"))  # noqa: S314 - made by our own page
        words = {"".join(text.itertext()) for text in root.iter() if text.tag.endswith("text")}
        assert {"Mines and maps in Karabakh", "Statements", "Population", "2021", "2024"} <= words
        return
    data = base64.b64encode(file.read_bytes()).decode()
    size, colors = page.evaluate(
        """async data => {
            const image = new Image();
            image.src = `data:image/png;base64,${data}`;
            await image.decode();
            const canvas = Object.assign(document.createElement("canvas"), {width: image.width, height: image.height});
            const context = canvas.getContext("2d");
            context.drawImage(image, 0, 0);
            const {data: pixels} = context.getImageData(0, 0, image.width, image.height);
            const colors = new Set();
            for (let at = 0; at < pixels.length; at += 4) colors.add(pixels.slice(at, at + 4).join());
            return [[image.width, image.height], [[...pixels.slice(0, 4)], colors.size]];
        }""",
        data,
    )
    assert size[0] > 2000
    assert colors[0] == [251, 250, 246, 255]
    assert colors[1] > 50


def test_arrow_keys_move_in_time_and_between_lanes(page: Page) -> None:
    """One tab stop; each key tells the entry that it comes to, aloud and in the card, and Enter goes there."""
    host = page.locator("[data-explored]")
    assert host.get_attribute("role") == "application"
    described = str(host.get_attribute("aria-describedby"))
    assert "Arrow keys" in str(page.locator(f'[id="{described}"]').text_content())
    page.keyboard.press("ArrowRight")
    seen = [page.locator("[data-card-title]").text_content()]
    for key in ("ArrowDown", "ArrowRight", "End", "Home", "ArrowUp", "ArrowLeft"):
        page.keyboard.press(key)
        seen.append(page.locator("[data-card-title]").text_content())
        assert str(seen[-1]) in str(page.locator("[data-status]").text_content())
    assert len(set(seen)) >= 4
    ring, card = page.locator("[data-ring]").bounding_box(), page.locator("[data-card]").bounding_box()
    assert ring
    assert card
    page.keyboard.press("Enter")
    [went] = heard(page, "dateline:go")
    assert page.locator(f'article[id="{went["id"]}"] h3').text_content() == seen[-1]


def test_keys_zoom_and_the_entry_stays_in_view(page: Page) -> None:
    """Plus, minus and 0 zoom around the entry that the keyboard is at; one out of view is brought into it."""
    page.keyboard.press("ArrowRight")
    page.keyboard.press("End")
    title = page.locator("[data-card-title]").text_content()
    for _ in range(4):
        page.keyboard.press("+")
    settled(page)
    left, right = view(page)
    assert right - left < 0.2
    page.keyboard.press("Home")
    settled(page)
    assert view(page) != (left, right)
    page.keyboard.press("End")
    expect(page.locator("[data-card-title]")).to_have_text(str(title))
    page.keyboard.press("-")
    settled(page)
    assert view(page)[1] - view(page)[0] > right - left
    page.keyboard.press("0")
    settled(page)
    assert view(page) == (0, 1)


def test_shift_and_an_arrow_select_a_span(page: Page) -> None:
    """It grows from where it began to each entry that is reached, which is said; it is asked for when one rests."""
    status = page.locator("[data-status]")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Home")
    spans: list[dict[str, Any]] = []
    titles: set[str] = set()
    for rounds in (2, 1):
        for _ in range(rounds):
            page.keyboard.press("Shift+ArrowRight")
            title = str(page.locator("[data-card-title]").text_content())
            titles.add(title)
            assert title in status.inner_text()
            assert "Chosen: " in status.inner_text()
        page.wait_for_function(
            "count => heard.filter(one => one[0] === 'dateline:choose').length > count", arg=len(spans)
        )
        spans = heard(page, "dateline:choose")
        expect(status).to_have_text(re.compile(r"\d+ of \d+ entries"))
    assert len(titles) == 3
    assert len(spans) == 2
    assert spans[0]["from"] == spans[1]["from"]
    assert spans[0]["to"] <= spans[1]["to"]
    expect(page.locator("[data-span]")).to_be_visible()


def test_a_count_that_comes_late_is_not_said_over_a_key(page: Page) -> None:
    """Who goes on just after a span was asked for hears of the new one, and how many it leaves when one rests."""
    status = page.locator("[data-status]")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Home")
    page.evaluate(
        """() => document.addEventListener("dateline:choose", () => setTimeout(() => {
            const key = new KeyboardEvent("keydown", {key: "ArrowRight", shiftKey: true, bubbles: true});
            document.activeElement.dispatchEvent(key);
            const said = () => document.querySelector("[data-status]").textContent;
            window.after = new Promise((done) => setTimeout(() => done(said()), 400));
        }), {once: true})"""
    )
    page.keyboard.press("Shift+ArrowRight")
    page.wait_for_function("() => window.after")
    assert "Chosen: " in page.evaluate("window.after")
    expect(status).to_have_text(re.compile(r"\d+ of \d+ entries"))


def test_keys_scroll_to_where_they_lead(page: Page) -> None:
    """In a window so small that the drawing is higher, the entry's ring and its card are both in it."""
    page.set_viewport_size({"width": 320, "height": 256})
    settled(page)
    for key in ("ArrowRight", *["ArrowDown"] * 5):
        page.keyboard.press(key)
        settled(page)
        for part in ("ring", "card"):
            box = page.locator(f"[data-{part}]").bounding_box()
            assert box
            assert box["y"] >= 0
            assert box["y"] + box["height"] <= 256


def test_the_dark_and_the_print_show_the_same_drawing(page: Page) -> None:
    """When the device goes dark the drawing follows; on paper the still drawing stands in its place, with its names."""
    colors = "() => JSON.stringify(document.querySelector('[data-canvas]').data[2].marker.color)"
    light = page.evaluate(colors)
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(f"light => ({colors})() !== light", arg=light)
    page.emulate_media(media="print")
    expect(page.locator("[data-explored]")).to_be_hidden()
    expect(
        page.locator('[data-overview="wide"] [data-still], [data-overview="narrow"] [data-still]').locator(
            "visible=true"
        )
    ).to_have_count(1)
    expect(page.locator("[data-tools]")).to_be_hidden()


def test_a_narrower_column_gets_the_narrow_drawing(page: Page) -> None:
    """When the column narrows, the explored drawing goes on in the narrow form, and comes back when it widens."""
    page.set_viewport_size({"width": 700, "height": 1000})
    page.wait_for_function("() => document.querySelector('[data-overview=\"narrow\"] [data-canvas] .main-svg')")
    settled(page)
    expect(page.locator('[data-overview="narrow"] [data-still]')).to_be_hidden()
    expect(page.locator('[data-lanes="narrow"]')).to_be_visible()
    page.set_viewport_size({"width": 1280, "height": 1000})
    page.wait_for_function("() => document.querySelector('[data-overview=\"wide\"] [data-canvas] .main-svg')")
    settled(page)
    expect(page.locator('[data-overview="wide"] [data-still]')).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(page: Page, scheme: str) -> None:
    """While an entry is told, lanes are chosen and a span is shown, light or dark."""
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.evaluate(SELECT, {"ids": ids(page)[::2], "from": 18500, "to": 19000, "categories": ["statement"]})
    page.keyboard.press("ArrowRight")
    settled(page)
    found = Axe().run(page, "[data-chart]").response
    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found["violations"]] == []


def test_back_to_the_still_drawing_leaves_it_as_it_was(page: Page) -> None:
    """The still drawing is there again, the focus is at the button, and resting on it does not bring Plotly again."""
    page.click('[data-do="still"]')
    expect(page.locator('[data-overview="wide"] [data-still]')).to_be_visible()
    expect(page.locator("[data-explored]")).to_be_hidden()
    expect(page.locator('[data-do="explore"]')).to_be_focused()
    page.locator('[data-overview="wide"] [data-still]').hover(position={"x": 300, "y": 10})
    page.wait_for_function("() => new Promise(done => setTimeout(done, 600, true))")
    expect(page.locator("[data-explored]")).to_be_hidden()
    explore(page)


def test_on_a_phone_all_of_it_works_by_touch(chromium: Browser, serve: Serve, own_site: Path) -> None:
    """Loading is told, targets fit a thumb, a tap tells and leads, lanes filter, nothing scrolls sideways."""
    faults: list[str] = []
    page = start(chromium, serve(own_site), faults, **PHONE)
    page.locator('[data-do="explore"]').tap()
    expect(page.locator("[data-tools] [data-state]")).to_be_focused()
    assert "Loading" in str(page.locator("[data-status]").text_content())
    height = page.evaluate("() => document.scrollingElement.scrollHeight")
    page.wait_for_selector('[data-chart][data-state="explored"]', timeout=60_000)
    settled(page)
    assert page.evaluate("() => document.scrollingElement.scrollHeight") == height
    expect(page.locator("[data-explored]")).to_be_focused()
    for button in page.locator("[data-bar] button, [data-lanes='narrow'] button").all():
        box = button.bounding_box()
        assert box
        assert box["height"] >= 44
    assert page.evaluate("() => document.scrollingElement.scrollWidth <= innerWidth")
    page.locator("[data-explored]").scroll_into_view_if_needed()
    entry = single(page)
    left, right, y = places(page)[entry]
    page.touchscreen.tap((left + right) / 2, y)
    expect(page.locator("[data-card-go] a")).to_be_visible()
    page.locator("[data-card-go] a").tap()
    assert heard(page, "dateline:go") == [{"id": entry}]
    page.get_by_role("button", name="Clearance", exact=True).tap()
    assert heard(page, "dateline:choose") == [{"categories": ["clearance"]}]
    page.context.close()
    assert faults == []


def test_what_zooming_cannot_part_is_counted_and_listed(chromium: Browser, serve: Serve, tmp_path: Path) -> None:
    """Of 320 entries on one day the count says how many; Enter lists the first of them as links."""
    rows = "".join(f"2021-06-12,Number {number},a\n" for number in range(320))
    (tmp_path / "events.csv").write_text("date,title,category\n2019-01-01,Before,a\n" + rows, "utf-8")
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds/one.txt").write_text("One text.\n", "utf-8")
    (tmp_path / "timeline.toml").write_text('title = "One day"\n', "utf-8")
    faults: list[str] = []
    page = start(chromium, serve(build_site(tmp_path, tmp_path / "site")), faults)
    explore(page)
    for key in ("+", "ArrowRight", "End"):
        page.keyboard.press(key)
        settled(page)
    expect(page.locator("[data-card-title]")).to_have_text("Entries: 320")
    links = page.locator("[data-card-list] a")
    for _ in range(8):
        page.keyboard.press("Enter")
        page.wait_for_load_state("networkidle")
        settled(page)
        if links.count():
            break
    expect(links).to_have_count(8)
    expect(links.first).to_be_focused()
    expect(page.locator("[data-card-who]")).to_have_text("and 312 more")
    page.keyboard.press("Escape")
    expect(page.locator("[data-card]")).to_be_hidden()
    expect(page.locator("[data-explored]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(links.first).to_be_focused()
    page.keyboard.press("Enter")
    assert len(heard(page, "dateline:go")) == 1
    page.context.close()
    assert faults == []


def test_traps_are_explored_like_all_else(chromium: Browser, nasty_site: Path) -> None:
    """From disk, from right to left, with far years, open dates and markup in titles: same places, no markup."""
    faults: list[str] = []
    page = start(chromium, nasty_site.as_uri() + "/", faults)
    before = {entry: place for entry, *place in page.evaluate(STILL)}
    explore(page)
    after = places(page)
    assert after.keys() == before.keys()
    for entry, (left, right, y) in before.items():
        assert (after[entry][0] + after[entry][1]) / 2 == pytest.approx((left + right) / 2, abs=2), entry
        assert after[entry][2] == pytest.approx(y, abs=2.5), entry
    point_at(page, "found")
    expect(page.locator("[data-card-title]")).to_contain_text("<script>alert(1)</script>")
    page.locator("[data-explored]").focus()
    for key in ["ArrowRight", "Home", *9 * ["+"], "ArrowDown", "End", *9 * ["+"], "ArrowUp", "0"]:
        page.keyboard.press(key)
        settled(page)
        assert page.locator(".xtick text").count() > 0
    with page.expect_download():
        page.click('[data-do="svg"]')
    assert page.evaluate("() => document.scrollingElement.scrollWidth <= innerWidth")
    page.context.close()
    assert faults == []


def test_forced_colours_are_the_readers(chromium: Browser, serve: Serve, own_site: Path) -> None:
    """All lanes have the colour of links, hollow marks that of the canvas."""
    faults: list[str] = []
    page = fresh(chromium, serve(own_site), faults, forced_colors="active")
    colors = page.evaluate("() => [...new Set(document.querySelector('[data-canvas]').data[2].marker.color)]")
    assert len(colors) == 2
    page.context.close()
    assert faults == []
