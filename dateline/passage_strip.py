"""A source and the passages found in it → where along its text they stand."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from dateline.drawing_views import BarView, PassageView
from dateline.present import Presenter
from dateline.source_text import Cited, in_order
from dateline.sources import Source
from dateline.text_scale import TextScale, place

# How many passages may stand side by side; further ones that overlap are drawn over them.
LANES = 3
# The edges of a passage that stands alone.
_EDGES = {0.0: "0", 100.0: "100"}


def passage_views(source: Source, cited: Sequence[Cited], presenter: Presenter) -> tuple[PassageView, ...]:
    """Return the passages of a source in the order in which they begin; none where its text is not shown."""
    if source.publish == "link":
        return ()
    scale = TextScale(source)
    ordered = in_order(cited)
    spans = [[(scale.at(start), scale.at(end)) for start, end in item.proof.passage.spans] for item in ordered]
    across = _across([(places[0][0], places[-1][1]) for places in spans])
    return tuple(
        _passage(item, places, share, presenter) for item, places, share in zip(ordered, spans, across, strict=True)
    )


def _passage(
    item: Cited, places: Sequence[tuple[float, float]], across: tuple[float, float], presenter: Presenter
) -> PassageView:
    category = presenter.categories.get(item.entry.category)
    return PassageView(
        item.citation.anchor,
        f"{presenter.display.full(item.entry.date)}: {item.entry.title}",
        category.color if category else "",
        _EDGES.get(across[0]) or place(across[0]),
        _EDGES.get(across[1]) or place(across[1]),
        tuple([BarView(place(start), place(end - start)) for start, end in places]),
    )


def _across(spans: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return for each span, in order of their beginnings, its left edge and its width in per cent of the strip.

    Spans that overlap stand side by side and share the width; one that stands alone has all of it.
    """
    if all(before[1] <= after[0] for before, after in pairwise(spans)):
        return [(0.0, 100.0)] * len(spans)
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
