"""Promises of the search in a timeline of many entries, in Chromium: what is found, and what is said meanwhile."""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT  # type: ignore[import-untyped]
from conftest import REPOSITORY, Serve, build_site
from playwright.sync_api import expect
from test_browser import watch

sys.path.insert(0, str(REPOSITORY / "bench"))

from make import make

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

pytestmark = pytest.mark.browser

Open = Callable[..., "Page"]
Row = dict[str, str]

ENTRIES = 3000
LISTED = 100
PHONE = {"viewport": {"width": 390, "height": 800}, "has_touch": True, "is_mobile": True}
# The answer to one choice, when all parts have come.
CHOOSE = """(choice) => new Promise((done) => {
    const form = document.querySelector("[data-find]");
    for (const [name, value] of Object.entries(choice)) {
        if (name === "category") {
            for (const box of form.querySelectorAll("[name=category]")) {
                if (box.checked !== value.includes(box.value)) box.click();
            }
        } else if (form.elements[name].value !== value) {
            form.elements[name].value = value;
            for (const kind of ["input", "change"]) form.elements[name].dispatchEvent(new Event(kind, {bubbles: true}));
        }
    }
    document.addEventListener("dateline:selection", ({detail}) => setTimeout(() => done([
        Number.parseInt(form.querySelector("[data-find-count]").textContent.replaceAll(",", "")),
        detail.matches && detail.matches.length,
        Object.fromEntries([...form.querySelectorAll("[name=category]")].map((box) =>
            [box.value, Number(box.closest("label").querySelector("[data-number]").textContent.replaceAll(",", ""))])),
        Object.fromEntries([...form.elements.place.options].slice(1).map((option) =>
            [option.value, Number(/\\(([\\d,]+)\\)$/.exec(option.textContent)[1].replaceAll(",", ""))])),
    ])), {once: true});
})"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a made timeline of more entries than a page holds, built; a few have figures, tags and dates of others."""
    folder = tmp_path_factory.mktemp("made")
    make(folder / "project", ENTRIES)
    table = folder / "project" / "events.csv"
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for number, row in enumerate(rows):
        row["tags"] = ["", "made", "made; measured"][number % 3]
        row["attribution"] = f"Voice {number % 150}"
    rows[7] |= {
        "id": "known",
        "date": "2024-05-06",
        "title": "Œuvre in Ağdam",
        "place": "Ağdam",
        "summary": "A *singular* thing.",
    }
    rows[8] |= {"id": "open", "date": "2023-11/..", "title": "Goes on"}
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return build_site(folder / "project", folder / "site")


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Open]:
    """Return what opens the timeline of a site, from disk unless another base is given; nothing may go wrong there."""
    faults: list[str] = []
    contexts = []

    def open_page(site: Path, query: str = "", *, base: str = "", watched: bool = True, **look: Any) -> Page:  # noqa: ANN401
        base = base or site.as_uri() + "/"
        context = chromium.new_context(**{"viewport": {"width": 1280, "height": 900}, **look})
        contexts.append(context)
        context.set_default_timeout(10_000)
        if watched:
            watch(context, faults, base)
        context.on("weberror", lambda error: faults.append(str(error.error)))
        page = context.new_page()
        page.goto(f"{base}index.html{query}")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert faults == []


@cache
def rows(site: Path) -> list[Row]:
    """Return the rows of the site's table in the order of the timeline, each with what names its source."""
    with (site / "events.csv").open(encoding="utf-8-sig", newline="") as file:
        found = sorted(csv.DictReader(file), key=lambda row: row["date"])
    seeds = site.parent / "project" / "seeds"
    names = {file.name: " ".join(file.read_text("utf-8").split()[:8]) for file in seeds.glob("*.txt")}
    return [row | {"origin": names[row["source"]]} for row in found]


def ready(page: Page) -> None:
    """Wait until all parts have come."""
    page.wait_for_selector("[data-find][data-ready]", state="attached", timeout=20_000)


def reach(page: Page) -> None:
    """Reach for the search, and wait until all of it is there."""
    page.get_by_role("searchbox").focus()
    ready(page)


