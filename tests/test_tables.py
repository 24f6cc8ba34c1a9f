"""Promises of `dateline.tables`."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline import records
from dateline.problems import as_text
from dateline.records import LONGEST_CELL
from dateline.table_feed import csv_line
from dateline.tables import Row, Table, read_table

KNOWN = ("id", "date", "title", "category")


def read(folder: Path, content: str | bytes) -> tuple[Table, list[str]]:
    """Return the table that a file of this content makes, and its problems as a user sees them."""
    file = folder / "table.csv"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    table, problems = read_table(file, "events.csv", required=("date", "title"), known=KNOWN)
    return table, [as_text(problem) for problem in problems]


def test_rows_know_the_line_on_which_they_start(tmp_path: Path) -> None:
    """A row's line is the one on which it starts, whatever line breaks and empty lines stand before it."""
    table, problems = read(tmp_path, 'Date, TITLE \n2021,"one\n\ntwo"\n\n , \n2022,\t three \n2023\n\n,\n')
    assert table == Table(
        "events.csv",
        ("date", "title"),
        (Row(2, ("2021", "one\n\ntwo")), Row(7, ("2022", "three")), Row(8, ("2023", ""))),
    )
    assert problems == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_every_dialect_of_the_spreadsheets_is_read(
    tmp_path: Path, encoding: str, line_end: str, delimiter: str
) -> None:
    """Encoding, line ends and delimiter make no difference to what is read."""
    lines = ["date,title,", '2021,"Şuşa, a; b', 'c ""d""",', "2022,Ղարաբաղ,", ",,"]
    content = line_end.join(lines).replace(",", delimiter).replace(f"Şuşa{delimiter}", "Şuşa,")
    table, problems = read(tmp_path, content.encode(encoding))
    assert table.columns == ("date", "title")
    assert table.rows == (Row(2, ("2021", 'Şuşa, a; b\nc "d"')), Row(4, ("2022", "Ղարաբաղ")))
    assert problems == []


@pytest.mark.parametrize(
    ("content", "columns", "line"),
    [
        ("date\n2021\n", ("date",), 2),
        ('"date, or so";title\n2021;x\n', ("date, or so", "title"), 2),
        ('"da,te";"a,b,c";title\n2021;;x\n', ("da,te", "a,b,c", "title"), 2),
        ("date,title;a;b;c;d\n2021,x\n", ("date", "title;a;b;c;d"), 2),
        ("sep=;\ndate;title\n2021;x\n", ("date", "title"), 3),
        ("\n;;\n date ;title\n2021;x\n", ("date", "title"), 4),
        ('"date\n",title\n2021,x\n', ("date", "title"), 3),
        ('date, "title"\n2021, "x, y"\n', ("date", "title"), 2),
    ],
)
def test_the_header_decides_the_delimiter(tmp_path: Path, content: str, columns: tuple[str, ...], line: int) -> None:
    """The delimiter is what makes a header of known names, outside quotation marks, wherever the header stands."""
    table, _ = read(tmp_path, content)
    assert table.columns == columns
    assert [row.line for row in table.rows] == [line]


