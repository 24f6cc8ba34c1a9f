"""Promises of the keys, in Chromium: from entry to entry, to the search, into the source, and never while one types."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from conftest import build_site
from playwright.sync_api import expect
from project import events, write
from test_browser import watch

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.browser

Open = Callable[..., "Page"]

ENTRIES = "() => [...document.querySelectorAll('article[data-entry]:not([hidden])')].map(article => article.id)"
# The entry that has the focus, or an empty text.
CURRENT = "() => document.activeElement.matches('article[data-entry]') ? document.activeElement.id : ''"
# A key as a keyboard sends it: the letter it writes, and its place.
PRESS = """([key, code, more]) => {
    const event = new KeyboardEvent("keydown", {key, code, bubbles: true, cancelable: true, ...more});
    document.activeElement.dispatchEvent(event);
    return event.defaultPrevented;
}"""


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Open]:
    """Return what opens the timeline of a site; nothing may go wrong there."""
    faults: list[str] = []
    contexts: list[BrowserContext] = []

    def open_page(site: Path, query: str = "", **look: Any) -> Page:  # noqa: ANN401 - Playwright's options
        context = chromium.new_context(**{"viewport": {"width": 1280, "height": 900}, **look})
        context.set_default_timeout(10_000)
        contexts.append(context)
        watch(context, faults, site.as_uri() + "/")
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(f"{site.as_uri()}/index.html{query}")
        expect(page.locator("[data-late]")).to_have_count(0)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert faults == []


def ends(text: str) -> re.Pattern[str]:
    """Return the pattern of an address that ends so."""
    return re.compile(re.escape(text) + "$")


def test_j_and_k_go_from_entry_to_entry(own_site: Path, visit: Open) -> None:
    """From the top, j goes to the first entry and on, k goes back; each is in view; the last has none after it."""
    page = visit(own_site)
    entries = page.evaluate(ENTRIES)
    for wanted, key in ((entries[0], "j"), (entries[1], "j"), (entries[2], "j"), (entries[1], "k")):
        page.keyboard.press(key)
        assert page.evaluate(CURRENT) == wanted
        expect(page.locator(f"[id='{wanted}'] h3")).to_be_in_viewport()
    page.evaluate("id => document.getElementById(id).focus()", entries[-1])
    page.keyboard.press("j")
    assert page.evaluate(CURRENT) == entries[-1]
    page.evaluate("id => document.getElementById(id).focus()", entries[0])
    page.keyboard.press("k")
    assert page.evaluate(CURRENT) == entries[0]


def test_an_entry_is_known_by_its_date_and_title(own_site: Path, visit: Open) -> None:
    """Who is led to an entry by a key hears when it was, and what."""
    page = visit(own_site)
    page.keyboard.press("j")
    entry = page.locator("article:focus")
    when, title = entry.locator(".when").inner_text(), entry.locator("h3").inner_text()
    assert when
    expect(entry).to_have_accessible_name(f"{when} {title}")


def test_escape_leads_from_the_search_back_to_the_entry(own_site: Path, visit: Open) -> None:
    """Who goes to the search from deep in the list and searches for nothing is back in place by Escape."""
    page = visit(own_site)
    entry = page.evaluate(ENTRIES)[20]
    place = "id => Math.round(document.getElementById(id).getBoundingClientRect().top)"
    page.evaluate("id => scrollBy(0, document.getElementById(id).getBoundingClientRect().top - 50)", entry)
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    expect(page.get_by_role("searchbox")).to_be_in_viewport()
    page.keyboard.type("mine")
    page.keyboard.press("Escape")
    expect(page.get_by_role("searchbox")).to_have_value("")
    page.keyboard.press("Escape")
    expect(page.locator(f"[id='{entry}']")).to_be_focused()
    assert abs(page.evaluate(place, entry) - 50) <= 1
    page.keyboard.press("j")
    assert page.evaluate(CURRENT) == page.evaluate(ENTRIES)[21]


def test_from_the_middle_of_the_page_j_goes_to_what_comes_into_view(own_site: Path, visit: Open) -> None:
    """Where no entry has the focus, j goes to the first that begins in view, and k to the one before it."""
    page = visit(own_site)
    entries = page.evaluate(ENTRIES)
    for key, wanted in (("j", entries[10]), ("k", entries[9])):
        page.evaluate(
            """id => {
                document.activeElement.blur();
                scrollTo(0, document.getElementById(id).getBoundingClientRect().top + scrollY - 200);
            }""",
            entries[10],
        )
        page.keyboard.press(key)
        assert page.evaluate(CURRENT) == wanted


def test_only_entries_that_are_shown_are_gone_to(own_site: Path, visit: Open) -> None:
    """Under a filter, j and k and the arrows pass over what is hidden."""
    page = visit(own_site, "?category=incident")
    entries = page.evaluate(ENTRIES)
    for wanted, key in zip(entries, ["j", "j", "ArrowDown", "j"], strict=False):
        page.keyboard.press(key)
        assert page.evaluate(CURRENT) == wanted
    page.keyboard.press("ArrowUp")
    assert page.evaluate(CURRENT) == entries[-2]


def test_arrows_scroll_unless_an_entry_has_the_focus(own_site: Path, visit: Open) -> None:
    """Arrows and Enter are the browser's own wherever the focus is not on an entry itself."""
    page = visit(own_site)
    for key in ("ArrowDown", "ArrowUp", "Enter"):
        assert page.evaluate(PRESS, [key, key, {}]) is False
    page.keyboard.press("j")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.matches('h3 a')")
    for key in ("ArrowDown", "Enter"):
        assert page.evaluate(PRESS, [key, key, {}]) is False


