"""The normal form of a text: what is left when only its typography is put aside, with a map back to the text."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from dateline.glances import beyond_ascii
from dateline.late_patterns import late

# Default_Ignorable_Code_Point in DerivedCoreProperties.txt of the Unicode Character Database, without the fillers of
# Hangul: they have no form of their own, but they part what stands around them.
_INVISIBLE_RANGES = (
    "\u00ad\u034f\u061c\u17b4-\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_INVISIBLE = late(f"[{_INVISIBLE_RANGES}]")
# Every other character that `str.isspace` calls white space (White_Space of PropList.txt and the four separators),
# and the fillers of Hangul that stand alone.
_SPACES = (
    "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\u3164\uffa0"
)
_ASCII_LIKENESS = (*((space, " ") for space in _SPACES if space.isascii()), ("`", "'"))
_LIKENESS_BEYOND_ASCII = MappingProxyType(
    {space: " " for space in _SPACES if not space.isascii()}
    | dict.fromkeys("“”„‟«»″＂〝〞", '"')
    | dict.fromkeys("‘’‚‛‹›′´ʼ՚＇", "'")
    | dict.fromkeys("‐‑‒–—―−־֊﹘﹣－", "-")
)
_LIKENESS = (*_ASCII_LIKENESS, *_LIKENESS_BEYOND_ASCII.items())


class Normal(NamedTuple):
    """The normal form of a text, and the way back from it.

    `text` is the normal form. `normal_at` and `original_at` are offsets that belong together, ascending, in the
    normal form and in the original text. From an even one to the next, both run on character for character; from
    an odd one to the next lies a piece that changed as a whole.
    """

    text: str
    normal_at: tuple[int, ...]
    original_at: tuple[int, ...]

    def to_original(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the original text that became `text[start:end]`, which is not empty.

        An end within a piece that changed as a whole takes in all of that piece; invisible characters beside the
        span are left out.
        """
        first = bisect_right(self.normal_at, start) - 1
        opening = self.original_at[first] + (0 if first % 2 else start - self.normal_at[first])
        last = bisect_left(self.normal_at, end)
        if last % 2:
            return opening, self.original_at[last - 1] + end - self.normal_at[last - 1]
        return opening, self.original_at[last]

    def has_splits(self) -> bool:
        """Tell whether any offset of the normal form lies within a piece that changed as a whole."""
        starts, ends = self.normal_at[1::2], self.normal_at[2::2]
        return any(end - start > 1 for start, end in zip(starts, ends, strict=True))

    def splits(self, at: int) -> bool:
        """Tell whether the offset `at` of the normal form lies within a piece that changed as a whole."""
        last = bisect_right(self.normal_at, at) - 1
        return last % 2 == 1 and self.normal_at[last] < at


def is_plain(text: str) -> bool:
    """Tell at a glance that a text is its own normal form: most quotes are, and making it is far more work."""
    return text.isascii() and text.isprintable() and "`" not in text and "  " not in text


def normalise(text: str) -> Normal:
    """Return the normal form of a text, in which texts are equal that differ in typography only.

    Quotation marks become " or ', dashes -, every run of white space one space; invisible characters go; and the
    rest takes Unicode's Normalization Form KC (UAX #15). Two kinds of character keep their own form, because the
    compatibility form says something else: those that are no decimal digit but would become one (² and ½, so that
    10² is never 102), and the accents that would become a space and a combining mark.
    """
    if is_plain(text):
        return Normal(text, (0,), (0,))
    letters = frozenset(beyond_ascii(text))
    marks = letters & _LIKENESS_BEYOND_ASCII.keys()
    for mark, likeness in (*_ASCII_LIKENESS, *((mark, _LIKENESS_BEYOND_ASCII[mark]) for mark in marks)):
        text = text.replace(mark, likeness)
    return _spaced(text) if all(map(_is_steady, letters - marks)) else _composed_in_pieces(text)