HEADER = "id,date,title,category"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", [f"events.csv: is empty\n  help: type this as its first line: {HEADER}"]),
        ("\ufeff\r\n ,,\n", [f"events.csv: is empty\n  help: type this as its first line: {HEADER}"]),
        (
            b"PK\x03\x04...",
            [
                (
                    "events.csv: is a spreadsheet's own kind of file, not CSV\n"
                    '  help: in the spreadsheet, choose "Save as" and then "CSV UTF-8"'
                )
            ],
        ),
        (
            bytes(range(1, 256)) * 20,
            [
                (
                    "events.csv: is not a table but some other kind of file\n"
                    '  help: in the spreadsheet, choose "Save as" and then "CSV UTF-8"'
                )
            ],
        ),
        (
            "\nid,titel\n",
            [
                (
                    "events.csv:2: date: this column is needed, and it is not there\n"
                    "  help: add date to the names on line 2"
                ),
                (
                    "events.csv:2: title: this column is needed, and it is not there\n"
                    "  help: rename the column titel to title"
                ),
            ],
        ),
        (
            "date,title,Kategory,phone\n",
            [
                (
                    "events.csv:1: warning: kategory: not a column that Dateline knows; kept as it is\n"
                    "  help: did you mean category?"
                ),
                (
                    "events.csv:1: warning: phone: not a column that Dateline knows; kept as it is\n"
                    "  help: leave it if it is meant"
                ),
            ],
        ),
        (
            "date,title,Title ,id,TITLE\n",
            [
                (
                    "events.csv:1: title: columns 2, 3 and 5 have this name; only the first is read\n"
                    "  help: rename the others, or remove them"
                )
            ],
        ),
        (
            "date,,title,,\n2021,,a,,\n2022,note,b\n2023,more,c\n",
            [
                (
                    "events.csv:1: column 2: no name, but text in the row on line 3, and in 1 more: 'note'; not read\n"
                    "  help: type a name for it on line 1, or move the text; a comma in a text needs quotation marks"
                )
            ],
        ),
        (
            "date;title\n2021;one; two\n2022;a;b;;c;\n",
            [
                (
                    "events.csv:2: 1 cell more than the header has columns: 'two'\n"
                    '  help: where a text holds a semicolon, put quotation marks around the whole cell: "…"'
                ),
                (
                    "events.csv:3: 2 cells more than the header has columns: 'b', 'c'\n"
                    '  help: where a text holds a semicolon, put quotation marks around the whole cell: "…"'
                ),
            ],
        ),
        (
            b'date,title\n2021,"a\nb\0c\x07"\n\x00,\n20\x7f22,"d\ne"\n',
            [
                (
                    "events.csv:2: title: holds 2 control characters (U+0000, U+0007) on line 3, left out here\n"
                    "  help: type the cell anew"
                ),
                (
                    "events.csv:4: date: holds a control character (U+0000) on line 4, left out here\n"
                    "  help: type the cell anew"
                ),
                (
                    "events.csv:5: date: holds a control character (U+007F) on line 5, left out here\n"
                    "  help: type the cell anew"
                ),
            ],
        ),
        (
            'date,title\n2021,"a "b" c"\n',
            [
                (
                    'events.csv:2: title: text follows the quotation mark that ends the cell: \'"a "b" c"\'\n'
                    '  help: write """a ""b"" c"""'
                )
            ],
        ),
        (
            'date,title\n"2021","one, two\n2022,three\n',
            [
                (
                    "events.csv:2: title: the quotation mark that opens this cell on line 2 is never closed\n"
                    '  help: end the cell with a quotation mark; one that belongs to the text is typed twice: ""'
                )
            ],
        ),
        (
            'date,title,id\n2021,one,"x\ny\n2022,"two, three",z\n',
            [
                (
                    "events.csv:2: id: the quotation mark that opens this cell on line 2 is not closed "
                    "before the next one, on line 4\n"
                    '  help: end the cell with a quotation mark; one that belongs to the text is typed twice: ""'
                )
            ],
        ),
        (
            'date,title,id\n2021,"one\ntwo","x\n2022,three,y\n',
            [
                (
                    "events.csv:2: id: the quotation mark that opens this cell on line 3 is never closed\n"
                    '  help: end the cell with a quotation mark; one that belongs to the text is typed twice: ""'
                )
            ],
        ),
        (
            "date,title\n2021,na\xefve\r2022,caf\xe9\n".encode("cp1252"),
            [
                (
                    "events.csv:2: warning: is not UTF-8 from here on; it was read as Windows-1252, an older encoding\n"
                    "  help: look whether its letters are right, and keep them so: "
                    'in the spreadsheet, choose "Save as" and then "CSV UTF-8"'
                )
            ],
        ),
        (
            b"date,title\r\n2021,a\x9d\xe9\n",
            [
                (
                    "events.csv:2: byte 0x9D is not valid in UTF-8 nor Windows-1252; shown as \ufffd\n"
                    '  help: type that letter anew, or in the spreadsheet, choose "Save as" and then "CSV UTF-8"'
                )
            ],
        ),
        (
            "date,title\n2021,“Şuşa”\n2022,".encode() + b"\xe9\n",
            [
                (
                    "events.csv:3: byte 0xE9 is not valid in UTF-8; shown as \ufffd\n"
                    '  help: type that letter anew, or in the spreadsheet, choose "Save as" and then "CSV UTF-8"'
                )
            ],
        ),
        (
            "\ufeffdate,title\n2021,a\n".encode("utf-16-le") + b"\x00\xdc",
            [
                (
                    "events.csv:3: byte 0x00 is not valid in UTF-16; shown as \ufffd\n"
                    '  help: type that letter anew, or in the spreadsheet, choose "Save as" and then "CSV UTF-8"'
                )
            ],
        ),
    ],
)
def test_each_fault_is_said_once_with_its_place_and_its_cure(
    tmp_path: Path, content: str | bytes, expected: list[str]
) -> None:
    """A fault in a table makes one message that says where, what, and what to type."""
    assert read(tmp_path, content)[1] == expected


