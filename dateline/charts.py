"""Numbers of a family → their chart over time: where each stands, and the Plotly figure of it as data.

The point of a number stands on the last day that its date can mean: by then what was counted is counted, whereas the
middle of an interval would be a day that nobody named. A line runs from it back to the first day. Values start at
zero; per cent run to a hundred, as what they are shares of. Time is linear, in days from 1970-01-01: Plotly's own
dates end in the year 9999.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import Any, NamedTuple

from dateline.calendar import ordinal
from dateline.chart_symbols import shapes_of
from dateline.dates import Date
from dateline.overview import is_doubtful
from dateline.plotly_bundle import plain
from dateline.reported import Reported, Reports
from dateline.scale import Tick
from dateline.time_ticks import time_ticks

# Pixels: the height of the plot and its margins; the left one is as wide as the widest number on the axis needs.
PLOT_HEIGHT = 220
TOP, RIGHT, BOTTOM = 22, 24, 30
LETTER = 7
# The shortest lines of time on a wide and on a narrow page, and what a tick's label takes of them.
WIDE, NARROW = 600, 200
WIDE_LABEL, NARROW_LABEL = 92, 66
# How large a symbol is, and how much larger each that stands where another does.
SIZE, LARGER = 11, 9
# The colours of series: those of categories, in an order in which neighbours differ to colour-blind eyes as well.
HUES = ("blue", "red", "ochre", "teal", "violet", "pink", "green", "slate")
_NICE = (1, 2, 5)


class Point(NamedTuple):
    """A number in its chart: `day` where it stands, `first` where its time begins, `last` where it ends.

    `first` or `last` is None where the date is open on that side. `number`, `series` and `voice` are its places among
    those of the family; `before` is how many numbers of other voices stand at just this place before it.
    """

    number: int
    series: int
    voice: int
    day: int
    first: int | None
    last: int | None
    value: float
    doubtful: bool
    before: int


class Chart(NamedTuple):
    """A family over time: days `start` to `end`, values 0 to `top`; `ruled` are the values at which a line runs.

    `shapes` are the symbols of its voices.
    """

    reports: Reports
    points: tuple[Point, ...]
    start: int
    end: int
    top: float
    ruled: tuple[float, ...]
    shapes: tuple[str, ...]

    def ticks(self, *, wide: bool) -> tuple[Tick, ...]:
        """Return the ticks of time for a wide or a narrow page."""
        return time_ticks(self.start, self.end, WIDE // WIDE_LABEL if wide else NARROW // NARROW_LABEL)

    def left(self, day: int) -> float:
        """Return where a day lies, as a share of the line of time."""
        return (day - self.start) / (self.end - self.start)

    def day(self, place: float) -> float:
        """Return the day at a share of the line of time."""
        return self.start + place * (self.end - self.start)

    def y(self, value: float) -> float:
        """Return where a value lies, in pixels from the top of the plot."""
        return PLOT_HEIGHT * (1 - value / self.top)

    def steps(self) -> Iterator[tuple[Point, Point]]:
        """Yield each two numbers that one voice gives one after the other of what only grows.

        Where a voice gives two of one date, it does not say which of them held, and no line leads to them.
        """
        series = self.reports.series
        points = [point for point in self.points if series[point.series].cumulative]
        points.sort(key=lambda point: (point.series, point.voice, point.day))
        for _, same in groupby(points, key=lambda point: (point.series, point.voice)):
            days = [list(of_day) for _, of_day in groupby(same, key=lambda point: point.day)]
            for before, after in pairwise(days):
                if len({point.value for point in before}) == len({point.value for point in after}) == 1:
                    yield before[0], after[0]


def chart_of(reports: Reports) -> Chart | None:
    """Return the chart of a family, or None where all its numbers are of one day, so that time shows nothing."""
    points = _spread(_point(number, item, reports) for number, item in enumerate(reports.numbers))
    if len({point.day for point in points}) < 2:
        return None
    days = [day for point in points for day in (point.day, point.first, point.last) if day is not None]
    margin = max(15, (max(days) - min(days)) // 25)
    highest = max(point.value for point in points)
    is_share = all(series.unit == "%" for series in reports.series) and highest <= 100
    ruled = _ruled(100 if is_share else highest, whole=all(point.value.is_integer() for point in points))
    top = max(highest * 1.06, ruled[-1], 1e-9)
    return Chart(
        reports, tuple(points), min(days) - margin, max(days) + margin, top, ruled, shapes_of([reports.voices])[0]
    )


def color_of(series: int) -> str:
    """Return the colour of a series by its place in its family."""
    return HUES[series % len(HUES)]


def size_of(point: Point) -> int:
    """Return the size of a point's symbol, such that it is seen around those that stand at its place."""
    return SIZE + LARGER * min(point.before, 2)


def left_margin(labels: Sequence[str]) -> int:
    """Return the width of the margin that holds the numbers of the axis."""
    return max(36, max(map(len, labels)) * LETTER + 14)


