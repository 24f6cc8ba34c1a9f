"""What an author can get wrong in events.csv: the whole text of each message, and that its help helps."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from project import COLUMNS, GOOD, SECOND, File, assert_helps, build, check, events, one, site, write

from dateline.events import ADDED

HEADER = (
    "id,date,date_note,title,summary,category,place,tags,source,quote,quote_prefix,quote_suffix,attribution,figures,"
    "conflicts_with,related"
)
ROW = '2021-06-12,Prisoners freed,a.txt,"On June 12, 2021 the ministry said that 15 people were freed.",Ministry\n'


@pytest.mark.parametrize(
    ("files", "without", "said"),
    [
        (
            {},
            ("events.csv",),
            (
                "events.csv: there is no such file\n"
                f"  help: make a file named events.csv and type this as its first line: {HEADER}\n"
            ),
        ),
        ({"events.csv": ""}, (), f"events.csv: is empty\n  help: type this as its first line: {HEADER}\n"),
        ({"events.csv": ",,\n\n"}, (), f"events.csv: is empty\n  help: type this as its first line: {HEADER}\n"),
        (
            {"events.csv": HEADER + "\n"},
            (),
            (
                "events.csv: warning: has a header and no rows\n"
                "  help: write one event a row below the header; only date and title are required\n"
            ),
        ),
        (
            {},
            ("seeds/a.txt",),
            (
                "seeds/: is not there\n"
                "  help: make a folder seeds/ and put the texts that you quote into it, as .txt or .md files\n"
            ),
        ),
        (
            {"seeds/sources.csv": "file,title\na.txt,Report\n"},
            ("seeds/a.txt",),
            "seeds/: holds no text\n  help: put the texts that you quote into it, as .txt or .md files\n",
        ),
        (
            {"seeds": "a text"},
            ("seeds/a.txt",),
            "seeds: is not a folder\n  help: rename it, and make a folder seeds/ for the texts\n",
        ),
        (
            {},
            ("about.md",),
            (
                "about.md: warning: is not there; readers cannot learn who made this\n"
                "  help: write about.md: how the timeline was made, what its sources are, how to report an error\n"
            ),
        ),
        (
            {"about.md": "\n"},
            (),
            (
                "about.md: warning: is empty; readers cannot learn who made this\n"
                "  help: write about.md: how the timeline was made, what its sources are, how to report an error\n"
            ),
        ),
        (
            {"about.md": "Made by\nRené".encode("latin-1")},
            (),
            "about.md:2: byte 0xE9 is not valid UTF-8\n  help: save the file as UTF-8\n",
        ),
        (
            {"about.md": "Made by\nhand\x1b[31m"},
            (),
            "about.md:2: holds a control character (U+001B)\n  help: type this line anew\n",
        ),
        (
            {"about.md/x": ""},
            ("about.md",),
            "about.md: cannot be read: Is a directory\n  help: check that it is a file and that you may read it\n",
        ),
    ],
)
def test_what_is_missing_is_said_once(
    tmp_path: Path, files: Mapping[str, File], without: tuple[str, ...], said: str
) -> None:
    """A file or folder that is missing, empty or unreadable is one message, not one for each row that needs it."""
    assert check(write(tmp_path, files, without=without)).problems == said


def test_a_header_line_that_the_help_gives_can_be_typed_as_it_stands(tmp_path: Path) -> None:
    """An events.csv made of the line that the help gives is accepted, and wants rows only."""
    said = check(write(tmp_path / "empty", {"events.csv": ""})).problems
    line = said.rpartition("first line: ")[2]
    assert "has a header and no rows" in check(write(tmp_path / "typed", {"events.csv": line})).problems


@pytest.mark.parametrize(
    ("bad", "said", "mended"),
    [
        (
            f"date,title,source,quote,attribution,Title\n{ROW.strip()},Another\n",
            (
                "events.csv:1: title: columns 2 and 6 have this name; only the first is read\n"
                "  help: rename the others, or remove them\n"
            ),
            f"date,title,source,quote,attribution\n{ROW}",
        ),
        (
            f"date,titel,source,quote,attribution\n{ROW}{ROW}",
            (
                "events.csv:1: title: this column is needed, and it is not there\n"
                "  help: rename the column titel to title\n"
            ),
            f"date,title,source,quote,attribution\n{ROW}",
        ),
        (
            f"when,title,source,quote,attribution\n{ROW}",
            (
                "events.csv:1: date: this column is needed, and it is not there\n"
                "  help: add date to the names on line 1\n"
                "events.csv:1: warning: when: not a column that Dateline knows; kept as it is\n"
                "  help: leave it if it is meant\n"
            ),
            f"date,title,source,quote,attribution\n{ROW}",
        ),
        (
            "id,headline\na,One\nb,Two\n",
            (
                "events.csv:1: date: this column is needed, and it is not there\n"
                "  help: add date to the names on line 1\n"
                "events.csv:1: warning: headline: not a column that Dateline knows; kept as it is\n"
                "  help: leave it if it is meant\n"
                "events.csv:1: title: this column is needed, and it is not there\n"
                "  help: add title to the names on line 1\n"
            ),
            f"date,title,source,quote,attribution\n{ROW}",
        ),
        (
            one().strip() + ",more,and more\n",
            (
                "events.csv:2: 2 cells more than the header has columns: 'more', 'and more'\n"
                '  help: where a text holds a comma, put quotation marks around the whole cell: "…"\n'
            ),
            one(),
        ),
        (
            one(summary="a\0b"),
            (
                "events.csv:2: summary: holds a control character (U+0000) on line 2, left out here\n"
                "  help: type the cell anew\n"
            ),
            one(summary="ab"),
        ),
    ],
    ids=["a column twice", "a column misspelt", "a column missing", "both missing", "too many cells", "NUL"],
)
def test_a_faulty_table(tmp_path: Path, bad: str, said: str, mended: str) -> None:
    """A fault of the table is one message, whatever it does to the rows below; doing what it says ends it."""
    assert_helps(tmp_path, bad, said, mended)


def test_a_cell_of_five_megabytes(tmp_path: Path) -> None:
    """A cell that is far too long is refused at once, and the search for its words is spared."""
    bad = one(quote="x" * 5_000_000, date_note="Known.")
    said = (
        "events.csv:2: quote: 5,000,000 characters in the cell that starts on line 2\n"
        "  help: a cell holds up to 100,000; usually a quotation mark was opened and not closed: look at line 2\n"
    )
    assert_helps(tmp_path, bad, said, one())


def test_what_is_given_as_verified_is_not_published(tmp_path: Path) -> None:
    """In the site, the columns that tell what was verified are Dateline's alone, whatever the table says under them."""
    table = events({"verified_as": "seen by me", "Verified_ID": "mine", "quote": ""})
    folder = write(tmp_path, {"events.csv": table})
    outcome = build(folder)
    assert outcome.problems.startswith(
        "events.csv:1: warning: verified_as: Dateline makes this column anew for the site; what it holds here is not "
        "read\n"
        "  help: take it out, or give it another name\n"
        "events.csv:1: warning: verified_id: Dateline makes this column anew for the site; what it holds here is not "
        "read\n"
        "  help: take it out, or give it another name\n"
    )
    assert outcome.problems.count("events.csv:1:") == 2
    header, row = site(folder)["events.csv"].decode().splitlines()
    assert header == ",".join([*COLUMNS, *ADDED])
    assert row == "freed,2021-06-12,Prisoners freed,a.txt,,Ministry,freed,,,,,"
    assert not [path for path, content in site(folder).items() if b"seen by me" in content]


