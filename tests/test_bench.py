"""What the bench measures with: its data, its arithmetic, its table, and how it follows links. Nothing is timed."""

from __future__ import annotations

import json
import sys
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import builders
import builds
import peers
import processes
import pytest
import reader
import results
import visits
from chromium import visiting
from click.testing import CliRunner
from make import change, make
from server import served

from dateline.cli import main

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ENTRY = '<article data-entry id="e">An entry</article>'


def rows(folder: Path) -> list[dict[str, str]]:
    """Return the rows of a made project."""
    return [dict(row) for row in peers.rows_of(folder / "events.csv")]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a made project of 100 entries."""
    folder = tmp_path_factory.mktemp("made") / "100"
    make(folder, 100)
    return folder


def test_the_data_is_what_the_results_say(made: Path) -> None:
    """Each entry has about forty words, a category, a place, and a quote of a source of 5 kB; 100 have 20 sources."""
    sources = {file.name: file.read_text("utf-8") for file in (made / "seeds").iterdir()}
    assert len(sources) == 20
    assert all(4_500 < len(text) < 5_500 for text in sources.values())
    assert len(rows(made)) == 100
    for row in rows(made):
        assert len(row["summary"].split()) == 40
        assert row["category"]
        assert row["place"]
        assert sources[row["source"]].count(row["quote"]) == 1


def test_no_more_than_2000_sources_are_made(tmp_path: Path) -> None:
    """10,100 entries share 2,000 sources."""
    make(tmp_path / "many", 10_100)
    assert len(list((tmp_path / "many" / "seeds").iterdir())) == 2_000


def test_the_data_is_the_same_every_time(made: Path, tmp_path: Path) -> None:
    """Two makings of one size do not differ in a byte."""
    make(tmp_path / "again", 100)
    files = [file.relative_to(made) for file in made.rglob("*") if file.is_file()]
    assert [file for file in files if (made / file).read_bytes() != (tmp_path / "again" / file).read_bytes()] == []


def test_every_quote_of_the_data_is_verified(made: Path, tmp_path: Path) -> None:
    """The made project is built without a word about it."""
    result = CliRunner().invoke(main, ["build", str(made), "--out", str(tmp_path / "site"), "--strict"])
    assert result.exit_code == 0, result.output


def test_one_row_changes_at_a_time(tmp_path: Path) -> None:
    """Each turn gives one entry a title that it never had."""
    make(tmp_path / "some", 25)
    states = [rows(tmp_path / "some")]
    for turn in (1, 2):
        change(tmp_path / "some", turn)
        states.append(rows(tmp_path / "some"))
    for before, after in pairwise(states):
        [(old, new)] = [(one, other) for one, other in zip(before, after, strict=True) if one != other]
        assert {name for name in old if old[name] != new[name]} == {"title"}


def test_growth_is_the_exponent_between_two_sizes() -> None:
    """What grows as the entries do has the exponent 1, what stays 0, what grows with their square 2."""
    assert results.exponent((100, 5.0), (1000, 50.0)) == pytest.approx(1)
    assert results.exponent((100, 5.0), (1000, 5.0)) == pytest.approx(0)
    assert results.exponent((10, 3), (40, 48)) == pytest.approx(2)
    assert results.exponent((100, 5.0), (1000, "no answer in 90 s")) is None
    assert results.exponent((100, None), (1000, 5.0)) is None


def test_a_ratio_is_how_many_times_datelines_figure() -> None:
    """A ratio has two digits or more, and there is none where a figure is missing."""
    assert [results.ratio(value, 2.0) for value in (0.5, 2.0, 7.0, 20.0, 5000.0)] == [
        "0.25",
        "1.0",
        "3.5",
        "10",
        "2,500",
    ]
    assert results.ratio("not there", 2.0) == results.ratio(2.0, None) == results.ratio(2.0, 0.0) == ""


def test_the_table_is_made_from_the_figures() -> None:
    """Dateline stands first, its target below it, then the others with ratios; what is missing is said."""
    findings = results.Findings()
    for size, list_value, ours in ((100, 60.0, 120.0), (1000, 600.0, 120.0), (5000, "no answer in 90 s", 240.0)):
        findings.add("usable", "plain HTML list", size, list_value)
        findings.add("usable", "Dateline", size, ours)
    findings.add("usable", "vis-timeline", 100, "not there: npm is missing")
    assert list(results.table(results.BROWSER, findings)) == [
        "| | | 100 | 1,000 | 5,000 | 100 → 1,000 | 1,000 → 5,000 |",
        "| --- | --- | ---: | ---: | ---: | ---: | ---: |",
        "| entries usable (ms) | Dateline | 120 | 120 | 240 | 0.00 | 0.43 |",
        "| | *target* | *≤ 150* | *≤ 200* | | | |",
        "| | plain HTML list | 60 (0.50 ×) | 600 (5.0 ×) | no answer in 90 s | 1.00 | – |",
        "| | vis-timeline | not there: npm is missing | – | – | – | – |",
    ]


def test_the_results_name_versions_and_targets() -> None:
    """The file begins with what was measured with what, then come both tables and the others."""
    findings = results.Findings()
    findings.add("usable", "Dateline", 100, 120.0)
    findings.add("fresh.wall", "Dateline", 100, 0.2)
    setting = results.Setting({"Hugo": "0.1"}, {"Machine": "2 cores"}, 3, 90)
    text = results.report(findings, setting, {"Parts": "| part |\n| --- |"})
    assert "- Machine: 2 cores\n- Hugo: 0.1\n" in text
    assert "| entries usable (ms) | Dateline | 120 |\n| | *target* | *≤ 150* |\n" in text
    assert "| into a fresh folder (s) | Dateline | 0.20 |\n| | *target* | *≤ 0.25* |\n" in text
    assert text.endswith("## Parts\n\n| part |\n| --- |\n")


def test_once_without_an_answer_is_without_an_answer() -> None:
    """A median is made of figures only."""
    assert visits.typical([3.0, 1.0, 2.0]) == 2.0
    assert visits.typical([3.0, "no answer in 90 s", 2.0]) == "no answer in 90 s"


def test_what_takes_too_long_is_ended_and_named() -> None:
    """A command that outlasts the limit leaves a word in the table, and so does one that is not installed."""
    findings = results.Findings()
    take = builds.Taker(100, findings, 1, 0.3)
    take("fresh", "slow", lambda: [sys.executable, "-c", "import time; time.sleep(60)"])
    assert findings.get("fresh.wall", "slow", 100) == "no answer in 0.3 s"
    with pytest.raises(processes.TooLong):
        processes.peak([sys.executable, "-c", "import time; time.sleep(60)"], 0.3)


def test_a_builder_that_is_not_there_is_named(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without Hugo the table says so."""
    monkeypatch.setattr(builders, "hugo_program", lambda: None)
    findings = results.Findings()
    builds.Taker(100, findings, 1, 9)("fresh", "Hugo", lambda: builders.hugo(made, made))
    assert findings.get("fresh.wall", "Hugo", 100) == "not installed"
    assert builders.hugo_version() == ""


