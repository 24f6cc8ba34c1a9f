"""Long lists → parts of bounded size, cut where what they hold itself decides."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar
from zlib import crc32

Item = TypeVar("Item")

# Of the items with which a run may end, about as many as this part of a whole run has go by before one does.
_PART = 8


def cut(names: Sequence[str], sizes: Sequence[int], *, least: int, most: int, every: int) -> Iterator[range]:
    """Yield the places of the items of each part, given the name of each, and how much it takes.

    A part takes at most so much, but for one of a single item. From the `least` on it ends with an item whose name says
    so, as one of so many does: items that come or go change their own part, and no end that is further on.
    """
    start = size = 0
    for place, (name, own) in enumerate(zip(names, sizes, strict=True)):
        if size + own > most and place > start:
            yield range(start, place)
            start, size = place, 0
        size += own
        if size >= least and crc32(name.encode()) % every == 0:
            yield range(start, place + 1)
            start, size = place + 1, 0
    if start < len(names):
        yield range(start, len(names))


def runs_of(items: Sequence[Item], name: Callable[[Item], str], most: int) -> Iterator[Sequence[Item]]:
    """Yield items in runs of at most so many, and if they are more, of at least half of that, but for the last."""
    if not items:
        return
    if len(items) <= most:
        yield items
        return
    names = list(map(name, items))
    for places in cut(names, [1] * len(items), least=-(-most // 2), most=most, every=most // _PART):
        yield items[places.start : places.stop]
