"""Promises of search and filters, in Chromium: what is found, what the address says of it, what readers are told."""

from __future__ import annotations

import csv
import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nasty
import pytest
from axe_playwright_python.base import AXE_SCRIPT  # type: ignore[import-untyped]
from conftest import Serve, build_site
from playwright.sync_api import expect
from project import events, write
from test_browser import watch

from dateline import dates

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.browser

Open = Callable[..., "Page"]
Row = dict[str, str]

PHONE = {"viewport": {"width": 390, "height": 800}, "has_touch": True, "is_mobile": True}
SHOWN = "() => [...document.querySelectorAll('article[data-entry]:not([hidden])')].map(article => article.id)"
MARKED = """() => [...CSS.highlights.get("found") ?? []].map(found => {
    const {startContainer, startOffset, endContainer, endOffset} = found;
    const range = document.createRange();
    range.setStart(startContainer, startOffset);
    range.setEnd(endContainer, endOffset);
    return range.toString();
})"""
# Words are marked once the answer has been seen: whether these, in small letters, are the ones that are.
ARE_MARKED = f"""wanted => {{
    const marked = new Set(({MARKED})().map(text => text.toLowerCase()));
    return marked.size === wanted.length && wanted.every(text => marked.has(text));
}}"""
# From here on, what the page tells other scripts is kept.
LISTEN = """() => {
    window.told = [];
    document.addEventListener("dateline:selection", ({detail}) =>
        told.push({...detail, ids: detail.ids && [...detail.ids]}));
}"""
SEND = "([name, detail]) => { document.dispatchEvent(new CustomEvent(name, {detail})); }"
# Makes each choice of a list in turn; says its value, its words, and what is shown then.
CHOICES = """list => [...list.options].slice(1).map(option => [option, option.textContent]).map(([option, label]) => {
    list.value = option.value;
    list.dispatchEvent(new Event("change", {bubbles: true}));
    return [option.value, label, [...document.querySelectorAll("article[data-entry]:not([hidden])")].map(({id}) => id)];
})"""
# Presses these categories in turn; says what is shown after each.
PRESSES = """numbers => numbers.map(number => {
    document.querySelectorAll("[name=category]")[number].click();
    return [...document.querySelectorAll("article[data-entry]:not([hidden])")].map(({id}) => id);
})"""
WIDTH = "() => [document.scrollingElement.scrollWidth, document.body.scrollWidth]"

# Words of the tables that are in no name of a source and in no date, which the tables do not hold as they are shown.
QUERIES = {
    "own_site": [
        "agdam",
        "Ağdam",
        "AGHDAM  kalbajar",
        "daghlig",
        "İZMİR",
        "ızmır",
        "soldiers",
        "combat engineers",
        '"combat engineers"',
        "“foreign ministry”",
        "«lachin corridor»",
        '"corridor lachin"',
        "armenia's military",
        "54,841",
        "841",
        "84",
        '"84"',
        "hectare",
        "tank",
        "ordnance",
        "nance",
        "expelled LANDS",
        "anti-personnel",
        '"ethnic cleansing policy',
        "nowhere-at-all",
    ],
    "nasty_site": [
        "ubertragungs",
        "ÜBERWACHUNGS",
        "وزارة",
        "لغما",
        "لغمًا",
        "احد",
        "١٩٩ لغم",
        '"لم يصب"',
        '"bridge & ford"',
        "<script>",
        "valley winter",
        "u two",
    ],
}
# Scripts without spaces between words, and those that write an article as one with its word, by their names in Unicode.
ANYWHERE = {"CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR", "ARABIC", "HEBREW"}
LETTERS = str.maketrans("ıøłđəςىة’‘“”„«»–—‐", 'iolde\u03c3يه\'\'"""""---') | {ord("ß"): "ss", ord("æ"): "ae"}


@pytest.fixture(params=["own_site", "nasty_site"])
def site(request: pytest.FixtureRequest) -> Path:
    """Return each of the built sites in turn."""
    path: Path = request.getfixturevalue(request.param)
    return path


class Browsers:
    """Windows of several looks that the tests of this file share, and what went wrong in them."""

    def __init__(self, chromium: Browser) -> None:
        """Open none yet."""
        self.chromium = chromium
        self.faults: list[str] = []
        self.contexts: dict[str, BrowserContext] = {}

    def window(self, base: str, look: dict[str, Any], *, watched: bool) -> BrowserContext:
        """Return the window of this look, for pages under this base."""
        name = f"{look} {base if watched else ''}"
        if name not in self.contexts:
            context = self.chromium.new_context(**{"viewport": {"width": 1280, "height": 900}, **look})
            context.set_default_timeout(10_000)
            if watched:
                watch(context, self.faults, base)
            context.on("weberror", lambda error: self.faults.append(str(error.error)))
            self.contexts[name] = context
        return self.contexts[name]


@pytest.fixture(scope="module")
def browsers(chromium: Browser) -> Iterator[Browsers]:
    """Return the windows of this file."""
    opened = Browsers(chromium)
    yield opened
    for context in opened.contexts.values():
        context.close()


@pytest.fixture
def visit(browsers: Browsers) -> Iterator[Open]:
    """Return what opens the timeline of a site, from disk unless another base is given; nothing may go wrong there."""
    pages: list[Page] = []

    def open_page(
        site: Path,
        query: str = "",
        *,
        base: str = "",
        watched: bool = True,
        **look: Any,  # noqa: ANN401 - Playwright's options
    ) -> Page:
        base = base or site.as_uri() + "/"
        page = browsers.window(base, look, watched=watched).new_page()
        pages.append(page)
        page.goto(f"{base}index.html{query}")
        if look.get("java_script_enabled", True):
            expect(page.locator("[data-late]")).to_have_count(0)
        return page

    yield open_page
    for page in pages:
        page.close()
    faults, browsers.faults[:] = browsers.faults[:], []
    assert faults == []


