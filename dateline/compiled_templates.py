"""Compiled templates are kept for the next build, where the user's other programs keep such things.

Compiling them takes longer than all else in a small build. What is kept is code, which is run when it is read: so it
stands in no project's folder, which may come from somebody else, but in one of the user's own, in which nobody else
may write. It is safe to delete.
"""

from __future__ import annotations

import hashlib
import marshal
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dateline import catalogues, packages
from dateline.flat_pages import Flat
from dateline.private_folder import private_folder, write_private

if TYPE_CHECKING:
    from jinja2 import BytecodeCache
    from jinja2.bccache import Bucket

# Our own modules that have a say in what a template is compiled to.
_COMPILE = (
    "templating.py",
    "words.py",
    "catalogues.py",
    "flat_templates.py",
    "flat_nodes.py",
    "flat_code.py",
    "flat_pages.py",
    "escaping.py",
)
_DIGEST = 32


def kept_templates(language: str, roots: Sequence[Path]) -> KeptTemplates | None:
    """Return where templates that say their words in this language are kept compiled; None where that is not safe.

    `roots` are the folders of the theme, whose catalogues have the words.
    """
    folder = private_folder("templates")
    if folder is None:
        return None
    code = map(Path(__file__).with_name, _COMPILE)
    read = [file.read_bytes() for file in (*code, *catalogues.files_of(language, roots))]
    made_with = [packages.versions().get("jinja2", ""), sys.version, sys.implementation.cache_tag or "", language]
    made_of = _digest(*map(str.encode, made_with), *read)
    # Projects with templates of their own do not take each other's place, nor that of all that have none.
    return KeptTemplates(folder, language, made_of, f"{roots[0]} flat" if roots[0].is_dir() else "flat")


class KeptTemplates:
    """A file for each template: the digest of all that it is compiled from, that of the code, and the code.

    A template that changes takes the place of what it was.
    """

    def __init__(self, folder: Path, language: str, made_with: bytes, flat: str) -> None:
        self._folder = folder
        self._language = language
        self._made_with = made_with
        self._flat = flat

    def for_jinja(self) -> BytecodeCache:
        """Return this as Jinja knows such a thing."""
        from jinja2 import BytecodeCache

        read, write, called, digest = self._read, self._write, self._called, partial(_digest, self._made_with)

        class Kept(BytecodeCache):
            def get_cache_key(self, name: str, filename: str | None = None) -> str:
                return called(name, filename or "")

            def load_bytecode(self, bucket: Bucket) -> None:
                made_of, code = read(bucket.key)
                if made_of == digest(bucket.checksum.encode()):
                    bucket.code = code

            def dump_bytecode(self, bucket: Bucket) -> None:
                write(bucket.key, digest(bucket.checksum.encode()), bucket.code)

        return Kept()

    def flat(self, name: str, asked: Sequence[str], text: Callable[[str], bytes]) -> Flat | None:
        """Return a template that was put together as it is asked for now, if it would be the same now.

        `text` returns what tells the text of the template of a name from all others, and from there being none.
        """
        made_of, held = self._read(self._called(name, self._flat))
        flat = held and Flat(*held)
        return flat if flat and made_of == self._made_of(asked, flat.made_of, text) else None

    def keep_flat(self, name: str, asked: Sequence[str], flat: Flat, text: Callable[[str], bytes]) -> None:
        """Keep a template that was put together, with the names of all templates that it was made of."""
        made_of = self._made_of(asked, flat.made_of, text)
        self._write(self._called(name, self._flat), made_of, tuple(flat))

    def _called(self, name: str, kind: str) -> str:
        """Return what the file of a template is called."""
        return _digest(*map(str.encode, (self._language, name, kind))).hex()[:32]

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
        code = marshal.dumps(held)
        write_private(self._folder / key, made_of + _digest(code) + code)

    def _made_of(self, asked: Sequence[str], names: Iterable[str], text: Callable[[str], bytes]) -> bytes:
        return _digest(self._made_with, _digest(*map(str.encode, asked)), *map(text, names))


def _digest(*parts: bytes) -> bytes:
    """Return a digest that tells apart all parts, also where one ends and the next begins."""
    made = hashlib.blake2b(digest_size=_DIGEST)
    for part in parts:
        made.update(len(part).to_bytes(8, "little"))
        made.update(part)
    return made.digest()
