"""Promises of a second process: nothing is lost, nothing goes wrong unheard, nothing is left running."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from functools import partial

import pytest

from dateline.parallel import MOST_JOBS, WORTH_FORKING, Beside, LostProcessError, shared

# The tests' own runner has threads, of which Python warns; none of them is needed in the second process.
pytestmark = pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")

FEW, MANY = WORTH_FORKING - 1, WORTH_FORKING


@pytest.mark.parametrize("size", [FEW, MANY])
def test_all_jobs_are_done_once(size: int) -> None:
    """Whatever is small or large, all items of all jobs come, those of each job in their order."""

    def job(name: int) -> Iterator[tuple[int, int, str]]:
        yield from ((name, n, "x" * 1000 * (name % 7)) for n in range(name % 50))

    came = list(shared([partial(job, name) for name in range(500)], size))
    for name in range(500):
        assert [n for of, n, _ in came if of == name] == list(range(name % 50))


@pytest.mark.parametrize("size", [FEW, MANY])
def test_as_many_jobs_as_there_may_be(size: int) -> None:
    """So many jobs as are allowed can wait; of more, nothing is begun."""
    assert sorted(shared([partial(iter, [number]) for number in range(MOST_JOBS)], size)) == list(range(MOST_JOBS))
    with pytest.raises(ValueError, match="4001 jobs are more than 4000"):
        list(shared([partial(iter, [1])] * (MOST_JOBS + 1), size))


def test_both_processes_take_part() -> None:
    """What one process is busy with does not keep the other from the rest."""

    def job() -> Iterator[int]:
        time.sleep(0.01)
        yield os.getpid()

    assert len(set(shared([job] * 20, MANY))) == min(2, os.cpu_count() or 1)


def _failing() -> Iterator[int]:
    yield 1
    raise ValueError("no such word")


@pytest.mark.parametrize("size", [FEW, MANY])
def test_what_goes_wrong_in_the_second_process_is_raised_here(size: int) -> None:
    """An exception of what is done beside is raised with its own type and words."""
    with pytest.raises(ValueError, match="no such word"), Beside(_failing(), size) as beside:
        list(beside)
    with pytest.raises(ValueError, match="no such word"):
        list(shared([_failing] * 9, size))


def _dying() -> Iterator[int]:
    yield 1
    os._exit(3)


def test_a_second_process_that_dies_is_not_taken_for_one_that_is_done() -> None:
    """When the second process is killed, the build fails; it does not go on with half of the pages."""
    with (
        pytest.raises(LostProcessError),
        Beside(_dying(), MANY) as beside,
    ):
        list(beside)


def _endless() -> Iterator[int]:
    while True:
        yield os.getpid()
        time.sleep(0.01)


def test_the_second_process_ends_with_its_block() -> None:
    """Leaving the block, also by an exception, leaves no process behind."""
    second = 0
    with pytest.raises(KeyError), Beside(_endless(), MANY) as beside:
        second = next(iter(beside))
        assert second != os.getpid()
        raise KeyError
    with pytest.raises(ProcessLookupError):
        os.kill(second, 0)


def _interrupted() -> Iterator[int]:
    yield 1
    raise KeyboardInterrupt


def test_a_second_process_that_is_interrupted_goes_no_further() -> None:
    """What is only the first process's to do when it ends is not done by the second, however that ends."""
    here = os.getpid()
    with pytest.raises(LostProcessError), Beside(_interrupted(), MANY) as beside:
        list(beside)
    assert os.getpid() == here
