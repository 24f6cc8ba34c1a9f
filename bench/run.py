"""Measure what Dateline costs: `python bench/run.py [--sizes 1000,10000] [--runs 3]` prints tables in Markdown.

Nothing is asserted: the numbers depend on the machine. Hence the yardstick, measured in the same run: a plain loop
that reads the same table, renders one small page an entry with Jinja, and writes it.
"""

from __future__ import annotations

import argparse
import csv
import io
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from typing import NamedTuple

from make import make

ROOT = Path(__file__).parent.parent
DATELINE = "from dateline.cli import main; main()"
YARDSTICK = "import sys; sys.path.insert(0, sys.argv[1]); import run; run.yardstick(*sys.argv[2:])"
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{{ title }}</title></head>
<body><h1>{{ title }}</h1><p>{{ date }}, {{ place }}: {{ category }}</p><p>{{ summary }}</p>
<blockquote>{{ quote }}</blockquote><p>{{ attribution }}</p></body></html>
"""
# Dates of every kind; each year from 1000 to 2999 takes the place of the letter.
KINDS = (
    "Y-06-12", "Y-10", "Y", "Y-09-27/Y-11-09", "Y~", "Y-04-04?", "../Y", "Y/..", "[Y-11-09,Y-11-10]", "-Y-03-15",
)  # fmt: skip


class Cost(NamedTuple):
    """What a process took: seconds by the clock, seconds of the processors, and MB at its peak (0 if not measured).

    The processors' seconds include those of the processes that it started itself.
    """

    wall: float
    cpu: float
    memory: float = 0.0


def main() -> None:
    """Print the costs of whole builds, then those of the parts."""
    parser = argparse.ArgumentParser(description="Measure what Dateline costs.")
    parser.add_argument("--sizes", default="1000,10000", help="numbers of made entries, separated by commas")
    parser.add_argument("--runs", type=int, default=3, help="how often each is measured; the median is shown")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        builds(Path(folder), [int(size) for size in given.sizes.split(",") if size], given.runs)
    parts(given.runs)


def builds(folder: Path, sizes: Sequence[int], runs: int) -> None:
    """Print a table of whole-process builds: this repository's own timeline, and made ones."""
    projects = [("this repository", ROOT)]
    for size in sizes:
        make(folder / str(size), size)
        projects.append((f"{size:,} made entries", folder / str(size)))
    print("| build | wall s | CPU s | peak MB | wall / yardstick | CPU / yardstick |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for name, project in projects:
        out = folder / f"out-{project.name}"
        plain = typical([measured(yardstick_command(project, fresh(out))) for _ in range(runs)])
        new = typical([measured(build_command(project, fresh(out))) for _ in range(runs)])
        again = typical([measured(build_command(project, out)) for _ in range(runs)])
        row(f"{name}, fresh", new._replace(memory=peak(build_command(project, fresh(out)))), plain)
        row(f"{name}, unchanged", again._replace(memory=peak(build_command(project, out))), plain)
        row(f"{name}, yardstick", plain._replace(memory=peak(yardstick_command(project, fresh(out)))), plain)
    print()


def row(name: str, cost: Cost, plain: Cost) -> None:
    """Print one line of the table, beside the yardstick's costs."""
    ratios = f"{cost.wall / plain.wall:.1f} | {cost.cpu / plain.cpu:.1f}"
    memory = f"{cost.memory:.0f}" if cost.memory else "–"
    print(f"| {name} | {cost.wall:.2f} | {cost.cpu:.2f} | {memory} | {ratios} |", flush=True)


def build_command(project: Path, out: Path) -> list[str]:
    """Return the command that builds a project."""
    return [sys.executable, "-c", DATELINE, "build", str(project), "--out", str(out)]


def yardstick_command(project: Path, out: Path) -> list[str]:
    """Return the command that does the least that could be called building a project."""
    return [sys.executable, "-c", YARDSTICK, str(Path(__file__).parent), str(project / "events.csv"), str(out)]


def yardstick(table: str, folder: str) -> None:
    """Render one small page for each row of a table, and write it."""
    from jinja2 import Environment

    page = Environment(autoescape=True).from_string(PAGE)
    out = Path(folder)
    out.mkdir()
    with Path(table).open(encoding="utf-8", newline="") as file:
        for number, cells in enumerate(csv.DictReader(file)):
            (out / f"{number}.html").write_text(page.render(cells), "utf-8")


def fresh(out: Path) -> Path:
    """Return a folder for output that is not there yet; what was built before stays, as taking it away takes time."""
    number = 1
    while out.with_name(f"{out.name}-{number}").exists():
        number += 1
    return out.rename(out.with_name(f"{out.name}-{number}")).with_name(out.name) if out.exists() else out


def measured(command: Sequence[str]) -> Cost:
    """Run a command as a process of its own, with nothing printed, and return what it took."""
    started = time.perf_counter()
    with started_process(command) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - started
    stop_if_failed(process, command)
    return Cost(wall, usage.ru_utime + usage.ru_stime)


def peak(command: Sequence[str]) -> float:
    """Run a command and return the most memory, in MB, that it and its own processes held together.

    Memory that processes share counts once (the kernel's "proportional set size", read again and again);
    0 where the system does not tell.
    """
    most = 0.0
    with started_process(command) as process:
        while process.poll() is None:
            most = max(most, sum(map(proportional, family(process.pid))))
            time.sleep(0.02)
    stop_if_failed(process, command)
    return most


def started_process(command: Sequence[str]) -> subprocess.Popen[bytes]:
    """Start a command with this clone on its path."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def stop_if_failed(process: subprocess.Popen[bytes], command: Sequence[str]) -> None:
    """End the bench where what it measures does not work."""
    if process.returncode:
        sys.exit(f"this failed, with status {process.returncode}: {' '.join(command)}")


def family(pid: int) -> Iterator[int]:
    """Yield a process and those that it started, as Linux lists them."""
    yield pid
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    except OSError:
        return
    for child in children:
        yield from family(int(child))


def proportional(pid: int) -> float:
    """Return the memory of a process in MB, what it shares divided among those that share it."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def typical(costs: Sequence[Cost]) -> Cost:
    """Return the median of each kind of cost."""
    return Cost(median(cost.wall for cost in costs), median(cost.cpu for cost in costs))


def parts(runs: int) -> None:
    """Print a table of what single parts take."""
    print("| part | measured |\n| --- | ---: |")
    for name, kinds in (("days", KINDS[:1]), ("dates of every kind", KINDS)):
        texts = [kind.replace("Y", str(year)) for year in range(1000, 3000) for kind in kinds]
        taken = seconds(runs, partial(dates_parsed, texts))
        print(f"| {name} parsed per second, no two alike | {len(texts) / taken:,.0f} |", flush=True)
    print(f"| 200 quotes in a text of 100 kB | {1000 * seconds(runs, quotes_found):.1f} ms |", flush=True)
    table_taken = seconds(runs, table_read)
    print(f"| rows of a table read per second, 16 columns | {10_000 / table_taken:,.0f} |", flush=True)
    help_cost = median(measured([sys.executable, "-c", DATELINE, "--help"]).wall for _ in range(max(5, runs)))
    empty = median(measured([sys.executable, "-c", ""]).wall for _ in range(max(5, runs)))
    print(f"| `--help`, whole process | {1000 * help_cost:.0f} ms |")
    print(f"| Python alone, whole process | {1000 * empty:.0f} ms |")


def seconds(runs: int, prepare: Callable[[], Callable[[], object]]) -> float:
    """Return the median time of what `prepare` returns; each run prepares anew."""
    taken = []
    for _ in range(runs):
        work = prepare()
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return median(taken)


def dates_parsed(texts: Sequence[str]) -> Callable[[], object]:
    """Return what parses dates."""
    from dateline import dates

    return lambda: [dates.parse(text) for text in texts]


def quotes_found() -> Callable[[], object]:
    """Return what finds 200 quotes, in other typography, in a text that was never looked at before."""
    from dateline.quotes import Haystack, Passage, find

    chance = random.Random(7)  # noqa: S311 - the same every time
    words = ["“bridge”", "road", "river’s", "council", "said", "— and", "on", "Monday", "the", "minister", "of"]
    sentences = [f"{' '.join(chance.choices(words, k=14))} {number}." for number in range(1250)]
    text = "\n".join(sentences)
    table = str.maketrans("“”’—", '""\'-')
    quotes = [sentence.translate(table) for sentence in chance.sample(sentences, 200)]

    def work() -> None:
        haystack = Haystack(text)
        if not all(isinstance(find(haystack, quote), Passage) for quote in quotes):
            sys.exit("a quote that stands in the text was not found")

    return work


def table_read() -> Callable[[], object]:
    """Return what reads a table of 10,000 rows."""
    from dateline.tables import read_table

    columns = [f"column{number}" for number in range(16)]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([f'a "cell", {row}-{column}' for column in range(16)] for row in range(10_000))

    def work() -> None:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "table.csv")
            file.write_text(text.getvalue(), "utf-8")
            table, _ = read_table(file, file.name, required=columns, known=columns)
            if len(table.rows) != 10_000:
                sys.exit("the table was not read")

    return work


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
