"""Takes the pictures in docs/pictures: `make pictures`. They are looked at by people, and no test compares them."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from conftest import REPOSITORY, build_site, chromium_path
from PIL import Image
from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PICTURES = REPOSITORY / "docs" / "pictures"
WIDE, NARROW = {"width": 1280, "height": 1000}, {"width": 390, "height": 844}
# Enough for flat colours and smooth letters; the pictures are a quarter of their size.
COLORS = 96


class State(NamedTuple):
    """What is on a picture: the page with its address, what is done on it, and how the browser is set."""

    name: str
    page: str
    act: Callable[[Page], object] | None = None
    settings: Mapping[str, Any] = MappingProxyType({})
    on_phone: bool = True


def explored(page: Page) -> None:
    """Reach for the overview, and point at an entry in it."""
    page.locator("[data-do='explore']").click()
    page.locator("[data-explored] .js-plotly-plot, .js-plotly-plot").first.wait_for(timeout=60_000)


def sheet(page: Page) -> None:
    """Open the filters."""
    page.get_by_role("button", name="ilters").first.click()


def numbers(page: Page) -> None:
    """Go to the first chart."""
    page.locator("section h2").first.scroll_into_view_if_needed()


def beside(page: Page) -> None:
    """Wait until the source stands beside the timeline."""
    page.frame_locator("[data-panel] iframe").locator("mark[data-lit]").first.wait_for()


STATES = (
    State("timeline", "index.html"),
    State("dark", "index.html", settings={"color_scheme": "dark"}),
    State("contrast", "index.html", settings={"forced_colors": "active"}),
    State("explored", "index.html", explored),
    State("filtered", "index.html?q=maps&category=statement"),
    State("nothing-found", "index.html?q=submarine"),
    State("filters", "index.html", sheet),
    State("differing", "index.html#2022-10-pashinyan-all-maps"),
    State("beside", "index.html?read=2021-06-12-maps-for-soldiers", beside, on_phone=False),
    State("source", "sources/002_3ff985666c8d771b.html#2021-02-25-refusal"),
    State("figures", "figures.html", numbers),
    State("entry", "entries/2022-10-25-ministry-counts-266.html"),
    State("embedded", "entries/2022-10-25-ministry-counts-266.html?embed"),
    State("sources", "sources/index.html"),
    State("proof", "proof.html"),
)


def main() -> None:
    """Build this repository's site, and take a picture of each state, wide and on a phone."""
    PICTURES.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = build_site(REPOSITORY, Path(folder) / "site")
        browser = playwright.chromium.launch(executable_path=chromium_path(playwright), args=["--no-sandbox"])
        for state in STATES:
            take(browser, site, state, "1280", {"viewport": WIDE})
            if state.on_phone:
                take(browser, site, state, "390", {"viewport": NARROW, "has_touch": True, "is_mobile": True})
        browser.close()


def take(browser: Browser, site: Path, state: State, width: str, settings: Mapping[str, Any]) -> None:
    """Save one picture as `<state>-<width>.png`."""
    context = browser.new_context(**settings, **state.settings)
    page = context.new_page()
    page.goto(f"{site.as_uri()}/{state.page}")
    if state.act:
        state.act(page)
    page.wait_for_timeout(500)
    picture = Image.open(io.BytesIO(page.screenshot()))
    picture.quantize(COLORS, dither=Image.Dither.NONE).save(PICTURES / f"{state.name}-{width}.png", optimize=True)
    context.close()


if __name__ == "__main__":
    main()
