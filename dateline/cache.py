"""What the last build made, and of what: whatever is made of the same, and still stands there, is not made again.

It is a file in the project's folder that is safe to delete. Nothing of it reaches the site: it only tells that what
stands in the output folder is what would be made.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from dateline import fingerprints, parallel
from dateline.staging import Content, Kept, Place

FOLDER = ".dateline-cache"
_FILE = "pages.json"
_FORM = 1
_IGNORE = "# Made by Dateline, which does without it as well: delete it as you like.\n*\n"

File = tuple[str, Content]


class Unit(NamedTuple):
    """Files that are made together, and how: `name` tells them from others, `key` is the fingerprint of what they are.

    Without a key, they are made each time.
    """

    name: str
    key: str
    make: Callable[[], Iterable[File]]


class _Made(NamedTuple):
    """A file that was made: its place in the site, its size and fingerprint, and the unit that it belongs to."""

    path: str
    size: int
    content: str
    unit: str
    key: str


class Cache:
    """What is known of the last build of the project in `folder`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / FOLDER
        self._whole, made = _read(self._folder)
        self._units: dict[tuple[str, str], list[_Made]] = {}
        for file in made:
            self._units.setdefault((file.unit, file.key), []).append(file)
        self._new: list[Kept] = []

    def __bool__(self) -> bool:
        """Tell whether anything is known."""
        return bool(self._units)

    def settle(self, place: Place, unit: Unit) -> Iterable[Kept]:
        """Return the files of a unit as they stand in `place` if that is how they would be made, else make them."""
        name, key, make = unit
        known = self._units.get((name, key)) if key else None
        held = list(_held(place, known)) if known else None
        return held or [place.keep(file, name, key) for file in make()]

    def whole(self, place: Place, whole: str, size: int) -> list[Kept]:
        """Return all files of the site if all that it is made from is as it was and they all stand; else nothing."""
        if not self.is_of(whole):
            return []
        units = list(self._units.values())
        halves = [partial(_all_held, place, units[half::2]) for half in (0, 1)]
        held = list(parallel.shared(halves, size))
        return list(chain.from_iterable(held)) if all(held) else []

    def is_of(self, whole: str) -> bool:
        """Tell whether the last build was made from all this: then there is nothing new to be written."""
        return whole == self._whole

    def noted(self, files: Iterable[Kept]) -> Iterator[Kept]:
        """Yield what was made or found as it comes, and note it for the next build."""
        self._new = []
        for kept in files:
            self._new.append(kept)
            yield kept

    def write(self, whole: str, static: Mapping[str, str]) -> None:
        """Write what was noted, once it is published; `static` are the contents by path from which `whole` was made.

        Where the folder cannot be written, the next build makes all files again.
        """
        made = [(path, size, content, unit, key) for path, size, _, _, content, unit, key, _ in self._new]
        if static and any(static.get(path, content) != content for path, _, content, _, _ in made):
            return
        with suppress(OSError):
            _write(self._folder, whole, made)


def _all_held(place: Place, units: Iterable[Iterable[_Made]]) -> Iterator[list[Kept]]:
    """Yield the files of each unit that stand as they were made, none of a unit of which one does not."""
    return (list(_held(place, made)) for made in units)


def _held(place: Place, made: Iterable[_Made]) -> Iterator[Kept]:
    """Yield the files of a unit if all of them stand as they were made."""
    files = list(made)
    if all(place.holds(file.path, file.size, file.content) for file in files):
        for path, size, content, unit, key in files:
            yield Kept(path, size, is_staged=False, content=content, unit=unit, key=key, is_reused=True)


def _read(folder: Path) -> tuple[str, list[_Made]]:
    """Return the fingerprint of all that the last build was made from, and its files; nothing where that is not known.

    The first line of the file is the fingerprint of the rest.
    """
    try:
        if folder.is_symlink():
            return "", []
        head, _, body = (folder / _FILE).read_bytes().partition(b"\n")
        if head.decode("ascii") != fingerprints.of_bytes(body):
            return "", []
        form, whole, made = json.loads(body)
        return (whole, list(map(_Made._make, made))) if form == _FORM else ("", [])
    except (OSError, ValueError, TypeError, RecursionError):
        return "", []


def _write(folder: Path, whole: str, made: list[tuple[str, int, str, str, str]]) -> None:
    if folder.is_symlink():
        return
    body = json.dumps([_FORM, whole, made], separators=(",", ":")).encode("ascii")
    held = folder / _FILE
    content = fingerprints.of_bytes(body).encode("ascii") + b"\n" + body
    with suppress(OSError):
        if held.read_bytes() == content:
            return
    folder.mkdir(exist_ok=True)
    (folder / ".gitignore").write_text(_IGNORE, "utf-8")
    waiting = folder / f"{_FILE}.{os.getpid()}"
    try:
        waiting.write_bytes(content)
        os.replace(waiting, held)  # noqa: PTH105 - as `publish` does
    finally:
        waiting.unlink(missing_ok=True)
