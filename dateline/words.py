"""The site's own words in its language: labels, phrases and plural forms."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

# Scripts that are written from right to left, by the languages that usually use them (CLDR, layout orientation).
_RIGHT_TO_LEFT = frozenset(["ar", "arc", "ckb", "dv", "fa", "he", "ks", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"])


class Words(NamedTuple):
    """How one language says the site's own words; `gettext` and `ngettext` are those of GNU gettext."""

    language: str
    direction: str
    gettext: Callable[[str], str]
    ngettext: Callable[[str, str, int], str]


def words_for(language: str) -> Words:
    """Return the words of a language, given as a BCP 47 tag."""
    direction = "rtl" if language.split("-", maxsplit=1)[0].lower() in _RIGHT_TO_LEFT else "ltr"
    return Words(language, direction, lambda message: message, lambda one, many, n: one if n == 1 else many)
