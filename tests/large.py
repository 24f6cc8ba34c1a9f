"""Timelines of any size for tests: dates of every kind, dense here and there; the same every time."""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

SEED = 11
CATEGORIES = ("incident", "statement", "agreement")
QUOTE = "The council met and agreed that the road be cleared."


def write(folder: Path, dates: Iterable[str], settings: str = "") -> Path:
    """Write a project with an entry for each of these dates into `folder` and return it.

    An entry's id tells its date and its place among them, from 0. Each cites the same words, is tagged, and is to be
    read with the first one.
    """
    (folder / "seeds").mkdir(parents=True, exist_ok=True)
    (folder / "seeds/council.txt").write_text(f"{QUOTE}\n\nIt did not say who would pay.\n", "utf-8")
    (folder / "about.md").write_text("Made for tests.\n", "utf-8")
    (folder / "timeline.toml").write_text(f'title = "Made"\n{settings}', "utf-8")
    with (folder / "events.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(
            ["id", "date", "date_note", "title", "category", "tags", "related", "source", "quote", "attribution"]
        )
        table.writerows(_rows(dates))
    return folder


def _rows(dates: Iterable[str]) -> Iterator[list[str]]:
    first = ""
    for number, date in enumerate(dates):
        words = re.findall("[a-z0-9]+", date.lower())
        entry = "-".join([*words, f"n{number}"])
        cited = ["council.txt", QUOTE, "The council"]
        yield [entry, date, "Made.", "Made", CATEGORIES[number % 3], f"tag {number % 5}; made", first, *cited]
        first = first or entry


def spread(number: int) -> list[str]:
    """Return so many dates: most are days of 74 years, some are coarse, and some days and years are crowded."""
    chance = random.Random(SEED)  # noqa: S311 - the same every time, and nothing is kept secret by it
    kinds = ("{y}", "{y}-{m:02}", "{y}-{m:02}-{d:02}/{y}-{m:02}-28", "{y}~", "{y}-21", "../{y}", "{y}/..")
    coarse = ("199X", "19XX", "1XXX", "-0043", "-004X", "Y17000", "XXXX")

    def date() -> str:
        parts = {"y": chance.randint(1950, 2023), "m": chance.randint(1, 12), "d": chance.randint(1, 28)}
        if chance.random() < 0.02:
            return chance.choice(coarse)
        if chance.random() < 0.1:
            return chance.choice(kinds).format(**parts)
        if chance.random() < 0.04:
            return "1994-03-12"
        return "{y}-{m:02}-{d:02}".format(**parts)

    return [date() for _ in range(number)]
