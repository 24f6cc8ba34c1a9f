"""Promises of `dateline.publish`."""

from __future__ import annotations

import errno
import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.output_folder import MANIFEST, STAGING, survey
from dateline.problems import as_text
from dateline.publish import Report, publish
from dateline.staging import Content, Piece

Files = dict[str, bytes]
OLD: Files = {"a": b"old a", "gone/x.html": b"gone", "index.html": b"old", "same.html": b"same", "Case.html": b"case"}
NEW: Files = {"a/b.html": b"now a folder", "index.html": b"new", "same.html": b"same", "case.html": b"case", "n/m": b""}


def build(out: Path, files: Files) -> Report:
    """Publish the files and return the report of a build without problems."""
    report, problems = publish(iter(files.items()), out)
    assert problems == []
    return report


def tree(folder: Path) -> Files:
    """Return every file in the folder, links and our own manifest left out."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != MANIFEST
    }


def state(folder: Path) -> dict[str, tuple[bytes | None, int]]:
    """Return all that is in the folder: content and time of change of files, and the names of folders."""
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        if path.is_file()
        else (None, 0)
        for path in folder.rglob("*")
    }


def texts(out: Path) -> list[str]:
    """Return why the folder is refused, as a user sees it, once it is certain that a build refuses it as well."""
    before = state(out)
    report, problems = publish(iter([("index.html", b"new")]), out)
    assert (report, problems) == (Report(), survey(out)[1])
    assert state(out) == before
    return [as_text(problem) for problem in problems]


def test_a_build_leaves_exactly_its_files(tmp_path: Path) -> None:
    """What a build is given stands in the folder, what it is not given does not, and the report counts both."""
    out = tmp_path / "public" / "site"
    assert build(out, OLD) == Report(new=5, total_bytes=20)
    assert tree(out) == OLD
    assert build(out, NEW) == Report(new=3, changed=1, unchanged=1, removed=3, total_bytes=23)
    assert tree(out) == NEW
    assert {path.name for path in out.iterdir()} == {MANIFEST, "a", "case.html", "index.html", "n", "same.html"}


def test_a_file_in_pieces_is_as_one_that_comes_whole(tmp_path: Path) -> None:
    """It is written, left as it is where it is so already, replaced and counted as if it had come at once."""
    out, large = tmp_path / "site", b"x" * 1_500_000

    def pieces(*content: bytes) -> Report:
        files: list[tuple[str, Content]] = [("n/large", map(Piece.of, content)), ("small", b"s")]
        report, problems = publish(files, out)
        assert problems == []
        return report

    assert pieces(large, b"a", b"") == Report(new=2, total_bytes=1_500_002)
    assert tree(out) == {"n/large": large + b"a", "small": b"s"}
    for path in [out, *out.rglob("*")]:
        os.utime(path, (1, 1))
    assert pieces(large[:7], large[7:], b"a") == Report(unchanged=2, total_bytes=1_500_002)
    assert {path.stat().st_mtime for path in [out, *out.rglob("*")]} == {1}
    assert build(out, {"n/large": large + b"a", "small": b"s"}).unchanged == 2
    for content in (large + b"b", large, large + b"bc", b"", b"d"):
        report = pieces(content[:1_400_000], content[1_400_000:])
        assert (report.changed, report.unchanged) == (1, 1)
        assert tree(out)["n/large"] == content


def test_an_unchanged_site_is_not_touched(tmp_path: Path) -> None:
    """A build of the same files, in any order, changes no file's and no folder's time."""
    build(tmp_path, OLD)
    for path in [tmp_path, *tmp_path.rglob("*")]:
        os.utime(path, (1, 1))
    assert build(tmp_path, dict(reversed(OLD.items()))) == Report(unchanged=5, total_bytes=20)
    assert {path.stat().st_mtime for path in [tmp_path, *tmp_path.rglob("*")]} == {1.0}


def test_an_unchanged_file_of_a_changed_site_is_not_touched(tmp_path: Path) -> None:
    """Only files whose content changes are written."""
    build(tmp_path, OLD)
    os.utime(tmp_path / "same.html", (1, 1))
    build(tmp_path, NEW)
    assert (tmp_path / "same.html").stat().st_mtime == 1.0


def test_the_manifest_is_the_same_for_the_same_files(tmp_path: Path) -> None:
    """The manifest names the files in order, whatever was built before and in whatever order they came."""
    build(tmp_path / "one", NEW)
    build(tmp_path / "two", OLD)
    build(tmp_path / "two", dict(reversed(NEW.items())))
    manifest = (tmp_path / "one" / MANIFEST).read_bytes()
    assert manifest == (tmp_path / "two" / MANIFEST).read_bytes()
    assert json.loads(manifest) == {"files": sorted(NEW)}


def test_a_site_without_files_is_an_empty_folder(tmp_path: Path) -> None:
    """A build of nothing empties the folder of what was ours."""
    build(tmp_path / "site", OLD)
    assert build(tmp_path / "site", {}) == Report(removed=5)
    assert list(state(tmp_path / "site")) == [MANIFEST]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no umask")
def test_permissions_follow_the_umask(tmp_path: Path) -> None:
    """Files are readable to all and folders can be entered by all, but for what the user's umask takes away."""
    before = os.umask(0o027)
    try:
        build(tmp_path / "site", {"a/b.html": b""})
    finally:
        os.umask(before)
    modes = [stat.S_IMODE((tmp_path / "site" / path).stat().st_mode) for path in ("", "a", "a/b.html", MANIFEST)]
    assert modes == [0o750, 0o750, 0o640, 0o640]


