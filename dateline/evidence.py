"""Which numbers and dates of a claim stand in none of the texts that it rests on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import groupby

from dateline import mentions, numbers
from dateline.clock import ClockTime, clock_times
from dateline.glances import has_digit, has_english_word
from dateline.late_patterns import late

_ADDRESS = late(r"\]\([^()]*+\)|\bhttps?://\S+|</?[a-zA-Z][^<>]*>")
_WORD_AFTER = late(r"\s+[^\W\d_]")
_OF_THE_DAY_AFTER = late(r"\s+(?:the|an?|at|in)\b", re.IGNORECASE)
_ON_BEFORE = late(r"\bon\s+$", re.IGNORECASE)
_SHORT_DATE = late(r"(?<![\w./])\d{1,2}([./])\d{1,2}\1\d\d(?!\w|[./]\d)")
_LAST_NUMBER = late(r"\d+$")


def may_tell(text: str, language: str = "en") -> bool:
    """Tell at a glance that a text says no number, no date and no time of day; where it is not seen, it may or not."""
    telling = _telling_words(language)
    return not telling or has_digit(text) or has_english_word(text.replace("İ", "i").lower(), telling)


@lru_cache(maxsize=16)
def _telling_words(language: str) -> frozenset[str]:
    of_numbers, of_dates = numbers.telling_words(language), mentions.telling_words(language)
    return of_numbers | of_dates if of_numbers and of_dates else frozenset()


def held_by(
    claim_text: str, evidence_texts: Iterable[str], language: str = "en", *, evidence_languages: Sequence[str] = ()
) -> list[str]:
    """Return the numbers and dates of the claim that no evidence text holds, as the claim writes them, in order.

    Numbers are compared by value, whether in digits or in words; dates by day, month and year, where a date that
    the claim writes without its year agrees with any year. The texts are in the language of the claim, or each in
    its own of `evidence_languages`. Times of day are compared with times of day. Addresses of links and tags are not
    read as part of the claim.
    """
    claim = claim_text
    if "](" in claim or "://" in claim or "<" in claim:
        claim = _ADDRESS.sub(lambda found: "\0" * len(found.group()), claim)
    dates = mentions.dates_in(claim, language)
    figures = numbers.numbers_in(claim, language)
    times = list(clock_times(claim, language))
    if not figures and not dates and not times:
        return []
    texts = list(evidence_texts)
    evidence = _Evidence(list(zip(texts, evidence_languages or [language] * len(texts), strict=True)))
    missing = _missing_dates(dates, claim, evidence)
    in_dates = {place for date in dates for place in range(date.start, date.end)}
    others = [figure for figure in figures if figure.start not in in_dates and figure.end - 1 not in in_dates]
    missing += _missing_numbers(others, evidence)
    missing += [(time.start, time.end) for time in times if not evidence.says_time(time)]
    return list(dict.fromkeys(claim[start:end] for start, end in sorted(missing)))


def figure_said(text: str, value: Decimal, language: str = "en") -> bool:
    """Tell whether the text says this number, and not only as the day, month or year of a date that has a month.

    A year that stands alone cannot be told from a count, and counts as one. So does the last number in "In June 20
    people died" and in "in June, 1500 people".
    """
    return bool(figure_places(text, value, language))


def figure_places(text: str, value: Decimal, language: str = "en") -> list[numbers.Mention]:
    """Return every place where the text says this number as `figure_said` means it, in order."""
    return numbers.places_of(_without_dates(text, language), value, language)


@lru_cache(maxsize=64)
def _without_dates(text: str, language: str) -> str:
    """Blank out the dates that have a month, every other character in its place."""
    spans = [
        (date.start, _end_of_date(text, date)) for date in mentions.dates_in(text, language) if date.month is not None
    ]
    spans += [short.span() for short in _SHORT_DATE.finditer(text)]
    for start, end in spans:
        text = f"{text[:start]}{chr(0) * (end - start)}{text[end:]}"
    return text


def _end_of_date(text: str, date: mentions.DateMention) -> int:
    """Return where the date ends, or its last number starts if that may count what the next word names."""
    last = _LAST_NUMBER.search(text, date.start, date.end)
    if last is None or not _WORD_AFTER.match(text, date.end):
        return date.end
    if date.year is not None:
        return date.end if 1900 <= date.year < 2100 else last.start()
    on_a_day = _ON_BEFORE.search(text, max(0, date.start - 8), date.start) or _OF_THE_DAY_AFTER.match(text, date.end)
    return date.end if on_a_day else last.start()


@lru_cache(maxsize=64)
def _read(text: str, language: str) -> tuple[tuple[mentions.DateMention, ...], frozenset[Decimal]]:
    """Read a text once for the title and the summary that rest on it."""
    values = frozenset(figure.value for figure in numbers.numbers_in(text, language))
    return tuple(mentions.dates_in(text, language)), values


class _Evidence:
    """What the evidence, a list of (text, language), says."""

    def __init__(self, texts: Sequence[tuple[str, str]]) -> None:
        self._texts = texts
        read = [_read(*text) for text in texts]
        self._dates = [date for dates, _ in read for date in dates]
        self._values = frozenset(value for _, values in read for value in values)

    def says_number(self, value: Decimal) -> bool:
        said = (numbers.says(text, value, language) for text, language in self._texts)
        return value in self._values or any(said)

    def says_time(self, time: ClockTime) -> bool:
        said = (other for text, language in self._texts for other in clock_times(text, language))
        return any(time.minutes & other.minutes for other in said)

    def says_date(self, date: mentions.DateMention) -> bool:
        parts = date.year, date.month, date.day
        if mentions.standing_among(self._dates, *parts, decade=date.decade) == "yes":
            return True
        plain_year = date.month is None and date.year is not None and not date.decade
        return plain_year and self.says_number(Decimal(date.year or 0))

    def says_apart(self, date: mentions.DateMention) -> bool:
        """Tell whether the month is said, and the day as a number of something else."""
        month = mentions.standing_among(self._dates, None, date.month, None)
        return month == "yes" and date.day is not None and self.says_number(Decimal(date.day))


def _missing_dates(dates: Sequence[mentions.DateMention], claim: str, evidence: _Evidence) -> list[tuple[int, int]]:
    missing = []
    for span, group in groupby(dates, key=lambda date: (date.start, date.end)):
        readings = list(group)
        said = [evidence.says_date(date) for date in readings]
        # Two readings of one date ("05/06/2021") share their parts; the two ends of a range do not.
        alternatives = len({frozenset({date.month, date.day}) for date in readings}) == 1
        if any(said) if alternatives else all(said):
            continue
        # "In June 20 people died" is not about June 20.
        counts = claim[span[1] - 1].isdecimal() and _WORD_AFTER.match(claim, span[1])
        if not (counts and readings[0].year is None and evidence.says_apart(readings[-1])):
            missing.append(span)
    return missing


def _missing_numbers(figures: Sequence[numbers.Mention], evidence: _Evidence) -> list[tuple[int, int]]:
    missing = []
    for start, group in groupby(figures, key=lambda figure: figure.start):
        readings = list(group)
        if not any(evidence.says_number(figure.value) for figure in readings):
            missing.append((start, max(figure.end for figure in readings)))
    return missing
