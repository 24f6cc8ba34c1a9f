"""What CLDR knows of writing dates in a language: names, patterns and joining words, ready to be filled.

Source: Unicode CLDR, read through Babel (UTS #35, Part 4: Dates, "Date Field Symbol Table", "availableFormats" and
"intervalFormats"; Part 2: "List Patterns").
"""

from __future__ import annotations

import copy
import itertools
import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

ENGLISH = "en"
_ENGLISH_ERAS = ("BCE", "CE")
_ENGLISH_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_FIELDS = frozenset({"d", "dd", "M", "MM", "MMM", "MMMM", "L", "LL", "LLL", "LLLL", "H", "HH", "mm"})
_FIELDS_OF_ANY_WIDTH = {"y": "{y}", "u": "{y}", "G": "{G}", "Q": "{Q}"}
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


class Shape(NamedTuple):
    """Patterns for one length of display; `bare` leaves out the year, `noted` adds remarks.

    A pattern is a Python format whose places are named as CLDR's fields: `{y}`, `{G}` (era), `{d}`, `{dd}`, the keys
    of `Patterns.months`, and `{Q}` (the quarter's name).
    """

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


class Patterns(NamedTuple):
    """What one language needs for dates.

    `months` has at 1 to 12 the month by CLDR's fields, such as `MMM`; `eras` are those before and after year 1.
    `any_of` and `all_of` join lists; `with_time` has time and date as `{0}` and `{1}`; `clock` has `{H}` or `{HH}`
    and `{mm}`. `span` joins `{0}` and `{1}`; the dashes join what changes within a month, a year, and among years,
    and `after_day` belongs to the day before its dash.
    """

    months: tuple[Mapping[str, str], ...]
    eras: tuple[str, str]
    group: str
    any_of: Mapping[str, str]
    all_of: Mapping[str, str]
    with_time: str
    clock: str
    year: str
    era_year: str
    span: str
    day_dash: str
    after_day: str
    month_dash: str
    year_dash: str
    long: Shape
    short: Shape


def locale_name(language: str) -> str:
    """Return Babel's name for the language, its nearest parent, or English."""
    if language.lower() == ENGLISH:
        return ENGLISH
    from babel import Locale, UnknownLocaleError

    subtags = re.split("[-_]", language)
    for length in range(len(subtags), 0, -1):
        try:
            return str(Locale.parse("_".join(subtags[:length])))
        except (UnknownLocaleError, ValueError):
            continue
    return ENGLISH


def read_patterns(locale: str) -> Patterns:
    """Return the patterns of a locale, by its name in Babel; those of English without Babel, which costs 20 ms."""
    return english_patterns() if locale == ENGLISH else cldr_patterns(locale)


def cldr_patterns(locale: str) -> Patterns:
    """Return what CLDR has for a locale, by its name in Babel."""
    data = _cldr(locale)
    day_dash, after_day = _dash(data, "yMMMd", "d")
    return Patterns(
        months=_month_names(data["months"]),
        eras=_era_names(locale, data["eras"]),
        group=str(data["number_symbols"]["latn"]["group"]),
        any_of=data["list_patterns"]["or"],
        all_of=data["list_patterns"]["standard"],
        with_time=_plain_spaces(str(data["datetime_formats"]["medium"])),
        clock=_format(_skeleton(data, "Hm")),
        year=_format(_skeleton(data, "y")),
        era_year=_format(_skeleton(data, "Gy")),
        span=_plain_spaces(str(data["interval_formats"][None])),
        day_dash=day_dash,
        after_day=after_day,
        month_dash=_dash(data, "yMMM", "M")[0],
        year_dash=_dash(data, "y", "y")[0],
        long=_long_shape(data),
        short=_shape(data, "MMM", "QQQ", "abbreviated"),
    )


