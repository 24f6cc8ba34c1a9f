"""Entries → parts of bounded size, cut where the entries themselves decide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from zlib import crc32

from dateline.events import Entry


def cut(entries: Sequence[Entry], sizes: Sequence[int], *, least: int, most: int, every: int) -> Iterator[range]:
    """Yield the places of the entries of each part, given how much each takes, or 1 if they are to be counted.

    A part takes at most so much, but for one of a single entry. From the `least` on it ends with an entry whose id says
    so, as one of so many does: entries that come or go change their own part, and no end that is further on.
    """
    start = size = 0
    for place, entry in enumerate(entries):
        if size + sizes[place] > most and place > start:
            yield range(start, place)
            start, size = place, 0
        size += sizes[place]
        if size >= least and crc32(entry.id.encode()) % every == 0:
            yield range(start, place + 1)
            start, size = place + 1, 0
    if start < len(entries):
        yield range(start, len(entries))
