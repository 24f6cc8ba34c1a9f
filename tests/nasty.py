"""Projects that are hard to show well: one small and full of traps, one with more entries than can be drawn."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

LONG = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz" * 3

SETTINGS = """\
title = "تسلسل & <b>زمني</b>"
standfirst = "All that is *hard* to show: <script>alert(1)</script> [a link](javascript:alert(1))."
language = "ar"
address = "https://timeline.example/some/sub/path/"

[series.killed]
label = "killed"
unit = "people"
"""

ABOUT = f"""\
# The user's own first heading

### A heading that skips a level

<img src="https://tracker.example/pixel.png" onerror="alert(1)"> <p style="color: red" onclick="alert(1)">styled</p>

```
{LONG} {LONG}
```

| {LONG} | two |
| --- | --- |
| one | [mail](mailto:someone@timeline.example) |
"""

SEEDS = {
    "arabic.txt": """\
أعلنت الوزارة اليوم أن الفرق عثرت على 199 لغماً في المنطقة.

وقال المتحدث: "لم يصب أحد بأذى"، وأضاف أن العمل مستمر حتى نهاية العام.
""",
    "report.md": f"""\
# A report with *markup*

The **first team** found [twelve mines](https://elsewhere.example/a?b=1&c=2) near the `bridge & ford`.

- One item, <em onclick="alert(1)">raw HTML</em> in it
- Another item that ends the list

> Quoted by somebody: the road is closed.

    {LONG} {LONG}
""",
    "overlap.txt": """\
The council met on Monday and agreed to clear the road before winter came
to the valley. It did not say who would pay for the work.

The mayor spoke afterwards. He called the plan a beginning.

He called it late as well. Nobody else spoke.
""",
    "held back.txt": """\
Nobody may copy this sentence. The bridge was rebuilt in spring. Nor may this one be copied.

This paragraph is not cited at all.
""",
    "closed/linked.txt": "A closed text says that the ferry sank with all hands.\n",
    "never-cited.txt": f"{LONG} stands in a text that nobody cites.\n",
}

SOURCES = [
    {"file": "arabic.txt", "title": "بيان <i>الوزارة</i>", "published": "2021-06-12", "language": "ar"},
    {"file": "report.md", "title": LONG, "publisher": "Clearers & Sons", "language": "en", "note": LONG},
    {"file": "overlap.txt", "published": "2022-10", "url": f"https://elsewhere.example/{LONG}", "language": "en"},
    {"file": "held back.txt", "title": "Held back", "language": "en", "publish": "quotes"},
    {
        "file": "closed/linked.txt",
        "title": "Linked only",
        "language": "en",
        "publish": "link",
        "url": "https://elsewhere.example/closed",
    },
]

ENTRIES = [
    {
        "id": "found",
        "date": "2021-06-12",
        "title": "عثرت الفرق على <script>alert(1)</script> **199** لغماً",
        "summary": '<a href="javascript:alert(1)" onclick="alert(1)">run</a> <b>bold</b> and _more_.',
        "category": "clearance",
        "place": LONG,
        "tags": f"one; <u>two</u>; {LONG}",
        "source": "arabic.txt",
        "quote": "الفرق عثرت على 199 لغماً",
        "attribution": "<b>الوزارة</b>",
    },
    {"id": "found", "source": "arabic.txt", "quote": "لم يصب أحد بأذى", "attribution": "المتحدث"},
    {
        "id": "across-markup",
        "date": "2021~",
        "title": LONG,
        "summary": f"# A heading in a summary\n\n- {LONG}\n\n```\n{LONG}\n```",
        "category": "clearance",
        "source": "report.md",
        "quote": "first team found twelve mines near the bridge & ford. One item, raw HTML in it",
        "figures": "killed=12",
        "attribution": LONG,
        "conflicts_with": "bare",
    },
    {
        "id": "whole",
        "date": "2022-10",
        "title": "The road is to be cleared & paid for",
        "category": "talks",
        "source": "overlap.txt",
        "quote": "The council met on Monday and agreed to clear the road before winter came to the valley.",
        "related": "inner; across-paragraphs",
    },
    {
        "id": "inner",
        "date": "2022-10/2022-12",
        "title": "A passage inside of another",
        "category": "talks",
        "source": "overlap.txt",
        "quote": "agreed to clear the road",
    },
    {
        "id": "crossing",
        "date": "[2022-10-30,2022-10-31]",
        "title": "A passage that begins in one and ends after it",
        "category": "a category that no setting names",
        "source": "overlap.txt",
        "quote": "before winter came to the valley. It did not say",
    },
    {
        "id": "same-start",
        "date": "2022-10?",
        "title": "A passage that begins where another does",
        "source": "overlap.txt",
        "quote": "The council met",
    },
    {
        "id": "across-paragraphs",
        "date": "2022/..",
        "title": "A passage that runs over three paragraphs",
        "category": "talks",
        "source": "overlap.txt",
        "quote": "pay for the work. The mayor spoke afterwards. He called the plan a beginning. He called it late",
    },
    {
        "id": "elided",
        "date": "../1994",
        "title": "A passage with words left out",
        "category": "talks",
        "source": "overlap.txt",
        "quote": "The mayor spoke […] the plan a beginning. … Nobody else spoke.",
    },
    {
        "id": "held-back",
        "date": "-0043-03-15",
        "title": "Only the cited sentence may be shown",
        "category": "building",
        "source": "held back.txt",
        "quote": "bridge was rebuilt",
    },
    {
        "id": "linked",
        "date": "-0099/-0049",
        "title": "The text may not be shown at all",
        "category": "building",
        "source": "closed/linked.txt",
        "quote": "the ferry sank",
    },
    {"id": "bare", "date": "Y-170000", "title": "No summary, no source, no category"},
]


def write(folder: Path) -> Path:
    """Write the small project into `folder` and return it."""
    _write_texts(folder, {"timeline.toml": SETTINGS, "about.md": ABOUT, "static/CNAME": "timeline.example\n"})
    _write_texts(folder / "seeds", SEEDS)
    _write_table(folder / "seeds" / "sources.csv", SOURCES)
    _write_table(folder / "events.csv", ENTRIES)
    return folder


def write_crowd(folder: Path) -> Path:
    """Write a project of 350 entries in four categories into `folder` and return it."""
    _write_texts(folder, {"timeline.toml": 'title = "Crowd"\n', "seeds/one.txt": "One text.\n"})
    days = ((1900 + number // 4, number % 12 + 1, number % 28 + 1) for number in range(350))
    _write_table(
        folder / "events.csv",
        [
            {"date": f"{year}-{month:02}-{day:02}", "title": f"Number {number}", "category": f"kind {number % 4}"}
            for number, (year, month, day) in enumerate(days)
        ],
    )
    return folder


def _write_texts(folder: Path, texts: Mapping[str, str]) -> None:
    for name, text in texts.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")


def _write_table(file: Path, rows: Iterable[Mapping[str, str]]) -> None:
    rows = list(rows)
    columns = list(dict.fromkeys(column for row in rows for column in row))
    with file.open("w", encoding="utf-8", newline="") as opened:
        table = csv.DictWriter(opened, columns, restval="")
        table.writeheader()
        table.writerows(rows)
