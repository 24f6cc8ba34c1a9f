"""The sources that a page cites, as the notes that stand at its end on paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dateline import addresses
from dateline.present import Presenter
from dateline.sources import Source
from dateline.views import EntryView, FootnoteView


class Footnotes:
    """The notes of one site, by the numbers that its sources have on all pages; each is made when a page has it."""

    def __init__(self, presenter: Presenter) -> None:
        self._presenter = presenter
        self._sources = tuple(presenter.timeline.sources.values())
        self._made: dict[int, FootnoteView] = {}

    def of(self, entries: Iterable[EntryView]) -> tuple[FootnoteView, ...]:
        """Return the notes of a page that shows these entries."""
        cited: set[int] = set()
        for entry in entries:
            cited.update([citation.footnote for citation in entry.citations])
            if entry.differences:
                cited.update(_of_others(entry))
        return self.numbered(cited)

    def numbered(self, numbers: Iterable[int]) -> tuple[FootnoteView, ...]:
        """Return the notes of a page that cites the sources with these numbers, in any order."""
        # A citation without a source has no number of a footnote; those of the others count the sources from 1.
        return tuple([self._made.get(number) or self._note(number) for number in sorted({*numbers}) if number])

    def _note(self, number: int) -> FootnoteView:
        source, presenter = self._sources[number - 1], self._presenter
        named = (presenter.source_title(source), source.publisher, presenter.published[source.name])
        label = ", ".join(filter(None, named))
        note = self._made[number] = FootnoteView(number, label, self._address_of(source))
        return note

    def _address_of(self, source: Source) -> str:
        """Return where a reader of a printed page finds a source: on this site if that has an address."""
        address, page = self._presenter.timeline.config.address, addresses.source_page(source)
        return addresses.absolute(address, page) if address else source.url or page


def _of_others(entry: EntryView) -> Iterator[int]:
    """Yield the numbers of the citations that stand on an entry's page as it differs from others."""
    claims = (claim for difference in entry.differences for claim in difference.claims)
    return (claim.citation.footnote for claim in claims if claim.citation)
