"""`events.csv` → entries, each with its citations and figures, as its author wrote them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import chain, count
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from dateline import dates
from dateline.late_patterns import late
from dateline.problems import Problem, did_you_mean, shown
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
# What the site's own copy of the table has beside the columns that were given. Whoever reads it takes what stands there
# for proved, so nothing that was given is published under these names.
ADDED = ("verified_id", "verified_as", "verified_paragraph", "verified_start", "verified_end", "verified_sha256")
LIST_SEPARATOR = ";"
# An id is the name of a file, and disks take names of at most 255 bytes.
LONGEST_ID = 100
# Of a figure: more than any that is counted, and no more than can be written out exactly, also as per cent.
MOST_DIGITS = 24

_SLUG = late(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_FIGURE = late(r"\s*([^=\s](?:[^=]*[^=\s])?)\s*=\s*(~?)(\d+(?:[,\u00a0\u202f ]\d{3})*(?:\.\d+)?)(\+?)\s*")


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
    """One event of the timeline; `line` is its row in `events.csv`."""

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


def reports(entry: Entry) -> bool:
    """Tell whether an entry reports a number."""
    # A loop is quicker than `any`, and this is asked of every entry.
    for citation in entry.citations:  # noqa: SIM110
        if citation.figures:
            return True
    return False


class Events(NamedTuple):
    """The table as given, and its entries in order of date (earliest, latest, row)."""

    table: Table
    entries: tuple[Entry, ...]


def read_events(folder: Path) -> tuple[Events, list[Problem]]:
    """Read `events.csv` in `folder`; an entry that has a problem is still returned, so that all can be checked."""
    table, problems = read_table(folder / FILE, FILE, required=REQUIRED, known=tuple(COLUMNS), made=ADDED)
    missing = [column for column in REQUIRED if column not in table.columns]
    if len(missing) == len(REQUIRED):
        # Which rows are entries cannot be told; the missing columns are a problem already.
        return Events(table, ()), problems
    found: list[Problem] = []
    rows = list(_cells(table))
    by_id = _entries([cells for cells in rows if cells.date or cells.title], found)
    _add_citations([cells for cells in rows if not cells.date and not cells.title], by_id, found)
    # A column that is not there is one fault, and not one for each row; ids are made from both.
    hidden = {*missing, "id"} if missing else set()
    problems += [problem for problem in found if problem.column not in hidden]
    entries = sorted(by_id.values(), key=_days)
    return Events(table, tuple(entries)), problems


def _days(entry: Entry) -> tuple[int, int, int, dates.Day, int]:
    """Return what entries are sorted by: flat at its beginning, as Python compares numbers twice as fast as tuples."""
    (year, month, day), last = dates.sort_key(entry.date)
    return year, month, day, last, entry.line


@lru_cache(maxsize=1024)
def split_list(cell: str) -> tuple[str, ...]:
    """Return the parts of a cell that holds a list."""
    return tuple(dict.fromkeys(part for part in map(str.strip, cell.split(LIST_SEPARATOR)) if part)) if cell else ()


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


def _cells(table: Table) -> Iterator[_Cells]:
    # A column that the table lacks is read from the empty cell put at the end of each row.
    positions = [1 + table.columns.index(name) if name in table.columns else -1 for name in COLUMNS]
    taken = itemgetter(0, *positions)
    for row in table.rows:
        yield _Cells._make(taken((row.line, *row.cells, "")))


def _entries(rows: Sequence[_Cells], problems: list[Problem]) -> dict[str, Entry]:
    """Return the entries by their ids."""
    named = zip(_ids(rows, problems), rows, strict=True)
    # Records stand in memory in the order in which they are made. In that in which the timeline is gone through, all
    # that is made of them takes six per cent less; that of what is written as dates comes near to it.
    return {own_id: _entry(cells, own_id, problems) for own_id, cells in sorted(named, key=_written_date)}


def _written_date(named: tuple[str, _Cells]) -> str:
    return named[1].date


def _ids(rows: Sequence[_Cells], problems: list[Problem]) -> Iterator[str]:
    """Yield the id of each row; where two rows claim one, the second gets an id that none can write."""
    ids = [cells.id or _made_id(cells) for cells in rows]
    # What a problem proposes as an id must not be the id of another row.
    first: dict[str, _Cells] = {}
    for entry_id, cells in zip(ids, rows, strict=True):
        first.setdefault(entry_id, cells)
    taken: set[str] = set()
    for entry_id, cells in zip(ids, rows, strict=True):
        problem = _id_problem(cells, entry_id, first)
        if problem:
            problems.append(problem)
        own_id = f"{entry_id}.row{cells.line}" if entry_id in taken else entry_id
        taken.add(own_id)
        yield own_id


def _entry(cells: _Cells, entry_id: str, problems: list[Problem]) -> Entry:
    date = _date(cells, problems)
    if not cells.title:
        help_text = "write a headline in your own words"
        if cells.id:
            help_text += "; to add a citation to another row's entry, leave the date empty as well"
        problems.append(Problem(FILE, cells.line, "title", "is empty", help_text))
    cites = cells.source or cells.quote or cells.attribution or cells.figures
    # By position: by name, Python takes twice as long to make a record.
    return Entry(
        entry_id,
        date,
        cells.date_note,
        cells.title,
        cells.summary,
        cells.category,
        cells.place,
        split_list(cells.tags),
        (_citation(cells, entry_id, problems),) if cites else (),
        split_list(cells.conflicts_with),
        split_list(cells.related),
        cells.line,
    )


def _date(cells: _Cells, problems: list[Problem]) -> dates.Date:
    date = dates.parse(cells.date)
    if date is not None and date.kind == "date" and not (date.points[0] and date.points[0].season):
        return date
    from dateline import date_mistakes

    if date is None:
        message, help_text = date_mistakes.explain(cells.date)
        problems.append(Problem(FILE, cells.line, "date", message, help_text))
        # It has no points, so that nothing is checked against it; a site is never built from it.
        return dates.Date(cells.date, "date", (), dates.END_OF_TIME, dates.END_OF_TIME)
    if dates.ends_before_it_starts(date):
        message, help_text = date_mistakes.explain_backwards(date)
        problems.append(Problem(FILE, cells.line, "date", message, help_text))
    trap = None if cells.date_note else date_mistakes.explain_season(date)
    if trap:
        problems.append(Problem(FILE, cells.line, "date", *trap, "warning"))
    return date


def _id_problem(cells: _Cells, entry_id: str, first: dict[str, _Cells]) -> Problem | None:
    """Return what is wrong with a row's id; `first` has the row of each id, and takes in what is proposed here."""
    other = first[entry_id]
    if other is cells and len(entry_id) <= LONGEST_ID and _SLUG.fullmatch(entry_id):
        return None
    lowered = entry_id.lower()
    same = lowered if lowered != entry_id and lowered in first else ""
    if other is not cells and not cells.id:
        message = f"this row and line {other.line} have the same date and title, and so the same id {shown(entry_id)}"
        if (cells.date, cells.title) != (other.date, other.title):
            message = f"made from date and title, it is the same as that of line {other.line}: {shown(entry_id)}"
        help_text = "write in this row an id of its own, such as"
    elif other is not cells:
        message = f"{shown(entry_id)} is already the id of line {other.line}"
        help_text = (
            "to add a citation to that entry, leave date and title empty; for another entry, write an id such as"
        )
    elif same:
        message = f"{shown(entry_id)} differs from {same}, the id of line {first[same].line}, only in capital letters"
        help_text = (
            f"to add a citation to that entry, write {same} and leave date and title empty; for another entry, write"
        )
    elif not _SLUG.fullmatch(entry_id):
        message = f"{shown(entry_id)} may hold only lower-case letters, digits and single hyphens"
        help_text = "write"
    else:
        message = f"has {len(entry_id)} letters, and an address has room for {LONGEST_ID}"
        help_text = "write"
    free = _free(_cut(slug(cells.id) or _made_id(cells)), first)
    first[free] = cells
    return Problem(FILE, cells.line, "id", message, f"{help_text} {free}")


