"""`seeds/` → sources: each text as a reader sees it, its paragraphs, and what is known of it."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from dateline import dates
from dateline.config import LANGUAGE, language_mistake
from dateline.glances import beyond_ascii, has_control
from dateline.late_patterns import late
from dateline.paragraphs import Markup, Paragraph, Text, read_plain
from dateline.problems import Problem, did_you_mean, shown, unread_folder
from dateline.slugs import slug
from dateline.tables import Table, read_table
from dateline.texts import turned_by

FOLDER = "seeds"
FILE = "seeds/sources.csv"
PLAIN = (".txt", ".text")
# Overrides of the direction of writing (Unicode Standard Annex #9, section 2.2).
_TURNING = late("[\u202d\u202e]")
# What cannot stand in a web page, but NUL.
_CONTROL = late(r"[\x01-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_PLAIN_NAME = late(r"[A-Za-z0-9_-]+")
MARKDOWN = (".md", ".markdown")
PUBLISH = ("full", "quotes", "link")
# Disks take names of at most 255 bytes, and a name in another script grows when it is spelled in Latin letters.
LONGEST_PAGE = 100
COLUMNS: Mapping[str, str] = {
    "file": "the text: a file in `seeds/`",
    "title": "its headline",
    "author": "who wrote it",
    "publisher": "who published it",
    "published": "when, as EDTF",
    "language": "its language, such as `en`, `hy`, `az`; that of the timeline when empty",
    "url": "where it was published",
    "archive_url": "an archived copy",
    "archive_date": "when that copy was made, as EDTF",
    "retrieved": "when you fetched it, as EDTF",
    "publish": "`full` (when empty), `quotes` (only cited passages, each with its sentence) or `link` (no text at all)",
    "note": "what is inferred, and from what; shown with the source",
}


class Source(NamedTuple):
    """One text of `seeds/`: `name` is its path there, `page` the name of its page, `sha256` that of its bytes.

    `other` are the cells of columns that Dateline does not know.
    """

    name: str
    page: str
    text: str
    paragraphs: tuple[Paragraph, ...]
    markup: tuple[Markup, ...]
    sha256: str
    title: str = ""
    author: str = ""
    publisher: str = ""
    published: dates.Date | None = None
    language: str = ""
    url: str = ""
    archive_url: str = ""
    archive_date: dates.Date | None = None
    retrieved: dates.Date | None = None
    publish: str = "full"
    note: str = ""
    other: tuple[tuple[str, str], ...] = ()

    @property
    def path(self) -> str:
        """The file as its author knows it."""
        return f"{FOLDER}/{self.name}"


class Sources(NamedTuple):
    """The sources by name, and what stands in the folder but is no source.

    That has its reason, or an empty one where a problem of the file's own says it.
    """

    by_name: Mapping[str, Source]
    refused: Mapping[str, str]


def read_sources(folder: Path) -> tuple[Sources, list[Problem]]:
    """Read every text below `seeds/` in `folder`, and `seeds/sources.csv` about them."""
    seeds = folder / FOLDER
    if seeds.is_symlink() or not seeds.is_dir():
        return Sources({}, {}), [_no_folder(seeds)]
    found: dict[str, Source] = {}
    refused: dict[str, str] = {}
    problems: list[Problem] = []
    files = sorted(_files(str(seeds), problems), key=_by_parts)
    if problems and not files:
        return Sources({}, {}), problems
    for name, file in files:
        if not name.isprintable():
            shown_name = name.encode("unicode_escape").decode()
            problems.append(Problem(f"{FOLDER}/{shown_name}", 0, "", "has a name that cannot be shown", "rename it"))
        elif file.is_symlink():
            refused[name] = "is a link to another place"
        elif file.is_file():
            _read_source(file.path, name, found, refused, problems)
    if not found and not refused:
        help_text = "put the texts that you quote into it, as .txt or .md files"
        problems.append(Problem(f"{FOLDER}/", 0, "", "holds no text", help_text))
    described, more = _describe(folder / FILE, found, refused)
    return Sources(described, refused), problems + more + _same_page(described)


def _no_folder(seeds: Path) -> Problem:
    if seeds.is_symlink():
        return Problem(FOLDER, 0, "", "is a link, and is not followed", "copy the folder itself here")
    if seeds.exists() or seeds.is_symlink():
        return Problem(FOLDER, 0, "", "is not a folder", f"rename it, and make a folder {FOLDER}/ for the texts")
    help_text = f"make a folder {FOLDER}/ and put the texts that you quote into it, as .txt or .md files"
    return Problem(f"{FOLDER}/", 0, "", "is not there", help_text)


def _files(folder: str, problems: list[Problem], before: str = "") -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Yield what stands below a folder, each with its path there; neither what is hidden nor the table itself."""
    try:
        inside = os.scandir(folder)
    except OSError as error:
        problems.append(unread_folder(f"{FOLDER}/{before}".rstrip("/"), error))
        return
    with inside:
        for file in inside:
            name = before + file.name
            if file.name.startswith(".") or name == "sources.csv":
                continue
            yield name, file
            if file.is_dir(follow_symlinks=False):
                yield from _files(file.path, problems, f"{name}/")