def test_the_current_entry_is_seen_to_be_so(own_site: Path, visit: Open) -> None:
    """The entry that has the focus looks otherwise than the others, in light, in dark and in forced colours."""
    style = """id => {
        const rail = getComputedStyle(document.getElementById(id), "::before");
        return [rail.borderInlineStartWidth, rail.borderInlineStartColor];
    }"""
    for look in ({}, {"color_scheme": "dark"}, {"forced_colors": "active"}):
        page = visit(own_site, **look)
        entries = page.evaluate(ENTRIES)
        page.keyboard.press("j")
        assert page.evaluate(style, entries[0]) != page.evaluate(style, entries[1])
        assert page.evaluate(style, entries[0])[0] == "3px"


def test_enter_opens_the_entry_and_s_its_source(own_site: Path, visit: Open) -> None:
    """Enter opens the page of the entry that has the focus, s the passage that its first quote stands in."""
    page = visit(own_site)
    first = page.evaluate(ENTRIES)[0]
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page).to_have_url(ends(f"/entries/{first}.html"))
    page.go_back()
    source = page.locator("article a.cite").first.get_attribute("href") or ""
    page.evaluate("id => document.getElementById(id).focus()", first)
    page.keyboard.press("s")
    expect(page).to_have_url(re.compile(f"[?&]read={re.escape(source.partition('#')[2])}"))


def test_s_opens_the_source_of_the_first_entry_in_view(own_site: Path, visit: Open) -> None:
    """Where no entry has the focus, s is about the first that is in view."""
    page = visit(own_site)
    entry = page.evaluate(ENTRIES)[7]
    page.evaluate("id => document.getElementById(id).scrollIntoView()", entry)
    source = page.locator(f"[id='{entry}'] a.cite").first.get_attribute("href") or ""
    page.keyboard.press("s")
    expect(page).to_have_url(re.compile(f"[?&]read={re.escape(source.partition('#')[2])}"))


def test_slash_goes_to_the_search_with_its_words_selected(own_site: Path, visit: Open) -> None:
    """A slash takes the focus to the search, so that typing replaces what stood there, and is not typed itself."""
    page = visit(own_site, "?q=agdam")
    page.keyboard.press("j")
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("izmir / j k s ?")
    expect(page.get_by_role("searchbox")).to_have_value("izmir / j k s ?")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_no_key_is_taken_from_those_who_type_or_hold_another(own_site: Path, visit: Open) -> None:
    """In a field, in a list, while letters are composed, and with a modifier, every key is the browser's."""
    page = visit(own_site, "?from=2021")
    for selector in ("[name=q]", "[name=from]", "[name=who]", "[name=category]"):
        page.locator(selector).first.focus()
        for key in ("j", "k", "s", "/", "?"):
            assert page.evaluate(PRESS, [key, "", {}]) is False, (selector, key)
    page.evaluate("() => document.activeElement.blur()")
    for more in ({"ctrlKey": True}, {"altKey": True}, {"metaKey": True}, {"isComposing": True}, {"keyCode": 229}):
        for key in ("j", "/", "?"):
            assert page.evaluate(PRESS, [key, "", more]) is False, more
    page.evaluate(
        "() => { document.querySelector('h1').contentEditable = 'true'; document.querySelector('h1').focus(); }"
    )
    assert page.evaluate(PRESS, ["j", "KeyJ", {}]) is False


