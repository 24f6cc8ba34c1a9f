"""What the templates are given: each page's context is one of the records here, and holds nothing else.

Every `href` is relative to the site's root; a template puts `page.root` before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

from dateline.config import Category
from dateline.drawing_views import OverviewView


class LinkView(NamedTuple):
    """A link: where to, and its words."""

    href: str
    label: str


class FigureView(NamedTuple):
    """A reported number as it is shown: `note` says what exactly is counted, and since when."""

    number: str
    label: str
    note: str


class CitationView(NamedTuple):
    """A citation as it is shown: the source's own characters in `parts`, more than one where words are left out.

    `anchor` names the citation on every page, `file` is its source in `seeds/`. `note` says, for an elided quote, how
    many words are left out; `href` opens the passage in its source and is empty where the citation names no source;
    `paragraph` is such as "¶ 7", or empty; `published_on` is `published` as HTML writes a date, or empty.
    """

    anchor: str
    file: str
    parts: tuple[str, ...]
    attribution: str
    source: str
    published: str
    published_on: str
    paragraph: str
    href: str
    lang: str
    note: str


class ClaimView(NamedTuple):
    """One side of a difference: who says, what, and where it stands."""

    who: str
    says: str
    href: str


class DifferenceView(NamedTuple):
    """What the sources of an entry do not agree on: `about` is a phrase such as "Sources differ on the date"."""

    about: str
    claims: tuple[ClaimView, ...]


class EntryView(NamedTuple):
    """An entry as it is shown; `datetime` is empty where HTML has no form for the date, `year` heads its group.

    `earliest` and `latest` are days counted from 1970-01-01, empty where the date is open.
    """

    id: str
    title: str
    year: str
    date: str
    date_short: str
    datetime: str
    earliest: str
    latest: str
    date_note: str
    category: Category | None
    glyph: str
    summary: Markup
    place: str
    tags: tuple[str, ...]
    citations: tuple[CitationView, ...]
    figures: tuple[FigureView, ...]
    differences: tuple[DifferenceView, ...]
    related: tuple[LinkView, ...]
    page: str
    place_on_timeline: str


class YearView(NamedTuple):
    """The entries of one year, in order."""

    year: str
    anchor: str
    entries: Sequence[EntryView]


class PieceView(NamedTuple):
    """A run of characters of a source under the same marks.

    `anchors` are the citations whose passage begins here, `anchor` the first of them; `color` is that of the first
    entry, empty where nothing is cited; `html` is escaped, with its inline markup.
    """

    html: Markup
    anchor: str
    anchors: tuple[str, ...]
    marked: bool
    color: str
    entries: str


class NoteView(NamedTuple):
    """What stands in the margin beside a passage: the entry that quotes it."""

    href: str
    date: str
    title: str
    category: Category | None
    glyph: str


class ParagraphView(NamedTuple):
    """A numbered paragraph of a source, cut where passages begin and end, with the notes in its margin.

    `label` says its number in words, such as "Paragraph 7".
    """

    number: int
    label: str
    kind: str
    pieces: tuple[PieceView, ...]
    notes: tuple[NoteView, ...]


class SourceView(NamedTuple):
    """A source as the list of sources shows it; `share` is how much of its text is cited, in per cent."""

    name: str
    title: str
    author: str
    publisher: str
    published: str
    lang: str
    url: str
    archive_url: str
    archive_date: str
    retrieved: str
    note: str
    publish: str
    sha256: str
    href: str
    entries: int
    citations: int
    share: str


class ProofView(NamedTuple):
    """A row of the proof: an entry, one of its citations, and how its words were found."""

    entry: LinkView
    date: str
    attribution: str
    source: LinkView
    paragraph: str
    grade: str
    left_out: int


@dataclass(frozen=True, slots=True)
class Page:
    """What every page has: `root` leads from the page to the site's root, `canonical` is empty without an address.

    `card` is the whole address of the picture that stands for the page where it is shared, and `card_alt` says what is
    on it; both are empty where there is none, or the site has no address.
    `tabs` and `colophon` are its navigation and its foot, made from `Tabs` and `Colophon` once for many pages.
    """

    root: str
    path: str
    title: str
    description: str
    canonical: str
    kind: str
    json_ld: Markup
    tabs: Markup
    colophon: Markup
    card: str
    card_alt: str


@dataclass(frozen=True, slots=True)
class Site:
    """What all pages share: the timeline's settings, and how much it holds."""

    title: str
    standfirst: Markup
    language: str
    direction: str
    address: str
    entries: int
    sources: int
    quotes: int


@dataclass(frozen=True, slots=True)
class Tabs:
    """The navigation of the pages at one depth; `path` is the page that is open, where it is one of the tabs."""

    root: str
    path: str
    tabs: tuple[LinkView, ...]


@dataclass(frozen=True, slots=True)
class Colophon:
    """The foot of the pages at one depth; `updated` is the newest date that the sources carry, in words, or empty."""

    site: Site
    root: str
    updated: str


@dataclass(frozen=True, slots=True)
class IndexPage:
    """`index.html`: the timeline; `plotly_styles` is what its policy allows for the drawing that can be explored."""

    site: Site
    page: Page
    plotly_styles: str
    overviews: tuple[OverviewView, ...]
    overview_text: str
    years: tuple[YearView, ...]


@dataclass(frozen=True, slots=True)
class EntryPage:
    """`entries/<id>.html`: one entry, whole, with the one before and the one after it."""

    site: Site
    page: Page
    entry: EntryView
    previous: LinkView | None
    following: LinkView | None


@dataclass(frozen=True, slots=True)
class SourcePage:
    """`sources/<name>.html`: a source text, its paragraphs numbered and its passages marked."""

    site: Site
    page: Page
    source: SourceView
    paragraphs: tuple[ParagraphView, ...]


@dataclass(frozen=True, slots=True)
class SourcesPage:
    """`sources/index.html`: the sources, and what is known of each."""

    site: Site
    page: Page
    sources: tuple[SourceView, ...]


@dataclass(frozen=True, slots=True)
class ProofPage:
    """`proof.html`: every citation and how it was verified, every source and its hash, and what is open."""

    site: Site
    page: Page
    proofs: tuple[ProofView, ...]
    grades: tuple[tuple[str, int], ...]
    sources: tuple[SourceView, ...]
    differing: tuple[EntryView, ...]
    open: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AboutPage:
    """`about.html`: the user's own words about the timeline."""

    site: Site
    page: Page
    title: str
    body: Markup


@dataclass(frozen=True, slots=True)
class MissingPage:
    """`404.html`: shown for an address that is not there, at any depth, so its style stands in the page itself.

    `style_hash` is what its policy allows for that style.
    """

    site: Site
    page: Page
    style: Markup
    style_hash: str
