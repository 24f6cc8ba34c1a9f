"""Which times of day a text says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.clock import clock_times, without_times


def said(text: str, language: str = "en") -> list[tuple[str, list[str]]]:
    """Return the words of each time, and what they may mean."""
    return [
        (text[time.start : time.end], [f"{minute // 60}:{minute % 60:02}" for minute in sorted(time.minutes)])
        for time in clock_times(text, language)
    ]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "At 02:40 the sirens", [("02:40", ["2:40"])]),
        ("en", "at 2:40, or at 2:40 p.m.", [("2:40", ["2:40", "14:40"]), ("2:40 p.m.", ["14:40"])]),
        ("en", "from 14:05:30 to 24:00", [("14:05:30", ["14:05"]), ("24:00", ["0:00"])]),
        ("en", "at 12 am, 2pm, 2.40 PM", [("12 am", ["0:00"]), ("2pm", ["14:00"]), ("2.40 PM", ["14:40"])]),
        ("en", "at 5 o’clock", [("5 o’clock", ["5:00", "17:00"])]),
        ("en", "2021-06-14T10:20:00", [("10:20:00", ["10:20", "22:20"])]),
        ("de", "14.30 Uhr, 14 Uhr 30", [("14.30 Uhr", ["14:30"]), ("14 Uhr 30", ["14:30"])]),
        ("de", "wurden 12 am Montag getötet, um 14.30", []),
        ("fr", "à 14h30, à 14 h 30", [("14h30", ["14:30"]), ("14 h 30", ["14:30"])]),
        ("sv", "kl. 14.30", [("14.30", ["14:30"])]),
        ("en", "3:0, 25:10, 12:75, 1:100, 10:20:30:40, 1,400:20, 14.30, 12 amateurs, 2 h", []),
    ],
)
def test_times(language: str, text: str, expected: list[tuple[str, list[str]]]) -> None:
    """Times of day are read as people write them, with both halves of the day where the text does not tell."""
    assert said(text, language) == expected


@given(text=st.text(st.sampled_from("0123456789:. ,hapm\u0663TUhr"), max_size=30))
def test_any_text(text: str) -> None:
    """Whatever the text, blanking its times out moves nothing and leaves no time."""
    blanked = without_times(text)
    assert len(blanked) == len(text)
    assert all(new in (old, "\0") for new, old in zip(blanked, text, strict=True))
    assert said(blanked) == []
