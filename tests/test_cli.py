"""The command: what it prints where, how it ends, and what it never does to the last good site."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from project import build, check, events, one, run, site, write

from dateline import __version__
from dateline.cli import main
from dateline.problems import Problem

REPOSITORY = Path(__file__).parent.parent
WARNING = (
    "events.csv:2: warning: attribution: is empty: who says so?\n"
    "  help: write who says so, such as: Azerbaijan’s Foreign Ministry\n"
)
ERROR = "events.csv:2: date: '13/06/2021' is written day/month/year\n  help: write 2021-06-13\n"


@pytest.mark.parametrize(
    ("cells", "options", "status", "said"),
    [
        ({}, [], 0, "1 entry, 1 quote, all found.\n"),
        ({"source": "", "quote": "", "attribution": ""}, [], 0, None),
        ({"attribution": ""}, [], 0, WARNING + "1 entry, 1 quote, all found.\n"),
        ({"attribution": ""}, ["--strict"], 1, WARNING + "The timeline has problems: 1 warning.\n"),
        ({"date": "13/06/2021"}, [], 1, ERROR + "The timeline has problems: 1 error.\n"),
        (
            {"date": "13/06/2021", "attribution": ""},
            ["--strict"],
            1,
            WARNING + ERROR + "The timeline has problems: 1 error, 1 warning.\n",
        ),
    ],
)
def test_how_check_ends(
    tmp_path: Path, cells: dict[str, str], options: list[str], status: int, said: str | None
) -> None:
    """`check` ends with 0 where all is well or merely open, with 1 for errors, and with --strict for warnings too."""
    outcome = check(write(tmp_path, {"events.csv": one(**cells)}), *options)
    assert (outcome.status, outcome.out) == (status, "")
    if said is None:
        assert outcome.err.endswith("\n1 entry, no quotes.\n")
    else:
        assert outcome.err == said


def test_how_build_ends(tmp_path: Path) -> None:
    """`build` says what it did; with problems it says that nothing was published, or that the site is as it was."""
    folder = write(tmp_path, {"events.csv": one(date="13/06/2021")})
    assert build(folder) == (1, "", ERROR + "The site was not built: 1 error.\n")
    write(folder)
    first = build(folder)
    assert re.fullmatch(
        rf"Built {re.escape(str(folder))}/site/index\.html in \d+\.\d s: "
        rf"{len(site(folder))} new, 0 changed, 0 as they were, 0 removed\.\n",
        first.err,
    )
    write(folder, {"events.csv": one(attribution="")})
    assert build(folder, "--strict") == (1, "", WARNING + "The site was left as it was: 1 warning.\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nothing"], "Error: No such command 'nothing'.\n"),
        (["check", "nowhere"], "Error: Invalid value for '[FOLDER]': Directory 'nowhere' does not exist.\n"),
        (
            ["check", "--format", "xml"],
            "Error: Invalid value for '--format': 'xml' is not one of 'text', 'json', 'github'.\n",
        ),
        (["build", "--xyzzy"], "Error: No such option '--xyzzy'.\n"),
    ],
)
def test_wrong_usage(arguments: list[str], said: str) -> None:
    """A command that was used wrongly ends with 2, and says what is wrong and where help is."""
    result = CliRunner().invoke(main, arguments, prog_name="dateline")
    assert result.exit_code == 2
    assert result.stderr.endswith(said)
    assert "--help' for help." in result.stderr


@pytest.mark.parametrize("command", [[], ["build"], ["check"]])
@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help(command: list[str], option: str) -> None:
    """--help and -h tell of every command and option, with nothing heavy imported on the way."""
    code = f"import sys; from dateline.cli import main; main({[*command, option]}, 'dateline', standalone_mode=False); "
    code += "print(sorted({'babel', 'jinja2', 'markdown', 'nh3', 'plotly', 'rapidfuzz', 'rich'} & set(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", code], cwd=REPOSITORY, capture_output=True, text=True, check=True)
    assert run.stdout.startswith(f"Usage: {' '.join(['dateline', *command])} [OPTIONS]")
    assert run.stdout.endswith("[]\n")
    wanted = {"build": ["--out", "--strict", "--format", "FOLDER"], "check": ["--strict", "--format", "FOLDER"]}
    for word in wanted[command[0]] if command else ["build", "check", "--version", "Exit status: 0"]:
        assert word in run.stdout


@pytest.mark.parametrize(
    ("argument", "status", "told"), [("--version", 0, __version__), ("check", 1, ""), ("x", 2, "")]
)
def test_the_program_ends_as_the_command_does(tmp_path: Path, argument: str, status: int, told: str) -> None:
    """The exit status of the program is that of the command, and all that it printed has come."""
    code = [sys.executable, "-c", "from dateline.program import run; run()", argument]
    ended = subprocess.run(code, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ended.returncode == status
    assert told in ended.stdout
    assert bool(ended.stderr) == bool(status)


def test_version() -> None:
    """--version names the program and its version."""
    assert CliRunner().invoke(main, ["--version"]).stdout == f"dateline, version {__version__}\n"


def test_problems_as_json(tmp_path: Path) -> None:
    """--format json prints an array of objects with the fields of `Problem`, also where there is nothing to say."""
    folder = write(tmp_path, {"events.csv": one(quote="On June 12, 2021 the ministry said that 16 people were freed.")})
    outcome = check(folder, "--format", "json")
    assert outcome.status == 1
    assert json.loads(outcome.out) == [
        {
            "path": "events.csv",
            "line": 2,
            "column": "quote",
            "message": "not found in seeds/a.txt",
            "help": "copy the words exactly, or put … where words are left out",
            "severity": "error",
            "notes": [
                ["nearest", "“On June 12, 2021 the ministry said that 15 people were freed.” (¶ 1)"],
                ["difference", "the quote says “16”, the source “15”"],
            ],
        }
    ]
    assert list(json.loads(outcome.out)[0]) == list(Problem._fields)
    assert build(write(folder), "--format", "json") == (0, "[]\n", "")


def test_problems_as_annotations(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """--format github prints workflow commands, escaped, whose files are named from where the command runs."""
    monkeypatch.chdir(tmp_path)
    cells = {"attribution": "", "id": "50%\n::error::x", "date_note": "n"}
    write(tmp_path / "our, timeline", {"events.csv": one(**cells)})
    outcome = run("check", Path("our, timeline"), "--format", "github")
    assert outcome.out == (
        "::warning file=our%2C timeline/events.csv,line=2::attribution: is empty: who says so?"
        "%0Awrite who says so, such as: Azerbaijan’s Foreign Ministry\n"
        "::error file=our%2C timeline/events.csv,line=2::id: '50%25 ::error::x' may hold only lower-case letters, "
        "digits and single hyphens%0Awrite 50-error-x\n"
    )
    assert outcome.err == "The timeline has problems: 1 error, 1 warning.\n"


@pytest.mark.parametrize(
    "fault",
    [
        {"events.csv": events({}, {"id": "two", "date_note": "n", "quote": "not there"})},
        {"templates/about.html": "{{ nobody }}"},
        {"templates/404.html": "{{ 1 / 0 }}"},
        {"static/index.html": "mine"},
        {"timeline.toml": "title"},
    ],
    ids=["data", "a template", "the last template", "static", "settings"],
)
def test_a_failed_build_leaves_the_last_good_site_as_it_was(tmp_path: Path, fault: dict[str, str]) -> None:
    """Whatever a build fails for, every file of the site is the one that it was, and no other stands beside it."""
    folder = write(tmp_path)
    assert build(folder).status == 0

    def state() -> dict[str, tuple[int, bytes]]:
        files = [file for file in (folder / "site").rglob("*") if file.is_file()]
        return {str(file): (file.stat().st_mtime_ns, file.read_bytes()) for file in files}

    before = state()
    outcome = build(write(folder, {"about.md": "Changed.\n", **fault}))
    assert outcome.status == 1
    assert outcome.err.endswith("The site was left as it was: 1 error.\n")
    assert state() == before


def test_a_warning_does_not_stop_the_build_and_stands_on_the_proof(tmp_path: Path) -> None:
    """What a warning says is printed, and readers find it on proof.html under "What is open"."""
    folder = write(tmp_path, {"events.csv": one(attribution="")})
    outcome = build(folder)
    assert (outcome.status, outcome.problems) == (0, WARNING)
    open_matters = site(folder)["proof.html"].decode().partition("What is open</h2>")[2]
    assert "events.csv:2: warning: attribution: is empty: who says so?" in open_matters
    build(write(folder))
    assert "Nothing: the build had no warnings." in site(folder)["proof.html"].decode()


def test_the_site_can_go_elsewhere(tmp_path: Path) -> None:
    """--out takes the place of site/, which is not made then."""
    folder = write(tmp_path / "project")
    assert build(folder, "--out", str(tmp_path / "public")).status == 0
    assert (tmp_path / "public" / "index.html").is_file()
    assert not (folder / "site").exists()


def test_source_date_epoch(tmp_path: Path) -> None:
    """SOURCE_DATE_EPOCH gives the day that the site shows as its own; without it, the sources' newest date does."""
    folder = write(tmp_path, {"seeds/sources.csv": "file,published\na.txt,2021-06-13\n"})
    build(folder)
    assert b"June 13, 2021" in site(folder)["index.html"]
    assert b"<updated>2021-06-13T00:00:00Z</updated>" in site(folder)["atom.xml"]
    build(folder, SOURCE_DATE_EPOCH="1700000000")
    assert b"<updated>2023-11-14T00:00:00Z</updated>" in site(folder)["atom.xml"]


