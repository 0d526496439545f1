"""Work spread over the workers of a Dask cluster, its results in the order of the work.

A step whose worker died is run again by Dask on another one. When it has seen several die, it is tried once more, and then
given up: Dask cannot tell a step that kills from one that stood behind it.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import logging
import re
import time
import uuid
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError
from importlib.util import find_spec
from typing import TYPE_CHECKING, Generic

import msgspec

from trucewatch import versions
from trucewatch.errors import ClusterError, MissingExtraError, WrongCallError
from trucewatch.workers.processes import AHEAD, Lost, Result, Step

if TYPE_CHECKING:
    from distributed import Client, Future

    from trucewatch.desk import Versions

ANSWER = 10.0
"""Seconds in which a scheduler must answer, and have a worker."""
PATIENCE = 60.0
"""Seconds without a result after which a worker must be left."""
_LOOK = 5.0
"""Seconds between two looks at the workers, which come and go."""
_GOES_ON = "the same command goes on where it stopped"
_ADDRESS = re.compile(r"(?:tcp|tls)://[^/\s]+:\d{1,5}")


class Cluster(Generic[Step, Result]):
    """Steps to results by the workers of a scheduler, which run ``work``, a function of a module that they have.

    Raises WrongCallError for an invalid address, MissingExtraError without Dask, and ClusterError where nobody
    answers, no worker is there, or one would code otherwise than this process.
    """

    def __init__(self, work: Callable[[Step], Result], address: str) -> None:
        self._work = work
        self._address = address
        self._ours = versions.of_claims()
        self._client = _connected(address, self._ours)
        self._most, self._looked = 0, -_LOOK

    def of(self, steps: Iterator[tuple[Step, Result | None]]) -> Iterator[tuple[Step, Result | Lost]]:
        """The results, as they are asked for; raises ClusterError where the scheduler or the last worker goes away."""
        keys = zip(itertools.repeat(f"trucewatch-{uuid.uuid4().hex}"), itertools.count(), strict=False)
        slots: deque[tuple[Step, Future[Result] | _Ready[Result]]] = deque()
        with self._client:
            for step, result in steps:
                slots.append((step, self._given(step, next(keys)) if result is None else _Ready(result)))
                while slots and (slots[0][1].done() or len(slots) >= self._ahead()):
                    yield self._taken(*slots.popleft())
            while slots:
                yield self._taken(*slots.popleft())

    def _given(self, step: Step, key: tuple[str, int]) -> Future[Result]:
        with self._talking():
            return self._client.submit(_done, self._work, self._ours, step, key=key)

    def _ahead(self) -> int:
        """Steps that may be under way."""
        if time.monotonic() - self._looked > _LOOK:
            self._most, self._looked = AHEAD * max(self._workers(), 1), time.monotonic()
        return self._most

    def _taken(self, step: Step, future: Future[Result] | _Ready[Result]) -> tuple[Step, Result | Lost]:
        """The step with its result, once that is there."""
        if isinstance(future, _Ready):
            return step, future.result
        from distributed import KilledWorker

        with self._talking():
            try:
                return step, self._waited(future)
            except KilledWorker:
                self._client.retry([future])
            try:
                return step, self._waited(future)
            except KilledWorker as killed:
                return step, Lost(f"every worker at work on it died, the last at {killed.last_worker.address}")

    def _waited(self, future: Future[Result]) -> Result:
        while True:
            try:
                return future.result(PATIENCE)
            except TimeoutError:
                if not self._workers():
                    raise ClusterError(f"{self._address} has had no worker for {PATIENCE:.0f} s; {_GOES_ON}") from None

    def _workers(self) -> int:
        with self._talking():
            return len(self._client.nthreads())

    @contextlib.contextmanager
    def _talking(self) -> Iterator[None]:
        from distributed.client import ClosedClientError

        try:
            yield
        except (OSError, CancelledError, ClosedClientError) as error:
            raise ClusterError(f"the scheduler at {self._address} is gone; {_GOES_ON}") from error


class _Ready(Generic[Result]):
    """A result that needs no work, beside those that are waited for."""

    def __init__(self, result: Result) -> None:
        self.result = result

    def done(self) -> bool:
        return True


def _connected(address: str, ours: Versions) -> Client:
    if not _ADDRESS.fullmatch(address):
        raise WrongCallError(f"{address!r} is no address of a scheduler; write tcp://scheduler:8786")
    if find_spec("distributed") is None:
        raise MissingExtraError("a cluster needs Dask: pip install 'trucewatch[cluster]'")
    from distributed import Client
    from distributed.utils import LoopRunner

    logging.getLogger("distributed.client").setLevel(logging.CRITICAL)  # what it would tell is told by our errors
    try:
        LoopRunner().run_sync(_ask, address)  # not asyncio.run, which a notebook forbids
        client = Client(address, timeout=ANSWER, set_as_default=False)
    except (OSError, MemoryError) as error:  # memory: a greeting of another kind, taken for a length
        raise ClusterError(f"no Dask scheduler answers at {address}") from error
    except TypeError as error:
        raise ClusterError(f"{address} needs certificates, which Dask's settings do not name") from error
    try:
        _check(client, ours)
    except TimeoutError as error:
        client.close()
        raise ClusterError(f"the scheduler at {address} has no worker") from error
    except ClusterError:
        client.close()
        raise
    return client


async def _ask(address: str) -> None:
    """Raises OSError where nobody answers, as a client does; but that would wait for ever for another kind of server."""
    from distributed.comm.core import connect
    from distributed.security import Security

    asked = connect(address, timeout=ANSWER, **Security().get_connection_args("client"))
    answering = await asyncio.wait_for(asked, ANSWER)
    await answering.close()


def _check(client: Client, ours: Versions) -> None:
    """Raises ClusterError for a worker that cannot code as this process does, and TimeoutError where there is none."""
    client.wait_for_workers(1, timeout=ANSWER)
    for worker, threads in client.nthreads().items():
        if threads > 1:  # they would take turns, and nobody has tried whether they disturb each other
            raise ClusterError(f"the worker at {worker} has {threads} threads; start it with --nthreads 1")
    for worker, theirs in client.run(versions.of_claims, on_error="return").items():
        if isinstance(theirs, Exception):
            raise ClusterError(f"the worker at {worker} cannot run Trucewatch: pip install 'trucewatch[cluster]' there")
        _compare(worker, theirs, ours)


def _done(work: Callable[[Step], Result], ours: Versions, step: Step) -> Result:
    """What a worker does with a step; it may have come when others were already at work."""
    from distributed import get_worker

    _compare(get_worker().address, versions.of_claims(), ours)
    return work(step)


def _compare(worker: str, theirs: Versions, ours: Versions) -> None:
    """Raises ClusterError where they differ."""
    there, here = msgspec.structs.asdict(theirs), msgspec.structs.asdict(ours)
    other = ", ".join(f"{name} {there[name]} there and {here[name]} here" for name in here if there[name] != here[name])
    if other:
        raise ClusterError(f"the worker at {worker} would code otherwise: {other}; install the same Trucewatch on all")