def _by_parts(file: tuple[str, object]) -> list[str]:
    return file[0].split("/")


def _read_source(
    file: str, name: str, found: dict[str, Source], refused: dict[str, str], problems: list[Problem]
) -> None:
    stem, ending = os.path.splitext(name)  # noqa: PTH122 - Path objects would cost more than the disk
    ending = ending.lower()
    if ending not in PLAIN + MARKDOWN:
        refused[name] = "is not a text: only .txt and .md files can be quoted"
        return
    path = f"{FOLDER}/{name}"
    refused[name] = ""
    try:
        with open(file, "rb", buffering=0) as opened:  # noqa: PTH123
            data = opened.read()
        text = _decode(data)
    except OSError as error:
        help_text = "check that you may read it"
        problems.append(Problem(path, 0, "", f"cannot be read: {error.strerror}", help_text))
        return
    except UnicodeDecodeError as error:
        line = error.object[: error.start].decode(error.encoding, "replace").count("\n") + 1
        encoding = "UTF-8" if error.encoding == "utf-8" else "UTF-16"
        message = (
            f"is not saved in {encoding}: a letter on this line cannot be read (byte 0x{error.object[error.start]:02X})"
        )
        help_text = "save the text as UTF-8, and compare it with the original: letters may have been lost"
        problems.append(Problem(path, line, "", message, help_text))
        return
    if "\0" in text:
        problems.append(Problem(path, 0, "", "is not a text: it holds NUL bytes", "save it as plain text in UTF-8"))
        return
    del refused[name]
    turned = _TURNING.search(text) if _TURNING.search(beyond_ascii(text)) else None
    if turned:
        help_text = "take it out, if the original does without it; else say so in the note of the source"
        line = text.count("\n", 0, turned.start()) + 1
        problems.append(Problem(path, line, "", turned_by(turned[0]), help_text, "warning"))
    seen = _read_markdown(text) if ending in MARKDOWN else read_plain(text)
    found[name] = Source(name, slug_of_file(stem), *seen, hashlib.sha256(data).hexdigest())


def _read_markdown(text: str) -> Text:
    from dateline.markdown_text import read_markdown

    return read_markdown(text)


def slug_of_file(stem: str) -> str:
    """Return the page name of a source: its path without the ending, kept as it is where that is a plain name."""
    return stem if _PLAIN_NAME.fullmatch(stem) else slug(stem)[:LONGEST_PAGE].strip("-") or "source"