class RenderingError(Exception):
    """A bug of ours in the midst of rendering."""


def test_a_failed_build_leaves_the_last_good_site_as_it_was(tmp_path: Path) -> None:
    """A failed build leaves the last good site as it was, and its exception passes on."""

    def failing() -> Iterator[tuple[str, bytes]]:
        yield from NEW.items()
        raise RenderingError

    build(tmp_path, OLD)
    before = state(tmp_path)
    with pytest.raises(RenderingError):
        publish(failing(), tmp_path)
    assert state(tmp_path) == before


def test_a_failed_first_build_leaves_no_folder(tmp_path: Path) -> None:
    """Where the build made the output folder and those around it, it removes them when it fails."""

    def failing() -> Iterator[tuple[str, bytes]]:
        yield "index.html", b"new"
        raise OSError(errno.EIO, "a source cannot be read")

    with pytest.raises(OSError, match="a source cannot be read"):
        publish(failing(), tmp_path / "public" / "site")
    assert list(tmp_path.iterdir()) == []


CALLS = ["open", "write", "mkdir", "link", "rename", "replace"]


@pytest.mark.parametrize("links", [True, False])
@pytest.mark.parametrize("last", [OLD, None])
@pytest.mark.parametrize("call", CALLS)
def test_a_disk_that_fails_at_any_step_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, last: Files | None, *, links: bool
) -> None:
    """Whichever call the system refuses, and whenever, the last good site is as it was, by byte and time."""
    out = tmp_path / "site"
    if last is not None:
        build(out, last)
    before = state(tmp_path)
    if not links:
        monkeypatch.setattr(os, "link", refuse_all)
    failures = 0
    while True:
        with monkeypatch.context() as patch:
            patch.setattr(os, call, fail_once(getattr(os, call), after=failures))
            _, problems = publish(iter(NEW.items()), out)
        if not problems:
            break
        assert [problem.message.partition(": ")[2] for problem in problems] == ["No space left on device"]
        assert state(tmp_path) == before
        failures += 1
        assert failures < 100
    assert failures or call in ("link", "rename")
    build(out, NEW)
    assert tree(out) == NEW


def refuse_all(*_: object) -> None:
    """Stand for `os.link` on a disk that knows no hard links."""
    raise OSError(errno.EPERM, "Operation not permitted")


def fail_once(call: Callable[..., object], *, after: int) -> Callable[..., object]:
    """Return the call, made so that it fails once, as on a full disk, after it went well so many times."""
    times = iter([False] * after + [True])

    def failing(*arguments: object, **options: object) -> object:
        if next(times, False):
            raise OSError(errno.ENOSPC, "No space left on device")
        return call(*arguments, **options)

    return failing


def test_a_refused_write_is_a_problem_with_the_reason(tmp_path: Path) -> None:
    """The system's reason and the file are in the message; nothing else was published either."""
    name = "x" * 300
    report, problems = publish(iter([("index.html", b""), (f"a/{name}", b"")]), tmp_path / "site")
    assert report == Report()
    assert [as_text(problem) for problem in problems] == [
        (
            f"{tmp_path}/site/a/{name}: cannot be written: File name too long\n"
            "  help: see that there is room and that you may write there, or choose another folder with --out"
        )
    ]
    assert list(tmp_path.iterdir()) == []


