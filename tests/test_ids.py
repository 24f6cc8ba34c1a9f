"""Ids, and the rows that add a citation to an entry by its id: each message whole, and that its help helps."""

from __future__ import annotations

from pathlib import Path

import pytest
from project import SECOND, assert_helps, build, events, one, site, write


@pytest.mark.parametrize(
    ("bad", "said", "mended"),
    [
        (
            events({}, SECOND | {"id": "freed"}),
            (
                "events.csv:3: id: 'freed' is already the id of line 2\n"
                "  help: to add a citation to that entry, leave date and title empty; for another entry, write an id "
                "such as freed-2\n"
            ),
            events({}, SECOND | {"id": "freed-2"}),
        ),
        (
            events({}, SECOND | {"id": "freed"}),
            (
                "events.csv:3: id: 'freed' is already the id of line 2\n"
                "  help: to add a citation to that entry, leave date and title empty; for another entry, write an id "
                "such as freed-2\n"
            ),
            events({}, SECOND | {"id": "freed", "date": "", "title": "", "date_note": ""}),
        ),
        (
            events({"id": "Freed"}, SECOND | {"id": "freed"}),
            (
                "events.csv:2: id: 'Freed' differs from freed, the id of line 3, only in capital letters\n"
                "  help: to add a citation to that entry, write freed and leave date and title empty; for another "
                "entry, write freed-2\n"
            ),
            events({"id": "freed-2"}, SECOND | {"id": "freed"}),
        ),
        (
            events({"id": ""}, {"id": "2021-06-12-prisoners-freed-2"}, {"id": ""}),
            (
                "events.csv:4: id: this row and line 2 have the same date and title, and so the same id "
                "'2021-06-12-prisoners-freed'\n"
                "  help: write in this row an id of its own, such as 2021-06-12-prisoners-freed-3\n"
            ),
            events({"id": ""}, {"id": "2021-06-12-prisoners-freed-2"}, {"id": "2021-06-12-prisoners-freed-3"}),
        ),
        (
            events({"id": ""}, {"id": "", "title": "Prisoners freed?"}),
            (
                "events.csv:3: id: made from date and title, it is the same as that of line 2: "
                "'2021-06-12-prisoners-freed'\n"
                "  help: write in this row an id of its own, such as 2021-06-12-prisoners-freed-2\n"
            ),
            events({"id": ""}, {"id": "2021-06-12-prisoners-freed-2", "title": "Prisoners freed?"}),
        ),
        (
            events({"id": "", "title": f"{'freed ' * 12}once"}, {"id": "", "title": f"{'freed ' * 12}twice"}),
            (
                "events.csv:3: id: made from date and title, it is the same as that of line 2: "
                f"'2021-06-12{'-freed' * 8}-f…'\n"
                f"  help: write in this row an id of its own, such as 2021-06-12{'-freed' * 10}-2\n"
            ),
            events({"id": "", "title": f"{'freed ' * 12}once"}, {"id": "other", "title": f"{'freed ' * 12}twice"}),
        ),
        (
            one(id="Été à Şuşa"),
            (
                "events.csv:2: id: 'Été à Şuşa' may hold only lower-case letters, digits and single hyphens\n"
                "  help: write ete-a-susa\n"
            ),
            one(id="ete-a-susa"),
        ),
        (
            one(id="../../etc"),
            (
                "events.csv:2: id: '../../etc' may hold only lower-case letters, digits and single hyphens\n"
                "  help: write etc\n"
            ),
            one(id="etc"),
        ),
        (
            one(id="!"),
            (
                "events.csv:2: id: '!' may hold only lower-case letters, digits and single hyphens\n"
                "  help: write 2021-06-12-prisoners-freed\n"
            ),
            one(id="2021-06-12-prisoners-freed"),
        ),
        (
            one(id="word-" * 60 + "end"),
            f"events.csv:2: id: has 303 letters, and an address has room for 100\n  help: write {'word-' * 18}word\n",
            one(id="word-" * 18 + "word"),
        ),
    ],
    ids=[
        "twice",
        "twice: a citation",
        "case",
        "made twice",
        "signs",
        "long titles",
        "letters",
        "a path",
        "no letter",
        "too long",
    ],
)
def test_a_faulty_id(tmp_path: Path, bad: str, said: str, mended: str) -> None:
    """An id that cannot stand is answered with one that can, and that no other row has."""
    assert_helps(tmp_path, bad, said, mended)


def test_an_id_made_from_a_long_date_and_title_fits_on_a_disk(tmp_path: Path) -> None:
    """An id that nobody wrote is cut to what the name of a file can hold."""
    days = ",".join(f"2021-06-{day:02}" for day in range(1, 30))
    row = {"id": "", "date": f"{{{days}}}", "title": "long " * 60, "date_note": "Known."}
    folder = write(tmp_path, {"events.csv": events(row)})
    assert build(folder).status == 0
    assert [len(path) <= 113 for path in site(folder) if path.startswith("entries/")] == [True]


MORE = {"id": "freed", "date": "", "title": "", "quote": "Maps were handed over on the same day."}


@pytest.mark.parametrize(
    ("bad", "said", "mended"),
    [
        (
            events({}, MORE | {"id": "fred"}),
            (
                "events.csv:3: id: there is no entry 'fred'\n"
                "  help: did you mean freed? if not, write the date and title of a new entry, or the id of one that is "
                "there\n"
            ),
            events({}, MORE),
        ),
        (
            events({}, MORE | {"id": "else"}),
            (
                "events.csv:3: id: there is no entry 'else'\n"
                "  help: write the date and title of a new entry, or the id of one that is there\n"
            ),
            events({}, MORE | {"id": "else", "date": "2021-06-12", "title": "Maps", "date_note": "Same day."}),
        ),
        (
            events({}, MORE | {"id": ""}),
            (
                "events.csv:3: id: the row has neither an id nor a date and title\n"
                "  help: write date and title, or, to add a citation to an entry, the id of that entry\n"
            ),
            events({}, MORE),
        ),
        (
            events({}, MORE | {"summary": "Maps too."}),
            (
                "events.csv:3: summary: belongs to the entry itself; this row only adds a citation to freed\n"
                "  help: move it to line 2, or give this row its own date and title\n"
            ),
            events({"summary": "Maps too."}, MORE),
        ),
        (
            events({}, {"id": "freed", "date": "", "title": "", "source": "", "quote": "", "attribution": ""}),
            (
                "events.csv:3: warning: source: the row adds nothing to its entry\n"
                "  help: name a source and quote it, or take the row out\n"
            ),
            events({}),
        ),
        (
            one(title=""),
            (
                "events.csv:2: title: is empty\n"
                "  help: write a headline in your own words; to add a citation to another row's entry, leave the date "
                "empty as well\n"
            ),
            one(title="Freed"),
        ),
    ],
    ids=["misspelt", "unknown", "no id", "a summary", "nothing", "a title missing"],
)
def test_a_row_that_adds_a_citation_to_no_entry(tmp_path: Path, bad: str, said: str, mended: str) -> None:
    """A row that is neither an entry nor a citation of one is told both ways out."""
    assert_helps(tmp_path, bad, said, mended)
