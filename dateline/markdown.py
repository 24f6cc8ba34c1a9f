"""Markdown → HTML that is safe to publish: no script, no style, no request to another host."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from html import escape, unescape

from markupsafe import Markup

from dateline.late_patterns import late

# A passage stands inside a page that has its own headings; a document may have headings and tables of its own.
_INLINE = frozenset({"a", "abbr", "b", "code", "del", "em", "i", "ins", "s", "strong", "sub", "sup", "u"})
_PASSAGE = _INLINE | frozenset({"blockquote", "br", "li", "ol", "p", "pre", "ul"})
_DOCUMENT = _PASSAGE | frozenset({"dd", "dl", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "hr"})
_DOCUMENT |= frozenset({"table", "tbody", "td", "th", "thead", "tr"})
# What parts the words of a source, and what stands in it for a picture: dropping it would glue words together.
_SOURCE = _DOCUMENT | frozenset({"address", "article", "aside", "button", "caption", "details", "div", "fieldset"})
_SOURCE |= frozenset({"figcaption", "figure", "footer", "form", "header", "img", "legend", "main", "nav", "option"})
_SOURCE |= frozenset({"section", "summary", "tfoot"})

# A raised digit is another sign than the digit: 20³ is not 203.
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")

_TAG = late(r"<[^>]+>")
_INLINE_TAG = late(rf"</?(?:{'|'.join(sorted(_INLINE))})(?: [^>]*)?>")
_SHIFTED = late(r"<(su[bp])>([\s\S]*?)</\1>")
# Letters, digits and punctuation that mean nothing to Markdown; a first character that cannot begin a list.
_PLAIN = late(r"[^\W\d_][\w ,.;:'’‘“”%()/?–—…€$£§°·-]*")
_PLAIN_ASCII = bytes(code for code in range(128) if _PLAIN.fullmatch(f"a{chr(code)}"))


def passage_html(text: str) -> Markup:
    """Return the HTML of a short Markdown text, such as a summary: paragraphs, lists, emphasis and links, sanitised."""
    if not text:
        return Markup("")
    if is_plain(text):
        # Nothing in it needs to be escaped, and nothing of it to be asked whether it is HTML.
        return str.__new__(Markup, f"<p>{text}</p>")
    return _sanitised(_converted(text), _PASSAGE)


def document_html(text: str) -> Markup:
    """Return the HTML of a whole Markdown text, with its headings and tables, sanitised."""
    paragraphs = text.strip("\n").split("\n\n")
    if all(map(is_plain, paragraphs)):
        return str.__new__(Markup, "\n".join([f"<p>{paragraph}</p>" for paragraph in paragraphs]))
    return _sanitised(_converted(text), _DOCUMENT)


def source_html(text: str) -> Markup:
    """Return the HTML of a source in Markdown, sanitised, with all that parts its words and the words for pictures."""
    return _sanitised(_converted(text), _SOURCE)


def titled(html: str) -> tuple[str, Markup]:
    """Return the title and the rest of a document that stands in a page of its own.

    The title is the text of an h1 at its very beginning, or empty.
    """
    title = re.match(r"\s*<h1>(.*?)</h1>", html, re.DOTALL)
    rest = html[title.end() :] if title else html
    below = _below_title(rest.strip())
    return plain_text(title[1]) if title else "", Markup(below)  # noqa: S704 - tags of sanitised HTML


def _below_title(html: str) -> str:
    """Return the HTML with headings that begin at h2 and skip no level, nested as they were written."""
    open_levels: list[int] = []

    def renumbered(tag: re.Match[str]) -> str:
        if not tag[1]:
            open_levels[:] = [level for level in open_levels if level < int(tag[2])] + [int(tag[2])]
        return f"<{tag[1]}h{min(6, len(open_levels) + 1)}>"

    return re.sub(r"<(/?)h([1-6])>", renumbered, html)


def is_plain(text: str) -> bool:
    """Say whether Markdown would leave the text as it is, as one paragraph; the answer may err towards no."""
    if "_" in text or "  " in text:
        return False
    if text.isascii():
        # Of bytes, and not of characters, taking some away takes no time.
        return text[:1].isalpha() and not text.encode().translate(None, _PLAIN_ASCII)
    return _PLAIN.fullmatch(text) is not None


def _sanitised(html: str, tags: frozenset[str]) -> Markup:
    import nh3

    clean = nh3.clean(
        html,
        tags=set(tags),
        attributes={"a": {"href", "title"}, "abbr": {"title"}, "img": {"alt"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
        strip_comments=True,
    )
    return Markup(clean)  # noqa: S704 - what nh3 lets through is safe


def _converted(text: str) -> str:
    return _converter("```" in text or "~~~" in text)(text)


@lru_cache(maxsize=2)
def _converter(is_fenced: bool) -> Callable[[str], str]:  # noqa: FBT001 - whether code stands between fences
    import markdown
    from markdown.extensions import Extension
    from markdown.extensions.sane_lists import SaneListExtension
    from markdown.extensions.tables import TableExtension

    from dateline.markdown_bounds import bound

    # Making the converter costs more than a short text does, hence one for all; reset() clears what a text left in it.
    # By their names, extensions are looked for among all packages that are installed.
    extensions: list[Extension | str] = [TableExtension(), SaneListExtension()]
    if is_fenced:
        # It imports a whole highlighter.
        from markdown.extensions.fenced_code import FencedCodeExtension

        extensions.append(FencedCodeExtension())
    made = markdown.Markdown(extensions=extensions, output_format="html")
    bound(made)

    def convert(text: str) -> str:
        try:
            return made.reset().convert(text)
        except RecursionError:
            # Lists within lists, hundreds deep: nobody means that, and the words are shown as they were typed. What
            # the converter has begun it would go on with in the next text.
            _converter.cache_clear()
            return f"<pre>{escape(text, quote=False)}</pre>"

    return convert


def passage_text(text: str) -> str:
    """Return the words of a short Markdown text, for where no markup can stand."""
    return text if is_plain(text) else plain_text(passage_html(text))


def plain_text(html: str) -> str:
    """Return the text of our own sanitised HTML, for where no markup can stand."""
    text = str.__getitem__(html, slice(3, -4)) if html.startswith("<p>") and html.endswith("</p>") else html
    # Of white space, Python counts the space alone among what is printed.
    if "<" not in text and "&" not in text and "  " not in text and text.isprintable():
        return str.strip(text)
    # Blocks and line breaks part words; what is emphasised, linked or raised can be a part of one.
    parted = _TAG.sub(" ", _INLINE_TAG.sub("", _SHIFTED.sub(_shifted, html)))
    return " ".join(unescape(parted).split())


def _shifted(found: re.Match[str]) -> str:
    digits = RAISED if found[1] == "sup" else LOWERED
    return _TAG.sub("", found[2]).translate(digits)
