"""A source and the passages found in it → its paragraphs, cut where marks begin and end."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from html import escape
from itertools import islice
from operator import itemgetter
from typing import NamedTuple, TypeVar

from markupsafe import Markup

from dateline.config import Category
from dateline.events import Citation, Entry
from dateline.late_patterns import late
from dateline.marks import cut_marks
from dateline.paragraphs import Markup as Inline
from dateline.paragraphs import Paragraph
from dateline.present import GLYPHS, Presenter
from dateline.proof import Proof
from dateline.quotes import Span
from dateline.sources import Source
from dateline.text_scale import TextScale, places
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


class Passage(NamedTuple):
    """A passage of a source: where it begins, the anchor of its citation, and what is shown of its entry beside it.

    `color` is that of the category, empty where the entry has none.
    """

    start: int
    anchor: str
    spans: tuple[Span, ...]
    entry: Entry
    date: str
    category: Category | None
    color: str


# A span of a passage, with the anchor of its citation.
Marked = tuple[int, int, str]


def passages_of(cited: Iterable[Cited], presenter: Presenter) -> dict[str, Passage]:
    """Return the passages of a source by the anchors of their citations, in the order in which they are cited."""
    categories, said = presenter.categories, presenter.display.full
    passages = {}
    for entry, citation, proof in cited:
        category, spans, anchor = categories.get(entry.category), proof.passage.spans, citation.anchor
        color = category.color if category else ""
        passages[anchor] = Passage(spans[0][0], anchor, spans, entry, said(entry.date), category, color)
    return passages


def in_order(passages: Iterable[Passage]) -> list[Passage]:
    """Return passages of one source in the order in which they begin."""
    return sorted(passages, key=itemgetter(0, 1))


def paragraph_views(
    source: Source, passages: Mapping[str, Passage], scale: TextScale, presenter: Presenter
) -> tuple[ParagraphView, ...]:
    """Return the paragraphs of a source as its `publish` allows: all, those with passages, or none."""
    if source.publish == "link":
        return ()
    text, named = source.text, presenter.paragraph_named
    marks = [(start, end, anchor) for anchor, passage in passages.items() for start, end in passage.spans]
    spans = _by_paragraph(source, marks)
    inline = _by_paragraph(source, source.markup)
    edges = iter(places(scale.paragraphs()))
    views = []
    for paragraph, top, bottom in zip(source.paragraphs, edges, edges, strict=True):
        number, start, end, kind = paragraph
        inside = spans.get(number, ())
        if not inside and source.publish == "quotes":
            continue
        notes: tuple[NoteView, ...] = ()
        if inside or number in inline:
            pieces = tuple(_pieces(source, paragraph, inside, inline.get(number, ()), passages))
            notes = tuple(_notes(source, number, inside, passages, presenter)) if inside else ()
        else:
            pieces = (_plain(_html(text[start:end])),)
        # In the order of the fields: by their names it takes three times as long.
        views.append(ParagraphView(number, top, bottom, named(number), kind, False, False, pieces, notes))  # noqa: FBT003
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


def _notes(
    source: Source, number: int, inside: Iterable[Marked], passages: Mapping[str, Passage], presenter: Presenter
) -> Iterator[NoteView]:
    """Yield a note for each passage that stands in a paragraph, in the order in which they begin."""
    # One that leaves words out may stand there more than once.
    begun = [passages[anchor] for anchor in {anchor for _, _, anchor in inside}]
    often: Container[str] = ()
    if len(begun) > 1:
        begun = in_order(begun)
        entries = [passage.entry.id for passage in begun]
        often = {entry for entry in entries if entries.count(entry) > 1} if len({*entries}) < len(entries) else ()
    for passage in begun:
        entry, category = passage.entry, passage.category
        yield NoteView(
            _note_id(number, passage.anchor),
            passage.anchor,
            entry.id,
            _first_words(source, passage) if entry.id in often else "",
            presenter.on_timeline(entry.id),
            passage.date,
            entry.title,
            category,
            GLYPHS[category.shape] if category else "",
        )


def _note_id(number: int, anchor: str) -> str:
    return f"note.{number}.{anchor}"


def _first_words(source: Source, passage: Passage) -> str:
    start, end = passage.spans[0]
    words = source.text[start:end].split(maxsplit=_NOTE_WORDS)
    return " ".join(words[:_NOTE_WORDS]) + ("…" if len(words) > _NOTE_WORDS else "")


def cited_share(source: Source, cited: Iterable[Cited]) -> float:
    """Return how much of a source's text is cited, from 0 to 1, no character counted twice."""
    covered, reached = 0, 0
    for start, end in sorted(span for item in cited for span in item.proof.passage.spans):
        if end > reached:
            covered += end - (start if start > reached else reached)
            reached = end
    whole = sum(paragraph.end - paragraph.start for paragraph in source.paragraphs)
    return covered / whole if whole else 0.0


def _pieces(
    source: Source,
    paragraph: Paragraph,
    inside: Sequence[Marked],
    inline: Sequence[Inline],
    passages: Mapping[str, Passage],
) -> Iterator[PieceView]:
    """Yield a paragraph cut where passages and inline markup begin and end."""
    text, number = source.text, paragraph.number
    if not inline and source.publish == "full":
        for start, end, over in cut_marks(inside, paragraph.start, paragraph.end):
            html = _html(text[start:end])
            yield _piece(html, [passages[anchor] for anchor in over], number, start) if over else _plain(html)
        return
    keyed: list[tuple[int, int, str | Inline]] = [*inside, *((item.start, item.end, item) for item in inline)]
    shown = _shown(source, paragraph, [(start, end) for start, end, _ in inside])
    reached = paragraph.start
    for start, end, keys in cut_marks(keyed, paragraph.start, paragraph.end):
        over_it = [passages[key] for key in keys if isinstance(key, str)]
        for left, right in _within(shown, start, end):
            if left > reached:
                before = " " if reached > paragraph.start else ""
                yield _plain(Markup(f'{before}<span class="gap">[…]</span> '))  # noqa: S704 - ours alone
            reached = right
            html = _html(text[left:right], [key for key in keys if not isinstance(key, str)])
            yield _piece(html, over_it, number, left) if over_it else _plain(html)
    if reached < paragraph.end:
        yield _plain(Markup(' <span class="gap">[…]</span>'))


def _plain(html: Markup) -> PieceView:
    return PieceView(html, "", (), False, "", "", "", "")  # noqa: FBT003 - in the order of the fields


def _piece(html: Markup, over: Sequence[Passage], number: int, begins: int) -> PieceView:
    """Return a piece of a paragraph, given its number, where the piece begins, and the passages over it."""
    first = over[0]
    if len(over) == 1:
        anchor = first.anchor if first.start == begins else ""
        note = _note_id(number, first.anchor)
        return PieceView(html, anchor, (), True, first.color, first.entry.id, first.anchor, note)  # noqa: FBT003
    begin = [passage.anchor for passage in over if passage.start == begins]
    return PieceView(
        html,
        begin[0] if begin else "",
        tuple(begin[1:]),
        True,  # noqa: FBT003 - in the order of the fields
        first.color,
        " ".join(dict.fromkeys([passage.entry.id for passage in over])),
        " ".join([passage.anchor for passage in over]),
        " ".join([_note_id(number, passage.anchor) for passage in over]),
    )


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