def test_the_published_table_makes_the_same_site_again(tmp_path: Path) -> None:
    """`events.csv` of the site may take the place of one's own: what is published of it is what it was."""
    folder = write(tmp_path)
    build(folder)
    first = site(folder)
    build(write(folder, {"events.csv": first["events.csv"]}))
    again = site(folder)
    assert [path for path in first if again[path] != first[path]] == ["proof.html"]
    assert b"Dateline makes this column anew" in again["proof.html"]


def test_unknown_columns_are_kept_and_mentioned_once(tmp_path: Path) -> None:
    """A column that Dateline does not know is a warning, with what it may be a slip for, and is in the exports."""
    table = events({"sumary": "S", "mood": "glad"}, SECOND | {"mood": "calm"})
    folder = write(tmp_path, {"events.csv": table})
    outcome = build(folder)
    assert outcome.problems == (
        "events.csv:1: warning: mood: not a column that Dateline knows; kept as it is\n"
        "  help: leave it if it is meant\n"
        "events.csv:1: warning: sumary: not a column that Dateline knows; kept as it is\n"
        "  help: did you mean summary?\n"
    )
    assert outcome.status == 0
    table, document = (site(folder)[path].decode() for path in ("events.csv", "timeline.json"))
    for word in ("sumary", "mood", "glad", "calm"):
        assert word in table
        assert word in document


