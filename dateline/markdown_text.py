"""A Markdown text → the words a reader sees once it is rendered, in numbered paragraphs."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from dateline.markdown import LOWERED, RAISED, source_html
from dateline.paragraphs import Markup, Paragraph, Text

_INLINE = frozenset({"em", "strong", "b", "i", "code", "sub", "sup", "ins", "u", "a"})
_STRUCK = frozenset({"del", "s"})


def read_markdown(text: str) -> Text:
    """Return a Markdown text as it reads once rendered: paragraphs, headings, list items, with inline markup.

    Digits that it raises or lowers are those characters of Unicode, struck words keep their `~~`, and a picture is
    the words that stand for it.
    """
    reader = _HtmlText()
    reader.feed(source_html(text))
    reader.close()
    return reader.result()


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
            table = RAISED if "sup" in raised else LOWERED if "sub" in raised else {}
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