@cache
def rows(site: Path) -> dict[str, list[Row]]:
    """Return the rows of the table that the site publishes, by entry."""
    found: dict[str, list[Row]] = {}
    with (site / "events.csv").open(encoding="utf-8-sig", newline="") as opened:
        for row in csv.DictReader(opened):
            # Spreadsheets are kept from taking a year before our era for a formula.
            row["date"] = row["date"].removeprefix("'")
            found.setdefault(row.get("verified_id") or row["id"], []).append(row)
    return found


def plain(text: str) -> str:
    """Return a text as search compares it, by Python's own tables of Unicode."""
    bare = "".join(letter for letter in unicodedata.normalize("NFKD", text) if unicodedata.category(letter) != "Mn")
    digits = "".join(str(unicodedata.digit(letter)) if letter.isdecimal() else letter for letter in bare)
    return " ".join(unicodedata.normalize("NFKD", digits.casefold()).translate(LETTERS).split())


def is_letter(sign: str) -> bool:
    """Return whether a sign is of a word, in a script in which words are found by their beginnings."""
    script = unicodedata.name(sign, "").split(" ")[0]
    return unicodedata.category(sign)[0] in "LMN" and script not in ANYWHERE


def stands_in(cell: str, words: str) -> bool:
    """Return whether a word begins in a cell as these words do."""
    places = [place.start() for place in re.finditer(f"(?={re.escape(words)})", cell)]
    return any(not (at and is_letter(cell[at - 1]) and is_letter(cell[at])) for at in places)


def found_in(site: Path, query: str) -> set[str]:
    """Return the entries whose cells hold all words of a query, those in quotation marks as they stand."""
    terms = [(phrase.strip(), word) for phrase, word in re.findall(r'"([^"]*)"?|([^\s"]+)', plain(query))]
    columns = ("title", "summary", "quote", "place", "attribution", "tags", "date_note")

    def holds(cell: str, phrase: str, word: str) -> bool:
        return phrase in cell if phrase else stands_in(cell, word)

    return {
        entry
        for entry, cited in rows(site).items()
        if all(any(holds(plain(row.get(column) or ""), *term) for row in cited for column in columns) for term in terms)
    }


def search(page: Page, words: str) -> set[str]:
    """Type words into the search in place of what stands there, and return what is shown then."""
    page.get_by_role("searchbox").fill(words)
    return shown(page)


def shown(page: Page) -> set[str]:
    """Return the ids of the entries that are shown."""
    return set(page.evaluate(SHOWN))


def status(page: Page) -> Any:  # noqa: ANN401 - a locator
    """Return where readers who do not see the page are told of changes."""
    return page.locator("[data-status]")


def axe(page: Page, **options: Any) -> list[tuple[str, str]]:  # noqa: ANN401 - axe's options
    """Return what axe has against the filters, the keys and what stands where nothing is left."""
    ours = {"include": [["[data-find]"], ["[data-find-nothing]"], ["[data-keys]"]]}
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    # What axe has nothing against is very much, and stays in the page.
    found = page.evaluate(
        """([context, options]) => axe.run(context, options).then(({violations}) =>
            violations.flatMap(({id, nodes}) => nodes.map(({html}) => [id, html])))""",
        [ours, {"resultTypes": ["violations"], **options}],
    )
    return [(rule, html) for rule, html in found]


def test_without_javascript_all_entries_and_no_controls_are_there(site: Path, visit: Open) -> None:
    """Without JavaScript nothing of the filters is seen, not even where the address asks for them."""
    page = visit(site, "?q=nowhere&category=none", java_script_enabled=False)
    assert page.locator("article[data-entry]:visible").count() == len(rows(site))
    assert page.locator(":is([data-find], [data-find-nothing], [data-keys]):visible").count() == 0
    assert page.locator(":is(input, select, button, dialog):visible").count() == 0


@pytest.mark.parametrize("name", QUERIES)
def test_search_finds_what_the_table_holds(name: str, request: pytest.FixtureRequest, visit: Open) -> None:
    """Every query finds the entries that a search through the table finds, whatever case, marks and quotation marks."""
    site: Path = request.getfixturevalue(name)
    page = visit(site)
    wanted = {query: found_in(site, query) for query in QUERIES[name]}
    assert {query: search(page, query) for query in QUERIES[name]} == wanted
    assert len({frozenset(entries) for entries in wanted.values()}) > 3


def test_letters_that_differ_in_form_alone_are_found(visit: Open, tmp_path: Path) -> None:
    """Letters of several scripts are found in another case, without their marks, and in their other forms."""
    pairs = {
        "Ağdam Şuşa Çıraq": "agdam susa ciraq",
        "Əliyev": "ELIYEV",
        "Straße in Łódź, Smørrebrød": "strasse lodz smorrebrod",
        "Œuvre, Ærø, Þór, Đorđe": "oeuvre aero thor dorde",
        "ΟΔΟΣ Αθήνας": "οδός αθηνας",
        "Алёна, Київ": "АЛЕНА київ",
        "Արցախ և Երևան": "ԱՐՑԱԽ ԵՒ երեւան",
        "שָׁלוֹם": "שלום",
        "مُحَمَّد في القاهرة": "محمد القاهره",
        "office №5 soft\u00adware zero\u200bwidth": "ofﬁce no5 software zerowidth",
        "कि": "कि",
    }
    table = events(*({"id": f"e{n}", "title": title} for n, title in enumerate(pairs)), {"id": "ka", "title": "का"})
    page = visit(build_site(write(tmp_path, {"events.csv": table}), tmp_path / "site"))
    assert {query: search(page, query) for query in pairs.values()} == {
        query: {f"e{n}"} for n, query in enumerate(pairs.values())
    }


