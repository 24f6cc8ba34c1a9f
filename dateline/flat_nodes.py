"""What can be known of the parts of a template's tree, and copies of them."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from typing import Any

from jinja2 import nodes

# What a block may stand in; elsewhere it sees other names than what is around it.
_AROUND_BLOCKS = (nodes.Template, nodes.Block, nodes.If)


class NotFlatError(Exception):
    """A template that is better left to Jinja."""


def blocks(tree: nodes.Node, around: tuple[nodes.Node, ...] = ()) -> Iterator[nodes.Block]:
    """Yield the blocks of a template, those around others first."""
    for node in tree.iter_child_nodes():
        if isinstance(node, nodes.Block):
            if node.scoped or node.required or not all(isinstance(each, _AROUND_BLOCKS) for each in (*around, tree)):
                raise NotFlatError(node.name)
            yield node
        yield from blocks(node, (*around, tree))


def bound_names(within: Iterable[nodes.Node]) -> set[str]:
    """Return the names that loops and the like give to what they go through."""
    names = (node for each in within for node in each.find_all(nodes.Name))
    return {node.name for node in names if node.ctx != "load"}


def name_of(node: nodes.Node) -> str:
    """Return the name by which a template knows what it imports or a macro of its own."""
    return node.target if isinstance(node, nodes.Import) else node.name if isinstance(node, nodes.Macro) else ""


def is_plain(value: nodes.Expr, bound: Container[str]) -> bool:
    """Tell whether an expression reads the same wherever it stands among what gives these names to something else."""
    if isinstance(value, nodes.Getattr):
        return is_plain(value.node, bound)
    return isinstance(value, (nodes.Const, nodes.InternalName)) or (
        isinstance(value, nodes.Name) and value.name not in bound
    )


def is_loop(node: nodes.Node) -> bool:
    """Tell whether a node is what a loop knows of itself."""
    return isinstance(node, nodes.Name) and node.name == "loop"


def is_first(read: nodes.Node) -> bool:
    """Tell whether of a loop nothing is read but whether it is its first turn."""
    return isinstance(read, nodes.Getattr) and read.attr == "first"


def reads_of_loop(body: Iterable[nodes.Node]) -> Iterator[nodes.Node]:
    """Yield where `loop` is read that is not of a loop within."""
    for node in body:
        if is_loop(node) or (isinstance(node, nodes.Getattr) and is_loop(node.node)):
            yield node
        else:
            outside = (node.iter, *node.else_) if isinstance(node, nodes.For) else node.iter_child_nodes()
            yield from reads_of_loop(outside)


def internal(name: str, lineno: int) -> nodes.InternalName:
    """Return what stands for a value that is known by this name when the page is made."""
    made: nodes.InternalName = object.__new__(nodes.InternalName)
    nodes.Node.__init__(made, name, lineno=lineno)
    return made


def statements(tree: nodes.Template) -> Iterator[nodes.Node]:
    """Yield what a template that extends another does, beside its blocks."""
    for node in tree.body:
        if isinstance(node, (nodes.Import, nodes.Macro)):
            yield node
        elif not isinstance(node, (nodes.Block, nodes.Extends, nodes.Output)):
            raise NotFlatError(node)


def copied(value: Any) -> Any:  # noqa: ANN401 - a field of a node can be anything
    """Return a copy of a node, or of what a field of a node holds."""
    if isinstance(value, (list, tuple)):
        return type(value)(copied(each) for each in value)
    if not isinstance(value, nodes.Node) or isinstance(value, nodes.InternalName):
        return value
    fields = [copied(field) for _, field in value.iter_fields()]
    return type(value)(*fields, **{name: getattr(value, name) for name in value.attributes})
