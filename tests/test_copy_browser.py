"""Promises of copying, in Chromium: links, citations, quotes, and what happens where the clipboard is closed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from conftest import Serve, build_site
from playwright.sync_api import expect
from project import GOOD, SECOND, events, write
from reading import CLIPBOARD, DESK, LOOKS, PHONE, SMALL, WIDTH, Visit, axe_faults, folder_of

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser

OPEN: dict[str, Any] = {"permissions": ["clipboard-read", "clipboard-write"]}
# A browser in which scripts have no clipboard, as on a page that came without encryption.
NO_CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', {value: undefined})"
REFUSED = "navigator.clipboard.write = () => Promise.reject(new DOMException('no', 'NotAllowedError'));"
NO_COMMAND = NO_CLIPBOARD + "; document.execCommand = () => false"
QUOTE = "On June 12, 2021 the ministry said that 15 people were freed."


@pytest.fixture(scope="module")
def mines(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a site of two entries without an address; the first rests on two quotes, of which one is elided."""
    folder = tmp_path_factory.mktemp("mines")
    rows: tuple[dict[str, str], ...] = (
        {},
        {"date": "", "title": "", "quote": "the ministry said […] on the same day", "attribution": ""},
        SECOND | {"attribution": "<b>Ministry</b>"},
    )
    sources = "file,title,publisher,published\na.txt,A <i>letter</i>,Gazette,2021-06-13\n"
    files = {**GOOD, "events.csv": events(*rows), "seeds/sources.csv": sources}
    return build_site(write(folder, files), folder / "site")


def copied(page: Page) -> dict[str, str]:
    """Return what the clipboard holds, by type."""
    expect(page.locator("[data-status]")).not_to_be_empty()
    found: dict[str, str] = page.evaluate(CLIPBOARD)
    return found


def cite(page: Page, entry: str) -> Locator:
    """Open the row under an entry of the timeline and return the entry."""
    article = page.locator(f"article[id='{entry}']")
    article.hover()
    article.locator("[data-cite]").click()
    return article


def test_without_javascript_there_are_no_buttons(mines: Path, visit: Visit) -> None:
    """Without JavaScript no page shows a control for copying."""
    base = folder_of(mines)
    page = visit(base + "index.html", base, java_script_enabled=False)
    for path in ("index.html", "entries/freed.html", "sources/a.html#freed"):
        page.goto(base + path)
        assert page.locator("button:visible").count() == 0


@pytest.mark.parametrize("place", ["disk", "server"])
def test_the_citation_of_an_entry(mines: Path, visit: Visit, serve: Serve, place: str) -> None:
    """A citation says title and date, for each quote who says so, the words and the source, and where it all stands."""
    base = folder_of(mines) if place == "disk" else serve(mines)
    page = visit(base + "index.html", base, **OPEN)
    cite(page, "freed").get_by_role("button", name="Copy citation").click()
    clipboard, elided = copied(page), "the ministry said […] on the same day"
    assert clipboard["text/plain"].splitlines() == [
        "Prisoners freed. June 12, 2021.",
        f"Ministry: “{QUOTE}” (A <i>letter</i>, Gazette, June 13, 2021, ¶ 1, {base}sources/a.html#freed)",
        f"“{elided}” (A <i>letter</i>, Gazette, June 13, 2021, ¶ 1–2, {base}sources/a.html#freed.2)",
        f"Mines. {base}entries/freed.html",
    ]
    assert clipboard["text/html"].count("<p>") == 4
    assert "A &lt;i&gt;letter&lt;/i&gt;" in clipboard["text/html"]
    assert re.findall('<a href="(.*?)">', clipboard["text/html"]) == [
        base + path for path in ("sources/a.html#freed", "sources/a.html#freed.2", "entries/freed.html")
    ]