def test_a_word_is_found_by_its_beginning(visit: Open, tmp_path: Path) -> None:
    """A word or number is found where one begins so; within one only in quotation marks, or where no spaces part them.

    Arabic and Hebrew write articles and prepositions as one with their words, which are found behind these.
    """
    titles = (
        "The year 1934",
        "34 mines",
        "Landmines (mined)",
        "l’Union, post-mine",
        "地雷34枚",
        "ทุ่นระเบิด",
        "الألغام",
        "המוקשים",
        "제34조 지뢰밭",
    )
    wanted = {
        "34": {1, 4},
        "193": {0},
        "mine": {1, 2, 3},
        "mines": {1},
        '"mines"': {1, 2},
        '"34"': {0, 1, 4, 8},
        "union": {3},
        "雷": {4},
        "34枚": {4},
        "ระเบิด": {5},
        "ألغام": {6},
        "מוקשים": {7},
        "지뢰": {8},
        "뢰밭": set(),
        "(mined": {2},
    }
    table = events(*({"id": f"e{n}", "title": title} for n, title in enumerate(titles)))
    page = visit(build_site(write(tmp_path, {"events.csv": table}), tmp_path / "site"))
    assert {query: search(page, query) for query in wanted} == {
        query: {f"e{n}" for n in numbers} for query, numbers in wanted.items()
    }
    search(page, "mine")
    page.wait_for_function(ARE_MARKED, arg=["mine"])
    assert page.evaluate(MARKED) == ["mine", "mine", "mine"]


def test_the_words_that_were_found_are_marked_and_the_page_stays_as_it_was(own_site: Path, visit: Open) -> None:
    """Each place where a word stands is marked, accents and all, without a change to the entries."""
    page = visit(own_site)
    before = page.locator("main .year").first.inner_html()
    search(page, '"lachin district" AĞDAM')
    search(page, "lachin district")
    page.wait_for_function(ARE_MARKED, arg=["lachin", "district"])
    marked = page.evaluate(MARKED)
    assert {text.lower() for text in marked} == {"lachin", "district"}
    text = "\n".join(page.locator("article:not([hidden]) :is(h3, .summary, blockquote, .place)").all_text_contents())
    assert marked.count("Lachin") >= text.count("Lachin") > 0
    search(page, "")
    assert page.evaluate(MARKED) == []
    expect(page.locator("article[data-late]")).to_have_count(0)
    assert page.locator("main .year").first.inner_html() == before


def test_a_word_is_marked_across_markup(nasty_site: Path, visit: Open) -> None:
    """A phrase that runs over several elements is marked whole, and letters with their marks."""
    page = visit(nasty_site)
    assert search(page, '"bold and more"') == {"found"}
    page.wait_for_function(ARE_MARKED, arg=["bold and more"])
    search(page, "لغما")
    page.wait_for_function(ARE_MARKED, arg=["لغماً"])


def test_a_choice_shows_the_entries_that_have_it(site: Path, visit: Open) -> None:
    """Each choice of each list leaves the entries that the table gives it, as many as it says."""
    page = visit(site)
    page.locator("[data-find-more]").click()
    for name, column in (("source", "source"), ("who", "attribution"), ("place", "place"), ("tag", "tags")):
        choices = page.locator(f"[name={name}]").evaluate(CHOICES)
        assert choices
        for value, label, left in choices:
            wanted = {
                entry
                for entry, cited in rows(site).items()
                if any(value in [part.strip() for part in (row[column] or "").split(";")] for row in cited)
                or any(row[column] == value for row in cited)
            }
            assert set(left) == wanted, value
            assert label.endswith(f"({len(wanted)})")
        last, _, left = choices[-1]
        page.locator(f"[name={name}]").select_option(last)
        assert shown(page) == set(left)
        page.locator(f"[name={name}]").select_option("")


def test_categories_are_chosen_together(site: Path, visit: Open) -> None:
    """A press on a category shows its entries, one on another adds those, and a second press takes them away again."""
    page = visit(site)
    boxes = page.locator("[name=category]")
    given = {entry: cited[0]["category"] for entry, cited in rows(site).items()}
    keys = [box.get_attribute("value") or "" for box in boxes.all()]
    assert sorted(set(given.values())) == sorted(keys)
    for number in (0, 1):
        boxes.nth(number).locator("xpath=..").click()
        assert shown(page) == {entry for entry, key in given.items() if key in keys[: number + 1]}
    boxes.nth(0).locator("xpath=..").click()
    assert shown(page) == {entry for entry, key in given.items() if key == keys[1]}


SPANS = [
    ("2021", ""),
    ("", "2020"),
    ("2020-11", "2021-02-25"),
    ("2022-10-25", "2022-10-25"),
    ("-0050", "1994"),
    ("Y-17000", "-1"),
]


def test_a_span_shows_what_may_have_happened_in_it(site: Path, visit: Open) -> None:
    """An entry is in the span when any day that its date can mean is, and an open date has no end."""
    page = visit(site, "?from=2021")
    for start, end in SPANS:
        page.locator("[name=from]").fill(start)
        page.locator("[name=to]").fill(end)
        page.locator("[name=to]").blur()
        first, last = dates.parse(start), dates.parse("-0001" if end == "-1" else end)
        wanted = set()
        for entry, cited in rows(site).items():
            date = dates.parse(cited[0]["date"])
            assert date
            after = not (first and first.earliest and date.latest) or date.latest >= first.earliest
            before = not (last and last.latest and date.earliest) or date.earliest <= last.latest
            wanted |= {entry} if after and before else set()
        assert shown(page) == wanted, (start, end)
        page.locator("[data-find] [data-find-clear]:visible").click()
        page.locator("[name=from]").fill("2021")


def test_only_with_figures_and_only_where_sources_differ(own_site: Path, visit: Open) -> None:
    """The two switches leave the entries whose citations report a number, and those on which sources differ."""
    page = visit(own_site, "?figures=1")
    assert shown(page) == {entry for entry, cited in rows(own_site).items() if any(row["figures"] for row in cited)}
    page = visit(own_site)
    differing = page.locator("article:has(.difference)").evaluate_all("all => all.map(article => article.id)")
    page.get_by_role("button", name="More filters").click()
    page.get_by_label("only where sources differ").check()
    assert shown(page) == set(differing)
    assert set(differing) >= {entry for entry, cited in rows(own_site).items() if cited[0]["conflicts_with"]}


