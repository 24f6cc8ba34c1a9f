"""Promises of reading beside the source, in Chromium: passages and notes that light each other, and the panel."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from conftest import Serve
from playwright.sync_api import expect
from reading import DESK, LOOKS, PHONE, SMALL, WIDTH, Visit, axe_faults, folder_of, lit, windows

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Frame, Page

pytestmark = pytest.mark.browser

OVERLAP = "sources/overlap.html"
# What stands in the address: which citation is read, and the fragment.
STATE = "() => [new URL(location.href).searchParams.get('read'), decodeURIComponent(location.hash)]"
STATUS = "[data-status]"


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Visit]:
    """Return what opens an address; in the end nothing may have gone wrong in any window."""
    with windows(chromium) as opener:
        yield opener


@pytest.fixture(params=["disk", "server"])
def nasty(request: pytest.FixtureRequest, nasty_site: Path, serve: Serve) -> str:
    """Return the address of the nasty site's folder: on the disk, or on a server under a sub-path."""
    return folder_of(nasty_site) if request.param == "disk" else serve(nasty_site)


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


# Without JavaScript


def test_without_javascript_the_strip_leads_and_the_controls_are_hidden(nasty_site: Path, visit: Visit) -> None:
    """Without JavaScript a link in the strip shows its passage lit and in view; steps, copying and panel are hidden."""
    base = folder_of(nasty_site)
    page = visit(base + OVERLAP, base, java_script_enabled=False)
    page.locator("[data-passage=elided] rect").first.click()
    expect(page.locator("mark:target")).to_be_in_viewport()
    plain, target = (
        page.locator(selector).first.evaluate("mark => getComputedStyle(mark).boxShadow")
        for selector in ("mark:not(:target)", "mark:target")
    )
    assert plain != target
    expect(page.locator("[data-steps]")).to_be_hidden()
    page.goto(base + "index.html")
    expect(panel(page)).to_be_hidden()
    page.locator("a.cite").first.click()
    page.wait_for_url("**/sources/*.html*")


# The source page


def test_hovering_lights_the_passage_and_its_notes(nasty_site: Path, visit: Visit) -> None:
    """The pointer on a mark or on a note lights all pieces of the passage, its notes and its place, and only these."""
    base = folder_of(nasty_site)
    page = visit(base + OVERLAP, base)
    page.locator("mark", has_text="It did not say").hover()
    found = lit(page)
    assert "".join(found["marks"]).replace("\n", " ") == "before winter came to the valley. It did not say"
    assert found["notes"] == found["strip"] == ["crossing"]
    page.locator("[data-note=across-paragraphs]").nth(1).hover()
    found = lit(page)
    assert " ".join(found["marks"][:1]) == "pay for the work."
    assert found["notes"] == ["across-paragraphs"] * 3
    page.locator("h1").hover()
    assert lit(page) == {"marks": [], "citations": [], "notes": [], "strip": []}


def test_an_overlap_tells_each_of_its_entries(nasty_site: Path, visit: Visit) -> None:
    """The pointer where passages overlap lights the notes of all of them."""
    base = folder_of(nasty_site)
    page = visit(base + OVERLAP, base)
    page.locator("mark[data-citations='whole inner']").hover()
    assert lit(page)["notes"] == ["whole", "inner"]


def test_what_is_lit_differs_by_more_than_colour(nasty_site: Path, visit: Visit) -> None:
    """A lit mark has a thicker line below it, and a lit note a thicker one beside it."""
    base = folder_of(nasty_site)
    page = visit(base + OVERLAP, base)
    mark, note = page.locator("mark[data-citations=across-paragraphs]").first, page.locator("[data-note=inner]").first
    shadow, border = "one => getComputedStyle(one).boxShadow", "one => getComputedStyle(one).borderInlineStartWidth"
    before = mark.evaluate(shadow), note.evaluate(border)
    mark.hover()
    assert before[0] == "none" != mark.evaluate(shadow)
    note.hover()
    assert float(note.evaluate(border)[:-2]) > float(before[1][:-2])


@pytest.mark.parametrize("citation", ["same-start", "whole", "across-paragraphs", "elided", "crossing"])
def test_the_passage_that_one_came_for_is_the_one_lit(nasty: str, visit: Visit, citation: str) -> None:
    """The passage that the address names is lit in all its pieces, also where another begins with it, and is in view."""
    page = visit(f"{nasty}{OVERLAP}#{citation}", nasty)
    found = lit(page)
    assert set(found["notes"]) == {citation} == set(found["strip"])
    marks = page.locator(f"mark[data-citations~='{citation}']")
    assert found["marks"] == marks.all_text_contents()
    expect(marks.first).to_be_in_viewport()
    page.evaluate("location.hash = '#inner'")
    expect(page.locator("[data-note=inner]")).to_have_attribute("data-lit", "")
    assert set(lit(page)["notes"]) == {"inner"}


