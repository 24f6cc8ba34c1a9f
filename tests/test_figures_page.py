"""Promises of the page of figures to readers without JavaScript: the tables say all that was reported."""

from __future__ import annotations

import csv
import re
from collections import Counter
from decimal import Decimal
from html import unescape
from pathlib import Path

import pytest
from project import build, events, site, write

REPOSITORY = Path(__file__).parent.parent
ROW = re.compile(r'<tr id="([^"]+)" tabindex="-1">(.*?)</tr>', re.DOTALL)


def words(html: str) -> str:
    """Return the text of some HTML, white space evened."""
    return " ".join(unescape(re.sub(r"<[^>]+>", "", html)).split())


def cells(row: str) -> dict[str, str]:
    """Return the cells of a row of a table as HTML, by what they hold."""
    return dict(re.findall(r'<td class="[^"]*" data-cell="(\w+)"[^>]*>(.*?)</td>', row, re.DOTALL))


@pytest.fixture(scope="module")
def page(own_site: Path) -> str:
    """Return the page of figures of this repository's own timeline."""
    return (own_site / "figures.html").read_text("utf-8")


def test_the_tables_say_what_the_table_of_events_says(page: str) -> None:
    """Every figure of events.csv stands in a table of the page, with its number and who says so, and no other."""
    told = Counter(
        (Decimal(re.sub(r"[^\d.]", "", words(found["amount"]))), words(found["voice"]))
        for found in (cells(row) for _, row in ROW.findall(page))
    )
    with (REPOSITORY / "events.csv").open(encoding="utf-8", newline="") as file:
        given = Counter(
            (Decimal(figure.partition("=")[2].strip("~+ ")), row["attribution"])
            for row in csv.DictReader(file)
            for figure in row["figures"].split(";")
            if figure.strip()
        )
    assert told == given
    assert sum(told.values()) > 30


def test_every_number_leads_to_its_words_and_its_entry(page: str, own_site: Path) -> None:
    """The number and the source of each row lead to the passage, its date to the entry; all of them are there."""
    for _, row in ROW.findall(page):
        found = cells(row)
        [passage] = re.findall(r'href="([^"]+)"', found["amount"])
        assert re.findall(r'href="([^"]+)"', found["source"]) == [passage]
        source, anchor = passage.split("#")
        assert f'id="{anchor}"' in (own_site / source).read_text("utf-8")
        [entry] = re.findall(r'href="([^"]+)"', found["date"])
        assert (own_site / entry).is_file()


def test_every_row_shows_its_number_within_the_words(page: str) -> None:
    """In each row one number is marked, and only that of the row; the words around it are of the quote."""
    for _, row in ROW.findall(page):
        marks = re.findall(r'<mark><b class="counted">(.*?)</b></mark>', cells(row)["words"])
        assert len(marks) == 1
        if marks[0].isascii() and marks[0][0].isdigit():
            assert re.sub(r"\D", "", marks[0]) == re.sub(r"\D", "", words(cells(row)["amount"]))


def test_every_point_of_a_chart_is_a_link_to_the_words(page: str) -> None:
    """The still charts need no script: each point is a link to its words, with a name that says what it is."""
    points = re.findall(r'<a class="point[^"]*" href="([^"]+)" aria-label="([^"]+)" data-number="([^"]+)"', page)
    rows = dict(ROW.findall(page))
    assert len(points) > 10
    for href, label, number in points:
        assert f'href="{href}"' in cells(rows[number])["amount"]
        assert words(cells(rows[number])["voice"]) in unescape(label)


def test_the_number_on_an_entry_leads_to_its_family(page: str, own_site: Path) -> None:
    """What the timeline links to is there: the family's section, or its line among those that stand alone."""
    timeline = (own_site / "index.html").read_text("utf-8")
    ids = set(re.findall(r'href="figures\.html#([^"]+)"', timeline))
    assert len(ids) > 10
    assert all(f'id="{each}"' in page for each in ids)


def test_ids_are_the_only_ones_of_their_name(page: str) -> None:
    """No id stands twice on the page."""
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_without_javascript_no_control_is_shown(page: str) -> None:
    """What needs a script stands in elements that are hidden until one takes the attribute away."""
    main = re.sub(r'<div class="tools" data-tools hidden>.*?</div>\n</div>', "", page, flags=re.DOTALL)
    assert "<button" in page
    assert "<button" not in main


def test_a_timeline_without_figures_has_no_page_of_them(tmp_path: Path) -> None:
    """Without figures there is neither the page nor its tab nor its data."""
    assert build(write(tmp_path)).status == 0
    made = site(tmp_path)
    assert not {"figures.html", "data/figures.js"} & set(made)
    assert b"figures.html" not in made["index.html"]


def test_names_of_any_kind_have_places_of_their_own(tmp_path: Path) -> None:
    """Families whose keys are written alike, hold white space, or mean something in JavaScript, each have an id."""
    keys = ("a b", "a-b", "A B", "__proto__", "constructor", "…", "։")
    settings = 'title = "T"\n' + "".join(f'[series."{key}"]\n' for key in keys)
    text = "There were 15 people freed; 15 more came."
    figures = "; ".join(f"{key}=15" for key in keys)
    rows = (
        {"quote": text, "figures": figures, "date_note": "n"},
        {"quote": text, "figures": figures, "id": "b", "date": "2022", "date_note": "n", "title": "B"},
    )
    files = {"timeline.toml": settings, "seeds/a.txt": text, "events.csv": events(*rows)}
    outcome = build(write(tmp_path, files))
    assert outcome.status == 0, outcome.err
    page = site(tmp_path)["figures.html"].decode()
    ids = re.findall(r'<section class="family" id="(figures\.[^"]+)"', page)
    assert len(set(ids)) == len(keys)
    assert not any(re.search(r"\s", each) for each in ids)
    links = re.findall(r'href="figures\.html#([^"]+)"', site(tmp_path)["index.html"].decode())
    assert set(links) == set(ids)


def test_a_long_quote_is_cut_around_its_number(tmp_path: Path) -> None:
    """Of a quote of two thousand words the table shows those around the number, and where it is cut."""
    text = f"{'before ' * 1000}there were 15 people {'after ' * 1000}end."
    files = {
        "timeline.toml": 'title = "T"\n[series.freed]\n',
        "seeds/a.txt": text,
        "events.csv": events({"quote": text, "figures": "freed=15", "date_note": "n"}),
    }
    outcome = build(write(tmp_path, files))
    assert outcome.status == 0, outcome.err
    [(_, row)] = ROW.findall(site(tmp_path)["figures.html"].decode())
    shown = words(cells(row)["words"])
    assert re.fullmatch(r"… (before )+there were 15 people (after )+…", shown)
    assert len(shown) < 220
