"""Promises of the cache: what has not changed is not made again, and no reader could ever tell."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from large import spread
from large import write as write_large
from project import REPOSITORY, SECOND, build, events, write

from dateline import calendar_feed, site
from dateline.events import Entry
from dateline.publish import Report
from dateline.staging import Kept

# The tests' own runner has threads, of which Python warns; none of them is needed in the second process.
pytestmark = pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")

CACHE = ".dateline-cache"
KEPT_IN = f"{CACHE}/pages.json"
SEED = "seeds/a.txt"
TEXT = "On June 12, 2021 the ministry said that {n} people were freed.\n\nMaps were handed over on the same day.\n"


def _as_it_comes(files: Iterable[Kept], _total: int) -> Iterable[Kept]:
    return files


def made(folder: Path, out: str = "site") -> Report:
    """Build the project into a folder beside it, and return what was done."""
    report, problems = site.build(folder, folder / out, strict=False, watch=_as_it_comes)
    assert report is not None, problems
    return report


def held(folder: Path) -> dict[str, bytes]:
    """Return all files of a folder, those that begin with a dot among them."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def fresh(folder: Path) -> dict[str, bytes]:
    """Return the site of the project as it is without any cache, in a folder that is new."""
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place, "copy")
        shutil.copytree(folder, copy, ignore=shutil.ignore_patterns(CACHE, "site", "other"))
        made(copy)
        return held(copy / "site")


def content_of(file: bytes) -> bytes:
    """Return what the cache notes of the content of a file."""
    return hashlib.sha256(file).hexdigest()[:32].encode()


def counts(report: Report) -> tuple[int, int, int, int]:
    """Return what is told of a build: files that are new, changed, as they were, and removed."""
    return report.new, report.changed, report.unchanged, report.removed


def test_an_unchanged_site_is_not_made_again(tmp_path: Path) -> None:
    """Where nothing has changed no file is made again, and the command says the same as without a cache."""
    folder = write(tmp_path, {"static/photo.txt": "A photo."})
    first = made(folder)
    again = made(folder)
    assert (first.reused, again.reused) == (0, first.new)
    shutil.rmtree(folder / CACHE)
    assert counts(again) == counts(made(folder)) == (0, 0, first.new, 0)


def test_this_repository_twice(tmp_path: Path) -> None:
    """This repository's own timeline, built twice in a row, is the same, and nothing of it is made again."""
    for name in ("events.csv", "timeline.toml", "about.md"):
        shutil.copy(REPOSITORY / name, tmp_path)
    shutil.copytree(REPOSITORY / "seeds", tmp_path / "seeds")
    first = made(tmp_path)
    before = held(tmp_path / "site")
    assert made(tmp_path).reused == first.new
    assert held(tmp_path / "site") == before


def test_a_changed_row_is_made_again_where_it_shows(tmp_path: Path) -> None:
    """When a title changes, so do its entry's page and those that name it; the pages of other entries stay."""
    days = range(1, 29)
    rows = [{"id": f"e{day}", "date": f"2021-06-{day:02}", "title": f"Event {day}", "date_note": "."} for day in days]
    folder = write(tmp_path, {"events.csv": events(*rows)})
    total = made(folder).new
    rows[9]["title"] = "Another"
    (folder / "events.csv").write_text(events(*rows), "utf-8")
    before = held(folder / "site")
    report = made(folder)
    after = held(folder / "site")
    assert after == fresh(folder)
    changed = {path for path in after if before[path] != after[path]}
    assert {path for path in changed if path.startswith("entries/")} == {f"entries/e{day}.html" for day in (9, 10, 11)}
    # All other entries' pages were not made again, nor was any that shows none of them.
    assert report.reused >= len(rows) - 3
    assert total - report.reused < 60


@pytest.mark.parametrize("number", [1, 400])
@pytest.mark.parametrize("style", ["style.css", "late.css", "reading.css"])
def test_a_changed_style(tmp_path: Path, number: int, style: str) -> None:
    """Where a style of the theme is another, all pages are as without a cache, also those in which it stands."""
    folder = write_large(tmp_path, spread(number))
    made(folder)
    (folder / "templates/assets").mkdir(parents=True)
    (folder / "templates/assets" / style).write_text("body { order: 1; }\n", "utf-8")
    made(folder)
    assert held(folder / "site") == fresh(folder)


