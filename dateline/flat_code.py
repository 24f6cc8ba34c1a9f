"""The tree of a template that was put together → the code of a function that makes a page of a record."""
# Jinja calls the methods of a visitor by the names of its nodes.
# ruff: noqa: N802

from __future__ import annotations

import keyword
from collections.abc import Iterable, Iterator
from io import StringIO
from types import CodeType
from typing import Any

import jinja2.runtime
from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.idtracking import VAR_LOAD_RESOLVE, VAR_LOAD_UNDEFINED
from markupsafe import Markup

from dateline.flat_pages import BETWEEN
from dateline.page_views import text_fields

_PIECES = "pieces"
_NO_LOOP_NAMES = "_loop_vars = {}"

# What is written: how it is known, and the Python that it is. `CONSTANT` is written as it is, `FIXED` the same on all
# pages, `MADE` what a page makes to be written as it is, `TEXT` a text that is not escaped yet.
Part = tuple[str, str]
CONSTANT, FIXED, MADE, TEXT = "constant", "fixed", "made", "text"


def code_of(tree: nodes.Template, name: str, environment: Environment, record: type[Any]) -> CodeType:
    """Return the code of the page that a tree without blocks shows of a named tuple of this type."""
    filename, written = f"<{name}, flat>", StringIO()
    writer = _Writer(environment, name, filename, written)
    writer.fields, writer.texts = frozenset(record._fields), text_fields(record)
    writer.visit(tree)
    return compile(written.getvalue(), filename, "exec")


