"""Jinja as Dateline uses it: the user's templates first, the shipped ones behind them, and faults told by place."""

from __future__ import annotations

import traceback
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dateline.problems import Problem
from dateline.words import Words

if TYPE_CHECKING:
    from jinja2 import Environment
    from jinja2.ext import Extension

FOLDER = "templates"
ASSETS = "assets"
# In front of a template's name, it means the shipped one: {% extends "default:base.html" %}.
SHIPPED_PREFIX = "default"


class TemplateFault(Exception):
    """A template of the user's that cannot be rendered; `problem` says where and why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def shipped() -> Path:
    """Return the folder of the shipped templates: in the wheel inside the package, in a clone beside it."""
    inside = Path(__file__).parent / FOLDER
    return inside if inside.is_dir() else Path(__file__).parent.parent / FOLDER


def _translated_once(words: Words) -> type[Extension]:
    """Return an extension that puts the words for `_("…")` into a template when it is compiled.

    A site has one language, so that nothing is left to translate on each of its pages.
    """
    from jinja2.ext import Extension
    from jinja2.lexer import Token, TokenStream

    class TranslatedOnce(Extension):
        def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
            tokens = list(stream)
            skip = 0
            for number, token in enumerate(tokens):
                following = tokens[number + 1 : number + 4]
                if skip:
                    skip -= 1
                elif token.value == "_" and [each.type for each in following] == ["lparen", "string", "rparen"]:
                    yield Token(token.lineno, "string", words.gettext(following[1].value))
                    skip = 3
                else:
                    yield token

    return TranslatedOnce


def environment(folder: Path, words: Words) -> Environment:
    """Return the Jinja environment for the project in `folder`, speaking `words`."""
    from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader, StrictUndefined

    ours = FileSystemLoader(shipped())
    loaders = [FileSystemLoader(folder / FOLDER), ours, PrefixLoader({SHIPPED_PREFIX: ours}, delimiter=":")]
    made = Environment(
        loader=ChoiceLoader(loaders),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        extensions=["jinja2.ext.i18n", _translated_once(words)],
    )
    made.install_gettext_callables(words.gettext, words.ngettext, newstyle=True)  # type: ignore[attr-defined]
    return made


def render(environment: Environment, name: str, context: Mapping[str, Any], folder: Path) -> str:
    """Return a rendered template; what is wrong in a template of the user's is raised as a `TemplateFault`."""
    from jinja2 import TemplateError

    try:
        return environment.get_template(name).render(context)
    except TemplateError as error:
        raise TemplateFault(_problem(error, name, folder)) from error
    except Exception as error:
        # An error of Python's own, raised by an expression of the user's template, is the template's fault.
        place = _place(error, folder / FOLDER)
        if place is None:
            raise
        raise TemplateFault(Problem(*place, "", f"{type(error).__name__}: {error}", _HELP)) from error


def assets(folder: Path) -> dict[str, Path]:
    """Return the files of the theme by name: the user's where there is one, else the shipped."""
    found: dict[str, Path] = {}
    for root in (shipped() / ASSETS, folder / FOLDER / ASSETS):
        found |= {file.relative_to(root).as_posix(): file for file in root.rglob("*") if file.is_file()}
    return dict(sorted(found.items()))


_HELP = "mend the template, or take the file away to use the one that Dateline ships"


def _problem(error: Exception, name: str, folder: Path) -> Problem:
    place = _place(error, folder / FOLDER)
    if place is None:
        line = getattr(error, "lineno", None) or 0
        where = getattr(error, "name", None) or name
        place = (f"{FOLDER}/{where}", line)
    message = getattr(error, "message", None) or str(error)
    return Problem(*place, "", message, _HELP)


def _place(error: Exception, templates: Path) -> tuple[str, int] | None:
    """Return file and line of the innermost template that the error went through, None where there is none."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        file = Path(frame.filename)
        for root in (templates, shipped()):
            if file.is_relative_to(root):
                return f"{FOLDER}/{file.relative_to(root).as_posix()}", frame.lineno or 0
    return None
