"""A source and the passages found in it → where along its text they stand."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.drawing_views import BarView, PassageView
from dateline.present import Presenter
from dateline.source_text import Cited, in_order
from dateline.sources import Source
from dateline.text_scale import TextScale, place

# How many passages may stand side by side; further ones that overlap are drawn over them.
LANES = 3


def passage_views(source: Source, cited: Sequence[Cited], presenter: Presenter) -> tuple[PassageView, ...]:
    """Return the passages of a source in the order in which they begin; none where its text is not shown."""
    if source.publish == "link":
        return ()
    scale = TextScale(source)
    ordered = in_order(cited)
    spans = [[(scale.at(start), scale.at(end)) for start, end in item.proof.passage.spans] for item in ordered]
    lanes = _lanes([(places[0][0], places[-1][1]) for places in spans])
    width = 100 / (max(lanes, default=0) + 1)
    return tuple(
        _passage(item, places, (lane * width, width), presenter)
        for item, places, lane in zip(ordered, spans, lanes, strict=True)
    )


def _passage(
    item: Cited, places: Sequence[tuple[float, float]], across: tuple[float, float], presenter: Presenter
) -> PassageView:
    category = presenter.categories.get(item.entry.category)
    return PassageView(
        anchor=item.citation.anchor,
        label=f"{presenter.display.full(item.entry.date)}: {item.entry.title}",
        color=category.color if category else "",
        left=place(across[0]),
        width=place(across[1]),
        bars=tuple(BarView(place(start), place(end - start)) for start, end in places),
    )


def _lanes(spans: Sequence[tuple[float, float]]) -> list[int]:
    """Return for each span, in order of their beginnings, the first lane in which nothing stands beside it."""
    ends = [0.0] * LANES
    lanes = []
    for start, end in spans:
        free = [lane for lane in range(LANES) if ends[lane] <= start]
        lane = free[0] if free else min(range(LANES), key=ends.__getitem__)
        ends[lane] = max(ends[lane], end)
        lanes.append(lane)
    return lanes
