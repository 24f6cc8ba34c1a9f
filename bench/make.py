"""Make a timeline of any size to build: `python bench/make.py 1000 FOLDER`."""

from __future__ import annotations

import csv
import random
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

SEED = 7
YEARS = (1950, 2023)
CATEGORIES = ("agreement", "incident", "statement", "clearance", "other")
COLUMNS = (
    "id", "date", "date_note", "title", "summary", "category", "place", "tags", "source", "quote", "attribution",
)  # fmt: skip
VOCABULARY = (
    "water border village council station statement field report agency morning convoy district road bridge school "
    "market office minister team worker farmer driver region northern eastern valley river answer number count record "
    "letter open closed found moved called asked signed read heard told walked"
)
WORDS = VOCABULARY.split()
# Above so many entries none gets a page of its own, as docs/performance.md advises.
ENTRY_PAGES = 20_000
# 45 sentences of 10 to 20 words in paragraphs of five make about 5 kB.
SENTENCES = 45
PARAGRAPH = 5


def make(folder: Path, entries: int) -> None:
    """Write a project with so many entries, and a source for each five of them, at most 2,000, into a new folder.

    Each entry has a summary of about forty words, a category, a place and a quote that stands in its source once.
    """
    chance = random.Random(SEED)  # noqa: S311 - the same every time, and nothing is kept secret by it
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "seeds").mkdir(parents=True)
    sources = [_source(folder, number, chance) for number in range(max(1, min(2000, entries // 5)))]
    with (folder / "events.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(_entry(number, sources, chance) for number in range(entries))
    tables = "".join(f'[categories.{name}]\nlabel = "{name.title()}"\n' for name in CATEGORIES)
    settings = "" if entries <= ENTRY_PAGES else "entry_pages = false\n"
    title = f'title = "A made timeline of {entries} entries"\n'
    (folder / "timeline.toml").write_text(title + settings + tables, "utf-8")
    (folder / "about.md").write_text("Made to measure how long a build takes.\n", "utf-8")


def change(folder: Path, turn: int) -> None:
    """Give the entry in the middle of a project's table another title, in every turn a new one."""
    file = folder / "events.csv"
    with file.open(encoding="utf-8", newline="") as table:
        rows = list(csv.reader(table))
    rows[len(rows) // 2][COLUMNS.index("title")] = f"Changed in turn {turn}"
    with file.open("w", encoding="utf-8", newline="") as table:
        csv.writer(table, lineterminator="\n").writerows(rows)


def _source(folder: Path, number: int, chance: random.Random) -> tuple[str, Sequence[str]]:
    """Write a source whose sentences all differ; return its name and the sentences."""
    sentences = [f"{_sentence(chance, chance.randint(10, 20))} {number}-{place}." for place in range(SENTENCES)]
    paragraphs = [" ".join(sentences[start : start + PARAGRAPH]) for start in range(0, SENTENCES, PARAGRAPH)]
    name = f"s{number:05}.txt"
    (folder / "seeds" / name).write_text("\n\n".join(paragraphs) + "\n", "utf-8")
    return name, sentences


def _entry(number: int, sources: Sequence[tuple[str, Sequence[str]]], chance: random.Random) -> tuple[str, ...]:
    name, sentences = chance.choice(sources)
    return (
        f"e-{number}",
        f"{chance.randint(*YEARS)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
        "Taken from the log.",
        _sentence(chance, 7),
        f"{_sentence(chance, 20)}. {_sentence(chance, 20)}.",
        chance.choice(CATEGORIES),
        chance.choice(WORDS).title(),
        "made; measured",
        name,
        chance.choice(sentences),
        "The agency says",
    )


def _sentence(chance: random.Random, words: int) -> str:
    return " ".join(chance.choices(WORDS, k=words)).capitalize()


if __name__ == "__main__":
    make(Path(sys.argv[2]), int(sys.argv[1]))
