"""What a text holds, found out faster than by the patterns that would look for it."""

from __future__ import annotations

import re
from functools import lru_cache
from string import ascii_lowercase

# Of bytes, and not of characters, a translation takes next to no time.
_ASCII = bytes(range(128))
_ASCII_CONTROLS = bytes([*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F])
_LETTERS_ALONE = bytes(code if chr(code) in ascii_lowercase else ord(" ") for code in range(256))
_CONTROL_BEYOND_ASCII = re.compile(r"[\x80-\x9f\ufffe\uffff]")
_PIECE = 1 << 16
_DIGIT = re.compile(r"\d")


def beyond_ascii(text: str) -> str:
    """Return the characters of a text that are not of ASCII, as they stand in it."""
    if text.isascii():
        return ""
    return text.encode("utf-8", "surrogatepass").translate(None, _ASCII).decode("utf-8", "surrogatepass")


def has_control(text: str) -> bool:
    """Say whether a text has a control character but tab and line ends, or one of the two that XML 1.0 forbids."""
    # Piece by piece: a copy of all of a large text would cost more than what is done with it.
    return any(_has_control(text[start : start + _PIECE]) for start in range(0, len(text), _PIECE))


def _has_control(text: str) -> bool:
    data = text.encode("utf-8", "surrogatepass")
    if len(data.translate(None, _ASCII_CONTROLS)) < len(data):
        return True
    return not text.isascii() and _CONTROL_BEYOND_ASCII.search(beyond_ascii(text)) is not None


def has_digit(text: str) -> bool:
    """Say whether a text has a digit of any script."""
    # Looking for one character is what the processor itself can do; a pattern goes through them one by one.
    return (
        "1" in text or "2" in text or "0" in text or "3" in text or "4" in text
        or "5" in text or "6" in text or "7" in text or "8" in text or "9" in text
        or (not text.isascii() and _DIGIT.search(beyond_ascii(text)) is not None)
    )  # fmt: skip


def has_english_word(lower: str, words: frozenset[str]) -> bool:
    """Say whether a text in lower case has one of these words of the letters a to z."""
    return not words.isdisjoint(_english_words(lower))


@lru_cache(maxsize=8)
def english_words(lower: str) -> frozenset[str]:
    """Return the words of a text in lower case, as far as they are of the letters a to z."""
    return frozenset(_english_words(lower))


def _english_words(lower: str) -> list[str]:
    return lower.encode("utf-8", "surrogatepass").translate(_LETTERS_ALONE).decode().split()
