"""Promises of a second process: nothing is lost, nothing goes wrong unheard, nothing is left running."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Iterator

import pytest

from dateline.parallel import WORTH_FORKING, Beside, both

# The tests' own runner has threads, of which Python warns; none of them is needed in the second process.
pytestmark = pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")

FEW, MANY = WORTH_FORKING - 1, WORTH_FORKING


@pytest.mark.parametrize("size", [FEW, MANY])
def test_both_streams_come_whole_and_in_their_order(size: int) -> None:
    """Whatever is small or large, all items of both streams come, each stream in its order."""
    large = "x" * 100_000
    came = list(both((("here", n, large) for n in range(300)), (("beside", n, large) for n in range(300)), size))
    assert [n for name, n, _ in came if name == "here"] == list(range(300))
    assert [n for name, n, _ in came if name == "beside"] == list(range(300))


def _failing() -> Iterator[int]:
    yield 1
    raise ValueError("no such word")


@pytest.mark.parametrize("size", [FEW, MANY])
def test_what_goes_wrong_in_the_second_process_is_raised_here(size: int) -> None:
    """An exception of the stream beside is raised with its own type and words."""
    with pytest.raises(ValueError, match="no such word"):
        list(both(iter(()), _failing(), size))


def _dying() -> Iterator[int]:
    yield 1
    os._exit(3)


def test_a_second_process_that_dies_is_not_taken_for_one_that_is_done() -> None:
    """When the second process is killed, the build fails; it does not go on with half of the pages."""
    with pytest.raises(RuntimeError, match="the second process ended before its work was done"):
        list(both(iter(()), _dying(), MANY))


def _endless() -> Iterator[int]:
    while True:
        yield 1
        time.sleep(0.01)


def test_the_second_process_ends_with_its_block() -> None:
    """Leaving the block, also by an exception, leaves no process behind."""
    with pytest.raises(KeyError), Beside(_endless(), MANY):
        assert len(multiprocessing.active_children()) == 1
        raise KeyError
    assert multiprocessing.active_children() == []
