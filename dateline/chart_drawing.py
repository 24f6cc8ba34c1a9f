"""The chart of a family → what its template draws: words, addresses, per cents and pixels."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dateline import addresses
from dateline.chart_words import Word, words_of
from dateline.charts import (
    BOTTOM,
    NARROW,
    PLOT_HEIGHT,
    SIZE,
    TOP,
    WIDE,
    Chart,
    color_of,
    day_of,
    ends_of,
    fill_of,
    left_margin,
    size_of,
)
from dateline.drawing_views import TickView
from dateline.figure_periods import Part, Range
from dateline.figure_views import (
    AxesView,
    BarView,
    ChartView,
    PointView,
    RangesView,
    RowView,
    RuleView,
    SpanView,
    StepView,
    WordView,
)
from dateline.overview_view import ticks
from dateline.present import Presenter

# How narrow a bar may be, as a share of the line of time, and how low, in pixels.
NARROWEST, LOWEST = 0.003, 3.0
# In pixels: how high the row of a series is at least, what its name takes above it, how near two lines of values are.
LOWEST_ROW, NAME, APART = 56, 28, 16


class Rows(NamedTuple):
    """How many series are drawn below each other, on one line of time; one alone has all the height, and no name."""

    number: int

    @property
    def height(self) -> int:
        """The height of each row without its name, in pixels."""
        return max(LOWEST_ROW, PLOT_HEIGHT // self.number)

    @property
    def end(self) -> int:
        """The height of all rows with their names, in pixels."""
        return self.top(self.number) - self.top(0)

    def top(self, row: int) -> int:
        """Return where a row begins below its name, in pixels."""
        name = NAME if self.number > 1 else 0
        return name + row * (name + self.height)

    def y(self, chart: Chart, row: int, value: float) -> float:
        """Return where a value lies in a row, in pixels from the top of the plot."""
        return self.top(row) + chart.y(value) * self.height / PLOT_HEIGHT


def chart_view(chart: Chart, presenter: Presenter) -> ChartView:
    """Return a chart as its template draws it."""
    labels = [presenter.number(item.figure) for item in chart.reports.numbers]
    return ChartView(
        axes=_axes(chart, presenter, Rows(1)),
        spans=tuple(_spans(chart)),
        steps=tuple(_steps(chart)),
        points=tuple(_points(chart, labels, presenter)),
        wide_words=tuple(_words(chart, words_of(chart, labels, WIDE))),
        narrow_words=tuple(_words(chart, words_of(chart, labels, NARROW))),
        alternative=_alternative(chart, presenter),
    )


def ranges_view(chart: Chart, parts: Sequence[tuple[Part, Sequence[Range]]], presenter: Presenter) -> RangesView:
    """Return a chart as its template draws it part by part, from the lowest number of each to the highest.

    Each series has a row of its own: beside each other, bars would say when, and over each other hide what they share.
    """
    series = chart.reports.series
    rows = Rows(len(series))
    names = [RowView(each.label, rows.top(row) - NAME // 4) for row, each in enumerate(series)]
    return RangesView(
        axes=_axes(chart, presenter, rows),
        rows=tuple(names) if len(names) > 1 else (),
        bars=tuple(bar for part, ranges in parts for bar in _bars(chart, rows, part, ranges)),
        alternative=presenter.words.gettext("Each bar runs from the lowest to the highest number of its time."),
    )


def rule_labels(chart: Chart, presenter: Presenter) -> list[str]:
    """Return the numbers on the axis of values, as the site's language writes them."""
    return [presenter.amount(value, chart.reports.series[0]) for value in chart.ruled]


def shape_paths() -> tuple[tuple[str, str], ...]:
    """Return the symbols as paths of SVG around their middle, in the size of a point that stands alone.

    They are those of plotly.js (`src/components/drawing/symbol_defs.js`), so that nothing changes when it draws them.
    """
    r = SIZE / 2
    wide, tall = 2 * r / math.sqrt(3), r / 2
    thin, long = 0.4 * r, 1.2 * r
    corners = [(r * math.sin(turn * math.tau / 5), -r * math.cos(turn * math.tau / 5)) for turn in range(5)]
    arms = [(long, thin), (thin, thin), (thin, long), (-thin, long), (-thin, thin), (-long, thin)]
    cross = [*arms, *((-x, -y) for x, y in arms)]
    diamond = 1.3 * r
    return (
        ("circle", f"M{r:g} 0A{r:g} {r:g} 0 1 1 0-{r:g}A{r:g} {r:g} 0 0 1 {r:g} 0Z"),
        ("square", _closed([(r, r), (-r, r), (-r, -r), (r, -r)])),
        ("diamond", _closed([(diamond, 0), (0, diamond), (-diamond, 0), (0, -diamond)])),
        ("triangle-up", _closed([(-wide, tall), (wide, tall), (0, -r)])),
        ("triangle-down", _closed([(-wide, -tall), (wide, -tall), (0, r)])),
        ("cross", _closed(cross)),
        ("star", _closed(_star(1.4 * r))),
        ("pentagon", _closed(corners)),
    )


