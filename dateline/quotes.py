"""Find the words of a quote in a source, word for word, or say why they are not there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from itertools import pairwise
from string import ascii_letters
from typing import Literal, NamedTuple

from dateline.late_patterns import late
from dateline.normal import Normal, is_plain, normalise
from dateline.placements import placements

Span = tuple[int, int]
Grade = Literal["verbatim", "typographic", "elided"]
Reason = Literal["empty", "not found", "cut", "order", "ambiguous", "prefix", "suffix"]

PLACES_SHOWN = 10
WIDENING_LIMIT = 1000

# Scripts that do not separate words by spaces: Han, Hiragana, Katakana, Thai, Lao, Khmer, Myanmar.
_UNSPACED = late(
    "[\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u303b\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U0001b000-\U0001b16f\U00020000-\U0003ffff"
    "\u0e00-\u0e7f\u0e80-\u0eff\u1780-\u17ff\u19e0-\u19ff\u1000-\u109f\ua9e0-\ua9ff\uaa60-\uaa7f]"
)
_FLAG_HALF = late("[\U0001f1e6-\U0001f1ff]")  # regional indicators: two make a flag (UTS #51)
_NUMBER_JOINTS = ".,'/:⁄·٫٬"
_HYPHENS = "-‐‑־֊"
_SOFT_HYPHEN = "\u00ad"
_WIDE_DASHES = "—―"
_NUMBER_SPACES = "\u00a0\u2007\u2008\u2009\u200a\u202f"
_LINE_END = late("[\n\r\u2028\u2029]")
_THREE_DIGITS = late(r"\d{3}(?!\d)")
_UP_TO_THREE_DIGITS = late(r"(?<!\d)\d{1,3}\Z")
_ENGLISH_NOT = late(r"'t(?!\w)", re.IGNORECASE)
_ENGLISH_ENDING = late(r"(?:[stdm]|ll|re|ve)(?!\w)", re.IGNORECASE)
_ASCII_LETTERS = frozenset(ascii_letters)
_ENDS = _ASCII_LETTERS | frozenset('.,;:!?)"')
ELLIPSIS = late(r" ?(?:\[ ?\.\.\. ?\]|\( ?\.\.\. ?\)|\. \. \.(?: \.)?|\.{3,}) ?")


class Passage(NamedTuple):
    """Where a quote stands: spans of the source's own characters, in order; several only when elided."""

    grade: Grade
    spans: tuple[Span, ...]


class Miss(NamedTuple):
    """Why a quote is not accepted.

    | reason | `places` |
    | --- | --- |
    | empty | none: the quote, or `part` of it, has neither letter nor digit |
    | not found | none: the quote, or `part` of it, does not stand in the text |
    | cut | where it stands within longer words or numbers, widened to these |
    | order | one: where each part stands first, as they are not in this order |
    | ambiguous | where it stands |
    | prefix, suffix | where it stands, but not after (before) the words that were given |

    A place is the spans of the source's characters, one for each part. At most `PLACES_SHOWN` are listed; `total`
    says how many there are. `part` is the part of an elided quote that the reason is about, else empty.
    """

    reason: Reason
    places: tuple[tuple[Span, ...], ...] = ()
    total: int = 0
    part: str = ""


