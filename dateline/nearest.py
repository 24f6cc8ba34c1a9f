"""The passage of a text nearest to a quote that does not stand there: shown to its author, never accepted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dateline.named_tuples import NamedTuple
from dateline.normal import normalise
from dateline.quotes import ELLIPSIS, Haystack, Miss, Span, find

LEAST_SCORE = 65.0  # below it, chance likeness of letters was offered as a passage
# A longer quote is placed by its beginning and its end: aligning all of it would take seconds.
ALIGNED_LENGTH = 1000
# How many characters before and after the aligned ends are tried as ends of the passage.
REACH = 50
WORDS_SHOWN = 8


class Near(NamedTuple):
    """The passage `text[start:end]` nearest to a quote, how near from 0 to 100, and what to paste as the quote.

    `paste` is on one line, in the text's own characters. Of an elided quote it has the nearest parts, and the
    passage runs from the first to the last of them.
    """

    start: int
    end: int
    score: float
    paste: str


class _Match(NamedTuple):
    """A span of the normal form, and how near it comes."""

    span: Span
    score: float


def nearest(text: str, quote: str) -> Near | None:
    """Return the passage of a text nearest to a quote, or None where nothing has a score of `LEAST_SCORE`.

    `paste`, used as the quote, is found in the text, though perhaps in more places than one. The score is the
    similarity by insertions and deletions (`rapidfuzz.fuzz.ratio`) of the normal forms in lower case.
    """
    haystack = Haystack(text)
    parts = [part.strip(" ") for part in ELLIPSIS.split(normalise(quote).text)]
    parts = [part for part in parts if any(map(str.isalnum, part))]
    if not parts:
        return None
    return _near(haystack, _in_turn(haystack, parts)) or _near(haystack, _in_turn(haystack, [max(parts, key=len)]))


def _near(haystack: Haystack, matches: Sequence[_Match]) -> Near | None:
    """Return the matches as one passage, or None where there are none or pasting them would not do."""
    if not matches:
        return None
    spans = haystack.original(match.span for match in matches)
    paste = " … ".join(" ".join(haystack.text[start:end].split()) for start, end in spans)
    answer = find(haystack, paste)
    if isinstance(answer, Miss) and answer.reason != "ambiguous":
        return None
    lengths = [end - start for start, end in spans]
    score = sum(match.score * length for match, length in zip(matches, lengths, strict=True)) / sum(lengths)
    return Near(spans[0][0], spans[-1][1], score, paste)


def _in_turn(haystack: Haystack, parts: Iterable[str]) -> list[_Match]:
    """Return the match nearest to each part, each sought after the one before; none where one has none."""
    matches: list[_Match] = []
    for part in parts:
        match = _best(haystack, part, matches[-1].span[1] if matches else 0)
        if not match:
            return []
        matches.append(match)
    return matches


def _best(haystack: Haystack, words: str, begin: int) -> _Match | None:
    """Return the whole words of the normal form, from offset `begin` on, nearest to words in normal form."""
    from rapidfuzz.fuzz import ratio

    text, wanted = _folded(haystack.normal.text), _folded(words)
    # However well the text stood in the quote, the score could not reach the least.
    if (len(text) - begin) * (200 - LEAST_SCORE) < len(wanted) * LEAST_SCORE:
        return None
    start, end = _aligned(text, wanted, begin)
    head, tail = wanted[:ALIGNED_LENGTH], wanted[-ALIGNED_LENGTH:]

    def head_score(at: int) -> float:
        return ratio(head, text[at : min(at + ALIGNED_LENGTH, end)])

    def tail_score(at: int) -> float:
        return ratio(tail, text[max(at - ALIGNED_LENGTH, start) : at])

    starts = range(max(start - REACH, begin), min(start + REACH, end))
    starts_whole = [at for at in starts if text[at] != " " and not haystack.cuts(at, opening=True)]
    start = max(starts_whole or [start], key=lambda at: (head_score(at), -abs(at - start)))
    ends = range(max(end - REACH, start) + 1, min(end + REACH, len(text)) + 1)
    ends_whole = [at for at in ends if text[at - 1] != " " and not haystack.cuts(at, opening=False)]
    end = max(ends_whole or [end], key=lambda at: (tail_score(at), -abs(at - end)))
    score = ratio(wanted, text[start:end])
    return _Match((start, end), score) if score >= LEAST_SCORE else None


def _folded(text: str) -> str:
    """Return the text in lower case, each character still at its offset."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)


def _aligned(text: str, wanted: str, begin: int) -> Span:
    """Return the span of the text, from offset `begin` on, that aligns best with the wanted words, to the letter."""
    from rapidfuzz.fuzz import partial_ratio_alignment

    def span(words: str, start: int, end: int) -> Span:
        found = partial_ratio_alignment(words, text[start:end]) if len(words) < end - start else None
        return (found.dest_start + start, found.dest_end + start) if found else (start, end)

    start, end = span(wanted[:ALIGNED_LENGTH], begin, len(text))
    if len(wanted) > ALIGNED_LENGTH:
        _, end = span(wanted[-ALIGNED_LENGTH:], start, min(start + 2 * len(wanted), len(text)))
    return start, end


def difference(quote: str, passage: str) -> str:
    """Return in words the first difference between a quote and a passage, or an empty string where none counts.

    Words are compared in normal form, so that typography never counts.
    """
    from rapidfuzz.distance import Levenshtein

    said, there = _words(quote), _words(passage)
    steps = Levenshtein.opcodes([form for _, form in said], [form for _, form in there])
    changes = [step for step in steps if step.tag != "equal"]
    if not changes:
        return ""
    first = last = changes[0]
    for step in changes[1:]:
        if step.src_start != last.src_end or step.dest_start != last.dest_end:
            break
        last = step
    ours = _shown(said[first.src_start : last.src_end])
    theirs = _shown(there[first.dest_start : last.dest_end])
    if not theirs:
        return f"the quote has “{ours}”, the source has not"
    if not ours:
        return f"the quote leaves out “{theirs}”"
    return f"the quote says “{ours}”, the source “{theirs}”"


def _words(text: str) -> list[tuple[str, str]]:
    """Return the words of a text, each as it stands and in normal form."""
    words = ((word, normalise(word).text.strip(" ")) for word in text.split())
    return [(word, form) for word, form in words if form]


def _shown(words: list[tuple[str, str]]) -> str:
    shown = " ".join(word for word, _ in words[:WORDS_SHOWN])
    return f"{shown} …" if len(words) > WORDS_SHOWN else shown
