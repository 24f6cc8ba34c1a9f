"""What the author of a table is told about a date that can be read, but may not say what they mean."""

from __future__ import annotations

from pathlib import Path

import pytest
from project import check, one, write


@pytest.mark.parametrize(
    ("date", "meant", "years"),
    [
        ("2020-21", "spring 2020", "2020/2021"),
        ("2019-24", "winter 2019", "2019/2024"),
        ("2020-21?", "spring 2020", "2020?/2021?"),
        ("2020-28", "northern winter 2020", "2020/2028"),
        ("2020-29", "southern spring 2020", "2020/2029"),
        ("1932-33", "the first quarter of 1932", "1932/1933"),
        ("1936-39", "the third four months of 1936", "1936/1939"),
        ("1939-40", "the first half of 1939", "1939/1940"),
    ],
)
def test_two_years_that_edtf_reads_as_a_season(tmp_path: Path, date: str, meant: str, years: str) -> None:
    """Two years with a hyphen mean a part of the first one in EDTF: the author is told, and shown how to write both."""
    shown = check(write(tmp_path, {"events.csv": one(date=date)}))
    assert shown.status == 0
    assert shown.problems.startswith(
        f"events.csv:2: warning: date: {date} means {meant} in EDTF\n"
        f"  help: write {years} for the years, or keep it and say so in date_note\n"
    )


@pytest.mark.parametrize(
    ("date", "date_note"),
    [
        ("2020-21", "The report speaks of spring."),
        ("2020/2021", "Over the winter."),
        ("2021-21", ""),
        ("2045-21", ""),
        ("2020-12", ""),
    ],
)
def test_a_season_that_is_meant(tmp_path: Path, date: str, date_note: str) -> None:
    """Nothing is said where a note speaks of the date, or where the second number cannot be a later year."""
    assert " in EDTF" not in check(write(tmp_path, {"events.csv": one(date=date, date_note=date_note)})).problems