class Haystack:
    """A source text made ready to find many quotes in; its normal form is made when it is first needed."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def normal(self) -> Normal:
        """The normal form of the text."""
        return normalise(self.text)

    @cached_property
    def _is_simple(self) -> bool:
        """Whether no place lies within a word that a soft hyphen parts, or within a piece that changed as a whole."""
        return _SOFT_HYPHEN not in self.text and not self.normal.has_splits()

    def _is_clear(self, at: int, *, opening: bool) -> bool:
        """Tell at a glance that a quote that begins or ends at this offset cuts nothing; most do so beside a space."""
        text = self.normal.text
        if not self._is_simple:
            return False
        if opening:
            return text[at - 1] == " " and text[at] in _ASCII_LETTERS and text[at - 2] != "-"
        return text[at] == " " and text[at - 1] in _ENDS

    def cuts(self, at: int, *, opening: bool) -> bool:
        """Tell whether a quote that begins (or, not `opening`, ends) at this offset of the normal form cuts a word.

        Words are runs of letters, digits and their marks, joined by hyphens; numbers take in what groups their
        digits, and their sign.
        """
        text = self.normal.text
        if not 0 < at < len(text) or self._is_clear(at, opening=opening):
            return False
        return self._cuts(at, opening=opening)

    def _cuts(self, at: int, *, opening: bool) -> bool:
        text = self.normal.text
        before, after = text[at - 1], text[at]
        if self.normal.splits(at) or _is_mark(after) or before == after == "." or _is_glued(before, after):
            return True
        if self._joins(at - 1) or self._joins(at):
            return True
        if opening and self._is_sign(at - 1):
            return True
        return _cuts_at_apostrophe(text, at, opening=opening)

    def widened(self, start: int, end: int) -> Span:
        """Return the span of the normal form, widened to whole words and numbers."""
        text = self.normal.text
        limit = max(start - WIDENING_LIMIT, 0)
        while start > limit and self.cuts(start, opening=True):
            start -= 1
        limit = min(end + WIDENING_LIMIT, len(text))
        while end < limit and self.cuts(end, opening=False):
            end += 1
        return start, end

    def occurrences(self, words: str) -> tuple[list[Span], list[Span]]:
        """Return the spans of the normal form at which normalised words stand whole, and those at which cut."""
        whole: list[Span] = []
        cut: list[Span] = []
        start = self.normal.text.find(words)
        while start >= 0:
            end = start + len(words)
            is_cut = self.cuts(start, opening=True) or self.cuts(end, opening=False)
            (cut if is_cut else whole).append((start, end))
            start = self.normal.text.find(words, start + 1)
        return whole, cut

    def original(self, spans: Iterable[Span]) -> tuple[Span, ...]:
        """Return spans of the normal form as spans of the text."""
        return tuple(self.normal.to_original(*span) for span in spans)

    def _own(self, at: int) -> str:
        """Return the characters of the text that became the character at this offset of the normal form."""
        start, end = self.normal.to_original(at, at + 1)
        return self.text[start:end]

    def _joins(self, at: int) -> bool:
        """Tell whether the character at this offset ties its neighbours into one number or one hyphenated word."""
        text = self.normal.text
        joint = text[at]
        if not 0 < at < len(text) - 1 or joint.isalnum():
            return False
        left, right = text[at - 1], text[at + 1]
        if joint == " ":
            return self._is_wrapped(at) or (left.isdecimal() and right.isdecimal() and self._is_grouped(at))
        if left.isdecimal() and right.isdecimal():
            return joint in _NUMBER_JOINTS or (joint == "-" and self._own(at) not in _WIDE_DASHES)
        return joint == "-" and self._own(at) in _HYPHENS and _is_word(left) and _is_word(right)

    def _is_wrapped(self, at: int) -> bool:
        """Tell whether the space at this offset is a line's end within a word: "un-" and "lawful" on the next line."""
        start, end = self.normal.to_original(at, at + 1)
        if not _LINE_END.search(self.text, start, end) or not _is_word(self.normal.text[at + 1]):
            return False
        if _SOFT_HYPHEN in self.text[max(start - 1, 0) : end]:
            return True
        return self.text[start - 1] in _HYPHENS and at > 1 and _is_word(self.normal.text[at - 2])

    def _is_grouped(self, at: int) -> bool:
        """Tell whether the space at this offset, between two digits, groups them, as in 25 784."""
        text = self.normal.text
        if self._own(at) in _NUMBER_SPACES:
            return True
        return bool(_THREE_DIGITS.match(text, at + 1) and _UP_TO_THREE_DIGITS.search(text[max(at - 4, 0) : at]))

    def _is_sign(self, at: int) -> bool:
        """Tell whether a minus or a leading decimal point stands at this offset, right before a digit.

        A hyphen that begins a line is taken for a bullet.
        """
        text = self.normal.text
        if text[at] not in "-.٫" or not text[at + 1].isdecimal():
            return False
        own = self._own(at)
        if own == "−":
            return True
        if own not in "-–.٫" or (at > 0 and text[at - 1] not in ' (["'):
            return False
        return own not in "-–" or (at > 0 and not _LINE_END.search(self._own(at - 1)))


def _is_word(character: str) -> bool:
    return character.isalnum() or _is_mark(character)


