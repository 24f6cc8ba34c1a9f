"""The pages that are about sources: each with its passages marked, and the list of them."""

from __future__ import annotations

from collections.abc import Mapping

from dateline import addresses, markdown
from dateline.page_frame import PageFrame
from dateline.page_views import SourcePage, SourcesPage
from dateline.passage_strip import passage_views
from dateline.present import Presenter
from dateline.proof import Proof
from dateline.source_text import Cited, cited_share, paragraph_views, passages_of
from dateline.sources import Source
from dateline.text_scale import TextScale
from dateline.views import SourceView


class SourcePages:
    """The pages about the sources of one timeline, as contexts of their templates."""

    def __init__(self, presenter: Presenter, frame: PageFrame) -> None:
        self._presenter = presenter
        self._frame = frame
        self._views: dict[str, SourceView] = {}
        self.cited = _cited(presenter)

    def page(self, source: Source) -> SourcePage:
        """Return the context of a source's page."""
        view, scale = self._view(source), TextScale(source)
        passages = passages_of(self.cited.get(source.name, ()), self._presenter)
        return SourcePage(
            site=self._frame.site,
            page=self._frame.page(view.href, markdown.plain_text(view.title), kind="article"),
            source=view,
            paragraphs=paragraph_views(source, passages, scale, self._presenter),
            passages=passage_views(source, passages, scale),
        )

    def sources(self) -> SourcesPage:
        """Return the context of the list of sources."""
        page = self._frame.page(addresses.SOURCES, self._presenter.words.gettext("Sources"))
        return SourcesPage(self._frame.site, page, self._all())

    def _all(self) -> tuple[SourceView, ...]:
        return tuple(map(self._view, self._presenter.timeline.sources.values()))

    def _view(self, source: Source) -> SourceView:
        if source.name not in self._views:
            self._views[source.name] = self._made(source)
        return self._views[source.name]

    def _made(self, source: Source) -> SourceView:
        cited = self.cited.get(source.name, ())
        full = self._presenter.display.full
        return SourceView(
            name=source.name,
            title=self._presenter.source_title(source),
            author=source.author,
            publisher=source.publisher,
            published=self._presenter.published[source.name],
            lang=self._presenter.language_of(source),
            url=source.url,
            archive_url=source.archive_url,
            archive_date=full(source.archive_date) if source.archive_date else "",
            retrieved=full(source.retrieved) if source.retrieved else "",
            note=source.note,
            publish=source.publish,
            sha256=source.sha256,
            href=addresses.source_page(source),
            entries=len({item.entry.id for item in cited}),
            citations=len(cited),
            share=self._presenter.per_cent(cited_share(source, cited)),
        )


def _cited(presenter: Presenter) -> dict[str, list[Cited]]:
    """Return what is cited of each source, in order of the timeline."""
    cited: dict[str, list[Cited]] = {}
    proofs: Mapping[str, Proof] = presenter.proofs
    for entry, citation in presenter.timeline.citations():
        found = proofs.get(citation.anchor)
        if found:
            cited.setdefault(citation.source, []).append(Cited(entry, citation, found))
    return cited
