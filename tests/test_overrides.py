"""What of the user's own goes into the site beside the pages: templates, assets, and the files of static/."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from documents import files
from project import File, Outcome, build, check, site, write

from dateline.templating import shipped

DOCUMENT = Path(__file__).parent.parent / "docs" / "templates.md"
HELP = "  help: mend the template, or take the file away to use the one that Dateline ships\n"
# The blocks of about.html, then those of base.html, which it extends.
BLOCKS = "masthead, main, policy, style_sources, image_sources, more_policy, head, styles, scripts, body, before, after"
ABOUT = '{% extends "default:about.html" %}\n{% block main %}\n'


def told(outcome: Outcome) -> tuple[int, str]:
    """Return how a command ended and the problems that it printed."""
    return outcome.status, outcome.problems


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
    if "mine.html" not in said:
        (folder / "templates/mine.html").unlink()
    assert told(build(folder)) == (1, said + HELP)
    assert not (folder / "site").exists()
    (folder / "templates/about.html").unlink()
    assert build(folder).status == 0


@pytest.mark.parametrize(
    ("own", "said"),
    [
        (
            {"about.html": '{% extends "base.html" %}\n\n{% block man %}<p>By us.</p>{% endblock %}'},
            "templates/about.html:3: there is no block man in base.html\n  help: did you mean main?\n",
        ),
        (
            {"about.html": '{% extends "default:about.html" %}{% block zzz %}<p>By us.</p>{% endblock %}'},
            (
                "templates/about.html:1: there is no block zzz in default:about.html\n"
                f"  help: its blocks are: {BLOCKS}\n"
            ),
        ),
        (
            {"about.html": '{% extends "default:about.html" %}\n\n{% if body %}\n<p>By us.</p>\n{% endif %}\n'},
            (
                "templates/about.html:4: stands in no block of default:about.html, so that no page shows it\n"
                f"  help: put it into a block: {BLOCKS}\n"
            ),
        ),
        (
            {"base.html": '{% extends "base.html" %}'},
            (
                "templates/base.html:1: extends itself\n"
                "  help: write default:base.html to extend the one that Dateline ships\n"
            ),
        ),
        (
            {"about.html": ABOUT + '{% include "parst.html" %}{% endblock %}'},
            "templates/about.html:3: there is no template parst.html\n  help: did you mean parts.html?\n",
        ),
        (
            {"about.html": ABOUT + '\n<img src="{{ page.root }}assets/map%201.png" alt="">{% endblock %}'},
            "templates/about.html:4: there is no asset map 1.png\n  help: put it into templates/assets/\n",
        ),
        (
            {
                "base.html": '{% extends "default:base.html" %}\n{% block head %}\n<link rel="stylesheet"\n'
                'href="{{ page.root }}assets/stile.css">\n{% endblock %}'
            },
            (
                "templates/base.html:4: there is no asset stile.css\n"
                "  help: did you mean style.css? if not, put it into templates/assets/\n"
            ),
        ),
        (
            {"about.html": ABOUT + "{% if not body %}{{ nobody }}{% endif %}{% endblock %}"},
            "templates/about.html:3: 'nobody' is undefined\n" + HELP,
        ),
    ],
)
def test_a_slip_that_would_pass_silently_is_told(tmp_path: Path, own: dict[str, str], said: str) -> None:
    """Words that no page would show, and links that lead nowhere, are errors with a line, for `check` and `build`."""
    folder = write(tmp_path, {f"templates/{name}": text for name, text in own.items()})
    assert told(check(folder)) == (1, said)
    assert told(build(folder)) == (1, said)
    assert not (folder / "site").exists()


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("abuot.html", "did you mean about.html? if not, name it"),
        ("contact.html", "name it"),
        ("more/contact.html", "name it"),
    ],
)
def test_a_template_that_no_page_is_made_from_is_a_warning(tmp_path: Path, name: str, advice: str) -> None:
    """A template whose name is not a page's is told, unless another template that is used names it."""
    folder = write(tmp_path, {f"templates/{name}": "<p>{{ who }}</p>"})
    said = (
        f"templates/{name}: warning: is not the template of any page, and no template names it\n"
        f"  help: {advice} in another template; a page of your own goes into static/\n"
    )
    assert told(check(folder)) == (0, said)
    assert told(build(folder)) == (0, said)
    write(
        folder, {"templates/about.html": f'{ABOUT}{{% set who = "By us." %}}{{% include "./{name}" %}}{{% endblock %}}'}
    )
    assert build(folder).problems == ""
    assert b"<p>By us.</p>" in site(folder)["about.html"]