def _free(entry_id: str, taken: Mapping[str, object]) -> str:
    """Return the id with the first number behind it that makes it one of its own, or as it is."""
    # After a few tries, the number of rows itself: among thousands of equal rows, each would try all before it.
    numbered = (f"{entry_id}-{number}" for number in chain(range(2, 10), count(len(taken) + 1)))
    return next(each for each in chain((entry_id,), numbered) if each not in taken)


def _made_id(cells: _Cells) -> str:
    """Return the permalink made from date and title, the title cut at a word near sixty letters."""
    title = _cut(slug(cells.title), 60)
    return _cut("-".join(part for part in (slug(cells.date), title) if part)) or f"row-{cells.line}"


def _cut(entry_id: str, longest: int = LONGEST_ID - 4) -> str:
    """Return the id, cut at a word where it is long; a number still fits behind it."""
    return entry_id if len(entry_id) <= longest else entry_id[: longest + 1].rpartition("-")[0] or entry_id[:longest]


def _add_citations(rows: Iterable[_Cells], entries: dict[str, Entry], problems: list[Problem]) -> None:
    """Give the entries what is cited by rows that have neither date nor title."""
    more: dict[str, list[Citation]] = {}
    for cells in rows:
        entry = entries.get(cells.id) if cells.id else None
        if entry is None:
            problems.append(_no_entry(cells, entries))
            continue
        for column in ("summary", "date_note", "category", "place", "tags", "conflicts_with", "related"):
            if getattr(cells, column):
                message = f"belongs to the entry itself; this row only adds a citation to {cells.id}"
                help_text = f"move it to line {entry.line}, or give this row its own date and title"
                problems.append(Problem(FILE, cells.line, column, message, help_text))
        if not (cells.source or cells.quote or cells.attribution or cells.figures):
            help_text = "name a source and quote it, or take the row out"
            message = "the row adds nothing to its entry"
            problems.append(Problem(FILE, cells.line, "source", message, help_text, "warning"))
            continue
        added = more.setdefault(cells.id, [])
        number = len(entry.citations) + len(added) + 1
        anchor = f"{cells.id}.{number}" if number > 1 else cells.id
        added.append(_citation(cells, anchor, problems))
    for entry_id, added in more.items():
        entry = entries[entry_id]
        entries[entry_id] = entry._replace(citations=(*entry.citations, *added))


