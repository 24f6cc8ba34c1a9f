"""Numbers of a family that are too many for one page → the pages that hold them, by the calendar.

They are cut as the timeline is (`periods.py`), so that a number that comes elsewhere moves none.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from dateline import periods
from dateline.config import Series
from dateline.periods import Period, Sheet
from dateline.reported import Reported, Reports, some

# How many parts of the time that a page is about it tells of, about.
MOST_PARTS = 60


class Part(NamedTuple):
    """A period with its numbers; where it `is_rest`, with those alone that are dated no closer than it."""

    period: Period
    is_rest: bool
    numbers: Sequence[Reported]


class Range(NamedTuple):
    """How many numbers of a series there are in a part, and of them the first that is lowest, and highest."""

    series: Series
    number: int
    lowest: Reported
    highest: Reported


class CutFamily:
    """The numbers of a family, cut by the calendar; `sheets` are the pages that hold them."""

    def __init__(self, reports: Reports) -> None:
        self.reports = reports
        self.root = periods.cut([number.entry.date for number in reports.numbers])
        self.sheets = tuple(periods.sheets(self.root))

    def shown(self, sheet: Sheet) -> Reports:
        """Return the numbers that stand on a page."""
        return some(self.reports, sheet.entries)

    def within(self, period: Period) -> Reports:
        """Return the numbers of a period."""
        return some(self.reports, sorted(_all(period)))

    def parts(self, around: Period) -> Iterator[Part]:
        """Yield the parts of a period, each number in one of them but those that stand on the period's own page."""
        numbers = self.reports.numbers
        for period, is_rest in _parts(around, periods.opened(around, MOST_PARTS)):
            places = period.entries if is_rest else sorted(_all(period))
            yield Part(period, is_rest, [numbers[place] for place in places])


def ranges_of(numbers: Iterable[Reported], series: Iterable[Series]) -> Iterator[Range]:
    """Yield what is told of numbers together: of each of these series, from which to which it is."""
    found: dict[str, list[Reported]] = {}
    for number in numbers:
        found.setdefault(number.series.key, []).append(number)
    for each in series:
        same = found.get(each.key)
        if same:
            yield Range(each, len(same), min(same, key=_value), max(same, key=_value))


def is_cut(reports: Reports) -> bool:
    """Tell whether a family has more numbers than one page holds."""
    return len(reports.numbers) > periods.MOST


def _parts(around: Period, opened: Container[str]) -> Iterator[tuple[Period, bool]]:
    """Yield the parts as `CutFamily.parts` does, each with whether only what is dated no closer is meant."""
    for period in periods.parts(around):
        if period.key not in opened:
            yield period, False
            continue
        if period.entries:
            yield period, True
        yield from _parts(period, opened)


def _all(period: Period) -> Iterable[int]:
    yield from period.entries
    for child in period.children:
        yield from _all(child)


def _value(number: Reported) -> Decimal:
    return number.figure.value
