"""Promises of the feeds and data that a site offers: Atom, iCalendar, JSON, CSV, sitemap."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from icalendar import Calendar
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from project import build, events, site, write

from dateline import json_feed

HERE = Path(__file__).parent
GOLDEN = HERE / "golden" / "project"
DATA = HERE.parent / "docs" / "data.md"
SCHEMA = HERE.parent / "docs" / "timeline.schema.json"
ATOM = "{http://www.w3.org/2005/Atom}"
ADDRESS = "https://mines.example/karabakh/"
WITH_ADDRESS = f'title = "Mines"\naddress = "{ADDRESS}"\n'
# RFC 3339, section 5.6, in the form that RFC 4287, section 3.3, asks for.
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})")
# What RFC 3987 leaves out of an IRI, and white space.
NOT_IN_AN_IRI = re.compile(r'[\s<>"{}|\\^`]')


def built(folder: Path, files: dict[str, str] | None = None, **variables: str) -> dict[str, bytes]:
    """Write the good project with these files, build it, and return its site."""
    outcome = build(write(folder, files), **variables)
    assert outcome.status == 0, outcome.err
    return site(folder)


@pytest.fixture
def golden(tmp_path: Path) -> dict[str, bytes]:
    """The site of the golden project, which touches everything."""
    folder = shutil.copytree(GOLDEN, tmp_path / "golden")
    assert build(folder).status == 0
    return site(folder)


class Links(HTMLParser):
    """Collects the links of a page's head, by their rel and type."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self.metas: dict[str, str] = {}
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a link or a meta element."""
        given = {name: value or "" for name, value in attrs}
        if tag == "link":
            self.found[f"{given['rel']} {given.get('type', '')}".strip()] = given["href"]
        if tag == "meta":
            self.metas[given.get("name") or given.get("property") or ""] = given.get("content", "")


def events_of(text: bytes) -> dict[str, Any]:
    """Return the events of a calendar by their summary."""
    return {str(event["SUMMARY"]): event for event in Calendar.from_ical(text.decode()).walk("VEVENT")}


def entries_of(text: bytes) -> list[ElementTree.Element]:
    """Return the entries of an Atom feed."""
    return ElementTree.fromstring(text).findall(f"{ATOM}entry")  # noqa: S314 - our own output


# Atom


def test_atom_holds_what_rfc_4287_demands(golden: dict[str, bytes]) -> None:
    """Feed and entries have one id, title and moment each, an author, and links that lead to the site's pages."""
    feed = ElementTree.fromstring(golden["atom.xml"])  # noqa: S314 - our own output
    assert feed.tag == f"{ATOM}feed"
    assert [author.findtext(f"{ATOM}name") for author in feed.findall(f"{ATOM}author")] == ["The bridge at Oldwater"]
    elements = [feed, *feed.findall(f"{ATOM}entry")]
    assert len(elements) == 11
    for element in elements:
        for name in ("id", "title", "updated"):
            assert [bool(found.text) for found in element.findall(f"{ATOM}{name}")] == [True], (name, element)
        assert MOMENT.fullmatch(element.findtext(f"{ATOM}updated", ""))
        links = [link.attrib for link in element.findall(f"{ATOM}link")]
        alternates = [link["href"] for link in links if link["rel"] == "alternate"]
        assert len(alternates) == 1
        assert alternates[0].removeprefix("https://bridge.example/oldwater/") in golden
    own = [link.get("href") for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"]
    assert own == ["https://bridge.example/oldwater/atom.xml"]


@pytest.mark.parametrize("settings", [WITH_ADDRESS, 'title = "Mines | \\"maps\\" <1> Ցանկ"\n'])
def test_ids_of_a_feed_are_unique_iris(tmp_path: Path, settings: str) -> None:
    """With and without a known address, each id is an absolute IRI and no two are the same."""
    table = events({}, {"id": "other", "title": "Another"})
    made = built(tmp_path, {"timeline.toml": settings, "events.csv": table})
    feed = ElementTree.fromstring(made["atom.xml"])  # noqa: S314 - our own output
    ids = [element.text or "" for element in feed.iter(f"{ATOM}id")]
    assert len(set(ids)) == 3
    assert [one for one in ids if not re.match(r"(https|urn):", one) or NOT_IN_AN_IRI.search(one)] == []


def test_the_feed_is_the_last_hundred_entries_latest_first(tmp_path: Path) -> None:
    """Of more than a hundred entries, the feed holds those that come last, in falling order, as docs/data.md says."""
    rows = [{"id": f"e{n}", "date": f"20{n // 12:02}-{n % 12 + 1:02}", "title": f"No. {n}"} for n in range(103)]
    titles = [entry.findtext(f"{ATOM}title", "") for entry in entries_of(built_loosely(tmp_path, *rows)["atom.xml"])]
    assert [title.rpartition(" ")[2] for title in titles] == [str(n) for n in range(102, 2, -1)]
    assert "| `atom.xml` | the last 100 entries, for feed readers |" in DATA.read_text("utf-8")


def test_the_moment_of_a_feed_is_the_newest_date_of_the_sources(tmp_path: Path) -> None:
    """It comes from the sources' own dates, or from SOURCE_DATE_EPOCH, and never from the clock."""
    about = "file,published,retrieved\na.txt,2021-06,2022-02-03\n"
    moments = []
    for variables in ({}, {"SOURCE_DATE_EPOCH": "1700000000"}):
        made = built(tmp_path, {"seeds/sources.csv": about}, **variables)
        moments.append(entries_of(made["atom.xml"])[0].findtext(f"{ATOM}updated"))
        stamp = events_of(made["calendar.ics"])["Prisoners freed"]["DTSTAMP"].dt
        assert f"{stamp:%Y-%m-%dT%H:%M:%SZ}" == moments[-1]
    assert moments == ["2022-02-03T00:00:00Z", "2023-11-14T00:00:00Z"]


def test_what_a_feed_shows_as_html_is_safe(tmp_path: Path) -> None:
    """A script in any cell is text, or gone, when a feed reader renders the entry."""
    bad = "<script>alert(1)</script><img src=x onerror=alert(1)> [x](javascript:alert(1))"
    made = built_loosely(tmp_path, {"title": bad, "summary": f"Well. {bad}", "attribution": bad, "category": "x"})
    [entry] = entries_of(made["atom.xml"])
    content = entry.find(f"{ATOM}content")
    assert content is not None
    assert content.get("type") == "html"
    assert "Well." in (content.text or "")
    assert re.findall(r"<(?:script|img)|href=.javascript", content.text or "") == []
    # The title is plain text, so it says what was typed.
    assert entry.findtext(f"{ATOM}title") == f"June 12, 2021: {bad}"


def built_loosely(folder: Path, *rows: dict[str, str]) -> dict[str, bytes]:
    """Build the good project with these rows, warnings left aside, and return its site."""
    return built(folder, {"events.csv": events(*rows)})


# iCalendar


@pytest.mark.parametrize(
    ("edtf", "start", "end", "words"),
    [
        ("2021-06-12", date(2021, 6, 12), date(2021, 6, 13), "June 12, 2021"),
        ("2020-12", date(2020, 12, 1), date(2021, 1, 1), "December 2020"),
        ("2020-09-27/2020-11-09", date(2020, 9, 27), date(2020, 11, 10), "September 27 – November 9, 2020"),
        ("[2020-11-09,2020-11-10]", date(2020, 11, 9), date(2020, 11, 11), "November 9 or 10, 2020"),
        ("1990~", date(1990, 1, 1), date(1991, 1, 1), "about 1990"),
        ("2021-04-04?", date(2021, 4, 4), date(2021, 4, 5), "April 4, 2021 (uncertain)"),
        ("../1994", date(1994, 12, 31), date(1995, 1, 1), "before 1994"),
        ("1950/..", date(1950, 1, 1), date(1950, 1, 2), "since 1950"),
        ("0800-12-31", date(800, 12, 31), date(801, 1, 1), "December 31, 800"),
    ],
)
def test_a_date_is_an_all_day_event(tmp_path: Path, edtf: str, start: date, end: date, words: str) -> None:
    """It runs from the first day to the day after the last (RFC 5545, 3.6.1), and its words open the description."""
    made = built_loosely(tmp_path, {"date": edtf, "date_note": "As told."})
    event = events_of(made["calendar.ics"])["Prisoners freed"]
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (start, end)
    assert (event["DTSTART"].params["VALUE"], event["DTEND"].params["VALUE"]) == ("DATE", "DATE")
    assert str(event["DESCRIPTION"]).split("\n")[:2] == [words, "As told."]


@pytest.mark.parametrize("edtf", ["-0043-03-15", "Y12021", "-0043/0001"])
def test_what_a_calendar_cannot_hold_is_left_out_of_it(tmp_path: Path, edtf: str) -> None:
    """A date before the year 1 or after 9999 is on the site and in the data, and the calendar is still valid."""
    made = built_loosely(tmp_path, {"date": edtf, "date_note": "As told."}, {"id": "other", "title": "Another"})
    assert set(events_of(made["calendar.ics"])) == {"Another"}
    assert {entry["date"] for entry in json.loads(made["timeline.json"])["entries"]} == {edtf, "2021-06-12"}


def test_texts_come_back_from_the_calendar_as_they_went_in(tmp_path: Path) -> None:
    """Commas, semicolons, backslashes, line breaks and any letters survive the escaping and the folding of lines."""
    title = "Maps; “keys”, C:\\new\\n — " + "Ցանկացած գիր, 任意の文字, 🗺️🇦🇿 " * 6
    made = built_loosely(tmp_path, {"title": title.strip(), "place": "A, B; C\\D", "summary": "One,\n\ntwo; three."})
    event = events_of(made["calendar.ics"])[title.strip()]
    assert str(event["LOCATION"]) == "A, B; C\\D"
    assert str(event["DESCRIPTION"]) == (
        "June 12, 2021\nOne, two; three.\n“On June 12, 2021 the ministry said that 15 people were freed.” — Ministry"
    )


def test_a_summary_in_markdown_is_plain_text_where_no_markup_can_stand(tmp_path: Path) -> None:
    """In the calendar, in JSON-LD and for search engines, words and their punctuation stay together."""
    made = built_loosely(tmp_path, {"summary": "un*believ*able, **big**.\n\n- then"})
    text, page = "unbelievable, big. then", made["entries/freed.html"]
    assert f"\n{text}\n" in str(events_of(made["calendar.ics"])["Prisoners freed"]["DESCRIPTION"])
    assert f'"description":"{text}"'.encode() in page
    assert Links(page).metas["description"] == text


def test_lines_of_the_calendar_are_folded_at_75_octets(golden: dict[str, bytes], tmp_path: Path) -> None:
    """Every line ends in CRLF, holds at most 75 octets, and is cut between characters (RFC 5545, 3.1)."""
    long = built_loosely(tmp_path / "long", {"title": "Ց🗺 " * 80, "place": "a" * 200})
    for text in (golden["calendar.ics"], long["calendar.ics"]):
        *lines, last = text.split(b"\r\n")
        assert last == b""
        assert max(map(len, lines)) == 75
        assert [line for line in lines if b"\n" in line or b"\r" in line or not line.decode()] == []


def test_every_event_has_what_rfc_5545_demands(golden: dict[str, bytes]) -> None:
    """Calendar and events have the required properties, once, and no two events the same UID."""
    calendar = Calendar.from_ical(golden["calendar.ics"].decode())
    assert (str(calendar["VERSION"]), bool(str(calendar["PRODID"]))) == ("2.0", True)
    found = calendar.walk("VEVENT")
    assert all(not isinstance(event[name], list) for event in found for name in ("UID", "DTSTAMP", "DTSTART"))
    assert len({str(event["UID"]) for event in found}) == len(found) == 9
    assert str(events_of(golden["calendar.ics"])["The bridge is built"]["URL"]) == (
        "https://bridge.example/oldwater/entries/building.html"
    )


def test_two_timelines_in_one_calendar_do_not_meet(tmp_path: Path) -> None:
    """Entries of the same id on two timelines are two events."""
    uids = []
    for number, settings in enumerate((WITH_ADDRESS, 'title = "One"\n', 'title = "Two"\n')):
        made = built(tmp_path / str(number), {"timeline.toml": settings})
        uids.append(str(events_of(made["calendar.ics"])["Prisoners freed"]["UID"]))
    assert len(set(uids)) == 3


# JSON


def test_the_json_is_as_its_schema_says(golden: dict[str, bytes], tmp_path: Path) -> None:
    """timeline.json follows docs/timeline.schema.json, for a project that has everything and for one with little."""
    schema = json.loads(SCHEMA.read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    little = built(tmp_path / "little", {"events.csv": "date,title\n2021,A year\n-0043/..,Long ago\nY12021,Far away\n"})
    for made in (golden, little):
        faults = Draft202012Validator(schema).iter_errors(json.loads(made["timeline.json"]))
        assert [(list(fault.path), fault.message) for fault in faults] == []


def test_a_selector_names_the_very_characters_of_the_source(tmp_path: Path) -> None:
    """`exact` is the text from `start` to `end`, and `prefix` and `suffix` stand right around it."""
    text = "One — “two”\nthree four. Five  six, seven."
    made = built(
        tmp_path,
        {
            "seeds/a.txt": text,
            "events.csv": events({"quote": 'One - "two" three … Five six', "date_note": "As told."}),
        },
    )
    [entry] = json.loads(made["timeline.json"])["entries"]
    [citation] = entry["citations"]
    assert (citation["verified"], citation["paragraphs"], citation["words_left_out"]) == ("elided", [1, 2], 1)
    places = [selector["refinedBy"] for selector in citation["selectors"]]
    assert [text[place["start"] : place["end"]] for place in places] == ["One — “two”\nthree", "Five  six"]
    for selector, place in zip(citation["selectors"], places, strict=True):
        assert selector["exact"] == text[place["start"] : place["end"]]
        assert selector["prefix"] == text[max(0, place["start"] - 32) : place["start"]]
        assert selector["suffix"] == text[place["end"] : place["end"] + 32]


def test_unknown_columns_are_carried_into_the_json(tmp_path: Path) -> None:
    """A cell in a column of the author's own is with its entry, or with the citation that its row adds."""
    table = (
        "id,date,title,source,quote,attribution,Checked by,rank\n"
        "freed,2021-06-12,Freed,a.txt,15 people were freed,Ministry,M. N.,=1\n"
        "freed,,,a.txt,Maps were handed over,Ministry,,2\n"
        "other,2021-06-12,Other,a.txt,Maps were handed over,Ministry,,\n"
    )
    freed, other = json.loads(built(tmp_path, {"events.csv": table})["timeline.json"])["entries"]
    assert (freed["other"], other["other"]) == ({"checked by": "M. N.", "rank": "=1"}, {})
    assert [citation["other"] for citation in freed["citations"]] == [{}, {"rank": "2"}]


def many(*left_out: int) -> str:
    """Return a table of three hundred entries, without some of them."""
    rows = [{"id": f"e-{n}", "date": f"{1900 + n // 4}", "title": f"No. {n}"} for n in range(300)]
    return events(*(row for n, row in enumerate(rows) if n not in left_out))


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Entries are too many for one file as if a hundred were as large as forty thousand."""
    monkeypatch.setattr(json_feed, "WHOLE", 60_000)
    monkeypatch.setattr(json_feed, "PART", 20_000)
    monkeypatch.setattr(json_feed, "EVERY", 16)


@pytest.mark.usefixtures("small_parts")
def test_entries_of_a_large_timeline_stand_in_parts(tmp_path: Path) -> None:
    """timeline.json then says which files hold them; together they are what it held, and all follow the schema."""
    made = built(tmp_path, {"events.csv": many()})
    timeline = json.loads(made["timeline.json"])
    schema = json.loads(SCHEMA.read_text("utf-8"))
    of_a_part = {**schema["$defs"]["file"], "$defs": schema["$defs"]}
    assert list(Draft202012Validator(schema).iter_errors(timeline)) == []
    assert timeline["entries"] == []
    paths = [part["file"] for part in timeline["parts"]]
    assert paths == [path for path in paths if path in made]
    assert sorted(paths) == [path for path in made if path.startswith("data/json/")]
    held = [json.loads(made[path]) for path in paths]
    for part, told in zip(held, timeline["parts"], strict=True):
        assert list(Draft202012Validator(of_a_part).iter_errors(part)) == []
        assert len(made[told["file"]]) < 21_000
        assert told["file"] == f"data/json/{part['entries'][0]['id']}.json"
        assert told["entries"] == len(part["entries"])
        assert (told["first"], told["last"]) == (part["entries"][0]["date"], part["entries"][-1]["date"])
    assert [entry["id"] for part in held for entry in part["entries"]] == [f"e-{n}" for n in range(300)]


@pytest.mark.usefixtures("small_parts")
def test_an_entry_that_goes_changes_its_own_part(tmp_path: Path) -> None:
    """The other parts stay as they are, at the addresses that they had."""
    before = built(tmp_path / "before", {"events.csv": many()})
    after = built(tmp_path / "after", {"events.csv": many(150)})
    paths = {path for path in before if path.startswith("data/json/")}
    assert len(paths) > 5
    assert len({path for path in paths if after.get(path) != before[path]}) <= 2


def test_a_timeline_just_small_enough_is_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However it would be cut, the file is the same as that of a small timeline."""
    plain = built(tmp_path / "plain", {"events.csv": many()})
    monkeypatch.setattr(json_feed, "EVERY", 16)
    assert built(tmp_path / "cut", {"events.csv": many()})["timeline.json"] == plain["timeline.json"]


# CSV


def test_the_table_is_the_one_given_and_what_was_verified(tmp_path: Path) -> None:
    """Columns, rows and their order are the author's; how, where and in which file each quote stands comes after."""
    table = (
        "title,date,My notes,quote,source,attribution,id\n"
        "Maps,2021-06-13,one,Maps were handed over,a.txt,Ministry,\n"
        "Freed,2021-06-12,,the ministry said … 15 people,a.txt,Ministry,freed\n"
        ",,two,On June 12,a.txt,Ministry,freed\n"
        "Nothing,2022,,,,,none\n"
    )
    made = built(tmp_path, {"events.csv": table})
    given = list(csv.DictReader(io.StringIO(table)))
    rows = list(csv.DictReader(io.StringIO(made["events.csv"].decode())))
    assert [{name: row[name.lower()] for name in given[0]} for row in rows] == given
    digest = json.loads(made["timeline.json"])["sources"][0]["sha256"]
    added = ["verified_id", "verified_as", "verified_paragraph", "verified_start", "verified_end", "verified_sha256"]
    assert list(rows[0])[7:] == added
    assert [[row[name] for name in added] for row in rows] == [
        ["2021-06-13-maps", "verbatim", "2", "63", "84", digest],
        ["freed", "elided", "1", "17", "49", digest],
        ["freed", "verbatim", "1", "0", "10", digest],
        ["none", "", "", "", "", ""],
    ]


@pytest.mark.parametrize("lead", ["=", "+", "-", "@"])
def test_no_cell_of_the_table_is_a_formula(tmp_path: Path, lead: str) -> None:
    """What a spreadsheet would run is text in the file that the site offers, header included."""
    formula = f'{lead}HYPERLINK("https://x.example","y")'
    made = built_loosely(tmp_path, {"title": formula, "place": formula, "note": formula, f"{lead}col": "x"})
    cells = [cell for row in csv.reader(io.StringIO(made["events.csv"].decode())) for cell in row]
    assert cells.count(f"'{formula}") == 3
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == []


# The sitemap, and the links in the pages


def test_the_sitemap_lists_every_page_once_by_its_canonical_address(golden: dict[str, bytes]) -> None:
    """What the sitemap lists is what the pages call themselves; the pages for missing addresses are not listed."""
    root = ElementTree.fromstring(golden["sitemap.xml"])  # noqa: S314 - our own output
    listed = [element.text for element in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    pages = {path: Links(content) for path, content in golden.items() if path.endswith(".html")}
    missing, leading = pages.pop("404.html"), pages.pop("entry.html")
    canonical = {path: page.found["canonical"] for path, page in pages.items()}
    assert sorted(listed, key=str) == sorted(canonical.values())
    assert canonical["index.html"] == "https://bridge.example/oldwater/"
    assert canonical["sources/index.html"] == "https://bridge.example/oldwater/sources/"
    assert canonical["entries/ford.html"] == "https://bridge.example/oldwater/entries/ford.html"
    assert all(page.metas["og:url"] == canonical[path] for path, page in pages.items())
    for page in (missing, leading):
        assert page.metas["robots"] == "noindex"
        assert "canonical" not in page.found


def test_an_entry_may_be_called_index(tmp_path: Path) -> None:
    """Only a folder's own page goes by the folder's name, not every page whose name ends in “index”."""
    made = built(tmp_path, {"timeline.toml": WITH_ADDRESS, "events.csv": events({"id": "stock-index"})})
    own = Links(made["entries/stock-index.html"]).found["canonical"]
    assert own == f"{ADDRESS}entries/stock-index.html"
    assert f"<loc>{own}</loc>".encode() in made["sitemap.xml"]


def test_without_an_address_nothing_claims_one(tmp_path: Path) -> None:
    """A site whose address is not known has no sitemap, and no absolute address of itself in any page or feed."""
    made = built(tmp_path)
    assert "sitemap.xml" not in made
    assert "canonical" not in Links(made["index.html"]).found
    [entry] = entries_of(made["atom.xml"])
    assert [link.get("href") for link in entry.findall(f"{ATOM}link")] == ["entries/freed.html"]
    assert json.loads(made["timeline.json"])["address"] is None


def test_every_page_leads_to_the_feed(golden: dict[str, bytes]) -> None:
    """A feed reader finds the feed from any page, at any depth."""
    for path in ("index.html", "about.html", "entries/ford.html", "sources/letter.html"):
        href = Links(golden[path]).found["alternate application/atom+xml"]
        assert href == "../" * path.count("/") + "atom.xml"
