"""A stream of work done by a second process, where the machine has a second processor."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from queue import SimpleQueue
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkProcess

Item = TypeVar("Item")

# From how many entries on a second process is worth starting.
WORTH_FORKING = 1000
# How many items the second process hands over at a time.
BATCH = 64
# After how many seconds it hands over what it has.
LONG = 0.02
# What a pipe may hold, in bytes, without asking for rights on Linux.
PIPE_SIZE = 1 << 20


class Beside(Generic[Item]):
    """Works off `items` in a process forked for it, while its `with` block goes on here; iterate to receive them.

    Items and exceptions are pickled on their way. Where there is no second processor, where processes cannot be
    forked, or where `size` (the number of entries that the work is about) is small, the items are worked off here,
    as they are asked for.
    """

    def __init__(self, items: Iterable[Item], size: int) -> None:
        self._items = items
        self._forks = size >= WORTH_FORKING and (os.cpu_count() or 1) > 1 and _can_fork()

    def __enter__(self) -> Beside[Item]:
        """Start the second process, and a thread that takes what it sends: it would stand still on a full pipe."""
        if self._forks:
            import multiprocessing

            context = multiprocessing.get_context("fork")
            receiver, sender = context.Pipe(duplex=False)
            _widen(sender)
            self._process: ForkProcess = context.Process(
                target=_send, args=(self._items, receiver, sender), daemon=True
            )
            self._process.start()
            sender.close()
            self._answers: SimpleQueue[list[Item] | Exception] = SimpleQueue()
            self._taking = threading.Thread(target=_take, args=(receiver, self._answers), daemon=True)
            self._taking.start()
            self._batches = _received(self._answers)
        return self

    def __exit__(self, *_: object) -> None:
        """End the second process, finished or not."""
        if self._forks:
            self._process.terminate()
            self._process.join()
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


def both(here: Iterable[Item], beside: Iterable[Item], size: int) -> Iterator[Item]:
    """Yield the items of two streams, worked off at once; the order of each is kept, how the two mix is not fixed."""
    with Beside(beside, size) as other:
        for item in here:
            yield item
            yield from other.ready()
        yield from other


def _can_fork() -> bool:
    # Small timelines do without, and need not wait until it is loaded.
    import multiprocessing

    return "fork" in multiprocessing.get_all_start_methods()


def _widen(pipe: Connection) -> None:
    """Let the pipe hold more than a batch, where the system can: its reader shares one lock with what goes on here."""
    with suppress(ImportError, AttributeError, OSError):
        import fcntl

        fcntl.fcntl(pipe.fileno(), fcntl.F_SETPIPE_SZ, PIPE_SIZE)


def _send(items: Iterable[Item], receiver: Connection, sender: Connection) -> None:
    receiver.close()
    batch: list[Item] = []
    begun = time.monotonic()
    try:
        for item in items:
            batch.append(item)
            # What takes long to make is large, and is sent by itself: pickled together, such items need much memory.
            if len(batch) == BATCH or time.monotonic() - begun > LONG:
                sender.send(batch)
                batch, begun = [], time.monotonic()
        if batch:
            sender.send(batch)
        sender.send([])
    except BrokenPipeError:
        return
    except Exception as error:
        sender.send(error)


def _take(receiver: Connection, answers: SimpleQueue[list[Item] | Exception]) -> None:
    with receiver:
        answer: list[Item] | Exception = []
        while True:
            try:
                answer = receiver.recv()
            except EOFError:
                answer = RuntimeError("the second process ended before its work was done")
            answers.put(answer)
            if isinstance(answer, Exception) or not answer:
                return


def _received(answers: SimpleQueue[list[Item] | Exception]) -> Iterator[list[Item]]:
    while answer := answers.get():
        if isinstance(answer, Exception):
            raise answer
        yield answer