def test_what_is_left_is_counted_and_empty_years_are_gone(own_site: Path, visit: Open) -> None:
    """The count says how many of all are shown; years without an entry have neither heading nor link."""
    page = visit(own_site, "?category=incident")
    total, wanted = len(rows(own_site)), shown(page)
    expect(page.locator("[data-find-count]")).to_have_text(f"{len(wanted)} of {total} entries")
    years = {re.findall(r"\d{4}", rows(own_site)[entry][0]["date"])[0] for entry in wanted}
    assert set(page.locator(".years a:visible").all_text_contents()) == years
    assert set(page.locator("main h2:visible").all_text_contents()) == years
    page.get_by_role("button", name="Clear", exact=True).click()
    expect(page.locator("[data-find-count]")).to_have_text(f"{total} entries")
    assert len(shown(page)) == total
    assert page.locator(".years a:visible").count() == page.locator(".years a").count()


def test_where_nothing_is_left_the_page_says_how_to_get_back(own_site: Path, visit: Open) -> None:
    """An empty result names each filter that alone stands in the way, with what doing without it would show."""
    page = visit(own_site, "?q=izmir&category=incident&category=incident")
    expect(page.get_by_text("No entry has all of this.")).to_be_visible()
    assert shown(page) == set()
    ways = page.locator("[data-find-ways] button")
    total = len(rows(own_site))
    izmir = found_in(own_site, "izmir")
    assert f"Without Mine incidents: {len(izmir)} of {total} entries" in ways.all_text_contents()
    page.get_by_role("button", name="Without Mine incidents").click()
    assert shown(page) == izmir
    expect(page.get_by_text("No entry has all of this.")).to_be_hidden()
    page.go_back()
    page.get_by_role("button", name="Show all entries").click()
    assert len(shown(page)) == total


