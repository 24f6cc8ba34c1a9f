"""Promises of the stamps: a file of the site that is as it was is not read, and every other one is seen."""

from __future__ import annotations

import os
import shutil
import sys
import time
from pathlib import Path
from typing import BinaryIO

import pytest
from project import write
from test_cache import CACHE, fresh, held, made

from dateline import stamps
from dateline.output_folder import MANIFEST, opened, read_file

SECOND = 1_000_000_000
PAGE = "entries/freed.html"
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the ctime of Windows is another time")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a project that was built, and looked at once more when its files were old enough to be believed."""
    project = write(tmp_path / "project")
    made(project)
    time.sleep(0.2)
    made(project)
    return project


def read_by_a_build(folder: Path, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Build the project, of which nothing has changed, and return the files of the site that were read for it."""
    found: set[str] = set()

    def noting(path: str, *more: int) -> bytes:
        found.add(path)
        return read_file(path, *more)

    def noting_opened(path: str) -> BinaryIO:
        found.add(path)
        return opened(path)

    with monkeypatch.context() as patch:
        patch.setattr("dateline.staging.read_file", noting)
        patch.setattr("dateline.staging.opened", noting_opened)
        assert made(folder).reused == len(files_of(folder))
    return {Path(path).relative_to(folder / "site").as_posix() for path in found}


def files_of(folder: Path) -> set[str]:
    """Return the files of the site, without what says which these are."""
    return set(held(folder / "site")) - {MANIFEST}


def test_what_is_as_it_was_is_not_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing has changed, no file of the site is opened to see that."""
    assert read_by_a_build(folder, monkeypatch) == set()


def test_an_edit_that_hides_is_seen(folder: Path) -> None:
    """A file of the same length, with its time put back, is made again."""
    file = folder / "site" / PAGE
    before = file.stat()
    file.write_bytes(file.read_bytes().replace(b"15 people", b"16 people"))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (file.stat().st_size, file.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    assert made(folder).changed == 1
    assert held(folder / "site") == fresh(folder)


def test_another_file_in_its_place_is_seen(folder: Path) -> None:
    """So is one that was written elsewhere, with the same length and time, and moved there."""
    file = folder / "site" / PAGE
    before = file.stat()
    other = folder / "other.html"
    other.write_bytes(file.read_bytes().replace(b"15 people", b"16 people"))
    os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns))
    other.replace(file)
    assert made(folder).changed == 1
    assert held(folder / "site") == fresh(folder)


def test_what_was_only_touched_is_read_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file whose time alone is another is read, found to be as it was, and believed from then on."""
    file = folder / "site" / PAGE
    file.touch()
    time.sleep(0.2)
    assert read_by_a_build(folder, monkeypatch) == {PAGE}
    assert read_by_a_build(folder, monkeypatch) == set()


def test_an_edit_right_after_a_build_is_seen(tmp_path: Path) -> None:
    """What is changed in the same moment in which a build wrote it, or read it, is made again."""
    project = write(tmp_path / "project")
    for _ in range(5):
        made(project)
        file = project / "site" / PAGE
        file.write_bytes(file.read_bytes().replace(b"15 people", b"16 people"))
        made(project)
        assert b"16 people" not in file.read_bytes()


def test_where_ctime_is_another_time_all_is_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a system where it is not that of the last change, no file is believed."""
    monkeypatch.setattr(stamps, "_IS_BELIEVED", False)
    shutil.rmtree(folder / CACHE)
    made(folder)
    for _ in range(2):
        time.sleep(0.2)
        assert read_by_a_build(folder, monkeypatch) == files_of(folder)


@pytest.mark.parametrize(
    ("changed", "moment", "shows"),
    [
        (5 * SECOND + 1, 5 * SECOND + SECOND // 10, False),
        (5 * SECOND + 1, 5 * SECOND + SECOND // 10 + 1, True),
        (5 * SECOND, 7 * SECOND - 1, False),
        (5 * SECOND, 7 * SECOND, True),
        (5 * SECOND + 1, 4 * SECOND, False),
    ],
)
def test_how_old_a_change_must_be(changed: int, moment: int, *, shows: bool) -> None:
    """A tenth of a second, or two seconds where a clock of whole ones may have been read; what is to come never is."""
    assert stamps.shows_all((1, changed, changed), moment) == shows
