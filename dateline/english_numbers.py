"""English number words → the number that they say."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from types import MappingProxyType

_UNITS = MappingProxyType(
    {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9}
)
_TEENS = MappingProxyType(
    {"ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14}
    | {"fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19}
)
TENS = MappingProxyType(
    {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
)
SMALL = MappingProxyType({"zero": 0, **_UNITS, **_TEENS})
_LARGE = MappingProxyType(
    {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12, "lakh": 10**5, "crore": 10**7}
)
FACTORS = MappingProxyType({"dozen": 12, "hundred": 100, **_LARGE})


def number_at(words: Sequence[str], position: int) -> tuple[Decimal | None, int]:
    """Read the longest number that starts at this word; return it and the position after it."""
    if _word(words, position) == "half":
        value, after = number_at(words, position + 1)
        return (None if value is None else value / 2), after
    total, end = None, position
    start, comma, limit = position, False, Decimal("Infinity")
    while True:
        part, after = _part(words, start)
        factor = _LARGE.get(_word(words, after), 1)
        # "two thousand and three thousand" names two numbers, and so does "three thousand, nine of them".
        if part is None or part * factor >= limit or (comma and part * factor < 100):
            return total, end
        total = (total or Decimal(0)) + part * factor
        end = after + (factor > 1)
        if factor == 1:
            return total, end
        comma, limit = _word(words, end) == ",", Decimal(factor)
        start = end + comma
        start += _word(words, start) == "and"


def _part(words: Sequence[str], position: int) -> tuple[Decimal | None, int]:
    """Read a number below ten thousand without its scale: "fifteen hundred and two", "two and a half"."""
    value, after = _below_hundred(words, position)
    if value is None:
        return None, position
    if words[after : after + 3] == ["and", "a", "half"]:
        return value + Decimal("0.5"), after + 3
    factor = _word(words, after)
    if factor == "dozen":
        return value * 12, after + 1
    if factor != "hundred":
        return value, after
    value, after = value * 100, after + 1
    start = after + (_word(words, after) == "and")
    rest, end = _below_hundred(words, start)
    # "between one hundred and two hundred" names two numbers.
    if rest and _word(words, end) not in {"hundred", "dozen"}:
        return value + rest, end
    return value, after


def _below_hundred(words: Sequence[str], position: int) -> tuple[Decimal | None, int]:
    word = _word(words, position)
    if word in {"a", "an"} and _word(words, position + 1) in FACTORS:
        return Decimal(1), position + 1
    if word in TENS:
        unit = _UNITS.get(_word(words, position + 1), 0)
        return Decimal(TENS[word] + unit), position + 1 + bool(unit)
    if word in SMALL:
        return Decimal(SMALL[word]), position + 1
    return None, position


def _word(words: Sequence[str], position: int) -> str:
    return words[position] if position < len(words) else ""