def test_an_entry_with_a_disagreement_copies_its_own_words_alone(own_site: Path, visit: Visit) -> None:
    """Where another entry's words stand beside an entry's own, neither its quote nor its citation holds them."""
    base = folder_of(own_site)
    page = visit(base + "index.html", base, **OPEN)
    article = cite(page, "2023-mirzoyan-on-accuracy")
    expect(article).to_contain_text("announced the transfer of all available minefield maps")
    article.get_by_role("button", name="Copy quote").click()
    quote = copied(page)["text/plain"]
    assert quote.startswith("according to the statements of Azerbaijani officials")
    assert quote.endswith("confirmed by Armenian Minister of Foreign Affairs Mirzoyan.")
    assert "announced the transfer" not in quote
    page.locator("[data-status]").evaluate("status => { status.textContent = ''; }")
    article.get_by_role("button", name="Copy citation").click()
    title, words, timeline = copied(page)["text/plain"].splitlines()
    assert title.startswith("Mirzoyan confirms that maps are inaccurate")
    assert words.startswith(f"An unsigned, undated text says: “{quote}” (“")
    assert words.count("¶") == 1
    assert timeline == f"Mines and maps in Karabakh. {base}entries/2023-mirzoyan-on-accuracy.html"


SAID = {
    "“Go!” he said.": "‘“Go!” he said.’",
    'He said "go"': '‘He said "go"’',
    "‘Go!’ he said.": "“‘Go!’ he said.”",
    "«Go!» he said.": "“«Go!» he said.”",
    "“Go,” they said to ‘us’": "“Go,” they said to ‘us’",
}


@pytest.mark.parametrize(("quote", "cited"), SAID.items())
def test_no_quotation_mark_stands_beside_the_same_one(tmp_path: Path, visit: Visit, quote: str, cited: str) -> None:
    """A quote that begins or ends with quotation marks stands in the language's other ones, or as it is."""
    rows = ({"quote": quote, "attribution": "", "date_note": "n", "title": "Who goes?"},)
    site = build_site(write(tmp_path, {**GOOD, "events.csv": events(*rows), "seeds/a.txt": quote}), tmp_path / "site")
    base = folder_of(site)
    page = visit(base + "entries/freed.html", base, **OPEN)
    page.get_by_role("button", name="Copy citation").click()
    head, line, _ = copied(page)["text/plain"].splitlines()
    assert head == "Who goes? June 12, 2021."
    assert line.startswith(cited + " (")


@pytest.mark.parametrize(
    ("known", "brackets"),
    [
        (",,,", "“Maps.”, ¶ 1, "),
        (",Vusala Abbasova,,2021", "Vusala Abbasova, 2021, ¶ 1, "),
        (",,Ministry,", "¶ 1, "),
        ("A letter,Vusala Abbasova,The Ministry,", "A letter, Vusala Abbasova, The Ministry, ¶ 1, "),
        ("A letter,Ministry,,2021", "A letter, 2021, ¶ 1, "),
    ],
)
def test_a_citation_says_of_a_source_what_is_known_once(
    tmp_path: Path, visit: Visit, known: str, brackets: str
) -> None:
    """In brackets stand title, author, publisher and date but what the line said; first words where nobody is named."""
    sources = f"file,title,author,publisher,published\na.txt,{known}\n"
    files = {**GOOD, "events.csv": events({"quote": "Maps.", "date_note": "n"}), "seeds/a.txt": "Maps."}
    site = build_site(write(tmp_path, {**files, "seeds/sources.csv": sources}), tmp_path / "site")
    base = folder_of(site)
    page = visit(base + "entries/freed.html", base, **OPEN)
    page.get_by_role("button", name="Copy citation").click()
    line = copied(page)["text/plain"].splitlines()[1]
    assert line == f"Ministry: “Maps.” ({brackets}{base}sources/a.html#freed)"


def test_an_address_on_the_own_disk_is_said_to_be_one(mines: Path, visit: Visit, serve: Serve) -> None:
    """A link, a citation and a code that hold a path of the reader's disk say so; a quote does not, nor does a site."""
    here = "Copied; it works on this computer only"
    for base, done in ((folder_of(mines), here), (serve(mines), "Copied")):
        page = visit(base + "entries/maps.html", base, **OPEN)
        for kind in ("link", "citation", "embed"):
            page.locator(f"[data-copy={kind}]").click()
            expect(page.locator(f"[data-copy={kind}]")).to_have_text(done)
            expect(page.locator("[data-status]")).to_contain_text(f"{done}: ")
        page.locator("[data-copy=quote]").click()
        expect(page.locator("[data-copy=quote]")).to_have_text("Copied")
        page.goto(base + "sources/a.html#maps")
        page.locator("[data-copy=passage-link]").click()
        expect(page.locator("[data-copy=passage-link]")).to_have_text(done)


