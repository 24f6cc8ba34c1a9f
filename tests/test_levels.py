"""Promises of the levels of a large timeline: every entry is counted and found, and no part grows with them."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from many import project_of
from project import build, write

from dateline import levels
from dateline.calendar import ordinal
from dateline.levels import IN_VIEW, Level, Unit, crossings, units

BEFORE, AFTER = 'document.dispatchEvent(new CustomEvent("{}",{{detail:', "}));\n"
# Where days are dense, and where they are as far apart as dates can be.
DAYS = st.lists(st.integers(-3000, 3000) | st.integers(-(10**12), 10**12), min_size=1, max_size=100)
ENTRIES = 20_000
# Which end of a range is open.
KINDS = ("", "", "", "start", "end")


class Site(NamedTuple):
    """A built timeline: the parts that were written, by their paths, and how large the files are with gzip."""

    root: dict[str, Any]
    parts: dict[str, Any]
    sizes: dict[str, int]
    html: str


def detail_of(text: str, event: str) -> dict[str, Any]:
    """Return what a script hands over."""
    assert text.startswith(BEFORE.format(event))
    found: dict[str, Any] = json.loads(text.removeprefix(BEFORE.format(event)).removesuffix(AFTER))
    return found


def site_of(folder: Path) -> Site:
    """Build the project in a folder and read what its overview is explored from."""
    outcome = build(folder)
    assert outcome.status == 0, outcome.err
    data = folder / "site" / "data"
    files = [data / "overview.js", *(file for name in FOLDERS for file in sorted(data.glob(f"{name}/*.js")))]
    sizes = {file.relative_to(data).as_posix(): len(gzip.compress(file.read_bytes())) for file in files}
    root, *parts = files
    return Site(
        detail_of(root.read_text("utf-8"), "dateline:overview"),
        {file.relative_to(data).as_posix(): detail_of(file.read_text("utf-8"), "dateline:part") for file in parts},
        sizes,
        (folder / "site/index.html").read_text("utf-8"),
    )


FOLDERS = ("levels", "points", "crossings")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return a timeline of 3,000 entries, built."""
    return site_of(project_of(tmp_path_factory.mktemp("many"), 3000))


@given(st.integers(-(10**13), 10**13), st.integers(0, 16))
def test_each_day_lies_in_the_part_that_begins_last_before_it(day: int, which: int) -> None:
    """Weeks, months and all the others follow each other without a gap, for any year."""
    unit = next(unit for number, unit in enumerate(units()) if number == which)
    number = unit.bin(day)
    assert unit.first(number) <= day < unit.first(number + 1)


def test_parts_are_those_of_the_calendar() -> None:
    """A week begins on a Monday, a quarter in April as well, and twenty years with a year that twenty divides."""
    assert [Unit(7, 0).bin(ordinal((2024, 1, day))) for day in (7, 8, 14, 15)] == [2817, 2818, 2818, 2819]
    assert Unit(0, 3).first(Unit(0, 3).bin(ordinal((2024, 5, 20)))) == ordinal((2024, 4, 1))
    assert Unit(0, 240).first(Unit(0, 240).bin(ordinal((-43, 3, 15)))) == ordinal((-60, 1, 1))


@given(DAYS)
def test_each_level_adds_up_to_the_number_of_entries(days: list[int]) -> None:
    """In each, every part counts those that begin in it, and the levels become finer."""
    days.sort()
    made = levels.levels(days, [(days[0], days[-1])])
    assert [level.unit for level in made] == sorted((level.unit for level in made), key=coarseness, reverse=True)
    for level in made:
        assert level.ends[-1] == len(days)
        counts = [two - one for one, two in pairwise([0, *level.ends])]
        expected = [level.unit.bin(day) for day in days]
        assert counts == [expected.count(number) for number in level.bins]


def coarseness(unit: Unit) -> float:
    """Return about how many days a part has."""
    return unit.days or unit.months * 30.44


