"""The `dateline` command: what it can be told, what it prints, and how it ends."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NoReturn, TypeVar

import click

from dateline import __version__, problems
from dateline.problems import Problem

if TYPE_CHECKING:
    from dateline.publish import Report

Format = Literal["text", "json", "github"]
Rendered = TypeVar("Rendered")

# How long a build runs, in seconds, before it shows how far it is.
PATIENCE = 1.0

_FOLDER = click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default=".")
_STRICT = click.option("--strict", is_flag=True, help="Let warnings fail as errors do.")
_FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    help="How problems are printed: for people, as JSON, or as annotations of GitHub Actions.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="dateline")
def main() -> None:
    """Turn events.csv and the texts in seeds/ into a timeline website whose quotes are proved.

    Exit status: 0 when all is well, 1 when the data has problems, 2 when the command was used wrongly.
    """


@main.command()
@_FOLDER
@click.option("--out", type=click.Path(path_type=Path), help="Where the site goes; site/ in FOLDER when not given.")
@_STRICT
@_FORMAT
def build(folder: Path, out: Path | None, *, strict: bool, form: Format) -> None:
    """Check the timeline in FOLDER and build its site.

    FOLDER holds events.csv, seeds/, and timeline.toml; it is the current folder when not given. Nothing is published
    unless every quote is found, and a build that fails leaves the last good site as it was. Pages that would be as
    they are are not made again: FOLDER/.dateline-cache says what they were made of, and can be deleted at any time.
    """
    from dateline import site, timeline, turns

    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    day = timeline.day_of_epoch(epoch) if epoch else None
    if epoch and day is None:
        message = f"SOURCE_DATE_EPOCH is {problems.shown(epoch)}: it must be a number of seconds since 1970"
        raise click.UsageError(message)
    started = time.perf_counter()
    target = out or folder / "site"
    with turns.turn((folder, target), _waits):
        report, found = site.build(folder, target, strict=strict, watch=_progress, day=day)
    _show(found, form, folder)
    if report is None:
        stands = os.path.exists(target)  # noqa: PTH110 - what may not be looked into is as nothing
        _fail(found, "The site was left as it was" if stands else "The site was not built")
    if form == "text":
        click.echo(_summary(report, target, time.perf_counter() - started), err=True)


@main.command(short_help="Say all that is wrong with the timeline in FOLDER.")
@_FOLDER
@_STRICT
@_FORMAT
def check(folder: Path, *, strict: bool, form: Format) -> None:
    """Check the timeline in FOLDER and say all that is wrong with it, without building."""
    from dateline import site

    try:
        checked, found = site.check(folder)
    except problems.ProblemError as error:
        checked, found = None, [error.problem]
    _show(found, form, folder)
    if checked is None or site.fails(found, strict=strict):
        _fail(found, "The timeline has problems")
    if form == "text":
        entries, quotes = len(checked.timeline.entries), len(checked.proofs)
        proved = f"{_count(quotes, 'quote', 'quotes')}, all found" if quotes else "no quotes"
        click.echo(f"{_count(entries, 'entry', 'entries')}, {proved}.", err=True)


def _waits() -> None:
    click.echo("Another build is at work here: waiting for its end.", err=True)


def _show(found: list[Problem], form: Format, folder: Path) -> None:
    if form == "json":
        click.echo(problems.as_json(found))
        return
    for problem in found:
        if form == "github":
            # GitHub looks for the file from where the command runs, the root of the repository.
            inside = folder / problem.path
            is_input = inside.exists() or not Path(problem.path).exists()
            path = Path(os.path.relpath(inside)).as_posix() if is_input else problem.path
            click.echo(problems.as_github(problem._replace(path=path)))
        else:
            click.echo(_coloured(problem), err=True)


def _coloured(problem: Problem) -> str:
    """Return the problem as text with its place in bold; click leaves the colour out where it is not a terminal."""
    head, *rest = problems.as_text(problem).split("\n")
    place = problems.place(problem)
    colour = "red" if problem.severity == "error" else "yellow"
    lines = [click.style(place, bold=True, fg=colour) + head.removeprefix(place)]
    return "\n".join([*lines, *(click.style(line, dim=line.startswith("  help:")) for line in rest)])


def _fail(found: list[Problem], consequence: str) -> NoReturn:
    errors = sum(problem.severity == "error" for problem in found)
    counts = [_count(errors, "error", "errors")] if errors else []
    if len(found) > errors:
        counts.append(_count(len(found) - errors, "warning", "warnings"))
    click.echo(f"{consequence}: {', '.join(counts)}.", err=True)
    sys.exit(1)


def _summary(report: Report, target: Path, seconds: float) -> str:
    counts = f"{report.new} new, {report.changed} changed, {report.unchanged} as they were, {report.removed} removed"
    return f"Built {target / 'index.html'} in {seconds:.1f} s: {counts}."


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def _progress(items: Iterable[Rendered], total: int) -> Iterator[Rendered]:
    """Yield the items; once that has taken `PATIENCE`, and if there is a terminal, show how far it is."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield from items
        return
    started, advance, done = time.perf_counter(), None, 0
    stop: Callable[[], None] | None = None
    try:
        for item in items:
            yield item
            done += 1
            if advance is None and time.perf_counter() - started > PATIENCE:
                advance, stop = _bar(total)
            if advance is not None:
                advance(done)
    finally:
        if stop is not None:
            stop()


def _bar(total: int) -> tuple[Callable[[int], None], Callable[[], None]]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("Building"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    progress = Progress(*columns, console=Console(stderr=True), transient=True)
    task = progress.add_task("pages", total=total)
    progress.start()
    return lambda done: progress.update(task, completed=done), progress.stop
