"""Which numbers a text says."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from num2words import num2words  # type: ignore[import-untyped]

from dateline.numbers import numbers_in, says

SEEDS = Path(__file__).parent.parent / "seeds"
SEPARATORS = [",", ".", "'", "’", " ", "\u00a0", "\u2009", "\u202f"]


def said(text: str, language: str = "en") -> list[tuple[str, str]]:
    """Return each number with the words that say it."""
    return [(str(mention.value), text[mention.start : mention.end]) for mention in numbers_in(text, language)]


def values(text: str, language: str = "en") -> list[str]:
    """Return each number without the words that say it."""
    return [value for value, _ in said(text, language)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("20 citizens, including 14 civilians", ["20", "14"]),
        ("54,841 hectares, 2 782 people, 1'000 and 1’000", ["54841", "2782", "1000", "1000"]),
        ("12\u00a0547 mines and 25\u202f751 mines", ["12547", "25751"]),
        ("12,34,567 rupees", ["1234567"]),
        ("25.5 or 12,5 or 0.345", ["25.5", "12.5", "0.345"]),
        ("1,234.56 and 1.234,56", ["1234.56", "1234.56"]),
        ("3.345 people", ["3345", "3.345"]),
        ("3,345 people", ["3345"]),
        ("only 25%; 55% of the latest cases", ["25", "55"]),
        ("١٢٣ and २६", ["123", "26"]),
        ("over 300+ settlements, -5 degrees, $3bn", ["300", "5", "3000000000"]),
        ("more than 1,400 E-001M anti-personnel mines", ["1400"]),
        ("a T72, an AK-47, mid-1994", ["1994"]),
        ("a 26-year-old, 5-6 years, the 20th, 12km", ["26", "5", "6", "20", "12"]),
        ("were inaccurate[1], continued.[2][4, 5] A link [12](x)", ["12"]),
        ("342² people", ["342"]),
        ("2022-10-25 and 25.10.2022 and 1,2,3", ["2022", "10", "25", "25", "10", "2022", "1", "2", "3"]),
        ("in 2021 342 people", ["2021", "342"]),
        ("2 dozen", ["24", "2"]),
        ("死者20人、2万人", ["20", "20000"]),
    ],
)
def test_digits(text: str, expected: list[str]) -> None:
    """Digits are read with any separator, and not where they belong to a word, a longer number or a footnote mark."""
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Eighty-five citizens", [("85", "Eighty-five")]),
        ("twenty-three soldiers", [("23", "twenty-three")]),
        ("two hundred and sixty-six people", [("266", "two hundred and sixty-six")]),
        ("ONE MILLION were expelled", [("1000000", "ONE MILLION")]),
        ("sixty\nsix", [("66", "sixty\nsix")]),
        ("three teams and nine teams", [("3", "three"), ("9", "nine")]),
        ("two, three or four", [("2", "two"), ("3", "three"), ("4", "four")]),
        ("between one hundred and two hundred", [("100", "one hundred"), ("200", "two hundred")]),
        ("two thousand and three thousand", [("2000", "two thousand"), ("3000", "three thousand")]),
        ("one hundred and fifty thousand", [("150000", "one hundred and fifty thousand")]),
        ("six thousand, two hundred of them", [("6200", "six thousand, two hundred")]),
        ("three thousand, nine of them", [("3000", "three thousand"), ("9", "nine")]),
        ("fifteen hundred", [("1500", "fifteen hundred")]),
        ("a hundred, a dozen, two dozen", [("100", "a hundred"), ("12", "a dozen"), ("24", "two dozen")]),
        ("half a million", [("500000", "half a million")]),
        ("2 million", [("2000000", "2 million")]),
        ("two lakh", [("200000", "two lakh")]),
        ("dozens, hundreds of thousands, several hundred", []),
        ("one of them; no one; number one priority; someone", []),
        ("the first, a second, twenty-third, two-thirds, two thirds", []),
        ("often, attention, weighty", []),
    ],
)
def test_english_words(text: str, expected: list[tuple[str, str]]) -> None:
    """English number words are read as one number each; pronouns, ordinals and vague counts are no numbers."""
    assert [(str(Decimal(value)), words) for value, words in said(text)] == expected


def test_a_half_before_a_scale() -> None:
    """A half between a number and its scale counts, and leaves no smaller number behind."""
    assert says("two and a half million", Decimal(2_500_000))
    assert says("two and a half million", Decimal(2)) is None


@pytest.mark.parametrize(
    ("text", "value", "words"),
    [
        ("266 Azerbaijani citizens, of whom 66", "66", "66"),
        ("266 citizens, two hundred and sixty-six", "266", "266"),
        ("3.345 people", "3345", "3.345"),
        ("3.345 people", "3.345", "3.345"),
        ("25.50", "25.5", "25.50"),
        ("a loss of 5", "-5", "5"),
        ("one was wounded", "1", "one"),
    ],
)
def test_says(text: str, value: str, words: str) -> None:
    """The first place where the number stands is given, in the text's own offsets."""
    mention = says(text, Decimal(value))
    assert mention
    assert text[mention.start : mention.end] == words


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("266 people", "66"),
        ("2 782 people", "782"),
        ("12,5", "5"),
        ("3,345 people", "3.345"),
        ("E-001M", "1"),
        ("[4]", "4"),
        ("a mine, an officer, someone", "1"),
        ("twenty-three", "3"),
        ("At 02:40 the sirens", "40"),
        ("At 02:40 the sirens", "2"),
        ("at 2.40 p.m.", "2.40"),
        ("at two o’clock", "2"),
        ("€1.4 million", "1.4"),
        ("2 thousand", "2"),
        ("2万人", "2"),
        ("two hundred", "2"),
        ("", "0"),
    ],
)
def test_does_not_say(text: str, value: str) -> None:
    """A part of a number, or of a word, does not say the number."""
    assert says(text, Decimal(value)) is None


