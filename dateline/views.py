"""What the templates are given: each page's context is one of the records here, and holds nothing else.

Every `href` is relative to the site's root; a template puts `page.root` before it.
"""

# Annotations are types here, not texts: named tuples compile each text, for a third of the time that loading takes.

from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from dateline.config import Category


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
    `title` its title; `cited` is what a citation says of the source in brackets. `note` says, for an elided quote, how
    many words are left out; `href` opens the passage in its source and is empty where the citation names no source;
    `paragraph` is such as "¶ 7", or empty; `published_on` is `published` as HTML writes a date, or empty. On paper the
    link is the number of a footnote.
    `long` says how long a quote is of which the timeline shows the beginning alone, else it is empty.
    """

    anchor: str
    file: str = ""
    parts: tuple[str, ...] = ()
    runs: tuple[tuple[RunView, ...], ...] = ()
    attribution: str = ""
    source: str = ""
    title: str = ""
    cited: str = ""
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
    the `citations` whose words no difference shows. `page` is where the entry is shown: the page of its own, if it
    `has_page`, else its place on the timeline. `permalink` is its address that does not change.
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
    has_page: bool
    place_on_timeline: str
    permalink: str


class PeriodLinkView(NamedTuple):
    """A period with the number of its entries, as the language writes it."""

    label: str
    href: str
    number: str


class PeriodView(NamedTuple):
    """A line of the list of periods: one of them, and those within it; `level` counts from 1.

    Where `period` is none, `parts` are the list.
    """

    level: int
    period: PeriodLinkView | None
    parts: tuple[PeriodLinkView, ...]


class YearView(NamedTuple):
    """The entries of one year, in order."""

    year: str
    anchor: str
    entries: Sequence[EntryView]


class OpeningView(NamedTuple):
    """The first entries of a period, on the page with which a timeline begins that is cut into periods.

    `says_year` tells that the entries need no heading with their year.
    """

    period: PeriodLinkView
    says_year: bool
    years: tuple[YearView, ...]


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
    the first of the passage where the entry quotes the paragraph more than once, else empty. `glyph` is empty without
    a category.
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
    text, in per cent. A list is a run of paragraphs of the kind `li`: the first begins it, the last ends it.
    """

    number: int
    top: str
    bottom: str
    label: str
    kind: str
    begins_list: bool
    ends_list: bool
    pieces: tuple[PieceView, ...]
    notes: tuple[NoteView, ...]


class SourceView(NamedTuple):
    """A source as the list of sources shows it; `share` is how much of its text is cited, in per cent.

    `hashed` is where its whole SHA-256 stands; `proofs` leads to the proofs of its quotes from there, if that is not
    `proof.html`.
    """

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
    hashed: str
    href: str
    entries: int
    citations: int
    share: str
    proofs: str


class HashView(NamedTuple):
    """A file that is quoted, by its name, with its SHA-256: `href` is its page, `citations` how many quotes it has.

    `proofs` leads to the proofs of these where `proof.html` does not show them, else it is empty.
    """

    name: str
    href: str
    sha256: str
    citations: int
    proofs: str


class MoreView(NamedTuple):
    """What stands on further pages: how many of all there are, in words, and the pages."""

    count: str  # type: ignore[assignment]  # not the method of tuples
    pages: tuple[LinkView, ...]


class ProofView(NamedTuple):
    """A row of the proof: an entry, one of its citations, and how its words were found."""

    entry: LinkView
    date: str
    attribution: str
    source: LinkView
    paragraph: str
    grade: str
    left_out: int


class ProvedView(NamedTuple):
    """A source and the proofs of what is quoted of it, or of some of that: `href` is its page."""

    name: str
    href: str
    proofs: tuple[ProofView, ...]
