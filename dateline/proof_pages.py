"""The proof of every quote: the page that sums it up, and where there are many quotes the pages that show each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain

from dateline import addresses, problems
from dateline.cuts import runs_of
from dateline.page_frame import PageFrame
from dateline.page_views import ProofPage, ProofPartPage
from dateline.present import Presenter
from dateline.problems import Problem
from dateline.proof import paragraph_label
from dateline.proof_parts import ProofSheet, are_many, sheets
from dateline.quotes import Grade
from dateline.source_pages import SourcePages
from dateline.source_text import Cited
from dateline.views import EntryView, HashView, LinkView, MoreView, ProofView, ProvedView

GRADES: tuple[Grade, ...] = ("verbatim", "typographic", "elided")
# Where proofs have pages of their own, how many of the entries on which sources differ, and of the warnings, stand on
# one page.
MOST_DIFFERING, MOST_OPEN = 200, 1000
# What the further pages of these are called.
DIFFERING, OPEN = "differing", "open"


class ProofPages:
    """The pages of proof of one timeline, as contexts of their templates.

    `sources` are the pages about these; `found` are the warnings of the build.
    """

    def __init__(self, presenter: Presenter, frame: PageFrame, sources: SourcePages, found: Sequence[Problem]) -> None:
        self._presenter = presenter
        self._frame = frame
        self._cited = sources.cited
        self._source_lists = tuple(sources.links)
        self._found = found
        self._are_many = are_many(len(presenter.proofs))
        self._translate = presenter.words.gettext
        self._grades = presenter.grades()

    @cached_property
    def sheets(self) -> Sequence[ProofSheet]:
        """The pages that show nothing but proofs; none where one page shows all of them."""
        cited = self._cited
        in_order = ((name, cited[name]) for name in self._presenter.timeline.sources if name in cited)
        return tuple(sheets(in_order, len(self._presenter.proofs))) if self._are_many else ()

    @cached_property
    def differing(self) -> Sequence[Sequence[int]]:
        """The places of the entries on which sources differ, page by page; the first of these is `proof.html`."""
        entries, differs = self._presenter.timeline.entries, self._presenter.differs
        differing = [place for place, entry in enumerate(entries) if differs(entry)]
        if not self._are_many:
            return [differing]
        return list(runs_of(differing, lambda place: entries[place].id, MOST_DIFFERING)) or [()]

    @cached_property
    def open(self) -> Sequence[Sequence[str]]:
        """The warnings, page by page as `differing`."""
        warnings = [problems.as_text(problem).replace("\n", " ") for problem in self._found]
        return (list(runs_of(warnings, str, MOST_OPEN)) or [()]) if self._are_many else [warnings]

    def paths(self) -> Iterator[str]:
        """Yield the addresses of all pages but `proof.html`."""
        yield from (sheet.path for sheet in self.sheets)
        for name, pages in ((DIFFERING, self.differing), (OPEN, self.open)):
            yield from (addresses.proofs(name, number) for number in range(2, len(pages) + 1))

    def whole(self) -> ProofPage:
        """Return the context of the page that sums up how every quote was verified."""
        presenter = self._presenter
        graded = [proof.passage.grade for proof in presenter.proofs.values()]
        ngettext, integer = presenter.words.ngettext, presenter.integer
        differing, warnings = sum(map(len, self.differing)), sum(map(len, self.open))
        return ProofPage(
            site=self._frame.site,
            page=self._frame.page(addresses.PROOF, self._translate("Proof")),
            proofs=() if self._are_many else tuple(self._rows(chain.from_iterable(self._cited.values()))),
            grades=tuple((self._grades[grade], graded.count(grade)) for grade in GRADES),
            sources=() if self._source_lists else tuple(self._hashes()),
            source_lists=self._source_lists,
            are_apart=self._are_many,
            differing=self._entries(self.differing[0]),
            more_differing=self._more(
                ngettext("{n} entry", "{n} entries", differing).format(n=integer(differing)), DIFFERING, self.differing
            ),
            open=tuple(self.open[0]),
            more_open=self._more(
                ngettext("{n} warning", "{n} warnings", warnings).format(n=integer(warnings)), OPEN, self.open
            ),
        )

    def outline(self, place: int) -> ProofPartPage:
        """Return the context of one of the `sheets`, without the proofs that it shows."""
        sheet = self.sheets[place]
        around = [self._link(self.sheets[at]) if 0 <= at < len(self.sheets) else None for at in (place - 1, place + 1)]
        return self._part(sheet.path, self._translate("Quotes"), self._label(sheet), *around)

    def filled(self, outline: ProofPartPage, place: int) -> ProofPartPage:
        """Return the context of one of the `sheets` with the proofs that it shows."""
        return outline._replace(sources=tuple(self._proved(self.sheets[place].proved)))

    def differences(self) -> Iterator[tuple[ProofPartPage, Sequence[int]]]:
        """Yield the contexts of the further pages of differences without them, and the places of their entries."""
        for place, entries in enumerate(self.differing[1:], start=1):
            yield self._listed(DIFFERING, self._translate("Where sources differ"), self.differing, place), entries

    def with_differences(self, outline: ProofPartPage, places: Sequence[int]) -> ProofPartPage:
        """Return the context of a page of differences with those of the entries that stand in these places."""
        return outline._replace(differing=self._entries(places))

    def warnings(self) -> Iterator[ProofPartPage]:
        """Yield the contexts of the further pages of warnings."""
        for place, lines in enumerate(self.open[1:], start=1):
            page = self._listed(OPEN, self._translate("What is open"), self.open, place)
            yield page._replace(open=tuple(lines))

    def _entries(self, places: Sequence[int]) -> tuple[EntryView, ...]:
        return tuple([self._presenter.entry(self._presenter.timeline.entries[place]) for place in places])

    def _listed(self, name: str, heading: str, pages: Sequence[object], place: int) -> ProofPartPage:
        links = self._links(name, pages)
        before = links[place - 1] if place > 1 else None
        after = links[place + 1] if place + 1 < len(links) else None
        return self._part(links[place].href, heading, links[place].label, before, after)

    def _part(
        self, path: str, heading: str, label: str, previous: LinkView | None, following: LinkView | None
    ) -> ProofPartPage:
        page = self._frame.page(path, f"{heading}{self._translate(', ')}{label}")
        return ProofPartPage(self._frame.site, page, heading, label, (), (), (), previous, following)

    def _link(self, sheet: ProofSheet) -> LinkView:
        return LinkView(sheet.path, self._label(sheet))

    def _label(self, sheet: ProofSheet) -> str:
        # Translators: one of several parts of the proof.
        part = self._translate("part {number}").format(number=self._presenter.integer(sheet.part))
        if sheet.sheets == 1:
            return part
        return f"{part}{self._translate(', ')}{self._presenter.sheet(sheet.sheet, sheet.sheets)}"

    def _links(self, name: str, pages: Sequence[object]) -> Sequence[LinkView]:
        """Return the links to the pages of a list; the first of them is no page of its own."""
        numbers = range(1, len(pages) + 1)
        return [
            LinkView(addresses.proofs(name, number), self._presenter.sheet(number, len(pages))) for number in numbers
        ]

    def _more(self, count: str, name: str, pages: Sequence[object]) -> MoreView | None:
        return MoreView(count, tuple(self._links(name, pages)[1:])) if len(pages) > 1 else None

    @cached_property
    def first_pages(self) -> Mapping[str, str]:
        """Return where the proofs of each source begin, by its name, where they have pages of their own."""
        found: dict[str, str] = {}
        for sheet in self.sheets:
            for name, _ in sheet.proved:
                href = addresses.source_page(self._presenter.timeline.sources[name])
                found.setdefault(name, f"{sheet.path}#{href}")
        return found

    def _hashes(self) -> Iterator[HashView]:
        pages = self.first_pages
        for name, source in self._presenter.timeline.sources.items():
            href = addresses.source_page(source)
            number = len(self._cited.get(name, ()))
            yield HashView(name, href, source.sha256, number, pages.get(name, ""))

    def _proved(self, proved: Iterable[tuple[str, Sequence[Cited]]]) -> Iterator[ProvedView]:
        for name, items in proved:
            href = addresses.source_page(self._presenter.timeline.sources[name])
            yield ProvedView(name, href, tuple(self._rows(items)))

    def _rows(self, items: Iterable[Cited]) -> Iterator[ProofView]:
        presenter, grades = self._presenter, self._grades
        link, in_words = presenter.link, presenter.display.full
        # Those of one source stand together.
        shown, name = None, ""
        for entry, citation, (source, passage, paragraphs, left_out) in items:
            if source is not shown:
                shown, name = source, presenter.source_name(source)
            # In the order of the fields: by their names it takes twice as long.
            yield ProofView(
                link(entry.id),
                in_words(entry.date),
                citation.attribution,
                LinkView(addresses.passage(citation, source), name),
                paragraph_label(paragraphs),
                grades[passage.grade],
                left_out,
            )
