"""Promises of the overview: where each entry is drawn, and what the axis says."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from project import build, events, site, write

from dateline import dates
from dateline.calendar import ordinal
from dateline.config import Category
from dateline.events import Entry
from dateline.overview import MOST_MARKS, Mark, Overview, draw, ground
from dateline.scale import Scale, scale_for

# The widest shape of the theme, in pixels: its path ends at 7.6 on both sides (`parts.html`, the star).
WIDEST_SHAPE = 15.2
CATEGORIES = {key: Category(key, key.title(), key.title(), "circle", "blue") for key in "abc"}


def entry(number: int, date: str, category: str = "a") -> Entry:
    """Return an entry of which only the date and the lane matter."""
    read = dates.parse(date)
    assert read is not None, date
    return Entry(f"e{number}", read, "", "Title", "", category, "", (), (), (), (), number)


def drawn(entries: Iterable[Entry], width: int = 260) -> Overview:
    """Return the drawing of the entries, which are put in order of date first, as the timeline has them."""
    ordered = sorted(entries, key=lambda one: (dates.sort_key(one.date), one.line))
    return draw(ground(ordered, CATEGORIES.values()), width=width, label_width=56, heading=20)


def marks(overview: Overview) -> dict[str, Mark]:
    """Return the marks of all lanes by the entry's id."""
    return {mark.id: mark for lane in overview.lanes for mark in lane.marks}


def box(mark: Mark, width: int) -> tuple[float, float]:
    """Return from where to where a mark is drawn on a line of this width: a bar, or a shape around its place."""
    if mark.range:
        return mark.left * width, mark.right * width
    return mark.left * width - WIDEST_SHAPE / 2, mark.left * width + WIDEST_SHAPE / 2


years = st.integers(1900, 2030) | st.integers(-3000, 9000)
days = st.builds("{}-{:02}-{:02}".format, st.integers(1000, 2030), st.integers(1, 12), st.integers(1, 28))
near = st.builds("2021-{:02}-{:02}".format, st.integers(5, 7), st.integers(1, 28))
ranges = st.builds(lambda one, two: "/".join(sorted((one, two))), days, days)
written = days | near | ranges | days.map("../{}".format) | days.map("{}/..".format) | near.map("{}~".format)
timelines = st.lists(st.tuples(written, st.sampled_from("abc")), min_size=1, max_size=40)


@settings(max_examples=80, deadline=None)
@given(timelines, st.sampled_from([260, 560, 1200]))
def test_marks_of_a_lane_never_overlap(timeline: list[tuple[str, str]], width: int) -> None:
    """On a line as short as the drawing is made for, and on any longer one, no mark covers another of its row."""
    overview = drawn((entry(number, *one) for number, one in enumerate(timeline)), width)
    for lane in overview.lanes:
        for row in {mark.row for mark in lane.marks}:
            for shown in (width, 2 * width):
                boxes = sorted(box(mark, shown) for mark in lane.marks if mark.row == row)
                assert all(one[1] <= two[0] + 1e-6 for one, two in pairwise(boxes))


@pytest.mark.parametrize("width", [260, 560])
@pytest.mark.parametrize("day", ["2000-01-01", "2009-12-30", "2009-12-31"])
def test_a_day_at_the_end_of_a_range_has_a_row_of_its_own(day: str, width: int) -> None:
    """A shape stands around its place, so it would cover the end of a bar that stops there."""
    found = marks(drawn([entry(1, "2000/2009"), entry(2, day)], width))
    assert found["e1"].range
    assert found["e1"].row != found["e2"].row


