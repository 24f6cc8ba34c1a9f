"""Days of the proleptic Gregorian calendar as numbers, for any year."""

from __future__ import annotations

import datetime

from dateline.dates import Date, Day

Ends = tuple[int | None, int | None]
_EPOCH = datetime.date(1970, 1, 1).toordinal()


def ordinal(day: Day) -> int:
    """Return the number of days from 1970-01-01 to `day`, negative before it.

    Source for the years that Python does not know: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms",
    `days_from_civil`.
    """
    year, month, number = day
    if 0 < year <= 9999:
        return datetime.date(year, month, number).toordinal() - _EPOCH
    year -= month <= 2
    era, year_of_era = divmod(year, 400)
    day_of_year = (153 * (month + (-3 if month > 2 else 9)) + 2) // 5 + number - 1
    return era * 146097 + year_of_era * 365 + year_of_era // 4 - year_of_era // 100 + day_of_year - 719468


def ends(date: Date) -> Ends:
    """Return the first and the last day that a date can mean, as numbers; None where it is open."""
    earliest, latest = date.earliest, date.latest
    first = ordinal(earliest) if earliest else None
    if latest is earliest:
        return first, first
    return first, ordinal(latest) if latest else None
