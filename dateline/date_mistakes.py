"""What was meant by a date that is not EDTF, and what to write instead."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date as calendar_date
from datetime import timedelta
from types import MappingProxyType
from typing import NamedTuple

from dateline.dates import Date, days_in_month, parse

_EXAMPLES = "write a date such as 2021-06-12, 2021-06 or 2021"
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
_UNKNOWN = frozenset(
    {"unknown", "n.d.", "nd", "undated", "no date", "none", "n/a", "na", "tbd", "tba", "?", "??", "-", "–", "—"}
)
_DASHES = MappingProxyType(dict.fromkeys(map(ord, "‐‑‒–—―−﹣－⁃"), "-"))
_LONGEST_SHOWN = 60
_DEEPEST = 3  # "from about June 1990 to perhaps July 1991" needs 2


class Reading(NamedTuple):
    """What a text was probably meant to say: why it cannot stand (after the text itself), and the forms in EDTF."""

    why: str
    forms: tuple[str, ...]
    advice: str = ""


def explain(text: str) -> tuple[str, str]:
    """Return the message and the help for a text that `dateline.dates.parse` does not read.

    Every form that the help proposes can be read.
    """
    if not text.strip():
        return "the date is empty", _EXAMPLES
    reading = _read(text) if len(text) <= 200 else None
    if reading is None:
        return f"{_shown(text)} is not a date that can be read", _EXAMPLES
    return f"{_shown(text)} {reading.why}", reading.advice or f"write {' or '.join(reading.forms)}"


def explain_backwards(date: Date) -> tuple[str, str]:
    """Return the message and the help for an interval or set that ends before it starts."""
    if date.kind == "interval":
        turned = "/".join(reversed(date.text.split("/")))
    else:
        members = date.text[1:-1].split(",")
        turned = f"{date.text[0]}{','.join(map(_forwards, members))}{date.text[-1]}"
    return f"{_shown(date.text)} ends before it starts", f"write {turned}"


def _forwards(member: str) -> str:
    start, dots, end = member.partition("..")
    first, last = parse(start), parse(end)
    if first and last and first.earliest and last.latest and last.latest < first.earliest:
        return f"{end}{dots}{start}"
    return member


def _shown(text: str) -> str:
    one_line = " ".join(text.split())
    return f"'{one_line if len(one_line) <= _LONGEST_SHOWN else one_line[:_LONGEST_SHOWN] + '…'}'"


def _read(text: str, depth: int = 0) -> Reading | None:
    """Return the first reading that gives only forms which can be read; `depth` counts dates within dates."""
    readings = itertools.chain(
        (reader(text) for reader in _READERS), (reader(text, depth + 1) for reader in _READERS_OF_PARTS)
    )
    return next((reading for reading in readings if reading and all(parse(form) for form in reading.forms)), None)


def _forms(text: str, depth: int) -> tuple[str, ...]:
    """Return what a part of a text says in EDTF: the part itself where it can be read, else what was meant by it."""
    part = text.strip(" ,")
    if parse(part):
        return (part,)
    reading = _read(part, depth) if depth <= _DEEPEST else None
    return reading.forms if reading else ()


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
    year, month, day = int(found[1]), int(found[2]), int(found[3] or 1)
    if month > 12:
        return _month_too_high(found, year, month, day)
    if month == 0:
        return Reading("has month 00", (_iso(year) + found[4],))
    if day == 0:
        return Reading("has day 00", (_iso(year, month) + found[4],))
    longest = days_in_month(year, month)
    if day > longest:
        why = f"cannot be: {_MONTHS[month - 1]} {year} has {longest} days"
        first, last = _iso(year, month, 1), _iso(year, month, longest)
        return Reading(why, (first, last), f"write a day from {first} to {last}, or {_iso(year, month)} for the month")
    parts = (year, month, day) if found[3] else (year, month)
    return Reading("has a month or day of one digit", (_iso(*parts) + found[4],))


def _month_too_high(found: re.Match[str], year: int, month: int, day: int) -> Reading | None:
    if not found[3]:
        end = year // 100 * 100 + month
        return (
            Reading("looks like two years", (f"{found[1]}/{_iso(end)}",)) if len(found[2]) == 2 and end > year else None
        )
    if _real(year, day, month):
        return Reading(f"has month {month}, and a year has 12", (_iso(year, day, month) + found[4],))
    return Reading(
        f"has month {month}, and a year has 12", (), f"write the month as 01 to 12, such as {_iso(year, 12)}"
    )


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
    found = re.fullmatch(r"(\d{1,2})([./ -])(\d{1,2})\2(\d{4}|'?\d\d)\.?", text)
    if not found:
        return None
    first, second, sign = int(found[1]), int(found[3]), found[2]
    if len(found[4]) < 4:
        return _year_of_two_digits(first, second, int(found[4][-2:]))
    year = int(found[4])
    days_first = _real(year, second, first)
    months_first = _real(year, first, second) and sign != "."
    if days_first and months_first and first != second:
        words = f"{_in_words(year, second, first)} or {_in_words(year, first, second)}"
        return Reading(f"could be {words}", (_iso(year, second, first), _iso(year, first, second)))
    if days_first:
        return Reading(f"is written day{sign}month{sign}year", (_iso(year, second, first),))
    return Reading(f"is written month{sign}day{sign}year", (_iso(year, first, second),)) if months_first else None


def _year_of_two_digits(first: int, second: int, end: int) -> Reading | None:
    orders = [(second, first), (first, second)] if first != second else [(second, first)]
    forms = [
        _iso(century + end, month, day)
        for century in (2000, 1900)
        for month, day in orders
        if _real(century + end, month, day)
    ]
    return Reading("gives its year with two digits", tuple(forms)) if forms else None


def _month_and_year(text: str) -> Reading | None:
    found = re.fullmatch(r"(\d{1,2})([./-])(\d{4})", text)
    if not found or not 1 <= int(found[1]) <= 12:
        return None
    return Reading(f"is written month{found[2]}year", (_iso(int(found[3]), int(found[1])),))


def _month_by_name(text: str) -> Reading | None:
    plain = re.sub(r"^(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? ", "", text.strip().lower())
    era = re.search(r" (b\.?c\.?(?:e\.?)?|a\.?d\.?|c\.?e\.?)$", plain)
    plain = plain[: era.start()] if era else plain
    day, of = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?", r"[ ,.-]+(?:of )?"
    year = r"(?P<y>\d{4})" if not era else r"(?P<y>\d{1,4})"
    orders = (
        f"{day}{of}{_NAME}(?:{of}{year})?",
        f"{_NAME} {day}(?:{of}{year})?",
        f"{_NAME}(?:{of}{year})?",
        f"{year}{of}{_NAME}(?: {day})?",
    )
    found = next(filter(None, (re.fullmatch(order, plain) for order in orders)), None)
    if not found:
        return None
    named = found.groupdict()
    day_number, month = int(named.get("d") or 0), _MONTH_NUMBERS[named["m"]]
    if not named["y"] and _real(2024, month, day_number or 1):
        return Reading("has no year", (), f"add the year, such as {_iso(2024, month, day_number or None)}")
    years = int(named["y"] or 2024)
    number = 1 - years if era and era[1].startswith("b") else years
    if not day_number or _real(number, month, day_number):
        return Reading("is written in words", (_iso(number, month, day_number or None),))
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
    if not found or not (number or len(found[2]) == 2):
        return None
    if found[1]:
        years = f"{_iso(-number)} for {number + 1} BCE", f"{_iso(1 - number)} for {number} BCE"
        return (
            Reading("has a year of fewer than four digits", (), f"write {' or '.join(years)}")
            if number < 1000
            else None
        )
    if len(found[2]) == 2:
        return Reading("gives its year with two digits", (f"20{number:02}", f"19{number:02}"))
    if number > 9999:
        return Reading("has a year of more than four digits", (f"Y{number}",))
    return Reading("has a year of fewer than four digits", (_iso(number),))


def _week(text: str) -> Reading | None:
    found = re.fullmatch(r"(\d{4})-?W(\d\d)(?:-?([1-7]))?", text)
    try:
        days = (
            [calendar_date.fromisocalendar(int(found[1]), int(found[2]), int(found[3] or n)) for n in (1, 7)]
            if found
            else []
        )
    except ValueError:
        return None
    forms = dict.fromkeys(day.isoformat() for day in days)
    return Reading("is a week or a day of a week", ("/".join(forms),)) if forms else None


def _decade_or_century(text: str) -> Reading | None:
    plain = re.sub(r"^(?:the )?(?:(?:early|mid|late)[ -])?(?:the )?", "", text.strip().lower())
    decade = re.fullmatch(r"(\d{2})(\d)0['’]?s", plain)
    if decade and decade[2] == "0":
        return Reading("could be ten years or a hundred", (f"{decade[1]}0X", f"{decade[1]}XX"))
    if decade:
        return Reading("is a decade in words", (f"{decade[1]}{decade[2]}X",))
    short = re.fullmatch(r"['’]?(\d)0['’]?s", plain)
    if short:
        return Reading("is a decade without its century", (f"19{short[1]}X", f"18{short[1]}X"))
    century = re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th) (?:century|c\.?)", plain)
    return Reading("is a century in words", (f"{int(century[1]) - 1:02}XX",)) if century and int(century[1]) else None


def _part_of_year(text: str) -> Reading | None:
    found = re.fullmatch(r"(spring|summer|autumn|fall|winter),?(?: of)? (\d{4})", text.strip().lower())
    if found:
        return Reading("is a season in words", (f"{found[2]}-{_SEASON_NUMBERS[found[1]]}",))
    quarter = re.fullmatch(r"q([1-4])[ /-]?(\d{4})|(\d{4})[ /-]?q([1-4])", text.strip().lower())
    if quarter:
        year, number = quarter[2] or quarter[3], int(quarter[1] or quarter[4])
        return Reading("is a quarter of a year in words", (f"{year}-{32 + number}",))
    return None


def _about(text: str, depth: int) -> Reading | None:
    found = re.fullmatch(
        r"(?:c(?:irca|a)?\.?|about|around|approx(?:\.|imately)?|roughly) ?(?=\d|[a-z]{3})(.+)", text.strip(), re.I
    )
    forms = tuple(f"{form}~" for form in _forms(found[1], depth)) if found else ()
    return Reading("says 'about' in words", forms) if forms else None


def _perhaps(text: str, depth: int) -> Reading | None:
    found = re.fullmatch(
        r"(?:perhaps|probably|possibly|maybe) (.+)|(.+?) ?(?:\(\?\)|\[\?\]|\?)", text.strip(), re.IGNORECASE
    )
    forms = tuple(f"{form}?" for form in _forms(found[1] or found[2], depth)) if found else ()
    return Reading("says in words that it is uncertain", forms) if forms else None


def _before_or_after(text: str, depth: int) -> Reading | None:
    before = re.fullmatch(r"(?:before|until|till|up to|by|prior to|pre|<) ?-?(.+)", text.strip(), re.IGNORECASE)
    after = re.fullmatch(r"(?:after|since|from|post|>) ?-?(.+)", text.strip(), re.IGNORECASE)
    later = re.fullmatch(
        r"(.+?)(?: onwards?| ?[-–—](?: ?(?:present|now|today))?| to (?:present|now|today))", text.strip(), re.I
    )
    if before and _forms(before[1], depth):
        return Reading("gives only an end", tuple(f"../{form}" for form in _forms(before[1], depth)))
    found = after or later
    if found and _forms(found[1], depth):
        return Reading("gives only a start", tuple(f"{form}/.." for form in _forms(found[1], depth)))
    return None


def _two_dates(text: str, depth: int) -> Reading | None:
    """Read two dates with a word or a dash between them."""
    plain = text.strip()
    readings = (
        (r"between (.+) and (.+)", "is an interval in words"),
        (r"(?:from )?(.+?) (?:to|until|till|through) (.+)", "is an interval in words"),
        (r"(.+?)(?: [-–—] |[–—])(.+)", "has a dash between two dates"),
        (r"(\d{4}) ?-+ ?(\d{4})", "has a hyphen between two dates"),
        (r"([\d-]{7,10})-([\d-]{7,10})", "has a hyphen between two dates"),
        (r"(.*[a-z].*?)-(.*[a-z].*)", "has a hyphen between two dates"),
        (r"([\d./]{6,10})-([\d./]{6,10})", "has a hyphen between two dates"),
    )
    for pattern, why in readings:
        found = re.fullmatch(pattern, plain, re.IGNORECASE)
        interval = _joined(found[1], "/", found[2], depth) if found else ""
        if interval:
            return Reading(why, (interval,))
    choice = re.fullmatch(r"(.+?) (or|and|&) (.+)", plain, re.IGNORECASE)
    pair = _joined(choice[1], ",", choice[3], depth) if choice else ""
    if choice and pair:
        one_of = choice[2].lower() == "or"
        return Reading(f"joins two dates with '{choice[2]}'", (f"[{pair}]" if one_of else f"{{{pair}}}",))
    return None


def _joined(first: str, sign: str, second: str, depth: int) -> str:
    """Return two parts joined where each has one reading; a first part without a year takes that of the second."""
    last = _forms(second, depth)
    year = re.search(r"\d{4}$", second.strip())
    start = _forms(first, depth) or (_forms(f"{first.strip()} {year[0]}", depth) if year else ())
    return f"{start[0]}{sign}{last[0]}" if len(start) == 1 and len(last) == 1 else ""


def _time_of_day(text: str, depth: int) -> Reading | None:
    found = re.fullmatch(
        r"(.{6,}?)(?:[T ]|, )(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?(?: ?([ap])\.?m\.?)?(?: ?(Z|UTC|[+-]\d\d:?\d\d))?",
        text.strip(),
        re.I,
    )
    if not found:
        return None
    hour = int(found[2]) % 12 + (12 if found[5].lower() == "p" else 0) if found[5] else int(found[2])
    zone = (found[6] or "").upper().replace("UTC", "Z")
    zone = f"{zone[:3]}:{zone[3:]}" if re.fullmatch(r"[+-]\d{4}", zone) else zone
    forms = tuple(f"{form}T{hour:02}:{found[3]}:{found[4] or '00'}{zone}" for form in _forms(found[1], depth))
    return Reading("has a time that is not written as hours, minutes and seconds after a T", forms) if forms else None


def _faulty_side(text: str, depth: int) -> Reading | None:
    """Read an interval of which one side is at fault, or that has no side at all."""
    sides = text.strip().split("/")
    if len(sides) != 2:
        return None
    if set(sides) <= {"", ".."}:
        return Reading(
            "has neither a start nor an end", ("1994/..", "../1994"), "write at least one, such as 1994/.. or ../1994"
        )
    if all("T" in side and parse(side) for side in sides):
        return Reading("has times of day, which an interval cannot have", (_without_times(sides),))
    if re.fullmatch(r"\d{4}-\d\d-\d\d", sides[0]) and re.fullmatch(r"\d\d(-\d\d)?", sides[1]):
        return Reading("shortens its last day", (f"{sides[0]}/{sides[0][: -len(sides[1])]}{sides[1]}",))
    forms = [_forms(side, depth) if side not in ("", "..") else (side,) for side in sides]
    faulty = [side for side in sides if side not in ("", "..") and not parse(side)]
    reading = _read(faulty[0], depth) if len(faulty) == 1 and depth <= _DEEPEST else None
    if reading and reading.advice:
        return reading._replace(why=f"has a side that cannot be read: {_shown(faulty[0])} {reading.why}")
    whole = tuple(f"{start}/{end}" for start in forms[0] for end in forms[1])
    return Reading("has a start or an end that is not written as a date", whole) if whole else None


def _without_times(sides: list[str]) -> str:
    return "/".join(side.partition("T")[0] for side in sides)


def _faulty_member(text: str, depth: int) -> Reading | None:
    """Read a set of which one date is at fault."""
    members = re.findall(r"[^\[\]{},.\s]+", text) if re.fullmatch(r"[\[{].+[\]}]", text.strip()) else []
    faulty = [member for member in members if not parse(member)]
    reading = _read(faulty[0], depth) if faulty and depth <= _DEEPEST else None
    if reading is None:
        return None
    why = f"has a date in it that cannot be read: {_shown(faulty[0])} {reading.why}"
    return reading._replace(why=why, advice=reading.advice or f"write {' or '.join(reading.forms)} there")


_READERS: tuple[Callable[[str], Reading | None], ...] = (
    _not_known,
    _respelled,
    _no_such_day,
    _year_first,
    _day_or_month_first,
    _month_and_year,
    _month_by_name,
    _days_of_a_month,
    _era,
    _spreadsheet_number,
    _bare_number,
    _week,
    _decade_or_century,
    _part_of_year,
)
_READERS_OF_PARTS: tuple[Callable[[str, int], Reading | None], ...] = (
    _faulty_side,
    _faulty_member,
    _time_of_day,
    _two_dates,
    _before_or_after,
    _about,
    _perhaps,
)
