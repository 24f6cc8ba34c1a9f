"""What a program keeps for its user alone: a folder in which nobody else may write, and a secret."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

# What others may not have: the right to write.
_OTHERS_WRITE = 0o022
_SECRET = 32


def private_folder(name: str) -> Path | None:
    """Return the user's folder of this name, made if need be; None where others could write in it.

    It stands where the user's other programs keep such things. Source: XDG Base Directory Specification, section 3.
    """
    if not hasattr(os, "getuid"):
        return None
    try:
        given = os.environ.get("XDG_CACHE_HOME", "")
        caches = Path(given) if Path(given).is_absolute() else Path.home() / ".cache"
        folder = caches / "dateline" / name
        caches.mkdir(mode=0o700, parents=True, exist_ok=True)
        # One by one: folders that are made on the way get the rights that are usual for the user.
        for each in (folder.parent, folder):
            each.mkdir(mode=0o700, exist_ok=True)
        around = [each.lstat() for each in (folder, folder.parent)]
    except (OSError, RuntimeError):
        return None
    # Whoever may write in the folder around it could put another in its place; a link is never only its owner's.
    is_own = all(each.st_uid == os.getuid() and not each.st_mode & _OTHERS_WRITE for each in around)
    return folder if is_own else None


def secret() -> bytes:
    """Return what only the programs of this user know, made if need be; nothing where it cannot be kept."""
    folder = private_folder("secrets")
    if folder is None:
        return b""
    with suppress(OSError):
        kept = (folder / "cache").read_bytes()
        if len(kept) == _SECRET:
            return kept
    made = os.urandom(_SECRET)
    return made if write_private(folder / "cache", made) else b""


def write_private(file: Path, content: bytes) -> bool:
    """Write a file that its user alone may read, whole or not at all; tell whether it was written."""
    import tempfile

    waiting = ""
    try:
        handle, waiting = tempfile.mkstemp(dir=file.parent)
        with os.fdopen(handle, "wb") as opened:
            opened.write(content)
        Path(waiting).replace(file)
    except OSError:
        if waiting:
            Path(waiting).unlink(missing_ok=True)
        return False
    return True
