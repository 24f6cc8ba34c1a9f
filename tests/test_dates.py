"""What a `date` cell means: bounds, order, and the same reading as the `edtf` package where that is right."""

from __future__ import annotations

import datetime
import itertools
import warnings

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.dates import (
    END_OF_TIME,
    Date,
    Day,
    datetime_attribute,
    days_in_month,
    ends_before_it_starts,
    parse,
    sort_key,
)

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # the grammar of edtf 5 is older than the pyparsing that warns of it
    from edtf import parse_edtf
    from edtf.parser.edtf_exceptions import EDTFParseException

SAME_IN_BOTH = """
2021 2021-06 2021-06-12 0000 -0043 -0043-03 -0043-03-15 9999-12-31 2000-02-29 1900-02 -0003-12
2021-02-30 2021-13-01 2021-00 2021-06-00 2021-6-1 -0000 -0000-01 abcd 20210612 2021-06-12x 21
2021-06-12T14:30:00 2021-06-12T14:30:00Z 2021-06-12T14:30:00+04:00 2021-06-12T14:30:00-05 2021-06-12T24:00:00
2021-06-12T25:00:00 2021-06-12T14:30 2021-06-12T14:30:00-00:00 2021-06-12T14:00:00?
1964/2008 2004-06/2006-08 2004-02-01/2005-02-08 2004-02-01/2005-02 2005/2006-02 2021/2020 2020/2021/2022 2021-06-12/13
1984? 2004-06~ 2004-06-11% 1984?~ 201X 20XX 2XXX XXXX 2004-XX 1985-04-XX 1985-XX-XX 199X~ 1XXX -004X 1984~/2004-06
1984?/2004% 2001-21/2003 / Y170000002 Y-170000002 Y2021 Y12345 Y-17E7 Y17E2 Y01234 y12345
2001-21 2001-22 2001-23 2001-25 2001-29 2001-31 2001-32 2001-33 2001-36 2001-37 2001-39 2001-40 2001-41 2001-42 2001-20
[1667,1668,1670..1672] [1667,1760-12] {1667,1668,1670..1672} {1960,1961-12} [] [1984..1986] [2020-11-09,2020-11-10]
[1984..,1986] [1986,..1984] [1667?,1668] [..] [1667,,1668] [1667,1668} [1912-03..1912-05]
2004-06~-11 2004?-06-11 ?2004-06-~11 2004-%06-11 ?2004 ~2004-06-11 2004-06-~01/2004-06-~20 2004-06?-11/2005
156X-12-25 15XX-12-25 XXXX-12-XX 1XXX-XX 1XXX-12 1X99 1999-02-XX 2004-06-XX/2004-07-03 X9X9
""".split()  # noqa: SIM905 - as a list it would fill three screens

