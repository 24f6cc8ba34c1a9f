"""Text → a plain name for an address."""

from __future__ import annotations

import re


def slug(text: str) -> str:
    """Return `text` as lower-case ASCII letters, digits and hyphens; other scripts are transliterated."""
    if not text.isascii():
        from anyascii import anyascii

        text = anyascii(text)
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
