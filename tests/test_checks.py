"""Each check of CHECKS, with one project that it accepts and one in which it finds just what it is for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

import pytest
from project import GOOD, SECOND, File, check, events, one, write

from dateline import checks, parallel, site, timeline
from dateline.problems import Problem, as_text

SERIES = "[series.freed]\n[series.handed_over]\n"

DATE_HELP = (
    "  help: lengthen the quote until it holds the date, say in date_note where the date comes from, "
    "or, if it is the date of the source, write it into seeds/sources.csv, under published"
)


class Example(NamedTuple):
    """A project in which a check finds nothing, one in which it does, and what it says, all of it."""

    good: dict[str, File]
    bad: dict[str, File]
    said: str


def table(*rows: dict[str, str]) -> dict[str, File]:
    """Return a project with these rows."""
    return {"events.csv": events(*rows)}


CARD_HELP = '  help: install fonts for more scripts (pip install "dateline[letters]"), or write cards = "none"'
MANY = "date,title\n" + "1994,Made\n" * 20_001
EXAMPLES: dict[str, list[Example]] = {
    "check_entry_pages": [
        Example(
            {"events.csv": MANY, "timeline.toml": f'title = "Mines"\nentry_pages = {setting}\n'},
            {"events.csv": MANY},
            "timeline.toml: warning: entry_pages: 20,001 entries have 20,001 pages of their own, which are most of the "
            "site’s files and size; GitHub Pages publishes at most 1 GB, in 10 minutes\n"
            "  help: write entry_pages = false: each entry is shown on the timeline alone, and entry.html#id leads to "
            "it; or write entry_pages = true to keep the pages",
        )
        for setting in ("true", "false")
    ],
    "check_there_are_entries": [
        Example(
            {},
            {"events.csv": "date,title\n"},
            "events.csv: warning: has a header and no rows\n"
            "  help: write one event a row below the header; only date and title are required",
        )
    ],
    "check_categories": [
        Example(
            table({"category": "talks"}) | {"timeline.toml": "[categories.talks]\n"},
            table({"category": "Talk"}) | {"timeline.toml": "[categories.talks]\n"},
            "events.csv:2: category: 'Talk' is not a category of timeline.toml\n  help: did you mean talks?",
        ),
        Example(
            # Where none are declared, every name is one.
            table({"category": "anything"}),
            table({"category": "anything"}) | {"timeline.toml": "[categories.talks]\n"},
            "events.csv:2: category: 'anything' is not a category of timeline.toml\n"
            "  help: write in timeline.toml, on a line of its own: [categories.anything]",
        ),
    ],
    "check_sources": [
        Example(
            table({"source": "a.txt"}, {"id": "b", "source": ""}),
            table({"source": "b.txt"}),
            "events.csv:2: source: there is no text seeds/b.txt\n  help: put the text into seeds/",
        )
    ],
    "check_citations_are_whole": [
        Example(
            {},
            table({"source": "", "quote": "", "attribution": "Ministry"}),
            "events.csv:2: warning: source: the entry cites nothing: a reader cannot see what it rests on\n"
            "  help: name a text of seeds/, and quote it",
        ),
        Example(
            {},
            table({"source": ""}),
            "events.csv:2: source: there is a quote, but no source to find it in\n"
            "  help: name the text of seeds/ that holds these words",
        ),
        Example(
            {},
            table({"quote": ""}),
            "events.csv:2: warning: quote: the source is named, but not quoted\n"
            "  help: copy the words that the entry rests on from the source",
        ),
        Example(
            {},
            table({"attribution": ""}),
            "events.csv:2: warning: attribution: is empty: who says so?\n"
            "  help: write who says so, such as: Azerbaijan’s Foreign Ministry",
        ),
    ],
    "check_figures": [
        Example(
            table({"figures": "freed=15"}) | {"timeline.toml": SERIES},
            table({"figures": "freed=16"}) | {"timeline.toml": SERIES},
            "events.csv:2: figures: freed: the quote does not say 16\n"
            "  help: lengthen the quote until it holds the number, or take the figure out",
        ),
        Example(
            # Digits may be grouped, and numbers may be words.
            table({"figures": "freed=15; handed_over=1,200", "quote": "freed fifteen, and 1 200 more"})
            | {"timeline.toml": SERIES},
            table({"figures": "fread=15"}) | {"timeline.toml": SERIES},
            "events.csv:2: figures: 'fread' is not a series of timeline.toml\n  help: did you mean freed?",
        ),
        Example(
            table({"figures": "freed=15; handed_over=15"}) | {"timeline.toml": SERIES},
            table({"figures": "freed=15; freed=15+"}) | {"timeline.toml": SERIES},
            "events.csv:2: figures: 'freed' is given twice\n  help: keep one, or name two series",
        ),
        Example(
            # A date says no figure.
            table({"figures": "freed=15"}) | {"timeline.toml": SERIES},
            table({"figures": "freed=12"}) | {"timeline.toml": SERIES},
            "events.csv:2: figures: freed: the quote does not say 12\n"
            "  help: lengthen the quote until it holds the number, or take the figure out",
        ),
        Example(
            {},
            table({"figures": "freed=15", "quote": ""}) | {"timeline.toml": SERIES},
            "events.csv:2: figures: freed: there is no quote that says 15\n"
            "  help: quote the words that hold the number, or take the figure out",
        ),
    ],
    "check_links": [
        Example(
            table({"conflicts_with": "maps", "related": "maps"}, SECOND),
            table({"conflicts_with": "map"}, SECOND),
            "events.csv:2: conflicts_with: there is no entry 'map'\n  help: did you mean maps?",
        ),
        Example(
            table({}),
            table({"related": "nothing"}, SECOND),
            "events.csv:2: related: there is no entry 'nothing'\n  help: write the id of another entry",
        ),
        Example(
            table({}),
            table({"conflicts_with": "freed"}),
            "events.csv:2: conflicts_with: 'freed' is this entry itself\n  help: take it out",
        ),
    ],
    "check_claims": [
        Example(
            table({"title": "Fifteen freed", "summary": "On 12 June, 15 were freed."}),
            table({"title": "20 freed", "summary": "On May 5, 7 more."}),
            "events.csv:2: warning: title: no quote of this entry says “20”\n"
            "  help: lengthen a quote until it holds it, cite another source, or leave it out\n"
            "events.csv:2: warning: summary: no quote of this entry says “May 5”, “7”\n"
            "  help: lengthen a quote until it holds it, cite another source, or leave it out",
        )
    ],
    "check_date_basis": [
        Example(
            table({"date": "2021-06", "quote": "in June 2021"}),
            table({"date": "2021-06-12", "quote": "in June 2021"}),
            "events.csv:2: warning: date: no quote of this entry says 2021-06-12, nor is it the date of its source\n"
            + DATE_HELP,
        ),
        Example(
            table({"date": "2021-06-13", "quote": "today"})
            | {"seeds/sources.csv": "file,published\na.txt,2021-06-13\n"},
            table({"date": "2021-06-14", "quote": "today"})
            | {"seeds/sources.csv": "file,published\na.txt,2021-06-13\n"},
            "events.csv:2: warning: date: no quote of this entry says 2021-06-14, nor is it the date of its source\n"
            + DATE_HELP,
        ),
        Example(
            table({"date": "2021/2022", "quote": "words", "date_note": "It says so."}),
            table({"date": "2021/2022", "quote": "from 2021 on"}),
            "events.csv:2: warning: date: no quote of this entry says 2022, nor is it the date of its source\n"
            + DATE_HELP,
        ),
    ],
    "check_direction": [
        Example(
            table({"title": "الألغام (2021)", "quote": "\u202e302\u202c"}),
            table({"title": "Killed: \u202e002\u202c", "place": "\u2067A 12\u2069"}),
            "events.csv:2: warning: title: holds a character (U+202E) that makes readers see letters in another order "
            "than they stand\n  help: take it out, or type the cell anew\n"
            "events.csv:2: warning: place: holds a character (U+2067) that makes readers see letters in another order "
            "than they stand\n  help: take it out, or type the cell anew",
        ),
    ],
    "check_static": [
        Example(
            {"static/CNAME": "mines.example"},
            {"static/index.html": "mine"},
            "static/index.html: would stand in the place of index.html, which is in the site already\n"
            "  help: rename it, or take it out",
        ),
        Example(
            {"static/card.png": "mine", "timeline.toml": 'cards = "none"\n'},
            {"static/card.png": "mine"},
            "static/card.png: would stand in the place of card.png, which is in the site already\n"
            "  help: rename it, or take it out",
        ),
    ],
    "check_cards": [
        Example(
            {"timeline.toml": 'title = "𒀀 and 𒀁"\ncards = "none"\n'},
            {"timeline.toml": 'title = "𒀀 and 𒀁"\n'},
            f"timeline.toml: warning: title: the fonts of the social card lack 𒀀 𒀁: the site gets none\n{CARD_HELP}",
        ),
        Example(
            {"timeline.toml": 'title = "Мины, Ağdam, 🧨 الألغام"\n'},
            {"timeline.toml": 'title = "Mines"\nstandfirst = "𒀀"\n'},
            f"timeline.toml: warning: standfirst: the fonts of the social card lack 𒀀: it is left out\n{CARD_HELP}",
        ),
        Example(
            table({"title": "𒀀"}),
            table({"title": "𒀀"}) | {"timeline.toml": 'title = "Mines"\ncards = "entries"\n'},
            f"events.csv:2: warning: title: the fonts of the social card lack 𒀀: the entry gets none\n{CARD_HELP}",
        ),
        Example(
            table({"title": "A", "quote": "B"}) | {"timeline.toml": 'title = "Mines"\ncards = "entries"\n'},
            table({"title": "A", "quote": "𒀀"}) | {"timeline.toml": 'title = "Mines"\ncards = "entries"\n'},
            f"events.csv:2: warning: quote: the fonts of the social card lack 𒀀: it is left out\n{CARD_HELP}",
        ),
    ],
}

Check = Callable[[timeline.Timeline], Iterable[Problem]]
BY_NAME: dict[str, Check] = {single.__name__: single for single in checks.CHECKS}


def test_every_check_has_examples() -> None:
    """No check is without one good and one bad example, and no example is for a check that is gone."""
    assert sorted(EXAMPLES) == sorted(BY_NAME)


@pytest.mark.parametrize(
    ("name", "example"), [(name, example) for name, examples in EXAMPLES.items() for example in examples]
)
def test_a_check_finds_what_it_is_for_and_nothing_else(tmp_path: Path, name: str, example: Example) -> None:
    """In the good project the check is silent; in the bad one it says these words and no others."""
    good, _ = timeline.read_timeline(write(tmp_path / "good", example.good))
    bad, _ = timeline.read_timeline(write(tmp_path / "bad", example.bad))
    assert list(BY_NAME[name](good)) == []
    assert "\n".join(map(as_text, BY_NAME[name](bad))) == example.said


@pytest.mark.parametrize(
    ("cells", "files"),
    [
        ({"title": "Freed in 2021"}, {}),
        ({"title": "Freed on [12 June](https://news.example/2030/99)"}, {}),
        ({"summary": "In all, fifteen."}, {}),
        ({"date": "2021-06-12?", "conflicts_with": "", "tags": ";;"}, {}),
    ],
)
def test_what_no_check_may_find_fault_with(tmp_path: Path, cells: dict[str, str], files: dict[str, File]) -> None:
    """A claim that the quote bears out in other words, an address in a link, and empty members of lists are fine."""
    assert check(write(tmp_path, {**GOOD, **files, "events.csv": one(**cells)})).problems == ""


def test_checks_do_not_change_with_the_order_of_the_rows(tmp_path: Path) -> None:
    """The same rows in another order have the same problems, each on its own line."""
    rows = [{"id": f"row-{number}", "date": f"2021-06-{number:02}", "quote": "x"} for number in range(1, 8)]

    def said(folder: Path, rows: list[dict[str, str]]) -> list[str]:
        problems = check(write(folder, {"events.csv": events(*rows)})).problems
        return sorted(line.partition(": ")[2] for line in problems.splitlines())

    assert said(tmp_path / "a", rows) == said(tmp_path / "b", rows[::-1])


# Of the tests' own runner's threads Python warns; none of them is needed in the second process.
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_what_is_found_does_not_depend_on_how_many_processes_look(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Proofs and problems are the same whether one process looks for all, or a second one takes its part."""
    rows = [
        {"id": f"e{number}", "title": f"Number {number}", "quote": quote}
        for number, quote in enumerate(["On June 12, 2021", "June … 15 people", "not there", "the", "Maps"] * 3)
    ]
    folder = write(tmp_path, {"events.csv": events(*rows)})
    alone = site.check(folder)
    monkeypatch.setattr(parallel, "WORTH_FORKING", 1)
    assert site.check(folder) == alone
    assert len(alone[0].proofs) == 9