def test_what_is_set_can_be_taken_away_word_by_word(own_site: Path, visit: Open) -> None:
    """Each filter that is set stands as a word; a press takes it away, and the focus goes to the next."""
    page = visit(own_site, "?from=2021&to=2022&figures=1")
    words = page.locator("[data-find-set] button:visible")
    assert words.all_text_contents() == ["from 2021", "to 2022", "only with figures"]
    page.get_by_role("button", name="Take away: from 2021").click()
    assert words.all_text_contents() == ["to 2022", "only with figures"]
    expect(page.get_by_role("button", name="Take away: to 2022")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    assert words.count() == 0
    assert len(shown(page)) == len(rows(own_site))
    expect(page.locator("[data-find-count]")).to_be_focused()


@pytest.mark.parametrize("kind", ["disk", "server"])
def test_the_address_holds_the_choice(own_site: Path, visit: Open, serve: Serve, kind: str) -> None:
    """An address can be opened anew and reloaded; each pause in typing and each choice is one step back and forward."""
    base = own_site.as_uri() + "/" if kind == "disk" else serve(own_site)
    page = visit(own_site, "?read=untouched", base=base)
    everything = shown(page)
    page.get_by_role("searchbox").press_sequentially("lachin")
    page.get_by_role("searchbox").blur()
    lachin = shown(page)
    expect(page).to_have_url(f"{base}index.html?read=untouched&q=lachin")
    page.locator("label").filter(has_text="Statements").click()
    page.locator("label").filter(has_text="Mine incidents").click()
    both = shown(page)
    expect(page).to_have_url(re.compile(re.escape("?read=untouched&q=lachin&category=incident,statement") + "$"))
    page.reload()
    assert shown(page) == both
    assert page.locator("[name=category]:checked").count() == 2
    fresh = visit(own_site, page.url.partition("index.html")[2], base=base)
    assert shown(fresh) == both
    assert fresh.get_by_role("searchbox").input_value() == "lachin"
    page.go_back()
    page.go_back()
    assert shown(page) == lachin
    assert page.get_by_role("searchbox").input_value() == "lachin"
    page.go_back()
    expect(page).to_have_url(f"{base}index.html?read=untouched")
    assert shown(page) == everything
    page.go_forward()
    assert shown(page) == lachin


@pytest.mark.parametrize(
    "query",
    [
        "?category=nope&source=nope&who=nope&place=nope&tag=nope&from=nope&to=2021-13&figures=2&differ=no",
        "?category=%25%2C%ff&from=2021-02-30",
        "?q=",
    ],
)
def test_what_an_address_says_wrongly_is_ignored(site: Path, visit: Open, query: str) -> None:
    """Values that no entry has, and dates that are none, leave the timeline whole."""
    page = visit(site, query)
    assert len(shown(page)) == len(rows(site))
    expect(page.locator("[data-find-clear]:visible")).to_have_count(0)


def test_the_ends_of_a_span_may_be_exchanged(own_site: Path, visit: Open) -> None:
    """A span from a later to an earlier year is read the other way round, and readers are told so."""
    page = visit(own_site, "?from=1994&to=2021")
    wanted, field = shown(page), page.get_by_label("From", exact=True)
    said = "“From” was later than “To”, so the two dates were exchanged."
    expect(field).not_to_have_accessible_description(re.compile(said))
    page.goto(f"{own_site.as_uri()}/index.html?from=2021&to=1994")
    assert shown(page) == wanted
    expect(field).to_have_value("1994")
    expect(field).to_have_accessible_description(re.compile(said))
    field.fill("2022")
    field.press("Enter")
    expect(field).to_have_value("2021")
    expect(page.get_by_label("To", exact=True)).to_have_value("2022")
    expect(status(page)).to_have_text(re.compile(re.escape(said) + r" \d+ of"))
    field.fill("2020")
    field.press("Enter")
    expect(page.get_by_text(said)).to_have_count(0)


def test_a_date_that_is_none_is_said_to_be_none(own_site: Path, visit: Open) -> None:
    """A field that holds no date filters nothing and says so; short forms of a date are written out."""
    page = visit(own_site)
    page.get_by_role("button", name="More filters").click()
    field = page.get_by_label("From", exact=True)
    field.fill("last year")
    field.press("Enter")
    expect(field).to_have_attribute("aria-invalid", "true")
    said = "From: “last year” is not a date. A date is a year, a month or a day: 2021, 2021-06, 2021-06-12."
    expect(field).to_have_accessible_description(said)
    expect(page.locator("[id='find.from.fault']")).to_have_text("From: “last year” is not a date.")
    expect(status(page)).to_have_text(f"{said} {len(rows(own_site))} entries")
    assert len(shown(page)) == len(rows(own_site))
    page.get_by_label("To", exact=True).fill("2021")
    page.get_by_label("To", exact=True).press("Enter")
    expect(field).to_have_attribute("aria-invalid", "true")
    field.fill("2021-6-1")
    field.press("Enter")
    expect(field).to_have_attribute("aria-invalid", "false")
    expect(page.get_by_text("is not a date.")).to_have_count(0)
    expect(field).to_have_value("2021-06-01")
    expect(page).to_have_url(re.compile("from=2021-06-01"))


def test_an_address_of_an_entry_shows_it_whatever_is_filtered(own_site: Path, visit: Open) -> None:
    """Where the filters hide the entry that an address points to, they are taken away, and that is said."""
    entry = next(entry for entry, cited in rows(own_site).items() if cited[0]["category"] == "conflict")
    page = visit(own_site, f"?category=incident#{entry}")
    assert len(shown(page)) == len(rows(own_site))
    expect(page).to_have_url(re.compile(re.escape(f"index.html#{entry}") + "$"))
    expect(status(page)).to_have_text("The filters were taken away to show this entry.")
    expect(page.locator(f"[id='{entry}']")).to_be_in_viewport()
    # A filter that is set afterwards counts for more than the fragment that is left in the address.
    page.locator("label").filter(has_text="Mine incidents").click()
    expect(page).to_have_url(re.compile(re.escape("index.html?category=incident") + "$"))
    page.reload()
    assert entry not in shown(page)


def test_a_link_to_an_entry_keeps_the_filters(own_site: Path, visit: Open) -> None:
    """A link of the page to an entry that is shown leads there under the same filters."""
    page = visit(own_site, "?category=incident")
    wanted = shown(page)
    link = page.locator(f".overview:visible a[href$='#{sorted(wanted)[0]}']")
    link.focus()
    page.keyboard.press("Enter")
    expect(page.locator(f"[id='{sorted(wanted)[0]}']")).to_be_focused()
    expect(page).to_have_url(re.compile(re.escape(f"?category=incident#{sorted(wanted)[0]}") + "$"))
    assert shown(page) == wanted


def test_other_scripts_are_told_and_may_ask(own_site: Path, visit: Open) -> None:
    """A choice is told with its entries, its days and categories; what is asked for by days is chosen and told."""
    page = visit(own_site)
    page.evaluate(LISTEN)
    page.locator("label").filter(has_text="Mine incidents").click()
    told = page.evaluate("() => told.at(-1)")
    assert (set(told["ids"]), told["from"], told["to"], told["categories"]) == (shown(page), None, None, ["incident"])
    # 2021-01-01 and 2022-06-30, in days since 1970.
    page.evaluate(SEND, ["dateline:choose", {"from": 18628, "to": 19173, "categories": ["clearance", "nope"]}])
    expect(page).to_have_url(re.compile(re.escape("?category=clearance&from=2021&to=2022-06") + "$"))
    told = page.evaluate("() => told.at(-1)")
    assert (set(told["ids"]), told["from"], told["to"], told["categories"]) == (
        shown(page),
        18628,
        19173,
        ["clearance"],
    )
    assert page.get_by_label("From", exact=True).input_value() == "2021"
    page.evaluate(SEND, ["dateline:choose", {"from": None, "to": None, "categories": []}])
    assert page.evaluate("() => told.at(-1)") == {"ids": None, "from": None, "to": None, "categories": []}
    assert len(shown(page)) == len(rows(own_site))
    number = page.evaluate("() => told.length")
    page.evaluate(SEND, ["dateline:choose", {}])
    assert page.evaluate("() => told.length") == number + 1


def test_scripts_that_come_later_are_told_of_the_first_choice(own_site: Path, visit: Open) -> None:
    """A choice that the address brings along is told after all scripts of the page have come."""
    page = visit(own_site)
    page.add_init_script(
        """document.addEventListener("dateline:selection", ({detail}) => {
            window.first ??= [document.readyState, detail.categories];
        });"""
    )
    page.goto(f"{own_site.as_uri()}/index.html?category=incident")
    page.wait_for_function("window.first")
    assert page.evaluate("window.first[1]") == ["incident"]


def test_going_to_an_entry_shows_it(own_site: Path, visit: Open) -> None:
    """A script may lead to an entry: it is in view, has the focus, and is in the address, whatever was filtered."""
    page = visit(own_site, "?category=incident")
    entry = next(entry for entry, cited in rows(own_site).items() if cited[0]["category"] == "conflict")
    page.evaluate(SEND, ["dateline:go", {"id": entry}])
    expect(page.locator(f"[id='{entry}']")).to_be_focused()
    expect(page.locator(f"[id='{entry}']")).to_be_in_viewport()
    expect(page).to_have_url(re.compile(re.escape(f"index.html#{entry}") + "$"))
    for unknown in ("nowhere", "__proto__", "page.content", None):
        page.evaluate(SEND, ["dateline:go", {"id": unknown}])
    expect(page.locator(f"[id='{entry}']")).to_be_focused()


def test_changes_are_announced_when_typing_rests(own_site: Path, visit: Open) -> None:
    """Readers who do not see the page are told the count, once for a word and not for each of its letters."""
    page = visit(own_site)
    page.evaluate(
        """() => {
            window.said = [];
            const status = document.querySelector("[data-status]");
            new MutationObserver(() => said.push(status.textContent)).observe(status, {childList: true});
        }"""
    )
    page.get_by_role("searchbox").press_sequentially("lachin")
    count = f"{len(shown(page))} of {len(rows(own_site))} entries"
    expect(status(page)).to_have_text(count)
    assert page.evaluate("() => said") == [count]


def test_keys_that_are_no_plain_words_can_be_chosen(visit: Open, tmp_path: Path) -> None:
    """Categories, places and tags may have any name: with commas, per cent signs, markup, or as JavaScript's own."""
    names = ["a,b", "100%", "%2C", "__proto__", "constructor", '"><b>x</b>', "und & so=weiter#1", "hasOwnProperty"]
    table = events(*({"id": f"e{n}", "category": name, "place": name, "tags": name} for n, name in enumerate(names)))
    page = visit(build_site(write(tmp_path, {"events.csv": table}), tmp_path / "site"))
    alone = page.evaluate(PRESSES, [number for each in range(len(names)) for number in (each, each)])
    assert alone[::2] == [[f"e{number}"] for number in range(len(names))]
    page.evaluate(PRESSES, list(range(0, len(names), 2)))
    page.reload()
    assert shown(page) == {f"e{number}" for number in range(0, len(names), 2)}
    page.evaluate(PRESSES, list(range(len(names))))
    page.reload()
    assert shown(page) == {f"e{number}" for number in range(1, len(names), 2)}
    page.get_by_role("button", name="Clear", exact=True).click()
    for field in ("place", "tag"):
        choices = page.locator(f"[name={field}]").evaluate(CHOICES)
        assert {value: left for value, _, left in choices} == {name: [f"e{n}"] for n, name in enumerate(names)}
        page.locator(f"[name={field}]").evaluate("list => { list.value = ''; }")
        page.get_by_role("button", name="Clear", exact=True).click()


def test_a_long_list_is_typed_into(visit: Open, tmp_path: Path) -> None:
    """Among more than a hundred places a part of the name finds all that hold it, the whole name that one alone."""
    table = events(*({"id": f"e{n}", "place": f"Plåce {n}"} for n in range(120)))
    page = visit(build_site(write(tmp_path, {"events.csv": table}), tmp_path / "site"))
    page.get_by_role("button", name="More filters").click()
    field = page.locator("[name=place]")
    assert field.evaluate("field => field.list.options.length") == 120
    field.fill("PLACE 11")
    assert shown(page) == {"e11", *(f"e{n}" for n in range(110, 120))}
    field.fill("Plåce 11")
    assert shown(page) == {"e11"}
    page.reload()
    assert shown(page) == {"e11"}
    assert page.locator("[name=place]").input_value() == "Plåce 11"


def test_on_a_phone_the_filters_are_in_a_sheet(site: Path, visit: Open) -> None:
    """By touch: the sheet opens, a category is chosen, the button that closes it says what will be shown."""
    page = visit(site, **PHONE)
    assert page.locator("[name=category]:visible").count() == 0
    opener = page.locator("[data-find-open]")
    opener.tap()
    sheet = page.get_by_role("dialog")
    expect(sheet).to_be_visible()
    page.locator("[name=category]").nth(0).locator("xpath=..").tap()
    number, total = len(shown(page)), len(rows(site))
    assert 0 < number < total
    # Readers who listen are told where they are: all outside of the sheet is silent.
    expect(sheet.get_by_role("status")).to_contain_text(re.compile(rf"\b{number}\b.*\b{total}\b"))
    expect(status(page)).to_be_empty()
    close = sheet.locator("[data-find-close]")
    expect(close).to_have_text(re.compile(rf"\b{number}\b.*\b{total}\b"))
    close.tap()
    expect(sheet).to_be_hidden()
    expect(opener).to_have_text(re.compile(r".\(1\)$"))
    assert page.locator("[data-find-set] button:visible").count() == 1
    opener.tap()
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(opener).to_be_focused()


def test_the_sheet_and_the_page_share_their_fields(own_site: Path, visit: Open) -> None:
    """What is chosen on a wide page is chosen in the sheet when the page grows narrow, and the other way round."""
    page = visit(own_site, "?tag=anama")
    wanted = shown(page)
    page.set_viewport_size({"width": 390, "height": 800})
    page.get_by_role("button", name="Filters (1)").click()
    assert page.get_by_role("dialog").get_by_label("Tag").input_value() == "anama"
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_label("Tag")).to_be_visible()
    assert shown(page) == wanted


