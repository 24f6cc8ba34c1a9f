"""`timeline.toml` → `Config`: what a timeline is called, how it speaks, its categories and its series of figures."""

from __future__ import annotations

import datetime
import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, cycle
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from dateline import dates
from dateline.problems import Problem, did_you_mean, shown
from dateline.texts import CONTROL, read_text

FILE = "timeline.toml"
SHAPES = ("circle", "square", "diamond", "triangle", "triangle-down", "bar", "cross", "star")
CARDS = ("none", "site", "entries")
SETTINGS = (
    "title", "standfirst", "description", "language", "address", "cards", "entry_pages", "categories", "families",
    "series",
)  # fmt: skip
COLORS = ("blue", "red", "violet", "green", "ochre", "teal", "pink", "slate")
# Source: BCP 47, the forms that are in use.
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


class Category(NamedTuple):
    """A lane of the timeline, told apart by colour and by shape (one of `COLORS`, one of `SHAPES`)."""

    key: str
    label: str
    singular: str
    shape: str
    color: str


class Family(NamedTuple):
    """Series that share a unit and are drawn on one chart."""

    key: str
    label: str
    unit: str


class Series(NamedTuple):
    """What a number in `figures` counts: among whom, since when (EDTF, or None), and whether it only grows."""

    key: str
    label: str
    family: str
    unit: str
    since: dates.Date | None
    cumulative: bool
    note: str


class Config(NamedTuple):
    """The settings of one timeline; `address` is the site's own, ending in `/`, or empty while it is not known.

    `cards` (one of `CARDS`) says which pages get a social card of their own. `entry_pages` says whether each entry has
    a page of its own, and `entry_pages_decided` whether that was written, and not left to us.

    Where the file is not `readable`, these are the defaults, and what it declares is not known.
    """

    title: str
    standfirst: str
    description: str
    language: str
    address: str
    categories: Mapping[str, Category]
    families: Mapping[str, Family]
    series: Mapping[str, Series]
    cards: str
    entry_pages: bool
    entry_pages_decided: bool
    readable: bool = True


def read_config(folder: Path) -> tuple[Config, list[Problem]]:
    """Read `timeline.toml` in `folder`; where it is missing or broken, the defaults stand in for it."""
    text, problem = read_text(folder / FILE, FILE)
    if problem:
        return _config(_Table({}, "", []))._replace(readable=False), [problem]
    if text is None:
        help_text = f'make {FILE} with the line: title = "The name of your timeline"'
        missing = Problem(FILE, 0, "", "is not there; the timeline has no title of its own", help_text, "warning")
        return _config(_Table({}, "", [])), [missing]
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return _config(_Table({}, "", []))._replace(readable=False), [_not_toml(error, text)]
    table = _Table(values, text, [])
    return _config(table), table.problems


def line_of(folder: Path, key: str) -> int:
    """Return the line of `timeline.toml` on which a setting of the site's own stands, or 0."""
    text, _ = read_text(folder / FILE, FILE)
    return _line_of(text or "", "", key)


def heading(group: str, name: str) -> str:
    """Return the line of the file below which the settings of `name` stand, such as `[categories.talks]`."""
    return f"[{group}.{name if re.fullmatch('[A-Za-z0-9_-]+', name) else json.dumps(name, ensure_ascii=False)}]"


def automatic_categories(keys: Iterable[str]) -> dict[str, Category]:
    """Return a category for each key, in order, for a timeline whose settings declare none."""
    return _categories({key: _Table({}, "", []) for key in keys})


