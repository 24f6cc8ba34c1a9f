"""Which packages are installed, and in which versions, as the names of their folders tell.

`importlib.metadata` tells the same, and importing it costs a small build more than all that is asked here.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from contextlib import suppress

_ENDINGS = (".dist-info", ".egg-info")


def installed() -> set[str]:
    """Return the names of the folders that tell of a package each, such as `plotly-7.1.0.dist-info`."""
    found: set[str] = set()
    for place in sys.path:
        with suppress(OSError), os.scandir(place or ".") as inside:
            found.update(item.name for item in inside if item.name.endswith(_ENDINGS))
    return found


def versions() -> Mapping[str, str]:
    """Return the version of each package by its name, written as `normal_name` does.

    Of a package that is installed in several places, it is all of their versions: which of them is used is not asked.
    """
    found: dict[str, str] = {}
    for folder in sorted(installed()):
        name, version, *_ = (*folder.rpartition(".")[0].split("-"), "")
        name = normal_name(name)
        found[name] = f"{found[name]} {version}" if name in found else version
    return found


def normal_name(name: str) -> str:
    """Return a package's name in the form in which names are compared (PyPA, "Name normalization")."""
    return re.sub(r"[-_.]+", "-", name).lower()
