"""Promises of the source page as it is built: marks, notes in the margin, and the strip, all without a script."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st
from project import build, events, write

from dateline.passage_strip import LANES, _across

TEXT = """\
The council met on Monday and agreed to clear the road.

It did not say who would pay for the work. The mayor spoke afterwards.

Nobody else spoke.
"""
FILES = {"seeds/a.txt": TEXT}
ROWS = (
    {"id": "met", "date_note": "n", "quote": "The council met on Monday"},
    {"id": "agreed", "date_note": "n", "quote": "Monday and agreed"},
    {"id": "mayor", "date_note": "n", "quote": "The mayor spoke afterwards. Nobody else"},
    {"id": "mayor", "date": "", "title": "", "quote": "who would pay for the work"},
)


@pytest.fixture
def page(tmp_path: Path) -> Element:
    """Return the page of a source with four passages, two of which overlap and one of which runs on."""
    return source_page(tmp_path, events(*ROWS))


def source_page(folder: Path, table: str, **files: str) -> Element:
    """Return the page of the source `a.txt` of a project with this table."""
    outcome = build(write(folder, {**FILES, **files, "events.csv": table}))
    assert outcome.status == 0, outcome.err
    html = (folder / "site/sources/a.html").read_text("utf-8")
    parsed: Element = html5lib.parse(html, namespaceHTMLElements=False)
    return parsed


def having(page: Element, attribute: str) -> list[Element]:
    """Return the elements with an attribute, in the order of the page."""
    return [element for element in page.iter() if element.get(attribute) is not None]


def words(element: Element) -> str:
    """Return the text in an element."""
    return " ".join("".join(element.itertext()).split())


def places(page: Element) -> Iterator[tuple[str, float, float]]:
    """Yield each bar of the strip: its citation, its top and its bottom."""
    for link in having(page, "data-passage"):
        for bar in link.iter("{http://www.w3.org/2000/svg}rect"):
            top = float(bar.get("y", "").rstrip("%"))
            yield link.get("data-passage", ""), top, top + float(bar.get("height", "").rstrip("%"))


def test_a_mark_names_every_passage_that_stands_there(page: Element) -> None:
    """Where passages overlap the text is cut into marks that never nest, each of which names all of its citations."""
    marks = [(mark.get("data-citations"), mark.get("data-entries"), words(mark)) for mark in page.iter("mark")]
    assert marks == [
        ("met", "met", "The council met on"),
        ("met agreed", "met agreed", "Monday"),
        ("agreed", "agreed", "and agreed"),
        ("mayor.2", "mayor", "who would pay for the work"),
        ("mayor", "mayor", "The mayor spoke afterwards."),
        ("mayor", "mayor", "Nobody else"),
    ]


def test_a_mark_is_described_by_the_notes_of_its_passages(page: Element) -> None:
    """To a screen reader each mark is described by the notes beside its paragraph, one for each of its passages."""
    notes = {note.get("id"): note.get("data-note") for note in having(page, "data-note")}
    for mark in page.iter("mark"):
        described = [notes[name] for name in mark.get("aria-describedby", "").split()]
        assert described == mark.get("data-citations", "").split()


def test_each_passage_has_a_note_beside_each_paragraph_that_it_stands_in(page: Element) -> None:
    """The margin names passages in the order in which they begin; one that runs on is named beside each paragraph."""
    margins = [[note.get("data-note") for note in having(one, "data-note")] for one in having(page, "data-top")]
    assert margins == [["met", "agreed"], ["mayor.2", "mayor"], ["mayor"]]


def test_notes_of_one_entry_are_told_apart_by_their_words(page: Element) -> None:
    """Where an entry quotes a paragraph twice, its notes there begin with the words of the passage; else none does."""
    quoted = {note.get("id"): [words(quote) for quote in note.iter("q")] for note in having(page, "data-note")}
    assert quoted == {
        "note.1.met": [],
        "note.1.agreed": [],
        "note.2.mayor.2": ["who would pay for the work"],
        "note.2.mayor": ["The mayor spoke afterwards. Nobody else"],
        "note.3.mayor": [],
    }


def test_a_note_says_when_what_kind_and_which_entry(tmp_path: Path) -> None:
    """A note holds the entry's date, its category and its title, which may hold anything, and leads to the entry."""
    title = 'A <script>alert(1)</script> & "title"'
    page = source_page(tmp_path, events({**ROWS[0], "title": title, "category": "talks", "date": "-0043-03"}))
    [note] = having(page, "data-note")
    assert words(note) == f"March 44 BCE ● Talks {title}"
    assert [link.get("href") for link in note.iter("a")] == ["../index.html#met"]
    [place] = having(page, "data-passage")
    assert place.get("aria-label") == f"March 44 BCE: {title}"


