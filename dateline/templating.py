"""Jinja as Dateline uses it: the user's templates first, the shipped ones behind them, and faults told by place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dateline.bundles import bundles
from dateline.escaping import escaped
from dateline.problems import Problem, ProblemError
from dateline.words import Words

if TYPE_CHECKING:
    from jinja2 import BaseLoader, Environment, FileSystemLoader, Template
    from jinja2.ext import Extension

FOLDER = "templates"
ASSETS = "assets"
SHIPPED_PREFIX = "default"
# From how many pages on a template is put together before it renders them, where it cannot be kept for the next build:
# that takes as long as Jinja takes for some 400.
WORTH_FLATTENING = 400

Fixed = Mapping[str, Mapping[str, Any]]
NO_TEMPLATE = "there is no template {}"
HELP = "mend the template, or take the file away to use the one that Dateline ships"


class BrokenTemplateError(ProblemError):
    """A template of the user's that cannot be rendered; `problem` says where and why."""


def shipped() -> Path:
    """Return the folder of the shipped templates: in the wheel inside the package, in a clone beside it."""
    inside = Path(__file__).parent / FOLDER
    return inside if inside.is_dir() else Path(__file__).parent.parent / FOLDER


def roots_of(folder: Path) -> tuple[Path, Path]:
    """Return where the theme of the project in `folder` is looked for, in this order.

    They are told apart by their paths, which in a clone of Dateline's own repository are the same.
    """
    return (folder / FOLDER).absolute(), shipped()


def _translated_once(words: Words) -> type[Extension]:
    """Return an extension that puts the words for `_("…")` into a template when it is compiled.

    A site has one language, so that nothing is left to translate on each of its pages.
    """
    from jinja2.ext import Extension
    from jinja2.lexer import Token, TokenStream

    called = ["lparen", "string", "rparen"]

    class TranslatedOnce(Extension):
        def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
            tokens = list(stream)
            skip = 0
            for number, token in enumerate(tokens):
                if skip:
                    skip -= 1
                elif token.value == "_" and [each.type for each in tokens[number + 1 : number + 4]] == called:
                    yield Token(token.lineno, "string", words.gettext(tokens[number + 2].value))
                    skip = 3
                else:
                    yield token

    return TranslatedOnce


def _files_of(folder: Path) -> FileSystemLoader:
    """Return a loader of the templates in a folder; one that is not UTF-8 is at fault as one that Jinja cannot read."""
    from jinja2 import FileSystemLoader, TemplateSyntaxError

    class Files(FileSystemLoader):
        def get_source(self, environment: Environment, template: str) -> tuple[str, str, Any]:
            try:
                return super().get_source(environment, template)
            except UnicodeDecodeError as error:
                line = error.object.count(b"\n", 0, error.start) + 1
                message = f"byte 0x{error.object[error.start]:02X} is not valid UTF-8"
                raise TemplateSyntaxError(message, line, template) from error

    return Files(folder)


def _quick_to_escape() -> type[Template]:
    """Return Jinja's template class, but that what compiled templates call `escape` is `escaped`."""
    from jinja2 import Template

    class QuickToEscape(Template):
        @classmethod
        def from_code(cls, *given: Any, **named: Any) -> Template:  # noqa: ANN401 - handed on as they are
            template = super().from_code(*given, **named)
            template.root_render_func.__globals__["escape"] = escaped
            return template

    return QuickToEscape


def assets_of(roots: tuple[Path, Path]) -> dict[str, Path]:
    """Return the assets in these folders of templates by name, in order; those in the first hide others of their name.

    A name that a site cannot have is raised as a `BrokenTemplateError`.
    """
    found: dict[str, Path] = {}
    names: dict[str, str] = {}
    for root in (folder / ASSETS for folder in reversed(roots)):
        for file in filter(Path.is_file, root.rglob("*")):
            name = file.relative_to(root).as_posix()
            if re.search(r"[\\:\x00-\x1f\x7f]", name):
                where = f"{FOLDER}/{ASSETS}/{name}"
                raise BrokenTemplateError(Problem(where, 0, "", "has a name that a site cannot have", "rename it"))
            # Package installers may link what is shipped; what the user links could lead anywhere.
            if file.is_symlink() and root == roots[0] / ASSETS:
                where = f"{FOLDER}/{ASSETS}/{name}"
                raise BrokenTemplateError(
                    Problem(where, 0, "", "is a link, and is not followed", "copy the file there")
                )
            # On many disks, Style.css and style.css are one file.
            found[names.setdefault(name.casefold(), name)] = file
    return dict(sorted(found.items()))


def loader_of(users: Path, ours: Path) -> BaseLoader:
    """Return what finds a template in the user's folder, then in the shipped one; after `default:` in that alone."""
    from jinja2 import ChoiceLoader, PrefixLoader

    default = _files_of(ours)
    return ChoiceLoader([_files_of(users), default, PrefixLoader({SHIPPED_PREFIX: default}, delimiter=":")])


def environment_of(loader: BaseLoader, words: Words) -> Environment:
    """Return Jinja's settings for reading and rendering the templates that `loader` finds."""
    from jinja2 import Environment, StrictUndefined

    environment = Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        extensions=["jinja2.ext.i18n", _translated_once(words)],
    )
    environment.filters["number"] = words.number
    environment.install_gettext_callables(words.gettext, words.ngettext, newstyle=True)  # type: ignore[attr-defined]
    return environment


