"""Periods of the calendar in the words of the site's language."""

from __future__ import annotations

from dateline import dates, periods
from dateline.periods import Sheet
from dateline.present import Presenter


def period_label(key: str, presenter: Presenter) -> str:
    """Return a period in words: "20th century", "1990s", "March 1994"; else its first and its last year."""
    date = dates.parse(key)
    if date is None or date.earliest is None or date.latest is None:
        return key
    first, last = date.earliest[0], date.latest[0]
    decade = key.endswith("X") and not key.endswith("XX")
    if key != periods.UNKNOWN and first != last and ("S" in key or first < 0 or (decade and first < 100)):
        span = dates.parse(f"{_year(first)}/{_year(last)}")
        return presenter.display.full(span) if span else key
    return presenter.display.full(date)


def sheet_number(sheet: Sheet, presenter: Presenter) -> str:
    """Return which of the pages of its period this is; nothing where it is the only one."""
    return presenter.sheet(sheet.sheet, sheet.sheets) if sheet.sheets > 1 else ""


def sheet_label(sheet: Sheet, presenter: Presenter) -> str:
    """Return the period of a page, and which of its pages it is."""
    return ", ".join(filter(None, (period_label(sheet.period.name, presenter), sheet_number(sheet, presenter))))


def _year(year: int) -> str:
    if abs(year) > 9_999:
        return f"Y{year}"
    return f"{year:05}" if year < 0 else f"{year:04}"