def listed(page: Page) -> list[str]:
    """Return the titles that are listed."""
    titles: list[str] = page.evaluate(
        "() => [...document.querySelectorAll('[data-found]:not([hidden]) h3')].map((one) => one.textContent)"
    )
    return titles


def count(page: Page) -> Any:  # noqa: ANN401 - a locator
    """Return where the number of entries is told."""
    return page.locator("[data-find-count]")


def holds(row: Row, words: str) -> bool:
    """Return whether words begin so in the cells of a row that are searched."""
    cells = " \t ".join(
        row[name]
        for name in ("title", "summary", "place", "quote", "attribution", "tags", "date_note", "origin", "date")
    )
    return all(re.search(rf"(?<![^\W_]){re.escape(word)}", cells, re.IGNORECASE) for word in words.split())


def passes(row: Row, choice: dict[str, Any]) -> bool:
    """Return whether a row is what a choice leaves."""
    year = choice.get("from", "0"), choice.get("to", "9")
    return (
        (not choice.get("category") or row["category"] in choice["category"])
        and choice.get("source", "") in ("", row["source"])
        and choice.get("who", "") in ("", row["attribution"])
        and choice.get("place", "") in ("", row["place"])
        and (not choice.get("tag") or choice["tag"] in row["tags"].split("; "))
        and ("/.." in row["date"] or row["date"] >= year[0])
        and row["date"][: len(year[1])] <= year[1]
        and holds(row, choice.get("q", ""))
    )


CHOICES: tuple[dict[str, Any], ...] = (
    {"category": ["incident"]},
    {"category": ["incident", "other"]},
    {"source": "s00007.txt"},
    {"who": "Voice 77"},
    {"place": "Bridge"},
    {"tag": "measured"},
    {"from": "1994"},
    {"to": "1994-06"},
    {"from": "2024"},
    {"q": "bridge"},
    {"q": "br riv"},
    {"q": "1994"},
    {"category": ["agreement"], "place": "Valley", "from": "1960", "to": "1999-12-31"},
    {"tag": "made", "q": "convoy asked", "who": "Voice 3"},
)


def test_counts_are_those_of_the_table(site: Path, visit: Open) -> None:
    """Each filter alone, and filters together, leave as many entries as the table has, also for each other option."""
    page = visit(site)
    reach(page)
    nothing: dict[str, Any] = dict.fromkeys(("q", "source", "who", "place", "tag", "from", "to"), "") | {"category": []}
    for choice in CHOICES:
        page.locator("[data-find-clear]").first.evaluate("button => button.click()")
        found, matches, categories, places = page.evaluate(CHOOSE, nothing | choice)
        left = [row for row in rows(site) if passes(row, choice)]
        assert (found, matches) == (len(left), len(left)), choice
        for name, numbers in (("category", categories), ("place", places)):
            others = [row[name] for row in rows(site) if passes(row, choice | {name: ""})]
            assert numbers == {value: others.count(value) for value in numbers}, (choice, name)


def test_an_entry_of_the_last_part_is_found(site: Path, visit: Open) -> None:
    """The last entry is found by its title without marks and by its summary, and leads to its place."""
    page = visit(site)
    assert page.evaluate("() => [...document.scripts].every(({src}) => !src.includes('data/find'))")
    page.get_by_role("searchbox").fill("oeuvre agdam")
    page.wait_for_function("() => document.querySelector('[data-find-count]').textContent.startsWith('1 of')")
    assert listed(page) == ["Œuvre in Ağdam"]
    link = page.locator("[data-found] h3 a").get_attribute("href")
    assert link is not None
    assert link.endswith("#known")
    page.get_by_role("searchbox").fill("singular")
    page.wait_for_function("() => document.querySelector('[data-find-count]').textContent.startsWith('1 of')")
    assert listed(page) == ["Œuvre in Ağdam"]
    assert page.locator("main article[data-entry]:visible").count() == 0
    page.get_by_role("searchbox").fill("")
    assert listed(page) == []
    assert page.locator("main > section.year:visible").count() > 0
    assert count(page).text_content() == f"{ENTRIES:,} entries"


