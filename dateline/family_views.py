"""Families of numbers → what the templates show of them, and the data from which Plotly draws their charts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from dateline import addresses, dates
from dateline.chart_drawing import chart_view, ranges_view, rule_labels
from dateline.chart_words import words_of
from dateline.charts import NARROW, WIDE, Chart, chart_of, color_of, figure, left_margin
from dateline.data_script import data_script
from dateline.figure_periods import CutFamily, Part, Range, ranges_of
from dateline.figure_views import FamilyView, NumberView, PartView, RangeView, SeriesView, VoiceView
from dateline.overview_view import ticks
from dateline.period_words import period_label
from dateline.periods import Period
from dateline.present import Presenter
from dateline.reported import Reported, Reports, series_note
from dateline.views import LinkView, RunView

# How many characters of a quote are shown before its number and behind it.
BEFORE, AFTER = 60, 90
OMISSION = " […] "


class FamilyViews:
    """Shows the families of one timeline."""

    def __init__(self, presenter: Presenter) -> None:
        self._presenter = presenter

    def family(self, family: Reports, chart: Chart | None) -> FamilyView:
        """Return a family whose numbers are all told one by one."""
        numbers = tuple(self._number(item, family, chart) for item in family.numbers)
        voices = [VoiceView(*each) for each in zip(family.voices, chart.shapes, strict=True)] if chart else []
        view = self._outline(family, len(numbers))._replace(voices=tuple(voices), numbers=numbers)
        return view._replace(chart=chart_view(chart, self._presenter)) if chart else view

    def parts(self, family: CutFamily, around: Period) -> FamilyView:
        """Return what is told of the parts of a period, whose numbers stand on pages of their own."""
        within = family.within(around)
        told = [(part, tuple(ranges_of(part.numbers, within.series))) for part in family.parts(around)]
        chart = chart_of(within)
        view = self._outline(within, len(within.numbers))
        return view._replace(
            ranges=ranges_view(chart, told, self._presenter) if chart else None,
            parts=tuple(self._part(family, within, part, ranges) for part, ranges in told),
        )

    def script(self, charts: Mapping[str, Chart]) -> str:
        """Return the script that hands charts over to a page, by an event on its document."""
        return data_script("dateline:figures", {name: self._data(chart) for name, chart in charts.items()})

    def count(self, number: int) -> str:
        """Return how many numbers there are, in words."""
        words = self._presenter.words
        return words.ngettext("{n} number", "{n} numbers", number).format(n=self._presenter.integer(number))

    def _part(self, family: CutFamily, within: Reports, part: Part, ranges: Iterable[Range]) -> PartView:
        presenter = self._presenter
        return PartView(
            label=period_label(part.period.name, presenter),
            href=addresses.figures_of(family.reports.id, part.period.key),
            rest=presenter.words.gettext("Without a closer date") if part.is_rest else "",
            ranges=tuple(self._range(each, within) for each in ranges),
        )

    def _range(self, told: Range, within: Reports) -> RangeView:
        return RangeView(
            label=told.series.label,
            color=color_of(within.series.index(told.series)),
            number=self._presenter.integer(told.number),
            lowest=self._said(told.lowest),
            highest=self._said(told.highest),
        )

    def _said(self, number: Reported) -> LinkView:
        source = self._presenter.timeline.sources[number.citation.source]
        return LinkView(addresses.passage(number.citation, source), self._presenter.number(number.figure))

    def _outline(self, family: Reports, number: int) -> FamilyView:
        presenter = self._presenter
        series = [
            SeriesView(each.label, color_of(number), number, series_note(each, presenter.display, presenter.words))
            for number, each in enumerate(family.series)
        ]
        return FamilyView(
            id=family.id,
            label=family.family.label,
            unit=family.family.unit,
            count=self.count(number),
            series=tuple(series),
            voices=(),
            chart=None,
            ranges=None,
            parts=(),
            numbers=(),
        )

    def _number(self, item: Reported, family: Reports, chart: Chart | None) -> NumberView:
        presenter = self._presenter
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
        rules = rule_labels(chart, self._presenter)
        made = figure(chart, left_margin(rules))
        made["layout"]["yaxis"]["ticktext"] = rules
        labels = [self._presenter.number(item.figure) for item in chart.reports.numbers]
        return {
            **made,
            "label": chart.reports.family.label,
            "percent": all(series.unit == "%" for series in chart.reports.series),
            "ticks": {"wide": self._ticks(chart, wide=True), "narrow": self._ticks(chart, wide=False)},
            "words": {name: list(_words(chart, labels, width)) for name, width in (("wide", WIDE), ("narrow", NARROW))},
        }

    def _ticks(self, chart: Chart, *, wide: bool) -> list[tuple[int, str]]:
        return [(round(chart.day(place)), label) for place, label in ticks(chart.ticks(wide=wide), self._presenter)]


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
