"""`events.csv` → entries, each with its citations and figures, as its author wrote them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from dateline import date_mistakes, dates
from dateline.problems import Problem, did_you_mean
from dateline.slugs import slug
from dateline.tables import Table, read_table

FILE = "events.csv"
REQUIRED = ("date", "title")
COLUMNS: Mapping[str, str] = {
    "id": "the permalink: lower-case letters, digits and hyphens; made from date and title when empty",
    "date": "when, as EDTF: `2021-06-12`, `2022-10`, `2020-09-27/2020-11-09`, `1990~`, `199X`, `2021-04-04?`",
    "date_note": "why this date, where the source does not say it outright; shown with the date",
    "title": "the headline, in your own words",
    "summary": "a sentence or two, in your own words; Markdown",
    "category": "the lane: a name from `[categories]` in `timeline.toml`",
    "place": "where, as the cited source spells it",
    "tags": "words to find the entry by, separated by `;`",
    "source": "the text that is cited: a file in `seeds/`",
    "quote": "the words the entry rests on, copied from the source; `…` or `[…]` where words are left out",
    "quote_prefix": "the words just before the quote, when the same words stand in the source twice",
    "quote_suffix": "the words just after the quote, for the same purpose",
    "attribution": "who says so",
    "figures": "numbers that the quote says, by series: `killed=20; injured=85`; `300+` for “over 300”",
    "conflicts_with": "ids of entries that say otherwise, separated by `;`",
    "related": "ids of entries to read with this one, separated by `;`",
}
LIST_SEPARATOR = ";"

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_FIGURE = re.compile(r"\s*([^=\s]+)\s*=\s*(~?)(\d+(?:[,\u00a0\u202f ]\d{3})*(?:\.\d+)?)(\+?)\s*")


class Figure(NamedTuple):
    """A number that a citation reports: `bound` is `+` for "more than", `~` for "about", or empty."""

    series: str
    value: Decimal
    bound: str


class Citation(NamedTuple):
    """An entry's tie to one source; `anchor` names it on every page, `line` is its row in `events.csv`."""

    anchor: str
    source: str
    quote: str
    prefix: str
    suffix: str
    attribution: str
    figures: tuple[Figure, ...]
    line: int


class Entry(NamedTuple):
    """One event of the timeline; `line` is its row in `events.csv`, `row` the cells of that row as given."""

    id: str
    date: dates.Date
    date_note: str
    title: str
    summary: str
    category: str
    place: str
    tags: tuple[str, ...]
    citations: tuple[Citation, ...]
    conflicts_with: tuple[str, ...]
    related: tuple[str, ...]
    line: int


class Events(NamedTuple):
    """The table as given, and its entries in order of date (earliest, latest, row)."""

    table: Table
    entries: tuple[Entry, ...]


def read_events(folder: Path) -> tuple[Events, list[Problem]]:
    """Read `events.csv` in `folder`; an entry that has a problem is still returned, so that all can be checked."""
    table, problems = read_table(folder / FILE, FILE, required=REQUIRED, known=tuple(COLUMNS))
    drafts: dict[str, _Draft] = {}
    further: list[_Cells] = []
    for cells in _cells(table):
        if cells.id and not cells.date and not cells.title:
            further.append(cells)
            continue
        draft = _draft(cells, problems)
        if draft.entry.id in drafts:
            problems.append(_twice(draft.entry, drafts[draft.entry.id].entry, given=bool(cells.id)))
            draft = draft._replace(entry=draft.entry._replace(id=f"{draft.entry.id}.row{cells.line}"))
        drafts[draft.entry.id] = draft
    for cells in further:
        _add_citation(cells, drafts, problems)
    entries = [draft.entry._replace(citations=tuple(draft.citations)) for draft in drafts.values()]
    entries.sort(key=lambda entry: (dates.sort_key(entry.date), entry.line))
    return Events(table, tuple(entries)), problems


def split_list(cell: str) -> tuple[str, ...]:
    """Return the parts of a cell that holds a list."""
    return tuple(part for part in map(str.strip, cell.split(LIST_SEPARATOR)) if part) if cell else ()


class _Cells(NamedTuple):
    """One row's cells by column, empty where the table lacks the column; the fields are those of `COLUMNS`."""

    line: int
    id: str
    date: str
    date_note: str
    title: str
    summary: str
    category: str
    place: str
    tags: str
    source: str
    quote: str
    quote_prefix: str
    quote_suffix: str
    attribution: str
    figures: str
    conflicts_with: str
    related: str


class _Draft(NamedTuple):
    entry: Entry
    citations: list[Citation]


def _cells(table: Table) -> Iterator[_Cells]:
    # A column that the table lacks is read from the empty cell put at the end of each row.
    positions = [table.columns.index(name) if name in table.columns else -1 for name in COLUMNS]
    for row in table.rows:
        cells = (*row.cells, "")
        yield _Cells(row.line, *[cells[position] for position in positions])


