"""Days on which entries begin → counts by ever finer parts of the calendar, tiles of points, and what crosses them.

An entry begins on its first day, or where that is open on its last. Entries are told by their rank: their place in the
order in which they begin. Each level counts each of them once.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, cycle

from dateline.calendar import ordinal
from dateline.named_tuples import NamedTuple

# How many parts of the calendar a view shows at most, and how many entries it shows as points.
IN_VIEW = 256
POINTS = 250
# How many numbers a tile of counts holds, about.
NUMBERS = 6000
# How many times as many tiles of points each next height of crossings covers.
FAN = 8
# Weeks begin on a Monday; 1970-01-05 was one.
MONDAY = 4


class Unit(NamedTuple):
    """A part of the calendar: so many days, or so many months, counted from the beginning of year 0."""

    days: int
    months: int

    def bin(self, day: int) -> int:
        """Return the number of the part in which a day (as `calendar.ordinal`) lies."""
        if self.months:
            return month_of(day) // self.months
        return (day - MONDAY) // self.days if self.days > 1 else day

    def first(self, number: int) -> int:
        """Return the day on which a part begins."""
        if self.months:
            year, month = divmod(number * self.months, 12)
            return ordinal((year, month + 1, 1))
        return number * self.days + MONDAY if self.days > 1 else number


class Level(NamedTuple):
    """The parts of the calendar in which entries begin, in order, and the rank that follows the last one of each."""

    unit: Unit
    bins: array[int]
    ends: array[int]


class Tile(NamedTuple):
    """A run of a level: the rank of its first entry, and of each part its number and how many begin in which lane.

    A row is the number of the part less that of the row before, then lanes and counts in turn.
    """

    first: int
    before: int
    rows: list[list[int]]


def units() -> Iterator[Unit]:
    """Yield days, weeks, months, quarters, years, and then 5, 20, 100, 500 … of them."""
    yield from (Unit(1, 0), Unit(7, 0), Unit(0, 1), Unit(0, 3), Unit(0, 12))
    months = 12
    for times in cycle((5, 4, 5)):
        months *= times
        yield Unit(0, months)


def month_of(day: int) -> int:
    """Return the month of a day (as `calendar.ordinal`), counted from January of year 0.

    Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `civil_from_days`.
    """
    era, day_of_era = divmod(day + 719468, 146097)
    year = (day_of_era - day_of_era // 1460 + day_of_era // 36524 - day_of_era // 146096) // 365
    day_of_year = day_of_era - (365 * year + year // 4 - year // 100)
    return (year + era * 400) * 12 + (5 * day_of_year + 2) // 153 + 2


def levels(days: Sequence[int], stretches: Iterable[tuple[int, int]]) -> tuple[Level, ...]:
    """Return the levels from the coarsest to the finest; `days` are in order, `stretches` first and last days of parts.

    The coarsest is that in which each stretch has at most `IN_VIEW` parts, the finest the last one in which a view of
    so many parts can hold more entries than are shown as points.
    """
    parts = tuple(stretches)
    found: list[Level] = []
    counted = Counter(days)
    by_day = Level(Unit(1, 0), array("q", counted), array("q", accumulate(counted.values())))
    for unit in units():
        # Weeks do not make up months.
        finer = found[-1] if unit.months > 1 else by_day
        found.append(_grouped(unit, finer))
        if all(is_small(unit, part) for part in parts):
            break
    found.reverse()
    while len(found) > 1 and not _is_needed(found[-1]):
        found.pop()
    return tuple(found)


def is_small(unit: Unit, part: tuple[int, int]) -> bool:
    """Tell whether so few parts of the calendar lie between two days that they are seen at once."""
    return unit.bin(part[1]) - unit.bin(part[0]) < IN_VIEW


def _grouped(unit: Unit, finer: Level) -> Level:
    if unit == finer.unit:
        return finer
    bins, ends = array("q"), array("q")
    if unit.months and finer.unit.months:
        times = unit.months // finer.unit.months
        numbers: Iterable[int] = (number // times for number in finer.bins)
    else:
        numbers = map(unit.bin, finer.bins)
    for number, end in zip(numbers, finer.ends, strict=True):
        if bins and bins[-1] == number:
            ends[-1] = end
        else:
            bins.append(number)
            ends.append(end)
    return Level(unit, bins, ends)


def _is_needed(level: Level) -> bool:
    """Tell whether in a view of this level there can be more entries than are shown as points."""
    counts: dict[int, int] = {}
    before = 0
    for number, end in zip(level.bins, level.ends, strict=True):
        tile = number // IN_VIEW
        counts[tile] = counts.get(tile, 0) + end - before
        before = end
    # A view lies in two neighbours at most.
    return any(count + counts.get(tile + 1, 0) > POINTS for tile, count in counts.items())


def between(level: Level, first: int, last: int, lanes: Sequence[int]) -> Tile:
    """Return the tile of all parts of a level that lie between two days; `lanes` are those of all entries by rank."""
    start = bisect_left(level.bins, level.unit.bin(first))
    end = bisect_right(level.bins, level.unit.bin(last))
    return _tile(level, start, end, lanes)


def tiles(level: Level, lanes: Sequence[int]) -> Iterator[Tile]:
    """Yield a level in tiles of bounded size; `lanes` are those of all entries by rank."""
    start = numbers = 0
    before = 0
    for at, end in enumerate(level.ends):
        # No part has more lanes than entries.
        numbers += 3 if end - before == 1 else 1 + 2 * len(set(lanes[before:end]))
        before = end
        if numbers >= NUMBERS:
            yield _tile(level, start, at + 1, lanes)
            start, numbers = at + 1, 0
    if start < len(level.ends):
        yield _tile(level, start, len(level.ends), lanes)


def _tile(level: Level, start: int, end: int, lanes: Sequence[int]) -> Tile:
    first = level.bins[start] if start < len(level.bins) else 0
    before = rank = level.ends[start - 1] if start else 0
    number = first
    rows: list[list[int]] = []
    for at in range(start, end):
        row = [level.bins[at] - number]
        number = level.bins[at]
        following = level.ends[at]
        if following - rank == 1:
            row += (lanes[rank], 1)
        else:
            for lane, count in sorted(Counter(lanes[rank:following]).items()):
                row += (lane, count)
        rank = following
        rows.append(row)
    return Tile(first, before, rows)


class Crossings(NamedTuple):
    """The ranks of the entries that cross into tiles of points, by height and number of what covers the tiles.

    What covers a tile at height h is number `tile // FAN ** h`; what crosses into a tile is found at all heights.
    """

    heights: int
    members: dict[tuple[int, int], list[int]]


def crossings(days: Sequence[int], firsts: Sequence[int | None], lasts: Sequence[int | None], size: int) -> Crossings:
    """Return the entries that begin in a tile of points and last into another; all are in order of rank.

    `days` are those on which they begin, `firsts` and `lasts` their ends, None where open: since ever, for ever. Each
    is told at the one height at which what covers tiles is about as long as it, so that it is there twice at most.
    """
    members: dict[tuple[int, int], list[int]] = {}
    final = (len(days) - 1) // size
    for rank, (day, first, last) in enumerate(zip(days, firsts, lasts, strict=True)):
        if first is not None and last == day:
            continue
        begin = -1 if first is None else rank // size
        # A view that starts on its last day is at the first entry that begins on that day or later.
        end = final if last is None else min(final, bisect_left(days, last) // size)
        if end > begin:
            height = height_of(end - begin)
            for number in range((begin + 1) // FAN**height, end // FAN**height + 1):
                members.setdefault((height, number), []).append(rank)
    return Crossings(height_of(final + 1) + 1, members)


def height_of(tiles: int) -> int:
    """Return the height at which what covers tiles is as long as so many of them."""
    height = 0
    while FAN**height < tiles:
        height += 1
    return height
