"""Which dates a text says, and whether it says a given one."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from dateline.mentions import dates_in, standing, supports

Point = tuple[int | None, int | None, int | None]

SEEDS = Path(__file__).parent.parent / "seeds"


def said(text: str, language: str = "en") -> list[tuple[int | None, int | None, int | None]]:
    """Return each date without its place; the decades are left to a test of their own."""
    return [(found.year, found.month, found.day) for found in dates_in(text, language) if not found.decade]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on June 12, 2021, Armenia handed over", [(2021, 6, 12)]),
        ("12 June 2021", [(2021, 6, 12)]),
        ("On February 18, a man", [(None, 2, 18)]),
        ("12 June", [(None, 6, 12)]),
        ("September 19th", [(None, 9, 19)]),
        ("the 19th of September 2023", [(2023, 9, 19)]),
        ("In October 2022, he", [(2022, 10, None)]),
        ("Since August of this year", [(None, 8, None)]),
        ("from September 27 through November 9, 2020", [(None, 9, 27), (2020, 11, 9)]),
        ("from January 30 to February 1", [(None, 1, 30), (None, 2, 1)]),
        ("January 30-February 1, 2021", [(None, 1, 30), (2021, 2, 1)]),
        ("from January 3-29.", [(None, 1, 3), (None, 1, 29)]),
        ("September 12–13, 2022", [(2022, 9, 12), (2022, 9, 13)]),
        ("November 9 or 10, 2020", [(2020, 11, 9), (2020, 11, 10)]),
        ("12 and 13 September 2022", [(2022, 9, 12), (2022, 9, 13)]),
        ("on September 12 and 13, as planned", [(None, 9, 12), (None, 9, 13)]),
        ("on September 12 and 13 people", [(None, 9, 12)]),
        ("on October 6, 2022, 54,841 hectares", [(2022, 10, 6)]),
        ("on November 10, 2020, 266 people", [(2020, 11, 10)]),
        ("Sept. 5, 2020; 3 Jan 2021", [(2020, 9, 5), (2021, 1, 3)]),
        ("2022-10-25, 2022-10, 2022-10-25T10:00", [(2022, 10, 25), (2022, 10, None), (2022, 10, 25)]),
        ("25.10.2022, 25. 10. 2022, 25-10-2022", [(2022, 10, 25)] * 3),
        ("05/06/2021", [(2021, 6, 5), (2021, 5, 6)]),
        ("until a ceasefire in 1994 and (2020)", [(1994, None, None), (2020, None, None)]),
        ("1990-94 and mid-1994", [(1990, None, None), (1994, None, None)]),
        ("44 BC, AD 79, 476 CE", [(-43, None, None), (79, None, None), (476, None, None)]),
        ("2,782 cartridges, BM-2000, 2000 km, 2000%, 12.2021, 30000", []),
        ("you may march; a marching band; mayor", []),
        ("In May and March", [(None, 5, None), (None, 3, None)]),
        ("June 31 and 2021-13-01", [(None, 6, None), (2021, None, None)]),
    ],
)
def test_dates(text: str, expected: list[Point]) -> None:
    """Dates are read as people write them, each with the parts that it has."""
    assert said(text) == expected


def test_decades() -> None:
    """The first year of a decade is marked as standing for ten."""
    found = dates_in("since the early 1990s")
    assert [(mention.year, mention.decade, mention.start, mention.end) for mention in found] == [(1990, True, 16, 21)]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "le 1er juin 2021, en mars", [(2021, 6, 1), (None, 3, None)]),
        ("de", "am 12. Juni 2021, im Mai", [(2021, 6, 12), (None, 5, None)]),
        ("es", "12 de junio de 2021, el mar", [(2021, 6, 12)]),
        ("pt-BR", "1º de maio de 2020", [(2020, 5, 1)]),
        ("ca", "12 d’abril de 2021", [(2021, 4, 12)]),
        ("ru", "12 июня 2021 года, июнь", [(2021, 6, 12), (None, 6, None)]),
        ("az", "12 İyun 2021-ci il", [(2021, 6, 12)]),
        ("hu", "2021. június 12.", [(2021, 6, 12)]),
        ("vi", "ngày 12 tháng 6 năm 2021", [(2021, 6, 12)]),
        ("ar", "١٢ يونيو ٢٠٢١", [(2021, 6, 12)]),
        ("zh", "2021年6月12日，10月", [(2021, 6, 12), (None, 10, None)]),
        ("ko", "2021년 6월 12일", [(2021, 6, 12)]),
        ("fr", "June 12, 2021", [(2021, 6, 12)]),
        ("no-such-language", "June 12, 2021", [(2021, 6, 12)]),
        ("", "June 12, 2021", [(2021, 6, 12)]),
    ],
)
def test_dates_in_other_languages(language: str, text: str, expected: list[Point]) -> None:
    """Month names are read in the text's language, as they stand in a date and alone, and in English."""
    assert said(text, language) == expected