def _decode(data: bytes) -> str:
    r"""Return the text of a source: UTF-8, or UTF-16 where a byte order mark says so; line ends become `\\n`.

    Control characters other than tab, line and page breaks cannot stand in a web page; each becomes U+FFFD, which
    keeps every offset.
    """
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8"
    text = data.decode(encoding).removeprefix("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub("\ufffd", text) if has_control(text) else text


def _describe(
    file: Path, found: Mapping[str, Source], refused: Mapping[str, str]
) -> tuple[dict[str, Source], list[Problem]]:
    described = dict(found)
    if not os.path.exists(file):  # noqa: PTH110 - in a folder that may not be entered, nothing is there
        return described, []
    table, problems = read_table(file, FILE, required=("file",), known=tuple(COLUMNS))
    if "file" not in table.columns:
        return described, problems
    lines: dict[str, int] = {}
    for line, cells in _rows(table):
        name = cells["file"].removeprefix(f"{FOLDER}/")
        if name in found and name not in lines:
            described[name] = _with_metadata(found[name], cells, line, problems)
        else:
            problems += _no_such_file(name, line, lines, found, refused)
        lines.setdefault(name, line)
    return described, problems


def _no_such_file(
    name: str, line: int, lines: Mapping[str, int], found: Mapping[str, Source], refused: Mapping[str, str]
) -> Iterator[Problem]:
    """Yield what is wrong with a line of `sources.csv` that describes no text, or none that is not described."""
    if not name:
        yield Problem(FILE, line, "file", "is empty", "name the text that this line tells of, or take the line out")
    elif name in lines:
        message = f"{shown(name)} is already described in line {lines[name]}"
        yield Problem(FILE, line, "file", message, "keep one line for each text")
    elif refused.get(name):
        help_text = "put the text itself there, as a .txt or .md file, or take this line out"
        yield Problem(FILE, line, "file", f"{FOLDER}/{name} {refused[name]}", help_text, "warning")
    elif name not in refused and (found or refused):
        near = nearest_name(name, found)
        help_text = f"put the text into {FOLDER}/, or take this line out"
        help_text = f"did you mean {near}? if not, {help_text}" if near else help_text
        yield Problem(FILE, line, "file", f"there is no text {FOLDER}/{name}", help_text)


def nearest_name(name: str, known: Iterable[str]) -> str:
    """Return the name of the text that was probably meant, or an empty string; endings and folders may be missing."""
    known = list(known)
    by_stem = {_stem(each.rpartition("/")[2]): each for each in known} | {_stem(each): each for each in known}
    return by_stem.get(_stem(name)) or by_stem.get(did_you_mean(_stem(name), by_stem), "")


def _stem(name: str) -> str:
    return re.sub(r"\.[^./]*$", "", name)


def _rows(table: Table) -> list[tuple[int, dict[str, str]]]:
    blank = dict.fromkeys(COLUMNS, "")
    return [(row.line, blank | dict(zip(table.columns, row.cells, strict=False))) for row in table.rows]


def _with_metadata(source: Source, cells: Mapping[str, str], line: int, problems: list[Problem]) -> Source:
    publish = cells["publish"].lower() or "full"
    if publish not in PUBLISH:
        near = did_you_mean(publish, PUBLISH)
        help_text = (f"did you mean {near}? " if near else "") + "write full, quotes or link"
        message = f"{shown(cells['publish'])} is not a way to publish a text"
        problems.append(Problem(FILE, line, "publish", message, help_text))
        publish = "link"
    return source._replace(
        title=cells["title"],
        author=cells["author"],
        publisher=cells["publisher"],
        published=_date(cells, "published", line, problems),
        language=_language(cells, line, problems),
        url=_address(cells, "url", line, problems),
        archive_url=_address(cells, "archive_url", line, problems),
        archive_date=_date(cells, "archive_date", line, problems),
        retrieved=_date(cells, "retrieved", line, problems),
        publish=publish,
        note=cells["note"],
        other=tuple((column, cell) for column, cell in cells.items() if cell and column not in COLUMNS),
    )


def _date(cells: Mapping[str, str], column: str, line: int, problems: list[Problem]) -> dates.Date | None:
    if not cells[column]:
        return None
    date = dates.parse(cells[column])
    if date is None:
        from dateline import date_mistakes

        message, help_text = date_mistakes.explain(cells[column])
        problems.append(Problem(FILE, line, column, message, help_text))
    return date


def _language(cells: Mapping[str, str], line: int, problems: list[Problem]) -> str:
    language = cells["language"].replace("_", "-")
    if not language or LANGUAGE.fullmatch(language):
        return language
    problems.append(Problem(FILE, line, "language", *language_mistake(language)))
    return ""


def _address(cells: Mapping[str, str], column: str, line: int, problems: list[Problem]) -> str:
    address = cells[column]
    if not address or re.fullmatch(r"https?://[^\s<>\"]+", address):
        return address
    message = f"{shown(address)} is not the address of a web page"
    problems.append(Problem(FILE, line, column, message, "write it with https:// at its beginning, or leave it empty"))
    return ""


def _same_page(sources: Mapping[str, Source]) -> list[Problem]:
    pages: dict[str, str] = {"index": "the list of sources"}
    problems = []
    for source in sources.values():
        other = pages.setdefault(source.page.lower(), source.path)
        if other != source.path:
            message = f"would get the same page as {other}"
            help_text = "rename one of the two files" if other.startswith(FOLDER) else "rename the file"
            problems.append(Problem(source.path, 0, "", message, help_text))
    return problems