def test_the_link_to_an_entry_is_that_of_the_published_site(nasty_site: Path, visit: Visit) -> None:
    """Where the site says where it is published, links lead there, from the timeline, an entry's page and a source."""
    base = folder_of(nasty_site)
    page = visit(base + "index.html", base, **OPEN)
    cite(page, "elided").locator("[data-copy=link]").click()
    assert copied(page) == {"text/plain": "https://timeline.example/some/sub/path/entries/elided.html"}
    page.goto(base + "entries/inner.html")
    page.locator("[data-copy=link]").click()
    assert copied(page) == {"text/plain": "https://timeline.example/some/sub/path/entries/inner.html"}
    page.goto(base + "sources/overlap.html#crossing")
    page.locator("[data-copy=passage-link]").click()
    assert copied(page) == {"text/plain": "https://timeline.example/some/sub/path/sources/overlap.html#crossing"}


def test_a_quote_alone_has_its_button_in_the_row_and_several_have_one_each(mines: Path, visit: Visit) -> None:
    """Each quote can be copied, as its words alone; with the row closed, no button is in the way."""
    base = folder_of(mines)
    page = visit(base + "index.html", base, **OPEN)
    assert page.get_by_role("button", name="Copy quote").count() == 0
    cite(page, "maps").get_by_role("button", name="Copy quote").click()
    assert copied(page) == {"text/plain": "Maps were handed over on the same day."}
    article = cite(page, "freed")
    buttons = article.get_by_role("button", name="Copy quote")
    expect(buttons).to_have_count(2)
    for number, quote in enumerate((QUOTE, "the ministry said […] on the same day")):
        button = article.locator("figcaption").nth(number).get_by_role("button")
        button.click()
        expect(button).to_have_text("Copied")
        assert copied(page) == {"text/plain": quote}
    expect(buttons).to_have_count(2)
    article.get_by_role("button", name="Cite").click()
    expect(buttons).to_have_count(0)
    article.get_by_role("button", name="Cite").click()
    expect(buttons).to_have_count(2)


@pytest.mark.parametrize(
    ("citation", "words"),
    [
        ("whole", "The council met on Monday and agreed to clear the road before winter came to the valley."),
        ("elided", "The mayor spoke […] the plan a beginning. […] Nobody else spoke."),
        (
            "across-paragraphs",
            "pay for the work. The mayor spoke afterwards. He called the plan a beginning. He called it late",
        ),
        ("inner", "agreed to clear the road"),
    ],
)
def test_the_passage_of_a_source(nasty_site: Path, visit: Visit, citation: str, words: str) -> None:
    """On a source's page the lit passage can be copied: over cuts and paragraphs, without what it leaves out."""
    base = folder_of(nasty_site)
    page = visit(f"{base}sources/overlap.html#{citation}", base, **OPEN)
    page.locator("[data-copy=passage]").click()
    assert copied(page) == {"text/plain": words}


def test_it_says_copied_for_a_moment(mines: Path, visit: Visit, serve: Serve) -> None:
    """The button says "Copied", a screen reader is told what, and soon the button says again what it does."""
    base = serve(mines)
    page = visit(base + "entries/maps.html", base, **OPEN)
    button = page.locator("button[data-copy=link]")
    for _ in range(2):
        button.click()
        expect(button).to_have_text("Copied")
    expect(page.locator("[data-status]")).to_have_text("Copied: Copy link to this entry")
    expect(button).to_have_text("Copy link to this entry")


def test_by_keyboard(mines: Path, visit: Visit) -> None:
    """Tab reaches "Cite", which then shows; Enter opens the row, and Tab goes through it."""
    base = folder_of(mines)
    page = visit(base + "index.html", base, **OPEN)
    page.locator("article[id=maps] a.cite").focus()
    page.keyboard.press("Tab")
    toggle = page.locator("article[id=maps] [data-cite]")
    expect(toggle).to_be_focused()
    expect(toggle).to_have_css("opacity", "1")
    expect(toggle).to_have_accessible_name("Cite Maps")
    page.keyboard.press("Enter")
    expect(toggle).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert copied(page)["text/plain"].startswith("Maps. June 12, 2021.")