@cache
def english_patterns() -> Patterns:
    """Return what CLDR has for English; a test holds it against what Babel reads."""
    long = Shape(
        day="{MMMM} {d}, {y}",
        month="{MMMM} {y}",
        bare_day="{MMMM} {d}",
        bare_month="{LLLL}",
        era_day="{MMMM} {d}, {y} {G}",
        era_month="{MMMM} {y} {G}",
        quarter="{Q} {y}",
        quarters={1: "1st quarter", 2: "2nd quarter", 3: "3rd quarter", 4: "4th quarter"},
        bare=False,
        noted=True,
    )
    in_short = (pattern.replace("MMMM", "MMM").replace("LLLL", "LLL") for pattern in map(str, long[:7]))
    wide = dict(enumerate(_ENGLISH_MONTHS, 1))
    names = {"wide": wide, "abbreviated": {month: name[:3] for month, name in wide.items()}}
    return Patterns(
        months=_month_names({"format": names, "stand-alone": names}),
        eras=_ENGLISH_ERAS,
        group=",",
        any_of={"start": "{0}, {1}", "middle": "{0}, {1}", "end": "{0}, or {1}", "2": "{0} or {1}"},
        all_of={"start": "{0}, {1}", "middle": "{0}, {1}", "end": "{0}, and {1}", "2": "{0} and {1}"},
        with_time="{1}, {0}",
        clock="{HH}:{mm}",
        year="{y}",
        era_year="{y} {G}",
        span="{0} – {1}",
        day_dash=" – ",
        after_day="",
        month_dash=" – ",
        year_dash=" – ",
        long=long,
        short=Shape._make((*in_short, {number: f"Q{number}" for number in range(1, 5)}, False, False)),
    )


def beside_a_day(shape: Shape) -> Shape:
    """Return the shape with the names of months as they stand beside a day: in Russian in the genitive."""
    return shape._replace(
        month=_beside_a_day(shape.month),
        bare_month=_beside_a_day(shape.bare_month),
        era_month=_beside_a_day(shape.era_month),
    )


def _beside_a_day(pattern: str) -> str:
    return pattern.replace("{LLL", "{MMM").replace("{MMML}", "{MMMM}")


def month_names(language: str) -> tuple[Mapping[str, str], ...]:
    """Return at 1 to 12 the month by CLDR's fields, such as `MMM`, in the language as `locale_name` finds it."""
    locale = locale_name(language)
    return english_patterns().months if locale == ENGLISH else _month_names(_cldr(locale, ("months",))["months"])


def _cldr(locale: str, parts: Sequence[str] = _CLDR_PARTS) -> Mapping[str, Any]:
    """Return what CLDR has for a locale, in Babel's layout.

    The parts are copied before any alias in them is followed. Babel keeps what it finds in dictionaries that locales
    share, so that French after Azerbaijani would get Azerbaijani months (python-babel/babel, issue 1234).
    """
    from babel import localedata

    shared = localedata.load(locale)
    return localedata.LocaleDataDict({part: copy.deepcopy(shared[part]) for part in parts})


def _month_names(months: Mapping[str, Any]) -> tuple[Mapping[str, str], ...]:
    sources = {
        "MMMM": ("format", "wide"),
        "MMM": ("format", "abbreviated"),
        "LLLL": ("stand-alone", "wide"),
        "LLL": ("stand-alone", "abbreviated"),
    }
    styles = {field: months[context][width] for field, (context, width) in sources.items()}
    return (
        {},
        *(
            {field: names[month] for field, names in styles.items()}
            | {"M": f"{month}", "MM": f"{month:02}", "L": f"{month}", "LL": f"{month:02}"}
            for month in range(1, 13)
        ),
    )


def _era_names(locale: str, eras: Mapping[str, Any]) -> tuple[str, str]:
    """Return the short names of the eras before and after year 1; for English CLDR's variant, which Babel drops."""
    if locale.partition("_")[0] == ENGLISH:
        return _ENGLISH_ERAS
    return eras["abbreviated"][0], eras["abbreviated"][1]


def _long_shape(data: Mapping[str, Any]) -> Shape:
    day = _format(data["date_formats"]["long"].pattern)
    shape = _shape(data, "MMMM", "QQQQ", "wide")._replace(day=day, noted=True)
    # Armenian has two-digit days within a whole date and one-digit days without a year: not both in one interval.
    return shape._replace(bare_day=shape.bare_day.replace("{d}", "{dd}")) if "{dd}" in day else shape


def _shape(data: Mapping[str, Any], month: str, quarter: str, width: str) -> Shape:
    skeletons = (f"y{month}d", f"y{month}", f"{month}d", month, f"Gy{month}d", f"Gy{month}", f"y{quarter}")
    formats = [_format(_skeleton(data, skeleton)) for skeleton in skeletons]
    return Shape._make((*formats, data["quarters"]["stand-alone"][width], False, False))


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
        _place(field) if field else text.replace("{", "{{").replace("}", "}}") for field, text in _tokens(pattern)
    )


def _place(field: str) -> str:
    return f"{{{field}}}" if field in _FIELDS else _FIELDS_OF_ANY_WIDTH.get(field[0], "")


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
