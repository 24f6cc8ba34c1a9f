"""The timeline's entries → what readers can filter them by, and how many entries each choice leaves."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from dateline import addresses, dates
from dateline.events import Entry, reports
from dateline.filter_views import CategoryOptionView, FiltersView, FilterView, OptionView
from dateline.periods import MOST
from dateline.present import GLYPHS, Presenter

# A list with more options than this is not read by anybody: its filter is typed into, with suggestions.
LISTED = 100


def filters_view(presenter: Presenter) -> FiltersView | None:
    """Return the filters of a timeline, None where there are not two entries to choose from.

    A filter is there where it can tell entries apart: where at least one of its options is not that of all entries.
    """
    entries = presenter.timeline.entries
    total = len(entries)
    if total < 2:
        return None
    translate = presenter.words.gettext
    asked = (
        ("source", translate("Source"), translate("All sources"), _sources(presenter, entries)),
        ("who", translate("Who says so"), translate("Anyone"), _options(map(_voices, entries))),
        ("place", translate("Place"), translate("Anywhere"), _options(_words([entry.place]) for entry in entries)),
        ("tag", translate("Tag"), translate("Any tag"), _options(_words(entry.tags) for entry in entries)),
    )
    categories = _categories(presenter)
    first, last = _years(presenter)
    figures, differing = sum(map(reports, entries)), sum(map(presenter.differs, entries))
    return FiltersView(
        total=total,
        categories=categories if len(categories) > 1 else (),
        lists=tuple(
            FilterView(name, label, anything, options, typed=len(options) > LISTED)
            for name, label, anything, options in asked
            if any(option.entries < total for option in options)
        ),
        first=first,
        last=last,
        figures=figures if figures < total else 0,
        differing=differing if differing < total else 0,
        parts=addresses.FIND if is_large(total) else "",
    )


def is_large(entries: int) -> bool:
    """Return whether a timeline has so many entries that its page does not hold all of them, but parts are searched."""
    return entries > MOST


def _categories(presenter: Presenter) -> tuple[CategoryOptionView, ...]:
    given = Counter(entry.category for entry in presenter.timeline.entries)
    counts = Counter({key: number for key, number in given.items() if key in presenter.categories})
    counts[""] += given.total() - counts.total()
    return tuple(
        CategoryOptionView(lane.key, lane.label, lane.color, GLYPHS[lane.shape], counts[lane.key])
        for lane in presenter.lanes()
        if counts[lane.key]
    )


def _words(texts: Iterable[str]) -> set[str]:
    """Return the texts with single spaces, as a browser compares them, without those that are empty."""
    return {" ".join(text.split()) for text in texts} - {""}


def _voices(entry: Entry) -> set[str]:
    return _words(citation.attribution for citation in entry.citations)


def _options(given: Iterable[set[str]], labels: Mapping[str, str] | None = None) -> tuple[OptionView, ...]:
    """Return each value that an entry has as an option, in the order of their labels."""
    counts = Counter(value for values in given for value in values)
    options = (OptionView(value, labels[value] if labels else value, number) for value, number in counts.items())
    return tuple(sorted(options, key=lambda option: (folded(option.label), option.label, option.value)))


def folded(text: str) -> str:
    """Return a text without case and marks, to sort by; the browser then sorts by its rules of the site's language."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()


def _sources(presenter: Presenter, entries: Sequence[Entry]) -> tuple[OptionView, ...]:
    return _options(map(_cited, entries), source_labels(presenter))


def _cited(entry: Entry) -> set[str]:
    return {citation.source for citation in entry.citations if citation.source}


def source_labels(presenter: Presenter) -> dict[str, str]:
    """Return a name for each cited source that no other has.

    It is what entries call it, else that with its title, else with its file.
    """
    short, long = {}, {}
    cited = set().union(*map(_cited, presenter.timeline.entries))
    for source in map(presenter.timeline.sources.__getitem__, sorted(cited)):
        published = presenter.published[source.name]
        short[source.name] = ", ".join(filter(None, (presenter.source_name(source), published)))
        long[source.name] = ", ".join(filter(None, (presenter.source_title(source), published)))
    labels = {}
    counted = [(names, Counter(names.values())) for names in (short, long)]
    for name in short:
        names = (names[name] for names, counts in counted if counts[names[name]] == 1)
        labels[name] = next(names, f"{long[name]}, {name}")
    return labels


def _years(presenter: Presenter) -> tuple[str, str]:
    """Return the first and the last year that an entry names, as EDTF; both empty where all share one date."""
    spans = {(entry.date.earliest, entry.date.latest) for entry in presenter.timeline.entries}
    days = [day for span in spans for day in span if day]
    if len(spans) < 2 or not days:
        return "", ""
    return year_text(min(days)[0]), year_text(max(days)[0])


def year_text(year: int) -> str:
    """Return a year as EDTF writes it: `0800`, `-0043`, `Y17000`."""
    if abs(year) > 9999:
        return f"Y{year}"
    return dates.iso((year, 1, 1))[:-6]
