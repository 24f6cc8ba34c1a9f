"""Promises of a timeline that is cut into periods: everything is reached, and stays where it was."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import large
import pytest
from project import build, check, site

from dateline import limits, timeline
from dateline.config import line_of
from dateline.periods import MOST
from dateline.problems import as_text
from dateline.publish import Report
from dateline.where import FULL

ENTRIES = 20_000
TOO_LARGE = "site: warning: the site has {} GB; GitHub Pages publishes at most 1 GB\n  help: "
LESS = "write entry_pages = false in timeline.toml if it is not there, take large files out of static/, or"
# A list of periods has at most so many links, of which 120 are periods within periods.
MOST_IN_LIST = 140


class Page(HTMLParser):
    """What the tests ask of a page: its entries, its ids, and where it leads."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.entries: list[str] = []
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.relations: dict[str, str] = {}
        self.attributes: list[tuple[str, dict[str, str]]] = []
        self.feed(content.decode())

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Take in an element."""
        given = {name: value or "" for name, value in attributes}
        self.attributes.append((tag, given))
        self.ids |= {given["id"]} if "id" in given else set()
        if tag == "article" and "data-entry" in given:
            self.entries.append(given["id"])
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
            self.relations |= {given["rel"]: given["href"]} if "rel" in given else {}


def target(path: str, link: str) -> tuple[str, str]:
    """Return the file and the fragment that a link of a page leads to."""
    file, _, fragment = link.partition("#")
    file = file.partition("?")[0]
    return (posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(file))) if file else path), unquote(
        fragment
    )


def is_timeline(path: str) -> bool:
    """Tell whether a file is a page of the timeline."""
    return path == "index.html" or path.startswith("periods/")


def crawled(files: Mapping[str, bytes]) -> dict[str, Page]:
    """Return the pages of the timeline that are reached from the first one by links between them alone."""
    found: dict[str, Page] = {}
    waiting = ["index.html"]
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        found[path] = Page(files[path])
        reached = {target(path, link)[0] for link in found[path].links if "://" not in link}
        waiting += filter(is_timeline, sorted(reached))
    return found


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return a site of 20,000 entries without pages of their own."""
    folder = large.write(tmp_path_factory.mktemp("big"), large.spread(ENTRIES), "entry_pages = false\n")
    assert build(folder).status == 0
    return site(folder)


@pytest.fixture(scope="module")
def reached(big: dict[str, bytes]) -> dict[str, Page]:
    """Return the pages of its timeline that are reached by links."""
    return crawled(big)


@pytest.fixture(scope="module", params=["true", "false", ""])
def small(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, dict[str, bytes]]:
    """Return a site of 700 entries, with pages of entries, without, and with the setting left out."""
    settings = f"entry_pages = {request.param}\n" if request.param else ""
    settings += 'address = "https://made.example/"\n'
    folder = large.write(tmp_path_factory.mktemp("small"), large.spread(700), settings)
    assert build(folder).problems == ""
    return request.param, site(folder)


def test_every_entry_is_reached_by_links_alone(big: dict[str, bytes], reached: dict[str, Page]) -> None:
    """From the first page, links lead to each of 20,000 entries, which stands on one page of the timeline.

    The first page begins with the first forty, as they follow each other on the others.
    """
    on_pages = [entry for path, page in reached.items() if path != "index.html" for entry in page.entries]
    assert len(on_pages) == ENTRIES
    assert set(on_pages) == {entry["id"] for entry in json.loads(big["timeline.json"])["entries"]}
    assert len(reached["index.html"].entries) == 40
    assert len(reached["index.html"].ids) == len([1 for _, given in reached["index.html"].attributes if "id" in given])


def test_no_page_grows_with_the_timeline(big: dict[str, bytes], reached: dict[str, Page]) -> None:
    """No page of the timeline holds more than 300 entries or more than some links, and no script more than some ids."""
    assert max(len(page.entries) for page in reached.values()) <= MOST
    assert len(reached["index.html"].entries) <= 40
    for path, page in reached.items():
        listed = {target(path, link) for link in page.links}
        assert len([file for file, fragment in listed if file.startswith("periods/") and not fragment]) <= MOST_IN_LIST
    scripts = [detail(content)["entries"] for path, content in big.items() if path.startswith("data/where/")]
    assert max(map(len, scripts)) <= 2 * FULL
    assert sum(map(len, scripts)) == ENTRIES


def test_the_way_through_the_periods_has_no_gap(reached: dict[str, Page]) -> None:
    """“After” leads from the first page through each page that has entries, and “Before” the same way back."""
    path = target("index.html", reached["index.html"].relations["next"])[0]
    seen: list[str] = []
    order: list[str] = []
    while path:
        page = reached[path]
        assert path not in seen
        assert page.entries
        order += page.entries
        if seen:
            assert target(path, page.relations["prev"])[0] == seen[-1]
        seen.append(path)
        path = target(path, page.relations["next"])[0] if "next" in page.relations else ""
    # What the first page shows whole, its link leads past.
    others = {entry for path, page in reached.items() if path not in (*seen, "index.html") for entry in page.entries}
    assert others <= set(reached["index.html"].entries)
    assert len({*order, *others}) == len(order) + len(others) == ENTRIES


