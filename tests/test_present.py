"""Promises of what readers are shown, seen in built pages: how a source may be published, and what an entry shows."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

import pytest
from project import build, events, site, write

# Each sentence has a word of its own, so that it can be told whether any of it is in a file.
TEXT = (
    "Alfa begins the text without a title and says nothing that is cited by anybody.\n\n"
    "Bravo is said before. Charlie was quoted here, and delta stands in the same sentence. Echo comes after.\n\n"
    "Foxtrot is a paragraph that nobody cites. Golf belongs to it.\n\n"
    "Hotel ends before the words. India begins a passage. Juliett lies in the middle! Kilo ends it. Lima is last."
)
ROWS = (
    {"id": "one", "title": "One", "date_note": "As told.", "quote": "Charlie was quoted here"},
    {"id": "two", "title": "Two", "date_note": "As told.", "quote": "a passage. Juliett lies … Kilo"},
)
CITED = {"Charlie", "India", "Juliett", "Kilo", "delta"}
QUOTED = {"Charlie", "Juliett", "Kilo"}
WORDS = {"Alfa", "Bravo", "Charlie", "delta", "Echo", "Foxtrot", "Golf", "Hotel", "India", "Juliett", "Kilo", "Lima"}


def built(folder: Path, publish: str, text: str = TEXT, name: str = "a.txt") -> dict[str, str]:
    """Build a project whose one source is published in this way, and return the texts of its site."""
    rows = tuple({**row, "source": name} for row in ROWS)
    files = {
        "timeline.toml": 'title = "T"\naddress = "https://x.example/"\n',
        f"seeds/{name}": text,
        "seeds/sources.csv": f"file,publish\n{name},{publish}\n",
        "events.csv": events(*rows),
    }
    outcome = build(write(folder, files, without=() if name == "a.txt" else ("seeds/a.txt",)))
    assert outcome.status == 0, outcome.err
    # Scripts of the theme hold words of their own; pictures hold none that can be read so.
    made = {path: content for path, content in site(folder).items() if not path.startswith("assets/")}
    ours = {path: content for path, content in made.items() if not path.endswith(".png")}
    return {path: content.decode() for path, content in ours.items()}


def words_in(text: str) -> set[str]:
    """Return which of the source's telling words a file holds."""
    return {word for word in WORDS if re.search(word, text, re.IGNORECASE)}


def shown(page: str) -> str:
    """Return the text of a page's main part, without markup, white space evened."""
    main = page[page.index("<main") : page.index("</main>")]
    return " ".join(unescape(re.sub(r"<[^>]+>", "", main)).split())


def test_a_source_is_published_in_full(tmp_path: Path) -> None:
    """Where nothing else is said, the source's page shows every character of the text, in numbered paragraphs."""
    page = built(tmp_path, "")["sources/a.html"]
    assert words_in(page) == WORDS
    assert re.findall(r'<div class="paragraph p" id="p\.(\d)"', page) == ["1", "2", "3", "4"]
    texts = re.findall(r'<a class="number".*?</a>\n<p dir="auto" data-words>(.*?)</p>', page, re.DOTALL)
    assert [unescape(re.sub(r"<[^>]+>", "", text)) for text in texts] == TEXT.split("\n\n")


def test_of_a_source_published_by_its_quotes_only_their_sentences_are_shown(tmp_path: Path) -> None:
    """Its page shows the sentences that hold cited words, under their own numbers, and says that it leaves out."""
    page = built(tmp_path, "quotes")["sources/a.html"]
    assert re.findall(r'id="p\.(\d)"', page) == ["2", "4"]
    text = shown(page)
    assert "[…] Charlie was quoted here, and delta stands in the same sentence. […]" in text
    assert "[…] India begins a passage. Juliett lies in the middle! Kilo ends it. […]" in text
    assert "Only the cited passages are shown, each with its sentence." in page


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
@pytest.mark.parametrize(("publish", "allowed"), [("quotes", CITED), ("link", QUOTED)])
def test_what_may_not_be_published_is_in_no_file(tmp_path: Path, publish: str, allowed: set[str], name: str) -> None:
    """No page, feed or data file holds a sentence that is not cited; of `link`, none holds more than the quotes."""
    made = built(tmp_path, publish, name=name)
    assert {path: words_in(text) - allowed for path, text in made.items() if words_in(text) - allowed} == {}
    assert words_in(made["entries/two.html"]) == {"Juliett", "Kilo"}
    assert words_in(made["timeline.json"]) == QUOTED


