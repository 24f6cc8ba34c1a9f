"""A date in the words of a language: whole for the text, short for the margin where the year is a heading.

The patterns of CLDR are filled here, since Babel formats only the years 1 to 9999.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from dateline.date_kinds import (
    ERA_NEEDED_BEFORE,
    cut,
    days_of_one_month,
    digits_of,
    is_one_stretch,
    is_plain,
    is_within_a_year,
    kind_of,
    listed,
    ordinals,
    spanish,
    year_leads,
)
from dateline.date_patterns import Shape, beside_a_day, locale_name, read_patterns
from dateline.dates import Date, Point, sort_key

Translate = Callable[[str], str]

_GROUPED_FROM = 10_000
# What stands for a year in a text that is said of many.
_HERE = "\0"


class DateDisplay:
    """Dates in the words of one language.

    `language` is a BCP 47 tag; one that CLDR does not know falls back to its parent, at last to English. `translate`
    gets each of our own phrases in English, with `{named}` places, and returns it in the language. Nothing raises.
    """

    def __init__(self, language: str, translate: Translate) -> None:
        self._translate = translate
        locale = locale_name(language)
        self._patterns = read_patterns(locale)
        self._listed = (lambda *given: spanish(listed(*given))) if locale.startswith("es") else listed
        self._bare = self._patterns.short._replace(bare=True)
        self._said: dict[str, str] = {}
        self._years: dict[int, str] = {}
        self._around_year: dict[tuple[int, ...], tuple[str, str, str]] = {}

    def day(self, date: Date) -> tuple[str, str, str] | None:
        """Return year, whole date and date for a margin of a date that is one day, of which all is known; else None.

        Only years of the common form have such: a day is said the same way in each of them.
        """
        point = date.points[0]
        if date.kind != "date" or point is None or point.precision != "day" or not is_plain(point):
            return None
        if not ERA_NEEDED_BEFORE <= point.year < _GROUPED_FROM:
            return None
        key = point.earliest[1:]
        around = self._around_year.get(key)
        if around is None:
            around = self._around_year[key] = self._around(point)
        year = self._years.get(point.year)
        if year is None:
            year = self._years[point.year] = self._year(point.year)
        before, after, short = around
        said = self._said[date.text] = f"{before}{point.year}{after}"
        return year, said, short

    def _around(self, point: Point) -> tuple[str, str, str]:
        """Return what stands before and after the year where a plain day is said, and the day without its year."""
        shape = self._patterns.long
        said = self._qualified(point, shape._replace(day=shape.day.replace("{y}", _HERE)))
        before, _, after = said.partition(_HERE)
        return before, after, self._qualified(point, self._bare)

    def full(self, date: Date) -> str:
        """Return the whole date, such as "June 12, 2021" or "September 27 – November 9, 2020"."""
        # Each date stands on several pages.
        said = self._said.get(date.text)
        if said is None:
            words = self.day(date)
            said = self._said[date.text] = words[1] if words else self._date(date, self._patterns.long)
        return said

    def short(self, date: Date) -> str:
        """Return the date for a margin under a heading with its year, such as "Jun 12" or "Sep 27 – Nov 9".

        The year is shown where it alone is known, and where an interval or set has more than one.
        """
        points = [point for point in date.points if point]
        one_year = len({point.year for point in points}) == 1
        within_a_year = one_year and all(map(is_within_a_year, points))
        return self._date(date, self._bare if within_a_year else self._patterns.short)

    def year_heading(self, date: Date) -> str:
        """Return the year under which the date stands on the timeline, such as "2020" or "44 BCE"."""
        if all(point is None or digits_of(point).startswith("XXXX") for point in date.points):
            return self._translate("date unknown")
        return self._year(sort_key(date)[0][0])

    def year_patterns(self) -> tuple[str, str, str, str]:
        """Return how a year is said: plain, before year 1, and after it with its era, each with a place `{y}`.

        The last is what parts the thousands of a number of five digits or more.
        """
        before, after = (self._patterns.era_year.format(y="{y}", G=era) for era in self._patterns.eras)
        return self._patterns.year.format(y="{y}", G=""), before, after, self._patterns.group

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
                return self._since(start, shape)
            return self._translate("from {date} (end unknown)").format(date=self._qualified(start, shape))
        if date.start == "open":
            return self._before(end, shape) if end else ""
        return self._translate("until {date} (start unknown)").format(date=self._qualified(end, shape))

    def _set(self, date: Date, shape: Shape) -> str:
        patterns = self._patterns.any_of if date.kind == "one of" else self._patterns.all_of
        days = days_of_one_month(date.points)
        if days and not date.runs:
            point = date.points[0]
            return self._calendar(point, days, lambda texts: self._listed(patterns, texts), shape) if point else ""
        second_ends = {index + 1 for index in date.runs}
        members = [
            self._run(date, index, shape) if index in date.runs else self._qualified(point, shape)
            for index, point in enumerate(date.points)
            if index not in second_ends
        ]
        return self._listed(patterns, members)

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
            return self._between(start, end, shape)
        return self._span(start, end, shape)

    # Languages put other words beside a day, a month and a year: "avant le 12 juin", "avant juin", "до 1994 г.".

    def _before(self, point: Point, shape: Shape) -> str:
        translate = self._translate
        phrases = {
            # Translators: {day} is such as “June 12, 2021”.
            "day": translate("before {day}"),
            # Translators: {month} is such as “June 2021”, the name of the month as it stands beside a day, often in
            # the genitive; {month_alone}, which may be used instead, has it as it stands alone.
            "month": translate("before {month}"),
            # Translators: {year} is such as “2021”.
            "year": translate("before {year}"),
            # Translators: {era_year} is a year with its era, such as “44 BCE”.
            "era_year": translate("before {era_year}"),
            # Translators: {date} is any other date, such as “1990s”, “spring 2001” or “about 1990”.
            "date": translate("before {date}"),
        }
        kind = kind_of(point)
        return self._uncertain_if(point, phrases[kind].format(**self._places(kind, kind, point, shape)))

    def _since(self, point: Point, shape: Shape) -> str:
        translate = self._translate
        phrases = {
            "day": translate("since {day}"),
            "month": translate("since {month}"),
            "year": translate("since {year}"),
            "era_year": translate("since {era_year}"),
            "date": translate("since {date}"),
        }
        kind = kind_of(point)
        return self._uncertain_if(point, phrases[kind].format(**self._places(kind, kind, point, shape)))

    def _between(self, start: Point, end: Point, shape: Shape) -> str:
        translate = self._translate
        kind = kind_of(start)
        if kind == "date" or kind != kind_of(end) or start.uncertain or end.uncertain:
            phrase = translate("between {first} and {last}")
            return phrase.format(first=self._qualified(start, shape), last=self._qualified(end, shape))
        phrases = {
            "day": translate("between {first_day} and {last_day}"),
            "month": translate("between {first_month} and {last_month}"),
            "year": translate("between {first_year} and {last_year}"),
            "era_year": translate("between {first_era_year} and {last_era_year}"),
        }
        places = self._places(kind, f"first_{kind}", start, shape) | self._places(kind, f"last_{kind}", end, shape)
        return phrases[kind].format(**places)

    def _places(self, kind: str, name: str, point: Point, shape: Shape) -> dict[str, str]:
        """Return what fills the place `name` of a phrase; a month both as beside a day and as it stands alone."""
        certain = point._replace(uncertain=False)
        if kind != "month":
            return {name: self._qualified(certain, shape)}
        inflected = self._qualified(certain, beside_a_day(shape))
        return {name: inflected, f"{name}_alone": self._qualified(certain, shape)}

    def _span(self, start: Point, end: Point, shape: Shape) -> str:
        """Return the words from start to end; what they share is said once where the language does so."""
        if start.uncertain and end.uncertain:
            certain = self._span(start._replace(uncertain=False), end._replace(uncertain=False), shape)
            return self._uncertain(certain)
        days = days_of_one_month((start, end))
        if days and days[0] < days[1]:
            return self._calendar(start, days, self._patterns.day_dash.join, shape)
        if not (is_plain(start) and is_plain(end) and start.precision == end.precision):
            return self._patterns.span.format(self._qualified(start, shape), self._qualified(end, shape))
        if start.precision == "year":
            years = self._year(start.year), self._year(end.year)
            return self._patterns.span.format(*years) if " " in "".join(years) else self._patterns.year_dash.join(years)
        return self._span_of_plain(start, end, shape)

    def _span_of_plain(self, start: Point, end: Point, shape: Shape) -> str:
        first, last = shape, shape
        if start.year == end.year >= ERA_NEEDED_BEFORE:
            bare = shape._replace(bare=True)
            leads = year_leads(shape.day if start.precision == "day" else shape.month)
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
        return self._uncertain_if(point, text)

    def _uncertain_if(self, point: Point, text: str) -> str:
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

    def _calendar(self, point: Point, days: Sequence[int], join: Callable[[Sequence[str]], str], shape: Shape) -> str:
        """Fill the pattern for a year, a month or days of one month."""
        if point.month is None:
            return self._year(point.year)
        era = point.year < ERA_NEEDED_BEFORE
        if shape.bare:
            pattern = shape.bare_day if days else shape.bare_month
        elif era:
            pattern = shape.era_day if days else shape.era_month
        else:
            pattern = shape.day if days else shape.month
        after = self._patterns.after_day
        return pattern.format(
            y=self._number_of_year(point.year),
            G=self._patterns.eras[point.year > 0],
            d=join([*[f"{day}{after}" for day in days[:-1]], *map(str, days[-1:])]),
            dd=join([*[f"{day:02}{after}" for day in days[:-1]], *[f"{day:02}" for day in days[-1:]]]),
            **self._patterns.months[point.month],
        )

    def _year(self, year: int) -> str:
        pattern = self._patterns.era_year if year < ERA_NEEDED_BEFORE else self._patterns.year
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
        if point.year < ERA_NEEDED_BEFORE:
            # Translators: {year} has its era, such as “44 BCE”.
            phrase = self._translate("{season}, {year}")
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
        digits = digits_of(point)
        year, _, rest = digits.partition("-")
        if "X" in year:
            return self._some_year(point, year, rest, shape)
        remark = self._remark(rest)
        if remark:
            text = self._calendar(point, (), "".join, shape)
            return remark.format(date=text) if shape.noted else text
        if is_one_stretch(digits):
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
        plain = not point.text.startswith("-") and (point.precision != "decade" or point.year >= ERA_NEEDED_BEFORE)
        if whole and plain and is_one_stretch(year):
            return self._stretch_of_years(point)
        if plain and point.precision == "decade" and "X" not in rest:
            days = (point.day,) if point.day else ()
            bare = self._calendar(point, days, "".join, shape._replace(bare=True))
            # Translators: {date} is such as “December 25”, {decade} such as “1560s”.
            return self._translate("{date}, {decade}").format(date=bare, decade=self._stretch_of_years(point))
        return self._from_first_to_last(point, 0, shape) if whole and not plain else self._as_written(point, shape)

    def _stretch_of_years(self, point: Point) -> str:
        if point.precision == "decade":
            # Translators: {decade} is its first year, such as 1990; {last}, which may be used too, its last, 1999.
            return self._translate("{decade}s").format(decade=point.year, last=point.year + 9)
        years = 100 if point.precision == "century" else 1000
        number = point.year // years + 1
        if number == 1:
            return self._translate("1st century") if years == 100 else self._translate("1st millennium")
        # Translators: in place of {ordinal}, 20th, write {number}, 20, or {roman}, XX: what the language uses.
        century = self._translate("{ordinal} century")
        # Translators: in place of {ordinal}, 2nd, write {number}, 2, or {roman}, II: what the language uses.
        millennium = self._translate("{ordinal} millennium")
        return (century if years == 100 else millennium).format(**ordinals(number))

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
        first, last = (cut(point, bound, parts) for bound in (point.earliest, point.latest))
        return self._between(first, last, shape)
