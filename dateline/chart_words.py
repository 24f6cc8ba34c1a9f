"""Which numbers are written into a chart beside their points, and where, so that none lies on another."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence

from dateline.charts import LETTER, PLOT_HEIGHT, RIGHT, TOP, Chart, Point, ends_of, size_of
from dateline.named_tuples import NamedTuple

# In a chart of more numbers than these, only the ones that are not exact are written; of more points, none is.
MOST_WORDS = 16
MOST_POINTS = 300
# How many letters of the name of a series are written with its number at best, and where there is less room.
LONG_NAME, SHORT_NAME = 32, 14
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

    A number that is not exact ("300+") is written in any case, because its symbol cannot say so. Where there are
    several series, the name of each stands with its last number, and with every other to which no line leads on, so
    that they differ by more than colour.
    """
    if len(chart.points) > MOST_POINTS:
        return ()
    written: list[_Box] = []
    symbols = [_symbol(chart, point, width) for point in chart.points]
    drawn = [*symbols, *_lines(chart, width)]
    words = []
    last = _last(chart)
    inexact = [point for point in chart.points if chart.reports.numbers[point.number].figure.bound]
    first = [point for point in chart.points if point in inexact or point in last]
    others = [point for point in chart.points if point not in first]
    done: set[tuple[int, float]] = set()
    for point in [*first, *(others if len(chart.points) <= MOST_WORDS else [])]:
        if _place(point) in done:
            continue
        done.add(_place(point))
        options = _options(chart, point, labels, last)
        places = [place for text, far in options for place in _places(chart, point, text, width, far=far)]
        free = (each for each in places if _is_free(each[1], written, drawn, width))
        forced = next(_places(chart, point, options[-1][0], width, far=False)) if point in inexact else (None, None)
        word, box = next(free, forced)
        if word and box:
            words.append(word)
            written.append(box)
    at = {point.number: (point, box) for point, box in zip(chart.points, symbols, strict=True)}
    told = {_place(at[word.number][0]) for word in words}
    return tuple(word for word in words if at[word.number][0] in first or _is_clear(at[word.number][1], at, told))


def _last(chart: Chart) -> Sequence[Point]:
    """Return the last point of each series, where there are several."""
    last = {point.series: point for point in sorted(chart.points, key=lambda point: (point.day, -point.before))}
    return list(last.values()) if len(last) > 1 else []


def _options(chart: Chart, point: Point, labels: Sequence[str], last: Sequence[Point]) -> list[tuple[str, bool]]:
    """Return what may be written at a point, the best first, each with whether it may stand a little away from it."""
    bare = _text(chart, point, labels, 0)
    if len(chart.reports.series) < 2:
        return [(bare, False)]
    whole, short = (_text(chart, point, labels, most) for most in (LONG_NAME, SHORT_NAME))
    near = [(whole, False), (short, False)]
    is_last = any(_place(one) == _place(point) for one in last)
    return [*near, *([(whole, True), (short, True)] if is_last else []), (bare, False)]


def _place(point: Point) -> tuple[int, float]:
    return point.day, point.value


def _is_clear(symbol: _Box, at: Mapping[int, tuple[Point, _Box]], told: Container[tuple[int, float]]) -> bool:
    """Tell whether a number can be taken for that of its own symbol alone: no other that it touches goes without."""
    return all(_place(point) in told for point, box in at.values() if box.meets(symbol))


def _text(chart: Chart, point: Point, labels: Sequence[str], most: int) -> str:
    """Return the numbers of all that stand where a point does, each once, with up to `most` letters of their names."""
    led_on = {before.number for before, _ in chart.steps()}
    here = [other for other in chart.points if _place(other) == _place(point)]
    names = {other.number: chart.reports.series[other.series].label for other in here if other.number not in led_on}
    said = (f"{labels[one.number]} {_shortened(names.get(one.number, ''), most)}".strip() for one in here)
    return " / ".join(dict.fromkeys(said))


def _shortened(name: str, most: int) -> str:
    return name if len(name) <= most else f"{name[: most - 1].rstrip()}…" if most else ""


def _symbol(chart: Chart, point: Point, width: int) -> _Box:
    x, y, half = chart.left(point.day) * width, chart.y(point.value), size_of(point) / 2
    return _Box(x - half, y - half, x + half, y + half)


def _lines(chart: Chart, width: int) -> Iterator[_Box]:
    """Yield where the lines run that lead along a value; a number on them would be struck through."""
    spans = ((*ends_of(chart, point), point.value) for point in chart.points)
    for first, last, value in (*spans, *((one.day, two.day, one.value) for one, two in chart.steps())):
        y = chart.y(value)
        yield _Box(chart.left(first) * width, y - 1, chart.left(last) * width, y + 1)


def _places(chart: Chart, point: Point, text: str, width: int, *, far: bool) -> Iterator[tuple[Word, _Box]]:
    """Yield where the number may be written: above its point, to its right, to its left, below it; or `far` from it."""
    same = [other for other in chart.points if (other.day, other.value) == (point.day, point.value)]
    half = max(map(size_of, same)) // 2 + _GAP
    x, y, length = chart.left(point.day) * width, chart.y(point.value), len(text) * LETTER
    up, down = -half - 6, half + 6
    beside = [(0, up, "middle"), (half, 0, "start"), (-half, 0, "end"), (0, down, "middle")]
    aligned = [(dx, dy, anchor) for dy in (up, down) for dx, anchor in ((half, "end"), (-half, "start"))]
    away = [(0, up - _HEIGHT, "middle"), (0, down + _HEIGHT, "middle")]
    for dx, dy, anchor in away if far else [*beside, *aligned]:
        left = x + dx - {"middle": length / 2, "start": 0, "end": length}[anchor]
        box = _Box(left, y + dy - _HEIGHT / 2, left + length, y + dy + _HEIGHT / 2)
        yield Word(point.number, text, dx, dy, anchor), box


def _is_free(box: _Box, written: Sequence[_Box], drawn: Sequence[_Box], width: int) -> bool:
    inside = box.left >= 0 and box.right <= width + RIGHT and box.top >= -TOP and box.bottom <= PLOT_HEIGHT
    return inside and not any(map(box.meets, [*written, *drawn]))
