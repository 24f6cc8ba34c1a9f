"""Promises of the numbers of a family that are too many for one page: each is reached, once, and stays where it was."""

from __future__ import annotations

import csv
import io
import posixpath
import re
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path

import large
import pytest
from counted import project_of
from project import build, site

from dateline.periods import MOST

ENTRIES = 2_000
ROW = re.compile(r'<tr id="(figures\.victims\.\d+)" tabindex="-1">(.*?)</tr>', re.DOTALL)
AMOUNT = re.compile(r'data-cell="amount"><a href="([^"]+)">([\d,]+)</a>')
SERIES = re.compile(r'data-cell="series".*?<bdi>(\w+)</bdi>')
PART = re.compile(r'<tbody>\n(<tr><th scope="rowgroup".*?)</tbody>', re.DOTALL)
TOLD = re.compile(
    r"<bdi>(\w+)</bdi></td><td class=\"amount\">([\d,]+)</td>"
    r"<td class=\"amount\"><a href=\"([^\"]+)\">(\d+)</a></td><td class=\"amount\"><a href=\"([^\"]+)\">(\d+)</a>"
)
BAR = re.compile(r'<rect class="range" data-color="(\w+)" x="([^%]+)%" y="([^"]+)" width="([^%]+)%" height="([^"]+)"/>')

Site = dict[str, bytes]
Number = tuple[str, int]


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Site]:
    """Return a timeline of three thousand numbers, and its site."""
    project = project_of(tmp_path_factory.mktemp("counted"), large.spread(ENTRIES))
    outcome = build(project)
    assert outcome.status == 0, outcome.err
    return project, site(project)


def given(files: Site) -> Counter[Number]:
    """Return the numbers of the family in the table of events, each with its series."""
    rows = csv.DictReader(io.StringIO(files["events.csv"].decode("utf-8-sig")))
    figures = [figure.strip().split("=") for row in rows for figure in row["figures"].split(";")]
    return Counter((series, int(value)) for series, value in figures if series != "calls")


def shown(page: bytes) -> Counter[Number]:
    """Return the numbers that stand on a page, each with its series."""
    rows = [row for _, row in ROW.findall(page.decode())]
    return Counter((SERIES.search(row)[1], int(AMOUNT.search(row)[2])) for row in rows)  # type: ignore[index]


def led_to(files: Site, start: str) -> set[str]:
    """Return the pages of numbers that links lead to from a page, whatever number of steps it takes."""
    seen, waiting = {start}, [start]
    while waiting:
        path = waiting.pop()
        for href in re.findall(r'<a [^>]*?href="([^"#]+\.html)', files[path].decode()):
            page = posixpath.normpath(posixpath.join(posixpath.dirname(path), href))
            if page.startswith("figures/") and page not in seen:
                seen.add(page)
                waiting.append(page)
    return seen


def test_each_number_stands_on_one_page_that_links_lead_to(counted: tuple[Path, Site]) -> None:
    """From figures.html links alone lead to pages that show each number of the table of events once, and no other."""
    _, files = counted
    pages = led_to(files, "figures.html")
    # The page of the third millennium tells of one part alone, which is shown in its place.
    assert {path for path in files if path.startswith("figures/")} - pages == {"figures/victims/2XXX.html"}
    numbers = [shown(files[page]) for page in pages]
    assert sum(numbers, Counter()) == given(files)
    assert max(map(Counter.total, numbers)) <= MOST


def test_the_page_of_all_numbers_does_not_grow_with_them(counted: tuple[Path, Site], tmp_path: Path) -> None:
    """With four times the numbers, figures.html has hardly more; a small family is told one by one as ever."""
    _, files = counted
    more = project_of(tmp_path, large.spread(ENTRIES * 4))
    assert build(more).status == 0
    page = files["figures.html"]
    assert len(site(more)["figures.html"]) < 1.3 * len(page)
    assert b">4,000 numbers<" not in page
    assert page.count(b'<tr id="figures.calls.') == 3


def test_what_is_told_of_a_period_is_so(counted: tuple[Path, Site]) -> None:
    """How many numbers a period has, the lowest and the highest: as its pages have them, and as the sources say."""
    _, files = counted
    by_period: defaultdict[str, Counter[Number]] = defaultdict(Counter)
    for path in files:
        if path.startswith("figures/victims/"):
            by_period[path.removeprefix("figures/victims/").partition(".")[0]] += shown(files[path])
    told = 0
    for path in ("figures.html", "figures/victims/20XX.html", "figures/victims/195X.html"):
        parts = PART.findall(files[path].decode())
        assert len(parts) > 5
        for part in parts:
            href = re.search(r'href="([^"]+)"', part)[1]  # type: ignore[index]
            period = posixpath.basename(href).removesuffix(".html")
            inside = by_period[period] if 'class="rest"' in part else within(by_period, period)
            for series, number, _, lowest, _, highest in TOLD.findall(part):
                values = sorted(value for kind, value in inside.elements() if kind == series)
                assert (int(number), int(lowest), int(highest)) == (len(values), values[0], values[-1])
                told += 1
    assert told > 60