def _star(r: float) -> list[tuple[float, float]]:
    turns = [(r if point % 2 == 0 else 0.382 * r, point * math.tau / 10) for point in range(10)]
    return [(length * math.sin(turn), -length * math.cos(turn)) for length, turn in turns]


def _closed(corners: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:.2f} {y:.2f}" for x, y in corners) + "Z"


def _points(chart: Chart, labels: Sequence[str], presenter: Presenter) -> Iterator[PointView]:
    """Yield the points, what lies below first."""
    said = presenter.words.gettext("{date}: {number} {series}, {voice}")
    for point in sorted(chart.points, key=lambda point: -point.before):
        item = chart.reports.numbers[point.number]
        source = presenter.timeline.sources[item.citation.source]
        yield PointView(
            number=item.id,
            href=addresses.passage(item.citation, source),
            label=said.format(
                date=presenter.display.full(item.entry.date),
                number=labels[point.number],
                series=item.series.label,
                voice=item.voice,
            ),
            series=point.series,
            color=color_of(point.series),
            shape=chart.shapes[point.voice],
            size=size_of(point),
            left=_per_cent(chart.left(point.day)),
            y=_pixels(chart.y(point.value)),
            fill=fill_of(point),
        )


def _bars(chart: Chart, rows: Rows, part: Part, ranges: Sequence[Range]) -> Iterator[BarView]:
    """Yield the bars of a part, which all go on through its time."""
    days = [day_of(number.entry.date) for number in part.numbers]
    first, last = chart.left(min(days)), chart.left(max(days))
    for each in ranges:
        row = chart.reports.series.index(each.series)
        top, bottom = (rows.y(chart, row, float(number.figure.value)) for number in (each.highest, each.lowest))
        height = max(bottom - top, LOWEST)
        middle = (top + bottom) / 2
        yield BarView(
            color=color_of(row),
            left=_per_cent(first),
            width=_per_cent(max(last - first, NARROWEST)),
            y=_pixels(middle - height / 2),
            height=_pixels(height),
        )


def _axes(chart: Chart, presenter: Presenter, rows: Rows) -> AxesView:
    labels = rule_labels(chart, presenter)
    step = math.ceil(APART * len(labels) / rows.height)
    ruled = list(zip(chart.ruled, labels, strict=True))[::step]
    return AxesView(
        height=TOP + rows.end + BOTTOM,
        plot_height=rows.end,
        left=left_margin(labels),
        top=TOP,
        rules=tuple(
            RuleView(_pixels(rows.y(chart, row, value)), label) for row in range(rows.number) for value, label in ruled
        ),
        wide_ticks=tuple(_ticks(chart, presenter, wide=True)),
        narrow_ticks=tuple(_ticks(chart, presenter, wide=False)),
    )


def _spans(chart: Chart) -> Iterator[SpanView]:
    for point in chart.points:
        first, last = ends_of(chart, point)
        if first != last:
            yield SpanView(
                series=point.series,
                color=color_of(point.series),
                left=_per_cent(chart.left(first)),
                right=_per_cent(chart.left(last)),
                y=_pixels(chart.y(point.value)),
                begin="open" if point.first is None else "stop" if first != point.day else "",
                end="open" if point.last is None else "stop" if last != point.day else "",
            )


def _steps(chart: Chart) -> Iterator[StepView]:
    for before, after in chart.steps():
        yield StepView(
            series=before.series,
            color=color_of(before.series),
            left=_per_cent(chart.left(before.day)),
            right=_per_cent(chart.left(after.day)),
            y=_pixels(chart.y(before.value)),
            to_y=_pixels(chart.y(after.value)),
        )


def _ticks(chart: Chart, presenter: Presenter, *, wide: bool) -> Iterator[TickView]:
    for place, label in ticks(chart.ticks(wide=wide), presenter):
        yield TickView(_per_cent(place), label)


def _words(chart: Chart, words: Sequence[Word]) -> Iterator[WordView]:
    by_number = {point.number: point for point in chart.points}
    for word in words:
        point = by_number[word.number]
        left, y = _per_cent(chart.left(point.day)), _pixels(chart.y(point.value) + word.dy)
        yield WordView(word.text, point.series, left, y, word.dx, word.anchor)


def _alternative(chart: Chart, presenter: Presenter) -> str:
    """Return how the drawing is to be read, as far as this one needs it."""
    translate = presenter.words.gettext
    said = [translate("Each point is a number on the last day that its date can mean.")]
    if any(first != last for first, last in (ends_of(chart, point) for point in chart.points)):
        said.append(translate("The thin line shows all the days that the date can mean, or the time that was counted."))
    if any(point.doubtful for point in chart.points):
        said.append(translate("Where a point is hollow, its date is not certain."))
    if any(point.before for point in chart.points):
        said.append(translate("A symbol within another: two say the same."))
    if next(chart.steps(), None):
        said.append(translate("Steps join the numbers that the same voice gives of one series."))
    return " ".join(said)


def _per_cent(share: float) -> str:
    return f"{share * 100:.3f}"


def _pixels(length: float) -> str:
    return f"{length:.1f}"
