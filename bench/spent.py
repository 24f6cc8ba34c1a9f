"""Where a build's time goes: `python bench/spent.py FOLDER` builds a project in one process and prints its parts.

In microseconds of the processor an entry. Each file that is made is counted to the folder or the page that it is; what
is told of it before (its key) and the keeping of its bytes have lines of their own.
"""

from __future__ import annotations

import gc
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

# Measured before all else, so that what is imported counts.
BEGAN = time.process_time()

from dateline import cache, fingerprints, pages, parallel, publish, site  # noqa: E402
from dateline.output_folder import survey  # noqa: E402
from dateline.staging import Kept, Place  # noqa: E402


class Clock:
    """Counts the time of the processor to the part that it was spent on."""

    def __init__(self) -> None:
        self.spent: defaultdict[str, float] = defaultdict(float)
        self.last = BEGAN

    def count(self, part: str) -> None:
        """Count the time since this was asked last to a part."""
        now = time.process_time()
        self.spent[part] += now - self.last
        self.last = now


def spent(folder: Path, out: Path) -> tuple[Clock, int]:
    """Build a project as if for the first time; return what was spent on which part, and how many entries it has."""
    clock = Clock()
    clock.count("starting")
    checked, found = site.check(folder)
    clock.count("reading, checks, proofs")
    files = fingerprints.of_files(folder, checked.timeline.static)
    whole = fingerprints.of_inputs(checked.timeline, files, found)
    clock.count("fingerprints of all that is read")
    before, _ = survey(out)
    jobs = pages.jobs(pages.Input(folder, *checked, found, None, before.standing, files, whole, is_known=False))
    clock.count("what all pages share")

    def made(place: Place) -> Iterator[Kept]:
        for unit in (unit for job in jobs for unit in job()):
            part = unit.name.partition("/")[0] if unit.name.count("/") == 1 else unit.name
            clock.count(f"{part}: key")
            for file in unit.make():
                clock.count(f"{part}: made")
                yield place.keep(file, unit.name, unit.key)
                clock.count(f"{part}: kept")

    known = cache.Cache(folder, stands=False)
    publish.publish_made(lambda place: known.noted(made(place)), before)
    known.write(whole, files.static)
    clock.count("placing all, and the cache")
    return clock, len(checked.timeline.entries)


def main() -> None:
    """Print the parts, those that take longest first."""
    # All in this process, so that all of it is counted; collected as seldom as the command does.
    parallel.WORTH_FORKING = sys.maxsize
    gc.set_threshold(50_000, 20, 1_000)
    with tempfile.TemporaryDirectory() as place:
        clock, entries = spent(Path(sys.argv[1]), Path(place, "site"))
    print(f"{sum(clock.spent.values()) / entries * 1e6:8.1f} in all")
    for part, seconds in sorted(clock.spent.items(), key=lambda item: -item[1]):
        if seconds / entries > 5e-8:
            print(f"{seconds / entries * 1e6:8.1f} {part}")


if __name__ == "__main__":
    main()
