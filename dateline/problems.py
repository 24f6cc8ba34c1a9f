"""What is wrong with the input, said so that its author can mend it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Literal, NamedTuple

Severity = Literal["error", "warning"]

# How many characters of a text of the author's are shown in a message.
LONGEST_SHOWN = 60
# Control characters, which a terminal would obey: names of files and settings can hold them.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


class Problem(NamedTuple):
    """One finding about the input.

    `path` is the file as the author knows it, relative to the project folder; `line` is the line on which the
    record starts, or 0 where the finding is about the whole file; `column` is the column of a table or the key of
    a setting, or empty. `notes` are (label, text) pairs shown between the message and the help.
    """

    path: str
    line: int
    column: str
    message: str
    help: str = ""
    severity: Severity = "error"
    notes: tuple[tuple[str, str], ...] = ()


class ProblemError(Exception):
    """A problem after which nothing more can be done, or found."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems by place: file, line, column, then words; each finding once."""
    return sorted(set(problems), key=lambda problem: (problem.path, problem.line, problem.column, problem.message))


def unread_folder(path: str, error: OSError) -> Problem:
    """Return the problem of a folder that cannot be looked through, so that what is in it is not known."""
    help_text = "check that you may read it, or move it to another place"
    return Problem(f"{path}/", 0, "", f"cannot be looked through: {error.strerror}", help_text)


def place(problem: Problem) -> str:
    """Return `file:line`, or the file alone where the finding is about all of it."""
    return _CONTROL.sub("\ufffd", f"{problem.path}:{problem.line}" if problem.line else problem.path)


def shown(text: str) -> str:
    """Return a text of the author's as a message shows it: in quotation marks, on one line, cut where it is long."""
    one_line = " ".join(text.split())
    return f"'{one_line if len(one_line) <= LONGEST_SHOWN else one_line[:LONGEST_SHOWN] + '…'}'"


def as_text(problem: Problem) -> str:
    """Return the problem as a compiler would print it: the place, what is wrong, then notes and help indented."""
    head = [place(problem)]
    if problem.severity == "warning":
        head.append("warning")
    if problem.column:
        head.append(problem.column)
    lines = [": ".join([*head, problem.message])]
    lines += [f"  {label}: {text}" for label, text in problem.notes]
    if problem.help:
        lines.append(f"  help: {problem.help}")
    return "\n".join(_CONTROL.sub("\ufffd", line) for line in lines)


def as_json(problems: Iterable[Problem]) -> str:
    """Return the problems as a JSON array of objects whose keys are the fields of `Problem`."""
    return json.dumps([problem._asdict() for problem in problems], ensure_ascii=False, indent=2)


def as_github(problem: Problem) -> str:
    """Return the problem as a workflow command of GitHub Actions, which marks the line in a pull request.

    Source: GitHub Docs, "Workflow commands for GitHub Actions", setting an error or warning message.
    """
    title = f"{problem.column}: {problem.message}" if problem.column else problem.message
    body = "\n".join([title, *(f"{label}: {text}" for label, text in problem.notes), problem.help]).strip()
    where = f"file={_escape_property(problem.path)},line={max(problem.line, 1)}"
    return _CONTROL.sub("\ufffd", f"::{problem.severity} {where}::{_escape_data(body)}")


def _escape_data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape_data(text).replace(":", "%3A").replace(",", "%2C")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return the known word nearest to `word`, or an empty string where none is near.

    Near is a similarity of at least 70 by insertions and deletions (`rapidfuzz.fuzz.ratio`), in lower case.
    """
    from rapidfuzz import fuzz, process

    by_fold = {candidate.casefold(): candidate for candidate in known}
    found = process.extractOne(word.casefold(), by_fold.keys(), scorer=fuzz.ratio, score_cutoff=70)
    return by_fold[found[0]] if found else ""
