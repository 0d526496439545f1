"""What works on the steps of a run: this process alone, processes of this machine, or a cluster. All work in the same order."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from trucewatch.workers.cluster import Cluster
from trucewatch.workers.processes import Lost, Processes, Result, Step

__all__ = ["Lost", "results"]


def results(
    steps: Iterator[tuple[Step, Result | None]], work: Callable[[Step], Result], jobs: int, cluster: str | None
) -> Iterator[tuple[Step, Result | Lost]]:
    """Steps in their order, each with its result: the one that it comes with, else that of ``work``, a function of a module.

    The cluster of that scheduler works, or else so many processes, a few steps ahead of whoever takes the results. Raises
    ClusterError, or MissingExtraError, for a cluster that cannot.
    """
    if cluster is not None:
        return Cluster(work, cluster).of(steps)
    if jobs > 1:
        return Processes(work, jobs).of(steps)
    return ((step, work(step) if result is None else result) for step, result in steps)