def figure(chart: Chart, left: int) -> dict[str, Any]:
    """Return the chart as a Plotly figure: the dictionary of its traces and its layout, without colours or words.

    Each trace says in its `meta` what it draws, of which series, and by which token it is coloured; its colours, and
    the words of the axes, are those of the page that shows it.
    """
    traces = [*_span_traces(chart), *_step_traces(chart), *_point_traces(chart)]
    # Ticks that are not seen keep the words as far from the plot as in the still drawing.
    axis = {"zeroline": False, "tickmode": "array", "ticks": "outside", "ticklen": 5, "tickcolor": "rgba(0,0,0,0)"}
    layout = {
        "margin": {"l": left, "r": RIGHT, "t": TOP, "b": BOTTOM, "pad": 0},
        "height": TOP + PLOT_HEIGHT + BOTTOM,
        "xaxis": {**axis, "type": "linear", "range": [chart.start, chart.end], "showline": True},
        "yaxis": {**axis, "type": "linear", "range": [0, chart.top], "tickvals": list(chart.ruled)},
        "showlegend": False,
        "hovermode": "closest",
        "hoverdistance": 24,
        "dragmode": "zoom",
    }
    return {"data": traces, "layout": layout}


def _point(number: int, item: Reported, reports: Reports) -> Point:
    date = item.entry.date
    first = ordinal(date.earliest) if date.earliest else None
    last = ordinal(date.latest) if date.latest else None
    day = day_of(date)
    series, voice = reports.series.index(item.series), reports.voices.index(item.voice)
    return Point(number, series, voice, day, first, last, float(item.figure.value), is_doubtful(date), 0)


def day_of(date: Date) -> int:
    """Return the day on which a number of this date stands."""
    day = date.latest or date.earliest
    if day is None:
        raise ValueError(f"{date.text!r} has no day to draw")
    return ordinal(day)


def _spread(points: Iterator[Point]) -> list[Point]:
    """Return the points with what stands at the same place before each counted."""
    taken: dict[tuple[int, float], int] = {}
    spread = []
    for point in points:
        before = taken.get((point.day, point.value), 0)
        taken[point.day, point.value] = before + 1
        spread.append(point._replace(before=before))
    return spread


def _ruled(highest: float, *, whole: bool) -> tuple[float, ...]:
    """Return the values for about four lines from zero up, at steps of 1, 2 or 5 times a power of ten."""
    if highest <= 0:
        return (0, 1)
    power = 10.0**-12 if not whole else 1.0
    while highest / (5 * power) > 5:
        power *= 10
    step = next((nice * power for nice in _NICE if highest / (nice * power) <= 5), 5 * power)
    return tuple(step * count for count in range(int(highest / step + 1e-9) + 1))


def _meta(kind: str, series: int) -> dict[str, Any]:
    return {"kind": kind, "series": series, "color": color_of(series)}


def _grouped(chart: Chart) -> Iterator[tuple[int, int, list[Point]]]:
    """Yield the points of each series and voice; the larger symbols come first, so that they lie below."""
    points = sorted(chart.points, key=lambda point: (-min(point.before, 2), point.series, point.voice))
    groups: dict[tuple[int, int], list[Point]] = {}
    for point in points:
        groups.setdefault((point.series, point.voice), []).append(point)
    yield from ((series, voice, members) for (series, voice), members in groups.items())


def _point_traces(chart: Chart) -> Iterator[dict[str, Any]]:
    numbers, series = chart.reports.numbers, chart.reports.series
    for number, voice, points in _grouped(chart):
        yield {
            "type": "scatter",
            "mode": "markers",
            "name": plain(f"{series[number].label}, {chart.reports.voices[voice]}"),
            "x": [point.day for point in points],
            "y": [point.value for point in points],
            "customdata": [numbers[point.number].id for point in points],
            "marker": {"symbol": chart.shapes[voice], "size": [size_of(point) for point in points]},
            "hoverinfo": "none",
            "cliponaxis": False,
            "meta": {**_meta("points", number), "fill": [fill_of(point) for point in points]},
        }


def fill_of(point: Point) -> str:
    """Return how the symbol of a point is filled: not at all where another stands within it."""
    return "none" if point.before else "paper" if point.doubtful else "color"


def _step_traces(chart: Chart) -> Iterator[dict[str, Any]]:
    for before, after in chart.steps():
        yield {
            "type": "scatter",
            "mode": "lines",
            "x": [before.day, after.day],
            "y": [before.value, after.value],
            "line": {"shape": "hv", "width": 1.5},
            "hoverinfo": "skip",
            "showlegend": False,
            "meta": _meta("steps", before.series),
        }


def _span_traces(chart: Chart) -> Iterator[dict[str, Any]]:
    for point in chart.points:
        first, last = ends_of(chart, point)
        if first == last:
            continue
        symbols = [
            "triangle-left" if point.first is None else "line-ns-open",
            "triangle-right" if point.last is None else "line-ns-open",
        ]
        yield {
            "type": "scatter",
            "mode": "lines+markers",
            "x": [first, last],
            "y": [point.value, point.value],
            "line": {"width": 1.5, "dash": "dot" if None in (point.first, point.last) else "solid"},
            # The end at which the point itself stands has no mark of its own.
            "marker": {"symbol": symbols, "size": [8 if end != point.day else 0 for end in (first, last)]},
            "hoverinfo": "skip",
            "showlegend": False,
            "meta": _meta("span", point.series),
        }


def ends_of(chart: Chart, point: Point) -> tuple[int, int]:
    """Return the days between which a number's line is drawn; an open one runs to the edge of the chart."""
    first = chart.start if point.first is None else point.first
    last = chart.end if point.last is None else point.last
    return first, last
