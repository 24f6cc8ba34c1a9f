"""Promises of the figures that the overview is explored with: what they draw, and how they come to the page."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any, NamedTuple

import html5lib
import pytest
from conftest import REPOSITORY
from project import build, events, write

BEFORE, AFTER = 'document.dispatchEvent(new CustomEvent("dateline:overview",{detail:', "}));\n"
SITES = ("own_site", "nasty_site")
DRAWINGS = {"wide": 560, "narrow": 260}
# How far a mark may be from where the still drawing has it, in pixels.
NEAR = 2


class Place(NamedTuple):
    """Where something is drawn: from where to where along the line, in pixels, and at which height."""

    left: float
    right: float
    y: float


@pytest.fixture(params=SITES)
def built(request: pytest.FixtureRequest) -> Path:
    """Return each of the built sites in turn."""
    path: Path = request.getfixturevalue(request.param)
    return path


def site(folder: Path) -> Path:
    """Build the project in the folder and return where its site stands."""
    outcome = build(folder)
    assert outcome.status == 0, outcome.err
    return folder / "site"


def detail_of(folder: Path) -> dict[str, Any]:
    """Return what the script of the figures hands over to the page."""
    text = (folder / "data/overview.js").read_text("utf-8")
    assert text.startswith(BEFORE)
    assert text.endswith(AFTER)
    found: dict[str, Any] = json.loads(text.removeprefix(BEFORE).removesuffix(AFTER))
    return found


def still(folder: Path, drawing: str) -> Iterator[tuple[str, Place]]:
    """Yield the id and the place of each mark and of each count of the still drawing, read from the page."""
    page = html5lib.parse((folder / "index.html").read_text("utf-8"), namespaceHTMLElements=False)
    [plot] = page.iterfind(f".//div[@data-overview='{drawing}']//*[@data-still]")
    width = DRAWINGS[drawing]
    for link in plot.iter():
        if "data-id" not in link.attrib:
            continue
        [shape] = (child for child in link if str(child.tag).endswith(("rect", "use")))
        given = {name: float(shape.get(name, "0").rstrip("%")) for name in ("x", "y", "width", "height")}
        left, right = (given["x"] * width / 100, (given["x"] + given["width"]) * width / 100)
        yield link.attrib["data-id"], Place(left, right, given["y"] + given["height"] / 2)


def drawn(figure: dict[str, Any], ids: list[str]) -> Iterator[tuple[str, Place]]:
    """Yield the id and the place of each thing that a figure draws; the parts of a range are put together."""
    width = figure["layout"]["meta"]["line"]
    parts: dict[int, list[Place]] = {}
    for trace in figure["data"]:
        begins = trace.get("base", trace["x"])
        lengths = trace["x"] if "base" in trace else [0] * len(begins)
        for whose, begin, length, y in zip(trace["customdata"], begins, lengths, trace["y"], strict=True):
            one, two = sorted((begin * width, (begin + length) * width))
            parts.setdefault(whose, []).append(Place(one, two, y))
    for whose, places in parts.items():
        [y] = {place.y for place in places}
        yield ids[whose], Place(min(place.left for place in places), max(place.right for place in places), y)


def figures(folder: Path) -> Iterator[dict[str, Any]]:
    """Yield the figures of a site."""
    yield from detail_of(folder)["figures"].values()


def test_plotly_itself_finds_nothing_wrong_with_the_figures(built: Path) -> None:
    """Every property of every figure is one that Plotly knows, with a value that it takes."""
    from plotly.graph_objects import Figure

    for figure in figures(built):
        made = Figure(figure)
        assert [trace.type for trace in made.data] == ["bar", "bar", "scatter", "bar"]
        assert made.layout.meta["lanes"]


@pytest.mark.parametrize("drawing", DRAWINGS)
def test_everything_stands_where_the_still_drawing_has_it(built: Path, drawing: str) -> None:
    """Each entry, and each count, lies within two pixels of its place in the still drawing, and there is no other."""
    detail = detail_of(built)
    ids = [row[4] for row in detail["entries"]]
    expected = dict(still(built, drawing))
    found = dict(drawn(detail["figures"][drawing], ids))
    assert found.keys() == expected.keys()
    assert found
    for name, place in found.items():
        assert place == pytest.approx(expected[name], abs=NEAR), name


@pytest.mark.parametrize("drawing", DRAWINGS)
def test_a_figure_is_as_high_as_the_still_drawing(built: Path, drawing: str) -> None:
    """With its margins it takes up just the height of the still one, so that nothing below it moves."""
    layout = detail_of(built)["figures"][drawing]["layout"]
    html = (built / "index.html").read_text("utf-8")
    part = html[html.index(f'data-overview="{drawing}"') :]
    height = re.search(r'data-still width="100%" height="(\d+)"', part)
    assert height
    assert layout["height"] == int(height[1])
    assert layout["margin"] == {"l": 0, "r": 0, "t": 0, "b": 24, "pad": 0}
    assert layout["yaxis"]["range"] == [int(height[1]) - 24, 0]


def test_lanes_come_in_the_order_of_the_settings(own_site: Path) -> None:
    """The lanes are the categories of `timeline.toml`, from top to bottom, each at its height in both figures."""
    categories = tomllib.loads((REPOSITORY / "timeline.toml").read_text("utf-8"))["categories"]
    detail = detail_of(own_site)
    assert [lane["key"] for lane in detail["lanes"]] == list(categories)
    assert [lane["label"] for lane in detail["lanes"]] == [one["label"] for one in categories.values()]
    for figure in figures(own_site):
        middles = [middle for middle, _ in figure["layout"]["meta"]["lanes"]]
        assert middles == sorted(middles)
        assert figure["layout"]["yaxis"]["tickvals"] == middles


def test_every_entry_is_told_in_order_of_time(built: Path) -> None:
    """The rows hold every dated entry once, in the page's order, with its days as the page says them."""
    rows = detail_of(built)["entries"]
    html = (built / "index.html").read_text("utf-8")
    articles = re.findall(r'<article class="entry" id="([^"]+)".*? data-earliest="(.*?)" data-latest="(.*?)"', html)
    said = [(row[4], *("" if day is None else str(day) for day in row[1:3])) for row in rows]
    assert said == [article for article in articles if article[1] or article[2]]
    assert all(row[5] and row[6] for row in rows)


