"""The sources that a page cites, as the notes that stand at its end on paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dateline import addresses
from dateline.present import Presenter
from dateline.sources import Source
from dateline.views import CitationView, EntryView, FootnoteView


class Footnotes:
    """The notes of one site, by the numbers that its sources have on all pages; each is made when a page has it."""

    def __init__(self, presenter: Presenter) -> None:
        self._presenter = presenter
        self._sources = tuple(presenter.timeline.sources.values())
        self._made: dict[int, FootnoteView] = {}

    def of(self, entries: Iterable[EntryView]) -> tuple[FootnoteView, ...]:
        """Return the notes of a page that shows these entries."""
        cited = {citation.footnote for entry in entries for citation in _shown(entry)}
        # A citation without a source has no number of a footnote; those of the others count the sources from 1.
        return tuple(map(self._note, sorted(cited - {0})))

    def _note(self, number: int) -> FootnoteView:
        if number not in self._made:
            source = self._sources[number - 1]
            presenter = self._presenter
            named = (presenter.source_title(source), source.publisher, presenter.published[source.name])
            label = ", ".join(filter(None, named))
            self._made[number] = FootnoteView(number, label, self._address_of(source))
        return self._made[number]

    def _address_of(self, source: Source) -> str:
        """Return where a reader of a printed page finds a source: on this site if that has an address."""
        address, page = self._presenter.timeline.config.address, addresses.source_page(source)
        return addresses.absolute(address, page) if address else source.url or page


def _shown(entry: EntryView) -> Iterator[CitationView]:
    """Yield the citations that stand on an entry's page: its own, and those of the entries that differ from it."""
    yield from entry.citations
    yield from (claim.citation for difference in entry.differences for claim in difference.claims if claim.citation)
