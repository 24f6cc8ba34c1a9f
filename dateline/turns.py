"""Builds of one project, one after the other: two at once would take what the other one needs."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def turn(folder: Path, waits: Callable[[], None]) -> Iterator[None]:
    """Hold the project in `folder` while the block runs; `waits` is called where another build has to end before.

    What holds it is a lock on the folder itself (flock(2)): nothing is left behind, and it ends with its processes.
    Where the system or the disk has none (Windows, some disks of a network), builds are not kept apart.
    """
    try:
        import fcntl

        held = os.open(folder, os.O_RDONLY)
    except (ImportError, OSError):
        yield
        return
    try:
        with suppress(OSError):
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                waits()
                fcntl.flock(held, fcntl.LOCK_EX)
        yield
    finally:
        os.close(held)
