"""Promises of the panel, in Chromium: a source opens beside the timeline, and the address says which."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from conftest import Serve
from playwright.sync_api import expect
from reading import DESK, LOOKS, PHONE, WIDTH, Visit, axe_faults, folder_of, lit

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Frame, Locator, Page

pytestmark = pytest.mark.browser

OVERLAP = "sources/overlap.html"
# What stands in the address: which citation is read, and the fragment.
STATE = "() => [new URL(location.href).searchParams.get('read'), decodeURIComponent(location.hash)]"
STATUS = "[data-status]"


def read(page: Page) -> Frame:
    """Return the source in the panel once it is ready."""
    expect(page.frame_locator("[data-panel] iframe").locator("html[data-framed]")).to_be_attached()
    frame = page.frames[-1]
    frame.wait_for_load_state()
    return frame


def panel(page: Page) -> Any:  # noqa: ANN401 - a locator
    """Return the panel."""
    return page.locator("[data-panel]")


def state(page: Page, citation: str | None, fragment: str = "") -> None:
    """Wait until the address names this citation and this fragment, and nothing else."""
    page.wait_for_function(f"expected => String(({STATE})()) === String(expected)", arg=[citation, fragment])


def height(link: Locator) -> float:
    """Return how far below the top of the window a link stands."""
    return float(link.evaluate("link => link.getBoundingClientRect().top"))


# Without JavaScript


def test_without_javascript_the_way_is_a_link(nasty_site: Path, visit: Visit) -> None:
    """Without JavaScript no panel shows, and the way into the source is a link, on a wide window too."""
    base = folder_of(nasty_site)
    page = visit(base + "index.html?read=elided", base, java_script_enabled=False)
    expect(panel(page)).to_be_hidden()
    page.locator("a.cite").first.click()
    page.wait_for_url("**/sources/*.html*")


# With it


def test_a_click_opens_the_source_beside_the_timeline(nasty_folder: str, visit: Visit) -> None:
    """On a wide window the source opens beside the entry with its words in view; Back closes it, Forward opens it."""
    page = visit(nasty_folder + "index.html", nasty_folder)
    link = page.locator("[data-citation=across-paragraphs] a.cite")
    link.scroll_into_view_if_needed()
    top = height(link)
    link.click()
    frame = read(page)
    state(page, "across-paragraphs")
    page.wait_for_function("() => document.querySelector('[data-panel]').getBoundingClientRect().width > 400")
    assert abs(height(link) - top) < 2
    frame.wait_for_selector("[data-note=across-paragraphs][data-lit]")
    assert set(lit(frame)["notes"]) == {"across-paragraphs"}
    assert frame.locator("mark[data-lit]").first.evaluate("mark => mark.getBoundingClientRect().top < innerHeight")
    assert page.evaluate(WIDTH) <= 1280
    title = page.locator("[data-panel-title]").inner_text()
    expect(page.locator(STATUS)).to_contain_text(title)
    page.go_back()
    expect(panel(page)).to_be_hidden()
    state(page, None)
    page.go_forward()
    expect(panel(page)).to_be_visible()
    state(page, "across-paragraphs")
    assert set(lit(read(page))["notes"]) == {"across-paragraphs"}


def test_the_address_of_an_open_source_can_be_shared(nasty_folder: str, visit: Visit) -> None:
    """An address with `read` opens the source again with the entry in view, and a reload keeps both."""
    page = visit(nasty_folder + "index.html?read=elided&other=1", nasty_folder)
    for _ in range(2):
        frame = read(page)
        frame.wait_for_selector("[data-note=elided][data-lit]")
        expect(page.locator("[data-citation=elided]")).to_be_in_viewport()
        assert page.evaluate("new URL(location.href).searchParams.get('other')") == "1"
        page.reload()


@pytest.mark.parametrize(
    "query", ["https://elsewhere.example/", "javascript:alert(1)", "nowhere", "__proto__", '"] a, a["', ""]
)
def test_only_sources_that_the_page_cites_can_be_opened(nasty_site: Path, visit: Visit, query: str) -> None:
    """A `read` that names no citation of the page opens nothing, whatever stands in it."""
    base = folder_of(nasty_site)
    page = visit(base + "index.html", base)
    page.goto(f"{base}index.html?{page.evaluate('read => String(new URLSearchParams({read}))', query)}")
    expect(page.locator("[data-cite]").first).to_be_attached()
    expect(panel(page)).to_be_hidden()
    assert len(page.frames) == 1


def test_the_panel_can_be_used_by_keyboard(nasty_folder: str, visit: Visit) -> None:
    """Enter opens it and moves the focus in; `n` steps, and the address follows; Esc closes, and the focus returns."""
    page = visit(nasty_folder + "index.html", nasty_folder)
    page.locator("[data-citation=whole] a.cite").press("Enter")
    frame = read(page)
    expect(page.locator("iframe")).to_be_focused()
    frame.wait_for_selector("[data-note=whole][data-lit]")
    page.keyboard.press("n")
    state(page, "inner")
    expect(page.locator("[data-reading]")).to_have_attribute("data-citation", "inner")
    page.keyboard.press("Escape")
    expect(panel(page)).to_be_hidden()
    expect(page.locator("[data-citation=inner] a.cite")).to_be_focused()
    state(page, None)
    page.go_back()
    expect(panel(page)).to_be_visible()
    state(page, "inner")


def test_each_source_opens_in_the_same_panel(nasty_folder: str, visit: Visit) -> None:
    """A second way into a source shows that one instead; Back leads to the first, and then closes the panel."""
    page = visit(nasty_folder + "index.html", nasty_folder)
    for citation in ("elided", "found.2", "whole"):
        page.locator(f"[data-citation='{citation}'] a.cite").click()
        state(page, citation)
        read(page).wait_for_selector(f"[data-note='{citation}'][data-lit]")
        assert len(page.frames) == 2
    for citation in ("found.2", "elided"):
        page.go_back()
        state(page, citation)
        page.frame_locator("iframe").locator(f"[data-note='{citation}'][data-lit]").first.wait_for()
    page.go_back()
    expect(panel(page)).to_be_hidden()


def test_a_note_in_the_panel_goes_to_its_entry(nasty_folder: str, visit: Visit) -> None:
    """A note asks the page around it for its entry: all that hear `dateline:go` are told; the address follows."""
    page = visit(nasty_folder + "index.html?read=elided", nasty_folder)
    frame = read(page)
    frame.locator("[data-go=inner]").click()
    state(page, "elided", "#inner")
    expect(page.locator("article[id=inner] h3")).to_be_in_viewport()
    page.evaluate("""() => document.addEventListener("dateline:go", event => {
        document.title = event.detail.id;
    })""")
    frame.locator("[data-go=crossing]").click()
    expect(page).to_have_title("crossing")
    state(page, "elided", "#crossing")


def test_where_sources_differ_each_side_opens_its_words(own_site: Path, visit: Visit) -> None:
    """What each source says of a date or a number opens the words beside it; the focus returns to where it was."""
    base = folder_of(own_site)
    page = visit(base + "index.html", base)
    claim = page.locator(".difference a[href*='sources/']").first
    claim.press("Enter")
    citation = (claim.get_attribute("href") or "").partition("#")[2]
    state(page, citation)
    read(page).wait_for_selector(f"[data-note='{citation}'][data-lit]")
    page.keyboard.press("Escape")
    expect(panel(page)).to_be_hidden()
    expect(claim).to_be_focused()


def test_messages_from_elsewhere_are_not_heard(nasty_site: Path, visit: Visit) -> None:
    """Only the panel's own frame may ask for anything, and only for what it knows."""
    base = folder_of(nasty_site)
    page = visit(base + "index.html?read=elided", base)
    read(page)
    page.evaluate("postMessage({dateline: 'close'}, '*')")
    for said in ("{dateline: 'at', anchor: 'nowhere'}", "{dateline: 'toString'}", "{dateline: 'go', id: {}}", "null"):
        page.frames[-1].evaluate(f"parent.postMessage({said}, '*')")
    page.frames[-1].evaluate("parent.postMessage({dateline: 'at', anchor: 'inner'}, '*')")
    state(page, "inner")
    expect(panel(page)).to_be_visible()


