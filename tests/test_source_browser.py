"""Promises of the source page, in Chromium: passages, their notes and the strip light each other."""

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
    from playwright.sync_api import Browser, Page

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


def state(page: Page, citation: str | None, fragment: str = "") -> None:
    """Wait until the address names this citation and this fragment, and nothing else."""
    page.wait_for_function(f"expected => String(({STATE})()) === String(expected)", arg=[citation, fragment])


# Without JavaScript


def test_without_javascript_the_strip_leads_and_the_controls_are_hidden(nasty_site: Path, visit: Visit) -> None:
    """Without JavaScript a link in the strip shows its passage lit and in view; what needs a script is hidden."""
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
    """The passage that the address names is lit in all its pieces, also where another begins with it, and in view."""
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
    """The steps go through every passage in order, each lit and in view, with its number told."""
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


# For everyone


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_in_a_source(nasty_site: Path, visit: Visit, look: str) -> None:
    """Axe has nothing against the source page with a passage lit."""
    base = folder_of(nasty_site)
    page = visit(base + OVERLAP + "#whole", "", **LOOKS[look])
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
