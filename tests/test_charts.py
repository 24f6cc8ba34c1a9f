"""Promises of the charts of numbers: what stands where, what is joined, and that Plotly and the still drawing agree."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from html import unescape
from pathlib import Path
from typing import Any

import plotly.graph_objects as go
import pytest
from project import build, events, site, write

from dateline.calendar import ordinal
from dateline.chart_symbols import shapes_of
from dateline.time_ticks import time_ticks

SETTINGS = """title = "T"
[families.hurt]
label = "People hurt"
unit = "people"
[series.killed]
label = "killed"
family = "hurt"
[series.injured]
label = "injured"
family = "hurt"
cumulative = false
"""


def charts(folder: Path, *rows: Mapping[str, str], settings: str = SETTINGS) -> dict[str, Any]:
    """Build a project in which each row quotes a sentence of its own, and return what its data script hands over."""
    made, sentences = [], []
    for number, row in enumerate(rows):
        values = re.findall(r"=~?([\d.]+)", row["figures"])
        sentences.append(f"Row {'abcdefghijklmnop'[number % 16] * (1 + number // 16)} says {' and '.join(values)}.")
        cells = {"id": f"e{number}", "title": f"E{number}", "date_note": "n", "quote": sentences[-1], **row}
        made.append(cells)
    files = {"timeline.toml": settings, "seeds/a.txt": "\n\n".join(sentences), "events.csv": events(*made)}
    outcome = build(write(folder, files))
    assert outcome.status == 0, outcome.err
    script = site(folder)["data/figures.js"].decode()
    found = re.fullmatch(r'document\.dispatchEvent\(new CustomEvent\("dateline:figures",\{detail:(.*)\}\)\);\n', script)
    assert found
    handed: dict[str, Any] = json.loads(found[1])
    return handed


def of_kind(chart: Mapping[str, Any], kind: str) -> list[dict[str, Any]]:
    """Return the traces of a chart that draw this: points, steps or span."""
    return [trace for trace in chart["data"] if trace["meta"]["kind"] == kind]


def points(chart: Mapping[str, Any]) -> list[tuple[int, float]]:
    """Return where all points of a chart stand."""
    return sorted(place for trace in of_kind(chart, "points") for place in zip(trace["x"], trace["y"], strict=True))


ROWS = (
    {"date": "2021-01-05", "figures": "killed=3; injured=9", "attribution": "Ministry"},
    {"date": "2021-02-05", "figures": "killed=5", "attribution": "Ministry"},
    {"date": "2021-02-05", "figures": "killed=7", "attribution": "Red Cross"},
    {"date": "2021-03", "figures": "killed=8+; injured=~4", "attribution": "Ministry"},
    {"date": "2021-04/..", "figures": "killed=9", "attribution": "Red Cross"},
    {"date": "../2021-06-01", "figures": "injured=2", "attribution": "Red Cross"},
    {"date": "2021-07-01?", "figures": "injured=6", "attribution": "Red Cross"},
)


def test_plotly_takes_every_chart(tmp_path: Path) -> None:
    """Plotly's own checks find nothing unknown in a chart, and no trace needs WebGL."""
    for chart in charts(tmp_path, *ROWS).values():
        figure = go.Figure(data=chart["data"], layout=chart["layout"])
        assert {trace.type for trace in figure.data} == {"scatter"}


def test_two_sources_that_differ_are_two_points(tmp_path: Path) -> None:
    """Where two voices give one day different numbers, both stand, each with a symbol of its own, and none joined."""
    chart = charts(tmp_path, *ROWS)["figures.hurt"]
    day = ordinal((2021, 2, 5))
    assert [place for place in points(chart) if place[0] == day] == [(day, 5), (day, 7)]
    symbols = {trace["marker"]["symbol"] for trace in of_kind(chart, "points") if day in trace["x"]}
    assert len(symbols) == 2
    joined = [tuple(trace["y"]) for trace in of_kind(chart, "steps")]
    assert (5, 7) not in joined and (7, 5) not in joined


def test_steps_join_what_one_voice_says_of_what_grows(tmp_path: Path) -> None:
    """Steps lead from number to number of one series and one voice; a series that does not grow has none."""
    steps = of_kind(charts(tmp_path, *ROWS)["figures.hurt"], "steps")
    assert sorted(tuple(trace["y"]) for trace in steps) == [(3, 5), (5, 8), (7, 9)]
    assert {trace["line"]["shape"] for trace in steps} == {"hv"}


