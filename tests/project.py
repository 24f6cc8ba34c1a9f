"""A little project on disk, and the `dateline` command run on it as a user would."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from click.testing import CliRunner

from dateline.cli import main

REPOSITORY = Path(__file__).parent.parent
File = str | bytes

COLUMNS = ("id", "date", "title", "source", "quote", "attribution")
SOURCE = "On June 12, 2021 the ministry said that 15 people were freed.\n\nMaps were handed over on the same day.\n"
GOOD: Mapping[str, File] = {
    "timeline.toml": 'title = "Mines"\n',
    "about.md": "Made by hand.\n",
    "seeds/a.txt": SOURCE,
    "events.csv": (
        "id,date,title,source,quote,attribution\n"
        "freed,2021-06-12,Prisoners freed,a.txt,"
        '"On June 12, 2021 the ministry said that 15 people were freed.",Ministry\n'
    ),
}


# The cells of a second entry that are not as in the first.
SECOND = {
    "id": "maps",
    "title": "Maps",
    "date_note": "Same day.",
    "quote": "Maps were handed over on the same day.",
}


class Outcome(NamedTuple):
    """How a command ended, and what it printed."""

    status: int
    out: str
    err: str

    @property
    def problems(self) -> str:
        """All that was printed to people but the last line, which sums up."""
        return "".join(line + "\n" for line in self.err.splitlines()[:-1])


def denied(folder: Path, path: str, *given: str) -> Outcome:
    """Run the command on a project as a user who may not read one of its files or folders."""
    # Who may read everything is made a user like others.
    others = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
    place = folder / path
    before = place.stat().st_mode
    place.chmod(0)
    try:
        code = "import sys; from dateline.program import run; run(sys.argv[1:])"
        command = [*others, sys.executable, "-c", code, *given, str(folder)]
        ended = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    finally:
        place.chmod(before)
    return Outcome(ended.returncode, ended.stdout, ended.stderr)


def write(folder: Path, files: Mapping[str, File] | None = None, *, without: tuple[str, ...] = ()) -> Path:
    """Write the good project with these files in place of its own, and without some; return its folder."""
    for path, content in {**GOOD, **(files or {})}.items():
        if path not in without:
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def own_timeline(folder: Path, language: str) -> Path:
    """Write this repository's own timeline, with its English texts, as a site in another language."""
    shutil.copy(REPOSITORY / "events.csv", folder)
    shutil.copytree(REPOSITORY / "seeds", folder / "seeds")
    settings = (REPOSITORY / "timeline.toml").read_text("utf-8")
    (folder / "timeline.toml").write_text(settings.replace('language = "en"', f'language = "{language}"'), "utf-8")
    (folder / "about.md").write_text("# Mines\n\nMade by hand.\n", "utf-8")
    return folder


def one(**cells: str) -> str:
    """Return the good `events.csv` with these cells in its only row."""
    return events(cells)


def events(*rows: Mapping[str, str]) -> str:
    """Return an `events.csv` with these rows, each with the cells of the good one but for those that are given."""
    given = {
        "id": "freed",
        "date": "2021-06-12",
        "title": "Prisoners freed",
        "source": "a.txt",
        "quote": "On June 12, 2021 the ministry said that 15 people were freed.",
        "attribution": "Ministry",
    }
    columns = list(dict.fromkeys([*COLUMNS, *(column for row in rows for column in row)]))
    lines = [",".join(columns)]
    lines += [",".join(_cell((given | dict(row)).get(column, "")) for column in columns) for row in rows]
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if re.search(r'[",\n\r]', text) else text


def run(command: str, folder: Path, *options: str, **variables: str) -> Outcome:
    """Run `dateline check` or `dateline build` on the folder; an exception of ours is raised, never printed."""
    result = CliRunner(env=variables).invoke(
        main, [command, str(folder), *options], prog_name="dateline", catch_exceptions=False
    )
    return Outcome(result.exit_code, result.stdout, result.stderr)


def check(folder: Path, *options: str) -> Outcome:
    """Run `dateline check` on the folder."""
    return run("check", folder, *options)


def build(folder: Path, *options: str, **variables: str) -> Outcome:
    """Run `dateline build` on the folder."""
    return run("build", folder, *options, **variables)


def site(folder: Path) -> dict[str, bytes]:
    """Return the files of the site that was built, by path, without the builder's own manifest."""
    root = folder / "site"
    files = {file.relative_to(root).as_posix(): file.read_bytes() for file in root.rglob("*") if file.is_file()}
    return {path: content for path, content in sorted(files.items()) if not path.startswith(".dateline")}


def assert_helps(folder: Path, bad: str, said: str, mended: str, files: Mapping[str, File] | None = None) -> None:
    """Assert that a faulty events.csv is answered with just these words, and a mended one with none.

    `files` stand beside both.
    """
    assert check(write(folder / "bad", {**(files or {}), "events.csv": bad})).problems == said
    assert check(write(folder / "mended", {**(files or {}), "events.csv": mended})).problems == ""
