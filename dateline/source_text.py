"""A source and the passages found in it → its paragraphs, cut where marks begin and end."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from itertools import islice
from typing import TypeVar

from markupsafe import Markup

from dateline.events import Citation, Entry
from dateline.late_patterns import late
from dateline.marks import cut_marks
from dateline.named_tuples import NamedTuple
from dateline.paragraphs import Markup as Inline
from dateline.paragraphs import Paragraph
from dateline.present import GLYPHS, NO_GLYPH, Presenter
from dateline.proof import Proof
from dateline.quotes import Span
from dateline.sources import Source
from dateline.text_scale import TextScale, place
from dateline.views import NoteView, ParagraphView, PieceView

# How many words of a passage tell it from another of the same entry beside the same paragraph.
_NOTE_WORDS = 6
# Where a sentence ends: its stop, any closing marks, and the white space after it.
_SENTENCE_END = late(r"[.!?…։؟]++[\"'”’»)\]]*+(?:\[\d+\])?\s+|[。！？]++[」』”’]*+\s*")

# What stands from its first to its second number: a passage, or inline markup.
Spanning = TypeVar("Spanning", tuple[int, int, str], Inline)


class Cited(NamedTuple):
    """A citation of this source, with the entry it belongs to and the proof of its words."""

    entry: Entry
    citation: Citation
    proof: Proof


def paragraph_views(source: Source, cited: Sequence[Cited], presenter: Presenter) -> tuple[ParagraphView, ...]:
    """Return the paragraphs of a source as its `publish` allows: all, those with passages, or none."""
    if source.publish == "link":
        return ()
    passages = _passages(cited)
    spans, inline = _by_paragraph(source, passages.spans), _by_paragraph(source, source.markup)
    views = []
    for paragraph, (top, bottom) in zip(source.paragraphs, TextScale(source).paragraphs(), strict=True):
        number = paragraph.number
        inside = spans.get(number, ())
        if not inside and source.publish == "quotes":
            continue
        if inside or number in inline:
            pieces = tuple(_pieces(source, paragraph, inside, inline.get(number, ()), passages, presenter))
        else:
            pieces = (_plain(_html(source.text[paragraph.start : paragraph.end])),)
        views.append(
            # In the order of the fields: by their names it takes three times as long.
            ParagraphView._make((
                number,
                place(top),
                place(bottom),
                presenter.paragraph_named(number),
                paragraph.kind,
                False,
                False,
                pieces,
                tuple(_notes(source, paragraph, inside, passages, presenter)) if inside else (),
            ))
        )  # fmt: skip
    has_lists = "li" in {view.kind for view in views}
    return tuple(_in_lists(views) if has_lists else views)


def _by_paragraph(source: Source, spans: Sequence[Spanning]) -> dict[int, list[Spanning]]:
    """Return, by the number of each paragraph in which some of these stand, those that do, in their order."""
    found: dict[int, list[Spanning]] = {}
    if not spans:
        return found
    paragraphs = source.paragraphs
    ends = [paragraph.end for paragraph in paragraphs]
    for span in spans:
        start, end = span[:2]
        for paragraph in islice(paragraphs, bisect_right(ends, start), None):
            if paragraph.start >= end:
                break
            found.setdefault(paragraph.number, []).append(span)
    return found


def _in_lists(views: Sequence[ParagraphView]) -> Iterator[ParagraphView]:
    """Yield the paragraphs that are shown; of each run of list items the first begins a list and the last ends it."""
    kinds = ["", *(view.kind for view in views), ""]
    for before, view, after in zip(kinds, views, kinds[2:], strict=False):
        listed = view.kind == "li"
        yield view._replace(begins_list=before != "li", ends_list=after != "li") if listed else view


def in_order(cited: Iterable[Cited]) -> list[Cited]:
    """Return citations of one source in the order in which their passages begin."""
    return sorted(cited, key=lambda item: (item.proof.passage.spans[0][0], item.citation.anchor))


class _Passages(NamedTuple):
    """The passages of a source: their spans with the anchor of the citation, and for each anchor where it begins."""

    spans: tuple[tuple[int, int, str], ...]
    first: Mapping[str, int]
    cited: Mapping[str, Cited]


def _passages(cited: Sequence[Cited]) -> _Passages:
    spans = tuple((start, end, item.citation.anchor) for item in cited for start, end in item.proof.passage.spans)
    first = {item.citation.anchor: item.proof.passage.spans[0][0] for item in cited}
    return _Passages(spans, first, {item.citation.anchor: item for item in cited})


def _notes(
    source: Source,
    paragraph: Paragraph,
    inside: Sequence[tuple[int, int, str]],
    passages: _Passages,
    presenter: Presenter,
) -> Iterator[NoteView]:
    """Yield a note for each passage that stands in the paragraph, in the order in which they begin."""
    begun = [passages.cited[anchor] for anchor in {anchor for _, _, anchor in inside}]
    begun = in_order(begun) if len(begun) > 1 else begun
    often = Counter([item.entry.id for item in begun]) if len(begun) > 1 else {}
    for item in begun:
        words = _first_words(source, item) if often.get(item.entry.id, 1) > 1 else ""
        yield _note(item, _note_id(paragraph, item.citation.anchor), words, presenter)


def _note_id(paragraph: Paragraph, anchor: str) -> str:
    return f"note.{paragraph.number}.{anchor}"


def _first_words(source: Source, item: Cited) -> str:
    start, end = item.proof.passage.spans[0]
    words = source.text[start:end].split(maxsplit=_NOTE_WORDS)
    return " ".join(words[:_NOTE_WORDS]) + ("…" if len(words) > _NOTE_WORDS else "")


def _note(item: Cited, note_id: str, words: str, presenter: Presenter) -> NoteView:
    entry = item.entry
    category = presenter.categories.get(entry.category)
    return NoteView(
        note_id,
        item.citation.anchor,
        entry.id,
        words,
        presenter.on_timeline(entry.id),
        presenter.display.full(entry.date),
        entry.title,
        category,
        GLYPHS[category.shape] if category else NO_GLYPH,
    )


def cited_share(source: Source, cited: Iterable[Cited]) -> float:
    """Return how much of a source's text is cited, from 0 to 1, no character counted twice."""
    covered, reached = 0, 0
    for start, end in sorted(span for item in cited for span in item.proof.passage.spans):
        covered += max(0, end - max(start, reached))
        reached = max(reached, end)
    whole = sum(paragraph.end - paragraph.start for paragraph in source.paragraphs)
    return covered / whole if whole else 0.0


