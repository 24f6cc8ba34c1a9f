"""Promises of the links, in Chromium with JavaScript off: from disk, and from a server under a sub-path."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from conftest import Serve

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response

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
ALL_MARKS = "() => [...document.querySelectorAll('mark')].map(mark => [mark.dataset.entries, mark.textContent])"
# Every citation on the timeline: its entry, its quote as shown, and its way into the source.
CITATIONS = """() => [...document.querySelectorAll("article [data-citation]")].map(figure => ({
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
    contexts: list[BrowserContext] = []

    def open_page(path: str = "index.html", *, width: int = 1280, height: int = 900) -> Page:
        context = chromium.new_context(java_script_enabled=False, viewport={"width": width, "height": height})
        context.set_default_timeout(10_000)
        contexts.append(context)
        watch(context, faults, base)
        page = context.new_page()
        page.goto(base + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert faults == []


def watch(context: BrowserContext, faults: list[str], base: str) -> None:
    """Note every word in the console, every request that leaves the site, and every answer that is an error."""

    def asked(request: Request) -> None:
        if not request.url.startswith(base):
            faults.append(f"asks {request.url}")

    def answered(response: Response) -> None:
        if response.status >= 400:
            faults.append(f"{response.status} {response.url}")

    def said(message: ConsoleMessage) -> None:
        faults.append(f"{message.type}: {message.text}")

    context.on("request", asked)
    context.on("response", answered)
    context.on("console", said)


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
    assert len(cited) >= 10
    for citation in cited:
        page.goto(citation["address"])
        landed = page.evaluate(MARKS, citation["entry"])
        quote = squeezed(*citation["quote"])
        assert landed["seen"], citation
        assert taken(landed["texts"], len(quote)) == quote


def test_a_click_opens_the_source_and_another_comes_back(visit: Open) -> None:
    """A quote leads into each source, and the note beside the marked words leads back to the timeline."""
    page = visit()
    links = page.evaluate(HREFS, "article a.cite")
    for source in {link.partition("#")[0]: link for link in links if "#" in link}.values():
        page.locator("article a.cite").nth(links.index(source)).click()
        page.wait_for_url(source)
        page.locator(".notes a").first.click()
        page.wait_for_url("**/index.html#*")
        assert page.evaluate(TARGET)["seen"], page.url


def test_the_quotes_shown_are_those_of_the_table(visit: Open, site: Path) -> None:
    """The quotes on the timeline have the letters and digits of those in the spreadsheet, no more and no less."""
    with (site / "events.csv").open(encoding="utf-8-sig", newline="") as opened:
        written = [row["quote"] for row in csv.DictReader(opened) if row["quote"]]
    shown = ["".join(citation["quote"]) for citation in visit().evaluate(CITATIONS)]
    assert sorted(map(letters, shown)) == sorted(map(letters, written))


def test_nothing_is_marked_that_no_entry_quotes(visit: Open) -> None:
    """On each source's page the marks of an entry hold what its quotes hold, and no more."""
    page = visit()
    quotes: dict[tuple[str, str], list[str]] = {}
    for citation in passages(page):
        address = citation["address"].partition("#")[0]
        quotes.setdefault((address, citation["entry"]), []).append(squeezed(*citation["quote"]))
    for address in {address for address, _ in quotes}:
        page.goto(address)
        marks = page.evaluate(ALL_MARKS)
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
    page.wait_for_url("**/entries/*.html")
    for before, entry, after in zip([None, *order], order, [*order[1:], None], strict=False):
        assert page.url == f"{base}entries/{entry}.html"
        assert page.evaluate(HREFS, "article [data-citation] a.cite") == ways[entry]
        assert page.evaluate(HREFS, ".turn .all a") == [f"{base}index.html#{entry}"]
        assert page.evaluate(HREFS, ".turn a[rel=prev]") == ([f"{base}entries/{before}.html"] if before else [])
        following = page.evaluate(HREFS, ".turn a[rel=next]")
        assert len(following) == bool(after)
        if after:
            page.goto(following[0])
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
    addresses = page.evaluate(HREFS, ".years a")
    assert len(addresses) > 1
    for number, address in enumerate(addresses):
        year = links.nth(number).text_content()
        links.nth(number).click()
        page.wait_for_url(address)
        landed = page.evaluate(TARGET)
        assert landed["seen"]
        assert landed["text"] == year


def test_no_page_asks_for_anything_outside_of_the_site(visit: Open, site: Path, base: str) -> None:
    """Every page opens without a word in the console, without a request elsewhere, and with its own style."""
    page = visit()
    for file in sorted(site.rglob("*.html")):
        page.goto(base + file.relative_to(site).as_posix())
        assert page.evaluate("() => getComputedStyle(document.querySelector('h1')).fontWeight") == "600", file


@pytest.mark.parametrize("path", ["nowhere.html", "entries/nowhere.html", "a/b/c/d"])
def test_what_is_not_there_is_answered_with_a_page_at_any_depth(
    own_site: Path, chromium: Browser, serve: Serve, path: str
) -> None:
    """A server shows 404.html under every address; the page stands without any other file."""
    base = serve(own_site)
    faults: list[str] = []
    with chromium.new_context(java_script_enabled=False) as context:
        watch(context, faults, base + path)
        page = context.new_page()
        page.goto(base + path)
        assert page.locator("h1").text_content() == "This page is not here"
        assert page.evaluate("() => getComputedStyle(document.querySelector('h1')).fontWeight") == "600"
    console = "error: Failed to load resource: the server responded with a status of 404 (Not Found)"
    assert sorted(faults) == sorted([console, f"404 {base}{path}"])
