"""Patterns that are compiled when they are first looked for: most builds need few of them.

To compile all that Dateline has takes longer than to read, check and prove a small timeline.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, AnyStr, cast


def late(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return what does as the compiled pattern does, by its methods and attributes."""
    return cast("re.Pattern[AnyStr]", _Late(lambda: re.compile(pattern, flags)))


class _Late:
    def __init__(self, compiled: Callable[[], re.Pattern[Any]]) -> None:
        self._compiled = compiled

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever a pattern has
        """Give what a pattern has by this name, and have it at hand from then on."""
        found = getattr(self._compiled(), name)
        setattr(self, name, found)
        return found
