"""Which pages show the proofs: one, or where there are many several, each with those of some sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from dateline import addresses, where
from dateline.cuts import runs_of

if TYPE_CHECKING:
    from dateline.source_text import Cited

# Up to how many proofs stand on `proof.html` itself, and how many another page has at most where they do not.
MOST = 1000


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
