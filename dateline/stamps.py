"""What the system tells of a file → whether it is as it was, so that it need not be read.

Whatever changes a file sets its ctime, which no program can set back; where the system means something else by it, no
stamp is believed. A change that comes within one step of the clock after the last one leaves the ctime as it is: as
git does it, what was changed too shortly before it was looked at is not believed either.
"""

from __future__ import annotations

import os

Stamp = tuple[int, int, int]
"""A file's inode, and when its content and when anything of it was changed, in nanoseconds."""

_IS_BELIEVED = os.name == "posix"
_SECOND = 1_000_000_000
# Longer than a step of any clock, of one that counts nanoseconds and of one that counts seconds.
_FINE, _COARSE = _SECOND // 10, 2 * _SECOND


def of(found: os.stat_result) -> Stamp:
    """Return the stamp of a file."""
    return found.st_ino, found.st_mtime_ns, found.st_ctime_ns


def shows_all(stamp: Stamp, moment: int) -> bool:
    """Tell whether whatever changes a file from a moment on, as its file system tells the time, changes its stamp."""
    changed = stamp[2]
    return _IS_BELIEVED and changed + (_FINE if changed % _SECOND else _COARSE) <= moment
