"""A social card: the picture, 1200 × 630 pixels, that stands for a page where it is shared."""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from dateline import fonts, lettering, packages
from dateline.lettering import BOLD, Lettering, Setting, Style, is_certain
from dateline.overview import Lane, Mark, Overview

WIDTH, HEIGHT = 1200, 630
MARGIN = 72
COLUMN = WIDTH - 2 * MARGIN

# The tokens of `style.css` on white paper; a test holds them against it.
COLORS: Mapping[str, str] = {
    "paper": "#fbfaf6",
    "ink": "#1d1c1a",
    "muted": "#605c54",
    "line": "#ddd8cc",
    "marker": "#ffe999",
    "blue": "#2f6293",
    "red": "#ad3a22",
    "violet": "#65548c",
    "green": "#33703f",
    "ochre": "#735f24",
    "teal": "#1f6b6b",
    "pink": "#9a3a6b",
    "slate": "#535c69",
}
# The marks of the overview, as `parts.html` draws them.
SHAPES: Mapping[str, str] = {
    "circle": "M-6 0a6 6 0 1 0 12 0a6 6 0 1 0-12 0z",
    "square": "M-5.5-5.5h11v11h-11z",
    "diamond": "M0-7.5 7.5 0 0 7.5-7.5 0z",
    "triangle": "M0-7 7 5.5h-14z",
    "triangle-down": "M0 7-7-5.5h14z",
    "bar": "M-7-3.5h14v7h-14z",
    "cross": "M-2.5-7h5v4.5h4.5v5h-4.5v4.5h-5v-4.5h-4.5v-5h4.5z",
    "star": "M0-8 2-2.6 7.6-2.5 3.2 1 4.7 6.5 0 3.3-4.7 6.5-3.2 1-7.6-2.5-2-2.6z",
}

# What is set how: headings from the largest size that fits downwards.
SITE_TITLE = tuple(Style(size, BOLD, -0.012) for size in (92, 84, 76, 68, 60, 54))
ENTRY_TITLE = tuple(Style(size, BOLD, -0.008) for size in (64, 58, 52, 46, 42))
STANDFIRST = Style(30, spread=1.22)
TALLY = Style(26)
DATE = Style(30, BOLD)
KIND = Style(22, BOLD, 0.06)
LARGE_QUOTE, QUOTE = Style(38, spread=1.3), Style(32, spread=1.3)
VOICE = Style(26, BOLD)
FOOT = Style(26)

# Where the rule above the overview stands, and how high that is; where the words at the foot stand.
STRIP_TOP, STRIP_HEIGHT, FOOT_LINE = 414, 96, 574
SIGNATURE = b"\x89PNG\r\n\x1a\n"
# Our chunk stands behind the header, which every PNG begins with, and which is always of one length.
_CHUNK_AT = len(SIGNATURE) + 25
_KEYWORD = b"Dateline\0"


class SiteCard(NamedTuple):
    """What the card of a site says; of its `tally`, the last words are marked."""

    language: str
    direction: str
    title: str
    standfirst: str
    tally: tuple[str, ...]
    overview: Overview


class EntryCard(NamedTuple):
    """What the card of an entry says; `shape` and `color` are those of its category, `voice` is who says the quote."""

    language: str
    direction: str
    timeline: str
    date: str
    kind: str
    shape: str
    color: str
    title: str
    quote: str
    voice: str


Card = SiteCard | EntryCard