class _Table(NamedTuple):
    """One table of the TOML file, which takes its values out with their types checked, and notes what is wrong."""

    values: dict[str, Any]
    source: str
    problems: list[Problem]
    name: str = ""

    def problem(self, key: str, message: str, help_text: str, *, warning: bool = False) -> None:
        place = f"{self.name}.{key}" if self.name else key
        line = _line_of(self.source, self.name, key)
        self.problems.append(Problem(FILE, line, place, message, help_text, "warning" if warning else "error"))

    def text(self, key: str, default: str = "") -> str:
        value = self.values.get(key, default)
        if not isinstance(value, str):
            example = "…" if isinstance(value, list | dict) else _shown(value)
            self.problem(key, f"must be text, not {_shown(value)}", f'write {key} = "{example}"')
            return default
        found = CONTROL.search(value)
        if found:
            message = f"holds a control character (U+{ord(found[0]):04X})"
            self.problem(key, message, "type this setting anew")
            return default
        return value.strip()

    def flag(self, key: str, *, default: bool) -> bool:
        value = self.values.get(key, default)
        if isinstance(value, bool):
            return value
        self.problem(key, f"must be true or false, not {_shown(value)}", f"write {key} = true or {key} = false")
        return default

    def choice(self, key: str, allowed: tuple[str, ...], default: str) -> str:
        value = self.text(key, default)
        if value in allowed:
            return value
        near = did_you_mean(value, allowed)
        meant = f"did you mean {near}? " if near else ""
        self.problem(
            key,
            f"{shown(value)} is not one of the {key.rstrip('s')}s that there are",
            f"{meant}write one of: {', '.join(allowed)}",
        )
        return default

    def tables(self, key: str) -> dict[str, _Table]:
        value = self.values.get(key, {})
        names = value if isinstance(value, dict) else {"name": value}
        faulty = [name for name, inner in names.items() if not isinstance(inner, dict)]
        if faulty:
            help_text = f"write {heading(key, faulty[0])} on a line of its own, and its settings on the lines below"
            self.problem(key, "each needs a heading of its own", help_text)
            return {}
        prefix = f"{self.name}.{key}" if self.name else key
        return {name: _Table(inner, self.source, self.problems, f"{prefix}.{name}") for name, inner in value.items()}

    def known(self, *keys: str) -> None:
        for key in self.values:
            if key not in keys:
                near = did_you_mean(key, keys)
                help_text = f"did you mean {near}?" if near else f"the settings here are: {', '.join(keys)}"
                self.problem(key, "is not a setting, and is not used", help_text, warning=True)


def _config(table: _Table) -> Config:
    table.known(*SETTINGS)
    families = {key: _family(key, inner) for key, inner in table.tables("families").items()}
    series = {key: _series(key, inner, families) for key, inner in table.tables("series").items()}
    for single in series.values():
        families.setdefault(single.family, Family(single.family, single.label, single.unit))
    standfirst = table.text("standfirst")
    entry_pages = table.flag("entry_pages", default=True)
    return Config(
        title=table.text("title", "Timeline") or "Timeline",
        standfirst=standfirst,
        description=table.text("description") or standfirst,
        language=_language(table),
        address=_address(table),
        categories=_categories(table.tables("categories")),
        families=families,
        series=series,
        cards=_cards(table, entry_pages=entry_pages),
        entry_pages=entry_pages,
        entry_pages_decided="entry_pages" in table.values,
    )


def _cards(table: _Table, *, entry_pages: bool) -> str:
    cards = table.choice("cards", CARDS, "site")
    if cards != "entries" or entry_pages:
        return cards
    message = "'entries' asks for a card beside each entry's page, and entry_pages = false leaves these out"
    table.problem("cards", message, 'write cards = "site", or take entry_pages = false out', warning=True)
    return "site"


def _categories(tables: Mapping[str, _Table]) -> dict[str, Category]:
    shapes, colors = _unchosen(SHAPES, "shape", tables), _unchosen(COLORS, "color", tables)
    return {key: _category(key, table, shapes, colors) for key, table in tables.items()}


def _unchosen(among: Sequence[str], key: str, tables: Mapping[str, _Table]) -> Iterator[str]:
    """Yield what no category has chosen for itself; once that is used up, one after the other, without end."""
    chosen = {str(table.values.get(key, "")).strip() for table in tables.values()}
    return chain((each for each in among if each not in chosen), cycle(among))


