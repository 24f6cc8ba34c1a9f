"""Promises of the source page, in Chromium: passages, their notes and the strip light each other."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect
from reading import DESK, LOOKS, PHONE, SMALL, WIDTH, Visit, axe_faults, folder_of, lit

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

OVERLAP = "sources/overlap.html"
MANY = "sources/002_3ff985666c8d771b.html"
# What stands in the address: which citation is read, and the fragment.
STATE = "() => [new URL(location.href).searchParams.get('read'), decodeURIComponent(location.hash)]"
STATUS = "[data-status]"


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
def test_the_passage_that_one_came_for_is_the_one_lit(nasty_folder: str, visit: Visit, citation: str) -> None:
    """The passage that the address names is lit in all its pieces, also where another begins with it, and in view."""
    page = visit(f"{nasty_folder}{OVERLAP}#{citation}", nasty_folder)
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
    expect(page.locator("[data-steps]")).to_be_visible()
    expect(page.locator("[data-steps][data-chosen]")).to_have_count(0)


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


def test_keys_are_known_by_their_places_where_a_keyboard_writes_other_letters(nasty_folder: str, visit: Visit) -> None:
    """The keys of N and P step on a Cyrillic keyboard too, and with Caps Lock."""
    page = visit(nasty_folder + OVERLAP, nasty_folder)
    send = "([key, code]) => document.body.dispatchEvent(new KeyboardEvent('keydown', {key, code, bubbles: true}))"
    for key, code, citation in (("т", "KeyN", "same-start"), ("N", "KeyN", "whole"), ("з", "KeyP", "same-start")):
        page.evaluate(send, [key, code])
        state(page, None, f"#{citation}")


def test_keys_that_are_turned_off_on_the_timeline_are_off_in_sources(nasty_folder: str, visit: Visit) -> None:
    """Whoever turns the single keys off has no `n` and `p` in a source either, and no button names them."""
    page = visit(nasty_folder + "index.html", nasty_folder)
    page.locator("[data-keys-open]").click()
    page.locator("[data-keys-switch]").uncheck()
    page.goto(nasty_folder + OVERLAP)
    expect(page.locator("[data-steps]")).to_be_visible()
    page.keyboard.press("n")
    page.keyboard.press("p")
    assert page.locator("[aria-keyshortcuts]").count() == 0
    assert "(n)" not in (page.locator("[data-step='1']").get_attribute("title") or "")
    page.locator("[data-step='1']").click()
    state(page, None, "#same-start")


def test_where_nothing_can_be_kept_the_keys_are_on(nasty_site: Path, visit: Visit) -> None:
    """Where the browser forbids the page to look at what is kept, `n` goes on."""
    base = folder_of(nasty_site)
    forbid = "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError'); }})"
    page = visit(base + OVERLAP, base, before=forbid)
    page.keyboard.press("n")
    state(page, None, "#same-start")


def test_at_either_end_it_is_said_that_there_is_no_more(own_site: Path, visit: Visit) -> None:
    """`p` at the first passage and `n` at the last say so to screen readers, and stay."""
    base = folder_of(own_site)
    page = visit(base + MANY, base)
    page.keyboard.press("p")
    expect(page.locator(STATUS)).to_have_text("There is no earlier passage.")
    last = page.locator("[data-passage]").last.get_attribute("data-passage")
    page.goto(f"{base}{MANY}#{last}")
    page.locator(f"[data-passage='{last}'][data-lit]").wait_for()
    page.keyboard.press("n")
    expect(page.locator(STATUS)).to_have_text("There is no further passage.")
    state(page, None, f"#{last}")


@pytest.mark.parametrize("look", [PHONE, {"viewport": {"width": 420, "height": 800}}], ids=["touch", "narrow"])
def test_where_the_strip_is_a_picture_no_tab_stops_in_it(own_site: Path, visit: Visit, look: dict[str, Any]) -> None:
    """On touch and on narrow windows the strip has no focus; without JavaScript, when it shows nothing, it is away."""
    base = folder_of(own_site)
    page = visit(base + MANY, base, **look)
    expect(page.locator("[data-strip]")).to_be_visible()
    assert not page.locator("[data-passage]").first.evaluate("link => (link.focus(), link.matches(':focus'))")
    expect(visit(base + MANY, base, **look, java_script_enabled=False).locator("[data-strip]")).to_be_hidden()


def test_on_a_wide_window_the_strip_is_a_list_of_links(own_site: Path, visit: Visit) -> None:
    """With room the strip is one list with a link for each passage; it follows the window when that is resized."""
    base = folder_of(own_site)
    page = visit(base + MANY, base)
    strip = page.get_by_role("navigation", name="Where in the text the passages stand")
    count = page.locator("[data-passage]").count()
    expect(strip.get_by_role("list").get_by_role("listitem").get_by_role("link")).to_have_count(count)
    page.set_viewport_size({"width": 420, "height": 800})
    expect(page.locator("[data-strip][inert]")).to_have_count(1)
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(page.locator("[data-strip][inert]")).to_have_count(0)


def test_a_text_keeps_its_structure(nasty_site: Path, visit: Visit) -> None:
    """Headings, list items and quotations of a source are such to a screen reader, each with its number."""
    base = folder_of(nasty_site)
    page = visit(base + "sources/report.html", base)
    text = page.locator("[data-sourcetext]")
    expect(text.get_by_role("heading", level=2)).to_have_text("A report with markup")
    items = text.locator("[role=list]").get_by_role("listitem").filter(has=page.locator("[data-words]"))
    expect(items.locator("[data-words]")).to_have_text(["One item, raw HTML in it", "Another item that ends the list"])
    expect(text.get_by_role("blockquote")).to_have_text("Quoted by somebody: the road is closed.")
    numbers = [int(number) for number in text.locator(".number").all_text_contents()]
    assert numbers == list(range(1, len(numbers) + 1))


def test_a_source_and_an_entry_name_their_timeline(nasty_site: Path, visit: Visit) -> None:
    """Above its kind each page says which timeline it belongs to, with the way there; in the panel nothing repeats."""
    base = folder_of(nasty_site)
    page = visit(base + OVERLAP, base)
    for path in (OVERLAP, "entries/elided.html"):
        page.goto(base + path)
        link = page.locator("header a", has_text="تسلسل & <b>زمني</b>")
        expect(link).to_be_visible()
        assert link.evaluate("link => link.href") == base + "index.html"
    page.goto(base + "entries/elided.html?embed")
    expect(link).to_be_hidden()
    page.goto(base + "index.html?read=elided")
    expect(page.frame_locator("[data-panel] iframe").locator(".within")).to_be_hidden()


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
    page = visit(base + MANY, base, viewport={"width": 1280, "height": 500})
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
    for button in page.locator("[data-steps] button").all():
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
    expect(page.locator("[data-step='-1']")).to_have_attribute("aria-disabled", "true")
