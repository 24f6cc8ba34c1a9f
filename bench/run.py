"""Measure Dateline beside its peers: `make bench` writes bench/results.md.

`make bench SIZES=100,1000,10000,100000` measures other sizes than the usual ones. Nothing is asserted: the figures
depend on the machine, hence the peers, measured in the same run.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import browser
import builders
import builds
import parts
import peers
from chromium import launched
from make import make
from processes import ROOT
from results import DATELINE, Findings, Setting, report
from visits import Visits

NO_BROWSER = os.environ.get("NO_BROWSER") == "1"


def main() -> None:
    """Make the data, measure everything, and write the results."""
    parser = argparse.ArgumentParser(description="Measure Dateline beside its peers.")
    parser.add_argument("--sizes", default="100,1000,10000", help="numbers of made entries, separated by commas")
    parser.add_argument("--runs", type=int, default=3, help="how often each is measured; the median is shown")
    parser.add_argument("--limit", type=float, default=90, help="seconds after which nothing is waited for any longer")
    parser.add_argument("--out", type=Path, default=Path(__file__).with_name("results.md"), help="where to write")
    given = parser.parse_args()
    sizes = sorted({int(size) for size in given.sizes.split(",")})
    around = machine()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        findings, versions = measured(folder, sizes, given.runs, given.limit)
        more = {"This repository’s own timeline": own(folder, given.runs, given.limit), "Parts": parts_of(given.runs)}
    setting = Setting(versions, around, given.runs, given.limit)
    given.out.write_text(report(findings, setting, more), "utf-8")
    print(f"Written: {given.out}")


def measured(folder: Path, sizes: list[int], runs: int, limit: float) -> tuple[Findings, Mapping[str, str]]:
    """Return what was found at all sizes, and the versions of all that was measured."""
    findings = Findings()
    versions = {DATELINE: dateline_version(), builds.HUGO: builders.hugo_version()}
    for size in sizes:
        make(folder / str(size), size)
        builds.measure(folder / str(size), size, findings, runs, limit)
    if NO_BROWSER:
        return findings, versions
    with launched() as chromium:
        versions["Chromium"] = chromium.version
        visits = Visits(chromium, findings, runs, limit)
        for size in sizes:
            site = builds.newest(folder / str(size), "site")
            if (site / "index.html").exists():
                visits.dateline(site, size)
            for peer in peers.PEERS:
                visits.peer(peer, folder / str(size), size)
    versions |= {peer.name: peer.version for peer in peers.PEERS}
    return findings, {name: version for name, version in versions.items() if version}


def own(folder: Path, runs: int, limit: float) -> str:
    """Return the tables of this repository's own timeline: its build, and what its readers wait for."""
    tables = ["\n".join(builds.own(folder, runs, limit))]
    if not NO_BROWSER:
        with launched() as chromium:
            tables.append("\n".join(browser.table(chromium, builds.newest(folder / "own", "site"), runs)))
    return "\n\n".join(tables)


def parts_of(runs: int) -> str:
    """Return the table of what single parts cost."""
    return "\n".join(parts.table(runs))


def dateline_version() -> str:
    """Return the version of this clone."""
    sys.path.insert(0, str(ROOT))
    from dateline import __version__

    return __version__


def machine() -> Mapping[str, str]:
    """Return what the figures depend on, and nothing that tells whose machine it is."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "Machine": f"{cores} cores, {memory:.0f} GB of memory",
        "System": f"{platform.system()} {'.'.join(platform.release().split('.')[:2])}, {platform.machine()}",
        "Load before the first figure": f"{os.getloadavg()[0]:.1f} (above 0, other work had its share of the cores)",
        "Python": platform.python_version(),
    }


if __name__ == "__main__":
    main()
