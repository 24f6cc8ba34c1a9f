"""Promises of the links, in Chromium with JavaScript off: from disk, and from a server under a sub-path."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from conftest import Serve

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

Open = Callable[..., "Page"]

# The element that an address points to: whether the reader sees its first line, not covered, and what it says.
TARGET = """() => {
    const target = document.querySelector(":target");
    const heading = target.querySelector("h2, h3") ?? target;
    const line = heading.getClientRects()[0];
    return {id: target.id, text: heading.textContent, seen: line.top >= 0 && line.bottom <= innerHeight};
}"""
# The marks from the one that an address points to onwards, as far as they belong to `entry`.
MARKS = """entry => {
    const target = document.querySelector(":target");
    const marks = [...document.querySelectorAll("mark")];
    const after = mark => target === mark || target.compareDocumentPosition(mark) & Node.DOCUMENT_POSITION_FOLLOWING;
    const own = marks.filter(mark => after(mark) && mark.dataset.entries.split(" ").includes(entry));
    const box = own[0].getClientRects()[0];
    const on = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    const inside = box.top >= 0 && box.bottom <= innerHeight && box.left >= 0 && box.right <= innerWidth;
    return {seen: inside && own[0].contains(on), texts: own.map(mark => mark.textContent)};
}"""
# Every citation on the timeline: its entry, its quote as shown, and its way into the source.
CITATIONS = """() => [...document.querySelectorAll("article .evidence")].map(figure => ({
    entry: figure.closest("article").id,
    quote: [...figure.querySelectorAll("mark")].map(mark => mark.textContent),
    address: figure.querySelector("a.cite").href,
}))"""
# The notes in the margin: address and words of each.
NOTES = "() => [...document.querySelectorAll('.notes a')].map(link => [link.href, link.textContent])"
HREFS = """selector => [...document.querySelectorAll(selector)].map(
    link => new URL(link.getAttribute("href"), document.baseURI).href
)"""


@pytest.fixture(params=["own_site", "nasty_site"])
def site(request: pytest.FixtureRequest) -> Path:
    """Return each of the built sites in turn."""
    path: Path = request.getfixturevalue(request.param)
    return path


@pytest.fixture(params=["disk", "server"])
def base(request: pytest.FixtureRequest, site: Path, serve: Serve) -> str:
    """Return the address of the site's folder: on the disk, or on a server under a sub-path."""
    return site.as_uri() + "/" if request.param == "disk" else serve(site)


