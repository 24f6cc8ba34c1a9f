"""Which pages show the proofs: one, or where there are many several, each with those of some sources."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple, TypeVar
from zlib import crc32

from dateline import addresses, where

if TYPE_CHECKING:
    from dateline.source_text import Cited

Item = TypeVar("Item")

# Up to how many proofs stand on `proof.html` itself, and how many another page has at most where they do not.
MOST = 1000
# Of the items with which a run may end, about as many as this part of a whole run has go by before one does.
_PART = 8


class ProofSheet(NamedTuple):
    """A page of proofs: its part of all proofs, from 1, which page of that part it is of how many, and what it proves.

    `proved` are names of sources, each with some of what is cited of it.
    """

    part: int
    sheet: int
    sheets: int
    proved: tuple[tuple[str, Sequence[Cited]], ...]

    @property
    def path(self) -> str:
        """The page in the site."""
        return addresses.proofs(str(self.part), self.sheet)


def are_many(proofs: int) -> bool:
    """Tell whether so many proofs have pages of their own."""
    return proofs > MOST


def sheets(cited: Iterable[tuple[str, Sequence[Cited]]], proofs: int) -> Iterator[ProofSheet]:
    """Yield the pages for what is cited of each source, given by its name; there are so many proofs in all.

    To which part a source belongs is decided by its name (`where.bucket`), so that few pages change as sources come
    and go; the number of parts, a power of two, by the number of proofs.
    """
    number = where.buckets(proofs, MOST)
    parts: list[list[tuple[str, Cited]]] = [[] for _ in range(number)]
    for name, items in cited:
        parts[where.bucket(name, number)] += [(name, item) for item in items]
    for part, rows in enumerate(parts, start=1):
        runs = list(runs_of(rows, lambda row: row[1].citation.anchor, MOST))
        for sheet, run in enumerate(runs, start=1):
            proved = [(name, [item for _, item in own]) for name, own in groupby(run, key=lambda row: row[0])]
            yield ProofSheet(part, sheet, len(runs), tuple(proved))


def runs_of(items: Sequence[Item], name: Callable[[Item], str], most: int) -> Iterator[Sequence[Item]]:
    """Yield items in runs of at most so many.

    If they are more, a run has at least half of that, and the name of the item that it ends with decides where it
    ends: where an item comes or goes, most runs further on stay as they are.
    """
    start = 0
    for end, item in enumerate(items, start=1):
        length = end - start
        may_end = len(items) > most and 2 * length >= most and crc32(name(item).encode()) % (most // _PART) == 0
        if may_end or length == most or end == len(items):
            yield items[start:end]
            start = end
