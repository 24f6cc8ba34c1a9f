"""The timeline's entries → what readers can filter them by, and how many entries each choice leaves."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence

from dateline import addresses, dates
from dateline.events import Entry, reports
from dateline.filter_views import CategoryOptionView, FiltersView, FilterView, OptionView
from dateline.folding import single_spaced
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
    sources, voices = _cited(entries)
    asked = (
        ("source", translate("Source"), translate("All sources"), _options(sources, source_labels(presenter))),
        ("who", translate("Who says so"), translate("Anyone"), _options(voices)),
        ("place", translate("Place"), translate("Anywhere"), _options(Counter([(entry.place,) for entry in entries]))),
        ("tag", translate("Tag"), translate("Any tag"), _options(Counter([entry.tags for entry in entries]))),
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


def _cited(entries: Sequence[Entry]) -> tuple[Counter[tuple[str, ...]], Counter[tuple[str, ...]]]:
    """Return how many entries have which sources, and how many have whom say so."""
    # Many entries have the same, and most of them one citation.
    alone = [entry.citations[0] for entry in entries if len(entry.citations) == 1]
    sources: Counter[tuple[str, ...]] = Counter()
    voices: Counter[tuple[str, ...]] = Counter()
    for (source, voice), number in Counter([(citation.source, citation.attribution) for citation in alone]).items():
        sources[source,] += number
        voices[voice,] += number
    for citations in [entry.citations for entry in entries if len(entry.citations) > 1]:
        sources[tuple([citation.source for citation in citations])] += 1
        voices[tuple([citation.attribution for citation in citations])] += 1
    return sources, voices


def _options(given: Mapping[tuple[str, ...], int], labels: Mapping[str, str] | None = None) -> tuple[OptionView, ...]:
    """Return each text that an entry has as an option, in the order of their labels.

    `given` is how many entries have which texts. What has no label of its own has single spaces, as a browser compares
    it.
    """
    counts: Counter[str] = Counter()
    for texts, number in given.items():
        for value in {text if labels else single_spaced(text) for text in texts if text} - {""}:
            counts[value] += number
    named = [(labels[value] if labels else value, value) for value in counts]
    in_order = sorted([(folded(label), label, value) for label, value in named])
    return tuple([OptionView(value, label, counts[value]) for _, label, value in in_order])


def folded(text: str) -> str:
    """Return a text without case and marks, to sort by; the browser then sorts by its rules of the site's language."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text)
    # No character before these is a mark.
    return "".join([mark for mark in plain if mark < "\u0300" or not unicodedata.combining(mark)]).casefold()


def source_labels(presenter: Presenter) -> dict[str, str]:
    """Return a name for each cited source that no other has.

    It is what entries call it, else that with its title, else with its file.
    """
    short, long = {}, {}
    cited = {citation.source for entry in presenter.timeline.entries for citation in entry.citations} - {""}
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
    dates = [entry.date for entry in presenter.timeline.entries]
    first, last = {date.earliest for date in dates}, {date.latest for date in dates}
    days = [day for day in first | last if day]
    if len(first) == len(last) == 1 or not days:
        return "", ""
    return year_text(min(days)[0]), year_text(max(days)[0])


def year_text(year: int) -> str:
    """Return a year as EDTF writes it: `0800`, `-0043`, `Y17000`."""
    if abs(year) > 9999:
        return f"Y{year}"
    return dates.iso((year, 1, 1))[:-6]
