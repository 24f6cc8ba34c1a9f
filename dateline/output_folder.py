"""What stands in the output folder: which of it is ours, and why a site may not be published there."""
# Paths are strings throughout: at ten thousand files, Path objects would cost more than the disk.
# ruff: noqa: PTH106, PTH108, PTH112, PTH114

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, NamedTuple

from dateline import stamps
from dateline.problems import Problem
from dateline.stamps import Stamp

MANIFEST = ".dateline-manifest.json"
STAGING = ".dateline-staging"

# What file managers leave in every folder that is looked at: not ours, and no reason to refuse the folder.
_LEFT_ALONE = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
_ENOUGH = 1000
_OURS = frozenset({MANIFEST, STAGING})
# In it, where new files wait in the folders that they will stand in; beside that, what they replace, numbered.
WAITING = "new"
_STAGED = re.compile(rf"{re.escape(STAGING)}/(?:\d+|{WAITING}/.*)", re.DOTALL)
# What most of our own paths are.
_PLAIN_PATH = re.compile(r"(?:[a-z]+/)*[a-z0-9][a-z0-9-]*\.[a-z]+")
# How many bytes are read at a time from a file whose size is not known.
_CHUNK = 1 << 20
# O_BINARY is Windows's, O_NOFOLLOW is everyone else's.
_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)


class OutputFolder(NamedTuple):
    """The output folder before a build: the sizes and stamps of our files by path, its folders, the manifest's bytes.

    `out` is how the user knows it, `root` where it is.
    """

    out: Path
    root: str
    sizes: dict[str, int]
    stamps: dict[str, Stamp]
    folders: list[str]
    manifest: bytes | None

    def standing(self, path: str) -> bytes | None:
        """Return the bytes of a file by its path in the site; None where none can be read."""
        try:
            return read_file(f"{self.root}/{path}")
        except OSError:
            return None


class _Listing(NamedTuple):
    """Everything in a folder, by path relative to it; `others` are devices, pipes and the like."""

    sizes: dict[str, int]
    stamps: dict[str, Stamp]
    folders: list[str]
    links: list[str]
    others: list[str]


class DiskError(Exception):
    """The system refused one of our reads or writes; `path` is relative to the output folder, empty for the folder."""

    def __init__(self, path: str, reason: OSError) -> None:
        super().__init__(path)
        self.path = path
        self.reason = reason

    @classmethod
    def within(cls, root: str, reason: OSError) -> DiskError:
        """Return the error for a path that the system names; for the folder where the path is in our own staging."""
        for name in (reason.filename2, reason.filename):
            if isinstance(name, str) and name.startswith(f"{root}/") and not name.startswith(f"{root}/{STAGING}"):
                return cls(name[len(root) + 1 :], reason)
        return cls("", reason)

    def problem(self, out: Path, doing: str = "written") -> Problem:
        """Return what to tell the user, who knows the folder as `out`."""
        path = (out / self.path).as_posix() if self.path else str(out)
        advice = "see that there is room and that you may write there, or choose another folder with --out"
        reason = self.reason.strerror or str(self.reason)
        return Problem(_shown(path), 0, "", f"cannot be {doing}: {reason}", advice)


def survey(out: Path) -> tuple[OutputFolder, list[Problem]]:
    """Return what stands in the folder `out`, and every reason to leave it alone."""
    root = os.path.realpath(out)
    nothing = OutputFolder(out, root, {}, {}, [], None)
    try:
        if not os.path.lexists(root):
            return nothing, []
        if not os.path.isdir(root):
            advice = "choose another folder with --out, or move the file"
            return nothing, [Problem(_shown(str(out)), 0, "", "is a file, not a folder", advice)]
        listing = _list(root)
        manifest = read_file(f"{root}/{MANIFEST}") if MANIFEST in listing.sizes else None
    except OSError as error:
        return nothing, [DiskError.within(root, error).problem(out, "read")]
    written = None if manifest is None else _written(manifest)
    sizes = {path: size for path, size in listing.sizes.items() if path in (written or ())}
    foreign = [path for path in listing.sizes if path not in sizes and not _is_left_alone(path)] + listing.others
    problems = _held_problem(out, listing.links, "symbolic link", ", which Dateline never follows", "remove")
    for problem in _held_problem(out, foreign, "file", " that Dateline did not write", "move"):
        damaged = ("note", f"the list of what Dateline wrote, {MANIFEST}, is damaged")
        problems.append(problem if manifest is None or written is not None else problem._replace(notes=(damaged,)))
    return OutputFolder(out, root, sizes, listing.stamps, listing.folders, manifest), problems


