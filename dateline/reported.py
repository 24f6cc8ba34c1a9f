"""Entries → the numbers that they report, family by family, each with who says it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from dateline.config import Config, Family, Series
from dateline.date_display import DateDisplay
from dateline.events import Citation, Entry, Figure
from dateline.slugs import slug
from dateline.timeline import Timeline
from dateline.words import Words


class Reported(NamedTuple):
    """A number that a citation of an entry reports; `voice` is who says so.

    `id` names it on the page of figures.
    """

    id: str
    entry: Entry
    citation: Citation
    figure: Figure
    series: Series
    voice: str


class Reports(NamedTuple):
    """The numbers of a family in the order of the timeline, with the series and the voices that occur in them.

    `id` names the family on the page of figures. The series are in the order of `timeline.toml`, the voices in that
    of their first number.
    """

    id: str
    family: Family
    series: tuple[Series, ...]
    voices: tuple[str, ...]
    numbers: tuple[Reported, ...]


def reports(timeline: Timeline, voice: Callable[[Citation], str]) -> tuple[Reports, ...]:
    """Return the families of which any number is reported, in the order of `timeline.toml`."""
    config = timeline.config
    ids = family_ids(config)
    found: dict[str, list[Reported]] = {}
    for entry, citation in timeline.citations():
        for figure in citation.figures:
            series = config.series[figure.series]
            numbers = found.setdefault(series.family, [])
            number_id = f"{ids[series.family]}.{len(numbers) + 1}"
            numbers.append(Reported(number_id, entry, citation, figure, series, voice(citation)))
    families = ((key, family) for key, family in config.families.items() if key in found)
    return tuple(_reports(ids[key], family, found[key], config) for key, family in families)


def family_ids(config: Config) -> Mapping[str, str]:
    """Return what names each family on the page of figures; no two are the same, and none has white space."""
    ids: dict[str, str] = {}
    taken: set[str] = set()
    for number, key in enumerate(config.families):
        name = slug(key) or "family"
        name = f"{name}-{number}" if name in taken else name
        while name in taken:
            name += "-"
        taken.add(name)
        ids[key] = f"figures.{name}"
    return ids


def _reports(family_id: str, family: Family, numbers: list[Reported], config: Config) -> Reports:
    used = {number.series.key for number in numbers}
    return Reports(
        id=family_id,
        family=family,
        series=tuple(series for series in config.series.values() if series.key in used),
        voices=tuple(dict.fromkeys(number.voice for number in numbers)),
        numbers=tuple(numbers),
    )


def some(reports: Reports, places: Iterable[int]) -> Reports:
    """Return those of a family's numbers that are at these places, with the ids of a page that has no others."""
    numbers = [
        reports.numbers[place]._replace(id=f"{reports.id}.{number}") for number, place in enumerate(places, start=1)
    ]
    return reports._replace(voices=tuple(dict.fromkeys(number.voice for number in numbers)), numbers=tuple(numbers))


def series_note(series: Series, display: DateDisplay, words: Words) -> str:
    """Return what exactly a series counts, and since when."""
    since = display.full(series.since) if series.since else ""
    counted = words.gettext("counted since {date}").format(date=since) if since else ""
    # Translators: between two remarks; with its space.
    return words.gettext("; ").join(part for part in (series.note.rstrip("."), counted) if part)