def test_two_numbers_of_one_voice_on_one_day_break_the_line(tmp_path: Path) -> None:
    """Where a voice gives two numbers of one day, no line says which of them held."""
    rows = [
        {"date": date, "figures": f"killed={number}"}
        for date, number in (("2021", 3), ("2022-01-01", 5), ("2022-01-01", 6), ("2023", 8), ("2024", 9))
    ]
    steps = of_kind(charts(tmp_path, *rows)["figures.hurt"], "steps")
    assert [tuple(trace["y"]) for trace in steps] == [(8, 9)]


def test_an_uncertain_date_is_drawn_with_all_its_days(tmp_path: Path) -> None:
    """A number stands on the last day that its date can mean, and a line runs back to the first; open ends run on."""
    chart = charts(tmp_path, *ROWS)["figures.hurt"]
    spans = {trace["y"][0]: trace for trace in of_kind(chart, "span")}
    assert spans[8]["x"] == [ordinal((2021, 3, 1)), ordinal((2021, 3, 31))]
    assert (ordinal((2021, 3, 31)), 8) in points(chart)
    assert spans[9]["x"] == [ordinal((2021, 4, 1)), chart["layout"]["xaxis"]["range"][1]]
    assert spans[9]["marker"]["symbol"][1] == "triangle-right"
    assert spans[2]["x"] == [chart["layout"]["xaxis"]["range"][0], ordinal((2021, 6, 1))]
    assert spans[2]["marker"]["symbol"][0] == "triangle-left"
    assert 5 not in spans
    traces = of_kind(chart, "points")
    fills = {y: fill for trace in traces for y, fill in zip(trace["y"], trace["meta"]["fill"], strict=True)}
    assert fills[6] == "paper" and fills[5] == "color"


def test_numbers_that_are_not_exact_are_written(tmp_path: Path) -> None:
    """Numbers such as "8+" and "~4" stand beside their points, on wide and on narrow pages."""
    words = charts(tmp_path, *ROWS)["figures.hurt"]["words"]
    for width in ("wide", "narrow"):
        assert {"8+", "~4"} <= {word["text"].split()[0] for word in words[width]}


def test_series_differ_by_more_than_colour(tmp_path: Path) -> None:
    """The name of each series stands with its last number, whole or shortened, on wide and on narrow pages."""
    words = charts(tmp_path, *ROWS)["figures.hurt"]["words"]
    for width in ("wide", "narrow"):
        texts = {word["text"] for word in words[width]}
        assert {"9 killed", "6 injured"} <= texts, texts
        # A line leads on from it.
        assert "3 killed" not in texts


def test_one_series_needs_no_name(tmp_path: Path) -> None:
    """Where a chart has one series, its numbers stand alone."""
    rows = [{**row, "figures": row["figures"].split(";")[0]} for row in ROWS[:3]]
    words = charts(tmp_path, *rows)["figures.hurt"]["words"]["wide"]
    assert {word["text"] for word in words} == {"3", "5", "7"}


def test_a_voice_keeps_its_symbol_from_chart_to_chart() -> None:
    """As long as no other of a chart has it; within a chart no two have the same while there are enough."""
    many = [f"v{number}" for number in range(8)]
    one, two, three, four = shapes_of([["a", "b"], ["b", "a", "c"], many, ["v7", "a", *many[:6], "more"]])
    assert (one[0], one[1]) == (two[1], two[0])
    assert two[2] not in one
    assert all(len(set(shapes)) == len(shapes) for shapes in (one, two, three))
    assert len(set(four)) == 8


def test_two_that_say_the_same_are_both_seen(tmp_path: Path) -> None:
    """Where two voices give the same number, two symbols stand at one place, the lower one larger and not filled."""
    rows = (
        {"date": "2021", "figures": "killed=1"},
        {"date": "2022", "figures": "killed=5", "attribution": "One"},
        {"date": "2022", "figures": "killed=5", "attribution": "Two"},
    )
    chart = charts(tmp_path, *rows)["figures.hurt"]
    day = ordinal((2022, 12, 31))
    same = [trace for trace in of_kind(chart, "points") if (day, 5) in zip(trace["x"], trace["y"], strict=True)]
    assert [(trace["marker"]["size"][-1], trace["meta"]["fill"][-1]) for trace in same] == [(20, "none"), (11, "color")]


@pytest.mark.parametrize(
    "dates",
    [
        ("-5000", "2021"),
        ("Y-17000", "Y17000"),
        ("Y-900000000000000", "Y900000000000000"),
        ("2021-01-01", "2021-01-02"),
        ("-0001-12-31", "0001-01-01"),
    ],
)
def test_any_year_has_its_place(tmp_path: Path, dates: tuple[str, str]) -> None:
    """Years far outside of Plotly's dates, and days that stand close, are drawn, with at least one date on the axis."""
    rows = [{"date": date, "figures": f"killed={number}"} for number, date in enumerate(dates, 1)]
    chart = charts(tmp_path, *rows)["figures.hurt"]
    first, last = chart["layout"]["xaxis"]["range"]
    for width, most in (("wide", 7), ("narrow", 4)):
        ticks = [day for day, _ in chart["ticks"][width]]
        assert 1 <= len(ticks) <= most
        assert all(first <= day <= last for day in ticks)
    assert all(first <= day <= last for day, _ in points(chart))


