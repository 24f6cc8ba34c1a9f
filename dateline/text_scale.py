"""Characters of a source's text → places along it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate

from dateline.sources import Source

# What a paragraph takes beside its own characters, in characters: its last line is not full, and space follows it.
_BREAK = 60


class TextScale:
    """Places along a source's text in per cent of it, as a reader scrolls through it."""

    def __init__(self, source: Source) -> None:
        self._paragraphs = source.paragraphs
        self._starts = [paragraph.start for paragraph in source.paragraphs]
        lengths = (paragraph.end - paragraph.start + _BREAK for paragraph in source.paragraphs)
        self._before = list(accumulate(lengths, initial=0))

    def paragraphs(self) -> Iterator[float]:
        """Yield for each paragraph the places of its first character and of the one behind its last."""
        whole = self._before[-1]
        following = [*self._starts[1:], None]
        for (_, start, end, _), before, after in zip(self._paragraphs, self._before, following, strict=False):
            yield 100 * before / whole
            yield self.at(end) if after == end else 100 * (before + end - start) / whole

    def at(self, offset: int) -> float:
        """Return the place of a character; one between two paragraphs is at the end of the first."""
        number = max(0, bisect_right(self._starts, offset) - 1)
        if number >= len(self._paragraphs):
            return 0.0
        _, start, end, _ = self._paragraphs[number]
        inside = 0 if offset < start else (end if offset > end else offset) - start
        return 100 * (self._before[number] + inside) / self._before[-1]


def places(shares: Iterable[float]) -> list[str]:
    """Return places in per cent as SVG writes them, with at most two decimals."""
    shares = tuple(shares)
    # All at once, as it takes a call of its own for each to drop the zeros at its end.
    written = ("%.2f\n" * len(shares)) % shares
    return written.replace("0\n", "\n").replace(".0\n", "\n").split("\n")[:-1]
