"""Entries → the parts in which a large timeline is searched: which entries each holds, and what it is made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from dateline.cuts import cut
from dateline.events import LIST_SEPARATOR, Entry
from dateline.fingerprints import of_texts

# About how many bytes a part has at most; an entry whose texts are longer has one of its own. From three quarters on it
# ends with one of so many entries.
MOST_BYTES = 160_000
LEAST_BYTES, EVERY = MOST_BYTES * 3 // 4, 16
# What an entry takes in the heads beside its title, and for each citation, in bytes: about that much.
_HEAD, _CITATION = 100, 20
# The sizes that are told are rounded, so that they are seldom others.
_STEP = 100_000


class TextsPart(NamedTuple):
    """A part of the texts: its number, that of the heads of its entries, and their places in the timeline.

    `first` is the place of the first among the entries of these heads.
    """

    number: int
    heads: int
    first: int
    places: range


class HeadsPart(NamedTuple):
    """A part of the heads: its number, and the places of its entries in the timeline.

    `new` are the places of those that bring something that no entry before them has. `known` is the fingerprint of all
    that those before this part and in it have brought.
    """

    number: int
    places: range
    new: Sequence[int]
    known: str


class SearchParts:
    """The parts of one timeline."""

    def __init__(
        self, entries: Sequence[Entry], sizes: Sequence[int], sources: Mapping[str, str], labels: Mapping[str, str]
    ) -> None:
        """Begin with how many bytes the texts of each entry take, the fingerprints of the sources, and their labels."""
        heads, ids = list(map(_head_size, entries)), [entry.id for entry in entries]
        cuts = cut(ids, heads, least=LEAST_BYTES, most=MOST_BYTES, every=EVERY)
        self.heads = list(_heads(entries, cuts, sources, labels))
        # What is not in the heads is told in the texts, or as short as what parts them.
        self._texts = [max(0, size - head) for size, head in zip(sizes, heads, strict=True)]
        self.texts = list(self._text_parts(ids))
        self.bytes = {"heads": _rounded(sum(heads)), "texts": _rounded(sum(self._texts))}

    def _text_parts(self, ids: Sequence[str]) -> Iterator[TextsPart]:
        number = 0
        for heads in self.heads:
            start, inside = heads.places.start, slice(heads.places.start, heads.places.stop)
            cuts = cut(ids[inside], self._texts[inside], least=LEAST_BYTES, most=MOST_BYTES, every=EVERY)
            for places in cuts:
                yield TextsPart(number, heads.number, places.start, range(start + places.start, start + places.stop))
                number += 1


def _heads(
    entries: Sequence[Entry], cuts: Iterable[range], sources: Mapping[str, str], labels: Mapping[str, str]
) -> Iterator[HeadsPart]:
    kinds: set[tuple[str, tuple[str, ...]]] = set()
    cited: set[tuple[str, str]] = set()
    known = ""
    for number, places in enumerate(cuts):
        new: dict[int, None] = {}
        texts = [known]
        for place in places:
            entry = entries[place]
            kind = entry.place, entry.tags
            if kind not in kinds:
                kinds.add(kind)
                new[place] = None
                texts += (entry.place, LIST_SEPARATOR.join(entry.tags))
            for _, source, _, _, _, attribution, _, _ in entry.citations:
                if (source, attribution) not in cited:
                    cited.add((source, attribution))
                    new[place] = None
                    texts += (source, attribution, sources.get(source, ""), labels.get(source, ""))
        known = of_texts(*texts)
        yield HeadsPart(number, places, list(new), known)


def _head_size(entry: Entry) -> int:
    title = entry.title
    # One that has other letters is told folded as well.
    told = len(title) if title.isascii() else 2 * len(title.encode("utf-8", "surrogatepass"))
    return told + _HEAD + _CITATION * len(entry.citations)


def _rounded(size: int) -> int:
    return -(-size // _STEP) * _STEP
