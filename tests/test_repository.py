"""The repository itself: its source texts, its form, its workflows, what it installs, and the wheel it becomes."""

from __future__ import annotations

import ast
import hashlib
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
from collections.abc import Iterator, Mapping
from graphlib import TopologicalSorter
from itertools import chain
from pathlib import Path
from zipfile import ZipFile

import pytest
from conftest import command
from packaging.requirements import Requirement
from project import events, write

from dateline.templating import Theme
from dateline.words import words_for

REPOSITORY = Path(__file__).parent.parent
WORKFLOWS = sorted((REPOSITORY / ".github" / "workflows").glob("*.yml"))
PACKAGE = sorted((REPOSITORY / "dateline").glob("*.py"))
SEEDS: Mapping[str, str] = {
    "000_ed5f458c5ba3dbad.txt": "4d820be1c474c0658e214f0b8e7d0c6cc12998363570c1b7f8f4c7af1e9f60e0",
    "001_645aedeca04710bc.txt": "864a7e50a4972a1af72b42a484b3cd8fa4d4e5a9f2c4b8f9edf62daa82e19634",
    "002_3ff985666c8d771b.txt": "5154631b3b1c29f3f3140a52c1d693ac294c767f952ecacc5042cb4c278b5952",
    "003_a899af25c3d69d10.txt": "dfd139fca97945aff2258b19784768212544994733a17c3e55a4dd3fd13b80ef",
    "004_64745efe3c401ed0.txt": "92085c4c693950c2d8416311b9084619fe39aa94c6f439aa71ea00378d13d82b",
}
MACHINE_PATH = re.compile(r"(?<![\w.])/(work|root|home|Users|farm)/\w")
REGISTRY = re.compile(r"https?://[\w.-]*(pypi|pythonhosted|npmjs|debian)\b")


def ours() -> list[Path]:
    """Return every file of the repository that git keeps; where there is no git, every file that it would keep."""
    found = shutil.which("git") and subprocess.run(
        ["git", "ls-files", "-z"], cwd=REPOSITORY, capture_output=True, check=False
    )
    if found and found.returncode == 0:
        return [file for name in found.stdout.decode().split("\0") if name and (file := REPOSITORY / name).is_file()]
    ignored = {line.strip("/") for line in (REPOSITORY / ".gitignore").read_text("utf-8").splitlines()} | {".git"}
    files = (file for file in REPOSITORY.rglob("*") if file.is_file())
    return [file for file in files if ignored.isdisjoint(file.relative_to(REPOSITORY).parts)]


def texts() -> Iterator[tuple[str, str]]:
    """Yield the name and the text of every file of the repository but the source texts, which are others' words."""
    for file in ours():
        name = file.relative_to(REPOSITORY).as_posix()
        data = file.read_bytes()
        if name.removeprefix("seeds/") not in SEEDS and b"\0" not in data:
            yield name, data.decode("utf-8", "replace")


def lines_with(pattern: re.Pattern[str]) -> list[str]:
    """Return the lines of the repository in which the pattern is found."""
    return [
        f"{name}:{number}: {line}"
        for name, text in texts()
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]


def run(*arguments: str, cwd: Path = REPOSITORY) -> str:
    """Run a command that must succeed, with nothing but what is installed in sight, and return what it prints."""
    variables = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(arguments, cwd=cwd, env=variables, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{arguments}\n{done.stdout}{done.stderr}"
    return done.stdout


def test_the_source_texts_are_as_they_came() -> None:
    """Every text in seeds/ is there, byte for byte, and git is told never to change one."""
    there = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in (REPOSITORY / "seeds").glob("*.txt")}
    assert there == SEEDS
    assert "seeds/* -text" in (REPOSITORY / ".gitattributes").read_text("utf-8").splitlines()


def test_no_file_says_where_it_was_made() -> None:
    """No file holds a path of the machine on which it was written."""
    assert lines_with(MACHINE_PATH) == []


def test_no_file_says_where_packages_come_from() -> None:
    """No file holds the address of a package registry: each machine has its own."""
    assert lines_with(REGISTRY) == []


def test_no_file_is_large() -> None:
    """No file is over 500 kB: what is made does not belong into the repository."""
    assert [file.name for file in ours() if file.stat().st_size > 500_000] == []


def test_a_module_is_one_room() -> None:
    """A module of the package has at most 400 lines."""
    lengths = {module.name: len(module.read_text("utf-8").splitlines()) for module in PACKAGE}
    assert {name: length for name, length in lengths.items() if length > 400} == {}


