"""The views of a timeline's entries, each made when a page asks for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import overload

from dateline.events import Entry
from dateline.present import Presenter
from dateline.views import EntryView

# So many views are kept, as the pages of a few entries that follow each other are made together.
KEPT = 1_000


class EntryViews(Sequence[EntryView]):
    """The views of entries, in their order."""

    def __init__(self, presenter: Presenter, entries: Sequence[Entry]) -> None:
        self._presenter = presenter
        self._entries = entries
        self._kept: dict[int, EntryView] = {}

    def __len__(self) -> int:
        """Return how many entries there are."""
        return len(self._entries)

    @overload
    def __getitem__(self, place: int) -> EntryView: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[EntryView]: ...

    def __getitem__(self, place: int | slice) -> EntryView | Sequence[EntryView]:
        """Return the view at a place, or those of a slice."""
        if isinstance(place, slice):
            return [self._view(each) for each in range(*place.indices(len(self._entries)))]
        return self._kept.get(place) or self._view(range(len(self._entries))[place])

    def __iter__(self) -> Iterator[EntryView]:
        """Yield the views in their order."""
        return map(self._view, range(len(self._entries)))

    def _view(self, place: int) -> EntryView:
        view = self._kept.get(place)
        if view is None:
            if len(self._kept) >= KEPT:
                self._kept.clear()
            view = self._kept[place] = self._presenter.entry(self._entries[place])
        return view