def test_of_a_source_published_as_a_link_its_page_shows_no_text(tmp_path: Path) -> None:
    """Its page has what is known of it and none of its words, and nothing links to a passage that is not there."""
    made = built(tmp_path, "link")
    page = made["sources/a.html"]
    assert words_in(page) == set()
    assert "The text itself is not republished here." in page
    assert "a.txt" in page
    links = {link for text in made.values() for link in re.findall(r'href="(?:\.\./)?(sources/a\.html[^"]*)"', text)}
    assert links == {"sources/a.html"}


def test_a_word_that_is_not_known_publishes_nothing(tmp_path: Path) -> None:
    """A slip in `publish` is an error, so that no text is published by mistake."""
    files = {"seeds/a.txt": TEXT, "seeds/sources.csv": "file,publish\na.txt,qoutes\n", "events.csv": events(ROWS[0])}
    outcome = build(write(tmp_path, files))
    assert outcome.status == 1
    assert (
        outcome.problems
        == """\
seeds/sources.csv:2: publish: 'qoutes' is not a way to publish a text
  help: did you mean quotes? write full, quotes or link
"""
    )
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize(
    ("about", "name"),
    [
        ("file,title,author,publisher\na.txt,The title,A. Author,The Post\n", "The Post"),
        ("file,title,author,publisher\na.txt,The title,A. Author,\n", "A. Author"),
        ("file,title,author,publisher\na.txt,The title,,The Ministry\n", "The title"),
        ("file,title\na.txt,The title\n", "The title"),
        ("file\na.txt\n", "“On June 12, 2021 the ministry said that…”"),
    ],
)
def test_a_source_is_called_by_its_shortest_name(tmp_path: Path, about: str, name: str) -> None:
    """A citation names publisher, author or title, whichever comes first and is not said beside it already."""
    write(tmp_path, {"seeds/sources.csv": about, "events.csv": events({"attribution": "The Ministry"})})
    assert build(tmp_path).status == 0
    page = site(tmp_path)["entries/freed.html"].decode()
    assert re.findall(r'<span class="origin"><bdi>(.*)</bdi>, <bdi class="whole">¶ 1</bdi></span>', page) == [name]


SERIES = """
language = "de"
[series.killed]
label = "killed"
since = "2020-11-10"
note = "Civilians"
[series.share]
label = "share"
unit = "%"
"""


def test_numbers_and_dates_are_written_as_the_language_of_the_site_writes_them(tmp_path: Path) -> None:
    """Figures have the separators, bounds and per cent signs of the language, and dates its words."""
    text = "Mehr als 1.250 Menschen, etwa 30 Kinder; 62,5 % der Karten, am 12. Juni 2021."
    rows = (
        {"date": "2021-06-12", "quote": "Mehr als 1.250 Menschen", "figures": "killed=1250+"},
        {"id": "b", "title": "B", "date": "2021-06-12", "quote": "etwa 30 Kinder", "figures": "killed=~30"},
        {
            "id": "c",
            "title": "C",
            "date": "2021-06-12",
            "quote": "62,5 % der Karten, am 12. Juni 2021",
            "figures": "share=62.5",
        },
    )
    files = {"timeline.toml": f'title = "T"\n{SERIES}', "seeds/a.txt": text, "events.csv": events(*rows)}
    outcome = build(write(tmp_path, files))
    assert outcome.status == 0, outcome.err
    page = site(tmp_path)["index.html"].decode()
    assert re.findall(r"<dd><a [^>]*>(.*?)</a></dd>", page) == ["1.250+", "~30", "62,5\N{NO-BREAK SPACE}%"]
    assert 'title="Civilians; Beginn der Zählung: 10. November 2020"' in page
    assert "12. Juni 2021" in site(tmp_path)["entries/freed.html"].decode()


