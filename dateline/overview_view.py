"""The geometry of the overview → what its template draws: words, addresses, per cents and pixels."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from dateline import dates
from dateline.dates import Date
from dateline.drawing_views import BinView, LaneView, MarkView, OverviewView, TickView
from dateline.events import Entry
from dateline.overview import Lane, Overview, draw, fade, is_doubtful
from dateline.present import GLYPHS, Presenter
from dateline.scale import Tick

# The shortest line of each drawing, in pixels: the wide one is shown from 48rem on, the narrow one from 320 pixels.
WIDE, NARROW = 560, 260
# What a label on the axis takes, and the height kept above a lane for its name where that does not fit beside it.
LABEL, HEADING = 56, 20
# How high a name above a lane stands over its base line, and how far below it, in pixels.
NAME_ABOVE, NAME_BELOW = 14, 5
# What is left free between two bins, as a share of the line.
BETWEEN_BINS = 0.001
_DOUBT = re.compile(r"[?~%\[]")


def drawings(presenter: Presenter) -> Iterator[tuple[str, int, Overview]]:
    """Yield the overview drawn wide and drawn narrow: its name, the height above each lane for its name, the geometry.

    None where there is no entry.
    """
    for name, width, heading in (("wide", WIDE, 0), ("narrow", NARROW, HEADING)):
        geometry = draw(presenter.ground, width=width, label_width=LABEL, heading=heading)
        if geometry.lanes:
            yield name, heading, geometry


def overview_views(presenter: Presenter, drawn: Iterable[tuple[str, int, Overview]]) -> tuple[OverviewView, ...]:
    """Return the views of these `drawings`."""
    return tuple(_view(name, geometry, heading, presenter) for name, heading, geometry in drawn)


def overview_text(presenter: Presenter) -> str:
    """Return the overview in words: how many entries, from when to when, and how many in each category."""
    entries = presenter.timeline.entries
    if not entries:
        return ""
    ngettext, translate = presenter.words.ngettext, presenter.words.gettext
    count = ngettext("{n} entry", "{n} entries", len(entries)).format(n=presenter.integer(len(entries)))
    years = list(dict.fromkeys(presenter.date(date).year for date in _of_each_year(entries)))
    span = translate("{first} to {last}").format(first=years[0], last=years[-1]) if len(years) > 1 else years[0]
    numbers = Counter(entry.category for entry in entries)
    lanes = [(lane.label, numbers[lane.key]) for lane in presenter.lanes()]
    # Translators: between the parts of a list; with its space.
    counts = translate(", ").join(f"{label} {presenter.integer(number)}" for label, number in lanes if number)
    # Translators: {count} is such as “31 entries”, {span} “1990 to 2024”, {lanes} “Agreements 3, Statements 9”.
    said = translate("{count}, {span}: {lanes}.").format(count=count, span=span, lanes=counts)
    # Only dates in which one of these stands can be in doubt.
    doubtful = _DOUBT.search("\n".join([entry.date.text for entry in entries]))
    if doubtful and any(is_doubtful(entry.date) for entry in entries):
        said += " " + translate("Where a mark is hollow or fades out, the date is not certain.")
    return said


def _of_each_year(entries: Iterable[Entry]) -> Iterator[Date]:
    """Yield the dates of entries, of those that are a single day the first one of each year."""
    seen: set[int] = set()
    for entry in entries:
        date = entry.date
        day = date.earliest if date.earliest is date.latest and date.kind == "date" else None
        if day is None or day[0] not in seen:
            yield date
        if day is not None:
            seen.add(day[0])


def _view(name: str, geometry: Overview, heading: int, presenter: Presenter) -> OverviewView:
    alone = len(geometry.lanes) == 1
    return OverviewView(
        name=name,
        names_above=bool(heading),
        lanes=tuple(_lane(lane, heading, presenter, alone=alone) for lane in geometry.lanes),
        ticks=tuple(TickView(_per_cent(place), label) for place, label in ticks(geometry.ticks, presenter)),
        cuts=tuple(_per_cent(cut) for cut in geometry.cuts),
        axis=geometry.height,
    )


def _lane(lane: Lane, heading: int, presenter: Presenter, *, alone: bool) -> LaneView:
    return LaneView(
        key=lane.category.key,
        label=lane.category.label,
        color=lane.category.color,
        glyph=GLYPHS[lane.category.shape],
        y=lane.middle,
        label_top=label_height(lane, heading) - NAME_ABOVE if heading else lane.top,
        label_height=NAME_ABOVE + NAME_BELOW if heading else lane.height,
        marks=tuple(_marks(lane, presenter)),
        bins=tuple(_bins(lane, "" if alone else lane.category.label, presenter)),
    )


def label_height(lane: Lane, heading: int) -> int:
    """Return the height at which a lane's name stands, in pixels: its base line above the lane, or its middle."""
    return lane.top - 2 if heading else lane.middle


def _marks(lane: Lane, presenter: Presenter) -> Iterator[MarkView]:
    for mark in lane.marks:
        yield MarkView(
            href=presenter.on_timeline(mark.id),
            id=mark.id,
            label=presenter.headline_of(presenter.entries[mark.id]),
            shape=lane.category.shape,
            left=_per_cent(mark.left),
            width=_per_cent(mark.right - mark.left),
            y=lane.row_middle(mark.row),
            range=mark.range,
            fade=fade(mark),
            doubtful=mark.doubtful,
        )


def voices(entry: Entry) -> str:
    """Return who says what an entry says, each of them once."""
    if len(entry.citations) == 1:
        return entry.citations[0].attribution
    return " · ".join(dict.fromkeys(citation.attribution for citation in entry.citations if citation.attribution))


def _bins(lane: Lane, name: str, presenter: Presenter) -> Iterator[BinView]:
    """Yield the counts of a lane; `name` is what tells it from other lanes, empty where there is no other."""
    translate = presenter.words.gettext
    for single in lane.bins:
        date = presenter.display.full(presenter.entries[single.id].date)
        count = presenter.words.ngettext("{n} entry", "{n} entries", single.number).format(n=single.number)
        # Translators: {count} is such as “3 entries”; they begin at that date.
        begun = translate("{count} from {date}").format(count=count, date=date)
        height = lane.bin_height(single)
        yield BinView(
            href=presenter.on_timeline(single.id),
            id=single.id,
            label=translate(", ").join(filter(None, (begun, name))),
            date=date,
            says=count,
            first=single.first,
            last=single.last,
            left=_per_cent(single.left),
            width=_per_cent(single.right - single.left - BETWEEN_BINS),
            y=lane.middle - height // 2,
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
