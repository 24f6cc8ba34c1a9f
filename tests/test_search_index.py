"""Promises of the parts in which a large timeline is searched: that they hold all of it, and fold as browsers do."""

from __future__ import annotations

import csv
import json
import random
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from conftest import REPOSITORY, build_site
from project import events, write

from dateline.folding import Fold

sys.path.insert(0, str(REPOSITORY / "bench"))

from make import make

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ENTRIES = 3000
# What a part may be at most: one entry more than its bound.
LARGEST = 200_000
HAND = """() => {
    let part;
    const give = (given) => { part = given; };
    document.dispatchEvent(new CustomEvent("dateline:use", {detail: {name: "matching", give}}));
    return part;
}"""

Detail = dict[str, Any]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a made timeline of more entries than a part holds, built."""
    folder = tmp_path_factory.mktemp("made")
    make(folder / "project", ENTRIES)
    return build_site(folder / "project", folder / "site")


def details(site: Path, kind: str) -> list[Detail]:
    """Return what the parts of a kind hand over, in order."""
    files = sorted(
        (site / "data" / "find").glob(f"{kind}*.js"), key=lambda file: int("0" + file.stem.partition("-")[2])
    )
    texts = (file.read_text("utf-8").partition("{detail:")[2].rpartition("}));")[0] for file in files)
    return [json.loads(text) for text in texts]


def rows_of(site: Path) -> list[dict[str, str]]:
    """Return the rows of the table that the site publishes, in the order of the timeline."""
    with (site / "events.csv").open(encoding="utf-8-sig", newline="") as file:
        return sorted(csv.DictReader(file), key=lambda row: row["date"])


def values(parts: list[Detail], name: str) -> list[str]:
    """Return the values of a list, put together from all parts."""
    found: list[str] = []
    for part in parts:
        first, new = part["values"].get(name, [len(found), []])
        assert first == len(found)
        found += [value if isinstance(value, str) else value[0] for value in new]
    return found


def column(parts: list[Detail], name: str) -> Iterator[list[int]]:
    """Yield the numbers of each entry's values."""
    for part in parts:
        yield from (each if isinstance(each, list) else [each] for each in part[name])


def test_parts_are_bounded_and_complete(site: Path) -> None:
    """No part is larger than its bound, there are several, and the index says how many, and about how large."""
    files = {file.name: file.stat().st_size for file in (site / "data" / "find").iterdir()}
    index = details(site, "index")[0]
    heads, texts = details(site, "heads"), details(site, "texts")
    assert max(files.values()) <= LARGEST
    assert len(heads) > 1
    assert (index["heads"], index["texts"], index["entries"]) == (len(heads), len(texts), ENTRIES)
    for kind in ("heads", "texts"):
        size = sum(size for name, size in files.items() if name.startswith(kind))
        assert abs(index["bytes"][kind] - size) < 100_000 + size / 10


def test_heads_hold_the_table(site: Path) -> None:
    """All entries stand in the heads in the timeline's order, each with its title, date, values and place."""
    heads = details(site, "heads")
    rows = rows_of(site)
    assert [one for part in heads for one in part["ids"].split("\n")] == [row["id"] for row in rows]
    assert [one for part in heads for one in part["titles"].split("\n")] == [row["title"] for row in rows]
    dates = [date for part in heads for *_, date, _, _, number in part["dates"] for _ in range(number)]
    assert dates == [row["date"] for row in rows]
    for name, wanted in (("place", "place"), ("source", "source"), ("who", "attribution")):
        known = values(heads, name)
        assert [[known[number] for number in numbers] for numbers in column(heads, name)] == [
            [row[wanted]] for row in rows
        ]
    tags = values(heads, "tag")
    assert [[tags[number] for number in numbers] for numbers in column(heads, "tag")] == [
        ["made", "measured"]
    ] * ENTRIES
    pages = [page for part in heads for page, number in part["pages"] for _ in range(number)]
    html = {page: (site / page).read_text("utf-8") for page in set(pages)}
    assert all(f'id="{row["id"]}"' in html[page] for row, page in zip(rows, pages, strict=True))
    kinds = Counter(part["keys"][number] for part in heads for number in part["category"])
    assert kinds == Counter(row["category"] for row in rows)


