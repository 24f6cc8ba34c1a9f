"""The pages of reported numbers: one of all families, and of a family that is too much for it, one of each period."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from markupsafe import Markup

from dateline import addresses, periods
from dateline.chart_drawing import shape_paths
from dateline.chart_symbols import shapes_of
from dateline.charts import Chart, chart_of
from dateline.drawing_views import YearWords
from dateline.family_views import FamilyViews
from dateline.figure_periods import CutFamily, is_cut
from dateline.figure_views import FamilyView
from dateline.footnotes import Footnotes
from dateline.page_frame import PageFrame
from dateline.page_views import FiguresPage, FiguresPartPage
from dateline.period_words import period_label, sheet_label, sheet_number
from dateline.periods import Sheet
from dateline.reported import Reported, Reports
from dateline.views import LinkView


class Leaf(NamedTuple):
    """A page of the numbers of a family that is cut, with the pages that have numbers before and after it."""

    family: CutFamily
    sheet: Sheet
    before: Sheet | None
    after: Sheet | None

    @property
    def path(self) -> str:
        """The page in the site."""
        return self.page_of(self.sheet)

    def page_of(self, sheet: Sheet) -> str:
        """Return another page of the same family."""
        return addresses.figures_of(self.family.reports.id, sheet.period.key, sheet.sheet)

    @property
    def data(self) -> str:
        """The data of its chart in the site."""
        return addresses.charts_of(self.family.reports.id, self.sheet.period.key, self.sheet.sheet)

    @property
    def numbers(self) -> Sequence[Reported]:
        """The numbers that stand on it."""
        return [self.family.reports.numbers[place] for place in self.sheet.entries]


class FigurePages:
    """The pages of the numbers of one timeline, as contexts of their templates, and their data."""

    def __init__(self, found: Sequence[Reports], frame: PageFrame, footnotes: Footnotes) -> None:
        self._found = found
        self._frame = frame
        self._footnotes = footnotes
        self._presenter = frame.presenter
        self._views = FamilyViews(frame.presenter)

    def __bool__(self) -> bool:
        """Tell whether any number is reported."""
        return bool(self._found)

    @cached_property
    def _cut(self) -> Mapping[str, CutFamily]:
        return {family.id: CutFamily(family) for family in self._found if is_cut(family)}

    @cached_property
    def _charts(self) -> Mapping[str, Chart]:
        """The charts of the families that are whole, by their ids; a voice has one symbol in all of them."""
        drawn = [chart_of(family) for family in self._found if family.id not in self._cut]
        charts = [chart for chart in drawn if chart]
        shapes = shapes_of(chart.reports.voices for chart in charts)
        paired = zip(charts, shapes, strict=True)
        return {chart.reports.id: chart._replace(shapes=symbols) for chart, symbols in paired}

    @cached_property
    def leaves(self) -> Sequence[Leaf]:
        """The pages of the families that are cut, in the order in which they are read."""
        return tuple(leaf for family in self._cut.values() for leaf in _leaves(family))

    def paths(self) -> Iterator[str]:
        """Yield the pages that search engines may list: none that shows nothing but another one of them."""
        for leaf in self.leaves:
            if periods.shown(leaf.sheet.period) is leaf.sheet.period:
                yield leaf.path

    def script(self) -> str:
        """Return the data of the charts on the page of all families."""
        return self._views.script(self._charts)

    def whole(self, plotly_styles: Markup) -> FiguresPage:
        """Return the context of the page of all families."""
        translate = self._presenter.words.gettext
        about = translate("The numbers that the sources of this timeline give, and who gives them.")
        families = [self._family(family) for family in self._found if len(family.numbers) > 1]
        singles = [self._views.family(family, None) for family in self._found if len(family.numbers) == 1]
        return FiguresPage(
            site=self._frame.site,
            page=self._frame.page(addresses.FIGURES, translate("Figures"), about),
            plotly_styles=plotly_styles,
            data=addresses.CHARTS,
            families=tuple(families),
            singles=tuple(singles),
            shapes=shape_paths(),
            year_words=self._year_words,
            footnotes=self._footnotes.numbered(_cited([*families, *singles])),
        )

    def _family(self, family: Reports) -> FamilyView:
        cut = self._cut.get(family.id)
        return self._views.parts(cut, cut.root) if cut else self._views.family(family, self._charts.get(family.id))

    def outline(self, leaf: Leaf, plotly_styles: Markup) -> FiguresPartPage:
        """Return the context of a page of a period, without the numbers that stand on it."""
        presenter, family, sheet = self._presenter, leaf.family.reports.family, leaf.sheet
        view = self._views.parts(leaf.family, sheet.period) if sheet.period.children and sheet.sheet == 1 else None
        title = presenter.words.gettext(", ").join((family.label, sheet_label(sheet, presenter)))
        return FiguresPartPage(
            site=self._frame.site,
            page=self._frame.page(leaf.path, title),
            plotly_styles=plotly_styles,
            data=leaf.data,
            trail=tuple(self._trail(leaf)),
            label=period_label(sheet.period.name, presenter),
            count=self._views.count(sheet.period.number),
            sheet=sheet_number(sheet, presenter),
            around=view,
            family=None,
            shapes=shape_paths(),
            year_words=self._year_words,
            footnotes=(),
            listed=addresses.on_figures(leaf.family.reports.id),
            previous=self._link(leaf, leaf.before),
            following=self._link(leaf, leaf.after),
        )

    def filled(self, outline: FiguresPartPage, leaf: Leaf) -> tuple[FiguresPartPage, str]:
        """Return the context with the numbers that stand on the page, and the script of their chart, if any."""
        if not leaf.sheet.entries:
            return outline, ""
        shown = leaf.family.shown(leaf.sheet)
        chart = chart_of(shown)
        view = self._views.family(shown, chart)
        page = outline._replace(family=view, footnotes=self._footnotes.numbered(_cited([view])))
        return page, self._views.script({shown.id: chart}) if chart else ""

    def _trail(self, leaf: Leaf) -> Iterable[LinkView]:
        family, sheet = leaf.family.reports, leaf.sheet
        yield LinkView(addresses.FIGURES, self._presenter.words.gettext("Figures"))
        yield LinkView(addresses.on_figures(family.id), family.family.label)
        around = [outer for outer in sheet.above if periods.shown(outer) is outer]
        for period in [*around, *([sheet.period] if sheet.sheet > 1 else [])]:
            yield LinkView(addresses.figures_of(family.id, period.key), period_label(period.name, self._presenter))

    def _link(self, leaf: Leaf, sheet: Sheet | None) -> LinkView | None:
        return LinkView(leaf.page_of(sheet), sheet_label(sheet, self._presenter)) if sheet else None

    @property
    def _year_words(self) -> YearWords:
        return YearWords(*self._presenter.display.year_patterns())


def _leaves(family: CutFamily) -> Iterable[Leaf]:
    held = [sheet for sheet in family.sheets if sheet.entries]
    place = 0
    for sheet in family.sheets:
        here = bool(sheet.entries)
        before = held[place - 1] if place else None
        after = held[place + here] if place + here < len(held) else None
        yield Leaf(family, sheet, before, after)
        place += here


def _cited(families: Iterable[FamilyView]) -> Iterable[int]:
    return (number.footnote for family in families for number in family.numbers)
