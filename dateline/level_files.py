"""Timelines of more entries than can be drawn → the scripts that carry them to the page, part by part.

The root holds the coarsest counts and says which other parts there are; `assets/explore-levels.js` asks for them as
the reader zooms. No part grows with the number of entries, but for the root by a few bytes for each part.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise, takewhile
from typing import Any

from dateline import addresses, levels
from dateline.calendar import Ends
from dateline.data_script import data_script
from dateline.events import Entry
from dateline.named_tuples import NamedTuple
from dateline.overview import is_doubtful
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
    """The entries that are drawn, by rank: on which day they begin, their ends (None where open), lane, and record."""

    days: array[int]
    firsts: list[int | None]
    lasts: list[int | None]
    lanes: array[int]
    entries: list[Entry]
    presenter: Presenter


def columns(shown: Sequence[tuple[Entry, Ends]], lanes: Mapping[str, int], presenter: Presenter) -> Columns:
    """Return the columns of entries that have a date, and a lane in `lanes` by the key of their category."""
    days = [(last or 0) if first is None else first for _, (first, last) in shown]
    order = sorted(range(len(shown)), key=days.__getitem__)
    entries, ends = [shown[at][0] for at in order], [shown[at][1] for at in order]
    return Columns(
        array("q", map(days.__getitem__, order)),
        [first for first, _ in ends],
        [last for _, last in ends],
        array("H", [lanes[entry.category] for entry in entries]),
        entries,
        presenter,
    )


class LevelFiles:
    """The parts of one timeline, and what its root says of them."""

    def __init__(self, table: Columns, stretches: Sequence[Stretch]) -> None:
        self._table = table
        self._stretches = [(stretch.start, stretch.end) for stretch in stretches]
        self._levels = levels.levels(table.days, self._stretches)
        # The coarsest level is in the root: each stretch begins with what is seen of it at once.
        self._tiles = [list(levels.tiles(level, table.lanes)) for level in self._levels[1:]]
        self._crossings = levels.crossings(table.days, table.firsts, table.lasts, levels.POINTS)

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
            "crossings": [_runs(self._numbers(height)) for height in range(1, self._crossings.heights)],
        }

    def parts(self) -> Iterator[File]:
        """Yield the script of each part."""
        for number, tiles in enumerate(self._tiles, start=1):
            for at, tile in enumerate(tiles):
                yield _file(addresses.LEVELS, f"{number}-{at}", {"before": tile.before, "rows": tile.rows})
        size = levels.POINTS
        for at in range(-(-len(self._table.days) // size)):
            ranks = range(at * size, min((at + 1) * size, len(self._table.days)))
            yield _file(addresses.POINTS, str(at), {**self._rows(ranks, tell=False), "into": self._crossing(0, at)})
        for height in range(1, self._crossings.heights):
            for number in self._numbers(height):
                yield _file(addresses.CROSSINGS, f"{height}-{number}", self._crossing(height, number))

    def _finer(self) -> list[int] | None:
        finest = self._levels[-1].unit
        before = takewhile(lambda unit: unit != finest, levels.units())
        return next((list(unit) for unit in reversed(list(before))), None)

    def _start(self, first: int, last: int) -> dict[str, Any]:
        small = [at for at, level in enumerate(self._levels) if levels.is_small(level.unit, (first, last))]
        tile = levels.between(self._levels[small[-1]], first, last, self._table.lanes)
        return {"level": small[-1], "first": tile.first, "before": tile.before, "rows": tile.rows}

    def _numbers(self, height: int) -> list[int]:
        return sorted(number for at, number in self._crossings.members if at == height)

    def _crossing(self, height: int, number: int) -> dict[str, Any]:
        """Return the longest of the entries that cross into something, with how many more there are in each lane."""
        ranks = self._crossings.members.get((height, number), [])
        told = sorted(sorted(ranks, key=self._length, reverse=True)[:CROSSING])
        lanes = self._table.lanes
        more = Counter(lanes[rank] for rank in ranks) - Counter(lanes[rank] for rank in told)
        return {**self._rows(told, tell=True), "more": sorted(more.items())}

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


def _file(folder: str, name: str, detail: Mapping[str, Any]) -> File:
    path = f"{folder}{name}.js"
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
