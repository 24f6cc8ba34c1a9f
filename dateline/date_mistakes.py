"""What was meant by a date that is not EDTF, or that says in EDTF what few people mean, and what to write instead."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable

from dateline.date_readings import READERS, Reading
from dateline.dates import Date, ends_before_it_starts, parse
from dateline.problems import shown

_EXAMPLES = "write a date such as 2021-06-12, 2021-06 or 2021"
_DEEPEST = 3  # "from about June 1990 to perhaps July 1991" needs 2
_SEASONS = ("spring", "summer", "autumn", "winter")
# What EDTF's numbers from 21 on mean in place of a month: level 1 "Seasons", level 2 "Sub-year groupings".
_PARTS_OF_A_YEAR = (
    *_SEASONS,
    *(f"northern {season}" for season in _SEASONS),
    *(f"southern {season}" for season in _SEASONS),
    *(f"the {place} quarter of" for place in ("first", "second", "third", "fourth")),
    *(f"the {place} four months of" for place in ("first", "second", "third")),
    *(f"the {place} half of" for place in ("first", "second")),
)

# Dates with words around them: how they are written, why they cannot stand, and the form in EDTF.
_WRAPPED = (
    (r"(?:before|until|till|up to|by|prior to|pre|<) ?-?(.+)", "gives only an end", "../{}"),
    (r"(?:after|since|from|post|>) ?-?(.+)", "gives only a start", "{}/.."),
    (
        r"(.+?)(?: onwards?| ?[-–—](?: ?(?:present|now|today))?| to (?:present|now|today))",
        "gives only a start",
        "{}/..",
    ),
    (
        r"(?:c(?:irca|a)?\.?|about|around|approx(?:\.|imately)?|roughly) ?(?=\d|[a-z]{3})(.+)",
        "says 'about' in words",
        "{}~",
    ),
    (
        r"(?:perhaps|probably|possibly|maybe) (.+)|(.+?) ?(?:\(\?\)|\[\?\]|\?)",
        "says in words that it is uncertain",
        "{}?",
    ),
)
# Two dates with a word or a sign between them.
_PAIRS = (
    (r"between (.+) and (.+)", "is an interval in words", "{}/{}"),
    (r"(?:from )?(.+?) (?:to|until|till|through) (.+)", "is an interval in words", "{}/{}"),
    (r"(.+?)(?: [-–—] |[–—])(.+)", "has a dash between two dates", "{}/{}"),
    (r"(\d{4}) ?-+ ?(\d{4})", "has a hyphen between two dates", "{}/{}"),
    (r"([\d-]{7,10})-([\d-]{7,10})", "has a hyphen between two dates", "{}/{}"),
    (r"(.*[a-z].*?)-(.*[a-z].*)", "has a hyphen between two dates", "{}/{}"),
    (r"([\d./]{6,10})-([\d./]{6,10})", "has a hyphen between two dates", "{}/{}"),
    (r"(.+?) or (.+)", "joins two dates with 'or'", "[{},{}]"),
    (r"(.+?) and (.+)", "joins two dates with 'and'", "{{{},{}}}"),
    (r"(.+?) & (.+)", "joins two dates with '&'", "{{{},{}}}"),
)


def explain(text: str) -> tuple[str, str]:
    """Return the message and the help for a text that `dateline.dates.parse` does not read.

    Every form that the help proposes can be read.
    """
    if not text.strip():
        return "the date is empty", _EXAMPLES
    reading = _read(text) if len(text) <= 200 else None
    if reading is None:
        return f"{shown(text)} is not a date that can be read", _EXAMPLES
    return (f"{shown(text)} {reading.why}", reading.advice or f"write {' or '.join(reading.forms)}")


def explain_backwards(date: Date) -> tuple[str, str]:
    """Return the message and the help for an interval or set that ends before it starts."""
    if date.kind == "interval":
        turned = "/".join(reversed(date.text.split("/")))
    else:
        members = date.text[1:-1].split(",")
        turned = f"{date.text[0]}{','.join(map(_forwards, members))}{date.text[-1]}"
    return f"{shown(date.text)} ends before it starts", f"write {turned}"


def explain_season(date: Date) -> tuple[str, str] | None:
    """Return the message and the help for a part of a year that looks like two years, such as `2020-21`, else None."""
    point = date.points[0]
    if point is None or point.season is None:
        return None
    written = re.fullmatch(r"(\d\d)(\d\d)-(\d\d)([?~%]?)", date.text)
    if not written or written[3] <= written[2]:
        return None
    century, start, end, mark = written.groups()
    meant = f"{_PARTS_OF_A_YEAR[point.season - 21]} {point.year}"
    help_text = f"write {century}{start}{mark}/{century}{end}{mark} for the years, or keep it and say so in date_note"
    return f"{date.text} means {meant} in EDTF", help_text


def _forwards(member: str) -> str:
    run = parse(f"[{member}]")
    return "..".join(reversed(member.split(".."))) if run and ends_before_it_starts(run) else member


def _read(text: str, depth: int = 0) -> Reading | None:
    """Return the first reading that gives only forms which can be read; `depth` counts dates within dates."""
    readings = itertools.chain(
        (reader(text) for reader in READERS), (reader(text, depth + 1) for reader in _READERS_OF_PARTS)
    )
    return next((reading for reading in readings if reading and all(parse(form) for form in reading.forms)), None)


def _forms(text: str, depth: int) -> tuple[str, ...]:
    """Return what a part of a text says in EDTF: the part itself where it can be read, else what was meant by it."""
    part = text.strip(" ,")
    if parse(part):
        return (part,)
    reading = _read(part, depth) if depth <= _DEEPEST else None
    return reading.forms if reading else ()


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
        days = "/".join(side.partition("T")[0] for side in sides)
        return Reading("has times of day, which an interval cannot have", (days,))
    if re.fullmatch(r"\d{4}-\d\d-\d\d", sides[0]) and re.fullmatch(r"\d\d(-\d\d)?", sides[1]):
        return Reading("shortens its last day", (f"{sides[0]}/{sides[0][: -len(sides[1])]}{sides[1]}",))
    faulty = [side for side in sides if side not in ("", "..") and not parse(side)]
    reading = _read(faulty[0], depth) if len(faulty) == 1 and depth <= _DEEPEST else None
    if reading and reading.advice:
        return reading._replace(why=f"has a side that cannot be read: {shown(faulty[0])} {reading.why}")
    starts, ends = (_forms(side, depth) if side not in ("", "..") else (side,) for side in sides)
    whole = tuple(f"{start}/{end}" for start in starts for end in ends)
    return Reading("has a start or an end that is not written as a date", whole) if whole else None


def _faulty_member(text: str, depth: int) -> Reading | None:
    """Read a set of which one date is at fault."""
    members = re.findall(r"[^\[\]{},.\s]+", text) if re.fullmatch(r"[\[{].+[\]}]", text.strip()) else []
    faulty = [member for member in members if not parse(member)]
    reading = _read(faulty[0], depth) if faulty and depth <= _DEEPEST else None
    if reading is None:
        return None
    why = f"has a date in it that cannot be read: {shown(faulty[0])} {reading.why}"
    return reading._replace(why=why, advice=reading.advice or f"write {' or '.join(reading.forms)} there")


def _time_of_day(text: str, depth: int) -> Reading | None:
    found = re.fullmatch(
        r"(.{6,}?)(?:[T ]|, )(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?(?: ?([ap])\.?m\.?)?(?: ?(Z|UTC|[+-]\d\d:?\d\d))?",
        text.strip(),
        re.IGNORECASE,
    )
    if not found:
        return None
    hour = int(found[2]) % 12 + (12 if found[5].lower() == "p" else 0) if found[5] else int(found[2])
    zone = (found[6] or "").upper().replace("UTC", "Z")
    zone = f"{zone[:3]}:{zone[3:]}" if re.fullmatch(r"[+-]\d{4}", zone) else zone
    forms = tuple(f"{form}T{hour:02}:{found[3]}:{found[4] or '00'}{zone}" for form in _forms(found[1], depth))
    return Reading("has a time that is not written as hours, minutes and seconds after a T", forms) if forms else None


def _two_dates(text: str, depth: int) -> Reading | None:
    """Read two dates with a word or a sign between them, where each has one reading.

    A first date without a year takes that of the second.
    """
    for pattern, why, form in _PAIRS:
        found = re.fullmatch(pattern, text.strip(), re.IGNORECASE)
        if not found:
            continue
        ends = _forms(found[2], depth)
        year = re.search(r"\d{4}$", found[2].strip())
        starts = _forms(found[1], depth) or (_forms(f"{found[1].strip()} {year[0]}", depth) if year else ())
        if len(starts) == len(ends) == 1:
            return Reading(why, (form.format(*starts, *ends),))
    return None


def _wrapped(text: str, depth: int) -> Reading | None:
    """Read a date with words around it that make it an end, a start, about right, or uncertain."""
    for pattern, why, form in _WRAPPED:
        found = re.fullmatch(pattern, text.strip(), re.IGNORECASE)
        forms = [form.format(part) for part in _forms(found[found.lastindex or 0], depth)] if found else []
        if forms and all(map(parse, forms)):
            return Reading(why, tuple(forms))
    return None


_READERS_OF_PARTS: tuple[Callable[[str, int], Reading | None], ...] = (
    _faulty_side,
    _faulty_member,
    _time_of_day,
    _two_dates,
    _wrapped,
)
