"""What a timeline can be filtered by: the choices that its page offers, read from the page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from pathlib import Path

import pytest
from project import File, build, events, site, write

ONE = {"id": "one", "date": "2021-06-12", "title": "One"}
TWO = {"id": "two", "date": "2021-06-12", "title": "Two"}


def index(folder: Path, table: str, files: Mapping[str, File] | None = None) -> str:
    """Build a project with this table and return its `index.html`."""
    outcome = build(write(folder, {"events.csv": table, **(files or {})}))
    assert outcome.status == 0, outcome.err
    return site(folder)["index.html"].decode()


def choices(page: str, name: str) -> dict[str, str]:
    """Return the choices of a filter as value and words, in their order, without the one that chooses nothing."""
    listed = re.search(rf'<(select|datalist) id="find\.{name}(?:\.options)?".*?</\1>', page, re.DOTALL)
    found = re.findall(r'<option value="([^"]+)"(?: label="([^"]*)")?[^>]*>([^<]*)', listed[0]) if listed else []
    return {unescape(value): unescape(label or text) for value, label, text in found}


def categories(page: str) -> list[tuple[str, str, str, str]]:
    """Return the key, colour, glyph and number of entries of each category that can be chosen, in order."""
    pattern = (
        r'data-color="(\w+)"><input type="checkbox" name="category" value="([^"]*)">'
        r"<span[^>]*>(.)</span>.*?data-number>(\d+)<"
    )
    return [(unescape(key), color, glyph, number) for color, key, glyph, number in re.findall(pattern, page)]


def test_the_categories_are_in_the_order_of_the_settings(tmp_path: Path) -> None:
    """Each category that an entry has stands with its colour, shape and number, as `timeline.toml` orders them."""
    settings = "".join(
        f'[categories.{key}]\nlabel = "{key}"\nshape = "{shape}"\ncolor = "{color}"\n'
        for key, shape, color in [("z", "star", "teal"), ("unused", "bar", "red"), ("a", "square", "blue")]
    )
    table = events({"category": "a", **ONE}, {"category": "z", **TWO}, {**TWO, "id": "three", "category": "a"})
    page = index(tmp_path, table, {"timeline.toml": settings})
    assert categories(page) == [("z", "teal", "★", "1"), ("a", "blue", "■", "2")]


def test_entries_without_a_category_can_be_chosen_too(tmp_path: Path) -> None:
    """Beside the categories stands one for the entries that have none, under an empty key."""
    page = index(tmp_path, events({"category": "talks", **ONE}, TWO))
    assert categories(page) == [("talks", "blue", "●", "1"), ("", "slate", "●", "1")]


def test_a_choice_says_how_many_entries_have_it(tmp_path: Path) -> None:
    """An entry counts once for each of its tags, and once for a voice that it cites twice."""
    cited = {"date": "", "title": "", "source": "a.txt", "quote": "Maps were handed over on the same day."}
    table = events(
        {**ONE, "tags": "maps; people", "place": "Ağdam", "attribution": "Ministry"},
        {**cited, "id": "one", "attribution": "Ministry"},
        {**TWO, "tags": "maps", "place": "Şuşa", "attribution": "Mayor"},
        {**TWO, "id": "three", "attribution": "Mayor"},
    )
    page = index(tmp_path, table)
    assert choices(page, "tag") == {"maps": "maps (2)", "people": "people (1)"}
    assert choices(page, "who") == {"Mayor": "Mayor (2)", "Ministry": "Ministry (1)"}
    assert choices(page, "place") == {"Ağdam": "Ağdam (1)", "Şuşa": "Şuşa (1)"}


def test_a_filter_that_tells_no_entries_apart_is_not_there(tmp_path: Path) -> None:
    """What all entries share, or none has, cannot be chosen; what only some have can be, were it a single value."""
    page = index(tmp_path, events(ONE, {**TWO, "tags": "maps"}))
    assert choices(page, "tag") == {"maps": "maps (1)"}
    shown = set(re.findall(r' name="(\w+)"', page[page.index("data-find") :]))
    assert shown == {"q", "tag"}


@pytest.mark.parametrize("table", ["id,date,title\n", events({"attribution": "Ministry"})])
def test_where_there_is_nothing_to_choose_from_there_is_no_search(tmp_path: Path, table: str) -> None:
    """A timeline of no entry or of one has neither search nor filters."""
    assert 'role="search"' not in index(tmp_path, table)


def test_sources_are_named_as_entries_name_them_and_never_alike(tmp_path: Path) -> None:
    """A source is offered by its publisher and date, with its title where two would be alike, else with its file."""
    names = ("a.txt", "b.txt", "c.txt", "d.txt")
    lines = ("a.txt,,Herald,2021", "b.txt,Floods,Post,2021", "c.txt,Fires,Post,2021", "d.txt,Fires,Post,2021")
    files: dict[str, File] = {f"seeds/{name}": f"The text {name} says so.\n" for name in names}
    files["seeds/sources.csv"] = "file,title,publisher,published\n" + "\n".join(lines) + "\n"
    rows = [{**ONE, "id": name[0], "source": name, "quote": f"The text {name} says so."} for name in names]
    assert choices(index(tmp_path, events(*rows), files), "source") == {
        "c.txt": "Fires, 2021, c.txt (1)",
        "d.txt": "Fires, 2021, d.txt (1)",
        "b.txt": "Floods, 2021 (1)",
        "a.txt": "Herald, 2021 (1)",
    }


def test_marks_and_case_do_not_decide_the_order(tmp_path: Path) -> None:
    """Choices stand in alphabetical order, whatever their case and marks."""
    places = ["Zangilan", "Çanaqqala", "ağdam", "Beyləqan"]
    page = index(tmp_path, events(*({**ONE, "id": f"e{n}", "place": place} for n, place in enumerate(places))))
    assert list(choices(page, "place")) == ["ağdam", "Beyləqan", "Çanaqqala", "Zangilan"]


def test_white_space_makes_no_other_choice(tmp_path: Path) -> None:
    """Two places that differ in white space alone are one choice, as they read the same on the page."""
    rows = [{**ONE, "place": "Old  Town"}, {**TWO, "place": "Old Town"}, {**TWO, "id": "three"}]
    assert choices(index(tmp_path, events(*rows)), "place") == {"Old Town": "Old Town (2)"}


def test_what_is_too_long_to_read_is_typed(tmp_path: Path) -> None:
    """A filter of more than a hundred choices is a field to type into, and its choices do not weigh on the page."""
    rows = [{**ONE, "id": f"e{n}", "place": f"Place {n}", "tags": f"tag {n % 100}"} for n in range(101)]
    page = index(tmp_path, events(*rows))
    assert len(choices(page, "tag")) == 100
    assert '<input id="find.place"' in page
    assert choices(page, "place") == {}


@pytest.mark.parametrize(
    ("dates", "years"),
    [
        (["2021-06-12", "1994/.."], ["1994", "2021"]),
        (["-0043-03-15", "0800"], ["-0043", "0800"]),
        (["Y-170000", "Y17000"], ["Y-170000", "Y17000"]),
        (["../1994", "1990~/1992"], ["1990", "1994"]),
        (["2021", "2021"], []),
    ],
)
def test_the_span_shows_the_first_and_the_last_year(tmp_path: Path, dates: list[str], years: list[str]) -> None:
    """The fields for the span name the first and last year that an entry gives; where all are alike there are none."""
    rows = [{**ONE, "id": f"e{n}", "date": date, "date_note": "So."} for n, date in enumerate(dates)]
    page = index(tmp_path, events(*rows))
    assert re.findall(r'id="find\.(?:from|to)"[^>]*placeholder="([^"]*)"', page) == years


def test_only_with_figures_is_there_where_some_have_figures(tmp_path: Path) -> None:
    """The switch for entries with figures stands where some have figures and some have none."""
    settings = '[series.freed]\nlabel = "freed"\nunit = "people"\n'
    for folder, rows, shown in (
        ("some", ({**ONE, "figures": "freed=15"}, TWO), True),
        ("all", ({**ONE, "figures": "freed=15"}, {**TWO, "figures": "freed=15"}), False),
        ("none", (ONE, TWO), False),
    ):
        page = index(tmp_path / folder, events(*rows), {"timeline.toml": settings})
        assert ('name="figures"' in page) == shown, folder


def test_what_authors_write_stays_text(tmp_path: Path) -> None:
    """Markup in a place, a tag or a category is shown as it is written, in the filters too."""
    nasty = '"><script>alert(1)</script>'
    rows = ({**ONE, "place": nasty, "tags": nasty, "category": nasty, "attribution": nasty}, TWO)
    page = index(tmp_path, events(*rows))
    assert "<script>alert" not in page
    assert list(choices(page, "place")) == [nasty]
    assert categories(page)[0][0] == nasty