@pytest.mark.browser
def test_a_peer_that_cannot_be_had_is_named(
    made: Path, chromium: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without npm it is said why a peer is not there, at every size, and the bench goes on."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr("shutil.which", lambda _: None)
    findings = results.Findings()
    for size in (100, 1000):
        findings.add("usable", "Dateline", size, 100.0)
        visits.Visits(chromium, findings, 1, 9).peer(peers.PEERS[1], made, size)
    *_, line = results.table(results.BROWSER, findings)
    assert line == "| | vis-timeline | not there: npm is missing | not there: npm is missing | – |"


def test_peers_show_every_entry_with_all_its_words(made: Path) -> None:
    """Each peer's page holds the title, the summary, the quote and the place of all entries, as text."""
    entries = rows(made)
    entries[0]["title"] = "<b>Bridge</b>"
    listed, vis, story = (peer.page(entries) for peer in peers.PEERS)
    items = json.loads(vis["data.js"].removeprefix("const items = ").removesuffix(";\n"))
    events = json.loads(story["data.js"].removeprefix("const story = ").removesuffix(";\n"))["events"]
    assert len(items) == len(events) == listed["index.html"].count("<article") == 100
    assert items[0]["content"] == events[0]["text"]["headline"] == "&lt;b&gt;Bridge&lt;/b&gt;"
    for entry, item, event in zip(entries[1:], items[1:], events[1:], strict=True):
        for name in ("title", "summary", "quote", "place"):
            assert entry[name] in listed["index.html"]
            assert entry[name] in item["content"] + item["title"]
            assert entry[name] in event["text"]["headline"] + event["text"]["text"]


def test_the_plain_loop_writes_a_page_an_entry(made: Path, tmp_path: Path) -> None:
    """The yardstick does what it is said to do."""
    processes.measured(builders.plain_loop(made, tmp_path / "out"))
    pages = [file.read_text("utf-8") for file in (tmp_path / "out").iterdir()]
    assert len(pages) == 100
    assert all(any(row["quote"] in page for page in pages) for row in rows(made))


@pytest.mark.browser
@pytest.mark.parametrize(
    ("pages", "way"),
    [
        ({"index.html": ["19XX", "198X", "1986", "1987", "199X"], "1987": None}, "1987"),
        (
            {"index.html": ["198X", "199X"], "198X": ["198X", "1986", "1987"], "1987": ["1987-06"], "1987-06": None},
            "1987-06",
        ),
    ],
    ids=["at once", "by a period that is split"],
)
def test_a_jump_follows_links_to_the_period_of_a_date(
    chromium: Browser, tmp_path: Path, pages: dict[str, list[str] | None], way: str
) -> None:
    """The finest period that holds the date is opened, and those that lead on are followed, until entries are there."""
    (tmp_path / "periods").mkdir()
    for name, keys in pages.items():
        file = tmp_path / ("index.html" if name == "index.html" else f"periods/{name}.html")
        root = "periods/" if name == "index.html" else ""
        links = "".join(f'<a href="{root}{key}.html">{key}</a>' for key in keys or [])
        file.write_text(f"<!doctype html><title>{name}</title>{links}{'' if keys else ENTRY}", "utf-8")
    with served(tmp_path) as address, visiting(chromium, 20) as visit:
        page = visit.page
        page.goto(address)
        assert (reader.jumped(page, 0.51) or 0) > 0
        assert page.url.endswith(f"/periods/{way}.html")
        assert visit.received() > 0
        assert visit.work() > 0


@pytest.mark.browser
def test_a_page_without_an_entry_gives_no_answer(chromium: Browser, tmp_path: Path) -> None:
    """What does not come in time stands in the table as no answer; what comes after it is not asked for."""
    (tmp_path / "index.html").write_text("<!doctype html><title>Empty</title>", "utf-8")
    with served(tmp_path) as address, visiting(chromium, 0.5) as visit:
        found = dict(visits.taken(visits.dateline(visit, address, 0.5), 0.5))
    assert found == {"usable": "no answer in 0.5 s"}
