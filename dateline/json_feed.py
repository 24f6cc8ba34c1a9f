"""The timeline as JSON for other programs, as `docs/timeline.schema.json` describes it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from json.encoder import encode_basestring as quoted
from typing import Any

from dateline import addresses, dates
from dateline.cuts import cut
from dateline.entry_keys import EntryKeys
from dateline.events import COLUMNS, Citation, Entry, Figure
from dateline.feeds import Feed
from dateline.present import Presenter
from dateline.proof import Proof
from dateline.quotes import Span
from dateline.sources import Source
from dateline.tables import Table

# How many characters stand before and after a passage in its TextQuoteSelector.
SELECTOR_CONTEXT = 32
# From how many bytes on the entries stand in files of their own, and how many such a file has at most. GitHub advises
# against files of more than 50 MB, and takes none of more than 100.
WHOLE, PART = 50_000_000, 20_000_000
# About one of so many entries ends a part.
EVERY = 4096
# What an entry takes beside its texts, and each of its citations, in bytes: about that much.
_FRAME, _CITATION = 350, 350


def parts(entries: Sequence[Entry], keys: EntryKeys) -> list[range]:
    """Return the places of the entries that stand in each file of their own; none where they all are in one file.

    Where a part ends is decided by the entry it ends with, so that entries that come or go change only theirs.
    """
    sizes = list(map(_size, entries, keys.sizes))
    if sum(sizes) <= WHOLE:
        return []
    return list(cut([entry.id for entry in entries], sizes, least=0, most=PART, every=EVERY))


def feed(presenter: Presenter, inside: Sequence[range]) -> Feed[Entry]:
    """Return the timeline as one file of JSON, each entry on a line of its own; or without any if they have `parts`."""
    settings, entries = presenter.timeline.config, presenter.timeline.entries
    about = {
        "title": settings.title,
        "language": settings.language,
        "address": settings.address or None,
        "categories": [{"key": key, "label": value.label} for key, value in presenter.categories.items()],
        "series": [_series_json(presenter, key) for key in settings.series],
        "sources": [_source_json(source) for source in presenter.timeline.sources.values()],
    }
    head = f'{_encode(about)[:-1]}, "entries": ['.encode()
    if not inside:
        return part(presenter)._replace(head=head)
    told = [_part_json(entries[places[0]], entries[places[-1]], len(places)) for places in inside]
    return part(presenter)._replace(head=head, tail=f'], "parts": {_encode(told)}}}\n'.encode())


def part(presenter: Presenter) -> Feed[Entry]:
    """Return a file of some of the entries."""
    return Feed(head=b'{"entries": [', piece=_Entries(presenter).piece, between=b",", tail=b"\n]}\n")


def part_path(first: Entry) -> str:
    """Return the file that begins with an entry."""
    return f"{addresses.JSON_PARTS}{first.id}.json"


def _size(entry: Entry, told: int) -> int:
    """Return how many bytes an entry takes, of which its texts take so many; its quotes stand there twice."""
    quotes = "".join([citation.quote for citation in entry.citations])
    again = len(quotes) if quotes.isascii() else len(quotes.encode("utf-8", "surrogatepass"))
    return told + again + _FRAME + _CITATION * len(entry.citations)


def _part_json(first: Entry, last: Entry, number: int) -> dict[str, Any]:
    return {"file": part_path(first), "entries": number, "first": first.date.text, "last": last.date.text}


def _series_json(presenter: Presenter, key: str) -> dict[str, Any]:
    series = presenter.timeline.config.series[key]
    return {
        "key": key,
        "label": series.label,
        "family": series.family,
        "unit": series.unit or None,
        "since": series.since.text if series.since else None,
        "cumulative": series.cumulative,
        "note": series.note or None,
    }


def _source_json(source: Source) -> dict[str, Any]:
    return {
        "file": source.name,
        "sha256": source.sha256,
        "page": addresses.source_page(source),
        "title": source.title or None,
        "author": source.author or None,
        "publisher": source.publisher or None,
        "published": source.published.text if source.published else None,
        "language": source.language or None,
        "url": source.url or None,
        "archive_url": source.archive_url or None,
        "archive_date": source.archive_date.text if source.archive_date else None,
        "retrieved": source.retrieved.text if source.retrieved else None,
        "publish": source.publish,
        "note": source.note or None,
        "other": dict(source.other),
    }


def _other_cells(given: Table) -> dict[int, dict[str, str]]:
    """Return the cells of the columns that Dateline does not know, where they are not empty, by line."""
    positions = [(number, name) for number, name in enumerate(given.columns) if name not in COLUMNS]
    if not positions:
        return {}
    return {
        row.line: {name: row.cells[number] for number, name in positions if row.cells[number]} for row in given.rows
    }


class _Entries:
    """The entries of one timeline as JSON, written as text: to put objects together first would take twice as long."""

    def __init__(self, presenter: Presenter) -> None:
        timeline = presenter.timeline
        self._proofs = presenter.proofs
        self._in_words = presenter.display.full
        self._permalink = presenter.permalink
        self._conflicts = presenter.conflicts_of
        self._others = _other_cells(timeline.table)
        # Of what kind an entry is, and who says so, is said many times.
        self._kinds: dict[tuple[str, str, tuple[str, ...]], str] = {}
        self._voices: dict[tuple[str, str], str] = {}

    def piece(self, entry: Entry) -> bytes:
        """Return an entry, on a line of its own; what it lacks is null."""
        date, proof_of = entry.date, self._proofs.get
        first = last = _day(date.earliest)
        if date.latest is not date.earliest:
            last = _day(date.latest)
        citations = ", ".join([
            self._citation(citation, proof_of(citation.anchor), is_own=citation.line == entry.line)
            for citation in entry.citations
        ])  # fmt: skip
        return (
            f'\n{{"id": {_cell(entry.id)}, "page": {_cell(self._permalink(entry.id))}, "date": {_cell(date.text)}, '
            f'"earliest": {first}, "latest": {last}, "date_in_words": {quoted(self._in_words(date))}, '
            f'"date_note": {_cell(entry.date_note)}, "title": {_cell(entry.title)}, '
            f'"summary": {_cell(entry.summary)}, {self._kind(entry.category, entry.place, entry.tags)}, '
            f'"conflicts_with": {_list(self._conflicts(entry))}, "related": {_list(entry.related)}, '
            f'"citations": [{citations}], "other": {self._other(entry.line)}}}'
        ).encode()

    def _citation(self, citation: Citation, found: Proof | None, *, is_own: bool) -> str:
        quote = _cell(citation.quote)
        verified, paragraphs, left_out, selectors = "null", "[]", 0, ""
        if found:
            verified, paragraphs, left_out = f'"{found.passage.grade}"', _numbers(found.paragraphs), found.left_out
            source = found.source
            selectors = ", ".join([_selector(source, span, citation.quote, quote) for span in found.passage.spans])
        figures = ", ".join(map(_figure, citation.figures)) if citation.figures else ""
        other = "{}" if is_own else self._other(citation.line)
        return (
            f"{{{self._voice(citation.source, citation.attribution)}, "
            f'"quote": {quote}, "verified": {verified}, "paragraphs": {paragraphs}, "words_left_out": {left_out}, '
            f'"selectors": [{selectors}], "figures": [{figures}], "other": {other}}}'
        )

    def _kind(self, category: str, place: str, tags: tuple[str, ...]) -> str:
        said = self._kinds.get((category, place, tags))
        if said is None:
            said = f'"category": {_cell(category)}, "place": {_cell(place)}, "tags": {_list(tags)}'
            self._kinds[category, place, tags] = said
        return said

    def _voice(self, source: str, attribution: str) -> str:
        said = self._voices.get((source, attribution))
        if said is None:
            said = f'"source": {_cell(source)}, "attribution": {_cell(attribution)}'
            self._voices[source, attribution] = said
        return said

    def _other(self, line: int) -> str:
        cells = self._others.get(line)
        return _encode(cells) if cells else "{}"


def _selector(source: Source, span: Span, quote: str, quote_json: str) -> str:
    """Return a TextQuoteSelector refined by a TextPositionSelector (Web Annotation Data Model, 4.2.4 and 4.2.5).

    The words are the source's own characters; positions count characters (code points) of its text, decoded, with
    line ends as one character each. What stands around them is left out where the source is not published in full.
    """
    start, end = span
    text, context = source.text, SELECTOR_CONTEXT if source.publish == "full" else 0
    exact = text[start:end]
    before, after = text[max(0, start - context) : start], text[end : end + context]
    return (
        f'{{"type": "TextQuoteSelector", "exact": {quote_json if exact == quote else quoted(exact)}, '
        f'"prefix": {quoted(before)}, "suffix": {quoted(after)}, '
        f'"refinedBy": {{"type": "TextPositionSelector", "start": {start}, "end": {end}}}}}'
    )


def _figure(figure: Figure) -> str:
    value = _number(figure.value)
    return f'{{"series": {quoted(figure.series)}, "value": {value}, "bound": {_cell(figure.bound)}}}'


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _cell(text: str) -> str:
    """Return a cell of the table, of which the only control characters are tab and line feed; null for an empty one."""
    if not text:
        return "null"
    if '"' in text or "\\" in text or "\n" in text or "\t" in text:
        return quoted(text)
    return f'"{text}"'


def _numbers(given: Sequence[int]) -> str:
    return f"[{given[0]}]" if len(given) == 1 else f"[{', '.join(map(str, given))}]"


def _list(texts: Sequence[str]) -> str:
    return f"[{', '.join(map(quoted, texts))}]" if texts else "[]"


def _day(day: dates.Day | None) -> str:
    return f'"{dates.iso(day)}"' if day else "null"


_encode = json.JSONEncoder(ensure_ascii=False).encode
