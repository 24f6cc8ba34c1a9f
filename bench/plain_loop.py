"""The least that could be called building a timeline: `python bench/plain_loop.py events.csv FOLDER`.

A plain loop reads the table, renders one small page for each row with Jinja, and writes it.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

from jinja2 import Environment

PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{{ title }}</title></head>
<body><h1>{{ title }}</h1><p>{{ date }}, {{ place }}: {{ category }}</p><p>{{ summary }}</p>
<blockquote>{{ quote }}</blockquote><p>{{ attribution }}</p></body></html>
"""


def main(table: str, folder: str) -> None:
    """Render one small page for each row of a table, and write it."""
    page = Environment(autoescape=True).from_string(PAGE)
    out = Path(folder)
    out.mkdir()
    with Path(table).open(encoding="utf-8", newline="") as file:
        for number, cells in enumerate(csv.DictReader(file)):
            (out / f"{number}.html").write_text(page.render(cells), "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
