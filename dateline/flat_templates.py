"""A template → one that renders pages faster, and says the same.

Jinja renders a page through a function for each template that it extends, each block and each macro, and looks up
each value of a record by its name. Here blocks and macros are put where they are used, values that are the same on all
pages become part of the text, and fields are read as Python reads them. What is not understood is left to Jinja.
"""
# Jinja calls the methods of a visitor by the names of its nodes.
# ruff: noqa: N802

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from jinja2 import Environment, nodes
from jinja2.runtime import new_context
from jinja2.visitor import NodeTransformer

from dateline.flat_code import code_of
from dateline.flat_nodes import (
    NotFlatError,
    blocks,
    bound_names,
    copied,
    internal,
    is_first,
    is_loop,
    is_plain,
    name_of,
    reads_of_loop,
    statements,
)
from dateline.flat_pages import FIRST, Flat, fixed_name, with_first

# What makes a template that is not put together here: it sets names that other parts of it might read, or does what
# depends on where Jinja renders it.
_NOT_FLAT: tuple[type[nodes.Node], ...] = (nodes.Assign, nodes.AssignBlock, nodes.CallBlock, nodes.FromImport)
_NOT_FLAT += (nodes.Include, nodes.EvalContextModifier, nodes.NSRef, nodes.OverlayScope)
# Names that mean something in one block or macro alone.
_OWN = frozenset({"super", "self", "caller", "varargs", "kwargs"})

# How many turns of a loop over what the template itself lists are written out.
_FEW_TURNS = 8
# How many imports may lead to a macro, one in the other; where they go round in a circle, they do not end.
_DEEPEST = 4

Fields = Mapping[str, Iterable[str]]


def flat_template(environment: Environment, name: str, fixed: Fields, record: type[Any]) -> Flat:
    """Return the template `name` put together for named tuples of one type, of each of which it makes a page.

    `fixed` names those whose own fields, as far as named, are the same on all pages. A page that the template cannot
    render raises an exception, which need not be that of Jinja; so does one that is rendered only because Jinja takes a
    missing field for undefined.
    """
    overlay = environment.overlay()
    overlay.filters = {**environment.filters, FIRST: with_first}
    flattener = _Flattener(overlay, fixed)
    try:
        code = code_of(flattener.flat(name), name, overlay, record)
    except NotFlatError:
        code = None
    return Flat(tuple(flattener.read), code)


def _names(within: Iterable[nodes.Node]) -> set[str]:
    return {name.name for node in within for name in node.find_all(nodes.Name)}


