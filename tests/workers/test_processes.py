"""Work spread over processes: in order, not too far ahead, and no step lost without a word."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import time
from collections.abc import Iterator

from trucewatch.workers.processes import AHEAD, Lost, Processes

JOBS = 2


def square(number: int) -> int:
    """The slower, the smaller: so results come out of order."""
    time.sleep(0.002 * max(0, 10 - number))
    return number * number


def square_or_die(number: int) -> int:
    """Ends its process at 3."""
    if number == 3:
        os._exit(7)
    return number * number


def threads(_: int) -> str:
    """What a process was told about threads."""
    return os.environ["OMP_NUM_THREADS"]


def moment(_: int) -> float:
    """When it was worked on."""
    return time.monotonic()


def back(step: bytes) -> bytes:
    """Gives back what it is given."""
    return step


def sleep(_: int) -> int:
    """Works for longer than any test."""
    time.sleep(600)
    return 0


def _steps(count: int) -> Iterator[tuple[int, int | None]]:
    return ((number, None) for number in range(count))


def test_results_come_in_the_order_of_the_steps() -> None:
    results = list(Processes(square, JOBS).of(_steps(30)))
    assert results == [(number, number * number) for number in range(30)]


def test_a_step_that_has_its_result_passes_in_its_place() -> None:
    steps: list[tuple[int, int | None]] = [(0, None), (1, -1), (2, None), (3, -3)]
    assert list(Processes(square, JOBS).of(iter(steps))) == [(0, 0), (1, -1), (2, 4), (3, -3)]


def test_nothing_comes_of_nothing() -> None:
    assert list(Processes(square, JOBS).of(iter(()))) == []


def test_the_step_that_kills_its_process_is_the_only_one_lost() -> None:
    results = dict(Processes(square_or_die, JOBS).of(_steps(12)))
    lost = results.pop(3)
    assert isinstance(lost, Lost)
    assert str(lost) == "the process at work on it died (exit code 7)"
    assert results == {number: number * number for number in range(12) if number != 3}


def test_steps_are_taken_only_so_far_ahead() -> None:
    taken: list[int] = []

    def steps() -> Iterator[tuple[int, int | None]]:
        for number in range(1000):
            taken.append(number)
            yield number, None

    with contextlib.closing(_generator(Processes(square, JOBS).of(steps()))) as results:
        for _ in range(3):
            next(results)
            assert len(taken) <= 3 + AHEAD * JOBS + 1


def test_a_process_works_on_while_nobody_takes_its_results() -> None:
    results = Processes(moment, 1).of((number, None) for number in range(3))
    next(results)
    time.sleep(0.1)
    woke = time.monotonic()
    _, worked = next(results)
    assert isinstance(worked, float) and worked < woke


def test_steps_and_results_may_be_larger_than_a_pipe() -> None:
    large = bytes(3_000_000)
    steps: Iterator[tuple[bytes, bytes | None]] = ((large, None) for _ in range(8))
    assert list(Processes(back, JOBS).of(steps)) == [(large, large)] * 8


def test_a_process_has_one_thread() -> None:
    assert list(Processes(threads, 1).of(_steps(1))) == [(0, "1")]


def test_stopping_ends_processes_at_work() -> None:
    results = _generator(Processes(sleep, JOBS).of(iter([(0, 1), (1, None), (2, None)])))
    assert next(results) == (0, 1)
    began = time.monotonic()
    results.close()
    assert time.monotonic() - began < 10
    assert multiprocessing.active_children() == []


def _generator(results: Iterator[tuple[int, int | Lost]]) -> Iterator[tuple[int, int | Lost]]:
    yield from results
