"""Entries → what search and filters of a large timeline know of them, in scripts of bounded size.

`index.js` says what there is; `heads-<n>.js` hold what filters and the list of results need of some entries, in the
timeline's order; `texts-<n>.js` hold the other words of the same entries, folded. `assets/parts.js` reads them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import unescape
from itertools import islice
from typing import Any

from dateline import addresses
from dateline.data_script import data_script
from dateline.events import Entry, reports
from dateline.folding import Fold, single_spaced
from dateline.markdown import is_plain, passage_html
from dateline.present import GLYPHS, NO_GLYPH, DateView, Presenter

File = tuple[str, bytes]
Detail = dict[str, Any]

EVENT = "dateline:parts"
# A part has no more entries, and about so many bytes at most; an entry whose texts are longer has a part of its own.
MOST_ENTRIES, MOST_BYTES = 2000, 160_000
# The lists of values that entries refer to by number. What a source is called beside a quote is searched for alone.
LISTS = ("place", "source", "who", "tag", "origin")
Numbers = int | list[int]
# Between the entries of a part and between the texts of an entry: folded texts hold neither.
ENTRY_END, TEXT_END = "\n", "\t"

# What each entry takes in a part of heads beside what is counted, in bytes: its numbers, and quotes and commas.
_NUMBERS = 40
_TAG = re.compile(r"<[^>]*>")


def files(presenter: Presenter, labels: Mapping[str, str]) -> Iterator[File]:
    """Yield the scripts for the entries of a timeline; the index comes last.

    `labels` are the names of the sources by their files.
    """
    entries, fold, lists = presenter.timeline.entries, Fold(), _Lists(presenter, labels)
    heads = texts = first = 0
    sizes = {"heads": 0, "texts": 0}
    while first < len(entries):
        part = _Heads(heads, first, lists, fold)
        part.fill(entries)
        path, content = part.script()
        yield path, content
        sizes["heads"] += len(content)
        for path, content in _texts(entries[first : first + part.entries], presenter, fold, (texts, heads)):
            yield path, content
            sizes["texts"] += len(content)
            texts += 1
        first += part.entries
        heads += 1
    yield _script("index", {"entries": first, "heads": heads, "texts": texts, "bytes": sizes, **_known(lists)})


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
        self.size = 0
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
        self.size += _size(value) + (_size(self.labels.get(value, "")) if name == "source" else 0) + 8
        return numbers[value]

    def taken(self) -> Detail:
        """Return the values that are new since this was asked last, with the number of the first of each list."""
        new = {
            name: [len(self.numbers[name]) - len(values), self._shown(name, values)]
            for name, values in self.new.items()
            if values
        }
        self.new = {name: [] for name in LISTS}
        self.size = 0
        return new

    def _shown(self, name: str, values: list[str]) -> list[Any]:
        return [[value, self.labels.get(value, value)] for value in values] if name == "source" else values


class _Heads:
    """A part of the heads."""

    def __init__(self, number: int, first: int, lists: _Lists, fold: Fold) -> None:
        self.number, self.first, self.entries, self.lists = number, first, 0, lists
        self._fold = fold
        self._titles: list[str] = []
        self._folded: list[tuple[int, str]] = []
        self._dates: list[list[Any]] = []
        self._pages: list[list[Any]] = []
        self._values: list[tuple[Numbers, ...]] = []
        self._shown: Sequence[Entry] = ()

    def fill(self, entries: Sequence[Entry]) -> None:
        """Take as many entries as the part may have, from its first one on."""
        lists, date_of, page_of = self.lists, self.lists.presenter.date, self.lists.presenter.timeline_page
        titles, dates, pages, values = self._titles, self._dates, self._pages, self._values
        size, page, dated = 0, "", None
        for entry in entries[self.first : self.first + MOST_ENTRIES]:
            if size + lists.size >= MOST_BYTES:
                break
            title = single_spaced(entry.title)
            size += _NUMBERS + _size(title) + len(entry.id) + 6 * (1 + len(entry.tags) + 3 * len(entry.citations))
            if not title.isascii():
                folded = self._fold(title)
                self._folded.append((len(titles), folded))
                size += _size(folded) + 10
            titles.append(title)
            # Entries of one date, and those of one page, follow each other.
            if (own := date_of(entry.date)) != dated:
                dated = own
                dates.append(_date_row(own))
                size += _size("".join(own)) + 24
            dates[-1][-1] += 1
            if (its := page_of(entry.id)) != page:
                page = its
                pages.append([page, 0])
                size += len(page) + 8
            pages[-1][1] += 1
            values.append(lists.of(entry))
        self.entries = len(titles)
        self._shown = entries[self.first : self.first + self.entries]

    def script(self) -> File:
        """Return the part; numbers stand alone where an entry has one value, and in a list where it has none or more.

        A row of `dates` is: the year, the date in short, whole and as HTML writes it, the first and the last day (null
        where open), and how many entries have it; one of `pages`, a page and how many entries stand on it. Titles that
        only differ from their folded form by case are not told twice: `folded` holds those of the others.
        """
        presenter = self.lists.presenter
        known = presenter.categories
        categories = [entry.category if entry.category in known else "" for entry in self._shown]
        keys = {key: number for number, key in enumerate(dict.fromkeys(categories))}
        detail = {
            "heads": self.number,
            "first": self.first,
            "entries": self.entries,
            "titles": ENTRY_END.join(self._titles),
            "folded": self._folded,
            "ids": ENTRY_END.join([entry.id for entry in self._shown]),
            "dates": self._dates,
            "pages": self._pages,
            "figures": [place for place, entry in enumerate(self._shown) if reports(entry)],
            "differ": [place for place, entry in enumerate(self._shown) if presenter.differs(entry)],
            "keys": list(keys),
            "category": [keys[category] for category in categories],
            **{name: [values[at] for values in self._values] for at, name in enumerate(LISTS)},
            "values": self.lists.taken(),
        }
        return _script(f"heads-{self.number}", detail)


def _date_row(dated: DateView) -> list[Any]:
    year, said, short, written, earliest, latest = dated
    first = int(earliest) if earliest else None
    last = first if latest == earliest else int(latest) if latest else None
    return [year, short, said, written, first, last, 0]


def _texts(entries: Sequence[Entry], presenter: Presenter, fold: Fold, place: tuple[int, int]) -> Iterator[File]:
    """Yield the parts of the texts of entries of one part of the heads.

    `place` are the number of the first of them, and that of the heads.
    """
    number, heads = place
    texts: list[str] = []
    first = size = 0
    words = _folded_words(entries, presenter, fold)
    for told, takes in zip(words, _sizes(words), strict=True):
        if texts and size + len(told) >= MOST_BYTES:
            yield _texts_script(number, heads, first, texts)
            number, first, texts, size = number + 1, first + len(texts), [], 0
        texts.append(told)
        size += takes + 2
    yield _texts_script(number, heads, first, texts)


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


def _texts_script(number: int, heads: int, first: int, texts: Sequence[str]) -> File:
    detail = {"texts": number, "heads": heads, "first": first, "text": ENTRY_END.join(texts)}
    return _script(f"texts-{number}", detail)


def _words(entry: Entry, presenter: Presenter) -> list[str]:
    """Return the texts of an entry that its head does not hold, as a reader sees them."""
    proofs, summary = presenter.proofs, entry.summary
    words = []
    if is_plain(summary):
        words.append(summary.strip())
    elif html := passage_html(summary):
        words.append(unescape(_TAG.sub("", html)).strip())
    if entry.date_note:
        words.append(entry.date_note.strip())
    for citation in entry.citations:
        if citation.anchor in proofs:
            parts = presenter.parts(citation)
            words.append(parts[0] if len(parts) == 1 else " […] ".join(parts))
    return words


def _sizes(texts: Sequence[str]) -> Iterable[int]:
    """Return how many bytes each text takes in a script; of plain ones together that is seen at a glance."""
    joined = "".join(texts)
    is_bare = joined.isascii() and not ('"' in joined or "\\" in joined or "<" in joined)
    return map(len if is_bare else _size, texts)


def _size(text: str) -> int:
    """Return how many bytes a text takes in a script, within its quotes; it holds no control characters."""
    length = len(text) if text.isascii() else len(text.encode())
    return length + text.count('"') + text.count("\\") + 5 * text.count("<")


def _script(name: str, detail: Detail) -> File:
    return f"{addresses.FIND}{name}.js", data_script(EVENT, detail).encode()