def manifest_of(paths: Iterable[str]) -> bytes:
    """Return the list, in JSON, by which the next build knows which files are ours."""
    return (json.dumps({"files": sorted(paths)}, separators=(",\n", ": ")) + "\n").encode("ascii")


def is_unsafe(path: str) -> bool:
    """Tell whether a path could lead out of the folder on any system, or to what is ours."""
    if _PLAIN_PATH.fullmatch(path):
        return False
    parts = path.split("/")
    return (
        not all(parts)
        or "." in parts
        or ".." in parts
        or "\\" in path
        or "\0" in path
        or re.match("[A-Za-z]:", path) is not None
        or parts[0].casefold() in _OURS
    )


def read_file(path: str, size: int = _CHUNK) -> bytes:
    """Return the content of a file, never through a link where the system can say so; most have the `size` expected."""
    file = os.open(path, _READ)
    try:
        pieces = [os.read(file, size + 1)]
        # One more than is expected was asked for: if that did not come, this is the end.
        while pieces[-1] and len(pieces[0]) != size:
            pieces.append(os.read(file, _CHUNK))
    finally:
        os.close(file)
    return b"".join(pieces)


def opened(path: str) -> BinaryIO:
    """Return a file, open to be read, never through a link where the system can say so."""
    return open(os.open(path, _READ), "rb")  # noqa: PTH123 - a descriptor


def _list(root: str) -> _Listing:
    listing = _Listing({}, {}, [], [], [])
    pending = [""]
    strange = 0
    # Without a manifest, the folder is someone's home or disk: no need to go through all of it to refuse it.
    while pending and (MANIFEST in listing.sizes or strange <= _ENOUGH):
        prefix = pending.pop()
        with os.scandir(f"{root}/{prefix}") as entries:
            for entry in entries:
                path = prefix + entry.name
                if entry.is_symlink():
                    listing.links.append(path)
                elif entry.is_dir(follow_symlinks=False):
                    pending.append(f"{path}/")
                    if not f"{path}/".startswith(f"{STAGING}/"):
                        listing.folders.append(path)
                elif entry.is_file(follow_symlinks=False):
                    found = entry.stat(follow_symlinks=False)
                    listing.sizes[path], listing.stamps[path] = found.st_size, stamps.of(found)
                    strange += not _is_left_alone(path)
                else:
                    listing.others.append(path)
    return listing


def _is_left_alone(path: str) -> bool:
    """Tell whether a file that no manifest names is our own, or a file manager's."""
    return path == MANIFEST or path.rpartition("/")[2] in _LEFT_ALONE or _STAGED.fullmatch(path) is not None


def _written(manifest: bytes) -> frozenset[str] | None:
    """Return the paths that a manifest names, or None where it is not one that we wrote."""
    try:
        paths = json.loads(manifest)["files"]
        if not isinstance(paths, list) or any(not isinstance(path, str) or is_unsafe(path) for path in paths):
            return None
    except (ValueError, LookupError, TypeError, RecursionError):
        return None
    return frozenset(paths)


def _held_problem(out: Path, paths: list[str], noun: str, why: str, verb: str) -> list[Problem]:
    """Return the problem that the folder holds these paths; none where there are none."""
    if not paths:
        return []
    message = f"holds {_counted(paths, noun)}{why}: {_some(paths)}"
    advice = f"choose another folder with --out, or {verb} {'them' if len(paths) > 1 else 'it'}"
    return [Problem(_shown(str(out)), 0, "", message, advice)]


def _counted(paths: list[str], noun: str) -> str:
    if len(paths) > _ENOUGH:
        return f"over {_ENOUGH:,} {noun}s"
    return f"a {noun}" if len(paths) == 1 else f"{len(paths)} {noun}s"


def _some(paths: list[str]) -> str:
    """Return the first five paths in order, and how many more there are."""
    named = ", ".join(map(_shown, sorted(paths)[:5]))
    if len(paths) <= 5:
        return named
    return f"{named} and {'others' if len(paths) > _ENOUGH else f'{len(paths) - 5} more'}"


def _shown(path: str) -> str:
    """Return the path as it can be printed anywhere."""
    return path if path.isprintable() else ascii(path)[1:-1]


def remove_folder(folder: str, *, ignore_errors: bool = False) -> None:
    """Remove a folder with all that is in it, if it is there."""
    # `shutil` takes longer to import than most folders to remove; it is left what this meets with and does not expect.
    with suppress(OSError):
        for inside, _, files in () if os.path.islink(folder) else os.walk(folder, topdown=False):
            for name in files:
                os.unlink(f"{inside}/{name}")
            os.rmdir(inside)
    if not os.path.lexists(folder):
        return
    import shutil

    shutil.rmtree(folder, ignore_errors=ignore_errors)