CUT_AT_A_COMMA = (
    "  help: where a text holds a comma, put quotation marks around the whole cell; where none does, leave out the "
    "empty cells at the end"
)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            ["2021,“Rather late than sorry,” said the mayor,,"],
            (
                "events.csv:2: warning: 1 empty cell more than the header has columns, as where a text is cut at a "
                "comma\n  after a comma: '” said the mayor'\n"
            ),
        ),
        (
            ['"2021","one, ""two""\nthree, four",five, six,'],
            (
                "events.csv:2: warning: 1 empty cell more than the header has columns, as where a text is cut at a "
                "comma\n  after a comma: 'six'\n"
            ),
        ),
        (
            ["2021,It grew by 3,5 per cent,,,", "2022,b,c,d"],
            (
                "events.csv:2: warning: 2 empty cells more than the header has columns, as where a text is cut at a "
                "comma\n"
            ),
        ),
        (
            ["2021,a,b,c,", "2022,d,e,f,", "2023,It grew by 3,5 per cent,,,"],
            (
                "events.csv:4: warning: 2 empty cells more than the header has columns, as where a text is cut at a "
                "comma\n"
            ),
        ),
        (
            ["2021,a,,,", "2022,Well, they said,,", "2023,b"],
            (
                "events.csv:3: warning: 1 empty cell more than the header has columns, as where a text is cut at a "
                "comma; so it is in 1 more row\n  after a comma: 'they said'\n"
            ),
        ),
        (
            [f"2021,{number},,," for number in range(40)] + ["2022,a"],
            (
                "events.csv:2: warning: 1 empty cell more than the header has columns, as where a text is cut at a "
                "comma; so it is in 39 more rows\n"
            ),
        ),
    ],
    ids=[
        "a quotation mark that ends",
        "a space",
        "longer than others",
        "longer than all",
        "the surest",
        "once for all",
    ],
)
def test_a_text_cut_at_a_comma_is_told_where_only_empty_cells_are_left_over(
    tmp_path: Path, rows: list[str], expected: str
) -> None:
    """Cells that a cut text has moved into other columns are not taken in silence; all such rows are one message."""
    _, problems = read(tmp_path, "\n".join(["date,title,category,id", *rows]))
    assert problems == [expected + CUT_AT_A_COMMA]


@pytest.mark.parametrize(
    "content",
    [
        'date,title,,\n2021,a,,\n2022,"b, c",,\n,,,\n',
        'date,title\n2021,a,\n2022,"b, c",\n',
        'date;title\n2021;"b; c";;\n2022;a;;\n;;;;;\n',
        "date, title\n2021, a\n2022, b\n",
        'date, title\n2021, Well,\n2022, "b",\n',
    ],
    ids=["spreadsheets", "a comma at the end", "semicolons at the end", "spaces", "spaces and a comma at the end"],
)
def test_cells_that_all_rows_leave_empty_at_their_end_are_no_fault(tmp_path: Path, content: str) -> None:
    """Spreadsheets give all rows the same width, and some people end each row but the header with a comma."""
    table, problems = read(tmp_path, content)
    assert table.columns == ("date", "title")
    assert len(table.rows) == 2
    assert problems == []


@pytest.mark.parametrize(
    ("content", "columns", "cells"),
    [
        ("date,title,Kategory\n2021,a,b\n", ("date", "title", "kategory"), [("2021", "a", "b")]),
        ("date,title,title\n2021,a,b\n", ("date", "title"), [("2021", "a")]),
        ("date,,title\n2021,x,a\n,y,\n", ("date", "title"), [("2021", "a")]),
        ("date,title\n2021,one, two\n", ("date", "title"), [("2021", "one")]),
        ("date,ti\0tle\n20\x0021,\x1f\n\0,\n", ("date", "title"), [("2021", "")]),
        (
            'date,title\n"20" 21,"b ""c"" d" e\n2022,f\n',
            ("date", "title"),
            [('"20" 21', '"b ""c"" d" e'), ("2022", "f")],
        ),
        ('date,title\n2021,"one, two\n2022,"a, b"\n', ("date", "title"), [("2021", "one, two"), ("2022", "a, b")]),
        ('date,title\n2021,"one\n2022,b ""c""\n', ("date", "title"), [("2021", "one"), ("2022", 'b ""c""')]),
        ('date,"title\n2021,a\n', ("date", "title"), [("2021", "a")]),
        (b"date,title\n2021,caf\xe9\n", ("date", "title"), [("2021", "café")]),
        (b"date,title\n2021,\x9d\n", ("date", "title"), [("2021", "\ufffd")]),
    ],
)
def test_a_fault_costs_no_more_than_its_own_cell(
    tmp_path: Path, content: str | bytes, columns: tuple[str, ...], cells: list[tuple[str, ...]]
) -> None:
    """What can be read is returned beside the problems; an open quotation mark swallows no other row."""
    table, problems = read(tmp_path, content)
    assert problems
    assert table.columns == columns
    assert [row.cells for row in table.rows] == cells


