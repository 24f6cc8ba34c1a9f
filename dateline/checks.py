"""Records → what is wrong with them: `CHECKS`, each a pure function that looks at one thing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from dateline import addresses, mentions, periods, where
from dateline.config import FILE as CONFIG_FILE
from dateline.config import heading
from dateline.dates import Point
from dateline.events import FILE, Citation, Entry
from dateline.evidence import figure_said, held_by, may_tell
from dateline.problems import Problem, did_you_mean, shown
from dateline.proof_parts import are_many
from dateline.sources import FILE as SOURCES_FILE
from dateline.sources import FOLDER, nearest_name
from dateline.texts import directed
from dateline.timeline import STATIC, Timeline

if TYPE_CHECKING:
    from dateline.lettering import Lettering

# Above so many entries it is advised to do without a page for each.
MANY_PAGES = 20_000
# How many entries are glanced at together.
AT_A_GLANCE = 16

Check = Callable[[Timeline], Iterator[Problem]]


def check(timeline: Timeline) -> Iterator[Problem]:
    """Yield what all of `CHECKS` find; the quotes themselves are proved in `proof`."""
    for single in CHECKS:
        yield from single(timeline)


def check_there_are_entries(timeline: Timeline) -> Iterator[Problem]:
    """A timeline has at least one entry."""
    if timeline.table.columns and not timeline.table.rows:
        help_text = "write one event a row below the header; only date and title are required"
        yield Problem(FILE, 0, "", "has a header and no rows", help_text, "warning")


def check_categories(timeline: Timeline) -> Iterator[Problem]:
    """An entry's category is one of those that `timeline.toml` declares, where it declares any."""
    declared = timeline.categories
    if {entry.category for entry in timeline.entries} <= {"", *declared}:
        return
    for entry in timeline.entries:
        if entry.category and entry.category not in declared:
            message = f"{shown(entry.category)} is not a category of timeline.toml"
            otherwise = f"write in timeline.toml, on a line of its own: {heading('categories', entry.category)}"
            help_text = _suggestion(entry.category, declared, otherwise)
            yield Problem(FILE, entry.line, "category", message, help_text)


def check_sources(timeline: Timeline) -> Iterator[Problem]:
    """A cited source is a text in `seeds/`."""
    if not timeline.sources and not timeline.refused:
        # There is no text at all, which is one fault and not one for each row.
        return
    if {citation.source for entry in timeline.entries for citation in entry.citations} <= {"", *timeline.sources}:
        return
    for _, citation in timeline.citations():
        if citation.source and citation.source not in timeline.sources:
            said = _no_source(citation.source, timeline)
            if said:
                yield Problem(FILE, citation.line, "source", *said)


def _no_source(name: str, timeline: Timeline) -> tuple[str, str] | None:
    """Return message and help for a name that is no source; None where a problem of the file itself says it all."""
    for path in (name, *map(str, PurePosixPath(name).parents)):
        if path in timeline.refused:
            reason = timeline.refused[path]
            return (f"{FOLDER}/{path} {reason}", "put the text itself there, as a .txt or .md file") if reason else None
    plain = re.sub(rf"^(?:\./)*(?:{FOLDER}/)?", "", name.replace("\\", "/"))
    if plain in timeline.sources:
        return f"{shown(name)} is not how a text of {FOLDER}/ is named here", f"write {plain}"
    if name.startswith(("/", "\\", "~")) or ":" in name or ".." in plain.split("/"):
        return (
            f"{shown(name)} is outside {FOLDER}/",
            f"copy the text into {FOLDER}/ and write its name there, without a path",
        )
    near = nearest_name(plain, timeline.sources)
    help_text = f"put the text into {FOLDER}/"
    return f"there is no text {FOLDER}/{name}", f"did you mean {near}? if not, {help_text}" if near else help_text


def check_citations_are_whole(timeline: Timeline) -> Iterator[Problem]:
    """A citation has a source, a quote and an attribution; an entry has a citation."""
    for entry in timeline.entries:
        cites = False
        for citation in entry.citations:
            if citation.quote and citation.source and citation.attribution:
                cites = True
                continue
            cites = cites or bool(citation.source or citation.quote or citation.figures)
            yield from _what_is_missing(citation)
        if not cites:
            message = "the entry cites nothing: a reader cannot see what it rests on"
            yield Problem(FILE, entry.line, "source", message, f"name a text of {FOLDER}/, and quote it", "warning")


