"""What a page is made of → one short text that is another as soon as any of it is another."""
# Of hundreds of small files, `Path` takes longer than reading them.
# ruff: noqa: PTH113, PTH114, PTH118, PTH120, PTH123, PTH208

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterable, Mapping
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from dateline import packages
from dateline.tables import Table
from dateline.templating import ASSETS, roots_of
from dateline.timeline import STATIC, Timeline

# In bytes, half of a SHA-256: no two files of a site will ever share it by chance.
LENGTH = 16
# What parts texts; no cell of a table holds it. How many rows are put together at once.
PARTING = "\x1f"
_RUN = 1000


class Files(NamedTuple):
    """The fingerprints of what is read as the pages are made.

    `program` is that of Dateline, of Python and of every package that is installed; `templates` of the templates and
    catalogues, `assets` of the theme's other files; `static` has one for each file of `static/`, by its path.
    `is_own` says whether the project has templates of its own.
    """

    program: str
    templates: str
    assets: str
    static: Mapping[str, str]
    is_own: bool


def of_bytes(content: bytes) -> str:
    """Return the fingerprint of a file's content."""
    return hashlib.sha256(content).hexdigest()[: 2 * LENGTH]


def digest(content: bytes) -> bytes:
    """Return the same not as text, where there are many."""
    return hashlib.sha256(content).digest()[:LENGTH]


def of_open(file: BinaryIO) -> str:
    """Return the fingerprint of the content of a file that is open, without holding it whole."""
    found = begun()
    while piece := file.read(1 << 20):
        found.update(piece)
    return ended(found)


def begun() -> hashlib._Hash:
    """Return the fingerprint of a content of which the first bytes are to come, by `update`."""
    return hashlib.sha256()


def ended(begun: hashlib._Hash) -> str:
    """Return the fingerprint that was begun, once the last bytes have come."""
    return begun.hexdigest()[: 2 * LENGTH]


def of(*values: Any) -> str:  # noqa: ANN401 - records, and what they hold
    """Return the fingerprint of values: of texts, numbers, sequences, mappings, and records of these."""
    # Of all that tells values apart without regard to which objects they are, JSON is the quickest.
    return of_bytes(_ENCODER.encode(values).encode("ascii"))


def of_texts(*texts: str) -> str:
    """Return the fingerprint of at least one text, in a fifth of the time that `of` takes for records of them."""
    joined = PARTING.join(texts)
    if joined.count(PARTING) < len(texts):
        return of_bytes(joined.encode("utf-8", "surrogatepass"))
    # What parts them stands in one of them: the first byte tells this from all that is parted by it.
    return of_bytes(b"\xff" + _ENCODER.encode(texts).encode("ascii"))


def of_table(table: Table) -> str:
    """Return the fingerprint of a table; its cells hold no control characters but tab and line feed."""
    found = hashlib.sha256(_ENCODER.encode((table.path, table.columns)).encode("ascii"))
    for start in range(0, len(table.rows), _RUN):
        rows = table.rows[start : start + _RUN]
        lines = PARTING.join([str(row.line) for row in rows])
        # Each row has a cell for each column, so that nothing needs to tell rows from cells.
        found.update(PARTING.join((lines, *chain.from_iterable([row.cells for row in rows]), "")).encode())
    return ended(found)


def of_files(folder: Path, static: Iterable[str]) -> Files:
    """Return the fingerprints of the program, and of the theme and the static files of the project in `folder`."""
    program = of(sys.version, sorted(packages.installed()), _modules())
    users, _ = roots_of(folder)
    is_own = any(name.endswith(".html") for _, _, names in os.walk(users) for name in names)
    published = {path: of_bytes((folder / STATIC / path).read_bytes()) for path in static}
    return Files(program, *of_theme(folder), published, is_own)


def of_theme(folder: Path) -> tuple[str, str]:
    """Return the fingerprints of the templates and catalogues, and of the theme's other files."""
    theme = [_folder(root) for root in roots_of(folder)]
    templates, assets = ([_part(found, assets=is_asset) for found in theme] for is_asset in (False, True))
    return of(templates), of(assets)


def of_inputs(timeline: Timeline, files: Files, *others: Any) -> str:  # noqa: ANN401 - as `of` takes them
    """Return the fingerprint of all that a site is made from; what is not of the timeline is handed over as others."""
    # Entries are made from the table, and the rest of a source from its bytes, by the program.
    sources = [source._replace(text="", paragraphs=(), markup=()) for source in timeline.sources.values()]
    rest = (timeline.config, of_table(timeline.table), timeline.refused, timeline.about, timeline.static)
    return of(files, rest, sources, others)


def _modules() -> dict[str, str]:
    """Return the contents of our own modules."""
    place = os.path.dirname(__file__)
    names = sorted(name for name in os.listdir(place) if name.endswith(".py"))
    return {name: of_bytes(_bytes_of(f"{place}/{name}")) for name in names}


def _bytes_of(path: str) -> bytes:
    with open(path, "rb", 0) as file:
        return file.readall()


def _folder(folder: Path) -> dict[str, str]:
    """Return the contents of all files in a folder of the theme; one that is never the same where they cannot be told.

    That is a file that cannot be read, and a link to a folder, which could lead round in a circle.
    """
    found = {}
    start = len(os.path.join(folder, ""))
    for parent, folders, files in os.walk(folder):
        folders.sort()
        for file in (os.path.join(parent, name) for name in sorted(files)):
            found[file[start:].replace(os.sep, "/")] = _of_file(file)
        for file in (os.path.join(parent, name) for name in folders):
            if os.path.islink(file):
                found[file[start:].replace(os.sep, "/")] = of_bytes(os.urandom(16))
    return found


def _of_file(file: str) -> str:
    try:
        content = _bytes_of(file) if os.path.isfile(file) else b""
    except OSError:
        content = os.urandom(16)
    # A link may not be published, whatever it leads to.
    return ("link " if os.path.islink(file) else "") + of_bytes(content)


def _part(found: Mapping[str, str], *, assets: bool) -> list[tuple[str, str]]:
    return [(path, content) for path, content in found.items() if path.startswith(f"{ASSETS}/") == assets]


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever a record holds
    return dict(value) if isinstance(value, Mapping) else repr(value)


_ENCODER = json.JSONEncoder(separators=(",", ":"), check_circular=False, default=_plain)
