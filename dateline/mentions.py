"""Which dates a text says, and whether it says a given one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from operator import itemgetter
from types import MappingProxyType
from typing import Literal, NamedTuple

from dateline import date_patterns, numbers
from dateline.glances import beyond_ascii, english_words, has_digit
from dateline.late_patterns import late

Standing = Literal["yes", "no year", "no"]


class DateMention(NamedTuple):
    """A date and where the text says it: `text[start:end]`.

    A part that the text leaves out is None. `decade` says that `year` is only the first of ten ("the 1990s").
    Both ends of a range ("January 3-29") are mentions of their own over the same characters.
    """

    year: int | None
    month: int | None
    day: int | None
    start: int
    end: int
    decade: bool = False


class _Months(NamedTuple):
    """The names of the months in one language and in English, folded to lower case.

    `words` are those of the letters a to z alone, and `letters` those beyond ASCII that the others have; both are
    empty where a name has anything else.
    """

    pattern: re.Pattern[str]
    numbers: Mapping[str, int]
    words: frozenset[str]
    letters: frozenset[str]
    alone: frozenset[str]  # names as written that mean a month even without a day or a year beside them

    def are_absent(self, lower: str) -> bool:
        """Tell at a glance that no month is named in a text in lower case; where it is not seen, one may be or not."""
        if not self.words or not self.words.isdisjoint(english_words(lower)):
            return False
        return lower.isascii() or self.letters.isdisjoint(beyond_ascii(lower))


_NOT_ASCII_DIGIT = late(r"(?![0-9])\d")
_DASH = r"\-\u2010\u2011–—"
_DAY = r"(?<![\d.,])(\d{1,2})(?:st|nd|rd|th|er|re|[.ºª])?"
_TO = rf"(?:\s?[{_DASH}]\s?|\s+(?:to|through|until|till|and|et|und|y|e|и|до|bis|au|al)\s+)"
_OF = r"(?:(?:of|de|del|do|di|da|năm)\s+|d['’])?"
_NOT_LONGER = r"(?![^\W_]|[.,]\d)"
_YEAR = rf"([12]\d{{3}})(?!\d|[.,]\d|s\b|\s?%){_NOT_LONGER}"
_DAYS_BEFORE = late(rf"(?:{_DAY}{_TO})?{_DAY}(?:\s+the)?[\s{_DASH}]+{_OF}$", re.IGNORECASE)
_YEAR_BEFORE = late(r"(?<![\d.,])([12]\d{3})(?:\.|\s+m\.)?[\s-]+$")
_YEAR_AFTER = late(rf"\.?[\s{_DASH}]?,?\s*{_OF}{_YEAR}", re.IGNORECASE)
# "September 12 and 13" is a pair of days only where no word follows that the 13 could count.
_DAYS_AFTER = late(
    rf"\.?\s*[\s-]{_OF}(?:the\s+)?(\d{{1,2}})(?:st|nd|rd|th|\.(?=\s))?{_NOT_LONGER}(?!\s?%)"
    rf"(?:(?:\s?[{_DASH}]\s?|\s+(?:to|through|until|till)\s+|\s+(?:and|or)\s+(?=\d{{1,2}}(?:st|nd|rd|th)?\s*(?:[.,;:)]|$)))"
    rf"(\d{{1,2}})(?:st|nd|rd|th)?{_NOT_LONGER})?"
    rf"(?:,?\s+{_OF}{_YEAR})?",
    re.IGNORECASE,
)
_NUMERIC = late(
    r"\d(?<!\w\d)(?:"
    r"(?P<iso>(?<=[12])\d{3}-\d\d(?:-\d\d)?(?!-?\d)(?=\b|T\d))"
    r"|(?P<east>(?:(?<=[12])\d{3}\s?[年년]\s?)?\d{0,2}\s?[月월](?:\s?\d{1,2}\s?[日일号號])?)"
    r"|(?<![.,'’]\d)(?:"
    r"(?P<written>\d?(?:[./-]|\.\s)\d{1,2}(?:[./-]|\.\s)[12]\d{3}\b(?![./]\d))"
    r"|(?P<era>\d{0,3}\s?(?:BCE|CE|BC|AD)\b)"
    r"|(?P<unspecified>(?<=[12])\d\dX\b)"
    r"|(?P<year>(?<=[12])\d{3}"
    r"(?:(?P<decade>s|er)\b|(?P<either>['’]s)\b|(?![^\W年년]|[.,'’]\d|\s?[%°]|[\s-]?(?:km|mm|kg|ha|m|t)\b)))"
    r"))"
)
_ANNO = late(r"\bAD\s(\d{1,4})\b")
_PARTS = late(r"\d+")
_LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def dates_in(text: str, language: str = "en") -> list[DateMention]:
    """Return the dates that the text says, in the order in which they stand.

    Month names are read in English and in the language of the text (CLDR, through Babel). A number of four digits
    from 1000 to 2999 is taken for a year. A date that can be read in two ways ("05/06/2021") is given in both.
    """
    if _NOT_ASCII_DIGIT.search(beyond_ascii(text)):
        text = _NOT_ASCII_DIGIT.sub(lambda digit: str(unicodedata.decimal(digit.group())), text)
    named = list(_named(text, _months(language)))
    if not has_digit(text):
        return named
    taken = {place for mention in named for place in range(mention.start, mention.end)}
    found = named + [mention for mention in _numeric(text) if mention.start not in taken]
    found.sort(key=itemgetter(3))
    return found


def telling_words(language: str) -> frozenset[str]:
    """Return the words one of which, or a digit, a text must have to say a date; none where that cannot be told."""
    months = _months(language)
    return frozenset() if months.letters else months.words


def supports(text: str, year: int | None, month: int | None, day: int | None, language: str = "en") -> bool:
    """Tell whether the text says this date, or all of it but the year."""
    return standing(text, year, month, day, language) != "no"


def standing(  # noqa: PLR0913 - a date is three plain numbers, so that this module knows of no other
    text: str, year: int | None, month: int | None, day: int | None, language: str = "en", *, decade: bool = False
) -> Standing:
    """Return whether the text says this date to the precision that it has.

    The month and the day are None where the date has none. "no year" means that the text says the rest, and names
    this year neither beside it nor anywhere else. With `decade`, the year stands for ten: "the 1990s".
    """
    mentions = dates_in(text, language)
    # A year of fewer than four digits looks like any number, so it is looked for only when asked.
    if year is not None and 0 < year < 1000 and numbers.says(text, Decimal(year), language):
        mentions.append(DateMention(year, None, None, 0, 0))
    return standing_among(mentions, year, month, day, decade=decade)


def standing_among(
    mentions: Iterable[DateMention], year: int | None, month: int | None, day: int | None, *, decade: bool = False
) -> Standing:
    """Return what `standing` returns, from the mentions of one text or of several.

    A year of None asks for any. With `decade`, the year stands for ten: "the 1990s".
    """
    mentions = list(mentions)
    if decade or month is None:
        said = any(mention.year == year and mention.decade == decade for mention in mentions)
        return "yes" if said else "no"
    years = {mention.year for mention in mentions if mention.month == month and (day is None or mention.day == day)}
    elsewhere = any(mention.year == year and not mention.decade for mention in mentions)
    if year in years or (years and year is None) or (None in years and elsewhere):
        return "yes"
    return "no year" if None in years else "no"


def _numeric(text: str) -> Iterator[DateMention]:
    for found in _NUMERIC.finditer(text):
        start, end = found.span()
        parts = [int(part) for part in _PARTS.findall(found.group())]
        if found["iso"]:
            yield from _iso(parts, start, end)
        elif found["east"]:
            year = parts.pop(0) if parts[0] > 999 else None
            if parts:
                yield from _if_real(year, parts[0], parts[1] if len(parts) > 1 else None, start, end)
        elif found["written"]:
            first, second, year = parts
            yield from _if_real(year, second, first, start, end)
            if first != second:
                yield from _if_real(year, first, second, start, end)
        elif found["era"]:
            before_christ = "B" in found.group()
            yield DateMention(1 - parts[0] if before_christ else parts[0], None, None, start, end)
        elif found["unspecified"]:
            yield DateMention(parts[0] * 10, None, None, start, end, decade=True)
        elif not _named_product(text, start):
            if not found["decade"]:
                yield DateMention(parts[0], None, None, start, end)
            if parts[0] % 10 == 0 and (found["decade"] or found["either"]):
                yield DateMention(parts[0], None, None, start, end, decade=True)
    for found in _ANNO.finditer(text):
        yield DateMention(int(found[1]), None, None, *found.span())


def _iso(parts: list[int], start: int, end: int) -> Iterator[DateMention]:
    year, month, *day = parts
    real = list(_if_real(year, month, day[0] if day else None, start, end))
    # "1990-94" is a span of years.
    yield from real or [DateMention(year, None, None, start, start + 4)]


def _named_product(text: str, start: int) -> bool:
    """Tell whether the four digits follow a capital and a hyphen, as in "BM-2000"."""
    return start > 1 and text[start - 1] == "-" and text[start - 2].isupper()


def _if_real(year: int | None, month: int, day: int | None, start: int, end: int) -> Iterator[DateMention]:
    if 1 <= month <= 12 and (day is None or 1 <= day <= _LONGEST[month - 1]):
        yield DateMention(year, month, day, start, end)


def _named(text: str, months: _Months) -> Iterator[DateMention]:
    lower, previous = _folded(text), 0
    if months.are_absent(lower):
        return
    for found in months.pattern.finditer(lower):
        start, end = found.span()
        if start and (text[start - 1].isalpha() or text[start - 1] == "_"):
            continue
        month, name = months.numbers[found.group()], text[start:end]
        days, year, first, last = _beside(text, start, end, previous)
        if any(not 1 <= day <= _LONGEST[month - 1] for day in days):
            days, (year, first, last) = [], _year_beside(text, start, end)
        for day in days:
            yield DateMention(year, month, day, first, last)
        if not days and (year is not None or name in months.alone):
            yield DateMention(year, month, None, first, last)
        previous = last


def _beside(text: str, start: int, end: int, previous: int) -> tuple[list[int], int | None, int, int]:
    """Return the days and the year written beside the month at `start:end`, and the span of the whole date.

    `previous` is where the date before this one ends: "12" belongs to January in "January 12-February 3".
    """
    before = _DAYS_BEFORE.search(text, max(previous, start - 24), start)
    if before:
        year, _, last = _year_beside(text, start, end, only_after=True)
        return [int(day) for day in before.groups() if day], year, before.start(), last
    after = _DAYS_AFTER.match(text, end)
    if not after:
        return [], *_year_beside(text, start, end)
    days = [int(day) for day in after.groups()[:2] if day]
    if after[3]:
        return days, int(after[3]), start, after.end()
    year, first, _ = _year_beside(text, start, end, only_before=True)
    return days, year, first, after.end()


def _year_beside(
    text: str, start: int, end: int, *, only_after: bool = False, only_before: bool = False
) -> tuple[int | None, int, int]:
    after = None if only_before else _YEAR_AFTER.match(text, end)
    if after:
        return int(after[1]), start, after.end()
    before = None if only_after else _YEAR_BEFORE.search(text, max(0, start - 12), start)
    if before:
        return int(before[1]), before.start(), end
    return None, start, end


@lru_cache(maxsize=64)
def _months(language: str) -> _Months:
    """Gather the names of the months, wide and abbreviated, as they stand in a date and alone."""
    names: dict[str, int] = {"sept": 9}
    alone: set[str] = set()
    for locale in dict.fromkeys(("en", language)):
        for width, name, month in _cldr_months(locale):
            names.setdefault(_folded(name), month)
            if width == "wide":
                alone |= {name, name[0].upper() + name[1:], name.upper()}
    # What stands before a name is looked at afterwards, so that the search can skip ahead to a first letter.
    pattern = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    words = frozenset(filter(str.isascii, names))
    letters = frozenset(beyond_ascii("".join(names)))
    if not all(map(str.isalpha, words)):
        words = letters = frozenset()
    return _Months(late(rf"(?:{pattern})(?!\w)"), MappingProxyType(names), words, letters, frozenset(alone))


def _cldr_months(language: str) -> list[tuple[str, str, int]]:
    """Return (width, name, month) for a language, or for English where CLDR does not know it.

    Source: Unicode CLDR, LDML part 4, section 2.2 "Calendar elements": months, contexts and widths.
    """
    names = date_patterns.month_names(language)
    return [
        (width, names[month][field].rstrip("."), month)
        for field, width in (("MMMM", "wide"), ("MMM", "short"), ("LLLL", "wide"), ("LLL", "short"))
        for month in range(1, 13)
        if len(names[month][field].rstrip(".")) > 2 and not names[month][field][0].isdigit()
    ]


def _folded(name: str) -> str:
    return name.replace("İ", "i").lower()
