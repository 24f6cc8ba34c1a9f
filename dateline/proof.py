"""Citations + sources → proofs: each quote found word for word, or a problem that says what stands there instead."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import itemgetter

from dateline.events import FILE, Citation
from dateline.named_tuples import NamedTuple
from dateline.paragraphs import Paragraph
from dateline.problems import Problem
from dateline.quotes import Haystack, Miss, Passage, Span, find, words_left_out
from dateline.sources import Source
from dateline.timeline import Timeline

# How many characters of a source are shown around a place.
CONTEXT = 40

_END = itemgetter(Paragraph._fields.index("end"))


class Proof(NamedTuple):
    """A quote that was found: where, how, in which paragraphs (their numbers), and how many words it leaves out."""

    source: Source
    passage: Passage
    paragraphs: tuple[int, ...]
    left_out: int


class Found(NamedTuple):
    """What is known of a quote that was found, but for its source; fields as those of `Proof`."""

    passage: Passage
    paragraphs: tuple[int, ...]
    left_out: int


def wanted(timeline: Timeline) -> list[tuple[Citation, Source]]:
    """Return the citations whose quotes are to be found, each with its source; those of one source stand together."""
    by_name: dict[str, list[Citation]] = {}
    for entry in timeline.entries:
        for citation in entry.citations:
            if citation.quote:
                by_name.setdefault(citation.source, []).append(citation)
    sources = timeline.sources
    return [(citation, sources[name]) for name, cited in by_name.items() if name in sources for citation in cited]


def looked_for(wanted: Iterable[tuple[Citation, Source]]) -> Iterator[Found | Miss]:
    """Look for each of these quotes in its source, and yield what became of it."""
    haystack = Haystack("")
    for citation, source in wanted:
        if haystack.text is not source.text:
            haystack = Haystack(source.text)
        found = find(haystack, citation.quote, citation.prefix, citation.suffix)
        yield found if isinstance(found, Miss) else _found(source, found)


def _found(source: Source, passage: Passage) -> Found:
    left_out = words_left_out(source.text, passage.spans) if passage.grade == "elided" else 0
    return Found(passage, _paragraphs_of(source.paragraphs, passage.spans), left_out)


def proofs(
    timeline: Timeline, wanted: Sequence[tuple[Citation, Source]], answers: Iterable[Found | Miss]
) -> tuple[dict[str, Proof], list[Problem]]:
    """Return the proofs by the citation's anchor, and a problem for each miss, given what became of each quote."""
    proved: dict[str, Proof] = {}
    misses: list[tuple[Citation, Source, Miss]] = []
    for (citation, source), answer in zip(wanted, answers, strict=True):
        if isinstance(answer, Miss):
            misses.append((citation, source, answer))
        else:
            proved[citation.anchor] = Proof(source, *answer)
    return proved, [_problem(citation, source, miss, timeline) for citation, source, miss in misses]


def paragraph_label(numbers: tuple[int, ...]) -> str:
    """Return the paragraphs of a passage as a reader cites them: "¶ 7", "¶ 7–9"."""
    if not numbers:
        return ""
    return f"¶ {numbers[0]}" if len(numbers) == 1 else f"¶ {numbers[0]}–{numbers[-1]}"


def _paragraphs_of(paragraphs: Sequence[Paragraph], spans: Sequence[Span]) -> tuple[int, ...]:
    """Return the numbers of the paragraphs, which are in the order of the text, that any of the spans touches."""
    if len(spans) > 1:
        return tuple(sorted({number for span in spans for number in _paragraphs_of(paragraphs, [span])}))
    ((start, end),) = spans
    first = last = bisect_right(paragraphs, start, key=_END)
    while last < len(paragraphs) and paragraphs[last].start < end:
        last += 1
    return tuple([paragraph.number for paragraph in paragraphs[first:last]])


def _problem(citation: Citation, source: Source, miss: Miss, timeline: Timeline) -> Problem:
    words = f"“{_shortened(miss.part)}” " if miss.part else ""
    if miss.reason == "not found":
        return _not_found(citation, source, words, timeline)
    notes = tuple(_place_notes(source, miss))
    column = {"prefix": "quote_prefix", "suffix": "quote_suffix"}.get(miss.reason, "quote")
    message, help_text = _explained(words, source, miss)
    return Problem(FILE, citation.line, column, message, help_text, notes=notes)


