"""Markdown → HTML that is safe to publish: no script, no style, no request to another host."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from html import escape, unescape

TAGS = frozenset(
    [
        "a",
        "abbr",
        "b",
        "blockquote",
        "br",
        "code",
        "dd",
        "del",
        "dl",
        "dt",
        "em",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "i",
        "ins",
        "li",
        "ol",
        "p",
        "pre",
        "s",
        "strong",
        "sub",
        "sup",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "u",
        "ul",
    ]
)

# Letters, digits and punctuation that mean nothing to Markdown; a first character that cannot begin a list.
_PLAIN = re.compile(r"[^\W\d_][\w ,.;:'’‘“”%()/?–—…€$£§°·-]*")


def block_html(text: str) -> str:
    """Return the HTML of a Markdown text: CommonMark's usual elements and tables, sanitised."""
    if is_plain(text):
        return f"<p>{escape(text, quote=False)}</p>"
    return _sanitised(_converter()(text))


def is_plain(text: str) -> bool:
    """Say whether Markdown would leave the text as it is, as one paragraph; the answer may err towards no."""
    return _PLAIN.fullmatch(text) is not None and "_" not in text and "  " not in text


def _sanitised(html: str) -> str:
    import nh3

    return nh3.clean(
        html,
        tags=set(TAGS),
        attributes={"a": {"href", "title"}, "abbr": {"title"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
        strip_comments=True,
    )


@lru_cache(maxsize=1)
def _converter() -> Callable[[str], str]:
    import markdown

    # Making the converter costs more than a short text does, hence one for all; reset() clears what a text left in it.
    made = markdown.Markdown(extensions=["tables", "fenced_code", "sane_lists"], output_format="html")

    def convert(text: str) -> str:
        return made.reset().convert(text)

    return convert


def plain_text(html: str) -> str:
    """Return the text of our own sanitised HTML, for where no markup can stand."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())
