"""The page of each entry, with the way to the ones before and after it."""

from __future__ import annotations

from dateline import json_ld, markdown
from dateline.entry_views import KEPT
from dateline.footnotes import Footnotes
from dateline.page_frame import PageFrame
from dateline.page_views import EntryPage
from dateline.present import Presenter
from dateline.views import EntryView, LinkView


class EntryPages:
    """The pages of the entries of one timeline, as contexts of their template."""

    def __init__(self, presenter: Presenter, frame: PageFrame, footnotes: Footnotes) -> None:
        self._presenter = presenter
        self._frame = frame
        self._footnotes = footnotes
        self._links: dict[int, LinkView] = {}

    def page(self, place: int, entry: EntryView) -> EntryPage:
        """Return the context of an entry's page, given its place in the timeline and how it is shown."""
        description = markdown.plain_text(entry.summary) if entry.summary else self._presenter.headline(entry)
        data = json_ld.entry_data(entry, description, self._presenter.timeline.config)
        page = self._frame.page(entry.page, entry.title, description, "article", data=data, entry=entry)
        before, after = self._turn(place - 1), self._turn(place + 1)
        return EntryPage(self._frame.site, page, entry, before, after, self._footnotes.of([entry]))

    def _turn(self, place: int) -> LinkView | None:
        # The page before an entry leads to it, and the one behind it.
        link = self._links.get(place)
        if link is None:
            entries = self._presenter.timeline.entries
            if not 0 <= place < len(entries):
                return None
            if len(self._links) >= KEPT:
                self._links.clear()
            entry = entries[place]
            link = self._links[place] = LinkView(self._presenter.page(entry.id), self._presenter.headline_of(entry))
        return link
