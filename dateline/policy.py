"""What a page's Content-Security-Policy names."""

from __future__ import annotations

import base64
import hashlib


def hash_source(text: str) -> str:
    """Return what allows a style element with just this text.

    Source: Content Security Policy Level 3, section 2.3.1 (hash-source).
    """
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
