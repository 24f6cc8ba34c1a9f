"""The files of data → how each is made, and of what: feeds, what search knows, what the overview is explored from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from dateline import addresses
from dateline.cache import File, Unit
from dateline.dates import Day
from dateline.entry_views import EntryViews
from dateline.events import Entry
from dateline.filters import is_large
from dateline.page_keys import PageKeys
from dateline.present import Presenter

if TYPE_CHECKING:
    from dateline.feeds import Feed
    from dateline.timeline_pages import TimelinePages

Job = Callable[[], Iterable[Unit]]


class DataFiles:
    """The data of one site; `updated` is the day that it shows as its own.

    What makes a file is loaded when that is asked for, as few processes make all of them.
    """

    def __init__(self, presenter: Presenter, keys: PageKeys, updated: Day | None) -> None:
        self._presenter = presenter
        self._entries = presenter.timeline.entries
        self._keys = keys
        self._updated = updated

    def jobs(self) -> Iterator[Job]:
        """Yield the work that shows the records of all entries, the longest parts first."""
        from dateline import json_feed

        parts = json_feed.parts(self._entries, self._keys.entries)
        yield from (partial(self._json_part, places) for places in parts)
        yield partial(self._json, parts)
        yield self._calendar
        if is_large(len(self._entries)):
            yield self._find
        yield self._table

    def atom(self, views: EntryViews) -> Unit:
        """Return the feed of the last entries."""
        from dateline import feeds

        last = range(len(views))[-feeds.ATOM_ENTRIES :]

        def made() -> Iterator[File]:
            yield addresses.ATOM, feeds.atom(self._presenter, views, self._updated).encode()

        return Unit(addresses.ATOM, self._keys.entries_in(addresses.ATOM, last), made)

    def where(self, pages: TimelinePages) -> Unit:
        """Return the scripts that know where each entry stands."""
        return Unit(addresses.WHERE, self._keys.of(addresses.WHERE, self._keys.drawn), pages.where)

    def drawing(self, pages: TimelinePages) -> Iterator[Unit]:
        """Yield what the overview is explored from."""
        from dateline import explore, level_files
        from dateline.overview import MOST_MARKS, dated

        presenter, keys, found = self._presenter, self._keys, dated(self._entries)
        if not found:
            return
        if len(found) <= MOST_MARKS:
            key = keys.entries_in(addresses.OVERVIEW, range(len(self._entries)))
            yield Unit(addresses.OVERVIEW, key, lambda: [explore.whole(presenter, pages.drawn)])
            return
        table = level_files.columns(found, presenter)
        tellings = level_files.Tellings(table)

        def counted() -> Iterator[File]:
            counts = level_files.Counts(table, presenter.ground.scale.stretches, tellings.crossings)
            yield explore.root(presenter, pages.drawn, counts.root())
            yield from counts.parts()

        yield Unit(addresses.OVERVIEW, keys.of(addresses.OVERVIEW, keys.drawn), counted)
        for told in tellings.parts():
            key = keys.entries_in(told.path, tellings.places(told), tellings.made_of(told))
            yield _unit(told.path, key, partial(tellings.file, told))

    def _json(self, parts: list[range]) -> Iterator[Unit]:
        from dateline import json_feed

        frame = json_feed.feed(self._presenter, parts)
        yield self._feed(addresses.JSON, frame, range(0 if parts else len(self._entries)), addresses.JSON)

    def _json_part(self, places: range) -> Iterator[Unit]:
        from dateline import json_feed

        path = json_feed.part_path(self._entries[places[0]])
        yield self._feed(path, json_feed.part(self._presenter), places, addresses.JSON)

    def _calendar(self) -> Iterator[Unit]:
        from dateline import calendar_feed

        frame = calendar_feed.feed(self._presenter, self._updated)
        yield self._feed(addresses.CALENDAR, frame, range(len(self._entries)), addresses.CALENDAR)

    def _table(self) -> Iterator[Unit]:
        from dateline import table_feed

        frame, rows = table_feed.feed(self._presenter), self._presenter.timeline.table.rows
        key, pieces = self._keys.feed(frame, rows, self._keys.entries.of_rows(rows), addresses.TABLE)
        yield Unit(addresses.TABLE, key, lambda: [(addresses.TABLE, pieces)])

    def _feed(self, path: str, frame: Feed[Entry], places: range, kind: str) -> Unit:
        """Return a file of entries; those of one `kind` show the same of each."""
        entries, keys = self._entries[places.start : places.stop], self._keys.entries.of(places)
        key, pieces = self._keys.feed(frame, entries, keys, kind)
        return Unit(path, key, lambda: [(path, pieces)])

    def _find(self) -> Iterator[Unit]:
        """Yield what a large timeline is searched in."""
        from dateline.filters import source_labels
        from dateline.search_index import SearchIndex
        from dateline.search_parts import SearchParts

        keys, labels = self._keys, source_labels(self._presenter)
        parts = SearchParts(self._entries, keys.entries.sizes, keys.sources, labels)
        index = SearchIndex(self._presenter, parts, labels)
        for heads in parts.heads:
            key = keys.entries_in(addresses.FIND, heads.places, heads.number, heads.known)
            yield _unit(f"{addresses.FIND}heads-{heads.number}", key, partial(index.heads, heads))
        for texts in parts.texts:
            key = keys.entries_in(addresses.FIND, texts.places, texts.number, texts.heads, texts.first)
            yield _unit(f"{addresses.FIND}texts-{texts.number}", key, partial(index.texts, texts))
        told = len(parts.heads), len(parts.texts), parts.bytes, parts.heads[-1].known, keys.drawn
        yield _unit(addresses.FIND, keys.of(addresses.FIND, told), index.index)


def _unit(name: str, key: str, make: Callable[[], File]) -> Unit:
    """Return a unit of one file."""
    return Unit(name, key, lambda: [make()])