@given(DAYS)
@example([0] * 300)
def test_a_view_of_a_finer_level_than_there_is_holds_few_entries(days: list[int]) -> None:
    """Where a level is missing, no view of it has more than are shown as points; the coarsest is seen at once."""
    days.sort()
    made = levels.levels(days, [(days[0], days[-1])])
    coarsest = made[0].unit
    assert coarsest.bin(days[-1]) - coarsest.bin(days[0]) < IN_VIEW
    finer = [unit for unit, _ in zip(units(), range(20), strict=False) if coarseness(unit) < coarseness(made[-1].unit)]
    for unit in finer:
        bins = [unit.bin(day) for day in days]
        assert all(sum(one <= other < one + IN_VIEW for other in bins) <= levels.POINTS for one in set(bins))


@given(DAYS, st.integers(1, 40))
def test_tiles_hold_each_part_once(days: list[int], numbers: int) -> None:
    """However they are cut: in order, each with the rank of its first entry, and lane by lane what begins there."""
    days.sort()
    lanes = [day % 3 for day in days]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(levels, "NUMBERS", numbers)
        for level in levels.levels(days, [(days[0], days[-1])]):
            assert list(told(level, lanes)) == list(counted(level, days, lanes))


def told(level: Level, lanes: list[int]) -> Iterator[tuple[int, int, int]]:
    """Yield part, lane and count as the tiles tell them, and look after the ranks."""
    rank = 0
    for tile in levels.tiles(level, lanes):
        assert tile.before == rank
        number = tile.first
        for step, *columns in tile.rows:
            number += step
            for lane, count in zip(columns[::2], columns[1::2], strict=True):
                rank += count
                yield number, lane, count


def counted(level: Level, days: list[int], lanes: list[int]) -> Iterator[tuple[int, int, int]]:
    """Yield the same, counted one by one."""
    pairs = [(level.unit.bin(day), lane) for day, lane in zip(days, lanes, strict=True)]
    for number, lane in sorted(set(pairs)):
        yield number, lane, pairs.count((number, lane))