@pytest.mark.parametrize("width", [320, 390])
def test_targets_are_thumb_sized_and_nothing_scrolls_sideways(site: Path, visit: Open, width: int) -> None:
    """On a touch screen each control is at least 44 pixels high, and the page as wide as the window, sheet and all."""
    page = visit(site, "?figures=1&from=2021&q=a", **(PHONE | {"viewport": {"width": width, "height": 700}}))
    selector = "[data-find] :is(button, select, input:not([type=checkbox]), label:has([type=checkbox])):visible"
    for opened in (False, True):
        if opened:
            page.locator("[data-find-open]").tap()
        heights = page.locator(selector).evaluate_all("all => all.map(one => one.getBoundingClientRect().height)")
        # A fraction of a pixel is lost where the page is scaled.
        assert round(min(heights), 2) >= 44
        assert max(page.evaluate(WIDTH)) <= width


# Where the focus is hidden by something else than what holds it: which element is there.
COVERED = """() => {
    const at = document.activeElement;
    if (at === document.body) return null;
    const shown = at.closest("label") ?? at;
    const {left, right, top, bottom} = shown.getBoundingClientRect();
    const over = [top + 1, bottom - 1].map(y => document.elementFromPoint((left + right) / 2, y));
    return over.every(one => shown.contains(one)) ? null : [at.outerHTML, String(over.map(one => one?.outerHTML))];
}"""