def test_no_language_lends_its_months_to_another() -> None:
    """Which languages were read before makes no difference: Azerbaijani months mean nothing in French."""
    assert said("12 mart 2021, okt 2021", "az") == [(2021, 3, 12), (2021, 10, None)]
    for language in ("fr", "de"):
        assert said("12 mart 2021", language) == [(2021, None, None)]
    assert said("12 okt 2021", "fr") == [(2021, None, None)]
    assert said("12 okt 2021", "tr") == [(2021, None, None)]


SEED_DATES: dict[str, list[Point]] = {
    "000": [(2020, None, None), (None, 9, 19)],
    "001": [(2022, 10, None), (2023, None, None), (2020, None, None), (2022, 4, None), (2021, 6, 12)],
    "002": [
        *[(2024, 3, 1), (2021, 2, 25), (1991, None, None), (1994, None, None), (None, 9, 27), (2020, 11, 9)],
        *[(None, 2, 18), (1992, None, None), (None, 2, 22), (None, 1, 3), (None, 1, 29), (None, 1, 30), (None, 2, 1)],
    ],
    "003": [(2020, 11, 10)],
    "004": [
        *[(2022, 10, 25), (None, 10, 25), (2020, 11, 10), (2022, None, None), (None, 8, None), (2021, None, None)],
        *[(2022, 10, 6), (2020, 11, 20), (None, 9, 12), (None, 9, 13)],
    ],
}


@pytest.mark.parametrize(("seed", "expected"), SEED_DATES.items())
def test_the_dates_of_the_seeds(seed: str, expected: list[Point]) -> None:
    """Each date that the texts of this repository give is found, and each that is found is one of them."""
    (path,) = SEEDS.glob(f"{seed}_*.txt")
    found = set(said(path.read_text(encoding="utf-8")))
    shorter = {(None, 11, 9), (None, 2, None), (2020, None, None)}  # the same dates, said again with less
    assert set(expected) <= found <= set(expected) | shorter


@pytest.mark.parametrize(
    ("text", "point", "expected"),
    [
        ("on June 12, 2021", (2021, 6, 12), "yes"),
        ("on June 12, 2021", (2021, 6, None), "yes"),
        ("on June 12, 2021", (2021, None, None), "yes"),
        ("on June 12, 2021", (2020, 6, 12), "no"),
        ("on June 12, 2021", (2021, 6, 13), "no"),
        ("on June 12", (2021, 6, 12), "no year"),
        ("in June", (2021, 6, None), "no year"),
        ("in June", (2021, 6, 12), "no"),
        ("June 12 saw what 2020 had not", (2021, 6, 12), "no year"),
        ("September 27 through November 9, 2020", (2020, 9, 27), "yes"),
        ("in 2021", (2021, 6, 12), "no"),
        ("the early 1990s", (1990, None, None), "no"),
        ("Rome fell in 476", (476, None, None), "yes"),
        ("on 15 March 44 BC", (-43, 3, 15), "yes"),
        ("nothing", (2021, 6, 12), "no"),
    ],
)
def test_standing(text: str, point: Point, expected: str) -> None:
    """A text says a date wholly, without its year, or not."""
    assert standing(text, *point) == expected
    assert supports(text, *point) == (expected != "no")


def test_standing_of_a_decade() -> None:
    """A decade is said by its own name, not by one of its years."""
    assert standing("since the early 1990s", 1990, None, None, decade=True) == "yes"
    assert standing("since 1990", 1990, None, None, decade=True) == "no"


@given(
    day=st.dates(date(1000, 1, 1), date(2999, 12, 30)),
    language=st.sampled_from(["en", "en-GB", "de", "fr", "es", "pt", "it", "ru", "uk", "az", "pl", "cs", "nl", "sv"]),
    width=st.sampled_from(["long", "medium"]),
)
def test_a_date_as_babel_writes_it(day: date, language: str, width: str) -> None:
    """A date written out by Babel in the text's language is said, and the day after it is not."""
    text = f"({format_date(day, format=width, locale=language.replace('-', '_'))})"
    after = day + timedelta(days=1)
    assert standing(text, day.year, day.month, day.day, language) == "yes"
    assert standing(text, after.year, after.month, after.day, language) == "no"


@given(text=st.text(st.sampled_from("0123456789-./, MayJune年月日sBCAD'"), max_size=30))
def test_any_text(text: str) -> None:
    """Whatever the text, each date stands where it is said to stand and has parts that can be."""
    for found in dates_in(text):
        assert text[found.start : found.end].strip()
        assert found.month is None or 1 <= found.month <= 12
        assert found.day is None or 1 <= found.day <= 31
