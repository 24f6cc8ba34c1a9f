"""Where the sources of one entry, or two entries, do not say the same: shown side by side, never averaged away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from dateline import mentions
from dateline.dates import Point
from dateline.events import Citation, Entry, Figure, reports
from dateline.named_tuples import NamedTuple
from dateline.sources import Source


class Difference(NamedTuple):
    """What the citations of an entry do not agree on: who says which date, or which number of which series."""

    about: Literal["date", "number"]
    series: str
    claims: tuple[tuple[Citation, Point | Figure], ...]


def differences(entry: Entry, sources: Mapping[str, Source], language: str) -> tuple[Difference, ...]:
    """Return what the citations of an entry differ on.

    They differ on the date where the entry's is one of a set and their quotes hold different members of it; on a
    number where they give the same series different ones.
    """
    if entry.date.kind != "one of" and not reports(entry):
        return ()
    found = []
    dated = _dated(entry, sources, language)
    if len({point.text for _, point in dated}) > 1:
        found.append(Difference("date", "", tuple(dated)))
    for series, claims in _numbers(entry).items():
        if len({figure.value for _, figure in claims}) > 1:
            found.append(Difference("number", series, tuple(claims)))
    return tuple(found)


def conflicts(entries: tuple[Entry, ...]) -> dict[str, tuple[str, ...]]:
    """Return, for each id, the ids of the entries that say otherwise: named by it, or naming it."""
    sides: dict[str, dict[str, None]] = {}
    known = {entry.id for entry in entries}
    for entry in entries:
        for other in entry.conflicts_with:
            if other in known and other != entry.id:
                sides.setdefault(entry.id, {})[other] = None
                sides.setdefault(other, {})[entry.id] = None
    return {entry_id: tuple(others) for entry_id, others in sides.items()}


def _dated(entry: Entry, sources: Mapping[str, Source], language: str) -> list[tuple[Citation, Point]]:
    if entry.date.kind != "one of":
        return []
    found = []
    for citation in entry.citations:
        spoken = sources[citation.source].language if citation.source in sources else ""
        said = [point for point in entry.date.points if point and _says(citation.quote, point, spoken or language)]
        if len(said) == 1:
            found.append((citation, said[0]))
    return found


def _says(quote: str, point: Point, language: str) -> bool:
    return mentions.supports(quote, point.year, point.month, point.day, language)


def _numbers(entry: Entry) -> dict[str, list[tuple[Citation, Figure]]]:
    by_series: dict[str, list[tuple[Citation, Figure]]] = {}
    for citation in entry.citations:
        for figure in citation.figures:
            by_series.setdefault(figure.series, []).append((citation, figure))
    return by_series
