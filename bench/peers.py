"""Other timelines with the same entries: a plain list, vis-timeline and TimelineJS, as pages of their own.

The two libraries are installed by npm, with the versions below, into a folder of the user's cache; nothing of them is
in the repository.
"""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterable, Mapping
from html import escape
from pathlib import Path
from typing import NamedTuple

Row = Mapping[str, str]
HEAD = '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>A timeline</title>'
ENTRY = """<article id="{id}"><p>{date}</p><h2>{title}</h2><p>{category}, {place}</p><p>{summary}</p>
<blockquote>{quote}</blockquote><p>{attribution}</p></article>
"""


class Peer(NamedTuple):
    """Another timeline: its name, the package on npm, which of its files a page needs, and how the page is made.

    `entry` finds an entry in the page, and `stage` what a reader zooms and pans, if there is such a thing.
    """

    name: str
    package: str
    version: str
    files: Mapping[str, str]
    page: Callable[[Iterable[Row]], Mapping[str, str]]
    entry: str
    stage: str = ""


def rows_of(table: Path) -> Iterable[Row]:
    """Yield the rows of a made project."""
    with table.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def plain_list(rows: Iterable[Row]) -> Mapping[str, str]:
    """Return a page that holds all entries, and nothing else."""
    entries = (ENTRY.format_map({name: escape(value) for name, value in row.items()}) for row in rows)
    return {"index.html": f"{HEAD}</head><body>\n{''.join(entries)}</body></html>\n"}


def vis(rows: Iterable[Row]) -> Mapping[str, str]:
    """Return a page for vis-timeline as its own examples write it: titles are seen, the rest when one is pointed at."""
    items = [
        {
            "id": row["id"],
            "content": escape(row["title"]),
            "start": row["date"],
            "className": row["category"],
            "title": ENTRY.format_map({name: escape(value) for name, value in row.items()}),
        }
        for row in rows
    ]
    page = f"""{HEAD}<link rel="stylesheet" href="timeline.css"></head><body><div id="timeline"></div>
<script src="timeline.js"></script><script src="data.js"></script>
<script>new vis.Timeline(document.getElementById("timeline"), new vis.DataSet(items), {{ maxHeight: 700 }});</script>
</body></html>
"""
    return {"index.html": page, "data.js": f"const items = {json.dumps(items)};\n"}


def timeline_js(rows: Iterable[Row]) -> Mapping[str, str]:
    """Return a page for TimelineJS as its documentation writes it, with the fonts that are there."""
    events = []
    for row in rows:
        year, month, day = row["date"].split("-")
        quoted = {name: escape(value) for name, value in row.items()}
        words = "<p>{place}: {summary}</p><blockquote>{quote}</blockquote><p>{attribution}</p>".format_map(quoted)
        events.append(
            {
                "unique_id": row["id"],
                "start_date": {"year": year, "month": month, "day": day},
                "text": {"headline": quoted["title"], "text": words},
                "group": row["category"],
            }
        )
    page = f"""{HEAD}<link rel="stylesheet" href="css/timeline.css"></head>
<body><div id="timeline" style="height: 700px"></div>
<script src="js/timeline.js"></script><script src="data.js"></script>
<script>new TL.Timeline("timeline", story, {{ font: null }});</script>
</body></html>
"""
    return {"index.html": page, "data.js": f"const story = {json.dumps({'events': events})};\n"}


PEERS = (
    Peer("plain HTML list", "", "", {}, plain_list, "article"),
    Peer(
        "vis-timeline",
        "vis-timeline",
        "8.5.4",
        {
            "standalone/umd/vis-timeline-graph2d.min.js": "timeline.js",
            "styles/vis-timeline-graph2d.min.css": "timeline.css",
        },
        vis,
        ".vis-item",
        ".vis-center",
    ),
    Peer(
        "TimelineJS3",
        "@knight-lab/timelinejs",
        "3.9.11",
        {"dist/js": "js", "dist/css": "css"},
        timeline_js,
        ".tl-timemarker",
    ),
)


def site(peer: Peer, table: Path, out: Path) -> Path:
    """Write the page of a peer for a made project, with what it needs, into a new folder."""
    out.mkdir()
    package = installed(peer)
    for name, place in peer.files.items():
        if (package / name).is_dir():
            shutil.copytree(package / name, out / place)
        else:
            shutil.copy(package / name, out / place)
    for name, text in peer.page(rows_of(table)).items():
        (out / name).write_text(text, "utf-8")
    return out


def installed(peer: Peer) -> Path:
    """Return the folder of a peer's package, installed if it is not there; LookupError says why it cannot be had."""
    if not peer.package:
        return Path()
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "dateline-bench"
    package = cache / "node_modules" / peer.package
    if version_of(package) == peer.version:
        return package
    npm = shutil.which("npm")
    if not npm:
        raise LookupError("npm is missing")
    cache.mkdir(parents=True, exist_ok=True)
    # What it asks for beside itself is in the file that is used.
    options = ["--legacy-peer-deps", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock"]
    options += ["--fetch-retries=1", "--fetch-timeout=30000"]
    wanted = f"{peer.package}@{peer.version}"
    done = subprocess.run([npm, "install", "--prefix", str(cache), *options, wanted], capture_output=True, check=False)
    if done.returncode or version_of(package) != peer.version:
        raise LookupError("npm could not install it")
    return package


def version_of(package: Path) -> str:
    """Return the version of an installed package, or nothing."""
    try:
        found = json.loads((package / "package.json").read_text("utf-8"))["version"]
    except (OSError, ValueError, KeyError):
        return ""
    return str(found)
