"""Entries → what search and filters of a large timeline know of them, in scripts of bounded size.

`index.js` says what there is; `heads-<n>.js` hold what filters and the list of results need of some entries, in the
timeline's order; `texts-<n>.js` hold the other words of the same entries, folded. `assets/parts.js` reads them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import unescape
from typing import Any

from dateline import addresses
from dateline.data_script import data_script
from dateline.folding import Fold
from dateline.present import GLYPHS, NO_GLYPH, Presenter
from dateline.views import EntryView

File = tuple[str, bytes]
Detail = dict[str, Any]

EVENT = "dateline:parts"
# A part has no more entries, and about so many bytes at most; an entry whose texts are longer has a part of its own.
MOST_ENTRIES, MOST_BYTES = 2000, 160_000
# The lists of values that entries refer to by number. What a source is called beside a quote is searched for alone.
LISTS = ("place", "source", "who", "tag", "origin")
# Between the entries of a part and between the texts of an entry: folded texts hold neither.
ENTRY_END, TEXT_END = "\n", "\t"

# What each entry takes in a part of heads beside what is counted, in bytes: its numbers, and quotes and commas.
_NUMBERS = 40
_TAG = re.compile(r"<[^>]*>")


def files(presenter: Presenter, entries: Iterable[EntryView], labels: Mapping[str, str]) -> Iterator[File]:
    """Yield the scripts for entries that come in the timeline's order; the index comes last.

    `labels` are the names of the sources by their files.
    """
    fold, lists = Fold(), _Lists(labels)
    heads, texts = _Heads(0, 0, lists, fold), _Texts(0, 0, 0)
    sizes = {"heads": 0, "texts": 0}
    comma = presenter.words.gettext(", ")

    def ended(kind: str, part: File) -> File:
        sizes[kind] += len(part[1])
        return part

    for entry in entries:
        if heads.is_full:
            yield ended("heads", heads.script())
            heads = _Heads(heads.number + 1, heads.first + heads.entries, lists, fold)
        words = TEXT_END.join([fold(text.strip()) for text in _words(entry)])
        if texts.heads != heads.number or not texts.has_room(words):
            yield ended("texts", texts.script())
            texts = _Texts(texts.number + 1, heads.number, heads.entries)
        heads.add(entry, comma)
        texts.add(words)
    yield ended("heads", heads.script())
    yield ended("texts", texts.script())
    yield _script("index", _index(presenter, heads, texts, lists, sizes))


def _index(presenter: Presenter, heads: _Heads, texts: _Texts, lists: _Lists, sizes: Mapping[str, int]) -> Detail:
    """Return what is known of the whole: how many entries, parts, bytes and values there are, and the categories."""
    return {
        "entries": heads.first + heads.entries,
        "heads": heads.number + 1,
        "texts": texts.number + 1,
        "bytes": dict(sizes),
        "values": {name: len(numbers) for name, numbers in lists.numbers.items()},
        "categories": [
            [lane.key, lane.singular if lane.key else "", lane.color, GLYPHS[lane.shape] if lane.key else NO_GLYPH]
            for lane in presenter.lanes()
        ],
    }


class _Lists:
    """The values of each list, numbered in the order in which they are met."""

    def __init__(self, labels: Mapping[str, str]) -> None:
        self.labels = labels
        self.numbers: dict[str, dict[str, int]] = {name: {} for name in LISTS}
        self.new: dict[str, list[str]] = {name: [] for name in LISTS}
        self.size = 0

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
    """A part of the heads, while entries are added to it."""

    def __init__(self, number: int, first: int, lists: _Lists, fold: Fold) -> None:
        self.number, self.first, self.entries, self.lists = number, first, 0, lists
        self._fold = fold
        self._size = 0
        self._titles: list[str] = []
        self._folded: list[tuple[int, str]] = []
        self._ids: list[str] = []
        self._dates: list[list[Any]] = []
        self._date: tuple[str, ...] = ()
        self._pages: list[list[Any]] = []
        self._figures: list[int] = []
        self._differ: list[int] = []
        self._category: list[str] = []
        self._columns: dict[str, list[int | list[int]]] = {name: [] for name in LISTS}

    @property
    def is_full(self) -> bool:
        """Whether the part has all that it may."""
        return self.entries >= MOST_ENTRIES or self._size + self.lists.size >= MOST_BYTES

    def add(self, entry: EntryView, comma: str) -> None:
        """Add an entry."""
        title = " ".join(entry.title.split())
        self._size += _NUMBERS + _size(title) + len(entry.id)
        if not title.isascii():
            folded = self._fold(title)
            self._folded.append((self.entries, folded))
            self._size += _size(folded) + 10
        self._titles.append(title)
        self._ids.append(entry.id)
        self._add_date(entry)
        page = entry.place_on_timeline.partition("#")[0]
        if not self._pages or self._pages[-1][0] != page:
            self._pages.append([page, 0])
            self._size += len(page) + 8
        self._pages[-1][1] += 1
        if entry.figures:
            self._figures.append(self.entries)
        if entry.differences:
            self._differ.append(self.entries)
        self._category.append(entry.category.key if entry.category else "")
        self._add_values(entry, comma)
        self.entries += 1

    def _add_date(self, entry: EntryView) -> None:
        """Count the entry to its date: entries of one date follow each other."""
        date = (entry.year, entry.date_short, entry.date, entry.datetime, entry.earliest, entry.latest)
        if date != self._date:
            self._date = date
            ends = [int(day) if day else None for day in (entry.earliest, entry.latest)]
            self._dates.append([*date[:4], *ends, 0])
            self._size += _size("".join(date)) + 24
        self._dates[-1][-1] += 1

    def _add_values(self, entry: EntryView, comma: str) -> None:
        cited = entry.citations
        self._put("place", (entry.place,))
        self._put("source", [one.file for one in cited])
        self._put("who", [one.attribution for one in cited])
        self._put("tag", entry.tags)
        self._put("origin", [f"{one.source}{comma}{one.published}" if one.published else one.source for one in cited])

    def _put(self, name: str, values: Sequence[str]) -> None:
        """Put the numbers of an entry's values into their column."""
        column, number = self._columns[name], self.lists.number
        self._size += 6 * len(values)
        if len(values) == 1 and values[0]:
            column.append(number(name, values[0]))
        else:
            found = list(dict.fromkeys([number(name, value) for value in values if value]))
            column.append(found[0] if len(found) == 1 else found)

    def script(self) -> File:
        """Return the part; numbers stand alone where an entry has one value, and in a list where it has none or more.

        A row of `dates` is: the year, the date in short, whole and as HTML writes it, the first and the last day (null
        where open), and how many entries have it; one of `pages`, a page and how many entries stand on it. Titles that
        only differ from their folded form by case are not told twice: `folded` holds those of the others.
        """
        keys = list(dict.fromkeys(self._category))
        detail = {
            "heads": self.number,
            "first": self.first,
            "entries": self.entries,
            "titles": ENTRY_END.join(self._titles),
            "folded": self._folded,
            "ids": ENTRY_END.join(self._ids),
            "dates": self._dates,
            "pages": self._pages,
            "figures": self._figures,
            "differ": self._differ,
            "keys": keys,
            "category": list(map({key: number for number, key in enumerate(keys)}.get, self._category)),
            **self._columns,
            "values": self.lists.taken(),
        }
        return _script(f"heads-{self.number}", detail)


