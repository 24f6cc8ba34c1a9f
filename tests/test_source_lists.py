"""Promises of the list of sources where there are thousands: no page holds all of them, and each is found."""

from __future__ import annotations

import posixpath
import re
from hashlib import sha256
from pathlib import Path

import pytest
from project import build, events, site, write

from dateline.source_pages import MOST_LISTED

SOURCES, QUOTED = 2_500, 1_200
SETTINGS = 'title = "Letters"\nentry_pages = false\ncards = "none"\n'


def written(folder: Path, names: list[str]) -> Path:
    """Write a project of letters, of which the first ones are quoted, and build it."""
    rows = [{"id": name[:-4], "source": name, "quote": f"This is {name}.", "date_note": "n"} for name in names[:QUOTED]]
    seeds = {f"seeds/{name}": f"This is {name}.\n" for name in names}
    write(folder, {**seeds, "timeline.toml": SETTINGS, "events.csv": events(*rows)}, without=("seeds/a.txt",))
    outcome = build(folder)
    assert outcome.status == 0, outcome.err
    return folder


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the project of many letters, built."""
    return written(tmp_path_factory.mktemp("letters"), [f"letter-{number:04}.txt" for number in range(SOURCES)])


def pages(folder: Path) -> dict[str, str]:
    """Return the pages of a project's site."""
    return {path: content.decode() for path, content in site(folder).items() if path.endswith(".html")}


def lists(files: dict[str, str]) -> dict[str, list[str]]:
    """Return the pages of the list of sources, each with the pages of the sources that it lists."""
    named = [path for path in files if re.fullmatch(r"sources/(index|list/\d+)\.html", path)]
    return {path: re.findall(r'<li id="([^"]+)">', files[path]) for path in named}


def links(files: dict[str, str], path: str) -> set[str]:
    """Return what the links of a page lead to, fragments included."""
    found = re.findall(r'<a [^>]*?href="([^":]+)"', files[path])
    return {posixpath.normpath(posixpath.join(posixpath.dirname(path), href)) for href in found}


def test_each_source_is_listed_once_and_every_page_of_the_list_leads_to_all(project: Path) -> None:
    """The pages hold all sources in their order, none more than it may, and no page of proof holds them all either."""
    files = pages(project)
    found = lists(files)
    assert len(found) > 2
    assert max(map(len, found.values())) <= MOST_LISTED
    in_order = sorted(found, key=lambda path: (path != "sources/index.html", path))
    assert [own for path in in_order for own in found[path]] == [
        f"sources/letter-{number:04}.html" for number in range(SOURCES)
    ]
    for path in ("proof.html", *found):
        assert set(found) <= links(files, path) | {path}
    assert len(files["proof.html"]) < 20_000


def test_a_source_is_listed_with_its_hash_and_the_way_to_its_proofs(project: Path) -> None:
    """Its own page leads to where its SHA-256 stands, and from there its proofs are reached, if it is quoted."""
    files = pages(project)
    listed = {own: path for path, held in lists(files).items() for own in held}
    for number in (3, 1_150, 2_400):
        own = f"sources/letter-{number:04}.html"
        place = listed[own]
        assert f"{place}#{own}" in links(files, own)
        [line] = re.findall(rf'<li id="{own}">(.*?)</li>', files[place], re.DOTALL)
        assert sha256((project / f"seeds/letter-{number:04}.txt").read_bytes()).hexdigest() in line
        proofs = {link for link in links({place: line}, place) if link.startswith("proof/")}
        assert len(proofs) == (number < QUOTED)
        for page, _, anchor in (link.partition("#") for link in proofs):
            assert f'id="{anchor}"' in files[page]


def test_few_pages_of_the_list_change_where_a_source_comes(project: Path, tmp_path: Path) -> None:
    """A letter more among the first of them changes the page that lists it, and at most the one behind that."""
    names = [f"letter-{number:04}.txt" for number in range(SOURCES)]
    after = pages(written(tmp_path, sorted([*names, "letter-0003a.txt"])))
    before = pages(project)
    assert any("sources/letter-0003a.html" in held for held in lists(after).values())
    changed = [path for path in lists(after) if after[path] != before.get(path)]
    assert 1 <= len(changed) <= 2
