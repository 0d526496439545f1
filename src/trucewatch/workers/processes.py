"""Work spread over processes, its results in the order of the work: a few steps ahead, never all of them.

The standard library's pools would read all steps at once, or not say which step was lost with a process that
died, or not end one at work; so there is one pipe to each process here, and what it is at work on is known.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection, wait
from queue import SimpleQueue
from typing import Generic, TypeVar, cast

Step = TypeVar("Step")
Result = TypeVar("Result")

AHEAD = 4
"""Steps taken ahead for each process."""
HELD = 2
"""Of those, the most that a process holds: one to work on, and one to go on with while nobody takes its result."""
_SPAWN = multiprocessing.get_context("spawn")
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS")


class Lost(Exception):
    """A process died at work; the text says how."""


class _Slot(Generic[Step, Result]):
    """A step on its way."""

    def __init__(self, step: Step, result: Result | None) -> None:
        self.step = step
        self.result: Result | Lost | None = result
        self.given = result is not None
        """Whether it is in no need of a process."""


class _Worker(Generic[Step, Result]):
    """A process, at work on the first of the steps that it holds."""

    def __init__(self, work: Callable[[Step], Result]) -> None:
        self.slots: deque[_Slot[Step, Result]] = deque()
        self.pipe, there = _SPAWN.Pipe()
        self.process = _SPAWN.Process(target=_serve, args=(there, work), daemon=True)
        self.process.start()
        there.close()  # or the pipe would stay open when the process dies

    def give(self, slot: _Slot[Step, Result]) -> None:
        """Set it to work; that it is dead comes out when its result is asked for."""
        slot.given = True
        self.slots.append(slot)
        with contextlib.suppress(OSError):
            self.pipe.send(slot.step)

    def take(self) -> bool:
        """Wait for the result of the step at work; false where the process died at it, and the others are free again."""
        slot = self.slots.popleft()
        try:
            slot.result = self.pipe.recv()
        except (EOFError, OSError):
            self.process.join()
            slot.result = Lost(f"the process at work on it died (exit code {self.process.exitcode})")
            for left in self.slots:
                left.given = False
            return False
        return True

    def end(self) -> None:
        """End it, whatever it is at."""
        self.process.terminate()
        self.process.join()
        self.pipe.close()


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
        for slot in self._slots:
            if not slot.given:
                worker = self._free()
                if worker is None:
                    return
                worker.give(slot)

    def _free(self) -> _Worker[Step, Result] | None:
        """An idle process, or else a new one, or else one that holds fewest steps and may hold more."""
        least = min(self._workers, key=lambda worker: len(worker.slots), default=None)
        if (least is None or least.slots) and len(self._workers) < self._jobs:
            least = _Worker(self._work)
            self._workers.append(least)
        return least if least is not None and len(least.slots) < HELD else None

    def _collect(self, wait_for_one: bool) -> None:
        at = {worker.pipe: worker for worker in self._workers if worker.slots}
        for pipe in wait(list(at), timeout=None if wait_for_one else 0) if at else ():
            worker = at[cast(Connection, pipe)]
            if not worker.take():
                self._workers.remove(worker)


def _serve(pipe: Connection, work: Callable[[Step], Result]) -> None:
    """What a process does: work on what comes, until nobody is there to send more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all processes; the first one ends the others
    os.environ.update(dict.fromkeys(_THREADS, "1"))
    steps: SimpleQueue[Step] = SimpleQueue()
    threading.Thread(target=_listen, args=(pipe, steps), daemon=True).start()
    with contextlib.suppress(OSError):
        while True:
            pipe.send(work(steps.get()))


def _listen(pipe: Connection, steps: SimpleQueue[Step]) -> None:
    """Takes steps in beside the work: two processes that only send, each more than a pipe holds, would wait for ever."""
    with contextlib.suppress(EOFError, OSError):
        while True:
            steps.put(pipe.recv())
    os._exit(0)  # nobody is there
