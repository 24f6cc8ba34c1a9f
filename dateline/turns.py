"""Builds of one project, one after the other: two at once would take what the other one needs."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path


@contextmanager
def turn(folders: Iterable[Path], waits: Callable[[], None]) -> Iterator[None]:
    """Hold these folders while the block runs; `waits` is called where another build has to end before.

    What holds a folder is a lock on itself (flock(2)): nothing is left behind, and it ends with its processes. One that
    is not there is held by nobody; where the system or the disk has no locks (Windows, some disks of a network), builds
    are not kept apart.
    """
    with ExitStack() as held:
        # All take them in the same order, so that no two builds wait for each other; and each folder once.
        for _, folder in sorted({_identity(folder): folder for folder in folders}.items()):
            held.enter_context(_held(folder, waits))
        yield


def _identity(folder: Path) -> tuple[int, int]:
    with suppress(OSError):
        found = folder.stat()
        return found.st_dev, found.st_ino
    return -1, -1


@contextmanager
def _held(folder: Path, waits: Callable[[], None]) -> Iterator[None]:
    try:
        import fcntl

        held = os.open(folder, os.O_RDONLY)
    except (ImportError, OSError):
        yield
        return
    try:
        is_taken = False
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            is_taken = isinstance(error, BlockingIOError)
        if is_taken:
            waits()
            with suppress(OSError):
                fcntl.flock(held, fcntl.LOCK_EX)
        yield
    finally:
        os.close(held)
