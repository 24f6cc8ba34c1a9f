"""The pages of the timeline itself: `index.html`, those of the periods, and the way to an entry wherever it stands."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Iterator, Sequence
from functools import cached_property
from itertools import groupby, takewhile
from typing import TYPE_CHECKING

from markupsafe import Markup

from dateline import addresses, json_ld, periods, where
from dateline.drawing_views import YearWords
from dateline.footnotes import Footnotes
from dateline.page_frame import PageFrame
from dateline.page_views import IndexPage, PeriodPage, PermanentPage
from dateline.period_words import period_label, sheet_label, sheet_number
from dateline.periods import Period, Sheet
from dateline.present import Presenter
from dateline.slugs import slug
from dateline.views import EntryView, LinkView, OpeningView, PeriodLinkView, PeriodView, YearView

if TYPE_CHECKING:
    from dateline.explore import Drawing

File = tuple[str, bytes]
# How many periods a list of them has at most, unless one level of them is more.
MOST_LINKS = 120
# With how many entries `index.html` begins where the timeline is cut: those of its first period weigh more than all
# else that a reader waits for.
OPENING = 40
# From how many in a row on, periods that are listed without their parts share a line.
RUN = 3


class TimelinePages:
    """The pages of one timeline: contexts of templates, and the data that belongs to them."""

    def __init__(
        self,
        presenter: Presenter,
        entries: Sequence[EntryView],
        frame: PageFrame,
        footnotes: Footnotes,
        style: tuple[Markup, Markup],
    ) -> None:
        """Begin with what the pages are made of; `style` stands in each itself, with what its policy allows for it."""
        self._presenter = presenter
        self._entries = entries
        self._frame = frame
        self._footnotes = footnotes
        self._style, self._style_hash = style
        self._words = presenter.words
        self._root = presenter.periods
        self._buckets = where.buckets(len(entries))

    @cached_property
    def sheets(self) -> Sequence[Sheet]:
        """The pages of the periods, as they are read; none where the timeline is whole."""
        return tuple(periods.sheets(self._root))

    @cached_property
    def _filled(self) -> Sequence[int]:
        """The places of those sheets that have entries."""
        return [place for place, sheet in enumerate(self.sheets) if sheet.entries]

    def paths(self) -> Iterator[str]:
        """Yield the pages that search engines may list: none that shows nothing but another one of them."""
        for sheet in self.sheets:
            if periods.shown(sheet.period) is sheet.period:
                yield sheet.path

    @cached_property
    def drawn(self) -> Sequence[Drawing]:
        """The overview, wide and narrow."""
        from dateline.overview_view import drawings

        return tuple(drawings(self._presenter))

    @cached_property
    def openings(self) -> Sequence[tuple[Sheet, Sequence[int]]]:
        """The first periods that have entries, with the places of those with which `index.html` begins."""
        return list(self._openings())

    def index(self, plotly_styles: Markup) -> IndexPage:
        """Return the context of `index.html`."""
        from dateline.filters import filters_view
        from dateline.overview_view import overview_text, overview_views

        presenter, entries, openings = self._presenter, self._entries, self.openings
        settings = presenter.timeline.config
        shown = [entries[place] for _, places in openings for place in places] if openings else entries
        return IndexPage(
            site=self._frame.site,
            page=self._frame.page(addresses.INDEX, settings.title, data=json_ld.site_data(settings)),
            style=self._style,
            style_hash=self._style_hash,
            plotly_styles=plotly_styles,
            overviews=overview_views(presenter, self.drawn),
            overview_text=overview_text(presenter),
            year_words=YearWords(*presenter.display.year_patterns()),
            filters=filters_view(presenter),
            lines=tuple(self._lines(self._root)) if openings else (),
            openings=tuple(self._opening(*opening) for opening in openings),
            following=self._onward(openings),
            where=self._buckets,
            years=() if openings else _years(shown),
            footnotes=self._footnotes.of(shown),
        )

    def outline(self, place: int) -> PeriodPage:
        """Return the context of the page of a period, one of the `sheets`, without the entries that it shows."""
        sheet = self.sheets[place]
        period = sheet.period
        label, count = self._label(period), self._count(period.number)
        title = sheet_label(sheet, self._presenter)
        description = self._words.gettext("{date}: {title}").format(date=title, title=count)
        before, after = self._beside(place)
        return PeriodPage(
            site=self._frame.site,
            page=self._frame.page(sheet.path, title, description),
            style=self._style,
            style_hash=self._style_hash,
            label=label,
            count=count,
            sheet=sheet_number(sheet, self._presenter),
            trail=tuple(self._trail(sheet)),
            lines=tuple(self._lines(period)) if self._is_cut(sheet) else (),
            says_year=periods.says_year(period),
            years=(),
            footnotes=(),
            previous=self._link(before) if before else None,
            following=self._link(after) if after else None,
            where=self._buckets,
        )

    def filled(self, outline: PeriodPage, entries: Sequence[EntryView]) -> PeriodPage:
        """Return the context of the page of a period with the entries that it shows."""
        return outline._replace(years=_years(entries), footnotes=self._footnotes.of(entries))

    def permanent(self) -> PermanentPage:
        """Return the context of the page that leads to an entry by its id."""
        page = self._frame.page(addresses.PERMANENT, self._words.gettext("Entry"))._replace(canonical="")
        own = addresses.ENTRIES if self._presenter.timeline.config.entry_pages else ""
        return PermanentPage(self._frame.site, page, self._buckets, own)

    def where(self) -> Iterator[File]:
        """Yield the scripts that know where each entry stands."""
        pages = ((entry.id, self._presenter.timeline_page(entry.id)) for entry in self._presenter.timeline.entries)
        for path, text in where.scripts(pages, self._buckets):
            yield path, text.encode()

    def _beside(self, place: int) -> tuple[Sheet | None, Sheet | None]:
        """Return the pages with entries before and after one of the `sheets`."""
        at = bisect_left(self._filled, place)
        following = at + (at < len(self._filled) and self._filled[at] == place)
        before = self.sheets[self._filled[at - 1]] if at else None
        return before, self.sheets[self._filled[following]] if following < len(self._filled) else None

    def _is_cut(self, sheet: Sheet) -> bool:
        return bool(sheet.period.children) and sheet.sheet == 1

    def _trail(self, sheet: Sheet) -> Iterator[LinkView]:
        for outer in sheet.above:
            if periods.shown(outer) is outer:
                yield LinkView(periods.path(outer.key), self._label(outer))
        if sheet.sheet > 1:
            yield LinkView(periods.path(sheet.period.key), self._label(sheet.period))

    def _openings(self) -> Iterator[tuple[Sheet, Sequence[int]]]:
        """Yield the first pages that have entries, with those of their entries with which `index.html` begins."""
        room = OPENING
        for sheet in (self.sheets[place] for place in self._filled):
            if not room:
                return
            yield sheet, sheet.entries[:room]
            room -= len(sheet.entries[:room])

    def _opening(self, sheet: Sheet, places: Sequence[int]) -> OpeningView:
        # The same year can be that of a decade's entries and of its own.
        years = _years([self._entries[place] for place in places])
        named = tuple(year._replace(anchor=f"{sheet.period.key}.{year.anchor}") for year in years)
        return OpeningView(self._counted(sheet.period), periods.says_year(sheet.period), named)

    def _onward(self, openings: Sequence[tuple[Sheet, Sequence[int]]]) -> LinkView | None:
        """Return the way on from `index.html`: to the first entry that it does not show."""
        if not openings:
            return None
        sheet, shown = openings[-1]
        if len(shown) < len(sheet.entries):
            entry = self._entries[sheet.entries[len(shown)]]
            return LinkView(entry.place_on_timeline, f"{self._link(sheet).label} ({self._count(sheet.period.number)})")
        others = self._filled[len(openings) :]
        return self._link(self.sheets[others[0]]) if others else None

    def _lines(self, around: Period) -> Iterator[PeriodView]:
        """Yield the list of the periods within one, line by line."""
        yield from self._lines_of(periods.parts(around), periods.opened(around, MOST_LINKS), 1)

    def _lines_of(self, inside: Sequence[Period], opened: Container[str], level: int) -> Iterator[PeriodView]:
        """Yield a line for each period that is opened; its parts stand in that line, up to one that is opened too."""
        alone = not any(part.key in opened for part in inside)
        for is_open, run in groupby(inside, key=lambda part: part.key in opened):
            together = list(run)
            if not is_open and (alone or len(together) >= RUN):
                yield PeriodView(level, None, tuple(map(self._counted, together)))
                continue
            for part in together:
                inner = periods.parts(part) if is_open else ()
                beside = list(takewhile(lambda one: one.key not in opened, inner))
                if len(beside) < min(RUN, len(inner)):
                    beside = []
                yield PeriodView(level, self._counted(part), tuple(map(self._counted, beside)))
                if len(beside) < len(inner):
                    yield from self._lines_of(inner[len(beside) :], opened, level + 1)

    def _counted(self, period: Period) -> PeriodLinkView:
        number = self._presenter.integer(period.number)
        return PeriodLinkView(self._label(period), periods.path(period.key), number)

    def _link(self, sheet: Sheet) -> LinkView:
        return LinkView(sheet.path, sheet_label(sheet, self._presenter))

    def _label(self, period: Period) -> str:
        return period_label(period.name, self._presenter)

    def _count(self, number: int) -> str:
        return self._words.ngettext("{n} entry", "{n} entries", number).format(n=self._presenter.integer(number))


def _years(entries: Sequence[EntryView]) -> tuple[YearView, ...]:
    grouped = groupby(entries, key=lambda entry: entry.year)
    return tuple(YearView(year, f"year.{slug(year)}", tuple(inside)) for year, inside in grouped)