def _is_mark(character: str) -> bool:
    """Tell whether the character belongs to the one before it: combining marks, and skin tones of emoji."""
    return unicodedata.category(character).startswith("M") or "\U0001f3fb" <= character <= "\U0001f3ff"


def _is_glued(before: str, after: str) -> bool:
    """Tell whether two characters that meet are of one word or number.

    In scripts without spaces any two characters may be of two words, but not two numerals, nor a virama and the
    letter it carries.
    """
    if _FLAG_HALF.match(before) and _FLAG_HALF.match(after):
        return True
    if not (_is_word(before) and _is_word(after)):
        return False
    if unicodedata.combining(before) == 9 or (before.isnumeric() and after.isnumeric()):
        return True
    return not (_UNSPACED.match(before) or _UNSPACED.match(after))


def _cuts_at_apostrophe(text: str, at: int, *, opening: bool) -> bool:
    """Tell whether an edge beside an apostrophe cuts a word.

    "Azerbaijan" may be quoted from "Azerbaijan's", and "Azerbaïdjan" from "l'Azerbaïdjan"; but "can" from "can't"
    would say the opposite, as would "a cessé" from "n'a cessé"; and "s lands" or "Azerbaijan'" is no word.
    """
    if text[at] == "'" and 0 < at < len(text) - 1 and _is_word(text[at - 1]) and _is_word(text[at + 1]):
        return opening or bool(_ENGLISH_NOT.match(text, at))
    if text[at - 1] == "'" and at > 1 and _is_word(text[at - 2]) and _is_word(text[at]):
        is_french_not = text[at - 2] in "nN" and not (at > 2 and _is_word(text[at - 3]))
        return not opening or is_french_not or bool(_ENGLISH_ENDING.match(text, at))
    return False


def find(haystack: Haystack, quote: str, prefix: str = "", suffix: str = "") -> Passage | Miss:
    """Return the one place at which a quote stands in a text, or why there is not exactly one.

    The quote is looked for whole, then, if it has ellipses, in parts around them. `prefix` and `suffix` are the
    text right before and after it (TextQuoteSelector, Web Annotation Data Model, section 4.2.4); white space where
    they meet the quote does not count.
    """
    passage = None if prefix or suffix else _only(haystack, quote)
    if passage:
        return passage
    normal = normalise(quote)
    wanted = _Wanted(quote, normal, normalise(prefix).text.strip(" "), normalise(suffix).text.strip(" "))
    whole = _trimmed(normal.text, (0, len(normal.text)))
    parts = _parts(normal.text)
    if not parts:
        return Miss("empty")
    answer = _place(haystack, wanted, [whole])
    if parts != [whole] and isinstance(answer, Miss) and answer.reason in ("empty", "not found", "cut"):
        answer = _place(haystack, wanted, parts)
    return answer


def _only(haystack: Haystack, quote: str) -> Passage | None:
    """Return the passage of a quote whose words stand in the text once, and whole; None where that is not so."""
    normal = None if is_plain(quote) else normalise(quote)
    words = (normal.text if normal else quote).strip(" ")
    text = haystack.normal.text
    start = text.find(words)
    if start < 0 or text.find(words, start + 1) >= 0 or not _says_something(words, is_part=False):
        return None
    end = start + len(words)
    if haystack.cuts(start, opening=True) or haystack.cuts(end, opening=False):
        return None
    own = quote[slice(*normal.to_original(*_trimmed(normal.text, (0, len(normal.text)))))] if normal else words
    return _passage(haystack, own, (start, end))


def _passage(haystack: Haystack, own: str, place: Span) -> Passage:
    """Return the passage of a quote, in its own characters, that was found whole at a span of the normal form."""
    start, end = haystack.normal.to_original(*place)
    return Passage("verbatim" if haystack.text[start:end] == own else "typographic", ((start, end),))


class _Wanted(NamedTuple):
    """What is looked for: the quote as given and in normal form, and the normal forms of what stands around it."""

    quote: str
    normal: Normal
    prefix: str
    suffix: str

    def own(self, span: Span) -> str:
        """Return the quote's own characters for a span of its normal form."""
        start, end = self.normal.to_original(*span)
        return self.quote[start:end]


