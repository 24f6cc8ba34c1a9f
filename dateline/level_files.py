"""Timelines of more entries than can be drawn → the scripts that carry them to the page, part by part.

The root holds the coarsest counts and says which other parts there are; `assets/explore-levels.js` asks for them as
the reader zooms. No part grows with the number of entries, but for the root by a few bytes for each part.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise, takewhile
from typing import Any, NamedTuple

from dateline import addresses, levels
from dateline.data_script import data_script
from dateline.events import Entry
from dateline.levels import Crossings
from dateline.overview import Dated, is_doubtful, lanes_of
from dateline.overview_view import voices
from dateline.present import Presenter
from dateline.scale import Stretch

File = tuple[str, bytes]

# How many of the entries that cross into what covers a tile are told one by one: the longest.
CROSSING = 50
# How many bytes of a title and of who says so are told.
TITLE, VOICES = 160, 120
PART = "dateline:part"


class Columns(NamedTuple):
    """The entries that are drawn, by rank: on which day they begin, their ends (None where open), lane, and record.

    `places` are theirs in the timeline.
    """

    days: array[int]
    firsts: list[int | None]
    lasts: list[int | None]
    lanes: array[int]
    places: list[int]
    entries: list[Entry]
    presenter: Presenter


class Told(NamedTuple):
    """A part in which entries are told one by one: their ranks, and those of what crosses into it, of which more do.

    `more` are how many more there are in each lane.
    """

    path: str
    ranks: Sequence[int]
    crossing: Sequence[int]
    more: Sequence[tuple[int, int]]


def columns(found: Sequence[Dated], presenter: Presenter) -> Columns:
    """Return the columns of those entries that have a lane."""
    lanes = {category.key: number for number, category in enumerate(lanes_of(found, presenter.lanes()))}
    shown = [one for one in found if one[1].category in lanes]
    days = [(last or 0) if first is None else first for _, _, (first, last) in shown]
    order = sorted(range(len(shown)), key=days.__getitem__)
    in_order = [shown[at] for at in order]
    return Columns(
        array("q", map(days.__getitem__, order)),
        [first for _, _, (first, _) in in_order],
        [last for _, _, (_, last) in in_order],
        array("H", [lanes[entry.category] for _, entry, _ in in_order]),
        [place for place, _, _ in in_order],
        [entry for _, entry, _ in in_order],
        presenter,
    )


class Counts:
    """The parts of one timeline in which entries are counted, and what the root says of all parts."""

    def __init__(self, table: Columns, stretches: Sequence[Stretch], crossings: Crossings) -> None:
        self._table = table
        self._stretches = [(stretch.start, stretch.end) for stretch in stretches]
        self._levels = levels.levels(table.days, self._stretches)
        # The coarsest level is in the root: each stretch begins with what is seen of it at once.
        self._tiles = [list(levels.tiles(level, table.lanes)) for level in self._levels[1:]]
        self._crossings = crossings

    def root(self) -> dict[str, Any]:
        """Return what the root says.

        `units` are the steps of the calendar from the coarsest on, as days and months; `tiles` for each of them but the
        first the number of the part with which each tile begins; `finer` the step that is finer than all, None where
        there is none; `starts` for each stretch of the line its level and the tile of it.
        `crossings` are for each height but the lowest which of its scripts there are, as numbers of
        those that are not and that are, in turn.
        """
        return {
            "units": [list(level.unit) for level in self._levels],
            "finer": self._finer(),
            "tiles": [_steps([tile.first for tile in tiles]) for tiles in self._tiles],
            "starts": [self._start(first, last) for first, last in self._stretches],
            "entries": len(self._table.days),
            "points": levels.POINTS,
            "fan": levels.FAN,
            "crossings": [_runs(numbers_of(self._crossings, height)) for height in range(1, self._crossings.heights)],
        }

    def parts(self) -> Iterator[File]:
        """Yield the script of each part."""
        for number, tiles in enumerate(self._tiles, start=1):
            for at, tile in enumerate(tiles):
                yield _file(f"{addresses.LEVELS}{number}-{at}.js", {"before": tile.before, "rows": tile.rows})

    def _finer(self) -> list[int] | None:
        finest = self._levels[-1].unit
        before = takewhile(lambda unit: unit != finest, levels.units())
        return next((list(unit) for unit in reversed(list(before))), None)

    def _start(self, first: int, last: int) -> dict[str, Any]:
        small = [at for at, level in enumerate(self._levels) if levels.is_small(level.unit, (first, last))]
        tile = levels.between(self._levels[small[-1]], first, last, self._table.lanes)
        return {"level": small[-1], "first": tile.first, "before": tile.before, "rows": tile.rows}


class Tellings:
    """The parts of one timeline in which entries are told one by one."""

    def __init__(self, table: Columns) -> None:
        self._table = table
        self.crossings = levels.crossings(table.days, table.firsts, table.lasts, levels.POINTS)

    def parts(self) -> Iterator[Told]:
        """Yield what each part holds."""
        size, number = levels.POINTS, len(self._table.days)
        for at in range(-(-number // size)):
            told = range(at * size, min((at + 1) * size, number))
            yield Told(f"{addresses.POINTS}{at}.js", told, *self._crossing(0, at))
        for height in range(1, self.crossings.heights):
            for at in numbers_of(self.crossings, height):
                yield Told(f"{addresses.CROSSINGS}{height}-{at}.js", (), *self._crossing(height, at))

    def places(self, told: Told) -> list[int]:
        """Return the places in the timeline of all entries that a part tells of."""
        return [self._table.places[rank] for rank in (*told.ranks, *told.crossing)]

    def made_of(self, told: Told) -> tuple[Any, ...]:
        """Return all else that it is made of."""
        lanes = [self._table.lanes[rank] for rank in (*told.ranks, *told.crossing)]
        return told.path, lanes, told.crossing, told.more

    def file(self, told: Told) -> File:
        """Return the script of a part."""
        into = {**self._rows(told.crossing, tell=True), "more": told.more}
        return _file(told.path, {**self._rows(told.ranks, tell=False), "into": into} if told.ranks else into)

    def _crossing(self, height: int, number: int) -> tuple[list[int], list[tuple[int, int]]]:
        """Return the longest of the entries that cross into something, and how many more there are in each lane."""
        ranks = self.crossings.members.get((height, number), [])
        told = sorted(sorted(ranks, key=self._length, reverse=True)[:CROSSING])
        lanes = self._table.lanes
        more = Counter(lanes[rank] for rank in ranks) - Counter(lanes[rank] for rank in told)
        return told, sorted(more.items())

    def _length(self, rank: int) -> float:
        first, last = self._table.firsts[rank], self._table.lasts[rank]
        return float("inf") if first is None or last is None else last - first

    def _rows(self, ranks: Sequence[int], *, tell: bool) -> dict[str, Any]:
        """Return rows: rank (where it is to be told), lane, ends, whether in doubt, id, title, date, who, page."""
        table, presenter = self._table, self._table.presenter
        in_words, page_of = presenter.display.full, presenter.timeline_page
        whose: dict[str, int] = {}
        pages: dict[str, int] = {}
        rows: list[list[Any]] = []
        for rank in ranks:
            entry = table.entries[rank]
            row = [
                table.lanes[rank],
                table.firsts[rank],
                table.lasts[rank],
                int(is_doubtful(entry.date)),
                entry.id,
                _short(entry.title, TITLE),
                in_words(entry.date),
                whose.setdefault(_short(voices(entry), VOICES), len(whose)),
                pages.setdefault(page_of(entry.id), len(pages)),
            ]
            rows.append([rank, *row] if tell else row)
        return {"rows": rows, "who": list(whose), "pages": list(pages)}


def _short(text: str, most: int) -> str:
    """Return a text that takes at most so many bytes."""
    if len(text) * 4 <= most or (len(text) <= most and text.isascii()):
        return text
    whole = text.encode()
    return text if len(whole) <= most else whole[: most - 3].decode("utf-8", "ignore").rstrip() + "…"


def numbers_of(crossings: Crossings, height: int) -> list[int]:
    """Return the numbers of what is crossed into at a height."""
    return sorted(number for at, number in crossings.members if at == height)


def _file(path: str, detail: Mapping[str, Any]) -> File:
    return path, data_script(PART, {"part": path, **detail}).encode()


def _steps(numbers: Sequence[int]) -> list[int]:
    """Return the first number and how far it is from each to the next."""
    return [*numbers[:1], *(two - one for one, two in pairwise(numbers))]


def _runs(numbers: Sequence[int]) -> list[int]:
    """Return how many numbers from 0 on are missing, how many are there, how many are missing again, and so on."""
    found: list[int] = []
    following = 0
    for number in numbers:
        if number == following and found:
            found[-1] += 1
        else:
            found += (number - following, 1)
        following = number + 1
    return found
