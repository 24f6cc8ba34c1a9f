"""Promises of the charts of numbers, in Chromium: without JavaScript, by mouse, keyboard and touch, in every look."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from math import dist
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from conftest import Serve
from project import build, events, write

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Locator, Page, Request

pytestmark = pytest.mark.browser

Open = Callable[..., "Page"]

PHONE = {"viewport": {"width": 390, "height": 800}, "has_touch": True, "is_mobile": True}
# Where the middle of each symbol is, and of each number that is written, from the corner of the frame.
PLACES = """([chart, marks]) => {
    const frame = chart.querySelector("[data-frame]").getBoundingClientRect();
    return [...chart.querySelectorAll(marks)].filter(one => one.getClientRects().length).map(one => {
        const box = one.getBoundingClientRect();
        return [box.x + box.width / 2 - frame.x, box.y + box.height / 2 - frame.y];
    });
}"""
SIZES = "() => [...document.querySelectorAll('[data-frame], table')].map(one => one.getBoundingClientRect().height)"
WIDTH = "() => document.scrollingElement.scrollWidth"


@pytest.fixture(params=["disk", "server"])
def base(request: pytest.FixtureRequest, own_site: Path, serve: Serve) -> str:
    """Return the address of this repository's own site: on the disk, or on a server under a sub-path."""
    return own_site.as_uri() + "/" if request.param == "disk" else serve(own_site)


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Open]:
    """Return what opens a page of figures; in the end the console is silent, and nothing else was asked for."""
    faults: list[str] = []
    contexts: list[BrowserContext] = []

    def open_page(base: str, path: str = "figures.html", *, watched: bool = True, **options: Any) -> Page:  # noqa: ANN401 - Playwright's
        context = chromium.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
        context.set_default_timeout(20_000)
        contexts.append(context)
        if watched:
            watch(context, base, faults)
        page = context.new_page()
        page.goto(base + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert faults == []


def watch(context: BrowserContext, base: str, faults: list[str]) -> None:
    """Note every word in the console, every error, and every request that leaves the site."""

    def asked(request: Request) -> None:
        if not request.url.startswith((base, "data:")):
            faults.append(request.url)

    context.on("console", lambda message: faults.append(f"{message.type}: {message.text}"))
    context.on("weberror", lambda error: faults.append(str(error.error)))
    context.on("request", asked)


@pytest.fixture(scope="module")
def arabic_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a site in Arabic whose numbers have every kind of date, and names that are hostile."""
    folder = tmp_path_factory.mktemp("arabic")
    dates = ("-5000", "../1990", "2020~", "2021-06-12", "2021-06-12", "2022/..", "2023-05?")
    numbers = ("1", "20", "~300", "300+", "300", "40", "55")
    texts = [f"{'x' * (number + 1)} 15 says {value.strip('~+')}." for number, value in enumerate(numbers)]
    rows = [
        {"id": f"e{i}", "title": f"<script>{i}</script>", "date": date, "date_note": "n", "quote": text}
        | {"figures": f"killed={value}; __proto__=15", "attribution": f"<b>{i % 4}</b> {'long ' * 20}"}
        for i, (date, value, text) in enumerate(zip(dates, numbers, texts, strict=True))
    ]
    settings = 'title = "T"\nlanguage = "ar"\n[series.killed]\nlabel = "<i>قتلى</i>"\n[series.__proto__]\nunit = "%"\n'
    files = {"timeline.toml": settings, "seeds/a.txt": "\n\n".join(texts), "events.csv": events(*rows)}
    outcome = build(write(folder, files))
    assert outcome.status == 0, outcome.err
    return folder / "site"


def chart_of(page: Page, name: str = "killed") -> Locator:
    """Return the section of a family."""
    return page.locator(f'[id="figures.{name}"]')


def state(chart: Locator, name: str) -> None:
    """Wait until a chart is in this state."""
    chart.page.wait_for_function("([chart, name]) => chart.dataset.state === name", arg=[chart.element_handle(), name])


def explore(chart: Locator) -> None:
    """Press the button of a chart and wait for the drawing."""
    chart.locator('[data-do="explore"]').click()
    state(chart, "explored")


def card(chart: Locator) -> str:
    """Return the words of the card that is shown, white space evened."""
    shown = chart.locator("[data-card]")
    shown.wait_for(state="visible")
    return " ".join(shown.inner_text().split())


def test_without_javascript_the_still_charts_are_there(visit: Open, base: str) -> None:
    """Without scripts every chart and table is there, no control is seen, and a point leads to its marked words."""
    page = visit(base, java_script_enabled=False)
    assert page.locator("[data-still]").count() >= 4
    assert page.locator("button:visible, progress:visible").count() == 0
    point = chart_of(page).locator("[data-number]").nth(2)
    address = point.get_attribute("href")
    point.click()
    assert address is not None and page.url.endswith(address)
    assert page.locator(":target").count() == 1


def test_the_pointer_on_a_point_tells_of_it(visit: Open, base: str) -> None:
    """A card tells number, date, who says so and the marked words, and Esc closes it."""
    page = visit(base)
    chart = chart_of(page)
    chart.locator('[data-number="figures.killed.3"]').hover()
    assert re.search(r"^45 died October 25, 2022 Azerbaijan’s Foreign Ministry.*Read in source$", card(chart))
    assert chart.locator("[data-card] mark").inner_text() == "45"
    page.keyboard.press("Escape")
    chart.locator("[data-card]").wait_for(state="hidden")


def test_resting_on_a_chart_brings_the_drawing_without_a_jump(visit: Open, base: str) -> None:
    """Plotly is asked for only when the reader reaches for a chart, then once; nothing on the page moves by it."""
    page = visit(base)
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    before = page.evaluate(SIZES)
    for name in ("killed", "victims"):
        chart = chart_of(page, name)
        chart.locator("[data-frame]").hover(position={"x": 400, "y": 120})
        state(chart, "explored")
    assert [url.rpartition("/")[2] for url in asked if url.endswith(".js")] == [
        "plotly.min.js",
        "time-axis.js",
        "picture.js",
        "figures-explored.js",
        "figures.js",
    ]
    assert page.evaluate(SIZES) == before


def test_the_drawing_stands_where_the_still_one_stood(visit: Open, own_site: Path) -> None:
    """Every symbol and every number that is written keeps its place, wide and narrow."""
    for options in ({}, PHONE):
        page = visit(own_site.as_uri() + "/", **options)
        for name in ("killed", "victims", "mines-found"):
            chart = chart_of(page, name)
            handle = chart.element_handle()
            stood = page.evaluate(PLACES, [handle, "[data-still] .point use"])
            written = page.evaluate(PLACES, [handle, "[data-still] .value"])
            explore(chart)
            stands = page.evaluate(PLACES, [handle, ".scatterlayer .trace:not(:has(.js-line)) .point"])
            reads = page.evaluate(PLACES, [handle, ".annotation-text"])
            # The width of a text is rounded by Plotly.
            for old, new, near in ((stood, stands, 0.75), (written, reads, 2)):
                assert len(old) == len(new) > 0
                assert [place for place in old if min(dist(place, other) for other in new) > near] == []


def test_in_the_drawing_the_pointer_tells_and_a_click_opens_the_words(visit: Open, base: str) -> None:
    """Hovering a point of the drawing tells what the still one told; a click goes to the passage in its source."""
    page = visit(base)
    chart = chart_of(page)
    explore(chart)
    points = chart.locator(".scatterlayer .trace:not(:has(.js-line)) .point")
    page.mouse.move(0, 0)
    box = points.nth(0).bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    told = card(chart)
    assert told.startswith("65 deaths") and "Murad Najafov writes" in told and "An unsigned, undated text says" in told
    other = chart.locator('.explored .trace:has(path[d^="M5.5,5.5"]) .point').first.bounding_box()
    assert other
    page.mouse.click(other["x"] + other["width"] / 2, other["y"] + other["height"] / 2)
    page.wait_for_url("**/sources/*.html#*")
    assert page.locator(":target").count() == 1


def test_zoom_move_reset_and_back(visit: Open, own_site: Path) -> None:
    """The buttons change what is in view, in the site's language, and lead back to what was there at first."""
    page = visit(own_site.as_uri() + "/")
    chart = chart_of(page)
    explore(chart)
    ticks = chart.locator(".xtick text")
    whole = ticks.all_text_contents()
    chart.locator('[data-do="in"]').click()
    page.wait_for_function("([t]) => document.querySelector('.xtick text').textContent !== t", arg=[whole[0]])
    zoomed = ticks.all_text_contents()
    chart.locator('[data-do="later"]').click()
    page.wait_for_function("([t]) => document.querySelector('.xtick text').textContent !== t", arg=[zoomed[0]])
    chart.locator('[data-do="reset"]').click()
    page.wait_for_function("([t]) => document.querySelector('.xtick text').textContent === t", arg=[whole[0]])
    assert ticks.all_text_contents() == whole
    frame = chart.locator("[data-frame]").bounding_box()
    assert frame
    page.mouse.move(frame["x"] + 300, frame["y"] + 60)
    page.mouse.down()
    page.mouse.move(frame["x"] + 600, frame["y"] + 200, steps=5)
    page.mouse.up()
    page.wait_for_function("([t]) => document.querySelector('.xtick text').textContent !== t", arg=[whole[0]])
    chart.locator('[data-do="still"]').click()
    state(chart, "still")
    assert chart.locator(".explored").count() == 0
    assert chart.locator('[data-do="explore"]').evaluate("one => one === document.activeElement")


def test_a_series_is_shown_and_hidden(visit: Open, own_site: Path) -> None:
    """The name of a series is a button that hides its points in the still drawing and in the one to explore."""
    page = visit(own_site.as_uri() + "/")
    chart = chart_of(page)
    button = chart.get_by_role("button", name="civilians killed")
    points = chart.locator("[data-still] .point:visible")
    count = points.count()
    button.click()
    assert (button.get_attribute("aria-pressed"), points.count()) == ("false", count - 1)
    explore(chart)
    drawn = chart.locator(".scatterlayer .trace:not(:has(.js-line)) .point")
    assert drawn.count() == count - 1
    button.click()
    page.wait_for_function("([all]) => document.querySelectorAll('.scatterlayer .point').length >= all", arg=[count])
    assert drawn.count() == count


@pytest.mark.parametrize("kind", ["png", "svg"])
def test_a_picture_can_be_saved(visit: Open, base: str, kind: str, tmp_path: Path) -> None:
    """The chart is saved as a picture with its name and a legend of series and voices."""
    page = visit(base)
    chart = chart_of(page)
    explore(chart)
    with page.expect_download() as download:
        chart.locator(f'[data-do="{kind}"]').click()
    assert download.value.suggested_filename == f"figures-killed.{kind}"
    download.value.save_as(tmp_path / "picture")
    content = (tmp_path / "picture").read_bytes()
    if kind == "png":
        assert content.startswith(b"\x89PNG") and len(content) > 20_000
    else:
        assert "People killed by mines" in content.decode() and "deaths, Murad Najafov writes" in content.decode()


def test_by_keyboard(visit: Open, base: str) -> None:
    """The explored chart is one tab stop: arrows go from number to number in order, Enter opens the words, Esc ends."""
    page = visit(base)
    chart = chart_of(page)
    chart.locator('[data-do="explore"]').focus()
    page.keyboard.press("Enter")
    state(chart, "explored")
    stage = chart.locator("[data-explored]")
    assert stage.evaluate("one => one === document.activeElement")
    heard = []
    for _ in range(8):
        heard.append(page.locator("[data-status]").inner_text().partition(".")[0])
        page.keyboard.press("ArrowRight")
    assert heard == ["14", "20", "3", "45", "15", "50", "65", "65"]
    assert "65 deaths" in card(chart)
    page.keyboard.press("Tab")
    assert not stage.evaluate("one => one.contains(document.activeElement)")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Escape")
    state(chart, "still")
    assert page.evaluate("() => document.activeElement.matches('[data-still] [data-number]')")
    chart.locator('[data-number="figures.killed.3"]').focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/sources/*.html#*")


def test_focus_in_the_still_drawing_goes_over_to_the_other(visit: Open, own_site: Path) -> None:
    """Who comes to a point by the keyboard is told of it, and is at the same number when the drawing has come."""
    page = visit(own_site.as_uri() + "/")
    chart = chart_of(page)
    chart.locator("[data-still] [data-number]").nth(1).focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    told = card(chart)
    state(chart, "explored")
    assert chart.locator("[data-explored]").evaluate("one => one === document.activeElement")
    assert card(chart) == told


def test_by_touch(visit: Open, base: str) -> None:
    """A tap on a point tells of it, its link opens the words; Plotly comes by the button alone, and lets one scroll."""
    page = visit(base, **PHONE)
    chart = chart_of(page)
    point = chart.locator('[data-number="figures.killed.3"]')
    point.tap()
    assert card(chart).startswith("45 died")
    assert page.url.endswith("figures.html")
    assert chart.get_attribute("data-state") == "still"
    button = chart.locator('[data-do="explore"]')
    box = button.bounding_box()
    assert box and box["height"] >= 44
    button.tap()
    state(chart, "explored")
    assert chart.locator('[data-do="move"]:visible').count() == 0
    assert chart.locator(".nsewdrag").first.evaluate("one => getComputedStyle(one).touchAction") != "none"
    chart.locator('[data-do="still"]').tap()
    point.tap()
    chart.locator("[data-card] a.cite").first.tap()
    page.wait_for_url("**/sources/*.html#*")


def test_what_cannot_be_loaded_leaves_the_still_drawing(visit: Open, serve: Serve, own_site: Path) -> None:
    """Where the drawing cannot be loaded the still one stays, that is said, and it can be tried again."""
    page = visit(serve(own_site), watched=False)
    page.route("**/assets/plotly.min.js", lambda route: route.abort())
    chart = chart_of(page)
    chart.locator('[data-do="explore"]').click()
    state(chart, "failed")
    assert "could not be loaded" in page.locator("[data-status]").inner_text()
    assert chart.locator("[data-still]").is_visible()
    page.unroute_all()
    chart.locator('[data-do="explore"]').click()
    state(chart, "explored")


def test_the_dark_is_the_same_drawing_in_other_colours(visit: Open, own_site: Path) -> None:
    """When the page turns dark, an explored chart takes the colours that the still one has in the dark."""
    page = visit(own_site.as_uri() + "/")
    chart = chart_of(page)
    explore(chart)
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(
        """() => getComputedStyle(document.querySelector('.xtick text')).fill
            === getComputedStyle(document.querySelector('[data-values]')).fill"""
    )
    colors = (
        "one => [...new Set([...one.querySelectorAll('.point')].map(each => getComputedStyle(each).stroke))].sort()"
    )
    assert chart.locator(".scatterlayer").evaluate(colors) == chart.locator("[data-still]").evaluate(colors)


def test_on_paper_the_still_drawing_stands(visit: Open, own_site: Path) -> None:
    """In print an explored chart is the still one again, without controls."""
    page = visit(own_site.as_uri() + "/")
    chart = chart_of(page)
    explore(chart)
    page.emulate_media(media="print")
    assert chart.locator("[data-still]").is_visible()
    assert chart.locator(".explored:visible, [data-tools]:visible, [data-card]:visible").count() == 0


@pytest.mark.parametrize(
    "options", [{}, PHONE, {"viewport": {"width": 320, "height": 700}}], ids=["wide", "phone", "320"]
)
def test_any_language_and_any_date(visit: Open, arabic_site: Path, options: dict[str, Any]) -> None:
    """In Arabic, with every kind of date and hostile names, charts are explored; nothing is English or too wide."""
    page = visit(arabic_site.as_uri() + "/", **options)
    for name in ("killed", "proto"):
        chart = chart_of(page, name)
        explore(chart)
        assert chart.locator(".scatterlayer .trace:not(:has(.js-line)) .point").count() == 7
        for _ in range(3):
            chart.locator('[data-do="in"]').click()
        assert chart.locator(".xtick text").count() > 0
        assert not re.search("[A-Za-z]{3}", "".join(chart.locator(".xtick text").all_text_contents()))
        chart.locator("[data-explored]").focus()
        page.keyboard.press("End")
        assert "<b>" in card(chart)
    width = (options.get("viewport") or {"width": 1280})["width"]
    assert page.evaluate(WIDTH) <= width


@pytest.mark.parametrize("stage", ["still", "card", "explored"])
@pytest.mark.parametrize("look", ["light", "dark", "forced", "phone"])
def test_axe_finds_nothing(visit: Open, own_site: Path, arabic_site: Path, look: str, stage: str) -> None:
    """Axe has nothing against the page in any look, with a card and with a chart that is explored."""
    looks: dict[str, dict[str, Any]] = {
        "light": {},
        "dark": {"color_scheme": "dark"},
        "forced": {"forced_colors": "active"},
        "phone": PHONE,
    }
    page = visit((own_site if look == "light" else arabic_site).as_uri() + "/", watched=False, **looks[look])
    chart = chart_of(page)
    if stage == "explored":
        explore(chart)
    elif stage == "card":
        point = chart.locator("[data-number]").last
        point.tap() if look == "phone" else point.hover()
        card(chart)
    found = Axe().run(page).response
    assert [(each["id"], [node["html"][:160] for node in each["nodes"]]) for each in found["violations"]] == []


def test_the_chart_of_a_period_is_explored(counted_site: Path, visit: Open) -> None:
    """Numbers that are too many for one page are explored on those of their periods: each row has its point."""
    part = next(
        path.relative_to(counted_site).as_posix()
        for path in sorted((counted_site / "figures/victims").glob("*.html"))
        if " data-chart" in path.read_text("utf-8")
    )
    page = visit(counted_site.as_uri() + "/", part)
    rows = page.locator("tr[id]").count()
    assert page.locator(".still [data-number]").count() == rows
    page.locator('[data-do="explore"]').click()
    page.locator(".explored").wait_for()
    assert page.locator(".explored .points path").count() >= rows
    page.locator(".explored").focus()
    page.keyboard.press("Home")
    assert page.locator("tr[data-lit]").count() >= 1
