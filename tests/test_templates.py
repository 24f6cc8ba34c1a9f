"""The theme and what it is given: the documented fields of the views against those that the templates use."""

from __future__ import annotations

import re
import typing
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from jinja2 import Environment, nodes
from project import build, site, write

from dateline import drawing_views, figure_views, filter_views, page_views, views
from dateline.templating import shipped

# What each template is rendered with.
CONTEXTS: Mapping[str, type] = {
    "404.html": page_views.MissingPage,
    "about.html": page_views.AboutPage,
    "colophon.html": page_views.Colophon,
    "entry.html": page_views.EntryPage,
    "figures.html": page_views.FiguresPage,
    "figures-part.html": page_views.FiguresPartPage,
    "period.html": page_views.PeriodPage,
    "permanent.html": page_views.PermanentPage,
    "index.html": page_views.IndexPage,
    "proof-part.html": page_views.ProofPartPage,
    "proof.html": page_views.ProofPage,
    "source.html": page_views.SourcePage,
    "sources.html": page_views.SourcesPage,
    "tabs.html": page_views.Tabs,
}
# What others are made of: extended or imported by those above.
PARTS = {"base.html", "explore.html", "find.html", "numbers.html", "parts.html", "proofs.html", "timeline.html"}
# Fields that no template of ours shows, and who reads them.
READ_ELSEWHERE = {
    "CitationView.published_on": "the date of a source in JSON-LD",
    "EntryView.year": "what the entries of the timeline are grouped by",
    "Page.path": "where the page is written",
}

FUNCTIONS = {"_", "gettext", "ngettext", "loop", "super"}
Scope = Mapping[str, Any]


def is_record(kind: object) -> bool:
    """Say whether a type is one whose fields are documented: a named tuple."""
    return isinstance(kind, type) and hasattr(kind, "_fields")


def plain(kind: Any) -> Any:  # noqa: ANN401 - any type at all
    """Return a type without its `| None`."""
    if get_origin(kind) in (UnionType, typing.Union):
        [kind] = [part for part in get_args(kind) if part is not NoneType]
    return kind


def element(kind: Any) -> Any:  # noqa: ANN401 - any type at all
    """Return the type of what a loop over a value of this type yields."""
    return get_args(kind)[0] if get_origin(kind) in (tuple, Sequence) else object


class Reader:
    """Follows every value through the templates, from the context of a page to the fields that it ends in.

    `used` are the fields, as "Class.field"; `unknown` the names and fields that nothing documents.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
        self.environment.install_gettext_callables(str, str, newstyle=True)  # type: ignore[attr-defined]
        self.used: set[str] = set()
        self.unknown: set[str] = set()
        self.where = ""

    def read(self, template: str, scope: Scope) -> None:
        """Follow the values of one template, and of those that it extends."""
        tree = self.parse(template)
        self.body(tree.body, {**scope, **self.macros(template), **self.imported(template)}, template)
        for parent in tree.find_all(nodes.Extends):
            self.read(parent.template.as_const(), scope)

    def parse(self, template: str) -> nodes.Template:
        """Return the syntax tree of a template."""
        return self.environment.parse((self.folder / template).read_text("utf-8"))

    def macros(self, template: str) -> dict[str, Any]:
        """Return the macros of a template by name, each with the name of the template."""
        return {macro.name: (template, macro) for macro in self.parse(template).find_all(nodes.Macro)}

    def imported(self, template: str) -> dict[str, Any]:
        """Return the macros that a template imports, by the name that it has for where they come from."""
        return {
            node.target: self.macros(node.template.as_const()) for node in self.parse(template).find_all(nodes.Import)
        }

    def body(self, body: Iterable[nodes.Node], scope: Scope, template: str) -> None:
        """Follow the values of some statements in turn."""
        outside, self.where = self.where, template
        for node in body:
            self.kind(node, scope)
        self.where = outside

    def kind(self, node: nodes.Node, scope: Scope) -> Any:  # noqa: ANN401 - any type at all
        """Follow a statement or an expression, and return the type of its value."""
        follow = getattr(self, f"_{type(node).__name__.lower()}", None)
        if follow is not None:
            return follow(node, scope)
        for child in node.iter_child_nodes():
            self.kind(child, scope)
        return object

    def _macro(self, node: nodes.Macro, scope: Scope) -> None:
        """Leave a macro until it is called: only then is it known what it is given."""

    def _name(self, node: nodes.Name, scope: Scope) -> Any:  # noqa: ANN401
        if node.name not in scope and node.name not in FUNCTIONS:
            self.unknown.add(f"{self.where}: {node.name}")
        return plain(scope.get(node.name, object))

    def _getattr(self, node: nodes.Getattr, scope: Scope) -> Any:  # noqa: ANN401
        owner = self.kind(node.node, scope)
        if isinstance(owner, dict):
            return owner[node.attr]
        if is_record(owner):
            fields = get_type_hints(owner)
            if node.attr in fields:
                self.used.add(f"{owner.__name__}.{node.attr}")
                return plain(fields[node.attr])
        if owner is object and isinstance(node.node, nodes.Name) and node.node.name == "loop":
            return object
        self.unknown.add(f"{self.where}: {getattr(owner, '__name__', owner)}.{node.attr}")
        return object

    def _tuple(self, node: nodes.Tuple, scope: Scope) -> Any:  # noqa: ANN401
        return tuple[tuple(self.kind(item, scope) for item in node.items)]  # type: ignore[misc]

    def _condexpr(self, node: nodes.CondExpr, scope: Scope) -> Any:  # noqa: ANN401
        kinds = [self.kind(child, scope) for child in (node.test, node.expr1, node.expr2) if child]
        return kinds[1]

    def _for(self, node: nodes.For, scope: Scope) -> None:
        kind = element(self.kind(node.iter, scope))
        if isinstance(node.target, nodes.Tuple):
            inner = {target.name: one for target, one in zip(node.target.items, get_args(kind), strict=True)}  # type: ignore[attr-defined]
        else:
            inner = {node.target.name: kind}  # type: ignore[attr-defined]
        for child in (*([node.test] if node.test else []), *node.body):
            self.kind(child, {**scope, **inner})
        for child in node.else_:
            self.kind(child, scope)

    def _call(self, node: nodes.Call, scope: Scope) -> Any:  # noqa: ANN401
        called = self.kind(node.node, scope)
        given = [self.kind(argument, scope) for argument in node.args if not isinstance(argument, nodes.Name)]
        named = {keyword.key: self.kind(keyword.value, scope) for keyword in node.kwargs}
        if isinstance(called, tuple):
            template, macro = called
            given = [self.kind(argument, scope) for argument in node.args]
            arguments = dict(zip((argument.name for argument in macro.args), given, strict=True))
            known = {**self.macros(template), **self.imported(template)}
            self.body(macro.body, {**known, **arguments, **named}, template)
        return object


@pytest.fixture(scope="module")
def reader() -> Reader:
    """A reader that has followed every page of the shipped theme."""
    made = Reader(shipped())
    for template, context in CONTEXTS.items():
        made.read(template, get_type_hints(context))
    return made


def records() -> list[type]:
    """Return the records of the pages, then those that they are made of, each in its order."""
    modules = (page_views, views, filter_views, drawing_views, figure_views)
    kinds = [(kind, module) for module in modules for kind in vars(module).values()]
    return [kind for kind, module in kinds if is_record(kind) and kind.__module__ == module.__name__]


def documented() -> dict[str, type]:
    """Return the records that stand inside others, by name."""
    return {kind.__name__: kind for kind in records() if kind not in CONTEXTS.values()}


def test_every_template_of_the_theme_is_followed() -> None:
    """No template is shipped that the tests below do not read, and none is read that is not shipped."""
    assert {file.name for file in shipped().glob("*.html")} == {*CONTEXTS, *PARTS}


def test_templates_use_nothing_that_is_not_documented(reader: Reader) -> None:
    """Every name and every field in a template of ours is one that the views document."""
    assert sorted(reader.unknown) == []


def test_no_documented_field_is_without_use(reader: Reader) -> None:
    """Every field of the views is shown by a template of ours, or is known to be read elsewhere."""
    fields = {f"{name}.{field}" for name, kind in documented().items() for field in get_type_hints(kind)}
    assert sorted(fields - reader.used) == sorted(READ_ELSEWHERE)


@pytest.mark.parametrize("template", sorted(CONTEXTS))
def test_a_page_is_given_nothing_that_it_does_not_name(template: str) -> None:
    """Every field of a page's context is named in its template, or in the one that it extends."""
    trees = [Reader(shipped()).parse(name) for name in (template, "base.html")]
    if not list(trees[0].find_all(nodes.Extends)):
        trees.pop()
    named = {name.name for tree in trees for name in tree.find_all(nodes.Name)}
    assert sorted(set(get_type_hints(CONTEXTS[template])) - named) == []


