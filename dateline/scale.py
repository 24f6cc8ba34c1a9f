"""Days → places along a line, with long empty stretches cut short and marked as cut."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from dateline.calendar import ordinal
from dateline.dates import Day
from dateline.named_tuples import NamedTuple

# A stretch without any beginning or end is cut short where it would take more than this share of the line, and is so
# many times as long as the others are on average: where little happens evenly, nothing stands out.
LONG_GAP = 0.25
STANDS_OUT = 3
# What a cut stretch takes of the line, as a share.
CUT_WIDTH = 0.05
# How far the stretches between cuts share the line by what happens in them, and not by how long they are alone:
# four busy years beside four nearly empty ones would otherwise be as crowded as they can be.
BY_EVENTS = 0.5
# How near two ticks may stand, as a share of the room that a label is given: months are not all of one length.
CROWDED = 0.8
# Steps between ticks, in months, from which the finest that leaves room for the labels is taken. The coarsest is longer
# than any years that a date can have lie apart, so that there are never more ticks than have room.
STEPS = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000, 12000, 60000, 120000)
STEPS += tuple(12 * step * 10**power for power in range(4, 16) for step in (2, 5, 10))


class Stretch(NamedTuple):
    """An unbroken part of the line: days `start` to `end` lie at the shares `left` to `right` of the line."""

    start: int
    end: int
    left: float
    right: float


class Tick(NamedTuple):
    """A mark on the axis: its place (a share of the line) and the month that begins there; 0 as `month` for a year."""

    place: float
    year: int
    month: int


class Scale(NamedTuple):
    """The line: its unbroken stretches in order, with a cut between each two."""

    stretches: tuple[Stretch, ...]

    def place(self, day: int) -> float:
        """Return where a day (as `calendar.ordinal`) lies, as a share of the line from 0 to 1."""
        stretch = self.stretches[0]
        # There are few of them.
        for other in self.stretches:
            if other.start <= day:
                stretch = other
        if day > stretch.end:
            following = next((other for other in self.stretches if other.start > day), None)
            if following is None:
                return 1.0
            return stretch.right + (following.left - stretch.right) * (day - stretch.end) / (
                following.start - stretch.end
            )
        inside = (day - stretch.start) / max(1, stretch.end - stretch.start)
        return max(0.0, stretch.left + inside * (stretch.right - stretch.left))

    def cuts(self) -> list[float]:
        """Return the middle of each cut, as shares of the line."""
        return [(one.right + two.left) / 2 for one, two in pairwise(self.stretches)]

    def ticks(self, most: int) -> Iterator[Tick]:
        """Yield ticks from left to right, such that `most` of them would fill the line; at least one in all."""
        free_from = 0.0
        for stretch in self.stretches:
            room = max(1.0, (stretch.right - stretch.left) * most)
            months = (stretch.end - stretch.start) / 30.44
            coarse = next((number for number, step in enumerate(STEPS) if months / step <= room), len(STEPS) - 1)
            # A stretch in which no tick of that step falls takes those of a finer one, so that it has a date as well.
            found = (list(self._ticks(stretch, step)) for step in reversed(STEPS[: coarse + 1]))
            for tick in next(filter(None, found), []):
                if tick.place >= free_from:
                    yield tick
                    free_from = tick.place + CROWDED / most

    def _ticks(self, stretch: Stretch, step: int) -> Iterator[Tick]:
        year = _year_of(stretch.start)
        month = year * 12 // step * step
        while (start := ordinal((month // 12, month % 12 + 1, 1))) <= stretch.end:
            if start >= stretch.start:
                yield Tick(self.place(start), month // 12, month % 12 + 1 if step < 12 else 0)
            month += step


def scale_for(days: Iterable[Day]) -> Scale:
    """Return the line that holds all of `days`, the beginnings and ends of what is to be drawn."""
    return scale_of(map(ordinal, days))


def scale_of(days: Iterable[int]) -> Scale:
    """Return the line that holds all of `days`, which are as `calendar.ordinal` has them."""
    ordinals = sorted(days) or [0]
    margin = min(183, max(15, (ordinals[-1] - ordinals[0]) // 100))
    groups = _groups(ordinals, margin)
    lengths = [group[-1] - group[0] + 2 * margin for group in groups]
    room = 1 - CUT_WIDTH * (len(groups) - 1)
    stretches, left = [], 0.0
    for group, length in zip(groups, lengths, strict=True):
        share = BY_EVENTS * len(group) / len(ordinals) + (1 - BY_EVENTS) * length / sum(lengths)
        right = left + share * room
        stretches.append(Stretch(group[0] - margin, group[-1] + margin, left, right))
        left = right + CUT_WIDTH
    return Scale(tuple(stretches))


def _groups(ordinals: list[int], margin: int) -> list[list[int]]:
    """Return the days in groups, parted where a gap is long, also beside the margins that stay on both its sides."""
    whole = ordinals[-1] - ordinals[0]
    longest = max(4 * margin, LONG_GAP * whole)
    others = len(set(ordinals)) - 2
    groups = [ordinals[:1]]
    for one, two in pairwise(ordinals):
        gap = two - one
        if gap > longest and gap * others > STANDS_OUT * (whole - gap):
            groups.append([])
        groups[-1].append(two)
    return groups


def _year_of(day: int) -> int:
    return 1970 + day * 400 // 146097
