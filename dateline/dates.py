"""Dates as people write them in the `date` column: EDTF text to the first and the last day that it can mean.

Source: Library of Congress, "Extended Date/Time Format (EDTF) Specification", 4 February 2019, which is the profile
that ISO 8601-2:2019 defines. Levels 0 and 1 are read whole; of level 2: sets, qualified components, unspecified
digits anywhere, sub-year groupings, exponents and significant digits.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from datetime import date as gregorian
from functools import lru_cache
from types import MappingProxyType
from typing import Literal, NamedTuple

from dateline.late_patterns import late

Day = tuple[int, int, int]
"""Year, month, day in the proleptic Gregorian calendar; years are astronomical, so that 0 is 1 BCE."""

Precision = Literal["time", "day", "month", "season", "year", "decade", "century", "millennium", "longer"]
Kind = Literal["date", "interval", "one of", "all of"]
Bound = Literal["known", "open", "unknown"]

END_OF_TIME: Day = (10**16, 12, 31)
"""Sorts after every day that can be written: where an open end stands."""

_LONGEST_TEXT = 2_000  # no list of dates that a person writes is longer, and the work per character stays bounded
_LONGEST_YEAR = 10**15  # fits a number of JavaScript and JSON exactly
_MONTH_LENGTHS = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_BOUNDS: Mapping[str, Bound] = MappingProxyType({"": "unknown", "..": "open"})
_COARSE: tuple[Precision, ...] = ("year", "decade", "century", "millennium", "longer")

_PLAIN = late(r"(-?[0-9]{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12][0-9]|3[01]))?)?([?~%])?")
_TIME = late(
    r"(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]|24:00:00)"
    r"(?:Z|(?!-00(?::00)?$)[+-](?:0[0-9]|1[0-4])(?::[0-5][0-9])?)?"
)
_DATE = late(r"[?~%]?(-?)([0-9X]{4})[?~%]?(?:-[?~%]?([0-9X]{2})[?~%]?(?:-[?~%]?([0-9X]{2})[?~%]?)?)?")
_LONG_YEAR = late(r"(Y?)(-?)([0-9]{1,15})(?:E([1-9][0-9]?))?(?:S([1-9][0-9]?))?[?~%]?")

# First month and number of months of the sub-year groupings. Spring to winter without a hemisphere (21-24) are
# placed as in the northern one: the specification leaves their months open. A winter runs on into the next year.
_SEASONS = {
    **{first + number: (3 + 3 * number, 3) for first in (21, 25) for number in range(4)},
    29: (9, 3),
    30: (12, 3),
    31: (3, 3),
    32: (6, 3),
    **{33 + number: (1 + 3 * number, 3) for number in range(4)},
    **{37 + number: (1 + 4 * number, 4) for number in range(3)},
    40: (1, 6),
    41: (7, 6),
}


class Point(NamedTuple):
    """One date of EDTF, with the first and the last day that it can mean.

    `month` and `day` are None where they are not given, not wholly known, or the month is a `season` (21-41, EDTF
    level 2 "sub-year groupings"). `year` is the smallest possible one in size where digits are unspecified, and the
    estimate where only some digits are significant. `precision` is the finest unit known without a gap from the
    year on: "month" for `2004-06-XX`, "decade" for `156X-12-25`. `time` is as written, after the T.
    """

    text: str
    year: int
    month: int | None
    day: int | None
    season: int | None
    precision: Precision
    time: str
    approximate: bool
    uncertain: bool
    earliest: Day
    latest: Day


class Date(NamedTuple):
    """What one `date` cell says.

    `points` is one date, the start and end of an interval, or the members of a set in their order; an index in
    `runs` marks a point that runs on to the next one, as in `[1667..1669]`. A point is None where the interval or
    run has no date on that side; `start` and `end` then say "open" (`..`) or "unknown" (nothing written), and
    `earliest` or `latest` is None.
    """

    text: str
    kind: Kind
    points: tuple[Point | None, ...]
    earliest: Day | None
    latest: Day | None
    start: Bound = "known"
    end: Bound = "known"
    runs: tuple[int, ...] = ()


def is_leap(year: int) -> bool:
    """Return whether an astronomical year has a 29 February in the proleptic Gregorian calendar."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def days_in_month(year: int, month: int) -> int:
    """Return the number of days of a month 1-12."""
    return 29 if month == 2 and is_leap(year) else _MONTH_LENGTHS[month]


@lru_cache(maxsize=1 << 16)
def parse(text: str) -> Date | None:
    """Return what an EDTF text says, or None where it is not EDTF or no such day exists. Never raises.

    An interval open or unknown on both sides is None as well: it has no place on a timeline. One that ends before
    it starts is returned as it is; see `ends_before_it_starts`.
    """
    plain = _PLAIN.fullmatch(text)
    if plain:
        point = _plain_point(text, *plain.groups())
    elif len(text) > _LONGEST_TEXT:
        return None
    elif "/" in text:
        return _interval(text)
    elif text.startswith(("[", "{")):
        return _set(text)
    else:
        point = _timed_point(text) if "T" in text else _point(text)
    return point and Date(text, "date", (point,), point.earliest, point.latest)