def _no_entry(cells: _Cells, entries: Mapping[str, Entry]) -> Problem:
    """Return the problem of a row that adds a citation to no entry."""
    if not cells.id:
        message = "the row has neither an id nor a date and title"
        help_text = "write date and title, or, to add a citation to an entry, the id of that entry"
        return Problem(FILE, cells.line, "id", message, help_text)
    near = did_you_mean(cells.id, entries)
    meant = f"did you mean {near}? if not, " if near else ""
    help_text = f"{meant}write the date and title of a new entry, or the id of one that is there"
    return Problem(FILE, cells.line, "id", f"there is no entry {shown(cells.id)}", help_text)


def _citation(cells: _Cells, anchor: str, problems: list[Problem]) -> Citation:
    return Citation(
        anchor,
        cells.source,
        cells.quote,
        cells.quote_prefix,
        cells.quote_suffix,
        cells.attribution,
        tuple(_figures(cells, problems)) if cells.figures else (),
        cells.line,
    )


def _figures(cells: _Cells, problems: list[Problem]) -> Iterator[Figure]:
    for part in split_list(cells.figures):
        found = _FIGURE.fullmatch(part)
        if found is None:
            message = f"{shown(part)} is not a series and its number"
            help_text = "write series=number, such as killed=20; injured=85"
            problems.append(Problem(FILE, cells.line, "figures", message, help_text))
            continue
        series, about, written, more = found.groups()
        number = re.sub(r"[^\d.]", "", written)
        digits = len(number.replace(".", ""))
        if digits > MOST_DIGITS:
            message = f"{series}: the number has {digits} digits"
            help_text = f"write one of at most {MOST_DIGITS}, and a larger unit into the label of the series"
            problems.append(Problem(FILE, cells.line, "figures", message, help_text))
            continue
        yield Figure(series, Decimal(number), about or more)
