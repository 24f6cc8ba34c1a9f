"""Measure what a reader waits for, at each size: with Dateline, and with other timelines of the same entries."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import peers
import reader
from chromium import ENTRY, Visit, visiting, wait_for
from results import DATELINE, Findings
from server import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

# What is typed into the search, letter by letter: one of the words of which the made entries are made.
LETTERS = ["r", "ri", "riv", "rive", "river"]
# What took longer than this many seconds when it was opened to warm the machine is not opened again.
SLOW = 5
# No drawing is zoomed for longer than this many seconds.
ZOOMED = 20
# Above so many entries other timelines are not tried; none gave an answer.
LARGEST = 100_000
# How what cannot be had is named.
MISSING = "not there"

# What is measured, and what measures it on the page that the visit has come to; None where the page has no such thing.
Step = tuple[str, Callable[[], float | None]]


class Visits:
    """Opens sites again and again in one browser and notes what that costs."""

    def __init__(self, browser: Browser, findings: Findings, runs: int, limit: float) -> None:
        self.browser, self.findings, self.runs, self.limit = browser, findings, runs, limit

    def dateline(self, site: Path, size: int) -> None:
        """Note what a reader waits for in a site of Dateline's; each visit leads to another date."""

        def steps(visit: Visit, turn: int) -> Sequence[Step]:
            return dateline(visit, address, (turn + 0.5) / (self.runs + 1))

        with served(site) as address:
            self._note(DATELINE, size, ENTRY, steps)

    def peer(self, peer: peers.Peer, project: Path, size: int) -> None:
        """Note what a reader waits for in another timeline, or why that is not known."""
        if size > LARGEST or self._given_up(peer, size):
            return
        out = project.with_name(f"{project.name}-{peer.name.replace(' ', '-')}")
        try:
            peers.site(peer, project / "events.csv", out)
        except LookupError as why:
            self.findings.add("usable", peer.name, size, f"{MISSING}: {why}")
            return

        def steps(visit: Visit, _: int) -> Sequence[Step]:
            return other(visit, address, peer)

        with served(out) as address:
            self._note(peer.name, size, peer.entry, steps)

    def _given_up(self, peer: peers.Peer, size: int) -> bool:
        """Tell whether a smaller number of entries was too much already; what cannot be had is not asked for again."""
        for smaller in self.findings.sizes():
            found = self.findings.get("usable", peer.name, smaller)
            if smaller < size and isinstance(found, str):
                if found.startswith(MISSING):
                    self.findings.add("usable", peer.name, size, found)
                return True
        return False

    def _note(self, who: str, size: int, entry: str, steps: Callable[[Visit, int], Sequence[Step]]) -> None:
        """Visit a site as often as is asked; the first time, which warms the machine, does not count."""

        def found(turn: int) -> Mapping[str, float | str]:
            with visiting(self.browser, self.limit, entry) as visit:
                return dict(taken(steps(visit, turn), self.limit))

        first = found(0)
        usable = first.get("usable")
        slow = not isinstance(usable, float | int) or usable > 1000 * SLOW
        rounds = [first] if slow else [found(turn) for turn in range(1, self.runs + 1)]
        for key in first:
            value = typical([figures[key] for figures in rounds if key in figures])
            self.findings.add(key, who, size, value)
            print(f"{size:,} entries, {who}, {key}: {value}", flush=True)


def taken(steps: Sequence[Step], limit: float) -> Iterator[tuple[str, float | str]]:
    """Yield what each step of a visit measures, up to one that gives no answer."""
    from playwright.sync_api import TimeoutError as TooLong

    for name, take in steps:
        try:
            value = take()
        except TooLong:
            yield name, f"no answer in {limit:g} s"
            return
        if value is not None:
            yield name, value


def typical(values: Sequence[float | str]) -> float | str:
    """Return the median of what visits found; once without an answer is without one."""
    numbers = [value for value in values if not isinstance(value, str)]
    return median(numbers) if len(numbers) == len(values) else next(one for one in values if isinstance(one, str))


def dateline(visit: Visit, address: str, share: float) -> Sequence[Step]:
    """Return what is measured with Dateline."""
    page = visit.page

    def jumped() -> float | None:
        again(page, address)
        return reader.jumped(page, share)

    def moved() -> float | None:
        again(page, address)
        return None if reader.explored(page) is None else reader.moved(page, reader.STAGE, ZOOMED)

    return (
        *first_load(visit, address),
        ("index", lambda: reader.reached(page)),
        ("letter", lambda: reader.typed(page, LETTERS)),
        ("jump", jumped),
        ("frame", moved),
    )


def other(visit: Visit, address: str, peer: peers.Peer) -> Sequence[Step]:
    """Return what is measured with another timeline."""
    page = visit.page
    moved: Step = ("frame", lambda: reader.moved(page, peer.stage, ZOOMED) if peer.stage else None)
    return (*first_load(visit, address), moved)


def first_load(visit: Visit, address: str) -> Sequence[Step]:
    """Return the first steps of all visits: when entries are usable, and what was sent until nothing more came."""
    page = visit.page

    def usable() -> float:
        return wait_for(page, "usable", lambda: page.goto(address, wait_until="commit"))

    def received() -> float:
        page.wait_for_load_state("networkidle")
        return visit.received()

    return ("usable", usable), ("work", visit.work), ("bytes", received)


def again(page: Page, address: str) -> None:
    """Begin anew, with what the browser has kept."""
    page.goto("about:blank")
    wait_for(page, "usable", lambda: page.goto(address, wait_until="networkidle"))
