"""What the templates are given of drawings: places along a line in per cent of it."""

# Annotations are types here, not texts: named tuples compile each text, for a third of the time that loading takes.

from typing import NamedTuple


class TickView(NamedTuple):
    """A mark on the axis: its place in per cent of the line, and its words."""

    place: str
    label: str


class YearWords(NamedTuple):
    """How a year is said: patterns with a place `{y}` for its number, and what parts thousands from 10,000 on.

    `before` is for years before year 1, `after` for the first years after it, whose era is said too.
    """

    plain: str
    before: str
    after: str
    group: str


class MarkView(NamedTuple):
    """An entry in the overview; `left` and `width` in per cent of the line, `y` in pixels."""

    href: str
    id: str
    label: str
    shape: str
    left: str
    width: str
    y: int
    range: bool
    fade: str
    doubtful: bool


class BinView(NamedTuple):
    """Entries counted together in the overview; `left` and `width` in per cent of the line, `y` and `height` in pixels.

    `id` and `date` are those of the first; all begin between `first` and `last`, days counted from 1970-01-01.
    """

    href: str
    id: str
    label: str
    date: str
    says: str
    first: int
    last: int
    left: str
    width: str
    y: int
    height: int


class LaneView(NamedTuple):
    """A lane of the overview; `y` is the height of its line, in pixels.

    Its name has the room from `label_top` on, `label_height` high.
    `key` is that of its category, empty for the entries without one.
    """

    key: str
    label: str
    color: str
    glyph: str
    y: int
    label_top: int
    label_height: int
    marks: tuple[MarkView, ...]
    bins: tuple[BinView, ...]


class OverviewView(NamedTuple):
    """The overview as one drawing: `name` tells the wide one from the narrow one, `axis` is the height of its axis.

    The names of the lanes stand beside them or, with `names_above`, above them.
    """

    name: str
    names_above: bool
    lanes: tuple[LaneView, ...]
    ticks: tuple[TickView, ...]
    cuts: tuple[str, ...]
    axis: int


class BarView(NamedTuple):
    """A stretch of a source's text; `top` and `height` in per cent of the text."""

    top: str
    height: str


class PassageView(NamedTuple):
    """A passage in the strip beside its source; `left` and `width` in per cent of the strip.

    `anchor` is the citation whose words stand there, `label` the date and the title of its entry; it has more than one
    bar where words are left out.
    """

    anchor: str
    label: str
    color: str
    left: str
    width: str
    bars: tuple[BarView, ...]