def test_an_open_end_fades_and_a_doubtful_range_fades_at_both_ends(tmp_path: Path) -> None:
    """Slices grow fainter towards an end that is open or in doubt, and are whole where it is known."""
    rows = [
        {"id": "known", "date": "1990-01-01/2000-12-31"},
        {"id": "onwards", "date": "1990-01-01/.."},
        {"id": "until", "date": "../2000-12-31"},
        {"id": "about", "date": "1990~/2000~"},
    ]
    text = events(*({**row, "date_note": "As the text says."} for row in rows))
    detail = detail_of(site(write(tmp_path, {"events.csv": text})))
    slices, ends, points, _ = detail["figures"]["wide"]["data"]
    assert points["x"] == []

    def opacities(name: str) -> list[float]:
        whose = [row[4] for row in detail["entries"]].index(name)
        found = zip(slices["base"], slices["marker"]["opacity"], slices["customdata"], strict=True)
        return [opacity for _, opacity, owner in sorted(found) if owner == whose]

    assert opacities("known") == []
    assert opacities("onwards") == sorted(opacities("onwards"), reverse=True)
    assert opacities("until") == sorted(opacities("until"))
    about = opacities("about")
    assert max(about[0], about[-1]) < 0.2
    assert max(about) == 1 == opacities("onwards")[0] == opacities("until")[-1]
    assert len(ends["x"]) == 3