SEED_COUNTS = {
    "000": "146 342 65 50 15",
    "001": "58 19 39 342 65 15 25",
    "002": "20 30000 1000000 300 44 135 12 64 3 9 23 2 5 6 10 13 199 1 2782 8 9",
    "003": "20 14 85 16 30",
    "004": "26 262 30 3345 38 357 266 45 3 1400 54841 25751 12547 25 55",
}


@pytest.mark.parametrize(("seed", "counts"), SEED_COUNTS.items())
def test_every_count_of_the_seeds_is_seen(seed: str, counts: str) -> None:
    """Each count that the texts of this repository give is found and said."""
    (path,) = SEEDS.glob(f"{seed}_*.txt")
    text = path.read_text(encoding="utf-8")
    found = {mention.value for mention in numbers_in(text)}
    assert {Decimal(count) for count in counts.split()} - found == set()
    assert [count for count in counts.split() if not says(text, Decimal(count))] == []


def test_no_count_of_the_seeds_is_made_up() -> None:
    """The numbers of a real paragraph are those that a reader sees, and no others."""
    (path,) = SEEDS.glob("002_*.txt")
    text = path.read_text(encoding="utf-8")
    teams = text[text.index("Two Special Mine") : text.index("At the same time, twenty-three")]
    assert said(teams) == [("2", "Two"), ("135", "135"), ("12", "12"), ("64", "64"), ("3", "three"), ("9", "nine")]


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("fr", "vingt-deux morts", "22"),
        ("fr", "deux cent trente-cinq blessés", "235"),
        ("fr", "2 millions d’habitants", "2000000"),
        ("de", "Zweihundertfünfunddreißig Minen", "235"),
        ("de-AT", "1,5 Millionen", "1500000"),
        ("de", "1,4 Mio. Euro", "1400000"),
        ("fr", "1,4 million d’euros", "1400000"),
        ("de", "wurden 12 am Montag getötet", "12"),
        ("ru", "21 миллион", "21000000"),
        ("es", "entre cinco y diez", "5"),
        ("ru", "две женщины", "2"),
        ("ru", "5 тысяч мин", "5000"),
        ("az", "İyirmi üç əsgər", "23"),
        ("pt_BR", "vinte e três", "23"),
        ("ja", "二十人", "20"),
        ("tlh", "23 mines", "23"),
        ("", "23 mines", "23"),
    ],
)
def test_other_languages_say(language: str, text: str, value: str) -> None:
    """Numbers are found in the words of the text's language, and digits in every language."""
    assert says(text, Decimal(value), language)


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("fr", "1,4 million d’euros", "1.4"),
        ("fr", "2 milliards", "2"),
        ("fr", "à 14 h 30", "14"),
        ("de", "1 Million", "1"),
        ("tr", "1,4 milyon", "1.4"),
        ("hi", "2 लाख", "2"),
        ("de", "1,4 Mio. Euro", "1.4"),
        ("de", "um 14.30 Uhr", "14.3"),
        ("ru", "2,5 млн", "2.5"),
        ("ru", "21 миллион", "21"),
        ("fr", "vingt-deux morts", "2"),
        ("fr", "deux cents morts", "2"),
        ("fr", "deux mille morts", "2"),
        ("es", "treinta y cinco", "5"),
        ("de", "zweihundert", "2"),
        ("nl", "attention ten", "10"),
    ],
)
def test_other_languages_do_not_say(language: str, text: str, value: str) -> None:
    """A part of a number in words does not say the number, and English words say nothing in another language."""
    assert says(text, Decimal(value), language) is None


