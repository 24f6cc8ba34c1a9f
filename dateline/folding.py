"""A text as search compares it: `fold` of `assets/matching.js`, so that a browser need not fold what is searched.

Both fold each character by itself, without case, marks and typographic forms; what is said here of Unicode's scripts
is what its tables say (`Scripts.txt`, version 17), which Python does not carry.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import chain

from dateline.late_patterns import late

# Letters that Unicode does not take apart, and forms of one letter or sign that readers do not tell apart.
_PAIRS = (
    "ßss æae œoe þth ıi ȷj øo łl đd ðd ħh ŧt ŋn əe ǝe ɛe ɔo ςσ ґг ٱا ىي یي کك ةه ’' ‘' ‚' ‛' ʼ' ʻ' ՚' `' ´' "
    '‐- ‒- –- —- ―- −- “" ”" „" ‟" «" »"'
)
_ZEROS = (0x660, 0x6F0, 0x966, 0x9E6)
# Marks of the scripts Inherited, Hebrew, Arabic and Syriac, but for those that tell Japanese letters apart; characters
# that only say how others are shown; and the line that stretches Arabic words. In other scripts a mark is a letter.
_MARKS = (
    "ad 300-36f 485-486 591-5bd 5bf 5c1-5c2 5c4-5c5 5c7 600-605 610-61a 61c 640 64b-65f 670 6d6-6dd 6df-6e4 6e7-6e8 "
    "6ea-6ed 70f 711 730-74a 890-891 897-89f 8ca-8ff 951-954 180e 1ab0-1abd 1abf-1add 1ae0-1aeb 1cd0-1cd2 1cd4-1ce0 "
    "1ce2-1ce8 1ced 1cf4 1cf8-1cf9 1dc0-1dff 200b-200f 202a-202e 2060-2064 2066-206f 20d0-20dc 20e1 20e5-20f0 "
    "302a-302d fb1e fe00-fe0f fe20-fe2d feff fff9-fffb 101fd 102e0 10efa-10eff 110bd 110cd 1133b 13430-1343f "
    "1bca0-1bca3 1cf00-1cf2d 1cf30-1cf46 1d167-1d169 1d173-1d182 1d185-1d18b 1d1aa-1d1ad e0001 e0020-e007f e0100-e01ef"
)
_SPACES = "\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"

_SPACE = late(f"[{_SPACES}]")
_SPACE_RUN = late(r"[ \t-\r]+")
_NOT_ASCII = late(r"[^\x00-\x7f]+")
# What stands for a space that is a part of a letter, and is not one with those around it: no text holds this.
_INNER = "\ud800"
# What stands between texts that are folded together, and folds to itself: a cell of a table cannot hold it.
_BETWEEN = "\x1f"
# Above this share of letters that are not ASCII a text is folded letter by letter.
_FEW = 8


class Fold(dict[int, str]):
    """Folds texts; as a dictionary, it holds what each character was folded to that it has met."""

    def __init__(self) -> None:
        """Begin with what Unicode's tables do not say."""
        super().__init__()
        self._marks = re.compile("[" + "".join(map(_span, _MARKS.split())) + "]")
        self._alike = {pair[0]: pair[1:] for pair in _PAIRS.split()}
        digits = chain.from_iterable(((zero + number, str(number)) for number in range(10)) for zero in _ZEROS)
        self._alike |= {chr(code): digit for code, digit in digits}

    def __missing__(self, code: int) -> str:
        """Fold a character that was not met before: to none, one, or several."""
        folded = self[code] = self._letter(chr(code))
        return folded

    def __call__(self, text: str) -> str:
        """Return a text folded, with single spaces."""
        return _single(self._letters(text)).replace(_INNER, " ")

    def all(self, texts: Sequence[str]) -> list[str]:
        """Return each of these texts folded, in a part of the time that one after the other takes."""
        if not texts:
            return []
        joined = _BETWEEN.join(texts)
        if joined.count(_BETWEEN) >= len(texts):
            return list(map(self, texts))
        folded = _single(self._letters(joined)).replace(f"{_BETWEEN} ", _BETWEEN)
        return folded.replace(_INNER, " ").split(_BETWEEN)

    def _letters(self, text: str) -> str:
        if text.isascii():
            return text.lower().replace("`", "'")
        if _FEW * (len(text.encode()) - len(text)) < len(text):
            return _NOT_ASCII.sub(lambda run: run[0].translate(self), text).lower().replace("`", "'")
        return text.translate(self)

    def _letter(self, letter: str) -> str:
        if letter in self._alike:
            return self._alike[letter]
        if _SPACE.match(letter):
            return " "
        plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", letter).lower())
        bare = "".join(self._alike.get(part, part) for part in self._marks.sub("", plain))
        return bare if bare == " " else bare.replace(" ", _INNER)


def single_spaced(text: str) -> str:
    """Return a text with single spaces between its words, and none around them."""
    # What is printable has no white space but spaces.
    if "  " not in text and text.isprintable() and text[:1] != " " and text[-1:] != " ":
        return text
    return " ".join(text.split())


def _single(text: str) -> str:
    """Return a text without spaces that follow each other, or begin it."""
    # One after the other takes a tenth of the time that a pattern takes.
    if "\t" in text or "\n" in text or "\v" in text or "\f" in text or "\r" in text:
        return _SPACE_RUN.sub(" ", text).lstrip(" ")
    if "  " in text or text[:1] == " ":
        return _SPACE_RUN.sub(" ", text).lstrip(" ")
    return text


def _span(given: str) -> str:
    first, _, last = given.partition("-")
    return f"\\U{first:0>8}-\\U{last or first:0>8}"