class Theme:
    """The templates and assets of the project in `folder`, speaking `words`: the user's, and behind them the shipped.

    In front of a template's name, `default:` means the shipped one.
    """

    def __init__(self, folder: Path, words: Words) -> None:
        from dateline.compiled_templates import kept_templates

        self._roots = roots_of(folder)
        self._words = words
        self._kept = kept_templates(words.language, self._roots)
        self._texts: dict[str, bytes] = {}
        self._templates: dict[str, Template] = {}

    @cached_property
    def _environment(self) -> Environment:
        """Jinja, which is loaded when it is asked for: most pages are made without."""
        environment = environment_of(loader_of(*self._roots), self._words)
        environment.template_class = _quick_to_escape()
        environment.bytecode_cache = self._kept.for_jinja() if self._kept else None
        return environment

    def render(self, name: str, context: Mapping[str, Any]) -> str:
        """Return a rendered template; a fault in one of the user's is raised as a `BrokenTemplateError`."""
        from jinja2 import TemplateError

        try:
            return self._template(name).render(context)
        except TemplateError as error:
            raise BrokenTemplateError(self._problem(error, name)) from error
        except Exception as error:
            # An error of Python's own, raised by an expression of the user's template, is the template's fault.
            place = self._place(error)
            if place is None:
                raise
            raise BrokenTemplateError(Problem(*place, "", f"{type(error).__name__}: {error}", HELP)) from error

    def renderer(self, name: str, pages: int, fixed: Fixed) -> Callable[[Any], bytes]:
        """Return what renders one template for so many records, on whose pages the values `fixed` are the same.

        `fixed` has names of their fields, and for each the values of some of its own fields. Rows of a page that is
        made of many count as pages.
        """
        flat: Callable[[Any], bytes] | None = None
        is_new = True

        def rendered(record: Any) -> bytes:  # noqa: ANN401 - one of `page_views`
            nonlocal flat, is_new
            try:
                if is_new:
                    is_new = False
                    flat = self._flat(name, pages, fixed, type(record))
                if flat:
                    return flat(record)
            except Exception:  # noqa: S110 - Jinja tells of it
                pass
            return self.render(name, record._asdict()).encode()

        return rendered

    def _flat(self, name: str, pages: int, fixed: Fixed, record: type[Any]) -> Callable[[Any], bytes] | None:
        """Return a template put together, if that is worth it for so many pages."""
        from dateline.flat_pages import page_maker

        asked = [record.__name__, *record._fields, *(f"{of}.{field}" for of in fixed for field in fixed[of])]
        flat = self._kept.flat(name, asked, self._text) if self._kept else None
        if flat is None:
            if not self._kept and pages < WORTH_FLATTENING:
                return None
            from dateline.flat_templates import flat_template

            flat = flat_template(self._environment, name, fixed, record)
            if self._kept:
                self._kept.keep_flat(name, asked, flat, self._text)
        return page_maker(flat.code, fixed, self._words, lambda: self._environment) if flat.code else None

    def _text(self, name: str) -> bytes:
        """Return the bytes of a template that `loader_of` finds, and a dot; nothing where there is none."""
        if name not in self._texts:
            users, ours = self._roots
            places = users / name, ours / name, ours / name.removeprefix(f"{SHIPPED_PREFIX}:")
            found = next(filter(Path.is_file, places), None)
            self._texts[name] = found.read_bytes() + b"." if found else b""
        return self._texts[name]

    @cached_property
    def assets(self) -> Mapping[str, Path]:
        """The files of the theme by name, in order."""
        return assets_of(self._roots)

    def published(self) -> dict[str, bytes]:
        """Return what is published of the assets by name: the files, and the bundles of them that pages load."""
        assets = {name: self._content(file) for name, file in self.assets.items()}
        return assets | dict(bundles(assets))

    def _content(self, asset: Path) -> bytes:
        """Return what is published of a file: of our scripts what browsers read of them, all else as it is."""
        content = asset.read_bytes()
        if asset.suffix != ".js" or not asset.is_relative_to(self._roots[1]):
            return content
        import rjsmin

        return str(rjsmin.jsmin(content.decode())).encode() + b"\n"

    def _template(self, name: str) -> Template:
        if name not in self._templates:
            template = self._environment.get_template(name)
            # Jinja copies the globals for each page, and copies a plain dict ten times faster than its ChainMap.
            template.globals = dict(template.globals)
            self._templates[name] = template
        return self._templates[name]

    def _problem(self, error: Exception, name: str) -> Problem:
        from jinja2 import TemplateNotFound

        where, line = getattr(error, "name", None) or name, getattr(error, "lineno", None) or 0
        place = self._place(error) or (f"{FOLDER}/{where}", line)
        message = getattr(error, "message", None) or str(error)
        if isinstance(error, TemplateNotFound):
            message = NO_TEMPLATE.format(error.name)
        # A record is named by its class, as the documentation names it.
        return Problem(*place, "", re.sub(r"'(?:\w+\.)*(\w+) object'", r"\1", message), HELP)

    def _place(self, error: Exception) -> tuple[str, int] | None:
        """Return file and line of the innermost template that the error went through, None where there is none."""
        import traceback

        for frame in reversed(traceback.extract_tb(error.__traceback__)):
            file = Path(frame.filename)
            for root in self._roots:
                if file.is_relative_to(root):
                    return f"{FOLDER}/{file.relative_to(root).as_posix()}", frame.lineno or 0
        return None