def _what_is_missing(citation: Citation) -> Iterator[Problem]:
    if citation.quote and not citation.source:
        message = "there is a quote, but no source to find it in"
        yield Problem(FILE, citation.line, "source", message, f"name the text of {FOLDER}/ that holds these words")
    elif citation.source and not citation.quote and not citation.figures:
        message = "the source is named, but not quoted"
        help_text = "copy the words that the entry rests on from the source"
        yield Problem(FILE, citation.line, "quote", message, help_text, "warning")
    if (citation.quote or citation.source) and not citation.attribution:
        help_text = "write who says so, such as: Azerbaijan’s Foreign Ministry"
        yield Problem(FILE, citation.line, "attribution", "is empty: who says so?", help_text, "warning")


def check_figures(timeline: Timeline) -> Iterator[Problem]:
    """A figure is in a declared series, and its number stands in the words of its own citation."""
    declared = timeline.config.series
    for citation in [citation for entry in timeline.entries for citation in entry.citations if citation.figures]:
        seen: set[str] = set()
        for figure in citation.figures:
            if figure.series not in declared and timeline.config.readable:
                message = f"{shown(figure.series)} is not a series of timeline.toml"
                otherwise = f"write in timeline.toml, on a line of its own: {heading('series', figure.series)}"
                help_text = _suggestion(figure.series, declared, otherwise)
                yield Problem(FILE, citation.line, "figures", message, help_text)
            if figure.series in seen:
                help_text = "keep one, or name two series"
                yield Problem(FILE, citation.line, "figures", f"{shown(figure.series)} is given twice", help_text)
            seen.add(figure.series)
            if not citation.quote:
                message = f"{figure.series}: there is no quote that says {figure.value}"
                help_text = "quote the words that hold the number, or take the figure out"
                yield Problem(FILE, citation.line, "figures", message, help_text)
            elif not figure_said(citation.quote, figure.value, _language(timeline, citation)):
                message = f"{figure.series}: the quote does not say {figure.value}"
                help_text = "lengthen the quote until it holds the number, or take the figure out"
                yield Problem(FILE, citation.line, "figures", message, help_text)


def check_links(timeline: Timeline) -> Iterator[Problem]:
    """`conflicts_with` and `related` name other entries."""
    ids = [entry.id for entry in timeline.entries]
    known = frozenset(ids)
    for entry in timeline.entries:
        if not entry.conflicts_with and not entry.related:
            continue
        for column, others in (("conflicts_with", entry.conflicts_with), ("related", entry.related)):
            for other in others:
                if other == entry.id:
                    yield Problem(FILE, entry.line, column, f"{shown(other)} is this entry itself", "take it out")
                elif other not in known:
                    help_text = _suggestion(other, ids, "write the id of another entry")
                    yield Problem(FILE, entry.line, column, f"there is no entry {shown(other)}", help_text)


def check_claims(timeline: Timeline) -> Iterator[Problem]:
    """A number or a date in a title or summary stands in a quote of the entry."""
    language = timeline.config.language
    for entry in _telling(timeline.entries, language):
        quoting = [citation for citation in entry.citations if citation.quote]
        if not quoting:
            continue
        evidence = [*(citation.quote for citation in quoting), entry.date.text, entry.date_note]
        spoken = [*(_language(timeline, citation) for citation in quoting), language, language]
        for column, text in (("title", entry.title), ("summary", entry.summary)):
            missing = held_by(text, evidence, language, evidence_languages=spoken)
            if missing:
                said = ", ".join(f"“{words}”" for words in missing)
                message = f"no quote of this entry says {said}"
                help_text = "lengthen a quote until it holds it, cite another source, or leave it out"
                yield Problem(FILE, entry.line, column, message, help_text, "warning")


