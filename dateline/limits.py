"""What a host of static pages takes: whether a site that was built comes near to it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from dateline.problems import Problem

if TYPE_CHECKING:
    from dateline.publish import Report

# Source: GitHub Docs, "GitHub Pages limits" and "About large files on GitHub".
SITE, FILE = 1_000_000_000, 100_000_000
# From which share of a limit on it is near.
NEAR = 0.8


def check(report: Report, out: Path) -> Iterator[Problem]:
    """Yield a warning for each limit of GitHub Pages that the site in `out` is over, or near to."""
    if report.total_bytes >= NEAR * SITE:
        large = report.total_bytes > SITE
        message = f"the site has {_gigabytes(report.total_bytes)} GB; GitHub Pages publishes at most 1 GB"
        less = "write entry_pages = false in timeline.toml if it is not there, take large files out of static/, or"
        help_text = f"{less} publish it elsewhere" if large else f"it is near; {less} be ready to publish it elsewhere"
        yield Problem(str(out), 0, "", message, help_text, "warning")
    # Where there is a large file, the site is large.
    if report.total_bytes >= NEAR * FILE:
        yield from _large_files(out)


def _large_files(out: Path) -> Iterator[Problem]:
    # Paths are strings here: at ten thousand files, Path objects would cost more than the disk.
    sizes = ((f"{parent}/{name}", os.lstat(f"{parent}/{name}").st_size) for parent, name in _files(out))
    for file, size in sorted(item for item in sizes if item[1] >= NEAR * FILE):
        message = f"has {size // 1_000_000} MB; GitHub takes files of at most 100 MB"
        help_text = "make it smaller, or publish the site elsewhere"
        yield Problem(str(Path(file)), 0, "", message, help_text, "warning")


def _files(folder: Path) -> Iterator[tuple[str, str]]:
    for parent, _, names in os.walk(folder):
        yield from ((parent, name) for name in names)


def _gigabytes(size: int) -> str:
    return f"{size / 1_000_000_000:.2f}"
