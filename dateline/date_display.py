"""A date in the words of a language: whole for the text, short for the margin where the year is a heading.

The patterns of CLDR are filled here, since Babel formats only the years 1 to 9999.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from dateline.date_patterns import Shape, locale_name, read_patterns
from dateline.dates import Date, Day, Point, Precision, sort_key

Translate = Callable[[str], str]

_PRECISIONS: tuple[Precision, ...] = ("year", "month", "day")
_ERA_NEEDED_BEFORE = 100  # "79" alone would not be read as a year
_GROUPED_FROM = 10_000


class DateDisplay:
    """Dates in the words of one language.

    `language` is a BCP 47 tag; one that CLDR does not know falls back to its parent, at last to English. `translate`
    gets each of our own phrases in English, with `{named}` places, and returns it in the language. Nothing raises.
    """

    def __init__(self, language: str, translate: Translate) -> None:
        self._translate = translate
        self._patterns = read_patterns(locale_name(language))
        self._bare = self._patterns.short._replace(bare=True)

    def full(self, date: Date) -> str:
        """Return the whole date, such as "June 12, 2021" or "September 27 – November 9, 2020"."""
        return self._date(date, self._patterns.long)

    def short(self, date: Date) -> str:
        """Return the date for a margin under a heading with its year, such as "Jun 12" or "Sep 27 – Nov 9".

        The year is shown where it alone is known, and where an interval or set has more than one.
        """
        years = {point.year for point in date.points if point}
        within_a_year = all(_is_within_a_year(point) for point in date.points if point)
        return self._date(date, self._bare if len(years) == 1 and within_a_year else self._patterns.short)

    def year_heading(self, date: Date) -> str:
        """Return the year under which the date stands on the timeline, such as "2020" or "44 BCE"."""
        if all(point is None or _digits(point).startswith("XXXX") for point in date.points):
            return self._translate("date unknown")
        return self._year(sort_key(date)[0][0])

    def _date(self, date: Date, shape: Shape) -> str:
        if date.kind == "interval":
            return self._interval(date, shape)
        if date.kind in ("one of", "all of"):
            return self._set(date, shape)
        return self._qualified(date.points[0], shape)

    def _interval(self, date: Date, shape: Shape) -> str:
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

    def _set(self, date: Date, shape: Shape) -> str:
        patterns = self._patterns.any_of if date.kind == "one of" else self._patterns.all_of
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

    def _run(self, date: Date, index: int, shape: Shape) -> str:
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

    def _span(self, start: Point, end: Point, shape: Shape) -> str:
        """Return the words from start to end; what they share is said once where the language does so."""
        if start.uncertain and end.uncertain:
            certain = self._span(start._replace(uncertain=False), end._replace(uncertain=False), shape)
            return self._uncertain(certain)
        days = _days_of_one_month((start, end))
        if days and days[0] < days[1]:
            return self._calendar(start, days, self._patterns.day_dash.join, shape)
        if not (_is_plain(start) and _is_plain(end) and start.precision == end.precision):
            return self._patterns.span.format(self._qualified(start, shape), self._qualified(end, shape))
        if start.precision == "year":
            years = self._year(start.year), self._year(end.year)
            return self._patterns.span.format(*years) if " " in "".join(years) else self._patterns.year_dash.join(years)
        return self._span_of_plain(start, end, shape)

    def _span_of_plain(self, start: Point, end: Point, shape: Shape) -> str:
        first, last = shape, shape
        if start.year == end.year >= _ERA_NEEDED_BEFORE:
            bare = shape._replace(bare=True)
            leads = _year_leads(shape.day if start.precision == "day" else shape.month)
            first, last = (shape, bare) if leads else (bare, shape)
        texts = self._unqualified(start, first), self._unqualified(end, last)
        tight = start.precision == "month" and first is not last
        return self._patterns.month_dash.join(texts) if tight else self._patterns.span.format(*texts)

    def _qualified(self, point: Point | None, shape: Shape) -> str:
        """Return the words for one date with what is said of its certainty: level 1 "Qualification of a date"."""
        if point is None:
            return ""
        text = self._unqualified(point, shape)
        if point.approximate:
            text = self._translate("about {date}").format(date=text)
        return self._uncertain(text) if point.uncertain else text

    def _uncertain(self, text: str) -> str:
        return self._translate("{date} (uncertain)").format(date=text)

    def _unqualified(self, point: Point, shape: Shape) -> str:
        if point.season:
            return self._season(point, shape)
        if "X" in point.text:
            return self._unspecified(point, shape)
        if "S" in point.text:
            return self._estimate(point, shape)
        text = self._calendar(point, (point.day,) if point.day else (), "".join, shape)
        return self._patterns.with_time.format(self._time(point.time), text) if point.time else text

    def _calendar(
        self, point: Point, days: Sequence[int], join: Callable[[Sequence[str]], str], shape: Shape, year: str = ""
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
        endings = [self._patterns.after_day if place < last else "" for place in range(len(days))]
        return pattern.format(
            y=year or self._number_of_year(point.year),
            G=self._patterns.eras[point.year > 0],
            d=join([f"{day}{ending}" for day, ending in zip(days, endings, strict=True)]),
            dd=join([f"{day:02}{ending}" for day, ending in zip(days, endings, strict=True)]),
            **self._patterns.months[point.month],
        )

    def _year(self, year: int) -> str:
        pattern = self._patterns.era_year if year < _ERA_NEEDED_BEFORE else self._patterns.year
        return pattern.format(y=self._number_of_year(year), G=self._patterns.eras[year > 0])

    def _number_of_year(self, year: int) -> str:
        number = year if year > 0 else 1 - year
        return str(number) if number < _GROUPED_FROM else f"{number:,}".replace(",", self._patterns.group)

    def _time(self, time: str) -> str:
        """Return the time of day, with seconds where they are not zero, and its distance from UTC if given."""
        hour, minute, second, zone = time[:2], time[3:5], time[6:8], time[8:]
        text = self._patterns.clock.format(H=int(hour), HH=hour, mm=minute)
        if second != "00":
            text += f":{second}"
        return f"{text} UTC{zone.removeprefix('Z')}" if zone else text

    def _season(self, point: Point, shape: Shape) -> str:
        """Return a part of a year: level 2 "Sub-year groupings", by their numbers."""
        number = point.season or 0
        if 33 <= number <= 36:
            name = shape.quarters[number - 32]
            return name if shape.bare else shape.quarter.format(y=self._number_of_year(point.year), G="", Q=name)
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

    def _estimate(self, point: Point, shape: Shape) -> str:
        """Return a year of which only some digits count: level 2 "Significant digits"."""
        year = self._year(point.year)
        if not shape.noted:
            return self._translate("about {date}").format(date=year)
        first, last = self._year(point.earliest[0]), self._year(point.latest[0])
        return self._translate("about {date}, between {first} and {last}").format(date=year, first=first, last=last)

    def _unspecified(self, point: Point, shape: Shape) -> str:
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

    def _some_year(self, point: Point, year: str, rest: str, shape: Shape) -> str:
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

    def _without_year(self, point: Point, shape: Shape) -> str:
        if point.month is None:
            return self._translate("date unknown")
        text = self._calendar(point, (point.day,) if point.day else (), "".join, shape._replace(bare=True))
        return self._translate("{date} (year unknown)").format(date=text) if shape.noted else text

    def _as_written(self, point: Point, shape: Shape) -> str:
        written = re.sub("[?~%]", "", point.text)
        return self._translate("{date} (some digits unknown)").format(date=written) if shape.noted else written

    def _from_first_to_last(self, point: Point, parts: int, shape: Shape) -> str:
        """Return the bounds in words; `parts` is 0 for years, 1 for months, 2 for days."""
        first, last = (_cut(point, bound, parts) for bound in (point.earliest, point.latest))
        return self._between(self._unqualified(first, shape), self._unqualified(last, shape))


def _listed(patterns: Mapping[str, str], texts: Sequence[str]) -> str:
    """Return texts as a list in words: UTS #35, Part 2, "List Patterns"."""
    if len(texts) < 3:
        return patterns["2"].format(*texts) if len(texts) == 2 else texts[0]
    listed = patterns["start"].format(*texts[:2])
    for text in texts[2:-1]:
        listed = patterns["middle"].format(listed, text)
    return patterns["end"].format(listed, texts[-1])


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
    return bool(re.search(r"\{y\}.*\{[dML]", pattern))
