"""plotly.js as the installed package carries it, what a page's policy must allow for it, and how it takes a text."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from markupsafe import Markup

from dateline.late_patterns import late
from dateline.policy import hash_source

NAME = "plotly.min.js"

_STYLE = b'createElement("style");'
# The bundle makes one style element with constant text; another it leaves empty and fills through the CSSOM.
_CONSTANT_TEXT = late(rb"\w+\.id=\"\w+\",\w+\.textContent=('[^'\\]*+(?:\\.[^'\\]*+)*+')")


def bundle() -> bytes:
    """Return the script, some 5 MB; it is found without importing the package, which would cost a small build more."""
    spec = find_spec("plotly")
    folders = spec.submodule_search_locations if spec else None
    if not folders:
        raise ModuleNotFoundError("the package plotly is not installed", name="plotly")
    return (Path(folders[0]) / "package_data" / NAME).read_bytes()


def plain(text: str) -> str:
    """Return a text such that Plotly, which reads some HTML in what it writes, writes just its characters.

    In names, titles and notes it fills in `%{…}` as well, from `meta`; it does so before it reads the HTML.
    """
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return escaped.replace("%{", "%&#123;")


def style_sources(script: bytes) -> Markup:
    """Return what a page's `style-src` must allow, so that the script may put its style elements into it."""
    return Markup(" ").join(hash_source(text) for text in ("", *_constant_texts(script)))


def _constant_texts(script: bytes) -> Iterator[str]:
    place = script.find(_STYLE)
    while place >= 0:
        place += len(_STYLE)
        found = _CONSTANT_TEXT.match(script, place)
        if found:
            yield ast.literal_eval(found[1].decode())
        place = script.find(_STYLE, place)
