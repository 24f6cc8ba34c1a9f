"""Promises to a reader on paper: what a printed timeline says, read back out of the PDF that Chromium makes."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from project import SECOND, build, events, write
from pypdf import PdfReader

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

ADDRESS = 'title = "Mines"\naddress = "https://mines.example/"\n'
SOURCES = "file,title,publisher,url\na.txt,The note,The ministry,https://ministry.example/note\n"


def printed(chromium: Browser, page_file: Path) -> list[str]:
    """Return the words on each sheet of a printed page, white space folded."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(page_file.as_uri())
    reader = PdfReader(io.BytesIO(page.pdf(format="A4")))
    context.close()
    return [" ".join(sheet.extract_text().split()) for sheet in reader.pages]


def test_a_link_to_a_source_becomes_a_numbered_note(tmp_path: Path, chromium: Browser) -> None:
    """Behind each quote stands a number, and at the end, beside that number, the source with its address."""
    files = {"timeline.toml": ADDRESS, "seeds/sources.csv": SOURCES, "events.csv": events({}, SECOND)}
    folder = write(tmp_path, files)
    assert build(folder).status == 0
    for page in ("index.html", "entries/freed.html"):
        text = " ".join(printed(chromium, folder / "site" / page))
        assert "The ministry, ¶ 1 [1]" in text
        assert re.search(r"Sources 1\. The note, The ministry https://mines\.example/sources/a\.html", text)


def test_without_an_address_of_its_own_the_note_gives_that_of_the_source(tmp_path: Path, chromium: Browser) -> None:
    """A site that was never published prints where the source itself was, or, where that is not known, its page."""
    folder = write(tmp_path, {"seeds/sources.csv": SOURCES})
    assert build(folder).status == 0
    assert "https://ministry.example/note" in " ".join(printed(chromium, folder / "site" / "index.html"))
    (folder / "seeds" / "sources.csv").unlink()
    assert build(folder).status == 0
    assert "sources/a.html" in " ".join(printed(chromium, folder / "site" / "index.html"))


def test_a_note_number_is_explained_for_the_words_of_others_as_well(tmp_path: Path, chromium: Browser) -> None:
    """On the page of an entry that another contradicts, the source of the other's words is among the notes."""
    other = {
        "id": "not",
        "title": "Not freed",
        "source": "b.txt",
        "quote": "Nobody was freed",
        "conflicts_with": "freed",
    }
    files = {"seeds/b.txt": "Nobody was freed, says the paper.", "events.csv": events({}, {**other, "date_note": "x"})}
    folder = write(tmp_path, files)
    assert build(folder).status == 0
    text = " ".join(printed(chromium, folder / "site" / "entries" / "freed.html"))
    assert "¶ 1 [2]" in text
    assert re.search(r"2\. “Nobody was freed, says the paper\.” sources/b\.html", text)


def test_no_entry_is_torn_apart(tmp_path: Path, chromium: Browser) -> None:
    """An entry that fits on a sheet stands on one sheet, from its first word to its last."""
    rows = [
        {"id": f"e{n}", "title": f"First{n}", "attribution": f"Last{n}", "summary": "word " * 150} for n in range(12)
    ]
    folder = write(tmp_path, {"events.csv": events(*rows)})
    assert build(folder).status == 0
    sheets = printed(chromium, folder / "site" / "index.html")
    assert len(sheets) > 3
    for number in range(12):
        assert any(f"First{number} " in sheet and f"Last{number}." in sheet for sheet in sheets), number


def test_what_cannot_be_used_on_paper_is_not_printed(own_site: Path, chromium: Browser) -> None:
    """The overview and its lanes are printed, the navigation and the controls are not."""
    text = " ".join(printed(chromium, own_site / "index.html"))
    assert "Mine incidents" in text
    for control in ("Timeline Sources", "Read in source", "iCalendar", "Skip to the content"):
        assert control not in text
