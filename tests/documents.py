"""The parts of the documentation that a program can tell: found by their marks, and written anew (`make docs`).

Such a part stands between `<!-- kind: argument -->` and `<!-- end -->`; `KINDS` says what each kind of part holds.
"""

from __future__ import annotations

import csv
import json
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import chdir
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType, NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import click
from babel import Locale
from click.testing import CliRunner
from markupsafe import Markup
from test_templates import CONTEXTS, records

from dateline import dates, events, page_views, problems, site, sources
from dateline.cli import main
from dateline.config import COLORS, SHAPES, Category
from dateline.date_display import DateDisplay
from dateline.templating import shipped
from dateline.words import words_for

REPOSITORY = Path(__file__).parent.parent
README = "README.md"
DOCUMENTS = (README, "docs/messages.md", "docs/data.md", "docs/templates.md", "docs/languages.md")
EXAMPLE = "my-timeline"
FENCE = "```"
MARK = re.compile(
    r"(?P<mark><!-- (?P<kind>\w+): ?(?P<argument>[^\n]*?) ?-->\n)(?P<part>.*?)(?P<end><!-- end -->\n)", re.DOTALL
)

DATES: Sequence[str] = (
    "2021-06-12", "2021-06", "2021", "2020-09-27/2020-11-09", "1990~", "2021-04-04?", "2021-04-04%", "199X", "19XX",
    "2021-21", "../1994", "2020-11-10/..", "[2020-11-09,2020-11-10]", "{2021-03,2021-05}", "-0043-03-15",
)  # fmt: skip
UNCHOSEN = "when left out, the next that no category names"
SETTINGS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "": {
            "title": "the name of the timeline",
            "standfirst": "a sentence or two below it; Markdown",
            "description": "the same for search engines; the standfirst when empty",
            "language": "the language of the site, such as `en`, `hy`, `az`; `en` when empty",
            "address": "where the site is published, such as `https://name.example/folder/`",
            "cards": "the pictures of shared links: `site`, one for all (when empty); `entries`, one each; `none`",
            "entry_pages": "`false` if entries have no pages of their own; `true` if they have (when empty)",
            "categories": "the lanes, in order; see below",
            "families": "series that share a unit and a chart; see below",
            "series": "what the numbers in `figures` count; see below",
        },
        "categories": {
            "label": "its name",
            "singular": "its name above one entry; the label when empty",
            "shape": "its mark: " + ", ".join(f"`{shape}`" for shape in SHAPES) + "; " + UNCHOSEN,
            "color": "its colour: " + ", ".join(f"`{color}`" for color in COLORS) + "; " + UNCHOSEN,
        },
        "families": {"label": "its name", "unit": "what is counted, such as `people`"},
        "series": {
            "label": "its name",
            "family": "the family it belongs to; one of its own when empty",
            "unit": "what is counted; that of its family when empty",
            "since": "the date since when it counts",
            "cumulative": "`true` if each number takes in those before it (when empty), `false` if not",
            "note": "what exactly is counted; shown with the number",
        },
    }
)
# What the schema leaves to its name, and the tables of columns and settings do not tell.
ITS_OWN: Mapping[str, str] = MappingProxyType(
    {
        "citations": "what it rests on",
        "entries": "the events",
        "key": "its name in `timeline.toml`",
        "page": "its page in the site",
        "sources": "the texts",
        "type": "what it is in the Web Annotation Data Model",
        "value": "the number",
        "words_left_out": "how many words of the source the quote leaves out",
    }
)
VERIFIED: Mapping[str, str] = MappingProxyType(
    {
        "verified_id": "the id of the entry, made from date and title where the cell `id` is empty",
        "verified_as": "how the quote was found: `verbatim`, `typographic` or `elided`",
        "verified_paragraph": "the paragraph of the source, or the first and the last, such as `7-9`",
        "verified_start": "where the words begin in the source, counted as above",
        "verified_end": "where they end",
        "verified_sha256": "the SHA-256 of the source's bytes",
    }
)


