"""A text → the words a reader sees, in numbered paragraphs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from dateline.named_tuples import NamedTuple

Span = tuple[int, int]

# The width, in characters, to which people and mail programs wrap lines; and how ragged the lines may be.
WRAPPED_WIDTH = range(50, 121)
RAGGED = 0.8


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
    spans: list[Span] = []
    block: list[Span] = []
    at = 0
    for line in text.split("\n"):
        words = line.strip()
        if words:
            start = at + len(line) - len(line.lstrip())
            block.append((start, start + len(words)))
        elif block:
            spans += _unwrapped(text, block) if len(block) > 1 else block
            block = []
        at += len(line) + 1
    spans += _unwrapped(text, block)
    return Text(text, tuple([Paragraph(number, start, end) for number, (start, end) in enumerate(spans, 1)]))


def _unwrapped(text: str, lines: Sequence[Span]) -> Iterator[Span]:
    """Yield the paragraphs of lines that no blank line parts, given without the white space around each."""
    width = max((end - start for start, end in lines), default=0)
    if width not in WRAPPED_WIDTH:
        yield from lines
        return
    begin = lines[0][0]
    for (start, end), following in pairwise(lines):
        word = text[slice(*following)].split(None, 1)[0]
        if end - start + 1 + len(word) <= RAGGED * width:
            yield begin, end
            begin = following[0]
    yield begin, lines[-1][1]
