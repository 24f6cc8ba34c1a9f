"""Serve a folder as a common server does: with gzip, and for the browser to keep for ten minutes."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

# What servers compress; pictures are compressed already.
TEXT = (".html", ".css", ".js", ".svg", ".json", ".xml", ".csv", ".ics")


class Handler(SimpleHTTPRequestHandler):
    """Serves a folder as a common server does: over one connection, texts with gzip, to be kept for a while."""

    protocol_version = "HTTP/1.1"
    # Common servers do the same: what comes after the headers does not wait until the browser has confirmed these.
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        """Answer with a file."""
        file = Path(self.translate_path(self.path.removesuffix("/") + "/index.html"))
        file = file if file.is_file() else Path(self.translate_path(self.path))
        if not file.is_file():
            self.send_error(404)
            return
        squeezed = file.suffix in TEXT
        content = compressed(file) if squeezed else file.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(file)))
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "max-age=600")
        if squeezed:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        # A browser that has left the page waits for nothing.
        with suppress(ConnectionError):
            self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
        """Say nothing."""


@cache
def compressed(file: Path) -> bytes:
    """Return a file as it is sent, compressed once: a server would keep it."""
    return gzip.compress(file.read_bytes(), compresslevel=6, mtime=0)


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve the folder while this lasts; the system chooses the port."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder))) as server:
        server.daemon_threads = True
        Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
