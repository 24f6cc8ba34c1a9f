"""Rendered files take their places in the output folder, all or none; nothing that is not ours is touched."""
# Paths are strings throughout: at ten thousand files, Path objects would cost more than the disk.
# ruff: noqa: PTH102, PTH104, PTH105, PTH106, PTH110, PTH114, PTH120, PTH123

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from io import BufferedWriter, BytesIO
from itertools import count
from pathlib import Path
from typing import BinaryIO, NamedTuple

from dateline.fingerprints import begun, ended, of_bytes, of_open
from dateline.output_folder import (
    MANIFEST,
    STAGING,
    WAITING,
    DiskError,
    OutputFolder,
    is_unsafe,
    manifest_of,
    opened,
    read_file,
    remove_folder,
    survey,
)
from dateline.problems import Problem

__all__ = ["MANIFEST", "STAGING", "Content", "Kept", "Place", "Report", "publish", "publish_made"]

# O_BINARY is Windows's.
_WRITE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)

# Up to how many bytes a file is read whole to be compared.
AT_ONCE = 1_000_000

Content = bytes | Iterable[bytes]
"""A file's content, whole or in pieces that are made as they are asked for."""


class Report(NamedTuple):
    """What a build did: numbers of files, and the size of all files of the site in bytes.

    `reused` of the files that are as they were were not made again, as what they are made of was as it was.
    """

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    total_bytes: int = 0
    reused: int = 0


class Kept(NamedTuple):
    """A file whose content is in place already or, where it is not, staged; or why it could not be.

    `content` is the fingerprint of its content, `key` that of what the files of its `unit` are made of. One that
    `is_reused` was not made again.
    """

    path: str
    size: int
    is_staged: bool
    error: OSError | None = None
    content: str = ""
    unit: str = ""
    key: str = ""
    is_reused: bool = False


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


def publish_made(make: Callable[[Place], Iterable[Kept]], before: OutputFolder) -> tuple[Report, list[Problem]]:
    """Do as `publish` does with the files that `make` makes, which yields what the place that it is given says of each.

    A file is kept as soon as it is made, in whichever process that is, so that no content goes further.
    """
    try:
        with _Staging(before.root) as staging:
            plan = _staged(make(Place(before, staging)))
            removed = _swap(plan, before, staging)
    except DiskError as error:
        return Report(), [error.problem(before.out)]
    new = len(plan.sizes.keys() - before.sizes.keys())
    unchanged = len(plan.sizes) - len(plan.staged)
    return Report(new, len(plan.staged) - new, unchanged, removed, sum(plan.sizes.values()), plan.reused), []


class _Staging:
    """The folder in which content waits, and in which what it replaces is kept until the swap is done.

    Made when it is first needed, and the output folder with it, by whichever process needs it; on the way out it is
    removed, and so is, after an exception, each folder that was made for it.
    """

    def __init__(self, root: str) -> None:
        self._root = root
        self._path = f"{root}/{STAGING}"
        self._waiting = f"{self._path}/{WAITING}"
        self._numbers = count()
        self._missing = [folder for folder in (root, *_parents(root)) if not os.path.exists(folder)]
        self._there: set[str] = set()

    def __enter__(self) -> _Staging:
        try:
            remove_folder(self._path)
        except OSError as error:
            raise DiskError(STAGING, error) from error
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        remove_folder(self._path, ignore_errors=True)
        if kind:
            for folder in self._missing:
                with suppress(OSError):
                    os.rmdir(folder)

    def waiting(self, path: str) -> str:
        """Return where a new file or folder of the site waits."""
        return f"{self._waiting}/{path}"

    def spare(self) -> str:
        """Return a path in the folder at which nothing stands."""
        self._make_folder(self._path)
        return f"{self._path}/{next(self._numbers)}"

    def put(self, path: str, content: bytes) -> str:
        """Write the content of a new file of the site where it waits, and return that place."""
        place = f"{self._waiting}/{path}"
        folder = place.rpartition("/")[0]
        if folder not in self._there:
            self._make_folder(folder)
        file = os.open(place, _WRITE, 0o644)
        try:
            written = os.write(file, content)
            while written < len(content):
                written += os.write(file, memoryview(content)[written:])
        finally:
            os.close(file)
        return place

    @contextmanager
    def opened(self, path: str, model: BinaryIO, size: int) -> Iterator[BufferedWriter]:
        """Open a new file of the site where it waits, to be written behind the first bytes of another."""
        place = self.waiting(path)
        self._make_folder(place.rpartition("/")[0])
        with open(os.open(place, _WRITE, 0o644), "wb") as file:
            model.seek(0)
            for start in range(0, size, AT_ONCE):
                file.write(model.read(min(AT_ONCE, size - start)))
            yield file

    def _make_folder(self, folder: str) -> None:
        if folder in self._there:
            return
        if not os.path.exists(folder):
            self._make_folder(os.path.dirname(folder))
            # The other process may be faster.
            with suppress(FileExistsError):
                os.mkdir(folder, 0o755)
        self._there.add(folder)


