"""Promises of `dateline.glances`, and of what is passed over for it."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from dateline import mentions, numbers
from dateline.clock import clock_times
from dateline.evidence import may_tell
from dateline.glances import beyond_ascii, english_words, has_control, has_digit, has_english_word

MONTHS = ["May", "may", "_may", "12may", "Maya", "März", "sept.", "in", "June", "5", "1994", "mars", "٣", "août", "é"]
WORDS = st.sampled_from(MONTHS)
CLAIMS = st.sampled_from(
    [*MONTHS, "two", "Twenty-\nthree", "ﬁve", "oneself", "one", "MİLLİON", "millioń", "á", "“ten”", "10:30"]
)


@given(st.text() | st.text(alphabet="ab 09٣²½-"))
def test_a_digit_is_seen_wherever_patterns_see_one(text: str) -> None:
    """A text has a digit exactly where a pattern would find a decimal digit of any script."""
    assert has_digit(text) == any(map(str.isdecimal, text))


@given(st.text() | st.text(st.characters(max_codepoint=0xA1)))
def test_what_is_beyond_ascii_stays_as_it_stands(text: str) -> None:
    """What is left without ASCII is every other character, in its order."""
    assert beyond_ascii(text) == re.sub(r"[\x00-\x7f]", "", text)


@given(st.text() | st.text(st.characters(max_codepoint=0xA1)) | st.text("a\n\t\ufffe\uffff\x85\xa0"))
def test_a_control_character_is_seen(text: str) -> None:
    """A text has a control character exactly where a pattern would find one, tab and line ends aside."""
    controls = re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]", text)
    assert has_control(text) == (controls is not None)


def test_words_are_runs_of_letters() -> None:
    """Words are parted by whatever is no letter from a to z."""
    assert english_words("in may, 12june_or märz") == {"in", "may", "june", "or", "m", "rz"}


@given(st.text("abz AZ@[`{_-09é\n", max_size=20) | st.text(st.characters(max_codepoint=127)))
def test_words_are_what_a_pattern_finds(text: str) -> None:
    """The words are the runs of a to z that a pattern would find, in whatever text."""
    assert english_words(text) == set(re.findall("[a-z]+", text))
    assert has_english_word(text, frozenset({"ab"})) == ("ab" in re.findall("[a-z]+", text))


@given(st.lists(WORDS, max_size=6).map(" ".join), st.sampled_from(["en", "de", "fr", "ar", "vi"]))
def test_passing_over_a_text_passes_over_no_month(text: str, language: str) -> None:
    """A text is passed over only where the names of the months, looked for one by one, are not in it."""
    months = mentions._months(language)
    slow = months._replace(words=frozenset())
    assert list(mentions._named(text, months)) == list(mentions._named(text, slow))


@given(st.lists(CLAIMS, max_size=6).map(" ".join) | st.text(), st.sampled_from(["en", "en-GB", "de", "fr", "ru"]))
def test_a_claim_that_is_passed_over_tells_nothing(text: str, language: str) -> None:
    """A claim is passed over only where it says no number, no date and no time of day."""
    if not may_tell(text, language):
        assert numbers.numbers_in(text, language) == []
        assert mentions.dates_in(text, language) == []
        assert list(clock_times(text, language)) == []


def test_most_claims_without_a_number_are_passed_over() -> None:
    """Of an English text, typographic quotation marks and names in other scripts tell no number or date."""
    assert not may_tell("“Quote” — Şuşa’s mayor, Ղարաբաղ")
    assert may_tell("“Quote” — in May")
    assert may_tell("“Quote” — ten men")
