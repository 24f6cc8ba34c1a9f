"""Entries → the periods of the calendar that hold them, cut as finely as they are dense.

All of time is cut into millennia, centuries, decades, years, months and days; years of more than four digits first
into those with the same first digit. A period of at most `MOST` entries is a page that holds all of them; one of more
is cut, and its own page keeps what is dated no closer than it (only "1994", when the year is cut into months). Which
periods are cut depends on nothing but how many entries begin in each, so an entry's page changes only when its own
period is cut, or when so many of the period around it are taken away that this is whole again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from heapq import heapify, heappop, heappush
from types import MappingProxyType
from typing import NamedTuple

from dateline.dates import Date, Point, iso

# How many entries a page holds at most; up to so many, the timeline is not cut.
MOST = 300
# The key of what has no known year, as EDTF writes it.
UNKNOWN = "XXXX"
# How coarse a period is: how many of the last digits of its years are open, and below the year these two.
YEAR, MONTH, DAY = 0, -1, -2
_COARSENESS: Mapping[str, int] = MappingProxyType(
    {
        "time": DAY,
        "day": DAY,
        "month": MONTH,
        "season": MONTH,
        "year": YEAR,
        "decade": 1,
        "century": 2,
        "millennium": 3,
    }
)
_FOUR_DIGITS = 9_999


class Beginning(NamedTuple):
    """Where a date begins, as closely as it says so: `coarseness` tells which parts of the day are known.

    A season, a quarter or a half begins in its first month. `coarseness` is None where the year is not known.
    """

    year: int
    month: int
    day: int
    coarseness: int | None


class Period(NamedTuple):
    """A stretch of time with the entries that begin in it, known by their places in the order of the timeline.

    `key` is EDTF, and empty for all of time; `name` is the same, but where a millennium is not cut and all of it begins
    in one century, this: nobody says "3rd millennium" of the years since 2000. `entries` are those that stand on the
    period's own page: all of them, or where it is cut into `children`, those that are dated no closer than it.
    `number` counts both.
    """

    key: str
    name: str
    number: int
    entries: Sequence[int]
    children: tuple[Period, ...]


class Sheet(NamedTuple):
    """One page of a period: the first, or one of those that follow where it has more entries of its own than fit.

    `above` are the periods around it, from the outermost that is not all of time. `sheet` counts from 1.
    """

    period: Period
    above: tuple[Period, ...]
    sheet: int
    sheets: int
    entries: Sequence[int]

    @property
    def path(self) -> str:
        """The page in the site."""
        return path(self.period.key, self.sheet)


def path(key: str, sheet: int = 1) -> str:
    """Return the page of a period; where that goes on, the number of the sheet is part of the name."""
    return f"periods/{key}.html" if sheet == 1 else f"periods/{key}.{sheet}.html"


def beginning(date: Date) -> Beginning:
    """Return where a date begins: an interval with its start, a set with its earliest date.

    What has no beginning stands where it sorts, at the first date that it gives.
    """
    points = date.points
    point = (points[0] if len(points) == 1 else None) or _first(date)
    year, month, day = point.earliest
    if point.precision != "longer":
        return Beginning._make((year, month, day, _COARSENESS[point.precision]))
    if abs(year) <= _FOUR_DIGITS:
        return Beginning(year, month, day, None)
    return Beginning(year, month, day, len(str(point.latest[0] - year + 1)) - 1)


def _first(date: Date) -> Point:
    points = [point for point in date.points if point]
    if len(points) == 1 or date.kind == "interval":
        return points[0]
    return min(points, key=lambda point: (point.earliest, point.latest))


def cut(dates: Sequence[Date]) -> Period:
    """Return all of time, cut where it holds more than `MOST` entries; `dates` are theirs, as the timeline sorts them.

    The children of a period are in order of time, what has no known year comes last.
    """
    beginnings = [beginning(date) for date in dates]
    everything = range(len(beginnings))
    if len(beginnings) <= MOST:
        return Period("", "", len(beginnings), everything, ())
    known = [place for place in everything if beginnings[place].coarseness is not None]
    roots = _parts(known, beginnings, None)
    if len(known) < len(beginnings):
        unknown = [place for place in everything if beginnings[place].coarseness is None]
        roots = (*roots, Period(UNKNOWN, UNKNOWN, len(unknown), unknown, ()))
    return Period("", "", len(beginnings), (), roots)


def _parts(places: Sequence[int], beginnings: Sequence[Beginning], around: int | None) -> tuple[Period, ...]:
    """Return the periods next finer than `around` that hold these entries."""
    found: defaultdict[tuple[int, int, int], list[int]] = defaultdict(list)
    for place in places:
        found[_part(beginnings[place], around)].append(place)
    return tuple(_period(part[1], found[part], beginnings) for part in sorted(found))


def _part(begins: Beginning, around: int | None) -> tuple[int, int, int]:
    """Return where among the parts of a period an entry belongs: the first year, how coarse, which month or day."""
    year = begins.year
    coarseness = around - 1 if around is not None else 3
    if around is None and abs(year) > _FOUR_DIGITS:
        coarseness = len(str(abs(year))) - 1
    if coarseness == MONTH:
        return year, MONTH, begins.month
    if coarseness == DAY:
        return year, DAY, begins.day
    size = 10**coarseness
    start = abs(year) // size * size
    return (start if year >= 0 else -start - size + 1), coarseness, 0


def _period(coarseness: int, places: Sequence[int], beginnings: Sequence[Beginning]) -> Period:
    own_key = key(beginnings[places[0]], coarseness)
    if len(places) <= MOST or coarseness == DAY:
        return Period(own_key, _name(own_key, [beginnings[place] for place in places]), len(places), places, ())
    own: list[int] = []
    finer: list[int] = []
    for place in places:
        (own if (beginnings[place].coarseness or 0) >= coarseness else finer).append(place)
    return Period(own_key, own_key, len(places), own, _parts(finer, beginnings, coarseness))


def _name(own_key: str, beginnings: Sequence[Beginning]) -> str:
    if not own_key.endswith("XXX"):
        return own_key
    centuries = {key(begins, max(begins.coarseness or YEAR, 2)) for begins in beginnings}
    return centuries.pop() if len(centuries) == 1 else own_key


def key(begins: Beginning, coarseness: int) -> str:
    """Return the period of that coarseness in which a date begins, as EDTF writes it: `19XX`, `1994-03`, `Y17000S2`.

    Years of more than four digits have no X in EDTF; there, S says how many of the digits count.
    """
    year = begins.year
    if coarseness < YEAR:
        day = iso((year, begins.month, begins.day))
        return day[: len(day) - 3 * (coarseness - DAY)]
    sign, digits = "-" if year < 0 else "", f"{abs(year):04}"
    if len(digits) == 4:
        return sign + digits[: 4 - coarseness] + "X" * coarseness
    kept = len(digits) - coarseness
    return f"Y{sign}{digits[:kept]}{'0' * coarseness}" + (f"S{kept}" if coarseness else "")


def sheets(root: Period) -> Iterator[Sheet]:
    """Yield the pages of all periods but all of time, in the order in which they are read.

    A period that is cut comes before its parts. Within a page the entries are in the order of the timeline. From page
    to page their beginnings go on as well, but that what is dated only "1994" comes before all that is dated closer:
    the timeline's order has it behind the days and months that begin with that year.
    """
    for child in root.children:
        yield from _sheets(child, ())


def _sheets(period: Period, above: tuple[Period, ...]) -> Iterator[Sheet]:
    number = max(1, -(-len(period.entries) // MOST))
    for sheet in range(number):
        yield Sheet(period, above, sheet + 1, number, period.entries[sheet * MOST : (sheet + 1) * MOST])
    for child in period.children:
        yield from _sheets(child, (*above, period))


def places(root: Period) -> dict[int, str]:
    """Return the page of each entry of a timeline that is cut."""
    return {place: sheet.path for sheet in sheets(root) for place in sheet.entries}


def says_year(period: Period) -> bool:
    """Tell whether entries of the period's own page need no heading with their year: it names it, or they name none."""
    within_a_year = not {"X", "S"} & set(period.key)
    return within_a_year or bool(period.children) or period.key == UNKNOWN


def shown(period: Period) -> Period:
    """Return the period that is shown in the place of this one: its only part, where it holds nothing else."""
    while len(period.children) == 1 and not period.entries:
        period = period.children[0]
    return period


def parts(period: Period) -> tuple[Period, ...]:
    """Return the parts of a period as they are shown."""
    return tuple(shown(child) for child in period.children)


def opened(root: Period, most: int) -> frozenset[str]:
    """Return the keys of the periods whose parts are listed with them, so that the list has about `most` links.

    The largest are opened first; one that holds less than two links' share of all entries is not worth it.
    """
    found = {root.key}
    links = len(parts(root))
    waiting = [(-part.number, part.key, part) for part in parts(root) if part.children]
    heapify(waiting)
    while waiting:
        number, key, period = heappop(waiting)
        inner = parts(period)
        if links + len(inner) > most or -number * most < 2 * root.number:
            break
        links += len(inner)
        found.add(key)
        for part in inner:
            if part.children:
                heappush(waiting, (-part.number, part.key, part))
    return frozenset(found)