def test_every_function_fits_on_a_screen() -> None:
    """A function has at most 60 lines, in the package and in the tests."""
    functions = (
        (file.name, node.name, (node.end_lineno or 0) - node.lineno + 1)
        for file in ours()
        if file.suffix == ".py"
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    assert [function for function in functions if function[2] > 60] == []


def test_no_two_modules_import_each_other() -> None:
    """The way through the package has no circles; imports for types and inside of functions count too."""
    modules = {module.stem for module in PACKAGE}
    imports = {module.stem: set(imported(module)) & modules for module in PACKAGE}
    assert len(list(TopologicalSorter(imports).static_order())) == len(modules)


def imported(module: Path) -> Iterator[str]:
    """Yield the names of the modules of the package that a module imports."""
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "dateline":
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("dateline."):
            yield node.module.removeprefix("dateline.")


def test_the_design_names_every_module() -> None:
    """docs/design.md says of every module what its one job is."""
    design = (REPOSITORY / "docs" / "design.md").read_text("utf-8")
    assert [
        module.name for module in PACKAGE if not module.stem.startswith("__") and f"`{module.name}`" not in design
    ] == []


def test_everything_that_is_installed_is_pinned() -> None:
    """constraints.txt gives one version, and nothing else, of everything that pyproject.toml asks for."""
    lines = (REPOSITORY / "constraints.txt").read_text("utf-8").splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    assert [pin for pin in pins if not re.fullmatch(r"[a-z0-9-]+==[\w.+]+( ; [^;]+)?", pin)] == []
    versions = dict(pin.partition(" ;")[0].split("==") for pin in pins)
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))
    groups = project["dependency-groups"].values()
    asked = chain(project["build-system"]["requires"], project["project"]["dependencies"], *groups)
    for requirement in map(Requirement, asked):
        assert requirement.specifier.contains(versions[requirement.name.lower()]), requirement


def test_workflows_are_valid() -> None:
    """GitHub can read the workflows, and zizmor finds nothing in them that could be abused."""
    run(command("check-jsonschema"), "--builtin-schema", "vendor.github-workflows", *map(str, WORKFLOWS))
    run(command("zizmor"), "--offline", "--quiet", ".github")


def test_every_action_is_pinned_by_a_hash_that_was_read_somewhere() -> None:
    """Each action names a commit and its version, and zizmor.yml says in whose workflow the pair was read."""
    read = (REPOSITORY / ".github" / "zizmor.yml").read_text("utf-8")
    for workflow in WORKFLOWS:
        for used in re.findall(r"uses: (.*)", workflow.read_text("utf-8")):
            pinned = re.fullmatch(r"(actions/[\w-]+)@[0-9a-f]{40} # (v\d+\.\d+\.\d+)", used)
            assert pinned, used
            assert re.search(rf"^#   {pinned[1]} +{re.escape(pinned[2])} ", read, re.MULTILINE), used


def test_the_tests_run_on_every_python_from_the_oldest_that_will_do() -> None:
    """The workflow of the tests begins with the Python that pyproject.toml asks for, and leaves none out."""
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))["project"]
    matrix = re.search(r"python: \[(.*)\]", (REPOSITORY / ".github/workflows/ci.yml").read_text("utf-8"))
    assert matrix
    minors = [int(minor) for minor in re.findall(r'"3\.(\d+)"', matrix[1])]
    assert minors == list(range(minors[0], minors[-1] + 1))
    assert project["requires-python"] == f">=3.{minors[0]}"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the wheel, built with what is installed."""
    folder = tmp_path_factory.mktemp("wheel")
    run(command("pyproject-build"), "--wheel", "--no-isolation", "--outdir", str(folder), str(REPOSITORY))
    [file] = folder.glob("*.whl")
    return file


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the commands of a fresh environment that holds the wheel, and this one's packages."""
    environment = tmp_path_factory.mktemp("environment")
    run(sys.executable, "-m", "venv", "--without-pip", str(environment))
    scripts = environment / ("Scripts" if os.name == "nt" else "bin")
    python = str(scripts / "python")
    run(sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps", "--no-index", str(wheel))
    [packages] = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").splitlines()
    # Found after the environment's own packages, and its .pth files are not read: the clone stays out of sight.
    Path(packages, "others.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    return scripts


def test_the_wheel_holds_the_program_and_the_theme(wheel: Path) -> None:
    """The wheel holds every module and every template once, the licence, and nothing else."""
    names = [name for name in ZipFile(wheel).namelist() if ".dist-info/" not in name]
    templates = [file for file in (REPOSITORY / "templates").rglob("*") if file.is_file()]
    expected = [f"dateline/{module.name}" for module in PACKAGE]
    expected += [f"dateline/{file.relative_to(REPOSITORY).as_posix()}" for file in templates]
    assert sorted(names) == sorted([*expected, "dateline/py.typed"])
    assert any(name.endswith("/licenses/LICENSE") for name in ZipFile(wheel).namelist())


def test_the_installed_program_builds_a_folder_elsewhere(installed: Path, tmp_path: Path) -> None:
    """The wheel alone builds a timeline, with its own templates and, before them, those of the user."""
    override = '{% extends "default:about.html" %}{% block main %}Ours. {{ super() }}{% endblock %}'
    folder = write(tmp_path / "timeline", {"events.csv": events({}), "templates/about.html": override})

    shown = "from dateline.templating import shipped; print(shipped())"
    [templates] = run(str(installed / "python"), "-c", shown, cwd=tmp_path).splitlines()
    assert Path(templates).is_relative_to(installed.parent)

    run(str(installed / "dateline"), "build", "timeline", cwd=tmp_path)
    assert "Prisoners freed" in (folder / "site" / "index.html").read_text("utf-8")
    about = (folder / "site" / "about.html").read_text("utf-8")
    assert "Ours." in about
    assert "Made by hand." in about
    assert (folder / "site" / "assets" / "icon.svg").read_bytes() == (Path(templates) / "assets/icon.svg").read_bytes()


def test_the_theme_of_this_repository_is_the_shipped_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """However the folder of this repository is named, its scripts are published without their comments."""
    monkeypatch.chdir(REPOSITORY)
    words = words_for("en")
    published = Theme(Path(), words).published()
    assert published == Theme(REPOSITORY, words).published()
    assert b"/*" not in published["find.js"]
