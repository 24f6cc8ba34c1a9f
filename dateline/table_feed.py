"""The table as it was given, with what was verified of each row beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dateline.events import ADDED, Entry
from dateline.feeds import Feed
from dateline.present import Presenter
from dateline.proof import Proof
from dateline.tables import Row

# What spreadsheets take for the start of a formula. Source: OWASP, "CSV Injection".
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_FORMULA_CELL = re.compile(f",[{re.escape(''.join(_FORMULA))}]")


def feed(presenter: Presenter) -> Feed[Row]:
    """Return `events.csv` as it was given, with what was verified of each row in further columns."""
    proofs = presenter.proofs
    cited = {citation.line: (entry, citation.anchor) for entry, citation in presenter.timeline.citations()}
    for entry in presenter.timeline.entries:
        cited.setdefault(entry.line, (entry, ""))
    nothing = ("",) * len(ADDED)

    def piece(row: Row) -> bytes:
        entry, anchor = cited.get(row.line, (None, ""))
        return csv_line(row.cells + (_verified(entry, proofs.get(anchor)) if entry else nothing)).encode()

    head = csv_line((*presenter.timeline.table.columns, *ADDED)).encode()
    return Feed(head, piece, between=b"", tail=b"")


def _verified(entry: Entry, found: Proof | None) -> tuple[str, ...]:
    if found is None:
        return entry.id, "", "", "", "", ""
    numbers, spans = found.paragraphs, found.passage.spans
    paragraphs = f"{numbers[0]}-{numbers[-1]}" if len(numbers) > 1 else "".join(map(str, numbers))
    return entry.id, found.passage.grade, paragraphs, str(spans[0][0]), str(spans[-1][1]), found.source.sha256


def csv_line(cells: Sequence[str]) -> str:
    r"""Return cells as a line of CSV (RFC 4180, but it ends with \n) in which none is taken for a formula.

    A cell that begins with what spreadsheets take for the start of a formula gets a leading apostrophe.
    Source: OWASP, "CSV Injection".
    """
    line = ",".join(cells)
    if _FORMULA_CELL.search(f",{line}"):
        cells = [f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells]
        line = ",".join(cells)
    if not line or '"' in line or "\n" in line or "\r" in line or line.count(",") >= len(cells):
        line = ",".join(map(_quoted, cells)) or '""'
    return f"{line}\n"


def _quoted(cell: str) -> str:
    if '"' in cell:
        return '"' + cell.replace('"', '""') + '"'
    return f'"{cell}"' if "," in cell or "\n" in cell or "\r" in cell else cell