def detail(content: bytes) -> dict[str, list[list[str]]]:
    """Return what a script of data hands over."""
    text = content.decode()
    found: dict[str, list[list[str]]] = json.loads(text[text.index("{detail:") + 8 : text.rindex("})")])
    return found


def test_the_scripts_know_where_each_entry_stands(big: dict[str, bytes], reached: dict[str, Page]) -> None:
    """What leads from an address that stays names, for each entry, a page that holds it."""
    held = {path: set(page.entries) for path, page in reached.items()}
    for path, content in big.items():
        if path.startswith("data/where/"):
            told = detail(content)
            for entry, place in told["entries"]:
                assert entry in held[str(told["pages"][int(place)])]


def test_every_link_leads_somewhere(small: tuple[str, dict[str, bytes]]) -> None:
    """Each link of each page leads to a file that is there, and to a place in it that is there."""
    _, files = small
    pages = {path: Page(content) for path, content in files.items() if path.endswith(".html")}
    for path, page in pages.items():
        for link in set(page.links):
            if "://" in link:
                continue
            file, fragment = target(path, link)
            assert file in files, (path, link)
            if fragment and file != "entry.html" and file.endswith(".html"):
                assert fragment in pages[file].ids, (path, link)


def test_an_entry_is_shown_whole_where_it_has_no_page(small: tuple[str, dict[str, bytes]]) -> None:
    """Without pages of their own, entries have tags and what to read with them on the timeline; else not."""
    setting, files = small
    period = files["periods/197X.html"].decode()
    own = setting != "false"
    assert bool([path for path in files if path.startswith("entries/")]) == own
    assert ('<ul class="tags">' in period) == (not own)
    assert ('<ul class="related">' in period) == (not own)


def test_the_address_that_stays(small: tuple[str, dict[str, bytes]]) -> None:
    """What readers copy and feeds give is `entry.html#id` once the setting is there, and the entry's page if not."""
    setting, files = small
    entry = Page(files["periods/197X.html"]).entries[0]
    stays = f"entry.html#{entry}" if setting else f"entries/{entry}.html"
    [article] = [given for tag, given in Page(files["periods/197X.html"]).attributes if given.get("id") == entry]
    assert article.get("data-path", stays) == stays
    assert ("data-path" in article) == bool(setting)
    assert f'"page": "{stays}"' in files["timeline.json"].decode()
    assert f"URL:https://made.example/{stays}" in files["calendar.ics"].decode().replace("\r\n ", "")
    permanent = files["entry.html"].decode()
    assert ('data-own="entries/"' in permanent) == (setting != "false")
    assert 'content="noindex"' in permanent
    assert "canonical" not in permanent


def test_the_sitemap_lists_the_periods(small: tuple[str, dict[str, bytes]]) -> None:
    """Search engines are told of each period that shows more than one other, and not of the page of addresses."""
    listed = re.findall("<loc>https://made.example/([^<]*)</loc>", small[1]["sitemap.xml"].decode())
    reached = {path for path in crawled(small[1]) if path.startswith("periods/")}
    assert {path for path in listed if path.startswith("periods/")} == reached
    assert "entry.html" not in listed
    assert len(listed) == len(set(listed))


def places(folder: Path) -> dict[str, str]:
    """Return the page of the timeline on which each entry stands."""
    assert build(folder).status == 0
    return {
        entry: path
        for path, content in site(folder).items()
        if path.startswith("periods/")
        for entry in Page(content).entries
    }


def test_addresses_stay_as_entries_come(tmp_path: Path) -> None:
    """Entries that come in one decade move none of another, and every page that there was is still there."""
    dates = large.spread(700)
    before = places(large.write(tmp_path, dates))
    pages = {path for path in site(tmp_path) if path.startswith("periods/")}
    after = places(large.write(tmp_path, [*dates, *["1975-06-01"] * 301]))
    moved = {entry for entry, path in before.items() if after[entry] != path}
    assert moved
    assert {before[entry] for entry in moved} == {"periods/197X.html"}
    assert pages <= set(site(tmp_path))
    assert Page(site(tmp_path)["periods/197X.html"]).entries == []
    assert "periods/1975.html" in {
        target("periods/197X.html", link)[0] for link in Page(site(tmp_path)["periods/197X.html"]).links
    }


def test_a_crowded_day_goes_on(tmp_path: Path) -> None:
    """A day with more entries than a page holds goes on in numbered pages, which say which of them they are."""
    large.write(tmp_path, ["1994-03-12"] * 650 + ["1994-03-13"])
    assert build(tmp_path).status == 0
    files = site(tmp_path)
    numbers = [f"periods/1994-03-12{part}.html" for part in ("", ".2", ".3")]
    assert [len(Page(files[path]).entries) for path in numbers] == [300, 300, 50]
    assert "page 2 of 3" in files[numbers[1]].decode()
    assert Page(files[numbers[1]]).relations == {"prev": "../" + numbers[0], "next": "../" + numbers[2]}


