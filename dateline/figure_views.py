"""What the templates are given of the numbers that entries report: families, their tables and their charts."""

# Annotations are types here, not texts: named tuples compile each text, for a third of the time that loading takes.

from typing import NamedTuple

from dateline.drawing_views import TickView
from dateline.views import LinkView, RunView


class NumberView(NamedTuple):
    """A row of a table of numbers: what is said, when, of what, by whom, and in which words.

    `words` is the part of the quote around the number, `cut_before` and `cut_after` tell where it is cut; `source` is
    named in short and opens the passage, and on paper it is the number of a footnote. `color` and `shape` are those of
    its point; without a chart, `shape` is empty.
    """

    id: str
    number: str
    label: str
    color: str
    shape: str
    date: str
    datetime: str
    entry: LinkView
    voice: str
    words: tuple[RunView, ...]
    cut_before: bool
    cut_after: bool
    lang: str
    source: LinkView
    footnote: int


class SeriesView(NamedTuple):
    """A series of a chart: its colour, its place among those of its family, and what exactly it counts."""

    label: str
    color: str
    number: int
    note: str


class VoiceView(NamedTuple):
    """Who says the numbers that a chart draws in this shape."""

    label: str
    shape: str


class PointView(NamedTuple):
    """A number in a chart: `left` in per cent of the line of time, `y` in pixels.

    `number` is the id of its row; `size` is that of its symbol in pixels, larger than most where another number
    stands at the same place; `fill` is "color", "paper" where the date is doubtful, or "none" around another.
    """

    number: str
    href: str
    label: str
    series: int
    color: str
    shape: str
    size: int
    left: str
    y: str
    fill: str


class SpanView(NamedTuple):
    """When the number at the end of the line may hold: `left` and `right` in per cent, `y` in pixels.

    `begin` and `end` are empty, "stop", or "open" where no end is known.
    """

    series: int
    color: str
    left: str
    right: str
    y: str
    begin: str
    end: str


class StepView(NamedTuple):
    """From one number of a voice to its next: along at the height `y` from `left` to `right`, then to `to_y`."""

    series: int
    color: str
    left: str
    right: str
    y: str
    to_y: str


class WordView(NamedTuple):
    """A number written into a chart beside its point: its middle at the height `y`, `dx` pixels to the right."""

    text: str
    series: int
    left: str
    y: str
    dx: int
    anchor: str


class RuleView(NamedTuple):
    """A line across a chart at the height `y`, and the number it stands for."""

    y: str
    label: str


class AxesView(NamedTuple):
    """What a chart of values over time is drawn on; heights and margins in pixels.

    The ticks of time come twice, for a wide and for a narrow page.
    """

    height: int
    plot_height: int
    left: int
    top: int
    rules: tuple[RuleView, ...]
    wide_ticks: tuple[TickView, ...]
    narrow_ticks: tuple[TickView, ...]


class ChartView(NamedTuple):
    """A family drawn over time; the numbers that are written into it come twice, for a wide and for a narrow page."""

    axes: AxesView
    spans: tuple[SpanView, ...]
    steps: tuple[StepView, ...]
    points: tuple[PointView, ...]
    wide_words: tuple[WordView, ...]
    narrow_words: tuple[WordView, ...]
    alternative: str


class BarView(NamedTuple):
    """All numbers of a series in a part of the time: `left` and `width` in per cent, `y` and `height` in pixels."""

    color: str
    left: str
    width: str
    y: str
    height: str


class RowView(NamedTuple):
    """The name of a series above the row of its bars; `y` is that of its base line, in pixels."""

    label: str
    y: int


class RangesView(NamedTuple):
    """A family over time whose numbers are too many to be drawn one by one.

    `rows` name its series where there are several.
    """

    axes: AxesView
    rows: tuple[RowView, ...]
    bars: tuple[BarView, ...]
    alternative: str


class RangeView(NamedTuple):
    """A series within a part: how many numbers, the lowest and the highest, each with the way to its words."""

    label: str
    color: str
    number: str
    lowest: LinkView
    highest: LinkView


class PartView(NamedTuple):
    """A period with the page of its numbers, and what is told of them; `rest` says which are meant, if not all."""

    label: str
    href: str
    rest: str
    ranges: tuple[RangeView, ...]


class FamilyView(NamedTuple):
    """The numbers of a family; `chart` is none where all are of one date, `voices` is empty with it.

    Where they are too many for one page, `parts` tell of the periods that have pages of their own, and `ranges` draws
    these; `count` is how many there are. The `numbers` are then those that are dated no closer, or none.
    """

    id: str
    label: str
    unit: str
    count: str  # type: ignore[assignment]  # not the method of tuples
    series: tuple[SeriesView, ...]
    voices: tuple[VoiceView, ...]
    chart: ChartView | None
    ranges: RangesView | None
    parts: tuple[PartView, ...]
    numbers: tuple[NumberView, ...]