class Studio:
    """Makes the cards of a site, or takes one that stands already where it is the very card that would be made.

    `standing` returns the bytes that a build put at a path of the site before, None where nothing of it stands there.
    """

    def __init__(self, language: str, direction: str, standing: Callable[[str], bytes | None]) -> None:
        self._lettering = Lettering(language, direction)
        self._standing = standing
        self._programs: dict[bool, str] = {}

    def can_draw(self, text: str) -> bool:
        """Tell whether there are words, and the fonts have all their letters."""
        return bool(self._lettering.shown(text))

    def picture(self, path: str, card: Card) -> bytes:
        """Return a card as a PNG; words with letters that the fonts lack are left out of it."""
        known = self.key(card)
        held = self._standing(path)
        return held if held is not None and key_of(held) == known else with_key(self._drawn(card), known)

    def key(self, card: Card) -> str:
        """Return what stays the same as long as the card does: of its words, and of all programs that draw it."""
        optional = not is_certain(repr(card))
        if optional not in self._programs:
            self._programs[optional] = repr(_programs(optional=optional))
        return hashlib.sha256(f"{self._programs[optional]}{card!r}".encode()).hexdigest()

    def _drawn(self, card: Card) -> bytes:
        import resvg_py

        sheet = _Sheet(self._lettering, card.direction)
        if isinstance(card, SiteCard):
            _draw_site(sheet, card)
        else:
            _draw_entry(sheet, card)
        return bytes(resvg_py.svg_to_bytes(svg_string=sheet.svg(), skip_system_fonts=True))


def with_key(png: bytes, key: str) -> bytes:
    """Return a PNG that names its key in a text chunk of its own."""
    text = _KEYWORD + key.encode("ascii")
    chunk = struct.pack(">I", len(text)) + b"tEXt" + text + struct.pack(">I", zlib.crc32(b"tEXt" + text))
    return png[:_CHUNK_AT] + chunk + png[_CHUNK_AT:]


def key_of(png: bytes) -> str:
    """Return the key that a PNG made by `with_key` names; nothing where it names none."""
    word, key = _CHUNK_AT + 8, _CHUNK_AT + 8 + len(_KEYWORD)
    return png[key : key + 64].decode("ascii", "replace") if png[word:key] == _KEYWORD else ""


def _programs(*, optional: bool) -> dict[str, str]:
    """Return what draws a card: the versions of the packages, and our own lines."""
    ours = {}
    for module in (__file__, lettering.__file__, fonts.__file__):
        source = Path(module).read_bytes().replace(b"\r\n", b"\n")
        ours[Path(module).stem] = hashlib.sha256(source).hexdigest()
    there = packages.versions()
    drawing = {name: there.get(packages.normal_name(name), "") for name in ("uharfbuzz", "python-bidi", "resvg_py")}
    return {**fonts.versions(optional=optional), **drawing, **ours}