@pytest.mark.parametrize("days", [31, 45, 75, 200, 366, 800, 5000, 10**6, 10**12, 10**18])
def test_the_axis_of_time_is_neither_bare_nor_crowded(days: int) -> None:
    """A stretch of any length has at least one tick and not more than there is room for."""
    for start in (-(10**6), -1, 0, 18_650):
        assert 1 <= len(time_ticks(start, start + days, 6)) <= 8


def test_values_start_at_zero_and_per_cent_run_to_a_hundred(tmp_path: Path) -> None:
    """The axis of values begins at zero; that of shares ends at the whole."""
    settings = SETTINGS + '[series.share]\nlabel = "of the land"\nunit = "%"\n'
    rows = ({"date": "2021", "figures": "share=20; killed=2"}, {"date": "2022", "figures": "share=25; killed=900"})
    made = charts(tmp_path, *rows, settings=settings)
    assert made["figures.share"]["layout"]["yaxis"]["range"] == [0, 100]
    assert made["figures.share"]["layout"]["yaxis"]["ticktext"][-1] == "100%"
    low, high = made["figures.hurt"]["layout"]["yaxis"]["range"]
    assert (low, high >= 900) == (0, True)
    assert all(float(value).is_integer() for value in made["figures.hurt"]["layout"]["yaxis"]["tickvals"])


def test_the_still_drawing_has_the_places_of_the_one_to_explore(tmp_path: Path) -> None:
    """Every point of the still drawing lies where Plotly draws it: at the same share of time, at the same height."""
    chart = charts(tmp_path, *ROWS)["figures.hurt"]
    first, last = chart["layout"]["xaxis"]["range"]
    top, margin = chart["layout"]["yaxis"]["range"][1], chart["layout"]["margin"]
    height = chart["layout"]["height"] - margin["t"] - margin["b"]
    plotted = {
        number: (round((x - first) / (last - first) * 100, 2), round(height * (1 - y / top)))
        for trace in of_kind(chart, "points")
        for number, x, y in zip(trace["customdata"], trace["x"], trace["y"], strict=True)
    }
    page = site(tmp_path)["figures.html"].decode()
    marks = re.findall(r'data-number="([^"]+)".*?<use href="[^"]+" x="([\d.]+)%" y="([\d.]+)"', page)
    assert {number: (round(float(x), 2), round(float(y))) for number, x, y in marks} == plotted
    assert f'class="values" data-values width="{margin["l"]}" height="{chart["layout"]["height"]}"' in page


def test_the_data_cannot_end_its_script(tmp_path: Path) -> None:
    """Words of the user stand in the data as they are, but no character of them can end the script or a line of it."""
    settings = '[families."</script>"]\nlabel = "</script>\u2028<b>"\n[series.killed]\nfamily = "</script>"\n'
    rows = [{"date": date, "figures": "killed=1", "attribution": "<img>&"} for date in ("2021", "2022")]
    made = charts(tmp_path, *rows, settings=settings)
    script = site(tmp_path)["data/figures.js"].decode()
    assert "<" not in script and "\u2028" not in script
    [chart] = made.values()
    assert chart["label"] == "</script>\u2028<b>"
    assert "<img>" not in of_kind(chart, "points")[0]["name"]


def test_no_words_are_a_template_of_plotlys(tmp_path: Path) -> None:
    """Whoever is named in a way that Plotly would fill in is named so in its drawings, letter for letter."""
    settings = '[series.killed]\nlabel = "%{meta.kind}"\n'
    rows = [{"date": date, "figures": "killed=1", "attribution": "100 %{meta[0]}"} for date in ("2021", "2022")]
    [chart] = charts(tmp_path, *rows, settings=settings).values()
    [name] = {trace["name"] for trace in of_kind(chart, "points")}
    assert "%{" not in name
    assert unescape(name) == "%{meta.kind}, 100 %{meta[0]}"


def test_a_family_of_one_day_has_no_chart(tmp_path: Path) -> None:
    """Numbers that are all of one day show nothing over time: they have a table and no drawing."""
    rows = ({"date": "2021", "figures": "killed=1; injured=2"}, {"date": "2021", "figures": "killed=3"})
    assert charts(tmp_path, *rows) == {}
    page = site(tmp_path)["figures.html"].decode()
    assert "data-chart" not in page
    assert page.count('data-cell="amount"') == 3