def renewed(document: str) -> str:
    """Return the text of a document with each marked part as the program tells it today."""

    def part(found: re.Match[str]) -> str:
        told = KINDS[found["kind"]](found["argument"], found["part"])
        # Markdown takes a table for text unless a blank line stands before it.
        return found["mark"] + (told if told.startswith(FENCE) else f"\n{told}\n") + found["end"]

    with TemporaryDirectory() as folder, chdir(folder):
        return MARK.sub(part, (REPOSITORY / document).read_text("utf-8"))


def files(document: str) -> dict[str, str]:
    """Return the files that a document shows, by path."""
    marks = MARK.finditer((REPOSITORY / document).read_text("utf-8"))
    return {mark["argument"]: fenced(mark["part"]) for mark in marks if mark["kind"] == "file"}


def fenced(part: str) -> str:
    """Return what stands in a fenced block."""
    return part.partition("\n")[2].removesuffix("```\n")


def write(given: Mapping[str, str], folder: Path = Path(), encoding: str = "utf-8") -> None:
    """Write these files into the folder."""
    for path, content in given.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode(encoding))


def run(command: str) -> str:
    """Return what a command prints, with 0.2 s for every time that was measured."""
    result = CliRunner().invoke(main, shlex.split(command)[1:], prog_name="dateline", catch_exceptions=False)
    return re.sub(r"in \d+\.\d s", "in 0.2 s", result.output)


def _file(path: str, part: str) -> str:
    write({path: fenced(part)})
    return part


def _run(_: str, part: str) -> str:
    commands = [line for line in fenced(part).splitlines() if line.startswith("$ ")]
    return _console("".join(f"{command}\n{run(command.removeprefix('$ '))}" for command in commands))


def _message(argument: str, _: str) -> str:
    """Return what is printed for the example of the README with something changed.

    The argument is JSON: a list of rows, each as the cells that differ from the example's row, or an object with
    `rows`, `replace` (words of `events.csv` by others), `encoding` (that of `events.csv`), `files` (by path; null
    where one is taken away) and `command`.
    """
    given = json.loads(argument)
    change: Mapping[str, Any] = {"rows": given} if isinstance(given, list) else given
    example = {path.removeprefix(f"{EXAMPLE}/"): text for path, text in files(README).items()}
    table = _rows(example[events.FILE], change.get("rows", [{}]))
    for words, others in change.get("replace", {}).items():
        table = table.replace(words, others)
    with TemporaryDirectory() as folder, chdir(folder):
        write(example)
        write({events.FILE: table}, encoding=change.get("encoding", "utf-8"))
        for path, text in change.get("files", {}).items():
            Path(path).unlink() if text is None else write({path: text})
        if not any(Path(sources.FOLDER).iterdir()):
            Path(sources.FOLDER).rmdir()
        printed = run(f"dateline {change.get('command', 'check')}")
    # The last line sums up.
    return _console("".join(printed.splitlines(keepends=True)[:-1]))


def _rows(table: str, rows: Sequence[Mapping[str, str]]) -> str:
    """Return the example's table with one row for each of `rows`: the example's own, with these cells in it."""
    [given] = csv.DictReader(table.splitlines())
    columns = [*given, *dict.fromkeys(name for row in rows for name in row if name not in given)]
    lines = [[{**given, **row}.get(name, "") for name in columns] for row in rows]
    return "".join(",".join(map(_cell, line)) + "\n" for line in (columns, *lines))


def _cell(text: str) -> str:
    return f'"{text}"' if "," in text else text


def _columns(argument: str, _: str) -> str:
    columns = {events.FILE: events.COLUMNS, sources.FILE: sources.COLUMNS}[argument]
    return _table(("column", "what it holds"), ((f"`{name}`", meaning) for name, meaning in columns.items()))


def _dates(_: str, __: str) -> str:
    display = DateDisplay("en", words_for("en").gettext)
    read = ((text, dates.parse(text)) for text in DATES)
    return _table(("you write", "readers see"), ((f"`{text}`", display.full(date)) for text, date in read if date))


