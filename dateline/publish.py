"""Rendered files take their places in the output folder, all or none; nothing that is not ours is touched."""
# Paths are strings throughout: at ten thousand files, Path objects would cost more than the disk.
# ruff: noqa: PTH102, PTH104, PTH105, PTH106, PTH110, PTH112, PTH114, PTH120, PTH123

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, suppress
from itertools import count
from pathlib import Path
from typing import NamedTuple

from dateline.problems import Problem

MANIFEST = ".dateline-manifest.json"
STAGING = ".dateline-staging"

# What file managers leave in every folder that is looked at: not ours, and no reason to refuse the folder.
_LEFT_ALONE = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
_ENOUGH = 1000
_OURS = frozenset({MANIFEST, STAGING})
_STAGED = re.compile(rf"{re.escape(STAGING)}/\d+")
# O_BINARY is Windows's, O_NOFOLLOW is everyone else's.
_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
_WRITE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


class Report(NamedTuple):
    """What a build did: numbers of files, and the size of all files of the site in bytes."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    total_bytes: int = 0


class _Site(NamedTuple):
    """The output folder before a build: the sizes of our files by path, its folders, and the manifest's bytes."""

    root: str
    sizes: dict[str, int]
    folders: list[str]
    manifest: bytes | None


class _Listing(NamedTuple):
    """Everything in a folder, by path relative to it; `others` are devices, pipes and the like."""

    sizes: dict[str, int]
    folders: list[str]
    links: list[str]
    others: list[str]


class _Plan(NamedTuple):
    """What a build shall leave: sizes by path, and where the content of new and changed files is staged.

    `names` maps each path and each of its folders, in folded case, to its spelling and to whether it is a folder.
    """

    sizes: dict[str, int]
    staged: dict[str, str]
    names: dict[str, tuple[str, bool]]


class _DiskError(Exception):
    """The system refused one of our reads or writes."""

    def __init__(self, path: str, reason: OSError) -> None:
        super().__init__(path)
        self.path = path
        self.reason = reason


def refusal(out: Path) -> list[Problem]:
    """Return why a site may not be published in the folder `out`; nothing where it may, or where it is not there."""
    return _survey(out)[1]


def publish(files: Iterable[tuple[str, bytes]], out: Path) -> tuple[Report, list[Problem]]:
    """Make the folder `out` hold these files, (relative path with slashes, content), and no older ones of ours.

    Nothing takes its place before the last file has come. Where `files` raises, or the system refuses a write, the
    folder is left as it was; the former's exception passes on, the latter is a problem. Files whose content is
    already in place are not touched. Raises ValueError for a path that is unsafe or clashes with another.
    """
    site, problems = _survey(out)
    if problems:
        return Report(), problems
    try:
        with _Staging(site.root) as staging:
            plan = _stage(files, site, staging)
            removed = _swap(plan, site, staging)
    except _DiskError as error:
        return Report(), [_disk_problem(out, error)]
    new = len(plan.sizes.keys() - site.sizes.keys())
    unchanged = len(plan.sizes) - len(plan.staged)
    return Report(new, len(plan.staged) - new, unchanged, removed, sum(plan.sizes.values())), []


def _survey(out: Path) -> tuple[_Site, list[Problem]]:
    """Return what stands in the folder `out`, and every reason to leave it alone."""
    root = os.path.realpath(out)
    nothing = _Site(root, {}, [], None)
    try:
        if not os.path.lexists(root):
            return nothing, []
        if not os.path.isdir(root):
            advice = "choose another folder with --out, or move the file"
            return nothing, [Problem(_shown(str(out)), 0, "", "is a file, not a folder", advice)]
        listing = _list(root)
        manifest = _read(f"{root}/{MANIFEST}") if MANIFEST in listing.sizes else None
    except OSError as error:
        return nothing, [_disk_problem(out, _DiskError(_inside(root, error), error), "read")]
    written = None if manifest is None else _written(manifest)
    sizes = {path: size for path, size in listing.sizes.items() if path in (written or ())}
    foreign = [path for path in listing.sizes if path not in sizes and not _is_left_alone(path)] + listing.others
    problems = _held_problem(out, listing.links, "symbolic link", ", which Dateline never follows", "remove")
    for problem in _held_problem(out, foreign, "file", " that Dateline did not write", "move"):
        damaged = ("note", f"the list of what Dateline wrote, {MANIFEST}, is damaged")
        problems.append(problem if manifest is None or written is not None else problem._replace(notes=(damaged,)))
    return _Site(root, sizes, listing.folders, manifest), problems


