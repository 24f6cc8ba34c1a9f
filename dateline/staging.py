"""The files of a site before they take their places: what is in place already, and what waits."""
# Paths are strings throughout: at ten thousand files, Path objects would cost more than the disk.
# ruff: noqa: PTH102, PTH106, PTH110, PTH120, PTH123

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import cache
from io import BufferedWriter, BytesIO
from itertools import count
from struct import Struct
from typing import BinaryIO, NamedTuple

from dateline import stamps
from dateline.fingerprints import LENGTH, begun, digest, ended, of_bytes, of_open
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
from dateline.stamps import Stamp

# O_BINARY is Windows's.
_WRITE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)

# Up to how many bytes a file is read whole to be compared.
AT_ONCE = 1_000_000


class Piece(NamedTuple):
    """A part of a file that is made as it is asked for; `key` is the `fingerprints.digest` of what it is made of."""

    key: bytes
    make: Callable[[], bytes]

    @classmethod
    def of(cls, content: bytes) -> Piece:
        """Return a piece that is made already."""
        return cls(digest(content), lambda: content)


Content = bytes | Iterable[Piece]
"""A file's content, whole or in pieces."""

# How a piece is noted: its key, and its size.
_PIECE = Struct(f"<{LENGTH}sQ")


class Kept(NamedTuple):
    """A file whose content is in place already or, where it is not, staged; or why it could not be.

    `content` is the fingerprint of its content, `key` that of what the files of its `unit` are made of. One that
    `is_reused` was not made again. `stamp` is how the file that has that content is known without being read, `pieces`
    are the keys and sizes of those it was put together from.
    """

    path: str
    size: int
    is_staged: bool
    error: OSError | None = None
    content: str = ""
    unit: str = ""
    key: str = ""
    is_reused: bool = False
    stamp: Stamp | None = None
    pieces: bytes = b""


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

    def put(self, path: str, content: bytes) -> Stamp:
        """Write the content of a new file of the site where it waits, and return its stamp."""
        place = f"{self._waiting}/{path}"
        folder = place.rpartition("/")[0]
        if folder not in self._there:
            self._make_folder(folder)
        file = os.open(place, _WRITE, 0o644)
        try:
            written = os.write(file, content)
            while written < len(content):
                written += os.write(file, memoryview(content)[written:])
            return stamps.of(os.fstat(file))
        finally:
            os.close(file)

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


class _Standing:
    """A file that stands, with the pieces that it was put together from, as `Kept` notes them."""

    def __init__(self, file: BinaryIO, pieces: bytes) -> None:
        self._file = file
        self._parts: dict[bytes, tuple[int, int]] = {}
        start = 0
        for key, size in _PIECE.iter_unpack(pieces):
            self._parts[key] = start, size
            start += size

    def piece(self, key: bytes) -> bytes:
        """Return the content of a piece; nothing where the file does not have it."""
        if key not in self._parts:
            return b""
        start, size = self._parts[key]
        self._file.seek(start)
        return self._file.read(size)


class Place:
    """Where the files of a site go: the output folder as it was before the build, and what waits to stand in it.

    `moment` tells what time it is for the disk of that folder, in nanoseconds, or 0 where that is not known.
    """

    def __init__(self, before: OutputFolder, staging: Staging, moment: Callable[[], int]) -> None:
        self._before = before
        self._staging = staging
        self._moment = cache(moment)

    def keep(self, file: tuple[str, Content], unit: str = "", key: str = "", known: Kept | None = None) -> Kept:
        """Stage the content of a file that is not already in place; `unit` and `key` go into what is returned.

        Pieces of it that a file that is `known` to stand there has as well are taken from that.
        """
        path, content = file
        if is_unsafe(path):
            raise ValueError(f"unsafe path: {path!r}")
        if not isinstance(content, bytes):
            return self._keep_pieces(path, content, known)._replace(unit=unit, key=key)
        size, error, stamp = len(content), None, None
        try:
            in_place = self._size(path) == size
            if in_place:
                stamp = self._stamp(path)
                in_place = read_file(f"{self._before.root}/{path}", size) == content
            if not in_place:
                stamp = self._staging.put(path, content)
        except OSError as fault:
            in_place, error = True, fault
        return Kept(path, size, not in_place, error, of_bytes(content), unit, key, False, stamp)  # noqa: FBT003

    def _keep_pieces(self, path: str, pieces: Iterable[Piece], known: Kept | None) -> Kept:
        """Stage a file that comes in pieces, from the first one on that is not in place.

        None of them is held longer than it takes to compare and to write it.
        """
        size, stamp = 0, self._stamp(path)
        waiting: BufferedWriter | None = None
        whole, noted = begun(), bytearray()
        try:
            with ExitStack() as open_files:
                in_place = open_files.enter_context(self._opened(path))
                standing = _Standing(open_files.enter_context(self._opened(path)), known.pieces if known else b"")
                for key, make in pieces:
                    piece = standing.piece(key) or make()
                    if not waiting and in_place.read(len(piece)) != piece:
                        waiting = open_files.enter_context(self._staging.opened(path, in_place, size))
                    if waiting:
                        waiting.write(piece)
                    whole.update(piece)
                    noted += _PIECE.pack(key, len(piece))
                    size += len(piece)
                if not waiting and self._size(path) != size:
                    waiting = open_files.enter_context(self._staging.opened(path, in_place, size))
                if known and stamps.of(os.fstat(in_place.fileno())) != self._before.stamps[path]:
                    raise OSError(errno.EAGAIN, "was changed while it was read")
                if waiting:
                    waiting.flush()
                    stamp = stamps.of(os.fstat(waiting.fileno()))
        except OSError as error:
            return Kept(path, size, is_staged=False, error=error)
        return Kept(path, size, is_staged=waiting is not None, content=ended(whole), stamp=stamp, pieces=bytes(noted))

    def _opened(self, path: str) -> BinaryIO:
        """Return the file that is in place, open to be read; an empty one where there is none."""
        return opened(f"{self._before.root}/{path}") if self._size(path) is not None else BytesIO()

    def held(self, known: Kept) -> Kept | None:
        """Return a file of ours as it is in place, if its content has the size and the fingerprint that are known."""
        if self.is_sure_of(known):
            return known
        path, size = known.path, known.size
        if self._size(path) != size:
            return None
        stamp, file = self._stamp(path), f"{self._before.root}/{path}"
        try:
            if size <= AT_ONCE:
                content = of_bytes(read_file(file, size))
            else:
                with opened(file) as opened_file:
                    content = of_open(opened_file)
        except OSError:
            return None
        return known._replace(stamp=stamp) if content == known.content else None

    def is_sure_of(self, known: Kept) -> bool:
        """Tell whether a file of ours stands in place as it was, without reading it."""
        before, path = self._before, known.path
        return before.sizes.get(path) == known.size and known.stamp == before.stamps[path]

    def _stamp(self, path: str) -> Stamp | None:
        """Return the stamp of a file that is in place and about to be read, if that will show what changes it."""
        stamp = self._before.stamps.get(path)
        return stamp if stamp and stamps.shows_all(stamp, self._moment()) else None

    def _size(self, path: str) -> int | None:
        return self._before.sizes.get(path)
