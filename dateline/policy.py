"""What a page's Content-Security-Policy names."""

from __future__ import annotations

import base64
import hashlib

from markupsafe import Markup


def hash_source(text: str) -> Markup:
    """Return what allows a style element with just this text.

    Source: Content Security Policy Level 3, section 2.3.1 (hash-source).
    """
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return Markup(f"'sha256-{digest}'")  # noqa: S704 - the quotation marks are part of the policy's syntax
