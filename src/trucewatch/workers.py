"""What works on the steps of a run: this process alone, processes of this machine, or a cluster. All work in the same order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Generic, Protocol

from trucewatch.cluster import Cluster
from trucewatch.processes import Lost, Processes, Result, Step


class Workers(Protocol[Step, Result]):
    """What makes results of steps, a few steps ahead of whoever takes them."""

    def of(self, steps: Iterator[tuple[Step, Result | None]]) -> Iterator[tuple[Step, Result | Lost]]:
        """Takes (step, None), or (step, result) for one that needs no work; gives (step, result) in the same order."""


class Alone(Generic[Step, Result]):
    """Steps to results in this process, one at a time."""

    def __init__(self, work: Callable[[Step], Result]) -> None:
        self._work = work

    def of(self, steps: Iterator[tuple[Step, Result | None]]) -> Iterator[tuple[Step, Result | Lost]]:
        """The results, as they are asked for."""
        return ((step, self._work(step) if result is None else result) for step, result in steps)


def over(work: Callable[[Step], Result], jobs: int, cluster: str | None) -> Workers[Step, Result]:
    """What runs ``work``, a function of a module: the cluster of that scheduler, or else so many processes.

    Raises ClusterError, or MissingExtraError, for a cluster that cannot.
    """
    if cluster is not None:
        return Cluster(work, cluster)
    return Alone(work) if jobs == 1 else Processes(work, jobs)