def _pieces(  # noqa: PLR0913, PLR0917 - what pieces are made of
    source: Source,
    paragraph: Paragraph,
    inside: Sequence[tuple[int, int, str]],
    inline: Sequence[Inline],
    passages: _Passages,
    presenter: Presenter,
) -> Iterator[PieceView]:
    """Yield a paragraph cut where passages and inline markup begin and end."""
    text = source.text
    if not inline and source.publish == "full":
        for start, end, over in cut_marks(inside, paragraph.start, paragraph.end):
            yield _piece(_html(text[start:end]), over, paragraph, passages, presenter, begins=start)
        return
    keyed: list[tuple[int, int, str | Inline]] = [*inside, *((item.start, item.end, item) for item in inline)]
    shown = _shown(source, paragraph, [(start, end) for start, end, _ in inside])
    reached = paragraph.start
    for start, end, keys in cut_marks(keyed, paragraph.start, paragraph.end):
        anchors = [key for key in keys if isinstance(key, str)]
        for left, right in _within(shown, start, end):
            if left > reached:
                before = " " if reached > paragraph.start else ""
                yield _plain(Markup(f'{before}<span class="gap">[…]</span> '))  # noqa: S704 - ours alone
            reached = right
            html = _html(text[left:right], [key for key in keys if not isinstance(key, str)])
            yield _piece(html, anchors, paragraph, passages, presenter, begins=left)
    if reached < paragraph.end:
        yield _plain(Markup(' <span class="gap">[…]</span>'))


def _plain(html: Markup) -> PieceView:
    return PieceView._make((html, "", (), False, "", "", "", ""))


def _piece(  # noqa: PLR0913 - what a piece is made of
    html: Markup,
    anchors: Sequence[str],
    paragraph: Paragraph,
    passages: _Passages,
    presenter: Presenter,
    *,
    begins: int,
) -> PieceView:
    if not anchors:
        return _plain(html)
    entries = [passages.cited[anchor].entry for anchor in anchors]
    category = presenter.categories.get(entries[0].category)
    begin = [anchor for anchor in anchors if passages.first[anchor] == begins]
    return PieceView._make((
        html,
        begin[0] if begin else "",
        tuple(begin[1:]),
        True,
        category.color if category else "",
        " ".join(dict.fromkeys([entry.id for entry in entries])) if len(entries) > 1 else entries[0].id,
        " ".join(anchors),
        " ".join([_note_id(paragraph, anchor) for anchor in anchors]),
    ))  # fmt: skip


def _html(text: str, inline: Sequence[Inline] = ()) -> Markup:
    html = escape(text, quote=False) if "&" in text or "<" in text or ">" in text else text
    for item in sorted(inline, key=lambda item: item.start - item.end, reverse=True) if inline else ():
        if item.tag == "a" and item.href:
            html = f'<a href="{escape(item.href)}" rel="noopener noreferrer">{html}</a>'
        elif item.tag != "a":
            html = f"<{item.tag}>{html}</{item.tag}>"
    # The text is escaped, the elements are ours; `Markup` itself would ask whether it is HTML already.
    return str.__new__(Markup, html)


def _shown(source: Source, paragraph: Paragraph, passages: Sequence[Span]) -> list[Span]:
    """Return what of a paragraph may be shown: all of it, or the sentences that hold the passages."""
    if source.publish == "full":
        return [(paragraph.start, paragraph.end)]
    stops = [match.end() for match in _SENTENCE_END.finditer(source.text, paragraph.start, paragraph.end)]
    sentences = list(zip([paragraph.start, *stops], [*stops, paragraph.end], strict=True))
    return [(left, right) for left, right in sentences if any(start < right and left < end for start, end in passages)]


def _within(shown: Iterable[Span], start: int, end: int) -> Iterator[Span]:
    for left, right in shown:
        if left < end and start < right:
            yield max(left, start), min(right, end)
