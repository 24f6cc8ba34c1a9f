"""Entries → what search and filters of a large timeline know of them, in scripts of bounded size.

`index.js` says what there is; `heads-<n>.js` hold what filters and the list of results need of some entries, in the
timeline's order; `texts-<n>.js` hold the other words of the same entries, folded. `assets/parts.js` reads them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, islice
from typing import Any, TypeVar

from dateline import addresses
from dateline.data_script import data_script
from dateline.events import Entry, reports
from dateline.folding import Fold, single_spaced
from dateline.markdown import passage_text
from dateline.present import GLYPHS, NO_GLYPH, DateView, Presenter
from dateline.search_parts import HeadsPart, SearchParts, TextsPart

File = tuple[str, bytes]
Detail = dict[str, Any]
Item = TypeVar("Item")

EVENT = "dateline:parts"
# The lists of values that entries refer to by number. What a source is called beside a quote is searched for alone.
LISTS = ("place", "source", "who", "tag", "origin")
Numbers = int | list[int]
# Between the entries of a part and between the texts of an entry: folded texts hold neither.
ENTRY_END, TEXT_END = "\n", "\t"


class SearchIndex:
    """The scripts for the entries of a timeline; `labels` are the names of the sources by their files."""

    def __init__(self, presenter: Presenter, parts: SearchParts, labels: Mapping[str, str]) -> None:
        self._presenter = presenter
        self._entries = presenter.timeline.entries
        self._parts = parts
        self._fold = Fold()
        self._lists = _Lists(presenter, labels)
        # How many parts of the heads the lists hold the values of.
        self._listed = 0

    def index(self) -> File:
        """Return the script that says what there is."""
        parts = self._parts
        self._list(len(parts.heads))
        detail = {"entries": len(self._entries), "heads": len(parts.heads), "texts": len(parts.texts)}
        return _script("index", {**detail, "bytes": parts.bytes, **_known(self._lists)})

    def heads(self, part: HeadsPart) -> File:
        """Return a part of the heads; they are made in their order, though not all of them need to be."""
        self._list(part.number)
        made = _heads(part, self._entries[part.places.start : part.places.stop], self._lists, self._fold)
        self._listed += 1
        return made

    def texts(self, part: TextsPart) -> File:
        """Return a part of the texts."""
        entries = self._entries[part.places.start : part.places.stop]
        text = ENTRY_END.join(_folded_words(entries, self._presenter, self._fold))
        detail = {"texts": part.number, "heads": part.heads, "first": part.first, "text": text}
        return _script(f"texts-{part.number}", detail)

    def _list(self, number: int) -> None:
        """Enter the values of the heads before that number which were not made."""
        for part in self._parts.heads[self._listed : number]:
            for place in part.new:
                self._lists.of(self._entries[place])
            self._lists.taken()
        self._listed = max(number, self._listed)


def _known(lists: _Lists) -> Detail:
    """Return how many values each list has, and the categories."""
    return {
        "values": {name: len(numbers) for name, numbers in lists.numbers.items()},
        "categories": [
            [lane.key, lane.singular if lane.key else "", lane.color, GLYPHS[lane.shape] if lane.key else NO_GLYPH]
            for lane in lists.presenter.lanes()
        ],
    }


class _Lists:
    """The values of each list, numbered in the order in which they are met."""

    def __init__(self, presenter: Presenter, labels: Mapping[str, str]) -> None:
        self.presenter = presenter
        self.labels = labels
        self.numbers: dict[str, dict[str, int]] = {name: {} for name in LISTS}
        self.new: dict[str, list[str]] = {name: [] for name in LISTS}
        # Where something takes place, and who says so, is said many times.
        self._kinds: dict[tuple[str, tuple[str, ...]], tuple[Numbers, ...]] = {}
        self._cited_once: dict[tuple[str, str], tuple[Numbers, ...]] = {}
        self._comma = presenter.words.gettext(", ")

    def of(self, entry: Entry) -> tuple[Numbers, ...]:
        """Return the numbers of an entry's values in each of `LISTS`; one alone, or a list of none or several."""
        kind = entry.place, entry.tags
        place, tags = self._kinds.get(kind) or self._kind(kind)
        if len(entry.citations) == 1:
            [citation] = entry.citations
            own = citation.source, citation.attribution
            sources, voices, origins = self._cited_once.get(own) or self._sources_once(own)
        else:
            cited = [(citation.source, citation.attribution) for citation in entry.citations]
            sources, voices, origins = self._sources(cited)
        return place, sources, voices, tags, origins

    def _kind(self, kind: tuple[str, tuple[str, ...]]) -> tuple[Numbers, ...]:
        place, tags = kind
        found = self._kinds[kind] = self._all("place", (place,)), self._all("tag", tags)
        return found

    def _sources_once(self, cited: tuple[str, str]) -> tuple[Numbers, ...]:
        found = self._cited_once[cited] = self._sources([cited])
        return found

    def _sources(self, cited: Sequence[tuple[str, str]]) -> tuple[Numbers, ...]:
        return (
            self._all("source", [source for source, _ in cited]),
            self._all("who", [attribution for _, attribution in cited]),
            self._all("origin", list(map(self._origin, cited))),
        )

    def _origin(self, cited: tuple[str, str]) -> str:
        """Return what a source is called beside a quote."""
        source, attribution = cited
        if not source:
            return ""
        name = self.presenter.source_name(self.presenter.timeline.sources[source], attribution)
        published = self.presenter.published[source]
        return f"{name}{self._comma}{published}" if published else name

    def _all(self, name: str, values: Sequence[str]) -> Numbers:
        found = list(dict.fromkeys([self.number(name, value) for value in values if value]))
        return found[0] if len(found) == 1 else found

    def number(self, name: str, value: str) -> int:
        """Return the number of a value, with single spaces, as a browser compares them; a new one if it was not met."""
        numbers = self.numbers[name]
        found = numbers.get(value)
        return self._added(name, " ".join(value.split())) if found is None else found

    def _added(self, name: str, value: str) -> int:
        numbers = self.numbers[name]
        if value in numbers:
            return numbers[value]
        numbers[value] = len(numbers)
        self.new[name].append(value)
        return numbers[value]

    def taken(self) -> Detail:
        """Return the values that are new since this was asked last, with the number of the first of each list."""
        new = {
            name: [len(self.numbers[name]) - len(values), self._shown(name, values)]
            for name, values in self.new.items()
            if values
        }
        self.new = {name: [] for name in LISTS}
        return new

    def _shown(self, name: str, values: list[str]) -> list[Any]:
        return [[value, self.labels.get(value, value)] for value in values] if name == "source" else values