KILLED = """
import os, sys
from pathlib import Path
from dateline.publish import publish
call, left, files, out = sys.argv[1], int(sys.argv[2]), eval(sys.argv[3]), Path(sys.argv[4])
real = getattr(os, call)
def counted(*arguments, **options):
    global left
    if not left:
        os._exit(9)
    left -= 1
    return real(*arguments, **options)
setattr(os, call, counted)
publish(iter(files.items()), out)
"""


@pytest.mark.parametrize("call", ["write", "replace", "rename"])
@pytest.mark.parametrize("last", [OLD, None])
def test_a_killed_build_is_mended_by_the_next(tmp_path: Path, call: str, last: Files | None) -> None:
    """Whenever a build is killed, the next one takes nothing that it left for someone else's, and clears it away."""
    killed = 9
    times = 0
    while killed:
        out = tmp_path / str(times)
        if last is not None:
            build(out, last)
        killed = subprocess.run(
            [sys.executable, "-c", KILLED, call, str(times), repr(NEW), out], check=False
        ).returncode
        assert killed in (0, 9)
        assert survey(out)[1] == []
        build(out, NEW)
        assert tree(out) == NEW
        assert not (out / STAGING).exists()
        times += 1
    assert times > 1 or last is None


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    """A file is never replaced by a site."""
    out = tmp_path / "site"
    out.write_text("mine")
    _, problems = publish(iter(()), out)
    assert problems == survey(out)[1]
    assert [as_text(problem) for problem in problems] == [
        f"{out}: is a file, not a folder\n  help: choose another folder with --out, or move the file"
    ]
    assert out.read_text() == "mine"


def test_a_file_on_the_way_to_the_folder_is_refused(tmp_path: Path) -> None:
    """A folder cannot be made inside a file; the message says so before anything is rendered."""
    (tmp_path / "file").write_text("mine")
    _, problems = publish(iter([("index.html", b"")]), tmp_path / "file" / "site")
    assert [problem.message for problem in problems] == ["cannot be written: Not a directory"]
    assert (tmp_path / "file").read_text() == "mine"


@pytest.mark.parametrize(
    ("foreign", "message"),
    [
        (
            ["notes.txt"],
            (
                "holds a file that Dateline did not write: notes.txt\n"
                "  help: choose another folder with --out, or move it"
            ),
        ),
        (
            ["b/c.txt", "a\nb"],
            (
                "holds 2 files that Dateline did not write: a\\nb, b/c.txt\n"
                "  help: choose another folder with --out, or move them"
            ),
        ),
        (
            [f"{number}.txt" for number in range(7)],
            (
                "holds 7 files that Dateline did not write: 0.txt, 1.txt, 2.txt, 3.txt, 4.txt and 2 more\n"
                "  help: choose another folder with --out, or move them"
            ),
        ),
        (
            [f"{STAGING}/mine.txt"],
            (
                f"holds a file that Dateline did not write: {STAGING}/mine.txt\n"
                "  help: choose another folder with --out, or move it"
            ),
        ),
    ],
)
@pytest.mark.parametrize("last", [OLD, None])
def test_files_of_others_are_named_and_left(
    tmp_path: Path, last: Files | None, foreign: list[str], message: str
) -> None:
    """A folder that holds files that Dateline did not write is refused, with up to five of them named."""
    if last is not None:
        build(tmp_path, last)
    for path in foreign:
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text("mine")
    assert texts(tmp_path) == [f"{tmp_path}: {message}"]


def test_a_large_folder_of_others_is_refused_without_a_full_search(tmp_path: Path) -> None:
    """Someone's home as the output folder is refused as soon as it is clear what it is."""
    for number in range(1001):
        (tmp_path / f"{number:04}").touch()
    assert texts(tmp_path) == [
        (
            f"{tmp_path}: holds over 1,000 files that Dateline did not write: 0000, 0001, 0002, 0003, 0004 and others\n"
            "  help: choose another folder with --out, or move them"
        )
    ]