def test_the_panel_offers_the_page_itself(nasty_folder: str, visit: Visit) -> None:
    """One link of the panel leads to the passage on the source's own page; its button closes it."""
    page = visit(nasty_folder + "index.html?read=elided", nasty_folder)
    read(page)
    own = page.locator("[data-panel-page]")
    assert own.evaluate("link => link.href") == f"{nasty_folder}{OVERLAP}#elided"
    page.locator("[data-panel-close]").click()
    expect(panel(page)).to_be_hidden()
    state(page, None)


def test_links_in_the_panel_lead_out_of_it(nasty_site: Path, visit: Visit) -> None:
    """The panel never shows but the source: its links open in the window, or, to other sites, in a new one."""
    base = folder_of(nasty_site)
    page = visit(base + "index.html?read=elided", base)
    frame = read(page)
    out = frame.locator(".tally a")
    expect(out).to_have_attribute("target", "_top")
    expect(frame.locator("a[href*='elsewhere.example']")).to_have_attribute("target", "_blank")
    out.click()
    page.wait_for_url("**/proof.html#**")


def test_other_clicks_are_those_of_a_link(nasty_site: Path, visit: Visit) -> None:
    """A click with Ctrl opens the source in a tab of its own, and leaves the timeline as it is."""
    base = folder_of(nasty_site)
    page = visit(base + "index.html", base)
    with page.context.expect_page() as opened:
        page.locator("[data-citation=elided] a.cite").click(modifiers=["ControlOrMeta"])
    opened.value.wait_for_url(f"**/{OVERLAP}#elided")
    expect(panel(page)).to_be_hidden()


