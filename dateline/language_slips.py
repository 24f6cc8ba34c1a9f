"""The site's language and the user's catalogues → what is wrong with them, and which words are missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from dateline import catalogues, config
from dateline.catalogues import ENDING
from dateline.problems import Problem, shown
from dateline.templating import FOLDER, roots_of

PLACE = f"{FOLDER}/{catalogues.FOLDER}"
# What a new language is copied from.
TEMPLATE = "messages.pot"
_ENGLISH = "en"
# How many messages without words are named.
_NAMED = 3


def slips(folder: Path, language: str) -> list[Problem]:
    """Return what is wrong with the user's catalogues in the project in `folder`, and that there are no words."""
    users, ours = (root / catalogues.FOLDER for root in roots_of(folder))
    own = users.is_dir() and not users.samefile(ours)
    is_english = language.lower().split("-")[0] == _ENGLISH
    if is_english and not own:
        return []
    used = catalogues.files_of(language, roots_of(folder))
    if not used and not is_english:
        return [_no_words(folder, language), *_unused(users, ours, used, language)]
    problems = list(_unused(users, ours, used, language)) if own else []
    if not own or not any(file.parent == users for file in used):
        return problems
    read = {file: catalogues.read(file, f"{PLACE}/{file.name}") for file in used if file.parent == users}
    problems += [problem for _, found in read.values() for problem in found]
    if not problems and not is_english and all(file.parent == users for file in used):
        said = {message for catalogue, _ in read.values() if catalogue for message in catalogue.texts}
        problems += _missing(used[0].name, said, ours / TEMPLATE)
    return problems


def _no_words(folder: Path, language: str) -> Problem:
    from babel import Locale

    from dateline.date_patterns import locale_name

    dates = Locale.parse(locale_name(language)).english_name
    message = f"Dateline has no words in {shown(language)} yet: labels are English, dates {dates}"
    help_text = f"copy Dateline’s {PLACE}/{TEMPLATE} to {PLACE}/{language}{ENDING} in your folder, and translate it"
    return Problem(config.FILE, config.line_of(folder, "language"), "language", message, help_text, "warning")


def _unused(users: Path, ours: Path, used: Sequence[Path], language: str) -> Iterator[Problem]:
    """Yield the catalogues of the user's that are not those of the site's language, but for copies of the shipped."""
    for file in sorted(users.glob(f"*{ENDING}")):
        shipped = ours / file.name
        if file in used or (shipped.is_file() and file.is_file() and shipped.read_bytes() == file.read_bytes()):
            continue
        tag = catalogues.tag_of(file.name)
        if config.LANGUAGE.fullmatch(tag):
            message = f"is not used: the language of the site is {shown(language)}"
            help_text = f'write language = "{tag}" in {config.FILE}, or take the file away'
        else:
            message = f"is not used: {shown(tag)} is not the code of a language"
            help_text = f"name it by such a code, as in {PLACE}/ka{ENDING}"
        yield Problem(f"{PLACE}/{file.name}", 0, "", message, help_text, "warning")


def _missing(name: str, said: set[str], template: Path) -> Iterator[Problem]:
    """Yield that messages have no words, where that is so."""
    missing = [message for message in catalogues.messages_of(template) if message not in said]
    if missing:
        named = ", ".join(shown(message) for message in missing[:_NAMED])
        more = ", …" if len(missing) > _NAMED else ""
        message = f"has no words for {len(missing)} of Dateline’s messages, which stay English: {named}{more}"
        help_text = f"write them below msgstr; what is new is in Dateline’s {PLACE}/{TEMPLATE}"
        yield Problem(f"{PLACE}/{name}", 0, "", message, help_text, "warning")
