"""`typing.NamedTuple` in a third of its time: it compiles the text of every annotation, and Dateline has hundreds."""

from __future__ import annotations

from collections import namedtuple
from typing import TYPE_CHECKING, Any

__all__ = ["NamedTuple"]

if TYPE_CHECKING:
    from typing import NamedTuple
else:

    class _Named(type):
        def __new__(cls, name: str, bases: tuple[type, ...], space: dict[str, Any]) -> type:
            """Make a named tuple of a class whose annotations, kept as they are, name the fields."""
            if not bases:
                return super().__new__(cls, name, bases, space)
            fields = space["__annotations__"]
            defaults = [space.pop(field) for field in fields if field in space]
            made = namedtuple(name, fields, defaults=defaults, module=space.pop("__module__"))
            for each, value in space.items():
                setattr(made, each, value)
            return made

    class NamedTuple(metaclass=_Named):
        """What a class names as its base to be a named tuple."""