class _Sheet:
    """A card while it is drawn: its parts as SVG, in the order in which they lie on each other."""

    def __init__(self, letters: Lettering, direction: str) -> None:
        self.letters = letters
        self._rtl = direction == "rtl"
        self._parts = [f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{COLORS["paper"]}"/>']

    def svg(self) -> str:
        """Return the whole drawing."""
        size = f'width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}"'
        return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{"".join(self._parts)}</svg>'

    def add(self, part: str) -> None:
        """Add a part, in SVG."""
        self._parts.append(part)

    def left(self, start: float, width: float) -> float:
        """Return the left end of what is so wide and begins `start` pixels from the edge where lines begin."""
        return WIDTH - start - width if self._rtl else start

    def rect(self, start: float, top: float, width: float, height: float, color: str) -> None:
        """Add a filled rectangle."""
        x = self.left(start, width)
        place = f'x="{x:.2f}" y="{top:.2f}" width="{width:.2f}" height="{height:.2f}"'
        self.add(f'<rect {place} fill="{COLORS[color]}"/>')

    def words(self, text: str, style: Style, start: float, line: float, color: str) -> float:
        """Add words on one line, their base line at `line`, and return how long they are."""
        width = self.letters.width(text, style)
        outline = self.letters.outline(text, style, self.left(start, width), line)
        self.add(f'<g fill="{COLORS[color]}">{outline}</g>')
        return width

    def marked(self, text: str, style: Style, start: float, line: float) -> float:
        """Add words on the marker's yellow, as on the page, and return how long they are."""
        width = self.letters.width(text, style)
        self.rect(start - 6, line - style.size * 1.02, width + 12, style.size * 1.42, "marker")
        return self.words(text, style, start, line, "ink")

    def lines(self, setting: Setting, top: float, color: str) -> float:
        """Add lines of words, and return where the next would begin."""
        for line in setting.lines:
            self.words(line, setting.style, MARGIN, top + setting.leading * 0.76, color)
            top += setting.leading
        return top

    def rule(self, top: float) -> None:
        """Add a hairline across the column."""
        self.rect(MARGIN, top, COLUMN, 2, "line")


def _draw_site(sheet: _Sheet, card: SiteCard) -> None:
    """Draw the title and the standfirst above the overview, and below it how much the timeline holds."""
    has_marks = bool(card.overview.lanes)
    bottom = STRIP_TOP if has_marks else FOOT_LINE - 66
    top = MARGIN - 10.0
    title = sheet.letters.fit(sheet.letters.shown(card.title), SITE_TITLE, COLUMN, 5, bottom - top - 20)
    top = sheet.lines(title, top, "ink")
    standfirst = sheet.letters.shown(card.standfirst)
    if standfirst and not title.cut:
        room = bottom - top - 36
        sheet.lines(sheet.letters.flow(standfirst, STANDFIRST, COLUMN - 60, 5, room), top + 12, "muted")
    sheet.rule(bottom)
    if has_marks:
        _draw_overview(sheet, card.overview, bottom + 8)
    _draw_tally(sheet, [part for part in card.tally if sheet.letters.shown(part)])


def _draw_tally(sheet: _Sheet, parts: list[str]) -> None:
    """Draw the parts on one line, the last of them marked; those that have no room are left out."""
    start = float(MARGIN)
    for place, part in enumerate(parts):
        style = sheet.letters.styled(part, TALLY)
        if start + sheet.letters.width(part, style) > WIDTH - MARGIN:
            return
        if place:
            start += sheet.words("·", TALLY, start + 14, FOOT_LINE, "muted") + (34 if place == len(parts) - 1 else 28)
        if place and place == len(parts) - 1:
            sheet.marked(part, style, start, FOOT_LINE)
        else:
            start += sheet.words(part, style, start, FOOT_LINE, "ink")


def _draw_overview(sheet: _Sheet, overview: Overview, top: float) -> None:
    """Draw the marks of the overview small, a row for each lane; as on the page, time runs to the right."""
    step = STRIP_HEIGHT / len(overview.lanes)
    scale = min(1.0, step / 13)
    for place, lane in enumerate(overview.lanes):
        middle = top + step * (place + 0.5) + 2
        sheet.add(f'<g fill="{COLORS[lane.category.color]}">{"".join(_marks(lane, middle, scale, step))}</g>')


def _marks(lane: Lane, middle: float, scale: float, step: float) -> Iterator[str]:
    for single in lane.bins:
        height = max(2.0, single.share * step * 0.9)
        left, width = MARGIN + single.left * COLUMN, (single.right - single.left) * COLUMN - 2
        place = f'x="{left:.2f}" y="{middle - height / 2:.2f}" width="{width:.2f}" height="{height:.2f}"'
        yield f"<rect {place}/>"
    shape = SHAPES[lane.category.shape]
    inner = COLUMN - 16
    for mark in lane.marks:
        left = MARGIN + 8 + mark.left * inner
        if mark.range:
            yield _bar(mark, left, max(4.0, (mark.right - mark.left) * inner), middle, scale)
        else:
            ring = f' fill="{COLORS["paper"]}" stroke="{COLORS[lane.category.color]}" stroke-width="2"'
            place = f'transform="translate({left:.2f} {middle:.2f}) scale({scale:.3f})"'
            yield f'<path {place} d="{shape}"{ring if mark.doubtful else ""}/>'


def _bar(mark: Mark, left: float, width: float, middle: float, scale: float) -> str:
    height = 8 * scale
    place = f'x="{left:.2f}" y="{middle - height / 2:.2f}" width="{width:.2f}" height="{height:.2f}" rx="{height / 2}"'
    faint = ' opacity=".45"' if mark.doubtful or mark.open_start or mark.open_end else ""
    return f"<rect {place}{faint}/>"


def _draw_entry(sheet: _Sheet, card: EntryCard) -> None:
    """Draw when and what kind, the headline, the words on the marker's yellow, who says so, and the timeline's name."""
    bottom = FOOT_LINE - 62
    _draw_when(sheet, card)
    quote, voice = sheet.letters.shown(card.quote), sheet.letters.shown(card.voice)
    top = MARGIN + 46.0
    if quote:
        title = sheet.letters.fit(sheet.letters.shown(card.title), ENTRY_TITLE[:4], COLUMN, 2)
        title = sheet.letters.fit(sheet.letters.shown(card.title), ENTRY_TITLE[3:], COLUMN, 3) if title.cut else title
    else:
        title = sheet.letters.fit(
            sheet.letters.shown(card.title), SITE_TITLE + ENTRY_TITLE[2:], COLUMN, 5, bottom - top - 90
        )
    top = sheet.lines(title, top, "ink") + 24
    _draw_evidence(sheet, quote, voice, top, bottom - 18)
    sheet.rule(bottom)
    name = sheet.letters.flow(sheet.letters.shown(card.timeline), FOOT, COLUMN, 1)
    for line in name.lines:
        sheet.words(line, name.style, MARGIN, FOOT_LINE, "muted")


def _draw_evidence(sheet: _Sheet, quote: str, voice: str, top: float, bottom: float) -> None:
    said = sheet.letters.flow(voice, VOICE, COLUMN - 24, 1)
    room = bottom - top - (len(said.lines) * VOICE.size * 1.7)
    words = sheet.letters.fit(quote, (LARGE_QUOTE,), COLUMN - 36, 3, room)
    if words.cut:
        words = sheet.letters.fit(quote, (QUOTE,), COLUMN - 36, 5, room)
    start = top
    for line in words.lines:
        sheet.marked(line, words.style, MARGIN + 30, top + words.leading * 0.72)
        top += words.leading
    for line in said.lines:
        sheet.words(line, said.style, MARGIN + 24, top + VOICE.size * 1.3, "ink")
        top += VOICE.size * 1.7
    if top > start:
        sheet.rect(MARGIN, start, 5, top - start, "marker")


def _draw_when(sheet: _Sheet, card: EntryCard) -> None:
    line = MARGIN + 22
    start = float(MARGIN)
    date = sheet.letters.flow(sheet.letters.shown(card.date), DATE, COLUMN * 0.6, 1)
    for words in date.lines:
        start += sheet.words(words, date.style, start, line, "ink") + 34
    if not card.shape:
        return
    place = f'transform="translate({sheet.left(start, 18) + 9:.2f} {line - 9:.2f}) scale(1.5)"'
    sheet.add(f'<path {place} d="{SHAPES[card.shape]}" fill="{COLORS[card.color]}"/>')
    capitals = _capitals(card.kind, card.language)
    style = KIND if card.direction == "ltr" else KIND._replace(tracking=0.0)
    kind = sheet.letters.flow(
        sheet.letters.shown(capitals) or sheet.letters.shown(card.kind), style, WIDTH - MARGIN - start - 32, 1
    )
    for words in kind.lines:
        sheet.words(words, kind.style, start + 32, line - 1, card.color)


def _capitals(text: str, language: str) -> str:
    """Return a text in capitals; in Turkish and Azerbaijani the i keeps its dot."""
    dotted = language.split("-", maxsplit=1)[0].lower() in ("tr", "az", "crh", "tt")
    return (text.replace("i", "İ") if dotted else text).upper()