@pytest.mark.parametrize("height", [640, 256])
def test_the_focus_is_not_hidden_in_the_sheet(own_site: Path, visit: Open, height: int) -> None:
    """By keyboard through the sheet in a small window, every control that has the focus is seen whole, both ways."""
    page = visit(own_site, "?from=2021")
    page.set_viewport_size({"width": 320, "height": height})
    page.locator("[data-find-open]").click()
    page.evaluate("() => Promise.all(document.getAnimations().map(animation => animation.finished))")
    controls = page.locator("dialog[open] :is(input, select, button):visible").count()
    assert controls > 10
    for key in ("Tab", "Shift+Tab"):
        for _ in range(controls):
            assert page.evaluate(COVERED) is None
            page.keyboard.press(key)


@pytest.mark.parametrize("words", ["x" * 60, "x" * 60_000, "😀" * 300])
def test_a_link_with_endless_words_breaks_nothing(own_site: Path, visit: Open, words: str) -> None:
    """Words that never end wrap, and of very many no more than 500 characters are searched for, none of them halved."""
    page = visit(own_site, f"?q={words}&category=incident&place=", viewport={"width": 390, "height": 800})
    expect(page.get_by_text("No entry has all of this.")).to_be_visible()
    assert max(page.evaluate(WIDTH)) <= 390
    value = page.get_by_role("searchbox").input_value()
    assert words.startswith(value)
    assert len(value.encode("utf-16-le")) == min(2 * len(words.encode("utf-16-le")), 2000) // 2
    page.emulate_media(media="print")
    assert max(page.evaluate(WIDTH)) <= 390


def test_a_link_with_filters_leads_to_what_they_leave(own_site: Path, visit: Open) -> None:
    """Who follows it sees search, count and the first entry; who reloads stays; other links begin at the top."""
    top = "() => document.querySelector('[data-find]').getBoundingClientRect().top"
    page = visit(own_site, "?category=incident")
    assert abs(page.evaluate(top)) <= 1
    expect(page.locator("article:visible").first).to_be_in_viewport()
    page.evaluate("() => scrollTo(0, 0)")
    page.reload()
    expect(page.locator("[data-find-count]")).to_have_text(re.compile(" of "))
    assert page.evaluate("scrollY") == 0
    for query in ("", "?category=nope"):
        page.goto(f"{own_site.as_uri()}/index.html{query}")
        assert page.evaluate("scrollY") == 0


def test_the_place_in_the_list_is_kept_when_a_filter_is_changed(own_site: Path, visit: Open) -> None:
    """Far below the filters, a change leaves the entry that is read where it is, or puts the next one there."""
    page = visit(own_site)
    given = {entry: cited[0]["category"] for entry, cited in rows(own_site).items()}
    order = page.evaluate(SHOWN)
    left = [entry for entry in order if given[entry] == "statement"]
    kept = left[3]
    gone = next(entry for entry in order[order.index(kept) :] if given[entry] != "statement")
    following = next(entry for entry in order[order.index(gone) :] if given[entry] == "statement")
    switch = "() => document.querySelector('[name=category][value=statement]').click()"
    top = "id => Math.round(document.getElementById(id).getBoundingClientRect().top)"
    drawn = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
    for entry, wanted in ((kept, kept), (gone, following)):
        page.evaluate("id => scrollBy(0, document.getElementById(id).getBoundingClientRect().top - 50)", entry)
        # Nobody sees where they are, and chooses, before it has been drawn.
        page.evaluate(drawn)
        page.evaluate(switch)
        assert shown(page) == set(left)
        assert abs(page.evaluate(top, wanted) - 50) <= 1
        # What the browser does by itself when it draws comes on top of nothing.
        page.evaluate(drawn)
        assert abs(page.evaluate(top, wanted) - 50) <= 1
        page.evaluate(switch)
        expect(page.locator("article[data-late]")).to_have_count(0)
        assert abs(page.evaluate(top, wanted) - 50) <= 1


FOUND_COLOURS = """() => {
    const canvas = new OffscreenCanvas(1, 1).getContext("2d", {willReadFrequently: true});
    const rgba = colour => {
        canvas.clearRect(0, 0, 1, 1);
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
        return [...canvas.getImageData(0, 0, 1, 1).data];
    };
    const light = ([r, g, b]) => [r, g, b].map(part => part / 255)
        .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
        .reduce((sum, part, place) => sum + part * [0.2126, 0.7152, 0.0722][place], 0);
    return [...document.querySelectorAll("figcaption .origin, blockquote mark, .kind, h3")].map(element => {
        const {color, backgroundColor} = getComputedStyle(element, "::highlight(found)");
        const [text, back] = [rgba(color), rgba(backgroundColor)], [dark, bright] = [light(text), light(back)].sort();
        return [text[3], back[3], (bright + 0.05) / (dark + 0.05)];
    });
}"""