@pytest.mark.parametrize(
    "own",
    [
        {file.name: file.read_text("utf-8") + "{# Ours. #}\n" for file in sorted(shipped().glob("*.html"))},
        {"about.html": ABOUT + "{{ super() }}{% block more %}{{ self.masthead() }}{% endblock %}{% endblock %}"},
        {"about.html": ABOUT + "{% if nobody is defined %}{{ nobody }}{% endif %}{{ who|default('') }}{% endblock %}"},
        {"about.html": '<!doctype html>{% set who = "us" %}{% block any %}{{ who }}{% endblock %}'},
        {"about.html": '{% extends "default:about.html" %}\n<!-- Ours. -->\n{# Ours. #}\n{% set who = "us" %}'},
        {"about.html": ABOUT + '{% include ["mine.html", "more.html"] ignore missing %}{% endblock %}'},
        {"about.html": ABOUT + '{% include "more" ~ ".html" %}{% endblock %}', "more.html": "<p>By us.</p>"},
        {"about.html": ABOUT + '<!-- <img src="assets/old.png"> -->assets/new.png{% endblock %}'},
        {"about.html": ABOUT + '<a href="https://a.example/assets/x.png"></a>{% endblock %}'},
        {"about.html": ABOUT + '<img src="assets/{{ site.language }}.png"><img src="assets/icon.svg">{% endblock %}'},
        {"entry.html": '{% extends "default:entry.html" %}{% block main %}{{ parts.figures(entry) }}{% endblock %}'},
        {
            "about.html": '{% extends "base.html" %}{% block aside %}<p>By us.</p>{% endblock %}',
            "base.html": (shipped() / "base.html").read_text("utf-8") + "{% block aside %}{% endblock %}",
        },
    ],
)
def test_what_is_right_in_a_template_is_no_slip(tmp_path: Path, own: dict[str, str]) -> None:
    """Nothing is said of what Jinja allows and the site shows, nor of what can be told only when it is rendered."""
    folder = write(tmp_path, {f"templates/{name}": text for name, text in own.items()})
    assert told(build(folder)) == (0, "")


def test_an_asset_that_is_a_link_is_not_published(tmp_path: Path) -> None:
    """An asset of the user's that is a link to another place is refused, by `check` as by `build`."""
    folder = write(tmp_path / "project", {"templates/assets/a.png": b""})
    (tmp_path / "secret").write_bytes(b"secret")
    (folder / "templates/assets/b.png").symlink_to(tmp_path / "secret")
    said = "templates/assets/b.png: is a link, and is not followed\n  help: copy the file there\n"
    assert check(folder).problems == build(folder).problems == said


@pytest.mark.parametrize("name", ["a\\b.png", "C:map.png", "a\nb.png", "more/a\x7f.png"])
def test_an_asset_with_a_name_that_no_site_can_have(tmp_path: Path, name: str) -> None:
    """An asset whose name some disk or address cannot hold is refused, by `check` as by `build`."""
    folder = write(tmp_path, {f"templates/assets/{name}": b""})
    shown = name.replace("\n", "\ufffd").replace("\x7f", "\ufffd")
    said = f"templates/assets/{shown}: has a name that a site cannot have\n  help: rename it\n"
    assert told(check(folder)) == (1, said)
    assert told(build(folder)) == (1, said)


def colours(style: str) -> dict[str, tuple[str, str]]:
    """Return the colours that a style names first, by name: in the light and in the dark."""
    found = re.findall(r"(--[\w-]+): light-dark\((#\w{6}), (#\w{6})\);", style)
    return {name: (light, dark) for name, light, dark in reversed(found)}


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours (WCAG 2.2, "contrast ratio" and "relative luminance")."""

    def luminance(colour: str) -> float:
        parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_the_documented_colours_are_those_of_the_style() -> None:
    """docs/templates.md lists every colour that style.css names, with its two values, and no other."""
    rows = re.findall(r"^\| `(--[\w-]+)` \| `(#\w+)` \| `(#\w+)` \|", DOCUMENT.read_text("utf-8"), re.MULTILINE)
    listed = {name: (light, dark) for name, light, dark in rows}
    assert len(listed) == len(rows)
    assert listed == colours((shipped() / "assets/style.css").read_text("utf-8"))


def test_the_documented_marker_can_be_read_in_light_and_dark() -> None:
    """Ink on the marker of the example stands out by more than 5 to 1 in both modes, as docs/templates.md says."""
    own = colours(files("docs/templates.md")["templates/assets/own.css"])
    assert set(own) == {"--marker", "--marker-lit"}
    ink = colours((shipped() / "assets/style.css").read_text("utf-8"))["--ink"]
    ratios = [contrast(text, ground) for pair in own.values() for text, ground in zip(ink, pair, strict=True)]
    assert min(ratios) > 5


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
    assert changed == {"assets/style.css", "assets/timeline.css", "assets/map.png", "about.html", "404.html"}


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
