"""An entry → what its sources do not say the same of, side by side, as it is shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Protocol

from dateline import addresses, dates
from dateline.date_display import DateDisplay
from dateline.differences import differences
from dateline.events import Citation, Entry, Figure
from dateline.timeline import Timeline
from dateline.views import CitationView, ClaimView, DifferenceView
from dateline.words import Words


class Presents(Protocol):
    """What shows the records of a timeline: `present.Presenter`."""

    timeline: Timeline
    words: Words
    display: DateDisplay
    entries: dict[str, Entry]

    def citation(self, citation: Citation) -> CitationView: ...  # noqa: D102
    def conflicts_of(self, entry: Entry) -> tuple[str, ...]: ...  # noqa: D102
    def number(self, figure: Figure) -> str: ...  # noqa: D102
    def page(self, entry_id: str) -> str: ...  # noqa: D102
    def voice(self, citation: Citation) -> str: ...  # noqa: D102


def differing_views(
    entry: Entry, citations: tuple[CitationView, ...], presenter: Presents
) -> tuple[tuple[DifferenceView, ...], tuple[CitationView, ...]]:
    """Return what the sources of an entry differ on, and those of its citations that are not shown there.

    `citations` are those of the entry as they are shown, `presenter` is what shows all others.
    """
    differing = tuple(_differences(entry, {citation.anchor: citation for citation in citations}, presenter))
    shown = {claim.citation.anchor for difference in differing for claim in difference.claims if claim.citation}
    return differing, tuple([citation for citation in citations if citation.anchor not in shown])


def _differences(entry: Entry, views: Mapping[str, CitationView], presenter: Presents) -> Iterator[DifferenceView]:
    """Yield what the sources of an entry do not agree on; `views` are its citations as shown, by their anchors."""
    translate = presenter.words.gettext
    # The words of each are shown once, however often it differs from others.
    left = dict(views)
    for difference in differences(entry, presenter.timeline.sources, presenter.words.language):
        if difference.about == "date":
            about = translate("Sources differ on the date")
        else:
            label = presenter.timeline.config.series[difference.series].label
            about = translate("Sources differ on the number: {series}").format(series=label)
        claims = (
            _claim(citation, said, left.pop(citation.anchor, None), presenter) for citation, said in difference.claims
        )
        yield DifferenceView(about, tuple(claims))
    others = [presenter.entries[other] for other in presenter.conflicts_of(entry)]
    if others:
        own = next((left[citation.anchor] for citation in entry.citations if citation.anchor in left), None)
        statements = [_statement(entry, own, presenter)]
        statements += [_statement(other, _first(other, presenter), presenter)._replace(theirs=True) for other in others]
        yield DifferenceView(_about(entry, others, presenter), tuple(statements))


def _about(entry: Entry, others: Iterable[Entry], presenter: Presents) -> str:
    """Return what entries that contradict each other do not say the same of: a number, if both report one."""
    own = _reported(entry, presenter)
    for other in others:
        for family, numbers in _reported(other, presenter).items():
            if family in own and own[family] != numbers:
                label = presenter.timeline.config.families[family].label
                return presenter.words.gettext("Entries differ on a number: {family}").format(family=label)
    return presenter.words.gettext("Entries that do not say the same")


def _reported(entry: Entry, presenter: Presents) -> dict[str, set[Decimal]]:
    """Return the numbers that an entry reports, by family."""
    found: dict[str, set[Decimal]] = {}
    for figure in (figure for citation in entry.citations for figure in citation.figures):
        found.setdefault(presenter.timeline.config.series[figure.series].family, set()).add(figure.value)
    return found


def _claim(citation: Citation, said: dates.Point | Figure, view: CitationView | None, presenter: Presents) -> ClaimView:
    source = presenter.timeline.sources[citation.source]
    if isinstance(said, Figure):
        says = presenter.number(said)
    else:
        date = dates.parse(said.text)
        says = presenter.display.full(date) if date else said.text
    return ClaimView(presenter.voice(citation), says, "", addresses.passage(citation, source), view, theirs=False)


def _statement(entry: Entry, view: CitationView | None, presenter: Presents) -> ClaimView:
    """Return one of several entries that contradict each other, with those of its words that are shown."""
    who = next((citation.attribution for citation in entry.citations if citation.attribution), "")
    return ClaimView(who, entry.title, presenter.display.full(entry.date), presenter.page(entry.id), view, theirs=False)


def _first(entry: Entry, presenter: Presents) -> CitationView | None:
    return next((presenter.citation(citation) for citation in entry.citations), None)
