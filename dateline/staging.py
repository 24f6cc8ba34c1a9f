"""The files of a site before they take their places: what is in place already, and what waits."""
# Paths are strings throughout: at ten thousand files, Path objects would cost more than the disk.
# ruff: noqa: PTH102, PTH106, PTH110, PTH120, PTH123

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from io import BufferedWriter, BytesIO
from itertools import count
from typing import BinaryIO, NamedTuple

from dateline.fingerprints import begun, ended, of_bytes, of_open
from dateline.output_folder import (
    STAGING,
    WAITING,
    DiskError,
    OutputFolder,
    is_unsafe,
    opened,
    read_file,
    remove_folder,
)

# O_BINARY is Windows's.
_WRITE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)

# Up to how many bytes a file is read whole to be compared.
AT_ONCE = 1_000_000

Content = bytes | Iterable[bytes]
"""A file's content, whole or in pieces that are made as they are asked for."""


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


def parents(path: str) -> Iterator[str]:
    """Yield the folders that a path needs, the innermost first."""
    while path := path.rpartition("/")[0]:
        yield path


class Staging:
    """The folder in which content waits, and in which what it replaces is kept until the swap is done.

    Made when it is first needed, and the output folder with it, by whichever process needs it; on the way out it is
    removed, and so is, after an exception, each folder that was made for it.
    """

    def __init__(self, root: str) -> None:
        self._root = root
        self._path = f"{root}/{STAGING}"
        self._waiting = f"{self._path}/{WAITING}"
        self._numbers = count()
        self._missing = [folder for folder in (root, *parents(root)) if not os.path.exists(folder)]
        self._there: set[str] = set()

    def __enter__(self) -> Staging:
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

    def __init__(self, before: OutputFolder, staging: Staging) -> None:
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
