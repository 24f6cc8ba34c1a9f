"""Numbers as a language writes them."""

from __future__ import annotations

from decimal import Decimal

from dateline.config import Series
from dateline.date_patterns import ENGLISH, locale_name
from dateline.words import Words

# How near a number that was counted has to be to a whole one, to be sure that it is rounded to that.
_SURELY = 0.499


class NumberWords:
    """Numbers as they are written in a site's language."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._locale = locale_name(words.language)
        # What English needs no Babel for, which takes as long to import as a small timeline to read.
        self._is_english = self._locale == ENGLISH
        self._integers: dict[int, str] = {}
        self._per_cents: dict[int, str] = {}

    def amount(self, value: Decimal | float, series: Series) -> str:
        """Return an amount of what a series counts as it is written in the site's language."""
        if series.unit != "%" and value == int(value):
            return self.integer(int(value))
        if self._is_english:
            return f"{_english(value)}%" if series.unit == "%" else _english(value)
        from babel.numbers import format_decimal, format_percent

        if series.unit == "%":
            return str(format_percent(value / 100, locale=self._locale, decimal_quantization=False))
        return str(format_decimal(value, locale=self._locale, decimal_quantization=False))

    def integer(self, number: int) -> str:
        """Return a whole number as it is written in the site's language."""
        said = self._integers.get(number)
        if said is None:
            said = self._integers[number] = self._words.number(number)
        return said

    def sheet(self, number: int, total: int) -> str:
        """Return which of several pages one is."""
        phrase = self._words.gettext("page {number} of {total}")
        return phrase.format(number=self.integer(number), total=self.integer(total))

    def per_cent(self, share: float) -> str:
        """Return a share from 0 to 1 as per cent in the site's language."""
        hundredths = share * 100
        whole = round(hundredths)
        # CLDR writes no fractions of a per cent; halfway between two, the decimals of the share itself decide.
        if abs(hundredths - whole) > _SURELY:
            return self._per_cent(share)
        said = self._per_cents.get(whole)
        if said is None:
            said = self._per_cents[whole] = self._per_cent(whole / 100)
        return said

    def _per_cent(self, share: float) -> str:
        if self._is_english:
            return f"{round(Decimal(str(share)) * 100):,}%"
        from babel.numbers import format_percent

        return str(format_percent(share, locale=self._locale))


def _english(value: Decimal | float) -> str:
    """Return a number with its thousands set apart, and without zeros at its end."""
    written = f"{Decimal(str(value)):,f}"
    return written.rstrip("0").rstrip(".") if "." in written else written