DIFFERENT: dict[str, tuple[str, tuple[Day | None, Day | None] | None]] = {
    "1900-02-29": ("edtf takes a 29 February in every year", None),
    "156X-02-29": ("edtf takes a 29 February in every year", ((1560, 2, 29), (1568, 2, 29))),
    "XXX1-02-29": ("edtf takes a 29 February in every year", None),
    "2021T10:00:00": ("a time of day needs a day: level 0, Date and Time", None),
    "2021-06T14:30:00": ("a time of day needs a day: level 0, Date and Time", None),
    "2021-06-12T14:30:00+00:00": ("edtf does not know a distance from UTC of nothing", ((2021, 6, 12), (2021, 6, 12))),
    "-000X": ("edtf counts -0000, which is not a year", ((-9, 1, 1), (-1, 12, 31))),
    "1985-04-12/..": ("edtf fails on an open end", ((1985, 4, 12), None)),
    "../1985-04-12": ("edtf fails on an open start", (None, (1985, 4, 12))),
    "1985/": ("edtf makes an unknown end ten years later", ((1985, 1, 1), None)),
    "/1985": ("edtf makes an unknown start ten years earlier", (None, (1985, 12, 31))),
    "../..": ("without a start and an end it has no place on a timeline", None),
    "[..1760-12-03]": ("edtf fails on an open start", (None, (1760, 12, 3))),
    "[1760-01,1760-02,1760-12..]": ("edtf fails on an open end", ((1760, 1, 1), None)),
    "{..1984}": ("edtf fails on an open start", (None, (1984, 12, 31))),
    "[1984]": ("edtf wants two members; one does no harm", ((1984, 1, 1), (1984, 12, 31))),
    "[1667, 1668]": ("edtf skips white space, which is not in the format", None),
    "Y1E99": ("we read years of up to 15 digits", None),
    "1950S2": ("edtf's strict bounds leave out the digits that do not count", ((1900, 1, 1), (1999, 12, 31))),
    "-1950S2": ("edtf's strict bounds leave out the digits that do not count", ((-1999, 1, 1), (-1900, 12, 31))),
    "Y171010000S3": (
        "edtf's strict bounds leave out the digits that do not count",
        ((171_000_000, 1, 1), (171_999_999, 12, 31)),
    ),
    "1950S5": ("four digits have no fifth that could count", None),
    "2001-24": ("edtf ends the winter with the year", ((2001, 12, 1), (2002, 2, 28))),
    "2003-28": ("edtf ends the winter with the year", ((2003, 12, 1), (2004, 2, 29))),
    "2001-30": ("edtf ends the southern summer with the year", ((2001, 12, 1), (2002, 2, 28))),
    "2001-21?": ("a season can be qualified, as it can within an interval", ((2001, 3, 1), (2001, 5, 31))),
    "1984-1X": ("edtf fails on a month with one digit unknown", ((1984, 10, 1), (1984, 12, 31))),
    "2004-06-1X": ("edtf fails on a day with one digit unknown", ((2004, 6, 10), (2004, 6, 19))),
    "2004-0X-31": ("edtf fails on a month with one digit unknown", ((2004, 1, 31), (2004, 8, 31))),
    "2021-02-3X": ("no day of February begins with 3", None),
    "2004-XX/2005": ("edtf fails on an interval from an unknown month", ((2004, 1, 1), (2005, 12, 31))),
}


def bounds(text: str) -> tuple[Day | None, Day | None] | None:
    """Return our bounds of a text, or None where it is not a date."""
    date = parse(text)
    return date and (date.earliest, date.latest)


def bounds_of_edtf(text: str) -> object:
    """Return the bounds that the edtf package gives, None where it finds no date, or the fault it fails with."""
    try:
        date = parse_edtf(text)
        return tuple(date.lower_strict()[:3]), tuple(date.upper_strict()[:3])
    except EDTFParseException:
        return None
    except (TypeError, ValueError, AttributeError) as fault:
        return type(fault)


def read(text: str) -> Date:
    """Return the date, which the test knows to be one."""
    date = parse(text)
    assert date is not None, text
    return date


@pytest.mark.parametrize("text", SAME_IN_BOTH)
def test_reads_as_the_edtf_package_does(text: str) -> None:
    """A text is a date for us where it is one for the edtf package, with the same first and last day."""
    assert bounds(text) == bounds_of_edtf(text)


@pytest.mark.parametrize("text", DIFFERENT)
def test_differs_from_the_edtf_package_only_where_said(text: str) -> None:
    """Each difference from the edtf package is real, and our bounds there are those written down with its reason."""
    _reason, expected = DIFFERENT[text]
    assert bounds(text) == expected != bounds_of_edtf(text)


@st.composite
def plain_dates(draw: st.DrawFn) -> str:
    """Draw a year, month or day of level 0, or a negative one, with a mark of certainty or without."""
    year = draw(st.integers(-9999, 9999))
    month = draw(st.integers(1, 12))
    day = draw(st.integers(1, 28))
    parts = [f"-{-year:04}" if year < 0 else f"{year:04}", f"{month:02}", f"{day:02}"]
    return "-".join(parts[: draw(st.integers(1, 3))]) + draw(st.sampled_from(["", "?", "~", "%"]))


@settings(max_examples=40, deadline=None)  # the edtf package reads a hundred or so dates a second
@given(plain_dates(), plain_dates())
def test_agrees_with_edtf_on_drawn_dates(first: str, last: str) -> None:
    """Any date, and any interval of two, has the bounds that the edtf package gives it."""
    assert bounds(first) == bounds_of_edtf(first)
    assert bounds(f"{first}/{last}") == bounds_of_edtf(f"{first}/{last}")


