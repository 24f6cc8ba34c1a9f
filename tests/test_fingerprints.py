"""Promises of the fingerprints: that they are the same for the same, and for nothing else."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from dateline.fingerprints import of_table, of_texts
from dateline.tables import Row, Table

TEXTS = st.lists(st.text("ab\x1f\n", max_size=3), min_size=1, max_size=4)
CELLS = st.text("1a\t\n’", max_size=2)


@given(TEXTS, TEXTS)
@example(["a\x1fb"], ['["a\\u001fb"]'])
@example(["a", "b"], ["a\x1fb"])
@example(["", ""], ["\x1f"])
def test_texts_are_told_apart(one: list[str], two: list[str]) -> None:
    """Other texts, or the same ones parted otherwise, have another fingerprint."""
    assert (of_texts(*one) == of_texts(*two)) == (one == two)


def table(rows: list[tuple[int, str, str]]) -> Table:
    """Return a table of two columns."""
    return Table("events.csv", ("date", "title"), tuple(Row(line, (date, title)) for line, date, title in rows))


@given(*[st.lists(st.tuples(st.integers(1, 3), CELLS, CELLS), max_size=3)] * 2)
@example([(1, "", "a")], [(1, "a", "")])
def test_tables_are_told_apart(one: list[tuple[int, str, str]], two: list[tuple[int, str, str]]) -> None:
    """A table with another cell, or with a row on another line, has another fingerprint."""
    assert (of_table(table(one)) == of_table(table(two))) == (one == two)


def test_tables_of_any_length_are_told_apart() -> None:
    """Each row of a long table counts."""
    rows = [(number, "2021", f"No. {number}") for number in range(2500)]
    found = {of_table(table(rows[:length])) for length in (0, 1, 999, 1000, 1001, 2499, 2500)}
    assert len(found) == 7
    assert of_table(table([*rows[:-1], (2499, "2021", "another")])) not in found


def test_columns_and_path_are_part_of_a_table() -> None:
    """The same cells under other names, or in another file, are another table."""
    plain = table([(2, "2021", "a")])
    others = (plain, plain._replace(columns=("title", "date")), plain._replace(path="other.csv"))
    assert len(set(map(of_table, others))) == 3
