"""Promises of the proof: what is found and how it is shown, and the whole words of each message when it is not."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from project import build, check, events, site, write

# ¶ 1 to ¶ 4: curly quotation marks, a hard-wrapped line, the same words twice, a number.
BRIDGE = (
    "THE BRIDGE\n\n"
    "“The bridge,” said the mayor, “stands.” On Monday the county gave no reason.\n\n"
    "On Tuesday the county gave no reason, and 1,240 workers went home.\nThe mayor did not say why.\n\n"
    "On Friday the bridge fell, with a sound that people in the next village took for thunder."
)
CLERK = "The clerk wrote: The mayor did not come at all."
SEEDS = {"seeds/a.txt": BRIDGE, "seeds/b.txt": CLERK}


def quoting(folder: Path, **cells: str) -> Path:
    """Write a project with one entry that quotes the bridge."""
    row = {"title": "The bridge", "date_note": "As told.", **cells}
    return write(folder, {**SEEDS, "events.csv": events(row)})


@pytest.mark.parametrize(
    ("quote", "grade", "shown", "paragraph"),
    [
        ("said the mayor", "verbatim", ["said the mayor"], "¶ 2"),
        ("the mayor, “stands.” On Monday", "verbatim", ["the mayor, “stands.” On Monday"], "¶ 2"),
        ('"The bridge," said', "typographic", ["“The bridge,” said"], "¶ 2"),
        ("went home. The mayor", "typographic", ["went home. The mayor"], "¶ 3"),
        ("reason. On Tuesday", "typographic", ["reason. On Tuesday"], "¶ 2–3"),
        ("On Monday … took for thunder", "elided", ["On Monday", "took for thunder"], "¶ 2–4"),
        ("On Tuesday [...] 1,240 … home", "elided", ["On Tuesday", "1,240", "home"], "¶ 3"),
    ],
)
def test_a_quote_that_is_found_is_shown_in_the_words_of_its_source(
    tmp_path: Path, quote: str, grade: str, shown: list[str], paragraph: str
) -> None:
    """Its page shows the source's own characters, in which paragraph they stand, and the proof how they were found."""
    assert build(quoting(tmp_path, quote=quote)).status == 0
    made = site(tmp_path)
    [entry] = json.loads(made["timeline.json"])["entries"]
    assert entry["citations"][0]["verified"] == grade
    page, proof = made["entries/freed.html"].decode(), made["proof.html"].decode()
    assert re.findall(r"<mark>(.*?)</mark>", page) == shown
    assert re.findall(r", <bdi class=\"whole\">(¶ [\d–]+)<", page) == [paragraph]
    assert re.findall(r", <bdi class=\"whole\">(¶ [\d–]+)</bdi></a></td><td>(\w+)", proof) == [(paragraph, grade)]


@pytest.mark.parametrize(
    ("quote", "said"),
    [
        ("On Monday … gave no reason. On Tuesday", "2 words left out"),
        ("On Monday the … gave no reason. On Tuesday", "1 word left out"),
        ("1,240 workers … did not … why", "5 words left out"),
        ("On Friday … thunder", "14 words left out"),
        ("On Friday the bridge fell", None),
    ],
)
def test_words_that_are_left_out_are_counted(tmp_path: Path, quote: str, said: str | None) -> None:
    """Where a quote leaves words out, the page and the proof say how many; where it leaves none out, neither does."""
    assert build(quoting(tmp_path, quote=quote)).status == 0
    made = site(tmp_path)
    titles = set(re.findall(r'class="omission" title="([^"]*)"', made["entries/freed.html"].decode()))
    assert titles == ({said} if said else set())
    assert re.findall(r"\((\d+ words? left out)\)", made["proof.html"].decode()) == ([said] if said else [])