@pytest.mark.parametrize("process_limit", [10, 131_072])
def test_a_cell_of_five_megabytes_is_cut_and_named(tmp_path: Path, process_limit: int) -> None:
    """A cell over the limit makes one problem, the rows around it are whole, and the process keeps its own limit."""
    before = csv.field_size_limit(process_limit)
    try:
        table, problems = read(
            tmp_path, f'date,title\n2020,before it\n"2021\n","{"x" * 4_999_998}\nx"\n2022,after it\n'
        )
        assert csv.field_size_limit() == process_limit
    finally:
        csv.field_size_limit(before)
    assert problems == [
        (
            "events.csv:3: title: 5,000,000 characters in the cell that starts on line 4\n"
            "  help: a cell holds up to 100,000; usually a quotation mark was opened and not closed: look at line 4"
        )
    ]
    assert table.rows == (
        Row(2, ("2020", "before it")),
        Row(3, ("2021", "x" * LONGEST_CELL)),
        Row(6, ("2022", "after it")),
    )


def test_a_missing_file_says_what_to_type(tmp_path: Path) -> None:
    """Where there is no file, the message says which file to make and how it begins."""
    table, problems = read_table(tmp_path / "sources.csv", "seeds/sources.csv", required=("file",), known=("title",))
    assert table == Table("seeds/sources.csv", (), ())
    assert [as_text(problem) for problem in problems] == [
        (
            "seeds/sources.csv: there is no such file\n"
            "  help: make a file named seeds/sources.csv and type this as its first line: file,title"
        )
    ]


def test_a_folder_in_the_place_of_the_file_is_a_problem(tmp_path: Path) -> None:
    """What cannot be read at all is a problem with the system's own reason, not an exception."""
    _, problems = read_table(tmp_path, "events.csv", required=(), known=())
    assert [as_text(problem) for problem in problems] == [
        "events.csv: cannot be read: Is a directory\n  help: check that it is a file and that you may read it"
    ]


CELLS = st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from('\n,;\t"='), max_size=8).map(str.strip)
ROWS = st.lists(st.tuples(CELLS, CELLS).filter(any), max_size=6)


@given(rows=ROWS, delimiter=st.sampled_from(",;\t"), quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
def test_what_csv_writes_is_read_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]], delimiter: str, quoting: int
) -> None:
    """Any cells, in any delimiter and style of quotation, come back as they were, without a problem."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=delimiter, quoting=quoting).writerows([("date", "title"), *rows])  # type: ignore[arg-type]
    content = buffer.getvalue().replace("\ufffe", "").replace("\uffff", "")
    table, problems = read(tmp_path_factory.getbasetemp(), content)
    wanted = [tuple(cell.replace("\ufffe", "").replace("\uffff", "").strip() for cell in row) for row in rows]
    assert [row.cells for row in table.rows] == [row for row in wanted if any(row)]
    assert problems == []


@given(content=st.binary(max_size=60) | st.text('ab,;"\n\0', max_size=60).map(str.encode))
def test_any_bytes_are_read_without_an_exception(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    """Whatever the bytes after the header, every row has a cell for each column and no control character."""
    table, _ = read(tmp_path_factory.getbasetemp(), b"date,title\n" + content)
    assert {len(row.cells) for row in table.rows} <= {len(table.columns)}
    assert not any(
        character < " " and character not in "\t\n" for row in table.rows for character in "".join(row.cells)
    )


@given(content=st.text('ab,; "\n\té', max_size=80))
def test_lines_that_are_cut_at_delimiters_are_what_csv_reads(
    tmp_path_factory: pytest.TempPathFactory, content: str
) -> None:
    """Where no cell of a line is quoted, its cells and all problems are those that a reader of CSV would give."""
    folder = tmp_path_factory.mktemp("table")
    read_fast = read(folder, f"date,title\n{content}")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(records, "is_plain", lambda _: False)
        assert read_fast == read(folder, f"date,title\n{content}")


def test_the_csv_that_is_written_runs_no_formula() -> None:
    """A cell that a spreadsheet would take for a formula is defused; all others are as they were."""
    rows = [["=1+1", "+1"], ["-1", "@x"], ["\tx", "\rx"], ["a=b", 'x, "y"\nz'], ["’", ""]]
    assert "".join(map(csv_line, [["=date", "title"], *rows])) == (
        '\'=date,title\n\'=1+1,\'+1\n\'-1,\'@x\n\'\tx,"\'\rx"\na=b,"x, ""y""\nz"\n’,\n'
    )


def test_the_csv_that_is_written_is_read_again(tmp_path: Path) -> None:
    """A table survives being written and read."""
    rows = (Row(2, ("2021", "a, b")), Row(3, ("", 'say "c"\nd')), Row(5, ("2022", "e")))
    table, problems = read(tmp_path, "".join(map(csv_line, [("date", "title"), *(row.cells for row in rows)])))
    assert (table, problems) == (Table("events.csv", ("date", "title"), rows), [])
