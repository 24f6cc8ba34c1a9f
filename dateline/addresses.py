"""Where each thing lives in the site, relative to its root."""

from __future__ import annotations

from dateline.events import Citation
from dateline.sources import Source

INDEX = "index.html"
ENTRIES = "entries/"
PERMANENT = "entry.html"
WHERE = "data/where/"
FIGURES = "figures.html"
CHARTS = "data/figures.js"
FIGURES_OF = "figures"
SOURCES = "sources/index.html"
PROOF = "proof.html"
PROOFS = "proof/"
ABOUT = "about.html"
MISSING = "404.html"
ATOM = "atom.xml"
CALENDAR = "calendar.ics"
JSON = "timeline.json"
JSON_PARTS = "data/json/"
TABLE = "events.csv"
SITEMAP = "sitemap.xml"
ASSETS = "assets/"
PLOTLY = "plotly.min.js"
OVERVIEW = "data/overview.js"
FIND = "data/find/"
LEVELS = "data/levels/"
POINTS = "data/points/"
CROSSINGS = "data/crossings/"
CARD = "card.png"


def root(path: str) -> str:
    """Return what leads from a page back to the root."""
    return "../" * path.count("/")


def absolute(address: str, path: str) -> str:
    """Return the one address of a page on a site at `address`: a folder's own page goes by the folder's name."""
    folder, slash, name = path.rpartition("/")
    return address + folder + slash + ("" if name == INDEX else name)


def entry_page(entry_id: str) -> str:
    """Return the page of one entry."""
    return f"{ENTRIES}{entry_id}.html"


def entry_card(entry_id: str) -> str:
    """Return the social card of one entry."""
    return f"cards/{entry_id}.png"


def on_timeline(page: str, entry_id: str) -> str:
    """Return the place of an entry on the timeline, on that of its pages where it stands."""
    return f"{page}#{entry_id}"


def permanent(entry_id: str) -> str:
    """Return the address that finds an entry wherever it stands."""
    return f"{PERMANENT}#{entry_id}"


def on_figures(family_id: str) -> str:
    """Return the place of a family's numbers among all numbers."""
    return f"{FIGURES}#{family_id}"


def figures_of(family_id: str, period: str, sheet: int = 1) -> str:
    """Return a page of the numbers of a family in a period, which are too many for one page."""
    return f"{_of_family(family_id, period, sheet)}.html"


def charts_of(family_id: str, period: str, sheet: int) -> str:
    """Return the data of the chart of such a page."""
    return f"data/{_of_family(family_id, period, sheet)}.js"


def _of_family(family_id: str, period: str, sheet: int) -> str:
    name = family_id.removeprefix(f"{FIGURES_OF}.")
    return f"{FIGURES_OF}/{name}/{period}.{sheet}" if sheet > 1 else f"{FIGURES_OF}/{name}/{period}"


def source_page(source: Source) -> str:
    """Return the page of one source."""
    return f"sources/{source.page}.html"


def source_list(sheet: int) -> str:
    """Return a page of the list of sources: the first, the second, or so on."""
    return f"sources/list/{sheet}.html" if sheet > 1 else SOURCES


def proofs(name: str, sheet: int) -> str:
    """Return a page of proofs that are too many for one page, and of those of its name the first, second, or so on."""
    return f"{PROOFS}{name}-{sheet}.html" if sheet > 1 else f"{PROOFS}{name}.html"


def passage(citation: Citation, source: Source) -> str:
    """Return the place of a citation's words in its source, or its page where that does not show the text."""
    return source_page(source) if source.publish == "link" else f"{source_page(source)}#{citation.anchor}"
