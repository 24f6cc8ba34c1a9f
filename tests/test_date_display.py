"""Dates in words: the forms that the design names, other languages, and dates that no calendar library prints."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.date_display import DateDisplay
from dateline.dates import Date, parse

LANGUAGES = ("en", "az", "hy", "ru", "tr", "fr", "es", "de", "ar", "ja", "zh", "fa", "hi", "pt-BR", "en-GB", "sr-Latn")


def untranslated(message: str) -> str:
    """Return our own phrase as it is: English."""
    return message


def read(text: str) -> Date:
    """Return the date, which the test knows to be one."""
    date = parse(text)
    assert date is not None, text
    return date


ENGLISH = DateDisplay("en", untranslated)


@pytest.mark.parametrize(
    ("text", "full", "short"),
    [
        ("2021-06-12", "June 12, 2021", "Jun 12"),
        ("2022-10", "October 2022", "Oct"),
        ("1990", "1990", "1990"),
        ("1990~", "about 1990", "about 1990"),
        ("199X", "1990s", "1990s"),
        ("19XX", "20th century", "20th century"),
        ("11XX", "12th century", "12th century"),
        ("1XXX", "2nd millennium", "2nd millennium"),
        ("XXXX", "date unknown", "date unknown"),
        ("2021-04-04?", "April 4, 2021 (uncertain)", "Apr 4 (uncertain)"),
        ("2021-04-04%", "about April 4, 2021 (uncertain)", "about Apr 4 (uncertain)"),
        ("2020-09-27/2020-11-09", "September 27 – November 9, 2020", "Sep 27 – Nov 9"),
        ("2021-01-03/2021-01-29", "January 3 – 29, 2021", "Jan 3 – 29"),
        ("2020-12-30/2021-01-02", "December 30, 2020 – January 2, 2021", "Dec 30, 2020 – Jan 2, 2021"),
        ("2020-09/2020-11", "September – November 2020", "Sep – Nov"),
        ("2020-09/2021-01", "September 2020 – January 2021", "Sep 2020 – Jan 2021"),
        ("1990/1995", "1990 – 1995", "1990 – 1995"),
        ("2020-09-27/2020-11", "September 27, 2020 – November 2020", "Sep 27 – Nov"),
        ("2020/2020-11", "2020 – November 2020", "2020 – Nov 2020"),
        ("2020-11-20/2022-10~", "November 20, 2020 – about October 2022", "Nov 20, 2020 – about Oct 2022"),
        ("2020-09-27?/2020-11-09?", "September 27 – November 9, 2020 (uncertain)", "Sep 27 – Nov 9 (uncertain)"),
        ("../1994", "before 1994", "before 1994"),
        ("../1994-06", "before June 1994", "before Jun"),
        ("1994-06/..", "since June 1994", "since Jun"),
        ("/1994", "until 1994 (start unknown)", "until 1994 (start unknown)"),
        ("1994/", "from 1994 (end unknown)", "from 1994 (end unknown)"),
        ("[2020-11-09,2020-11-10]", "November 9 or 10, 2020", "Nov 9 or 10"),
        ("{2020-11-09,2020-11-10}", "November 9 and 10, 2020", "Nov 9 and 10"),
        ("[2020-10-09,2020-10-10,2020-10-11]", "October 9, 10, or 11, 2020", "Oct 9, 10, or 11"),
        ("[2020-09-27,2020-11-09]", "September 27, 2020 or November 9, 2020", "Sep 27 or Nov 9"),
        (
            "[2020-11-09?,2020-11-10]",
            "November 9, 2020 (uncertain) or November 10, 2020",
            "Nov 9 (uncertain) or Nov 10",
        ),
        ("[1667,1668,1670..1672]", "1667, 1668, or 1670 – 1672", "1667, 1668, or 1670 – 1672"),
        ("[1670..1672]", "between 1670 and 1672", "between 1670 and 1672"),
        ("{1670..1672}", "1670 – 1672", "1670 – 1672"),
        ("[..1994]", "1994 or earlier", "1994 or earlier"),
        ("[1994..]", "1994 or later", "1994 or later"),
        ("{..1994}", "all up to 1994", "all up to 1994"),
        ("{1994..}", "all from 1994 on", "all from 1994 on"),
        ("2001-21", "spring 2001", "spring"),
        ("2001-25~", "about spring 2001 (northern hemisphere)", "about spring"),
        ("2001-30", "summer 2001 (southern hemisphere)", "summer"),
        ("2001-34", "2nd quarter 2001", "Q2"),
        ("2001-37", "first four months of 2001", "first four months"),
        ("2001-41", "second half of 2001", "second half"),
        ("2004-06-XX", "June 2004 (day unknown)", "Jun"),
        ("2004-XX", "2004 (month unknown)", "2004"),
        ("1985-XX-XX", "1985 (month and day unknown)", "1985"),
        ("156X-12-25", "December 25, 1560s", "Dec 25, 1560s"),
        ("XXXX-12-25", "December 25 (year unknown)", "Dec 25"),
        ("2004-06-1X", "between June 10, 2004 and June 19, 2004", "between Jun 10 and Jun 19"),
        ("2004-1X", "between October 2004 and December 2004", "between Oct 2004 and Dec 2004"),
        ("1X99", "1X99 (some digits unknown)", "1X99"),
        ("1950S2", "about 1950, between 1900 and 1999", "about 1950"),
        ("-0043", "44 BCE", "44 BCE"),
        ("-0043-03-15", "March 15, 44 BCE", "Mar 15"),
        ("-0049/-0043", "50 BCE – 44 BCE", "50 BCE – 44 BCE"),
        ("-004X", "between 50 BCE and 41 BCE", "between 50 BCE and 41 BCE"),
        ("0079-08-24", "August 24, 79 CE", "Aug 24"),
        ("Y-17E7", "170,000,001 BCE", "170,000,001 BCE"),
        ("2021-06-12T14:30:00", "June 12, 2021, 14:30", "Jun 12, 14:30"),
        ("2021-06-12T09:05:07Z", "June 12, 2021, 09:05:07 UTC", "Jun 12, 09:05:07 UTC"),
        ("2021-06-12T14:30:00+04:00", "June 12, 2021, 14:30 UTC+04:00", "Jun 12, 14:30 UTC+04:00"),
        ("2021-06-12/2021-06-03", "June 12 – June 3, 2021", "Jun 12 – Jun 3"),
    ],
)
def test_reads_well_in_english(text: str, full: str, short: str) -> None:
    """A date is said whole in the text, and without its year in the margin."""
    assert (ENGLISH.full(read(text)), ENGLISH.short(read(text))) == (full, short)


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("2020-09-27/2020-11-09", "2020"),
        ("2020-09/2021-01", "2020"),
        ("../1994-06", "1994"),
        ("199X", "1990"),
        ("-0043-03-15", "44 BCE"),
        ("0000", "1 BCE"),
        ("0079", "79 CE"),
        ("0800", "800"),
        ("Y12345", "12,345"),
        ("XXXX-12-25", "date unknown"),
    ],
)
def test_heads_each_date_with_its_year(text: str, heading: str) -> None:
    """The heading is the year in which the date is sorted, with its era where the number alone would mislead."""
    assert ENGLISH.year_heading(read(text)) == heading


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "az",
            [
                "12 iyun 2021",
                "oktyabr 2022",
                "3–29 yanvar 2021",
                "27 sentyabr – 9 noyabr 2020",
                "9 yaxud 10 noyabr 2020",
                "e.ə. 15 mart 44",
            ],
        ),
        (
            "hy",
            [
                "12 հունիսի, 2021 թ.",
                "2022 թ․ հոկտեմբեր",
                "03–29 հունվարի, 2021 թ.",
                "27 սեպտեմբերի – 09 նոյեմբերի, 2020 թ.",
                "09 կամ 10 նոյեմբերի, 2020 թ.",
                "մ.թ.ա. 44 թ․ մարտի 15",
            ],
        ),
        (
            "ru",
            [
                "12 июня 2021\u202fг.",
                "октябрь 2022\u202fг.",
                "3–29 января 2021\u202fг.",
                "27 сентября – 9 ноября 2020\u202fг.",
                "9 или 10 ноября 2020\u202fг.",
                "15 марта 44\u202fг. до н. э.",
            ],
        ),
        (
            "tr",
            [
                "12 Haziran 2021",
                "Ekim 2022",
                "3–29 Ocak 2021",
                "27 Eylül – 9 Kasım 2020",
                "9 veya 10 Kasım 2020",
                "MÖ 15 Mart 44",
            ],
        ),
        (
            "fr",
            [
                "12 juin 2021",
                "octobre 2022",
                "3–29 janvier 2021",
                "27 septembre – 9 novembre 2020",
                "9 ou 10 novembre 2020",
                "15 mars 44 av. J.-C.",
            ],
        ),
        (
            "es",
            [
                "12 de junio de 2021",
                "octubre de 2022",
                "3–29 de enero de 2021",
                "27 de septiembre – 9 de noviembre de 2020",
                "9 o 10 de noviembre de 2020",
                "15 de marzo de 44 a. C.",
            ],
        ),
        (
            "de",
            [
                "12. Juni 2021",
                "Oktober 2022",
                "3.–29. Januar 2021",
                "27. September – 9. November 2020",
                "9. oder 10. November 2020",
                "15. März 44 v. Chr.",
            ],
        ),
        (
            "ar",
            [
                "12 يونيو 2021",
                "أكتوبر 2022",
                "3–29 يناير 2021",
                "27 سبتمبر – 9 نوفمبر 2020",
                "9 أو 10 نوفمبر 2020",
                "15 مارس 44 ق.م",
            ],
        ),
        (
            "ja",
            [
                "2021年6月12日",
                "2022年10月",
                "2021年1月3日～29日",
                "2020年9月27日～11月9日",
                "2020年11月9日または10日",
                "紀元前44年3月15日",
            ],
        ),
    ],
)
def test_reads_well_in_other_languages(language: str, expected: list[str]) -> None:
    """Each language has its own order, case of the month, and joining word, whichever language came before it."""
    DateDisplay("az", untranslated).full(read("2022-10"))
    display = DateDisplay(language, untranslated)
    texts = (
        "2021-06-12",
        "2022-10",
        "2021-01-03/2021-01-29",
        "2020-09-27/2020-11-09",
        "[2020-11-09,2020-11-10]",
        "-0043-03-15",
    )
    assert [display.full(read(text)) for text in texts] == expected


def test_is_unharmed_by_months_babel_has_mixed_up() -> None:
    """French months stay French after Azerbaijani ones, though Babel itself then mixes the two."""
    assert DateDisplay("az", untranslated).short(read("2022-10")) == "okt"
    assert DateDisplay("fr", untranslated).short(read("2022-10")) == "oct."


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en-GB", "12 June 2021"),
        ("de-XX", "12. Juni 2021"),
        ("az_Latn_AZ", "12 iyun 2021"),
        ("tlh", "June 12, 2021"),
        ("", "June 12, 2021"),
        ("not a language", "June 12, 2021"),
    ],
)
def test_falls_back_to_a_language_that_is_known(language: str, expected: str) -> None:
    """A language that nobody has described is shown as its parent, and at last in English."""
    assert DateDisplay(language, untranslated).full(read("2021-06-12")) == expected


def test_our_own_phrases_can_be_translated() -> None:
    """Each phrase of ours goes through the translation before the date is put into it, at its named place."""
    russian = {
        "about {date}": "около {date}",
        "{date} (uncertain)": "{date} (?)",
        "{decade}s": "{decade}-е годы",
        "{ordinal} century": "{roman} век",
        "{season} {year}": "{season} {year} года",
        "spring": "весна",
    }
    display = DateDisplay("ru", lambda message: russian.get(message, message))
    texts = ("1990%", "199X", "18XX", "2001-21")
    assert [display.full(read(text)) for text in texts] == [
        "около 1990 (?)",
        "1990-е годы",
        "XIX век",
        "весна 2001 года",
    ]


DISPLAYS = [DateDisplay(language, untranslated) for language in LANGUAGES]


@given(
    st.sampled_from(DISPLAYS),
    st.from_regex(
        r"-?[0-9X]{4}(-(0[1-9X]|1[0-2X]|2[0-9]|XX)(-([0-2X][0-9X]|3[01]))?)?[?~%]?"
        r"(/|/\.\.|/-?[0-9]{4}(-0[1-9])?~?)?",
        fullmatch=True,
    ),
)
def test_shows_every_date_in_every_language(display: DateDisplay, text: str) -> None:
    """Whatever can be read can be shown: never an empty text, a place left unfilled, or thin spaces."""
    date = parse(text)
    if date is None:
        return
    for shown in (display.full(date), display.short(date), display.year_heading(date)):
        assert shown.strip() == shown != ""
        assert not set("{}\u2009") & set(shown)


def test_a_script_can_say_a_year_as_the_build_does() -> None:
    """The patterns for years have the eras of the language, and what parts its thousands."""
    assert DateDisplay("en", str).year_patterns() == ("{y}", "{y} BCE", "{y} CE", ",")
    assert DateDisplay("de", str).year_patterns() == ("{y}", "{y} v. Chr.", "{y} n. Chr.", ".")