class _Flattener(NodeTransformer):
    """Puts one template together.

    `blocks` has the bodies of each block, that which is shown first; `macros` those that can be called here by the
    names that call them; `names` what parameters of the macro stand for that is being put in place.
    """

    def __init__(self, environment: Environment, fixed: Fields) -> None:
        self.environment = environment
        self.fixed = dict(fixed)
        self.read: dict[str, None] = {}
        self.blocks: dict[str, list[nodes.Block]] = {}
        self.macros: dict[tuple[str, ...], nodes.Macro] = {}
        self.bound: set[str] = set()
        self.alone: dict[nodes.Macro, bool] = {}
        self.names: dict[str, nodes.Expr] = {}
        self.supers: list[list[nodes.Block]] = []
        self.inside: list[nodes.Macro] = []
        self.numbered = 0
        self.firsts: list[nodes.Expr | None] = []
        self.context = new_context(environment, "", {}, globals=dict(environment.globals))

    def flat(self, name: str) -> nodes.Template:
        """Return the tree of the template `name` without blocks, and with macros where they are called."""
        family = list(self._family(name))
        before: list[nodes.Node] = []
        for tree in family:
            for block in blocks(tree):
                self.blocks.setdefault(block.name, []).append(block)
            self._take_macros(tree)
            if tree is not family[-1]:
                before += statements(tree)
        bodies = [*family, *(node for macro in self.macros.values() for node in macro.body)]
        self.bound = bound_names(bodies)
        self.fixed = {name: fields for name, fields in self.fixed.items() if name not in self.bound}
        body = self._visited(family[-1].body)
        read, known = _names(body), 0
        while known < len(read):
            known = len(read)
            read |= _names(node for node in before if name_of(node) in read)
        used = [node for node in before if name_of(node) in read]
        tree = nodes.Template([*used, *body], lineno=1)
        tree.set_environment(self.environment)
        return tree

    def _family(self, name: str) -> Iterator[nodes.Template]:
        """Yield the trees of a template and of those that it extends."""
        tree = self._parsed(name)
        if any(tree.find_all(_NOT_FLAT)):
            raise NotFlatError(name)
        yield tree
        extends = list(tree.find_all(nodes.Extends))
        if extends:
            if len(extends) > 1 or extends[0] is not tree.body[0] or not isinstance(extends[0].template, nodes.Const):
                raise NotFlatError(name)
            yield from self._family(extends[0].template.value)

    def _parsed(self, name: str) -> nodes.Template:
        if self.environment.loader is None:
            raise NotFlatError(name)
        self.read[name] = None
        source, filename, _ = self.environment.loader.get_source(self.environment, name)
        return self.environment.parse(source, name, filename)

    def _take_macros(self, tree: nodes.Template, within: tuple[str, ...] = ()) -> None:
        """Take the macros of a template and of those that it imports, by the names of the imports that lead to them."""
        for node in tree.body:
            if isinstance(node, nodes.Macro):
                self.macros[*within, node.name] = node
            elif isinstance(node, nodes.Import):
                if node.with_context or not isinstance(node.template, nodes.Const) or len(within) == _DEEPEST:
                    raise NotFlatError(tree)
                self._take_macros(self._parsed(node.template.value), (*within, node.target))

    # What NodeTransformer calls: each returns what takes the place of a node.

    def visit_Block(self, node: nodes.Block) -> list[nodes.Node]:
        return self._shown(self.blocks[node.name])

    def visit_Macro(self, node: nodes.Macro) -> nodes.Macro:
        return node

    def visit_Name(self, node: nodes.Name) -> nodes.Expr:
        if node.name in self.names:
            return self.names[node.name]
        # What an imported template calls its own macros and imports is not known by that name here.
        within = self._within()
        if node.name in _OWN or (within and self._begins((*within, node.name))):
            raise NotFlatError(node.name)
        return node

    def visit_Getattr(self, node: nodes.Getattr) -> nodes.Expr:
        if is_loop(node.node) and node.attr == "first" and self.firsts and self.firsts[-1]:
            return self.firsts[-1]
        of = self.visit(node.node)
        if isinstance(of, nodes.Name) and node.attr in self.fixed.get(of.name, ()):
            return internal(fixed_name(of.name, node.attr), node.lineno)
        return nodes.Getattr(of, node.attr, node.ctx, lineno=node.lineno)

    def visit_Call(self, node: nodes.Call) -> nodes.Expr:
        call: nodes.Call = self.generic_visit(node)  # type: ignore[assignment]
        if not isinstance(call.node, nodes.Name) or call.node.name != "gettext" or call.dyn_args or call.dyn_kwargs:
            return call
        try:
            args = [value.as_const(self.context.eval_ctx) for value in call.args]
            named = {keyword.key: keyword.value.as_const(self.context.eval_ctx) for keyword in call.kwargs}
        except nodes.Impossible:
            return call
        gettext: Any = self.environment.globals["gettext"]
        said = self.context.call(gettext, *args, **named)
        return nodes.Const(said, lineno=node.lineno)

    def visit_If(self, node: nodes.If) -> nodes.Node | list[nodes.Node]:
        test = self.visit(node.test)
        if isinstance(test, nodes.Const) and not node.elif_:
            return self._visited(node.body if test.value else node.else_)
        node.test = test
        node.body, node.elif_, node.else_ = (
            self._visited(node.body), [self.visit(each) for each in node.elif_], self._visited(node.else_)
        )  # fmt: skip
        return node

    def visit_For(self, node: nodes.For) -> nodes.Node | list[nodes.Node]:
        node.iter = self.visit(node.iter)
        reads = list(reads_of_loop(node.body)) + list(reads_of_loop([node.test] if node.test else []))
        if node.test and not reads and not node.else_ and not node.recursive:
            # What is left out of a loop that counts nothing can be left out of what it shows.
            node.body, node.test = [nodes.If(node.test, node.body, [], [], lineno=node.lineno)], None
        turns = None if reads or node.test or node.else_ or node.recursive else self._turns(node)
        if turns is not None:
            return [each for names in turns for each in self._in_names(names, node.body)]
        first: nodes.Expr | None = None
        if reads and not node.test and not node.recursive and all(is_first(read) for read in reads):
            self.numbered += 1
            first = nodes.Name(f"first_{self.numbered}_", "load", lineno=node.lineno)
            target = nodes.Name(first.name, "store", lineno=node.lineno)
            node.target = nodes.Tuple([target, node.target], "store", lineno=node.lineno)
            node.iter = nodes.Filter(node.iter, FIRST, [], [], None, None, lineno=node.lineno)
        node.else_ = self._visited(node.else_)
        self.firsts.append(first)
        node.test = node.test and self.visit(node.test)
        node.body = self._visited(node.body)
        self.firsts.pop()
        return node

    def _turns(self, node: nodes.For) -> list[dict[str, nodes.Expr]] | None:
        """Return what a loop's names stand for in each of its turns, if it goes through a few things listed there."""
        if not isinstance(node.iter, (nodes.Tuple, nodes.List)) or len(node.iter.items) > _FEW_TURNS:
            return None
        targets = node.target.items if isinstance(node.target, nodes.Tuple) else [node.target]
        turns = []
        for item in node.iter.items:
            values = item.items if isinstance(node.target, nodes.Tuple) and isinstance(item, nodes.Tuple) else [item]
            pairs = zip(targets, values, strict=False)
            names = {target.name: value for target, value in pairs if isinstance(target, nodes.Name)}
            if not len(targets) == len(values) == len(names) or bound_names(node.body) & names.keys():
                return None
            if not all(is_plain(value, bound_names(node.body)) for value in values):
                return None
            turns.append(names)
        return turns

    def _in_names(self, names: dict[str, nodes.Expr], body: Iterable[nodes.Node]) -> list[nodes.Node]:
        """Return a copy of a loop's body in which these expressions stand for names."""
        outer, self.names = self.names, {**self.names, **names}
        try:
            return self._visited(copied(list(body)))
        finally:
            self.names = outer

    def visit_Output(self, node: nodes.Output) -> list[nodes.Node]:
        """Return the output in pieces, what is called put in place of the calls."""
        pieces: list[nodes.Node] = []
        for shown in node.nodes:
            called = self._called(shown) if isinstance(shown, nodes.Call) else None
            if called is None:
                pieces.append(nodes.Output([self.visit(shown)], lineno=node.lineno))
            else:
                pieces += called
        return pieces

    def _visited(self, body: Iterable[nodes.Node]) -> list[nodes.Node]:
        """Return what takes the place of these nodes, neighbouring outputs as one."""
        visited: list[nodes.Node] = []
        for node in body:
            found = self.visit(node)
            for piece in found if isinstance(found, list) else [found]:
                last = visited[-1] if visited else None
                if isinstance(piece, nodes.Output) and isinstance(last, nodes.Output):
                    last.nodes += piece.nodes
                else:
                    visited.append(piece)
        return visited

    def _shown(self, bodies: list[nodes.Block]) -> list[nodes.Node]:
        """Return the first of the bodies of one block; `super()` in it is the next of them."""
        self.supers.append(bodies[1:])
        shown = self._visited(copied(bodies[0].body))
        self.supers.pop()
        return shown

    def _called(self, call: nodes.Call) -> list[nodes.Node] | None:
        """Return what a call shows, if it is of `super` or of a macro that is known."""
        if isinstance(call.node, nodes.Name) and call.node.name == "super" and not self.inside:
            if not self.supers or not self.supers[-1]:
                raise NotFlatError(call)
            return self._shown(self.supers[-1])
        macro = self._macro(call.node)
        if macro is None or len(call.args) != len(macro.args) or call.kwargs or call.dyn_args or call.dyn_kwargs:
            return None
        try:
            return self._put_in_place(macro, [self.visit(given) for given in call.args])
        except NotFlatError:
            # It calls another one in a way that is not understood, and stays a call.
            return None

    def _macro(self, called: nodes.Expr) -> nodes.Macro | None:
        name = called.node if isinstance(called, nodes.Getattr) else called
        if not isinstance(name, nodes.Name) or name.name in self.names or name.name in self.bound:
            return None
        key = (*self._within(), name.name, *([called.attr] if isinstance(called, nodes.Getattr) else []))
        found = self.macros.get(key)
        if found and found not in self.alone:
            self.alone[found] = self._stands_alone(found, key[:-1])
        return found if found and found not in self.inside and self.alone[found] else None

    def _within(self) -> tuple[str, ...]:
        """Return the imports that lead to the template whose macro is being put in place."""
        return next(key[:-1] for key, macro in self.macros.items() if macro is self.inside[-1]) if self.inside else ()

    def _begins(self, names: tuple[str, ...]) -> bool:
        """Tell whether these names lead to a macro, or to a template that has some."""
        return any(key[: len(names)] == names for key in self.macros)

    def _stands_alone(self, macro: nodes.Macro, within: tuple[str, ...]) -> bool:
        """Say whether a macro reads nothing but its parameters, what it loops over, macros, and Jinja's own names."""
        not_alone: tuple[type[nodes.Node], ...] = (*_NOT_FLAT, nodes.Macro, nodes.Block)
        if macro.defaults or any(macro.find_all(not_alone)) or any(reads_of_loop(macro.body)):
            return False
        parameters, bound = {argument.name for argument in macro.args}, bound_names(macro.body)
        known = {key[len(within)] for key in self.macros if key[: len(within)] == within and len(key) > len(within)}
        known |= set(self.environment.globals)
        return not parameters & bound and _names(macro.body) <= known | parameters | bound | {"loop"}

    def _put_in_place(self, macro: nodes.Macro, given: Sequence[nodes.Expr]) -> list[nodes.Node]:
        """Return the body of a macro in which what is given stands for its parameters."""
        bound = bound_names(macro.body)
        outer, targets, values = self.names, [], []
        names: dict[str, nodes.Expr] = {}
        for parameter, value in zip(macro.args, given, strict=True):
            if is_plain(value, bound):
                names[parameter.name] = value
            else:
                self.numbered += 1
                own = f"{parameter.name}_{self.numbered}_"
                names[parameter.name] = nodes.Name(own, "load", lineno=macro.lineno)
                targets.append(nodes.Name(own, "store", lineno=macro.lineno))
                values.append(value)
        self.names = names
        self.inside.append(macro)
        try:
            body = self._visited(copied(macro.body))
        finally:
            self.inside.pop()
            self.names = outer
        return [nodes.With(targets, values, body, lineno=macro.lineno)] if targets else body
