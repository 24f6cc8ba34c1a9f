"""Pages → their fingerprints, taken from what they are made of before they are made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from dateline import fingerprints
from dateline.entry_views import KEPT
from dateline.events import LIST_SEPARATOR, Citation, Entry
from dateline.fingerprints import Files
from dateline.page_frame import PageFrame
from dateline.page_views import PeriodPage, ProofPartPage
from dateline.proof import paragraph_label
from dateline.source_text import Cited
from dateline.sources import Source

_NOBODY = ("", "", "", "")


class PageKeys:
    """The fingerprints of the pages of one site.

    The counts of entries, sources and quotes are part of each only where templates of the user's may show them: of the
    shipped ones, `index.html` alone does, and all of the timeline is part of its own.
    """

    def __init__(self, files: Files, frame: PageFrame) -> None:
        self._presenter = presenter = frame.presenter
        config = presenter.timeline.config
        made = frame.made_of(counts=files.is_own)
        self._site = made[0]
        categories = list(presenter.categories.values())
        self._shared = fingerprints.of(files.program, files.templates, config, categories, made)
        self._sources: dict[str, str] = {}
        self._entries: dict[int, str] = {}

    def entry(self, place: int) -> str:
        """Return the fingerprint of the page of an entry, given its place in the timeline."""
        entries = self._presenter.timeline.entries
        before = self._head(entries[place - 1]) if place else _NOBODY
        after = self._head(entries[place + 1]) if place + 1 < len(entries) else _NOBODY
        return fingerprints.of_texts(self._shared, self._whole(place), *before, *after)

    def period(self, outline: PeriodPage, places: Iterable[int]) -> str:
        """Return the fingerprint of the page of a period, given the places of the entries that it shows."""
        return fingerprints.of_texts(self.of("period.html", self.outline(outline)), *map(self._whole, places))

    def source(self, source: Source, cited: Iterable[Cited]) -> str:
        """Return the fingerprint of a source's page; what its text is made into follows from its bytes."""
        texts = [self._shared, self._source(source)]
        for entry, citation, proof in cited:
            texts += [citation.anchor, str(proof.passage.spans), *self._head(entry), entry.category]
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
        return fingerprints.of_texts(self.of("proof-part.html", self.outline(outline)), *map(self._whole, places))

    def of(self, *values: Any) -> str:  # noqa: ANN401 - as `fingerprints.of` takes them
        """Return the fingerprint of a page that is made of these values alone."""
        return fingerprints.of(self._shared, values)

    def outline(self, context: Any) -> Any:  # noqa: ANN401 - a page of `page_views`
        """Return a context without the counts of the site, if no template shows them."""
        return context._replace(site=self._site)

    def _whole(self, place: int) -> str:
        """Return the fingerprint of all that is shown of an entry: itself, and what stands beside it."""
        if place not in self._entries:
            if len(self._entries) >= KEPT:
                self._entries.clear()
            entries, entry = self._presenter.entries, self._presenter.timeline.entries[place]
            texts = self._told(entry)
            # Where a list can be of any length, how long it is stands before it.
            others = self._presenter.conflicts_of(entry)
            texts.append(str(len(others)))
            for other in others:
                texts += self._told(entries[other])
            for other in entry.related:
                texts += self._head(entries[other])
            self._entries[place] = fingerprints.of_texts(*texts)
        return self._entries[place]

    def _told(self, entry: Entry) -> list[str]:
        """Return what an entry itself says, and what was found of its quotes."""
        number = str(len(entry.citations))
        tags = LIST_SEPARATOR.join(entry.tags)
        texts = [*self._head(entry), entry.date_note, entry.summary, entry.category, entry.place, tags, number]
        for citation in entry.citations:
            texts += self._cited(citation)
        return texts

    def _head(self, entry: Entry) -> tuple[str, str, str, str]:
        """Return what other pages show of an entry; how dates are shown is shared by all."""
        return entry.id, entry.title, entry.date.text, self._presenter.timeline_page(entry.id)

    def _cited(self, citation: Citation) -> tuple[str, ...]:
        """Return what a citation says, all but its line, and where its words stand."""
        anchor, name, quote, _, _, attribution, figures, _ = citation
        source = self._presenter.timeline.sources.get(name)
        known = self._source(source) if source else name
        found = self._presenter.proofs.get(anchor)
        place = f"{found.passage[:]} {found.paragraphs} {found.left_out}" if found else ""
        return anchor, quote, attribution, repr(figures) if figures else "", known, place

    def _source(self, source: Source) -> str:
        """Return the fingerprint of a source itself: its bytes, what is known of it, and its number."""
        if source.name not in self._sources:
            known = source._replace(text="", paragraphs=(), markup=())
            number = self._presenter.footnotes[source.name]
            self._sources[source.name] = fingerprints.of(known, number, self._presenter.source_title(source))
        return self._sources[source.name]
