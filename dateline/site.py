"""The way through the house: read → check → pages → publish."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from dateline import checks, parallel, problems, proof, sources, templating, timeline
from dateline.dates import Day
from dateline.problems import Problem, ProblemError
from dateline.proof import Found, Proof
from dateline.quotes import Miss
from dateline.timeline import Timeline

if TYPE_CHECKING:
    from dateline.output_folder import OutputFolder
    from dateline.publish import Report
    from dateline.staging import Kept, Place

Watch = Callable[[Iterable["Kept"], int], Iterable["Kept"]]


class Checked(NamedTuple):
    """A timeline with the proofs of its quotes, by the anchor of the citation."""

    timeline: Timeline
    proofs: Mapping[str, Proof]


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    """Raise as a `ProblemError` what the user can mend: a file of the project that went, or a process that did."""
    try:
        yield
    except parallel.LostProcessError as error:
        help_text = "see that there is memory for it, and build again"
        message = "a part of the work was ended from outside, before it was done"
        raise ProblemError(Problem(str(folder), 0, "", message, help_text)) from error
    except OSError as error:
        problem = _unread(folder, error)
        if problem is None:
            raise
        raise ProblemError(problem) from error


def _unread(folder: Path, error: OSError) -> Problem | None:
    """Return the problem that something in the project cannot be read; None where it is something else."""
    file = Path(os.fsdecode(error.filename)) if isinstance(error.filename, str | bytes) else folder
    # What is in a folder that may not be entered is not known: the folder is meant.
    while isinstance(error, PermissionError) and file.is_relative_to(folder) and not os.path.lexists(file):
        file = file.parent
    if file == folder or not file.is_relative_to(folder):
        return None
    help_text = "check that you may read it, and that it stays while the site is built"
    return Problem(file.relative_to(folder).as_posix(), 0, "", f"cannot be read: {error.strerror}", help_text)


def check(folder: Path) -> tuple[Checked, list[Problem]]:
    """Read the project in `folder` and return it with all that is wrong with it, by place.

    What cannot be read although it is there is raised as a `ProblemError` of `problems`.
    """
    with _told(folder):
        return _checked(folder)


def _checked(folder: Path) -> tuple[Checked, list[Problem]]:
    with _without_collecting():
        read, found = timeline.read_timeline(folder)
        proofs, faults, misses = _proved(read)
        found += faults
    found += _slips(folder, read.config.language)
    # A cell that could not be read whole is not looked for as if it were.
    faulty = {problem[:3] for problem in found}
    missed = [problem for problem in misses if problem[:3] not in faulty]
    return Checked(read, proofs), problems.in_order([*found, *missed])


def _slips(folder: Path, language: str) -> list[Problem]:
    """Return what is wrong in the templates and catalogues of the project."""
    from dateline import language_slips

    found: list[Problem] = []
    try:
        with _told(folder):
            if (folder / templating.FOLDER).is_dir():
                from dateline import template_slips

                found += template_slips.slips(folder)
            return found + language_slips.slips(folder, language)
    except ProblemError as error:
        return [*found, error.problem]


def _proved(read: Timeline) -> tuple[dict[str, Proof], list[Problem], list[Problem]]:
    """Return the proofs, what the checks find, and a problem for each quote that was not found."""
    faults: list[Problem] = []
    wanted = proof.wanted(read)
    # The checks take half as long as the proofs: with a quarter of these, as long as the rest of them.
    here = len(wanted) * 3 // 4
    others = chain(checks.check(read), proof.looked_for(wanted[here:]))
    with parallel.Beside[Problem | Found | Miss](others, size=len(read.entries)) as beside:
        answers = list(proof.looked_for(wanted[:here]))
        for other in beside:
            if isinstance(other, Problem):
                faults.append(other)
            else:
                answers.append(other)
    proofs, misses = proof.proofs(read, wanted, answers)
    return proofs, faults, misses


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Let no garbage be collected meanwhile, and what is made be looked through no more: records hold no cycles."""
    gc.unfreeze()
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if collects:
            gc.enable()


def fails(found: Iterable[Problem], *, strict: bool) -> bool:
    """Say whether these problems stop a build."""
    return any(strict or problem.severity == "error" for problem in found)


def _among_inputs(folder: Path, out: Path) -> Iterator[Problem]:
    """Yield a problem where a site would stand among what the next build reads."""
    from dateline import cache

    place = out.resolve()
    for name in (timeline.STATIC, sources.FOLDER, templating.FOLDER, cache.FOLDER):
        if place.is_relative_to((folder / name).resolve()):
            message = f"is in {name}/, which the build reads"
            yield Problem(str(out), 0, "", message, "choose another folder with --out")


def build(
    folder: Path, out: Path, *, strict: bool, watch: Watch, day: Day | None = None
) -> tuple[Report | None, list[Problem]]:
    """Build the site of `folder` into `out`; no report means that nothing was published.

    `watch` is given the stream of what was made and about how many files there will be, and passes it on. `day` is
    what the site shows as its own; where it is None, that is the newest day of its sources.
    """
    from dateline.output_folder import survey

    found: list[Problem] = []
    try:
        with _told(folder):
            checked, found = check(folder)
            before, refused = survey(out)
            found = problems.in_order([*found, *_among_inputs(folder, out), *refused])
            if fails(found, strict=strict):
                return None, found
            made_from = (checked, found, day or timeline.newest_day(checked.timeline))
            report, refused = _published(folder, before, made_from, watch)
    except ProblemError as error:
        return None, problems.in_order([*found, error.problem])
    if refused:
        return None, problems.in_order([*found, *refused])
    from dateline import limits

    return report, problems.in_order([*found, *limits.check(report, out)])


def _published(
    folder: Path, before: OutputFolder, made_from: tuple[Checked, list[Problem], Day | None], watch: Watch
) -> tuple[Report, list[Problem]]:
    """Make what is not as it was, and publish the site."""
    from dateline import cache, fingerprints, publish

    checked, found, day = made_from
    files = fingerprints.of_files(folder, checked.timeline.static)
    whole = fingerprints.of_inputs(checked.timeline, files, found, day)
    known = cache.Cache(folder, stands=bool(before.sizes))

    def make(place: Place) -> Iterator[Kept]:
        held = known.whole(place, whole)
        if held:
            yield from held
            return
        from dateline import pages

        standing = partial(known.standing, before)
        given = pages.Input(folder, *checked, found, day, standing, files, whole, bool(known))
        yield from watch(pages.pages(given, partial(known.settle, place)), pages.count(checked.timeline))

    report, refused = publish.publish_made(
        lambda place: known.noted(make(place)), before, partial(known.moment, before.root)
    )
    # A file that was changed while it was read would be known by what it is no longer.
    if not refused and known.has_learnt(whole) and fingerprints.of_theme(folder) == files[1:3]:
        known.write(whole, files.static)
    return report, refused
