"""Faults of timeline.toml: each message whole, with its line, and that its help helps."""

from __future__ import annotations

from pathlib import Path

import pytest
from project import build, check, one, site, write

from dateline.config import COLORS, SHAPES, automatic_categories, read_config

TITLE = 'title = "Mines"\n'
WRITE_TOML = '  help: write a setting as name = "text", and a heading as [categories.name]\n'


@pytest.mark.parametrize(
    ("bad", "said", "mended"),
    [
        (
            TITLE + "standfirst = Of mines\n",
            "2: is not valid TOML\n  line: standfirst = Of mines\n" + WRITE_TOML,
            TITLE + 'standfirst = "Of mines"\n',
        ),
        (
            "title = “Mines”\n",
            "1: is not valid TOML\n  line: title = “Mines”\n" + WRITE_TOML,
            TITLE,
        ),
        (
            TITLE + "[categories.talks\n",
            "2: is not valid TOML\n  line: [categories.talks\n" + WRITE_TOML,
            TITLE + "[categories.talks]\n",
        ),
        (
            TITLE + "\nlanguage =",
            "3: is not valid TOML\n  line: language =\n" + WRITE_TOML,
            TITLE + 'language = "en"',
        ),
        (
            TITLE + TITLE,
            '2: sets what is set above already\n  line: title = "Mines"\n  help: keep one of the two\n',
            TITLE,
        ),
        (
            TITLE + 'description = "a\0b"\n',
            "2: holds a control character (U+0000)\n  help: type this line anew\n",
            TITLE + 'description = "ab"\n',
        ),
        (
            'title = "a\\u001b[31m"\n',
            "1: title: holds a control character (U+001B)\n  help: type this setting anew\n",
            TITLE,
        ),
        ("title = 2021\n", '1: title: must be text, not 2021\n  help: write title = "2021"\n', 'title = "2021"\n'),
        (
            "title = 2021-06-12\n",
            '1: title: must be text, not 2021-06-12\n  help: write title = "2021-06-12"\n',
            'title = "2021-06-12"\n',
        ),
        ('title = ["Mines"]\n', '1: title: must be text, not a list\n  help: write title = "…"\n', TITLE),
        (
            TITLE + '[series.killed]\ncumulative = "yes"\n',
            (
                "3: series.killed.cumulative: must be true or false, not 'yes'\n"
                "  help: write cumulative = true or cumulative = false\n"
            ),
            TITLE + "[series.killed]\ncumulative = false\n",
        ),
        (
            TITLE + 'categories = "talks"\n',
            (
                "2: categories: each needs a heading of its own\n"
                "  help: write [categories.name] on a line of its own, and its settings on the lines below\n"
            ),
            TITLE + "[categories.name]\n",
        ),
        (
            TITLE + '[categories]\n"long talks" = "Talks"\n',
            (
                "2: categories: each needs a heading of its own\n"
                '  help: write [categories."long talks"] on a line of its own, and its settings on the lines below\n'
            ),
            TITLE + '[categories."long talks"]\nlabel = "Talks"\n',
        ),
        (
            'titel = "Mines"\n',
            "1: warning: titel: is not a setting, and is not used\n  help: did you mean title?\n",
            TITLE,
        ),
        (
            TITLE + '[categories.talks]\ncolour = "red"\n',
            "3: warning: categories.talks.colour: is not a setting, and is not used\n  help: did you mean color?\n",
            TITLE + '[categories.talks]\ncolor = "red"\n',
        ),
        (
            TITLE + '[families.people]\nicon = "x"\n',
            (
                "3: warning: families.people.icon: is not a setting, and is not used\n"
                "  help: the settings here are: label, unit\n"
            ),
            TITLE + '[families.people]\nunit = "x"\n',
        ),
        (
            TITLE + '[categories.talks]\nshape = "dimond"\n',
            (
                "3: categories.talks.shape: 'dimond' is not one of the shapes that there are\n"
                "  help: did you mean diamond? write one of: "
                "circle, square, diamond, triangle, triangle-down, bar, cross, star\n"
            ),
            TITLE + '[categories.talks]\nshape = "diamond"\n',
        ),
        (
            TITLE + '[categories.talks]\ncolor = "purple"\n',
            (
                "3: categories.talks.color: 'purple' is not one of the colors that there are\n"
                "  help: write one of: blue, red, violet, green, ochre, teal, pink, slate\n"
            ),
            TITLE + '[categories.talks]\ncolor = "violet"\n',
        ),
        (
            TITLE + 'language = "Armenian"\n',
            (
                "2: language: 'Armenian' is not the code of a language\n"
                '  help: write a code such as "en", "hy", "az" or "pt-BR"\n'
            ),
            TITLE + 'language = "hy"\n',
        ),
        (
            TITLE + 'address = "mines.example"\n',
            (
                "2: address: 'mines.example' is not the address of a site\n"
                "  help: write it whole, such as https://name.example/folder/\n"
            ),
            TITLE + 'address = "https://mines.example"\n',
        ),
        (
            TITLE + 'address = "https://mines.example:port/"\n',
            (
                "2: address: 'https://mines.example:port/' is not the address of a site\n"
                "  help: write it whole, such as https://name.example/folder/\n"
            ),
            TITLE + 'address = "https://mines.example:8080/"\n',
        ),
        (
            TITLE + 'address = "https://[/"\n',
            (
                "2: address: 'https://[/' is not the address of a site\n"
                "  help: write it whole, such as https://name.example/folder/\n"
            ),
            TITLE + 'address = "https://[::1]/"\n',
        ),
        (
            TITLE + '[families.victims]\n[series.killed]\nfamily = "victim"\n',
            "4: series.killed.family: there is no family 'victim'\n  help: did you mean victims?\n",
            TITLE + '[families.victims]\n[series.killed]\nfamily = "victims"\n',
        ),
        (
            TITLE + '[series.killed]\nfamily = "all victims"\n',
            (
                "3: series.killed.family: there is no family 'all victims'\n"
                '  help: write, on a line of its own: [families."all victims"]\n'
            ),
            TITLE + '[series.killed]\nfamily = "all victims"\n[families."all victims"]\n',
        ),
        (
            TITLE + '[series.killed]\nsince = "10/11/2020"\n',
            (
                "3: series.killed.since: '10/11/2020' could be 10 November 2020 or 11 October 2020\n"
                "  help: write 2020-11-10 or 2020-10-11\n"
            ),
            TITLE + '[series.killed]\nsince = "2020-11-10"\n',
        ),
    ],
)
def test_a_faulty_setting(tmp_path: Path, bad: str, said: str, mended: str) -> None:
    """Each fault is one message with the line it stands on, and writing what it says ends it."""
    assert check(write(tmp_path / "bad", {"timeline.toml": bad})).problems == f"timeline.toml:{said}"
    assert check(write(tmp_path / "mended", {"timeline.toml": mended})).problems == ""