def test_by_touch(mines: Path, visit: Visit) -> None:
    """On a phone "Cite" always shows, and all it opens is large enough for a thumb."""
    base = folder_of(mines)
    page = visit(base + "index.html", base, **OPEN, **PHONE)
    article = page.locator("article[id=freed]")
    expect(article.locator("[data-cite]")).to_have_css("opacity", "1")
    article.locator("[data-cite]").tap()
    for button in article.get_by_role("button").all():
        assert (button.bounding_box() or {"height": 0})["height"] >= 44
    article.get_by_role("button", name="Copy link").tap()
    assert copied(page) == {"text/plain": f"{base}entries/freed.html"}


@pytest.mark.parametrize("before", [NO_CLIPBOARD, REFUSED], ids=["none", "refused"])
def test_where_scripts_have_no_clipboard(mines: Path, visit: Visit, before: str) -> None:
    """Where the browser keeps the clipboard from scripts, the older way is taken, with the same words."""
    base = folder_of(mines)
    page = visit(base + "index.html", base, before=before, **OPEN)
    cite(page, "maps").get_by_role("button", name="Copy citation").click()
    expect(page.locator("[data-status]")).to_contain_text("Copied")
    other = page.context.new_page()
    other.goto(base + "about.html")
    other.bring_to_front()
    clipboard = other.evaluate(CLIPBOARD)
    assert clipboard["text/plain"].splitlines()[1].startswith("<b>Ministry</b>: “Maps were")
    assert "&lt;b&gt;Ministry&lt;/b&gt;" in clipboard["text/html"]


@pytest.mark.parametrize("path", ["index.html", "entries/maps.html", "sources/a.html#maps"])
def test_where_nothing_may_be_copied_the_text_is_offered(mines: Path, visit: Visit, path: str) -> None:
    """Where neither way is open, the text stands there, selected, in a field with a name."""
    base = folder_of(mines)
    page = visit(base + path, base, before=NO_COMMAND)
    if path == "index.html":
        cite(page, "maps")
    page.get_by_role("button", name="Copy quote").click()
    field = page.get_by_role("textbox", name="Copy this text")
    expect(field).to_be_focused()
    selected = field.evaluate("field => field.value.slice(field.selectionStart, field.selectionEnd)")
    assert selected == "Maps were handed over on the same day."
    assert page.evaluate(WIDTH) <= DESK["viewport"]["width"]


def test_every_kind_of_entry_can_be_cited(nasty_site: Path, visit: Visit) -> None:
    """An entry without a source, one whose text is only linked, and one of hostile words have a citation too."""
    base = folder_of(nasty_site)
    page = visit(base + "index.html", base, **OPEN)
    for entry, first, count in (
        ("bare", "No summary, no source, no category. ", 2),
        ("linked", "The text may not be shown at all. ", 3),
        ("found", "عثرت الفرق على <script>alert(1)</script> **199** لغماً. ", 4),
    ):
        article = cite(page, entry)
        article.locator("[data-copy=citation]").click()
        lines = copied(page)["text/plain"].splitlines()
        assert lines[0].startswith(first)
        assert len(lines) == count
        assert "undefined" not in " ".join(lines)
        page.locator("[data-status]").evaluate("status => { status.textContent = ''; }")


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_with_the_row_open(mines: Path, visit: Visit, look: str) -> None:
    """Axe has nothing against an entry whose row is open, nor against an entry's page."""
    base = folder_of(mines)
    page = visit(base + "index.html", "", **LOOKS[look])
    page.locator("article[id=freed] [data-cite]").click()
    assert axe_faults(page) == []
    page.goto(base + "entries/freed.html")
    assert axe_faults(page) == []


def test_nothing_scrolls_sideways_at_320_pixels(nasty_site: Path, visit: Visit) -> None:
    """The rows fit a small screen."""
    base = folder_of(nasty_site)
    page = visit(base + "index.html", base, **SMALL)
    for toggle in page.locator("[data-cite]").all():
        toggle.evaluate("toggle => toggle.click()")
    assert page.evaluate(WIDTH) <= 320
