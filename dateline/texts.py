"""A file of the author's → its text, or why it cannot be read."""

from __future__ import annotations

import re
from pathlib import Path

from dateline.glances import beyond_ascii
from dateline.problems import Problem

# What cannot stand in a web page or a feed; a line of text is parted by line feeds alone.
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")

# What sets the direction of writing by force (Unicode Standard Annex #9, sections 2.1, 2.2 and 2.4).
_DIRECTING = re.compile("[\u202a-\u202e\u2066-\u2069]")


def directed(text: str) -> str:
    """Return the message about a text whose letters may be seen in another order than they stand; else nothing."""
    found = None if text.isascii() else _DIRECTING.search(beyond_ascii(text))
    return turned_by(found[0]) if found else ""


def turned_by(character: str) -> str:
    """Return the message about a text that holds a character which turns the order of letters."""
    return f"holds a character (U+{ord(character):04X}) that makes readers see letters in another order than they stand"


def read_text(file: Path, path: str) -> tuple[str | None, Problem | None]:
    """Return a text in UTF-8, its lines ended by line feeds, or why it cannot be read; neither where it is not there.

    `path` is the file's name in the problem.
    """
    if file.is_symlink():
        return None, Problem(path, 0, "", "is a link, and is not followed", "copy the file itself here")
    try:
        data = file.read_bytes()
        text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except FileNotFoundError:
        return None, None
    except OSError as error:
        help_text = "check that it is a file and that you may read it"
        return None, Problem(path, 0, "", f"cannot be read: {error.strerror}", help_text)
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        return None, Problem(
            path, line, "", f"byte 0x{error.object[error.start]:02X} is not valid UTF-8", "save the file as UTF-8"
        )
    found = CONTROL.search(text)
    if found:
        message = f"holds a control character (U+{ord(found[0]):04X})"
        return None, Problem(path, text.count("\n", 0, found.start()) + 1, "", message, "type this line anew")
    return text, None
