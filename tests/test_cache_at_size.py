"""Promises of the cache where a timeline is large: what is put together from parts is as if made at once."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from large import QUOTE, spread, write
from test_cache import fresh, held, made

from dateline import feeds, json_feed, search_parts

pytestmark = pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")

# So many entries are cut into periods, and drawn in levels.
NUMBER = 400


@pytest.fixture(scope="module", autouse=True)
def small_parts() -> Iterator[None]:
    """Parts are as many as if there were a hundred times as many entries."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_feed, "WHOLE", 100_000)
        patch.setattr(json_feed, "PART", 20_000)
        patch.setattr(json_feed, "EVERY", 32)
        patch.setattr(feeds, "RUN", 8)
        for name, size in (("MOST_BYTES", 6_000), ("LEAST_BYTES", 4_500)):
            patch.setattr(search_parts, name, size)
        yield


class _Rows:
    """A large project, and the ways in which its table, its sources and its site may change."""

    def __init__(self, folder: Path) -> None:
        self.folder = write(folder, spread(NUMBER))
        with (folder / "events.csv").open(encoding="utf-8", newline="") as table:
            self.columns, *self.rows = csv.reader(table)
        self.count = 0
        made(folder)

    def save(self) -> None:
        with (self.folder / "events.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([self.columns, *self.rows])

    def set(self, pick: int, column: str, text: str) -> None:
        self.rows[pick % len(self.rows)][self.columns.index(column)] = text

    def change_title(self, pick: int) -> None:
        self.set(pick, "title", f"Another {pick % 7}")

    def change_note(self, pick: int) -> None:
        self.set(pick, "date_note", f"By word of mouth. {pick % 7}")

    def change_date(self, pick: int) -> None:
        self.set(pick, "date", f"19{50 + pick % 50}-0{1 + pick % 9}-11")

    def doubt(self, pick: int) -> None:
        """Say of a day that it is about that, which moves no entry."""
        row = next(
            row for row in self.rows[pick % NUMBER :] + self.rows if row[1][-1].isdecimal() and "/" not in row[1]
        )
        row[1] += "~"

    def put_off(self, pick: int) -> None:
        """Let what came last come later, which moves no entry either."""
        last = max((row for row in self.rows if len(row[1]) == 10 and row[1][0] != "."), key=lambda row: row[1])
        last[1] = f"2024-0{1 + pick % 9}-11"

    def lengthen(self, pick: int) -> None:
        self.set(pick, "date", f"19{50 + pick % 40}/2001")

    def change_category(self, pick: int) -> None:
        self.set(pick, "category", ("incident", "talk")[pick % 2])

    def change_tags(self, pick: int) -> None:
        self.set(pick, "tags", f"tag {pick % 9}; found")

    def change_voice(self, pick: int) -> None:
        self.set(pick, "attribution", f"A member of the council {pick % 3}")

    def add_row(self, pick: int) -> None:
        self.count += 1
        self.rows.insert(pick % len(self.rows), list(self.rows[pick % len(self.rows)]))
        self.set(pick % (len(self.rows) - 1), "id", f"new-{self.count}")

    def remove_row(self, pick: int) -> None:
        # The others are to be read with the first one.
        del self.rows[1 + pick % (len(self.rows) - 1)]

    def turn_rows(self, pick: int) -> None:
        at = 1 + pick % (len(self.rows) - 1)
        self.rows[1:] = self.rows[at:] + self.rows[1:at]

    def change_settings(self, pick: int) -> None:
        language, address = ("en", "de")[pick % 2], ("", 'address = "https://example.org/"\n')[pick // 2 % 2]
        told = f'title = "Made"\nlanguage = "{language}"\nentry_pages = {("true", "false")[pick // 4 % 2]}\n{address}'
        (self.folder / "timeline.toml").write_text(told, "utf-8")

    def change_source(self, pick: int) -> None:
        (self.folder / "seeds/council.txt").write_text(f"At {pick % 5}. {QUOTE}\n", "utf-8")

    def cite_another(self, pick: int) -> None:
        (self.folder / f"seeds/{'am'[pick % 2]}.txt").write_text(f"The paper reports: {QUOTE}\n", "utf-8")
        self.set(pick, "source", f"{'am'[pick % 2]}.txt")

    def tamper(self, pick: int) -> None:
        files = sorted(path for path in (self.folder / "site").rglob("*") if path.suffix in {".js", ".json", ".ics"})
        content = bytearray(files[pick % len(files)].read_bytes())
        content[pick % len(content)] ^= 1
        files[pick % len(files)].write_bytes(content)


_TOOLS = {"save", "set"}
CHANGES = [name for name, value in vars(_Rows).items() if callable(value) and name[0] != "_" and name not in _TOOLS]


@settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.sampled_from(CHANGES), st.integers(0, 1 << 20)), min_size=3, max_size=6))
def test_no_change_goes_unseen(changes: list[tuple[str, int]]) -> None:
    """After each of any changes, the site is byte for byte what a first build would make."""
    with tempfile.TemporaryDirectory() as place:
        project = _Rows(Path(place, "project"))
        for name, pick in changes:
            change: Callable[[int], None] = getattr(project, name)
            change(pick)
            project.save()
            made(project.folder)
            assert held(project.folder / "site") == fresh(project.folder)


def test_no_change_goes_unseen_alone(tmp_path: Path) -> None:
    """Each kind of change leaves what a first build would make."""
    project = _Rows(tmp_path / "project")
    for number, name in enumerate(CHANGES, start=1):
        getattr(project, name)(number * NUMBER // (len(CHANGES) + 1))
        project.save()
        made(project.folder)
        assert held(project.folder / "site") == fresh(project.folder), name
