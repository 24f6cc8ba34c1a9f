"""Promises to someone who uses Dateline for the first time, and slips as one does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from project import GOOD, build, check, one, site, write


@pytest.mark.parametrize("name", ["Events.csv", "events.csv.txt", "events.xlsx"])
def test_a_table_under_nearly_its_name_is_pointed_at(tmp_path: Path, name: str) -> None:
    """Where events.csv is missing and a file beside it is probably meant, the message names that file."""
    folder = write(tmp_path, {name: GOOD["events.csv"]}, without=("events.csv",))
    assert check(folder).problems == (
        "events.csv: there is no such file\n"
        f"  help: there is a file {name}: save it as CSV, under the name events.csv\n"
    )


def test_broken_settings_are_one_fault(tmp_path: Path) -> None:
    """While timeline.toml cannot be read, nobody is told that what it declares is not declared."""
    files = {
        "timeline.toml": 'title = “Mines”\n[series.freed]\nlabel = "freed"\n',
        "events.csv": one(figures="freed=15", category="agreement"),
    }
    told = check(write(tmp_path, files)).problems
    assert told.startswith("timeline.toml:1: ")
    assert "events.csv" not in told


def test_seeds_that_are_a_link_are_not_followed(tmp_path: Path) -> None:
    """A folder of texts that is a link to another place is refused: what is quoted must lie in the project."""
    folder = write(tmp_path / "project")
    (folder / "seeds").rename(tmp_path / "elsewhere")
    (folder / "seeds").symlink_to(tmp_path / "elsewhere")
    assert check(folder).problems == "seeds: is a link, and is not followed\n  help: copy the folder itself here\n"


def test_who_says_so_is_shown_without_a_source_too(tmp_path: Path) -> None:
    """An attribution in a row that cites no source still stands beside its claim."""
    folder = write(tmp_path, {"events.csv": one(source="", quote="", attribution="A witness & friend")})
    assert build(folder).status == 0
    assert '<span class="voice">A witness &amp; friend.</span>' in site(folder)["index.html"].decode()


def test_an_entry_that_quotes_a_paragraph_twice_has_two_notes_that_can_be_told_apart(tmp_path: Path) -> None:
    """Beside a paragraph stands one note for each quote, with its first words where the entry has another there."""
    table = GOOD["events.csv"]
    assert isinstance(table, str)
    more = 'freed,,,a.txt,"15 people were freed",Ministry\n'
    folder = write(tmp_path, {"events.csv": table + more})
    assert build(folder).status == 0
    page = site(folder)["sources/a.html"].decode()
    notes = re.findall(r'<li class="note".*?</li>', page, re.DOTALL)
    assert len(notes) == 2
    assert "On June 12, 2021" in notes[0]
    assert "15 people were" in notes[1]
