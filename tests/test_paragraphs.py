"""Texts into numbered paragraphs, and Markdown into HTML that is safe to publish."""

from __future__ import annotations

import re
from itertools import product

import markdown
import nh3
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.markdown import document_html, is_plain, passage_html, passage_text, plain_text
from dateline.markdown_text import read_markdown
from dateline.paragraphs import Text, read_plain

WRAPPED = """\
The ministry said on Saturday that the maps of minefields, in which there are
ninety-seven thousand mines, had been handed over, and that fifteen people had
been freed on the same day at the border.

A second paragraph begins here, and it too was wrapped at the width to which a
mail program wraps its lines.
"""


def said(read: Text) -> list[str]:
    """Return the words of each paragraph, white space aside."""
    return [" ".join(read.text[each.start : each.end].split()) for each in read.paragraphs]


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    """Lines wrapped by a mail program belong together, up to the blank line, the last short one included."""
    first, second = said(read_plain(WRAPPED))
    assert first.startswith("The ministry said")
    assert first.endswith("at the border.")
    assert second.startswith("A second paragraph begins")


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("One.\nTwo.\nThree.\n", ["One.", "Two.", "Three."]),
        (f"{'word ' * 40}\n{'more ' * 50}\n", ["word " * 39 + "word", "more " * 49 + "more"]),
        ("One.\n\n\n \t\nTwo.", ["One.", "Two."]),
        ("  One.  \n\x0c\nTwo.\n", ["One.", "Two."]),
        (
            "Headline\n\nOne line that is a paragraph.\nAnother one.\n",
            ["Headline", "One line that is a paragraph.", "Another one."],
        ),
        ("", []),
        (" \n\t\n", []),
    ],
    ids=["short lines", "long lines", "blank lines", "page break", "mixed", "nothing", "white space"],
)
def test_a_line_that_was_not_wrapped_is_a_paragraph(text: str, paragraphs: list[str]) -> None:
    """Where lines are paragraphs, and wherever a line is blank, paragraphs part."""
    assert said(read_plain(text)) == paragraphs


def test_a_list_among_wrapped_lines() -> None:
    """In a wrapped text, a line that had room for the next word was ended on purpose."""
    text = "A line that goes on up to the very width of seventy letters, and then\nfurther.\nAddress:\n12 Long Road\n"
    assert said(read_plain(text)) == [
        "A line that goes on up to the very width of seventy letters, and then further.",
        "Address:",
        "12 Long Road",
    ]


BLOCK = re.compile(r"\S(?:[^\n]*\S)?(?:[^\S\n]*\n[^\S\n]*\S(?:[^\n]*\S)?)*")


@settings(deadline=None)
@given(st.text(st.sampled_from("ab é.\n\t\x0c \u2028"), max_size=300))
def test_where_lines_are_short_each_is_a_paragraph_of_its_block(text: str) -> None:
    """Blocks begin and end at blank lines, and what is around a line that is not wrapped is not part of it."""
    blocks = [found.group() for found in BLOCK.finditer(text)]
    lines = [line.strip() for block in blocks for line in block.split("\n")]
    if max(map(len, lines), default=0) < 50:
        assert [text[each.start : each.end] for each in read_plain(text).paragraphs] == lines


@settings(deadline=None)
@given(st.text(st.sampled_from("ab é.\n\t\x0c \u2028"), max_size=300))
def test_paragraphs_hold_every_visible_character_once_and_in_order(text: str) -> None:
    """No character but white space is lost or doubled, and no paragraph begins or ends with white space."""
    read = read_plain(text)
    pieces = [text[each.start : each.end] for each in read.paragraphs]
    assert "".join("".join(pieces).split()) == "".join(text.split())
    assert all(piece == piece.strip() and piece for piece in pieces)
    assert [each.number for each in read.paragraphs] == list(range(1, len(pieces) + 1))


MARKDOWN = """\
# A *long* title

First **bold** words, [a link](https://news.example/a?b=1&c=2), `code` & <em onclick="x()">raw</em> HTML.
The same paragraph goes on.

- one item
- another, with
  a second line

1. first

> Quoted by somebody.

    kept   as it is

| a | b |
| - | - |
| 1 | 2 |

<script>alert(1)</script><div style="color: red">In a box.</div>

Not &lt;a tag&gt;.
"""


