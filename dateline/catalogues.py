"""Gettext catalogues (`.po`): where those of a language are, the translations in one, and what is wrong with it."""

from __future__ import annotations

import gettext
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from email import message_from_string
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from dateline.late_patterns import late
from dateline.problems import Problem, shown
from dateline.texts import read_text

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog, Message

# In a folder of templates, where the catalogues are: `fr.po`, `pt-BR.po`.
FOLDER = "languages"
ENDING = ".po"

# Unicode, property Bidi_Class: the scripts in use that are written from right to left.
_RIGHT_TO_LEFT = frozenset(["Adlm", "Arab", "Hebr", "Mand", "Mend", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa", "Yezi"])
_LINE = late(r'(?:(msgctxt|msgid|msgid_plural|msgstr|msgstr\[\d\])\s*)?("(?:[^"\\]|\\.)*")')
# What is filled in: places of str.format and of Jinja, and what would be read as a broken one.
_PLACE = late(r"\{\w+\}|%\(\w+\)s|%%|[{}%]")
# What is HTML, as templates put translations into a page as they stand; an ampersand among spaces is a word.
_HTML = late(r"<[^<>]*>|&#?\w+;?|[<>]|&(?!\s|$)")
# Source: the manual of GNU gettext, "Plural forms"; no language has more than six. What Babel is given it takes at its
# word, and makes a list of that many forms for each message.
_FORMS = late(r"\s*nplurals\s*=\s*[1-6]\s*(?:;|$)")
_RULE = late(r"(?:\s*plural\s*=[n\d\s%?:&|!=<>()+*/-]{1,400};?)?\s*", re.ASCII)
# The places that a plural form may do without, as a language may say "one entry" with no number.
_COUNTS = frozenset(["{n}", "%(n)s", "%(num)s"])
# Places that a translation may use in place of one in the message (`date_display`).
_INSTEAD = {
    "{number}": "{ordinal}",
    "{roman}": "{ordinal}",
    "{last}": "{decade}",
    "{month_alone}": "{month}",
    "{first_month_alone}": "{first_month}",
    "{last_month_alone}": "{last_month}",
}
_NUMBERS_TRIED = 1000


class Catalogue(NamedTuple):
    """The translations of one file by message, the singular of those with plurals; `form` gives a number's form."""

    texts: Mapping[str, tuple[str, ...]]
    form: Callable[[int], int]


def is_right_to_left(language: str) -> bool:
    """Return whether a language, given as a BCP 47 tag, is written from right to left."""
    return language.lower() != "en" and _script(language) in _RIGHT_TO_LEFT


def files_of(language: str, roots: Sequence[Path]) -> list[Path]:
    """Return the catalogues for a language in folders of templates, the one to ask first first.

    A more exact language comes before its parent, and in each the first folder before the others. `pt-BR` is also
    asked in `pt`; one in another script than its parent, such as `zh-Hant`, is not, as it would be read by others.
    """
    there = [(root / FOLDER, _named(root / FOLDER)) for root in roots if (root / FOLDER).is_dir()]
    # Of most languages there is none at all, and to know their parents takes Babel.
    first = language.lower().replace("_", "-").partition("-")[0]
    if not any(tag.partition("-")[0] == first for _, names in there for tag in names):
        return []
    found = [folder / names[tag] for tag in _line_of_parents(language) for folder, names in there if tag in names]
    return list({file.resolve(): file for file in found}.values())


def read_shipped(file: Path) -> Catalogue:
    """Return a catalogue of ours, which tests have found to be without fault."""
    return _read(file.read_text("utf-8"), "")[0]


def read(file: Path, path: str) -> tuple[Catalogue | None, list[Problem]]:
    """Return a catalogue, without the translations that are at fault, and all that is wrong with it.

    `path` is the file's name in the problems.
    """
    text, problem = read_text(file, path)
    if text is None:
        return None, [problem] if problem else []
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not line.lstrip().startswith("#") and not _LINE.fullmatch(line.strip()):
            help_text = 'write msgid "…" with the English words, and below it msgstr "…" with yours; \\" for a mark'
            return None, [Problem(path, number, "", "this line is not of a catalogue", help_text)]
    return _read(text, path)


def messages_of(template: Path) -> list[str]:
    """Return the messages of a catalogue, translated or not, by their singular."""
    from babel.messages.pofile import read_po

    catalog = read_po(io.StringIO(template.read_text("utf-8")))
    return [_forms(message.id)[0] for message in catalog if message.id]


def tag_of(name: str) -> str:
    """Return the tag that a file is named by in the form in which tags are compared, such as `pt-br`."""
    return name.removesuffix(ENDING).replace("_", "-").lower()


def _named(folder: Path) -> dict[str, str]:
    return {tag_of(file.name): file.name for file in sorted(folder.glob(f"*{ENDING}"))}


def _line_of_parents(language: str) -> list[str]:
    """Return a tag and those more general ones that are usually written in the same script, in lower case."""
    subtags = language.replace("_", "-").split("-")
    tags = ["-".join(subtags[:length]) for length in range(len(subtags), 0, -1)]
    script = _script(language)
    if script:
        tags.insert(-1, f"{subtags[0]}-{script}")
    same = [tag for tag in tags if tag == language or _script(tag) == script]
    return list(dict.fromkeys(tag.lower() for tag in same))


def _script(language: str) -> str:
    """Return the code of the script that a language is usually written in, or nothing (CLDR, "Likely Subtags")."""
    from babel.core import get_global

    first, *rest = language.replace("_", "-").split("-")
    written = next((subtag.title() for subtag in rest if re.fullmatch("[A-Za-z]{4}", subtag)), "")
    regions = [f"{first.lower()}_{subtag.upper()}" for subtag in rest if re.fullmatch("[A-Za-z]{2}|[0-9]{3}", subtag)]
    likely: Mapping[str, str] = get_global("likely_subtags")
    whole = next((likely[tag] for tag in (*regions, first.lower()) if tag in likely), "")
    return written or (whole.split("_")[1] if whole else "")


def _read(text: str, path: str) -> tuple[Catalogue, list[Problem]]:
    from babel.messages.pofile import PoFileError, read_po

    nothing = Catalogue({}, lambda _: 0)
    try:
        _check_plural_forms(text)
        catalog = read_po(io.StringIO(text), abort_invalid=True)
        form = _form(catalog)
    except PoFileError as error:
        said = re.sub(r" on \d+$", "", str(error))
        return nothing, [Problem(path, error.lineno + 1, "", f"cannot be read as a catalogue: {said}", _MEND)]
    except Exception as error:  # Babel says in many ways that it cannot read a header
        line = next((number for number, line in enumerate(text.splitlines(), 1) if "Plural-Forms" in line), 0)
        return nothing, [Problem(path, line, "", f"its header cannot be read: {error}", _MEND)]
    texts, problems = {}, []
    for message in catalog:
        if not message.id or message.fuzzy or not any(_forms(message.string)):
            continue
        faults = list(_faults(message, path))
        problems += faults
        if not faults:
            texts[_forms(message.id)[0]] = _forms(message.string)
    return Catalogue(texts, form), problems


_MEND = "compare it with a catalogue that Dateline ships"


def _check_plural_forms(text: str) -> None:
    """Raise a ValueError if a header of the catalogue does not say in an ordinary way how the language counts."""
    for header in _headers(text):
        for name, value in message_from_string(header).items():
            if name.lower() != "plural-forms" or not value.strip():
                continue
            forms = _FORMS.match(value)
            if not forms:
                raise ValueError("nplurals is not a number from 1 to 6")
            if not _RULE.fullmatch(value, forms.end()):
                raise ValueError("what stands behind plural is not a rule of gettext’s")


def _headers(text: str) -> Iterator[str]:
    """Yield the words for each empty message: the first has the header, and Babel takes any other for one as well."""
    from babel.messages.pofile import unescape

    fields: list[tuple[str, list[str]]] = []
    for line in text.splitlines():
        found = _LINE.fullmatch(line.strip())
        if found and found[1]:
            fields.append((found[1], []))
        if found and fields:
            fields[-1][1].append(unescape(found[2]))
    for (before, message), (keyword, words) in pairwise(fields):
        if before == "msgid" and not any(message) and keyword.startswith("msgstr"):
            yield "".join(words)


def _form(catalog: Catalog) -> Callable[[int], int]:
    """Return what gives the plural form of a number: never one that is not there, whatever the header says."""
    last = catalog.num_plurals - 1
    rule: Callable[[int], int] = gettext.c2py(catalog.plural_expr)
    wrong = [number for number in range(_NUMBERS_TRIED) if not 0 <= rule(number) <= last]
    if wrong:
        raise ValueError(f"of {last + 1} plural forms, it gives form {rule(wrong[0])} to the number {wrong[0]}")

    def form(number: int) -> int:
        try:
            return max(0, min(rule(number), last))
        except ArithmeticError:
            return last

    return form


def _forms(text: str | Sequence[str] | None) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text or ())


def _faults(message: Message, path: str) -> Iterator[Problem]:
    """Yield why the translation of a message cannot be used."""
    originals, forms = _forms(message.id), _forms(message.string)
    where = Problem(path, message.lineno or 0, "", "")
    if not all(forms):
        missing = forms.index("")
        yield where._replace(
            message=f"{shown(originals[0])} has no words in msgstr[{missing}]",
            help="write the words of each plural form",
        )
        return
    for text in forms:
        slip = _markup_slip(text, originals[0])
        if slip:
            yield where._replace(message=slip[0], help=slip[1])
            return
    wanted = _places(originals[-1])
    spare = _COUNTS if len(originals) > 1 else frozenset()
    for text in forms:
        found = frozenset(_INSTEAD[place] if _INSTEAD.get(place) in wanted else place for place in _places(text))
        if found | spare != wanted | spare or found - wanted:
            said = ", ".join(sorted(wanted)) or "none"
            yield where._replace(
                message=f"{shown(text)} has other places to fill than {shown(originals[-1])}",
                help=f"write these as they are in the English words: {said}",
            )
            return


def _markup_slip(text: str, original: str) -> tuple[str, str] | None:
    """Return message and help where a translation holds other HTML than its message, or could end an attribute of it.

    It is held against the singular, by which messages are found: a plural in a catalogue can be any text.
    """
    if _html(text) != _html(original):
        said = ", ".join(_HTML.findall(original)) or "none"
        help_text = f"write these as they are in the English words, and no other <, > or &: {said}"
        return f"{shown(text)} has other HTML than {shown(original)}", help_text
    if '"' in text and '"' not in original:
        message = f"{shown(text)} has a straight quotation mark, and {shown(original)} has none"
        return message, "write the quotation marks of the language, such as “…” or «…»"
    return None


def _html(text: str) -> dict[str, list[str]]:
    """Return the HTML in a text, by the name of the element: one may stand before another, but not end before it."""
    found: dict[str, list[str]] = {}
    for piece in _HTML.findall(text):
        name = re.match(r"</?(\w*)", piece)
        found.setdefault(name[1] if name else "", []).append(piece)
    return found


def _places(text: str) -> frozenset[str]:
    return frozenset(_PLACE.findall(text))