@pytest.mark.parametrize("number", [400, 1500])
def test_at_size(tmp_path: Path, number: int) -> None:
    """A timeline that is cut into periods, by one process or by two, is as without a cache after each change."""
    folder = write_large(tmp_path, spread(number))
    total = made(folder).new
    assert made(folder).reused == total
    table = folder / "events.csv"
    lines = table.read_text("utf-8").splitlines(keepends=True)
    lines[number // 2] = lines[number // 2].replace(",Made,", ",Changed,", 1)
    table.write_text("".join(lines), "utf-8")
    report = made(folder)
    assert held(folder / "site") == fresh(folder)
    assert report.reused > number
    del lines[number // 3]
    table.write_text("".join(lines), "utf-8")
    assert made(folder).reused > number / 2
    assert held(folder / "site") == fresh(folder)


# Each column of the two tables, with another cell than the one that a project has by itself.
OF_ENTRIES = {
    "id": "other",
    "date": "2021-06-12?",
    "date_note": "As the text says.",
    "title": "Others freed",
    "summary": "They *came* home.",
    "category": "talks",
    "place": "Baku",
    "tags": "made; measured",
    "quote": "the ministry said that 15 people were freed.",
    "attribution": "An agency",
    "figures": "freed=15",
    "conflicts_with": "maps",
    "related": "maps",
}
OF_SOURCES = {
    "title": "A text",
    "author": "A. Writer",
    "publisher": "A paper",
    "published": "2021-06-13",
    "language": "de",
    "url": "https://example.org/text",
    "archive_url": "https://example.org/archive",
    "archive_date": "2021-06-14",
    "retrieved": "2021-06-15",
    "publish": "quotes",
    "note": "Dated from its address.",
}
SERIES = """title = "Mines"
[categories.talks]
label = "Talks"
[series.freed]
label = "Freed"
kind = "event"
"""


@pytest.mark.parametrize("column", OF_ENTRIES)
def test_each_cell_of_an_entry_is_seen(tmp_path: Path, column: str) -> None:
    """Whichever cell of an entry changes, each page is as it would be made without a cache."""
    folder = write(tmp_path, {"events.csv": events({}, SECOND), "timeline.toml": SERIES})
    made(folder)
    before = held(folder / "site")
    (folder / "events.csv").write_text(events({column: OF_ENTRIES[column]}, SECOND), "utf-8")
    made(folder)
    assert before != held(folder / "site") == fresh(folder)


@pytest.mark.parametrize("column", OF_SOURCES)
def test_each_cell_of_a_source_is_seen(tmp_path: Path, column: str) -> None:
    """Whichever cell about a source changes, each page is as it would be made without a cache."""
    folder = write(tmp_path)
    made(folder)
    before = held(folder / "site")
    (folder / "seeds/sources.csv").write_text(f"file,{column}\na.txt,{OF_SOURCES[column]}\n", "utf-8")
    made(folder)
    assert before != held(folder / "site") == fresh(folder)


class _Project:
    """A small project that can be changed in all the ways that its author, or an accident, may change it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.rows: list[dict[str, str]] = [{"date_note": "Same day."}, dict(SECOND)]
        self.number = 15
        self.count = 0
        write(folder, {SEED: TEXT.format(n=15)})
        self.save()
        made(folder)
        self.first = (folder / KEPT_IN).read_bytes()

    def save(self) -> None:
        (self.folder / "events.csv").write_text(events(*self.rows), "utf-8")

    def _put(self, path: str, content: str) -> None:
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, "utf-8")

    def _drop(self, path: str) -> None:
        (self.folder / path).unlink(missing_ok=True)

    def change_row(self, pick: int, *, column: str = "title") -> None:
        if self.rows:
            self.count += 1
            self.rows[pick % len(self.rows)][column] = f"Words {self.count % 3}"
            self.save()

    def change_summary(self, pick: int) -> None:
        self.change_row(pick, column="summary")

    def change_voice(self, pick: int) -> None:
        self.change_row(pick, column="attribution")

    def change_category(self, pick: int) -> None:
        self.change_row(pick, column="category")

    def add_row(self, pick: int) -> None:
        self.count += 1
        self.rows.insert(
            pick % (len(self.rows) + 1),
            {**SECOND, "id": f"row-{self.count}", "date": f"2021-06-{self.count % 28 + 1:02}"},
        )
        self.save()

    def remove_row(self, pick: int) -> None:
        if len(self.rows) > 1:
            gone = self.rows.pop(pick % len(self.rows))
            for row in self.rows:
                if row.get("conflicts_with") == gone.get("id", "freed"):
                    del row["conflicts_with"]
            self.save()

    def turn_rows(self, pick: int) -> None:
        self.rows = self.rows[pick % len(self.rows) :] + self.rows[: pick % len(self.rows)]
        self.save()

    def contradict(self, pick: int) -> None:
        one, other = self.rows[pick % len(self.rows)], self.rows[(pick + 1) % len(self.rows)]
        if one is not other:
            one["conflicts_with"] = other.get("id", "freed")
            self.save()

    def change_source(self, pick: int) -> None:
        """Change a source, in words that are quoted or elsewhere."""
        old, self.number = self.number, 15 + pick % 2
        self._put(SEED, TEXT.format(n=self.number) + f"\nMore, {pick % 5}.\n")
        quoted = "On June 12, 2021 the ministry said that {n} people were freed."
        for row in self.rows:
            if row.get("quote", quoted.format(n=old)) == quoted.format(n=old):
                row["quote"] = quoted.format(n=self.number)
        self.save()

    def add_source(self, pick: int) -> None:
        self._put(f"seeds/{'0b'[pick % 2]}.txt", f"Another text, {pick}.\n")

    def describe_source(self, pick: int) -> None:
        publish = ("full", "quotes", "link")[pick % 3]
        self._put("seeds/sources.csv", f"file,title,language,publish\na.txt,Title {pick % 2},de,{publish}\n")

    def change_settings(self, pick: int) -> None:
        language = ("en", "de", "ar", "hy")[pick // 4 % 4]
        address = ("", 'address = "https://example.org/"\n')[pick // 16 % 2]
        own = ("true", "false")[pick // 8 % 2]
        told = f'title = "Mines"\ndescription = "Mines {pick % 4}"\nlanguage = "{language}"\n'
        self._put("timeline.toml", f"{told}entry_pages = {own}\n{address}")

    def change_about(self, pick: int) -> None:
        self._put("about.md", f"Made by hand {pick % 4}.\n")

    def change_template(self, pick: int) -> None:
        name = ("entry", "source", "colophon", "parts", "index")[pick % 5]
        shipped = (REPOSITORY / f"templates/{name}.html").read_text("utf-8")
        self._put(
            f"templates/{name}.html",
            f"{shipped}<!-- {pick // 5 % 2} {{{{ site.entries }}}} -->" if name in {"colophon"} else shipped,
        )

    def remove_template(self, pick: int) -> None:
        self._drop(f"templates/{('entry', 'source', 'colophon', 'parts', 'index')[pick % 5]}.html")

    def change_style(self, pick: int) -> None:
        """Change a style that pages load, or one that stands in them."""
        self._put(f"templates/assets/{('style', 'late')[pick // 3 % 2]}.css", f"body {{ order: {pick % 3}; }}\n")

    def translate(self, pick: int) -> None:
        self._put("templates/languages/de.po", f'msgid ""\nmsgstr ""\n\nmsgid "Sources"\nmsgstr "Texte {pick % 3}"\n')

    def change_static(self, pick: int) -> None:
        if pick % 3:
            self._put("static/photo.txt", f"Photo {pick % 3}.")
        else:
            self._drop("static/photo.txt")

    def _files_of_site(self) -> list[Path]:
        files = sorted(path for path in (self.folder / "site").rglob("*") if path.is_file())
        return [path for path in files if not path.name.startswith(".dateline")]

    def tamper(self, pick: int) -> None:
        """Change a file of the site, and nothing of its size."""
        files = self._files_of_site()
        file = files[pick % len(files)] if files else None
        if file and file.stat().st_size:
            content = bytearray(file.read_bytes())
            content[pick % len(content)] ^= 1
            file.write_bytes(content)

    def tamper_in_secret(self, pick: int) -> None:
        """Change a file of the site, and put its time back."""
        files = self._files_of_site()
        file = files[pick % len(files)] if files else None
        if file and file.stat().st_size:
            before, content = file.stat(), bytearray(file.read_bytes())
            content[pick % len(content)] ^= 1
            file.write_bytes(content)
            os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))

    def exchange(self, pick: int) -> None:
        """Let two files of the site change places."""
        files = self._files_of_site()
        if len(files) > 1:
            one, other = files[pick % len(files)], files[(pick + 1) % len(files)]
            one.rename(self.folder / "meanwhile")
            other.rename(one)
            (self.folder / "meanwhile").rename(other)

    def wait(self, _pick: int) -> None:
        """Let the files of the site grow so old that they are believed without being read."""
        time.sleep(0.15)

    def truncate(self, pick: int) -> None:
        files = self._files_of_site()
        if files:
            files[pick % len(files)].write_bytes(files[pick % len(files)].read_bytes()[: pick % 50])

    def delete(self, pick: int) -> None:
        files = self._files_of_site()
        if files:
            files[pick % len(files)].unlink()

    def tamper_with_cache(self, pick: int) -> None:
        file = self.folder / KEPT_IN
        if file.exists():
            content = bytearray(file.read_bytes())
            content[pick % len(content)] ^= 1 << pick % 8
            file.write_bytes(content if pick % 4 else content[: pick % len(content)])

    def recall(self, _pick: int) -> None:
        """Bring back the first cache, as after a build that was killed before it could write its own."""
        if (self.folder / CACHE).is_dir():
            (self.folder / KEPT_IN).write_bytes(self.first)

    def forget(self, _pick: int) -> None:
        shutil.rmtree(self.folder / CACHE, ignore_errors=True)

    def build_elsewhere(self, _pick: int) -> None:
        made(self.folder, "other")


CHANGES = [name for name, value in vars(_Project).items() if callable(value) and name[0] != "_" and name != "save"]


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(CHANGES), st.integers(0, 1 << 20), st.booleans()), max_size=6))
def test_no_change_goes_unseen(changes: list[tuple[str, int, bool]]) -> None:
    """After any changes, with builds in between or not, the site is byte for byte what a first build would make."""
    with tempfile.TemporaryDirectory() as place:
        project = _Project(Path(place, "project"))
        for name, pick, is_built in [*changes, ("build_elsewhere", 0, True)]:
            change: Callable[[int], None] = getattr(project, name)
            change(pick)
            if is_built:
                made(project.folder)
        expected = fresh(project.folder)
        assert held(project.folder / "site") == expected
        assert held(project.folder / "other") == expected


@pytest.mark.parametrize("name", CHANGES)
def test_no_change_goes_unseen_alone(tmp_path: Path, name: str) -> None:
    """Each kind of change, made to a site that was built twice, leaves what a first build would make."""
    project = _Project(tmp_path / "project")
    made(project.folder)
    for pick in (1, 2):
        getattr(project, name)(pick)
        made(project.folder)
        assert held(project.folder / "site") == fresh(project.folder)


def test_the_cache_can_be_anything(tmp_path: Path) -> None:
    """A cache that is broken, of another form, a folder, or a link is as none, and is not followed."""
    folder = write(tmp_path / "project")
    total = made(folder).new
    file = folder / KEPT_IN
    for content in (b"", b"\xff", b"[]", file.read_bytes() + b" ", file.read_bytes()[:-9]):
        file.write_bytes(content)
        assert made(folder).reused == 0
        assert made(folder).reused == total
    elsewhere = tmp_path / "elsewhere"
    shutil.move(folder / CACHE, elsewhere)
    before = held(elsewhere)
    (folder / CACHE).symlink_to(elsewhere)
    assert made(folder).reused == 0
    assert held(elsewhere) == before
    (folder / CACHE).unlink()
    (folder / CACHE).write_text("A file.", "utf-8")
    assert made(folder).reused == 0
    assert (folder / CACHE).read_text("utf-8") == "A file."


@pytest.mark.parametrize("whose", ["ours", "theirs"])
def test_a_cache_from_somebody_else_is_not_believed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, whose: str
) -> None:
    """A project that comes with a site, and a cache that calls it right, is built anew; its maker believes it."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "theirs"))
    folder = write(tmp_path / "project")
    made(folder)
    page, kept = folder / "site/entries/freed.html", folder / KEPT_IN
    right = page.read_bytes()
    forged = right.replace(b"15 people", b"51 people")
    page.write_bytes(forged)
    known = kept.read_bytes().partition(b"\n")[2].replace(content_of(right), content_of(forged))
    # Nothing is told of files that the system would tell otherwise now.
    *told, inodes, modified, changed = json.loads(known)
    told += [[0] * len(column) for column in (inodes, modified, changed)]
    body = json.dumps(told, separators=(",", ":")).encode()
    secret = (tmp_path / "theirs/dateline/secrets/cache").read_bytes()
    kept.write_bytes(hashlib.blake2b(body, digest_size=32, key=secret).hexdigest().encode() + b"\n" + body)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / whose))
    made(folder)
    assert page.read_bytes() == (forged if whose == "theirs" else right)