@pytest.mark.parametrize("fragment", ["#%", "#nowhere", "#__proto__", "#p.2", "#a.b%22]"])
def test_an_address_that_names_no_passage_lights_none(nasty_site: Path, visit: Visit, fragment: str) -> None:
    """A fragment that names no passage of the page lights nothing, whatever stands in it."""
    base = folder_of(nasty_site)
    page = visit(base + OVERLAP + fragment, base)
    assert lit(page)["marks"] == []
    expect(page.locator("[data-step-place]")).to_have_text("6 passages")


def test_steps_lead_through_all_passages(own_site: Path, visit: Visit) -> None:
    """ "Next" and "Previous" go through every passage in order, each lit and in view, with its number told."""
    base = folder_of(own_site)
    source = max((own_site / "sources").glob("0*.html"), key=lambda file: file.stat().st_size)
    page = visit(f"{base}sources/{source.name}", base)
    order = page.locator("[data-passage]").evaluate_all("all => all.map(one => one.dataset.passage)")
    assert len(order) > 9
    following, before = page.get_by_role("button", name="Next passage"), page.get_by_role("button", name="Previous")
    for number, citation in enumerate(order, start=1):
        following.click()
        state(page, None, f"#{citation}")
        expect(page.locator("[data-step-place]")).to_have_text(f"{number} of {len(order)}")
        expect(page.locator(STATUS)).to_contain_text(f"Passage {number} of {len(order)}: ")
        # The pointer rests on the button, so that what is lit is what was chosen.
        assert set(lit(page)["notes"]) == {citation}
        expect(page.locator(f"mark[data-citations~='{citation}']").first).to_be_in_viewport()
    expect(following).to_have_attribute("aria-disabled", "true")
    before.click()
    state(page, None, f"#{order[-2]}")


def test_keys_step_too_but_not_while_typing(nasty_site: Path, visit: Visit) -> None:
    """`n` and `p` go to the next and the previous passage and put the focus there; with Ctrl they are the browser's."""
    base = folder_of(nasty_site)
    page = visit(base + OVERLAP, base)
    for key, citation in (("n", "same-start"), ("n", "whole"), ("n", "inner"), ("p", "whole")):
        page.keyboard.press(key)
        state(page, None, f"#{citation}")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.dataset.go") == "same-start"
    page.evaluate("document.querySelector('main').append(document.createElement('textarea'))")
    page.locator("textarea").press_sequentially("nnpn")
    expect(page.locator("textarea")).to_have_value("nnpn")
    state(page, None, "#whole")


def test_the_focus_on_a_note_lights_its_passage(nasty_site: Path, visit: Visit) -> None:
    """Whoever goes through the notes by Tab sees the words of each lit."""
    base = folder_of(nasty_site)
    page = visit(base + OVERLAP, base)
    for citation in ("same-start", "whole", "inner"):
        page.locator(f"[data-note={citation}] a").first.focus()
        assert set(lit(page)["notes"]) == {citation}


def test_the_strip_shows_the_part_in_view(own_site: Path, visit: Visit) -> None:
    """The strip shows which part of the text is in the window, and follows it as the reader scrolls."""
    base = folder_of(own_site)
    page = visit(base + "sources/002_3ff985666c8d771b.html", base, viewport={"width": 1280, "height": 500})
    view = page.locator("[data-view]")
    expect(view).to_be_visible()
    top = "view => parseFloat(view.getAttribute('y'))"
    expect(view).to_have_attribute("y", "0%")
    page.locator("[data-top]").last.scroll_into_view_if_needed()
    page.wait_for_function("() => parseFloat(document.querySelector('[data-view]').getAttribute('y')) > 50")
    assert view.evaluate(top) + view.evaluate("view => parseFloat(view.getAttribute('height'))") > 95


def test_a_tap_lights_a_passage_and_shows_its_notes(nasty_site: Path, visit: Visit) -> None:
    """On a phone a tap on marked words lights them and brings their notes into view."""
    base = folder_of(nasty_site)
    page = visit(base + OVERLAP, base, **PHONE)
    page.locator("mark[data-citations='whole inner']").tap()
    assert lit(page)["notes"] == ["whole", "inner"]
    expect(page.locator("[data-note=whole]")).to_be_in_viewport()
    state(page, None, "#whole")
    for button in page.get_by_role("group", name="Passages").get_by_role("button").all():
        assert (button.bounding_box() or {"height": 0})["height"] >= 44


# The panel


