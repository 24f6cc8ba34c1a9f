"""Any CSV that a spreadsheet writes becomes rows that know their line."""

from __future__ import annotations

import codecs
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from dateline.glances import has_control
from dateline.problems import Problem, did_you_mean, shown
from dateline.records import LONGEST_CELL, Fault, Record, is_plain, read_record, records_of

SHORT = 40  # cells that are shorter often say the same, such as a place; then they are one string

# Control characters (Unicode category Cc) but tab and line break, and the two code points that XML 1.0 forbids.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab"}
# A first line such as `sep=;` is how Excel is told the delimiter.
_SEP_LINE = re.compile(r'"?sep=([,;\t])"?[,;\t ]*\n', re.IGNORECASE)
# A cell in quotation marks; or else, behind a comma, what only the rest of a sentence begins with.
_AFTER_CUT = r""""(?:[^"]+|"")*+"|,( +[^\s",][^,\n]*|['’”“»](?![^\s,])[^,\n]*)"""
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
# A file is no text where more than a twentieth of its first bytes are control characters; in UTF-16, half are NUL.
_LOOK = 4096
_CONTROL_BYTES = re.compile(rb"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]")
_UTF_16 = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_SAVE_AS = 'in the spreadsheet, choose "Save as" and then "CSV UTF-8"'
_CLOSE_IT = 'end the cell with a quotation mark; one that belongs to the text is typed twice: ""'


class Row(NamedTuple):
    """One record: the line on which it starts, counted from 1, and a cell for each column of its table."""

    line: int
    cells: tuple[str, ...]


class _Long(NamedTuple):
    """A row with more cells than the header: where it starts, how many lines and cells more, and the texts in these."""

    line: int
    lines: int
    more: int
    texts: tuple[str, ...]


class Table(NamedTuple):
    """A table as read: its path as shown in problems, its columns (never empty, never twice), its rows in order."""

    path: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


class _Names(NamedTuple):
    """The names of columns, as `read_table` takes them."""

    required: Collection[str]
    known: Collection[str]
    made: Collection[str]