@pytest.mark.parametrize("letters", ["олы", "ςκσ", "ןחד"])
def test_a_keyboard_of_another_script_has_the_keys_at_their_places(own_site: Path, visit: Open, letters: str) -> None:
    """With a Russian, Greek or Hebrew keyboard the keys that are marked J and K go from entry to entry."""
    page = visit(own_site)
    entries = page.evaluate(ENTRIES)
    for letter, code, wanted in ((letters[0], "KeyJ", 0), (letters[0], "KeyJ", 1), (letters[1], "KeyK", 0)):
        assert page.evaluate(PRESS, [letter, code, {}]) is True
        assert page.evaluate(CURRENT) == entries[wanted]


def test_the_keys_are_shown_and_closed(own_site: Path, visit: Open) -> None:
    """A question mark, or the button, shows the keys; Escape, or the button, closes them; the focus comes back."""
    page = visit(own_site)
    dialog = page.get_by_role("dialog", name="Keyboard")
    page.keyboard.press("j")
    here = page.evaluate(CURRENT)
    page.keyboard.press("?")
    expect(dialog).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    assert page.evaluate(CURRENT) == here
    page.get_by_role("button", name="Keyboard").click()
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("button", name="Keyboard")).to_be_focused()


def test_single_keys_can_be_switched_off_for_good(own_site: Path, visit: Open) -> None:
    """Switched off, no single key does anything, after a reload too; arrows and Enter stay, and the button is there."""
    page = visit(own_site)
    page.keyboard.press("?")
    page.get_by_role("switch").uncheck()
    page.keyboard.press("Escape")
    page.reload()
    for key in ("j", "/", "?", "s"):
        assert page.evaluate(PRESS, [key, "", {}]) is False
    first, second = page.evaluate(ENTRIES)[:2]
    page.evaluate("id => document.getElementById(id).focus()", first)
    page.keyboard.press("ArrowDown")
    assert page.evaluate(CURRENT) == second
    page.get_by_role("button", name="Keyboard").click()
    page.get_by_role("switch").check()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    assert page.evaluate(CURRENT) not in ("", second)


def test_where_nothing_may_be_kept_the_switch_still_works(own_site: Path, visit: Open) -> None:
    """A browser that keeps nothing for the page has the keys, and the switch holds until the page is left."""
    page = visit(own_site)
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } });"
    )
    page.reload()
    page.keyboard.press("?")
    page.get_by_role("switch").uncheck()
    page.keyboard.press("Escape")
    assert page.evaluate(PRESS, ["j", "KeyJ", {}]) is False


def test_on_a_touch_screen_there_is_no_button_for_keys(own_site: Path, visit: Open) -> None:
    """A phone offers no help with a keyboard that it has not; one that is attached works."""
    page = visit(own_site, viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True)
    expect(page.get_by_role("button", name="Keyboard")).to_have_count(0)
    page.keyboard.press("j")
    assert page.evaluate(CURRENT) == page.evaluate(ENTRIES)[0]


def test_entries_that_cite_nothing_and_pages_without_entries(visit: Open, tmp_path: Path) -> None:
    """Where there is no source to read, no entry left, or nowhere to go, a key does nothing and nothing breaks."""
    table = events({"source": "", "quote": ""}, {"id": "two", "source": "", "quote": ""})
    page = visit(build_site(write(tmp_path, {"events.csv": table}), tmp_path / "site"))
    address = page.url
    for key in ("j", "s", "j", "j", "k", "k", "k"):
        page.keyboard.press(key)
    assert page.evaluate(CURRENT) == "freed"
    page.get_by_role("searchbox").fill("nowhere at all")
    page.get_by_role("searchbox").press("Enter")
    page.get_by_role("searchbox").blur()
    for key in ("j", "k", "s"):
        page.keyboard.press(key)
    assert page.evaluate(CURRENT) == ""
    expect(page).to_have_url(address + "?q=nowhere+at+all")