def _list(root: str) -> _Listing:
    listing = _Listing({}, [], [], [])
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
                    if path != STAGING:
                        listing.folders.append(path)
                elif entry.is_file(follow_symlinks=False):
                    listing.sizes[path] = entry.stat(follow_symlinks=False).st_size
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
        if not isinstance(paths, list) or any(not isinstance(path, str) or _is_unsafe(path) for path in paths):
            return None
    except (ValueError, LookupError, TypeError, RecursionError):
        return None
    return frozenset(paths)


def _manifest(paths: Iterable[str]) -> bytes:
    return (json.dumps({"files": sorted(paths)}, separators=(",\n", ": ")) + "\n").encode("ascii")


def _is_unsafe(path: str) -> bool:
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


def _disk_problem(out: Path, error: _DiskError, doing: str = "written") -> Problem:
    path = (out / error.path).as_posix() if error.path else str(out)
    advice = "see that there is room and that you may write there, or choose another folder with --out"
    reason = error.reason.strerror or str(error.reason)
    return Problem(_shown(path), 0, "", f"cannot be {doing}: {reason}", advice)


def _inside(root: str, error: OSError) -> str:
    """Return the path, relative to the folder, that an error is about, or nothing where it is about our own doing."""
    for name in (error.filename2, error.filename):
        if isinstance(name, str) and name.startswith(f"{root}/") and not name.startswith(f"{root}/{STAGING}"):
            return name[len(root) + 1 :]
    return ""


def _read(path: str) -> bytes:
    with open(os.open(path, _READ), "rb", buffering=0) as file:
        return file.read()


class _Staging:
    """The folder in which content waits, and in which what it replaces is kept until the swap is done.

    Made when it is first needed, and the output folder with it; on the way out it is removed, and so is, after an
    exception, each folder that was made for it.
    """

    def __init__(self, root: str) -> None:
        self._root = root
        self._path = f"{root}/{STAGING}"
        self._numbers = count()
        self._made: list[str] = []
        self._open = False

    def __enter__(self) -> _Staging:
        if os.path.lexists(self._path):
            try:
                shutil.rmtree(self._path)
            except OSError as error:
                raise _DiskError(STAGING, error) from error
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if self._open:
            shutil.rmtree(self._path, ignore_errors=True)
        if kind:
            for folder in reversed(self._made):
                with suppress(OSError):
                    os.rmdir(folder)

    def spare(self) -> str:
        """Return a path in the folder at which nothing stands."""
        if not self._open:
            self._make_folder(self._root)
            os.mkdir(self._path)
            self._open = True
        return f"{self._path}/{next(self._numbers)}"

    def put(self, content: bytes) -> str:
        """Write the content into a new file of the folder and return its path."""
        path = self.spare()
        file = os.open(path, _WRITE, 0o644)
        try:
            written = os.write(file, content)
            while written < len(content):
                written += os.write(file, memoryview(content)[written:])
        finally:
            os.close(file)
        return path

    def _make_folder(self, folder: str) -> None:
        if not os.path.exists(folder):
            self._make_folder(os.path.dirname(folder))
            os.mkdir(folder, 0o755)
            self._made.append(folder)


def _stage(files: Iterable[tuple[str, bytes]], site: _Site, staging: _Staging) -> _Plan:
    """Stage the content of each file that is not already in place."""
    plan = _Plan({}, {}, {})
    for path, content in files:
        _claim(plan.names, path)
        plan.sizes[path] = len(content)
        try:
            if site.sizes.get(path) != len(content) or _read(f"{site.root}/{path}") != content:
                plan.staged[path] = staging.put(content)
        except OSError as error:
            raise _DiskError(path, error) from error
    return plan