@settings(max_examples=60, deadline=None)
@given(timelines)
def test_every_entry_is_drawn_once_in_its_own_lane(timeline: list[tuple[str, str]]) -> None:
    """No entry is lost or drawn twice; each stands in the lane of its category, inside the lane's height."""
    entries = [entry(number, *one) for number, one in enumerate(timeline)]
    overview = drawn(entries)
    shown = [(mark.id, lane.category.key) for lane in overview.lanes for mark in lane.marks]
    assert sorted(shown) == sorted((one.id, one.category) for one in entries)
    for lane in overview.lanes:
        assert lane.height >= 16 * (1 + max(mark.row for mark in lane.marks))
    edges = [(lane.top, lane.top + lane.height) for lane in overview.lanes]
    assert all(one[1] + 20 <= two[0] for one, two in pairwise(edges))
    assert overview.height == edges[-1][1]


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(years, st.integers(1, 12), st.integers(1, 28)), min_size=1, max_size=30))
def test_what_is_later_stands_further_to_the_right(found: list[tuple[int, int, int]]) -> None:
    """Places run from 0 to 1 and never backwards, whatever was cut out of the line."""
    scale = scale_for(found)
    ordinals = sorted({ordinal(day) for day in found})
    between = [(one + two) // 2 for one, two in pairwise(ordinals)]
    places = [scale.place(day) for day in sorted({*ordinals, *between})]
    assert places == sorted(places)
    assert 0 <= places[0] <= places[-1] <= 1
    own = [scale.place(day) for day in ordinals]
    assert all(one < two for one, two in pairwise(own))
    assert all(min(abs(cut - place) for place in own) > 0.02 for cut in scale.cuts())


@pytest.mark.parametrize("apart", [10**power for power in range(15)])
def test_years_however_far_apart_have_no_more_ticks_than_room(apart: int) -> None:
    """Dates that are billions of years apart are marked at steps of as many years."""
    ticks = list(scale_for((2020 + apart * number, 1, 1) for number in range(6)).ticks(10))
    assert 1 <= len(ticks) <= 13
    assert len({tick.year for tick in ticks}) > 1 or apart < 2


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(years, st.integers(1, 12), st.integers(1, 28)), min_size=1, max_size=30), st.integers(4, 12))
def test_ticks_are_in_order_and_leave_room_for_their_labels(found: list[tuple[int, int, int]], most: int) -> None:
    """There is a tick at least; they stand in order of time, on the line, and no two crowd each other."""
    ticks = list(scale_for(found).ticks(most))
    assert ticks
    assert [(tick.year, tick.month) for tick in ticks] == sorted((tick.year, tick.month) for tick in ticks)
    assert all(0 <= tick.place <= 1 for tick in ticks)
    assert all(two.place - one.place >= 0.8 / most - 1e-9 for one, two in pairwise(ticks))


def test_a_long_empty_stretch_is_cut_and_marked() -> None:
    """Between 1994 and 2020 nothing happens: the line is cut there, once, and both sides keep their dates."""
    scale = line("1992-02-01", "1994-05-12", "2020-09-27", "2021-06-12", "2023-10-03")
    [cut] = scale.cuts()
    assert place(scale, "1994-05-12") < cut < place(scale, "2020-09-27")
    labelled = {tick.year for tick in scale.ticks(8)}
    assert labelled & {1992, 1993, 1994}
    assert labelled & {2020, 2021, 2022, 2023}


@pytest.mark.parametrize(
    "found",
    [
        ("2021-06-01", "2021-06-21"),
        ("2021-06-01", "2021-06-02", "2021-06-03", "2021-06-28"),
        ("1990", "1992", "1994", "1997"),
        ("2021-06-12",),
    ],
)
def test_a_short_stretch_is_not_cut(found: tuple[str, ...]) -> None:
    """A gap of days, or one that is like the others, is drawn as long as it is."""
    assert line(*found).cuts() == []


def test_the_days_of_a_few_weeks_are_told_apart_by_months() -> None:
    """A timeline of some months has a tick for each of them, a timeline of decades one for some years."""
    months = list(line("2021-03-05", "2021-05-06", "2021-08-20").ticks(8))
    assert [(tick.year, tick.month) for tick in months] == [(2021, month) for month in range(3, 10)]
    decades = list(line("1950", "1970", "1990", "2010").ticks(6))
    assert {tick.month for tick in decades} == {0}
    assert {tick.year % 10 for tick in decades} == {0}


def line(*texts: str) -> Scale:
    """Return the line for the first days of these dates."""
    return scale_for(day for day in map(first_day, texts))


def first_day(text: str) -> dates.Day:
    """Return the first day that a date can mean."""
    date = dates.parse(text)
    assert date is not None
    assert date.earliest is not None
    return date.earliest


def place(scale: Scale, text: str) -> float:
    """Return where the first day of a date lies."""
    return scale.place(ordinal(first_day(text)))


def test_open_ends_reach_the_edge() -> None:
    """What has no known start begins at the left edge, what has no known end stops at the right one."""
    found = marks(drawn([entry(1, "../1994"), entry(2, "2020/.."), entry(3, "1990/2000")]))
    assert (found["e1"].left, found["e1"].open_start, found["e1"].open_end) == (0.0, True, False)
    assert (found["e2"].right, found["e2"].open_start, found["e2"].open_end) == (1.0, False, True)
    assert (found["e3"].open_start, found["e3"].open_end) == (False, False)
    assert 0 < found["e3"].left < found["e3"].right < 1


@pytest.mark.parametrize(
    ("date", "doubtful"),
    [("2021-06-12", False), ("2021", False), ("2021~", True), ("2021-04-04?", True), ("[2020-11-09,2020-11-10]", True)],
)
def test_a_doubtful_date_is_drawn_as_one(date: str, doubtful: bool) -> None:  # noqa: FBT001 - a row of the table
    """A date that is about, uncertain or one of several differs from one that is known, however exactly."""
    assert marks(drawn([entry(1, date)]))["e1"].doubtful is doubtful