@pytest.mark.parametrize("file", sorted(shipped().glob("*.html")), ids=lambda file: file.name)
def test_no_attribute_holds_words_that_are_not_escaped(file: Path) -> None:
    """No `{% trans %}` stands in a tag: a translator's quotation mark would end the attribute."""
    source = re.sub(r"\{#.*?#\}", "", file.read_text("utf-8"), flags=re.DOTALL)
    # What a block or an expression holds is none of the page's own marks.
    marked = re.sub(r"\{%-? *trans\b.*?%\}", "\0", source, flags=re.DOTALL)
    page = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", marked, flags=re.DOTALL)
    assert [tag for tag in re.findall(r"<[a-zA-Z][^>]*", page) if "\0" in tag] == []


def test_every_view_says_what_it_is() -> None:
    """Each view has a docstring of its own."""
    kinds = [*documented().values(), *CONTEXTS.values()]
    assert [kind.__name__ for kind in kinds if (kind.__doc__ or "").startswith((f"{kind.__name__}(", "None"))] == []


@pytest.mark.parametrize(
    ("line", "unknown"),
    [
        ("{{ entry.titel }}", "x.html: EntryView.titel"),
        ("{% for citation in entry.citations %}{{ citation.words }}{% endfor %}", "x.html: CitationView.words"),
        ("{% if entry.category %}{{ entry.category.colour }}{% endif %}", "x.html: Category.colour"),
        ("{{ autor }}", "x.html: autor"),
    ],
)
def test_the_reader_sees_a_slip(tmp_path: Path, line: str, unknown: str) -> None:
    """A field that is not there is noticed in an expression, in a loop, behind an optional field, and as a name."""
    (tmp_path / "x.html").write_text(line, "utf-8")
    reader = Reader(tmp_path)
    reader.read("x.html", get_type_hints(page_views.EntryPage))
    assert reader.unknown == {unknown}


def test_a_template_of_the_users_may_extend_the_shipped_one(tmp_path: Path) -> None:
    """The user's own template is used in place of ours, and takes the rest from ours by its name with `default:`."""
    own = '{% extends "default:about.html" %}{% block masthead %}<h1>Who we are</h1>{% endblock %}'
    folder = write(tmp_path, {"templates/about.html": own})
    assert build(folder).status == 0
    about = site(folder)["about.html"].decode()
    assert "<h1>Who we are</h1>" in about
    assert "Made by hand." in about