@pytest.fixture
def visit(chromium: Browser, base: str) -> Iterator[Open]:
    """Return what opens a page of the site without JavaScript; in the end nothing may have gone wrong on any."""
    faults: list[str] = []
    contexts = []

    def open_page(path: str = "index.html", *, width: int = 1280, height: int = 900) -> Page:
        context = chromium.new_context(java_script_enabled=False, viewport={"width": width, "height": height})
        context.set_default_timeout(10_000)
        context.on("request", lambda request: request.url.startswith(base) or faults.append(f"asks {request.url}"))
        context.on("console", lambda message: faults.append(f"{message.type}: {message.text}"))
        context.on("response", lambda answer: answer.status < 400 or faults.append(f"{answer.status} {answer.url}"))
        contexts.append(context)
        page = context.new_page()
        page.goto(base + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert faults == []


def squeezed(*texts: str) -> str:
    """Return the texts as one, without white space."""
    return "".join("".join(texts).split())


def letters(text: str) -> str:
    """Return the letters and digits of a text."""
    return re.sub(r"[\W_]", "", text)


def taken(texts: list[str], length: int) -> str:
    """Return the first texts, without white space, as far as it takes to reach this length."""
    reached = ""
    for text in texts:
        if len(reached) >= length:
            break
        reached += squeezed(text)
    return reached


def passages(page: Page) -> list[dict[str, Any]]:
    """Return the citations on the timeline whose address is that of a passage."""
    return [citation for citation in page.evaluate(CITATIONS) if "#" in citation["address"]]


@pytest.mark.parametrize("width", [1280, 390])
def test_every_quote_opens_its_marked_words_in_view(visit: Open, width: int) -> None:
    """The way into the source leads to the first mark of the passage; the marks say what the quote says."""
    page = visit(width=width)
    cited = passages(page)
    assert len(cited) > 10
    for citation in cited:
        page.goto(citation["address"])
        landed = page.evaluate(MARKS, citation["entry"])
        quote = squeezed(*citation["quote"])
        assert landed["seen"], citation
        assert taken(landed["texts"], len(quote)) == quote


def test_a_click_opens_the_source_and_another_comes_back(visit: Open) -> None:
    """"Read in source" leads into each source, and the note beside the marked words leads back to the timeline."""
    page = visit()
    links = page.evaluate(HREFS, "article a.cite")
    for source in {link.partition("#")[0]: link for link in links if "#" in link}.values():
        page.locator("article a.cite").nth(links.index(source)).click()
        page.wait_for_url(source)
        page.locator(".notes a").first.click()
        page.wait_for_url("**/index.html#*")
        assert page.evaluate(TARGET)["seen"], page.url


def test_nothing_is_marked_that_no_entry_quotes(visit: Open) -> None:
    """On each source's page the marks of an entry hold what its quotes hold, and no more."""
    page = visit()
    quotes: dict[tuple[str, str], list[str]] = {}
    for citation in passages(page):
        address = citation["address"].partition("#")[0]
        quotes.setdefault((address, citation["entry"]), []).append(squeezed(*citation["quote"]))
    for address in {address for address, _ in quotes}:
        page.goto(address)
        marks = page.evaluate("() => [...document.querySelectorAll('mark')].map(m => [m.dataset.entries, m.textContent])")
        entries = {entry for names, _ in marks for entry in names.split()}
        assert entries == {entry for cited, entry in quotes if cited == address}
        for entry in entries:
            marked = squeezed(*(text for names, text in marks if entry in names.split()))
            assert sorted(marked) == sorted("".join(quotes[address, entry])), (address, entry)


def test_every_note_in_the_margin_returns_to_its_entry(visit: Open, base: str) -> None:
    """Beside each passage stands a link to its entry, which comes into view with its headline."""
    page = visit()
    cited = {(citation["address"].partition("#")[0], citation["entry"]) for citation in passages(page)}
    notes: list[tuple[str, str, str]] = []
    for source in sorted({source for source, _ in cited}):
        page.goto(source)
        notes += [(source, *note) for note in page.evaluate(NOTES)]
    for source, address, title in notes:
        page.goto(address)
        landed = page.evaluate(TARGET)
        assert address == f"{base}index.html#{landed['id']}"
        assert landed["seen"], address
        assert squeezed(title).endswith(squeezed(landed["text"]))
        assert (source, landed["id"]) in cited
    assert {(source, address.partition("#")[2]) for source, address, _ in notes} == cited


def test_before_and_after_lead_through_all_entries(visit: Open, base: str) -> None:
    """From the first entry's page "After" visits every entry in the order of the timeline, and "Before" leads back."""
    page = visit()
    order = page.evaluate("() => [...document.querySelectorAll('article')].map(article => article.id)")
    ways: dict[str, list[str]] = {entry: [] for entry in order}
    for citation in page.evaluate(CITATIONS):
        ways[citation["entry"]].append(citation["address"])
    page.locator("article h3 a").first.click()
    for before, entry, after in zip([None, *order], order, [*order[1:], None], strict=False):
        page.wait_for_url(f"{base}entries/{entry}.html")
        assert page.evaluate(HREFS, "article a.cite") == ways[entry]
        assert page.evaluate(HREFS, ".turn .all a") == [f"{base}index.html#{entry}"]
        assert page.evaluate(HREFS, ".turn a[rel=prev]") == ([f"{base}entries/{before}.html"] if before else [])
        assert page.locator(".turn a[rel=next]").count() == bool(after)
        if after:
            page.locator(".turn a[rel=next]").click()
    page.locator(".turn .all a").click()
    page.wait_for_url(f"{base}index.html#{order[-1]}")
    assert page.evaluate(TARGET)["seen"]


def test_the_overview_leads_to_every_entry(visit: Open, base: str) -> None:
    """The wide drawing and the narrow one each link to every entry; a click brings it into view."""
    for name, width in (("wide", 1280), ("narrow", 360)):
        page = visit(width=width)
        entries = page.evaluate("() => [...document.querySelectorAll('article')].map(article => article.id)")
        links = page.locator(".overview a:visible")
        addresses = page.evaluate(HREFS, f".overview.{name} a")
        assert links.count() == len(entries)
        assert sorted(addresses) == sorted(f"{base}index.html#{entry}" for entry in entries)
        links.last.focus()
        page.keyboard.press("Enter")
        page.wait_for_url(addresses[-1])
        assert page.evaluate(TARGET)["seen"]


def test_the_years_lead_to_their_headings(visit: Open) -> None:
    """Each link in the list of years brings the heading of that year into view."""
    page = visit()
    links = page.locator(".years a")
    assert links.count() > 1
    for number in range(links.count()):
        year = links.nth(number).text_content()
        links.nth(number).click()
        page.wait_for_url("**/index.html#*")
        landed = page.evaluate(TARGET)
        assert landed["seen"]
        assert landed["text"] == year


def test_no_page_asks_for_anything_outside_of_the_site(visit: Open, site: Path, base: str) -> None:
    """Every page opens without a word in the console, without a request elsewhere, and with its own style."""
    page = visit()
    for file in sorted(site.rglob("*.html")):
        page.goto(base + file.relative_to(site).as_posix())
        assert page.evaluate("() => getComputedStyle(document.querySelector('h1')).fontWeight") == "600", file