@given(plain_dates(), plain_dates())
def test_bounds_hold_the_date(first: str, last: str) -> None:
    """The first day is never after the last, both are days that exist, and the text is kept."""
    for text in (first, f"[{first},{last}]", f"{{{first},{last}}}"):
        date = read(text)
        assert date.text == text
        assert date.earliest is not None
        assert date.latest is not None
        assert date.earliest <= date.latest
        for year, month, day in (date.earliest, date.latest):
            assert 1 <= day <= days_in_month(year, month)


@given(st.dates())
def test_knows_every_day_of_the_calendar(day: datetime.date) -> None:
    """A day of the years 1 to 9999 lies within its own bounds and those of its month, year, decade and century."""
    whole = day.isoformat()
    expected = (day.year, day.month, day.day)
    assert bounds(whole) == (expected, expected)
    for text in (whole[:7], whole[:4], f"{whole[:3]}X", f"{whole[:2]}XX", f"{whole[:7]}-XX", f"{whole[:4]}-XX-XX"):
        date = read(text)
        assert date.earliest is not None
        assert date.latest is not None
        assert date.earliest <= expected <= date.latest


@given(st.integers(1, 9999), st.integers(1, 12), st.integers(0, 32))
def test_takes_exactly_the_days_that_exist(year: int, month: int, day: int) -> None:
    """A day is read if and only if the calendar has it, leap years included."""
    try:
        datetime.date(year, month, day)
    except ValueError:
        assert parse(f"{year:04}-{month:02}-{day:02}") is None
    else:
        assert parse(f"{year:04}-{month:02}-{day:02}") is not None


@pytest.mark.parametrize(("text", "leap"), [("0000", True), ("-0004", True), ("-0100", False), ("-0400", True)])
def test_keeps_the_leap_rule_before_year_1(text: str, leap: bool) -> None:  # noqa: FBT001
    """Years before 1 have their 29 February by the same rule, with 1 BCE as the year 0."""
    assert (parse(f"{text}-02-29") is not None) is leap


@given(st.text(alphabet="0123456789X-/.,[]{}?~%TYESZ:+ u", max_size=24) | st.text(max_size=24))
def test_never_raises(text: str) -> None:
    """Any text at all is a date or is not; one that is keeps its text and can be sorted."""
    date = parse(text)
    if date:
        assert date.text == text
        first, last = sort_key(date)
        assert first <= last or ends_before_it_starts(date)


@pytest.mark.parametrize(
    "text", ["٢٠٢١", "２０２１", "2021-06-12\n", " 2021", "2021 ", "20_1", "[" + "2021," * 1000 + "2021]"]
)
def test_reads_no_look_alikes(text: str) -> None:
    """Other digits, white space around a date, and lists longer than anyone writes are not dates."""
    assert parse(text) is None


@given(st.lists(plain_dates(), min_size=2, max_size=8))
def test_sorts_by_first_then_last_day(texts: list[str]) -> None:
    """Sorted by their keys, dates stand by first day, and the shorter of two that begin together comes first."""
    ordered = sorted(map(read, texts), key=sort_key)
    for before, after in itertools.pairwise(ordered):
        assert before.earliest is not None
        assert after.earliest is not None
        assert before.earliest <= after.earliest
        if before.earliest == after.earliest:
            assert (before.latest or END_OF_TIME) <= (after.latest or END_OF_TIME)


def test_stands_where_a_reader_looks_for_it() -> None:
    """A date without a start stands at the first day that it names, one without an end after all that end."""
    order = ["-0043-03-15", "[..1984]", "1990", "1990/..", "1993-12-31", "../1994", "1994-02", "../1994-03", "Y12345"]
    assert [date.text for date in sorted(map(read, reversed(order)), key=sort_key)] == order
    assert sort_key(read("../1994")) == ((1994, 1, 1), (1994, 12, 31))
    assert sort_key(read("1990/..")) == ((1990, 1, 1), END_OF_TIME)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("1994/..", "known", "open"),
        ("1994/", "known", "unknown"),
        ("../1994", "open", "known"),
        ("/1994", "unknown", "known"),
        ("[..1994,1996]", "open", "known"),
        ("{1994..}", "known", "open"),
        ("1994/1996", "known", "known"),
    ],
)
def test_tells_open_from_unknown(text: str, start: str, end: str) -> None:
    """`..` is an open side, nothing is an unknown one, and each leaves that bound empty."""
    date = read(text)
    assert (date.start, date.end) == (start, end)
    assert (date.earliest is None, date.latest is None) == (start != "known", end != "known")


