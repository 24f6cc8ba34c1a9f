"""What the template of each page is given, and nothing else.

Every `href` is relative to the site's root; a template puts `page.root` before it.
"""

# Annotations are types here, not texts: named tuples compile each text, for a third of the time that loading takes.

import re
import sys
from typing import NamedTuple

from markupsafe import Markup

from dateline import config, drawing_views, figure_views, filter_views, views
from dateline.drawing_views import OverviewView, PassageView, YearWords
from dateline.figure_views import FamilyView
from dateline.filter_views import FiltersView
from dateline.views import (
    EntryView,
    FootnoteView,
    HashView,
    LinkView,
    MoreView,
    OpeningView,
    ParagraphView,
    PeriodView,
    ProofView,
    ProvedView,
    SourceView,
    YearView,
)


class Page(NamedTuple):
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


class Site(NamedTuple):
    """What all pages share: the timeline's settings, and how much it holds."""

    title: str
    standfirst: Markup
    language: str
    direction: str
    address: str
    entries: int
    sources: int
    quotes: int


class Tabs(NamedTuple):
    """The navigation of the pages at one depth; `path` is the page that is open, where it is one of the tabs."""

    root: str
    path: str
    tabs: tuple[LinkView, ...]


class Colophon(NamedTuple):
    """The foot of the pages at one depth; `updated` is the newest date that the sources carry, in words, or empty."""

    site: Site
    root: str
    updated: str


class IndexPage(NamedTuple):
    """`index.html`: the timeline; `plotly_styles` is what its policy allows for the drawing that can be explored.

    Where the timeline is cut into periods, `lines` lists them, `openings` are the first entries of the first of them,
    and `following` leads on from there; else these are empty, and `years` hold all entries. `where` is the number of
    scripts that know where each entry stands. `style` stands in the page itself, and `style_hash` is what its policy
    allows for that.
    """

    site: Site
    page: Page
    style: Markup
    style_hash: Markup
    plotly_styles: Markup
    overviews: tuple[OverviewView, ...]
    overview_text: str
    year_words: YearWords
    filters: FiltersView | None
    lines: tuple[PeriodView, ...]
    openings: tuple[OpeningView, ...]
    following: LinkView | None
    where: int
    years: tuple[YearView, ...]
    footnotes: tuple[FootnoteView, ...]


class PeriodPage(NamedTuple):
    """`periods/<key>.html`: a period of a timeline that is cut, with its entries, or with its parts if it is cut too.

    `label` is the period in words, `count` how many entries it has, `trail` the periods around it, from the outermost.
    `lines` lists its parts; its `years` then hold the entries that are dated no closer than it. `says_year` tells that
    these need no heading with their year. `sheet` says which of several pages this is, and is empty where there is one.
    `previous` and `following` are the pages with entries before and after it. `where` is the number of scripts that
    know where each entry stands. `style` stands in the page itself, `style_hash` is what its policy allows for that.
    """

    site: Site
    page: Page
    style: Markup
    style_hash: Markup
    label: str
    count: str  # type: ignore[assignment]  # not the method of tuples
    sheet: str
    trail: tuple[LinkView, ...]
    lines: tuple[PeriodView, ...]
    says_year: bool
    years: tuple[YearView, ...]
    footnotes: tuple[FootnoteView, ...]
    previous: LinkView | None
    following: LinkView | None
    where: int


class PermanentPage(NamedTuple):
    """`entry.html`: leads from an entry's permanent address, `entry.html#id`, to where the entry stands.

    `where` is the number of scripts that know where that is; `own` the folder of the entries' own pages, if they have
    any.
    """

    site: Site
    page: Page
    where: int
    own: str


class EntryPage(NamedTuple):
    """`entries/<id>.html`: one entry, whole, with the one before and the one after it."""

    site: Site
    page: Page
    entry: EntryView
    previous: LinkView | None
    following: LinkView | None
    footnotes: tuple[FootnoteView, ...]


class SourcePage(NamedTuple):
    """`sources/<name>.html`: a source text, its paragraphs numbered and its passages marked.

    `passages` are where along the text they stand, in the order in which they begin.
    """

    site: Site
    page: Page
    source: SourceView
    paragraphs: tuple[ParagraphView, ...]
    passages: tuple[PassageView, ...]


class SourcesPage(NamedTuple):
    """`sources/index.html`: the sources, and what is known of each.

    Where they are too many for one page, `sheet` says which this is of `pages`, `previous` and `following` are those
    before and after it, and the sources have their SHA-256 with them; else these are empty.
    """

    site: Site
    page: Page
    sources: tuple[SourceView, ...]
    sheet: str
    pages: tuple[LinkView, ...]
    previous: LinkView | None
    following: LinkView | None