def _telling(entries: Sequence[Entry], language: str) -> Iterator[Entry]:
    """Yield the entries whose claims may tell of a number or a date; where those of many do not, one glance says so."""
    for start in range(0, len(entries), AT_A_GLANCE):
        some = entries[start : start + AT_A_GLANCE]
        if may_tell("\n".join([claim for entry in some for claim in (entry.title, entry.summary)]), language):
            yield from (entry for entry in some if may_tell(f"{entry.title}\n{entry.summary}", language))


def check_direction(timeline: Timeline) -> Iterator[Problem]:
    """A cell shows its letters in the order in which they stand; of a quote, the source's own are shown."""
    table = timeline.table
    columns = [(place, column) for place, column in enumerate(table.columns) if not column.startswith("quote")]
    for row in table.rows:
        if not directed("\n".join(row.cells)):
            continue
        for place, column in columns:
            message = directed(row.cells[place])
            if message:
                help_text = "take it out, or type the cell anew"
                yield Problem(FILE, row.line, column, message, help_text, "warning")


def check_date_basis(timeline: Timeline) -> Iterator[Problem]:
    """A date stands in a quote or is the source's own, or a `date_note` says where it comes from."""
    for entry in timeline.entries:
        if entry.date_note or not any(citation.quote for citation in entry.citations):
            continue
        for point in filter(None, entry.date.points):
            if not any(_has_basis(point, citation, timeline) for citation in entry.citations):
                message = f"no quote of this entry says {point.text}, nor is it the date of its source"
                help_text = (
                    "lengthen the quote until it holds the date, say in date_note where the date comes from, "
                    f"or, if it is the date of the source, write it into {SOURCES_FILE}, under published"
                )
                yield Problem(FILE, entry.line, "date", message, help_text, "warning")
                break


def check_static(timeline: Timeline) -> Iterator[Problem]:
    """A file of `static/` has a place of its own in the site, on any kind of disk."""
    if not timeline.static:
        return
    taken = {name.casefold(): (name, is_folder) for path in _made(timeline) for name, is_folder in _steps(path)}
    for path in timeline.static:
        steps = _steps(path)
        held = [taken[name.casefold()] for name, _ in steps if name.casefold() in taken]
        clashing = [name for name, is_folder in held if not is_folder or (name, is_folder) not in steps]
        if steps[0][0].casefold() == addresses.ASSETS.rstrip("/"):
            help_text = f"put it into templates/{addresses.ASSETS}, or rename it"
            yield Problem(
                f"{STATIC}/{path}", 0, "", f"would stand in {addresses.ASSETS}, which is the theme’s", help_text
            )
        elif clashing:
            message = f"would stand in the place of {clashing[0]}, which is in the site already"
            yield Problem(f"{STATIC}/{path}", 0, "", message, "rename it, or take it out")
        elif re.search(r"[\\:\x00-\x1f\x7f]", path) or path.casefold().startswith(".dateline-"):
            yield Problem(f"{STATIC}/{path}", 0, "", "has a name that a site cannot have", "rename it, or take it out")
        taken = {name.casefold(): (name, is_folder) for name, is_folder in steps} | taken


def check_entry_pages(timeline: Timeline) -> Iterator[Problem]:
    """A timeline of very many entries has said whether each of them shall have a page of its own."""
    entries, settings = len(timeline.entries), timeline.config
    if entries > MANY_PAGES and settings.entry_pages and not settings.entry_pages_decided:
        message = (
            f"{entries:,} entries have {entries:,} pages of their own, which are most of the site’s files and size; "
            "GitHub Pages publishes at most 1 GB, in 10 minutes"
        )
        help_text = (
            "write entry_pages = false: each entry is shown on the timeline alone, and entry.html#id leads to it; "
            "or write entry_pages = true to keep the pages"
        )
        yield Problem(CONFIG_FILE, 0, "entry_pages", message, help_text, "warning")


