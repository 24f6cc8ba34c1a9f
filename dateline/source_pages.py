"""The pages that are about sources: each with its passages marked, and the list of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from dateline import addresses, markdown
from dateline.cuts import runs_of
from dateline.page_frame import PageFrame
from dateline.page_views import SourcePage, SourcesPage
from dateline.passage_strip import passage_views
from dateline.present import Presenter
from dateline.proof import Proof
from dateline.source_text import Cited, cited_share, paragraph_views, passages_of
from dateline.sources import Source
from dateline.text_scale import TextScale
from dateline.views import LinkView, SourceView

# How many sources a page of their list has at most.
MOST_LISTED = 1000


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

    @cached_property
    def lists(self) -> Sequence[Sequence[Source]]:
        """The sources, page by page of their list."""
        sources = tuple(self._presenter.timeline.sources.values())
        return tuple(runs_of(sources, lambda source: source.name, MOST_LISTED)) or ((),)

    @cached_property
    def links(self) -> Sequence[LinkView]:
        """The pages of the list of sources, each by its first file and its last; none where there is one page."""
        if len(self.lists) == 1:
            return ()
        ends = ((sources[0].name, sources[-1].name) for sources in self.lists)
        return tuple(
            LinkView(addresses.source_list(at), f"{one} – {two}") for at, (one, two) in enumerate(ends, start=1)
        )

    def hashed(self, source: Source) -> str:
        """Return where the whole SHA-256 of a source stands."""
        return f"{self._listed_on.get(source.name, addresses.PROOF)}#{addresses.source_page(source)}"

    @cached_property
    def _listed_on(self) -> Mapping[str, str]:
        """The page on which each source is listed with its SHA-256, by its name; none where `proof.html` lists them."""
        paired = zip(self.links, self.lists, strict=False)
        return {source.name: link.href for link, sources in paired for source in sources}

    def outline(self, place: int) -> SourcesPage:
        """Return the context of a page of the list of sources, without these."""
        presenter, links = self._presenter, self.links
        sheet = presenter.sheet(place + 1, len(links)) if links else ""
        named = presenter.words.gettext(", ").join(filter(None, (presenter.words.gettext("Sources"), sheet)))
        page = self._frame.page(addresses.source_list(place + 1), named)
        before = links[place - 1] if place else None
        after = links[place + 1] if place + 1 < len(links) else None
        return SourcesPage(self._frame.site, page, (), sheet, tuple(links), before, after)

    def filled(self, outline: SourcesPage, place: int, proofs: Mapping[str, str]) -> SourcesPage:
        """Return the context with the sources of that page; `proofs` is where the proofs of each begin, by its name."""
        views = map(self._view, self.lists[place])
        return outline._replace(sources=tuple(view._replace(proofs=proofs.get(view.name, "")) for view in views))

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
            hashed=self.hashed(source),
            href=addresses.source_page(source),
            entries=len({item.entry.id for item in cited}),
            citations=len(cited),
            share=self._presenter.per_cent(cited_share(source, cited)),
            proofs="",
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