def _category(key: str, table: _Table, shapes: Iterator[str], colors: Iterator[str]) -> Category:
    table.known("label", "singular", "shape", "color")
    label = table.text("label", key[:1].upper() + key[1:])
    return Category(
        key=key,
        label=label,
        singular=table.text("singular", label),
        shape=table.choice("shape", SHAPES, SHAPES[0]) if "shape" in table.values else next(shapes),
        color=table.choice("color", COLORS, COLORS[0]) if "color" in table.values else next(colors),
    )


def _family(key: str, table: _Table) -> Family:
    table.known("label", "unit")
    return Family(key, table.text("label", key), table.text("unit"))


def _series(key: str, table: _Table, families: Mapping[str, Family]) -> Series:
    table.known("label", "family", "unit", "since", "cumulative", "note")
    family = table.text("family", key)
    if "family" in table.values and family not in families:
        near = did_you_mean(family, families)
        help_text = f"did you mean {near}?" if near else f"write, on a line of its own: {heading('families', family)}"
        table.problem("family", f"there is no family {shown(family)}", help_text)
    since_text = table.text("since")
    since = dates.parse(since_text) if since_text else None
    if since_text and since is None:
        from dateline import date_mistakes

        table.problem("since", *date_mistakes.explain(since_text))
    unit = table.text("unit") or (families[family].unit if family in families else "")
    cumulative = table.flag("cumulative", default=True)
    return Series(key, table.text("label", key), family, unit, since, cumulative, table.text("note"))


def _language(table: _Table) -> str:
    language = table.text("language", "en").replace("_", "-")
    if LANGUAGE.fullmatch(language):
        return language
    table.problem("language", *language_mistake(language))
    return "en"


def language_mistake(language: str) -> tuple[str, str]:
    """Return message and help for a text that is not the code of a language."""
    return f"{shown(language)} is not the code of a language", 'write a code such as "en", "hy", "az" or "pt-BR"'


def _address(table: _Table) -> str:
    address = table.text("address")
    if not address:
        return ""
    if not re.fullmatch(r"https?://[^\s/?#<>\"']+(/[^\s?#<>\"']*)?", address) or not _has_host(address):
        message = f"{shown(address)} is not the address of a site"
        table.problem("address", message, "write it whole, such as https://name.example/folder/")
        return ""
    return address.rstrip("/") + "/"


def _has_host(address: str) -> bool:
    """Tell whether a browser would find a host in an address, and as its port a number."""
    try:
        parts = urlsplit(address)
        return bool(parts.hostname) and parts.port != 0 and not parts.netloc.endswith(":")
    except ValueError:
        return False


def _shown(value: object) -> str:
    """Return a value as the file has it."""
    if isinstance(value, str):
        return shown(value)
    if isinstance(value, list | dict):
        return "a list" if isinstance(value, list) else "a group of settings"
    return value.isoformat() if isinstance(value, datetime.date) else str(value).lower()


def _not_toml(error: tomllib.TOMLDecodeError, text: str) -> Problem:
    lines = text.splitlines() or [""]
    found = re.search(r"\(at line (\d+), column \d+\)$", str(error))
    line = int(found[1]) if found else len(lines)
    message, help_text = (
        "is not valid TOML",
        'write a setting as name = "text", and a heading as [categories.name]',
    )
    # What Python says is not in the words of someone who writes a timeline, but for one fault that the line hides.
    if str(error).startswith("Cannot"):
        message, help_text = "sets what is set above already", "keep one of the two"
    return Problem(FILE, line, "", message, help_text, notes=(("line", lines[line - 1].strip()),))


def _line_of(source: str, table: str, key: str) -> int:
    """Return the line on which `key` of `table` is set, or that of the table's heading, or 0."""
    under, found = "", 0
    dotted = f"{table}.{key}" if table else key
    for number, line in enumerate(source.splitlines(), 1):
        if header := re.match(r"\s*\[+\s*([^\]]+?)\s*\]", line):
            under = header[1].replace('"', "").replace("'", "")
            if under == dotted or under.startswith(dotted + "."):
                return number
            if under == table:
                found = number
        elif under == table and re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*[=.]", line):
            return number
    return found