def test_numbers_in_another_language() -> None:
    """Small numbers in words are listed, but not the article that is also the word for one."""
    assert values("un homme, vingt et un soldats, 1 mine et 12,5 hectares", "fr") == ["21", "1", "12.5"]
    assert values("3,345 Personen", "de") == ["3345", "3.345"]


@given(number=st.integers(0, 10**12), separator=st.sampled_from(SEPARATORS), words=st.sampled_from(["", "mines: "]))
def test_any_separator(number: int, separator: str, words: str) -> None:
    """An integer is said however its thousands are separated."""
    written = f"{number:,}".replace(",", separator)
    text = f"{words}{written} people."
    mention = says(text, Decimal(number))
    assert mention
    assert text[mention.start : mention.end] == written


@given(number=st.integers(10, 10**9), separator=st.sampled_from(SEPARATORS), data=st.data())
def test_a_changed_digit_is_another_number(number: int, separator: str, data: st.DataObject) -> None:
    """An integer of which one digit was changed is not said."""
    written = f"{number:,}".replace(",", separator)
    digits = str(number)
    place = data.draw(st.integers(0, len(digits) - 1))
    other = data.draw(st.sampled_from([digit for digit in "123456789" if digit != digits[place]]))
    changed = digits[:place] + other + digits[place + 1 :]
    assert says(f"{written} people", Decimal(changed)) is None


@given(number=st.integers(0, 10**6 - 1), capital=st.booleans(), hyphens=st.booleans())
def test_spelled_in_english(number: int, capital: bool, hyphens: bool) -> None:  # noqa: FBT001
    """An integer below a million spelled in English is said, and is the only number found."""
    words = num2words(number) if hyphens else re.sub("-", " ", num2words(number))
    words = words.capitalize() if capital else words
    text = f"It says {words} people."
    mention = says(text, Decimal(number))
    assert mention
    assert text[mention.start : mention.end] == words
    assert [found.value for found in numbers_in(text)] == ([Decimal(number)] if number != 1 else [])


@given(text=st.text(st.sampled_from("0123456789.,' -[]aEone two hundred\u00a0half٣½²"), max_size=40))
def test_any_text(text: str) -> None:
    """Whatever the text, each number stands where it is said to stand and is said by the text."""
    for mention in numbers_in(text):
        assert text[mention.start : mention.end].strip() == text[mention.start : mention.end] != ""
        assert says(text, mention.value)