def _heads(part: HeadsPart, entries: Sequence[Entry], lists: _Lists, fold: Fold) -> File:
    """Return a part of the heads; numbers stand alone where an entry has one value, in a list where none or more.

    A row of `dates` is: the year, the date in short, whole and as HTML writes it, the first and the last day (null
    where open), and how many entries have it; one of `pages`, a page and how many entries stand on it. Titles that
    only differ from their folded form by case are not told twice: `folded` holds those of the others.
    """
    presenter = lists.presenter
    known = presenter.categories
    titles = [single_spaced(entry.title) for entry in entries]
    categories = [entry.category if entry.category in known else "" for entry in entries]
    keys = {key: number for number, key in enumerate(dict.fromkeys(categories))}
    values = list(map(lists.of, entries))
    detail = {
        "heads": part.number,
        "entries": len(entries),
        "titles": ENTRY_END.join(titles),
        "folded": [(place, fold(title)) for place, title in enumerate(titles) if not title.isascii()],
        "ids": ENTRY_END.join([entry.id for entry in entries]),
        # Entries of one date, and those of one page, follow each other.
        "dates": [_date_row(date, number) for date, number in _counted(presenter.date(one.date) for one in entries)],
        "pages": list(_counted(presenter.timeline_page(entry.id) for entry in entries)),
        "figures": [place for place, entry in enumerate(entries) if reports(entry)],
        "differ": [place for place, entry in enumerate(entries) if presenter.differs(entry)],
        "keys": list(keys),
        "category": [keys[category] for category in categories],
        **{name: [own[at] for own in values] for at, name in enumerate(LISTS)},
        "values": lists.taken(),
    }
    return _script(f"heads-{part.number}", detail)


def _counted(values: Iterable[Item]) -> Iterator[tuple[Item, int]]:
    """Yield values with how many of the same follow each other."""
    return ((value, sum(1 for _ in run)) for value, run in groupby(values))


def _date_row(dated: DateView, number: int) -> list[Any]:
    year, said, short, written, earliest, latest = dated
    first = int(earliest) if earliest else None
    last = first if latest == earliest else int(latest) if latest else None
    return [year, short, said, written, first, last, number]


def _folded_words(entries: Sequence[Entry], presenter: Presenter, fold: Fold) -> list[str]:
    """Return the texts of each entry that its head does not hold, folded and put together."""
    flat: list[str] = []
    numbers: list[int] = []
    for entry in entries:
        before = len(flat)
        flat += _words(entry, presenter)
        numbers.append(len(flat) - before)
    folded = iter(fold.all(flat))
    return [TEXT_END.join(islice(folded, number)) for number in numbers]


def _words(entry: Entry, presenter: Presenter) -> list[str]:
    """Return the texts of an entry that its head does not hold, as a reader sees them."""
    proofs = presenter.proofs
    words = []
    if summary := passage_text(entry.summary):
        words.append(summary)
    if entry.date_note:
        words.append(entry.date_note.strip())
    for citation in entry.citations:
        if citation.anchor in proofs:
            parts = presenter.parts(citation)
            words.append(parts[0] if len(parts) == 1 else " […] ".join(parts))
    return words


def _script(name: str, detail: Detail) -> File:
    return f"{addresses.FIND}{name}.js", data_script(EVENT, detail).encode()
