"""The site's own words in its language: labels, phrases and plural forms."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from dateline.date_patterns import ENGLISH, locale_name

if TYPE_CHECKING:
    from dateline.catalogues import Catalogue

# No language parts the digits of a smaller number.
_GROUPED_FROM = 1000


class Words(NamedTuple):
    """How one language says the site's own words; `gettext` and `ngettext` are those of GNU gettext."""

    language: str
    direction: str
    gettext: Callable[[str], str]
    ngettext: Callable[[str, str, int], str]

    def number(self, number: int) -> str:
        """Return a whole number as the language writes it."""
        if 0 <= number < _GROUPED_FROM:
            return str(number)
        locale = locale_name(self.language)
        if locale == ENGLISH:
            return f"{number:,}"
        from babel.numbers import format_decimal

        return str(format_decimal(number, locale=locale))


def words_for(language: str, roots: Sequence[Path] = ()) -> Words:
    """Return the words of a language, given as a BCP 47 tag, from the catalogues in these folders of templates.

    What is in none of them is said in English; a catalogue that is at fault is left out as far as it is.
    """
    from dateline import catalogues

    files = catalogues.files_of(language, roots)
    read = [_catalogue(file, ours=file.is_relative_to(roots[-1])) for file in files]
    direction = "rtl" if catalogues.is_right_to_left(language) else "ltr"
    if not read:
        return Words(language, direction, lambda message: message, lambda one, many, n: one if n == 1 else many)
    return _translated(language, direction, [catalogue for catalogue in read if catalogue])


def _catalogue(file: Path, *, ours: bool) -> Catalogue | None:
    from dateline import catalogues

    return catalogues.read_shipped(file) if ours else catalogues.read(file, "")[0]


def _translated(language: str, direction: str, catalogues: Sequence[Catalogue]) -> Words:
    """Return the words of these catalogues; each message is said by the first that has it."""
    found = {message: catalogue for catalogue in reversed(catalogues) for message in catalogue.texts}
    plain = {message: catalogue.texts[message][0] for message, catalogue in found.items()}

    def ngettext(one: str, many: str, n: int) -> str:
        catalogue = found.get(one)
        if catalogue is None:
            return one if n == 1 else many
        texts = catalogue.texts[one]
        return texts[min(catalogue.form(n), len(texts) - 1)]

    return Words(language, direction, lambda message: plain.get(message, message), ngettext)
