"""Records → what is wrong with them: `CHECKS`, each a pure function that looks at one thing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from dateline import mentions, numbers
from dateline.dates import Point
from dateline.events import FILE, Citation
from dateline.evidence import held_by
from dateline.problems import Problem, did_you_mean
from dateline.sources import FOLDER
from dateline.timeline import Timeline

Check = Callable[[Timeline], Iterator[Problem]]


def check(timeline: Timeline) -> list[Problem]:
    """Return what all of `CHECKS` find; the quotes themselves are proved in `proof`."""
    return [problem for single in CHECKS for problem in single(timeline)]


def check_there_are_entries(timeline: Timeline) -> Iterator[Problem]:
    """A timeline has at least one entry."""
    if timeline.table.columns and not timeline.table.rows:
        help_text = "write one event a row below the header; only date and title are required"
        yield Problem(FILE, 0, "", "has a header and no rows", help_text, "warning")


def check_categories(timeline: Timeline) -> Iterator[Problem]:
    """An entry's category is one of those that `timeline.toml` declares, where it declares any."""
    declared = timeline.categories
    for entry in timeline.entries:
        if entry.category and entry.category not in declared:
            message = f"{entry.category!r} is not a category of timeline.toml"
            help_text = _suggestion(entry.category, declared, f"add a table [categories.{entry.category}] there")
            yield Problem(FILE, entry.line, "category", message, help_text)


def check_sources(timeline: Timeline) -> Iterator[Problem]:
    """A cited source is a text in `seeds/`."""
    for _, citation in timeline.citations():
        name = citation.source
        if not name or name in timeline.sources:
            continue
        if name in timeline.refused:
            message, help_text = (
                f"{FOLDER}/{name} {timeline.refused[name]}",
                "put the text itself there, as a .txt or .md file",
            )
        elif name.startswith(("/", "\\", "~")) or ":" in name or ".." in name.replace("\\", "/").split("/"):
            message = f"{name!r} is outside {FOLDER}/"
            help_text = f"copy the text into {FOLDER}/ and write its name there, without a path"
        elif name.removeprefix(f"{FOLDER}/") in timeline.sources:
            message, help_text = f"{name!r} is named from {FOLDER}/ on", f"write {name.removeprefix(f'{FOLDER}/')}"
        else:
            message = f"there is no text {FOLDER}/{name}"
            help_text = _suggestion(name, timeline.sources, f"put the text into {FOLDER}/")
        yield Problem(FILE, citation.line, "source", message, help_text)


def check_citations_are_whole(timeline: Timeline) -> Iterator[Problem]:
    """A citation has a source, a quote and an attribution; an entry has a citation."""
    for entry in timeline.entries:
        if not entry.citations:
            message = "the entry cites nothing: a reader cannot see what it rests on"
            yield Problem(FILE, entry.line, "source", message, f"name a text of {FOLDER}/, and quote it", "warning")
    for _, citation in timeline.citations():
        if citation.quote and not citation.source:
            message = "there is a quote, but no source to find it in"
            yield Problem(FILE, citation.line, "source", message, f"name the text of {FOLDER}/ that holds these words")
        elif citation.source and not citation.quote:
            message = "the source is named, but not quoted"
            help_text = "copy the words that the entry rests on from the source"
            yield Problem(FILE, citation.line, "quote", message, help_text, "warning")
        if (citation.quote or citation.source) and not citation.attribution:
            help_text = "write who says so, such as: Azerbaijan’s Foreign Ministry"
            yield Problem(FILE, citation.line, "attribution", "is empty: who says so?", help_text, "warning")


def check_figures(timeline: Timeline) -> Iterator[Problem]:
    """A figure is in a declared series, and its number stands in the words of its own citation."""
    declared = timeline.config.series
    for _, citation in timeline.citations():
        seen: set[str] = set()
        for figure in citation.figures:
            if figure.series not in declared:
                message = f"{figure.series!r} is not a series of timeline.toml"
                help_text = _suggestion(figure.series, declared, f"add a table [series.{figure.series}] there")
                yield Problem(FILE, citation.line, "figures", message, help_text)
            if figure.series in seen:
                help_text = "keep one, or name two series"
                yield Problem(FILE, citation.line, "figures", f"{figure.series!r} is given twice", help_text)
            seen.add(figure.series)
            if numbers.says(citation.quote, figure.value, _language(timeline, citation)) is None:
                message = f"the quote does not say {figure.value}"
                help_text = "lengthen the quote until it holds the number, or take the figure out"
                yield Problem(FILE, citation.line, "figures", f"{figure.series}: {message}", help_text)


def check_links(timeline: Timeline) -> Iterator[Problem]:
    """`conflicts_with` and `related` name other entries."""
    ids = [entry.id for entry in timeline.entries]
    known = frozenset(ids)
    for entry in timeline.entries:
        for column, others in (("conflicts_with", entry.conflicts_with), ("related", entry.related)):
            for other in others:
                if other == entry.id:
                    yield Problem(FILE, entry.line, column, f"{other!r} is this entry itself", "take it out")
                elif other not in known:
                    help_text = _suggestion(other, ids, "write the id of another entry")
                    yield Problem(FILE, entry.line, column, f"there is no entry {other!r}", help_text)


def check_claims(timeline: Timeline) -> Iterator[Problem]:
    """A number or a date in a title or summary stands in a quote of the entry."""
    for entry in timeline.entries:
        quoting = [citation for citation in entry.citations if citation.quote]
        if not quoting:
            continue
        language = timeline.config.language
        evidence = [*(citation.quote for citation in quoting), entry.date.text, entry.date_note]
        spoken = [*(_language(timeline, citation) for citation in quoting), language, language]
        for column, text in (("title", entry.title), ("summary", entry.summary)):
            missing = held_by(text, evidence, language, evidence_languages=spoken)
            if missing:
                said = ", ".join(f"“{words}”" for words in missing)
                message = f"no quote of this entry says {said}"
                help_text = "lengthen a quote until it holds it, cite another source, or leave it out"
                yield Problem(FILE, entry.line, column, message, help_text, "warning")


def check_date_basis(timeline: Timeline) -> Iterator[Problem]:
    """A date stands in a quote or is the source's own, or a `date_note` says where it comes from."""
    for entry in timeline.entries:
        if entry.date_note or not any(citation.quote for citation in entry.citations):
            continue
        for point in filter(None, entry.date.points):
            if not any(_has_basis(point, citation, timeline) for citation in entry.citations):
                message = f"no quote of this entry says {point.text}, nor is it the date of its source"
                help_text = "lengthen the quote until it holds the date, or say in date_note where the date comes from"
                yield Problem(FILE, entry.line, "date", message, help_text, "warning")
                break


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
    check_date_basis,
)