def test_many_leftovers_of_ours_hide_no_file_of_others(tmp_path: Path) -> None:
    """However much a killed first build left, files of others around it are found."""
    foreign = [f"{number}/mine.txt" for number in range(30)]
    for path in [*foreign, *(f"{STAGING}/{number}" for number in range(1001))]:
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).touch()
    assert texts(tmp_path) == [
        (
            f"{tmp_path}: holds 30 files that Dateline did not write: "
            "0/mine.txt, 1/mine.txt, 10/mine.txt, 11/mine.txt, 12/mine.txt and 25 more\n"
            "  help: choose another folder with --out, or move them"
        )
    ]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_in_the_place_of_our_file_is_not_read(tmp_path: Path) -> None:
    """What is not a plain file is not ours, whatever the manifest says, and is not waited for."""
    build(tmp_path, OLD)
    (tmp_path / "index.html").unlink()
    os.mkfifo(tmp_path / "index.html")
    assert texts(tmp_path) == [
        (
            f"{tmp_path}: holds a file that Dateline did not write: index.html\n"
            "  help: choose another folder with --out, or move it"
        )
    ]


@pytest.mark.parametrize(
    "manifest",
    [
        b"",
        b"{",
        b"\xff",
        b"[" * 100_000,
        b"[]",
        b'{"files": 1}',
        b'{"files": ["index.html", 1]}',
        b'{"files": ["index.html", "../secret"]}',
        b'{"files": ["index.html", "/etc/passwd"]}',
    ],
)
def test_a_damaged_manifest_owns_nothing(tmp_path: Path, manifest: bytes) -> None:
    """A manifest that we cannot have written is as good as none, and the message says so."""
    (tmp_path / "index.html").write_text("old")
    (tmp_path / MANIFEST).write_bytes(manifest)
    assert texts(tmp_path) == [
        (
            f"{tmp_path}: holds a file that Dateline did not write: index.html\n"
            f"  note: the list of what Dateline wrote, {MANIFEST}, is damaged\n"
            "  help: choose another folder with --out, or move it"
        )
    ]


