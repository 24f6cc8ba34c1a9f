"""The documentation is true: its commands work, its examples are what the program does, its links lead somewhere."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from documents import DOCUMENTS, EXAMPLE, FENCE, MARK, README, REPOSITORY, files, renewed, run, write

PAGES = (*DOCUMENTS, "docs/design.md", "CHANGELOG.md")
# Commands of the documentation that install something or take long, and the test that runs the same.
RUN_ELSEWHERE = {
    "python -m pip install .": "test_repository.py installs the wheel",
    "python build.py": "below",
}


def text_of(document: str) -> str:
    """Return a document."""
    return (REPOSITORY / document).read_text("utf-8")


@pytest.mark.parametrize("document", DOCUMENTS)
def test_what_the_program_can_tell_is_as_it_tells_it(document: str) -> None:
    """Tables of columns, settings, commands and fields, messages, examples: `make docs` would change nothing."""
    assert text_of(document) == renewed(document)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_command_is_run_by_a_test_or_is_one_of_make(document: str) -> None:
    """No command stands in the documentation that nobody has tried."""
    text = text_of(document)
    targets = set(re.findall(r"^([a-z]+):", text_of("Makefile"), re.MULTILINE))
    shell = "".join(re.findall(rf"^{FENCE}sh\n(.*?)^{FENCE}$", text, re.MULTILINE | re.DOTALL))
    for line in shell.splitlines():
        assert line in RUN_ELSEWHERE or line.removeprefix("make ") in targets, line
    assert f"{FENCE}console" not in MARK.sub("", text)


@pytest.mark.parametrize("document", PAGES)
def test_every_link_to_a_file_leads_to_it(document: str) -> None:
    """A link within the documentation leads to a file that is there, and to a heading that stands in it."""
    prose = re.sub(rf"^{FENCE}.*?^{FENCE}$", "", text_of(document), flags=re.MULTILINE | re.DOTALL)
    for address in re.findall(r"\]\((?!https?://)([^)\s]+)\)", prose):
        path, _, fragment = address.partition("#")
        file = (REPOSITORY / document).parent / path if path else REPOSITORY / document
        assert file.exists(), address
        if fragment:
            headings = re.findall(r"^#+ (.*)$", file.read_text("utf-8"), re.MULTILINE)
            assert fragment in {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}, (
                address
            )


def test_the_examples_for_templates_do_what_they_say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A style of one's own beside the shipped one, and a line added to a page, as docs/templates.md shows them."""
    monkeypatch.chdir(tmp_path)
    write({**files(README), **{f"{EXAMPLE}/{path}": text for path, text in files("docs/templates.md").items()}})
    run(f"dateline build {EXAMPLE}")
    site = tmp_path / EXAMPLE / "site"
    entry = f"entries/{next(site.glob('entries/*.html')).name}"
    for page, root, shipped in (("index.html", "", "timeline.css"), (entry, "../", "style.css")):
        html = (site / page).read_text("utf-8")
        assert f'href="{root}assets/{shipped}"' in html
        assert f'href="{root}assets/own.css"' in html
    assert (site / "assets/own.css").read_text("utf-8") == files("docs/templates.md")["templates/assets/own.css"]
    about = (site / "about.html").read_text("utf-8")
    assert "It rests on all minutes of the council for 2021." in about
    assert "<p>Entries in this timeline: 1</p>" in about


def test_build_py_builds_this_repository(tmp_path: Path) -> None:
    """`python build.py` builds the timeline of the folder it stands in, wherever it is started."""
    command = [sys.executable, str(REPOSITORY / "build.py"), "--out", str(tmp_path / "site")]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "site" / "index.html").is_file()


def test_build_py_without_its_packages_says_what_to_type(tmp_path: Path) -> None:
    """Where nothing is installed, one line says what is missing and how to get it."""
    # -S leaves out everything that pip has installed.
    command = [sys.executable, "-S", str(REPOSITORY / "build.py"), "--out", str(tmp_path / "site")]
    variables = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(command, env=variables, capture_output=True, text=True, check=False)
    line = "Dateline needs the package click. Type: python -m pip install .   (or: make site)\n"
    assert (done.returncode, done.stdout, done.stderr) == (1, "", line)
