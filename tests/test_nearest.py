"""When a quote is not there, its author is shown the nearest words, ready to paste."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.nearest import LEAST_SCORE, difference, nearest
from dateline.quotes import Haystack, Miss, Passage, find

SEEDS = {path.name[:3]: path.read_bytes().decode() for path in (Path(__file__).parent.parent / "seeds").glob("*.txt")}
UNTIMED = settings(deadline=None)


@pytest.mark.parametrize(
    ("seed", "quote", "paste"),
    [
        ("000", "Convention on Human Rights. Despite this", "Convention on Human Rights.[4] Despite this"),
        (
            "000",
            "made a commitment to supply maps of the minefields",
            "made a commitment to provide maps of the minefields",
        ),
        (
            "001",
            "In exchange for the release of 15 Armenian Soldiers",
            "in exchange for the release of 15 Armenian soldiers",
        ),
        ("002", "ANAMA experts found 199 unexploded ordnances", "ANAMA specialists found 199 unexploded ordnance"),
        (
            "003",
            "20 citizens of Azerbaijan … have been killed by mine explosions",
            "20 citizens of Azerbaijan … have been killed as a result of mine explosions",
        ),
        (
            "004",
            "number of mine victims in Azerbaijan is 3,354 people",
            "number of mine victims in Azerbaijan is 3,345 people",
        ),
        ("004", "the liberatedd lands of the Moon", None),
        ("004", "", None),
        ("004", "… [...] ”", None),
    ],
)
def test_nearest(seed: str, quote: str, paste: str | None) -> None:
    """The nearest passage begins and ends where the quote does, in whole words, on one line."""
    near = nearest(SEEDS[seed], quote)
    assert (near and near.paste) == paste


def test_place_and_score() -> None:
    """The passage is given in the text's own offsets, with how near it comes."""
    text = "Before.\n\nThe  “liberated”\nlands. After."
    near = nearest(text, "the 'liberate' lands")
    assert near is not None
    assert text[near.start : near.end] == "The  “liberated”\nlands"
    assert near.paste == "The “liberated” lands"
    assert LEAST_SCORE < near.score < 100


def test_quote_longer_than_text() -> None:
    """A quote longer than the text has a nearest passage if most of it is there."""
    near = nearest("one two three", "one two three four")
    assert near is not None
    assert near.paste == "one two three"
    assert nearest("one two three", "one two three four " * 100) is None


def test_long_quote() -> None:
    """A quote of many paragraphs is placed by its beginning and its end."""
    text = SEEDS["004"] + SEEDS["003"]
    quote = SEEDS["003"].strip().replace("mines", "bombs")
    near = nearest(text, quote)
    assert near is not None
    assert near.paste == " ".join(SEEDS["003"].split())


@UNTIMED
@given(st.sampled_from(sorted(SEEDS)), st.data())
def test_pasted_is_found(seed: str, data: st.DataObject) -> None:
    """What is offered for a quote with changed letters is found when pasted, if not in more places than one."""
    text = SEEDS[seed]
    words = [match.span() for match in re.finditer(r"\S+", text)]
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, min(first + 25, len(words) - 1)))
    letters = list(text[words[first][0] : words[last][1]])
    for at in data.draw(st.lists(st.integers(0, len(letters) - 1), max_size=3)):
        letters[at] = data.draw(st.sampled_from("ax9 …"))
    near = nearest(text, "".join(letters))
    if near:
        answer = find(Haystack(text), near.paste)
        assert isinstance(answer, Passage) or answer.reason == "ambiguous"
        assert isinstance(answer, Miss) or (answer.spans[0][0], answer.spans[-1][1]) == (near.start, near.end)


@UNTIMED
@given(st.text("abc1é ,.-'’“\n…\u00ad\u0301ﬁ一İ", max_size=30), st.text("abc1é .-'…ﬁ一", max_size=12))
def test_any_paste_is_found(text: str, quote: str) -> None:
    """In any text, what is offered for any quote is found when pasted."""
    near = nearest(text, quote)
    if near:
        answer = find(Haystack(text), near.paste)
        assert isinstance(answer, Passage) or answer.reason == "ambiguous"
        assert 0 <= near.start < near.end <= len(text)


@pytest.mark.parametrize(
    ("quote", "passage", "words"),
    [
        ("the liberate lands", "the liberated lands", "the quote says “liberate”, the source “liberated”"),
        ("he became victim", "he have become victim", "the quote says “became”, the source “have become”"),
        ("the old maps", "the maps", "the quote has “old”, the source has not"),
        ("the maps", "the old maps", "the quote leaves out “old”"),
        ("In total", "in total", "the quote says “In”, the source “in”"),
        ("the “maps” –\nall", 'the "maps" - all', ""),
        ("a b c d e f g h i j", "z", "the quote says “a b c d e f g h …”, the source “z”"),
    ],
)
def test_difference(quote: str, passage: str, words: str) -> None:
    """The first difference that counts is named in words."""
    assert difference(quote, passage) == words
