"""What the templates are given: each page's context is one of the records here, and holds nothing else.

Every `href` is relative to the site's root; a template puts `page.root` before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

from dateline.config import Category
from dateline.drawing_views import OverviewView, PassageView
from dateline.filter_views import FiltersView


class LinkView(NamedTuple):
    """A link: where to, and its words."""

    href: str
    label: str


class FigureView(NamedTuple):
    """A reported number as it is shown: `note` says what exactly is counted, and since when; `href` shows them all."""

    number: str
    label: str
    note: str
    href: str


class RunView(NamedTuple):
    """A run of the characters of a quote: a number that is taken from it, or what stands between such numbers."""

    text: str
    is_number: bool


class CitationView(NamedTuple):
    """A citation as it is shown: the source's own characters in `parts`, more than one where words are left out.

    `runs` are the same parts, each cut where a number begins or ends that is taken from it.
    `anchor` names the citation on every page, `file` is its source in `seeds/`, `source` the shortest name of that and
    `title` its title. `note` says, for an elided quote, how many words are left out; `href` opens the passage in its
    source and is empty where the citation names no source; `paragraph` is such as "¶ 7", or empty; `published_on` is
    `published` as HTML writes a date, or empty. On paper the link is the number of a footnote.
    `long` says how long a quote is of which the timeline shows the beginning alone, else it is empty.
    """

    anchor: str
    file: str = ""
    parts: tuple[str, ...] = ()
    runs: tuple[tuple[RunView, ...], ...] = ()
    attribution: str = ""
    source: str = ""
    title: str = ""
    published: str = ""
    published_on: str = ""
    paragraph: str = ""
    href: str = ""
    lang: str = ""
    note: str = ""
    footnote: int = 0
    long: str = ""


class ClaimView(NamedTuple):
    """One side of a difference: who says, what, and where it stands.

    `citation` holds the words, and is none where the page shows them in another difference already. `date` is that of
    the other entry where two entries differ, else empty; `theirs` tells that entry's words from the entry's own.
    """

    who: str
    says: str
    date: str
    href: str
    citation: CitationView | None
    theirs: bool


class DifferenceView(NamedTuple):
    """What the sources of an entry do not agree on: `about` is a phrase such as "Sources differ on the date"."""

    about: str
    claims: tuple[ClaimView, ...]


class EntryView(NamedTuple):
    """An entry as it is shown; `datetime` is empty where HTML has no form for the date, `year` heads its group.

    `earliest` and `latest` are days counted from 1970-01-01, empty where the date is open. `undisputed` are those of
    the `citations` whose words no difference shows.
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
    undisputed: tuple[CitationView, ...]
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


class FootnoteView(NamedTuple):
    """A source as it is named at the end of a printed page; `number` is the same on all pages."""

    number: int
    label: str
    address: str


class PieceView(NamedTuple):
    """A run of characters of a source under the same marks.

    `anchors` are the citations whose passage begins here, `anchor` the first of them; `color` is that of the first
    entry, empty where nothing is cited; `html` is escaped, with its inline markup. `citations` are the anchors of all
    citations that it belongs to, `entries` the ids of their entries, `notes` the ids of their notes in the margin.
    """

    html: Markup
    anchor: str
    anchors: tuple[str, ...]
    marked: bool
    color: str
    entries: str
    citations: str
    notes: str


class NoteView(NamedTuple):
    """What stands in the margin beside a passage: the entry that quotes it.

    `id` names the note on its page, `citation` is the anchor of the passage, `entry` the id of the entry. `words` are
    the first of the passage where the entry quotes the paragraph more than once, else empty.
    """

    id: str
    citation: str
    entry: str
    words: str
    href: str
    date: str
    title: str
    category: Category | None
    glyph: str


class ParagraphView(NamedTuple):
    """A numbered paragraph of a source, cut where passages begin and end, with the notes in its margin.

    `label` says its number in words, such as "Paragraph 7"; `top` and `bottom` are where it begins and ends along the
    text, in per cent.
    """

    number: int
    top: str
    bottom: str
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
    plotly_styles: Markup
    overviews: tuple[OverviewView, ...]
    overview_text: str
    filters: FiltersView | None
    years: tuple[YearView, ...]
    footnotes: tuple[FootnoteView, ...]


@dataclass(frozen=True, slots=True)
class EntryPage:
    """`entries/<id>.html`: one entry, whole, with the one before and the one after it."""

    site: Site
    page: Page
    entry: EntryView
    previous: LinkView | None
    following: LinkView | None
    footnotes: tuple[FootnoteView, ...]


@dataclass(frozen=True, slots=True)
class SourcePage:
    """`sources/<name>.html`: a source text, its paragraphs numbered and its passages marked.

    `passages` are where along the text they stand, in the order in which they begin.
    """

    site: Site
    page: Page
    source: SourceView
    paragraphs: tuple[ParagraphView, ...]
    passages: tuple[PassageView, ...]


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
    style_hash: Markup
