"""Work spread over a Dask cluster: a real scheduler and real worker processes, some of which are killed at work."""

from __future__ import annotations

import logging
import os
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

import trucewatch
from trucewatch import run, versions
from trucewatch.cli import main
from trucewatch.desk import Desk
from trucewatch.errors import ClusterError
from trucewatch.nouns import Record
from trucewatch.run import Options, Outcome, keep
from trucewatch.workers import cluster
from trucewatch.workers.cluster import Cluster
from trucewatch.workers.processes import AHEAD

distributed = pytest.importorskip("distributed", reason="the extra `cluster` is not installed")

WORKERS = 2
STORY = "Rebels shelled the town of Saraqib on Tuesday and killed {dead} soldiers, the army said."


def square(number: int) -> int:
    """The slower, the smaller: so results come out of order."""
    time.sleep(0.002 * max(0, 10 - number))
    return number * number


def finish_or_die(step: Outcome) -> Outcome:
    """Finds no claims, and takes its process with it where three were killed."""
    if step.report is None:
        return step
    if "killed 3 soldiers" in step.report.text:
        os._exit(7)
    return Outcome(source=step.source, record=Record(report=step.report, claims=()), new=True)


def pretend(version: str) -> None:
    """Makes a worker one of another version."""
    versions.__version__ = version
    versions.of_claims.cache_clear()


@pytest.fixture(scope="module")
def dask() -> Iterator[distributed.LocalCluster]:
    """A scheduler with two worker processes, which are started again when they die."""
    with distributed.LocalCluster(
        n_workers=WORKERS, threads_per_worker=1, dashboard_address=":0", silence_logs=logging.CRITICAL
    ) as started:
        yield started


@pytest.fixture(scope="module")
def stories(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of twelve reports, one of them empty."""
    folder = tmp_path_factory.mktemp("stories")
    for number in range(12):
        (folder / f"{number:02}.txt").write_text(STORY.format(dead=number) if number else "")
    return folder


def _held(where: Path) -> object:
    """All that a desk holds: records, incidents, failures."""
    with Desk.open(where, create=False) as desk:
        records = [desk.record(report.id) for report in desk.reports()]
        return records, list(desk.incidents()), [failure for _, failure in desk.failures()]


def _steps() -> Iterator[tuple[int, int | None]]:
    return ((number, -number if number % 5 == 4 else None) for number in range(40))


def test_results_come_in_order_and_only_so_far_ahead(dask: distributed.LocalCluster) -> None:
    taken: list[int] = []

    def steps() -> Iterator[tuple[int, int | None]]:
        for step in _steps():
            taken.append(step[0])
            yield step

    for number, (step, result) in enumerate(Cluster(square, dask.scheduler_address).of(steps())):
        assert (step, result) == (number, -number if number % 5 == 4 else number * number)
        assert len(taken) <= number + 1 + AHEAD * WORKERS
    assert number == 39


def test_a_worker_that_would_code_otherwise_is_refused(dask: distributed.LocalCluster) -> None:
    with distributed.Client(dask.scheduler_address, set_as_default=False) as client:
        there = min(client.nthreads())
        late = Cluster(square, dask.scheduler_address).of(_steps())
        client.run(pretend, "0.0.9", workers=[there])
        try:
            line = f"the worker at {there} would code otherwise: code 0.0.9 there and {trucewatch.__version__} here"
            with pytest.raises(ClusterError, match=line):
                Cluster(square, dask.scheduler_address)
            with pytest.raises(ClusterError, match=line):
                list(late)
        finally:
            client.run(pretend, trucewatch.__version__, workers=[there])


def test_a_worker_killed_at_work_changes_nothing(dask: distributed.LocalCluster, stories: Path, tmp_path: Path) -> None:
    with Desk.open(tmp_path / "local.desk") as desk:
        list(keep([stories], desk, Options(jobs=1)))
    with Desk.open(tmp_path / "cluster.desk") as desk:
        outcomes = keep([stories], desk, Options(cluster=dask.scheduler_address))
        for _ in range(3):
            next(outcomes)
        os.kill(dask.workers[0].process.pid, signal.SIGKILL)
        assert len(list(outcomes)) == 9
    assert _held(tmp_path / "cluster.desk") == _held(tmp_path / "local.desk")


def test_a_step_that_kills_its_workers_is_a_failure_and_the_only_one(
    dask: distributed.LocalCluster, stories: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dask.scheduler, "allowed_failures", 0)  # as the scheduler's setting of that name
    monkeypatch.setattr(run, "finish", finish_or_die)
    outcomes = list(run.coded([stories], Options(cluster=dask.scheduler_address)))
    assert [Path(outcome.source).name for outcome in outcomes] == [f"{number:02}.txt" for number in range(12)]
    failures = [outcome.failure for outcome in outcomes if outcome.failure is not None]
    assert [Path(failure.source).name for failure in failures] == ["00.txt", "03.txt"]
    assert failures[1].reason.startswith("every worker at work on it died, the last at tcp://127.0.0.1:")


def test_a_scheduler_that_goes_away_ends_the_work_with_one_line() -> None:
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=1, processes=False, protocol="tcp", dashboard_address=":0"
    ) as dask:
        results = iter(Cluster(square, dask.scheduler_address).of((0, None) for _ in range(1000)))
        assert next(results) == (0, 0)
    with pytest.raises(
        ClusterError, match=r"^the scheduler at \S+ is gone; the same command goes on where it stopped$"
    ):
        list(results)


def test_a_cluster_without_a_worker_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "ANSWER", 0.3)
    with (
        distributed.LocalCluster(n_workers=0, protocol="tcp", processes=False, dashboard_address=":0") as dask,
        pytest.raises(ClusterError, match=r"^the scheduler at tcp://\S+ has no worker$"),
    ):
        Cluster(square, dask.scheduler_address)


def _said(*arguments: str) -> tuple[int, str]:
    """The status and the last line of an ingest."""
    done = CliRunner().invoke(main, ["ingest", *arguments])
    assert isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.stderr.splitlines()[-1]


def test_what_is_wrong_with_a_call_is_one_line(stories: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "ANSWER", 0.3)
    call = (str(stories), "--desk", str(tmp_path / "a.desk"), "--cluster")
    nobody = "tcp://127.0.0.1:9"
    assert _said(*call, "here") == (2, "Error: 'here' is no address of a scheduler; write tcp://scheduler:8786")
    assert _said(*call, nobody) == (1, f"Error: no Dask scheduler answers at {nobody}")
    with socket.create_server(("127.0.0.1", 0)) as silent:
        other = f"tcp://127.0.0.1:{silent.getsockname()[1]}"
        assert _said(*call, other) == (1, f"Error: no Dask scheduler answers at {other}")
    assert _said(*call, "tls://127.0.0.1:9")[1].startswith("Error: tls://127.0.0.1:9 needs certificates")
    status, line = _said(*call, nobody, "--jobs", "2")
    assert status == 2 and "by processes or by a cluster" in line
    monkeypatch.setattr(cluster, "find_spec", lambda name: None)
    assert _said(*call, nobody) == (1, "Error: a cluster needs Dask: pip install 'trucewatch[cluster]'")