def test_on_a_narrow_window_the_way_is_a_link(nasty_site: Path, visit: Visit) -> None:
    """A phone goes to the source's page; a window made narrow closes the panel, and made wide again opens it."""
    base = folder_of(nasty_site)
    page = visit(base + "index.html", base, **PHONE)
    page.locator("[data-citation=elided] a.cite").tap()
    page.wait_for_url(f"**/{OVERLAP}#elided")
    page = visit(base + "index.html?read=elided", base)
    read(page)
    page.set_viewport_size({"width": 800, "height": 700})
    expect(panel(page)).to_be_hidden()
    page.locator("[data-citation=inner] a.cite").click()
    page.wait_for_url(f"**/{OVERLAP}#inner")
    page.go_back()
    page.set_viewport_size(DESK["viewport"])
    expect(panel(page)).to_be_visible()


def test_an_entry_page_has_the_panel_too(nasty_site: Path, visit: Visit) -> None:
    """On an entry's page the source opens beside it; a note leads to its entry on the timeline."""
    base = folder_of(nasty_site)
    page = visit(base + "entries/elided.html", base)
    page.locator("a.cite").click()
    frame = read(page)
    frame.wait_for_selector("[data-note=elided][data-lit]")
    frame.locator("[data-go=inner]").click()
    page.wait_for_url(f"{base}index.html#inner")


def test_on_paper_there_is_no_panel(nasty_site: Path, visit: Visit) -> None:
    """Printed, the page has its whole width, and neither panel, strip nor steps."""
    base = folder_of(nasty_site)
    page = visit(base + "index.html?read=elided", base)
    frame = read(page)
    page.emulate_media(media="print")
    expect(panel(page)).to_be_hidden()
    assert page.evaluate("getComputedStyle(document.body).paddingLeft") == "0px"
    page.goto(frame.url)
    page.emulate_media(media="print")
    expect(page.locator(".strip")).to_be_hidden()
    expect(page.locator("[data-steps]")).to_be_hidden()


@pytest.mark.parametrize("look", [look for look in LOOKS if look != "phone"])
def test_axe_finds_nothing_with_the_panel_open(nasty_site: Path, visit: Visit, look: str) -> None:
    """Axe has nothing against the timeline with the panel open, nor against the source in it."""
    base = folder_of(nasty_site)
    page = visit(base + "index.html?read=whole", "", **LOOKS[look])
    frame = read(page)
    frame.wait_for_selector("[data-note=whole][data-lit]")
    assert axe_faults(frame) == []
    assert axe_faults(page) == []


def test_a_foreign_page_is_not_told(own_site: Path, serve: Serve, chromium: Browser, tmp_path: Path) -> None:
    """A page of another site that frames a source hears nothing from it, and is not taken for the timeline."""
    source = next(file.name for file in sorted((own_site / "sources").glob("0*.html")))
    framing = (
        f'<!doctype html><title>x</title><iframe width=900 height=600 src="{serve(own_site)}sources/{source}"></iframe>'
    )
    (tmp_path / "foreign.html").write_text(framing, "utf-8")
    (tmp_path / "404.html").write_text("", "utf-8")
    context = chromium.new_context()
    page = context.new_page()
    page.add_init_script("window.heard = []; addEventListener('message', (event) => window.heard.push(event.data));")
    page.goto(serve(tmp_path) + "foreign.html")
    frame = page.frames[1]
    frame.wait_for_selector("[data-step='1']:visible")
    page.evaluate("frames[0].postMessage({ dateline: 'panel', anchor: '' }, '*')")
    frame.locator("[data-step='1']").click()
    frame.wait_for_function("() => document.querySelector('[data-step-place]').textContent.includes(' of ')")
    assert page.evaluate("window.heard") == []
    assert frame.locator("a[target='_top']").count() == 0
    context.close()
