"""Timelines that report many numbers: one or two with each entry, all of them said in the words that are quoted."""

from __future__ import annotations

import random
from collections.abc import Iterable
from pathlib import Path

from project import write

SETTINGS = """title = "Counted"
[families.victims]
label = "Victims"
unit = "people"
[series.killed]
family = "victims"
[series.injured]
family = "victims"
[series.calls]
"""


def project_of(folder: Path, dates: Iterable[str]) -> Path:
    """Write a project with an entry `e-0`, `e-1`, … for each date; the numbers of each are another's only by chance.

    Each says how many were killed, every second how many were injured, and the first three how many called.
    """
    chance = random.Random(7)  # noqa: S311 - the same every time, and nothing is kept secret by it
    rows, said = ["id,date,date_note,title,source,quote,attribution,figures"], []
    for number, date in enumerate(dates):
        killed, injured = chance.randint(1, 40), chance.randint(50, 300)
        words = f"Report {chr(97 + number % 26)}{number}x says that {killed} were killed"
        figures = f"killed={killed}"
        if number % 2:
            words, figures = f"{words} and {injured} were injured", f"{figures}; injured={injured}"
        if number < 3:
            words, figures = f"{words}; {number + 400} called", f"{figures}; calls={number + 400}"
        said.append(f"{words}.")
        rows.append(f'e-{number},{date},Said so.,Title {number},a.txt,"{words}.",The report says,{figures}')
    files = {"timeline.toml": SETTINGS, "seeds/a.txt": "\n\n".join(said), "events.csv": "\n".join(rows) + "\n"}
    return write(folder, files)