def read_table(
    file: Path, path: str, *, required: Collection[str], known: Collection[str], made: Collection[str] = ()
) -> tuple[Table, list[Problem]]:
    """Return what can be read of a CSV file, and all that is wrong with it as a table.

    `path` is the file's name in problems. `required` and `known` are column names in lower case, in the order in
    which messages shall list them; columns that are `made` from the table are not read. Cells are stripped of outer
    white space and padded to the number of columns; a line break in a cell is a line feed. Format: RFC 4180, read
    leniently, with comma, semicolon or tab.
    """
    header = ",".join(dict.fromkeys([*(name for name in required if name not in known), *known]))
    nothing = Table(path, (), ())
    try:
        data = file.read_bytes()
    except FileNotFoundError:
        near = _near_name(file)
        make = f"make a file named {path} and type this as its first line: {header}"
        advice = f"there is a file {near}: save it as CSV, under the name {file.name}" if near else make
        return nothing, [Problem(path, 0, "", "there is no such file", advice)]
    except OSError as error:
        check = "check that it is a file and that you may read it"
        return nothing, [Problem(path, 0, "", f"cannot be read: {error.strerror}", check)]
    if data.startswith(_WORKBOOKS):
        return nothing, [Problem(path, 0, "", "is a spreadsheet's own kind of file, not CSV", _SAVE_AS)]
    if len(_CONTROL_BYTES.findall(data, 0, _LOOK)) > max(20, min(len(data), _LOOK) // 20):
        return nothing, [Problem(path, 0, "", "is not a table but some other kind of file", _SAVE_AS)]
    text, problems = _decode(data, path)
    del data  # a table can be large
    start = _first_text(text, 0)
    if start < 0:
        return nothing, [*problems, Problem(path, 0, "", "is empty", f"type this as its first line: {header}")]
    table, more = _parse(text, start, path, _Names(required, known, made))
    return table, problems + more


def _near_name(file: Path) -> str:
    """Return the name of a file beside it that is probably meant, such as Events.csv, events.csv.txt or events.xlsx."""
    beside = sorted(other.name for other in file.parent.iterdir()) if file.parent.is_dir() else []
    return next((name for name in beside if name.casefold().startswith(file.stem.casefold() + ".")), "")


def _decode(data: bytes, path: str) -> tuple[str, list[Problem]]:
    """Return the file's text, each line ended by a line feed, and what is wrong with its encoding."""
    problems: list[Problem] = []
    encoding = _utf_16(data) or "utf-8"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        text, problem = _decode_otherwise(data, path, encoding, error.start)
        problems.append(problem)
    text = text.lstrip("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return (text if text.endswith("\n") else text + "\n"), problems


def _utf_16(data: bytes) -> str:
    """Return the kind of UTF-16 that a byte order mark, or every second byte of a Latin header, tells; or nothing."""
    for mark, encoding in _UTF_16:
        if data.startswith(mark):
            return encoding
    even, odd = data[:16:2], data[1:16:2]
    if even and 0 not in even and 2 * odd.count(0) > len(even):
        return "utf-16-le"
    if odd and 0 not in odd and 2 * even.count(0) > len(odd):
        return "utf-16-be"
    return ""


def _decode_otherwise(data: bytes, path: str, encoding: str, wrong: int) -> tuple[str, Problem]:
    """Return the text of a file that is not valid in its encoding from the offset `wrong` on, and say so."""
    before = data[:wrong].decode(encoding, "replace")
    line = 1 + before.count("\n") + before.count("\r") - before.count("\r\n")
    text = data.decode(encoding, "replace")
    name = "UTF-8" if encoding == "utf-8" else "UTF-16"
    if encoding == "utf-8":
        good = sum(1 for character in text if character > "\x7f" and character != "\ufffd")
        # Windows-1252 would turn every good letter of a damaged UTF-8 file into two or three wrong ones.
        if good <= text.count("\ufffd"):
            try:
                older = data.decode("cp1252")
            except UnicodeDecodeError:
                name = "UTF-8 nor Windows-1252"
            else:
                message = "is not UTF-8 from here on; it was read as Windows-1252, an older encoding"
                advice = f"look whether its letters are right, and keep them so: {_SAVE_AS}"
                return older, Problem(path, line, "", message, advice, "warning")
    message = f"byte 0x{data[wrong]:02X} is not valid in {name}; shown as \ufffd"
    return text, Problem(path, line, "", message, f"type that letter anew, or {_SAVE_AS}")


def _first_text(text: str, start: int) -> int:
    """Return where the first line that is not empty begins, or -1."""
    found = re.compile(r'[^\s,;"]').search(text, start)
    return text.rfind("\n", 0, found.start()) + 1 if found else -1


def _parse(text: str, start: int, path: str, asked: _Names) -> tuple[Table, list[Problem]]:
    sep = _SEP_LINE.match(text, start)
    after = _first_text(text, sep.end()) if sep else -1
    if sep and after >= 0:
        start, delimiter = after, sep[1]
    else:
        delimiter = _delimiter(text, start, asked.known)
    faults: list[Fault] = []
    problems: list[Problem] = []
    lines = text[start:].split("\n")
    lines.pop()  # what follows the last line's end
    # Records are read, mended and made rows one at a time: lists kept alive would cost more in garbage collection.
    first = 1 + text.count("\n", 0, start)
    records = records_of(lines, first, delimiter, faults)
    line, cells = next(records)
    names = _names(cells)
    records = chain([(line, cells)], records)
    if has_control(text):
        records = _without_controls(path, records, names, problems)
    if len(text) > LONGEST_CELL and not all(map(is_plain, lines)):
        records = _without_long_cells(path, records, names, problems)
    next(records)
    long: list[_Long] = []
    rows = list(_rows(records, len(names), long))
    if long:
        problems += _surplus_texts(path, long, delimiter)
        usual = min(row.more for row in long) if 1 < len(rows) <= len(long) else 0
        written = [(row, lines[row.line - first : row.line - first + row.lines]) for row in long if not row.texts]
        cut = list(_cut_texts(written, usual, delimiter))
        problems += [_cut_problem(path, cut, delimiter)] if cut else []
    problems += [_quotation_problem(path, fault, names) for fault in faults]
    problems += _header_problems(path, line, names, asked) + _nameless_columns(path, line, names, rows)
    left_out = {"", *asked.made}
    kept = [index for index, name in enumerate(names) if name not in left_out and names.index(name) == index]
    if len(kept) < len(names):
        rows = [Row(row.line, tuple([row.cells[index] for index in kept])) for row in rows]
        rows = [row for row in rows if any(row.cells)]
    return Table(path, tuple([names[index] for index in kept]), tuple(rows)), problems


def _names(cells: Iterable[str]) -> list[str]:
    return [" ".join(_CONTROL.sub("", cell).split()).casefold() for cell in cells]


def _label(names: Sequence[str], index: int) -> str:
    return (names[index] if index < len(names) else "") or f"column {index + 1}"


def _delimiter(text: str, start: int, known: Collection[str]) -> str:
    """Return the delimiter that makes of the header the most known names, then the most cells, then the comma."""

    def rank(delimiter: str) -> tuple[int, int]:
        names = _names(read_record(text, start, 1, delimiter)[0])
        return len(set(names).intersection(known)), len(names)

    return max(_DELIMITERS, key=rank)


def _quotation_problem(path: str, fault: Fault, names: Sequence[str]) -> Problem:
    column = _label(names, fault.cell_index)
    if fault.stray:
        message = f"text follows the quotation mark that ends the cell: {shown(fault.stray)}"
        whole = fault.stray.replace('"', '""')
        advice = f'write "{whole}"' if len(whole) < 200 else _CLOSE_IT
        return Problem(path, fault.record_line, column, message, advice)
    message = f"the quotation mark that opens this cell on line {fault.cell_line} is never closed"
    if fault.next_mark:
        message = f"{message[: -len('never closed')]}not closed before the next one, on line {fault.next_mark}"
    return Problem(path, fault.record_line, column, message, _CLOSE_IT)


def _without_controls(
    path: str, records: Iterable[Record], names: Sequence[str], problems: list[Problem]
) -> Iterator[Record]:
    """Yield the records without control characters, and add a problem for each cell that held any."""
    for line, cells in records:
        cell_line = line
        for index, cell in enumerate(cells):
            if found := _CONTROL.findall(cell):
                codes = ", ".join(dict.fromkeys(f"U+{ord(character):04X}" for character in found))
                what = f"{len(found)} control characters" if len(found) > 1 else "a control character"
                on = cell_line + cell.count("\n", 0, cell.index(found[0]))
                message = f"holds {what} ({codes}) on line {on}, left out here"
                problems.append(Problem(path, line, _label(names, index), message, "type the cell anew"))
                cells[index] = _CONTROL.sub("", cell)
            cell_line += cell.count("\n")
        yield line, cells


def _without_long_cells(
    path: str, records: Iterable[Record], names: Sequence[str], problems: list[Problem]
) -> Iterator[Record]:
    """Yield the records with cells cut to the longest that is allowed, and add a problem for each that was longer."""
    for line, cells in records:
        if sum(map(len, cells)) > LONGEST_CELL:
            cell_line = line
            for index, cell in enumerate(cells):
                if len(cell) > LONGEST_CELL:
                    message = f"{len(cell):,} characters in the cell that starts on line {cell_line}"
                    advice = (
                        f"a cell holds up to {LONGEST_CELL:,}; usually a quotation mark was opened and not closed: "
                        f"look at line {cell_line}"
                    )
                    problems.append(Problem(path, line, _label(names, index), message, advice))
                    cells[index] = cell[:LONGEST_CELL]
                cell_line += cell.count("\n")
        yield line, cells


def _header_problems(path: str, line: int, names: Sequence[str], asked: _Names) -> list[Problem]:
    problems = []
    given = [name for name in dict.fromkeys(names) if name and name not in asked.made]
    unknown = [name for name in given if name not in asked.known]
    free = [name for name in asked.known if name not in names]
    for name in asked.required:
        if name not in names:
            near = did_you_mean(name, unknown)
            # What is to be renamed is one fault, and not two.
            unknown = [other for other in unknown if other != near]
            advice = f"rename the column {near} to {name}" if near else f"add {name} to the names on line {line}"
            problems.append(Problem(path, line, name, "this column is needed, and it is not there", advice))
    for name in unknown:
        near = did_you_mean(name, free)
        advice = f"did you mean {near}?" if near else "leave it if it is meant"
        message = "not a column that Dateline knows; kept as it is"
        problems.append(Problem(path, line, name, message, advice, "warning"))
    for name in asked.made:
        if name in names:
            message = "Dateline makes this column anew for the site; what it holds here is not read"
            problems.append(Problem(path, line, name, message, "take it out, or give it another name", "warning"))
    for name in given:
        places = [str(index + 1) for index, other in enumerate(names) if other == name]
        if len(places) > 1:
            message = f"columns {', '.join(places[:-1])} and {places[-1]} have this name; only the first is read"
            problems.append(Problem(path, line, name, message, "rename the others, or remove them"))
    return problems


def _rows(records: Iterable[Record], width: int, long: list[_Long]) -> Iterator[Row]:
    """Yield the records that are not empty as rows of `width` cells, and note each that has more."""
    shared: dict[str, str] = {}
    for line, cells in records:
        if len(cells) < width:
            cells.extend([""] * (width - len(cells)))
        elif len(cells) > width:
            if any(map(str.strip, cells)):
                texts = tuple([cell.strip() for cell in cells[width:] if cell.strip()])
                long.append(_Long(line, 1 + "".join(cells).count("\n"), len(cells) - width, texts))
            del cells[width:]
        stripped = [shared.setdefault(cell, cell) if len(cell) < SHORT else cell for cell in map(str.strip, cells)]
        if any(stripped):
            yield Row(line, tuple(stripped))


def _surplus_texts(path: str, long: Iterable[_Long], delimiter: str) -> Iterator[Problem]:
    """Yield a problem for each row with texts that stand in no column."""
    for row in long:
        if row.texts:
            what = "1 cell more" if len(row.texts) == 1 else f"{len(row.texts)} cells more"
            message = f"{what} than the header has columns: {', '.join(map(shown, row.texts))}"
            yield Problem(path, row.line, "", message, f'{_quote_it(delimiter)}: "…"')


def _quote_it(delimiter: str) -> str:
    return f"where a text holds a {_DELIMITERS[delimiter]}, put quotation marks around the whole cell"


def _cut_texts(
    written: Sequence[tuple[_Long, Sequence[str]]], usual: int, delimiter: str
) -> Iterator[tuple[_Long, str]]:
    """Yield the rows, given with their lines, that may be longer because a text was cut, and its rest if it is seen.

    Where cells are left empty at the end of a row, a text that is cut pushes nothing but one of these over the edge.
    Programs write as many cells in the header as in other rows. Some people end every row but the header with a comma:
    cells that all rows have more, `usual` many, say nothing, unless a row is cut where only a sentence has a comma,
    before a space or a quotation mark that ends. Some put a space behind every comma, which then says nothing either.
    """
    after_cut, close = re.compile(_AFTER_CUT.replace(",", delimiter)), re.compile(f"{delimiter}[^\\s{delimiter}]")
    is_spaced = not any(close.search(line) for _, lines in written for line in lines)
    for row, lines in written:
        ends = () if is_spaced else after_cut.finditer("\n".join([*lines, ""]))
        rest = next(filter(None, (found[1] for found in ends)), "")
        if rest or row.more > usual:
            yield row, rest


def _cut_problem(path: str, cut: Sequence[tuple[_Long, str]], delimiter: str) -> Problem:
    """Return one problem for all such rows, as it can be how somebody ends rows; it shows the surest."""
    row, rest = next(filter(itemgetter(1), cut), cut[0])
    name, number = _DELIMITERS[delimiter], len(cut) - 1
    what = "1 empty cell more" if row.more == 1 else f"{row.more} empty cells more"
    others = f"; so it is in {number} more row{'s' if number > 1 else ''}" if number else ""
    message = f"{what} than the header has columns, as where a text is cut at a {name}{others}"
    advice = f"{_quote_it(delimiter)}; where none does, leave out the empty cells at the end"
    notes = ((f"after a {name}", shown(rest)),) if rest else ()
    return Problem(path, row.line, "", message, advice, "warning", notes)


def _nameless_columns(path: str, line: int, names: Sequence[str], rows: Sequence[Row]) -> list[Problem]:
    problems = []
    for index in [index for index, name in enumerate(names) if not name]:
        held = [row for row in rows if row.cells[index]]
        if held:
            more = f", and in {len(held) - 1} more" if len(held) > 1 else ""
            where = f"text in the row on line {held[0].line}{more}: {shown(held[0].cells[index])}"
            advice = f"type a name for it on line {line}, or move the text; a comma in a text needs quotation marks"
            message = f"no name, but {where}; not read"
            problems.append(Problem(path, line, f"column {index + 1}", message, advice))
    return problems
