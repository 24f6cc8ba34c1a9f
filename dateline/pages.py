"""View models → Jinja → a stream of (path, content); nothing here touches the site's folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from markupsafe import Markup

from dateline import addresses, feeds, json_ld, markdown, parallel, problems, search_index
from dateline.cache import Unit
from dateline.card_files import Cards
from dateline.chart_drawing import shape_paths
from dateline.dates import Day
from dateline.drawing_views import YearWords
from dateline.entry_views import EntryViews
from dateline.events import Entry, reports
from dateline.figures_page import Numbers
from dateline.filters import is_large, source_labels
from dateline.fingerprints import Files
from dateline.page_frame import PageFrame, site_of, tabs_of, values
from dateline.page_keys import PageKeys
from dateline.page_views import (
    AboutPage,
    EntryPage,
    FiguresPage,
    MissingPage,
    ProofPage,
    SourcePage,
    SourcesPage,
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
# How many pages of one template are rendered before it is put together for the rest.
FEW = 100
GRADES: tuple[Grade, ...] = ("verbatim", "typographic", "elided")


class Input(NamedTuple):
    """What the pages are made from: the project's folder (for its templates and `static/`), and what was checked.

    `found` are the warnings that the build does not stop at; `updated` the day that the site shows as its own.
    `standing` returns the bytes that a path of the site held before this build, None where there were none. `files`
    and `whole` are the fingerprints of the files that are read here, and of all that the site is made from; `is_known`
    says that many pages may be as the last build made them.
    """

    folder: Path
    timeline: Timeline
    proofs: Mapping[str, Proof]
    found: Sequence[Problem]
    updated: Day | None
    standing: Callable[[str], bytes | None]
    files: Files
    whole: str
    is_known: bool


def pages(given: Input, settle: Callable[[Unit], Iterable[Kept]]) -> Iterator[Kept]:
    """Tell of every file of the site, as its path and its bytes, how it is made, and yield what `settle` yields for it.

    It makes the files, in whichever process that is; what it yields is pickled. A fault in a template of the user's is
    raised as a `BrokenTemplateError` of `templating`.
    """
    maker = _Maker(given)
    # The many small files come first on both sides, so that neither waits for the other to take them.
    here = chain(maker.source_pages(), maker.period_pages(0), maker.single_pages(), maker.card_files(0))
    beside = chain(maker.entry_pages(), maker.period_pages(1), maker.proof_page(), _data(maker), maker.card_files(1))
    size = len(given.timeline.entries) * maker.cards.weight
    yield from parallel.both(_settled(here, settle), _settled(beside, settle), size)
    yield from _settled(_unmade(maker), settle)


def _settled(units: Iterable[Unit], settle: Callable[[Unit], Iterable[Kept]]) -> Iterator[Kept]:
    return chain.from_iterable(map(settle, units))


def count(timeline: Timeline) -> int:
    """Return about how many files there will be."""
    settings, entries = timeline.config, len(timeline.entries)
    each = settings.entry_pages + (settings.cards == "entries")
    return each * entries + len(timeline.sources) + len(timeline.static) + entries // 150 + 16


def _unmade(maker: _Maker) -> Iterator[Unit]:
    """Yield the files that are published as they are."""
    for name, content in maker.assets.items():
        yield _file(addresses.ASSETS + name, "", partial(bytes, content))
    if PLOTLY not in maker.assets:
        yield _file(addresses.ASSETS + PLOTLY, "", partial(bytes, maker.plotly))
    for path in maker.timeline.static:
        yield _file(path, "", (maker.given.folder / STATIC / path).read_bytes)


def _data(maker: _Maker) -> Iterator[Unit]:
    presenter, entries, updated, whole = maker.presenter, maker.entries, maker.given.updated, maker.given.whole
    yield _file(addresses.ATOM, whole, lambda: feeds.atom(presenter, entries, updated).encode())
    yield _file(addresses.CALENDAR, whole, lambda: _joined(feeds.calendar(presenter, updated)))
    yield _file(addresses.JSON, whole, lambda: _joined(feeds.as_json(presenter)))
    yield _file(addresses.TABLE, whole, lambda: _joined(feeds.table(presenter)))
    if is_large(len(entries)):
        yield Unit(addresses.FIND, whole, lambda: search_index.files(presenter, entries, source_labels(presenter)))
    address = maker.timeline.config.address
    if address:
        yield _file(addresses.SITEMAP, whole, lambda: feeds.sitemap(address, maker.page_paths()).encode())


def _file(path: str, key: str, content: Callable[[], bytes]) -> Unit:
    """Return a unit of one file."""
    return Unit(path, key, lambda: [(path, content())])


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
        self.plotly = bundle()
        self.cited = self._cited()
        self.entries = EntryViews(self.presenter, given.timeline.entries)
        self.sources = [self._source(source) for source in given.timeline.sources.values()]
        self.numbers = Numbers(self.presenter)
        self.footnotes: dict[int, FootnoteView] = {}
        self.site = site_of(self.presenter)
        self.cards = Cards(self.presenter, self.site, self.entries, given.standing)
        self.tabs = {tab.href: tab for tab in tabs_of(self.presenter, numbers=bool(self.numbers))}
        self.frame = PageFrame(self.presenter, self.theme, self.site, self.cards, self.tabs, given.updated)
        frame = Frame(self.site, self.frame.page, self._footnotes, *self._style("late.css"))
        self.timeline_pages = TimelinePages(self.presenter, self.entries, frame)
        self.keys = PageKeys(given.files, self.frame)

    def single_pages(self) -> Iterator[Unit]:
        """Yield the pages of which there is one each, but for the proof."""
        whole = self.given.whole
        yield Unit(addresses.INDEX, whole, self._index_files)
        yield self._single(*self.timeline_pages.permanent())
        yield Unit(addresses.WHERE, whole, self.timeline_pages.where)
        page = self.frame.page(addresses.SOURCES, self.words.gettext("Sources"))
        yield self._single("sources.html", SourcesPage(self.site, page, tuple(self.sources)))
        if self.timeline.about:
            yield self._single("about.html", self._about_page())
        yield self._single("404.html", self._missing_page())
        if self.numbers:
            yield self._single("figures.html", self._figures_page())
            yield _file(addresses.CHARTS, whole, lambda: self.numbers.script().encode())

    def source_pages(self) -> Iterator[Unit]:
        """Yield the page of each source."""
        render = self._renderer("source.html", len(self.sources), "sources/", "article")
        for source, view in zip(self.timeline.sources.values(), self.sources, strict=True):
            key = self.keys.source(source, view, self.cited.get(source.name, []))
            yield Unit(view.href, key, partial(self._source_page, render, source, view))

    def period_pages(self, half: int) -> Iterator[Unit]:
        """Yield one half, 0 or 1, of the pages of the periods that the timeline is cut into."""
        render = self._renderer("period.html", len(self.entries), "periods/", "website")
        for context in self.timeline_pages.periods(half):
            yield Unit(context.page.path, self.keys.period(context), partial(_one, render, context))

    def card_files(self, half: int) -> Iterator[Unit]:
        """Yield one half, 0 or 1, of the cards, which tell for themselves whether they are drawn anew."""
        for path, content in self.cards.files(half):
            yield _file(path, "", partial(bytes, content))

    def page_paths(self) -> Iterator[str]:
        """Yield the paths of the pages that search engines may list."""
        yield from self.tabs
        yield from self.timeline_pages.paths()
        yield from (source.href for source in self.sources)
        if self.timeline.config.entry_pages:
            yield from map(addresses.entry_page, self.presenter.entries)

    def _render(self, template: str, context: Any) -> File:  # noqa: ANN401 - a page of `views`
        return context.page.path, self.theme.render(template, values(context)).encode()

    def _single(self, template: str, context: Any) -> Unit:  # noqa: ANN401 - a page of `views`
        """Return a page that is made of its context alone."""
        key = self.keys.context(template, context)
        return Unit(context.page.path, key, lambda: [self._render(template, context)])

    def _index_files(self) -> Iterator[File]:
        for name, content in self.timeline_pages.index(style_sources(self.plotly)):
            yield (name, content) if isinstance(content, bytes) else self._render(name, content)

    def _renderer(self, template: str, pages: int, folder: str, kind: str) -> Callable[[Any], File]:
        """Return what renders the pages of one kind that stand in a folder, at most so many of them."""
        few = partial(self.theme.render, template)
        # How many there are to make shows only as they come; the first of all sites has all of them to make.
        left = FEW if self.given.is_known else 0
        many: Callable[[Mapping[str, Any]], str] | None = None

        def render(context: Any) -> File:  # noqa: ANN401 - a page of `views`
            nonlocal left, many
            left -= 1
            if left < 0 and many is None:
                page = self.frame.page(folder, "", "", kind)
                same = {name: getattr(page, name) for name in ("root", "kind", "tabs", "colophon")}
                many = self.theme.renderer(template, pages, {"site": values(self.site), "page": same})
            return context.page.path, (many or few)(values(context)).encode()

        return render

    def entry_pages(self) -> Iterator[Unit]:
        """Yield the page of each entry, where entries have pages."""
        if not self.timeline.config.entry_pages:
            return
        render = self._renderer("entry.html", len(self.entries), "entries/", "article")
        turns = [None, *map(self._turn, self.timeline.entries), None]
        for before, entry, after in zip(turns, self.entries, turns[2:], strict=False):
            footnotes = tuple(self._footnotes([entry]))
            key = self.keys.entry(entry, before, after, footnotes)
            yield Unit(entry.page, key, partial(self._entry_page, render, entry, (before, after), footnotes))

    def _entry_page(
        self,
        render: Callable[[Any], File],
        entry: EntryView,
        turns: tuple[LinkView | None, LinkView | None],
        footnotes: tuple[FootnoteView, ...],
    ) -> Iterator[File]:
        description = markdown.plain_text(entry.summary) if entry.summary else self.presenter.headline(entry)
        data = json_ld.entry_data(entry, description, self.timeline.config)
        page = self.frame.page(entry.page, entry.title, description, "article", data=data, entry=entry)
        yield render(EntryPage(self.site, page, entry, *turns, footnotes))

    def _footnotes(self, entries: Iterable[EntryView]) -> Iterator[FootnoteView]:
        cited = {citation.footnote for entry in entries for citation in _shown(entry)}
        # A citation without a source has no number of a footnote; those of the others count the sources from 1.
        yield from map(self._footnote, sorted(cited - {0}))

    def _footnote(self, number: int) -> FootnoteView:
        if number not in self.footnotes:
            view = self.sources[number - 1]
            named = (part for part in (view.title, view.publisher, view.published) if part)
            self.footnotes[number] = FootnoteView(number, ", ".join(named), self._address_of(view))
        return self.footnotes[number]

    def _address_of(self, source: SourceView) -> str:
        """Return where a reader of a printed page finds a source: on this site if that has an address."""
        settings = self.timeline.config
        return addresses.absolute(settings.address, source.href) if settings.address else source.url or source.href

    def _source_page(self, render: Callable[[Any], File], source: Source, view: SourceView) -> Iterator[File]:
        cited = self.cited.get(source.name, [])
        paragraphs = paragraph_views(source, cited, self.presenter)
        passages = passage_views(source, cited, self.presenter)
        page = self.frame.page(view.href, markdown.plain_text(view.title), kind="article")
        yield render(SourcePage(self.site, page, view, paragraphs, passages))

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

    def proof_page(self) -> Iterator[Unit]:
        """Yield the page of the proof."""
        yield Unit(addresses.PROOF, self.given.whole, lambda: [self._proof_page()])

    def _proof_page(self) -> File:
        labels = self.presenter.grades()
        cited = chain.from_iterable(self.cited.values())
        proofs = tuple(self._proof(item, labels) for item in cited)
        graded = [found.passage.grade for found in self.given.proofs.values()]
        grades = tuple((labels[grade], graded.count(grade)) for grade in GRADES)
        differing = tuple(map(self.presenter.entry, filter(self.presenter.differs, self.timeline.entries)))
        page = self.frame.page(addresses.PROOF, self.words.gettext("Proof"))
        open_matters = tuple(problems.as_text(problem).replace("\n", " ") for problem in self.given.found)
        context = ProofPage(self.site, page, proofs, grades, tuple(self.sources), differing, open_matters)
        return self._render("proof.html", context)

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

    def _figures_page(self) -> FiguresPage:
        translate = self.words.gettext
        about = translate("The numbers that the sources of this timeline give, and who gives them.")
        page = self.frame.page(addresses.FIGURES, translate("Figures"), about)
        styles, families, singles = style_sources(self.plotly), self.numbers.families(), self.numbers.singles()
        reporting = map(self.presenter.entry, filter(reports, self.timeline.entries))
        return FiguresPage(
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

    def _about_page(self) -> AboutPage:
        title, body = markdown.titled(markdown.document_html(self.timeline.about))
        title = title or self.words.gettext("About this timeline")
        return AboutPage(self.site, self.frame.page(addresses.ABOUT, title), title, body)

    def _missing_page(self) -> MissingPage:
        page = self.frame.page(addresses.MISSING, self.words.gettext("Not here"))
        return MissingPage(self.site, page, *self._style("style.css"))

    def _style(self, name: str) -> tuple[Markup, Markup]:
        """Return an asset that stands in a page itself as its style, and what the page's policy allows for it."""
        style = self.assets[name].decode("utf-8", "replace").strip()
        return Markup(style), hash_source(style)  # noqa: S704 - the theme's own file

    def _turn(self, entry: Entry) -> LinkView:
        return LinkView(self.presenter.page(entry.id), self.presenter.headline_of(entry))


def _one(render: Callable[[Any], File], context: Any) -> Iterator[File]:  # noqa: ANN401 - a page of `views`
    yield render(context)


def _shown(entry: EntryView) -> Iterator[CitationView]:
    """Yield the citations that stand on an entry's page: its own, and those of the entries that differ from it."""
    yield from entry.citations
    yield from (claim.citation for difference in entry.differences for claim in difference.claims if claim.citation)
