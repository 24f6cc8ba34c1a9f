"""Compiled templates are kept for the next build, where the user's other programs keep such things.

Compiling them takes longer than all else in a small build. What is kept is code, which is run when it is read: so it
stands in no project's folder, which may come from somebody else, but in one of the user's own, in which nobody else
may write. It is safe to delete.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from types import CodeType
from typing import TYPE_CHECKING, Any

import jinja2
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from dateline import catalogues

if TYPE_CHECKING:
    from dateline.flat_templates import Flat

# Our own modules that have a say in what a template is compiled to.
_COMPILE = (
    "templating.py",
    "words.py",
    "catalogues.py",
    "flat_templates.py",
    "flat_nodes.py",
    "flat_code.py",
    "escaping.py",
)
_DIGEST = 32
# What others may not have: the right to write.
_OTHERS_WRITE = 0o022


def kept_templates(language: str, roots: Sequence[Path]) -> KeptTemplates | None:
    """Return where templates that say their words in this language are kept compiled; None where that is not safe.

    `roots` are the folders of the theme, whose catalogues have the words.
    """
    folder = _own_folder()
    if folder is None:
        return None
    code = map(Path(__file__).with_name, _COMPILE)
    read = [file.read_bytes() for file in (*code, *catalogues.files_of(language, roots))]
    made_with = [jinja2.__version__, sys.version, sys.implementation.cache_tag or "", language]
    made_of = _digest(*map(str.encode, made_with), *read)
    # Projects with templates of their own do not take each other's place, nor that of all that have none.
    return KeptTemplates(folder, language, made_of, f"{roots[0]} flat" if roots[0].is_dir() else "flat")


class KeptTemplates(BytecodeCache):
    """A file for each template: the digest of all that it is compiled from, that of the code, and the code.

    A template that changes takes the place of what it was.
    """

    def __init__(self, folder: Path, language: str, made_with: bytes, flat: str) -> None:
        self._folder = folder
        self._language = language
        self._made_with = made_with
        self._flat = flat

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Return what the file of a template is called."""
        return _digest(*map(str.encode, (self._language, name, filename or ""))).hex()[:32]

    def load_bytecode(self, bucket: Bucket) -> None:
        """Read a template's code, if it is that of what the template is now, and whole."""
        made_of, code = self._read(bucket.key)
        if made_of == self._made_of(bucket):
            bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Write a template's code; where that cannot be, the next build compiles it again."""
        self._write(bucket.key, self._made_of(bucket), bucket.code)

    def flat(self, name: str, asked: Sequence[str], source: Callable[[str], str]) -> CodeType | None:
        """Return the code of a template that was put together as it is asked for now, if it would be the same now.

        `source` returns the text of the template of a name, and raises LookupError where there is none.
        """
        made_of, held = self._read(self.get_cache_key(name, self._flat))
        if held is None:
            return None
        names, code = held
        try:
            return code if made_of == self._made_of_all(asked, names, source) else None
        except LookupError:
            return None

    def keep_flat(self, name: str, asked: Sequence[str], flat: Flat, source: Callable[[str], str]) -> None:
        """Keep a template that was put together, with the names of all templates that it was made of."""
        made_of = self._made_of_all(asked, flat.made_of, source)
        self._write(self.get_cache_key(name, self._flat), made_of, (flat.made_of, flat.code))

    def _read(self, key: str) -> tuple[bytes, Any]:
        """Return of what a file was made, and what it holds; None where it is not whole."""
        try:
            held = (self._folder / key).read_bytes()
        except OSError:
            return b"", None
        made_of, whole, code = held[:_DIGEST], held[_DIGEST : 2 * _DIGEST], held[2 * _DIGEST :]
        if whole != _digest(code):
            return b"", None
        return made_of, marshal.loads(code)  # noqa: S302 - what this program wrote where nobody else may

    def _write(self, key: str, made_of: bytes, held: Any) -> None:  # noqa: ANN401 - what marshal can write
        import tempfile

        code = marshal.dumps(held)
        with suppress(OSError):
            handle, waiting = tempfile.mkstemp(dir=self._folder)
            with os.fdopen(handle, "wb") as file:
                file.write(made_of + _digest(code) + code)
            Path(waiting).replace(self._folder / key)

    def _made_of_all(self, asked: Sequence[str], names: Iterable[str], source: Callable[[str], str]) -> bytes:
        sources = [source(name).encode() for name in names]
        return _digest(self._made_with, _digest(*map(str.encode, asked)), *sources)

    def _made_of(self, bucket: Bucket) -> bytes:
        return _digest(self._made_with, bucket.checksum.encode())


def _own_folder() -> Path | None:
    """Return the user's folder for this, made if need be; None where others could write in it."""
    if not hasattr(os, "getuid"):
        return None
    try:
        given = os.environ.get("XDG_CACHE_HOME", "")
        caches = Path(given) if Path(given).is_absolute() else Path.home() / ".cache"
        folder = caches / "dateline" / "templates"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        around = [each.lstat() for each in (folder, folder.parent)]
    except (OSError, RuntimeError):
        return None
    # Whoever may write in the folder around it could put another in its place; a link is never only its owner's.
    is_own = all(each.st_uid == os.getuid() and not each.st_mode & _OTHERS_WRITE for each in around)
    return folder if is_own else None


def _digest(*parts: bytes) -> bytes:
    """Return a digest that tells apart all parts, also where one ends and the next begins."""
    made = hashlib.blake2b(digest_size=_DIGEST)
    for part in parts:
        made.update(len(part).to_bytes(8, "little"))
        made.update(part)
    return made.digest()
