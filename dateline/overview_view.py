"""The geometry of the overview → what its template draws: words, addresses, per cents and pixels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from dateline import dates
from dateline.drawing_views import BinView, LaneView, MarkView, OverviewView, TickView
from dateline.overview import ROW_HEIGHT, Lane, Mark, Overview, draw, is_doubtful
from dateline.present import Presenter
from dateline.scale import Tick
from dateline.views import EntryView

# The shortest line of each drawing, in pixels: the wide one is shown from 48rem on, the narrow one from 320 pixels.
WIDE, NARROW = 560, 260
# What a label on the axis takes, and the height kept above a lane for its name where that does not fit beside it.
LABEL, HEADING = 56, 20


def overview_views(presenter: Presenter, entries: Sequence[EntryView]) -> tuple[OverviewView, ...]:
    """Return the overview drawn wide and drawn narrow; none where no entry has a category or there is no entry."""
    shown = {entry.id: entry for entry in entries}
    drawings = (("wide", WIDE, 0), ("narrow", NARROW, HEADING))
    views = []
    for name, width, heading in drawings:
        geometry = draw(presenter.timeline.entries, presenter.lanes(), width=width, label_width=LABEL, heading=heading)
        if geometry.lanes:
            views.append(_view(name, geometry, heading, presenter, shown))
    return tuple(views)


def overview_text(presenter: Presenter, entries: Sequence[EntryView]) -> str:
    """Return the overview in words: how many entries, from when to when, and how many in each category."""
    if not entries:
        return ""
    ngettext, translate = presenter.words.ngettext, presenter.words.gettext
    count = ngettext("{n} entry", "{n} entries", len(entries)).format(n=len(entries))
    years = list(dict.fromkeys(entry.year for entry in entries))
    span = translate("{first} to {last}").format(first=years[0], last=years[-1]) if len(years) > 1 else years[0]
    lanes = [
        (lane.label, sum(entry.category == lane.key for entry in presenter.timeline.entries))
        for lane in presenter.lanes()
    ]
    # Translators: between the parts of a list; with its space.
    counts = translate(", ").join(f"{label} {number}" for label, number in lanes if number)
    # Translators: {count} is such as “31 entries”, {span} “1990 to 2024”, {lanes} “Agreements 3, Statements 9”.
    said = translate("{count}, {span}: {lanes}.").format(count=count, span=span, lanes=counts)
    if any(is_doubtful(entry.date) for entry in presenter.timeline.entries):
        said += " " + translate("Where a mark is hollow or fades out, the date is not certain.")
    return said


def _view(
    name: str, geometry: Overview, heading: int, presenter: Presenter, shown: dict[str, EntryView]
) -> OverviewView:
    return OverviewView(
        name=name,
        names_above=bool(heading),
        lanes=tuple(_lane(lane, heading, presenter, shown) for lane in geometry.lanes),
        ticks=tuple(TickView(_per_cent(place), words) for place, words in ticks(geometry.ticks, presenter)),
        cuts=tuple(_per_cent(cut) for cut in geometry.cuts),
        axis=geometry.height,
    )


def _lane(lane: Lane, heading: int, presenter: Presenter, shown: dict[str, EntryView]) -> LaneView:
    middle = lane.top + lane.height // 2
    return LaneView(
        label=lane.category.label,
        color=lane.category.color,
        y=middle,
        label_y=lane.top - 2 if heading else middle,
        marks=tuple(_marks(lane, middle, presenter, shown)),
        bins=tuple(_bins(lane, middle, presenter, shown)),
    )


def _marks(lane: Lane, middle: int, presenter: Presenter, shown: dict[str, EntryView]) -> Iterator[MarkView]:
    rows = max((mark.row for mark in lane.marks), default=0)
    for mark in lane.marks:
        entry = shown[mark.id]
        yield MarkView(
            href=entry.place_on_timeline,
            label=presenter.headline(entry),
            shape=lane.category.shape,
            left=_per_cent(mark.left),
            width=_per_cent(mark.right - mark.left),
            y=middle + mark.row * ROW_HEIGHT - rows * ROW_HEIGHT // 2,
            range=mark.range,
            fade=_fade(mark),
            doubtful=mark.doubtful,
        )


def _fade(mark: Mark) -> str:
    start, end = mark.open_start, mark.open_end
    if mark.range and mark.doubtful:
        start = end = True
    return ("in" if start else "") + ("out" if end else "")


def _bins(lane: Lane, middle: int, presenter: Presenter, shown: dict[str, EntryView]) -> Iterator[BinView]:
    for single in lane.bins:
        entry = shown[single.id]
        count = presenter.words.ngettext("{n} entry", "{n} entries", single.number).format(n=single.number)
        height = max(3, round(single.share * (lane.height - 6)))
        yield BinView(
            href=entry.place_on_timeline,
            # Translators: {count} is such as “3 entries”; they begin at that date.
            label=presenter.words.gettext("{count} from {date}").format(count=count, date=entry.date),
            left=_per_cent(single.left),
            width=_per_cent(single.right - single.left - 0.001),
            y=middle - height // 2,
            height=height,
        )


def ticks(found: Iterable[Tick], presenter: Presenter) -> Iterator[tuple[float, str]]:
    """Yield the place of each tick and its words; a month has its year where the tick before it is of another."""
    year = None
    for tick in found:
        yield tick.place, _words(tick, presenter, with_year=tick.year != year)
        year = tick.year


def _words(tick: Tick, presenter: Presenter, *, with_year: bool) -> str:
    text = f"{tick.year:05}" if tick.year < 0 else f"{tick.year:04}"
    if abs(tick.year) > 9999:
        text = f"Y{tick.year}"
    date = dates.parse(f"{text}-{tick.month:02}" if tick.month > 1 else text)
    if date is None:
        return str(tick.year)
    if tick.month <= 1:
        return presenter.display.year_heading(date)
    return presenter.display.full(date) if with_year else presenter.display.short(date)


def _per_cent(share: float) -> str:
    return f"{share * 100:.2f}"
