"""Hostile text in every place that takes text: it is shown as text everywhere, and runs, loads and injects nowhere."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.etree import ElementTree

import html5lib
import pytest
from icalendar import Calendar
from project import SOURCE, File, build, check, events, one, site, write

from dateline import markdown

# A word that stands nowhere else, put before what is hostile so that it can be found again.
MARKER = "Zzyzx"
PAYLOAD = (
    f"{MARKER} <script>alert(1)</script><img src=https://x.example/x.png onerror=alert(1)>"
    '<b style="color:red" onclick="alert(1)">b</b> [l](javascript:alert(1)) ![i](https://x.example/i.png) '
    "<svg onload=alert(1)><style>*{}</style></svg> <a href=javascript:alert(1)>a</a> </title></script></textarea> "
    ']]> --> <!-- "><iframe src=//x.example> \'" {{ 7*7 }} {% raw %} &lt;script&gt;alert(2)&lt;/script&gt;'
)
LINES = f"{MARKER}\r\nATTENDEE:mailto:x@x.example\r\nEND:VEVENT\nBEGIN:VALARM"
ATOM = "{http://www.w3.org/2005/Atom}"
XHTML = "{http://www.w3.org/1999/xhtml}"
SVG = "{http://www.w3.org/2000/svg}"
FORBIDDEN = {
    f"{XHTML}{tag}" for tag in ("iframe", "object", "embed", "form", "input", "textarea", "style", "img", "base")
} | {f"{SVG}{tag}" for tag in ("script", "style", "image", "set", "animate")}


def elements(page: str, *, whole: bool = True) -> Iterator[ElementTree.Element]:
    """Yield the elements of a page, or of a fragment, as a browser makes them of it."""
    root = html5lib.parse(page) if whole else html5lib.parseFragment(page)
    yield from (element for element in root.iter() if isinstance(element.tag, str))


def assert_harmless(html: str, *, whole: bool = True, styles: int = 0) -> None:
    """Assert that nothing in the HTML can run, style or load, but for a number of the theme's own style elements."""
    found = []
    for element in elements(html, whole=whole):
        found += [element.tag] if element.tag in FORBIDDEN else []
        if element.tag == f"{XHTML}script" and re.fullmatch(r"(\.\./)?assets/[a-z-]+\.js", element.get("src", "")):
            # A script of the theme's, of which nothing but its address stands in the page.
            assert not element.text
            continue
        if element.tag == f"{XHTML}script":
            assert element.get("type") == "application/ld+json"
        if element.tag == f"{SVG}foreignObject":
            # The name of a lane, which SVG alone would not wrap.
            assert {inner.tag for inner in element.iter()} <= {element.tag, f"{XHTML}div", f"{XHTML}span"}
        for name, value in element.items():
            assert not str(name).lower().startswith("on"), name
            assert name not in ("style", "src", "srcset", "action"), name
            assert not re.match(r"\s*(javascript|data|vbscript)\s*:", value, re.IGNORECASE), value
    assert found == [f"{XHTML}style"] * styles


def assert_site_is_harmless(files: Mapping[str, bytes]) -> None:
    """Assert that no page, feed or data file of a site does anything but show text."""
    for path, content in files.items():
        text = "" if path.endswith(".png") else content.decode()
        if path.endswith(".html"):
            # The page for an address that is not there, whose depth it cannot know, and what is laid out late.
            assert_harmless(text, styles=int(path in ("404.html", "index.html")))
            for script in re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL):
                assert json.loads(script)["@context"] == "https://schema.org"
    feed = ElementTree.fromstring(files["atom.xml"])  # noqa: S314 - our own output
    for told in feed.iter(f"{ATOM}content"):
        assert_harmless(told.text or "", whole=False)
    calendar = Calendar.from_ical(files["calendar.ics"])
    assert {component.name for component in calendar.walk()} <= {"VCALENDAR", "VEVENT"}
    assert all("ATTENDEE" not in component for component in calendar.walk())
    json.loads(files["timeline.json"])


def holding(files: Mapping[str, bytes], word: str) -> set[str]:
    """Return the files of a site in which a word stands."""
    return {path for path, content in files.items() if word.encode() in content}


@pytest.mark.parametrize("payload", [PAYLOAD, LINES], ids=["markup", "line breaks"])
def test_the_columns_of_events(tmp_path: Path, payload: str) -> None:
    """Whatever a cell holds, it is shown as text on the pages and in the feeds, and stands in the data as it is."""
    columns = ("title", "summary", "date_note", "place", "tags", "category", "attribution", "mood")
    cells = {column: payload.replace(MARKER, MARKER + column).replace(";", ",") for column in columns}
    folder = write(tmp_path, {"events.csv": one(**cells)})
    assert build(folder).status == 0
    files = site(folder)
    assert_site_is_harmless(files)
    for column in columns:
        shown = {"mood": set(), "category": {"index.html", "atom.xml"}}.get(column, {"entries/freed.html"})
        assert shown | {"timeline.json", "events.csv"} <= holding(files, MARKER + column)
    rows = list(csv.DictReader(io.StringIO(files["events.csv"].decode())))
    assert {column: rows[0][column] for column in columns} == {
        column: cell.replace("\r\n", "\n") for column, cell in cells.items()
    }


