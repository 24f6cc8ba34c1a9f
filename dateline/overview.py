"""Entries → the geometry of the overview: lanes, bars for ranges, marks for days, counts where they are dense."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from dateline.calendar import Ends, ends, ordinal
from dateline.config import Category
from dateline.dates import Date, Day
from dateline.events import Entry
from dateline.scale import Scale, Tick, scale_of

# Above this many entries the drawing counts them instead of showing each, so that its size has a bound.
MOST_MARKS = 300
BINS = 60
ROW_HEIGHT = 16
# Beside one row there is room for a name of two lines.
LANE_PADDING = 12
Begin = tuple[int, str]
"""The day on which an entry begins (as `calendar.ordinal`), and its id."""
Dated = tuple[int, Entry, Ends]
"""The place of an entry in the timeline, the entry, and its first and last day."""
# The widest of the shapes; each is drawn around its place.
MARK_WIDTH = 16


class Mark(NamedTuple):
    """One entry in its lane: `left` and `right` are shares of the line, `row` counts from the top of the lane.

    What is too short to be seen as a `range` is drawn as a point at `left`.
    """

    id: str
    left: float
    right: float
    row: int
    range: bool
    open_start: bool
    open_end: bool
    doubtful: bool


class Bin(NamedTuple):
    """How many entries of a lane begin between two places; `id` is the first of them.

    `share` is the number as a share of the largest number in any bin of any lane. All of its entries, and no others
    of the lane, begin on one of the days (as `calendar.ordinal`) `first` to `last`.
    """

    left: float
    right: float
    number: int
    share: float
    id: str
    first: int
    last: int


class Lane(NamedTuple):
    """One category: its entries stacked where they would overlap, or counted in bins; heights in pixels."""

    category: Category
    top: int
    height: int
    marks: tuple[Mark, ...]
    bins: tuple[Bin, ...]

    @property
    def middle(self) -> int:
        """The height of the lane's line, in pixels."""
        return self.top + self.height // 2

    def row_middle(self, row: int) -> int:
        """Return the height of the middle of a row, in pixels: the rows stand evenly around the lane's line."""
        rows = max((mark.row for mark in self.marks), default=0)
        return self.middle + row * ROW_HEIGHT - rows * ROW_HEIGHT // 2

    def bin_height(self, single: Bin) -> int:
        """Return how high a bin is drawn, in pixels."""
        return max(3, round(single.share * (self.height - 6)))


class Overview(NamedTuple):
    """A drawing for lines at least `width` pixels long; `height` is that of all lanes."""

    scale: Scale
    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]
    cuts: tuple[float, ...]
    width: int
    height: int


class Ground(NamedTuple):
    """What drawings of the same entries share: the scale, the entries of each lane, and these counted if too many."""

    scale: Scale
    members: tuple[tuple[Category, Sequence[Entry]], ...]
    counted: tuple[Lane, ...]


def dated(entries: Iterable[Entry]) -> list[Dated]:
    """Return those of the entries that have a day."""
    return [
        (place, entry, ends(entry.date))
        for place, entry in enumerate(entries)
        if entry.date.earliest or entry.date.latest
    ]


def lanes_of(found: Iterable[Dated], categories: Iterable[Category]) -> list[Category]:
    """Return the categories that have a lane."""
    used = {entry.category for _, entry, _ in found}
    return [category for category in categories if category.key in used]


def ground(entries: Iterable[Entry], categories: Iterable[Category]) -> Ground:
    """Return what is the same in the drawings of these entries, of whatever width."""
    found = dated(entries)
    days = [both for _, _, both in found]
    scale = scale_of([day for pair in days for day in pair if day is not None])
    by_category: dict[str, list[int]] = {}
    for number, (_, entry, _) in enumerate(found):
        by_category.setdefault(entry.category, []).append(number)
    lanes = [(category, by_category[category.key]) for category in lanes_of(found, categories)]
    if len(found) > MOST_MARKS:
        begins = [(last or 0) if first is None else first for first, last in days]
        members = [(category, [(begins[at], found[at][1].id) for at in numbers]) for category, numbers in lanes]
        return Ground(scale, (), tuple(_counted(members, scale)))
    shown = tuple((category, [found[at][1] for at in numbers]) for category, numbers in lanes)
    return Ground(scale, shown, ())


