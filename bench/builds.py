"""Measure what builds cost, at each size: Dateline's, Hugo's, and a plain loop's."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import count, takewhile
from pathlib import Path

import builders
from make import change
from processes import ROOT, Cost, TooLong, measured, peak, typical
from results import DATELINE, Findings

Command = Callable[[], Sequence[str]]
# Above so many entries one run is enough: each takes long, and what else the machine does evens out.
OFTEN = 20_000
HUGO = "Hugo"
LOOP = "plain Python loop"


def measure(project: Path, size: int, findings: Findings, runs: int, limit: float) -> None:
    """Note what it costs to build a made project in every way; sites are written beside it and stay."""
    runs = runs if size <= OFTEN else 1
    take = Taker(size, findings, runs, limit)
    take("fresh", HUGO, lambda: builders.hugo(project, fresh(project, "hugo")))
    take("fresh", LOOP, lambda: builders.plain_loop(project, fresh(project, "loop")))
    take("fresh", DATELINE, lambda: builders.dateline(project, fresh(project, "site")))
    if not isinstance(findings.get("fresh.wall", DATELINE, size), float):
        return
    out = newest(project, "site")
    turns = count(1)

    def changed() -> Sequence[str]:
        change(project, next(turns))
        return builders.dateline(project, out)

    take("row", DATELINE, changed)
    take("same", DATELINE, lambda: builders.dateline(project, out))


def own(folder: Path, runs: int, limit: float) -> Iterator[str]:
    """Yield the lines of a table of what it costs to build this repository's own timeline."""
    sites = folder / "own"
    yield "| build | wall s | CPU s | peak MB |"
    yield "| --- | ---: | ---: | ---: |"
    new = costs(lambda: builders.dateline(ROOT, fresh(sites, "site")), runs, limit)
    again = costs(lambda: builders.dateline(ROOT, newest(sites, "site")), runs, limit)
    for name, cost in (("into a fresh folder", new), ("nothing changed", again)):
        yield f"| {name} | {cost.wall:.2f} | {cost.cpu:.2f} | {cost.memory:.0f} |"


class Taker:
    """Takes the costs of commands at one size and notes them."""

    def __init__(self, size: int, findings: Findings, runs: int, limit: float) -> None:
        self.size, self.findings, self.runs, self.limit = size, findings, runs, limit

    def __call__(self, case: str, who: str, command: Command) -> None:
        """Note what a command costs, which is made anew for each run, or why that is not known."""
        found: dict[str, float | str]
        try:
            cost = costs(command, self.runs, self.limit)
            found = {"wall": cost.wall, "cpu": cost.cpu, "memory": cost.memory or "not told by the system"}
        except LookupError:
            found = {"wall": "not installed"}
        except TooLong:
            found = {"wall": f"no answer in {self.limit:g} s"}
        for quantity, value in found.items():
            self.findings.add(f"{case}.{quantity}", who, self.size, value)
        print(f"{self.size:,} entries, {who}, {case}: {found}", flush=True)


def costs(command: Command, runs: int, limit: float) -> Cost:
    """Return what a command typically costs; memory is read in a run of its own, as reading it takes time."""
    cost = typical([measured(command(), limit) for _ in range(runs)])
    return cost._replace(memory=peak(command(), limit))


def fresh(project: Path, kind: str) -> Path:
    """Return a folder that is not there yet: what was built before stays, as taking it away makes ext4 slow."""
    return next(folder for folder in numbered(project, kind) if not folder.exists())


def newest(project: Path, kind: str) -> Path:
    """Return the folder that was made last."""
    *_, last = takewhile(Path.exists, numbered(project, kind))
    return last


def numbered(project: Path, kind: str) -> Iterator[Path]:
    """Yield the folders of one kind beside a project, without end."""
    return (project.with_name(f"{project.name}-{kind}-{number}") for number in count(1))