def test_the_rights_that_files_usually_get_do_not_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a user's new files can be written by their group, as on many systems, builds are remembered too."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    folder = write(tmp_path / "project")
    before = os.umask(0o002)
    try:
        first = made(folder)
    finally:
        os.umask(before)
    assert made(folder).reused == first.new


def test_git_leaves_the_cache_alone(tmp_path: Path) -> None:
    """The folder of the cache tells git to ignore all that is in it."""
    folder = write(tmp_path)
    made(folder)
    assert "*" in (folder / CACHE / ".gitignore").read_text("utf-8").splitlines()


def test_a_site_is_not_published_where_the_cache_is(tmp_path: Path) -> None:
    """The folder of the cache is refused as a place for the site."""
    folder = write(tmp_path)
    outcome = build(folder, "--out", str(folder / CACHE))
    assert outcome.status == 1
    assert f"is in {CACHE}/, which the build reads" in outcome.err


def test_a_build_that_fails_does_no_harm(tmp_path: Path) -> None:
    """After a build that failed in a template of the user's, the next one that can be made is as without a cache."""
    folder = write(tmp_path)
    made(folder)
    before = held(folder / "site")
    own = folder / "templates/proof.html"
    own.parent.mkdir()
    own.write_text("{{ nobody }}", "utf-8")
    assert build(folder).status == 1
    assert held(folder / "site") == before
    own.unlink()
    assert made(folder).reused == len(before) - 1
    assert held(folder / "site") == before


