"""Work spread over processes, its results in the order of the work: a few steps ahead, never all of them.

The standard library's pools would read all steps at once, or not say which step was lost with a process that
died, or not end one at work; so there is one pipe to each process here, and what it is at work on is known.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection, wait
from typing import Generic, TypeVar, cast

Step = TypeVar("Step")
Result = TypeVar("Result")

AHEAD = 4
"""Steps taken ahead for each process."""
_SPAWN = multiprocessing.get_context("spawn")
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS")


class Lost(Exception):
    """A process died at work; the text says how."""


class _Worker(Generic[Step, Result]):
    """A process of one thread, at work on one step at most."""

    def __init__(self, work: Callable[[Step], Result]) -> None:
        self.pipe, there = _SPAWN.Pipe()
        self.process = _SPAWN.Process(target=_serve, args=(there, work), daemon=True)
        self.process.start()
        there.close()  # or the pipe would stay open when the process dies

    def give(self, step: Step) -> None:
        """Set it to work; that it is dead comes out when its result is asked for."""
        with contextlib.suppress(OSError):
            self.pipe.send(step)

    def result(self) -> Result | Lost:
        """What it made; waits for it."""
        try:
            made: Result = self.pipe.recv()
            return made
        except (EOFError, OSError):
            self.process.join()
            return Lost(f"the process at work on it died (exit code {self.process.exitcode})")

    def end(self) -> None:
        """End it, whatever it is at."""
        self.process.terminate()
        self.process.join()
        self.pipe.close()


class _Slot(Generic[Step, Result]):
    """A step on its way."""

    def __init__(self, step: Step, result: Result | None) -> None:
        self.step = step
        self.result: Result | Lost | None = result
        self.at: _Worker[Step, Result] | None = None


class Processes(Generic[Step, Result]):
    """Steps to results by ``jobs`` processes of this machine that run ``work``, a function of a module."""

    def __init__(self, work: Callable[[Step], Result], jobs: int) -> None:
        self._work = work
        self._jobs = jobs
        self._workers: list[_Worker[Step, Result]] = []
        self._slots: deque[_Slot[Step, Result]] = deque()

    def of(self, steps: Iterator[tuple[Step, Result | None]]) -> Iterator[tuple[Step, Result | Lost]]:
        """The results, as they are asked for."""
        left = True
        try:
            while left or self._slots:
                # One step is read at a time, so that no process waits until several are.
                full = len(self._slots) >= AHEAD * self._jobs
                took = left and not full and self._take(steps)
                left = left and (took or full)
                self._hand_out()
                self._collect(wait_for_one=not took)
                while self._slots and (result := self._slots[0].result) is not None:
                    yield self._slots.popleft().step, result
        finally:
            for worker in self._workers:
                worker.end()

    def _take(self, steps: Iterator[tuple[Step, Result | None]]) -> bool:
        for step, result in steps:
            self._slots.append(_Slot(step, result))
            return True
        return False

    def _hand_out(self) -> None:
        busy = {slot.at for slot in self._slots}
        idle = [worker for worker in self._workers if worker not in busy]
        for slot in self._slots:
            if slot.result is None and slot.at is None:
                if not idle and len(self._workers) < self._jobs:
                    idle = [_Worker(self._work)]
                    self._workers += idle
                if not idle:
                    return
                slot.at = idle.pop()
                slot.at.give(slot.step)

    def _collect(self, wait_for_one: bool) -> None:
        at = {slot.at.pipe: slot for slot in self._slots if slot.at is not None}
        for pipe in wait(list(at), timeout=None if wait_for_one else 0) if at else ():
            slot = at[cast(Connection, pipe)]
            worker = cast(_Worker[Step, Result], slot.at)
            slot.result, slot.at = worker.result(), None
            if isinstance(slot.result, Lost):
                self._workers.remove(worker)


def _serve(pipe: Connection, work: Callable[[Step], Result]) -> None:
    """What a process does: work on what comes, until nobody is there to send more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all processes; the first one ends the others
    os.environ.update(dict.fromkeys(_THREADS, "1"))
    with contextlib.suppress(EOFError, OSError):
        while True:
            pipe.send(work(pipe.recv()))
