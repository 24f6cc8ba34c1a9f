"""What a command costs: time by the clock, time of the processors, memory."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from statistics import median
from threading import Timer
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
# How much of the time is spent on reading how much memory is held, at most: a large process is read less often.
SHARE = 0.1
PAUSE = 0.02


class Cost(NamedTuple):
    """What a command took: seconds by the clock, seconds of the processors, and MB at its peak (0 if not measured).

    The processors' seconds include those of the processes that it started itself.
    """

    wall: float
    cpu: float
    memory: float = 0.0


class TooLong(Exception):  # noqa: N818 - no error: what was measured took longer than anyone would wait
    """A command was still at work when its time was over, and was ended."""


def measured(command: Sequence[str], limit: float | None = None) -> Cost:
    """Run a command as a process of its own, with nothing printed, and return what it took."""
    started = time.perf_counter()
    with started_process(command) as process:
        timer = Timer(limit or 0, end, [process.pid])
        if limit:
            timer.start()
        _, status, usage = os.wait4(process.pid, 0)
        timer.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - started
    stop_if_failed(process, command, limit, wall)
    return Cost(wall, usage.ru_utime + usage.ru_stime)


def peak(command: Sequence[str], limit: float | None = None) -> float:
    """Run a command and return the most memory, in MB, that it and its own processes held together.

    Memory that processes share counts once (the kernel's "proportional set size", read again and again);
    0 where the system does not tell.
    """
    most = 0.0
    began = time.perf_counter()
    with started_process(command) as process:
        while process.poll() is None:
            started = time.perf_counter()
            most = max(most, sum(map(proportional, family(process.pid))))
            taken = time.perf_counter() - started
            if limit and started - began > limit:
                end(process.pid)
            time.sleep(max(PAUSE, taken / SHARE))
    stop_if_failed(process, command, limit, time.perf_counter() - began)
    return most


def started_process(command: Sequence[str]) -> subprocess.Popen[bytes]:
    """Start a command with this clone on its path, as the head of a group of processes that can be ended together."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    # As for whoever uses it, Python keeps what it compiled.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    nowhere = subprocess.DEVNULL
    return subprocess.Popen(command, env=environment, stdout=nowhere, stderr=nowhere, start_new_session=True)


def end(group: int) -> None:
    """End a command and all that it started; it may have ended by itself."""
    with suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)


def stop_if_failed(process: subprocess.Popen[bytes], command: Sequence[str], limit: float | None, wall: float) -> None:
    """End the bench where what it measures does not work; what took too long is no failure of that kind."""
    if process.returncode == -signal.SIGKILL and limit and wall >= limit:
        raise TooLong
    if process.returncode:
        sys.exit(f"this failed, with status {process.returncode}: {' '.join(command)}")


def family(pid: int) -> Iterator[int]:
    """Yield a process and those that it started, as Linux lists them."""
    yield pid
    try:
        threads = list(Path(f"/proc/{pid}/task").iterdir())
        children = [child for thread in threads for child in (thread / "children").read_text("ascii").split()]
    except OSError:
        return
    for child in children:
        yield from family(int(child))


def proportional(pid: int) -> float:
    """Return the memory of a process in MB, what it shares divided among those that share it."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def typical(costs: Sequence[Cost]) -> Cost:
    """Return the median of each kind of cost."""
    return Cost(median(cost.wall for cost in costs), median(cost.cpu for cost in costs))