def test_markdown_is_read_as_it_is_rendered() -> None:
    """Headings, items, quotations, code and cells are paragraphs of their kind, without their marks."""
    read = read_markdown(MARKDOWN)
    kinds = [each.kind for each in read.paragraphs]
    assert list(zip(kinds, said(read), strict=True)) == [
        ("h", "A long title"),
        ("p", "First bold words, a link, code & raw HTML. The same paragraph goes on."),
        ("li", "one item"),
        ("li", "another, with a second line"),
        ("li", "first"),
        ("quote", "Quoted by somebody."),
        ("pre", "kept as it is"),
        ("p", "a"),
        ("p", "b"),
        ("p", "1"),
        ("p", "2"),
        ("p", "In a box."),
        ("p", "Not <a tag>."),
    ]


def test_inline_markup_lies_over_the_very_characters_it_is_for() -> None:
    """Each element's span cuts its own words out of the text; a link has its address, a handler is gone."""
    read = read_markdown(MARKDOWN)
    spans = [(each.tag, read.text[each.start : each.end], each.href) for each in read.markup]
    assert spans == [
        ("em", "long", ""),
        ("strong", "bold", ""),
        ("a", "a link", "https://news.example/a?b=1&c=2"),
        ("code", "code", ""),
        ("em", "raw", ""),
        ("code", "kept   as it is\n", ""),
    ]


MARKS = st.lists(
    st.sampled_from(
        ["word", " ", "\n", "\n\n", "*", "**", "`", "- ", "# ", "> ", "[", "](x)", "<b>", "</b>", "&amp;", "1. "]
    )
)


@settings(deadline=None)
@given(MARKS.map("".join))
def test_offsets_of_markdown_stay_within_the_text(text: str) -> None:
    """Whatever the Markdown, paragraphs follow one another, each with words in it, and markup is not empty."""
    read = read_markdown(text)
    edges = [edge for each in read.paragraphs for edge in (each.start, each.end)]
    assert edges == sorted(edges)
    spans = [(each.start, each.end) for each in read.paragraphs] + [(each.start, each.end) for each in read.markup]
    assert all(0 <= start < end <= len(read.text) for start, end in spans)
    assert all(said(read))


# What could mean something to Markdown: all of ASCII's printable signs, those that text is full of, white space.
SIGNS = [chr(code) for code in range(32, 127) if not chr(code).isalnum()] + list("’“”–…·€°\n\t\u00a0\u2028a1")
CONVERTER = markdown.Markdown(extensions=["tables", "fenced_code", "sane_lists"], output_format="html")


def long_way(text: str) -> str:
    """Return the HTML that Python-Markdown and the sanitiser make of a text."""
    return nh3.clean(CONVERTER.reset().convert(text))


@settings(deadline=None)
@given(st.text(max_size=40) | st.text(st.sampled_from("aZé ,.;:’()/?–-*_`<&"), max_size=40).map("a".__add__))
def test_the_short_way_is_markdowns_own(text: str) -> None:
    """A text that is said to be plain becomes the very HTML that Markdown and the sanitiser make of it."""
    assert not is_plain(text) or passage_html(text) == long_way(text)


def test_no_two_signs_mean_something_to_markdown_in_a_plain_text() -> None:
    """Any two signs, around words, before and after them, leave a plain text as Markdown leaves it."""
    forms = ("a{0}b{1}", "a {0}b{1} c", "a{0}{1}b", "a b{0}{1}", "{0}a{1}", "a{0} b{1}", "http:{0}{1}a.b")
    texts = [form.format(*pair) for pair in product(SIGNS, repeat=2) for form in forms]
    plain = [text for text in texts if is_plain(text)]
    assert len(plain) > 1000
    assert [text for text in plain if passage_html(text) != long_way(text)] == []