def _draft(cells: _Cells, problems: list[Problem]) -> _Draft:
    date = _date(cells, problems)
    if not cells.title:
        help_text = "write a headline in your own words"
        if cells.id:
            help_text += "; to add a citation to another row's entry, leave the date empty as well"
        problems.append(Problem(FILE, cells.line, "title", "is empty", help_text))
    entry = Entry(
        id=_id(cells, problems),
        date=date,
        date_note=cells.date_note,
        title=cells.title,
        summary=cells.summary,
        category=cells.category,
        place=cells.place,
        tags=split_list(cells.tags),
        citations=(),
        conflicts_with=split_list(cells.conflicts_with),
        related=split_list(cells.related),
        line=cells.line,
    )
    cites = cells.source or cells.quote or cells.attribution or cells.figures
    return _Draft(entry, [_citation(cells, entry.id, problems)] if cites else [])


def _date(cells: _Cells, problems: list[Problem]) -> dates.Date:
    date = dates.parse(cells.date)
    if date is None:
        message, help_text = date_mistakes.explain(cells.date)
        problems.append(Problem(FILE, cells.line, "date", message, help_text))
        # It has no points, so that nothing is checked against it; a site is never built from it.
        return dates.Date(cells.date, "date", (), dates.END_OF_TIME, dates.END_OF_TIME)
    if dates.ends_before_it_starts(date):
        message, help_text = date_mistakes.explain_backwards(date)
        problems.append(Problem(FILE, cells.line, "date", message, help_text))
    return date


def _id(cells: _Cells, problems: list[Problem]) -> str:
    if not cells.id:
        return _made_id(cells)
    if _SLUG.fullmatch(cells.id):
        return cells.id
    message = f"{cells.id!r} may hold only lower-case letters, digits and single hyphens"
    problems.append(Problem(FILE, cells.line, "id", message, f"write {slug(cells.id) or _made_id(cells)}"))
    return cells.id


def _made_id(cells: _Cells) -> str:
    """Return the permalink made from date and title, the title cut at a word near sixty letters."""
    title = slug(cells.title)
    if len(title) > 60:
        title = title[:61].rsplit("-", 1)[0]
    return "-".join(part for part in (slug(cells.date), title) if part) or f"row-{cells.line}"


def _twice(entry: Entry, first: Entry, *, given: bool) -> Problem:
    if given:
        help_text = "give this row another id; to add a citation to that entry, leave date and title empty"
        return Problem(FILE, entry.line, "id", f"{entry.id!r} is already the id of line {first.line}", help_text)
    message = f"this row and line {first.line} have the same date and title, and so the same id {entry.id!r}"
    return Problem(FILE, entry.line, "id", message, f"write an id of its own in this row, such as {entry.id}-2")


def _add_citation(cells: _Cells, drafts: Mapping[str, _Draft], problems: list[Problem]) -> None:
    draft = drafts.get(cells.id)
    if draft is None:
        near = did_you_mean(cells.id, drafts)
        help_text = f"did you mean {near}? " if near else ""
        help_text += "a row without date and title adds a citation to the entry with its id"
        problems.append(Problem(FILE, cells.line, "id", f"there is no entry {cells.id!r}", help_text))
        return
    for column in ("summary", "date_note", "category", "place", "tags", "conflicts_with", "related"):
        if getattr(cells, column):
            message = f"belongs to the entry itself; this row only adds a citation to {cells.id}"
            help_text = f"move it to line {draft.entry.line}, or give this row its own date and title"
            problems.append(Problem(FILE, cells.line, column, message, help_text))
    anchor = f"{cells.id}.{len(draft.citations) + 1}" if draft.citations else cells.id
    draft.citations.append(_citation(cells, anchor, problems))


def _citation(cells: _Cells, anchor: str, problems: list[Problem]) -> Citation:
    return Citation(
        anchor=anchor,
        source=cells.source,
        quote=cells.quote,
        prefix=cells.quote_prefix,
        suffix=cells.quote_suffix,
        attribution=cells.attribution,
        figures=tuple(_figures(cells, problems)) if cells.figures else (),
        line=cells.line,
    )


def _figures(cells: _Cells, problems: list[Problem]) -> Iterator[Figure]:
    for part in split_list(cells.figures):
        found = _FIGURE.fullmatch(part)
        if found is None:
            message = f"{part!r} is not a series and its number"
            help_text = "write series=number, such as killed=20; injured=85"
            problems.append(Problem(FILE, cells.line, "figures", message, help_text))
            continue
        series, about, digits, more = found.groups()
        yield Figure(series, Decimal(re.sub(r"[^\d.]", "", digits)), about or more)


def citations(entries: Iterable[Entry]) -> Iterator[tuple[Entry, Citation]]:
    """Yield every citation with the entry it belongs to, in order of the timeline."""
    for entry in entries:
        for citation in entry.citations:
            yield entry, citation
