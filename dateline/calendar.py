"""Days of the proleptic Gregorian calendar as numbers, for any year."""

from __future__ import annotations

from dateline.dates import Day


def ordinal(day: Day) -> int:
    """Return the number of days from 1970-01-01 to `day`, negative before it.

    Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `days_from_civil`.
    """
    year, month, number = day
    year -= month <= 2
    era, year_of_era = divmod(year, 400)
    day_of_year = (153 * (month + (-3 if month > 2 else 9)) + 2) // 5 + number - 1
    return era * 146097 + year_of_era * 365 + year_of_era // 4 - year_of_era // 100 + day_of_year - 719468