def within(by_period: dict[str, Counter[Number]], period: str) -> Counter[Number]:
    """Return the numbers of a period and of all that are parts of it, by how EDTF writes them."""
    pattern = re.compile(re.escape(period).replace("X", "[0-9X]") + "(-.*)?" if period != "XXXX" else "XXXX")
    return sum((held for key, held in by_period.items() if pattern.fullmatch(key)), Counter())


def test_the_lowest_and_the_highest_lead_to_their_words(counted: tuple[Path, Site]) -> None:
    """Behind each number that is told of a period stands the passage that says it."""
    _, files = counted
    source = files["sources/a.html"].decode()
    ranges = TOLD.findall(files["figures.html"].decode())
    assert len(ranges) > 20
    for series, _, *links in ranges:
        for href, number in zip(links[::2], links[1::2], strict=True):
            anchor = href.removeprefix("sources/a.html#")
            [words] = re.findall(rf'<mark id="{re.escape(anchor)}"[^>]*>([^<]+)</mark>', source)
            assert f"{number} were {series}" in words


def test_each_bar_goes_on_through_the_time_of_its_period(counted: tuple[Path, Site]) -> None:
    """The series of a period begin and end together in the drawing, below each other: none says that another ended."""
    _, files = counted
    page = files["figures.html"].decode()
    bars = [(color, (x, width), float(y), float(height)) for color, x, y, width, height in BAR.findall(page)]
    parts = [[series for series, *_ in TOLD.findall(part)] for part in PART.findall(page)]
    assert len(bars) == sum(map(len, parts))
    for part in parts:
        together, bars = bars[: len(part)], bars[len(part) :]
        assert len({color for color, *_ in together}) == len(part)
        assert len({span for _, span, *_ in together}) == 1
        for (*_, y, height), (*_, below, _) in pairwise(together):
            assert y + height < below
    assert set(re.findall(r'class="row-name"[^>]*>([^<]+)', page)) == {series for part in parts for series in part}


def test_a_number_that_comes_moves_none_elsewhere(counted: tuple[Path, Site], tmp_path: Path) -> None:
    """With an entry more in 2010, the pages of 1955 and of 1994 are as they were, byte by byte."""
    _, files = counted
    dates = large.spread(ENTRIES)
    assert build(project_of(tmp_path, [*dates, "2010-05-05"])).status == 0
    after = site(tmp_path)
    assert after["figures/victims/2010.html"] != files["figures/victims/2010.html"]
    for year in ("1955", "1994"):
        path = f"figures/victims/{year}.html"
        assert after[path] == files[path]
        assert after[f"data/{path.removesuffix('.html')}.js"] == files[f"data/{path.removesuffix('.html')}.js"]


def test_each_page_has_the_data_of_its_chart(counted: tuple[Path, Site]) -> None:
    """A page with a chart names the script that has its data, and each point of the data is a row of the page."""
    _, files = counted
    charts = 0
    for path in (path for path in files if path.startswith("figures/")):
        page = files[path].decode()
        if " data-chart" not in page:
            continue
        [scripts] = re.findall(r'data-scripts="([^"]+)"', page)
        data = files[posixpath.normpath(posixpath.join(posixpath.dirname(path), scripts.split()[-1]))].decode()
        assert set(re.findall(r"figures\.victims\.\d+", data)) == {row for row, _ in ROW.findall(page)}
        charts += 1
    assert charts > 50


@pytest.mark.parametrize(("entries", "pages"), [(200, 0), (201, 1)])
def test_up_to_three_hundred_numbers_stand_on_one_page(tmp_path: Path, entries: int, pages: int) -> None:
    """Two hundred entries with three hundred numbers have one page of all; with one more, the family has pages."""
    project = project_of(tmp_path, ["2001-02-03"] * entries)
    assert build(project).status == 0
    assert MOST == 300
    assert bool([path for path in site(project) if path.startswith("figures/")]) == bool(pages)


def test_a_build_in_which_nothing_changed_makes_no_page_again(tmp_path: Path) -> None:
    """The pages of numbers are known by what they are made of: a row that changes makes those anew that show it."""
    project = project_of(tmp_path, large.spread(600))
    assert build(project).status == 0
    before = site(project)
    table = project / "events.csv"
    table.write_text(table.read_text().replace("Title 5,", "Title five,"))
    assert build(project).status == 0
    after = site(project)
    changed = {path for path in after if path.startswith("figures/") and after[path] != before[path]}
    assert len(changed) == 1
    fresh = project_of(tmp_path / "fresh", large.spread(600))
    (fresh / "events.csv").write_text(table.read_text())
    assert build(fresh).status == 0
    assert site(fresh) == after


def test_each_page_of_a_crowded_day_says_how_many_numbers_the_day_has(tmp_path: Path) -> None:
    """Where a day has more numbers than fit on a page, each of its pages says how many there are on all of them."""
    assert build(project_of(tmp_path, ["2001-02-03"] * 300)).status == 0
    files = site(tmp_path)
    for path, sheet in (("2001-02-03.html", "page 1 of 2"), ("2001-02-03.2.html", "page 2 of 2")):
        assert f'<p class="tally"><b>450 numbers</b> · {sheet}</p>' in files[f"figures/victims/{path}"].decode()