def sort_key(date: Date) -> tuple[Day, Day]:
    """Return the first and last day for sorting.

    Where there is no start, the first day is that of the first date given, so that "before 1994" stands at 1994;
    where there is no end, the last day is `END_OF_TIME`.
    """
    first = date.earliest or min(point.earliest for point in date.points if point)
    return first, date.latest or END_OF_TIME


def ends_before_it_starts(date: Date) -> bool:
    """Return whether an interval, or a run within a set, is written backwards."""
    starts = (0,) if date.kind == "interval" else date.runs
    pairs = ((date.points[index], date.points[index + 1]) for index in starts)
    return any(start and end and end.latest < start.earliest for start, end in pairs)


def iso(day: Day) -> str:
    """Return a day as ISO 8601 has it, with a sign and at least four digits for the year."""
    year, month, number = day
    if 0 < year <= 9999:
        return gregorian(year, month, number).isoformat()
    shown = f"{year:+05}" if year else "0000"
    return f"{shown}-{month:02}-{number:02}"


def datetime_attribute(date: Date) -> str:
    """Return the value for the `datetime` of an HTML `<time>`, or "" where HTML has none for such a date.

    HTML knows a year after 0 of four digits or more, a month, a day, and a day with a time; nothing uncertain.
    Source: HTML Living Standard, 4.5.14 "The time element" and 2.3.5 "Dates and times".
    """
    point = date.points[0]
    if date.kind != "date" or point is None or point.year < 1 or point.approximate or point.uncertain:
        return ""
    if point.precision not in ("time", "day", "month", "year") or re.search("[XS]|T24", point.text):
        return ""
    if point.precision == "year":
        return f"{point.year:04}"
    hours_only = re.search(r"T.*[+-][0-9]{2}$", point.text)
    return f"{point.text}:00" if hours_only else point.text


def _plain_point(
    text: str, year_text: str, month_text: str | None, day_text: str | None, mark: str | None
) -> Point | None:
    """Return a date of digits only, month and day in range, perhaps qualified as a whole.

    Level 0 "Date", level 1 "Qualification of a date (complete)" and "Negative calendar year".
    """
    year = int(year_text)
    if year == 0 and year_text[0] == "-":
        return None
    approximate, uncertain = (mark != "?", mark != "~") if mark else (False, False)
    if month_text is None:
        first, last = (year, 1, 1), (year, 12, 31)
        return Point(text, year, None, None, None, "year", "", approximate, uncertain, first, last)
    month = int(month_text)
    if day_text is None:
        first, last = (year, month, 1), (year, month, days_in_month(year, month))
        return Point(text, year, month, None, None, "month", "", approximate, uncertain, first, last)
    day = int(day_text)
    if day > 28 and day > days_in_month(year, month):
        return None
    first = (year, month, day)
    return Point(text, year, month, day, None, "day", "", approximate, uncertain, first, first)


def _timed_point(text: str) -> Point | None:
    """Return a date with a time of day: level 0, "Date and Time"."""
    day_text, _, time = text.partition("T")
    plain = _PLAIN.fullmatch(day_text)
    if not (plain and plain[3] and not plain[4] and _TIME.fullmatch(time)):
        return None
    point = _plain_point(day_text, *plain.groups())
    return point and point._replace(text=text, time=time, precision="time")


def _point(text: str) -> Point | None:
    """Return one date without a time, of any level."""
    plain = _PLAIN.fullmatch(text)
    if plain:
        return _plain_point(text, *plain.groups())
    dated = _DATE.fullmatch(text)
    if not dated:
        return _long_year(text)
    minus, year_digits, month_digits, day_digits = dated.groups()
    if minus and year_digits == "0000":
        return None
    if month_digits and month_digits.isdigit() and int(month_digits) in _SEASONS:
        return None if day_digits else _season(text, minus, year_digits, int(month_digits))
    earliest = _outermost(minus, year_digits, month_digits, day_digits, last=False)
    latest = _outermost(minus, year_digits, month_digits, day_digits, last=True)
    if earliest is None or latest is None:
        return None
    month = int(month_digits) if month_digits and "X" not in month_digits else None
    day = int(day_digits) if day_digits and "X" not in day_digits else None
    precision = _precision(year_digits, month, day)
    year = min(earliest[0], latest[0], key=abs)
    return Point(text, year, month, day, None, precision, "", *_qualified(text), earliest, latest)


def _qualified(text: str) -> tuple[bool, bool]:
    """Return (approximate, uncertain): level 1 "Qualification of a date", level 2 "Qualification"."""
    return "~" in text or "%" in text, "?" in text or "%" in text


def _precision(year_digits: str, month: int | None, day: int | None) -> Precision:
    if "X" in year_digits:
        return _COARSE[4 - year_digits.index("X")]
    if month is None:
        return "year"
    return "month" if day is None else "day"


