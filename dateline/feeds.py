"""The timeline for other programs: what a file of many pieces is made of; Atom, and a sitemap."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from html import escape
from typing import Generic, NamedTuple, TypeVar
from xml.etree import ElementTree

from dateline import addresses, dates
from dateline.dates import Day
from dateline.fingerprints import LENGTH, digest
from dateline.present import Presenter
from dateline.slugs import slug
from dateline.staging import Piece
from dateline.views import EntryView

Item = TypeVar("Item")

# How many entries the Atom feed carries: those that come last on the timeline.
ATOM_ENTRIES = 100
# One of so many entries ends a run of those that are put together at once.
RUN = 64
_XML = '<?xml version="1.0" encoding="utf-8"?>\n'
_ATOM = "http://www.w3.org/2005/Atom"


class Feed(NamedTuple, Generic[Item]):
    """A file that is made piece by piece, so that it is nowhere whole: `head`, the pieces of its items, `tail`.

    `piece` makes that of one item, from its records alone; it is empty where the file leaves the item out. `between`
    stands between two pieces.
    """

    head: bytes
    piece: Callable[[Item], bytes]
    between: bytes
    tail: bytes

    def run(self, items: Iterable[Item], between: bytes) -> bytes:
        """Return the pieces of items that follow each other, behind what stands between them and those before."""
        return between + self.between.join(map(self.piece, items))

    def pieces(self, items: Sequence[Item], keys: bytes, made_of: str) -> Iterator[Piece]:
        """Yield the file of these items, in runs; `keys` are those of the items, `made_of` is what else they show."""
        yield Piece.of(self.head)
        for run in runs(keys):
            between = self.between if run.start else b""
            told = b"".join((made_of.encode(), between, keys[run.start * LENGTH : run.stop * LENGTH]))
            yield Piece(digest(told), partial(self.run, items[run.start : run.stop], between))
        yield Piece.of(self.tail)


def runs(keys: bytes) -> Iterator[range]:
    """Yield runs of items that are put together, given their keys.

    By the key of an item is decided whether a run ends with it: what comes, goes or changes moves no other end.
    """
    start = 0
    for end, first in enumerate(keys[::LENGTH], start=1):
        if first < 256 // RUN:
            yield range(start, end)
            start = end
    if start * LENGTH < len(keys):
        yield range(start, len(keys) // LENGTH)


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


def sitemap(address: str, paths: Iterable[str]) -> str:
    """Return the sitemap (sitemaps.org protocol 0.9) of the pages, for a site whose address is known."""
    urls = "".join(
        [f"<url><loc>{escape(addresses.absolute(address, path), quote=False)}</loc></url>" for path in paths]
    )
    return f'{_XML}<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>\n'


def _content(view: EntryView) -> str:
    """Return an entry as HTML for a feed: summary, then each quote with who says so."""
    pieces = [str(view.summary)]
    for citation in view.citations:
        said_by = ", ".join(filter(None, (citation.attribution, citation.source, citation.published)))
        if citation.parts:
            pieces.append(f"<blockquote><p>{escape(' […] '.join(citation.parts))}</p></blockquote>")
        pieces.append(f"<p>{escape(said_by)}</p>")
    return "".join(pieces)


def _add(parent: ElementTree.Element, tag: str, text: str = "", children: Mapping[str, str] | None = None) -> None:
    element = ElementTree.SubElement(parent, tag)
    element.text = text or None
    for name, value in (children or {}).items():
        ElementTree.SubElement(element, name).text = value


def _xml(root: ElementTree.Element) -> str:
    return _XML + ElementTree.tostring(root, encoding="unicode") + "\n"
