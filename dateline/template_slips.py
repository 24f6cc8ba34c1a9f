"""The user's templates → the slips in them that show without rendering: names, blocks, files and links not there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from dateline.bundles import BUNDLES
from dateline.problems import Problem, did_you_mean
from dateline.templating import (
    ASSETS,
    FOLDER,
    HELP,
    NO_TEMPLATE,
    SHIPPED_PREFIX,
    BrokenTemplateError,
    assets_of,
    environment_of,
    loader_of,
    shipped,
)
from dateline.words import words_for

if TYPE_CHECKING:
    from jinja2 import Environment, nodes

# In the text of a template, what an expression gives is one of these: the way to the site's root, or anything else.
_ROOT, _ANY = "\x00", "\x01"
_ASSET = re.compile(
    rf"""(?:href|src|content)=["']?\s*(?:{_ROOT}|(?:\.\./)*){ASSETS}/([^\s"'<>?#{_ROOT}{_ANY}]+)(?=["'\s>?#])"""
)
_HTML_COMMENT = re.compile("<!--.*?-->", re.DOTALL)


def slips(folder: Path) -> list[Problem]:
    """Return the slips in the templates and assets of the project in `folder` that show without rendering them.

    Those are what Jinja cannot read, names that nothing gives, words that no page would show, and links to assets
    that are not there. Jinja is imported only where the user has templates that differ from the shipped ones.
    """
    users, ours = folder / FOLDER, shipped()
    if not users.is_dir() or users.samefile(ours):
        return []
    try:
        assets = assets_of((users, ours))
    except BrokenTemplateError as fault:
        return [fault.problem]
    files = sorted(file for file in users.rglob("*.html") if file.is_file() and users / ASSETS not in file.parents)
    names = [file.relative_to(users).as_posix() for file in files]
    own = [name for name in names if not _is_same(users / name, ours / name)]
    return list(_Slips(environment_of(loader_of(users, ours), words_for("en")), own, assets).found()) if own else []


def _is_same(one: Path, other: Path) -> bool:
    return other.is_file() and one.read_bytes() == other.read_bytes()


