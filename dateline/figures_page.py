"""Reported numbers → the page that shows them, and the data from which Plotly draws its charts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from dateline import addresses, dates, events
from dateline.chart_drawing import chart_view, rule_labels, shape_paths
from dateline.chart_symbols import shapes_of
from dateline.chart_words import words_of
from dateline.charts import NARROW, WIDE, Chart, chart_of, color_of, figure, left_margin
from dateline.data_script import data_script
from dateline.drawing_views import YearWords
from dateline.figure_views import FamilyView, NumberView, SeriesView, VoiceView
from dateline.footnotes import Footnotes
from dateline.overview_view import ticks
from dateline.page_frame import PageFrame
from dateline.page_views import FiguresPage
from dateline.present import Presenter
from dateline.reported import Reported, Reports, reports, series_note
from dateline.views import LinkView, RunView

# How many characters of a quote are shown before its number and behind it.
BEFORE, AFTER = 60, 90
OMISSION = " […] "


class Numbers:
    """The families of one timeline with their charts; where there are no numbers, there is none."""

    def __init__(self, presenter: Presenter) -> None:
        self.presenter = presenter
        found = reports(presenter.timeline, presenter.voice)
        charts = [chart_of(family) for family in found]
        shapes = iter(shapes_of(chart.reports.voices for chart in charts if chart))
        charts = [chart and chart._replace(shapes=next(shapes)) for chart in charts]
        self._drawn = list(zip(found, charts, strict=True))

    def __bool__(self) -> bool:
        return bool(self._drawn)

    def page(self, frame: PageFrame, footnotes: Footnotes, plotly_styles: Markup) -> FiguresPage:
        """Return the context of the page; its policy allows the styles of plotly.js."""
        presenter = self.presenter
        translate = presenter.words.gettext
        about = translate("The numbers that the sources of this timeline give, and who gives them.")
        reporting = map(presenter.entry, filter(events.reports, presenter.timeline.entries))
        return FiguresPage(
            site=frame.site,
            page=frame.page(addresses.FIGURES, translate("Figures"), about),
            plotly_styles=plotly_styles,
            data=addresses.CHARTS,
            families=self.families(),
            singles=self.singles(),
            shapes=shape_paths(),
            year_words=YearWords(*presenter.display.year_patterns()),
            footnotes=footnotes.of(reporting),
        )

    def families(self) -> tuple[FamilyView, ...]:
        """Return the families of which more than one number is reported."""
        several = [(family, chart) for family, chart in self._drawn if len(family.numbers) > 1]
        return tuple(self._family(family, chart) for family, chart in several)

    def singles(self) -> tuple[FamilyView, ...]:
        """Return the families of which one number alone is reported."""
        return tuple(self._family(family, None) for family, _ in self._drawn if len(family.numbers) == 1)

    def script(self) -> str:
        """Return the script that hands the charts over to the page, by an event on its document."""
        charts = {family.id: self._data(chart) for family, chart in self._drawn if chart}
        return data_script("dateline:figures", charts)

    def _family(self, family: Reports, chart: Chart | None) -> FamilyView:
        presenter = self.presenter
        series = [
            SeriesView(each.label, color_of(number), number, series_note(each, presenter.display, presenter.words))
            for number, each in enumerate(family.series)
        ]
        voices = [VoiceView(*each) for each in zip(family.voices, chart.shapes, strict=True)] if chart else []
        return FamilyView(
            id=family.id,
            label=family.family.label,
            unit=family.family.unit,
            series=tuple(series),
            voices=tuple(voices),
            chart=chart_view(chart, presenter) if chart else None,
            numbers=tuple(self._number(item, family, chart) for item in family.numbers),
        )

    def _number(self, item: Reported, family: Reports, chart: Chart | None) -> NumberView:
        presenter = self.presenter
        citation = presenter.citation(item.citation)
        number = family.series.index(item.series)
        words, cut_before, cut_after = excerpt(presenter.runs(item.citation, [item.figure]))
        origin = ", ".join(part for part in (citation.source, citation.published, citation.paragraph) if part)
        return NumberView(
            id=item.id,
            number=presenter.number(item.figure),
            label=item.series.label,
            color=color_of(number),
            shape=chart.shapes[family.voices.index(item.voice)] if chart else "",
            date=presenter.display.full(item.entry.date),
            datetime=dates.datetime_attribute(item.entry.date),
            entry=presenter.link(item.entry.id),
            voice=item.voice,
            words=words,
            cut_before=cut_before,
            cut_after=cut_after,
            lang=citation.lang,
            source=LinkView(citation.href, origin),
            footnote=citation.footnote,
        )

    def _data(self, chart: Chart) -> Mapping[str, Any]:
        """Return what the page's script needs beside the figure: the words that it has from the server."""
        rules = rule_labels(chart, self.presenter)
        made = figure(chart, left_margin(rules))
        made["layout"]["yaxis"]["ticktext"] = rules
        labels = [self.presenter.number(item.figure) for item in chart.reports.numbers]
        return {
            **made,
            "label": chart.reports.family.label,
            "percent": all(series.unit == "%" for series in chart.reports.series),
            "ticks": {"wide": self._ticks(chart, wide=True), "narrow": self._ticks(chart, wide=False)},
            "words": {name: list(_words(chart, labels, width)) for name, width in (("wide", WIDE), ("narrow", NARROW))},
        }

    def _ticks(self, chart: Chart, *, wide: bool) -> list[tuple[int, str]]:
        return [(round(chart.day(place)), label) for place, label in ticks(chart.ticks(wide=wide), self.presenter)]


def _words(chart: Chart, labels: Sequence[str], width: int) -> Iterator[Mapping[str, Any]]:
    by_number = {point.number: point for point in chart.points}
    for word in words_of(chart, labels, width):
        point = by_number[word.number]
        anchor = {"start": "left", "middle": "center", "end": "right"}[word.anchor]
        yield {
            "x": point.day,
            "y": point.value,
            "dx": word.dx,
            "dy": word.dy,
            "anchor": anchor,
            "text": word.text,
            "series": point.series,
        }


def excerpt(parts: Sequence[Sequence[RunView]]) -> tuple[tuple[RunView, ...], bool, bool]:
    """Return the part of a quote that holds its numbers, whole words of it, and whether it is cut before and behind.

    Where the quote is short it is returned whole.
    """
    runs: list[RunView] = []
    for number, part in enumerate(parts):
        runs += [RunView(OMISSION, is_number=False)] if number else []
        runs += part
    places = [index for index, run in enumerate(runs) if run.is_number]
    first, last = (places[0], places[-1]) if places else (0, -1)
    lead, tail = _text(runs[:first]), _text(runs[last + 1 :])
    before = lead if len(lead) <= BEFORE else lead[-BEFORE:].partition(" ")[2]
    after = tail if len(tail) <= AFTER else tail[:AFTER].rpartition(" ")[0]
    middle = _shortened(runs[first : last + 1])
    shown = (RunView(before, is_number=False), *middle, RunView(after, is_number=False))
    return tuple(run for run in shown if run.text), before != lead, after != tail


def _shortened(runs: Sequence[RunView]) -> Iterator[RunView]:
    """Yield the runs from the first number to the last, what stands between two of them cut where it is long."""
    for run in runs:
        if not run.is_number and len(run.text) > BEFORE + AFTER:
            yield RunView(run.text[:AFTER].rpartition(" ")[0] + " … ", is_number=False)
            yield RunView(run.text[-BEFORE:].partition(" ")[2], is_number=False)
        else:
            yield run


def _text(runs: Sequence[RunView]) -> str:
    return "".join(run.text for run in runs)
