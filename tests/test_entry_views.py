"""Promises of `dateline.entry_views`."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline import entry_views, site
from dateline.entry_views import EntryViews
from dateline.present import Presenter
from dateline.words import words_for

PROJECT = Path(__file__).parent / "golden" / "project"


@pytest.mark.parametrize("kept", [0, 1_000])
def test_views_are_those_of_the_presenter(kept: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Kept or made anew, one by one, by slice or in a row, the views are those that the presenter makes."""
    monkeypatch.setattr(entry_views, "KEPT", kept)
    checked, _ = site.check(PROJECT)
    presenter = Presenter(checked.timeline, checked.proofs, words_for(checked.timeline.config.language))
    entries = checked.timeline.entries
    made = [presenter.entry(entry) for entry in entries]
    views = EntryViews(presenter, entries)
    assert len(views) == len(made) > 3
    assert list(views) == made
    assert list(views) == made
    assert list(reversed(views)) == made[::-1]
    assert views[-3:] == made[-3:]
    assert views[0] == made[0]
    assert views[-1] == made[-1]
    with pytest.raises(IndexError):
        views[len(made)]


def test_what_is_said_to_differ_is_what_shows_a_difference() -> None:
    """An entry is said to differ exactly where its view shows a difference."""
    checked, _ = site.check(PROJECT)
    presenter = Presenter(checked.timeline, checked.proofs, words_for(checked.timeline.config.language))
    said = [presenter.differs(entry) for entry in checked.timeline.entries]
    assert said == [bool(presenter.entry(entry).differences) for entry in checked.timeline.entries]
    assert True in said
    assert False in said
