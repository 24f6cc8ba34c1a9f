"""A made timeline of many entries: days, months, years, spans and open dates in two categories and in none."""

from __future__ import annotations

import random
from pathlib import Path

from project import write

SETTINGS = 'title = "Many"\n[categories.talks]\nlabel = "Talks"\n[categories.raids]\nlabel = "Raids"\n'
WORDS = ("water", "border", "village", "council", "station", "statement", "field", "report", "agency", "morning")


def date_of(chance: random.Random) -> str:
    """Return a day, a month, a year, a span or an open one."""
    year, month, day = chance.randint(1950, 2020), chance.randint(1, 12), chance.randint(1, 28)
    kinds = [f"{year}-{month:02}-{day:02}"] * 16 + [f"{year}-{month:02}"] * 3 + [str(year)]
    kinds += [f"{year}/{year + chance.randint(1, 40)}", f"{year}/..", f"../{year}"]
    return chance.choice(kinds)


def project_of(folder: Path, number: int) -> Path:
    """Write a project of so many entries."""
    chance = random.Random(number)  # noqa: S311 - the same every time
    rows = ["id,date,title,category,attribution"]
    for entry in range(number):
        title = " ".join(chance.choice(WORDS) for _ in range(7))
        kind = chance.choice(("talks", "talks", "raids", ""))
        rows.append(f"e-{entry},{date_of(chance)},{title},{kind},The {chance.choice(WORDS)}")
    return write(folder, {"events.csv": "\n".join(rows) + "\n", "timeline.toml": SETTINGS})
