"""Promises of the periods: which page an entry is on, and that it stays there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.dates import Date, parse, sort_key
from dateline.periods import MOST, UNKNOWN, YEAR, Period, beginning, cut, key, opened, parts, sheets, shown


def dated(*texts: str) -> list[Date]:
    """Return the dates as the timeline sorts them."""
    read = [parse(text) for text in texts]
    assert None not in read, texts
    return sorted((date for date in read if date), key=sort_key)


def key_of(text: str) -> str:
    """Return the finest period in which an entry of that date can stand."""
    begins = beginning(dated(text)[0])
    return UNKNOWN if begins.coarseness is None else key(begins, begins.coarseness)


def page_of(dates: Sequence[Date]) -> dict[int, str]:
    """Return the page of each entry, by its place among all."""
    return {place: sheet.path for sheet in sheets(cut(dates)) for place in sheet.entries}


def all_of(period: Period) -> Iterator[Period]:
    """Yield a period and all periods in it."""
    yield period
    for child in period.children:
        yield from all_of(child)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1994-03-12", "1994-03-12"),
        ("1994-03-12T09:30:00Z", "1994-03-12"),
        ("1994-03", "1994-03"),
        ("1994", "1994"),
        ("1994~", "1994"),
        ("199X", "199X"),
        ("19XX", "19XX"),
        ("1XXX", "1XXX"),
        ("1994-03-12/1999", "1994-03-12"),
        ("1994/1994-01-01", "1994"),
        ("199X/2001-02-03", "199X"),
        ("../1994", "1994"),
        ("/1994-03", "1994-03"),
        ("1994-03/..", "1994-03"),
        ("[1994-03-12,1993]", "1993"),
        ("{1994..1996}", "1994"),
        ("[..1994-03]", "1994-03"),
        ("2001-21", "2001-03"),
        ("2001-24", "2001-12"),
        ("2001-40", "2001-01"),
        ("1994-XX-25", "1994"),
        ("1994-03-XX", "1994-03"),
        ("156X-12-25", "156X"),
        ("1950S2", "19XX"),
        ("-0043-03-15", "-0043-03-15"),
        ("-0043", "-0043"),
        ("-004X", "-004X"),
        ("0000", "0000"),
        ("Y17000", "Y17000"),
        ("Y-17000", "Y-17000"),
        ("Y17000S2", "Y17000S2"),
        ("Y170000002S3", "Y170000000S3"),
        ("XXXX", UNKNOWN),
        ("XXXX-12-25", UNKNOWN),
    ],
)
def test_an_entry_belongs_where_its_date_begins(text: str, expected: str) -> None:
    """The period of an entry is that of the beginning of its date, as closely as this says when that was."""
    assert key_of(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1994-03-12", ["1XXX", "19XX", "199X", "1994", "1994-03", "1994-03-12"]),
        ("-0043-03-15", ["-0XXX", "-00XX", "-004X", "-0043", "-0043-03", "-0043-03-15"]),
        ("Y17000", ["Y10000S1", "Y17000S2", "Y17000S3", "Y17000S4", "Y17000"]),
        ("Y-250000", ["Y-200000S1", "Y-250000S2", "Y-250000S3", "Y-250000S4", "Y-250000S5", "Y-250000"]),
    ],
)
def test_periods_are_cut_by_the_calendar(text: str, expected: list[str]) -> None:
    """Each period is cut into the next finer ones, down to a day or to what the date leaves open; each key is EDTF."""
    [root] = cut(dated(*[text] * (MOST + 1))).children
    keys = [period.key for period in all_of(root)]
    assert keys == expected
    for outer, inner in zip(map(parse, keys), map(parse, keys[1:]), strict=False):
        assert outer
        assert inner
        assert outer.earliest
        assert outer.latest
        assert inner.earliest
        assert inner.latest
        assert outer.earliest <= inner.earliest <= inner.latest <= outer.latest


def test_the_timeline_is_whole_as_long_as_it_can_be() -> None:
    """Up to 300 entries nothing is cut; one more, and the first period that holds as few is a page."""
    days = dated(*(f"{year}-03-12" for year in range(1700, 1700 + MOST)))
    assert cut(days).children == ()
    assert {sheet.path for sheet in sheets(cut(dated("1699", *(date.text for date in days))))} == {
        f"periods/{key}.html" for key in ("1XXX", "16XX", "17XX", "18XX", "19XX")
    }


def test_what_is_dated_coarsely_stays_on_the_page_of_its_period() -> None:
    """A year that is cut keeps what is dated "1994", and its page is where it was before."""
    inside = [f"1994-{number % 12 + 1:02}-{number % 28 + 1:02}" for number in range(MOST + 1)]
    around = ["1993", "1994", *["1995"] * MOST]
    before, after = _pages_by_text(dated(*around)), _pages_by_text(dated(*around, *inside))
    assert before == {text: {f"periods/{text}.html"} for text in around}
    assert after == before | {text: {f"periods/{text[:7]}.html"} for text in inside}


def test_what_cannot_be_cut_goes_on_in_numbered_pages() -> None:
    """A day, or a year that has more entries of its own than fit, goes on at the addresses `.2`, `.3` and so on."""
    dates = dated(*["1994"] * (MOST + 5), *["1994-03-12"] * (2 * MOST + 1))
    numbers = {sheet.path: (len(sheet.entries), sheet.sheet, sheet.sheets) for sheet in sheets(cut(dates))}
    assert numbers == {
        "periods/1XXX.html": (0, 1, 1),
        "periods/19XX.html": (0, 1, 1),
        "periods/199X.html": (0, 1, 1),
        "periods/1994.html": (300, 1, 2),
        "periods/1994.2.html": (5, 2, 2),
        "periods/1994-03.html": (0, 1, 1),
        "periods/1994-03-12.html": (300, 1, 3),
        "periods/1994-03-12.2.html": (300, 2, 3),
        "periods/1994-03-12.3.html": (1, 3, 3),
    }


def test_what_has_no_known_year_comes_last() -> None:
    """Entries of which nobody knows the year have a page of their own, after all others."""
    found = [sheet.path for sheet in sheets(cut(dated("XXXX", "XXXX-12-25", *["-0043"] * MOST, "1994")))]
    assert found == ["periods/-0XXX.html", "periods/1XXX.html", "periods/XXXX.html"]


def test_a_period_that_holds_only_one_other_is_passed_over() -> None:
    """What is shown is the period in which something parts, and the largest with their parts, as far as they fit."""
    dates = dated(*(f"{1950 + number % 73}-03-12" for number in range(73 * 40)))
    root = cut(dates)
    keys = {"", "19XX", "20XX", "195X", "196X", "197X", "198X", "199X", "200X", "201X"}
    assert [period.key for period in parts(root)] == ["19XX", "20XX"]
    assert [period.key for period in parts(parts(root)[0])] == ["195X", "196X", "197X", "198X", "199X"]
    assert opened(root, 1) == {""}
    assert opened(root, 10) == {"", "19XX", "20XX"}
    assert opened(root, 120) == keys
    assert shown(cut(dated(*["1994-03-12"] * 301, "1994-03-13"))).key == "1994-03"


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["2001", "2023-03-12"], "20XX"),
        (["2001", "20XX"], "20XX"),
        (["2001", "2XXX"], "2XXX"),
        (["2001", "2101"], "2XXX"),
        (["2001"] * (MOST + 1), "2XXX"),
    ],
)
def test_a_millennium_of_one_century_is_called_by_that(texts: list[str], expected: str) -> None:
    """A page that holds a millennium, of which all begins in one century, is called by that; its address stays."""
    found = cut(dated("1XXX", *["1801"] * MOST, *texts)).children[-1]
    assert (found.key, found.name) == ("2XXX", expected)


TEXTS = st.one_of(
    st.dates().map(str),
    st.dates().map(lambda day: f"{day}"[:7]),
    st.integers(-60, 3000).map(lambda year: f"{year:05}" if year < 0 else f"{year:04}"),
    st.sampled_from(
        ["199X", "19XX", "1XXX", "-004X", "000X", "XXXX", "2001-21", "2001-24", "156X-12-25", "1994-XX-25"]
    ),
    st.sampled_from(["../1994", "1994/1999", "[1994-03-12,1993]", "Y17000", "Y17000S2", "Y-250000", "1994-XX-25"]),
    st.integers(1, 12).map(lambda month: f"1994-{month:02}"),
    st.integers(1, 28).map(lambda day: f"1994-03-{day:02}"),
)
# Each several times, so that periods get dense with few drawings.
MANY = st.lists(st.tuples(TEXTS, st.sampled_from([1, 7, 150, 301])), min_size=1, max_size=12).map(
    lambda drawn: [text for text, times in drawn for _ in range(times)]
)


@given(MANY)
@settings(max_examples=60, deadline=None)
def test_every_entry_is_on_one_page(texts: list[str]) -> None:
    """Each entry is on one page, no page has more than 300, and each number is that of what is below."""
    dates = dated(*texts)
    root = cut(dates)
    on_pages = [place for sheet in sheets(root) for place in sheet.entries]
    if len(dates) > MOST:
        assert sorted(on_pages) == list(range(len(dates)))
    assert max((len(sheet.entries) for sheet in sheets(root)), default=0) <= MOST
    for period in all_of(root):
        assert period.number == len(period.entries) + sum(child.number for child in period.children)
        assert list(period.entries) == sorted(period.entries)


@given(MANY)
@settings(max_examples=60, deadline=None)
def test_pages_are_read_in_the_order_of_time(texts: list[str]) -> None:
    """Page after page time goes on; only what is dated coarsely comes before all that is closer in its period."""
    dates = dated(*texts)
    read = [(place, sheet) for sheet in sheets(cut(dates)) for place in sheet.entries if sheet.period.key != UNKNOWN]
    for position, (place, sheet) in enumerate(read):
        overtaken = [(later, other) for later, other in read[position + 1 :] if later < place]
        for later, other in overtaken[:3]:
            assert sheet.period in other.above
            assert beginning(dates[later]).coarseness < beginning(dates[place]).coarseness  # type: ignore[operator]


@given(MANY, TEXTS, st.sampled_from([1, 40, 301]))
@settings(max_examples=80, deadline=None)
def test_an_address_stays_when_entries_come_elsewhere(texts: list[str], new: str, times: int) -> None:
    """Entries that come outside of the period of a page leave its entries there; inside, the page is still there."""
    dates = dated(*texts)
    if len(dates) <= MOST:
        return
    grown = dated(*texts, *[new] * times)
    before, after = _pages_by_text(dates), _pages_by_text(grown)
    paths = {sheet.path for sheet in sheets(cut(grown))}
    path = {sheet.period.key for sheet in sheets(cut(grown)) if _is_within(new, sheet.period.key)}
    for sheet in sheets(cut(dates)):
        assert sheet.path in paths
        if sheet.period.key not in path:
            for place in sheet.entries:
                assert after[dates[place].text] == before[dates[place].text]


@given(MANY, st.integers(0, 11))
@settings(max_examples=60, deadline=None)
def test_an_address_stays_when_entries_go_elsewhere(texts: list[str], which: int) -> None:
    """Entries that are taken away leave all others where they are, unless a period around both is whole again."""
    dates = dated(*texts)
    gone = dates[which * len(dates) // 12].text
    left = [date for date in dates if date.text != gone]
    if len(left) <= MOST:
        return
    before, after = _pages_by_text(dates), _pages_by_text(left)
    whole = {period.key for period in all_of(cut(left)) if not period.children and _is_within(gone, period.key)}
    for sheet in sheets(cut(dates)):
        keys = {sheet.period.key, *(period.key for period in sheet.above)}
        if not keys & whole:
            assert {after[dates[place].text] for place in sheet.entries if dates[place].text != gone} <= {
                before[dates[place].text] for place in sheet.entries
            }


def _pages_by_text(dates: Sequence[Date]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for place, path in page_of(dates).items():
        found.setdefault(dates[place].text, set()).add(path)
    return {text: frozenset(paths) for text, paths in found.items()}


def _is_within(text: str, outer: str) -> bool:
    """Tell whether a date begins in a period."""
    if outer == UNKNOWN or key_of(text) == UNKNOWN:
        return outer == key_of(text)
    begins = beginning(dated(text)[0])
    around = beginning(dated(outer)[0])
    return max(begins.coarseness or YEAR, around.coarseness or YEAR) == (around.coarseness or YEAR) and (
        key(begins, around.coarseness or YEAR) == outer
    )