def test_keeps_runs_within_sets() -> None:
    """A run in a set is its two ends, marked by the place of the first."""
    date = read("[1667,1668,1670..1672]")
    assert [point and point.year for point in date.points] == [1667, 1668, 1670, 1672]
    assert date.runs == (2,)
    assert read("{..1984}").points[0] is None


@pytest.mark.parametrize(
    ("text", "precision", "year", "month", "day"),
    [
        ("2021-06-12T14:30:00Z", "time", 2021, 6, 12),
        ("2021-06-12", "day", 2021, 6, 12),
        ("2004-06-XX", "month", 2004, 6, None),
        ("2001-33", "season", 2001, None, None),
        ("1985-XX-XX", "year", 1985, None, None),
        ("156X-12-25", "decade", 1560, 12, 25),
        ("-004X", "decade", -40, None, None),
        ("19XX", "century", 1900, None, None),
        ("1950S2", "century", 1950, None, None),
        ("1XXX", "millennium", 1000, None, None),
        ("XXXX", "longer", 0, None, None),
    ],
)
def test_says_how_exact_a_date_is(text: str, precision: str, year: int, month: int | None, day: int | None) -> None:
    """The precision is the finest unit known without a gap; the parts that are known are kept."""
    point = read(text).points[0]
    assert point is not None
    assert (point.precision, point.year, point.month, point.day) == (precision, year, month, day)


@pytest.mark.parametrize(
    ("text", "approximate", "uncertain"),
    [
        ("1984", False, False),
        ("1984~", True, False),
        ("1984?", False, True),
        ("1984%", True, True),
        ("2004-06~-11", True, False),
        ("?2004-06-~11", True, True),
    ],
)
def test_says_how_sure_a_date_is(text: str, approximate: bool, uncertain: bool) -> None:  # noqa: FBT001
    """A mark anywhere in a date makes it approximate, uncertain or both."""
    point = read(text).points[0]
    assert point is not None
    assert (point.approximate, point.uncertain) == (approximate, uncertain)


@pytest.mark.parametrize(
    ("text", "backwards"),
    [
        ("2021/2020", True),
        ("2021-06-12/2021-06-11", True),
        ("2021-06-12/2021-06", False),
        ("2021-06-12/2021", False),
        ("2021/2021", False),
        ("2021/..", False),
        ("../2021", False),
        ("[1669..1667]", True),
        ("{1660,1667..1669}", False),
        ("2021", False),
    ],
)
def test_sees_an_end_before_its_start(text: str, backwards: bool) -> None:  # noqa: FBT001
    """An interval or run is backwards only where no day of its end can be on or after its start."""
    assert ends_before_it_starts(read(text)) is backwards


@pytest.mark.parametrize(
    ("text", "attribute"),
    [
        ("2021", "2021"),
        ("2021-06", "2021-06"),
        ("2021-06-12", "2021-06-12"),
        ("0079-08-24", "0079-08-24"),
        ("Y12345", "12345"),
        ("2021-06-12T14:30:00Z", "2021-06-12T14:30:00Z"),
        ("2021-06-12T14:30:00+04", "2021-06-12T14:30:00+04:00"),
        ("2021-06-12T24:00:00", ""),
        ("0000", ""),
        ("-0043-03-15", ""),
        ("1990~", ""),
        ("2021-06-12?", ""),
        ("199X", ""),
        ("2004-06-XX", ""),
        ("1950S2", ""),
        ("2001-21", ""),
        ("2020/2021", ""),
        ("[2020,2021]", ""),
    ],
)
def test_writes_a_datetime_only_where_html_has_one(text: str, attribute: str) -> None:
    """A `<time>` gets a value for plain years after 0, months, days and times, and for nothing else."""
    assert datetime_attribute(read(text)) == attribute
