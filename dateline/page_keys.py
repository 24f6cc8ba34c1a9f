"""Pages → their fingerprints, taken from what they are made of before they are made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from dateline import fingerprints
from dateline.entry_views import KEPT
from dateline.events import LIST_SEPARATOR, Entry
from dateline.fingerprints import Files
from dateline.page_frame import PageFrame
from dateline.page_views import FiguresPartPage, PeriodPage, ProofPartPage
from dateline.proof import paragraph_label
from dateline.reported import Reported
from dateline.source_text import Cited
from dateline.sources import Source

_NOBODY = ("", "", "")


class PageKeys:
    """The fingerprints of the pages of one site.

    The counts of entries, sources and quotes are part of each only where templates of the user's may show them: of the
    shipped ones, `index.html` alone does, and all of the timeline is part of its own.
    """

    def __init__(self, files: Files, frame: PageFrame) -> None:
        self._presenter = presenter = frame.presenter
        self._timeline = presenter.timeline
        config = presenter.timeline.config
        made = frame.made_of(counts=files.is_own)
        self._site = made[0]
        categories = list(presenter.categories.values())
        # What is published of them is made by the program alone, and plotly.js is of one of the packages.
        self.assets = fingerprints.of(files.program, files.assets)
        self._shared = fingerprints.of(files.program, files.templates, config, categories, made)
        self._sources: dict[str, str] = {}
        self._entries: dict[int, str] = {}

    def entry(self, place: int) -> str:
        """Return the fingerprint of the page of an entry, given its place in the timeline."""
        key = self._entries.get(place)
        if key is None:
            if len(self._entries) >= KEPT:
                self._entries.clear()
            texts = [self._shared, *self._beside(place - 1), *self._beside(place + 1)]
            key = self._entries[place] = fingerprints.of_texts(*texts, *self._shown(self._timeline.entries[place]))
        return key

    def period(self, outline: PeriodPage, places: Iterable[int]) -> str:
        """Return the fingerprint of the page of a period, given the places of the entries that it shows.

        What their own pages are made of is all that this one shows, and little more.
        """
        return fingerprints.of_texts(self.of("period.html", self.outline(outline)), *map(self.entry, places))

    def source(self, source: Source, cited: Iterable[Cited], hashed: str) -> str:
        """Return the fingerprint of a source's page; what its text is made into follows from its bytes.

        `hashed` is where its whole SHA-256 stands.
        """
        texts = [self._shared, self._source(source), hashed]
        for entry, citation, proof in cited:
            texts += (citation.anchor, repr(proof.passage.spans), entry.category, *self._head(entry))
        return fingerprints.of_texts(*texts)

    def proofs(self, outline: ProofPartPage, proved: Iterable[tuple[str, Sequence[Cited]]]) -> str:
        """Return the fingerprint of a page of proofs, given the names of sources and what it shows of each."""
        presenter = self._presenter
        texts = [self.of("proof-part.html", self.outline(outline))]
        for name, cited in proved:
            source = presenter.timeline.sources[name]
            # Not its number, which is another where a source comes before it.
            texts += [name, source.page, source.publish, presenter.source_name(source), str(len(cited))]
            for entry, citation, (_, passage, paragraphs, left_out) in cited:
                told = f"{passage.grade} {paragraph_label(paragraphs)} {left_out}"
                texts += [citation.anchor, citation.attribution, told, *self._head(entry)]
        return fingerprints.of_texts(*texts)

    def differing(self, outline: ProofPartPage, places: Iterable[int]) -> str:
        """Return the fingerprint of a page of differences, given the places of the entries that it shows."""
        return fingerprints.of_texts(self.of("proof-part.html", self.outline(outline)), *map(self.entry, places))

    def figures(self, outline: FiguresPartPage, numbers: Iterable[Reported]) -> str:
        """Return the fingerprint of a page of numbers and of the data of its chart, given the numbers that it shows."""
        texts = [self.of("figures-part.html", self.outline(outline))]
        for number in numbers:
            # All figures of an entry are part of what it says; these tell which of them stands here.
            texts += (number.citation.anchor, number.series.key, repr(number.figure), *self._told(number.entry))
        return fingerprints.of_texts(*texts)

    def of(self, *values: Any) -> str:  # noqa: ANN401 - as `fingerprints.of` takes them
        """Return the fingerprint of a page that is made of these values alone."""
        return fingerprints.of(self._shared, values)

    def outline(self, context: Any) -> Any:  # noqa: ANN401 - a page of `page_views`
        """Return a context without the counts of the site, if no template shows them."""
        return context._replace(site=self._site)

    def _beside(self, place: int) -> tuple[str, str, str]:
        """Return what the page of an entry shows of the one before or after it."""
        if not 0 <= place < len(self._timeline.entries):
            return _NOBODY
        entry = self._timeline.entries[place]
        return entry.id, entry.title, entry.date.text

    def _shown(self, entry: Entry) -> list[str]:
        """Return all that is shown of an entry: itself, and what stands beside it."""
        entries, others, texts = self._presenter.entries, self._presenter.conflicts_of(entry), self._told(entry)
        # Where a list can be of any length, how long it is stands before it.
        texts.append(str(len(others)))
        for other in others:
            texts += self._told(entries[other])
        for other in entry.related:
            texts += self._head(entries[other])
        return texts

    def _told(self, entry: Entry) -> list[str]:
        """Return what an entry itself says, and what was found of its quotes."""
        _, _, note, _, summary, category, place, tags, citations, _, _, _ = entry
        texts = [*self._head(entry), note, summary, category, place, LIST_SEPARATOR.join(tags), str(len(citations))]
        proofs, known = self._presenter.proofs, self._sources
        for anchor, name, quote, _, _, attribution, figures, _ in citations:
            found = proofs.get(anchor)
            # In which paragraphs that is follows from the source, and how many words are left out from the quote.
            where = repr(found.passage.spans) if found else ""
            source = known.get(name) or self._named(name)
            texts += (anchor, quote, attribution, repr(figures) if figures else "", source, where)
        return texts

    def _head(self, entry: Entry) -> tuple[str, str, str, str]:
        """Return what other pages show of an entry; how dates are shown is shared by all."""
        return entry.id, entry.title, entry.date.text, self._presenter.timeline_page(entry.id)

    def _named(self, name: str) -> str:
        source = self._timeline.sources.get(name)
        return self._source(source) if source else name

    def _source(self, source: Source) -> str:
        """Return the fingerprint of a source itself: its bytes, what is known of it, and its number."""
        key = self._sources.get(source.name)
        if key is None:
            dates = [date.text if date else "" for date in (source.published, source.archive_date, source.retrieved)]
            told = source.title, source.author, source.publisher, source.language, source.url, source.archive_url
            number, title = str(self._presenter.footnotes[source.name]), self._presenter.source_title(source)
            texts = (source.name, source.page, source.sha256, source.publish, source.note, number, title, *dates, *told)
            key = self._sources[source.name] = fingerprints.of_texts(*texts)
        return key