def _explained(words: str, source: Source, miss: Miss) -> tuple[str, str]:
    """Return message and help for a miss whose words stand in the source, but not as they are quoted."""
    messages = {
        "empty": (f"{words}has no letter or digit to look for", "copy the words from the source"),
        "cut": (
            f"{words}begins or ends inside a longer word or number of {source.path}",
            "copy whole words, as in the line above",
        ),
        "order": (
            f"its parts all stand in {source.path}, but in another order",
            "put the parts in the order of the source, as in the line above, or make two citations of them",
        ),
        "ambiguous": (
            f"{words}stands {miss.total} times in {source.path}",
            "quote more words, or put the words just before or after into quote_prefix or quote_suffix",
        ),
        "prefix": (
            f"the quote stands in {source.path}, but not right after these words",
            "copy the words just before the quote, or leave quote_prefix empty",
        ),
        "suffix": (
            f"the quote stands in {source.path}, but not right before these words",
            "copy the words just after the quote, or leave quote_suffix empty",
        ),
    }
    return messages[miss.reason]


def _place_notes(source: Source, miss: Miss) -> Iterator[tuple[str, str]]:
    for place in miss.places:
        label = paragraph_label(_paragraphs_of(source.paragraphs, place)) or "there"
        if miss.reason in ("cut", "order"):
            yield label, f"“{_joined(source.text, sorted(place))}”"
        else:
            yield label, f"“{_in_context(source.text, place[0][0], place[-1][1])}”"
    if miss.total > len(miss.places):
        yield "and", f"{miss.total - len(miss.places)} more"


def _not_found(citation: Citation, source: Source, words: str, timeline: Timeline) -> Problem:
    message = f"the part {words}is not found in {source.path}" if words else f"not found in {source.path}"
    others = _found_elsewhere(citation, timeline.sources)
    notes = list(_nearest(citation, [source]))
    if others:
        notes += [("found word for word in", other.path) for other in others]
        help_text = f"write {others[0].name} as the source, if these are the words you mean"
    else:
        notes = notes or list(_nearest(citation, timeline.sources.values()))
        help_text = "copy the words exactly, or put … where words are left out"
    return Problem(FILE, citation.line, "quote", message, help_text, notes=tuple(notes))


def _nearest(citation: Citation, sources: Iterable[Source]) -> Iterator[tuple[str, str]]:
    """Yield the nearest passage of these sources, ready to be pasted, and how it differs from the quote."""
    from dateline import nearest

    passages = ((nearest.nearest(source.text, citation.quote), source) for source in sources)
    best = max(((near, source) for near, source in passages if near), key=lambda found: found[0].score, default=None)
    if best is None:
        return
    near, source = best
    label = paragraph_label(_paragraphs_of(source.paragraphs, [(near.start, near.end)]))
    place = ", ".join(part for part in ("" if source.name == citation.source else source.path, label) if part)
    yield "nearest", f"“{near.paste}”" + (f" ({place})" if place else "")
    said = nearest.difference(citation.quote, near.paste)
    if said:
        yield "difference", said


def _found_elsewhere(citation: Citation, sources: Mapping[str, Source]) -> list[Source]:
    """Return the other sources in which the quote stands, be it more than once."""
    others = [source for name, source in sources.items() if name != citation.source]
    answers = [(find(Haystack(other.text), citation.quote), other) for other in others]
    return [other for answer, other in answers if isinstance(answer, Passage) or answer.reason == "ambiguous"]


def _in_context(text: str, start: int, end: int) -> str:
    """Return a place with the words around it, cut at words, an ellipsis where the text goes on."""
    before = text[max(0, start - CONTEXT) : start]
    after = text[end : end + CONTEXT]
    if start > CONTEXT:
        before = "…" + before[before.find(" ") + 1 :]
    if end + CONTEXT < len(text):
        after = after[: after.rfind(" ")] + "…" if " " in after else "…"
    return _spaced(before + _shortened(text[start:end]) + after)


def _joined(text: str, spans: Iterable[Span]) -> str:
    return " … ".join(_spaced(text[start:end]) for start, end in spans)


def _shortened(text: str) -> str:
    return text if len(text) <= 3 * CONTEXT else f"{text[:CONTEXT]} … {text[-CONTEXT:]}"


def _spaced(text: str) -> str:
    return " ".join(text.split())
