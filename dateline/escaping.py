"""Whatever a template shows → the HTML that shows it."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup, escape


def escaped(value: Any) -> str:  # noqa: ANN401 - whatever a template shows
    """Return `markupsafe.escape(value)`; most text has nothing to escape, and finding that out is far cheaper."""
    if type(value) is Markup:
        return value
    # Looking for one character at a time is what the processor itself can do; a pattern goes through them one by one.
    if type(value) is str and not ("&" in value or "<" in value or ">" in value or '"' in value or "'" in value):
        return value
    return escape(value)