def check_cards(timeline: Timeline) -> Iterator[Problem]:
    """The fonts of the social cards have the letters of the words on them."""
    settings = timeline.config
    if settings.cards == "none":
        return
    lacking = _lacking(settings.language)
    lack = "the fonts of the social card lack {}: {}"
    help_text = 'install fonts for more scripts (pip install "dateline[letters]"), or write cards = "none"'
    title, standfirst = lacking(settings.title), lacking(settings.standfirst)
    if title:
        message = lack.format(_some(title), "the site gets none")
        yield Problem(CONFIG_FILE, 0, "title", message, help_text, "warning")
    elif standfirst:
        message = lack.format(_some(standfirst), "it is left out")
        yield Problem(CONFIG_FILE, 0, "standfirst", message, help_text, "warning")
    for entry in timeline.entries if settings.cards == "entries" else ():
        quote = next((citation.quote for citation in entry.citations if citation.quote), "")
        missing, unquoted = lacking(entry.title), lacking(quote)
        if missing:
            message = lack.format(_some(missing), "the entry gets none")
            yield Problem(FILE, entry.line, "title", message, help_text, "warning")
        elif unquoted:
            message = lack.format(_some(unquoted), "it is left out")
            yield Problem(FILE, entry.line, "quote", message, help_text, "warning")


def _lacking(language: str) -> Callable[[str], str]:
    """Return what tells which letters of a text the fonts lack; plain English needs no look at them."""

    @lru_cache(maxsize=1)
    def letters() -> Lettering:
        from dateline.lettering import Lettering

        return Lettering(language, "ltr")

    return lambda text: "" if text.isascii() and text.isprintable() else letters().lacking(text)


def _some(letters: str) -> str:
    """Return up to five letters."""
    return " ".join(letters[:5]) + (" …" if len(letters) > 5 else "")


def _steps(path: str) -> list[tuple[str, bool]]:
    """Return the folders that a path goes through, and the path itself, each with whether it is a folder."""
    return [*((str(folder), True) for folder in reversed(PurePosixPath(path).parents[:-1])), (path, False)]


def _made(timeline: Timeline) -> Iterator[str]:
    """Yield the files that the site is made of, but for the theme's."""
    yield from (addresses.INDEX, addresses.PERMANENT, addresses.SOURCES, addresses.PROOF, addresses.MISSING)
    yield from (addresses.ATOM, addresses.CALENDAR, addresses.JSON, addresses.TABLE)
    if timeline.about:
        yield addresses.ABOUT
    if timeline.config.address:
        yield addresses.SITEMAP
    if timeline.config.cards != "none":
        yield addresses.CARD
    if timeline.config.cards == "entries":
        yield from (addresses.entry_card(entry.id) for entry in timeline.entries)
    if timeline.config.entry_pages:
        yield from (addresses.entry_page(entry.id) for entry in timeline.entries)
    yield from (f"{addresses.WHERE}{bucket}.js" for bucket in range(where.buckets(len(timeline.entries))))
    yield from (sheet.path for sheet in periods.sheets(periods.cut([entry.date for entry in timeline.entries])))
    yield from (addresses.source_page(source) for source in timeline.sources.values())
    if are_many(sum(bool(citation.quote) for _, citation in timeline.citations())):
        # Which pages it holds is known only when they are made, so that nobody else has a place in it.
        yield addresses.PROOFS.rstrip("/")


def _has_basis(point: Point, citation: Citation, timeline: Timeline) -> bool:
    source = timeline.sources.get(citation.source)
    if (
        source
        and source.published
        and (source.published.earliest, source.published.latest) == (point.earliest, point.latest)
    ):
        return True
    language = _language(timeline, citation)
    said = (point.year, point.month, point.day)
    return mentions.standing(citation.quote, *said, language, decade=point.precision == "decade") == "yes"


def _language(timeline: Timeline, citation: Citation) -> str:
    source = timeline.sources.get(citation.source)
    return (source.language if source else "") or timeline.config.language


def _suggestion(word: str, known: Iterable[str], otherwise: str) -> str:
    near = did_you_mean(word, known)
    return f"did you mean {near}?" if near else otherwise


CHECKS: tuple[Check, ...] = (
    check_there_are_entries,
    check_categories,
    check_sources,
    check_citations_are_whole,
    check_figures,
    check_links,
    check_claims,
    check_direction,
    check_date_basis,
    check_static,
    check_entry_pages,
    check_cards,
)
