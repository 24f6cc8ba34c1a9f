"""Measure what single parts of Dateline cost: `python bench/parts.py [--runs 3]` prints a table in Markdown."""

from __future__ import annotations

import argparse
import csv
import io
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from statistics import median

from builders import DATELINE
from processes import ROOT, measured

# Dates of every kind; each year from 1000 to 2999 takes the place of the letter.
KINDS = (
    "Y-06-12", "Y-10", "Y", "Y-09-27/Y-11-09", "Y~", "Y-04-04?", "../Y", "Y/..", "[Y-11-09,Y-11-10]", "-Y-03-15",
)  # fmt: skip


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Measure what single parts of Dateline cost.")
    parser.add_argument("--runs", type=int, default=3, help="how often each is measured; the median is shown")
    for line in table(parser.parse_args().runs):
        print(line, flush=True)


def table(runs: int) -> Iterator[str]:
    """Yield the lines of a table of what single parts take."""
    sys.path.insert(0, str(ROOT))
    yield "| part | measured |"
    yield "| --- | ---: |"
    for name, kinds in (("days", KINDS[:1]), ("dates of every kind", KINDS)):
        texts = [kind.replace("Y", str(year)) for year in range(1000, 3000) for kind in kinds]
        taken = seconds(runs, partial(dates_parsed, texts))
        yield f"| {name} parsed per second, no two alike | {len(texts) / taken:,.0f} |"
    yield f"| 200 quotes in a text of 100 kB | {1000 * seconds(runs, quotes_found):.1f} ms |"
    yield f"| rows of a table read per second, 16 columns | {10_000 / seconds(runs, table_read):,.0f} |"
    for name, code in (("`--help`", [DATELINE, "--help"]), ("Python alone", [""])):
        wall = median(measured([sys.executable, "-c", *code]).wall for _ in range(max(5, runs)))
        yield f"| {name}, whole process | {1000 * wall:.0f} ms |"


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
    """Return what parses dates, none of which is remembered."""
    from dateline import dates

    dates.parse.cache_clear()
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
    main()