KILLED = """
import os, signal, sys
from pathlib import Path
from dateline import calendar_feed, site
from dateline.events import Entry

def watch(files, total):
    for number, file in enumerate(files):
        if number == int(sys.argv[2]):
            os.kill(os.getpid(), signal.SIGKILL)
        yield file

site.build(Path(sys.argv[1]), Path(sys.argv[1], "site"), strict=False, watch=watch)
"""


@pytest.mark.parametrize("after", [0, 9])
def test_a_killed_build_does_no_harm(tmp_path: Path, after: int) -> None:
    """A build that is killed leaves the site as it was, and the next one is as without a cache."""
    project = _Project(tmp_path)
    before = held(tmp_path / "site")
    project.change_row(1)
    ended = subprocess.run([sys.executable, "-c", KILLED, tmp_path, str(after)], cwd=REPOSITORY, check=False)
    assert ended.returncode == -signal.SIGKILL
    left = held(tmp_path / "site")
    assert {path: left[path] for path in before} == before
    made(tmp_path)
    assert held(tmp_path / "site") == fresh(tmp_path)


def test_no_shared_template_shows_the_counts() -> None:
    """Of our templates only `index.html` shows how much the site holds: else each new row would make all pages anew."""
    fields = r"\bsite\.(?:title|standfirst|language|direction|address)\b"
    known = re.compile(fields + r"|\b(?:copying|citing)\(site\)|\bthis site\b")
    counting = re.compile(r"\bsite\b(?=\.|\))")
    shown = {
        file.name
        for file in (REPOSITORY / "templates").glob("*.html")
        if counting.search(known.sub("", file.read_text("utf-8")))
    }
    assert shown == {"index.html"}


