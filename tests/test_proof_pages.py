"""Promises of the proof of many quotes: every one is reached from `proof.html`, and few pages change."""

from __future__ import annotations

import csv
import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from html.parser import HTMLParser
from pathlib import Path

import pytest
from project import build, check, site, write

from dateline.cuts import runs_of
from dateline.proof_pages import MOST_DIFFERING
from dateline.proof_parts import MOST

QUOTE = "The council met and agreed that the road be cleared."
SETTINGS = 'title = "Made"\naddress = "https://made.example/"\ncards = "none"\nentry_pages = false\n'
# A source that is quoted more often than one page can show, and others.
OFTEN, OTHERS = "often.txt", 30
ENTRIES = 3000


class Page(HTMLParser):
    """What the tests ask of a page: its links, and the rows of its tables with what they lead to."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.rows: list[list[str]] = []
        self.feed(content.decode())

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Note a link, an id, or the beginning of a row."""
        given = {name: value or "" for name, value in attributes}
        self.ids += [given["id"]] if "id" in given else []
        if tag == "tr":
            self.rows.append([])
        elif tag == "a":
            self.links.append(given["href"])
            if self.rows:
                self.rows[-1].append(given["href"])


def project(folder: Path, rows: Iterable[Mapping[str, str]]) -> Path:
    """Write a project of these rows, in which each source that they name says the same."""
    held = [{"date_note": "As told.", "quote": QUOTE, "attribution": "The council", **row} for row in rows]
    columns = ("id", "date", "date_note", "title", "source", "quote", "attribution", "conflicts_with")
    seeds = {f"seeds/{row['source']}": f"{QUOTE}\n\nKept as {row['source']}.\n" for row in held}
    write(folder, {**seeds, "timeline.toml": SETTINGS}, without=("events.csv", "seeds/a.txt"))
    with (folder / "events.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, columns)
        table.writeheader()
        table.writerows(held)
    return folder


def rows_of(entries: int) -> list[dict[str, str]]:
    """Return the rows of a timeline; half of its quotes are of one source, and a tenth of its entries differ."""
    return [
        {
            "id": f"e{number}",
            "date": f"{1900 + number // 250}-{1 + number % 12:02}-{1 + number % 28:02}",
            "title": "The road is cleared",
            "source": OFTEN if number % 2 else f"council-{number % (2 * OTHERS)}.txt",
            "conflicts_with": f"e{number - 1}" if number % 20 == 9 else "",
        }
        for number in range(entries)
    ]


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the project of many quotes, built."""
    folder = project(tmp_path_factory.mktemp("many"), rows_of(ENTRIES))
    assert build(folder).status == 0
    return folder


def target(path: str, link: str) -> tuple[str, str]:
    """Return the file and the fragment that a link of a page leads to."""
    file, _, fragment = link.partition("#")
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), file)), fragment


def proof_pages(files: Mapping[str, bytes]) -> dict[str, Page]:
    """Return the pages of proof that are reached from `proof.html` by links among them alone."""
    found: dict[str, Page] = {}
    waiting = ["proof.html"]
    while waiting:
        path = waiting.pop()
        if path not in found and re.match(r"proof(\.html$|/)", path):
            found[path] = Page(files[path])
            waiting += [target(path, link)[0] for link in found[path].links if "://" not in link]
    return found


def changed(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> set[str]:
    """Return the pages with nothing but proofs that are not as they were."""
    paths = {path for path in before.keys() | after.keys() if re.match(r"proof/\d", path)}
    return {path for path in paths if before.get(path) != after.get(path)}


def test_every_quote_is_reached_from_the_proof_and_stands_there_once(many: Path) -> None:
    """Its row leads to its words in their source; no page has more rows than it may have, nor is one left out."""
    files = site(many)
    pages = proof_pages(files)
    assert set(pages) == {path for path in files if path == "proof.html" or path.startswith("proof/")}
    parts = [page for path, page in pages.items() if "/" in path]
    shown = [[link for row in page.rows for link in row if "sources/" in link and "#" in link] for page in parts]
    assert all(len(links) <= MOST for links in shown)
    assert sum(len(links) > MOST // 2 for links in shown) >= 2
    words = Counter(target("proof/1.html", link) for links in shown for link in links)
    assert set(words.values()) == {1}
    assert len(words) == ENTRIES
    marked = {source: set(Page(files[source]).ids) for source in {source for source, _ in words}}
    assert all(anchor in marked[source] for source, anchor in words)


def test_a_source_leads_to_its_proofs(many: Path) -> None:
    """A source's page leads to its row in proof.html; how many quotes it has, to the first of their proofs."""
    files = site(many)
    page = Page(files["proof.html"])
    for source in ("often.txt", "council-4.txt"):
        own = f"sources/{source.removesuffix('.txt')}.html"
        assert f"../proof.html#{own}" in Page(files[own]).links
        assert own in page.ids
        [row] = [row for row in page.rows if row and row[0] == own]
        path, fragment = target("proof.html", row[1])
        assert fragment == own
        assert own in Page(files[path]).ids
    counts = re.findall(r'<a href="proof/[^"]*">([\d,]+)</a>', files["proof.html"].decode())
    assert sum(int(count.replace(",", "")) for count in counts) == ENTRIES


def test_counts_are_written_as_the_language_writes_them(many: Path) -> None:
    """Of 3,000 quotes, 1,500 are of one source: thousands are told apart wherever these are counted."""
    files = {path: content.decode() for path, content in site(many).items() if path.endswith(".html")}
    assert "<dd>3,000</dd>" in files["proof.html"]
    assert ">1,500</a>" in files["proof.html"]
    assert "1,500 quotes, by 1,500 entries" in files["sources/index.html"]
    assert "cited by <b>1,500</b> entries" in files["sources/often.html"]


def test_where_sources_differ_and_what_is_open_go_on_elsewhere(tmp_path: Path) -> None:
    """proof.html has the first of them and says how many there are; the others are on pages that it leads to."""
    rows = [{**row, "attribution": "", "conflicts_with": f"e{at - 1}" if at % 4 == 3 else ""}
            for at, row in enumerate(rows_of(MOST + 500))]  # fmt: skip
    assert build(project(tmp_path, rows)).status == 0
    files = site(tmp_path)
    pages = proof_pages(files)
    assert {"proof/differing-2.html", "proof/open-2.html"} <= set(pages)
    differing = [len(re.findall('<div class="differing">', files[path].decode())) for path in pages]
    assert max(differing) <= MOST_DIFFERING
    assert sum(differing) == 2 * ((MOST + 500) // 4)
    told = "".join(files[path].decode() for path in pages)
    warnings = re.findall(r"<li>(events\.csv:\d+: warning: .*?)</li>", told)
    assert len(warnings) == len(set(warnings)) == MOST + 500
    whole = files["proof.html"].decode()
    assert f"{sum(differing)} entries" in whole
    assert "1,500 warnings" in whole


def test_few_quotes_stand_on_one_page(tmp_path: Path) -> None:
    """Up to a thousand quotes, proof.html has all of them, and there is no other page of proof."""
    assert build(project(tmp_path, rows_of(MOST))).status == 0
    files = site(tmp_path)
    assert len([row for row in Page(files["proof.html"]).rows if len(row) == 2]) == MOST
    assert not any(path.startswith("proof/") for path in files)


def test_a_change_touches_few_pages_of_proof(many: Path, tmp_path: Path) -> None:
    """A row that says something else is another on one page; a new source is new on one; what stood stays there."""
    before, rows = site(many), rows_of(ENTRIES)
    rows[1500]["title"] = "The road is closed"
    assert build(project(tmp_path, rows)).status == 0
    assert len(changed(before, site(tmp_path))) == 1
    rows[1500]["title"] = "The road is cleared"
    new = {"id": "new", "date": "1905-01-01", "title": "The road is cleared", "source": "another.txt"}
    assert build(project(tmp_path, [*rows, new])).status == 0
    assert len(changed(before, site(tmp_path))) == 1
    assert changed({}, before) == changed({}, site(tmp_path))
    # In a source that takes several pages, the ones further on stay as they are.
    assert build(project(tmp_path, [*rows, {**new, "source": OFTEN}])).status == 0
    assert 1 <= len(changed(before, site(tmp_path))) <= 2


def test_search_engines_are_told_of_the_pages_of_proof(many: Path) -> None:
    """The sitemap lists them."""
    files = site(many)
    listed = set(re.findall(r"<loc>https://made\.example/(proof/[^<]*)</loc>", files["sitemap.xml"].decode()))
    assert listed == {path for path in files if path.startswith("proof/")}


def test_nothing_of_the_users_stands_among_many_proofs(tmp_path: Path) -> None:
    """Where the proof takes several pages, a file of static/ has no place in their folder."""
    folder = project(tmp_path, rows_of(MOST + 1))
    (folder / "static/proof").mkdir(parents=True)
    (folder / "static/proof/1.html").write_text("Mine.", "utf-8")
    outcome = check(folder)
    assert outcome.status == 1
    assert "static/proof/1.html: would stand in the place of proof, which is in the site already" in outcome.err


def test_runs_stay_where_they_were_as_items_come_and_go() -> None:
    """Runs hold all items in their order, none more than it may; an item more or less changes few of them."""
    names = [f"item {number}" for number in range(5000)]
    before = list(runs_of(names, str, 200))
    assert [name for run in before for name in run] == names
    assert all(100 <= len(run) <= 200 for run in before[:-1])
    after = list(runs_of([*names[:700], "one more", *names[700:]], str, 200))
    assert len({tuple(run) for run in after} - {tuple(run) for run in before}) <= 4
    assert list(runs_of(names[:200], str, 200)) == [names[:200]]
    assert list(runs_of([], str, 200)) == []