def _settings(_: str, __: str) -> str:
    rows = []
    for table, settings in SETTINGS.items():
        known = _known_settings(table)
        if known != tuple(settings):
            raise AssertionError(f"SETTINGS of [{table}] are {', '.join(settings)}; the program's: {', '.join(known)}")
        rows += [(f"`[{table}.name]`" if table else "", f"`{name}`", meaning) for name, meaning in settings.items()]
    return _table(("under", "setting", "what it says"), rows)


def _known_settings(table: str) -> tuple[str, ...]:
    """Return the names that the program lists when it meets a setting that it does not know."""
    with TemporaryDirectory() as folder:
        heading = f"[{table}.name]\n" if table else ""
        write({"timeline.toml": f"{heading}zzz = 1\n"}, Path(folder))
        found = site.check(Path(folder))[1]
    [known] = [problem.help for problem in found if problem.column.endswith("zzz")]
    return tuple(known.removeprefix("the settings here are: ").split(", "))


def _setting(_: str, part: str) -> str:
    example = {path.removeprefix(f"{EXAMPLE}/"): text for path, text in files(README).items()}
    with TemporaryDirectory() as folder:
        write({**example, "timeline.toml": example["timeline.toml"] + fenced(part)}, Path(folder))
        found = site.check(Path(folder))[1]
    if found:
        raise AssertionError("\n".join(map(problems.as_text, found)))
    return part


def _commands(_: str, __: str) -> str:
    rows = []
    for name, command in main.commands.items():
        context = click.Context(command, info_name=f"dateline {name}")
        # Click wraps its help for a terminal of a certain width.
        first = (command.help or "").partition("\n\n")[0].replace("\n", " ")
        rows.append((f"`{' '.join([context.command_path, *command.collect_usage_pieces(context)[1:]])}`", first))
        options = (option for option in command.params if isinstance(option, click.Option))
        records = (option.get_help_record(context) for option in options)
        rows += [(f"`{record[0]}`", " ".join(record[1].split())) for record in records if record]
    return _table(("you type", "what it does"), rows)


def _added_columns(_: str, __: str) -> str:
    with TemporaryDirectory() as folder, chdir(folder):
        write(files(README))
        run(f"dateline build {EXAMPLE}")
        given, made = (_header(Path(EXAMPLE, path)) for path in (events.FILE, f"site/{events.FILE}"))
    if made != [*given, *VERIFIED]:
        raise AssertionError(f"VERIFIED describes {', '.join(VERIFIED)}; the site has {', '.join(made[len(given) :])}")
    return _table(("column", "what it holds"), ((f"`{name}`", meaning) for name, meaning in VERIFIED.items()))


def _header(file: Path) -> list[str]:
    return file.read_text("utf-8").partition("\n")[0].split(",")


def _python(_: str, part: str) -> str:
    with TemporaryDirectory() as folder, chdir(folder):
        write(files(README))
        run(f"dateline build {EXAMPLE}")
        subprocess.run([sys.executable, "-c", fenced(part)], cwd=EXAMPLE, check=True)
    return part


def _schema(_: str, __: str) -> str:
    schema = json.loads((REPOSITORY / "docs/timeline.schema.json").read_text("utf-8"))
    objects = {name: kind for name, kind in schema["$defs"].items() if "properties" in kind}
    parts = [_object("timeline", schema, schema["$defs"])]
    parts += [_object(name, kind, schema["$defs"]) for name, kind in objects.items()]
    return "\n".join(parts)


def _object(name: str, schema: Mapping[str, Any], kinds: Mapping[str, Any]) -> str:
    """Return the fields of an object as a table under its name."""
    told = {"source": sources.COLUMNS, "series": SETTINGS["series"], "timeline": SETTINGS[""]}.get(name, events.COLUMNS)
    meanings = {**ITS_OWN, **told}
    rows = []
    for field, described in schema["properties"].items():
        about = described.get("description") or meanings.get(field, "").removesuffix(", separated by `;`")
        about = about or kinds[described["$ref"].rpartition("/")[2]]["description"]
        about = about[:1].upper() + about[1:].removesuffix(".") + "."
        inner = described.get("items", described).get("properties", {})
        about += f" With {_and(f'`{key}`' for key in inner)}." if inner else ""
        rows.append((f"`{field}`", _json_type(described, kinds), about))
    return f"### {name.capitalize()}\n\n" + _table(("field", "type", "what it holds"), rows)