class _Slips:
    """Looks for slips in the user's `own` templates; what shows only on rendering is taken to be right."""

    def __init__(self, environment: Environment, own: Iterable[str], assets: Iterable[str]) -> None:
        self._environment = environment
        self._own = list(own)
        self._shipped = [file.name for file in sorted(shipped().glob("*.html"))]
        self._assets = [*assets, *BUNDLES]
        self._trees: dict[str, nodes.Template | None] = {}

    def found(self) -> Iterator[Problem]:
        """Yield the slips, template by template."""
        from jinja2 import TemplateError

        known, unused = self._known(), self._unused()
        for name in self._own:
            if name in unused:
                yield self._no_page(name)
                continue
            try:
                tree = self._parsed(name)
                yield from self._unknown(name, tree, known)
            except TemplateError as error:
                yield _slip(name, getattr(error, "lineno", 0), error.message or str(error))
                continue
            yield from self._missing(name, tree)
            yield from self._unshown(name, tree)
            yield from self._dead_links(name, tree)

    def _parsed(self, name: str) -> nodes.Template:
        loader: Any = self._environment.loader
        return self._environment.parse(loader.get_source(self._environment, name)[0], name)

    def _tree(self, name: str) -> nodes.Template | None:
        """Return the syntax tree of a template; None where it is not there or at fault."""
        from jinja2 import TemplateError

        if name not in self._trees:
            try:
                self._trees[name] = self._parsed(name)
            except TemplateError:
                self._trees[name] = None
        return self._trees[name]

    def _known(self) -> set[str]:
        """Return every name that a template may use: a field of any page, or what any template sets itself."""
        from jinja2 import nodes

        from dateline import page_views

        records = (kind for kind in vars(page_views).values() if getattr(kind, "__module__", "") == page_views.__name__)
        known = {field for record in records for field in getattr(record, "_fields", ())}
        known |= set(self._environment.globals)
        names = [*self._own, *(f"{SHIPPED_PREFIX}:{name}" for name in self._shipped)]
        for tree in filter(None, map(self._tree, names)):
            known.update(name.name for name in tree.find_all(nodes.Name) if name.ctx != "load")
            known.update(macro.name for macro in tree.find_all(nodes.Macro))
            known.update(node.target for node in tree.find_all(nodes.Import))
            for node in tree.find_all(nodes.FromImport):
                known.update(name if isinstance(name, str) else name[1] for name in node.names)
        return known

    def _unknown(self, name: str, tree: nodes.Template, known: set[str]) -> Iterator[Problem]:
        """Yield the names that nothing gives, but for those of which the template asks whether they are given."""
        from jinja2 import meta, nodes

        # Jinja meets some faults, such as an unknown filter, only when it resolves the names.
        unknown = meta.find_undeclared_variables(tree) - known
        for node in tree.find_all((nodes.Test, nodes.Filter)):
            if node.name in ("defined", "undefined", "default", "d") and isinstance(node.node, nodes.Name):
                unknown.discard(node.node.name)
        for each in sorted(unknown):
            line = min(node.lineno for node in tree.find_all(nodes.Name) if node.name == each)
            yield _slip(name, line, f"'{each}' is undefined")

    def _missing(self, name: str, tree: nodes.Template) -> Iterator[Problem]:
        """Yield the templates that one names and that are not there."""
        from jinja2 import TemplateError, TemplateNotFound, nodes

        for node in tree.find_all((nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)):
            wanted = _constant(getattr(node, "template", None))
            if not wanted or getattr(node, "ignore_missing", False):
                continue
            try:
                self._parsed(wanted)
            except TemplateNotFound:
                near = self._nearest(wanted)
                yield _slip(name, node.lineno, NO_TEMPLATE.format(wanted), f"did you mean {near}?" if near else HELP)
            except TemplateError:
                # It is there, and is looked at in its turn.
                continue

    def _nearest(self, name: str) -> str:
        """Return the name of the template nearest to one that is not there, compared without folder and ending."""
        prefix, colon, rest = name.rpartition(":")
        there = self._shipped if colon else [*self._shipped, *(own for own in self._own if own != name)]
        by_stem = {PurePosixPath(each).stem: each for each in there}
        near = did_you_mean(PurePosixPath(rest).stem, by_stem)
        return f"{prefix}{colon}{by_stem[near]}" if near else ""

    def _unshown(self, name: str, tree: nodes.Template) -> Iterator[Problem]:
        """Yield the blocks and the words of a template that the one it extends has no place for."""
        from jinja2 import nodes

        extends = tree.find(nodes.Extends)
        line_of = self._line_of_parents(name)
        if extends is None or line_of is None:
            return
        if line_of[-1] == name:
            own = f"write {SHIPPED_PREFIX}:{name} to extend the one that Dateline ships"
            yield _slip(name, extends.lineno, "extends itself", own if name in self._shipped else HELP)
            return
        trees = filter(None, map(self._tree, line_of))
        blocks = list(dict.fromkeys(block.name for parent in trees for block in parent.find_all(nodes.Block)))
        help_text = f"its blocks are: {', '.join(blocks)}" if blocks else HELP
        loose = False
        for node in _outside_blocks(tree):
            if isinstance(node, nodes.Block) and node.name not in blocks:
                near = did_you_mean(node.name, blocks)
                message = f"there is no block {node.name} in {line_of[0]}"
                yield _slip(name, node.lineno, message, f"did you mean {near}?" if near else help_text)
            words = re.search(r"\S", _text(node)) if isinstance(node, nodes.Output) else None
            if words and not loose and node.lineno >= extends.lineno:
                loose = True
                line = node.lineno + words.string.count("\n", 0, words.start())
                message = f"stands in no block of {line_of[0]}, so that no page shows it"
                yield _slip(name, line, message, f"put it into a block: {', '.join(blocks)}" if blocks else HELP)

    def _line_of_parents(self, name: str) -> list[str] | None:
        """Return the templates that one extends, nearest first, up to itself where it does; None if that is unknown."""
        from jinja2 import nodes

        line = [name]
        while tree := self._tree(line[-1]):
            extends = tree.find(nodes.Extends)
            if extends is None:
                return line[1:]
            parent = _constant(extends.template)
            if extends not in tree.body or not parent or parent in line[1:]:
                return None
            line.append(parent)
            if parent == name:
                return line[1:]
        return None

    def _dead_links(self, name: str, tree: nodes.Template) -> Iterator[Problem]:
        """Yield the links to assets that are not there."""
        from html import unescape
        from urllib.parse import unquote

        from jinja2 import nodes

        for output in tree.find_all(nodes.Output):
            for link in _ASSET.finditer(_text(output)):
                asset = unquote(unescape(link[1]))
                if asset not in self._assets:
                    near = did_you_mean(asset, self._assets)
                    help_text = f"put it into {FOLDER}/{ASSETS}/"
                    help_text = f"did you mean {near}? if not, {help_text}" if near else help_text
                    line = output.lineno + link.string.count("\n", 0, link.start(1))
                    yield _slip(name, line, f"there is no asset {asset}", help_text)

    def _unused(self) -> set[str]:
        """Return the templates that no page is made from; none, where a name is put together only on rendering."""
        from jinja2 import meta

        reached, waiting = set(), list(self._shipped)
        while waiting:
            name = waiting.pop()
            if name not in reached:
                reached.add(name)
                tree = self._tree(name)
                named = list(meta.find_referenced_templates(tree)) if tree else [None] if name in self._own else []
                if None in named:
                    return set()
                waiting += (PurePosixPath(each).as_posix() for each in named if each)
        return set(self._own) - reached

    def _no_page(self, name: str) -> Problem:
        near = self._nearest(name)
        help_text = "name it in another template; a page of your own goes into static/"
        help_text = f"did you mean {near}? if not, {help_text}" if near else help_text
        message = "is not the template of any page, and no template names it"
        return Problem(f"{FOLDER}/{name}", 0, "", message, help_text, "warning")


