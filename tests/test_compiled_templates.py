"""Promises of `dateline.compiled_templates`."""

from __future__ import annotations

import resource
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from dateline.compiled_templates import kept_templates
from dateline.templating import BrokenTemplateError, Theme, roots_of
from dateline.words import words_for


@pytest.fixture
def caches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of the user's caches, in which nothing is kept yet."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    return tmp_path / "caches" / "dateline" / "templates"


def rendered(project: Path, template: str = "", language: str = "en") -> str:
    """Return what a template of the user's says, after it was written if it is given here."""
    (project / "templates").mkdir(parents=True, exist_ok=True)
    if template:
        (project / "templates" / "own.html").write_text(template, "utf-8")
    return Theme(project, words_for(language, roots_of(project))).render("own.html", {"name": "Ada"})


def test_what_is_kept_is_used_while_it_is_what_would_be_compiled(tmp_path: Path, caches: Path) -> None:
    """A template is kept; once it, or the language, is another, it is compiled anew."""
    project = tmp_path / "project"
    said = [rendered(project, "{{ name }}: {{ _('Proof') }}"), rendered(project)]
    assert said == ["Ada: Proof", "Ada: Proof"]
    kept = {file.name: file.read_bytes() for file in caches.iterdir()}
    assert len(kept) == 1
    assert rendered(project, "{{ _('Proof') }} {{ name }}") == "Proof Ada"
    assert (
        rendered(project, language="de") == f"{words_for('de', roots_of(project)).gettext('Proof')} Ada" != "Proof Ada"
    )
    assert rendered(project) == "Proof Ada"
    assert {file.name: file.read_bytes() for file in caches.iterdir()}.keys() > kept.keys()


@pytest.mark.parametrize("damage", [b"", b"nonsense", None])
def test_what_is_damaged_is_compiled_again(tmp_path: Path, caches: Path, damage: bytes | None) -> None:
    """A file that is empty, something else, or not what was written is not run, and takes its right content again."""
    project = tmp_path / "project"
    rendered(project, "{{ name }}")
    (file,) = caches.iterdir()
    whole = file.read_bytes()
    file.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]) if damage is None else damage)
    assert rendered(project) == "Ada"
    assert file.read_bytes() == whole


def test_nothing_is_kept_where_others_could_write(tmp_path: Path, caches: Path) -> None:
    """A folder in which others may write, or a link to another one, is not trusted; the site is made without."""
    caches.mkdir(parents=True)
    caches.chmod(0o777)
    assert kept_templates("en", roots_of(tmp_path)) is None
    assert rendered(tmp_path / "project", "{{ name }}") == "Ada"
    caches.rmdir()
    (tmp_path / "elsewhere").mkdir()
    caches.symlink_to(tmp_path / "elsewhere")
    assert kept_templates("en", roots_of(tmp_path)) is None
    assert not list((tmp_path / "elsewhere").iterdir())


def test_what_cannot_be_written_leaves_nothing_behind(tmp_path: Path, caches: Path) -> None:
    """Where the disk takes no more, the site is made without what would be kept, and no half file stays."""
    unlimited = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (64, unlimited[1]))
    try:
        assert rendered(tmp_path, "{{ name }}") == "Ada"
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, unlimited)
    assert list(caches.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_done_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a file stands in the folder's place, templates are compiled each time."""
    (tmp_path / "caches").write_text("a file", "utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    assert rendered(tmp_path / "project", "{{ name }}") == "Ada"


def test_a_full_disk_is_left_as_it_is(tmp_path: Path, caches: Path) -> None:
    """Where a template cannot be kept whole, nothing of it stays, and it is compiled each time."""
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "own.html").write_text("{{ name }}", "utf-8")
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, before[1]))
    try:
        assert rendered(tmp_path) == "Ada"
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert list(caches.iterdir()) == []
    assert rendered(tmp_path) == "Ada"
    assert len(list(caches.iterdir())) == 1


class Page(NamedTuple):
    """What a page is made of."""

    name: str


def put_together(project: Path, template: str, name: str = "Ada") -> str:
    """Return what a template of the user's says of a page, where it is worth putting together."""
    (project / "templates").mkdir(parents=True, exist_ok=True)
    (project / "templates" / "own.html").write_text(template, "utf-8")
    (project / "templates" / "part.html").write_text("{% macro of(name) %}<b>{{ name }}</b>{% endmacro %}", "utf-8")
    theme = Theme(project, words_for("en", roots_of(project)))
    return theme.renderer("own.html", 1, {})(Page(name)).decode()


def test_a_template_put_together_is_kept_while_all_that_it_is_made_of_is_the_same(
    tmp_path: Path, caches: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was put together is used without looking at it again; once any part of it is another, it is made anew."""
    template = '{% import "part.html" as part %}{{ part.of(name) }}'
    assert put_together(tmp_path, template) == "<b>Ada</b>"
    assert caches.is_dir()
    with monkeypatch.context() as without:
        tried: list[Any] = []
        without.setattr("dateline.flat_templates.flat_template", lambda *asked: tried.append(asked))
        assert put_together(tmp_path, template, "<Bo>") == "<b>&lt;Bo&gt;</b>"
        assert not tried
    assert put_together(tmp_path, template + "!") == "<b>Ada</b>!"
    part = tmp_path / "templates" / "part.html"
    theme = Theme(tmp_path, words_for("en", roots_of(tmp_path)))
    part.write_text("{% macro of(name) %}<i>{{ name }}</i>{% endmacro %}", "utf-8")
    assert theme.renderer("own.html", 1, {})(Page("Ada")).decode() == "<i>Ada</i>!"
    part.unlink()
    with pytest.raises(BrokenTemplateError):
        Theme(tmp_path, words_for("en", roots_of(tmp_path))).renderer("own.html", 1, {})(Page("Ada"))


@pytest.mark.usefixtures("caches")
def test_a_template_that_is_not_understood_is_looked_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """That a template is left to Jinja is known to the next build, until the template is another."""
    assert put_together(tmp_path, "{% set known = name %}{{ known }}") == "Ada"
    tried: list[Any] = []
    monkeypatch.setattr("dateline.flat_templates.flat_template", lambda *asked: tried.append(asked))
    assert put_together(tmp_path, "{% set known = name %}{{ known }}") == "Ada"
    assert not tried
    assert put_together(tmp_path, "{% set known = name %}{{ known }}!") == "Ada!"
    assert tried


def test_what_is_damaged_is_put_together_again(tmp_path: Path, caches: Path) -> None:
    """A file of code that is not whole is not run."""
    assert put_together(tmp_path, "{{ name }}") == "Ada"
    (file,) = caches.iterdir()
    whole = file.read_bytes()
    file.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    assert put_together(tmp_path, "{{ name }}") == "Ada"
    assert file.read_bytes() == whole
