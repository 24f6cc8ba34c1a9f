"""What a host of static pages takes: whether a site that was built comes near to it."""

from __future__ import annotations

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
    for path, size in report.large:
        if size >= NEAR * FILE:
            message = f"has {size // 1_000_000} MB; GitHub takes files of at most 100 MB"
            help_text = "make it smaller, or publish the site elsewhere"
            yield Problem(str(out / path), 0, "", message, help_text, "warning")


def _gigabytes(size: int) -> str:
    return f"{size / 1_000_000_000:.2f}"