def draw(shared: Ground, *, width: int, label_width: int, heading: int) -> Overview:
    """Return the geometry of the overview.

    `width` is the shortest line, in pixels, on which nothing may overlap; `label_width` what a tick's label takes of
    it; `heading` the height kept free above each lane for its name.
    """
    scale = shared.scale
    made = shared.counted or _marked(shared.members, scale, width)
    lanes: list[Lane] = []
    top = 0
    for lane in made:
        lanes.append(lane._replace(top=top + heading))
        top = lanes[-1].top + lane.height
    ticks = tuple(scale.ticks(width // label_width))
    return Overview(scale, tuple(lanes), ticks, tuple(scale.cuts()), width, top)


def _marked(members: Iterable[tuple[Category, Sequence[Entry]]], scale: Scale, width: int) -> Iterator[Lane]:
    """Yield the lanes with a mark for each entry, their tops left at 0."""
    for category, entries in members:
        marks: list[Mark] = []
        ends: list[float] = []
        for entry in entries:
            mark = _mark(entry, scale, width)
            left, right = _drawn(mark, width)
            row = next((number for number, end in enumerate(ends) if end <= left), len(ends))
            ends[row : row + 1] = [right]
            marks.append(mark._replace(row=row))
        yield Lane(category, 0, len(ends) * ROW_HEIGHT + LANE_PADDING, tuple(marks), ())


def _drawn(mark: Mark, width: int) -> tuple[float, float]:
    """Return from where to where a mark is drawn, in pixels: a bar along its days, a shape around its place."""
    if mark.range:
        return mark.left * width, mark.right * width
    return mark.left * width - MARK_WIDTH / 2, mark.left * width + MARK_WIDTH / 2


def _counted(members: Iterable[tuple[Category, Sequence[Begin]]], scale: Scale) -> Iterator[Lane]:
    """Yield the lanes with their entries counted, on one scale for all of them, their tops left at 0."""
    binned = [(category, _binned(begins, scale)) for category, begins in members]
    most = max((len(begins) for _, bins in binned for begins in bins.values()), default=1)
    for category, bins in binned:
        shown = tuple(_bin(number, begins, most) for number, begins in sorted(bins.items()))
        yield Lane(category, 0, 2 * ROW_HEIGHT + LANE_PADDING, (), shown)


def _bin(number: int, begins: Sequence[Begin], most: int) -> Bin:
    days = [day for day, _ in begins]
    share = len(begins) / most
    return Bin(number / BINS, (number + 1) / BINS, len(begins), share, begins[0][1], min(days), max(days))


def _mark(entry: Entry, scale: Scale, width: int) -> Mark:
    date = entry.date
    first, last = _ends(date)
    open_start, open_end = date.earliest is None, date.latest is None
    left = 0.0 if open_start else scale.place(ordinal(first))
    right = 1.0 if open_end else scale.place(ordinal(last))
    is_range = (right - left) * width >= MARK_WIDTH
    return Mark(entry.id, left, right, 0, is_range, open_start, open_end, is_doubtful(date))


def _ends(date: Date) -> tuple[Day, Day]:
    first, last = date.earliest or date.latest, date.latest or date.earliest
    if first is None or last is None:
        raise ValueError(f"{date.text!r} has no day to draw")
    return first, last


def fade(mark: Mark) -> str:
    """Return at which ends a range fades: "", "in", "out" or "inout"."""
    start, end = mark.open_start, mark.open_end
    if mark.range and mark.doubtful:
        start = end = True
    return ("in" if start else "") + ("out" if end else "")


def is_doubtful(date: Date) -> bool:
    """Tell whether a date is approximate, uncertain or one of several."""
    # A loop is quicker than `any`, and this is asked of every entry.
    for point in date.points:
        if point and (point.approximate or point.uncertain):
            return True
    return date.kind == "one of"


def _binned(begins: Iterable[Begin], scale: Scale) -> dict[int, list[Begin]]:
    """Return the beginnings that lie in each bin, by its number."""
    members: dict[int, list[Begin]] = {}
    # Of many entries, many share a day.
    places: dict[int, list[Begin]] = {}
    for begin in begins:
        day = begin[0]
        if day not in places:
            places[day] = members.setdefault(min(BINS - 1, int(scale.place(day) * BINS)), [])
        places[day].append(begin)
    return members