def test_the_list_goes_on_when_asked(site: Path, visit: Open) -> None:
    """A hundred entries are listed, in the timeline's order and by year; the next hundred come with the focus."""
    page = visit(site, "?q=bridge")
    ready(page)
    wanted = [row["title"] for row in rows(site) if holds(row, "bridge")]
    page.wait_for_function(
        "(text) => document.querySelector('[data-find-count]').textContent.startsWith(text)", arg=f"{len(wanted):,} of"
    )
    page.wait_for_function(f"() => document.querySelectorAll('[data-found-one]').length === {LISTED}")
    assert listed(page) == wanted[:LISTED]
    years = page.locator("[data-found] h2").all_text_contents()
    assert years == sorted(set(years))
    page.locator("[data-found-more]").evaluate("button => button.click()")
    assert listed(page) == wanted[: 2 * LISTED]
    assert page.evaluate("() => document.activeElement.querySelector('h3').textContent") == wanted[LISTED]
    page.keyboard.press("j")
    assert page.evaluate("() => document.activeElement.querySelector('h3').textContent") == wanted[LISTED + 1]
    found = page.evaluate(
        """() => [...CSS.highlights.get("found")].map(({startContainer, startOffset, endOffset}) =>
            startContainer.data.slice(startOffset, endOffset))"""
    )
    assert {word.lower() for word in found} == {"bridge"}


def test_it_answers_while_parts_arrive(site: Path, serve: Serve, visit: Open) -> None:
    """What has come is searched and that is said; what comes is added, and readers who listen are told at the end."""
    page = visit(site, base=serve(site))
    held: list[Route] = []
    page.route("**/heads-1.js", lambda route: held.append(route))  # noqa: PLW0108 - Playwright marks what it is given
    page.get_by_role("searchbox").fill("bridge")
    page.wait_for_function("() => document.querySelectorAll('[data-found-one]').length > 0")
    assert re.fullmatch(r"\d+ of \d+ parts searched", page.locator("[data-find-arriving]").text_content() or "")
    assert page.locator("[data-status]").text_content() == ""
    assert not page.locator("[data-ready]").count()
    page.wait_for_function("() => document.querySelectorAll('script[src*=heads]').length > 2")
    held[0].continue_()
    ready(page)
    number = sum(holds(row, "bridge") for row in rows(site))
    page.wait_for_function(
        "(text) => document.querySelector('[data-status]').textContent.includes(text)", arg=f"{number:,} of"
    )
    assert page.locator("[data-find-arriving]").text_content() == ""


def test_a_part_that_fails_is_said(site: Path, serve: Serve, visit: Open) -> None:
    """A part that does not load is told with a way to try again; then all is searched."""
    page = visit(site, base=serve(site), watched=False)
    page.route(re.compile(r"(heads-0|texts-1)\.js"), lambda route: route.abort())
    page.get_by_role("searchbox").fill("bridge")
    again = page.locator("[data-find-again]")
    again.wait_for()
    page.wait_for_function("() => document.querySelectorAll('[data-found-one]').length > 0")
    assert not page.locator("[data-ready]").count()
    page.unroute_all()
    again.click()
    ready(page)
    assert again.is_hidden()
    number = sum(holds(row, "bridge") for row in rows(site))
    page.wait_for_function(
        "(text) => document.querySelector('[data-find-count]').textContent.startsWith(text)", arg=f"{number:,} of"
    )


def test_an_entry_found_by_its_text_shows_the_words(site: Path, visit: Open) -> None:
    """Where the words stand in the text of an entry alone, some of it is shown, as it is searched; else nothing is.

    It follows what is typed.
    """
    page = visit(site)
    reach(page)
    search, words = page.get_by_role("searchbox"), page.locator("[data-found-one] [data-words]")
    search.fill("agdam singular")
    page.wait_for_function("() => document.querySelectorAll('[data-found-one]').length === 1")
    expect(words).to_have_text("a singular thing.")
    expect(words).to_be_visible()
    search.fill("agdam singular th")
    page.wait_for_function(
        "() => [...CSS.highlights.get('found')].some(({startContainer: {data}}) => data === 'a singular thing.')"
    )
    search.fill("agdam")
    expect(words).to_be_hidden()
    search.fill("bridge river")
    number = sum(holds(row, "bridge") and holds(row, "river") for row in rows(site))
    page.wait_for_function(f"() => document.querySelectorAll('[data-found-one]').length === {min(number, LISTED)}")
    for title, said in zip(listed(page), words.all_text_contents(), strict=True):
        unseen = [word for word in ("bridge", "river") if not re.search(rf"\b{word}", title.lower())]
        assert not said or unseen
        assert len(said) < 150
        if unseen and said:
            assert re.search(rf"\b({'|'.join(unseen)})", said)