class Place:
    """Where the files of a site go: the output folder as it was before the build, and what waits to stand in it."""

    def __init__(self, before: OutputFolder, staging: _Staging) -> None:
        self._before = before
        self._staging = staging

    def keep(self, file: tuple[str, Content], unit: str = "", key: str = "") -> Kept:
        """Stage the content of a file that is not already in place; `unit` and `key` go into what is returned."""
        path, content = file
        if is_unsafe(path):
            raise ValueError(f"unsafe path: {path!r}")
        if not isinstance(content, bytes):
            return self._keep_pieces(path, content)._replace(unit=unit, key=key)
        size, error = len(content), None
        try:
            in_place = self._size(path) == size and read_file(f"{self._before.root}/{path}", size) == content
            if not in_place:
                self._staging.put(path, content)
        except OSError as fault:
            in_place, error = True, fault
        return Kept(path, size, not in_place, error, of_bytes(content), unit, key)

    def _keep_pieces(self, path: str, pieces: Iterable[bytes]) -> Kept:
        """Stage a file that comes in pieces, from the first one on that is not in place.

        None of them is held longer than it takes to compare and to write it.
        """
        size = 0
        waiting: BufferedWriter | None = None
        digest = begun()
        try:
            with ExitStack() as open_files:
                in_place = open_files.enter_context(self._opened(path))
                for piece in pieces:
                    if not waiting and in_place.read(len(piece)) != piece:
                        waiting = open_files.enter_context(self._staging.opened(path, in_place, size))
                    if waiting:
                        waiting.write(piece)
                    digest.update(piece)
                    size += len(piece)
                if not waiting and self._size(path) != size:
                    waiting = open_files.enter_context(self._staging.opened(path, in_place, size))
        except OSError as error:
            return Kept(path, size, is_staged=False, error=error)
        return Kept(path, size, is_staged=waiting is not None, content=ended(digest))

    def _opened(self, path: str) -> BinaryIO:
        """Return the file that is in place, open to be read; an empty one where there is none."""
        return opened(f"{self._before.root}/{path}") if self._size(path) is not None else BytesIO()

    def holds(self, path: str, size: int, content: str) -> bool:
        """Tell whether a file of ours is in place whose content has this size and this fingerprint."""
        if self._size(path) != size:
            return False
        try:
            if size <= AT_ONCE:
                return of_bytes(read_file(f"{self._before.root}/{path}", size)) == content
            with opened(f"{self._before.root}/{path}") as file:
                return of_open(file) == content
        except OSError:
            return False

    def _size(self, path: str) -> int | None:
        return self._before.sizes.get(path)


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
        for outer in _parents(path):
            held = names.setdefault(outer.casefold(), (outer, True))
            if held != (outer, True):
                raise ValueError(f"path {path!r} clashes with {held[0]!r}")
    folded = path.casefold()
    if folded in names:
        raise ValueError(f"path {path!r} clashes with {names[folded][0]!r}")
    names[folded] = (path, False)


def _parents(path: str) -> Iterator[str]:
    """Yield the folders that a path needs, the innermost first."""
    while path := path.rpartition("/")[0]:
        yield path


def _in_the_way(path: str, names: dict[str, tuple[str, bool]], *, is_folder: bool) -> bool:
    """Tell whether something to be removed stands, on any kind of disk, where something of `names` shall stand."""
    steps = [(path, is_folder), *((folder, True) for folder in _parents(path))]
    return any(names.get(step[0].casefold(), step) != step for step in steps)


def _swap(plan: _Plan, before: OutputFolder, staging: _Staging) -> int:
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
            swap.remove_folders(folder for path in removed for folder in _parents(path))
            swap.write_manifest(manifest)
            undo.pop_all()
    except OSError as error:
        raise DiskError.within(before.root, error) from error
    return len(removed)


class _Swap:
    """The steps of a swap, each of which tells `undo` how it is taken back."""

    def __init__(self, before: OutputFolder, staging: _Staging, undo: ExitStack) -> None:
        self._root = before.root
        self._manifest = before.manifest
        self._staging = staging
        self._undo = undo
        self._folders = {""}
        self._placed: set[str] = set()

    def write_manifest(self, manifest: bytes) -> None:
        if manifest != self._manifest:
            self.place(self._staging.put(MANIFEST, manifest), MANIFEST, replaces=self._manifest is not None)
            self._manifest = manifest

    def place_folder_of(self, path: str) -> bool:
        """Place a file with the whole folder that it waits in, if that is not there yet; say whether it is placed.

        Of folders within folders, the outermost that is new is placed, all its files at once.
        """
        if path.rpartition("/")[0] in self._folders:
            return False
        for folder in reversed(list(_parents(path))):
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
