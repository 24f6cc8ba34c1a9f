"""A source and the passages found in it → where along its text they stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain, islice, pairwise

from dateline.drawing_views import BarView, PassageView
from dateline.source_text import Passage, in_order
from dateline.sources import Source
from dateline.text_scale import TextScale, places

# How many passages may stand side by side; further ones that overlap are drawn over them.
LANES = 3
# The left edge and the width of one that stands alone, in per cent and as they are written.
_ALONE = (0.0, 100.0)
_WHOLE = ["0", "100"]


def passage_views(source: Source, passages: Mapping[str, Passage], scale: TextScale) -> tuple[PassageView, ...]:
    """Return the passages of a source in the order in which they begin; none where its text is not shown."""
    if source.publish == "link":
        return ()
    ordered = in_order(passages.values())
    spans = [[(scale.at(start), scale.at(end)) for start, end in passage.spans] for passage in ordered]
    across = _across([(bars[0][0], bars[-1][1]) for bars in spans])
    # Most passages stand alone.
    edges = _WHOLE * len(across) if across == [_ALONE] * len(across) else places(chain.from_iterable(across))
    along = [place for bars in spans for start, end in bars for place in (start, end - start)]
    edge, ends = iter(edges), iter(places(along))
    bars = map(BarView, ends, ends)
    return tuple([
        PassageView(
            passage.anchor,
            f"{passage.date}: {passage.entry.title}",
            passage.color,
            next(edge),
            next(edge),
            tuple(islice(bars, len(passage.spans))),
        )
        for passage in ordered
    ])  # fmt: skip


def _across(spans: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return for each span, in order of their beginnings, its left edge and its width in per cent of the strip.

    Spans that overlap stand side by side and share the width; one that stands alone has all of it.
    """
    if all(before[1] <= after[0] for before, after in pairwise(spans)):
        return [_ALONE] * len(spans)
    across: list[tuple[float, float]] = []
    lanes: list[int] = []
    ends: list[float] = []
    for start, end in spans:
        if start >= max(ends, default=0.0):
            across += _shared(lanes)
            lanes, ends = [], []
        free = [lane for lane, until in enumerate(ends) if until <= start]
        if not free and len(ends) < LANES:
            free = [len(ends)]
            ends.append(0.0)
        lane = free[0] if free else min(range(LANES), key=ends.__getitem__)
        ends[lane] = max(ends[lane], end)
        lanes.append(lane)
    return across + _shared(lanes)


def _shared(lanes: Sequence[int]) -> list[tuple[float, float]]:
    width = 100 / (max(lanes, default=0) + 1)
    return [(lane * width, width) for lane in lanes]
