"""What of a date decides how it is said: its kind, what its points share, and the numbers in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from dateline.dates import Day, Point, Precision

ERA_NEEDED_BEFORE = 100  # "79" alone would not be read as a year
_PRECISIONS: tuple[Precision, ...] = ("year", "month", "day")


def listed(patterns: Mapping[str, str], texts: Sequence[str]) -> str:
    """Return texts as a list in words: UTS #35, Part 2, "List Patterns"."""
    if len(texts) < 3:
        return patterns["2"].format(*texts) if len(texts) == 2 else texts[0]
    joined = patterns["start"].format(*texts[:2])
    for text in texts[2:-1]:
        joined = patterns["middle"].format(joined, text)
    return patterns["end"].format(joined, texts[-1])


def spanish(text: str) -> str:
    """Return a Spanish list with "u" for "o" and "e" for "y" before the same sound, as ICU's ListFormatter has it."""
    text = re.sub(r"\bo (?=8|11\b|h?o)", "u ", text, flags=re.IGNORECASE)
    return re.sub(r"\by (?=h?i(?!a|e))", "e ", text, flags=re.IGNORECASE)


def ordinals(number: int) -> dict[str, int | str]:
    """Return a number up to 100 as digits, as an English ordinal and in Roman numerals."""
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10 if number // 10 != 1 else 0, "th")
    tens = ("", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX", "XC", "C")[number // 10]
    ones = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[number % 10]
    return {"number": number, "ordinal": f"{number}{ending}", "roman": tens + ones}


def digits_of(point: Point) -> str:
    """Return the point as written, without minus and marks of certainty."""
    return re.sub("[?~%]", "", point.text).removeprefix("-")


def is_one_stretch(digits: str) -> bool:
    """Return whether the unknown digits are the last ones, so that the date means every day between two."""
    return "X" not in digits.replace("-", "").rstrip("X")


def is_plain(point: Point) -> bool:
    """Return whether a point is a day, a month or a year of which all is known."""
    return (
        point.precision in ("day", "month", "year")
        and not (point.approximate or point.uncertain)
        and not ("X" in point.text or "S" in point.text)
    )


def kind_of(point: Point) -> str:
    """Return which phrases fit a point, be it certain or not: those for a day, a month, a year, or any other date.

    The kinds are "day", "month", "year", "era_year" (a year that is said with its era) and "date".
    """
    if point.precision == "time" and not point.approximate:
        return "day"
    if not is_plain(point._replace(uncertain=False)):
        return "date"
    return "era_year" if point.precision == "year" and point.year < ERA_NEEDED_BEFORE else point.precision


def is_within_a_year(point: Point) -> bool:
    """Return whether a point is shorter than a year."""
    return point.precision in ("time", "day", "month", "season")


def days_of_one_month(points: Iterable[Point | None]) -> tuple[int, ...]:
    """Return the days where all points are plain days of the same month, else nothing."""
    days: list[int] = []
    months = set()
    for point in points:
        if point is None or point.day is None or not is_plain(point):
            return ()
        months.add(point.earliest[:2])
        days.append(point.day)
    return tuple(days) if len(months) == 1 else ()


def cut(point: Point, bound: Day, parts: int) -> Point:
    """Return a plain year, month or day (`parts` 0, 1 or 2) of a bound."""
    year, month, day = bound
    precision = _PRECISIONS[parts]
    return point._replace(
        text="", year=year, month=month if parts else None, day=day if parts > 1 else None, precision=precision
    )


def year_leads(pattern: str) -> bool:
    """Return whether the year stands before the month or day in a format."""
    return bool(re.search(r"\{y\}.*\{[dML]", pattern))