def _claim(names: dict[str, tuple[str, bool]], path: str) -> None:
    """Enter a file and its folders into `names`; ValueError where it is unsafe, or clashes on any kind of disk."""
    if _is_unsafe(path):
        raise ValueError(f"unsafe path: {path!r}")
    for folder in _parents(path):
        held = names.setdefault(folder.casefold(), (folder, True))
        if held != (folder, True):
            raise ValueError(f"path {path!r} clashes with {held[0]!r}")
    if path.casefold() in names:
        raise ValueError(f"path {path!r} clashes with {names[path.casefold()][0]!r}")
    names[path.casefold()] = (path, False)


def _parents(path: str) -> Iterator[str]:
    """Yield the folders that a path needs, the innermost first."""
    while path := path.rpartition("/")[0]:
        yield path


def _in_the_way(path: str, names: dict[str, tuple[str, bool]], *, is_folder: bool) -> bool:
    """Tell whether something to be removed stands, on any kind of disk, where something of `names` shall stand."""
    steps = [(path, is_folder), *((folder, True) for folder in _parents(path))]
    return any(names.get(step[0].casefold(), step) != step for step in steps)


def _swap(plan: _Plan, site: _Site, staging: _Staging) -> int:
    """Bring the folder from what it holds to what it shall hold, or back again; return how many files were removed."""
    removed = [path for path in site.sizes if path not in plan.sizes]
    if not plan.staged and not removed and site.manifest == _manifest(plan.sizes):
        return 0
    try:
        with ExitStack() as undo:
            swap = _Swap(site, staging, undo)
            # Named before they are there, so that a build that is killed leaves no file that the next one takes for
            # someone else's.
            swap.write_manifest(_manifest(plan.sizes.keys() | site.sizes.keys()))
            in_the_way = {path for path in removed if _in_the_way(path, plan.names, is_folder=False)}
            swap.remove(in_the_way)
            swap.remove_folders(folder for folder in site.folders if _in_the_way(folder, plan.names, is_folder=True))
            for path, staged in plan.staged.items():
                swap.place(staged, path, replaces=path in site.sizes)
            swap.remove(path for path in removed if path not in in_the_way)
            swap.remove_folders(folder for path in removed for folder in _parents(path))
            swap.write_manifest(_manifest(plan.sizes))
            undo.pop_all()
    except OSError as error:
        raise _DiskError(_inside(site.root, error), error) from error
    return len(removed)


class _Swap:
    """The steps of a swap, each of which tells `undo` how it is taken back."""

    def __init__(self, site: _Site, staging: _Staging, undo: ExitStack) -> None:
        self._root = site.root
        self._manifest = site.manifest
        self._staging = staging
        self._undo = undo
        self._folders = {""}

    def write_manifest(self, manifest: bytes) -> None:
        if manifest != self._manifest:
            self.place(self._staging.put(manifest), MANIFEST, replaces=self._manifest is not None)
            self._manifest = manifest

    def place(self, staged: str, path: str, *, replaces: bool) -> None:
        self._make(path.rpartition("/")[0])
        target = f"{self._root}/{path}"
        if replaces:
            kept = self._staging.spare()
            try:
                # A second name, so that readers of the site never find the file missing.
                os.link(target, kept)
            except OSError:
                os.rename(target, kept)
            self._undo.callback(os.replace, kept, target)
            os.replace(staged, target)
        else:
            os.replace(staged, target)
            self._undo.callback(os.unlink, target)

    def remove(self, paths: Iterable[str]) -> None:
        for path in paths:
            target, kept = f"{self._root}/{path}", self._staging.spare()
            os.rename(target, kept)
            self._undo.callback(os.rename, kept, target)

    def remove_folders(self, folders: Iterable[str]) -> None:
        """Remove those of the folders that are empty once those inside them are removed."""
        for folder in sorted(set(folders), key=len, reverse=True):
            with suppress(OSError):
                os.rmdir(f"{self._root}/{folder}")
                self._undo.callback(os.mkdir, f"{self._root}/{folder}", 0o755)

    def _make(self, folder: str) -> None:
        if folder in self._folders:
            return
        self._make(folder.rpartition("/")[0])
        target = f"{self._root}/{folder}"
        try:
            os.mkdir(target, 0o755)
            self._undo.callback(os.rmdir, target)
        except FileExistsError:
            # A link that was put there since the folder was looked through must not be followed.
            if os.path.islink(target):
                raise
        self._folders.add(folder)
