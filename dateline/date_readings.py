"""One date, written otherwise than as EDTF: what was meant by it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date as calendar_date
from datetime import timedelta
from types import MappingProxyType

from dateline.dates import days_in_month, parse
from dateline.named_tuples import NamedTuple

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_MONTH_NUMBERS: Mapping[str, int] = MappingProxyType(
    {name[:length].lower(): number for number, name in enumerate(_MONTHS, 1) for length in (3, len(name))} | {"sept": 9}
)
_NAME = rf"(?P<m>{'|'.join(sorted(_MONTH_NUMBERS, key=len, reverse=True))})\.?"
_SEASON_NUMBERS: Mapping[str, int] = MappingProxyType(
    {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
)
_WEEKDAY = re.compile(r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? ")
_DAY = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?"
_SHORT_YEAR = "gives its year with two digits"
_UNKNOWN = frozenset(
    {"unknown", "n.d.", "nd", "undated", "no date", "none", "n/a", "na", "tbd", "tba", "?", "??", "-", "–", "—"}
)
_DASHES = MappingProxyType(dict.fromkeys(map(ord, "‐‑‒–—―−﹣－⁃"), "-"))


class Reading(NamedTuple):
    """What a text was probably meant to say: why it cannot stand (after the text itself), and the forms in EDTF.

    `advice` is the whole help where it is more than to write one of the forms.
    """

    why: str
    forms: tuple[str, ...]
    advice: str = ""


def _real(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= days_in_month(year, month)


def _iso(year: int, month: int | None = None, day: int | None = None) -> str:
    """Return a date in EDTF; `year` is astronomical."""
    digits = f"-{-year:04}" if year < 0 else f"{year:04}"
    return "-".join([digits, *(f"{part:02}" for part in (month, day) if part is not None)])


def _in_words(year: int, month: int, day: int) -> str:
    return f"{day} {_MONTHS[month - 1]} {year}"


def _not_known(text: str) -> Reading | None:
    if text.strip().lower() not in _UNKNOWN:
        return None
    return Reading(
        "says no date",
        ("199X", "1990/1995"),
        "write the span that is certain, such as 199X or 1990/1995; or leave the row out",
    )


def _respelled(text: str) -> Reading | None:
    """Read a text that is EDTF but for its characters."""
    digits = "".join(str(unicodedata.digit(c)) if c.isdigit() and not c.isascii() else c for c in text)
    tries = (
        (text.strip(), "has a space before or after it"),
        (re.sub(r"\s+", "", text), "has a space in it"),
        (text.translate(_DASHES), "has a long dash where a hyphen belongs"),
        (digits, "is written in other digits than 0 to 9"),
        (text.upper(), "has a small letter where a capital belongs"),
        (text.replace("u", "X"), "has the old sign u for an unknown digit"),
        (re.sub(r"\?~|~\?", "%", text), "has both ? and ~ where one % belongs"),
        (text.removeprefix("Y"), "has a Y, which is for years of more than four digits"),
        (re.sub(r"^-(?=0000)", "", text), "has a minus before the year 0"),
        (re.sub(r"\bopen\b", "..", text), "has the old word 'open' for an end that is not there"),
        (re.sub(r"\bunknown\b", "", text), "has the old word 'unknown' for an end that is not known"),
    )
    return next((Reading(why, (form,)) for form, why in tries if form != text and parse(form)), None)


def _no_such_day(text: str) -> Reading | None:
    """Read a date in the order of EDTF whose month or day does not exist, or has one digit."""
    found = re.fullmatch(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?([?~%]?)", text)
    if not found:
        return None
    year, month, day, mark = int(found[1]), int(found[2]), int(found[3] or 1), found[4]
    if month > 12:
        return _month_too_high(year, month, day, mark) if found[3] else _two_years(found[1], found[2])
    if month == 0:
        return Reading("has month 00", (_iso(year) + mark,))
    if day == 0:
        return Reading("has day 00", (_iso(year, month) + mark,))
    longest = days_in_month(year, month)
    if day > longest:
        why = f"cannot be: {_MONTHS[month - 1]} {year} has {longest} days"
        first, last = _iso(year, month, 1), _iso(year, month, longest)
        return Reading(why, (first, last), f"write a day from {first} to {last}, or {_iso(year, month)} for the month")
    parts = (year, month, day) if found[3] else (year, month)
    return Reading("has a month or day of one digit", (_iso(*parts) + mark,))


def _month_too_high(year: int, month: int, day: int, mark: str) -> Reading:
    why = f"has month {month}, and a year has 12"
    if _real(year, day, month):
        return Reading(why, (_iso(year, day, month) + mark,))
    return Reading(why, (), f"write the month as 01 to 12, such as {_iso(year, 12)}")


def _two_years(start: str, end: str) -> Reading | None:
    last = int(start) // 100 * 100 + int(end)
    return Reading("looks like two years", (f"{start}/{_iso(last)}",)) if last > int(start) else None


def _year_first(text: str) -> Reading | None:
    found = re.fullmatch(r"(\d{4})([./ ])(\d{1,2})(?:\2(\d{1,2})\.?)?", text) or re.fullmatch(
        r"(\d{4})()(\d\d)(\d\d)", text
    )
    if not found:
        return None
    year, sign, month, day = found[1], found[2], found[3], found[4]
    if sign == "/" and day is None:
        return _short_end(year, month)
    why = {"/": "has slashes, which stand between the start and the end of an interval", "": "has no hyphens"}
    parts = [int(part) for part in (year, month, day) if part]
    return Reading(why.get(sign, f"has '{sign}' where a hyphen belongs"), (_iso(*parts),))


def _short_end(year: str, end: str) -> Reading | None:
    """Read `2020/21` as years and `2021/06` as a month; `2001/02` may be either."""
    years, month = f"{year}/{year[:-2]}{end:0>2}", f"{year}-{end:0>2}"
    if int(end) > 12:
        return Reading("shortens its last year", (years,))
    if int(year) % 100 + 1 == int(end):
        return Reading("could be a month or two years", (month, years))
    return Reading("has a slash, which stands between the start and the end of an interval", (month,))


def _day_or_month_first(text: str) -> Reading | None:
    """Read `13/06/2021` and its like; with points the day comes first."""
    found = re.fullmatch(r"(\d{1,2})([./ -])(\d{1,2})\2(\d{4}|['’]?\d\d)\.?", text)
    if not found:
        return None
    first, second, sign = int(found[1]), int(found[3]), found[2]
    if len(found[4]) < 4:
        return _year_of_two_digits(found[1], found[3], found[4], sign)
    year = int(found[4])
    days_first = _real(year, second, first)
    months_first = _real(year, first, second) and sign != "."
    if days_first and months_first and first != second:
        words = f"{_in_words(year, second, first)} or {_in_words(year, first, second)}"
        return Reading(f"could be {words}", (_iso(year, second, first), _iso(year, first, second)))
    if days_first:
        return Reading(f"is written day{sign}month{sign}year", (_iso(year, second, first),))
    return Reading(f"is written month{sign}day{sign}year", (_iso(year, first, second),)) if months_first else None


def _whole_year(end: str) -> int:
    """Return the year for its last two digits as spreadsheets read them: 2000 to 2029, or 1930 to 1999."""
    return int(end[-2:]) + (2000 if int(end[-2:]) < 30 else 1900)


def _year_of_two_digits(first: str, second: str, end: str, sign: str) -> Reading | None:
    """Read `13/06/21` and its like; in `21-06-13` the year may also come first."""
    orders = [(_whole_year(end), int(second), int(first))]
    if sign != ".":
        orders.append((_whole_year(end), int(first), int(second)))
    if sign == "-" and len(first) == len(second) == len(end) == 2:
        orders.append((_whole_year(first), int(second), int(end)))
    forms = dict.fromkeys(_iso(*order) for order in orders if _real(*order))
    return Reading(_SHORT_YEAR, tuple(forms)) if forms else None


def _month_and_year(text: str) -> Reading | None:
    found = re.fullmatch(r"(\d{1,2})([./-])(\d{4})", text)
    if not found or not 1 <= int(found[1]) <= 12:
        return None
    return Reading(f"is written month{found[2]}year", (_iso(int(found[3]), int(found[1])),))


def _month_by_name(text: str) -> Reading | None:
    plain = _without_weekday(text)
    era = re.search(r" (b\.?c\.?(?:e\.?)?|a\.?d\.?|c\.?e\.?)$", plain)
    of = r"[ ,.-]+(?:of )?"
    year = r"(?P<y>\d{1,4})" if era else r"(?P<y>\d{4})"
    orders = (
        f"{_DAY}{of}{_NAME}(?:{of}{year})?",
        f"{_NAME} {_DAY}(?:{of}{year})?",
        f"{_NAME}(?:{of}{year})?",
        f"{year}{of}{_NAME}(?: {_DAY})?",
    )
    undated = plain[: era.start()] if era else plain
    found = next(filter(None, (re.fullmatch(order, undated) for order in orders)), None)
    if not found:
        return None
    named = found.groupdict()
    before = era is not None and era[1].startswith("b")
    return _named_day(named["y"], _MONTH_NUMBERS[named["m"]], int(named.get("d") or 0), before=before)


def _without_weekday(text: str) -> str:
    """Return the text in small letters without the name of a weekday before it."""
    plain = text.strip().lower()
    weekday = _WEEKDAY.match(plain)
    return plain[weekday.end() :] if weekday else plain


def _month_by_name_and_short_year(text: str) -> Reading | None:
    """Read `14-Jun-21` and `Jun-21`, as spreadsheets show them; "Jun 21" is a day of June."""
    orders = (
        rf"{_DAY}[ ,.-]+{_NAME}[ ,.-]+['’]?(?P<y>\d\d)",
        rf"{_NAME} {_DAY},? ?(?:,|['’]) ?['’]?(?P<y>\d\d)",
        rf"{_NAME}(?:-|[ .-]?['’])(?P<y>\d\d)",
    )
    plain = _without_weekday(text)
    found = next(filter(None, (re.fullmatch(order, plain) for order in orders)), None)
    if not found:
        return None
    named = found.groupdict()
    reading = _named_day(
        str(_whole_year(named["y"])), _MONTH_NUMBERS[named["m"]], int(named.get("d") or 0), before=False
    )
    return reading._replace(why=_SHORT_YEAR) if reading.forms else reading


def _named_day(year: str | None, month: int, day: int, *, before: bool) -> Reading:
    """Read a month with its name; `day` is 0 where there is none, `before` tells a year before year 1."""
    given = int(year or 2024)
    if not year and _real(given, month, day or 1):
        return Reading("has no year", (), f"add the year, such as {_iso(given, month, day or None)}")
    number = 1 - given if before else given
    if not day or _real(number, month, day):
        return Reading("is written in words", (_iso(number, month, day or None),))
    why = f"cannot be: that {_MONTHS[month - 1]} has {days_in_month(number, month)} days"
    return Reading(why, (), f"mend the day, or write the month alone, such as {_iso(number, month)}")


def _days_of_a_month(text: str) -> Reading | None:
    plain = text.strip().lower().translate(_DASHES)
    days, year = r"(?P<first>\d{1,2}) ?- ?(?P<last>\d{1,2})", r"[ ,]+(?P<y>\d{4})"
    found = re.fullmatch(f"{days} {_NAME}{year}", plain) or re.fullmatch(f"{_NAME} {days}{year}", plain)
    if not found:
        return None
    ends = [_iso(int(found["y"]), _MONTH_NUMBERS[found["m"]], int(found[end])) for end in ("first", "last")]
    return Reading("has a dash between two days", ("/".join(ends),))


def _era(text: str) -> Reading | None:
    before = re.fullmatch(r"(\d{1,4}) ?b\.? ?c\.?(?: ?e\.?)?", text.strip().lower())
    if before and int(before[1]):
        return Reading("names its era; 1 BCE is the year 0000", (_iso(1 - int(before[1])),))
    after = re.fullmatch(r"(?:a\.?d\.? ?)?(\d{1,4})(?: ?a\.?d\.?| ?c\.?e\.?)?", text.strip().lower())
    if after and after[1] != text.strip() and int(after[1]):
        return Reading("names its era", (_iso(int(after[1])),))
    return None


def _spreadsheet_number(text: str) -> Reading | None:
    found = re.fullmatch(r"([2-5]\d{4})(?:[.,]\d+)?", text)
    if not found:
        return None
    day = calendar_date(1899, 12, 30) + timedelta(days=int(found[1]))  # day 0 of a spreadsheet, from March 1900 on
    words = _in_words(day.year, day.month, day.day)
    return Reading(f"looks like a spreadsheet's day number, which would be {words}", (day.isoformat(),))


def _bare_number(text: str) -> Reading | None:
    """Read a year of too few digits, or of more than four."""
    found = re.fullmatch(r"(-?)([0-9]{1,15})", text)
    number = int(found[2]) if found else 0
    if not found or (number == 0 and text != "00"):
        return None
    too_few = "has a year of fewer than four digits"
    if found[1]:
        years = f"{_iso(-number)} for {number + 1} BCE or {_iso(1 - number)} for {number} BCE"
        return Reading(too_few, (), f"write {years}") if number < 1000 else None
    if len(text) == 2:
        return Reading(_SHORT_YEAR, (f"20{number:02}", f"19{number:02}"))
    if number > 9999:
        return Reading("has a year of more than four digits", (f"Y{number}",))
    return Reading(too_few, (_iso(number),))


def _week(text: str) -> Reading | None:
    found = re.fullmatch(r"(\d{4})-?W(\d\d)(?:-?([1-7]))?", text)
    if not found:
        return None
    year, week, weekdays = int(found[1]), int(found[2]), found[3] or "17"
    try:
        days = [calendar_date.fromisocalendar(year, week, int(weekday)).isoformat() for weekday in weekdays]
    except ValueError:
        return None
    return Reading("is a week or a day of a week", ("/".join(days),))


def _period(text: str) -> Reading | None:
    """Read a decade, century, season or quarter in words."""
    plain = re.sub(r"^(?:the )?(?:(?:early|mid|late)[ -])?(?:the )?", "", text.strip().lower())
    for pattern, why, forms in _PERIODS:
        found = re.fullmatch(pattern, plain)
        if found:
            return Reading(why, forms(found))
    return None


_PERIODS: tuple[tuple[str, str, Callable[[re.Match[str]], tuple[str, ...]]], ...] = (
    (r"(\d\d)00['’]?s", "could be ten years or a hundred", lambda found: (f"{found[1]}0X", f"{found[1]}XX")),
    (r"(\d{3})0['’]?s", "is a decade in words", lambda found: (f"{found[1]}X",)),
    (r"['’]?(\d)0['’]?s", "is a decade without its century", lambda found: (f"19{found[1]}X", f"18{found[1]}X")),
    (
        r"(\d{1,2})(?:st|nd|rd|th) (?:century|c\.?)",
        "is a century in words",
        lambda found: (f"{int(found[1]) - 1:02}XX",),
    ),
    (
        rf"({'|'.join(_SEASON_NUMBERS)}),?(?: of)? (\d{{4}})",
        "is a season in words",
        lambda found: (f"{found[2]}-{_SEASON_NUMBERS[found[1]]}",),
    ),
    (r"q([1-4])[ /-]?(\d{4})", "is a quarter of a year in words", lambda found: (f"{found[2]}-{32 + int(found[1])}",)),
    (r"(\d{4})[ /-]?q([1-4])", "is a quarter of a year in words", lambda found: (f"{found[1]}-{32 + int(found[2])}",)),
)


READERS: tuple[Callable[[str], Reading | None], ...] = (
    _not_known,
    _respelled,
    _no_such_day,
    _year_first,
    _day_or_month_first,
    _month_and_year,
    _month_by_name,
    _month_by_name_and_short_year,
    _days_of_a_month,
    _era,
    _spreadsheet_number,
    _bare_number,
    _week,
    _period,
)
"""Each reads one way of writing a date, in the order in which they are tried; None where it is not written so.

The forms of a reading may be no dates after all, such as a thirteenth month: then the next one is tried.
"""