@pytest.mark.parametrize("text", ["A summary of one sentence.", "Über 300 (d. h. 5 %) – “mehr” als 2020/21?"])
def test_most_texts_are_plain(text: str) -> None:
    """Sentences as people write them take the short way."""
    assert is_plain(text)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("<script>alert(1)</script>rest", "<p>rest</p>"),
        ("<style>p{}</style>rest", "<p>rest</p>"),
        ('<img src=x onerror="alert(1)">rest', "<p>rest</p>"),
        ('<p style="color:red" onclick="x()">rest</p>', "<p>rest</p>"),
        ("[rest](javascript:alert(1))", '<p><a rel="noopener noreferrer">rest</a></p>'),
        ("[rest](JaVaScRiPt&colon;alert(1))", '<p><a rel="noopener noreferrer">rest</a></p>'),
        ("[rest](data:text/html,x)", '<p><a rel="noopener noreferrer">rest</a></p>'),
        ("![rest](https://tracker.example/x.png)", "<p></p>"),
        ("<iframe src=https://x.example></iframe>rest", "<p>rest</p>"),
        ("<svg onload=alert(1)><a xlink:href=javascript:x>rest</a></svg>", "<p></p>"),
        ("<!-- hidden -->rest", "<p>rest</p>"),
        ("<form action=x><input name=y>rest</form>", "rest"),
        ("<math><mtext><style><img src=x onerror=alert(1)>", ""),
        (
            "[rest](https://news.example 'a title')",
            '<p><a href="https://news.example" title="a title" rel="noopener noreferrer">rest</a></p>',
        ),
    ],
)
def test_what_markdown_may_hold(text: str, html: str) -> None:
    """Scripts, styles, handlers, images and strange addresses go; the words and the honest links stay."""
    assert re.sub(r"\s+", " ", document_html(text)).strip() == html


@pytest.mark.parametrize("text", ["# Big", "| a |\n| - |\n| b |", "***"])
def test_a_passage_has_no_headings_or_tables(text: str) -> None:
    """A summary stands inside a page, whose headings are its own."""
    assert not re.search(r"<(h\d|table|t[rdh]|hr)", passage_html(text))


@settings(deadline=None)
@given(st.text(st.sampled_from("ab <>&\"'*_`#\n"), max_size=80))
def test_plain_text_has_no_markup(text: str) -> None:
    """The text of sanitised HTML is on one line, and what looks like a tag in it was one of the author's words."""
    words = plain_text(document_html(text))
    assert words == " ".join(words.split())
    assert not re.search(r"</?(p|em|strong|code)>", words)


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("*at length*.", "at length."),
        ("un*believ*able, **big**: [here](https://news.example 'a > b').", "unbelievable, big: here."),
        ("<abbr title='Mine Action'>MA</abbr>, `x`, <del>b</del><ins>c</ins>", "MA, x, bc"),
        ("one  \ntwo<br>three", "one two three"),
        ("- one\n- *two*\n\nthree", "one two three"),
        ("<pre>one</pre><blockquote>two</blockquote>", "one two"),
        ("20<sup>3</sup> m<sup>2</sup> of H<sub>2</sub>O", "20³ m² of H₂O"),
        ("20<sup>**3**</sup> and x<sub>1 <em>or</em> 2</sub>", "20³ and x₁ or ₂"),
        ("a &lt;b&gt; *c*", "a <b> c"),
    ],
)
def test_plain_text_has_spaces_where_a_reader_sees_words_apart(markdown: str, words: str) -> None:
    """Paragraphs, items and line breaks part words; emphasis, links and raised digits add no space, and no number."""
    assert passage_text(markdown) == words


@pytest.mark.parametrize(
    ("markdown", "seen"),
    [
        ("killed 20<sup>3</sup> people", ["killed 20³ people"]),
        ("H<sub>2</sub>O", ["H₂O"]),
        ("20\n\n<hr>3", ["20", "3"]),
        ("<div>one</div><div>two</div>", ["one", "two"]),
        ("<details><summary>2</summary>0 killed</details>", ["2", "0 killed"]),
        ("did <del>not</del> fire", ["did ~~not~~ fire"]),
        ("did ![not](x.png) fire", ["did not fire"]),
        ("- one\n    - two", ["one", "two"]),
        ("<script>alert(1)</script>\n\nwords", ["words"]),
        ("<table><tr><td>2</td><td>0</td></tr></table>", ["2", "0"]),
    ],
)
def test_what_parts_words_on_the_page_parts_them_in_the_text(markdown: str, seen: list[str]) -> None:
    """No two words or digits stand together in the text of a Markdown source that a reader sees apart."""
    text = read_markdown(markdown)
    assert [text.text[paragraph.start : paragraph.end] for paragraph in text.paragraphs] == seen
