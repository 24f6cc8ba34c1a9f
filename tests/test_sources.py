"""Texts that cannot be cited, quotes that do not stand in them, and faults of sources.csv: each message whole."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from project import SOURCE, File, assert_helps, build, check, events, one, site, write

FREED = "On June 12, 2021 the ministry said that 15 people were freed."
MAPS = "Maps were handed over on the same day."
OUTSIDE = "  help: copy the text into seeds/ and write its name there, without a path\n"


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("A.TXT", "there is no text seeds/A.TXT\n  help: did you mean a.txt? if not, put the text into seeds/\n"),
        ("a", "there is no text seeds/a\n  help: did you mean a.txt? if not, put the text into seeds/\n"),
        ("zebra.txt", "there is no text seeds/zebra.txt\n  help: put the text into seeds/\n"),
        ("seeds/a.txt", "'seeds/a.txt' is not how a text of seeds/ is named here\n  help: write a.txt\n"),
        ("seeds\\a.txt", "'seeds\\a.txt' is not how a text of seeds/ is named here\n  help: write a.txt\n"),
        (
            "report.md",
            "there is no text seeds/report.md\n  help: did you mean x/reports.txt? if not, put the text into seeds/\n",
        ),
        ("./a.txt", "'./a.txt' is not how a text of seeds/ is named here\n  help: write a.txt\n"),
        ("../a.txt", "'../a.txt' is outside seeds/\n" + OUTSIDE),
        ("sub/../../a.txt", "'sub/../../a.txt' is outside seeds/\n" + OUTSIDE),
        ("..\\a.txt", "'..\\a.txt' is outside seeds/\n" + OUTSIDE),
        ("/etc/passwd", "'/etc/passwd' is outside seeds/\n" + OUTSIDE),
        ("C:\\a.txt", "'C:\\a.txt' is outside seeds/\n" + OUTSIDE),
        ("~/a.txt", "'~/a.txt' is outside seeds/\n" + OUTSIDE),
        ("https://news.example/a", "'https://news.example/a' is outside seeds/\n" + OUTSIDE),
        ("", "there is a quote, but no source to find it in\n  help: name the text of seeds/ that holds these words\n"),
    ],
)
def test_a_source_that_is_not_there(tmp_path: Path, source: str, said: str) -> None:
    """A source is a name in seeds/ and nothing else; what was probably meant can be typed in its place."""
    text = {"seeds/x/reports.txt": SOURCE}
    assert_helps(tmp_path, one(source=source), f"events.csv:2: source: {said}", one(source="a.txt"), text)


def test_links_and_other_files_are_no_sources(tmp_path: Path) -> None:
    """What seeds/ holds but cannot be cited is refused with its reason: a link, what a link leads to, a PDF."""
    rows = [{"id": f"row-{number}", "source": source} for number, source in enumerate(["l.txt", "d/a.txt", "a.pdf"])]
    folder = write(tmp_path / "project", {"events.csv": events(*rows), "seeds/a.pdf": b"%PDF-1.7\0"})
    write(tmp_path / "elsewhere")
    (folder / "seeds/l.txt").symlink_to(tmp_path / "elsewhere/seeds/a.txt")
    (folder / "seeds/d").symlink_to(tmp_path / "elsewhere/seeds")
    itself = "  help: put the text itself there, as a .txt or .md file\n"
    assert check(folder).problems == (
        f"events.csv:2: source: seeds/l.txt is a link to another place\n{itself}"
        f"events.csv:3: source: seeds/d is a link to another place\n{itself}"
        f"events.csv:4: source: seeds/a.pdf is not a text: only .txt and .md files can be quoted\n{itself}"
    )


UTF_8 = "  help: save the text as UTF-8, and compare it with the original: letters may have been lost\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            SOURCE.encode() + b"Caf\xe9\n",
            "seeds/a.txt:4: is not saved in UTF-8: a letter on this line cannot be read (byte 0xE9)\n" + UTF_8,
        ),
        (
            SOURCE.encode("utf-16") + b"\n",
            "seeds/a.txt:4: is not saved in UTF-16: a letter on this line cannot be read (byte 0x0A)\n" + UTF_8,
        ),
        (
            SOURCE.encode() + b"\0\n",
            "seeds/a.txt: is not a text: it holds NUL bytes\n  help: save it as plain text in UTF-8\n",
        ),
    ],
)
def test_a_source_that_is_not_valid_text(tmp_path: Path, text: bytes, said: str) -> None:
    """A text that cannot be decoded is one message about the text, and none about the rows that cite it."""
    rows = events({}, {"id": "again"})
    assert check(write(tmp_path, {"seeds/a.txt": text, "events.csv": rows})).problems == said


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_a_source_in_any_unicode_and_with_any_line_ends(tmp_path: Path, encoding: str, line_end: str) -> None:
    """UTF-8 with and without its mark, UTF-16, and the line ends of all systems are read."""
    text = SOURCE.replace("\n", line_end).encode(encoding)
    assert check(write(tmp_path, {"seeds/a.txt": text})).problems == ""


COPY = "  help: copy the words exactly, or put … where words are left out\n"


@pytest.mark.parametrize(
    ("quote", "said"),
    [
        (
            FREED.replace("15", "16"),
            "not found in seeds/a.txt\n"
            f"  nearest: “{FREED}” (¶ 1)\n"
            "  difference: the quote says “16”, the source “15”\n" + COPY,
        ),
        (
            "On June 12, 2021 … 16 people were freed.",
            "the part “16 people were freed.” is not found in seeds/a.txt\n"
            "  nearest: “On June 12, 2021 … 15 people were freed.” (¶ 1)\n"
            "  difference: the quote says “16”, the source “15”\n" + COPY,
        ),
        ("Quite other words (of 2021-06-12).", "not found in seeds/a.txt\n" + COPY),
        (
            "June 12, 2021 the ministry said that 15 people were free",
            (
                "begins or ends inside a longer word or number of seeds/a.txt\n"
                "  ¶ 1: “June 12, 2021 the ministry said that 15 people were freed”\n"
                "  help: copy whole words, as in the line above\n"
            ),
        ),
        (
            f"{MAPS} … On June 12, 2021",
            (
                "its parts all stand in seeds/a.txt, but in another order\n"
                f"  ¶ 1–2: “On June 12, 2021 … {MAPS}”\n"
                "  help: put the parts in the order of the source, as in the line above, "
                "or make two citations of them\n"
            ),
        ),
    ],
    ids=["a digit", "a part", "nothing like it", "cut", "order"],
)
def test_a_quote_that_does_not_stand_in_its_source(tmp_path: Path, quote: str, said: str) -> None:
    """The nearest words are shown, ready to be pasted, with what differs; pasted, they are found."""
    folder = write(tmp_path, {"events.csv": one(quote=quote)})
    problems = check(folder).problems
    assert problems == f"events.csv:2: quote: {said}"
    notes = [line for line in problems.splitlines() if line.startswith(("  nearest:", "  ¶"))]
    for paste in [note.partition("“")[2].rpartition("”")[0] for note in notes]:
        assert check(write(folder, {"events.csv": one(quote=paste)})).problems == ""


def test_a_quote_that_stands_in_its_source_twice(tmp_path: Path) -> None:
    """Each place is shown with the words around it; a prefix or a longer quote decides, a wrong prefix does not."""
    text = {"seeds/a.txt": f"{SOURCE}\nLater it said again: {FREED}\n"}
    places = (
        f"  ¶ 1: “{FREED} Maps were handed over on the same…”\n"
        f"  ¶ 3: “…on the same day. Later it said again: {FREED}”\n"
    )
    said = (
        f"events.csv:2: quote: stands 2 times in seeds/a.txt\n{places}"
        "  help: quote more words, or put the words just before or after into quote_prefix or quote_suffix\n"
    )
    assert_helps(tmp_path / "prefix", one(), said, one(quote_prefix="it said again:"), text)
    assert_helps(tmp_path / "longer", one(), said, one(quote=f"Later it said again: {FREED}"), text)
    said = (
        "events.csv:2: quote_prefix: the quote stands in seeds/a.txt, but not right after these words\n"
        f"{places}  help: copy the words just before the quote, or leave quote_prefix empty\n"
    )
    assert_helps(tmp_path / "wrong", one(quote_prefix="again"), said, one(quote_prefix="again:"), text)
    said = (
        "events.csv:2: quote_suffix: the quote stands in seeds/a.txt, but not right before these words\n"
        f"{places}  help: copy the words just after the quote, or leave quote_suffix empty\n"
    )
    assert_helps(tmp_path / "suffix", one(quote_suffix="Charts"), said, one(quote_suffix="Maps"), text)


def test_a_quote_that_stands_only_in_another_source(tmp_path: Path) -> None:
    """The source that holds the words is named, and naming it in the row ends the problem."""
    said = (
        "events.csv:2: quote: not found in seeds/b.txt\n"
        "  found word for word in: seeds/a.txt\n"
        "  help: write a.txt as the source, if these are the words you mean\n"
    )
    assert_helps(tmp_path, one(source="b.txt"), said, one(), {"seeds/b.txt": "Of other things.\n"})


def test_the_nearest_words_of_another_source(tmp_path: Path) -> None:
    """Where the cited source has nothing like the quote, the nearest words of the others are shown."""
    quote = FREED.replace("15", "16")
    folder = write(tmp_path, {"seeds/b.txt": "Of other things.\n", "events.csv": one(source="b.txt", quote=quote)})
    assert check(folder).problems == (
        "events.csv:2: quote: not found in seeds/b.txt\n"
        f"  nearest: “{FREED}” (seeds/a.txt, ¶ 1)\n"
        "  difference: the quote says “16”, the source “15”\n" + COPY
    )


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (
            "file\nzebra.txt\n",
            "2: file: there is no text seeds/zebra.txt\n  help: put the text into seeds/, or take this line out\n",
        ),
        (
            "file\na.md\n",
            (
                "2: file: there is no text seeds/a.md\n"
                "  help: did you mean a.txt? if not, put the text into seeds/, or take this line out\n"
            ),
        ),
        (
            "file\na.txt\na.txt\n",
            "3: file: 'a.txt' is already described in line 2\n  help: keep one line for each text\n",
        ),
        (
            "file,title\n,Report\n",
            "2: file: is empty\n  help: name the text that this line tells of, or take the line out\n",
        ),
        (
            "name,title\na.txt,Report\n",
            (
                "1: file: this column is needed, and it is not there\n  help: add file to the names on line 1\n"
                "seeds/sources.csv:1: warning: name: not a column that Dateline knows; kept as it is\n"
                "  help: leave it if it is meant\n"
            ),
        ),
        (
            "file,publish\na.txt,quote\n",
            (
                "2: publish: 'quote' is not a way to publish a text\n"
                "  help: did you mean quotes? write full, quotes or link\n"
            ),
        ),
        (
            "file,published\na.txt,13/06/2021\n",
            "2: published: '13/06/2021' is written day/month/year\n  help: write 2021-06-13\n",
        ),
        (
            "file,archive_date\na.txt,2021-6-1\n",
            "2: archive_date: '2021-6-1' has a month or day of one digit\n  help: write 2021-06-01\n",
        ),
        (
            "file,url\na.txt,javascript:alert(1)\n",
            (
                "2: url: 'javascript:alert(1)' is not the address of a web page\n"
                "  help: write it with https:// at its beginning, or leave it empty\n"
            ),
        ),
        (
            "file,language\na.txt,Armenian\n",
            (
                "2: language: 'Armenian' is not the code of a language\n"
                '  help: write a code such as "en", "hy", "az" or "pt-BR"\n'
            ),
        ),
        (
            "file\nscan.pdf\n",
            (
                "2: warning: file: seeds/scan.pdf is not a text: only .txt and .md files can be quoted\n"
                "  help: put the text itself there, as a .txt or .md file, or take this line out\n"
            ),
        ),
    ],
)
def test_a_faulty_line_of_sources_csv(tmp_path: Path, table: str, said: str) -> None:
    """Each fault of sources.csv is one message with what to write."""
    files: dict[str, File] = {"seeds/sources.csv": table, "seeds/scan.pdf": b"%PDF"}
    assert check(write(tmp_path, files)).problems == f"seeds/sources.csv:{said}"


def test_what_sources_csv_may_say(tmp_path: Path) -> None:
    """A line with every column filled as the messages advise has no problem, and the file may name its folder."""
    line = "seeds/a.txt,Report,2021-06-13,hy,https://news.example/a,https://archive.example/a,2021-06-01,2021,quotes"
    table = f"file,title,published,language,url,archive_url,archive_date,retrieved,publish\n{line}\n"
    assert check(write(tmp_path, {"seeds/sources.csv": table})).problems == ""


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (
            {"seeds/A b.txt": "x", "seeds/a-b.txt": "y"},
            "seeds/a-b.txt: would get the same page as seeds/A b.txt\n  help: rename one of the two files\n",
        ),
        (
            {"seeds/a.md": "x"},
            "seeds/a.txt: would get the same page as seeds/a.md\n  help: rename one of the two files\n",
        ),
        (
            {"seeds/Index.txt": "x"},
            "seeds/Index.txt: would get the same page as the list of sources\n  help: rename the file\n",
        ),
    ],
)
def test_two_sources_that_would_share_a_page(tmp_path: Path, texts: Mapping[str, File], said: str) -> None:
    """Two texts whose names make one address are named; one of them renamed, both have their page."""
    folder = write(tmp_path, texts)
    assert check(folder).problems == said
    (folder / said.partition(":")[0]).rename(folder / "seeds" / "renamed.txt")
    (folder / "events.csv").write_text(one(date="2021", source="", quote="", attribution=""))
    assert build(folder).status == 0
    assert "sources/renamed.html" in site(folder)


def test_a_source_named_in_another_script_fits_on_a_disk(tmp_path: Path) -> None:
    """A long name in Armenian letters, which grows when it is spelled in Latin ones, still makes a page."""
    name = "Հայաստանի-Հանրապետության-" * 5 + ".txt"
    folder = write(tmp_path, {f"seeds/{name}": SOURCE, "events.csv": one(source=name)}, without=("seeds/a.txt",))
    assert build(folder).problems == ""
    assert sum(path.startswith("sources/hayastani-") for path in site(folder)) == 1
