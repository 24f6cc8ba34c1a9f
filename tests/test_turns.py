"""Promises of builds that others get in the way of: another build, a file that may not be read, a process that ends."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from project import REPOSITORY, SECOND, build, denied, events, site, write

from dateline.turns import turn

pytestmark = pytest.mark.skipif(os.name != "posix", reason="systems without locks, rights and signals")

# Builds a project, and goes on only when a file is there.
SLOW = """
import sys, time
from pathlib import Path
from dateline import cli
folder = Path(sys.argv[1])

def watch(files, total):
    for file in files:
        (folder / "begun").touch()
        while not (folder / "go").exists():
            time.sleep(0.01)
        yield file

cli._progress = watch
cli.main(["build", str(folder)])
"""
COMMAND = "import sys; from dateline.program import run; run(['build', sys.argv[1]])"


def started(code: str, folder: Path) -> subprocess.Popen[str]:
    """Start a program of its own on a project."""
    return subprocess.Popen([sys.executable, "-c", code, folder], cwd=REPOSITORY, stderr=subprocess.PIPE, text=True)


def test_a_build_waits_for_another_one_of_its_folder(tmp_path: Path) -> None:
    """What was saved while a build was at work is built after it, says so, and is what stands there in the end."""
    folder = write(tmp_path)
    slow = started(SLOW, folder)
    while not (folder / "begun").exists():
        time.sleep(0.01)
    (folder / "events.csv").write_text(events({"title": "Saved meanwhile"}), "utf-8")
    second = started(COMMAND, folder)
    assert second.stderr is not None
    assert second.stderr.readline() == "Another build is at work here: waiting for its end.\n"
    assert not (folder / "site/index.html").exists()
    (folder / "go").touch()
    assert slow.communicate()[1].startswith("Built ")
    assert second.communicate()[1].startswith("Built ")
    assert (slow.returncode, second.returncode) == (0, 0)
    assert b"Saved meanwhile" in site(folder)["index.html"]


def test_a_build_that_was_killed_lets_others_go_on(tmp_path: Path) -> None:
    """After a build that ended in the middle, the next one waits for nothing."""
    folder = write(tmp_path)
    slow = started(SLOW, folder)
    while not (folder / "begun").exists():
        time.sleep(0.01)
    slow.kill()
    slow.communicate()
    assert build(folder).err.startswith("Built ")


def test_a_build_waits_for_another_one_into_the_same_folder(tmp_path: Path) -> None:
    """Two projects that go into one folder, in which a site stands, do so one after the other."""
    one, two = write(tmp_path / "one"), write(tmp_path / "two")
    build(one)
    (one / "events.csv").write_text(events({"title": "Changed"}), "utf-8")
    slow = started(SLOW, one)
    while not (one / "begun").exists():
        time.sleep(0.01)
    second = started(COMMAND.replace("sys.argv[1]]", "sys.argv[1], '--out', sys.argv[1] + '/../one/site']"), two)
    assert second.stderr is not None
    assert second.stderr.readline() == "Another build is at work here: waiting for its end.\n"
    (one / "go").touch()
    assert slow.communicate()[1].startswith("Built ")
    assert second.communicate()[1].startswith("Built ")
    assert b"Changed" not in site(one)["index.html"]


def test_nobody_goes_on_where_it_cannot_be_said_that_they_wait(tmp_path: Path) -> None:
    """Where the message fails, as when who reads it has gone, the build does not begin beside the other one."""
    with turn([tmp_path], lambda: None), pytest.raises(BrokenPipeError), turn([tmp_path], _gone):
        pytest.fail("it began")


def _gone() -> None:
    raise BrokenPipeError


@pytest.mark.parametrize("path", ["static/a.txt", "templates/assets/style.css", "templates/entry.html", "about.md"])
def test_a_file_that_may_not_be_read(tmp_path: Path, path: str) -> None:
    """Each file of the project that may not be read is named, and nothing is published."""
    template = (REPOSITORY / "templates/entry.html").read_text("utf-8")
    folder = write(tmp_path, {path: template if path.endswith("html") else "Text.\n"})
    outcome = denied(folder, path, "build")
    assert outcome.status == 1
    assert f"{path}: cannot be read: Permission denied\n  help: check that " in outcome.err
    assert outcome.err.endswith("The site was not built: 1 error.\n")
    assert not (folder / "site").exists()


@pytest.mark.parametrize("command", ["build", "check"])
@pytest.mark.parametrize("path", ["seeds/more", "static/more"])
def test_a_folder_that_may_not_be_read(tmp_path: Path, path: str, command: str) -> None:
    """A folder of which nobody can tell what is in it is named: it could hold what the site needs."""
    folder = write(tmp_path, {f"{path}/b.txt": "Another text.\n"})
    outcome = denied(folder, path, command)
    assert outcome.status == 1
    assert outcome.problems == (
        f"{path}/: cannot be looked through: Permission denied\n"
        "  help: check that you may read it, or move it to another place\n"
    )


def test_templates_that_may_not_be_read_hide_nothing_else(tmp_path: Path) -> None:
    """Where templates/ may not be entered, that is said with all else that is wrong."""
    folder = write(tmp_path, {"templates/entry.html": "", "events.csv": events({"quote": "Nobody said this."})})
    outcome = denied(folder, "templates", "check")
    assert "templates: cannot be read: Permission denied\n" in outcome.err
    assert "events.csv:2: quote: not found in seeds/a.txt\n" in outcome.err


def test_no_text_can_be_looked_for(tmp_path: Path) -> None:
    """Where all of seeds/ may not be read, that is said, and not that it holds no text."""
    outcome = denied(write(tmp_path), "seeds", "check")
    assert "seeds/: cannot be looked through: Permission denied\n" in outcome.err
    assert "holds no text" not in outcome.err


ENDED = """
import os, signal, sys
from dateline import parallel, proof
parallel.WORTH_FORKING = 1
mine, look = os.getpid(), proof.looked_for

def looked_for(wanted):
    if os.getpid() != mine:
        os.kill(os.getpid(), signal.SIGKILL)
    yield from look(wanted)

proof.looked_for = looked_for
from dateline.cli import main
main([sys.argv[2], sys.argv[1]])
"""


@pytest.mark.skipif((os.cpu_count() or 1) < 2, reason="no second process")
@pytest.mark.parametrize("command", ["build", "check"])
def test_a_second_process_that_is_ended_from_outside(tmp_path: Path, command: str) -> None:
    """Where the system ends a part of the work, as it does when memory is short, that is said, and nothing is lost."""
    folder = write(tmp_path, {"events.csv": events({}, SECOND)})
    build(folder)
    before = site(folder)
    ended = subprocess.run(
        [sys.executable, "-c", ENDED, folder, command],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 1
    assert ended.stderr.startswith(
        f"{folder}: a part of the work was ended from outside, before it was done\n"
        "  help: see that there is memory for it, and build again\n"
    )
    assert site(folder) == before
