"""Where, in the words that a quote shows, it says the numbers that are taken from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from dateline.evidence import figure_places
from dateline.late_patterns import late
from dateline.marks import cut_marks
from dateline.normal import normalise
from dateline.numbers import Mention
from dateline.quotes import Span
from dateline.views import RunView

# How far behind a number the word that it counts is looked for, and how many letters of that word must agree: the
# quote has its own grammar.
REACH = 60
STEM = 4
_WORD = late(rf"[^\W\d_]{{{STEM},}}")
_SPACES = late(r"\s+")


class Said(NamedTuple):
    """A number to be marked, and what it counts, in the words of its series."""

    value: Decimal
    counts: str


def marked_parts(
    text: str, spans: Sequence[Span], wanted: Sequence[Said], language: str
) -> tuple[tuple[RunView, ...], ...]:
    """Return the spans of a source's text as runs, each number that is wanted in a run of its own.

    The runs of a span, put together, are its characters with each stretch of white space as one space. A number that
    the span says twice is marked where a word of what it counts stands nearest behind it, or else where it stands
    first. One that no span says by itself is not marked.
    """
    if not wanted:
        return whole_parts(text, spans)
    found = list(_places(text, spans, wanted, language))
    return tuple(tuple(_runs(text, span, found)) for span in spans)


def whole_parts(text: str, spans: Sequence[Span]) -> tuple[tuple[RunView, ...], ...]:
    """Return the spans of a source's text as runs, one each, with each stretch of white space as one space."""
    return tuple([(RunView(_with_single_spaces(text[start:end]), is_number=False),) for start, end in spans])


def _with_single_spaces(words: str) -> str:
    # Of white space, Python counts the space alone among what is printed.
    if words.isprintable() and "  " not in words and words.strip() == words:
        return words
    return " ".join(words.split())


def _places(text: str, spans: Sequence[Span], wanted: Iterable[Said], language: str) -> Iterator[Span]:
    # The source may break a number by a soft hyphen or a line's end, so that it is looked for in the normal form.
    shown = [(start, normalise(text[start:end])) for start, end in spans]
    for said in wanted:
        stems = _stems(said.counts)
        candidates = [
            (_distance(normal.text, mention, stems), start, normal.to_original(mention.start, mention.end))
            for start, normal in shown
            for mention in figure_places(normal.text, said.value, language)
        ]
        if candidates:
            _, start, (left, right) = min(candidates)
            yield start + left, start + right


@lru_cache(maxsize=64)
def _stems(counts: str) -> frozenset[str]:
    """Return how the words begin in which a series says what it counts."""
    return frozenset(word[:STEM].casefold() for word in _WORD.findall(counts))


def _distance(text: str, mention: Mention, stems: frozenset[str]) -> int:
    """Return how far behind the number a word of what it counts begins, `REACH` where there is none so near."""
    behind = _WORD.finditer(text, mention.end, mention.end + REACH)
    near = (word.start() - mention.end for word in behind if word.group()[:STEM].casefold() in stems)
    return next(near, REACH)


def _runs(text: str, span: Span, found: Iterable[Span]) -> Iterator[RunView]:
    start, end = span
    for left, right, keys in cut_marks([(*place, "number") for place in found], start, end):
        words = _SPACES.sub(" ", text[left:right])
        words = words.lstrip() if left == start else words
        words = words.rstrip() if right == end else words
        if words:
            yield RunView(words, is_number=bool(keys))
