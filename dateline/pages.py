"""View models → Jinja → a stream of (path, content); nothing here touches the site's folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from markupsafe import Markup

from dateline import addresses, dates, feeds, json_ld, markdown, parallel, problems
from dateline.card_files import Cards
from dateline.chart_drawing import shape_paths
from dateline.dates import Day
from dateline.drawing_views import YearWords
from dateline.entry_views import EntryViews
from dateline.events import Entry, reports
from dateline.figures_page import Numbers
from dateline.page_views import (
    AboutPage,
    Colophon,
    EntryPage,
    FiguresPage,
    MissingPage,
    Page,
    ProofPage,
    Site,
    SourcePage,
    SourcesPage,
    Tabs,
)
from dateline.passage_strip import passage_views
from dateline.plotly_bundle import NAME as PLOTLY
from dateline.plotly_bundle import bundle, style_sources
from dateline.policy import hash_source
from dateline.present import Presenter
from dateline.problems import Problem
from dateline.proof import Proof, paragraph_label
from dateline.quotes import Grade
from dateline.source_text import Cited, cited_share, paragraph_views
from dateline.sources import Source
from dateline.templating import Theme, roots_of
from dateline.timeline import STATIC, Timeline
from dateline.timeline_pages import Frame, TimelinePages
from dateline.views import CitationView, EntryView, FootnoteView, LinkView, ProofView, SourceView
from dateline.words import words_for

File = tuple[str, bytes]
Kept = TypeVar("Kept")
GRADES: tuple[Grade, ...] = ("verbatim", "typographic", "elided")


class Input(NamedTuple):
    """What the pages are made from: the project's folder (for its templates and `static/`), and what was checked.

    `found` are the warnings that the build does not stop at; `updated` the day that the site shows as its own.
    `standing` returns the bytes that a path of the site held before this build, None where there were none.
    """

    folder: Path
    timeline: Timeline
    proofs: Mapping[str, Proof]
    found: Sequence[Problem]
    updated: Day | None
    standing: Callable[[str], bytes | None]


def pages(given: Input, keep: Callable[[File], Kept]) -> Iterator[Kept]:
    """Make every file of the site, as its path and its bytes, and yield what `keep` returns for each.

    It is called as soon as a file is made, in whichever process that is; what it returns is pickled. A fault in a
    template of the user's is raised as a `BrokenTemplateError` of `templating`.
    """
    maker = _Maker(given)
    # The many small files come first on both sides, so that neither waits for the other to take them.
    here = chain(maker.source_pages(), maker.period_pages(0), maker.single_pages(), maker.cards.files(0))
    beside = chain(maker.entry_pages(), maker.period_pages(1), maker.proof_page(), _data(maker), maker.cards.files(1))
    size = len(given.timeline.entries) * maker.cards.weight
    yield from parallel.both(map(keep, here), map(keep, beside), size)
    yield from map(keep, _unmade(maker))


def count(timeline: Timeline) -> int:
    """Return about how many files there will be."""
    settings, entries = timeline.config, len(timeline.entries)
    each = settings.entry_pages + (settings.cards == "entries")
    return each * entries + len(timeline.sources) + len(timeline.static) + entries // 150 + 16


def _unmade(maker: _Maker) -> Iterator[File]:
    """Yield the files that are published as they are."""
    for name, content in maker.assets.items():
        yield addresses.ASSETS + name, content
    if PLOTLY not in maker.assets:
        yield addresses.ASSETS + PLOTLY, maker.plotly
    for path in maker.timeline.static:
        yield path, (maker.given.folder / STATIC / path).read_bytes()


def _data(maker: _Maker) -> Iterator[File]:
    yield addresses.ATOM, feeds.atom(maker.presenter, maker.entries, maker.updated).encode()
    yield addresses.CALENDAR, _joined(feeds.calendar(maker.presenter, maker.updated))
    yield addresses.JSON, _joined(feeds.as_json(maker.presenter))
    yield addresses.TABLE, _joined(feeds.table(maker.presenter))
    address = maker.timeline.config.address
    if address:
        yield addresses.SITEMAP, feeds.sitemap(address, maker.page_paths()).encode()


def _joined(pieces: Iterable[str]) -> bytes:
    """Return the pieces of a file as its bytes; joined as text first, a large one would need as much memory again."""
    whole = BytesIO()
    for piece in pieces:
        whole.write(piece.encode())
    return whole.getvalue()


class _Maker:
    """Makes the pages of one site."""

    def __init__(self, given: Input) -> None:
        self.given = given
        self.timeline = given.timeline
        words = words_for(given.timeline.config.language, roots_of(given.folder))
        self.words = words
        self.presenter = Presenter(given.timeline, given.proofs, words)
        self.theme = Theme(given.folder, words)
        self.assets = self.theme.published()
        self.updated = given.updated
        self.plotly = bundle()
        self.cited = self._cited()
        self.entries = EntryViews(self.presenter, given.timeline.entries)
        self.sources = [self._source(source) for source in given.timeline.sources.values()]
        self.numbers = Numbers(self.presenter)
        self.tabs = {tab.href: tab for tab in self._tabs()}
        self.site = self._site()
        frame = Frame(self.site, self._page, self._footnotes)
        self.timeline_pages = TimelinePages(self.presenter, self.entries, frame)
        self.cards = Cards(self.presenter, self.site, self.entries, given.standing)
        self.frames: dict[tuple[str, str], tuple[Markup, Markup]] = {}

    def single_pages(self) -> Iterator[File]:
        """Yield the pages of which there is one each, but for the proof."""
        yield from self._rendered_each(self.timeline_pages.index(style_sources(self.plotly)))
        yield self._render(*self.timeline_pages.permanent())
        yield from self.timeline_pages.where()
        page = self._page(addresses.SOURCES, self.words.gettext("Sources"))
        yield self._render("sources.html", SourcesPage(self.site, page, tuple(self.sources)))
        if self.timeline.about:
            yield self._about_page()
        yield self._missing_page()
        if self.numbers:
            yield self._figures_page()
            yield addresses.CHARTS, self.numbers.script().encode()

    def source_pages(self) -> Iterator[File]:
        """Yield the page of each source."""
        render = self._renderer("source.html", len(self.sources), "sources/", "article")
        for source, view in zip(self.timeline.sources.values(), self.sources, strict=True):
            yield render(self._source_page(source, view))

    def period_pages(self, half: int) -> Iterator[File]:
        """Yield one half, 0 or 1, of the pages of the periods that the timeline is cut into."""
        render = self._renderer("period.html", len(self.entries), "periods/", "website")
        yield from map(render, self.timeline_pages.periods(half))

    def page_paths(self) -> Iterator[str]:
        """Yield the paths of the pages that search engines may list."""
        yield from self.tabs
        yield from self.timeline_pages.paths()
        yield from (source.href for source in self.sources)
        if self.timeline.config.entry_pages:
            yield from map(addresses.entry_page, self.presenter.entries)

    def _render(self, template: str, context: Any) -> File:  # noqa: ANN401 - a page of `views`
        return context.page.path, self._rendered(template, context).encode()

    def _rendered_each(self, made: Iterable[tuple[str, Any]]) -> Iterator[File]:
        """Yield what is made as files already as it is, and each template with its context rendered."""
        for name, content in made:
            yield (name, content) if isinstance(content, bytes) else self._render(name, content)

    def _renderer(self, template: str, pages: int, folder: str, kind: str) -> Callable[[Any], File]:
        """Return what renders the pages of one kind that stand in a folder, so many of them."""
        page = self._page(folder, "", "", kind)
        same = {name: getattr(page, name) for name in ("root", "kind", "tabs", "colophon")}
        render = self.theme.renderer(template, pages, {"site": _values(self.site), "page": same})
        return lambda context: (context.page.path, render(_values(context)).encode())

    def _rendered(self, template: str, context: Any) -> str:  # noqa: ANN401 - a context of `views`
        return self.theme.render(template, _values(context))

    def _frame(self, root: str, path: str) -> tuple[Markup, Markup]:
        """Return the navigation and the foot of a page; those of most pages differ in their depth alone."""
        key = (root, path if path in self.tabs else "")
        if key not in self.frames:
            parts = (
                ("tabs.html", Tabs(*key, tuple(self.tabs.values()))),
                ("colophon.html", Colophon(self.site, root, self._day(self.updated))),
            )
            rendered = (Markup(self._rendered(*part)) for part in parts)  # noqa: S704 - Jinja has escaped it
            self.frames[key] = next(rendered), next(rendered)
        return self.frames[key]

    def _site(self) -> Site:
        settings = self.timeline.config
        return Site(
            title=settings.title,
            standfirst=markdown.passage_html(settings.standfirst),
            language=self.words.language,
            direction=self.words.direction,
            address=settings.address,
            entries=len(self.timeline.entries),
            sources=len(self.timeline.sources),
            quotes=len(self.given.proofs),
        )

    def _tabs(self) -> Iterator[LinkView]:
        translate = self.words.gettext
        yield LinkView(addresses.INDEX, translate("Timeline"))
        if self.numbers:
            yield LinkView(addresses.FIGURES, translate("Figures"))
        yield LinkView(addresses.SOURCES, translate("Sources"))
        yield LinkView(addresses.PROOF, translate("Proof"))
        if self.timeline.about:
            yield LinkView(addresses.ABOUT, translate("About"))

    def _day(self, day: Day | None) -> str:
        date = dates.parse(dates.iso(day)) if day else None
        return self.presenter.display.full(date) if date else ""

    def _page(  # noqa: PLR0913 - what tells pages apart
        self,
        path: str,
        title: str,
        description: str = "",
        kind: str = "website",
        *,
        data: Markup | None = None,
        entry: EntryView | None = None,
    ) -> Page:
        settings = self.timeline.config
        tabs, colophon = self._frame(addresses.root(path), path)
        card, card_alt = self.cards.shown(entry)
        return Page(
            root=addresses.root(path),
            path=path,
            title=f"{title} – {settings.title}" if title != settings.title else title,
            description=description or markdown.plain_text(settings.description),
            canonical=addresses.absolute(settings.address, path) if settings.address else "",
            kind=kind,
            json_ld=data or Markup(""),
            tabs=tabs,
            colophon=colophon,
            card=card,
            card_alt=card_alt,
        )

    def entry_pages(self) -> Iterator[File]:
        """Yield the page of each entry, where entries have pages."""
        if not self.timeline.config.entry_pages:
            return
        render = self._renderer("entry.html", len(self.entries), "entries/", "article")
        turns = [None, *map(self._turn, self.timeline.entries), None]
        for before, entry, after in zip(turns, self.entries, turns[2:], strict=False):
            description = markdown.plain_text(entry.summary) if entry.summary else self.presenter.headline(entry)
            data = json_ld.entry_data(entry, description, self.timeline.config)
            page = self._page(entry.page, entry.title, description, "article", data=data, entry=entry)
            footnotes = tuple(self._footnotes([entry]))
            yield render(EntryPage(self.site, page, entry, before, after, footnotes))

    def _footnotes(self, entries: Iterable[EntryView]) -> Iterator[FootnoteView]:
        cited = {citation.footnote for entry in entries for citation in _shown(entry)}
        # A citation without a source has no number of a footnote; those of the others count the sources from 1.
        for number in sorted(cited - {0}):
            view = self.sources[number - 1]
            named = (part for part in (view.title, view.publisher, view.published) if part)
            yield FootnoteView(number, ", ".join(named), self._address_of(view))

    def _address_of(self, source: SourceView) -> str:
        """Return where a reader of a printed page finds a source: on this site if that has an address."""
        settings = self.timeline.config
        return addresses.absolute(settings.address, source.href) if settings.address else source.url or source.href

    def _source_page(self, source: Source, view: SourceView) -> SourcePage:
        cited = self.cited.get(source.name, [])
        paragraphs = paragraph_views(source, cited, self.presenter)
        passages = passage_views(source, cited, self.presenter)
        page = self._page(view.href, markdown.plain_text(view.title), kind="article")
        return SourcePage(self.site, page, view, paragraphs, passages)

    def _source(self, source: Source) -> SourceView:
        cited = self.cited.get(source.name, [])
        full = self.presenter.display.full
        return SourceView(
            name=source.name,
            title=self.presenter.source_title(source),
            author=source.author,
            publisher=source.publisher,
            published=self.presenter.published[source.name],
            lang=self.presenter.language_of(source),
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
            share=self.presenter.per_cent(cited_share(source, cited)),
        )

    def _cited(self) -> dict[str, list[Cited]]:
        cited: dict[str, list[Cited]] = {}
        for entry, citation in self.timeline.citations():
            found = self.given.proofs.get(citation.anchor)
            if found:
                cited.setdefault(citation.source, []).append(Cited(entry, citation, found))
        return cited

    def proof_page(self) -> Iterator[File]:
        """Yield the page of the proof."""
        labels = self.presenter.grades()
        cited = chain.from_iterable(self.cited.values())
        proofs = tuple(self._proof(item, labels) for item in cited)
        graded = [found.passage.grade for found in self.given.proofs.values()]
        grades = tuple((labels[grade], graded.count(grade)) for grade in GRADES)
        differing = tuple(map(self.presenter.entry, filter(self.presenter.differs, self.timeline.entries)))
        page = self._page(addresses.PROOF, self.words.gettext("Proof"))
        open_matters = tuple(problems.as_text(problem).replace("\n", " ") for problem in self.given.found)
        context = ProofPage(self.site, page, proofs, grades, tuple(self.sources), differing, open_matters)
        yield self._render("proof.html", context)

    def _proof(self, item: Cited, labels: Mapping[str, str]) -> ProofView:
        source = item.proof.source
        return ProofView(
            entry=self.presenter.link(item.entry.id),
            date=self.presenter.display.full(item.entry.date),
            attribution=item.citation.attribution,
            source=LinkView(addresses.passage(item.citation, source), self.presenter.source_name(source)),
            paragraph=paragraph_label(item.proof.paragraphs),
            grade=labels[item.proof.passage.grade],
            left_out=item.proof.left_out,
        )

    def _figures_page(self) -> File:
        translate = self.words.gettext
        about = translate("The numbers that the sources of this timeline give, and who gives them.")
        page = self._page(addresses.FIGURES, translate("Figures"), about)
        styles, families, singles = style_sources(self.plotly), self.numbers.families(), self.numbers.singles()
        reporting = map(self.presenter.entry, filter(reports, self.timeline.entries))
        context = FiguresPage(
            site=self.site,
            page=page,
            plotly_styles=styles,
            data=addresses.CHARTS,
            families=families,
            singles=singles,
            shapes=shape_paths(),
            year_words=YearWords(*self.presenter.display.year_patterns()),
            footnotes=tuple(self._footnotes(reporting)),
        )
        return self._render("figures.html", context)

    def _about_page(self) -> File:
        title, body = markdown.titled(markdown.document_html(self.timeline.about))
        title = title or self.words.gettext("About this timeline")
        page = self._page(addresses.ABOUT, title)
        return self._render("about.html", AboutPage(self.site, page, title, body))

    def _missing_page(self) -> File:
        style = self.assets["style.css"].decode("utf-8", "replace").strip()
        page = self._page(addresses.MISSING, self.words.gettext("Not here"))
        context = MissingPage(self.site, page, Markup(style), hash_source(style))  # noqa: S704 - the theme's own file
        return self._render("404.html", context)

    def _turn(self, entry: Entry) -> LinkView:
        return LinkView(self.presenter.page(entry.id), self.presenter.headline_of(entry))


def _values(context: Any) -> dict[str, Any]:  # noqa: ANN401 - a record of `page_views`
    return {name: getattr(context, name) for name in context.__slots__}


def _shown(entry: EntryView) -> Iterator[CitationView]:
    """Yield the citations that stand on an entry's page: its own, and those of the entries that differ from it."""
    yield from entry.citations
    yield from (claim.citation for difference in entry.differences for claim in difference.claims if claim.citation)