def test_too_many_entries_are_counted() -> None:
    """Above the limit no entry is drawn alone; the counts add up, and their heights can be compared across lanes."""
    busy = [entry(n, f"{1990 + n % 30}-06-12", "a") for n in range(MOST_MARKS)]
    overview = drawn([*busy, entry(1000, "2001", "b"), entry(1001, "2001~", "b")])
    assert [len(lane.marks) for lane in overview.lanes] == [0, 0]
    assert [sum(single.number for single in lane.bins) for lane in overview.lanes] == [MOST_MARKS, 2]
    shares = {single.number: single.share for lane in overview.lanes for single in lane.bins}
    assert max(shares.values()) == 1
    assert {share * max(shares) for share in shares.values()} == set(shares)
    lefts = [single.left for single in overview.lanes[0].bins]
    assert lefts == sorted(lefts)


# Through the built page


SETTINGS = """
[categories.statement]
label = "Statements"
[categories.agreement]
label = "Agreements"
[categories.unused]
label = "Nothing yet"
"""
ROWS = (
    {"id": "one", "category": "agreement", "date": "2020-11-10", "title": "First"},
    {"id": "two", "category": "statement", "date": "2021-06-12", "title": "“Second” <b>"},
    {"id": "three", "category": "", "date": "2021-06-12/..", "title": "Third"},
    {"id": "four", "category": "statement", "date": "-0043", "title": "Fourth"},
)


def drawings(folder: Path, settings: str, *rows: dict[str, str]) -> dict[str, str]:
    """Build the good project with these rows and return the drawings on its first page by name."""
    outcome = build(write(folder, {"timeline.toml": settings, "events.csv": events(*rows)}))
    assert outcome.status == 0, outcome.err
    page = site(folder)["index.html"].decode()
    return dict(re.findall(r'<div class="overview (\w+)"(.*?)</svg>\n</div>', page, flags=re.DOTALL))


def test_both_drawings_link_every_entry_once(tmp_path: Path) -> None:
    """Wide or narrow, each entry is one link to its place on the timeline, named by its date and title."""
    made = drawings(tmp_path, SETTINGS, *ROWS)
    assert set(made) == {"wide", "narrow"}
    for drawing in made.values():
        assert sorted(re.findall(r'<a href="index\.html#([^"]+)"', drawing)) == ["four", "one", "three", "two"]
        assert 'aria-label="June 12, 2021: “Second” &lt;b&gt;"' in drawing


def test_lanes_are_told_apart_by_those_who_hear_them(tmp_path: Path) -> None:
    """The marks of a lane are a group of its name; where entries are counted, each count names its lane."""
    groups = re.compile(r'<g data-color="[^"]*" role="group" aria-label="([^"]*)"')
    links = re.compile(r'<a href="[^"]*" aria-label="([^"]*)"')
    for drawing in drawings(tmp_path, SETTINGS, *ROWS).values():
        assert groups.findall(drawing) == ["Statements", "Agreements", "Other"]
    many = [{"id": f"e{number}", "date": "1994", "category": ROWS[number % 3]["category"]} for number in range(303)]
    for drawing in drawings(tmp_path, SETTINGS, *many).values():
        assert groups.findall(drawing) == []
        assert links.findall(drawing) == [
            f"101 entries from 1994, {lane}" for lane in ("Statements", "Agreements", "Other")
        ]


def test_lanes_stand_in_the_order_of_the_settings(tmp_path: Path) -> None:
    """Lanes come as `timeline.toml` lists them, those without entries left out, entries without a category last."""
    for drawing in drawings(tmp_path, SETTINGS, *ROWS).values():
        assert re.findall(r'<span class="name">([^<]*)', drawing) == ["Statements", "Agreements", "Other"]


def test_the_axis_says_its_years(tmp_path: Path) -> None:
    """Each tick has a label in the words of the site's language, years before the common era included."""
    made = drawings(tmp_path, SETTINGS, *ROWS)
    for drawing in made.values():
        labels = re.findall(r'class="year-label"[^>]*>([^<]*)', drawing)
        assert len(labels) == drawing.count('class="tick"')
        assert any(label.endswith("BCE") for label in labels)
        assert any(re.fullmatch(r"20[12]\d", label) for label in labels)
        assert "The axis is cut here: nothing begins or ends in between." in drawing


def test_the_overview_stands_there_in_words(tmp_path: Path) -> None:
    """Who cannot see the drawing reads how many entries there are, from when to when, and of what kind."""
    drawings(tmp_path, SETTINGS, *ROWS)
    page = site(tmp_path)["index.html"].decode()
    assert "4 entries, 44 BCE to 2021: Statements 2, Agreements 1, Other 1." in page


def test_a_timeline_without_entries_has_no_drawing(tmp_path: Path) -> None:
    """Where there is nothing to draw, no empty frame is drawn."""
    assert drawings(tmp_path, SETTINGS) == {}
