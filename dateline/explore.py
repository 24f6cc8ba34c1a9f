"""The geometry of the overview → Plotly figures as data, and the script that carries them to the page.

The figures are drawn by `assets/explore.js`; `assets/explore-figure.js` adds the colours of the page, and makes the
same traces for each new part that the reader zooms into.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, pairwise
from types import MappingProxyType
from typing import Any, NamedTuple

from dateline import addresses
from dateline.calendar import Ends
from dateline.data_script import data_script
from dateline.events import Entry
from dateline.overview import Lane, Mark, Overview, dated, fade, is_doubtful
from dateline.overview_view import BETWEEN_BINS, label_height, ticks, voices
from dateline.plotly_bundle import plain
from dateline.present import Presenter

Figure = dict[str, Any]
Drawing = tuple[str, int, Overview]
File = tuple[str, bytes]
Detail = dict[str, Any]

# The height kept for the words under the axis, and how high a bar is, in pixels.
AXIS, BAR = 24, 10
EVENT = "dateline:overview"
# How wide a slice of falling opacity is, in pixels of the shortest line, and how many of them the end of a range has
# at least and at most: Plotly's bars have no gradient.
SLICE, FEWEST, MOST = 4, 4, 12


class Symbol(NamedTuple):
    """How Plotly draws a shape of ours: its name, its size, and the width of its line where it is nothing but one."""

    name: str
    size: float
    line: float = 0


# The sizes are those at which Plotly's shapes are as large as those of the still drawing (`parts.html`).
SYMBOLS: Mapping[str, Symbol] = MappingProxyType(
    {
        "circle": Symbol("circle", 12),
        "square": Symbol("square", 11),
        "diamond": Symbol("diamond", 11.5),
        "triangle": Symbol("triangle-up", 14),
        "triangle-down": Symbol("triangle-down", 14),
        "bar": Symbol("line-ew", 10, 7),
        "cross": Symbol("cross", 12),
        "star": Symbol("star", 11.4),
    }
)
# What of a symbol that is a line is left to the paper where it is hollow: its size, and the width of its line.
HOLLOW_LINE = (8.6, 5)

# For each way to fade, the part of a range with round ends, and where it is how opaque; all as shares of the range.
# Below a slope the range has no round end, so a part that has one goes on below the slope, where it is square.
FADES: Mapping[str, tuple[tuple[float, float] | None, tuple[tuple[float, float], ...]]] = MappingProxyType(
    {
        "": ((0, 1), ()),
        "in": ((0.6, 1), ((0, 0), (0.6, 1), (0.8, 1))),
        "out": ((0, 0.4), ((0.2, 1), (0.4, 1), (1, 0))),
        "inout": (None, ((0, 0), (0.3, 1), (0.7, 1), (1, 0))),
    }
)


def _slices_of(stops: Iterable[tuple[float, float]], length: float) -> Iterator[tuple[float, float, float]]:
    """Yield from where to where each slice goes, and how opaque it is; what is as opaque throughout is one slice.

    `length` is that of the range, in pixels.
    """
    for (start, first), (end, last) in pairwise(stops):
        number = min(MOST, max(FEWEST, round((end - start) * length / SLICE))) if first != last else 1
        for step in range(number):
            opacity = first + (last - first) * (step + 0.5) / number
            yield start + (end - start) * step / number, start + (end - start) * (step + 1) / number, opacity


def whole(presenter: Presenter, drawn: Sequence[Drawing]) -> File:
    """Return the script that hands the figures over to the page, with all entries."""
    lanes = {lane.category.key: number for number, lane in enumerate(drawn[0][2].lanes)}
    shown = [(entry, ends) for _, entry, ends in dated(presenter.timeline.entries) if entry.category in lanes]
    rows = [_row(lanes[entry.category], entry, ends, presenter) for entry, ends in shown]
    numbers = {entry.id: number for number, (entry, _) in enumerate(shown)}
    return _script({**_detail(presenter, drawn, numbers), "entries": rows})


def root(presenter: Presenter, drawn: Sequence[Drawing], levels: Detail) -> File:
    """Return the same where there are too many entries: the root of their parts stands in their place."""
    return _script({**_detail(presenter, drawn, {}), "levels": levels})


def _script(detail: Detail) -> File:
    """Return a script in which stands one event of the document with its detail."""
    return addresses.OVERVIEW, data_script(EVENT, detail).encode()


def _detail(presenter: Presenter, drawn: Sequence[Drawing], numbers: Mapping[str, int]) -> Detail:
    """Return the figures by the name of the drawing, and what it takes to draw a part of them larger.

    `lanes` are those of the figures from top to bottom. Beside them stand `entries`: rows of lane, first and last day
    (None where open), whether the date is in doubt, id, title, date, who says so, in order of time; or `levels`, the
    root of `level_files`. The `customdata` of a trace are the `numbers` of the entries in it: their words stand once,
    and not with each slice of each drawing.
    """
    geometry = drawn[0][2]
    return {
        "scale": [list(stretch) for stretch in geometry.scale.stretches],
        "lanes": [
            {
                "key": lane.category.key,
                "label": lane.category.label,
                "color": lane.category.color,
                "symbol": list(SYMBOLS[lane.category.shape]),
            }
            for lane in geometry.lanes
        ],
        "between": BETWEEN_BINS,
        "fades": dict(FADES),
        "hollow": HOLLOW_LINE,
        "figures": {name: figure(geometry, heading, presenter, numbers) for name, heading, geometry in drawn},
    }


def _row(lane: int, entry: Entry, ends: Ends, presenter: Presenter) -> list[Any]:
    date = presenter.display.full(entry.date)
    return [lane, *ends, int(is_doubtful(entry.date)), entry.id, entry.title, date, voices(entry)]


def figure(geometry: Overview, heading: int, presenter: Presenter, numbers: Mapping[str, int]) -> Figure:
    """Return a Plotly figure of the geometry: along the line shares from 0 to 1, downwards pixels.

    Four traces: slices of ranges, parts of them with round ends, points, and counts, of which there are none before the
    reader zooms; without colours, which the page has.
    `numbers` are what `customdata` knows the entries by. The layout's `meta` holds the length of the line that the
    drawing is made for, and of each lane its middle and its height.
    """
    marks = [(lane, mark) for lane in geometry.lanes for mark in lane.marks]
    ranges = [(lane, mark) for lane, mark in marks if mark.range]
    points = [(lane, mark) for lane, mark in marks if not mark.range]
    return {
        "data": [
            _slices(ranges, numbers, geometry.width),
            _round_ends(ranges, numbers),
            _points(points, numbers),
            _bars(()),
        ],
        "layout": _layout(geometry, heading, presenter),
    }


def _bars(rows: Iterable[tuple[float, float, float, float, float, int]], **more: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return a trace of bars: each from where, how far, at which height, how high, how opaque, and whose."""
    base, x, y, width, opacity, whose = zip(*rows, strict=True) if (rows := list(rows)) else [()] * 6
    return {
        "type": "bar",
        "orientation": "h",
        "base": list(base),
        "x": list(x),
        "y": list(y),
        "width": list(width),
        "customdata": list(whose),
        "marker": {"opacity": list(opacity), "line": {"width": 0}, **more},
        "hoverinfo": "skip",
        "textposition": "none",
        "cliponaxis": True,
    }


