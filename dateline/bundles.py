"""The assets that a page loads as one file, as each request costs a first load more than its bytes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

# The parts in their order: later styles go on from earlier ones, later scripts use what earlier ones give.
BUNDLES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "timeline.css": ("style.css", "overview.css", "find.css", "periods.css", "reading.css"),
        "timeline.js": (
            "still.js",
            "overview.js",
            "matching.js",
            "results.js",
            "find.js",
            "keys.js",
            "panel.js",
            "copy.js",
        ),
    }
)


def bundles(assets: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Yield each bundle, made of its parts as they are published; where the user has an asset of its name, none."""
    for name, parts in BUNDLES.items():
        if name not in assets:
            # A script may end without a semicolon, and the next begins with a bracket.
            between = b";\n" if name.endswith(".js") else b"\n"
            yield name, between.join(assets[part].rstrip() for part in parts) + b"\n"
