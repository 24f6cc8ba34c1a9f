"""Dates at which a linear axis of time is marked, for stretches from a month to billions of years."""

from __future__ import annotations

from collections.abc import Iterator

from dateline.calendar import ordinal
from dateline.scale import Tick

_DAYS_IN_YEAR = 365.2425
_MONTHS = (1, 3, 6)


def time_ticks(start: int, end: int, most: int) -> tuple[Tick, ...]:
    """Return at most about `most` ticks between two days (as `calendar.ordinal`), at least one in any 31 days.

    Their places are shares of the stretch. They are as close as they can be at steps of 1, 3 or 6 months, or of 1, 2
    or 5 years times a power of ten.
    """
    steps = _steps()
    step = next(steps)
    while (end - start) / _DAYS_IN_YEAR * 12 / step > most:
        step = next(steps)
    ticks = tuple(_at(start, end, step))
    # A step of many months may miss a stretch that is a little longer than it.
    finer = (each for each in (6, 3, 1) if each < step)
    while not ticks and (step := next(finer, 0)):
        ticks = tuple(_at(start, end, step))
    return ticks


def _steps() -> Iterator[int]:
    yield from _MONTHS
    power = 12
    while True:
        yield from (power, 2 * power, 5 * power)
        power *= 10


def _at(start: int, end: int, step: int) -> Iterator[Tick]:
    month = int(1970 + start / _DAYS_IN_YEAR - 1) * 12 // step * step
    while (day := ordinal((month // 12, month % 12 + 1, 1))) <= end:
        if day >= start:
            yield Tick((day - start) / (end - start), month // 12, month % 12 + 1 if step < 12 else 0)
        month += step
