"""Which numbers are written into a chart beside their points, and where, so that none lies on another."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from typing import NamedTuple

from dateline.charts import LETTER, PLOT_HEIGHT, RIGHT, TOP, Chart, Point, size_of

# In a chart of more numbers than these, only the ones that are not exact are written; of more points, none is.
MOST_WORDS = 16
MOST_POINTS = 300
_HEIGHT = 15
_GAP = 4


class Word(NamedTuple):
    """A number written beside the point `number`: its middle `dx`, `dy` pixels from that of the point.

    `anchor` says whether it begins, ends or has its middle there, as SVG names it.
    """

    number: int
    text: str
    dx: int
    dy: int
    anchor: str


class _Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: _Box) -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


def words_of(chart: Chart, labels: Sequence[str], width: int) -> tuple[Word, ...]:
    """Return the numbers that have room on a line of time of `width` pixels; `labels` are those of the points.

    A number that is not exact ("300+") is written in any case, because its symbol cannot say so.
    """
    if len(chart.points) > MOST_POINTS:
        return ()
    written: list[_Box] = []
    symbols = [_symbol(chart, point, width) for point in chart.points]
    words = []
    texts = _texts(chart, labels)
    inexact = [point for point in chart.points if chart.reports.numbers[point.number].figure.bound]
    others = [point for point in chart.points if point not in inexact]
    for point in [*inexact, *(others if len(chart.points) <= MOST_WORDS else [])]:
        text = texts.pop((point.day, point.value), "")
        if not text:
            continue
        places = list(_places(chart, point, text, width))
        free = (each for each in places if _is_free(each[1], written, symbols, width))
        word, box = next(free, places[0] if point in inexact else (None, None))
        if word and box:
            words.append(word)
            written.append(box)
    at = {point.number: (point, box) for point, box in zip(chart.points, symbols, strict=True)}
    told = {_place(at[word.number][0]) for word in words}
    return tuple(word for word in words if at[word.number][0] in inexact or _is_clear(at[word.number][1], at, told))


def _place(point: Point) -> tuple[int, float]:
    return point.day, point.value


def _is_clear(symbol: _Box, at: Mapping[int, tuple[Point, _Box]], told: Container[tuple[int, float]]) -> bool:
    """Tell whether a number can be taken for that of its own symbol alone: no other that it touches goes without."""
    return all(_place(point) in told for point, box in at.values() if box.meets(symbol))


def _texts(chart: Chart, labels: Sequence[str]) -> dict[tuple[int, float], str]:
    """Return what is written at each place: the numbers of all that stand there, each once."""
    texts: dict[tuple[int, float], Mapping[str, None]] = {}
    for point in chart.points:
        place = (point.day, point.value)
        texts[place] = {**texts.get(place, {}), labels[point.number]: None}
    return {place: " / ".join(each) for place, each in texts.items()}


def _symbol(chart: Chart, point: Point, width: int) -> _Box:
    x, y, half = chart.left(point.day) * width, chart.y(point.value), size_of(point) / 2
    return _Box(x - half, y - half, x + half, y + half)


def _places(chart: Chart, point: Point, text: str, width: int) -> Iterator[tuple[Word, _Box]]:
    """Yield where the number may be written: above its point, to its right, to its left, below it."""
    same = [other for other in chart.points if (other.day, other.value) == (point.day, point.value)]
    half = max(map(size_of, same)) // 2 + _GAP
    x, y, length = chart.left(point.day) * width, chart.y(point.value), len(text) * LETTER
    for dx, dy, anchor in ((0, -half - 6, "middle"), (half, 0, "start"), (-half, 0, "end"), (0, half + 6, "middle")):
        left = x + dx - {"middle": length / 2, "start": 0, "end": length}[anchor]
        box = _Box(left, y + dy - _HEIGHT / 2, left + length, y + dy + _HEIGHT / 2)
        yield Word(point.number, text, dx, dy, anchor), box


def _is_free(box: _Box, written: Sequence[_Box], symbols: Sequence[_Box], width: int) -> bool:
    inside = box.left >= 0 and box.right <= width + RIGHT and box.top >= -TOP and box.bottom <= PLOT_HEIGHT
    return inside and not any(map(box.meets, [*written, *symbols]))
