"""The catalogues in templates/languages hold every message of the program, and no other (`make languages`).

New messages come in without words; what is translated stays. The same messages give the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po, write_po

REPOSITORY = Path(__file__).parent.parent
LANGUAGES = REPOSITORY / "templates" / "languages"
# What a new language is copied from.
TEMPLATE = LANGUAGES / "messages.pot"
HEADER = """\
# The words of Dateline's pages{name}.
# How to translate them: docs/languages.md."""
# How the program asks for words.
KEYWORDS = {"_": None, "gettext": None, "translate": None, "_translate": None, "ngettext": (1, 2)}
OPTIONS = {"trim_blocks": "true", "lstrip_blocks": "true", "newstyle_gettext": "true", "silent": "false"}


def messages() -> Catalog:
    """Return the messages of the package and of the templates, in the order of their files."""
    found = Catalog(fuzzy=False)
    for path, message, comments in _extracted():
        found.add(message, locations=[(path, 0)], auto_comments=comments)
    return found


def _extracted() -> Iterator[tuple[str, str | tuple[str, ...], list[str]]]:
    files = [*sorted((REPOSITORY / "templates").glob("*.html")), *sorted((REPOSITORY / "dateline").glob("*.py"))]
    for file in files:
        method = "python" if file.suffix == ".py" else "jinja2.ext:babel_extract"
        with file.open("rb") as content:
            for _, message, comments, _ in extract(
                method, content, KEYWORDS, ("Translators:",), OPTIONS, strip_comment_tags=True
            ):
                yield file.relative_to(REPOSITORY).as_posix(), message, comments


def catalogue(file: Path) -> Catalog:
    """Return a catalogue as it stands."""
    return read_po(io.StringIO(file.read_text("utf-8")), locale=file.stem, abort_invalid=True)


def renewed(file: Path, found: Catalog) -> str:
    """Return the text of a catalogue with these messages, translated where it has words for them."""
    is_template = file == TEMPLATE
    given = Catalog() if is_template else catalogue(file)
    renewed = Catalog(locale=None if is_template else file.stem, fuzzy=False)
    for message in found:
        if message.id:
            old = given.get(message.id)
            text = old.string if old and not old.fuzzy else None
            renewed.add(message.id, text, message.locations, auto_comments=message.auto_comments)
    body = io.BytesIO()
    write_po(body, renewed, width=0, omit_header=True, include_lineno=False)
    return f"{_header(file, is_template=is_template)}\n{body.getvalue().decode().rstrip()}\n"


def _header(file: Path, *, is_template: bool) -> str:
    """Return the entry that tells of the catalogue: nothing in it changes from day to day."""
    forms = "nplurals=2; plural=(n != 1);"
    name = ""
    if not is_template:
        plural = get_plural(file.stem)
        forms = f"nplurals={plural.num_plurals}; plural={plural.plural_expr};"
        name = f" in {renewed_name(file)}"
    lines = [
        f"Language: {'' if is_template else file.stem}",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=UTF-8",
        "Content-Transfer-Encoding: 8bit",
        f"Plural-Forms: {forms}",
    ]
    return "\n".join([HEADER.format(name=name), 'msgid ""', 'msgstr ""', *(f'"{line}\\n"' for line in lines), ""])


def renewed_name(file: Path) -> str:
    """Return the English name of a catalogue's language."""
    from babel import Locale

    return Locale.parse(file.stem, sep="-").english_name or file.stem


def catalogues() -> list[Path]:
    """Return the catalogues that are shipped."""
    return sorted(LANGUAGES.glob("*.po"))


if __name__ == "__main__":
    all_messages = messages()
    for each in (TEMPLATE, *catalogues()):
        each.parent.mkdir(exist_ok=True)
        each.write_text(renewed(each, all_messages), "utf-8")
