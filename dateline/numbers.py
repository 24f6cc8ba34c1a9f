"""Which numbers a text says, in digits or in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from types import MappingProxyType
from typing import NamedTuple

from dateline.clock import without_times
from dateline.english_numbers import FACTORS, SMALL, TENS, number_at
from dateline.glances import english_words, has_digit
from dateline.late_patterns import late


class Mention(NamedTuple):
    """A number and where the text says it: `text[start:end]`."""

    value: Decimal
    start: int
    end: int


class _Scales(NamedTuple):
    """Words that multiply the digits before them: "2 million"."""

    pattern: re.Pattern[str]
    factors: Mapping[str, int]


class _Spelling(NamedTuple):
    """The small numbers of one language in words, by their normalised spelling."""

    pattern: re.Pattern[str] | None
    values: Mapping[str, int]
    words: frozenset[str]
    first_words: frozenset[str]  # empty where the script sets no spaces between words
    scales: _Scales


_HYPHENS = "-\u2010\u2011"
_SPACES = " \u00a0\u2007\u2009\u202f"
# Scripts written without spaces set a number directly beside the next word; superscripts are footnote marks.
_UNGLUED = (
    "\u00b2\u00b3\u00b9\u2070-\u209f\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u30ff\u3400-\u9fff\uac00-\ud7af"
)
_GLUE = rf"[^\W{_UNGLUED}]"
_JOIN = rf"(?:[{_HYPHENS}]\s?|\s+)"

# The look-behinds stand after the first digit so that the search can skip ahead to digits.
_TOKEN = late(
    rf"\d(?:(?<!\w\d)\d{{0,2}}(?P<space>[{_SPACES}])\d{{3}}(?:(?P=space)\d{{3}})*+(?!\d)(?:[.,]\d++)?"
    r"|\d*+(?:[.,'’٫٬]\d++)*+)"
)
_LONGEST_NUMBER = 40  # in characters: what is longer is a key or a checksum
_PARTS = late(r"\d+")
_WORD = late(r"\w+")
_NOT_DIGITS = late(r"\D")
_FOOTNOTE = late(r"\[\s*\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*\s*\](?!\()")
_WORD_BEFORE = late(r"[^\W\d_]+$")
_GLUED_AFTER = late(rf"{_GLUE}{{1,5}}")  # one character more than the longest suffix that is understood
_PREFIXES = frozenset({"mid", "pre", "post"})
_ORDINALS = frozenset({"st", "nd", "rd", "th", "er", "re", "e", "ème", "º", "ª"})
_MEASURES = frozenset({"bn", "mn", "tn", "k", "km", "m", "cm", "mm", "kg", "g", "t", "ha", "am", "pm", "h"})
_SUFFIXES = _ORDINALS | _MEASURES

_COUNTED = frozenset({1, 12})  # "2 dozen" may be meant as two of them, "2 million" never as two
# Beside the words that num2words knows: short forms, and words that it sets together with their number.
_SHORT_SCALES = MappingProxyType(
    {"million": 10**6, "k": 10**3, "mio": 10**6, "mrd": 10**9, "tsd": 10**3, "mln": 10**6, "mlrd": 10**9, "mld": 10**9}
    | {"tys": 10**3, "тыс": 10**3, "млн": 10**6, "млрд": 10**9, "тис": 10**3, "mn": 10**6}
    | {"tausend": 10**3, "bin": 10**3, "ezer": 10**3, "हज़ार": 10**3, "हजार": 10**3, "लाख": 10**5, "करोड़": 10**7}
    | {"milion": 10**6, "milyon": 10**6, "millió": 10**6, "milyar": 10**9, "milliárd": 10**9}
)
_ENGLISH_WORD = "|".join(sorted([*SMALL, *TENS, *FACTORS], key=len, reverse=True))
# Grouped by their first letters, so that the search can skip ahead to one of those.
_ENGLISH_START = "|".join(
    rf"{letter}(?<!\w\w)(?:{'|'.join(word[1:] for word in words)})"
    for letter, words in groupby(sorted([*SMALL, *TENS, *FACTORS], reverse=True), key=itemgetter(0))
)
_ENGLISH_RUN = late(rf"(?:{_ENGLISH_START})\b(?:(?:{_JOIN}|,\s+|,?\s+and\s+)(?:{_ENGLISH_WORD}|a\s+half)\b)*")
_ARTICLE_BEFORE = late(r"(?:\bhalf\s+)?\ban?\s+$")
_ENGLISH_TOKEN = late(r"[a-z]+|,")
_TELLING_WORDS = frozenset({*SMALL, *TENS, *FACTORS} - {"one"})
# "twenty-third", "two thirds" and "two o’clock" are not the numbers 20 and 2.
_NO_COUNT_AFTER = late(
    rf"[{_HYPHENS}](?:first|second|third|quarter|half|\w+th)s?\b"
    r"|\s+(?:thirds|halves|quarters|(?:four|fif|six|seven|eigh|nin|ten)ths)\b"
    r"|\s+(?:o['’]clock|[ap]\.m|pm)\b"
)
_MYRIADS = MappingProxyType({"万": 10**4, "萬": 10**4, "만": 10**4, "億": 10**8, "亿": 10**8, "억": 10**8})


def numbers_in(text: str, language: str = "en") -> list[Mention]:
    """Return the numbers that the text says, in the order in which they stand.

    Digits are read in every language with any separator of thousands, words in English and in the languages that
    num2words knows (there up to 199, and the whole hundreds). Where digits have two readings ("3.345", "2 dozen"),
    both are given from the same start. A bare "one", which is a pronoun as often as a number, is not reported, and
    neither are times of day.
    """
    return [mention for mention in _mentions(text, language) if not _is_pronoun(mention, text, language)]


@lru_cache(maxsize=64)
def _mentions(text: str, language: str) -> tuple[Mention, ...]:
    """Return what `numbers_in` does, with each bare "one"; read once for all the numbers that are looked for in it."""
    text = _without_marks(text, language)
    if _base(language) == "en":
        found = [*_digits_in(text, _english_scales(), comma_is_thousands=True), *_english_in(text)]
    else:
        spelling = _spelling(language)
        found = [*_digits_in(text, spelling.scales, comma_is_thousands=False), *_spelled_in(text, spelling)]
    return tuple(sorted(found, key=itemgetter(1)))


def _is_pronoun(mention: Mention, text: str, language: str) -> bool:
    """Tell whether a number may be a pronoun: "one", or what says so in another language."""
    value, start, end = mention
    if value != 1 or text[start].isdecimal():
        return False
    return _base(language) != "en" or text[start:end].lower() == "one"


def telling_words(language: str) -> frozenset[str]:
    """Return the words one of which, or a digit, a text must have to say a number; none where that cannot be told."""
    return _TELLING_WORDS if _base(language) == "en" else frozenset()


def says(text: str, value: Decimal, language: str = "en") -> Mention | None:
    """Return the first place where the text says just this number, in digits or in words, or None."""
    return next(iter(places_of(text, value, language)), None)


def places_of(text: str, value: Decimal, language: str = "en") -> list[Mention]:
    """Return every place where the text says just this number, in digits or in words, in order.

    The sign of `value` is ignored, since texts write "a loss of 5" as often as "-5". "02:40" does not say 40, nor
    "1.4 million" 1.4.
    """
    value = value.copy_abs()
    mentions = [mention for mention in _mentions(text, language) if mention.value == value]
    if _base(language) != "en":
        mentions = sorted([*mentions, *_in_words(text, value, language)], key=itemgetter(1))
    return mentions


def _base(language: str) -> str:
    return language.replace("_", "-").partition("-")[0].lower()


def _without_marks(text: str, language: str) -> str:
    """Blank out footnotes such as `[4]` and times of day, every other character in its place."""
    if "[" in text:
        text = _FOOTNOTE.sub(lambda mark: "\0" * len(mark.group()), text)
    return without_times(text, language)


def _digits_in(text: str, scales: _Scales, *, comma_is_thousands: bool) -> Iterator[Mention]:
    if not has_digit(text):
        return
    for token in _TOKEN.finditer(text):
        start, end = token.span()
        if end - start > _LONGEST_NUMBER or _glued_before(text, start) or _glued_after(text, end):
            continue
        values = _readings(token.group(), comma_is_thousands=comma_is_thousands)
        if not values:
            for part in _PARTS.finditer(text, start, end):
                yield Mention(Decimal(part.group()), *part.span())
            continue
        scale = scales.pattern.match(text, end)
        factor = scales.factors[_normal(scale.group(scale.lastindex or 0))] if scale else 1
        for value in values:
            if scale:
                yield Mention(value * factor, start, scale.end())
            if factor in _COUNTED:
                yield Mention(value, start, end)


def _glued_before(text: str, start: int) -> bool:
    """Tell whether the digits belong to a word before them, as in "T72" and "AK-47" but not in "mid-1994"."""
    before = text[start - 1 : start]
    if not before or before == " ":
        return False
    if before not in _HYPHENS:
        return _GLUED_AFTER.match(before) is not None
    word = _WORD_BEFORE.search(text, max(0, start - 31), start - 1)
    return word is not None and not (word.group().islower() or word.group().lower() in _PREFIXES)


def _glued_after(text: str, end: int) -> bool:
    """Tell whether the digits belong to a word after them, as in "001M" but not in "20th" and "5km"."""
    after = _GLUED_AFTER.match(text, end)
    return after is not None and after.group().lower() not in _SUFFIXES


def _readings(written: str, *, comma_is_thousands: bool) -> tuple[Decimal, ...]:
    """Return what the digits may mean: one value, two where a separator is ambiguous, none for a list or a date."""
    if written.isdecimal():
        return (Decimal(written),)
    marks = _NOT_DIGITS.findall(written)
    groups = _NOT_DIGITS.split(written)
    values = []
    if len(set(marks)) == 1 and marks[0] != "٫" and _are_thousands(groups, marks[0]):
        values.append(Decimal("".join(groups)))
        if marks[0] == "," and comma_is_thousands:
            return tuple(values)
    head, last = groups[:-1], marks[-1]
    whole = len(head) == 1 or (len(set(marks)) == 2 and _are_thousands(head, marks[0]))
    if whole and last in ".,٫" and marks.count(last) == 1:
        values.append(Decimal(f"{''.join(head)}.{groups[-1]}"))
    return tuple(values)


def _are_thousands(groups: Sequence[str], mark: str) -> bool:
    """Tell whether the groups are thousands (1,234,567), or lakhs and crores (12,34,567)."""
    first, *rest = groups
    if len(first) > 3 or (int(first) == 0 and rest):
        return False
    if all(len(group) == 3 for group in rest):
        return True
    return mark == "," and len(first) < 3 and len(rest[-1]) == 3 and all(len(group) == 2 for group in rest[:-1])


@lru_cache(maxsize=1)
def _english_scales() -> _Scales:
    return _scales({**FACTORS, "bn": 10**9, "mn": 10**6, "tn": 10**12, "k": 10**3})


def _scales(factors: Mapping[str, int]) -> _Scales:
    known = {**factors, **_MYRIADS}
    words = "|".join(_flexible(word) for word in sorted(factors, key=len, reverse=True))
    # Of all letters, Python would look for the other case one by one, which takes longer than to read a small timeline.
    pattern = rf"(?:[{_HYPHENS}]?\s{{0,2}}((?i:{words}))(?!{_GLUE})|\s?([{''.join(_MYRIADS)}]))"
    return _Scales(re.compile(pattern), MappingProxyType(known))


def _english_in(text: str) -> Iterator[Mention]:
    lower = text.replace("İ", "I").lower()  # the one letter whose lower case is longer
    said = english_words(lower)
    if _TELLING_WORDS.isdisjoint(said) and "one" not in said:
        return
    for run in _ENGLISH_RUN.finditer(lower):
        tokens = list(_ENGLISH_TOKEN.finditer(lower, _with_article(lower, run), run.end()))
        words = [token.group() for token in tokens]
        position = 0
        while position < len(words):
            value, after = number_at(words, position)
            if value is None:
                position += 1
                continue
            start, end = tokens[position].start(), tokens[after - 1].end()
            if not _NO_COUNT_AFTER.match(lower, end):
                yield Mention(value, start, end)
            position = after


def _with_article(text: str, run: re.Match[str]) -> int:
    """Return where the number starts: at "a" or "half a" where its first word is a hundred or the like."""
    start = run.start()
    before = _ARTICLE_BEFORE.search(text, max(0, start - 12), start)
    return before.start() if before else start


def _in_words(text: str, value: Decimal, language: str) -> Iterator[Mention]:
    """Yield where the text spells a value that is not one of those that are looked for in all texts."""
    spelling = _spelling(language)
    spelled = _spell(value, language) if value not in spelling.values.values() else ""
    if spelled:
        text = _without_marks(text, language)
        pattern = re.compile(rf"(?<!{_GLUE})(?:{_flexible(spelled)})(?!{_GLUE})", re.IGNORECASE)
        for found in pattern.finditer(text):
            if not _continues(text, found, spelling):
                yield Mention(value, *found.span())


def _spelled_in(text: str, spelling: _Spelling) -> Iterator[Mention]:
    if spelling.pattern is None:
        return
    if spelling.first_words and spelling.first_words.isdisjoint(_WORD.findall(_folded(text))):
        return
    for found in spelling.pattern.finditer(text):
        value = spelling.values.get(_normal(found.group()))
        if value is not None and not _continues(text, found, spelling):
            yield Mention(Decimal(value), *found.span())


def _continues(text: str, found: re.Match[str], spelling: _Spelling) -> bool:
    """Tell whether another number word stands beside the match, so that it is only a part of a number."""
    before = re.search(rf"(\w+){_JOIN}$", text[max(0, found.start() - 40) : found.start()])
    after = re.compile(rf"{_JOIN}(\w+)").match(text, found.end())
    return any(_normal(word.group(1)) in spelling.words for word in (before, after) if word)


@lru_cache(maxsize=16)
def _spelling(language: str) -> _Spelling:
    """Spell the small numbers of a language once; empty where num2words does not know the language."""
    values: dict[str, int] = {}
    for value in (*range(200), *range(200, 1000, 100), 1000):
        for spelled in (_spell(Decimal(value), language), _spell(Decimal(value), language, gender="f")):
            if spelled:
                values.setdefault(_normal(spelled), value)
    factors: dict[str, int] = {}
    for factor in (10**3, 10**6, 10**9, 10**12):
        # The word for a million differs after one, after two and after five in Slavic languages.
        for count in (1, 2, 5):
            *number, word = _normal(_spell(Decimal(count * factor), language)).split(" ")
            # "eine Million" has the number in a form of its own.
            said = values.get(" ".join(number), count if number and count == 1 else 0)
            if said:
                # Divided, because two million are "twenty lakh" in India.
                factors.setdefault(word, count * factor // said)
    single = {word for word in values if " " not in word}
    spaced = all(_GLUED_AFTER.match(word) for word in values)
    first_words = frozenset(_WORD.findall(word)[0] for word in values) if spaced else frozenset()
    words = "|".join(_flexible(word) for word in sorted(values, key=len, reverse=True))
    pattern = re.compile(rf"(?<!{_GLUE})(?:{words})(?!{_GLUE})", re.IGNORECASE) if values else None
    scales = _scales({**({} if factors else _english_scales().factors), **_SHORT_SCALES, **factors})
    return _Spelling(pattern, MappingProxyType(values), frozenset(single | set(factors)), first_words, scales)


def _spell(value: Decimal, language: str, **options: str) -> str:
    """Return the number in words by num2words, or an empty string where it cannot say it in that language."""
    from num2words import CONVERTER_CLASSES, num2words  # type: ignore[import-untyped]

    whole = language.replace("-", "_")
    name = next((known for known in CONVERTER_CLASSES if known.lower() == whole.lower()), _base(language))
    if name not in CONVERTER_CLASSES:
        return ""
    try:
        number = int(value) if value == value.to_integral_value() else value
        return str(num2words(number, lang=name, **options))
    except (ArithmeticError, AttributeError, LookupError, NotImplementedError, TypeError, ValueError):
        return ""


def _normal(words: str) -> str:
    return _folded(re.sub(_JOIN, " ", words.strip()))


def _folded(text: str) -> str:
    return text.replace("İ", "i").casefold()


def _flexible(words: str) -> str:
    """Return a pattern for the words that takes a hyphen for a space, and a space for a hyphen."""
    return _JOIN.join(re.escape(word) for word in re.split(_JOIN, words.strip()))
