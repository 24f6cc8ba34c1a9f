"""Promises of `dateline.glances`, and of what is passed over for it."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from dateline import mentions
from dateline.glances import english_words, has_digit

WORDS = st.sampled_from(
    ["May", "may", "_may", "12may", "Maya", "März", "sept.", "in", "June", "5", "1994", "mars", "٣"]
)


@given(st.text() | st.text(alphabet="ab 09٣²½-"))
def test_a_digit_is_seen_wherever_patterns_see_one(text: str) -> None:
    """A text has a digit exactly where a pattern would find a decimal digit of any script."""
    assert has_digit(text) == any(map(str.isdecimal, text))


def test_words_are_runs_of_letters() -> None:
    """Words are parted by whatever is no letter from a to z."""
    assert english_words("in may, 12june_or märz") == {"in", "may", "june", "or", "m", "rz"}


@given(st.text("abz AZ@[`{_-09é\n", max_size=20) | st.text(st.characters(max_codepoint=127)))
def test_words_are_what_a_pattern_finds(text: str) -> None:
    """The words are the runs of a to z that a pattern would find, in whatever text."""
    assert english_words(text) == set(re.findall("[a-z]+", text))


@given(st.lists(WORDS, max_size=6).map(" ".join), st.sampled_from(["en", "de", "fr", "ar", "vi"]))
def test_passing_over_a_text_passes_over_no_month(text: str, language: str) -> None:
    """A text is passed over only where the names of the months, looked for one by one, are not in it."""
    months = mentions._months(language)
    slow = months._replace(words=frozenset())
    assert list(mentions._named(text, months)) == list(mentions._named(text, slow))
