"""Passages that overlap → marks that never nest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from itertools import pairwise
from operator import itemgetter
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


def cut_marks(spans: Iterable[tuple[int, int, Key]], start: int, end: int) -> list[tuple[int, int, tuple[Key, ...]]]:
    """Return `[start, end)` cut at every boundary of the spans, so that overlapping marks never nest.

    Each segment is (start, end, keys of the spans over it), the keys in the order in which they first appear in
    the text; segments without a key are there too, empty ones are not.
    """
    if start >= end:
        return []
    inside = [span for span in spans if start < span[1] > span[0] < end]
    inside.sort(key=itemgetter(0))
    if all(before[1] <= after[0] for before, after in pairwise(inside)):
        return list(_apart(inside, start, end))
    rank: dict[Key, int] = {}
    changes: dict[int, list[tuple[Key, int]]] = {start: [], end: []}
    for opening, closing, key in inside:
        rank.setdefault(key, len(rank))
        changes.setdefault(max(opening, start), []).append((key, 1))
        changes.setdefault(min(closing, end), []).append((key, -1))
    segments = []
    over: Counter[Key] = Counter()
    for at, following in pairwise(sorted(changes)):
        for key, change in changes[at]:
            over[key] += change
            if not over[key]:
                del over[key]
        segments.append((at, following, tuple(sorted(over, key=rank.__getitem__))))
    return segments


def _apart(spans: Iterable[tuple[int, int, Key]], start: int, end: int) -> Iterator[tuple[int, int, tuple[Key, ...]]]:
    """Yield the segments of spans that follow each other and do not overlap."""
    reached = start
    for opening, closing, key in spans:
        if opening > reached:
            yield reached, opening, ()
        yield opening if opening > start else start, closing if closing < end else end, (key,)
        reached = closing
    if reached < end:
        yield reached, end, ()
