"""Two streams of work at once, where the machine has a second processor."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

Item = TypeVar("Item")

# How many items the second process hands over at a time.
BATCH = 64


def both(here: Iterable[Item], beside: Iterable[Item]) -> Iterator[Item]:
    """Yield the items of both iterables, `beside` being worked off by a process forked for it.

    The order of each is kept; how the two mix is not fixed. An exception of either is raised here. Without a second
    processor, or where processes cannot be forked, one follows the other.
    """
    if (os.cpu_count() or 1) < 2 or "fork" not in multiprocessing.get_all_start_methods():
        yield from here
        yield from beside
        return
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_send, args=(beside, receiver, sender), daemon=True)
    process.start()
    sender.close()
    try:
        batches: Iterator[list[Item]] = _received(receiver)
        for item in here:
            yield item
            # The pipe holds little, and the other process stands still while it is full.
            if receiver.poll():
                yield from next(batches, [])
        yield from chain.from_iterable(batches)
    finally:
        receiver.close()
        process.terminate()
        process.join()


def _send(items: Iterable[Item], receiver: Connection, sender: Connection) -> None:
    receiver.close()
    remaining = iter(items)
    try:
        while batch := list(islice(remaining, BATCH)):
            sender.send(batch)
        sender.send([])
    except BrokenPipeError:
        return
    except Exception as error:
        sender.send(error)


def _received(receiver: Connection) -> Iterator[list[Item]]:
    while answer := receiver.recv():
        if isinstance(answer, Exception):
            raise answer
        yield answer
