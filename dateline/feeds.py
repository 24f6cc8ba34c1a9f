"""The timeline for other programs: Atom, iCalendar, JSON, CSV, a sitemap."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from xml.etree import ElementTree

from dateline import addresses, dates
from dateline.dates import Date, Day
from dateline.events import COLUMNS, Citation, Entry
from dateline.markdown import passage_html, plain_text
from dateline.present import Presenter
from dateline.proof import Proof
from dateline.quotes import Span
from dateline.slugs import slug
from dateline.sources import Source
from dateline.tables import Table, write_table
from dateline.views import EntryView

# How many entries the Atom feed carries: those that come last on the timeline.
ATOM_ENTRIES = 100
# How many characters stand before and after a passage in its TextQuoteSelector.
SELECTOR_CONTEXT = 32
_ATOM = "http://www.w3.org/2005/Atom"


def atom(presenter: Presenter, views: Sequence[EntryView], updated: Day | None) -> str:
    """Return the Atom feed (RFC 4287) of the last `ATOM_ENTRIES` entries, the latest first."""
    settings = presenter.timeline.config
    moment = f"{dates.iso(updated or (1970, 1, 1))}T00:00:00Z"
    feed = ElementTree.Element("feed", {"xmlns": _ATOM, "xml:lang": settings.language})
    identity = settings.address or f"urn:dateline:{slug(settings.title) or 'timeline'}"
    _add(feed, "title", settings.title)
    _add(feed, "id", identity)
    _add(feed, "updated", moment)
    _add(feed, "author", children={"name": settings.title})
    ElementTree.SubElement(feed, "link", rel="alternate", type="text/html", href=settings.address + addresses.INDEX)
    if settings.address:
        ElementTree.SubElement(feed, "link", rel="self", href=settings.address + addresses.ATOM)
    for view in reversed(views[-ATOM_ENTRIES:]):
        entry = ElementTree.SubElement(feed, "entry")
        _add(entry, "title", presenter.headline(view))
        _add(entry, "id", f"{identity}#{view.id}")
        _add(entry, "updated", moment)
        ElementTree.SubElement(entry, "link", rel="alternate", type="text/html", href=settings.address + view.permalink)
        if view.category:
            ElementTree.SubElement(entry, "category", term=view.category.key, label=view.category.label)
        content = ElementTree.SubElement(entry, "content", type="html")
        content.text = _content(view)
    ElementTree.indent(feed)
    return _xml(feed)


def calendar(presenter: Presenter, updated: Day | None) -> Iterator[str]:
    """Yield, in pieces, the entries as all-day events (RFC 5545); what a calendar cannot say of a date stands in words.

    A date that is uncertain, approximate or open has its earliest and latest day as the event's, and its words in
    the description. Days outside the years 1 to 9999 cannot be written; such entries are left out.
    """
    settings = presenter.timeline.config
    stamp = f"{_basic(updated or (1970, 1, 1))}T000000Z"
    # Two timelines in one calendar may use the same ids.
    host = slug(settings.address or settings.title) or "dateline"
    name = f"X-WR-CALNAME:{_escaped(settings.title)}"
    yield _lines(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Dateline//Dateline//EN", name])
    for entry in presenter.timeline.entries:
        days = _calendar_days(entry.date)
        if days is None:
            continue
        lines = ["BEGIN:VEVENT", f"UID:{entry.id}@{host}", f"DTSTAMP:{stamp}", *days]
        lines += [f"SUMMARY:{_escaped(entry.title)}", f"DESCRIPTION:{_escaped(_description(presenter, entry))}"]
        if entry.place:
            lines.append(f"LOCATION:{_escaped(entry.place)}")
        if entry.category in presenter.categories:
            lines.append(f"CATEGORIES:{_escaped(presenter.categories[entry.category].label)}")
        if settings.address:
            lines.append(f"URL:{settings.address}{presenter.permalink(entry.id)}")
        yield _lines([*lines, "TRANSP:TRANSPARENT", "END:VEVENT"])
    yield _lines(["END:VCALENDAR"])


def as_json(presenter: Presenter) -> Iterator[str]:
    """Yield, in pieces, the timeline as JSON, as `docs/timeline.schema.json` describes it."""
    settings = presenter.timeline.config
    others = _other_cells(presenter.timeline.table)
    about = {
        "title": settings.title,
        "language": settings.language,
        "address": settings.address or None,
        "categories": [{"key": key, "label": value.label} for key, value in presenter.categories.items()],
        "series": [_series_json(presenter, key) for key in settings.series],
        "sources": [_source_json(source) for source in presenter.timeline.sources.values()],
    }
    # Written one by one, on lines of their own: all of them as one structure would be the largest thing in a build.
    encode = json.JSONEncoder(ensure_ascii=False).encode
    yield f'{encode(about)[:-1]}, "entries": ['
    comma = "\n"
    for entry in presenter.timeline.entries:
        yield comma
        yield encode(_entry_json(presenter, entry, others))
        comma = ",\n"
    yield "\n]}\n"


def table(presenter: Presenter) -> Iterator[str]:
    """Yield, in pieces, `events.csv` as it was given, with what was verified of each row in further columns."""
    given = presenter.timeline.table
    by_line = {citation.line: (entry, citation) for entry, citation in presenter.timeline.citations()}
    entries = {entry.line: entry for entry in presenter.timeline.entries}
    added = ("verified_id", "verified_as", "verified_paragraph", "verified_start", "verified_end", "verified_sha256")
    rows = ((*row.cells, *_verified(row.line, by_line, entries, presenter.proofs)) for row in given.rows)
    return write_table((*given.columns, *added), rows)


def sitemap(address: str, paths: Iterable[str]) -> str:
    """Return the sitemap (sitemaps.org protocol 0.9) of the pages, for a site whose address is known."""
    root = ElementTree.Element("urlset", {"xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9"})
    for path in paths:
        _add(root, "url", children={"loc": addresses.absolute(address, path)})
    return _xml(root)


def _verified(
    line: int, by_line: Mapping[int, tuple[Entry, Citation]], entries: Mapping[int, Entry], proofs: Mapping[str, Proof]
) -> tuple[str, ...]:
    entry, citation = by_line.get(line, (entries.get(line), None))
    found = proofs.get(citation.anchor) if citation else None
    if found is None:
        return (entry.id if entry else "", "", "", "", "", "")
    paragraphs = "-".join(dict.fromkeys(str(number) for number in (found.paragraphs[:1] + found.paragraphs[-1:])))
    spans = found.passage.spans
    start, end = str(spans[0][0]), str(spans[-1][1])
    return (entry.id if entry else "", found.passage.grade, paragraphs, start, end, found.source.sha256)


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


def _entry_json(presenter: Presenter, entry: Entry, others: Mapping[int, Mapping[str, str]]) -> dict[str, Any]:
    citations = [
        _citation_json(citation, presenter.proofs, {} if citation.line == entry.line else others.get(citation.line, {}))
        for citation in entry.citations
    ]
    return {
        "id": entry.id,
        "page": presenter.permalink(entry.id),
        "date": entry.date.text,
        "earliest": dates.iso(entry.date.earliest) if entry.date.earliest else None,
        "latest": dates.iso(entry.date.latest) if entry.date.latest else None,
        "date_in_words": presenter.display.full(entry.date),
        "date_note": entry.date_note or None,
        "title": entry.title,
        "summary": entry.summary or None,
        "category": entry.category or None,
        "place": entry.place or None,
        "tags": list(entry.tags),
        "conflicts_with": list(presenter.conflicts_of(entry)),
        "related": list(entry.related),
        "citations": citations,
        "other": others.get(entry.line, {}),
    }


def _citation_json(citation: Citation, proofs: Mapping[str, Proof], other: Mapping[str, str]) -> dict[str, Any]:
    found = proofs.get(citation.anchor)
    figures = [
        {"series": figure.series, "value": _number(figure.value), "bound": figure.bound or None}
        for figure in citation.figures
    ]
    return {
        "source": citation.source or None,
        "attribution": citation.attribution or None,
        "quote": citation.quote or None,
        "verified": found.passage.grade if found else None,
        "paragraphs": list(found.paragraphs) if found else [],
        "words_left_out": found.left_out if found else 0,
        "selectors": [_selector(found.source, span) for span in found.passage.spans] if found else [],
        "figures": figures,
        "other": other,
    }


def _selector(source: Source, span: Span) -> dict[str, Any]:
    """Return a TextQuoteSelector refined by a TextPositionSelector (Web Annotation Data Model, 4.2.4 and 4.2.5).

    The words are the source's own characters; positions count characters (code points) of its text, decoded, with
    line ends as one character each. What stands around them is left out where the source is not published in full.
    """
    start, end = span
    text, context = source.text, SELECTOR_CONTEXT if source.publish == "full" else 0
    return {
        "type": "TextQuoteSelector",
        "exact": text[start:end],
        "prefix": text[max(0, start - context) : start],
        "suffix": text[end : end + context],
        "refinedBy": {"type": "TextPositionSelector", "start": start, "end": end},
    }


def _number(value: Any) -> int | float:  # noqa: ANN401 - a Decimal, which JSON does not know
    return int(value) if value == value.to_integral_value() else float(value)


def _content(view: EntryView) -> str:
    """Return an entry as HTML for a feed: summary, then each quote with who says so."""
    from html import escape

    pieces = [str(view.summary)]
    for citation in view.citations:
        said_by = ", ".join(filter(None, (citation.attribution, citation.source, citation.published)))
        if citation.parts:
            pieces.append(f"<blockquote><p>{escape(' […] '.join(citation.parts))}</p></blockquote>")
        pieces.append(f"<p>{escape(said_by)}</p>")
    return "".join(pieces)


def _description(presenter: Presenter, entry: Entry) -> str:
    """Return an entry as plain text for a calendar: its date in words, summary, quotes."""
    parts = [presenter.display.full(entry.date), entry.date_note, plain_text(passage_html(entry.summary))]
    parts += [
        f"“{' […] '.join(presenter.parts(citation))}” — {presenter.voice(citation)}"
        for citation in entry.citations
        if citation.anchor in presenter.proofs
    ]
    return "\n".join(part for part in parts if part)


def _calendar_days(date: Date) -> list[str] | None:
    start, end = date.earliest or date.latest, date.latest or date.earliest
    if start is None or end is None or start[0] < 1 or end[0] > 9998:
        return None
    after = datetime.date(*end) + datetime.timedelta(days=1)
    return [f"DTSTART;VALUE=DATE:{_basic(start)}", f"DTEND;VALUE=DATE:{_basic((after.year, after.month, after.day))}"]


def _basic(day: Day) -> str:
    return dates.iso(day).replace("-", "")


def _escaped(text: str) -> str:
    """Return text as a TEXT value (RFC 5545, section 3.3.11)."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\\" in text:
        text = text.replace("\\", "\\\\")
    return text.replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _lines(given: Iterable[str]) -> str:
    """Return content lines, ended and folded as RFC 5545 has it."""
    short = [line if len(line) <= 75 and line.isascii() else "\r\n".join(_folded(line)) for line in given]
    return "\r\n".join([*short, ""])


def _folded(line: str) -> Iterator[str]:
    """Yield a content line in pieces of at most 75 octets, none cut within a character (RFC 5545, section 3.1)."""
    if line.isascii():
        yield line[:75]
        yield from (" " + line[start : start + 74] for start in range(75, len(line), 74))
        return
    octets, start, room, lead = line.encode(), 0, 75, ""
    while len(octets) - start > room:
        end = start + room
        # The second and later octets of a character begin with the bits 10.
        while octets[end] & 0b11000000 == 0b10000000:
            end -= 1
        yield lead + octets[start:end].decode()
        start, room, lead = end, 74, " "
    yield lead + octets[start:].decode()


def _add(parent: ElementTree.Element, tag: str, text: str = "", children: Mapping[str, str] | None = None) -> None:
    element = ElementTree.SubElement(parent, tag)
    element.text = text or None
    for name, value in (children or {}).items():
        ElementTree.SubElement(element, name).text = value


def _xml(root: ElementTree.Element) -> str:
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"
