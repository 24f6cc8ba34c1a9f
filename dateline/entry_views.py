"""The views of a timeline's entries, each made when a page asks for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import overload

from dateline.events import Entry
from dateline.present import Presenter
from dateline.views import EntryView

# Up to so many entries the views are kept, 2 kB each, as several pages show the same. Of more, each page has its own
# made anew: that takes 20 µs.
KEPT = 20_000


class EntryViews(Sequence[EntryView]):
    """The views of entries, in their order."""

    def __init__(self, presenter: Presenter, entries: Sequence[Entry]) -> None:
        self._presenter = presenter
        self._entries = entries
        self._kept: dict[int, EntryView] | None = {} if len(entries) <= KEPT else None

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
        return self._view(range(len(self._entries))[place])

    def __iter__(self) -> Iterator[EntryView]:
        """Yield the views in their order; one that is not kept is let go before the next is made."""
        return map(self._view, range(len(self._entries)))

    def _view(self, place: int) -> EntryView:
        if self._kept is None:
            return self._presenter.entry(self._entries[place])
        view = self._kept.get(place)
        if view is None:
            view = self._kept[place] = self._presenter.entry(self._entries[place])
        return view
