"""`timeline.toml` → `Config`: what a timeline is called, how it speaks, its categories and its series of figures."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from dateline import dates
from dateline.problems import Problem, did_you_mean

FILE = "timeline.toml"
SHAPES = ("circle", "square", "diamond", "triangle", "triangle-down", "bar", "cross", "star")
COLORS = ("blue", "red", "violet", "green", "ochre", "teal", "pink", "slate")


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
    """The settings of one timeline; `address` is the site's own, ending in `/`, or empty while it is not known."""

    title: str
    standfirst: str
    description: str
    language: str
    address: str
    categories: Mapping[str, Category]
    families: Mapping[str, Family]
    series: Mapping[str, Series]


def read_config(folder: Path) -> tuple[Config, list[Problem]]:
    """Read `timeline.toml` in `folder`; where it is missing or broken, the defaults stand in for it."""
    file = folder / FILE
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        help_text = f'make {FILE} with the line: title = "The name of your timeline"'
        missing = Problem(FILE, 0, "", "is not there; the timeline has no title of its own", help_text, "warning")
        return _config(_Table({}, "", [])), [missing]
    except (OSError, UnicodeDecodeError) as error:
        return _config(_Table({}, "", [])), [Problem(FILE, 0, "", f"cannot be read: {error}", "save it as UTF-8 text")]
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return _config(_Table({}, "", [])), [_not_toml(error)]
    table = _Table(values, text, [])
    return _config(table), table.problems


def automatic_categories(keys: Iterable[str]) -> dict[str, Category]:
    """Return a category for each key, in order, for a timeline whose settings declare none."""
    return {key: _automatic_category(key, position) for position, key in enumerate(dict.fromkeys(keys))}


def _automatic_category(key: str, position: int) -> Category:
    label = key[:1].upper() + key[1:]
    return Category(key, label, label, SHAPES[position % len(SHAPES)], COLORS[position % len(COLORS)])


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
        if isinstance(value, str):
            return value.strip()
        self.problem(key, f"must be text, not {value!r}", f'write {key} = "…" in quotation marks')
        return default

    def flag(self, key: str, *, default: bool) -> bool:
        value = self.values.get(key, default)
        if isinstance(value, bool):
            return value
        self.problem(key, f"must be true or false, not {value!r}", f"write {key} = {str(default).lower()}")
        return default

    def choice(self, key: str, allowed: tuple[str, ...], default: str) -> str:
        value = self.text(key, default)
        if value in allowed:
            return value
        near = did_you_mean(value, allowed)
        meant = f"did you mean {near}? " if near else ""
        self.problem(key, f"{value!r} is not known", f"{meant}write one of: {', '.join(allowed)}")
        return default

    def tables(self, key: str) -> dict[str, _Table]:
        value = self.values.get(key, {})
        if not isinstance(value, dict) or not all(isinstance(inner, dict) for inner in value.values()):
            self.problem(
                key, "must be made of tables", f"write a heading such as [{key}.name] and its settings under it"
            )
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
    table.known("title", "standfirst", "description", "language", "address", "categories", "families", "series")
    families = {key: _family(key, inner) for key, inner in table.tables("families").items()}
    series = {key: _series(key, inner, families) for key, inner in table.tables("series").items()}
    for single in series.values():
        families.setdefault(single.family, Family(single.family, single.label, single.unit))
    categories = {
        key: _category(key, inner, position) for position, (key, inner) in enumerate(table.tables("categories").items())
    }
    standfirst = table.text("standfirst")
    return Config(
        title=table.text("title", "Timeline") or "Timeline",
        standfirst=standfirst,
        description=table.text("description") or standfirst,
        language=_language(table),
        address=_address(table),
        categories=categories,
        families=families,
        series=series,
    )


def _category(key: str, table: _Table, position: int) -> Category:
    table.known("label", "singular", "shape", "color")
    default = _automatic_category(key, position)
    label = table.text("label", default.label)
    return Category(
        key=key,
        label=label,
        singular=table.text("singular", label),
        shape=table.choice("shape", SHAPES, default.shape),
        color=table.choice("color", COLORS, default.color),
    )


def _family(key: str, table: _Table) -> Family:
    table.known("label", "unit")
    return Family(key, table.text("label", key), table.text("unit"))


def _series(key: str, table: _Table, families: Mapping[str, Family]) -> Series:
    table.known("label", "family", "unit", "since", "cumulative", "note")
    family = table.text("family", key)
    if "family" in table.values and family not in families:
        near = did_you_mean(family, families)
        help_text = f"did you mean {near}?" if near else f"add a table [families.{family}] with its label"
        table.problem("family", f"there is no family {family!r}", help_text)
    since_text = table.text("since")
    since = dates.parse(since_text) if since_text else None
    if since_text and since is None:
        table.problem("since", f"{since_text!r} is not a date", "write it as 2020-11-10, 2020-11 or 2020")
    unit = table.text("unit") or (families[family].unit if family in families else "")
    cumulative = table.flag("cumulative", default=True)
    return Series(key, table.text("label", key), family, unit, since, cumulative, table.text("note"))


def _language(table: _Table) -> str:
    language = table.text("language", "en").replace("_", "-")
    if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", language):
        return language
    table.problem("language", f"{language!r} is not a language tag", 'write a tag such as "en", "hy", "az" or "pt-BR"')
    return "en"


def _address(table: _Table) -> str:
    address = table.text("address")
    if not address:
        return ""
    if not re.fullmatch(r"https?://[^\s/?#<>\"']+(/[^\s?#<>\"']*)?", address):
        table.problem("address", f"{address!r} is not a site's address", 'write it as "https://name.example/folder/"')
        return ""
    return address.rstrip("/") + "/"


def _not_toml(error: tomllib.TOMLDecodeError) -> Problem:
    found = re.search(r"^(.*) \(at line (\d+), column (\d+)\)$", str(error))
    message, line = (found[1], int(found[2])) if found else (str(error), 0)
    help_text = 'a setting is written: name = "text"; a heading: [categories.name]'
    return Problem(FILE, line, "", f"is not valid TOML: {message[:1].lower()}{message[1:]}", help_text)


def _line_of(source: str, table: str, key: str) -> int:
    """Return the line on which `key` of `table` is set, or that of the table's heading, or 0."""
    heading, found = "", 0
    dotted = f"{table}.{key}" if table else key
    for number, line in enumerate(source.splitlines(), 1):
        if header := re.match(r"\s*\[+\s*([^\]]+?)\s*\]", line):
            heading = header[1].replace('"', "").replace("'", "")
            if heading == dotted or heading.startswith(dotted + "."):
                return number
            if heading == table:
                found = number
        elif heading == table and re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*[=.]", line):
            return number
    return found