def test_a_quote_and_its_source(tmp_path: Path) -> None:
    """Markup in a text and in the quote from it is shown, letter for letter, as the characters that it is."""
    folder = write(tmp_path, {"seeds/a.txt": f"{SOURCE}\n{PAYLOAD}\n", "events.csv": one(quote=PAYLOAD, date_note="n")})
    assert build(folder).status == 0
    files = site(folder)
    assert_site_is_harmless(files)
    for path in ("entries/freed.html", "sources/a.html", "index.html"):
        marks = ["".join(mark.itertext()) for mark in elements(files[path].decode()) if mark.tag == f"{XHTML}mark"]
        assert marks == [PAYLOAD]
    citation = json.loads(files["timeline.json"])["entries"][0]["citations"][0]
    assert citation["quote"] == citation["selectors"][0]["exact"] == PAYLOAD
    event = Calendar.from_ical(files["calendar.ics"]).walk("VEVENT")[0]
    assert PAYLOAD in str(event["DESCRIPTION"])


def test_the_columns_of_sources(tmp_path: Path) -> None:
    """What is known of a source is shown as text on its page and in the list of sources."""
    columns = ("title", "author", "publisher", "note")
    cells = ['"' + PAYLOAD.replace(MARKER, MARKER + column).replace('"', '""') + '"' for column in columns]
    folder = write(tmp_path, {"seeds/sources.csv": f"file,{','.join(columns)}\na.txt,{','.join(cells)}\n"})
    assert build(folder).status == 0
    files = site(folder)
    assert_site_is_harmless(files)
    for column in columns:
        assert {"sources/a.html", "sources/index.html"} <= holding(files, MARKER + column)


SETTINGS = """\
title = {title}
standfirst = {standfirst}
description = {description}
[categories.{key}]
label = {label}
singular = {singular}
[series.freed]
label = {series}
unit = {unit}
note = {note}
"""


@pytest.mark.parametrize("payload", [PAYLOAD, LINES], ids=["markup", "line breaks"])
def test_the_settings(tmp_path: Path, payload: str) -> None:
    """Titles, names of lanes and of series are shown as text: in heads, drawings, feeds and figures."""
    payload = payload.replace("\r\n", "\n")
    names = re.findall(r"{(\w+)}", SETTINGS)
    settings = SETTINGS.format(**{name: json.dumps(payload.replace(MARKER, MARKER + name)) for name in names})
    cells = {"category": payload.replace(MARKER, MARKER + "key"), "figures": "freed=15"}
    folder = write(tmp_path, {"timeline.toml": settings, "events.csv": one(**cells)})
    assert build(folder).problems == ""
    files = site(folder)
    assert_site_is_harmless(files)
    for name in ("title", "standfirst", "description", "label", "series"):
        assert "index.html" in holding(files, MARKER + name)


def test_markdown_texts(tmp_path: Path) -> None:
    """about.md and a Markdown source keep their words and honest markup, and lose all that could run or load."""
    files: dict[str, File] = {"about.md": f"# About\n\n{PAYLOAD}\n", "seeds/b.md": f"# *First*\n\n*Then* {PAYLOAD}\n"}
    folder = write(tmp_path, files)
    assert build(folder).status == 0
    built = site(folder)
    assert_site_is_harmless(built)
    assert {"about.html", "sources/b.html"} <= holding(built, MARKER)
    assert b"<em>Then</em>" in built["sources/b.html"]


def test_formulas_are_defused_in_the_table_that_is_offered(tmp_path: Path) -> None:
    """A cell that a spreadsheet would take for a formula, in any column, gets an apostrophe; others stay as given."""
    formulas = [f'{lead}HYPERLINK("https://x.example";"x")' for lead in ("=", "+", "-", "@", "＝")]
    columns = ("title", "summary", "place", "mood", "date_note")
    rows = [
        {"id": f"row-{number}", "attribution": "A -B =C"} | dict.fromkeys(columns, formula)
        for number, formula in enumerate(formulas)
    ]
    folder = write(tmp_path, {"events.csv": events(*rows)})
    assert build(folder).status == 0
    offered = list(csv.DictReader(io.StringIO(site(folder)["events.csv"].decode())))
    assert [{row[column] for column in columns} for row in offered] == [{"'" + formula} for formula in formulas]
    assert {row["attribution"] for row in offered} == {"A -B =C"}


def test_columns_that_take_no_free_text(tmp_path: Path) -> None:
    """Where text is not free, hostile text is an error of its column that shows it on one line."""
    columns = ["conflicts_with", "date", "figures", "id", "related", "source"]
    outcome = check(write(tmp_path, {"events.csv": one(**dict.fromkeys(columns, LINES))}))
    heads = [line.split(": ")[:2] for line in outcome.problems.splitlines() if not line.startswith("  ")]
    assert heads == [["events.csv:2", column] for column in columns]


