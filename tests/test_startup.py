"""Promises of what a build leaves out to begin sooner: that nobody can tell."""

from __future__ import annotations

import re
import sys
from decimal import Decimal
from importlib.metadata import version
from pathlib import Path
from subprocess import run

import pytest
from babel.numbers import format_decimal, format_percent
from hypothesis import given
from hypothesis import strategies as st
from project import write

from dateline import markdown, packages
from dateline.config import Series
from dateline.date_patterns import cldr_patterns, english_patterns, locale_name
from dateline.late_patterns import late
from dateline.number_words import NumberWords
from dateline.words import words_for

HEAVY = ("babel", "importlib.metadata", "markdown", "jinja2", "uharfbuzz", "plotly", "rich")


def test_english_dates_are_those_of_cldr() -> None:
    """English is written out here, and is what Babel reads of CLDR."""
    assert english_patterns() == cldr_patterns("en")
    assert locale_name("en") == locale_name("EN") == "en"


@given(st.integers(-(10**12), 10**12))
def test_english_numbers_are_those_of_cldr(number: int) -> None:
    """Whole numbers and per cents are written without Babel as with it, also halfway between two of them."""
    words = NumberWords(words_for("en"))
    assert words.integer(number) == format_decimal(number, locale="en")
    for share in (number % 1000 / 100, number % 1000 / 200, number % 1000 / 2001):
        assert words.per_cent(share) == format_percent(share, locale="en")


@given(st.decimals(-(10**9), 10**9, places=4) | st.integers(-(10**9), 10**9).map(Decimal), st.sampled_from(["", "%"]))
def test_english_amounts_are_those_of_cldr(value: Decimal, unit: str) -> None:
    """What is counted is written in English without Babel as with it, with all decimals that it has."""
    series = Series("killed", "killed", "people", unit, None, cumulative=False, note="")
    said = {word: NumberWords(words_for(word)).amount(value, series) for word in ("en", "en-GB")}
    assert said["en"] == said["en-GB"]


def test_versions_are_those_that_packages_tell() -> None:
    """The names of folders tell which version of a package is installed, however the name is written."""
    there = packages.versions()
    for name in ("click", "Jinja2", "python-bidi", "resvg_py"):
        assert there[packages.normal_name(name)] == version(name)


def test_a_late_pattern_is_the_pattern() -> None:
    """It finds what the compiled one finds, with its flags, in texts and in bytes."""
    assert late("b+", re.IGNORECASE).findall("aBbc") == ["Bb"]
    assert late(rb"\d").sub(b"x", b"a1") == b"ax"
    assert late("(a)|b").groups == 1


@pytest.mark.parametrize(
    "text", ["One.", "One.\n", "One.\n\nTwo: 3 (four) – five.\n", "\n\nOne\n\nÜber 2\n\n\nThree\n"]
)
def test_plain_paragraphs_need_no_markdown(text: str) -> None:
    """A document of plain paragraphs is the HTML that Markdown makes of it; an emphasis beside it changes nothing."""
    with_more = markdown.document_html(f"{text}\n\n*more*")
    assert with_more == f"{markdown.document_html(text)}\n<p><em>more</em></p>"


def test_a_build_of_what_was_built_loads_little(tmp_path: Path) -> None:
    """Where nothing changed, no program is loaded that makes pages, and none that knows other languages."""
    write(tmp_path, {"events.csv": "date,title\n2020-01-01,The first\n"})
    code = f"""
import sys
from dateline.cli import main
main(["build", {str(tmp_path)!r}], standalone_mode=False)
print([name for name in {HEAVY!r} if name in sys.modules])
"""
    first, second = (run([sys.executable, "-c", code], capture_output=True, text=True, check=True) for _ in range(2))
    assert "uharfbuzz" in first.stdout
    assert second.stdout.strip() == "[]"


def test_a_page_is_made_without_jinja_once_its_template_is_kept(tmp_path: Path) -> None:
    """What has to be made anew is made with the templates that an earlier build put together."""
    code = """
import sys
from dateline.cli import main
main(["build", sys.argv[1]], standalone_mode=False)
print("jinja2" in sys.modules)
"""
    told = []
    for rows in ("2020-01-01,The first", "2020-01-01,The first\n2020-01-02,The second"):
        write(tmp_path, {"events.csv": f"date,title\n{rows}\n", "about.md": "Why.\n"})
        told.append(
            run([sys.executable, "-c", code, tmp_path], capture_output=True, text=True, check=True).stdout.strip()
        )
    assert told[1] == "False"
