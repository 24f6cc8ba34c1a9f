"""Lines of CSV → records, also where quotation marks do not match."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from itertools import accumulate

from dateline.named_tuples import NamedTuple

LONGEST_CELL = 100_000

_QUOTED = re.compile(r' *"((?:[^"]+|"")*+)("?)')

Record = tuple[int, list[str]]


class Fault(NamedTuple):
    """Quotation marks that do not match: the first line of the record and of the cell, and the cell's place in it.

    `next_mark` is the line of the mark that ought to have closed the cell, or 0 at the end of the file; `stray` is
    the whole cell where text follows its closing mark on the same line.
    """

    record_line: int
    cell_line: int
    cell_index: int
    next_mark: int
    stray: str = ""


def records_of(lines: Sequence[str], first_line: int, delimiter: str, faults: list[Fault]) -> Iterator[Record]:
    """Yield all records of the lines, of which the first has the number `first_line`; add where quotation fails.

    A line without a quotation mark is cut at its delimiters. The others are read by `csv`, as far as it is strictly
    right; a record that it will not take (its quotation marks do not match, or a cell is over the process-wide limit
    of `csv.field_size_limit`) is read by `read_record`.
    """
    offsets: list[int] = []
    text = ""
    done = 0
    while done < len(lines):
        if is_plain(lines[done]):
            yield first_line + done, lines[done].split(delimiter)
            done += 1
            continue
        rest = (f"{lines[at]}\n" for at in range(done, len(lines)))
        reader = csv.reader(rest, delimiter=delimiter, strict=True, skipinitialspace=True)
        start = done
        try:
            for cells in reader:
                yield first_line + start, cells
                start = done + reader.line_num
                if start == len(lines) or is_plain(lines[start]):
                    break
            done = start
        except csv.Error:
            text = text or "\n".join([*lines, ""])
            offsets = offsets or [0, *accumulate(len(line) + 1 for line in lines)]
            cells, end, more = read_record(text, offsets[start], first_line + start, delimiter)
            faults += more
            yield first_line + start, cells
            done = start + text.count("\n", offsets[start], end)


def is_plain(line: str) -> bool:
    """Tell whether a line is a record of which no cell is quoted, and none too long."""
    return '"' not in line and len(line) <= LONGEST_CELL


def read_record(text: str, start: int, line: int, delimiter: str) -> tuple[list[str], int, list[Fault]]:
    """Return the cells of the record at the offset `start`, the offset behind it, and its faults, whatever they are.

    A cell whose quotation mark is not closed properly ends with its first line, so that it swallows no other record.
    """
    plain = re.compile(f"[^{delimiter}\n]*")
    cells: list[str] = []
    faults: list[Fault] = []
    at = start
    while True:
        here = line + text.count("\n", start, at)
        quoted = _QUOTED.match(text, at)
        if quoted is None:
            end = _end(plain, text, at)
            cell = text[at:end]
        elif quoted[2] and _end(plain, text, quoted.end()) == quoted.end():
            end = quoted.end()
            cell = quoted[1].replace('""', '"')
        elif quoted[2] and "\n" not in quoted[1]:
            end = _end(plain, text, quoted.end())
            cell = text[at:end].strip()
            faults.append(Fault(line, here, len(cells), here, cell))
        else:
            end = text.find("\n", at)
            cell = text[quoted.start(1) : end]
            faults.append(Fault(line, here, len(cells), here + quoted[1].count("\n") if quoted[2] else 0))
        cells.append(cell)
        if text[end] == "\n":
            return cells, end + 1, faults
        at = end + 1


def _end(pattern: re.Pattern[str], text: str, start: int) -> int:
    found = pattern.match(text, start)
    return found.end() if found else start