class _Texts:
    """A part of the texts, while entries are added to it; all are of one part of the heads, from its `first` on."""

    def __init__(self, number: int, heads: int, first: int) -> None:
        self.number, self.heads, self.first = number, heads, first
        self._texts: list[str] = []
        self._size = 0

    def has_room(self, text: str) -> bool:
        """Return whether one more entry may be added: in any case, the first."""
        return not self._texts or self._size + len(text) < MOST_BYTES

    def add(self, text: str) -> None:
        """Add the folded texts of an entry."""
        self._texts.append(text)
        self._size += _size(text) + 2

    def script(self) -> File:
        """Return the part."""
        detail = {"texts": self.number, "heads": self.heads, "first": self.first, "text": ENTRY_END.join(self._texts)}
        return _script(f"texts-{self.number}", detail)


def _words(entry: EntryView) -> Iterator[str]:
    """Yield the texts of an entry that its head does not hold, as a reader sees them."""
    if entry.summary:
        yield unescape(_TAG.sub("", entry.summary))
    if entry.date_note:
        yield entry.date_note
    for citation in entry.citations:
        if citation.parts:
            yield " […] ".join(citation.parts)


def _size(text: str) -> int:
    """Return how many bytes a text takes in a script, within its quotes; it holds no control characters."""
    return len(text.encode()) + text.count('"') + text.count("\\") + 5 * text.count("<")


def _script(name: str, detail: Detail) -> File:
    return f"{addresses.FIND}{name}.js", data_script(EVENT, detail).encode()
