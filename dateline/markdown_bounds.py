"""Python-Markdown, bounded: texts that would make it look from each bracket to their end are read in linear time.

It looks for the end of a link from each bracket, of a tag from each `<`, and where there is none, through the whole
text: time grows with the square of its length. What nests or opens more often than `MOST` is no link and no tag here,
but the characters that it is. So any place of the text is passed by at most `MOST` such searches.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from dateline.late_patterns import late

if TYPE_CHECKING:
    from markdown import Markdown
    from markdown.inlinepatterns import LinkInlineProcessor

# How deep brackets nest, how many brackets and quotation marks an address and its title have, and how many tags begin
# before one ends: each more than anybody writes.
MOST = 50
_BRACKET = late(r"[\[\]]")
_IN_ADDRESS = late(r"""[("']""")
_TAG = late(r"<(?=[A-Za-z/!?])|>")


def bound(converter: Markdown) -> None:
    """Bound the search of a converter for the ends of links and of tags."""
    from markdown.inlinepatterns import LinkInlineProcessor
    from markdown.preprocessors import Preprocessor

    class OpenTags(Preprocessor):
        def run(self, lines: list[str]) -> list[str]:
            return without_open_tags("\n".join(lines)).split("\n")

    for pattern in converter.inlinePatterns:
        if isinstance(pattern, LinkInlineProcessor):
            _bound_link(pattern)
    # Behind fenced code, which is shown as it is, and before HTML is read.
    converter.preprocessors.register(OpenTags(converter), "open_tags", 22)


def _bound_link(pattern: LinkInlineProcessor) -> None:
    unbound = pattern.getLink

    def get_text(data: str, index: int) -> tuple[str, int, bool]:
        end = closing(data, index)
        return (data[index : end - 1], end, True) if end else ("", index, False)

    def get_link(data: str, index: int) -> tuple[str, str | None, int, bool]:
        beyond = next(islice(_IN_ADDRESS.finditer(data, index), MOST, None), None)
        return unbound(data[: beyond.start()] if beyond else data, index)

    setattr(pattern, "getText", get_text)  # noqa: B010 - a method of the instance's own
    setattr(pattern, "getLink", get_link)  # noqa: B010


def closing(text: str, index: int) -> int:
    """Return where the bracket that opens just before `index` is closed, behind its mate; 0 where it is not."""
    depth = 1
    for found in _BRACKET.finditer(text, index):
        depth += 1 if found[0] == "[" else -1
        if depth == 0:
            return found.end()
        if depth > MOST:
            return 0
    return 0


def without_open_tags(text: str) -> str:
    """Return a text in which each `<` that begins a tag is escaped if more than `MOST` tags begin before one ends."""
    begun: list[int] = []
    escaped: list[int] = []
    for found in _TAG.finditer(text):
        if found[0] == "<":
            begun.append(found.start())
        else:
            escaped += begun[:-MOST]
            begun = []
    escaped += begun[:-MOST]
    starts = [0, *(place + 1 for place in escaped)]
    return "&lt;".join(text[start:end] for start, end in zip(starts, [*escaped, len(text)], strict=True))