@pytest.mark.parametrize(
    ("date", "said", "mended"),
    [
        ("13/06/2021", "'13/06/2021' is written day/month/year\n  help: write 2021-06-13", "2021-06-13"),
        (
            "06/12/2021",
            "'06/12/2021' could be 6 December 2021 or 12 June 2021\n  help: write 2021-12-06 or 2021-06-12",
            "2021-06-12",
        ),
        ("June 12, 2021", "'June 12, 2021' is written in words\n  help: write 2021-06-12", "2021-06-12"),
        (
            "2021-06-31",
            (
                "'2021-06-31' cannot be: June 2021 has 30 days\n"
                "  help: write a day from 2021-06-01 to 2021-06-30, or 2021-06 for the month"
            ),
            "2021-06",
        ),
        (
            "2021-06-12/2021-06-01",
            "'2021-06-12/2021-06-01' ends before it starts\n  help: write 2021-06-01/2021-06-12",
            "2021-06-01/2021-06-12",
        ),
        ("", "the date is empty\n  help: write a date such as 2021-06-12, 2021-06 or 2021", "2021"),
        (
            "<script>alert(1)</script>",
            (
                "'<script>alert(1)</script>' is not a date that can be read\n"
                "  help: write a date such as 2021-06-12, 2021-06 or 2021"
            ),
            "2021-06-12",
        ),
    ],
)
def test_a_faulty_date(tmp_path: Path, date: str, said: str, mended: str) -> None:
    """A date that is not EDTF is answered with what was probably meant, in the form in which it is to be written."""
    note = "As the ministry said."
    assert_helps(
        tmp_path, one(date=date, date_note=note), f"events.csv:2: date: {said}\n", one(date=mended, date_note=note)
    )


@pytest.mark.parametrize("cell", ["freed", "freed=", "freed:15", "freed=fifteen", "freed=1,5", "=5", "freed=-15"])
def test_a_figure_that_is_not_a_series_and_its_number(tmp_path: Path, cell: str) -> None:
    """A cell of figures that cannot be read is shown, with the form in which it is to be written."""
    files = {"timeline.toml": '[series."people freed"]\n', "events.csv": one(figures=f"{cell}; people freed=15")}
    assert check(write(tmp_path, files)).problems == (
        f"events.csv:2: figures: '{cell}' is not a series and its number\n"
        "  help: write series=number, such as killed=20; injured=85\n"
    )


def test_a_number_of_too_many_digits(tmp_path: Path) -> None:
    """A number of more digits than anything has is told of; one as long as it may be is shown with all its digits."""
    files = {"timeline.toml": 'title = "Mines"\n[series.freed]\n[series.share]\nunit = "%"\n'}
    long = "9" * 25
    quote = "On June 12, 2021 the ministry said that {} people were freed."
    bad = {"seeds/a.txt": quote.format(long), "events.csv": one(figures=f"freed={long}", quote=quote.format(long))}
    assert check(write(tmp_path / "bad", {**files, **bad})).problems == (
        "events.csv:2: figures: freed: the number has 25 digits\n"
        "  help: write one of at most 24, and a larger unit into the label of the series\n"
    )
    longest, fine = "9" * 24, "0." + "7" * 23
    said = quote.format(f"{longest} and {fine}")
    rows = [
        {"id": name, "date": date, "date_note": "n", "quote": said, "figures": f"freed={longest}; share={fine}"}
        for name, date in (("one", "2021"), ("two", "2022"))
    ]
    folder = write(tmp_path / "good", {**files, "seeds/a.txt": said, "events.csv": events(*rows)})
    assert build(folder).problems == ""
    page = site(folder)["figures.html"].decode()
    assert ",".join(["999"] * 8) in page
    assert f"{fine}%" in page


def test_all_problems_of_all_files_at_once(tmp_path: Path) -> None:
    """One run names every fault of every file, in order of file, line and column."""
    files: dict[str, File] = {
        "timeline.toml": "title = 5\n",
        "seeds/sources.csv": "file,publish\nb.txt,\na.txt,ful\n",
        "events.csv": events({"date": "13/06/2021", "category": "x"}, SECOND | {"source": "", "related": "fred"}),
    }
    places = [line.partition(": ")[0] for line in check(write(tmp_path, files)).problems.splitlines() if line[0] != " "]
    assert places == [
        "events.csv:2",
        "events.csv:3",
        "events.csv:3",
        "seeds/sources.csv:2",
        "seeds/sources.csv:3",
        "timeline.toml:1",
    ]


@pytest.mark.parametrize("table", [bytes(1000), bytes(range(256)) * 10, b"\xff" * 100, b'"' * 99], ids=str)
def test_a_file_that_is_no_table_at_all_is_no_exception(tmp_path: Path, table: bytes) -> None:
    """Whatever bytes stand in events.csv, the answer is problems, each of which names that file."""
    outcome = check(write(tmp_path, {"events.csv": table}))
    assert outcome.status == 1
    assert {line.partition(":")[0] for line in outcome.problems.splitlines() if line[0] != " "} == {"events.csv"}


def test_the_good_project_has_no_problem(tmp_path: Path) -> None:
    """What these tests break is whole before they do."""
    assert GOOD["events.csv"] == one()
    assert check(write(tmp_path)) == (0, "", "1 entry, 1 quote, all found.\n")