def test_a_note_has_no_line_for_a_category_that_is_not_given(tmp_path: Path) -> None:
    """Where the entry has no category, its title follows the date."""
    page = source_page(tmp_path, events({**ROWS[0], "title": "Prisoners freed"}))
    [note] = having(page, "data-note")
    assert words(note) == "June 12, 2021 Prisoners freed"


def test_the_strip_leads_to_each_passage_in_order(page: Element) -> None:
    """The strip holds one link for each passage, in the order in which they begin, named by date and title."""
    links = having(page, "data-passage")
    assert [link.get("href") for link in links] == ["#met", "#agreed", "#mayor.2", "#mayor"]
    anchors = {element.get("id") for element in having(page, "id")}
    assert {link.get("href", "")[1:] for link in links} <= anchors
    assert all(link.get("aria-label") == "June 12, 2021: Prisoners freed" for link in links)


def test_the_strip_shows_passages_where_they_stand(page: Element) -> None:
    """A passage stands within the stretch of the strip that its paragraphs take, and none is outside of it."""
    spans = [(float(one.get("data-top", "")), float(one.get("data-bottom", ""))) for one in having(page, "data-top")]
    found = {citation: (top, bottom) for citation, top, bottom in places(page)}
    assert spans == sorted(spans)
    assert 0 == spans[0][0] < spans[-1][1] <= 100
    for citation, first, last in (("met", 0, 0), ("agreed", 0, 0), ("mayor.2", 1, 1), ("mayor", 1, 2)):
        top, bottom = found[citation]
        assert spans[first][0] - 0.02 <= top < bottom <= spans[last][1] + 0.02
    assert found["met"][0] == 0


def test_what_is_left_out_is_left_out_of_the_strip(tmp_path: Path) -> None:
    """A quote with words left out has a bar for each of its parts, and one link."""
    page = source_page(tmp_path, events({**ROWS[0], "quote": "The council met […] Nobody else spoke."}))
    first, second = places(page)
    assert len(having(page, "data-passage")) == 1
    assert first[2] < second[1]


def test_controls_wait_for_the_script(page: Element) -> None:
    """What needs JavaScript is hidden until it runs; nothing carries a style of its own, which the policy forbids."""
    [steps] = having(page, "data-steps")
    assert steps.get("hidden") is not None
    assert words(steps).startswith("Previous 4 passages Next")
    assert having(page, "style") == []


@pytest.mark.parametrize("publish", ["full", "link"])
def test_a_text_without_passages_to_show_has_no_strip(tmp_path: Path, publish: str) -> None:
    """A source that nothing quotes, and one whose text is not republished, have no strip and no steps."""
    table = "id,date,title\nbare,2021,Bare\n" if publish == "full" else events(ROWS[0])
    page = source_page(tmp_path, table, **{"seeds/sources.csv": f"file,title,publish\na.txt,A,{publish}\n"})
    assert having(page, "data-passage") == having(page, "data-steps") == []


def test_what_is_shown_in_part_has_its_place_in_the_whole(tmp_path: Path) -> None:
    """Where only cited sentences are shown, the strip still says where in the whole text they stand."""
    table = events({**ROWS[0], "quote": "Nobody else spoke."})
    page = source_page(tmp_path, table, **{"seeds/sources.csv": "file,publish\na.txt,quotes\n"})
    [(_, top, _)] = places(page)
    assert len(having(page, "data-top")) == 1
    assert top > 50


spans = st.lists(
    st.tuples(st.floats(0, 90), st.floats(0.1, 10)).map(lambda pair: (pair[0], sum(pair))), max_size=30
).map(sorted)


@given(spans)
def test_passages_that_overlap_stand_side_by_side(passages: list[tuple[float, float]]) -> None:
    """A passage that overlaps no other has the strip's whole width; up to three at one place never cover each other."""
    drawn = list(zip(passages, _across(passages), strict=True))
    assert len(drawn) == len(passages)
    deepest = max((sum(one[0] <= start < one[1] for one in passages) for start, _ in passages), default=0)
    for number, (span, (left, width)) in enumerate(drawn):
        assert 0 <= left < left + width <= 100.01
        others = [place for n, (other, place) in enumerate(drawn) if n != number and crosses(span, other)]
        if not others:
            assert (left, width) == (0, 100)
        if deepest <= LANES:
            assert all(at + wide <= left + 0.01 or left + width <= at + 0.01 for at, wide in others)


def crosses(one: tuple[float, float], other: tuple[float, float]) -> bool:
    """Say whether two passages have a place in common."""
    return one[0] < other[1] and other[0] < one[1]