@pytest.mark.parametrize("planted", ["index.html", "gone", "gone/link", MANIFEST, STAGING, "new"])
@pytest.mark.parametrize("target", ["file", "folder", "nowhere"])
def test_a_link_in_the_folder_is_never_followed(tmp_path: Path, planted: str, target: str) -> None:
    """A link anywhere in the folder, in the place of our own files as well, is refused, and its target left."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "x.html").write_text("mine")
    (tmp_path / "file").write_text('{"files": []}')
    out = tmp_path / "site"
    build(out, {path: content for path, content in OLD.items() if not path.startswith(planted)})
    (out / planted).parent.mkdir(exist_ok=True)
    (out / planted).unlink(missing_ok=True)
    (out / planted).symlink_to(tmp_path / target)
    assert texts(out)[0] == (
        f"{out}: holds a symbolic link, which Dateline never follows: {planted}\n"
        "  help: choose another folder with --out, or remove it"
    )
    assert tree(tmp_path / "folder") == {"x.html": b"mine"}
    assert (tmp_path / "file").read_text() == '{"files": []}'


def test_a_folder_that_becomes_a_link_during_the_build_is_not_followed(tmp_path: Path) -> None:
    """A link that is planted after the folder was looked through fails the build; its target is left."""
    out, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    elsewhere.mkdir()
    build(out, {"a/b.html": b"old"})

    def planting() -> Iterator[tuple[str, bytes]]:
        yield "a/b.html", b"new"
        (out / "a").rename(tmp_path / "aside")
        (out / "a").symlink_to(elsewhere)

    _, problems = publish(planting(), out)
    assert [problem.message for problem in problems] == ["cannot be written: File exists"]
    assert list(elsewhere.iterdir()) == []


def test_the_folder_itself_may_be_a_link(tmp_path: Path) -> None:
    """A user may point the output folder elsewhere with a link."""
    (tmp_path / "site").symlink_to(tmp_path / "real")
    build(tmp_path / "site", OLD)
    build(tmp_path / "site", NEW)
    assert tree(tmp_path / "real") == NEW
    assert (tmp_path / "site").is_symlink()


def test_what_file_managers_leave_behind_is_left_alone(tmp_path: Path) -> None:
    """To look at the site in a file manager, which leaves its own files there, is no reason to refuse it."""
    build(tmp_path, OLD)
    (tmp_path / ".DS_Store").write_bytes(b"finder")
    build(tmp_path, NEW)
    assert tree(tmp_path) == NEW | {".DS_Store": b"finder"}


def test_an_empty_folder_is_no_obstacle(tmp_path: Path) -> None:
    """Empty folders, of whoever made them, give way to files of their name."""
    (tmp_path / "a" / "b").mkdir(parents=True)
    build(tmp_path, {"a": b"file"})
    assert tree(tmp_path) == {"a": b"file"}


@pytest.mark.parametrize(
    ("paths", "message"),
    [
        ([""], "unsafe path: ''"),
        (["/etc/passwd"], "unsafe path: '/etc/passwd'"),
        (["../a"], "unsafe path: '../a'"),
        (["a/../b"], "unsafe path: 'a/../b'"),
        (["./a"], "unsafe path: './a'"),
        (["a//b"], "unsafe path: 'a//b'"),
        (["a/"], "unsafe path: 'a/'"),
        (["a\\b"], "unsafe path: 'a\\\\b'"),
        (["a\0"], "unsafe path: 'a\\x00'"),
        (["C:a"], "unsafe path: 'C:a'"),
        ([MANIFEST], f"unsafe path: '{MANIFEST}'"),
        ([f"{STAGING}/a"], f"unsafe path: '{STAGING}/a'"),
        ([STAGING.upper()], f"unsafe path: '{STAGING.upper()}'"),
        (["a", "a"], "path 'a' clashes with 'a'"),
        (["About.html", "about.html"], "path 'about.html' clashes with 'About.html'"),
        (["A/x", "a/y"], "path 'a/y' clashes with 'A'"),
        (["a", "a/b"], "path 'a/b' clashes with 'a'"),
        (["a/b/c", "A"], "path 'A' clashes with 'a'"),
    ],
)
def test_an_unsafe_path_is_a_bug_that_changes_nothing(tmp_path: Path, paths: list[str], message: str) -> None:
    """A path that leads out of the folder, or that cannot stand beside another on any disk, raises."""
    build(tmp_path, OLD)
    before = state(tmp_path)
    with pytest.raises(ValueError, match="path") as caught:
        publish(((path, b"new") for path in ["index.html", *paths]), tmp_path)
    assert str(caught.value) == message
    assert state(tmp_path) == before


def test_names_that_differ_in_case_never_stand_side_by_side(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file or folder whose name changes in case is gone before its successor comes: some disks take both for one."""
    build(tmp_path, {"About.html": b"1", "Sources/a/b.html": b"2", "Sources/c.html": b"3"})
    real, seen = os.replace, []

    def watched(source: str, target: str) -> None:
        real(source, target)
        seen.append([path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")])

    monkeypatch.setattr(os, "replace", watched)
    build(tmp_path, {"about.html": b"1", "sources/a/b.html": b"2"})
    assert len(seen) == 4
    assert all(len(paths) == len({path.casefold() for path in paths}) for paths in seen)
    assert tree(tmp_path) == {"about.html": b"1", "sources/a/b.html": b"2"}


def compatible(files: list[tuple[str, bytes]]) -> Files:
    """Return the files without those that clash with an earlier one."""
    kept: Files = {}
    for path, content in files:
        words = path.split("/")
        spellings = {"/".join(words[:end]) for end in range(1, len(words))}
        taken = {"/".join(other.split("/")[:end]) for other in kept for end in range(1, other.count("/") + 2)}
        clashes = any(one != two and one.lower() == two.lower() for one in {path, *spellings} for two in taken)
        if not clashes and path not in taken and not spellings & kept.keys():
            kept[path] = content
    return kept


PATHS = st.lists(st.sampled_from(["a", "A", "b"]), min_size=1, max_size=3).map("/".join)
SITES = st.lists(st.tuples(PATHS, st.sampled_from([b"", b"x", b"y", b"long"])), max_size=6).map(compatible)


@settings(max_examples=50)
@given(sites=st.lists(SITES, min_size=2, max_size=4))
def test_any_sequence_of_builds_leaves_the_last_files(
    tmp_path_factory: pytest.TempPathFactory, sites: list[Files]
) -> None:
    """Whatever was built before, the folder holds the last build's files, no empty folder, and the counts are true."""
    out = tmp_path_factory.mktemp("site")
    last: Files = {}
    for files in sites:
        report = build(out, files)
        assert tree(out) == files
        assert report == Report(
            new=len(files.keys() - last.keys()),
            changed=sum(files[path] != last[path] for path in files.keys() & last.keys()),
            unchanged=sum(files[path] == last[path] for path in files.keys() & last.keys()),
            removed=len(last.keys() - files.keys()),
            total_bytes=sum(map(len, files.values())),
        )
        assert all(any(path.iterdir()) for path in out.rglob("*") if path.is_dir())
        last = files
