"""Places of several parts → the ways in which they stand in order."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from itertools import islice

_Span = tuple[int, int]


def placements(found: list[list[_Span]], most: int) -> tuple[int, list[tuple[_Span, ...]]]:
    """Return in how many ways one span of each list can be taken, in order without overlap, and the first ways.

    At most so many of them are listed. They are counted from the last list backwards: `ways[i][j]` is the number from
    the j-th span of list i on.
    """
    if len(found) == 1:
        return len(found[0]), [(span,) for span in found[0][:most]]
    starts = [[start for start, _ in spans] for spans in found]
    ways: list[list[int]] = []
    for index in range(len(found) - 1, -1, -1):
        totals = [0]
        for _, end in reversed(found[index]):
            further = ways[-1][bisect_left(starts[index + 1], end)] if ways else 1
            totals.append(totals[-1] + further)
        ways.append(totals[::-1])
    ways.reverse()
    return ways[0][0], list(islice(_each_placement(found, starts, ways, most), most))


def _each_placement(
    found: list[list[_Span]], starts: list[list[int]], ways: list[list[int]], most: int
) -> Iterator[tuple[_Span, ...]]:
    waiting: list[tuple[_Span, ...]] = [()]
    while waiting:
        taken = waiting.pop()
        index = len(taken)
        if index == len(found):
            yield taken
            continue
        first = bisect_left(starts[index], taken[-1][1]) if taken else 0
        choices = (at for at in range(first, len(found[index])) if ways[index][at] > ways[index][at + 1])
        waiting += [(*taken, found[index][at]) for at in islice(choices, most)][::-1]
