"""View models → Jinja → a stream of (path, content); nothing here touches the site's folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from markupsafe import Markup

from dateline import addresses, markdown, parallel
from dateline.cache import Unit
from dateline.card_files import Cards, card_weight
from dateline.data_files import DataFiles
from dateline.dates import Day
from dateline.entry_pages import EntryPages
from dateline.entry_views import EntryViews
from dateline.figure_pages import FigurePages, Leaf
from dateline.fingerprints import Files
from dateline.footnotes import Footnotes
from dateline.page_frame import PageFrame, site_of, tabs_of
from dateline.page_keys import PageKeys
from dateline.page_views import AboutPage, FiguresPage, FiguresPartPage, MissingPage, PeriodPage, ProofPartPage
from dateline.policy import hash_source
from dateline.present import Presenter
from dateline.problems import Problem
from dateline.proof import Proof
from dateline.proof_pages import ProofPages
from dateline.reported import reports
from dateline.source_pages import SourcePages
from dateline.sources import Source
from dateline.staging import Content
from dateline.templating import Theme, roots_of
from dateline.timeline import STATIC, Timeline
from dateline.timeline_pages import TimelinePages
from dateline.words import words_for

File = tuple[str, bytes]
Job = Callable[[], Iterable[Unit]]
Kept = TypeVar("Kept")
# How many times as long as looking at an entry it takes to make its pages, and to find most of them standing, when it
# is weighed whether a second process is worth starting.
WEIGHT, WEIGHT_OF_KNOWN = 20, 4
# In how many parts many pages of one kind are shared between the processes.
PARTS = 64


class Input(NamedTuple):
    """What the pages are made from: the project's folder (for its templates and `static/`), and what was checked.

    `found` are the warnings that the build does not stop at; `updated` the day that the site shows as its own.
    `standing` returns the bytes that a path of the site has had since the last build, None where others or none stand.
    `files` and `whole` are the fingerprints of the files that are read here, and of all that the site is made from;
    `is_known` says that many pages may be as the last build made them.
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
    weight = (WEIGHT_OF_KNOWN if given.is_known else WEIGHT) * card_weight(given.timeline.config)
    shared = [partial(_settled, job, settle) for job in jobs(given)]
    yield from parallel.shared(shared, len(given.timeline.entries) * weight)


def jobs(given: Input) -> list[Job]:
    """Return the work that the site is, in parts that can be done in any order; the longest come first."""
    return list(_Maker(given).jobs())


def _settled(job: Job, settle: Callable[[Unit], Iterable[Kept]]) -> Iterator[Kept]:
    return chain.from_iterable(map(settle, job()))


def count(timeline: Timeline) -> int:
    """Return about how many files there will be."""
    settings, entries = timeline.config, len(timeline.entries)
    each = settings.entry_pages + (settings.cards == "entries")
    return each * entries + len(timeline.sources) + len(timeline.static) + entries // 150 + 16


def _file(path: str, key: str, content: Callable[[], Content]) -> Unit:
    """Return a unit of one file."""
    return Unit(path, key, lambda: [(path, content())])


