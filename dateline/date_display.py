"""A date in the words of a language: whole for the text, short for the margin where the year is a heading.

Names, order and punctuation are those of Unicode CLDR, read through Babel (UTS #35, Part 4: Dates, "Date Field
Symbol Table", "availableFormats" and "intervalFormats"; Part 2: "List Patterns"). The patterns are filled here, since
Babel formats only the years 1 to 9999.
"""

from __future__ import annotations

import copy
import itertools
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from dateline.dates import Date, Day, Point, Precision, sort_key

Translate = Callable[[str], str]

# The fields of a CLDR pattern as places of a Python format: year, era, day, two-digit day, then the name or number
# of the month in six forms.
_SLOTS: Mapping[str, str] = MappingProxyType(
    {"d": "{2}", "dd": "{3}", "MMMM": "{4}", "MMM": "{5}", "LLLL": "{6}", "LLL": "{7}", "M": "{8}", "MM": "{9}"}
    | {"L": "{8}", "LL": "{9}", "Q": "{4}", "QQQ": "{4}", "QQQQ": "{4}", "H": "{2}", "HH": "{3}", "mm": "{4}"}
)
_SLOTS_OF_ANY_WIDTH: Mapping[str, str] = MappingProxyType({"y": "{0}", "u": "{0}", "G": "{1}"})
_PRECISIONS: tuple[Precision, ...] = ("year", "month", "day")
_CLDR_PARTS = (
    "months",
    "quarters",
    "eras",
    "date_formats",
    "datetime_formats",
    "datetime_skeletons",
    "interval_formats",
    "list_patterns",
    "number_symbols",
)
_ERA_NEEDED_BEFORE = 100  # "79" alone would not be read as a year
_GROUPED_FROM = 10_000


class _Shape(NamedTuple):
    """Patterns for one length of display, as Python formats; `bare` leaves out the year, `noted` adds remarks."""

    day: str
    month: str
    bare_day: str
    bare_month: str
    era_day: str
    era_month: str
    quarter: str
    quarters: Mapping[int, str]
    bare: bool
    noted: bool


