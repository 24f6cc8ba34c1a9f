"""A text → the words a reader sees, in numbered paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise
from typing import NamedTuple

# The width, in characters, to which people and mail programs wrap lines; and how ragged the lines may be.
WRAPPED_WIDTH = range(50, 121)
RAGGED = 0.8

_INLINE = frozenset({"em", "strong", "b", "i", "code", "sub", "sup", "ins", "u", "a"})
_STRUCK = frozenset({"del", "s"})
# A raised digit is another sign than the digit: 20³ is not 203.
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


class Paragraph(NamedTuple):
    """A numbered paragraph: characters `start` to `end` of the text; `kind` is `p`, `h`, `li`, `quote` or `pre`."""

    number: int
    start: int
    end: int
    kind: str = "p"


class Markup(NamedTuple):
    """Inline markup over characters `start` to `end`: an HTML element, and its address where it is a link."""

    start: int
    end: int
    tag: str
    href: str = ""


class Text(NamedTuple):
    """What a reader sees: the characters, their paragraphs, and the inline markup over them."""

    text: str
    paragraphs: tuple[Paragraph, ...]
    markup: tuple[Markup, ...] = ()


def read_plain(text: str) -> Text:
    """Return a plain text in paragraphs.

    A blank line always parts two paragraphs. A single line break parts them as well, unless the line was wrapped:
    the block's longest line has a length in `WRAPPED_WIDTH`, and the next line's first word would have brought the
    line before it over `RAGGED` of that.
    """
    spans: list[tuple[int, int]] = []
    at = 0
    for piece in text.split("\n\n"):
        words = piece.strip()
        start = at + len(piece) - len(piece.lstrip())
        if "\n" in words:
            spans += (span for block in _blocks(text, start, start + len(words)) for span in _unwrapped(text, *block))
        elif words:
            spans.append((start, start + len(words)))
        at += len(piece) + 2
    return Text(text, tuple([Paragraph(number, start, end) for number, (start, end) in enumerate(spans, 1)]))


def read_markdown(text: str) -> Text:
    """Return a Markdown text as it reads once rendered: paragraphs, headings, list items, with inline markup.

    Digits that it raises or lowers are those characters of Unicode, struck words keep their `~~`, and a picture is
    the words that stand for it.
    """
    from dateline.markdown import source_html

    reader = _HtmlText()
    reader.feed(source_html(text))
    reader.close()
    return reader.result()


_BLOCK = re.compile(r"\S(?:[^\n]*\S)?(?:\n[^\S\n]*\S(?:[^\n]*\S)?|[^\S\n]*\n[^\S\n]*\S(?:[^\n]*\S)?)*")


def _blocks(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the spans between blank lines, without the white space around them."""
    for block in _BLOCK.finditer(text, start, end):
        yield block.span()


def _unwrapped(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    lines = [(found.start() + start, found.end() + start) for found in re.finditer(r"\S(?:[^\n]*\S)?", text[start:end])]
    width = max(stop - begin for begin, stop in lines)
    begin = lines[0][0]
    for line, following in pairwise(lines):
        word = re.compile(r"\S+").match(text, following[0])
        fits = word is not None and line[1] - line[0] + 1 + len(word[0]) <= RAGGED * width
        if fits or width not in WRAPPED_WIDTH:
            yield begin, line[1]
            begin = following[0]
    yield begin, lines[-1][1]


class _HtmlText(HTMLParser):
    """Collects the text of sanitised HTML, with the spans of its blocks and of its inline elements."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.length = 0
        self.kinds: list[str] = []
        self.blocks: list[tuple[int, int, str]] = []
        self.block_start = 0
        self.open: list[tuple[str, int, str]] = []
        self.markup: list[Markup] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _INLINE:
            self.open.append((tag, self.length, dict(attrs).get("href") or ""))
        elif tag == "br":
            self._add("\n")
        elif tag == "img":
            self._add(dict(attrs).get("alt") or "")
        elif tag in _STRUCK:
            self._add("~~")
        elif tag == "hr":
            self._end_block()
        elif tag != "abbr":
            self._end_block()
            self.kinds.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _INLINE and self.open:
            opened, start, href = self.open.pop()
            if self.length > start and opened not in ("sub", "sup"):
                self.markup.append(Markup(start, self.length, opened, href))
        elif tag in _STRUCK:
            self._add("~~")
        elif tag not in _INLINE and tag != "abbr" and self.kinds:
            self._end_block()
            self.kinds.pop()

    def handle_data(self, data: str) -> None:
        # White space between two blocks belongs to neither.
        if self.length > self.block_start or data.strip():
            raised = {opened for opened, _, _ in self.open}
            table = _RAISED if "sup" in raised else _LOWERED if "sub" in raised else {}
            self._add(data.translate(table))

    def _add(self, data: str) -> None:
        self.pieces.append(data)
        self.length += len(data)

    def _end_block(self) -> None:
        if self.length > self.block_start:
            self.blocks.append((self.block_start, self.length, self._kind()))
            self._add("\n\n")
            self.block_start = self.length

    def _kind(self) -> str:
        innermost = self.kinds[-1] if self.kinds else "p"
        if re.fullmatch("h[1-6]", innermost):
            return "h"
        if "blockquote" in self.kinds:
            return "quote"
        return innermost if innermost in {"li", "pre"} else ("li" if "li" in self.kinds else "p")

    def result(self) -> Text:
        self._end_block()
        text = "".join(self.pieces)
        spans = [
            (start + len(text[start:end]) - len(text[start:end].lstrip()), end, kind)
            for start, end, kind in self.blocks
        ]
        paragraphs = [
            Paragraph(number, start, start + len(text[start:end].rstrip()), kind)
            for number, (start, end, kind) in enumerate((span for span in spans if span[0] < span[1]), 1)
        ]
        return Text(text, tuple(paragraphs), tuple(sorted(self.markup)))