def _parts(normal_quote: str) -> list[Span]:
    """Return the spans between the ellipses of a normalised quote; ellipses at its ends are dropped."""
    if "..." not in normal_quote and ". . ." not in normal_quote:
        whole = _trimmed(normal_quote, (0, len(normal_quote)))
        return [whole] if whole[0] < whole[1] else []
    edges = [0, *(edge for match in ELLIPSIS.finditer(normal_quote) for edge in match.span()), len(normal_quote)]
    pairs = zip(edges[::2], edges[1::2], strict=True)
    return [span for span in (_trimmed(normal_quote, pair) for pair in pairs) if span[0] < span[1]]


def _trimmed(text: str, span: Span) -> Span:
    start, end = span
    words = text[start:end].strip(" ")
    start = text.find(words, start)
    return start, start + len(words)


def _place(haystack: Haystack, wanted: _Wanted, parts: Sequence[Span]) -> Passage | Miss:
    """Return where the parts of a quote, spans of its normal form, stand in order, or why that is not one place."""
    found = _found(haystack, wanted, parts)
    if isinstance(found, Miss):
        return found
    count, places = placements(found, PLACES_SHOWN)
    if not count:
        return Miss("order", (haystack.original(spans[0] for spans in found),), 1)
    for reason, at, stands in _contexts(haystack.normal.text, wanted):
        found[at] = [span for span in found[at] if stands(span)]
        remaining, decided = placements(found, PLACES_SHOWN)
        if not remaining:
            return Miss(reason, tuple(map(haystack.original, places)), count)
        count, places = remaining, decided
    if count > 1:
        return Miss("ambiguous", tuple(map(haystack.original, places)), count)
    if len(parts) > 1:
        return Passage("elided", haystack.original(places[0]))
    return _passage(haystack, wanted.own(parts[0]), places[0][0])


def _found(haystack: Haystack, wanted: _Wanted, parts: Sequence[Span]) -> list[list[Span]] | Miss:
    """Return for each part where it stands whole in the normal form, or a miss for the first that does not."""
    if sum(end - start for start, end in parts) > len(haystack.normal.text):
        return Miss("not found")
    found = []
    seen: dict[str, tuple[list[Span], list[Span]]] = {}
    for part in parts:
        words = wanted.normal.text[slice(*part)]
        name = wanted.own(part) if len(parts) > 1 else ""
        if not _says_something(words, is_part=len(parts) > 1):
            return Miss("empty", part=name)
        whole, cut = seen[words] = seen.get(words) or haystack.occurrences(words)
        if not whole:
            places = tuple(haystack.original([haystack.widened(*span)]) for span in cut[:PLACES_SHOWN])
            return Miss("cut" if cut else "not found", places, len(cut), name)
        found.append(whole)
    return found


def _says_something(words: str, *, is_part: bool) -> bool:
    """Tell whether the words hold a letter or digit; a whole quote may also be an emoji."""
    return words[:1].isalnum() or any(
        letter.isalnum() or (not is_part and unicodedata.category(letter) == "So") for letter in words
    )


def _contexts(text: str, wanted: _Wanted) -> list[tuple[Reason, int, Callable[[Span], bool]]]:
    """Return what was asked of the text around the quote: the reason if it fails, which part, and the test."""

    def follows(span: Span) -> bool:
        start = span[0] - (text[span[0] - 1 : span[0]] == " ")
        return text.endswith(wanted.prefix, 0, start)

    def precedes(span: Span) -> bool:
        end = span[1] + (text[span[1] : span[1] + 1] == " ")
        return text.startswith(wanted.suffix, end)

    asked: list[tuple[Reason, int, Callable[[Span], bool]]] = []
    if wanted.prefix:
        asked.append(("prefix", 0, follows))
    if wanted.suffix:
        asked.append(("suffix", -1, precedes))
    return asked


def words_left_out(text: str, spans: Sequence[Span]) -> int:
    """Return the number of words between the spans of an elided quote.

    A word is a run without white space that holds a letter or digit; in scripts without spaces, a letter.
    """
    gaps = (text[left[1] : right[0]] for left, right in pairwise(spans))
    return sum(map(_word_count, gaps))


def _word_count(text: str) -> int:
    letters = sum(match.group().isalnum() for match in _UNSPACED.finditer(text))
    return letters + sum(any(map(str.isalnum, word)) for word in _UNSPACED.sub(" ", text).split())
