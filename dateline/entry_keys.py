"""Entries → a few bytes for each, which are others as soon as anything is that the site shows of the entry."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence

from dateline.fingerprints import LENGTH, PARTING, digest
from dateline.present import Presenter
from dateline.tables import Row

_NOBODY = bytes(LENGTH)


class EntryKeys:
    """The keys of a timeline's entries; `sources` are the fingerprints of its sources by their names.

    An entry is made from its rows, and what was found of its quotes follows from these and from its sources. Beside it
    stand the entries that say otherwise, and those that it names. `sizes` are how many bytes the texts of each take.
    """

    def __init__(self, presenter: Presenter, sources: Mapping[str, str]) -> None:
        self._presenter = presenter
        self.sizes = array("L")
        own = list(_own(presenter, sources, self.sizes))
        self._added: dict[int, int] | None = None
        self._keys = b"".join([_NOBODY, *_with_others(presenter, own), _NOBODY])

    def of(self, places: Iterable[int]) -> bytes:
        """Return the keys of the entries at these places in the timeline."""
        if isinstance(places, range) and places.step == 1:
            return self._keys[(places.start + 1) * LENGTH : (places.stop + 1) * LENGTH]
        keys = self._keys
        return b"".join([keys[(place + 1) * LENGTH : (place + 2) * LENGTH] for place in places])

    def of_rows(self, rows: Iterable[Row]) -> bytes:
        """Return the keys of rows: that of the entry, with the cells where a row is not an entry's first."""
        first = {entry.line: place for place, entry in enumerate(self._presenter.timeline.entries, start=1)}
        keys, held = [], self._keys
        for line, cells in rows:
            place = first.get(line)
            if place is None:
                keys.append(digest(self._adding(line) + PARTING.join(cells).encode()))
            else:
                keys.append(held[place * LENGTH : (place + 1) * LENGTH])
        return b"".join(keys)

    def _adding(self, line: int) -> bytes:
        """Return the key of the entry to which a row adds a citation; nothing where it does not."""
        if self._added is None:
            self._added = {
                citation.line: place
                for place, entry in enumerate(self._presenter.timeline.entries)
                for citation in entry.citations
            }
        return self.of([self._added[line]]) if line in self._added else b""

    def around(self, place: int) -> bytes:
        """Return the key of the entry at a place between those of its neighbours."""
        return self._keys[place * LENGTH : (place + 3) * LENGTH]


def _own(presenter: Presenter, sources: Mapping[str, str], sizes: array[int]) -> Iterator[bytes]:
    """Yield for each entry what is another as soon as its rows are, its sources, or the page on which it stands.

    How many bytes that is goes into `sizes`.
    """
    page_of, cells = presenter.timeline_page, {row.line: row.cells for row in presenter.timeline.table.rows}
    for entry in presenter.timeline.entries:
        citations, line = entry.citations, entry.line
        # How many of the texts at the end are sources stands before them all.
        texts = [str(len(citations)), entry.id, page_of(entry.id), *cells[line]]
        for citation in citations:
            if citation.line != line:
                texts += cells[citation.line]
        texts += [sources.get(citation.source, citation.source) for citation in citations]
        told = PARTING.join(texts).encode("utf-8", "surrogatepass")
        sizes.append(len(told))
        yield digest(told)


def _with_others(presenter: Presenter, own: Sequence[bytes]) -> Iterator[bytes]:
    """Yield the same for each entry together with the entries that are shown beside it."""
    places: dict[str, int] = {}
    for entry, key in zip(presenter.timeline.entries, own, strict=True):
        others = (*presenter.conflicts_of(entry), *entry.related)
        if others:
            places = places or {entry_id: place for place, entry_id in enumerate(presenter.entries)}
            # Which of them are which is told by the entry's own rows and by theirs.
            yield digest(b"".join([key, *(own[places[other]] for other in others)]))
        else:
            yield key
