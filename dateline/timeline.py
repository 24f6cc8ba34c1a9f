"""A project folder → `Timeline`, the record of everything that the site is made from."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from dateline import config, events, sources
from dateline.config import Category, Config
from dateline.dates import Date, Day
from dateline.events import Citation, Entry
from dateline.problems import Problem, unread_folder
from dateline.sources import Source
from dateline.tables import Table
from dateline.texts import read_text

ABOUT = "about.md"
STATIC = "static"


class Timeline(NamedTuple):
    """What was read: settings, entries by date, the table they came from, sources by name, and the page about it.

    `refused` names what stands in `seeds/` and cannot be quoted, with the reason; `static` the files that are
    published as they are.
    """

    config: Config
    table: Table
    entries: tuple[Entry, ...]
    sources: Mapping[str, Source]
    refused: Mapping[str, str]
    about: str
    static: tuple[str, ...]

    @property
    def categories(self) -> Mapping[str, Category]:
        """The declared categories, or, where none are declared, those that the entries name."""
        used = (entry.category for entry in self.entries if entry.category)
        return self.config.categories or config.automatic_categories(used)

    def citations(self) -> Iterator[tuple[Entry, Citation]]:
        """Yield every citation with the entry that it belongs to, in order of the timeline."""
        for entry in self.entries:
            for citation in entry.citations:
                yield entry, citation


def read_timeline(folder: Path) -> tuple[Timeline, list[Problem]]:
    """Read a project folder; all problems of all its files are returned at once."""
    settings, problems = config.read_config(folder)
    read_events, more = events.read_events(folder)
    problems += more
    read_sources, more = sources.read_sources(folder)
    problems += more
    about, more = _about(folder)
    problems += more
    static, more = _static(folder)
    problems += more
    timeline = Timeline(
        config=settings,
        table=read_events.table,
        entries=read_events.entries,
        sources=read_sources.by_name,
        refused=read_sources.refused,
        about=about,
        static=static,
    )
    return timeline, problems


def newest_day(timeline: Timeline) -> Day | None:
    """Return the newest day that the sources themselves carry: what the site shows as its own, never the clock's."""
    known = (date for source in timeline.sources.values() for date in _dates_of(source))
    return max((date.latest for date in known if date.latest), default=None)


def day_of_epoch(text: str) -> Day | None:
    """Return the day of a number of seconds since 1970, or None where the text is no such number before the year 10000.

    Source: reproducible-builds.org/specs/source-date-epoch.
    """
    from datetime import UTC, datetime

    if not (text.isascii() and text.isdecimal() and len(text) <= 12 and int(text) < 253_402_300_800):
        return None
    moment = datetime.fromtimestamp(int(text), tz=UTC)
    return (moment.year, moment.month, moment.day)


def _dates_of(source: Source) -> Iterator[Date]:
    yield from (date for date in (source.published, source.archive_date, source.retrieved) if date)


def _about(folder: Path) -> tuple[str, list[Problem]]:
    text, problem = read_text(folder / ABOUT, ABOUT)
    if problem:
        return "", [problem]
    if text is not None and text.strip():
        return text, []
    message = f"is {'not there' if text is None else 'empty'}; readers cannot learn who made this"
    help_text = f"write {ABOUT}: how the timeline was made, what its sources are, how to report an error"
    return "", [Problem(ABOUT, 0, "", message, help_text, "warning")]


def _static(folder: Path) -> tuple[tuple[str, ...], list[Problem]]:
    root = folder / STATIC
    if root.is_symlink():
        return (), [
            Problem(STATIC, 0, "", "is a link, and is not followed", "make it a folder, and copy the files into it")
        ]
    if not root.exists():
        return (), []
    if not root.is_dir():
        return (), [Problem(STATIC, 0, "", "is not a folder", f"rename it; files in a folder {STATIC}/ are published")]
    found: list[str] = []
    problems: list[Problem] = []
    unread: list[OSError] = []
    for parent, folders, files in os.walk(root, onerror=unread.append):
        for name in sorted(folders + files):
            file = Path(parent, name)
            path = file.relative_to(root).as_posix()
            if file.is_symlink():
                problems.append(
                    Problem(f"{STATIC}/{path}", 0, "", "is a link, and is not followed", "copy the file itself there")
                )
            elif file.is_file():
                found.append(path)
    problems += [unread_folder(Path(error.filename).relative_to(folder).as_posix(), error) for error in unread]
    return tuple(sorted(found)), problems