def _slip(name: str, line: int, message: str, help_text: str = HELP) -> Problem:
    return Problem(f"{FOLDER}/{name}", line, "", message, help_text)


def _constant(node: nodes.Node | None) -> str:
    """Return the text that an expression is, or nothing where it is no plain text."""
    value = getattr(node, "value", None)
    return value if isinstance(value, str) else ""


def _outside_blocks(node: nodes.Node) -> Iterator[nodes.Node]:
    """Yield the outermost blocks, and the output that stands in no block and in nothing that is called by name."""
    from jinja2 import nodes

    for child in node.iter_child_nodes():
        if isinstance(child, nodes.Block | nodes.Output):
            yield child
        elif not isinstance(child, nodes.Macro | nodes.CallBlock | nodes.FilterBlock | nodes.AssignBlock):
            yield from _outside_blocks(child)


def _text(output: nodes.Output) -> str:
    """Return a run of text, line for line, without comments, and with `_ROOT` or `_ANY` for each expression."""
    from jinja2 import nodes

    text = expressions = ""
    for piece in output.nodes:
        if isinstance(piece, nodes.TemplateData):
            lines_of_expressions = piece.lineno - output.lineno - text.count("\n")
            text += "\n" * lines_of_expressions + expressions + piece.data
            expressions = ""
        else:
            name = getattr(piece, "attr", getattr(piece, "name", ""))
            expressions += _ROOT if name in ("root", "address") else _ANY
    return _HTML_COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), text + expressions)
