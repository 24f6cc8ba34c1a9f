"""Voices → the symbols of their points: one for a whole page where there are enough, none for two within a chart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

# The symbols of Plotly by which voices are told apart.
SHAPES = ("circle", "square", "diamond", "triangle-up", "triangle-down", "cross", "star", "pentagon")


def shapes_of(charts: Iterable[Sequence[str]]) -> list[tuple[str, ...]]:
    """Return the symbol of each voice of each chart, in the order in which they are given.

    A voice keeps its symbol from chart to chart unless another of the chart has it. In a chart of more voices than
    there are symbols, those that find none share the last.
    """
    charts = list(charts)
    preferred = _preferred(charts)
    return [_within(voices, preferred) for voices in charts]


def _preferred(charts: Sequence[Sequence[str]]) -> Mapping[str, str]:
    """Return a symbol for each voice, in the order of their first chart: a new one while there are any.

    After that it is the one of the fewest voices that stand in a chart with it, and of the fewest at all.
    """
    chosen: dict[str, str] = {}
    for voice in dict.fromkeys(voice for voices in charts for voice in voices):
        beside = {other for voices in charts if voice in voices for other in voices}
        near = [chosen[other] for other in beside if other in chosen]
        used = list(chosen.values())
        chosen[voice] = min(SHAPES, key=lambda shape: (near.count(shape), used.count(shape)))
    return chosen


def _within(voices: Sequence[str], preferred: Mapping[str, str]) -> tuple[str, ...]:
    """Return the symbols of a chart's voices: the first to prefer one has it, the others have what is left."""
    owner: dict[str, str] = {}
    for voice in voices:
        owner.setdefault(preferred[voice], voice)
    free = iter([shape for shape in SHAPES if shape not in owner])
    return tuple(preferred[voice] if owner[preferred[voice]] == voice else next(free, SHAPES[-1]) for voice in voices)