NOT_FOUND = {
    "1,240 workmen went home": """\
events.csv:2: quote: not found in seeds/a.txt
  nearest: “1,240 workers went home” (¶ 3)
  difference: the quote says “workmen”, the source “workers”
  help: copy the words exactly, or put … where words are left out
""",
    "The county gave no reason": """\
events.csv:2: quote: not found in seeds/a.txt
  nearest: “the county gave no reason” (¶ 2)
  difference: the quote says “The”, the source “the”
  help: copy the words exactly, or put … where words are left out
""",
    "zebra quagga okapi": """\
events.csv:2: quote: not found in seeds/a.txt
  help: copy the words exactly, or put … where words are left out
""",
    "The mayor did not come at all.": """\
events.csv:2: quote: not found in seeds/a.txt
  nearest: “The mayor did not say why.” (¶ 3)
  difference: the quote says “come at all.”, the source “say why.”
  found word for word in: seeds/b.txt
  help: write b.txt as the source, if these are the words you mean
""",
    "said the mayor … went away": """\
events.csv:2: quote: the part “went away” is not found in seeds/a.txt
  nearest: “said the mayor” (¶ 2)
  difference: the quote has “… went away”, the source has not
  help: copy the words exactly, or put … where words are left out
""",
}


@pytest.mark.parametrize("quote", NOT_FOUND)
def test_a_quote_that_is_not_found_is_told_with_the_nearest_words(tmp_path: Path, quote: str) -> None:
    """The message names the source, shows what stands there instead or where else the words stand, and what to do."""
    outcome = check(quoting(tmp_path, quote=quote))
    assert (outcome.status, outcome.problems) == (1, NOT_FOUND[quote])


PLACES = """\
  ¶ 2: “…said the mayor, “stands.” On Monday the county gave no reason. On Tuesday the county gave no…”
  ¶ 3: “…the county gave no reason. On Tuesday the county gave no reason, and 1,240 workers went home. The…”
"""


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        (
            {},
            "events.csv:2: quote: stands 2 times in seeds/a.txt\n" + PLACES + "  help: quote more words, or put the "
            "words just before or after into quote_prefix or quote_suffix\n",
        ),
        (
            {"quote_prefix": "On Sunday"},
            "events.csv:2: quote_prefix: the quote stands in seeds/a.txt, but not right after these words\n"
            + PLACES
            + "  help: copy the words just before the quote, or leave quote_prefix empty\n",
        ),
        (
            {"quote_suffix": ", but"},
            "events.csv:2: quote_suffix: the quote stands in seeds/a.txt, but not right before these words\n"
            + PLACES
            + "  help: copy the words just after the quote, or leave quote_suffix empty\n",
        ),
    ],
)
def test_a_quote_that_stands_twice_is_told_with_its_places(tmp_path: Path, cells: dict[str, str], message: str) -> None:
    """Each place is shown with the words around it, until a prefix or suffix that is right decides."""
    assert check(quoting(tmp_path, quote="the county gave no reason", **cells)).problems == message


@pytest.mark.parametrize(
    ("cells", "paragraph"), [({"quote_prefix": "On Monday"}, [2]), ({"quote_suffix": ", and 1,240"}, [3])]
)
def test_the_words_around_a_quote_decide(tmp_path: Path, cells: dict[str, str], paragraph: list[int]) -> None:
    """With the words before or after it, a quote that stands twice is the one that is meant."""
    assert build(quoting(tmp_path, quote="the county gave no reason", **cells)).status == 0
    [entry] = json.loads(site(tmp_path)["timeline.json"])["entries"]
    assert entry["citations"][0]["paragraphs"] == paragraph


def test_only_ten_places_are_listed(tmp_path: Path) -> None:
    """A quote that stands everywhere is told with ten of its places and the number of the others."""
    folder = write(tmp_path, {"seeds/a.txt": "Maps. " * 25, "events.csv": events({"quote": "Maps", "date_note": "x"})})
    lines = check(folder).problems.splitlines()
    assert lines[0] == "events.csv:2: quote: stands 25 times in seeds/a.txt"
    assert [line.startswith("  ¶ 1: ") for line in lines[1:11]] == [True] * 10
    assert lines[11] == "  and: 15 more"
    assert lines[12].startswith("  help: ")


