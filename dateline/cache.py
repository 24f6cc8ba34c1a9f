"""What the last build made, and of what: whatever is made of the same, and still stands there, is not made again.

It is a file in the project's folder that is safe to delete. Nothing of it reaches the site: it only tells that what
stands in the output folder is what would be made. A project may come from somebody else, and with it a cache that says
so of pages that nobody made: only one that this user's own builds have written is believed.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cached_property, partial
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from dateline import fingerprints, parallel, stamps
from dateline.output_folder import OutputFolder
from dateline.private_folder import secret
from dateline.staging import Content, Kept, Place

FOLDER = ".dateline-cache"
_FILE = "pages.json"
_FORM = 2
_NO_STAMP = (0, 0, 0)
_IGNORE = "# Made by Dateline, which does without it as well: delete it as you like.\n*\n"

File = tuple[str, Content]


class Unit(NamedTuple):
    """Files that are made together, and how: `name` tells them from others, `key` is the fingerprint of what they are.

    Without a key, they are made each time.
    """

    name: str
    key: str
    make: Callable[[], Iterable[File]]


class Cache:
    """What is known of the last build of the project in `folder`; nothing where no file of it `stands`."""

    def __init__(self, folder: Path, *, stands: bool) -> None:
        self._folder = folder / FOLDER
        self._whole, self._known = _read(self._folder) if stands else ("", [])
        self._units: dict[tuple[str, str], list[Kept]] = {}
        for file in self._known:
            self._units.setdefault((file.unit, file.key), []).append(file)
        self._in_pieces = {file.path: file for file in self._known if file.pieces}
        self._new: list[Kept] = []

    def __bool__(self) -> bool:
        """Tell whether anything is known."""
        return bool(self._units)

    def settle(self, place: Place, unit: Unit) -> Iterable[Kept]:
        """Return the files of a unit as they stand in `place` if that is how they would be made, else make them."""
        name, key, make = unit
        known = self._units.get((name, key)) if key else None
        held = _held(place, known) if known else None
        return held or [place.keep(file, name, key, self._standing(place, file[0])) for file in make()]

    def _standing(self, place: Place, path: str) -> Kept | None:
        """Return a file that was put together from pieces, if it stands as it was made then."""
        known = self._in_pieces.get(path)
        return place.held(known) if known else None

    def whole(self, place: Place, whole: str) -> list[Kept]:
        """Return all files of the site if all that it is made from is as it was and they all stand; else nothing."""
        if whole != self._whole:
            return []
        sure: list[Kept] = []
        unsure: list[list[Kept]] = []
        for unit in self._units.values():
            if all(map(place.is_sure_of, unit)):
                sure += unit
            else:
                unsure.append(unit)
        halves = [partial(map, partial(_held, place), unsure[half::2]) for half in (0, 1)]
        held = list(parallel.shared(halves, len(unsure)))
        return list(chain(sure, *held)) if all(held) else []

    def standing(self, before: OutputFolder, path: str) -> bytes | None:
        """Return the bytes of a file that stands as the last build made it; None where another one stands, or none."""
        content = before.standing(path) if path in self._contents else None
        return content if content is not None and fingerprints.of_bytes(content) == self._contents[path] else None

    @cached_property
    def _contents(self) -> Mapping[str, str]:
        return {file.path: file.content for file in self._known}

    def moment(self, root: str) -> int:
        """Return what time it is on the disk of the folder `root`, in nanoseconds; 0 where the cache has another one.

        Clocks of disks may differ from that of the program, so a file is written, and looked at.
        """
        try:
            with _written(self._folder, b"") as waiting:
                found = waiting.stat()
                return found.st_mtime_ns if found.st_dev == os.stat(root).st_dev else 0  # noqa: PTH116 - a text
        except OSError:
            return 0

    def noted(self, files: Iterable[Kept]) -> Iterator[Kept]:
        """Yield what was made or found as it comes, and note it for the next build."""
        self._new = []
        for kept in files:
            self._new.append(kept)
            yield kept

    def has_learnt(self, whole: str) -> bool:
        """Tell whether what was noted is more than is written: `whole` is the fingerprint of what it was made from."""
        if whole != self._whole:
            return True
        known = {file.stamp for file in self._known}
        return any(file.stamp and file.stamp not in known for file in self._new)

    def write(self, whole: str, static: Mapping[str, str]) -> None:
        """Write what was noted, once it is published; `static` are the contents by path from which `whole` was made.

        Where the folder cannot be written, the next build makes all files again.
        """
        if static and any(static.get(file.path, file.content) != file.content for file in self._new):
            return
        # Until the last of them was written, nobody else could have changed a file that waited.
        latest = max((file.stamp[2] for file in self._new if file.is_staged and file.stamp), default=0)
        with suppress(OSError):
            _write(self._folder, whole, [_settled(file, latest) for file in self._new])


def _held(place: Place, known: Iterable[Kept]) -> list[Kept]:
    """Return the files of a unit if all of them stand as they were made, else none."""
    held = []
    for file in known:
        found = place.held(file)
        if not found:
            return []
        held.append(found)
    return held


def _settled(file: Kept, latest: int) -> Kept:
    """Return a file without its stamp, if that may not show a change that came right after it was written."""
    if file.is_staged and file.stamp and not stamps.shows_all(file.stamp, latest):
        return file._replace(stamp=None)
    return file


def _read(folder: Path) -> tuple[str, list[Kept]]:
    """Return the fingerprint of all that the last build was made from, and its files; nothing where that is not known.

    The first line of the file is the seal of the rest.
    """
    try:
        if folder.is_symlink():
            return "", []
        head, _, body = (folder / _FILE).read_bytes().partition(b"\n")
        seal = _seal(body)
        if not seal or head != seal:
            return "", []
        form, whole, *columns = json.loads(body)
        return (whole, list(map(_known, zip(*columns, strict=True)))) if form == _FORM else ("", [])
    except (OSError, ValueError, TypeError, RecursionError):
        return "", []


def _seal(body: bytes) -> bytes:
    """Return what nobody but this user can put to a text; nothing where that is not known."""
    key = secret()
    return hashlib.blake2b(body, digest_size=32, key=key).hexdigest().encode("ascii") if key else b""


def _known(row: tuple[Any, ...]) -> Kept:
    path, size, content, unit, key, pieces, *stamp = row
    known = tuple(stamp) if any(stamp) else None
    return Kept._make((path, size, False, None, content, unit or path, key, True, known, bytes.fromhex(pieces)))


def _rows(files: Iterable[Kept]) -> Iterator[tuple[str | int, ...]]:
    """Yield the rows of the table that is written."""
    for path, size, _, _, content, unit, key, _, stamp, pieces in files:
        yield path, size, content, unit if unit != path else "", key, pieces.hex(), *(stamp or _NO_STAMP)


def _write(folder: Path, whole: str, files: Iterable[Kept]) -> None:
    # Columns are read in half the time that rows take.
    body = json.dumps([_FORM, whole, *zip(*_rows(files), strict=True)], separators=(",", ":")).encode("ascii")
    seal = _seal(body)
    if not seal:
        return
    with _written(folder, seal + b"\n" + body) as waiting:
        os.replace(waiting, folder / _FILE)  # noqa: PTH105 - as `publish` does


@contextmanager
def _written(folder: Path, content: bytes) -> Iterator[Path]:
    """Write a file beside that of the cache, and remove it unless it is moved."""
    if folder.is_symlink():
        raise OSError(errno.ELOOP, "a link, which is not followed", str(folder))
    folder.mkdir(exist_ok=True)
    ignoring = folder / ".gitignore"
    if not ignoring.exists():
        ignoring.write_text(_IGNORE, "utf-8")
    waiting = folder / f"{_FILE}.{os.getpid()}"
    try:
        waiting.write_bytes(content)
        yield waiting
    finally:
        waiting.unlink(missing_ok=True)