def test_a_doubtful_point_is_hollow(own_site: Path) -> None:
    """Its marker has a line; one whose symbol is nothing but a line is followed by what is left to the paper."""
    detail = detail_of(own_site)
    points = detail["figures"]["wide"]["data"][2]
    symbols, widths = points["marker"]["symbol"], points["marker"]["line"]["width"]
    for number, whose in enumerate(points["customdata"]):
        doubtful = detail["entries"][whose][3]
        if symbols[number] == "line-ew":
            followed = points["customdata"][number : number + 2] == [whose, whose]
            before = points["customdata"][number - 1 : number] == [whose]
            assert followed or before or not doubtful
        else:
            assert widths[number] == doubtful
    assert {row[3] for row in detail["entries"]} == {0, 1}


def test_the_script_holds_nothing_that_could_end_it_or_be_markup(tmp_path: Path) -> None:
    """Whatever titles, ids and names hold comes through letter by letter, and is never markup to page or Plotly."""
    title = "</script><b>1 & 2</b> \u2028\u2029 \\ \" '"
    label = "<b>One</b> & <a href='https://elsewhere.example'>two</a>"
    files = {
        "events.csv": events({"id": "constructor", "title": "Plain"}, {"id": "to-string", "category": "__proto__"}),
        "timeline.toml": f'title = "Mines"\n[categories.__proto__]\nlabel = "{label}"\nsingular = "x"\n',
    }
    folder = write(tmp_path, files)
    table = (folder / "events.csv").read_text("utf-8")
    quoted = '"' + title.replace('"', '""') + '"'
    (folder / "events.csv").write_text(table.replace("Plain", quoted), "utf-8")
    made = site(folder)
    text = (made / "data/overview.js").read_text("utf-8")
    assert not set("<\u2028\u2029") & set(text)
    detail = detail_of(made)
    assert title.split() == next(row[5] for row in detail["entries"] if row[4] == "constructor").split()
    assert [lane["key"] for lane in detail["lanes"]] == ["__proto__", ""]
    names = [name["text"] for name in detail["figures"]["narrow"]["layout"]["annotations"]]
    assert names[0] == "&lt;b&gt;One&lt;/b&gt; &amp; &lt;a href='https://elsewhere.example'&gt;two&lt;/a&gt;"


def test_no_name_of_a_lane_is_a_template_of_plotlys(tmp_path: Path) -> None:
    """A lane whose name holds what Plotly would fill in from its figures has that name, letter for letter."""
    settings = 'title = "Mines"\n[categories.talks]\nlabel = "Talks %{line} 5%{lanes[0]}"\n'
    made = site(write(tmp_path, {"events.csv": events({"category": "talks"}), "timeline.toml": settings}))
    [name] = detail_of(made)["figures"]["narrow"]["layout"]["annotations"]
    assert "%{" not in name["text"]
    assert unescape(name["text"]) == "Talks %{line} 5%{lanes[0]}"


def test_a_timeline_without_entries_has_nothing_to_explore(tmp_path: Path) -> None:
    """Neither drawing nor script nor figures."""
    made = site(write(tmp_path, {"events.csv": "id,date,title,source,quote,attribution\n"}))
    assert not (made / "data/overview.js").exists()
    assert "overview.js" not in (made / "index.html").read_text("utf-8")


def test_the_first_load_has_nothing_of_plotly(built: Path) -> None:
    """The page names small scripts; those of the timeline are loaded by that, and those that draw by these."""
    html = (built / "index.html").read_text("utf-8")
    scripts = re.findall(r'<script[^>]* src="([^"]+)"', html)
    assert set(scripts) <= {"assets/start.js", "assets/where.js"}
    [soon, later] = re.findall(r'data-scripts="([^"]+)"', html)
    assert soon == "assets/timeline.js"
    assert {"assets/plotly.min.js", "assets/explore.js", "data/overview.js"} <= set(later.split())
    assert not set(later.split()) & set(scripts)
