"""Figures become bench/results.md: beside each stand what it should be, its ratio to Dateline's, and how it grows."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

DATELINE = "Dateline"
# The sizes for which the targets below are given, in entries.
SIZES = (100, 1_000, 10_000, 100_000, 1_000_000)
NONE = "–"
INTRODUCTION = """\
Written by `make bench`; how each figure is taken is said in `bench/`. The timelines are made: each entry has a \
summary of about forty words, a category, a place and a quote in one of the sources (20 sources of 5 kB for each 100 \
entries, up to 2,000 sources).

Each figure is the median of {runs}. In brackets: how many times Dateline’s figure it is. *Target*: what Dateline’s is \
to be at most. The last columns tell how a figure grows from one size to the next, as the exponent \
log(t₂/t₁)/log(n₂/n₁): 0 is not at all, 1 is as fast as the number of entries. “No answer in {limit:g} s”: it was \
waited for so long. –: not measured."""


class Measure(NamedTuple):
    """What is measured, in which unit, and what it should be at most at each of `SIZES`, where that is said."""

    key: str
    name: str
    unit: str
    targets: Sequence[float] = ()


class Setting(NamedTuple):
    """With what was measured: names and versions, and the same for the machine."""

    versions: Mapping[str, str]
    machine: Mapping[str, str]
    runs: int
    limit: float


BROWSER = (
    Measure("bytes", "bytes before the first interaction, gzip", "kB", (60, 80, 80, 80, 100)),
    Measure("usable", "entries usable", "ms", (150, 200, 200, 250, 300)),
    Measure("work", "work of the page’s main thread until then", "ms"),
    Measure("index", "search index there after reaching for it", "ms"),
    Measure("letter", "a search letter answered, index loaded", "ms", (30, 30, 50, 80, 250)),
    Measure("jump", "jump to any date, entries there readable", "ms", (100, 100, 200, 300, 400)),
    Measure("frame", "zoom or pan, slowest frame", "ms", (50, 50, 100, 100, 100)),
)
BUILDS = (
    Measure("fresh.wall", "into a fresh folder", "s", (0.25, 0.35, 0.8, 6, 70)),
    Measure("row.wall", "one row changed", "s", (0.2, 0.25, 0.4, 2, 20)),
    Measure("same.wall", "nothing changed", "s"),
    Measure("fresh.cpu", "into a fresh folder, processors", "s"),
    Measure("row.cpu", "one row changed, processors", "s"),
    Measure("same.cpu", "nothing changed, processors", "s"),
    Measure("fresh.memory", "into a fresh folder, peak memory", "MB", (70, 80, 130, 400, 3000)),
    Measure("row.memory", "one row changed, peak memory", "MB"),
    Measure("same.memory", "nothing changed, peak memory", "MB"),
)


class Findings:
    """What was found: for a measure, who was measured and a number of entries, a figure or why there is none."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str, int], float | str] = {}

    def add(self, measure: str, who: str, size: int, found: float | str) -> None:
        """Note what was found."""
        self._found[measure, who, size] = found

    def get(self, measure: str, who: str, size: int) -> float | str | None:
        """Return what was found, or nothing where it was not measured."""
        return self._found.get((measure, who, size))

    def who(self, measure: str) -> Sequence[str]:
        """Return who was measured, Dateline first, the others as they came."""
        found = dict.fromkeys(who for key, who, _ in self._found if key == measure)
        return sorted(found, key=lambda who: who != DATELINE)

    def sizes(self) -> Sequence[int]:
        """Return the numbers of entries, the smallest first."""
        return sorted({size for _, _, size in self._found})


def report(findings: Findings, setting: Setting, more: Mapping[str, str]) -> str:
    """Return the whole of results.md; `more` are other tables, by their headings."""
    parts = [
        "# Results of the bench",
        INTRODUCTION.format(runs=setting.runs, limit=setting.limit),
        "\n".join(listed(setting.machine)) + "\n" + "\n".join(listed(setting.versions)),
        "## In the browser",
        "\n".join(table(BROWSER, findings)),
        "## Builds",
        "\n".join(table(BUILDS, findings)),
    ]
    for heading, text in more.items():
        parts += [f"## {heading}", text.strip()]
    return "\n\n".join(parts) + "\n"


def listed(values: Mapping[str, str]) -> Iterator[str]:
    """Yield a line of a list for each name."""
    for name, value in values.items():
        yield f"- {name}: {value}"


def table(measures: Sequence[Measure], findings: Findings) -> Iterator[str]:
    """Yield the lines of a table of what was found; what nobody was measured for is left out."""
    sizes = findings.sizes()
    growth = [f"{one:,} → {other:,}" for one, other in pairwise(sizes)]
    yield line("", "", *(f"{size:,}" for size in sizes), *growth)
    yield line("---", "---", *("---:" for _ in [*sizes, *growth]))
    for measure in measures:
        name = f"{measure.name} ({measure.unit})"
        for who in findings.who(measure.key):
            yield line(name, who, *cells(measure, who, findings))
            name = ""
            if who == DATELINE and measure.targets:
                yield line("", "*target*", *(target(measure, size) for size in sizes), *("" for _ in growth))


def line(*cells: str) -> str:
    """Return a line of a table."""
    return f"|{'|'.join(f' {cell} ' if cell else ' ' for cell in cells)}|"


def cells(measure: Measure, who: str, findings: Findings) -> Iterator[str]:
    """Yield what was found at each size, then how it grows."""
    sizes = findings.sizes()
    found = {size: findings.get(measure.key, who, size) for size in sizes}
    for size, value in found.items():
        ours = findings.get(measure.key, DATELINE, size)
        compared = "" if who == DATELINE else ratio(value, ours)
        yield shown(value, measure.unit) + (f" ({compared} ×)" if compared else "")
    for one, other in pairwise(sizes):
        power = exponent((one, found[one]), (other, found[other]))
        yield NONE if power is None else f"{round(power, 2) + 0.0:.2f}".replace("-", "−")


def target(measure: Measure, size: int) -> str:
    """Return what should hold at a size, or nothing where it is not said."""
    return f"*≤ {shown(measure.targets[SIZES.index(size)], measure.unit)}*" if size in SIZES else ""


def shown(value: float | str | None, unit: str) -> str:
    """Return a figure as it is shown: seconds with what matters of them, the rest in whole numbers."""
    if not isinstance(value, float | int):
        return value or NONE
    return f"{value:,.2f}" if unit == "s" and value < 10 else f"{value:,.1f}" if unit == "s" else f"{value:,.0f}"


def ratio(value: float | str | None, ours: float | str | None) -> str:
    """Return how many times `ours` a figure is, in two or more digits; nothing where one of them is missing."""
    if not isinstance(value, float | int) or not isinstance(ours, float | int) or not ours:
        return ""
    times = value / ours
    return f"{times:,.0f}" if times >= 10 else f"{times:.1f}" if times >= 1 else f"{times:.2f}"


def exponent(one: tuple[int, float | str | None], other: tuple[int, float | str | None]) -> float | None:
    """Return with which power of the size a figure grows from one (size, figure) to another; none without both."""
    (size, value), (larger, grown) = one, other
    if not isinstance(value, float | int) or not isinstance(grown, float | int) or min(value, grown) <= 0:
        return None
    return math.log(grown / value) / math.log(larger / size)
