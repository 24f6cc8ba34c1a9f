"""Words → lines of glyphs and their outlines, in the fonts that packages ship: for pictures, which no browser sets."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from dateline.fonts import BOLD, FAMILIES, REGULAR, Face, face_of, outline_of
from dateline.late_patterns import late

__all__ = ["BOLD", "ELLIPSIS", "REGULAR", "Lettering", "Setting", "Style", "is_certain", "plain"]

ELLIPSIS = "…"
# What every one of our fonts' scripts has for certain, so that most texts are known to be drawn before a font is read:
# Latin, Greek, Cyrillic, Vietnamese, Hebrew and Arabic letters, their digits and punctuation. A test holds it.
_COMMON = "\t\n\r -~\xa0-žƏơƠưƯəΆΈ-ΊΌΎ-ΡΣ-ώЀ-џҐґҒғҖҗҚқҢңҮүҰұҲҳҺһӘәӨөẀ-ỹ‐-‧‰′″‹›₼€₽№−א-ת،؛؟ء-غـ-٩پچژکگی۰-۹"
_CERTAIN = late(f"[{_COMMON}]*")
# Where a line may be broken inside a word: after a hyphen, a dash or a slash, and around each Chinese character.
_WIDE = "⺀-〿㇀-鿿豈-﫿\U00020000-\U0003ffff"
_PIECE = late(r"\S*?[-‐–—/](?=\w)|\S+")
_WIDE_PIECE = late(rf"[^\s{_WIDE}]*?[-‐–—/](?=\w)|[^\s{_WIDE}]+|[{_WIDE}](?:[。，、！？：；」』）】》〉…]*)")
# Marks that say in which direction text runs, without a shape of their own; directions are found from the letters.
_DIRECTION_MARKS = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xAD, 0x200B, 0x2060, 0xFEFF))
# The longest text that is looked at: more never fits on a picture.
LONGEST = 700


class Style(NamedTuple):
    """How words are set: pixels, `REGULAR` or `BOLD`, how far letters stand apart, in ems, and lines, in usual ones.

    `rtl` is the direction of the whole text, as `Lettering.styled` finds it.
    """

    size: float
    weight: int = REGULAR
    tracking: float = 0.0
    spread: float = 1.0
    rtl: bool = False


class Setting(NamedTuple):
    """Words set in lines: `leading` is the distance of their base lines in pixels; `cut` where not all had room."""

    lines: tuple[str, ...]
    style: Style
    leading: float
    cut: bool


class _Glyph(NamedTuple):
    """A glyph on a line; `x`, `y` and `scale` are in pixels, y downwards."""

    path: str
    x: float
    y: float
    scale: float


def is_certain(text: str) -> bool:
    """Tell whether a text has such letters alone as are drawn wherever this program is installed."""
    return _CERTAIN.fullmatch(text) is not None


def plain(text: str) -> str:
    """Return a text as it is drawn: composed letters, single spaces, nothing that has neither shape nor effect."""
    shown = unicodedata.normalize("NFC", text[:LONGEST]).translate(_DIRECTION_MARKS)
    return " ".join(shown.split()) + (ELLIPSIS if len(text) > LONGEST else "")


class Lettering:
    """Sets words of one language; fonts are read when the first letter is asked for that not every font has."""

    def __init__(self, language: str, direction: str) -> None:
        self._language = language
        self._rtl = direction == "rtl"
        self._widths: dict[tuple[str, Style], float] = {}
        self._read: dict[tuple[int, int], Face | None] = {}

    def lacking(self, text: str) -> str:
        """Return the letters, each once, that none of the fonts has; pictures such as emoji are no letters."""
        return "".join(letter for letter in self._missing(text) if not _is_picture(letter))

    def shown(self, text: str) -> str:
        """Return a text as it can be drawn: without pictures that the fonts lack, or none if they lack a letter."""
        missing = self._missing(text)
        if not all(map(_is_picture, missing)):
            return ""
        return plain(plain(text).translate({ord(letter): None for letter in missing}))

    def fit(self, text: str, styles: Sequence[Style], width: float, most: int, height: float = 1e9) -> Setting:
        """Set a heading in the first style in which it needs at most `most` lines of `width`, of about one length.

        Where none is small enough, the last is taken, long words are broken, and what has no room is left out.
        """
        shown = plain(text)
        for style in (self.styled(shown, style) for style in styles):
            leading = self._leading(shown, style)
            room = min(most, int(height // leading))
            lines = list(self._filled(shown, style, width))
            if len(lines) <= room and not self._breaks_words(shown, style, width):
                return Setting(tuple(self._balanced(shown, style, width, lines)), style, leading, cut=False)
        return self.flow(shown, styles[-1], width, most, height)

    def flow(self, text: str, style: Style, width: float, most: int, height: float = 1e9) -> Setting:
        """Set a text in lines of `width`, at most `most` and as many as `height` has room for; the rest is left out."""
        shown = plain(text)
        style = self.styled(shown, style)
        leading = self._leading(shown, style)
        room = max(0, min(most, int(height // leading)))
        lines = list(self._filled(shown, style, width))
        if len(lines) <= room:
            return Setting(tuple(lines), style, leading, cut=False)
        kept = lines[:room]
        if kept:
            kept[-1] = self._shortened(f"{kept[-1]} {lines[room]}", style, width)
        return Setting(tuple(kept), style, leading, cut=True)

    def styled(self, text: str, style: Style) -> Style:
        """Return the style with the direction of a text: that of the site if it has such letters, else of its first."""
        found = (unicodedata.bidirectional(letter) for letter in text)
        strong = [kind in ("R", "AL") for kind in found if kind in ("L", "R", "AL")]
        return style._replace(rtl=any(strong) if self._rtl else strong[:1] == [True])

    def width(self, text: str, style: Style) -> float:
        """Return how long a line is, in pixels."""
        if (text, style) not in self._widths:
            self._widths[text, style] = self._set(text, style)[1]
        return self._widths[text, style]

    def outline(self, text: str, style: Style, x: float, y: float) -> str:
        """Return a line as SVG paths, its left end at `x` and its base line at `y`."""
        drawn = []
        for glyph in self._set(text, style)[0]:
            if glyph.path:
                place = f"{glyph.scale:.5f} 0 0 {-glyph.scale:.5f} {x + glyph.x:.2f} {y + glyph.y:.2f}"
                drawn.append(f'<path transform="matrix({place})" d="{glyph.path}"/>')
        return "".join(drawn)

    def _missing(self, text: str) -> list[str]:
        shown = plain(text)
        if is_certain(shown):
            return []
        letters = (letter for letter in dict.fromkeys(shown) if not _has_no_shape(letter))
        return [letter for letter in letters if self._first_with(letter, REGULAR) is None]

    def _faces(self, weight: int) -> Iterator[Face]:
        """Yield the fonts of a weight, each read when it is first asked for: most texts need the first alone."""
        for place, family in enumerate(FAMILIES):
            if (place, weight) not in self._read:
                self._read[place, weight] = face_of(family, weight)
            face = self._read[place, weight]
            if face:
                yield face

    def _leading(self, text: str, style: Style) -> float:
        used = {face.family.leading for face in self._chosen(text, style.weight)}
        return style.size * style.spread * max(used, default=FAMILIES[0].leading)

    def _filled(self, text: str, style: Style, width: float) -> Iterator[str]:
        """Yield lines, each with as many words as it has room for; a word longer than a line is broken anywhere."""
        line, end = "", 0
        for piece in _pieces(text):
            gap = " " if line and piece.start() > end else ""
            end = piece.end()
            if self.width(line + gap + piece[0], style) <= width:
                line += gap + piece[0]
                continue
            if line:
                yield line
            *full, line = self._broken(piece[0], style, width)
            yield from full
        if line:
            yield line

    def _broken(self, word: str, style: Style, width: float) -> Iterator[str]:
        part = ""
        for cluster in _clusters(word):
            if part and self.width(part + cluster, style) > width:
                yield part
                part = ""
            part += cluster
        yield part

    def _breaks_words(self, text: str, style: Style, width: float) -> bool:
        return any(self.width(piece[0], style) > width for piece in _pieces(text))

    def _balanced(self, text: str, style: Style, width: float, lines: list[str]) -> list[str]:
        """Return the lines of the narrowest column that needs no more of them."""
        narrow, wide = width / 3, width
        while len(lines) > 1 and wide - narrow > style.size / 4:
            middle = (narrow + wide) / 2
            tried = list(self._filled(text, style, middle))
            if len(tried) > len(lines) or self._breaks_words(text, style, middle):
                narrow = middle
            else:
                wide, lines = middle, tried
        return lines

    def _shortened(self, line: str, style: Style, width: float) -> str:
        """Return as much of the line as there is room for, at whole words if any, with an ellipsis."""
        while self.width(line + ELLIPSIS, style) > width and len(line) > 1:
            line = line.rpartition(" ")[0] or line[:-1]
        return line.rstrip(" ,;:.–—-" + ELLIPSIS) + ELLIPSIS

    def _set(self, text: str, style: Style) -> tuple[list[_Glyph], float]:
        """Return the glyphs of a line from left to right, and its length."""
        glyphs: list[_Glyph] = []
        x = 0.0
        for face, part, rtl in self._runs(text, style):
            scale = style.size * face.family.scale / face.font.face.upem
            for code, placed in self._shaped(face, part, rtl=rtl):
                path = outline_of(face, code)
                glyphs.append(_Glyph(path, x + placed.x_offset * scale, -placed.y_offset * scale, scale))
                x += placed.x_advance * scale + (style.tracking * style.size if placed.x_advance else 0)
        return glyphs, x - (style.tracking * style.size if glyphs else 0)

    def _shaped(self, face: Face, text: str, *, rtl: bool) -> Iterator[tuple[int, _Placed]]:
        import uharfbuzz

        buffer = uharfbuzz.Buffer()
        buffer.add_str(text)
        # Set before the rest is guessed: HarfBuzz would take the language of the machine.
        buffer.language = self._language
        buffer.direction = "rtl" if rtl else "ltr"
        buffer.guess_segment_properties()
        uharfbuzz.shape(face.font, buffer)
        for glyph, placed in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            yield glyph.codepoint, placed

    def _runs(self, text: str, style: Style) -> Iterator[tuple[Face, str, bool]]:
        """Yield the parts of a line from left to right, each of one font and one direction."""
        levels = _levels(text, rtl=style.rtl)
        faces = self._chosen(text, style.weight)
        runs = []
        for (level, _), members in groupby(range(len(text)), lambda place: (levels[place], id(faces[place]))):
            places = list(members)
            runs.append((level, places[0], text[places[0] : places[-1] + 1]))
        for level, start, part in _in_visual_order(runs):
            yield faces[start], part, bool(level % 2)

    def _chosen(self, text: str, weight: int) -> list[Face]:
        """Return the font of each character: that of the letter before it, or else after it, if it has the character.

        A letter is drawn in the first font that has it; other characters keep to their neighbours' font.
        """
        default = next(self._faces(weight))
        letters = [self._first_with(letter, weight) if letter.isalpha() else None for letter in text]
        current = next((face for face in letters if face), default)
        chosen = []
        for letter, own in zip(text, letters, strict=True):
            current = own or current
            fits = ord(letter) in current.has or _has_no_shape(letter)
            chosen.append(current if fits else self._first_with(letter, weight) or default)
        return chosen

    def _first_with(self, letter: str, weight: int) -> Face | None:
        return next((face for face in self._faces(weight) if ord(letter) in face.has), None)


class _Placed(NamedTuple):
    """Where HarfBuzz puts a glyph, in units of its font."""

    x_advance: int
    x_offset: int
    y_offset: int


def _pieces(text: str) -> Iterator[re.Match[str]]:
    """Yield what stands between two places at which a line may be broken."""
    # What is drawn for certain has no Chinese, and the pattern without it takes a tenth of the time to compile.
    return (_PIECE if is_certain(text) else _WIDE_PIECE).finditer(text)


def _has_no_shape(letter: str) -> bool:
    return unicodedata.category(letter) in ("Cf", "Cc") or "\ufe00" <= letter <= "\ufe0f" or letter.isspace()


def _is_picture(letter: str) -> bool:
    return unicodedata.category(letter) in ("So", "Sk", "Cn", "Co")


def _clusters(word: str) -> Iterator[str]:
    """Yield letters with the marks that belong to them."""
    cluster = ""
    for letter in word:
        if cluster and unicodedata.category(letter)[0] not in "M" and unicodedata.category(letter) != "Cf":
            yield cluster
            cluster = ""
        cluster += letter
    yield cluster


def _levels(text: str, *, rtl: bool) -> list[int]:
    """Return the level of each character by the Unicode Bidirectional Algorithm (UAX #9): odd ones run leftwards."""
    if not rtl and all(unicodedata.bidirectional(letter) not in ("R", "AL", "AN") for letter in text):
        return [0] * len(text)
    from bidi import algorithm

    storage = algorithm.get_empty_storage()
    storage["base_level"] = int(rtl)
    storage["base_dir"] = "R" if rtl else "L"
    # Rule X9: what joins or parts letters has no direction of its own, and keeps to the letter before it.
    joiners = [unicodedata.bidirectional(letter) == "BN" for letter in text]
    algorithm.get_embedding_levels(
        "".join(letter for letter, joins in zip(text, joiners, strict=True) if not joins), storage
    )
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    algorithm.resolve_neutral_types(storage, debug=False)
    algorithm.resolve_implicit_levels(storage, debug=False)
    found = iter(storage["chars"])
    levels: list[int] = []
    for joins in joiners:
        levels.append((levels[-1] if levels else int(rtl)) if joins else next(found)["level"])
    return levels


def _in_visual_order(runs: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Return runs as they stand from left to right (rule L2): from the highest level down, what is as high turns."""
    for level in range(max((run[0] for run in runs), default=0), 0, -1):
        runs = _turned(runs, level)
    return runs


def _turned(runs: list[tuple[int, int, str]], level: int) -> list[tuple[int, int, str]]:
    stretches = [(high, list(members)) for high, members in groupby(runs, lambda run: run[0] >= level)]
    return [run for high, stretch in stretches for run in (reversed(stretch) if high else stretch)]
