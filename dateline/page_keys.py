"""Pages → their fingerprints, taken from what they are made of before they are made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from dateline import fingerprints
from dateline.events import Entry
from dateline.fingerprints import Files
from dateline.page_frame import PageFrame
from dateline.page_views import PeriodPage
from dateline.source_text import Cited
from dateline.sources import Source
from dateline.views import EntryView, FootnoteView, LinkView, SourceView

NO_LINK = LinkView("", "")


class PageKeys:
    """The fingerprints of the pages of one site.

    The counts of entries, sources and quotes are part of each only where templates of the user's may show them: of the
    shipped ones, `index.html` alone does, and all of the timeline is part of its own.
    """

    def __init__(self, files: Files, frame: PageFrame) -> None:
        self._presenter = frame.presenter
        config = frame.presenter.timeline.config
        made = frame.made_of(counts=files.is_own)
        self._site = made[0]
        self._shared = fingerprints.of(files.program, files.templates, config, made)
        self._entries: dict[str, str] = {}

    def entry(
        self, entry: EntryView, before: LinkView | None, after: LinkView | None, footnotes: Sequence[FootnoteView]
    ) -> str:
        """Return the fingerprint of an entry's page."""
        notes = [str(part) for footnote in footnotes for part in footnote]
        # Each of these has always the same number of texts.
        turns = (*(before or NO_LINK), *(after or NO_LINK))
        return fingerprints.of_texts(self._shared, self._entry(entry), *turns, *notes)

    def source(self, source: Source, view: SourceView, cited: Sequence[Cited]) -> str:
        """Return the fingerprint of a source's page; what its text is made into follows from its bytes."""
        known = source._replace(text="", paragraphs=(), markup=())
        passages = [(item.citation.anchor, item.proof.passage.spans, *self._head(item.entry)) for item in cited]
        return fingerprints.of(self._shared, known, view, passages)

    def period(self, context: PeriodPage) -> str:
        """Return the fingerprint of a page of a period."""
        shown = [(year.year, year.anchor, [self._entry(entry) for entry in year.entries]) for year in context.years]
        return self.context("period.html", replace(context, years=()), shown)

    def context(self, template: str, context: Any, *others: Any) -> str:  # noqa: ANN401 - a page of `page_views`
        """Return the fingerprint of a page that is made of its context alone, and of what else is given."""
        return fingerprints.of(self._shared, template, replace(context, site=self._site), others)

    def _entry(self, entry: EntryView) -> str:
        if entry.id not in self._entries:
            self._entries[entry.id] = fingerprints.of(entry)
        return self._entries[entry.id]

    def _head(self, entry: Entry) -> tuple[Any, ...]:
        """Return what the page of a source shows of an entry; how dates and categories are shown is shared by all."""
        return entry.id, entry.title, entry.date, entry.category, self._presenter.on_timeline(entry.id)