def test_a_click_opens_the_source_beside_the_timeline(nasty: str, visit: Visit) -> None:
    """On a wide window the source opens beside the entry with its words in view; Back closes it, Forward opens it."""
    page = visit(nasty + "index.html", nasty)
    link = page.locator("[data-citation=across-paragraphs] a.cite")
    link.scroll_into_view_if_needed()
    top = (link.bounding_box() or {})["y"]
    link.click()
    frame = read(page)
    state(page, "across-paragraphs")
    page.wait_for_function("() => document.querySelector('[data-panel]').getBoundingClientRect().width > 400")
    assert abs((link.bounding_box() or {})["y"] - top) < 2
    frame.wait_for_selector("[data-note=across-paragraphs][data-lit]")
    assert set(lit(frame)["notes"]) == {"across-paragraphs"}
    assert frame.locator("mark[data-lit]").first.evaluate("mark => mark.getBoundingClientRect().top < innerHeight")
    assert page.evaluate(WIDTH) <= 1280
    expect(page.locator(STATUS)).to_contain_text("The source is open beside the timeline")
    page.go_back()
    expect(panel(page)).to_be_hidden()
    state(page, None)
    page.go_forward()
    expect(panel(page)).to_be_visible()
    state(page, "across-paragraphs")
    assert set(lit(read(page))["notes"]) == {"across-paragraphs"}


def test_the_address_of_an_open_source_can_be_shared(nasty: str, visit: Visit) -> None:
    """An address with `read` opens the source again with the entry in view, and a reload keeps both."""
    page = visit(nasty + "index.html?read=elided&other=1", nasty)
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


def test_the_panel_can_be_used_by_keyboard(nasty: str, visit: Visit) -> None:
    """Enter opens it and moves the focus in; `n` steps, and the address follows; Esc closes, and the focus returns."""
    page = visit(nasty + "index.html", nasty)
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


def test_each_source_opens_in_the_same_panel(nasty: str, visit: Visit) -> None:
    """A second way into a source shows that one instead; Back leads to the first, and then closes the panel."""
    page = visit(nasty + "index.html", nasty)
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


def test_a_note_in_the_panel_goes_to_its_entry(nasty: str, visit: Visit) -> None:
    """A note asks the page around it for its entry: whoever answers `dateline:go` is told, else the address goes."""
    page = visit(nasty + "index.html?read=elided", nasty)
    frame = read(page)
    frame.locator("[data-go=inner]").click()
    state(page, "elided", "#inner")
    expect(page.locator("article[id=inner] h3")).to_be_in_viewport()
    page.evaluate("""() => document.addEventListener("dateline:go", event => {
        event.preventDefault();
        document.title = event.detail.id;
    })""")
    frame.locator("[data-go=crossing]").click()
    expect(page).to_have_title("crossing")
    state(page, "elided", "#inner")


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


def test_the_panel_offers_the_page_itself(nasty: str, visit: Visit) -> None:
    """ "Open as its own page" leads to the passage on the source's page; "Close" closes."""
    page = visit(nasty + "index.html?read=elided", nasty)
    read(page)
    own = page.get_by_role("link", name="Open as its own page")
    assert own.evaluate("link => link.href") == f"{nasty}{OVERLAP}#elided"
    page.get_by_role("button", name="Close").click()
    expect(panel(page)).to_be_hidden()
    state(page, None)


def test_links_in_the_panel_lead_out_of_it(nasty_site: Path, visit: Visit) -> None:
    """Nothing but the source is ever shown in the panel: its links open in the window, or, to other sites, in a new one."""
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


# For everyone


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_while_reading(nasty_site: Path, visit: Visit, look: str) -> None:
    """Axe has nothing against the source page with a passage lit, nor against the timeline with the panel open."""
    base = folder_of(nasty_site)
    page = visit(base + OVERLAP + "#whole", "", **LOOKS[look])
    assert axe_faults(page) == []
    page.goto(base + "index.html?read=whole")
    if look != "phone":
        frame = read(page)
        frame.wait_for_selector("[data-note=whole][data-lit]")
        assert axe_faults(frame) == []
    assert axe_faults(page) == []


@pytest.mark.parametrize("look", [SMALL, {**SMALL, "viewport": {"width": 320, "height": 225}}, DESK])
def test_nothing_scrolls_sideways_or_is_covered_while_reading(
    nasty_site: Path, visit: Visit, look: dict[str, Any]
) -> None:
    """At 320 pixels, and enlarged to 400 %, every passage can be read: no sideways scroll, and the steps cover none."""
    base = folder_of(nasty_site)
    page = visit(base + OVERLAP + "#elided", base, **look)
    for _ in range(6):
        assert page.evaluate(WIDTH) <= look["viewport"]["width"]
        covered = page.evaluate("""() => {
            const box = document.querySelector("mark[data-lit]").getClientRects()[0];
            const on = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
            return on === null || !on.closest("mark");
        }""")
        assert not covered
        page.keyboard.press("p")
    assert re.search(r"\d of 6", page.locator("[data-step-place]").inner_text())