def _slices(ranges: Iterable[tuple[Lane, Mark]], numbers: Mapping[str, int], width: int) -> dict[str, Any]:
    def rows() -> Iterator[tuple[float, float, float, float, float, int]]:
        for lane, mark in ranges:
            length, y = mark.right - mark.left, lane.row_middle(mark.row)
            for start, end, opacity in _slices_of(FADES[fade(mark)][1], length * width):
                yield mark.left + start * length, (end - start) * length, y, BAR, opacity, numbers[mark.id]

    return _bars(rows())


def _round_ends(ranges: Iterable[tuple[Lane, Mark]], numbers: Mapping[str, int]) -> dict[str, Any]:
    def rows() -> Iterator[tuple[float, float, float, float, float, int]]:
        for lane, mark in ranges:
            length, y = mark.right - mark.left, lane.row_middle(mark.row)
            part = FADES[fade(mark)][0]
            if part:
                yield mark.left + part[0] * length, (part[1] - part[0]) * length, y, BAR, 1, numbers[mark.id]

    return _bars(rows(), cornerradius=BAR // 2)


def _points(points: Iterable[tuple[Lane, Mark]], numbers: Mapping[str, int]) -> dict[str, Any]:
    """Return the trace of the points; a hollow one whose symbol is a line is followed by what is left to the paper."""
    drawn = list(chain.from_iterable(_drawn(lane, mark) for lane, mark in points))
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [mark.left for _, mark, *_ in drawn],
        "y": [lane.row_middle(mark.row) for lane, mark, *_ in drawn],
        "customdata": [numbers[mark.id] for _, mark, *_ in drawn],
        "marker": {
            "symbol": [SYMBOLS[lane.category.shape].name for lane, *_ in drawn],
            "size": [size for *_, size, _ in drawn],
            "opacity": [1] * len(drawn),
            "line": {"width": [line for *_, line in drawn]},
        },
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def _drawn(lane: Lane, mark: Mark) -> Iterator[tuple[Lane, Mark, float, float]]:
    symbol = SYMBOLS[lane.category.shape]
    yield lane, mark, symbol.size, symbol.line or int(mark.doubtful)
    if symbol.line and mark.doubtful:
        yield lane, mark, *HOLLOW_LINE


def _layout(geometry: Overview, heading: int, presenter: Presenter) -> dict[str, Any]:
    labelled = list(ticks(geometry.ticks, presenter))
    return {
        "height": geometry.height + AXIS,
        "margin": {"l": 0, "r": 0, "t": 0, "b": AXIS, "pad": 0},
        "xaxis": {
            **_AXIS,
            "range": [0, 1],
            "tickvals": [place for place, _ in labelled],
            "ticktext": [plain(label) for _, label in labelled],
            "griddash": "2px,3px",
        },
        "yaxis": {
            **_AXIS,
            "range": [geometry.height, 0],
            "tickvals": [lane.middle for lane in geometry.lanes],
            "showticklabels": False,
        },
        "shapes": [shape for cut in geometry.cuts for shape in _cut(cut)],
        "annotations": [_name(lane, heading) for lane in geometry.lanes] if heading else [],
        "font": {"size": 12},
        "barmode": "overlay",
        "showlegend": False,
        "hovermode": False,
        "dragmode": False,
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "meta": {
            "line": geometry.width,
            "lanes": [[lane.middle, lane.height] for lane in geometry.lanes],
        },
    }


_AXIS: Mapping[str, Any] = MappingProxyType(
    {
        "type": "linear",
        "fixedrange": True,
        "zeroline": False,
        "showgrid": True,
        "gridwidth": 1,
        "ticks": "",
        "tickmode": "array",
        "tickangle": 0,
        "ticklabelstandoff": 5,
        "ticklabeloverflow": "allow",
        "automargin": False,
    }
)


def _cut(place: float) -> Iterator[dict[str, Any]]:
    """Yield the strip and the lines that say that the axis is cut."""
    where = {"xref": "x", "xsizemode": "pixel", "xanchor": place, "yref": "paper", "layer": "between"}
    yield {**where, "type": "rect", "x0": -3, "x1": 3, "y0": 0, "y1": 1, "line": {"width": 0}}
    yield {**where, "type": "path", "path": "M-4,0L-4,1M4,0L4,1", "line": {"width": 1, "dash": "4px,3px"}}


def _name(lane: Lane, heading: int) -> dict[str, Any]:
    return {
        "text": plain(lane.category.label),
        "showarrow": False,
        "xref": "paper",
        "x": 0,
        "xanchor": "left",
        "yref": "y",
        "y": label_height(lane, heading) + 4,
        "yanchor": "bottom",
        "borderpad": 0,
        "align": "left",
    }
