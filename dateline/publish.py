"""Rendered files take their places in the output folder, all or none; nothing that is not ours is touched."""
# Paths are strings throughout: at ten thousand files, Path objects would cost more than the disk.
# ruff: noqa: PTH102, PTH104, PTH105, PTH106, PTH114

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import NamedTuple

from dateline.output_folder import MANIFEST, DiskError, OutputFolder, manifest_of, survey
from dateline.problems import Problem
from dateline.staging import Content, Kept, Place, Staging, parents

# From how many bytes on a file is named in what is reported of a build.
LARGE = 50_000_000


class Report(NamedTuple):
    """What a build did: numbers of files, and the size of all files of the site in bytes.

    `reused` of the files that are as they were were not made again, as what they are made of was as it was. `large` are
    the paths and sizes of files of at least `LARGE` bytes.
    """

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    total_bytes: int = 0
    reused: int = 0
    large: tuple[tuple[str, int], ...] = ()


class _Plan(NamedTuple):
    """What a build shall leave: sizes by path, and the paths of new and changed files, which are staged.

    `names` maps each path and each of its folders, in folded case, to its spelling and to whether it is a folder.
    """

    sizes: dict[str, int]
    staged: list[str]
    names: dict[str, tuple[str, bool]]
    reused: int = 0


def publish(files: Iterable[tuple[str, Content]], out: Path) -> tuple[Report, list[Problem]]:
    """Make the folder `out` hold these files, (relative path with slashes, content), and no older ones of ours.

    Nothing takes its place before the last file has come. Where `files` raises, or the system refuses a write, the
    folder is left as it was; the former's exception passes on, the latter is a problem. Files whose content is
    already in place are not touched. Raises ValueError for a path that is unsafe or clashes with another.
    """
    before, problems = survey(out)
    if problems:
        return Report(), problems
    return publish_made(lambda place: map(place.keep, files), before)


def publish_made(
    make: Callable[[Place], Iterable[Kept]], before: OutputFolder, moment: Callable[[], int] = int
) -> tuple[Report, list[Problem]]:
    """Do as `publish` does with the files that `make` makes, which yields what the place that it is given says of each.

    A file is kept as soon as it is made, in whichever process that is, so that no content goes further. `moment` is
    that of `Place`.
    """
    try:
        with Staging(before.root) as staging:
            plan = _staged(make(Place(before, staging, moment)))
            removed = _swap(plan, before, staging)
    except DiskError as error:
        return Report(), [error.problem(before.out)]
    new = len(plan.sizes.keys() - before.sizes.keys())
    unchanged = len(plan.sizes) - len(plan.staged)
    large = tuple(sorted((path, size) for path, size in plan.sizes.items() if size >= LARGE))
    total = sum(plan.sizes.values())
    return Report(new, len(plan.staged) - new, unchanged, removed, total, plan.reused, large), []


def _staged(files: Iterable[Kept]) -> _Plan:
    plan, reused = _Plan({}, [], {}), 0
    for kept in files:
        _claim(plan.names, kept.path)
        if kept.error:
            raise DiskError(kept.path, kept.error) from kept.error
        plan.sizes[kept.path] = kept.size
        reused += kept.is_reused
        if kept.is_staged:
            plan.staged.append(kept.path)
    return plan._replace(reused=reused)


def _claim(names: dict[str, tuple[str, bool]], path: str) -> None:
    """Enter a file and its folders into `names`; ValueError where it clashes with another on any kind of disk."""
    folder = path.rpartition("/")[0]
    # A folder that is entered as it is spelled has those around it entered too.
    if folder and names.get(folder.casefold()) != (folder, True):
        for outer in parents(path):
            held = names.setdefault(outer.casefold(), (outer, True))
            if held != (outer, True):
                raise ValueError(f"path {path!r} clashes with {held[0]!r}")
    folded = path.casefold()
    if folded in names:
        raise ValueError(f"path {path!r} clashes with {names[folded][0]!r}")
    names[folded] = (path, False)


def _in_the_way(path: str, names: dict[str, tuple[str, bool]], *, is_folder: bool) -> bool:
    """Tell whether something to be removed stands, on any kind of disk, where something of `names` shall stand."""
    steps = [(path, is_folder), *((folder, True) for folder in parents(path))]
    return any(names.get(step[0].casefold(), step) != step for step in steps)


def _swap(plan: _Plan, before: OutputFolder, staging: Staging) -> int:
    """Bring the folder from what it holds to what it shall hold, or back again; return how many files were removed."""
    removed = [path for path in before.sizes if path not in plan.sizes]
    manifest = manifest_of(plan.sizes)
    if not plan.staged and not removed and before.manifest == manifest:
        return 0
    try:
        with ExitStack() as undo:
            swap = _Swap(before, staging, undo)
            # Named before they are there, so that a build that is killed leaves no file that the next one takes for
            # someone else's.
            swap.write_manifest(manifest_of(plan.sizes.keys() | before.sizes.keys()) if removed else manifest)
            in_the_way = {path for path in removed if _in_the_way(path, plan.names, is_folder=False)}
            swap.remove(in_the_way)
            swap.remove_folders(folder for folder in before.folders if _in_the_way(folder, plan.names, is_folder=True))
            for path in plan.staged:
                if not swap.place_folder_of(path):
                    swap.place(staging.waiting(path), path, replaces=path in before.sizes)
            swap.remove(path for path in removed if path not in in_the_way)
            swap.remove_folders(folder for path in removed for folder in parents(path))
            swap.write_manifest(manifest)
            undo.pop_all()
    except OSError as error:
        raise DiskError.within(before.root, error) from error
    return len(removed)


class _Swap:
    """The steps of a swap, each of which tells `undo` how it is taken back."""

    def __init__(self, before: OutputFolder, staging: Staging, undo: ExitStack) -> None:
        self._root = before.root
        self._manifest = before.manifest
        self._staging = staging
        self._undo = undo
        self._folders = {""}
        self._placed: set[str] = set()

    def write_manifest(self, manifest: bytes) -> None:
        if manifest != self._manifest:
            self._staging.put(MANIFEST, manifest)
            self.place(self._staging.waiting(MANIFEST), MANIFEST, replaces=self._manifest is not None)
            self._manifest = manifest

    def place_folder_of(self, path: str) -> bool:
        """Place a file with the whole folder that it waits in, if that is not there yet; say whether it is placed.

        Of folders within folders, the outermost that is new is placed, all its files at once.
        """
        if path.rpartition("/")[0] in self._folders:
            return False
        for folder in reversed(list(parents(path))):
            if folder in self._placed:
                return True
            if folder in self._folders:
                continue
            target = f"{self._root}/{folder}"
            if os.path.lexists(target):
                self._make(folder)
                continue
            waiting = self._staging.waiting(folder)
            os.replace(waiting, target)
            self._undo.callback(os.replace, target, waiting)
            self._placed.add(folder)
            return True
        return False

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