def _json_type(schema: Mapping[str, Any], kinds: Mapping[str, Any]) -> str:
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"[{name}](#{name})" if "properties" in kinds[name] else _json_type(kinds[name], kinds)
    if "const" in schema:
        return f"“{schema['const']}”"
    if "enum" in schema:
        return _or(f"“{value}”" if value else "null" for value in schema["enum"])
    names: list[str] = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    words = {"string": "text", "integer": "whole number", "boolean": "true or false", "array": "list"}
    said = _or(words.get(name, name) for name in names)
    return f"{said} of {_json_type(schema['items'], kinds)}" if "items" in schema else said


def _languages(_: str, __: str) -> str:
    tags = ["en", *sorted(file.stem for file in (shipped() / "languages").glob("*.po"))]
    names = {tag: (Locale.parse(tag).english_name, Locale.parse(tag).get_display_name()) for tag in tags}
    rows = ((f"`{tag}`", english or tag, own or tag) for tag, (english, own) in names.items())
    return _table(("`language`", "in English", "in the language"), rows)


def _blocks(_: str, __: str) -> str:
    rows = []
    for file in sorted(shipped().glob("*.html")):
        blocks = re.findall(r"{% block (\w+) %}", file.read_text("utf-8"))
        if blocks:
            rows.append((f"`{file.name}`", ", ".join(f"`{block}`" for block in blocks)))
    return _table(("template", "its blocks"), rows)


def _records(_: str, __: str) -> str:
    given = {record: template for template, record in CONTEXTS.items()}
    kinds = records()
    # First the pages, then what they are made of.
    kinds.sort(key=lambda record: ("page" not in record.__annotations__, record.__module__ != page_views.__name__))
    kinds.append(Category)
    return "\n".join(_record(record, given.get(record, "")) for record in kinds)


def _record(record: type, template: str) -> str:
    paragraphs = [" ".join(text.split()) for text in (record.__doc__ or "").split("\n\n")]
    if template:
        paragraphs.append(f"The template is `{template}`.")
    rows = ((f"`{name}`", _python_type(kind)) for name, kind in get_type_hints(record).items())
    return "\n\n".join([f"### {record.__name__}", *paragraphs, _table(("field", "what it is"), rows)])


def _python_type(kind: Any) -> str:  # noqa: ANN401 - any type at all
    if get_origin(kind) in (UnionType, Union):
        return " or ".join("none" if part is NoneType else _python_type(part) for part in get_args(kind))
    if get_origin(kind) is tuple and get_args(kind)[-1] is not Ellipsis:
        return "pair of " + " and ".join(map(_python_type, get_args(kind)))
    if get_origin(kind):
        return f"list of {_python_type(get_args(kind)[0])}"
    if kind is Category or kind in records():
        return f"[{kind.__name__}](#{kind.__name__.lower()})"
    return {str: "text", int: "number", bool: "true or false", Markup: "HTML"}[kind]


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *([cell.replace("|", "\\|") for cell in row] for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _console(printed: str) -> str:
    return f"```console\n{printed}```\n"


def _and(words: Iterator[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last


def _or(words: Iterator[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} or {last}" if first else last


# By the kind of a part: what returns it, given the mark's argument and the part as it stands.
KINDS: Mapping[str, Callable[[str, str], str]] = MappingProxyType(
    {
        "blocks": _blocks,
        "columns": _columns,
        "commands": _commands,
        "dates": _dates,
        "file": _file,
        "languages": _languages,
        "message": _message,
        "python": _python,
        "records": _records,
        "run": _run,
        "schema": _schema,
        "setting": _setting,
        "settings": _settings,
        "verified": _added_columns,
    }
)

if __name__ == "__main__":
    for name in DOCUMENTS:
        (REPOSITORY / name).write_text(renewed(name), "utf-8")
