"""What the templates are given of what the timeline can be filtered by."""

# Annotations are types here, not texts: named tuples compile each text, for a third of the time that loading takes.

from typing import NamedTuple


class CategoryOptionView(NamedTuple):
    """A category as a filter: `key` is empty for the entries that have none, `entries` how many it has."""

    key: str
    label: str
    color: str
    glyph: str
    entries: int


class OptionView(NamedTuple):
    """One choice of a filter: `value` as the address holds it, its words, and how many entries have it."""

    value: str
    label: str
    entries: int


class FilterView(NamedTuple):
    """A filter with many choices: `name` is that of its parameter in the address, `anything` says that none is made.

    It has so many options that it is `typed` into, or else shows them as a list.
    """

    name: str
    label: str
    anything: str
    options: tuple[OptionView, ...]
    typed: bool


class FiltersView(NamedTuple):
    """What the entries of a timeline can be filtered by; a filter that would tell none apart is left out.

    `total` is the number of entries; `first` and `last` are years as EDTF writes them, both empty where all entries
    share one date; `figures` and `differing` are how many entries have a number, and sources that differ.
    `parts` is the folder of the scripts that are searched where there are more entries than a page holds, else empty.
    """

    total: int
    categories: tuple[CategoryOptionView, ...]
    lists: tuple[FilterView, ...]
    first: str
    last: str
    figures: int
    differing: int
    parts: str
