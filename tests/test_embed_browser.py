"""Promises of embedding, in Chromium: an entry in a frame of somebody else's page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

import html5lib
import pytest
from conftest import Serve
from playwright.sync_api import expect
from reading import CLIPBOARD, DARK, LOOKS, PHONE, WIDTH, Visit, axe_faults, folder_of

if TYPE_CHECKING:
    from playwright.sync_api import Frame, Page

pytestmark = pytest.mark.browser

PUBLISHED = "https://timeline.example/some/sub/path/"
NAVIGATION = ".tabs, .skip, .turn, .colophon, [data-copying], [data-panel]"
HOST = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Somebody's article</title><link rel="icon" href="data:,"></head>
<body style="margin: 0"><main><h1>Somebody's article</h1>{code}</main></body></html>
"""


def embed_code(page: Page) -> str:
    """Return the code that the button copies."""
    page.locator("[data-copy=embed]").click()
    expect(page.locator("[data-status]")).not_to_be_empty()
    code: str = page.evaluate(CLIPBOARD)["text/plain"]
    return code


def framed(page: Page) -> Frame:
    """Return the frame of a host's page once its entry is there."""
    expect(page.frame_locator("iframe").locator("html[data-embed] h1")).to_be_visible()
    return page.frames[1]


def test_without_javascript_it_is_the_page(own_site: Path, visit: Visit) -> None:
    """Without JavaScript `?embed` shows the entry's page as it is."""
    base = folder_of(own_site)
    page = visit(base + "entries/early-1990s-mines-laid.html?embed", base, java_script_enabled=False)
    expect(page.locator(".tabs")).to_be_visible()
    expect(page.locator(".embedded")).to_be_hidden()


def test_an_embedded_entry_holds_the_entry_and_no_more(own_site: Path, visit: Visit) -> None:
    """Title, date, quotes, who says so, sources and figures stay; controls go; a line leads to the entry's page."""
    base = folder_of(own_site)
    page = visit(base + "index.html", base)
    entry = page.locator("article:has(.figures):has(.voice)").first.get_attribute("id")
    page.goto(f"{base}entries/{entry}.html?embed")
    for shown in ("h1", ".tally", "blockquote mark", ".voice", "a.cite", ".figures dd"):
        expect(page.locator(shown).first).to_be_visible()
    for hidden in page.locator(NAVIGATION).all():
        expect(hidden).to_be_hidden()
    assert page.locator(".embedded a").evaluate("link => link.href") == f"{base}entries/{entry}.html"
    assert not page.locator("button:visible").all()


def test_its_links_open_outside_of_the_frame(own_site: Path, visit: Visit) -> None:
    """Every link of an embedded entry opens in a new tab that cannot reach back; no source opens beside it."""
    base = folder_of(own_site)
    page = visit(base + "entries/early-1990s-mines-laid.html?embed", base)
    links = page.locator("a[href]:not([href^='#'])")
    ways = links.evaluate_all("all => all.map(one => [one.target, one.relList.contains('noopener')])")
    assert len(ways) > 3
    assert all(way == ["_blank", True] for way in ways)
    with page.context.expect_page() as opened:
        page.locator("a.cite").first.click()
    opened.value.wait_for_url("**/sources/*.html#*")
    assert page.url.endswith("?embed")


@pytest.mark.parametrize("place", ["disk", "server"])
def test_the_code_shows_the_entry_whole_in_another_page(
    own_site: Path, tmp_path: Path, visit: Visit, serve: Serve, place: str
) -> None:
    """The copied code shows the entry in somebody else's page, from a server and from disk, without scrolling."""
    base = folder_of(own_site) if place == "disk" else serve(own_site)
    host = tmp_path / "host.html"
    for entry in ("1991-war-begins", "1994-ceasefire"):
        page = visit(f"{base}entries/{entry}.html", base, permissions=["clipboard-read", "clipboard-write"])
        code = embed_code(page)
        title = page.locator("h1").inner_text()
        assert code.startswith(f'<iframe src="{base}entries/{entry}.html?embed" title="')
        assert 'width="100%"' in code
        assert 'loading="lazy"' in code
        assert page.evaluate("document.documentElement.dataset.embed") is None
        host.write_text(HOST.format(code=code), "utf-8")
        outer = visit(host.as_uri(), "file://" if place == "disk" else "", viewport={"width": 560, "height": 1200})
        frame = framed(outer)
        assert frame.locator("h1").inner_text().split() == title.split()
        room = frame.evaluate("() => [document.scrollingElement.scrollHeight - innerHeight, innerWidth]")
        assert room == [0, 560]
        assert outer.locator("iframe").get_attribute("title") == title.replace("\n", " ")


def test_the_code_names_the_published_site_and_holds_no_markup_of_a_title(nasty_site: Path, visit: Visit) -> None:
    """The frame's address is that of the published site; a hostile title stays text within the code."""
    base = folder_of(nasty_site)
    page = visit(base + "entries/found.html", base, permissions=["clipboard-read", "clipboard-write"])
    code = embed_code(page)
    fragment = html5lib.parseFragment(code, namespaceHTMLElements=False)
    found = [[one.tag, one.get("src"), one.get("title")] for one in fragment.iter() if one is not fragment]
    title = "عثرت الفرق على <script>alert(1)</script> **199** لغماً"
    assert found == [["iframe", f"{PUBLISHED}entries/found.html?embed", title]]


def test_everything_fits_280_pixels(own_site: Path, nasty_site: Path, visit: Visit) -> None:
    """In a frame of 280 pixels nothing is wider than the frame, whatever words the entry holds."""
    for site in (own_site, nasty_site):
        base = folder_of(site)
        page = visit(base + "index.html", base, viewport={"width": 280, "height": 600})
        for file in sorted((site / "entries").glob("*.html")):
            page.goto(f"{file.as_uri()}?embed")
            assert page.evaluate(WIDTH) <= 280, unquote(page.url)


def test_a_deep_link_works_inside(own_site: Path, tmp_path: Path, visit: Visit) -> None:
    """An address with other words beside `embed`, and with a fragment, is an embedded entry too."""
    base = folder_of(own_site)
    host = tmp_path / "host.html"
    address = f"{base}entries/1994-ceasefire.html?from=feed&amp;embed=1#page.content"
    host.write_text(HOST.format(code=f'<iframe src="{address}" title="t" width="320" height="300"></iframe>'), "utf-8")
    frame = framed(visit(host.as_uri(), "file://", **PHONE))
    expect(frame.locator("main")).to_be_in_viewport()


@pytest.mark.parametrize("look", [*LOOKS, "dark"])
def test_axe_finds_nothing_in_an_embedded_entry(own_site: Path, visit: Visit, look: str) -> None:
    """Axe has nothing against an embedded entry."""
    address = folder_of(own_site) + "entries/early-1990s-mines-laid.html?embed"
    assert axe_faults(visit(address, "", **{**LOOKS, "dark": DARK}[look])) == []
