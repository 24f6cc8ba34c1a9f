"""Promises of `dateline.flat_templates`: faster, and the same."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from dateline.flat_pages import page_maker
from dateline.flat_templates import flat_template
from dateline.templating import Theme, environment_of
from dateline.words import Words, words_for


class Item(NamedTuple):
    """A record as templates are given it."""

    name: str
    parts: tuple[str, ...] = ()
    html: Markup = Markup("")


class Title(NamedTuple):
    """What all pages share."""

    title: str


class Own(NamedTuple):
    """What each page has."""

    root: str
    title: str


class Page(NamedTuple):
    """What a page is made of."""

    site: Title
    page: Own
    item: Item
    items: list[Item]


WORDS = Words("en", "ltr", lambda message: message, lambda one, many, n: one if n == 1 else many)
BASE = """<title>{% block title %}{{ site.title }}{% endblock %}</title>
{% block body %}<main>{% block main %}empty{% endblock %}</main>{% endblock %}
"""
PARTS = """{% macro one(item, root) %}<i>{{ item.name }}</i>{{ all(item, root) }}{% endmacro %}
{% macro all(item, root) %}
{% for part in item.parts %}{% if not loop.first %}, {% endif %}<b>{{ root }}{{ part }}</b>{% endfor %}
{% endmacro %}
{% macro outside(item) %}{{ site.title }}{% endmacro %}
{% macro turned(parts) %}{% for item in parts %}{{ item }}{% endfor %}{% endmacro %}
"""
INNER = """{% import "parts.html" as parts %}
{% macro both(item, root) %}{{ parts.one(item, root) }}{{ own(item) }}{{ parts.all(item, root) }}{% endmacro %}
{% macro own(item) %}{{ item.html }}{% endmacro %}
"""
HEAD = '{% extends "base.html" %}{% import "parts.html" as parts %}{% import "inner.html" as inner %}'
HEAD += "{% macro words(item) %}{{ item.name }}{{ parts.all(item, '') }}{% endmacro %}"
# What a page may do, each beside the others.
MAIN = (
    "{{ parts.one(item, page.root) }}",
    "{% for item in items %}{{ parts.one(item, page.root) }}{% else %}none{% endfor %}",
    "{% for item in items %}{{ loop.index }}{{ parts.all(item, root=page.root) }}{% endfor %}",
    "{{ parts.turned(item.parts) }}{{ item.name }}",
    "{{ parts.all(item, page.root)|trim }}",
    "{{ inner.both(item, page.root) }}{{ inner.both(item=item, root='/') }}",
    "{% for part in item.parts %}{{ loop.first }}{% for item in items %}{{ loop.last }}{% endfor %}{% endfor %}",
    "{% for part in item.parts %}{% for item in items if item.name %}{{ loop.first }}{% endfor %}{% endfor %}",
    "{% for item in items if item.name %}{{ item.name }}{% endfor %}",
    "{% for item in items %}{{ loop.first }}{{ item.name }}{% else %}{{ page.title }}{% endfor %}",
    "{% for part, own in (('a', item.name), (item.name, page.title)) if own %}{{ part }}: {{ own }}{% endfor %}",
    "{% for item in (item, items) %}{% if item is string %}{{ item }}{% endif %}{% endfor %}",
    "{{ words(item) }}{% for title in item.parts %}{{ words(item) }}{% endfor %}",
    "{{ item.html }}{{ site.title }}{{ page.title }}",
    "{% if site.title %}{{ site.title }}{% elif item %}x{% else %}y{% endif %}",
    "{% if page.root %}{{ item.name }}{% endif %}",
    "{% filter upper %}{{ item.name }}{{ parts.one(item, '') }}{% endfilter %}",
    "{% trans title=site.title %}On “{{ title }}”{% endtrans %}",
    "{% trans title=page.title, n=item.name %}On “{{ title }}” by {{ n }}, 100 %{% endtrans %}",
    "{% trans n=items|length %}{{ n }} item{% pluralize %}{{ n }} items{% endtrans %}",
    "{% for x in items %}{% trans n=loop.index %}{{ n }} item{% pluralize %}{{ n }} items{% endtrans %}{% endfor %}",
    "{% for site in items %}{{ site.name }}{% endfor %}",
    "{{ 'yes' if item.nothing is defined else 'no' }}",
    "{{ super() }}",
    "{% with other = item %}{{ other.name }}{% endwith %}",
)
TEXTS = st.text(alphabet="ab&<>\"'%\0é ", max_size=4)
ITEMS = st.builds(Item, TEXTS, st.tuples(TEXTS, TEXTS) | st.tuples(), TEXTS.map(Markup))


def environment(page: str) -> jinja2.Environment:
    """Return the templates of a small site whose page has this body."""
    loader = jinja2.DictLoader({"base.html": BASE, "parts.html": PARTS, "inner.html": INNER, "page.html": page})
    return environment_of(loader, WORDS)


@given(st.lists(st.sampled_from(MAIN), min_size=1, max_size=4), ITEMS, st.lists(ITEMS, max_size=2), TEXTS, TEXTS)
def test_a_page_is_the_same_however_it_is_rendered(
    body: list[str], item: Item, items: list[Item], title: str, own: str
) -> None:
    """Whatever a template does with blocks, macros, loops and values: put together first, it says the same."""
    plain = environment(f"{HEAD}{{% block main %}}{''.join(body)}{{% endblock %}}")
    context = Page(Title(title), Own("../", own), item, items)
    expected = plain.get_template("page.html").render(context._asdict())
    flat = flat_template(plain, "page.html", {"site": ["title"], "page": ["root"]}, Page)
    assert flat.code
    make = page_maker(flat.code, {"site": {"title": title}, "page": {"root": "../"}}, WORDS, lambda: plain)
    try:
        said = make(context).decode()
    except AttributeError:
        assert any("nothing" in part for part in body)
    else:
        assert said == expected


@pytest.mark.parametrize(
    "page",
    [
        "{% set title = 1 %}{{ title }}",
        '{% include "parts.html" %}',
        '{% from "parts.html" import one %}{{ one(item, "") }}',
        '{% import "parts.html" as parts with context %}{{ parts.outside(item) }}',
        "{% extends name %}",
        '{% extends "base.html" %}{% block main %}{{ self.title() }}{% endblock %}',
        '{% extends "base.html" %}{% block main %}{{ super()|upper }}{% endblock %}',
        "{% for item in items %}{% block inner %}{% endblock %}{% endfor %}",
    ],
)
def test_what_is_not_understood_is_left_to_jinja(page: str) -> None:
    """A template that does more than blocks, macros, loops and conditions is not put together."""
    assert flat_template(environment(page), "page.html", {}, Page).code is None


@pytest.mark.parametrize(
    ("main", "said"),
    [
        ("{{ item.nothing }}", "templates/page.html:1: 'Item' has no attribute 'nothing'"),
        ("{% include 'gone.html' %}", "templates/page.html:1: there is no template gone.html"),
    ],
)
def test_a_fault_is_told_as_jinja_tells_it(tmp_path: Path, main: str, said: str) -> None:
    """A page that cannot be rendered is told of by file and line of the template as its author wrote it."""
    from dateline.problems import as_text
    from dateline.templating import BrokenTemplateError

    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text(main, "utf-8")
    theme = Theme(tmp_path, words_for("en"))
    with pytest.raises(BrokenTemplateError) as slow:
        theme.render("page.html", {"item": Item("a")})
    with pytest.raises(BrokenTemplateError) as fast:
        theme.renderer("page.html", 10_000, {})(Page(Title(""), Own("", ""), Item("a"), []))
    assert as_text(fast.value.problem) == as_text(slow.value.problem)
    assert as_text(fast.value.problem).partition("\n")[0].startswith(said.partition(": ")[0])
