"""Characters of a source's text → places along it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
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

    def paragraphs(self) -> Iterator[tuple[float, float]]:
        """Yield the places of the first character of each paragraph, and of the one behind its last."""
        whole = self._before[-1]
        following = [*self._starts[1:], None]
        for paragraph, before, after in zip(self._paragraphs, self._before, following, strict=False):
            length = paragraph.end - paragraph.start
            end = self.at(paragraph.end) if after == paragraph.end else 100 * (before + length) / whole
            yield 100 * before / whole, end

    def at(self, offset: int) -> float:
        """Return the place of a character; one between two paragraphs is at the end of the first."""
        number = max(0, bisect_right(self._starts, offset) - 1)
        if number >= len(self._paragraphs):
            return 0.0
        paragraph = self._paragraphs[number]
        inside = min(max(offset - paragraph.start, 0), paragraph.end - paragraph.start)
        return 100 * (self._before[number] + inside) / self._before[-1]


def place(share: float) -> str:
    """Return a place in per cent as SVG writes it."""
    written = f"{share:.2f}"
    return written.rstrip("0").rstrip(".") if written[-1] == "0" else written