def test_a_new_row_makes_few_pages(tmp_path: Path) -> None:
    """When a row is added at the end of the timeline, the pages of all but the one before it stay."""
    rows = [{"id": f"e{day}", "date": f"2021-06-{day:02}", "date_note": "."} for day in range(1, 29)]
    folder = write(tmp_path, {"events.csv": events(*rows[:-1]).replace("On June 12, 2021 the ministry said that ", "")})
    made(folder)
    before = held(folder / "site")
    (folder / "events.csv").write_text(events(*rows).replace("On June 12, 2021 the ministry said that ", ""), "utf-8")
    report = made(folder)
    after = held(folder / "site")
    assert after == fresh(folder)
    same = {path for path, content in before.items() if after[path] == content and path.endswith(".html")}
    assert {f"entries/e{day}.html" for day in range(1, 27)} <= same
    assert report.reused >= len(same) - 1


def test_a_category_that_nobody_declared_colours_others(tmp_path: Path) -> None:
    """Where no categories are declared, a new one that comes first gives others another colour, on all pages."""
    rows = [{"id": f"e{day}", "date": f"2021-06-{day:02}", "date_note": ".", "category": "walk"} for day in (8, 9)]
    folder = write(tmp_path, {"timeline.toml": 'title = "Made"\n', "events.csv": events(*rows)})
    made(folder)
    before = held(folder / "site")["sources/a.html"]
    first = {"id": "e1", "date": "2021-06-01", "date_note": ".", "category": "talk", "source": "", "quote": ""}
    (folder / "events.csv").write_text(events(first, *rows), "utf-8")
    made(folder)
    after = held(folder / "site")
    assert after["sources/a.html"] != before
    assert after == fresh(folder)