def _spaced(text: str) -> Normal:
    """Return the normal form of a text in which nothing is left to change but runs of spaces."""
    first, *pieces = text.split("  ")
    parts = [first]
    normal_at, original_at = [0], [0]
    # The run of spaces before the next words: where it begins, and how far it goes as yet.
    start = end = length = len(first)
    for piece in pieces:
        words = piece.lstrip(" ")
        end += 2 + len(piece) - len(words)
        if words:
            parts.append(words)
            normal_at += length, length + 1
            original_at += start, end
            start = end = end + len(words)
            length += 1 + len(words)
    if start < end:
        parts.append("")
        normal_at += length, length + 1
        original_at += start, end
    return Normal(" ".join(parts) if pieces else text, tuple(normal_at), tuple(original_at))


def _composed_in_pieces(text: str) -> Normal:
    """Return the normal form of a text whose marks and spaces have been replaced by those that they are like."""
    parts: list[str] = []
    normal_at, original_at = [0], [0]
    done = length = 0
    for match in _pieces(text).finditer(text):
        start, end = match.span()
        piece = match.group()
        changed = _changed(piece)
        if changed == piece:
            continue
        parts += text[done:start], changed
        length += start - done
        if end - start > 1 or len(changed) != 1:
            normal_at += length, length + len(changed)
            original_at += start, end
        length += len(changed)
        done = end
    parts.append(text[done:])
    return Normal("".join(parts), tuple(normal_at), tuple(original_at))


def _pieces(text: str) -> re.Pattern[str]:
    """Return what finds the pieces of this text that may not stay as they are.

    The characters to look for are taken from the text itself: it holds few different ones, and asking Unicode
    about each of these is far cheaper than asking about each place.
    """
    visible = _INVISIBLE.sub("", text)
    if unicodedata.is_normalized("NFKC", visible):
        return _pattern("", "")
    letters = sorted(set(visible))
    changing = "".join(letter for letter in letters if _is_changing(letter))
    joining = "".join(letter for letter in letters if _is_joining(letter))
    return _pattern(changing, joining)


@lru_cache(maxsize=64)
def _pattern(changing: str, joining: str) -> re.Pattern[str]:
    """Return a pattern for clusters (a character and those that join it), changing characters and white space."""
    spaces = f"[ {_INVISIBLE_RANGES}]{{2,}}|[{_INVISIBLE_RANGES}]"
    cluster = f"[^{_INVISIBLE_RANGES}](?:[{_INVISIBLE_RANGES}]*[{re.escape(joining)}])+|" if joining else ""
    change = f"[{re.escape(changing)}]|" if changing else ""
    return re.compile(cluster + change + spaces)


def _changed(piece: str) -> str:
    visible = _INVISIBLE.sub("", piece)
    if not visible.strip(" "):
        return " " if visible else ""
    return _composed(visible)


def _composed(cluster: str) -> str:
    """Return the cluster in normal form; canonically equivalent clusters give the same."""
    text = unicodedata.normalize("NFC", "".join(map(_decomposed, unicodedata.normalize("NFD", cluster))))
    for mark, likeness in _LIKENESS:
        text = text.replace(mark, likeness)
    return text


def _decomposed(character: str) -> str:
    """Return the compatibility form of a character, or the character where that form says something else."""
    form = unicodedata.normalize("NFKD", character)
    becomes_number = not character.isdecimal() and any(map(str.isdecimal, form))
    return character if becomes_number or form.startswith(" ") else form


@lru_cache(maxsize=1024)
def _is_steady(letter: str) -> bool:
    """Tell whether a letter that is like no other keeps its form, whatever stands beside it."""
    return not (_INVISIBLE.match(letter) or _is_changing(letter) or _is_joining(letter))


@lru_cache(maxsize=1024)
def _is_changing(character: str) -> bool:
    return not character.isascii() and _composed(character) != character


@lru_cache(maxsize=1024)
def _is_joining(character: str) -> bool:
    """Tell whether the character may combine with the one before it: marks, and the later jamo of a syllable.

    Every second character of a canonical composition is one of these (UAX #15, section 3.1.1).
    """
    first = _decomposed(character)[0]
    return (
        unicodedata.category(first).startswith("M")
        or unicodedata.combining(first) > 0
        or "\u1160" <= first <= "\u11ff"
        or "\ud7b0" <= first <= "\ud7ff"
    )