def test_back_returns_to_the_list(site: Path, serve: Serve, visit: Open) -> None:
    """The choice stands in the address; who follows a link of the list and comes back finds the list as it was left."""
    page = visit(site, "?q=bridge&category=incident", base=serve(site))
    ready(page)
    page.locator("[data-found-one]").first.wait_for()
    page.locator("[data-found-more]").click()
    before = listed(page)
    assert len(before) == 2 * LISTED
    page.locator("[data-found-one]").nth(150).scroll_into_view_if_needed()
    top = page.evaluate("scrollY")
    page.locator("[data-found] h3 a").nth(150).click()
    page.wait_for_function("() => !location.search.includes('category')")
    page.go_back()
    page.wait_for_function("() => document.querySelectorAll('[data-found-one]').length === 200")
    assert listed(page) == before
    page.wait_for_function("(top) => Math.abs(scrollY - top) < 300", arg=top)
    assert page.get_by_role("searchbox").input_value() == "bridge"


def test_typing_is_one_step_back(site: Path, visit: Open) -> None:
    """Back from a search leads to the entries of the page, and forward to the list again."""
    page = visit(site)
    reach(page)
    page.get_by_role("searchbox").press_sequentially("brid")
    page.locator("[data-found-one]").first.wait_for()
    assert page.url.endswith("?q=brid")
    page.go_back()
    page.wait_for_function("() => !location.search && document.querySelector('[data-found]').hidden")
    page.go_forward()
    page.locator("[data-found-one]").first.wait_for()


def test_nothing_found_says_what_to_do_without(site: Path, visit: Open) -> None:
    """Where nothing is left, each filter that alone keeps entries away can be taken away."""
    page = visit(site, "?q=oeuvre&category=nothing&place=Bridge")
    ready(page)
    page.locator("[data-find-nothing]").wait_for()
    assert listed(page) == []
    page.locator("[data-find-ways] button", has_text="Bridge").click()
    page.locator("[data-found-one]").first.wait_for()
    assert listed(page) == ["Œuvre in Ağdam"]


def test_the_sheet_of_a_phone_and_typed_filters(site: Path, visit: Open) -> None:
    """On a phone the filters stand in a sheet; one that is typed into suggests the values of all entries."""
    page = visit(site, **PHONE)
    page.locator("[data-find-open]").tap()
    page.locator("[name=who]").fill("Voice 14")
    ready(page)
    page.wait_for_function("() => document.querySelector('[data-find-close]').textContent.startsWith('Show 2')")
    options = page.locator("[name=who] + datalist option").evaluate_all("options => options.map(({value}) => value)")
    assert options == ["Voice 14", *(f"Voice {number}" for number in range(140, 150))]
    page.locator("[data-find-close]").tap()
    assert len(listed(page)) == sum(row["attribution"] == "Voice 14" for row in rows(site))
    assert page.evaluate("document.scrollingElement.scrollWidth") == PHONE["viewport"]["width"]  # type: ignore[index]


@pytest.mark.parametrize("look", [{"color_scheme": "light"}, {"color_scheme": "dark"}, PHONE])
def test_axe_finds_nothing_in_the_list(site: Path, visit: Open, look: dict[str, Any]) -> None:
    """The list, its button and what is said of the parts have no fault that axe can find."""
    page = visit(site, "?q=bridge", watched=False, **look)
    ready(page)
    page.locator("[data-found-one]").first.wait_for()
    # What is hidden has nothing to be found, and axe reads all of it.
    page.evaluate("() => { for (const one of document.querySelectorAll('main > [hidden]')) one.remove(); }")
    page.evaluate(AXE_SCRIPT)
    found = page.evaluate(
        """() => axe.run({include: [["[data-find]"], ["[data-found]"]]}, {resultTypes: ["violations"]}).then(
            ({violations}) => violations.map(({id, nodes}) => [id, nodes[0].html]))"""
    )
    assert found == []