OTHERWISE = {
    "240 workers": """\
events.csv:2: quote: begins or ends inside a longer word or number of seeds/a.txt
  ¶ 3: “1,240 workers”
  help: copy whole words, as in the line above
""",
    "went home … said the mayor": """\
events.csv:2: quote: its parts all stand in seeds/a.txt, but in another order
  ¶ 2–3: “said the mayor … went home”
  help: put the parts in the order of the source, as in the line above, or make two citations of them
""",
    "…": """\
events.csv:2: quote: has no letter or digit to look for
  help: copy the words from the source
""",
}


@pytest.mark.parametrize("quote", OTHERWISE)
def test_words_that_are_there_but_not_as_quoted_are_told_apart(tmp_path: Path, quote: str) -> None:
    """A cut word, parts in another order and a quote without words each have a message of their own."""
    assert check(quoting(tmp_path, quote=quote)).problems == OTHERWISE[quote]


def test_what_is_told_as_nearest_is_found_when_it_is_pasted(tmp_path: Path) -> None:
    """The words that a message offers are themselves accepted as the quote."""
    told = check(quoting(tmp_path, quote="a sound which people of the next village took for thunder")).problems
    nearest = re.search(r"nearest: “(.*)” \(¶ 4\)", told)
    assert nearest, told
    assert check(quoting(tmp_path, quote=nearest[1])).problems == ""


class Rows(HTMLParser):
    """Collects the cells of the tables of a page, and the words of its definition list of grades."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.grades: list[str] = []
        self.inside = ""
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the base's
        """Begin a row, a cell or a grade."""
        if tag == "tr":
            self.rows.append([])
        elif tag == "td":
            self.rows[-1].append("")
        if tag in ("td", "th", "dt", "dd"):
            self.inside = tag

    def handle_endtag(self, tag: str) -> None:
        """Leave a cell or a grade."""
        if tag in ("td", "th", "dt", "dd"):
            self.inside = ""

    def handle_data(self, data: str) -> None:
        """Note the words of a cell or a grade."""
        if self.inside == "td":
            self.rows[-1][-1] += data
        elif self.inside in ("dt", "dd"):
            self.grades.append(data)


def test_the_proof_lists_every_citation(tmp_path: Path) -> None:
    """proof.html has a row for each quote, counts the grades, and gives each source's SHA-256."""
    table = (
        "id,date,date_note,title,source,quote,attribution\n"
        "fall,2001,As told.,It fell,a.txt,On Friday the bridge fell,The paper\n"
        "fall,,,,b.txt,The mayor … at all,The clerk\n"
        'reason,2002,As told.,No reason,a.txt,"""The bridge,"" said the mayor",\n'
        "none,2003,As told.,Nothing is cited,,,\n"
    )
    assert build(write(tmp_path, {**SEEDS, "events.csv": table})).status == 0
    page = Rows(site(tmp_path)["proof.html"])
    assert [row for row in page.rows if len(row) == 5] == [
        ["2001", "It fell", "The paper", "“THE BRIDGE”, ¶ 4", "verbatim"],
        ["2002", "No reason", "", "“THE BRIDGE”, ¶ 2", "typographic"],
        [
            "2001",
            "It fell",
            "The clerk",
            "“The clerk wrote: The mayor did not come…”, ¶ 1",
            "elided (3 words left out)",
        ],
    ]
    assert page.grades == ["verbatim", "1", "typographic", "1", "elided", "1"]
    digests = dict(row for row in page.rows if len(row) == 2)
    assert set(digests) == {"a.txt", "b.txt"}
    assert {source["file"]: source["sha256"] for source in json.loads(site(tmp_path)["timeline.json"])["sources"]} == (
        digests
    )


def test_what_is_open_stands_in_the_proof(tmp_path: Path) -> None:
    """A build with warnings says them on its page of proof; one without says that there are none."""
    assert build(write(tmp_path)).status == 0
    assert "Nothing: the build had no warnings." in site(tmp_path)["proof.html"].decode()
    write(tmp_path, {"events.csv": events({"attribution": ""})})
    assert build(tmp_path).status == 0
    page = site(tmp_path)["proof.html"].decode()
    assert "<li>events.csv:2: warning: attribution: is empty: who says so?" in page
    assert "Nothing: the build had no warnings." not in page
