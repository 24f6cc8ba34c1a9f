"""A tiny project and the whole site that it becomes; the same input makes the same bytes anywhere.

`RENEW_GOLDEN=1` in the environment writes the golden site anew; the difference is then reviewed like any other.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from base64 import b64encode
from pathlib import Path

import project
import pytest

from dateline.bundles import BUNDLES
from dateline.plotly_bundle import bundle

HERE = Path(__file__).parent
ROOT = HERE.parent
GOLDEN = HERE / "golden"
ASSETS = ROOT / "templates" / "assets"
RUN = "from dateline.program import run; run()"


def files(folder: Path) -> dict[str, bytes]:
    """Return every file in the folder by its path."""
    found = {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    return dict(sorted(found.items()))


def without_theme(site: dict[str, bytes]) -> dict[str, bytes]:
    """Return a site without its assets, its card, and the style sheet that stands in its page for missing addresses.

    A card is the same bytes on one machine alone, and its key is new with each change of the lines that draw it.
    """
    kept = {path: content for path, content in site.items() if not path.startswith("assets/") and path != "card.png"}
    missing = re.sub(rb"<style>.*</style>", b"<style></style>", kept["404.html"], flags=re.DOTALL)
    return kept | {"404.html": re.sub(rb"'sha256-[^']*'", b"'sha256-'", missing)}


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """Build the golden project, from a copy so that nothing can be written beside it."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    folder = shutil.copytree(GOLDEN / "project", tmp_path / "project")
    outcome = project.build(folder)
    assert outcome.status == 0, outcome.err
    return project.site(folder)


def test_the_site_is_as_it_was_byte_for_byte(built: dict[str, bytes]) -> None:
    """The golden project becomes the golden site: the same files, and the same bytes in each."""
    made, golden = without_theme(built), GOLDEN / "site"
    if os.environ.get("RENEW_GOLDEN") == "1":
        shutil.rmtree(golden, ignore_errors=True)
        for path, content in made.items():
            (golden / path).parent.mkdir(parents=True, exist_ok=True)
            (golden / path).write_bytes(content)
    stands = files(golden)
    assert list(made) == list(stands)
    changed = [path for path, content in made.items() if content != stands[path]]
    assert changed == [], "look at the difference; where it is meant, run this test with RENEW_GOLDEN=1"


def test_the_theme_is_published_as_it_is_shipped(built: dict[str, bytes]) -> None:
    """Every file of the theme's assets is in the site, its scripts shortened, with plotly's and the bundles."""
    published = {path.removeprefix("assets/"): content for path, content in built.items() if path.startswith("assets/")}
    assert published.pop("plotly.min.js") == bundle()
    shipped = files(ASSETS)
    for name, parts in BUNDLES.items():
        bundled = published.pop(name)
        assert all(published[part].strip() in bundled for part in parts)
    assert published.keys() == shipped.keys()
    for name, content in shipped.items():
        if name.endswith(".js"):
            assert len(published[name]) < len(content), name
        else:
            assert published[name] == content, name


def test_the_policy_of_the_missing_page_allows_its_own_style_and_no_other(built: dict[str, bytes]) -> None:
    """404.html, which works at any depth because its style stands in it, names that style's hash in its policy."""
    found = re.search(rb"<style>(.*)</style>", built["404.html"], flags=re.DOTALL)
    assert found
    digest = b64encode(hashlib.sha256(found[1]).digest()).decode()
    assert f"style-src 'sha256-{digest}'".encode() in built["404.html"]


def test_the_golden_project_has_nothing_open_but_its_unknown_column(tmp_path: Path) -> None:
    """The golden project is in order, so that its site is made of what it says and not of what is wrong with it."""
    folder = shutil.copytree(GOLDEN / "project", tmp_path / "project")
    assert project.check(folder).problems == (
        "events.csv:1: warning: checked_by: not a column that Dateline knows; kept as it is\n"
        "  help: leave it if it is meant\n"
    )


def test_two_builds_anywhere_are_the_same(tmp_path: Path) -> None:
    """Folder, time zone, locale, hash seed, encoding and the order in which files were made change no byte."""
    ascii_only = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    here = {"TZ": "UTC", **ascii_only, "PYTHONHASHSEED": "0", "COLUMNS": "80"}
    there = {"TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "4242", "COLUMNS": "40"}
    one = build_in_order(tmp_path / "a", here, backwards=False)
    two = build_in_order(tmp_path / "elsewhere" / "b c ü", there, backwards=True)
    assert one["index.html"]
    assert one == two


def build_in_order(folder: Path, variables: dict[str, str], *, backwards: bool) -> dict[str, bytes]:
    """Write the golden project into the folder file by file, build it in a process of its own, return its site."""
    written = files(GOLDEN / "project")
    for path in sorted(written, reverse=backwards):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(written[path])
    inherited = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    command = [sys.executable, "-c", RUN, "build", str(folder), "--out", str(folder / "out")]
    environment = {**inherited, **variables, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return files(folder / "out")


def test_an_unchanged_project_leaves_the_site_untouched(tmp_path: Path) -> None:
    """A second build of the same project writes no file of the site again."""
    folder = shutil.copytree(GOLDEN / "project", tmp_path / "project")
    project.build(folder)
    before = {file: file.stat().st_mtime_ns for file in (folder / "site").rglob("*") if file.is_file()}
    outcome = project.build(folder)
    assert f"0 new, 0 changed, {len(before) - 1} as they were, 0 removed." in outcome.err
    assert {file: file.stat().st_mtime_ns for file in before} == before