@pytest.mark.parametrize("contrast", ["no-preference", "more"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_that_were_found_can_be_read(own_site: Path, visit: Open, scheme: Any, contrast: Any) -> None:  # noqa: ANN401
    """Found words have their own solid ground and colour, whatever stands behind them, with a contrast of 4.5 to 1."""
    page = visit(own_site, "?q=mine")
    page.emulate_media(color_scheme=scheme, contrast=contrast)
    colours = page.evaluate(FOUND_COLOURS)
    assert colours
    assert {(text, back) for text, back, _ in colours} == {(255, 255)}
    assert min(ratio for *_, ratio in colours) >= 4.5


STATES = {
    "filtered": ("?category=incident&q=mine", ""),
    "more filters": ("?from=2021&to=2022", ""),
    "nothing left": ("?q=nowhere-at-all&from=2021", ""),
    "sheet": ("", "[data-find-open]"),
    "keys": ("", "[data-keys-open]"),
}
SCHEMES: tuple[dict[str, Any], ...] = ({"color_scheme": "dark"}, {"forced_colors": "active"})


@pytest.mark.parametrize(("name", "look"), [("own_site", {}), ("nasty_site", {}), ("nasty_site", PHONE)])
def test_axe_finds_nothing_in_any_state(
    request: pytest.FixtureRequest, visit: Open, name: str, look: dict[str, Any]
) -> None:
    """Axe has nothing against the filters, some set, all open, with nothing left, in their sheet, nor the keys."""
    site: Path = request.getfixturevalue(name)
    # Axe itself asks for the style sheets, which the policy forbids.
    page = visit(site, watched=False, **look)
    for state, (query, opener) in STATES.items():
        if opener and not page.locator(opener).is_visible():
            continue
        page.emulate_media(color_scheme="light", forced_colors="none")
        page.goto(f"{site.as_uri()}/index.html{query}")
        if opener:
            page.locator(opener).click()
        page.evaluate("() => Promise.all(document.getAnimations().map(animation => animation.finished))")
        assert axe(page) == [], state
        # In other colours nothing else can be wrong than these.
        for scheme in SCHEMES[: 1 if look else 2]:
            page.emulate_media(**scheme)
            assert axe(page, runOnly=["color-contrast"]) == [], (state, scheme)


def test_nothing_moves_when_the_filters_come(own_site: Path, visit: Open) -> None:
    """The place of the filters is kept while their script is on its way."""
    page = visit(own_site)
    page.add_init_script(
        """window.moved = 0;
        new PerformanceObserver(list => list.getEntries().forEach(entry => { moved += entry.value; }))
            .observe({type: "layout-shift", buffered: true});"""
    )
    page.reload()
    expect(page.get_by_role("searchbox")).to_be_visible()
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert page.evaluate("moved") == 0


def test_on_paper_a_line_says_what_is_filtered(own_site: Path, visit: Open) -> None:
    """Printed, the filters are gone; where some are set, a line says how many of all entries these are, and why."""
    page = visit(own_site, "?category=incident&q=mine&from=2021")
    number, total = len(shown(page)), len(rows(own_site))
    page.emulate_media(media="print")
    assert page.locator("[data-find] :is(input, button, select):visible").count() == 0
    expect(page.locator("[data-find-printed]")).to_have_text(
        f"{number} of {total} entries (Search: “mine”; Mine incidents; from 2021)"
    )
    expect(page.locator("[data-find-printed]")).to_be_visible()
    page = visit(own_site)
    page.emulate_media(media="print")
    expect(page.locator("[data-find-printed]")).to_be_hidden()


def test_entries_that_come_back_are_laid_out_in_time(own_site: Path, visit: Open) -> None:
    """Entries that a filter hid are all laid out soon after it is taken away, at once for one who goes to the last."""
    page = visit(own_site, "?category=incident")
    last = list(rows(own_site))[-1]
    page.get_by_role("button", name="Clear", exact=True).click()
    page.evaluate(SEND, ["dateline:go", {"id": last}])
    expect(page.locator(f"[id='{last}'] h3")).to_be_in_viewport()
    page.locator("label").filter(has_text="Mine incidents").click()
    page.locator("label").filter(has_text="Mine incidents").click()
    style = "all => [...new Set(all.map(one => getComputedStyle(one).contentVisibility))]"
    expect(page.locator("article[data-late]")).to_have_count(0)
    assert page.locator("article").evaluate_all(style) == ["visible"]


def test_by_keyboard_alone(own_site: Path, visit: Open) -> None:
    """Tab leads from the search over the categories to the other filters; Space chooses, Escape closes what is open."""
    page = visit(own_site)
    page.get_by_role("searchbox").focus()
    page.keyboard.press("Tab")
    expect(page.locator("[name=category]").first).to_be_focused()
    page.keyboard.press("Space")
    expect(page).to_have_url(re.compile(re.escape("?category=agreement") + "$"))
    for _ in range(page.locator("[name=category]").count()):
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Clear", exact=True)).to_be_focused()
    page.keyboard.press("Tab")
    more = page.get_by_role("button", name="More filters")
    expect(more).to_be_focused()
    page.keyboard.press("Enter")
    expect(more).to_have_attribute("aria-expanded", "true")
    page.get_by_label("Place", exact=True).focus()
    page.keyboard.press("Escape")
    expect(more).to_have_attribute("aria-expanded", "false")
    expect(more).to_be_focused()


def test_enter_leads_from_the_search_to_the_first_entry_found(own_site: Path, visit: Open) -> None:
    """Enter in the search goes to the first entry that is shown, without leaving the page."""
    page = visit(own_site)
    page.get_by_role("searchbox").fill("izmir")
    page.get_by_role("searchbox").press("Enter")
    first = page.evaluate(SHOWN)[0]
    expect(page.locator(f"[id='{first}']")).to_be_focused()
    expect(page).to_have_url(re.compile(re.escape("?q=izmir") + "$"))


def test_where_words_cannot_be_marked_they_are_found_all_the_same(own_site: Path, visit: Open) -> None:
    """A browser without custom highlights searches as well as any."""
    page = visit(own_site)
    page.add_init_script("delete window.Highlight;")
    page.goto(f"{own_site.as_uri()}/index.html?q=izmir")
    assert shown(page) == found_in(own_site, "izmir")


def test_a_crowd_is_searched(crowd_site: Path, visit: Open) -> None:
    """Among 350 entries a number is found, and the counts of the categories follow."""
    page = visit(crowd_site)
    page.get_by_role("searchbox").fill('"number 34"')
    expect(page.locator("[data-found-one]")).to_have_count(11)
    numbers = page.locator("[data-find] [data-number]").all_text_contents()
    assert sum(map(int, numbers)) == 11
    assert json.dumps(sorted(numbers)) == json.dumps(["2", "3", "3", "3"])


def test_the_nasty_project_has_what_these_tests_search_for() -> None:
    """The words that are looked for among the traps stand in the project's table."""
    cells = " ".join(value for entry in nasty.ENTRIES for value in entry.values())
    assert plain("لغماً") in plain(cells)
    assert nasty.LONG in cells