@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60), st.sampled_from(KINDS)), min_size=1),
    st.integers(-2, 125),
    st.integers(1, 5),
)
@example([(0, 1, ""), (2, 0, "")], 1, 1)
def test_a_range_is_found_from_every_view_that_it_lasts_into(
    drawn: list[tuple[int, int, str]], view: int, size: int
) -> None:
    """What began before a view and is not over is in its tile of points, or crosses into it at one of the heights."""
    spans = [(None if kind == "start" else one, None if kind == "end" else one + far) for one, far, kind in drawn]
    spans.sort(key=day_of)
    days = [day_of(span) for span in spans]
    found = crossings(days, [span[0] for span in spans], [span[1] for span in spans], size)
    before = sum(day < view for day in days)
    tile = min(before, len(days) - 1) // size
    reached = {
        rank for height in range(found.heights) for rank in found.members.get((height, tile // levels.FAN**height), [])
    }
    reached |= set(range(tile * size, (tile + 1) * size))
    lasting = {
        rank
        for rank, (first, last) in enumerate(spans)
        if (first is None or rank < before) and (last is None or last >= view)
    }
    assert lasting <= reached
    assert all(sum(rank in ranks for ranks in found.members.values()) <= 2 for rank in range(len(days)))


def day_of(span: tuple[int | None, int | None]) -> int:
    """Return the day on which a span counts as begun."""
    first, last = span
    return first if first is not None else last if last is not None else 0


def test_every_entry_is_in_one_tile_of_points(site: Site) -> None:
    """Exactly once, in order of beginnings, with its days, its words, and the page on which it stands."""
    rows = [row for part in tiles(site, "points") for row in part["rows"]]
    articles = re.findall(
        r'<article class="entry" id="([^"]+)".*? data-earliest="(.*?)" data-latest="(.*?)"', site.html
    )
    ids = [row[4] for row in rows]
    assert len(ids) == len(set(ids)) == site.root["levels"]["entries"] == 3000
    begins = [row[1] if row[1] is not None else row[2] for row in rows]
    assert begins == sorted(begins)
    said = {row[4]: tuple("" if day is None else str(day) for day in row[1:3]) for row in rows}
    assert articles
    assert all(said[entry] == tuple(days) for entry, *days in articles)
    part = site.parts["points/0.js"]
    assert {part["pages"][row[8]] for row in part["rows"]} <= {"index.html", *map(str, pages(site))}
    assert all(part["who"][row[7]].startswith("The ") for row in part["rows"])


def pages(site: Site) -> set[str]:
    """Return the pages of periods that the first page leads to."""
    return set(re.findall(r'href="(periods/[^"#]+)', site.html))


def tiles(site: Site, folder: str) -> list[dict[str, Any]]:
    """Return the parts of a folder in the order of their numbers."""
    names = [name for name in site.parts if name.startswith(f"{folder}/")]
    return [site.parts[name] for name in sorted(names, key=lambda name: [int(one) for one in re.findall(r"\d+", name)])]


def test_the_written_levels_add_up(site: Site) -> None:
    """The coarsest counts in the root and the tiles of each finer level count each entry once; ranks go on."""
    root = site.root["levels"]
    assert total(root["starts"]) == 3000
    for level in range(1, len(root["units"])):
        parts = [part for name, part in site.parts.items() if name.startswith(f"levels/{level}-")]
        assert total(parts) == 3000
        assert len(parts) == len(root["tiles"][level - 1])
        befores = sorted((part["before"], total([part])) for part in parts)
        assert all(two[0] == one[0] + one[1] for one, two in pairwise(befores))


def total(parts: list[dict[str, Any]]) -> int:
    """Return how many entries tiles count."""
    return sum(sum(row[2::2]) for part in parts for row in part["rows"])


def test_what_crosses_is_told_or_counted(site: Site) -> None:
    """Of what covers tiles the longest are told, all others counted by lane; the root knows which scripts there are."""
    root = site.root["levels"]
    for name, part in site.parts.items():
        crossing = part.get("into", part) if name.startswith(("points", "crossings")) else None
        if crossing:
            assert len(crossing["rows"]) <= 50
            assert not crossing["more"] or len(crossing["rows"]) == 50
    heights = root["crossings"]
    written = {name for name in site.parts if name.startswith("crossings/")}
    assert written == {
        f"crossings/{height}-{number}.js" for height, runs in enumerate(heights, start=1) for number in present(runs)
    }
    assert written


def present(runs: list[int]) -> Iterator[int]:
    """Yield the numbers that are there, of runs of missing and present ones in turn."""
    number = 0
    for at, run in enumerate(runs):
        if at % 2:
            yield from range(number, number + run)
        number += run


def test_no_part_grows_with_the_number_of_entries(tmp_path: Path) -> None:
    """At 20,000 entries the root has at most 30 kB, each part at most 20 kB, and there are not many of them."""
    sizes = site_of(project_of(tmp_path, ENTRIES)).sizes
    assert sizes.pop("overview.js") <= 30_000
    assert max(sizes.values()) <= 20_000
    assert len(sizes) <= 160


def test_the_still_counts_say_on_which_days_their_entries_begin(site: Site) -> None:
    """Of each lane, as many entries begin within the days of a count as the count says; they add up to all."""
    keys = [lane["key"] for lane in site.root["lanes"]]
    rows = [row for part in tiles(site, "points") for row in part["rows"]]
    begins = [(keys[row[0]], row[1] if row[1] is not None else row[2]) for row in rows]
    wide = site.html[site.html.index('data-overview="wide"') : site.html.index('data-overview="narrow"')]
    counts = re.findall(r'data-title="(\d+) entr\w+" data-lane="(.*?)" data-first="(.*?)" data-last="(.*?)"', wide)
    assert sum(int(number) for number, *_ in counts) == len(begins)
    for number, lane, first, last in counts:
        assert sum(key == lane and int(first) <= day <= int(last) for key, day in begins) == int(number)


def test_long_words_are_cut_between_letters(tmp_path: Path) -> None:
    """A title of a thousand letters, and who says so, come shortened, with an ellipsis, to so many bytes."""
    rows = "".join(f"e-{day},2020-01-{day % 28 + 1:02},{'Жж' * 500},{'“' * 400}\n" for day in range(301))
    found = site_of(write(tmp_path, {"events.csv": "id,date,title,attribution\n" + rows}))
    part = found.parts["points/0.js"]
    assert {row[5] for row in part["rows"]} == {"Жж" * 39 + "…"}
    assert part["who"] == ["“" * 39 + "…"]
