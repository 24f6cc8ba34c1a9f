"""What several test files share: built sites, a server, and Chromium."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any, cast

import counted
import large
import nasty
import pytest
from click.testing import CliRunner
from reading import Visit, folder_of, windows

from dateline.cli import main

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Playwright

REPOSITORY = Path(__file__).parent.parent
SUB_PATH = "/some/sub/path/"
NO_CHROMIUM = (
    "Chromium is missing: type `apt-get install chromium` or `python -m playwright install --with-deps chromium`, "
    "or set CHROMIUM to where it is; NO_BROWSER=1 leaves these tests out"
)

# The scripts of the timeline come when they are reached for.
REACH = 'document.addEventListener("DOMContentLoaded", () => document.dispatchEvent(new Event("wheel")));'

Serve = Callable[[Path], str]


@pytest.fixture(scope="session", autouse=True)
def _caches_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what builds keep for the next one out of the user's own folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("caches")))
        yield


def build_site(folder: Path, out: Path) -> Path:
    """Build the project in `folder` into `out` and return `out`."""
    result = CliRunner().invoke(main, ["build", str(folder), "--out", str(out)])
    assert result.exit_code == 0, result.output
    return out


@pytest.fixture(scope="session")
def own_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return this repository's own timeline, built."""
    return build_site(REPOSITORY, tmp_path_factory.mktemp("own") / "site")


@pytest.fixture(scope="session")
def nasty_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the small project full of traps, built."""
    folder = tmp_path_factory.mktemp("nasty")
    return build_site(nasty.write(folder), folder / "site")


@pytest.fixture(scope="session")
def crowd_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the project of more entries than can be drawn, built."""
    folder = tmp_path_factory.mktemp("crowd")
    return build_site(nasty.write_crowd(folder), folder / "site")


@pytest.fixture(scope="session")
def counted_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a timeline with more numbers of a kind than stand on one page, built."""
    folder = tmp_path_factory.mktemp("counted")
    return build_site(counted.project_of(folder, large.spread(400)), folder / "site")


class Handler(SimpleHTTPRequestHandler):
    """Serves one folder under a sub-path, with its 404.html for what is not there, as GitHub Pages does."""

    def translate_path(self, path: str) -> str:
        """Return the file that an address stands for; outside of the sub-path there is none."""
        inside = path.startswith(SUB_PATH)
        return super().translate_path(path.removeprefix(SUB_PATH[:-1])) if inside else os.devnull + "/none"

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer what is not there with the site's own page."""
        if code != 404:
            super().send_error(code, message, explain)
            return
        page = Path(self.directory, "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
        """Say nothing: the tests look at what the browser asked for."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve the folder under a sub-path while this lasts; the system chooses the port."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder))) as server:
        server.daemon_threads = True
        Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}{SUB_PATH}"
        server.shutdown()


@pytest.fixture(scope="session")
def serve() -> Iterator[Serve]:
    """Return what serves a folder and says at which address, until the tests end."""
    with ExitStack() as servers:
        yield cache(lambda folder: servers.enter_context(served(folder)))


class Reaching:
    """A browser in whose windows a reader reaches for each page as soon as it is there, so that its scripts come."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser

    def new_context(self, **options: Any) -> BrowserContext:  # noqa: ANN401 - Playwright's
        """Open a window."""
        context = self._browser.new_context(**options)
        context.add_init_script(REACH)
        return context


@pytest.fixture(scope="session")
def chromium(untouched: Browser) -> Browser:
    """Return the one browser of this session, in which readers reach for what they open."""
    return cast("Browser", Reaching(untouched))


@pytest.fixture(scope="session")
def untouched() -> Iterator[Browser]:
    """Return the one browser of this session, in which nothing happens by itself."""
    if os.environ.get("NO_BROWSER") == "1":
        pytest.skip("NO_BROWSER=1 is set")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = chromium_path(playwright)
        if path is None:
            pytest.fail(NO_CHROMIUM, pytrace=False)
        root = hasattr(os, "geteuid") and os.geteuid() == 0
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"] if root else [])
        yield browser
        browser.close()


def chromium_path(playwright: Playwright) -> str | None:
    """Return where Chromium is: what CHROMIUM says, else the system's, else Playwright's own."""
    if given := os.environ.get("CHROMIUM"):
        return given if Path(given).is_file() else None
    places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", shutil.which("google-chrome")]
    places.append(playwright.chromium.executable_path)
    return next((place for place in places if place and Path(place).is_file()), None)


def command(name: str) -> str:
    """Return where a command of the test environment is; it need not be on the PATH."""
    found = shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name)
    assert found, f"{name} is missing: install the test dependencies (make test does)"
    return found


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Visit]:
    """Return what opens an address; in the end nothing may have gone wrong in any window."""
    with windows(chromium) as opener:
        yield opener


@pytest.fixture(params=["disk", "server"])
def nasty_folder(request: pytest.FixtureRequest, nasty_site: Path, serve: Serve) -> str:
    """Return the address of the nasty site's folder: on the disk, or on a server under a sub-path."""
    return folder_of(nasty_site) if request.param == "disk" else serve(nasty_site)
