"""What the author of a table is told about a date that cannot be read."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.date_mistakes import explain, explain_backwards
from dateline.dates import ends_before_it_starts, parse

EXAMPLES = "write a date such as 2021-06-12, 2021-06 or 2021"
SLASH = "has a slash, which stands between the start and the end of an interval"
SLASHES = "has slashes, which stand between the start and the end of an interval"
TWO_DIGITS = "gives its year with two digits"
TIME = "has a time that is not written as hours, minutes and seconds after a T"

MISTAKES = [
    ("13/06/2021", "is written day/month/year", "write 2021-06-13"),
    ("06/13/2021", "is written month/day/year", "write 2021-06-13"),
    ("03/04/2021", "could be 3 April 2021 or 4 March 2021", "write 2021-04-03 or 2021-03-04"),
    ("03/03/2021", "is written day/month/year", "write 2021-03-03"),
    ("12.06.2021", "is written day.month.year", "write 2021-06-12"),
    ("13-06-2021", "is written day-month-year", "write 2021-06-13"),
    ("13/06/21", "gives its year with two digits", "write 2021-06-13"),
    ("03/04/21", TWO_DIGITS, "write 2021-04-03 or 2021-03-04"),
    ("14.6.21", TWO_DIGITS, "write 2021-06-14"),
    ("3.4.’45", TWO_DIGITS, "write 1945-04-03"),
    ("14-6-21", TWO_DIGITS, "write 2021-06-14"),
    ("21-06-14", TWO_DIGITS, "write 2014-06-21 or 2021-06-14"),
    ("14-Jun-21", TWO_DIGITS, "write 2021-06-14"),
    ("22-Feb-22", TWO_DIGITS, "write 2022-02-22"),
    ("1-Dec-29", TWO_DIGITS, "write 2029-12-01"),
    ("1-Dec-30", TWO_DIGITS, "write 1930-12-01"),
    ("Mon, 14 June ’21", TWO_DIGITS, "write 2021-06-14"),
    ("June 14, 21", TWO_DIGITS, "write 2021-06-14"),
    ("Jun-21", TWO_DIGITS, "write 2021-06"),
    ("June '99", TWO_DIGITS, "write 1999-06"),
    ("Jun 21", "has no year", "add the year, such as 2024-06-21"),
    ("21-Jun", "has no year", "add the year, such as 2024-06-21"),
    ("14-Jun-2021", "is written in words", "write 2021-06-14"),
    (
        "31-Jun-21",
        "cannot be: that June has 30 days",
        "mend the day, or write the month alone, such as 2021-06",
    ),
    ("14-Jun-21 - 22-Jun-21", "has a dash between two dates", "write 2021-06-14/2021-06-22"),
    ("14-Jun-21 14:30", TIME, "write 2021-06-14T14:30:00"),
    ("06/2021", "is written month/year", "write 2021-06"),
    ("13/14/2021", "is not a date that can be read", EXAMPLES),
    ("2021/06/12", SLASHES, "write 2021-06-12"),
    ("2021/06", SLASH, "write 2021-06"),
    ("2020/21", "shortens its last year", "write 2020/2021"),
    ("2001/02", "could be a month or two years", "write 2001-02 or 2001/2002"),
    ("2021.06.12", "has '.' where a hyphen belongs", "write 2021-06-12"),
    ("20210612", "has no hyphens", "write 2021-06-12"),
    ("2021-6-1", "has a month or day of one digit", "write 2021-06-01"),
    ("2021–06–12", "has a long dash where a hyphen belongs", "write 2021-06-12"),
    ("٢٠٢١-٠٦-١٢", "is written in other digits than 0 to 9", "write 2021-06-12"),
    ("2021-06-12 ", "has a space before or after it", "write 2021-06-12"),
    ("[1667, 1668]", "has a space in it", "write [1667,1668]"),
    (
        "2021-06-31",
        "cannot be: June 2021 has 30 days",
        "write a day from 2021-06-01 to 2021-06-30, or 2021-06 for the month",
    ),
    (
        "2021-02-29",
        "cannot be: February 2021 has 28 days",
        "write a day from 2021-02-01 to 2021-02-28, or 2021-02 for the month",
    ),
    ("2021-13-01", "has month 13, and a year has 12", "write 2021-01-13"),
    ("2021-13-31", "has month 13, and a year has 12", "write the month as 01 to 12, such as 2021-12"),
    ("2021-00-00", "has month 00", "write 2021"),
    ("2021-06-00", "has day 00", "write 2021-06"),
    ("12 June 2021", "is written in words", "write 2021-06-12"),
    ("12th of June, 2021", "is written in words", "write 2021-06-12"),
    ("June 12, 2021", "is written in words", "write 2021-06-12"),
    ("Sat, 12-Jun-2021", "is written in words", "write 2021-06-12"),
    ("Jun 2021", "is written in words", "write 2021-06"),
    ("March 15, 44 BC", "is written in words", "write -0043-03-15"),
    (
        "February 30, 2021",
        "cannot be: that February has 28 days",
        "mend the day, or write the month alone, such as 2021-02",
    ),
    ("10 October", "has no year", "add the year, such as 2024-10-10"),
    ("1990s", "is a decade in words", "write 199X"),
    ("mid-1990s", "is a decade in words", "write 199X"),
    ("1900s", "could be ten years or a hundred", "write 190X or 19XX"),
    ("90s", "is a decade without its century", "write 199X or 189X"),
    ("19th century", "is a century in words", "write 18XX"),
    ("Spring 2001", "is a season in words", "write 2001-21"),
    ("Q1 2001", "is a quarter of a year in words", "write 2001-33"),
    ("2021-W23", "is a week or a day of a week", "write 2021-06-07/2021-06-13"),
    ("c. 1990", "says 'about' in words", "write 1990~"),
    ("circa 1990", "says 'about' in words", "write 1990~"),
    ("ca 1990", "says 'about' in words", "write 1990~"),
    ("about June 1990", "says 'about' in words", "write 1990-06~"),
    ("June 2021?", "says in words that it is uncertain", "write 2021-06?"),
    ("perhaps 1990", "says in words that it is uncertain", "write 1990?"),
    ("before 1994", "gives only an end", "write ../1994"),
    ("since June 1994", "gives only a start", "write 1994-06/.."),
    ("1994–present", "gives only a start", "write 1994/.."),
    ("1994-", "gives only a start", "write 1994/.."),
    ("2020-2021", "has a hyphen between two dates", "write 2020/2021"),
    ("1990-95", "looks like two years", "write 1990/1995"),
    ("2020-09-27-2020-11-09", "has a hyphen between two dates", "write 2020-09-27/2020-11-09"),
    ("September 27 – November 9, 2020", "has a dash between two dates", "write 2020-09-27/2020-11-09"),
    ("September 12–13, 2022", "has a dash between two days", "write 2022-09-12/2022-09-13"),
    ("13/06/2021 to 14/06/2021", "is an interval in words", "write 2021-06-13/2021-06-14"),
    ("between 1990 and 1995", "is an interval in words", "write 1990/1995"),
    ("from about June 1990 to perhaps July 1991", "is an interval in words", "write 1990-06~/1991-07?"),
    ("9 November 2020 or 10 November 2020", "joins two dates with 'or'", "write [2020-11-09,2020-11-10]"),
    ("1990 and 1992", "joins two dates with 'and'", "write {1990,1992}"),
    ("2021-06-12/13", "shortens its last day", "write 2021-06-12/2021-06-13"),
    ("13/06/2021/14/06/2021", "is not a date that can be read", EXAMPLES),
    (
        "2021-06-01/2021-06-31",
        "has a side that cannot be read: '2021-06-31' cannot be: June 2021 has 30 days",
        "write a day from 2021-06-01 to 2021-06-30, or 2021-06 for the month",
    ),
    ("June 2021/2022", "has a start or an end that is not written as a date", "write 2021-06/2022"),
    (
        "[13/06/2021,2021-06-14]",
        "has a date in it that cannot be read: '13/06/2021' is written day/month/year",
        "write 2021-06-13 there",
    ),
    (
        "2021-06-12T10:00:00/2021-06-13T11:00:00",
        "has times of day, which an interval cannot have",
        "write 2021-06-12/2021-06-13",
    ),
    ("../..", "has neither a start nor an end", "write at least one, such as 1994/.. or ../1994"),
    ("44 BC", "names its era; 1 BCE is the year 0000", "write -0043"),
    ("AD 79", "names its era", "write 0079"),
    ("-43", "has a year of fewer than four digits", "write -0043 for 44 BCE or -0042 for 43 BCE"),
    ("800", "has a year of fewer than four digits", "write 0800"),
    ("21", "gives its year with two digits", "write 2021 or 1921"),
    ("-0000", "has a minus before the year 0", "write 0000"),
    ("12345", "has a year of more than four digits", "write Y12345"),
    ("Y2021", "has a Y, which is for years of more than four digits", "write 2021"),
    ("44199", "looks like a spreadsheet's day number, which would be 3 January 2021", "write 2021-01-03"),
    ("44199.5", "looks like a spreadsheet's day number, which would be 3 January 2021", "write 2021-01-03"),
    ("2021-06-12 14:00", TIME, "write 2021-06-12T14:00:00"),
    ("June 12, 2021 2:30 PM", TIME, "write 2021-06-12T14:30:00"),
    ("2021-06-12T14:00:00.5+0400", TIME, "write 2021-06-12T14:00:00+04:00"),
    ("199x", "has a small letter where a capital belongs", "write 199X"),
    ("199u", "has the old sign u for an unknown digit", "write 199X"),
    ("1990?~", "has both ? and ~ where one % belongs", "write 1990%"),
    ("1994/open", "has the old word 'open' for an end that is not there", "write 1994/.."),
    ("unknown/1994", "has the old word 'unknown' for an end that is not known", "write /1994"),
    (
        "unknown",
        "says no date",
        "write the span that is certain, such as 199X or 1990/1995; or leave the row out",
    ),
    ("yesterday", "is not a date that can be read", EXAMPLES),
]


@pytest.mark.parametrize(("text", "why", "help_text"), MISTAKES)
def test_says_what_was_meant(text: str, why: str, help_text: str) -> None:
    """A date that cannot be read is answered with what it seems to be and what to type for it."""
    assert explain(text) == (f"'{text.strip()}' {why}", help_text)


@pytest.mark.parametrize("text", [text for text, _, _ in MISTAKES])
def test_proposes_only_what_can_be_read(text: str) -> None:
    """No mistake in the table is a date, and every form that its help names is one."""
    assert parse(text) is None
    _, help_text = explain(text)
    forms = re.findall(r"\[[^]]+\]|\{[^}]+\}|[-Y0-9./][-0-9XT:+~?%./]{3,}", help_text)
    assert forms
    assert [form for form in forms if parse(form) is None] == []


@pytest.mark.parametrize("text", ["", "  ", "\n"])
def test_says_that_an_empty_date_is_empty(text: str) -> None:
    """A cell without a date is called empty, not wrong."""
    assert explain(text) == ("the date is empty", EXAMPLES)


def test_cuts_a_long_text_short() -> None:
    """A text that is no date at all is quoted on one line, and only its beginning."""
    message, help_text = explain("The war\nbegan " * 500)
    assert message == "'The war began The war began The war began The war began The …' is not a date that can be read"
    assert help_text == EXAMPLES


@given(
    st.text(max_size=40)
    | st.lists(
        st.sampled_from(
            [
                "1990",
                "06",
                "31",
                "13",
                "-",
                "/",
                ".",
                " ",
                "to",
                "or",
                "c.",
                "June",
                "?",
                "BC",
                "–",
                "T10:00",
                "before",
                "²",
            ]
        ),
        max_size=60,
    ).map("".join)
)
def test_answers_anything(text: str) -> None:
    """Whatever stands in the cell, there is an answer of one line that says what to do."""
    message, help_text = explain(text)
    assert message.splitlines() == [message]
    assert help_text.startswith(("write ", "add ", "mend "))


@pytest.mark.parametrize(
    ("text", "help_text"),
    [
        ("2021/2020", "write 2020/2021"),
        ("2021-06-12~/2021-06-11", "write 2021-06-11/2021-06-12~"),
        ("[1660,1669..1667]", "write [1660,1667..1669]"),
    ],
)
def test_turns_a_backward_interval_round(text: str, help_text: str) -> None:
    """An interval or run that ends before it starts is answered with the same dates the other way about."""
    date = parse(text)
    assert date is not None
    assert explain_backwards(date) == (f"'{text}' ends before it starts", help_text)
    turned = parse(help_text.removeprefix("write "))
    assert turned is not None
    assert not ends_before_it_starts(turned)