def _outermost(
    minus: str, year_digits: str, month_digits: str | None, day_digits: str | None, *, last: bool
) -> Day | None:
    """Return the first (or last) real day that a date with X for unknown digits can mean, or None where none is.

    Level 1 "Unspecified digit(s) from the right", level 2 "Unspecified Digit": every X may stand for any digit.
    """
    months = _numbers_within(month_digits, 12, falling=last)
    days = _numbers_within(day_digits, 31, falling=last)
    for year in _years(minus, year_digits, falling=last):
        for month in months:
            longest = days_in_month(year, month)
            for day in days:
                if day <= longest:
                    return year, month, day
    return None


@lru_cache(maxsize=1024)
def _numbers_within(digits: str | None, most: int, *, falling: bool) -> tuple[int, ...]:
    """Return the numbers from 1 to `most` that the digits can mean, in order; all of them where none are given."""
    return tuple(number for number in _numbers(digits or "XX", falling=falling) if 1 <= number <= most)


def _years(minus: str, digits: str, *, falling: bool) -> Iterator[int]:
    if minus:
        return (-year for year in _numbers(digits, falling=not falling) if year)
    return _numbers(digits, falling=falling)


def _numbers(digits: str, *, falling: bool) -> Iterator[int]:
    """Yield the numbers that digits with X can mean, in order."""
    any_digit = "9876543210" if falling else "0123456789"
    # Nearly always the only one that is asked for: but for 29 February, every year has the same days.
    yield int(digits.replace("X", any_digit[0]))
    choices = itertools.product(*(any_digit if digit == "X" else digit for digit in digits))
    for chosen in itertools.islice(choices, 1, None):
        yield int("".join(chosen))


def _season(text: str, minus: str, year_digits: str, season: int) -> Point | None:
    """Return a season, quarter or other part of a year: level 1 "Seasons", level 2 "Sub-year groupings"."""
    if "X" in year_digits:
        return None
    year = int(minus + year_digits)
    month, length = _SEASONS[season]
    years_on, last_month = divmod(month + length - 2, 12)
    last = (year + years_on, last_month + 1)
    latest = (*last, days_in_month(*last))
    return Point(text, year, None, None, season, "season", "", *_qualified(text), (year, month, 1), latest)


def _long_year(text: str) -> Point | None:
    """Return a year of more than four digits, or one of which only some digits count.

    Level 1 "Letter-prefixed calendar year", level 2 "Exponential year" and "Significant digits": `1950S2` is some
    year from 1900 to 1999, estimated to be 1950. Years of more than 15 digits are not read.
    """
    written = _LONG_YEAR.fullmatch(text)
    if not written:
        return None
    letter, minus, digits, exponent, significant = written.groups()
    size = int(digits) * 10 ** int(exponent or 0)
    if letter:
        allowed = digits[0] != "0" and size < _LONGEST_YEAR and (exponent or size > 9999)
    else:
        allowed = len(digits) == 4 and not exponent and significant and not (minus and size == 0)
    length = len(str(size)) if letter else 4
    vague = length - int(significant or length)
    if not allowed or vague < 0:
        return None
    unit = 10**vague
    sign = -1 if minus else 1
    years = sorted((sign * (size // unit * unit), sign * (size // unit * unit + unit - 1)))
    precision = _COARSE[min(vague, 4)]
    earliest, latest = (years[0], 1, 1), (years[1], 12, 31)
    return Point(text, sign * size, None, None, None, precision, "", *_qualified(text), earliest, latest)


def _interval(text: str) -> Date | None:
    """Return a start and an end: level 0 "Time Interval", level 1 "Extended Interval", level 2 "Interval"."""
    start_text, _, end_text = text.partition("/")
    start = _point(start_text)
    end = _point(end_text)
    if start and end:
        return Date(text, "interval", (start, end), start.earliest, end.latest)
    start_bound, end_bound = _BOUNDS.get(start_text, "known"), _BOUNDS.get(end_text, "known")
    if start and end_bound != "known":
        return Date(text, "interval", (start, None), start.earliest, None, "known", end_bound)
    if end and start_bound != "known":
        return Date(text, "interval", (None, end), None, end.latest, start_bound, "known")
    return None


def _set(text: str) -> Date | None:
    """Return one of several dates `[...]` or all of them `{...}`: level 2 "Set representation"."""
    kind: Kind = "one of" if text[0] == "[" else "all of"
    if text[-1] != ("]" if kind == "one of" else "}"):
        return None
    members = text[1:-1].split(",")
    points: list[Point | None] = []
    runs: list[int] = []
    for position, member in enumerate(members):
        ends = member.split("..")
        if len(ends) > 2 or not any(ends):
            return None
        if len(ends) == 2:
            runs.append(len(points))
        opens = ends[0] == "" and position == 0, ends[-1] == "" and position == len(members) - 1
        for end in ends:
            point = _point(end)
            if point is None and not (end == "" and any(opens)):
                return None
            points.append(point)
    return _set_of(text, kind, tuple(points), tuple(runs))


def _set_of(text: str, kind: Kind, points: tuple[Point | None, ...], runs: tuple[int, ...]) -> Date:
    earliest = min([point.earliest for point in points if point]) if points[0] else None
    latest = max([point.latest for point in points if point]) if points[-1] else None
    return Date(
        text, kind, points, earliest, latest, "known" if earliest else "open", "known" if latest else "open", runs
    )
