"""The code of a template that was put together → what makes the bytes of a page.

What the templates that Dateline ships ask for while they make a page is here, so that no build waits for Jinja whose
templates are kept. A template that asks for more has it of Jinja.

What a page is made of stands in one list: what is written as it is, and after each the text of a value, which may be
empty. All values are escaped at once, as most have nothing to escape, and finding that out for each of them takes as
long as all else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import chain, repeat
from types import CodeType, SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple

from markupsafe import Markup, escape

from dateline.escaping import escaped
from dateline.words import Words

if TYPE_CHECKING:
    from jinja2 import Environment

# The filter that tells a loop whether it is in its first turn.
FIRST = "whether it is the first"
# What stands between values that are escaped together; a text that holds it is escaped alone.
BETWEEN = "\0"
# What is written for a character that HTML would read as its own, by `markupsafe.escape`.
_ESCAPES = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&#34;"), ("'", "&#39;"))

Fixed = Mapping[str, Mapping[str, Any]]
Maker = Callable[[Any], bytes]


class Flat(NamedTuple):
    """A template put together: the names of the templates that it was made of, and its code.

    There is no code where a template is not understood, and is left to Jinja.
    """

    made_of: tuple[str, ...]
    code: CodeType | None


def page_maker(code: CodeType, fixed: Fixed, words: Words, environment: Callable[[], Environment]) -> Maker:
    """Return what makes the page of a record by this code, with the values `fixed` by record and field.

    It raises an exception where the template, or one of the user's, is at fault. `environment` returns Jinja's, in
    which the template was put together; whether it is needed is seen by the first page.
    """
    make: Maker | None = None

    def made(record: Any) -> bytes:  # noqa: ANN401 - a page of `page_views`
        nonlocal make
        if make is None:
            try:
                make = _function(code, fixed, _ours(words))
                return make(record)
            except Exception:
                make = _function(code, fixed, _of_jinja(environment()))
        return make(record)

    return made


def fixed_name(of: str, field: str) -> str:
    """Return by which name the code of a page knows a value that is the same on all pages."""
    return f"fixed_{of}_{field}"


def with_first(values: Iterable[Any]) -> Iterator[tuple[bool, Any]]:
    """Return the values that a loop goes through, each with whether it is the first."""
    return zip(chain([True], repeat(False)), values)  # noqa: B905, FBT003 - one of them has no end


def _function(code: CodeType, fixed: Fixed, names: Mapping[str, Any]) -> Maker:
    values = {fixed_name(of, name): value for of, held in fixed.items() for name, value in held.items()}
    namespace = {**names, "escape": escaped, "shown": _shown, "page_of": _page_of, "plurals": _Plurals}
    namespace |= {"partial": partial, **values}
    exec(code, namespace)  # noqa: S102 - what Jinja would run of the same templates
    made: Maker = namespace["page"]
    return made


def _ours(words: Words) -> Mapping[str, Any]:
    """Return what a page can ask for without Jinja; each does as Jinja's does."""

    def gettext(message: str, **values: Any) -> str:  # noqa: ANN401 - whatever a template puts into a message
        return Markup(words.gettext(message)) % values  # noqa: S704 - the theme's own words

    def ngettext(one: str, many: str, number: int, **values: Any) -> str:  # noqa: ANN401 - as above
        return Markup(words.ngettext(one, many, number)) % {"num": number, **values}  # noqa: S704 - the theme's own

    filters = {"length": len, "number": words.number, "forceescape": lambda text: escape(str(text)), FIRST: with_first}
    return {
        "Markup": Markup,
        "missing": object(),
        "environment": SimpleNamespace(filters=filters),
        "context": SimpleNamespace(call=lambda function, *values, **named: function(*values, **named)),
        "resolve": {"gettext": gettext, "ngettext": ngettext}.__getitem__,
    }


def _of_jinja(environment: Environment) -> Mapping[str, Any]:
    from jinja2 import runtime

    overlay = environment.overlay()
    overlay.filters = {**environment.filters, FIRST: with_first}
    context = runtime.new_context(overlay, "", {}, globals=dict(overlay.globals))
    names = {name: getattr(runtime, name) for name in runtime.exported}
    names |= {"environment": overlay, "context": context, "resolve": context.resolve_or_missing}
    return names | {
        "undefined": overlay.undefined,
        "cond_expr_undefined": runtime.Undefined,
        "concat": overlay.concat,
    }


def _shown(value: Any) -> str:  # noqa: ANN401 - whatever a template shows
    """Return a value as it is shown."""
    return str(value) if type(value) is int else escaped(value)


def _page_of(pieces: list[Any]) -> bytes:
    """Return the page that these pieces make: what is written as it is, and after each a text to be escaped."""
    texts = pieces[1::2]
    try:
        joined = BETWEEN.join(texts)
        # One look after the other is what the processor itself can do.
        if "&" in joined or "<" in joined or ">" in joined or '"' in joined or "'" in joined:
            if {*map(type, texts)} != {str}:
                raise TypeError
            for character, written in _ESCAPES:
                joined = joined.replace(character, written)
            pieces[1::2] = joined.split(BETWEEN)
    except (TypeError, ValueError):
        # Something else than text among them, or what is put between them.
        pieces[1::2] = map(escaped, texts)
    return "".join(pieces).encode()


class _Plurals(dict[int, str]):
    """A message with a number, by the number."""

    def __init__(self, ngettext: Callable[..., str], one: str, many: str, name: str) -> None:
        self._said = ngettext, one, many, name

    def __missing__(self, number: int) -> str:
        ngettext, one, many, name = self._said
        made = self[number] = _shown(ngettext(one, many, number, **{name: number}))
        return made