def test_texts_hold_all_words(site: Path) -> None:
    """The folded summary, note on the date and quote of each entry stand in the texts, in the order of the heads."""
    heads, texts = details(site, "heads"), details(site, "texts")
    found: list[str] = []
    for part in texts:
        assert part["first"] == len(found) - sum(one["entries"] for one in heads[: part["heads"]])
        found += part["text"].split("\n")
    rows = rows_of(site)
    assert found == ["\t".join((row["summary"], row["date_note"], row["quote"])).lower() for row in rows]


def test_a_small_timeline_has_no_parts(own_site: Path) -> None:
    """Up to 300 entries the page itself is searched."""
    assert not (own_site / "data" / "find").exists()
    assert "data-find-parts" not in (own_site / "index.html").read_text("utf-8")


def test_words_that_break_scripts_come_through(tmp_path: Path) -> None:
    """Titles and values with markup, quotes, the end of a script and other letters are told as they are."""
    titles = ['</script><script>alert("1")</script>', "Ağdam `Şuşa`", "`Quoted`", "ΟΔΟΣ 34 \\ “five”", "__proto__"]
    rows = [
        {"id": f"e{number}", "title": titles[number % 5], "place": titles[-1 - number % 5]} for number in range(305)
    ]
    site = build_site(write(tmp_path, {"events.csv": events(*rows)}), tmp_path / "site")
    part = details(site, "heads")[0]
    assert part["titles"].split("\n") == [row["title"] for row in rows]
    assert part["folded"] == [
        [number, {1: "agdam 'susa'", 3: 'οδοσ 34 \\ "five"'}[number % 5]]
        for number in range(305)
        if number % 5 in (1, 3)
    ]
    assert sorted(values([part], "place")) == sorted(titles)
    assert b"<" not in (site / "data/find/heads-0.js").read_bytes()


def test_a_long_text_is_a_part_of_its_own(tmp_path: Path) -> None:
    """One entry of very many words neither breaks the parts nor loses its neighbours."""
    rows = [{"id": f"e{number}", "summary": "word " * (19_000 if number in (9, 10) else 2)} for number in range(301)]
    site = build_site(write(tmp_path, {"events.csv": events(*rows)}), tmp_path / "site")
    texts = details(site, "texts")
    assert [part["first"] for part in texts] == [0, 10]
    assert texts[0]["text"].split("\n")[9].count("word") == 19_000


@pytest.mark.browser
def test_folding_is_that_of_browsers(chromium: Browser, own_site: Path) -> None:
    """Every character that Python knows, and random texts of them, fold as the page's own script folds them."""
    known = [chr(code) for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code)) not in ("Cn", "Cs")]
    chance = random.Random(4)  # noqa: S311 - the same every time, and nothing is kept secret by it
    common = list(" \t\u00a0\u3000゛¨`'“”éßİΣςabc XYZ 019")
    texts = [
        "".join(chance.choice(known if chance.random() < share else common) for _ in range(chance.randint(0, 40)))
        for share in (0, 0.02, 0.1, 0.5, 1)
        for _ in range(1000)
    ]
    page = chromium.new_context().new_page()
    page.goto((own_site / "index.html").as_uri())
    page.wait_for_function(f"() => Boolean(({HAND})())")
    fold = Fold()
    for given in (known, texts):
        folded = page.evaluate(f"texts => texts.map(text => ({HAND})().fold(text))", given)
        wrong = [(text, theirs, fold(text)) for text, theirs in zip(given, folded, strict=True) if theirs != fold(text)]
        assert wrong == []
    page.context.close()


def test_folding_needs_no_order() -> None:
    """A text folds the same whatever was folded before it."""
    fold, texts = Fold(), ["Ağdam", "İzmir “x”", "ΟΔΟΣ", "مُحَمَّد", "plain `text`  here"]
    assert [fold(text) for text in texts] == [Fold()(text) for text in texts]
    assert [fold(text) for text in reversed(texts)] == [Fold()(text) for text in reversed(texts)]
