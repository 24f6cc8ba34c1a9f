"""Pages → their fingerprints, taken from what they are made of before they are made."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any

from dateline import fingerprints
from dateline.entry_keys import EntryKeys
from dateline.events import LIST_SEPARATOR, reports
from dateline.fingerprints import Files
from dateline.page_frame import PageFrame
from dateline.page_views import FiguresPartPage, PeriodPage, ProofPartPage
from dateline.reported import Reported
from dateline.source_text import Cited
from dateline.sources import Source
from dateline.staging import Piece

if TYPE_CHECKING:
    from dateline.feeds import Feed, Item


class PageKeys:
    """The fingerprints of the pages of one site.

    The counts of entries, sources and quotes are part of each only where templates of the user's may show them: of the
    shipped ones, `index.html` alone does, and all of the timeline is part of its own.
    """

    def __init__(self, files: Files, frame: PageFrame) -> None:
        self._presenter = presenter = frame.presenter
        self._timeline = timeline = presenter.timeline
        made = frame.made_of(counts=files.is_own)
        self._site = made[0]
        # What is published of them is made by the program alone, and plotly.js is of one of the packages.
        self.assets = fingerprints.of(files.program, files.assets)
        categories, columns = list(presenter.categories.values()), timeline.table.columns
        self._shared = fingerprints.of(files.program, files.templates, timeline.config, columns, categories, made)
        self.sources = {name: self._source(source) for name, source in timeline.sources.items()}
        self.entries = EntryKeys(presenter, self.sources)

    def entry(self, place: int) -> str:
        """Return the fingerprint of the page of an entry, given its place in the timeline."""
        return self._of_bytes(self.entries.around(place))

    def period(self, outline: PeriodPage, places: Iterable[int]) -> str:
        """Return the fingerprint of the page of a period, given the places of the entries that it shows."""
        return self._of_bytes(self._outlined("period.html", outline), self.entries.of(places))

    def source(self, source: Source, hashed: str) -> str:
        """Return the fingerprint of a source's page; what its text is made into follows from its bytes.

        `hashed` is where its whole SHA-256 stands.
        """
        return self._of_bytes(hashed.encode("utf-8", "surrogatepass"), self._cited(source.name))

    def list_of(self, sources: Iterable[Source], cited: Mapping[str, Sequence[Cited]]) -> str:
        """Return the fingerprint of what a list tells of these sources, given what is cited of each."""
        told: list[bytes] = []
        for source in sources:
            items = cited.get(source.name, ())
            spans = chain.from_iterable(item.proof.passage.spans for item in items)
            entries = len({item.entry.id for item in items})
            counts = array("Q", (entries, len(items), *chain.from_iterable(spans)))
            told += self.sources[source.name].encode(), counts.tobytes()
        return self._of_bytes(*told)

    def proofs(self, outline: ProofPartPage, proved: Iterable[tuple[str, Sequence[Cited]]]) -> str:
        """Return the fingerprint of a page of proofs, given the names of sources and what it shows of each."""
        texts = [self._outlined("proof-part.html", outline)]
        for name, cited in proved:
            # Of what is cited of a source a page shows some that follow each other.
            which = f"{name} {len(cited)} {cited[0].citation.anchor} "
            texts += which.encode("utf-8", "surrogatepass"), self._cited(name)
        return self._of_bytes(*texts)

    def figures(self, outline: FiguresPartPage, numbers: Iterable[Reported]) -> str:
        """Return the fingerprint of a page of numbers and of the data of its chart, given the numbers that it shows."""
        shown = list(numbers)
        # What an entry says has all of its figures; these tell which of them stand here.
        which = [(number.citation.anchor, number.series.key, repr(number.figure)) for number in shown]
        path = outline.page.path
        return self.entries_in(path, [self._places[number.entry.id] for number in shown], self.outline(outline), which)

    def differing(self, outline: ProofPartPage, places: Iterable[int]) -> str:
        """Return the fingerprint of a page of differences, given the places of the entries that it shows."""
        return self._of_bytes(self._outlined("proof-part.html", outline), self.entries.of(places))

    def feed(self, frame: Feed[Item], items: Sequence[Item], keys: bytes, kind: str) -> tuple[str, list[Piece]]:
        """Return the pieces of a file and its fingerprint; `keys` are of its items, `kind` is what it shows of each."""
        pieces = list(frame.pieces(items, keys, self.of(kind)))
        return fingerprints.of_bytes(b"".join([key for key, _ in pieces])), pieces

    def entries_in(self, path: str, places: Iterable[int], *made_of: Any) -> str:  # noqa: ANN401 - as `of` takes them
        """Return the fingerprint of a file that shows some entries, given their places, and what it shows beside."""
        return self._of_bytes(self.of(path, made_of).encode(), self.entries.of(places))

    @cached_property
    def drawn(self) -> str:
        """The fingerprint of what is drawn of all entries: in which categories they are, when, and by which ids."""
        told = [(entry.id, entry.date.text, entry.category) for entry in self._timeline.entries]
        return fingerprints.of_texts("", *chain.from_iterable(told))

    @cached_property
    def counted(self) -> str:
        """The fingerprint of what filters count of all entries."""
        presenter, sources = self._presenter, self.sources
        texts = [self.drawn]
        for entry in self._timeline.entries:
            texts += (entry.place, LIST_SEPARATOR.join(entry.tags), str(presenter.differs(entry)), str(reports(entry)))
            for citation in entry.citations:
                texts += (sources.get(citation.source, ""), citation.attribution)
            texts.append("\n")
        return fingerprints.of_texts(*texts)

    def of(self, *values: Any) -> str:  # noqa: ANN401 - as `fingerprints.of` takes them
        """Return the fingerprint of a page that is made of these values alone."""
        return fingerprints.of(self._shared, values)

    def outline(self, context: Any) -> Any:  # noqa: ANN401 - a page of `page_views`
        """Return a context without the counts of the site, if no template shows them."""
        return context._replace(site=self._site)

    def _outlined(self, template: str, outline: Any) -> bytes:  # noqa: ANN401 - a page of `page_views`
        return self.of(template, self.outline(outline)).encode()

    def _of_bytes(self, *keys: bytes) -> str:
        return fingerprints.of_bytes(b"".join([self._shared.encode(), *keys]))

    def _cited(self, name: str) -> bytes:
        """Return the key of a source itself, and those of the entries that cite it."""
        return self.sources[name].encode() + self.entries.of(self._citing.get(name, ()))

    @cached_property
    def _citing(self) -> Mapping[str, Sequence[int]]:
        """The places of the entries that cite each source, in order of the timeline."""
        citing: dict[str, list[int]] = {}
        for place, entry in enumerate(self._timeline.entries):
            for citation in entry.citations:
                citing.setdefault(citation.source, []).append(place)
        return citing

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {entry.id: place for place, entry in enumerate(self._timeline.entries)}

    def _source(self, source: Source) -> str:
        """Return the fingerprint of a source itself: its bytes, what is known of it, and its number."""
        dates = [date.text if date else "" for date in (source.published, source.archive_date, source.retrieved)]
        told = source.title, source.author, source.publisher, source.language, source.url, source.archive_url
        number, title = str(self._presenter.footnotes[source.name]), self._presenter.source_title(source)
        texts = (source.name, source.page, source.sha256, source.publish, source.note, number, title, *dates, *told)
        return fingerprints.of_texts(*texts)
