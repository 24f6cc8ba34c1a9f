"""What of the user's own goes into the site beside the pages: templates, assets, and the files of static/."""

from __future__ import annotations

from pathlib import Path

import pytest
from project import File, build, check, site, write

HELP = "  help: mend the template, or take the file away to use the one that Dateline ships\n"
ABOUT = '{% extends "default:about.html" %}\n{% block main %}\n'


@pytest.mark.parametrize(
    ("template", "said"),
    [
        (ABOUT + "{{ nobody }}{% endblock %}", "templates/about.html:3: 'nobody' is undefined\n"),
        (ABOUT + "{{ page.titel }}{% endblock %}", "templates/about.html:3: Page has no attribute 'titel'\n"),
        (ABOUT + "{{ page.title }{% endblock %}", "templates/about.html:3: unexpected '}'\n"),
        (ABOUT + "\n{{ 1 / 0 }}{% endblock %}", "templates/about.html:4: ZeroDivisionError: division by zero\n"),
        (ABOUT + "{{ body|shout }}{% endblock %}", "templates/about.html:3: No filter named 'shout'.\n"),
        ('{% extends "default:nope.html" %}', "templates/about.html:1: there is no template default:nope.html\n"),
        ('\n{% include "mine.html" %}', "templates/mine.html:2: 'nobody' is undefined\n"),
        (ABOUT.encode() + b"\xe9{% endblock %}", "templates/about.html:3: byte 0xE9 is not valid UTF-8\n"),
    ],
)
def test_a_faulty_template_of_the_users(tmp_path: Path, template: File, said: str) -> None:
    """A template with a fault is named with its line and what is wrong; without it, the site is built again."""
    folder = write(tmp_path, {"templates/about.html": template, "templates/mine.html": "\n{{ nobody }}"})
    outcome = build(folder)
    assert (outcome.status, outcome.problems) == (1, said + HELP)
    assert not (folder / "site").exists()
    (folder / "templates/about.html").unlink()
    assert build(folder).status == 0


def test_the_theme_is_replaced_file_by_file(tmp_path: Path) -> None:
    """A template or an asset of the user's takes the place of the one of its name, and no other is touched."""
    plain = site(write(tmp_path / "plain")) if build(write(tmp_path / "plain")).status == 0 else {}
    files: dict[str, File] = {
        "templates/assets/style.css": "p { color: teal }\n",
        "templates/assets/map.png": b"\x89PNG",
        "templates/about.html": ABOUT + "<p>By us.</p>{% endblock %}",
    }
    folder = write(tmp_path / "own", files)
    assert build(folder).status == 0
    own = site(folder)
    assert own["assets/style.css"] == b"p { color: teal }\n"
    assert own["assets/map.png"] == b"\x89PNG"
    assert b"<p>By us.</p>" in own["about.html"]
    changed = {path for path in own if own[path] != plain.get(path)}
    # The page for an address that is not there carries its style in itself.
    assert changed == {"assets/style.css", "assets/map.png", "about.html", "404.html"}


def test_an_asset_that_differs_in_case_or_encoding_breaks_nothing(tmp_path: Path) -> None:
    """Style.css is style.css, as on many disks; and a style that is not UTF-8 is no reason not to build."""
    folder = write(tmp_path, {"templates/assets/Style.css": b"/* \xe9 */"})
    assert build(folder).status == 0
    assert site(folder)["assets/style.css"] == b"/* \xe9 */"


def test_static_files_are_copied_as_they_are(tmp_path: Path) -> None:
    """What stands in static/ stands in the site, byte for byte, in its folders."""
    files = {
        "CNAME": b"mines.example\r\n",
        ".nojekyll": b"",
        "press/kit 1.pdf": bytes(range(256)),
        "sources/x.pdf": b"",
    }
    folder = write(tmp_path, {f"static/{path}": content for path, content in files.items()})
    assert build(folder).problems == ""
    assert files.items() <= site(folder).items()


@pytest.mark.parametrize(
    ("path", "said", "advice"),
    [
        (
            "index.html",
            "would stand in the place of index.html, which is in the site already",
            "rename it, or take it out",
        ),
        (
            "EVENTS.csv",
            "would stand in the place of events.csv, which is in the site already",
            "rename it, or take it out",
        ),
        (
            "entries/Freed.html",
            "would stand in the place of entries/freed.html, which is in the site already",
            "rename it, or take it out",
        ),
        ("entries", "would stand in the place of entries, which is in the site already", "rename it, or take it out"),
        (
            "Sources/x.pdf",
            "would stand in the place of sources, which is in the site already",
            "rename it, or take it out",
        ),
        (
            "assets/map.png",
            "would stand in assets/, which is the theme’s",
            "put it into templates/assets/, or rename it",
        ),
        (".dateline-manifest.json", "has a name that a site cannot have", "rename it, or take it out"),
        ("a\\b.txt", "has a name that a site cannot have", "rename it, or take it out"),
    ],
)
def test_a_static_file_in_the_place_of_another(tmp_path: Path, path: str, said: str, advice: str) -> None:
    """A file of static/ that the site has no place for is named, by `check` as by `build`; renamed, it is copied."""
    folder = write(tmp_path, {f"static/{path}": "mine"})
    problem = f"static/{path}: {said}\n  help: {advice}\n"
    assert check(folder).problems == problem
    assert build(folder).problems == problem
    (folder / "static" / path).rename(folder / "static" / "mine.txt")
    for empty in sorted((folder / "static").glob("*/"), reverse=True):
        empty.rmdir()
    assert build(folder).status == 0
    assert site(folder)["mine.txt"] == b"mine"


def test_links_in_static_are_not_followed(tmp_path: Path) -> None:
    """A link in static/, or static/ itself as a link, is an error: nothing from elsewhere is published unasked."""
    folder = write(tmp_path / "project", {"static/CNAME": "mines.example\n"})
    (tmp_path / "private").mkdir()
    (tmp_path / "private" / "key").write_text("secret")
    (folder / "static" / "key").symlink_to(tmp_path / "private" / "key")
    (folder / "static" / "all").symlink_to(tmp_path / "private")
    assert build(folder).problems == (
        "static/all: is a link, and is not followed\n  help: copy the file itself there\n"
        "static/key: is a link, and is not followed\n  help: copy the file itself there\n"
    )
    whole = write(tmp_path / "whole")
    (whole / "static").symlink_to(tmp_path / "private")
    assert build(whole).problems == (
        "static: is a link, and is not followed\n  help: make it a folder, and copy the files into it\n"
    )