def test_sources_that_differ_are_shown_side_by_side(tmp_path: Path) -> None:
    """Two dates, two numbers and two entries that contradict each other: each with who says it, on both sides."""
    rows = (
        {
            "date": "[2021-06-12,2021-06-13]",
            "quote": "On June 12, 2021 the ministry said that 15 people were freed",
            "figures": "hurt=15",
        },
        {
            "date": "",
            "title": "",
            "source": "b.txt",
            "quote": "On June 13, 2021 it was 17 people",
            "attribution": "The paper",
            "figures": "hurt=17",
        },
        {
            "id": "not",
            "date": "2021-06",
            "title": "Not freed",
            "source": "b.txt",
            "quote": "says the paper",
            "attribution": "The paper",
            "conflicts_with": "freed",
        },
    )
    files = {
        "timeline.toml": 'title = "T"\n[series.hurt]\nlabel = "hurt"\n',
        "seeds/b.txt": "On June 13, 2021 it was 17 people, says the paper.",
        "seeds/sources.csv": "file,title\na.txt,Note\nb.txt,Page\n",
        "events.csv": events(*rows),
    }
    outcome = build(write(tmp_path, files))
    assert outcome.status == 0, outcome.err
    page = site(tmp_path)["entries/freed.html"].decode()
    differing = re.findall(r'<div class="difference">(.*?)</div>', page, re.DOTALL)
    blocks = (one.replace("</blockquote>", "\n") for one in differing)
    on_the_date, on_the_number, otherwise = (" ".join(re.sub(r"<[^>]+>", "", one).split()) for one in blocks)
    assert on_the_date == (
        "Sources differ on the date "
        "June 12, 2021 On June 12, 2021 the ministry said that 15 people were freed Ministry. Note, ¶ 1 Read in source "
        "June 13, 2021 On June 13, 2021 it was 17 people The paper. Page, ¶ 1 Read in source"
    )
    assert on_the_number == "Sources differ on the number: hurt 15 Ministry 17 The paper"
    assert otherwise == (
        "Entries that do not say the same "
        "Prisoners freed June 12 or 13, 2021 Ministry "
        "Not freed June 2021 says the paper The paper. Page, ¶ 1 Read in source"
    )
    other = site(tmp_path)["entries/not.html"].decode()
    assert re.findall(r'class="says"><a href="\.\./entries/freed\.html">(.*?)<', other) == ["Prisoners freed"]


def test_overlapping_passages_are_cut_at_every_boundary(tmp_path: Path) -> None:
    """No mark stands inside another; each character knows all the entries that cite it."""
    rows = (
        {"id": "long", "title": "Long", "quote": "the ministry said that 15 people were freed"},
        {"id": "short", "title": "Short", "quote": "15 people"},
        {"id": "over", "title": "Over", "quote": "people were freed.\n\nMaps were"},
    )
    assert build(write(tmp_path, {"events.csv": events(*({"date_note": "x", **row} for row in rows))})).status == 0
    page = site(tmp_path)["sources/a.html"].decode()
    marks = re.findall(r'<mark[^>]* data-entries="([^"]*)"[^>]*>(.*?)</mark>', page)
    assert [(set(entries.split()), text) for entries, text in marks] == [
        ({"long"}, "the ministry said that "),
        ({"long", "short"}, "15 "),
        ({"long", "short", "over"}, "people"),
        ({"long", "over"}, " were freed"),
        ({"over"}, "."),
        ({"over"}, "Maps were"),
    ]
    assert not any("<mark" in text for _, text in marks)
    assert {anchor: page.count(f'id="{anchor}"') for anchor in ("long", "short", "over")} == {
        "long": 1,
        "short": 1,
        "over": 1,
    }


def test_what_the_author_typed_is_text(tmp_path: Path) -> None:
    """Markup in a cell that is not Markdown is shown as it was typed, in pages and in JSON-LD."""
    bad = '</script><img src=x onerror="alert(1)">'
    assert build(write(tmp_path, {"events.csv": events({"title": bad, "place": bad, "attribution": bad})})).status == 0
    page = site(tmp_path)["entries/freed.html"].decode()
    assert "<img" not in page
    [data] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert json.loads(data)["name"] == bad
    assert json.loads(data)["subjectOf"][0]["creditText"] == bad