def _parts(number: int) -> Iterator[range]:
    """Yield so many places, in at most `PARTS` runs of about the same length."""
    size = -(-number // PARTS)
    yield from (range(start, min(start + size, number)) for start in range(0, number, size or 1))


class _Maker:
    """Makes the pages of one site."""

    def __init__(self, given: Input) -> None:
        self.given = given
        self.timeline = given.timeline
        self.words = words_for(given.timeline.config.language, roots_of(given.folder))
        self.presenter = Presenter(given.timeline, given.proofs, self.words)
        self.theme = Theme(given.folder, self.words)
        self.entries = EntryViews(self.presenter, given.timeline.entries)
        numbers = reports(given.timeline, self.presenter.voice)
        self.site = site_of(self.presenter)
        self.cards = Cards(self.presenter, self.site, given.standing)
        self.tabs = {tab.href: tab for tab in tabs_of(self.presenter, numbers=bool(numbers))}
        self.frame = PageFrame(self.presenter, self.theme, self.site, self.cards, self.tabs, given.updated)
        self.footnotes = Footnotes(self.presenter)
        self.late = self._style("late.css")
        self.timeline_pages = TimelinePages(self.presenter, self.entries, self.frame, self.footnotes, self.late)
        self.entry_pages = EntryPages(self.presenter, self.frame, self.footnotes)
        self.source_pages = SourcePages(self.presenter, self.frame)
        self.figure_pages = FigurePages(numbers, self.frame, self.footnotes)
        self.proof_pages = ProofPages(self.presenter, self.frame, self.source_pages, given.found)
        self.keys = PageKeys(given.files, self.frame)
        self.data = DataFiles(self.presenter, self.keys, given.updated)
        self.sources = tuple(given.timeline.sources.values())
        self.render_entry = self._renderer("entry.html", len(self.entries), "entries/", "article")
        self.render_source = self._renderer("source.html", len(self.sources), "sources/", "article")
        self.render_proofs = self._renderer("proof-part.html", len(given.proofs), addresses.PROOFS, "website")
        self.render_period = self._renderer("period.html", len(self.entries), "periods/", "website")
        self.render_figures = self._renderer("figures-part.html", len(self.entries), "figures/family/", "website")

    @cached_property
    def assets(self) -> Mapping[str, bytes]:
        """What is published of the theme's files, by name."""
        return self.theme.published()

    @cached_property
    def plotly(self) -> bytes:
        """The script that draws what is explored."""
        from dateline import plotly_bundle

        return plotly_bundle.bundle()

    @cached_property
    def plotly_styles(self) -> Markup:
        """What the policy of a page on which that script draws must allow."""
        from dateline import plotly_bundle

        return plotly_bundle.style_sources(self.plotly)

    def jobs(self) -> Iterator[Job]:
        """Yield the work that is to be shared, the longest parts first; each makes some of the site's files."""
        yield self._alone
        yield self._explored
        yield self._proof
        yield from (partial(self._proofs, places) for places in _parts(len(self.proof_pages.sheets)))
        yield from self._data()
        yield self._single_pages
        sheets = self.timeline_pages.sheets
        if not sheets:
            yield partial(self._entries, range(len(self.entries)))
        yield from (partial(self._sheets, places) for places in _parts(len(sheets)))
        yield from (partial(self._figures, places) for places in _parts(len(self.figure_pages.leaves)))
        yield from (partial(self._sources, places) for places in _parts(len(self.sources)))

    def _explored(self) -> Iterator[Unit]:
        """Yield what takes plotly.js, which is large: the assets, and the page whose policy allows its styles."""
        yield from self._unmade()
        yield from self._index()
        # No page needs the script itself any more, and it takes 5 MB.
        vars(self).pop("plotly", None)

    def _unmade(self) -> Iterator[Unit]:
        """Yield the files that are published as they are, and the page that holds one of them."""
        yield self._single("404.html", addresses.MISSING, self.given.files.assets, self._missing_page)
        yield Unit(addresses.ASSETS, self.keys.assets, self._assets)
        for path in self.timeline.static:
            yield _file(path, "", (self.given.folder / STATIC / path).read_bytes)

    def _assets(self) -> Iterator[File]:
        for name, content in self.assets.items():
            yield addresses.ASSETS + name, content
        if addresses.PLOTLY not in self.assets:
            yield addresses.ASSETS + addresses.PLOTLY, self.plotly

    # What all of the timeline is shown in, and is made anew when anything of it changes.

    def _data(self) -> Iterator[Job]:
        """Yield the jobs that make data; each loads what makes it, which few processes need."""
        yield from self.data.jobs()
        yield lambda: [self.data.atom(self.entries), self.data.where(self.timeline_pages)]
        if self.timeline.config.address:
            yield self._whole(addresses.SITEMAP, self._sitemap)
        if self.figure_pages:
            yield self._whole(addresses.CHARTS, self._charts)

    def _whole(self, name: str, files: Callable[[], Iterable[tuple[str, Content]]]) -> Job:
        """Return the job that makes files of all that the site is made from."""
        return lambda: [Unit(name, self.given.whole, files)]

    def _sitemap(self) -> Iterator[File]:
        from dateline import feeds

        yield addresses.SITEMAP, feeds.sitemap(self.timeline.config.address, self._page_paths()).encode()

    def _charts(self) -> Iterator[File]:
        yield addresses.CHARTS, self.figure_pages.script().encode()

    def _proof(self) -> Iterator[Unit]:
        def made() -> Iterator[File]:
            yield self._render("proof.html", self.proof_pages.whole(), len(self.given.proofs))

        yield Unit(addresses.PROOF, self.given.whole, made)
        for outline, places in self.proof_pages.differences():
            filled = partial(self.proof_pages.with_differences, outline, places)
            yield self._proofs_unit(outline, self.keys.differing(outline, places), filled)
        for page in self.proof_pages.warnings():
            yield self._made("proof-part.html", page)

    def _proofs(self, places: Iterable[int]) -> Iterator[Unit]:
        """Yield pages of proofs."""
        for place in places:
            outline = self.proof_pages.outline(place)
            key = self.keys.proofs(outline, self.proof_pages.sheets[place].proved)
            yield self._proofs_unit(outline, key, partial(self.proof_pages.filled, outline, place))

    def _proofs_unit(self, outline: ProofPartPage, key: str, filled: Callable[[], ProofPartPage]) -> Unit:
        return Unit(outline.page.path, key, lambda: [self.render_proofs(filled())])

    def _index(self) -> Iterator[Unit]:
        def made() -> Iterator[File]:
            yield self._render("index.html", self.timeline_pages.index(self.plotly_styles), len(self.entries))

        openings = [place for _, places in self.timeline_pages.openings for place in places]
        shown = openings or range(len(self.entries))
        key = self.keys.entries_in(addresses.INDEX, shown, self.site, self.keys.counted, self.late)
        yield Unit(addresses.INDEX, key, made)
        yield from self.data.drawing(self.timeline_pages)

    # The many pages.

    def _sheets(self, places: Iterable[int]) -> Iterator[Unit]:
        """Yield the pages of periods, each with those of the entries that it shows."""
        for place in places:
            outline = self.timeline_pages.outline(place)
            shown = self.timeline_pages.sheets[place].entries

            def made(outline: PeriodPage = outline, shown: Sequence[int] = shown) -> Iterator[File]:
                yield self.render_period(self.timeline_pages.filled(outline, [self.entries[each] for each in shown]))

            yield Unit(outline.page.path, self.keys.period(outline, shown), made)
            yield from self._entries(shown)

    def _entries(self, places: Iterable[int]) -> Iterator[Unit]:
        """Yield the files that are about one entry each."""
        settings = self.timeline.config
        if settings.entry_pages or self.cards.of_entries:
            for place in places:
                entry = self.timeline.entries[place]
                yield Unit(addresses.entry_page(entry.id), self.keys.entry(place), partial(self._entry_files, place))

    def _entry_files(self, place: int) -> Iterator[File]:
        view = self.entries[place]
        if self.timeline.config.entry_pages:
            yield self.render_entry(self.entry_pages.page(place, view))
        yield from self.cards.of_entry(view)

    def _figures(self, places: Iterable[int]) -> Iterator[Unit]:
        """Yield the pages of numbers that are too many for one page, each with the data of its chart."""
        for leaf in (self.figure_pages.leaves[place] for place in places):
            outline = self.figure_pages.outline(leaf, self.plotly_styles)

            def made(leaf: Leaf = leaf, outline: FiguresPartPage = outline) -> Iterator[File]:
                page, script = self.figure_pages.filled(outline, leaf)
                yield self.render_figures(page)
                if script:
                    yield leaf.data, script.encode()

            yield Unit(leaf.path, self.keys.figures(outline, leaf.numbers), made)

    def _sources(self, places: Iterable[int]) -> Iterator[Unit]:
        for source in (self.sources[place] for place in places):

            def made(source: Source = source) -> Iterator[File]:
                yield self.render_source(self.source_pages.page(source))

            yield Unit(addresses.source_page(source), self.keys.source(source, self.source_pages.hashed(source)), made)

    # The pages of which there is one each.

    def _single_pages(self) -> Iterator[Unit]:
        yield from map(self._source_list, range(len(self.source_pages.lists)))
        yield self._made("permanent.html", self.timeline_pages.permanent())
        if self.figure_pages:
            yield self._single("figures.html", addresses.FIGURES, self.given.whole, self._figures_page)

    def _figures_page(self) -> FiguresPage:
        return self.figure_pages.whole(self.plotly_styles)

    def _source_list(self, place: int) -> Unit:
        proofs, outline = self.proof_pages.first_pages, self.source_pages.outline(place)
        sources = self.source_pages.lists[place]
        shown = self.keys.list_of(sources, self.source_pages.cited), [proofs.get(source.name, "") for source in sources]
        filled = partial(self.source_pages.filled, outline, place, proofs)
        return self._single("sources.html", outline.page.path, [self.keys.outline(outline), shown], filled)

    def _alone(self) -> Iterator[Unit]:
        """Yield what takes the programs that little else needs: those that draw cards, and that read Markdown."""
        yield Unit(addresses.CARD, self.keys.of(addresses.CARD, self.site, self.keys.drawn), self.cards.of_site)
        if self.timeline.about:
            yield self._single("about.html", addresses.ABOUT, self.timeline.about, self._about_page)

    def _single(self, template: str, path: str, made_of: Any, context: Callable[[], Any]) -> Unit:  # noqa: ANN401
        """Return a page whose context, a page of `page_views`, is made of something that is quicker to compare."""
        return Unit(path, self.keys.of(template, made_of), lambda: [self._render(template, context())])

    def _made(self, template: str, context: Any) -> Unit:  # noqa: ANN401 - a page of `page_views`
        """Return a page whose context is made quickly."""
        return self._single(template, context.page.path, self.keys.outline(context), lambda: context)

    def _page_paths(self) -> Iterator[str]:
        """Yield the paths of the pages that search engines may list."""
        yield from self.tabs
        yield from self.timeline_pages.paths()
        yield from map(addresses.source_page, self.sources)
        yield from (link.href for link in self.source_pages.links[1:])
        yield from self.proof_pages.paths()
        yield from self.figure_pages.paths()
        if self.timeline.config.entry_pages:
            yield from map(addresses.entry_page, self.presenter.entries)

    def _render(self, template: str, context: Any, rows: int = 0) -> File:  # noqa: ANN401 - a page of `page_views`
        """Return a rendered page; of what it lists, it has so many rows."""
        return context.page.path, self.theme.renderer(template, rows, {})(context)

    def _renderer(self, template: str, pages: int, folder: str, kind: str) -> Callable[[Any], File]:
        """Return what renders the pages of one kind that stand in a folder, at most so many of them."""
        made: Callable[[Any], bytes] | None = None

        def render(context: Any) -> File:  # noqa: ANN401 - a page of `views`
            nonlocal made
            if made is None:
                page = self.frame.page(folder, "", "", kind)
                same = {name: getattr(page, name) for name in ("root", "kind", "tabs", "colophon")}
                made = self.theme.renderer(template, pages, {"site": self.site._asdict(), "page": same})
            return context.page.path, made(context)

        return render

    def _about_page(self) -> AboutPage:
        title, body = markdown.titled(markdown.document_html(self.timeline.about))
        title = title or self.words.gettext("About this timeline")
        return AboutPage(self.site, self.frame.page(addresses.ABOUT, title), title, body)

    def _missing_page(self) -> MissingPage:
        page = self.frame.page(addresses.MISSING, self.words.gettext("Not here"))
        return MissingPage(self.site, page, *self._style("style.css"))

    def _style(self, name: str) -> tuple[Markup, Markup]:
        """Return an asset that stands in a page itself as its style, and what the page's policy allows for it."""
        style = self.theme.assets[name].read_bytes().decode("utf-8", "replace").strip()
        return Markup(style), hash_source(style)  # noqa: S704 - the theme's own file