def test_the_year_of_each_entry_is_seen(tmp_path: Path) -> None:
    """The heading with the year is out of sight only where what stands above it says the year, or no date is so close.

    All that is known of the 1950s happened in 1953; the 1960s are cut into years, and keep what is dated no closer.
    """
    assert build(large.write(tmp_path, ["1953-01-12", "1953-02-12", "196X", *["1965-03-12"] * 300])).status == 0
    made = {path: content.decode() for path, content in site(tmp_path).items() if is_timeline(path)}
    headings = {path: re.findall(r'<h2 id="year[^"]*"([^>]*)>(\d+)', page) for path, page in made.items()}
    assert headings["periods/195X.html"] == [("", "1953")]
    assert headings["periods/1965.html"] == [(' class="unseen"', "1965")]
    assert headings["periods/196X.html"] == [(' class="unseen"', "1960")]
    seen = re.findall(r'<h2 id="[^"]*year[^"]*"([^>]*)>(\d+)', made["index.html"])
    assert seen == [("", "1953"), *headings["periods/196X.html"], *headings["periods/1965.html"]]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ("20th century", "1990s", "50 BCE – 41 BCE", "17,000", "date unknown")),
        ("de", ("20. Jahrhundert", "1990er Jahre", "50 v. Chr. – 41 v. Chr.", "17.000", "Datum unbekannt")),
        ("fr", ("XXᵉ siècle", "années 1990", "50 av. J.-C. – 41 av. J.-C.", "17 000", "date inconnue")),
    ],
)
def test_periods_are_named_in_the_language_of_the_site(tmp_path: Path, language: str, expected: tuple[str]) -> None:
    """Centuries, decades, years before year 1 and of five digits are said as the language says them."""
    dates = [*large.spread(700), *["-0043"] * 301, *["-0050"], *["Y17000"] * 301]
    assert build(large.write(tmp_path, dates, f'language = "{language}"\n')).status == 0
    said = {re.sub(r"\s", " ", name) for name in _titles(site(tmp_path))}
    assert set(expected) <= said


def _titles(files: Mapping[str, bytes]) -> Iterator[str]:
    for path, content in files.items():
        if path.startswith("periods/"):
            yield re.findall("<h1>(.*?)</h1>", content.decode())[0]


def test_up_to_300_entries_nothing_is_cut(tmp_path: Path) -> None:
    """A timeline of 300 entries is one page; the page that leads to an entry by its id is there as well."""
    large.write(tmp_path, large.spread(MOST))
    assert build(tmp_path).problems == ""
    files = site(tmp_path)
    assert len(Page(files["index.html"]).entries) == MOST
    assert [path for path in files if path.startswith("periods/")] == []
    assert "where.js" not in files["index.html"].decode()
    assert b'"pages":["index.html"]' in files["data/where/0.js"]


def test_cards_of_entries_need_their_pages(tmp_path: Path) -> None:
    """Who asks for a picture for each entry's page and leaves the pages out is told so."""
    large.write(tmp_path, ["1994"], 'cards = "entries"\nentry_pages = false\n')
    assert check(tmp_path).problems == (
        "timeline.toml:2: warning: cards: 'entries' asks for a card beside each entry's page, and entry_pages = false "
        "leaves these out\n"
        '  help: write cards = "site", or take entry_pages = false out\n'
    )
    assert line_of(tmp_path, "entry_pages") == 3
    assert timeline.read_timeline(tmp_path)[0].config.cards == "site"


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        (799_999_999, ""),
        (800_000_000, f"{TOO_LARGE.format('0.80')}it is near; {LESS} be ready to publish it elsewhere"),
        (1_234_567_890, f"{TOO_LARGE.format('1.23')}{LESS} publish it elsewhere"),
    ],
)
def test_a_site_near_to_what_github_pages_takes(size: int, expected: str) -> None:
    """From four fifths of the limit on, the size of the site is named, with what makes it smaller."""
    assert "\n".join(map(as_text, limits.check(Report(total_bytes=size), Path("site")))) == expected


def test_a_file_near_to_what_github_takes(tmp_path: Path) -> None:
    """A file of 80 MB or more is named after the build, though the site is far smaller than a site may be."""
    large.write(tmp_path, ["1994"])
    (tmp_path / "static").mkdir()
    with (tmp_path / "static/film.mp4").open("wb") as file:
        file.truncate(80_000_000)
    found = build(tmp_path, "--out", str(tmp_path / "out")).problems
    assert found == (
        f"{tmp_path / 'out' / 'film.mp4'}: warning: has 80 MB; GitHub takes files of at most 100 MB\n"
        "  help: make it smaller, or publish the site elsewhere\n"
    )
