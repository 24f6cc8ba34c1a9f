"""Which times of day a text says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from dateline.glances import has_digit
from dateline.late_patterns import late


class ClockTime(NamedTuple):
    """A time of day and where the text says it: `text[start:end]`.

    `minutes` are counted from midnight; there are two where the text does not tell morning from afternoon.
    """

    minutes: frozenset[int]
    start: int
    end: int


_SPOKEN = r"\s?(?:(?P<half>[ap])\.?\s?m\b\.?|Uhr\b(?:\s(?P<later>\d\d)\b)?|o['’]clock\b)"
# The look-behind stands after the first digit so that the search can skip ahead to digits.
_TIME = late(
    r"\d(?<![\d:.,]\d)\d?(?:(?P<sign>[:：.]|\s?h\s?)(?P<minute>\d\d)(?:[:：]\d\d(?:[.,]\d+)?)?)?(?![\d:：])"
    rf"(?P<spoken>{_SPOKEN})?",
    re.IGNORECASE,
)
_CALLED_A_TIME = late(r"\bklo?\.?\s$", re.IGNORECASE)  # Danish, Norwegian and Swedish; Finnish
_HOUR = late(r"\d+")


def clock_times(text: str, language: str = "en") -> Iterator[ClockTime]:
    """Yield the times that the text says in digits: "02:40", "2:40 p.m.", "14h30", "14.30 Uhr", "2 o’clock".

    A point alone makes no time: "14.30" is a number. Nor does "12 am" where `language` is not English.
    """
    if not has_digit(text):
        return
    for found in _TIME.finditer(text):
        hour = found.group()[: _HOUR.match(found.group()).end()]  # type: ignore[union-attr]
        minute = int(found["minute"] or found["later"] or 0)
        if int(hour) > 24 or minute > 59 or not _is_time(found, text, language):
            continue
        yield ClockTime(_minutes(hour, minute, (found["half"] or "").lower()), *found.span())


def without_times(text: str, language: str = "en") -> str:
    """Return the text with its times of day blanked out, every other character in its place."""
    for time in clock_times(text, language):
        text = f"{text[: time.start]}{chr(0) * (time.end - time.start)}{text[time.end :]}"
    return text


def _is_time(found: re.Match[str], text: str, language: str) -> bool:
    if found["minute"] and found["sign"] != ".":
        return True
    if not found["spoken"]:
        return bool(found["minute"]) and _CALLED_A_TIME.search(text, 0, found.start()) is not None
    german_word = found["spoken"].lower() == " am" and not found["minute"]
    return not german_word or language.lower().startswith("en")


def _minutes(hour: str, minute: int, half: str) -> frozenset[int]:
    """Return the minutes since midnight; `half` is "a", "p" or empty, where "2:40" but not "02:40" may be either."""
    hours = int(hour) % 24
    if half:
        hours = hours % 12 + 12 * (half == "p")
    either = not half and 1 <= hours <= 12 and not hour.startswith("0")
    options = {hours, (hours + 12) % 24} if either else {hours}
    return frozenset(option * 60 + minute for option in options)
