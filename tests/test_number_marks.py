"""Promises of the numbers that are marked within their quotes."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from project import build, events, site, write

from dateline.number_marks import Said, marked_parts

SETTINGS = '[series.killed]\nlabel = "killed"\nunit = "people"\n[series.teams]\nlabel = "teams"\n'


def marked(text: str, *values: str | int, counts: str = "", language: str = "en") -> list[str]:
    """Return what is marked where these numbers are taken from the text, in the order of the text."""
    wanted = [Said(Decimal(value), counts) for value in values]
    [runs] = marked_parts(text, [(0, len(text))], wanted, language)
    return [run.text for run in runs if run.is_number]


@pytest.mark.parametrize(
    ("text", "value", "language", "said"),
    [
        ("Eighty-five citizens were hurt.", 85, "en", "Eighty-five"),
        ("some 2.5 million people", "2500000", "en", "2.5 million"),
        ("54,841 hectares", 54841, "en", "54,841"),
        ("In June 20 people died on June 20, 2021.", 20, "en", "20"),
        ("am 3. Mai starben dreiundzwanzig Menschen", 23, "de", "dreiundzwanzig"),
        ("погибли двадцать три человека", 23, "ru", "двадцать три"),
        ("yirmiüç kişi öldü", 23, "tr", "yirmiüç"),
        ("vingt-trois personnes", 23, "fr", "vingt-trois"),
        ("veintitrés personas", 23, "es", "veintitrés"),
        ("عثرت على 199 لغماً", 199, "ar", "199"),
        ("գտնվել է 199 ական", 199, "hy", "199"),
    ],
)
def test_the_number_is_marked_as_the_language_says_it(text: str, value: str | int, language: str, said: str) -> None:
    """Just the words or digits that say the number are marked, in each of the languages."""
    assert marked(text, value, language=language) == [said]


def test_several_numbers_of_one_quote_are_marked_each() -> None:
    """Each figure of a quote has its mark."""
    assert marked("20 citizens, including 14 civilians; sixteen were hurt.", 16, 14, 20) == ["20", "14", "sixteen"]


def test_of_two_equal_numbers_the_one_that_counts_this_is_marked() -> None:
    """Where the quote says a number twice, the mark is where the word of its series follows."""
    text = "Two teams came, and two people died."
    assert marked(text, 2, counts="people killed") == ["two"]
    assert marked(text, 2, counts="teams") == ["Two"]
    assert marked(text, 2, counts="") == ["Two"]


def test_what_the_source_breaks_is_marked_whole() -> None:
    """A soft hyphen or the end of a line inside the number does not keep it from being marked."""
    assert marked("twenty\u00ad-\u00adthree men", 23) == ["twenty\u00ad-\u00adthree"]
    assert marked("more than\ntwenty \n\tthree men", 23) == ["twenty three"]


def test_a_day_of_the_month_is_not_marked() -> None:
    """A number that stands only in a date is none that was counted."""
    assert marked("On June 20, 2021 people came.", 20) == []


WORDS = st.lists(st.sampled_from(["two", "20", "men", "1,400", "\n", "  ", "\u00a0", "İ", "\u00ad", "—", "5 June"]))


@given(WORDS, st.lists(st.sampled_from([2, 20, 5, 1400])))
def test_the_words_stay_as_they_are(words: list[str], values: list[int]) -> None:
    """Put together, the runs are the source's characters with each stretch of white space as one space."""
    text = " ".join(words)
    [runs] = marked_parts(text, [(0, len(text))], [Said(Decimal(value), "") for value in values], "en")
    assert "".join(run.text for run in runs) == " ".join(text.split())


def test_the_pages_mark_the_numbers_and_the_feeds_have_the_words(tmp_path: Path) -> None:
    """Timeline and entry mark the numbers of a quote in both of its parts; feeds and JSON-LD have plain words."""
    text = "Three teams came at noon and stayed for long; eighty-five people were hurt."
    row = {
        "quote": "Three teams came … eighty-five people were hurt",
        "figures": "killed=85; teams=3",
        "date_note": "n",
    }
    files = {"timeline.toml": f'title = "T"\n{SETTINGS}', "seeds/a.txt": text, "events.csv": events(row)}
    outcome = build(write(tmp_path, files))
    assert outcome.status == 0, outcome.err
    texts = {path: content for path, content in site(tmp_path).items() if not path.startswith("assets/")}
    made = {path: content.decode() for path, content in texts.items() if not path.endswith(".png")}
    for page in ("index.html", "entries/freed.html"):
        assert re.findall(r"<mark>(.*?)</mark>", made[page]) == [
            '<b class="counted">Three</b> teams came',
            '<b class="counted">eighty-five</b> people were hurt',
        ]
        assert re.findall(r'<dd><a href="(?:\.\./)?(.*?)"', made[page]) == [
            "figures.html#figures.killed",
            "figures.html#figures.teams",
        ]
    [data] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', made["entries/freed.html"])
    assert json.loads(unescape(data))["subjectOf"][0]["text"] == "Three teams came […] eighty-five people were hurt"
    assert "Three teams came […] eighty-five people were hurt" in made["atom.xml"]
