"""The fonts that packages ship: which letters each has, and the outlines of its glyphs."""

from __future__ import annotations

import json
from collections.abc import Container
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from dateline import packages

if TYPE_CHECKING:
    from uharfbuzz import Font

REGULAR, BOLD = 400, 600


class Family(NamedTuple):
    """A family of fonts; an `optional` one need not be installed.

    `files` are a regular and a bold one, empty for a package of fontpkg's, which lists its own. `scale` makes its
    letters look as large as those of the first family, `leading` keeps its lines apart, in ems.
    """

    distribution: str
    package: str
    files: tuple[str, ...]
    scale: float
    leading: float

    @property
    def optional(self) -> bool:
        """Tell whether the package comes with our extra alone."""
        return bool(self.files)


def _packaged(name: str, scale: float, leading: float) -> Family:
    return Family(f"fontpkg-{name}", f"fontpkg_{name.replace('-', '_')}", (), scale, leading)


def _kurinto(name: str) -> Family:
    files = tuple(f"static/weblate_fonts/kurinto/ttf/Kurinto{name}-{weight}.ttf" for weight in ("Rg", "Bd"))
    return Family("weblate-fonts", "weblate_fonts", files, 1, 1.3)


# In order: a letter is drawn in the first of them that has it. Those of the last package are there if it is installed.
FAMILIES = (
    _packaged("noto-serif", 1, 1.16),
    _packaged("amiri", 1.16, 1.5),
    _packaged("frank-ruhl-libre", 1.08, 1.2),
    *map(_kurinto, ("Sans", "SansJP", "SansKR", "SansSC", "SansTC")),
)


class Face(NamedTuple):
    """One weight of a family, ready to be drawn, and the code points that it has."""

    font: Font
    has: Container[int]
    family: Family
    paths: dict[int, str]


def versions(*, optional: bool) -> dict[str, str]:
    """Return the versions of the packages of fonts, those of the optional ones as well if these matter."""
    there = packages.versions()
    wanted = dict.fromkeys(family.distribution for family in FAMILIES if optional or not family.optional)
    return {name: there[name] for name in wanted if name in there}


def face_of(family: Family, weight: int) -> Face | None:
    """Return a font of a family, read from its package; None where that is optional and not installed."""
    import uharfbuzz

    spec = find_spec(family.package)
    if spec is None or not spec.submodule_search_locations:
        if family.optional:
            return None
        raise ModuleNotFoundError(f"the package {family.distribution} is not installed", name=family.package)
    folder = Path(spec.submodule_search_locations[0])
    name = family.files[weight == BOLD] if family.files else _file_of(folder, weight)
    font = uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(folder / name))))
    font.set_variations({"wght": weight})
    return Face(font, font.face.unicodes, family, {})


def _file_of(folder: Path, weight: int) -> str:
    """Return the upright file of a package of fontpkg's that is nearest to a weight; one that varies has any."""
    files = json.loads((folder / "metadata.json").read_text("utf-8"))["files"]
    upright = [file for file in files if file["style"] == "normal"]
    nearest = min(upright, key=lambda file: 0 if file["variable"] else abs((file["weight"] or 400) - weight - 50))
    return str(nearest["path"])


def outline_of(face: Face, glyph: int) -> str:
    """Return the outline of a glyph as SVG writes it, in units of the font, y upwards; empty where it has none."""
    if glyph not in face.paths:
        import uharfbuzz

        pen = uharfbuzz.DrawFuncs()
        steps: list[str] = []
        pen.set_move_to_func(lambda *step: steps.append("M{:g} {:g}".format(*step)))
        pen.set_line_to_func(lambda *step: steps.append("L{:g} {:g}".format(*step)))
        pen.set_quadratic_to_func(lambda *step: steps.append("Q{:g} {:g} {:g} {:g}".format(*step)))
        pen.set_cubic_to_func(lambda *step: steps.append("C{:g} {:g} {:g} {:g} {:g} {:g}".format(*step)))
        pen.set_close_path_func(lambda *_: steps.append("Z"))
        face.font.draw_glyph(glyph, pen, None)
        face.paths[glyph] = "".join(steps)
    return face.paths[glyph]