def test_a_timeline_without_settings(tmp_path: Path) -> None:
    """Without timeline.toml there is a warning that gives its first line, and a site."""
    folder = write(tmp_path, without=("timeline.toml",))
    outcome = build(folder)
    assert outcome.problems == (
        "timeline.toml: warning: is not there; the timeline has no title of its own\n"
        '  help: make timeline.toml with the line: title = "The name of your timeline"\n'
    )
    line = outcome.problems.rpartition("with the line: ")[2]
    assert build(write(folder, {"timeline.toml": line})).problems == ""
    assert b"<title>The name of your timeline</title>" in site(folder)["index.html"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            b'title = "Mines"\nlanguage = "\xe9"\n',
            "timeline.toml:2: byte 0xE9 is not valid UTF-8\n  help: save the file as UTF-8\n",
        ),
        (b'\xef\xbb\xbftitle = "Mines"\r\nlanguage = "en"\r\n', ""),
    ],
    ids=["Latin-1", "a mark and line ends of Windows"],
)
def test_how_the_file_is_saved(tmp_path: Path, content: bytes, said: str) -> None:
    """UTF-8 as any editor saves it is read; anything else is a message with the line."""
    assert check(write(tmp_path, {"timeline.toml": content})).problems == said


@pytest.mark.parametrize("language", ["hy", "az", "pt-BR", "pt_BR", "sr-Latn-RS", "zxx"])
def test_a_site_in_any_language(tmp_path: Path, language: str) -> None:
    """Every code of a language makes a site that names it, be it one for which no words are known."""
    folder = write(tmp_path, {"timeline.toml": f'{TITLE}language = "{language}"\n'})
    problems = build(folder).problems
    assert "timeline.toml:2: warning: language: Dateline has no words in " in problems or problems == ""
    assert len(problems.splitlines()) in (0, 2)
    assert f'<html lang="{language.replace("_", "-")}"'.encode() in site(folder)["index.html"]


@pytest.mark.parametrize(
    ("cells", "said", "settings"),
    [
        (
            {"category": "peace talks"},
            "category: 'peace talks' is not a category of timeline.toml",
            "[categories.else]\n",
        ),
        ({"figures": "people freed=15"}, "figures: 'people freed' is not a series of timeline.toml", ""),
    ],
)
def test_the_heading_that_a_message_gives_can_be_typed(
    tmp_path: Path, cells: dict[str, str], said: str, settings: str
) -> None:
    """A name with a space in it is proposed as TOML has it, and the proposed line ends the problem."""
    files = {"timeline.toml": TITLE + settings, "events.csv": one(**cells)}
    problems = check(write(tmp_path, files)).problems
    group, name = ("categories", "peace talks") if "category" in cells else ("series", "people freed")
    line = f'[{group}."{name}"]'
    assert problems == f"events.csv:2: {said}\n  help: write in timeline.toml, on a line of its own: {line}\n"
    assert check(write(tmp_path, {**files, "timeline.toml": f"{TITLE}{settings}{line}\n"})).problems == ""


@pytest.mark.parametrize(
    ("settings", "lanes"),
    [
        ("[categories.a]\n[categories.b]\n", [("circle", "blue"), ("square", "red")]),
        (
            '[categories.a]\n[categories.b]\nshape = "diamond"\ncolor = "blue"\n[categories.c]\n[categories.d]\n',
            [("circle", "red"), ("diamond", "blue"), ("square", "violet"), ("triangle", "green")],
        ),
        (
            '[categories.a]\n[categories.b]\nshape = "circle"\n[categories.c]\ncolor = "red"\n',
            [("square", "blue"), ("circle", "violet"), ("diamond", "red")],
        ),
    ],
    ids=["none chosen", "one chosen", "half chosen"],
)
def test_what_a_category_leaves_open_is_what_none_has_chosen(
    tmp_path: Path, settings: str, lanes: list[tuple[str, str]]
) -> None:
    """Shapes and colours that are not written are those that no category names, wherever it stands, in their order."""
    config, problems = read_config(write(tmp_path, {"timeline.toml": TITLE + settings}))
    assert [(lane.shape, lane.color) for lane in config.categories.values()] == lanes
    assert problems == []


def test_shapes_and_colours_come_again_only_once_all_are_used() -> None:
    """The first categories have one each of their own; further ones begin from the first again."""
    lanes = [(lane.shape, lane.color) for lane in automatic_categories(map(str, range(9))).values()]
    assert lanes == [*zip(SHAPES, COLORS, strict=True), (SHAPES[0], COLORS[0])]