def test_names_of_texts(tmp_path: Path) -> None:
    """A text whose name is markup is cited, linked and shown like any other."""
    name = "<img src=x onerror=alert(1)> & 'b' \"c\" %41 #d ?e.txt"
    folder = write(tmp_path, {f"seeds/{name}": SOURCE, "events.csv": one(source=name)}, without=("seeds/a.txt",))
    assert build(folder).problems == ""
    files = site(folder)
    assert_site_is_harmless(files)
    assert "sources/img-src-x-onerror-alert-1-b-c-41-d-e.html" in files
    assert json.loads(files["timeline.json"])["sources"][0]["file"] == name


def test_what_is_open_is_shown_as_text(tmp_path: Path) -> None:
    """A warning that repeats hostile text stands on the page about the proof as text."""
    folder = write(tmp_path, {"events.csv": f"date,title,{MARKER}<script>alert(1)</script>\n2021,x,y\n"})
    assert build(folder).status == 0
    files = site(folder)
    assert_site_is_harmless(files)
    assert "proof.html" in holding(files, MARKER.lower())


def test_a_site_is_not_put_among_what_the_build_reads(tmp_path: Path) -> None:
    """A site inside static/ or seeds/ is refused: the next build would take it in."""
    folder = write(tmp_path, {"static/CNAME": "mines.example"})
    out = folder / "static" / "site"
    assert build(folder, "--out", str(out)).problems == (
        f"{out}: is in static/, which the build reads\n  help: choose another folder with --out\n"
    )
    assert not out.exists()


def test_letters_that_are_turned_around_are_pointed_at(tmp_path: Path) -> None:
    """A source in which a hidden character turns the order of letters is built with a warning."""
    folder = write(tmp_path, {"seeds/a.txt": SOURCE + "killed \u202e302\n"})
    assert check(folder).problems == (
        "seeds/a.txt:4: warning: holds a character (U+202E) that makes readers see letters in another order than they "
        "stand\n  help: take it out, if the original does without it; else say so in the note of the source\n"
    )


@pytest.mark.parametrize("name", ["about.md", "timeline.toml"])
def test_a_link_is_not_published(tmp_path: Path, name: str) -> None:
    """A file of the project that is a link to another place is refused, so that nothing outside is published."""
    folder = write(tmp_path / "project")
    (folder / name).rename(tmp_path / "elsewhere")
    (folder / name).symlink_to(tmp_path / "elsewhere")
    assert build(folder).problems == f"{name}: is a link, and is not followed\n  help: copy the file itself here\n"


def test_lists_hundreds_deep_are_shown_as_they_were_typed(tmp_path: Path) -> None:
    """Markdown that nests deeper than can be followed does not end the build, and loses no word."""
    plain = write(tmp_path / "plain", {"about.md": "- one\n\n*two*\n"})
    deep = "\n".join(" " * 4 * depth + "- <b>word" for depth in range(320))
    folder = write(tmp_path, {"about.md": deep})
    assert build(folder).status == 0
    about = site(folder)["about.html"].decode()
    assert about.count("word") >= 320
    assert "<b>word" not in about
    assert build(plain).status == 0
    assert "<li>one</li>" in site(plain)["about.html"].decode()


@pytest.mark.parametrize("opened", ["[", "![", "[a](", "<a "])
def test_brackets_that_nothing_closes_do_not_stall_a_build(tmp_path: Path, opened: str) -> None:
    """Thousands of them, in a summary and in a Markdown source, are the characters that they are; quotes are found."""
    stalling = opened * (20_000 // len(opened))
    files = {
        "seeds/a.md": f'# Report\n\n{stalling}\n\n*Fifteen* people were freed, says [it](https://x.example "(a)").\n',
        "events.csv": one(source="a.md", quote="Fifteen people were freed, says it.", summary=stalling, date_note="n"),
    }
    folder = write(tmp_path, files, without=("seeds/a.txt",))
    assert build(folder).problems == ""
    for path in ("entries/freed.html", "sources/a.html"):
        shown = ["".join(p.itertext()) for p in elements(site(folder)[path].decode()) if p.tag == f"{XHTML}p"]
        assert stalling.strip() in shown, path


def test_brackets_of_honest_texts_mean_what_they_say() -> None:
    """Links within brackets, brackets within links, titles with quotation marks and brackets stay as they are."""
    link = '<a href="https://x.example" title="a &quot;(b)&quot; c" rel="noopener noreferrer">see [1] [2]</a>'
    shown = markdown.passage_html("[" * 40 + '[see [1] [2]](https://x.example "a "(b)" c")' + "]" * 40)
    assert shown == f"<p>{'[' * 40}{link}{']' * 40}</p>"
    many = " ".join(f"[{number}](https://x.example/{number})" for number in range(300))
    assert markdown.passage_html(many).count("<a ") == 300
    assert markdown.passage_html("1 < 2 " * 100 + "<b>x</b>").endswith("<b>x</b></p>")