class _Writer(CodeGenerator):
    """Writes Python that reads `record.field` as Python does, failing where there is no such field.

    `fields` are those of the record that a page is made of, `texts` the names of fields that are known to be text.
    """

    fields: frozenset[str] = frozenset()
    texts: frozenset[str] = frozenset()

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        self.once: list[str] = []
        self.pull_dependencies(node.body)
        frame = Frame(nodes.EvalContext(self.environment, self.name))
        frame.symbols.analyze_node(node)
        frame.toplevel = frame.rootlevel = True
        frame.buffer = _PIECES
        self.writeline("def page(given):")
        self.indent()
        self.writeline(f"{_PIECES} = []")
        super().writeline(_NO_LOOP_NAMES)
        self.enter_frame(frame)
        self.blockvisit(node.body, frame)
        self.writeline(f"return page_of({_PIECES})")
        self.outdent()
        for number, source in enumerate(self.once):
            self.writeline(f"once_{number} = {source}")

    def writeline(self, x: str, node: nodes.Node | None = None, extra: int = 0) -> None:
        # No template that is put together sets a name, so that each loop has the same ones.
        if x != _NO_LOOP_NAMES:
            super().writeline(x, node, extra)

    def enter_frame(self, frame: Frame) -> None:
        """Read the names that a frame reads: a field of the record, one of Jinja's own, or what is not there."""
        loads = frame.symbols.loads
        for target, (action, name) in list(loads.items()):
            if action != VAR_LOAD_RESOLVE:
                continue
            if name in self.fields:
                self.writeline(f"{target} = given.{name}")
            elif name in self.environment.globals:
                self.writeline(f"{target} = {self._once(f'resolve({name!r})')}")
            else:
                self.writeline(f"{target} = undefined(name={name!r})")
        frame.symbols.loads = {target: load for target, load in loads.items() if load[0] != VAR_LOAD_RESOLVE}
        super().enter_frame(frame)
        frame.symbols.loads = loads

    def visit_Name(self, node: nodes.Name, frame: Frame) -> None:
        ref = frame.symbols.ref(node.name)
        load = frame.symbols.find_load(ref)
        if load and load[0] == VAR_LOAD_UNDEFINED:
            super().visit_Name(node, frame)
        else:
            self.write(ref)

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        if not _is_read(node):
            super().visit_Getattr(node, frame)
            return
        self.visit(node.node, frame)
        self.write(f".{node.attr}")

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:
        if frame.buffer == _PIECES:
            self._write_pieces(self._merged(part for child in node.nodes for part in self._parts(child, frame)))
        else:
            super().visit_Output(node, frame)

    def start_write(self, frame: Frame, node: nodes.Node | None = None) -> None:
        if frame.buffer == _PIECES:
            self.writeline(f"{_PIECES} += ((", node)
        else:
            super().start_write(frame, node)

    def end_write(self, frame: Frame) -> None:
        if frame.buffer == _PIECES:
            self.write("), '')")
        else:
            super().end_write(frame)

    def _write_pieces(self, parts: Iterable[Part]) -> None:
        """Write that these are added to the pieces of the page, what is written as it is and texts by turns."""
        turns: list[str] = []
        for kind, source in parts:
            if (kind == TEXT) != (len(turns) % 2 == 1):
                turns.append("''")
            turns.append(source)
        if len(turns) % 2:
            turns.append("''")
        if turns:
            self.writeline(f"{_PIECES} += ({', '.join(turns)})")

    def _merged(self, parts: Iterable[Part]) -> Iterator[Part]:
        """Yield the parts, neighbours that are the same on all pages as one."""
        same: list[Part] = []
        for part in parts:
            if part[0] in (CONSTANT, FIXED):
                same.append(part)
                continue
            yield from self._as_one(same)
            same = []
            yield part
        yield from self._as_one(same)

    def _as_one(self, same: list[Part]) -> Iterator[Part]:
        if any(kind == FIXED for kind, _ in same):
            yield MADE, self._once(f"''.join(({', '.join(source for _, source in same)},))")
        elif same:
            yield CONSTANT, repr("".join([eval(source) for _, source in same]))  # noqa: S307 - made by `repr` below

    def _parts(self, child: nodes.Expr, frame: Frame) -> Iterator[Part]:
        """Yield what shows an expression."""
        try:
            yield CONSTANT, repr(str(self._output_child_to_const(child, frame, self._make_finalize())))
        except nodes.Impossible:
            if isinstance(child, nodes.Call) and self._is_message(child):
                yield from self._message(child, frame)
            elif isinstance(child, nodes.InternalName):
                yield FIXED, f"shown({child.name})"
            elif isinstance(child, nodes.Getattr) and _is_read(child) and child.attr in self.texts:
                yield TEXT, self._source(child, frame)
            else:
                yield MADE, f"shown({self._source(child, frame)})"

    def _is_message(self, call: nodes.Call) -> bool:
        """Tell whether a call says a message of the theme's in which nothing but values is put."""
        name = call.node.name if isinstance(call.node, nodes.Name) else ""
        if name not in {"gettext", "ngettext"} - self.fields or call.dyn_args or call.dyn_kwargs:
            return False
        if name == "gettext":
            return len(call.args) == 1 and isinstance(call.args[0], nodes.Const)
        return (
            len(call.args) == 3
            and all(isinstance(text, nodes.Const) for text in call.args[:2])
            and [each.value for each in call.kwargs] == call.args[2:]
            and isinstance(call.args[2], (nodes.Getattr, nodes.Filter))
        )

    def _message(self, call: nodes.Call, frame: Frame) -> Iterator[Part]:
        if len(call.args) == 3:
            texts = ", ".join(repr(text.as_const(frame.eval_ctx)) for text in call.args[:2])
            said = f"partial(context.call, resolve('ngettext')), {texts}, {call.kwargs[0].key!r}"
            name = self._once(f"plurals({said})")
            yield MADE, f"{name}[{self._source(call.args[2], frame)}]"
            return
        values = {each.key: each.value for each in call.kwargs}
        context = jinja2.runtime.new_context(self.environment, "", {}, globals=dict(self.environment.globals))
        places = {name: Markup(f"{BETWEEN}{name}{BETWEEN}") for name in values}  # noqa: S704 - names of Python's
        gettext: Any = self.environment.globals["gettext"]
        message: Any = context.call(gettext, call.args[0].as_const(frame.eval_ctx), **places)
        for number, text in enumerate(message.split(BETWEEN)):
            if number % 2:
                yield from self._parts(values[text], frame)
            elif text:
                yield CONSTANT, repr(str(text))

    def _once(self, source: str) -> str:
        """Return the name of what is made once for all pages."""
        if source not in self.once:
            self.once.append(source)
        return f"once_{self.once.index(source)}"

    def _source(self, node: nodes.Expr, frame: Frame) -> str:
        """Return the Python of an expression."""
        kept, self.stream, self._new_lines = (self.stream, self._new_lines), StringIO(), 0
        try:
            self.visit(node, frame)
            return self.stream.getvalue()
        finally:
            self.stream, self._new_lines = kept


def _is_read(node: nodes.Getattr) -> bool:
    """Tell whether Python can read a field of this name."""
    return node.attr.isidentifier() and node.attr.isascii() and not keyword.iskeyword(node.attr)