class ProofPage(NamedTuple):
    """`proof.html`: every citation and how it was verified, every source and its hash, and what is open.

    Where there are many citations, `are_apart` is true, `proofs` is empty, and what is cited of each source stands on a
    page that `sources` lead to. Then `differing` and `open` are the first ones, and if there are more of them,
    `more_differing` and `more_open` lead on. Where there are too many sources to be listed here, `sources` is empty,
    and `source_lists` are the pages that list them.
    """

    site: Site
    page: Page
    proofs: tuple[ProofView, ...]
    grades: tuple[tuple[str, int], ...]
    sources: tuple[HashView, ...]
    source_lists: tuple[LinkView, ...]
    are_apart: bool
    differing: tuple[EntryView, ...]
    more_differing: MoreView | None
    open: tuple[str, ...]
    more_open: MoreView | None


class ProofPartPage(NamedTuple):
    """`proof/<n>.html`, `proof/differing-<n>.html`, `proof/open-<n>.html`: what `proof.html` has no room for.

    Of `sources`, `differing` and `open`, two are empty. `heading` says which of them is shown, `label` which part of
    it; `previous` and `following` are the pages of the parts before and after it.
    """

    site: Site
    page: Page
    heading: str
    label: str
    sources: tuple[ProvedView, ...]
    differing: tuple[EntryView, ...]
    open: tuple[str, ...]
    previous: LinkView | None
    following: LinkView | None


class AboutPage(NamedTuple):
    """`about.html`: the user's own words about the timeline."""

    site: Site
    page: Page
    title: str
    body: Markup


class MissingPage(NamedTuple):
    """`404.html`: shown for an address that is not there, at any depth, so its style stands in the page itself.

    `style_hash` is what its policy allows for that style.
    """

    site: Site
    page: Page
    style: Markup
    style_hash: Markup


class FiguresPage(NamedTuple):
    """`figures.html`: the numbers, family by family; a family with one number alone stands among the `singles`.

    A family with too many for this page has `parts` in their place.

    `shapes` are the symbols that the charts use, as pairs of name and path.
    """

    site: Site
    page: Page
    plotly_styles: Markup
    data: str
    families: tuple[FamilyView, ...]
    singles: tuple[FamilyView, ...]
    shapes: tuple[tuple[str, str], ...]
    year_words: YearWords
    footnotes: tuple[FootnoteView, ...]


class FiguresPartPage(NamedTuple):
    """`figures/<family>/<period>.html`: numbers of a family that has too many for `figures.html`.

    `family` are those that stand here: all of the period, or where that is cut too, those that are dated no closer;
    `around` then tells of its parts. `label` is the period in words, `count` how many numbers it has, `trail` what is
    around it, from the outermost. `sheet` says which of several pages this is, and is empty where there is one;
    `previous` and `following` are the pages with numbers before and after it, and `listed` is where the periods of the
    family are.
    """

    site: Site
    page: Page
    plotly_styles: Markup
    data: str
    trail: tuple[LinkView, ...]
    label: str
    count: str  # type: ignore[assignment]  # not the method of tuples
    sheet: str
    around: FamilyView | None
    family: FamilyView | None
    shapes: tuple[tuple[str, str], ...]
    year_words: YearWords
    footnotes: tuple[FootnoteView, ...]
    listed: str
    previous: LinkView | None
    following: LinkView | None


def text_fields(record: type) -> frozenset[str]:
    """Return the names of fields that hold plain text, wherever a template shows one of them that a record leads to."""
    modules = views, drawing_views, figure_views, filter_views, config, sys.modules[__name__]
    records = {name: kind for module in modules for name, kind in vars(module).items() if hasattr(kind, "_fields")}
    kinds: dict[str, set[str]] = {}
    waiting, seen = [record], {record}
    while waiting:
        for name, annotation in waiting.pop().__annotations__.items():
            # Those of `config` are texts.
            text = str(getattr(annotation, "__forward_arg__", annotation))
            kind = annotation.__name__ if isinstance(annotation, type) else text
            kinds.setdefault(name, set()).add(kind)
            found = {records[word] for word in re.findall(r"\w+", kind) if word in records} - seen
            seen |= found
            waiting += found
    # Records and lists of them are not shown as they are.
    return frozenset(name for name, found in kinds.items() if "str" in found and not found & {"int", "float", "Markup"})