class DateDisplay:
    """Dates in the words of one language.

    `language` is a BCP 47 tag; one that CLDR does not know falls back to its parent, at last to English. `translate`
    gets each of our own phrases in English, with `{named}` places, and returns it in the language. Nothing raises.
    """

    def __init__(self, language: str, translate: Translate) -> None:
        identifier = locale_name(language)
        data = _cldr(identifier)
        self._translate = translate
        self._months = _month_names(data["months"])
        self._eras = _era_names(identifier, data["eras"])
        self._group = str(data["number_symbols"]["latn"]["group"])
        self._or = data["list_patterns"]["or"]
        self._and = data["list_patterns"]["standard"]
        self._with_time = _plain_spaces(str(data["datetime_formats"]["medium"]))
        self._clock = _format(_skeleton(data, "Hm"))
        self._year_format = _format(_skeleton(data, "y"))
        self._era_year_format = _format(_skeleton(data, "Gy"))
        self._day_dash, self._after_day = _dash(data, "yMMMd", "d")
        self._month_dash = _dash(data, "yMMM", "M")[0]
        self._year_dash = _dash(data, "y", "y")[0]
        self._span_format = _plain_spaces(str(data["interval_formats"][None]))
        self._long = _long_shape(data)
        self._short_dated = _short_shape(data)
        self._short = self._short_dated._replace(bare=True)

    def full(self, date: Date) -> str:
        """Return the whole date, such as "June 12, 2021" or "September 27 – November 9, 2020"."""
        return self._date(date, self._long)

    def short(self, date: Date) -> str:
        """Return the date for a margin under a heading with its year, such as "Jun 12" or "Sep 27 – Nov 9".

        The year is shown where it alone is known, and where an interval or set has more than one.
        """
        years = {point.year for point in date.points if point}
        within_a_year = all(_is_within_a_year(point) for point in date.points if point)
        return self._date(date, self._short if len(years) == 1 and within_a_year else self._short_dated)

    def year_heading(self, date: Date) -> str:
        """Return the year under which the date stands on the timeline, such as "2020" or "44 BCE"."""
        if all(point is None or _digits(point).startswith("XXXX") for point in date.points):
            return self._translate("date unknown")
        return self._year(sort_key(date)[0][0])

    def _date(self, date: Date, shape: _Shape) -> str:
        if date.kind == "interval":
            return self._interval(date, shape)
        if date.kind in ("one of", "all of"):
            return self._set(date, shape)
        return self._qualified(date.points[0], shape)

    def _interval(self, date: Date, shape: _Shape) -> str:
        start, end = date.points
        if start and end:
            return self._span(start, end, shape)
        if start:
            if date.end == "open":
                return self._translate("since {date}").format(date=self._qualified(start, shape))
            return self._translate("from {date} (end unknown)").format(date=self._qualified(start, shape))
        if date.start == "open":
            return self._translate("before {date}").format(date=self._qualified(end, shape))
        return self._translate("until {date} (start unknown)").format(date=self._qualified(end, shape))

    def _set(self, date: Date, shape: _Shape) -> str:
        patterns = self._or if date.kind == "one of" else self._and
        days = _days_of_one_month(date.points)
        if days and not date.runs:
            point = date.points[0]
            return self._calendar(point, days, lambda texts: _listed(patterns, texts), shape) if point else ""
        second_ends = {index + 1 for index in date.runs}
        members = [
            self._run(date, index, shape) if index in date.runs else self._qualified(point, shape)
            for index, point in enumerate(date.points)
            if index not in second_ends
        ]
        return _listed(patterns, members)

    def _run(self, date: Date, index: int, shape: _Shape) -> str:
        """Return the words for a run of a set, which may be open on one side."""
        start, end = date.points[index : index + 2]
        if start is None or end is None:
            text = self._qualified(start or end, shape)
            if date.kind == "one of":
                phrase = self._translate("{date} or later") if start else self._translate("{date} or earlier")
            else:
                phrase = self._translate("all from {date} on") if start else self._translate("all up to {date}")
            return phrase.format(date=text)
        if date.kind == "one of" and len(date.points) == 2:
            return self._between(self._qualified(start, shape), self._qualified(end, shape))
        return self._span(start, end, shape)

    def _between(self, first: str, last: str) -> str:
        return self._translate("between {first} and {last}").format(first=first, last=last)

    def _span(self, start: Point, end: Point, shape: _Shape) -> str:
        """Return the words from start to end; what they share is said once where the language does so."""
        if start.uncertain and end.uncertain:
            certain = self._span(start._replace(uncertain=False), end._replace(uncertain=False), shape)
            return self._uncertain(certain)
        days = _days_of_one_month((start, end))
        if days and days[0] < days[1]:
            return self._calendar(start, days, self._day_dash.join, shape)
        if not (_is_plain(start) and _is_plain(end) and start.precision == end.precision):
            return self._span_format.format(self._qualified(start, shape), self._qualified(end, shape))
        if start.precision == "year":
            years = self._year(start.year), self._year(end.year)
            return self._span_format.format(*years) if " " in "".join(years) else self._year_dash.join(years)
        return self._span_of_plain(start, end, shape)

    def _span_of_plain(self, start: Point, end: Point, shape: _Shape) -> str:
        first, last = shape, shape
        if start.year == end.year >= _ERA_NEEDED_BEFORE:
            bare = shape._replace(bare=True)
            leads = _year_leads(shape.day if start.precision == "day" else shape.month)
            first, last = (shape, bare) if leads else (bare, shape)
        texts = self._unqualified(start, first), self._unqualified(end, last)
        tight = start.precision == "month" and first is not last
        return self._month_dash.join(texts) if tight else self._span_format.format(*texts)

    def _qualified(self, point: Point | None, shape: _Shape) -> str:
        """Return the words for one date with what is said of its certainty: level 1 "Qualification of a date"."""
        if point is None:
            return ""
        text = self._unqualified(point, shape)
        if point.approximate:
            text = self._translate("about {date}").format(date=text)
        return self._uncertain(text) if point.uncertain else text

    def _uncertain(self, text: str) -> str:
        return self._translate("{date} (uncertain)").format(date=text)

    def _unqualified(self, point: Point, shape: _Shape) -> str:
        if point.season:
            return self._season(point, shape)
        if "X" in point.text:
            return self._unspecified(point, shape)
        if "S" in point.text:
            return self._estimate(point, shape)
        text = self._calendar(point, (point.day,) if point.day else (), "".join, shape)
        return self._with_time.format(self._time(point.time), text) if point.time else text

    def _calendar(
        self, point: Point, days: Sequence[int], join: Callable[[Sequence[str]], str], shape: _Shape, year: str = ""
    ) -> str:
        """Fill the pattern for a year, a month or days of one month; `year` takes the place of the year's number."""
        if point.month is None:
            return year or self._year(point.year)
        era = not year and point.year < _ERA_NEEDED_BEFORE
        if shape.bare and not year:
            pattern = shape.bare_day if days else shape.bare_month
        elif era:
            pattern = shape.era_day if days else shape.era_month
        else:
            pattern = shape.day if days else shape.month
        last = len(days) - 1
        endings = [self._after_day if place < last else "" for place in range(len(days))]
        return pattern.format(
            year or self._number_of_year(point.year),
            self._eras[point.year > 0],
            join([f"{day}{ending}" for day, ending in zip(days, endings, strict=True)]),
            join([f"{day:02}{ending}" for day, ending in zip(days, endings, strict=True)]),
            *self._months[point.month],
        )

    def _year(self, year: int) -> str:
        pattern = self._era_year_format if year < _ERA_NEEDED_BEFORE else self._year_format
        return pattern.format(self._number_of_year(year), self._eras[year > 0])

    def _number_of_year(self, year: int) -> str:
        number = year if year > 0 else 1 - year
        return str(number) if number < _GROUPED_FROM else f"{number:,}".replace(",", self._group)

    def _time(self, time: str) -> str:
        """Return the time of day, with seconds where they are not zero, and its distance from UTC if given."""
        hour, minute, second, zone = time[:2], time[3:5], time[6:8], time[8:]
        text = self._clock.format("", "", int(hour), hour, minute)
        if second != "00":
            text += f":{second}"
        return f"{text} UTC{zone.removeprefix('Z')}" if zone else text

    def _season(self, point: Point, shape: _Shape) -> str:
        """Return a part of a year: level 2 "Sub-year groupings", by their numbers."""
        number = point.season or 0
        if 33 <= number <= 36:
            name = shape.quarters[number - 32]
            return name if shape.bare else shape.quarter.format(self._number_of_year(point.year), "", "", "", name)
        name = self._season_name(number)
        if shape.bare:
            return name
        phrase = self._translate("{season} of {year}") if number > 36 else self._translate("{season} {year}")
        text = phrase.format(season=name, year=self._year(point.year))
        if shape.noted and 25 <= number <= 28:
            return self._translate("{date} (northern hemisphere)").format(date=text)
        if shape.noted and 29 <= number <= 32:
            return self._translate("{date} (southern hemisphere)").format(date=text)
        return text

    def _season_name(self, number: int) -> str:
        translate = self._translate
        if number < 33:
            names = translate("spring"), translate("summer"), translate("autumn"), translate("winter")
            return names[(number - 21) % 4]
        thirds = translate("first four months"), translate("middle four months"), translate("last four months")
        return (*thirds, translate("first half"), translate("second half"))[number - 37]

    def _estimate(self, point: Point, shape: _Shape) -> str:
        """Return a year of which only some digits count: level 2 "Significant digits"."""
        year = self._year(point.year)
        if not shape.noted:
            return self._translate("about {date}").format(date=year)
        first, last = self._year(point.earliest[0]), self._year(point.latest[0])
        return self._translate("about {date}, between {first} and {last}").format(date=year, first=first, last=last)

    def _unspecified(self, point: Point, shape: _Shape) -> str:
        """Return a date with digits that are not given: level 1 and 2 "Unspecified digit"."""
        digits = _digits(point)
        year, _, rest = digits.partition("-")
        if "X" in year:
            return self._some_year(point, year, rest, shape)
        remark = self._remark(rest)
        if remark:
            text = self._calendar(point, (), "".join, shape)
            return remark.format(date=text) if shape.noted else text
        if _is_one_stretch(digits):
            return self._from_first_to_last(point, digits.count("-"), shape)
        return self._as_written(point, shape)

    def _remark(self, rest: str) -> str:
        """Return what to say where the month, the day or both are unknown, or "" where only a part of one is."""
        if rest == "XX":
            return self._translate("{date} (month unknown)")
        if rest == "XX-XX":
            return self._translate("{date} (month and day unknown)")
        return self._translate("{date} (day unknown)") if re.fullmatch("[0-9]{2}-XX", rest) else ""

    def _some_year(self, point: Point, year: str, rest: str, shape: _Shape) -> str:
        """Return a decade, century or millennium, a day or month of some year in a decade, or of any year."""
        whole = rest in ("", "XX", "XX-XX")
        if year == "XXXX":
            return self._without_year(point, shape) if whole or "X" not in rest else self._as_written(point, shape)
        plain = not point.text.startswith("-") and (point.precision != "decade" or point.year >= _ERA_NEEDED_BEFORE)
        if whole and plain and _is_one_stretch(year):
            return self._stretch_of_years(point)
        if plain and point.precision == "decade" and "X" not in rest:
            days = (point.day,) if point.day else ()
            return self._calendar(point, days, "".join, shape, self._stretch_of_years(point))
        return self._from_first_to_last(point, 0, shape) if whole and not plain else self._as_written(point, shape)

    def _stretch_of_years(self, point: Point) -> str:
        if point.precision == "decade":
            return self._translate("{decade}s").format(decade=point.year)
        # Translators: {number} is 20, {ordinal} is 20th, {roman} is XX; use the one that the language writes.
        if point.precision == "century":
            return self._translate("{ordinal} century").format(**_ordinals(point.year // 100 + 1))
        return self._translate("{ordinal} millennium").format(**_ordinals(point.year // 1000 + 1))

    def _without_year(self, point: Point, shape: _Shape) -> str:
        if point.month is None:
            return self._translate("date unknown")
        text = self._calendar(point, (point.day,) if point.day else (), "".join, shape._replace(bare=True))
        return self._translate("{date} (year unknown)").format(date=text) if shape.noted else text

    def _as_written(self, point: Point, shape: _Shape) -> str:
        written = re.sub("[?~%]", "", point.text)
        return self._translate("{date} (some digits unknown)").format(date=written) if shape.noted else written

    def _from_first_to_last(self, point: Point, parts: int, shape: _Shape) -> str:
        """Return the bounds in words; `parts` is 0 for years, 1 for months, 2 for days."""
        first, last = (_cut(point, bound, parts) for bound in (point.earliest, point.latest))
        return self._between(self._unqualified(first, shape), self._unqualified(last, shape))


def locale_name(language: str) -> str:
    """Return Babel's name for the language, its nearest parent, or English."""
    from babel import Locale, UnknownLocaleError

    subtags = re.split("[-_]", language)
    for length in range(len(subtags), 0, -1):
        try:
            return str(Locale.parse("_".join(subtags[:length])))
        except (UnknownLocaleError, ValueError):
            continue
    return "en"


def _cldr(identifier: str) -> Mapping[str, Any]:
    """Return what CLDR has for a locale, in Babel's layout.

    The parts are copied before any alias in them is followed. Babel keeps what it finds in dictionaries that locales
    share, so that French after Azerbaijani would get Azerbaijani months (python-babel/babel, issue 1234).
    """
    from babel import localedata

    shared = localedata.load(identifier)
    return localedata.LocaleDataDict({part: copy.deepcopy(shared[part]) for part in _CLDR_PARTS})


def _long_shape(data: Mapping[str, Any]) -> _Shape:
    day = _format(data["date_formats"]["long"].pattern)
    shape = _shape_of(data, "MMMM", "QQQQ", "wide")._replace(day=day, noted=True)
    # Armenian has two-digit days within a whole date and one-digit days without a year: not both in one interval.
    return shape._replace(bare_day=shape.bare_day.replace("{2}", "{3}")) if "{3}" in day else shape


def _short_shape(data: Mapping[str, Any]) -> _Shape:
    return _shape_of(data, "MMM", "QQQ", "abbreviated")


def _shape_of(data: Mapping[str, Any], month: str, quarter: str, width: str) -> _Shape:
    skeletons = (f"y{month}d", f"y{month}", f"{month}d", month, f"Gy{month}d", f"Gy{month}", f"y{quarter}")
    formats = [_format(_skeleton(data, skeleton)) for skeleton in skeletons]
    return _Shape._make((*formats, data["quarters"]["stand-alone"][width], False, False))


def _skeleton(data: Mapping[str, Any], name: str) -> str:
    """Return the pattern for a set of fields; one with long month names is made from the one with short names."""
    found = data["datetime_skeletons"].get(name)
    if found is None and "MMMM" in name:
        short = _skeleton(data, name.replace("MMMM", "MMM"))
        return re.sub(r"(?<![ML])(MMM|LLL)(?![ML])", lambda field: field[0] + field[0][0], short)
    return str(getattr(found, "pattern", found or ""))


def _format(pattern: str) -> str:
    """Return a CLDR pattern as a Python format; fields that we never ask for are left out."""
    return "".join(
        text.replace("{", "{{").replace("}", "}}")
        if field == ""
        else _SLOTS.get(field, _SLOTS_OF_ANY_WIDTH.get(field[0], ""))
        for field, text in _tokens(pattern)
    )


def _tokens(pattern: str) -> list[tuple[str, str]]:
    """Return the parts of a CLDR pattern: (field, "") or ("", text between fields), thin spaces made plain."""
    from babel.dates import tokenize_pattern

    return [
        (value[0] * value[1], "") if isinstance(value, tuple) else ("", _plain_spaces(value))
        for _, value in tokenize_pattern(pattern)
    ]


def _plain_spaces(text: str) -> str:
    return text.replace("\u2009", " ")


def _dash(data: Mapping[str, Any], fields: str, change: str) -> tuple[str, str]:
    """Return what stands between start and end in an interval pattern, and what belongs to the start before it.

    German has "d.–" and "d. MMM y": the point is part of the day, the rest is the dash.
    """
    halves = data["interval_formats"].get(fields, {}).get(change, ())
    if len(halves) != 2:
        return _plain_spaces(str(data["interval_formats"][None]).format("", "")), ""
    first, second = (_tokens(half) for half in halves)
    field = next(field for field, _ in reversed(first) if field)
    place = next((index for index, (other, _) in enumerate(second) if other[:1] == field[:1]), len(second))
    tail = "".join(text for other, text in first[-1:] if not other)
    after = "".join(text for other, text in second[place + 1 : place + 2] if not other)
    same = itertools.takewhile(lambda pair: pair[0] == pair[1], zip(tail, after, strict=False))
    shared = "".join(character for character, _ in same)
    return (tail[len(shared) :], shared) if shared.strip() else (tail, "")


def _listed(patterns: Mapping[str, str], texts: Sequence[str]) -> str:
    """Return texts as a list in words: UTS #35, Part 2, "List Patterns"."""
    if len(texts) < 3:
        return patterns["2"].format(*texts) if len(texts) == 2 else texts[0]
    listed = patterns["start"].format(*texts[:2])
    for text in texts[2:-1]:
        listed = patterns["middle"].format(listed, text)
    return patterns["end"].format(listed, texts[-1])


def _month_names(months: Mapping[str, Any]) -> tuple[tuple[str, ...], ...]:
    """Return for months 1-12 the names within a date, long and short, then those that stand alone, then numbers."""
    styles = [months[context][width] for context in ("format", "stand-alone") for width in ("wide", "abbreviated")]
    named = [(*(style[month] for style in styles), f"{month}", f"{month:02}") for month in range(1, 13)]
    return (("",) * 6, *named)


def _era_names(identifier: str, eras: Mapping[str, Any]) -> tuple[str, str]:
    """Return the short names of the eras before and after year 1; for English CLDR's variant, which Babel drops."""
    if identifier.partition("_")[0] == "en":
        return "BCE", "CE"
    return eras["abbreviated"][0], eras["abbreviated"][1]


def _ordinals(number: int) -> dict[str, int | str]:
    """Return a number up to 100 as digits, as an English ordinal and in Roman numerals."""
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10 if number // 10 != 1 else 0, "th")
    tens = ("", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX", "XC", "C")[number // 10]
    ones = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[number % 10]
    return {"number": number, "ordinal": f"{number}{ending}", "roman": tens + ones}


def _digits(point: Point) -> str:
    """Return the point as written, without minus and marks of certainty."""
    return re.sub("[?~%]", "", point.text).removeprefix("-")


def _is_one_stretch(digits: str) -> bool:
    """Return whether the unknown digits are the last ones, so that the date means every day between two."""
    return "X" not in digits.replace("-", "").rstrip("X")


def _is_plain(point: Point) -> bool:
    return (
        point.precision in ("day", "month", "year")
        and not (point.approximate or point.uncertain)
        and not ("X" in point.text or "S" in point.text)
    )


def _is_within_a_year(point: Point) -> bool:
    return point.precision in ("time", "day", "month", "season")


def _days_of_one_month(points: Iterable[Point | None]) -> tuple[int, ...]:
    """Return the days where all points are plain days of the same month, else nothing."""
    days: list[int] = []
    months = set()
    for point in points:
        if point is None or point.day is None or not _is_plain(point):
            return ()
        months.add(point.earliest[:2])
        days.append(point.day)
    return tuple(days) if len(months) == 1 else ()


def _cut(point: Point, bound: Day, parts: int) -> Point:
    """Return a plain year, month or day (`parts` 0, 1 or 2) of a bound."""
    year, month, day = bound
    precision = _PRECISIONS[parts]
    return point._replace(
        text="", year=year, month=month if parts else None, day=day if parts > 1 else None, precision=precision
    )


def _year_leads(pattern: str) -> bool:
    """Return whether the year stands before the month or day in a format."""
    return bool(re.search(r"\{0\}.*\{[2-9]\}", pattern))
