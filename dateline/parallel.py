"""Work shared with a second process, where the machine has a second processor."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import chain
from queue import SimpleQueue
from typing import BinaryIO, Generic, TypeVar

Item = TypeVar("Item")

# From how many entries on a second process is worth starting.
WORTH_FORKING = 1000
# How many items the second process hands over at a time.
BATCH = 64
# After how many seconds it hands over what it has.
LONG = 0.02
# How many jobs can wait, and in how many bytes each of them: a pipe holds at least 16 kB on any system.
MOST_JOBS, _WIDTH = 4_000, 4
# What a pipe may hold, in bytes, without asking for rights on Linux.
PIPE_SIZE = 1 << 20


class LostProcessError(Exception):
    """The second process was ended from outside before its work was done."""


class Beside(Generic[Item]):
    """Works off `items` in a process forked for it, while its `with` block goes on here; iterate to receive them.

    Items and exceptions are pickled on their way. Where there is no second processor, where processes cannot be
    forked, or where `size` (the number of entries that are looked at) is small, the items are worked off here,
    as they are asked for. (`multiprocessing` would do the same; importing it takes longer than a fork.)
    """

    def __init__(self, items: Iterable[Item], size: int) -> None:
        self._items = items
        self._forks = hasattr(os, "fork") and (os.cpu_count() or 1) > 1 and size >= WORTH_FORKING

    def __enter__(self) -> Beside[Item]:
        """Start the second process, and a thread that takes what it sends: it would stand still on a full pipe."""
        if self._forks:
            reader, writer = os.pipe()
            _widen(writer)
            self._process = os.fork()
            if not self._process:
                os.close(reader)
                _be_second(self._items, writer)
            os.close(writer)
            self._answers: SimpleQueue[list[Item] | BaseException] = SimpleQueue()
            self._taking = threading.Thread(target=_take, args=(reader, self._answers), daemon=True)
            self._taking.start()
            self._batches = _received(self._answers)
        return self

    def __exit__(self, *_: object) -> None:
        """End the second process, finished or not."""
        if self._forks:
            os.kill(self._process, signal.SIGKILL)
            os.waitpid(self._process, 0)
            self._taking.join()

    def __iter__(self) -> Iterator[Item]:
        """Yield the items that have not been received yet."""
        if not self._forks:
            yield from self._items
            return
        for batch in self._batches:
            yield from batch

    def ready(self) -> Iterable[Item]:
        """Return items that have come, if there are any."""
        return next(self._batches, ()) if self._forks and not self._answers.empty() else ()

    _batches: Iterator[list[Item]]


def shared(jobs: Sequence[Callable[[], Iterable[Item]]], size: int) -> Iterator[Item]:
    """Yield the items of all jobs, at most `MOST_JOBS`; which process works off which is not fixed.

    Each process takes the next job when it is done with one, so that both end at about the same time: the longest jobs
    should come first. The items of one job come in their order; how those of several mix is not fixed.
    """
    with _Waiting(len(jobs)) as waiting, Beside(_worked_off(jobs, waiting), size) as other:
        for item in _worked_off(jobs, waiting):
            yield item
            yield from other.ready()
        yield from other


def _worked_off(jobs: Sequence[Callable[[], Iterable[Item]]], waiting: _Waiting) -> Iterator[Item]:
    return chain.from_iterable(jobs[number]() for number in waiting)


class _Waiting:
    """The numbers of the jobs that nobody has begun: a pipe, out of which each number is read once, by whom ever."""

    def __init__(self, jobs: int) -> None:
        if jobs > MOST_JOBS:
            raise ValueError(f"{jobs} jobs are more than {MOST_JOBS}")
        self._jobs = jobs

    def __enter__(self) -> _Waiting:
        self._reader, writer = os.pipe()
        with open(writer, "wb") as numbers:  # noqa: PTH123 - a descriptor
            numbers.write(b"".join(number.to_bytes(_WIDTH, "big") for number in range(self._jobs)))
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._reader)

    def __iter__(self) -> Iterator[int]:
        """Yield numbers as long as there are any; each is taken when it is asked for."""
        while number := os.read(self._reader, _WIDTH):
            yield int.from_bytes(number, "big")


def _widen(pipe: int) -> None:
    """Let the pipe hold more than a batch, where the system can: its reader shares one lock with what goes on here."""
    with suppress(ImportError, AttributeError, OSError):
        import fcntl

        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, PIPE_SIZE)


def _be_second(items: Iterable[object], writer: int) -> None:
    """Do what the second process is for, and end it without doing any of what is only the first one's to do."""
    try:
        with open(writer, "wb") as pipe:
            _send(items, pipe)
    finally:
        os._exit(0)


def _send(items: Iterable[object], pipe: BinaryIO) -> None:
    import pickle

    def send(what: list[object] | Exception) -> None:
        pickle.dump(what, pipe, pickle.HIGHEST_PROTOCOL)
        pipe.flush()

    batch: list[object] = []
    begun = time.monotonic()
    try:
        for item in items:
            batch.append(item)
            # What takes long to make is large, and is sent by itself: pickled together, such items need much memory.
            if len(batch) == BATCH or time.monotonic() - begun > LONG:
                send(batch)
                batch, begun = [], time.monotonic()
        if batch:
            send(batch)
        send([])
    except BrokenPipeError:
        return
    except Exception as error:
        send(error)


def _take(reader: int, answers: SimpleQueue[list[Item] | BaseException]) -> None:
    import pickle

    answer: list[Item] | BaseException = []
    with open(reader, "rb") as pipe:
        while True:
            try:
                answer = pickle.load(pipe)  # noqa: S301 - from our own process
            except (EOFError, pickle.UnpicklingError):
                answer = LostProcessError()
            except Exception as error:
                answer = error
            answers.put(answer)
            if isinstance(answer, BaseException) or not answer:
                return


def _received(answers: SimpleQueue[list[Item] | BaseException]) -> Iterator[list[Item]]:
    while answer := answers.get():
        if isinstance(answer, BaseException):
            raise answer
        yield answer
