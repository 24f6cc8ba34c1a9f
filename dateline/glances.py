"""What a text holds, found out faster than by the patterns that would look for it."""

from __future__ import annotations

import re
from functools import lru_cache
from string import ascii_lowercase

_DIGIT = re.compile(r"\d")
_LOWER_CASE_WORD = re.compile("[a-z]+")
_LETTERS_ALONE = bytes(code if chr(code) in ascii_lowercase else ord(" ") for code in range(256))


def has_digit(text: str) -> bool:
    """Say whether a text has a digit of any script."""
    if not text.isascii():
        return _DIGIT.search(text) is not None
    # Looking for one character is what the processor itself can do; a pattern goes through them one by one.
    return (
        "1" in text or "2" in text or "0" in text or "3" in text or "4" in text
        or "5" in text or "6" in text or "7" in text or "8" in text or "9" in text
    )  # fmt: skip


@lru_cache(maxsize=8)
def english_words(lower: str) -> frozenset[str]:
    """Return the words of a text in lower case, as far as they are of the letters a to z."""
    if lower.isascii():
        # Of bytes, and not of characters, the translation takes no time.
        return frozenset(lower.encode().translate(_LETTERS_ALONE).decode().split())
    return frozenset(_LOWER_CASE_WORD.findall(lower))