@pytest.mark.parametrize("value", ["yesterday", "-5", "1e9", "253402300800", "9" * 30, "٣"])
def test_a_source_date_epoch_that_is_no_time(tmp_path: Path, value: str) -> None:
    """A SOURCE_DATE_EPOCH that is not a number of seconds is wrong usage, not passed over."""
    outcome = build(write(tmp_path), SOURCE_DATE_EPOCH=value)
    assert outcome.status == 2
    assert outcome.err.endswith(f"Error: SOURCE_DATE_EPOCH is '{value}': it must be a number of seconds since 1970\n")
    assert not (tmp_path / "site").exists()


def test_colours_only_on_a_terminal(tmp_path: Path) -> None:
    """Printed into a file or a pipe, a problem is plain text; on a terminal its place is bold."""
    folder = write(tmp_path, {"events.csv": one(attribution="")})
    assert "\x1b" not in check(folder).err
    shown = CliRunner().invoke(main, ["check", str(folder)], color=True).stderr
    assert "\x1b[33m\x1b[1mevents.csv:2\x1b[0m: warning: attribution: is empty: who says so?" in shown


def test_a_name_cannot_drive_the_terminal(tmp_path: Path) -> None:
    """A control character in the name of a file is shown by its number, never sent to the terminal."""
    outcome = check(write(tmp_path, {"seeds/\x1b[31mred\n.txt": "\0"}))
    assert outcome.problems == "seeds/\\x1b[31mred\\n.txt: has a name that cannot be shown\n  help: rename it\n"


def test_build_py_without_the_dependencies() -> None:
    """`python build.py` in a Python that has nothing installed says in one line what to type."""
    command = [sys.executable, "-E", "-S", "build.py"]
    run = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout) == (1, "")
    assert run.stderr == "Dateline needs the package click. Type: python -m pip install .   (or: make site)\n"


def test_build_py_builds_the_folder_that_it_stands_in(tmp_path: Path) -> None:
    """`python build.py`, from any folder, builds the timeline beside it, and takes the options of `build`."""
    command = [sys.executable, str(REPOSITORY / "build.py"), "--out", str(tmp_path / "site")]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, env=dict(os.environ))
    assert run.returncode == 0, run.stderr
    assert (tmp_path / "site" / "index.html").is_file()