def test_a_file_that_changes_while_it_is_read_is_not_known(tmp_path: Path) -> None:
    """What is changed while a build runs, and changed back after it, is made again."""
    folder = write(tmp_path, {"static/photo.txt": "One.", "templates/about.html": '{% extends "default:about.html" %}'})
    for path in ("static/photo.txt", "templates/about.html"):
        file = folder / path
        content = file.read_text("utf-8")

        def change(files: Iterable[Kept], _total: int, *, file: Path = file, content: str = content) -> Iterable[Kept]:
            file.write_text(f"{content}<!-- -->", "utf-8")
            return files

        shutil.rmtree(folder / CACHE, ignore_errors=True)
        site.build(folder, folder / "site", strict=False, watch=change)
        file.write_text(content, "utf-8")
        made(folder)
        assert held(folder / "site") == fresh(folder)


def test_a_site_that_changes_under_a_build_is_not_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a file is changed while the next one is put together from it, the build says so and publishes nothing."""
    rows = [{"id": f"e{day}", "date": f"2021-06-{day:02}", "date_note": "."} for day in range(1, 29)]
    folder = write(tmp_path, {"events.csv": events(*rows)})
    made(folder)
    file = folder / "site/calendar.ics"
    piece = calendar_feed._Events.piece

    def changing(self: calendar_feed._Events, entry: Entry) -> bytes:
        file.write_bytes(file.read_bytes().replace(b"VEVENT", b"vevent"))
        return piece(self, entry)

    (folder / "events.csv").write_text(events(*rows, {**rows[-1], "id": "last"}), "utf-8")
    monkeypatch.setattr(calendar_feed._Events, "piece", changing)
    report, problems = site.build(folder, folder / "site", strict=False, watch=_as_it_comes)
    assert report is None
    assert "was changed while it was read" in problems[-1].message
    monkeypatch.undo()
    made(folder)
    assert held(folder / "site") == fresh(folder)
