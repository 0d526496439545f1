"""The cluster benchmark: the same archive coded by processes of this machine and by as many Dask workers on it.

    python -m benchmarks.cluster [--reports 300] [--workers 2] [--rounds 3] [--json FILE]

The reports are those of the intake benchmark, each round on new desks, first by the one and then by the other. Scheduler and
workers are processes of their own, started as the docs say. What is timed begins when every process has loaded its model, so
the ratio is what the way through a cluster costs; the rates themselves hang on the machine and on what else it does.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from benchmarks.intake import made, write
from benchmarks.speed import ONE_THREAD
from benchmarks.texts import texts
from trucewatch.desk import Desk
from trucewatch.run import Options, keep

_WARM = 40
"""Outcomes that are not timed."""


class Pass(msgspec.Struct, frozen=True):
    """One ingest of the archive."""

    rate: float
    """Reports a second, stored and merged."""
    own: float
    """Processor milliseconds a report of this process, which reads, stores and merges: no cluster can be faster than that."""


class Figures(msgspec.Struct, frozen=True):
    """What a run of the benchmark measured."""

    source: str
    machine: str
    load: float
    """Of the machine over the last minute, when it ended."""
    workers: int
    reports: int
    local: list[Pass]
    """Of each round."""
    cluster: list[Pass]

    @property
    def ratio(self) -> float:
        """The cluster's rate over that of the local processes: the median of the rounds."""
        return statistics.median(there.rate / here.rate for here, there in zip(self.local, self.cluster, strict=True))


@contextlib.contextmanager
def dask(workers: int, folder: Path) -> Iterator[str]:
    """A scheduler and its workers, as the docs start them; its address."""
    file = folder / "scheduler.json"
    where = ["--scheduler-file", str(file), "--no-dashboard"]
    commands = [
        ["scheduler", "--host", "127.0.0.1", "--port", "0", *where],
        ["worker", "--nworkers", str(workers), "--nthreads", "1", *where],
    ]
    with contextlib.ExitStack() as running:
        for command in commands:
            started = subprocess.Popen([sys.executable, "-m", "dask", *command], stderr=subprocess.DEVNULL)
            running.enter_context(started)
            running.callback(started.terminate)
        while not file.exists():
            time.sleep(0.1)
        yield str(json.loads(file.read_text())["address"])


def ingest(archive: Path, desk: Path, options: Options) -> Pass:
    """Take the archive in, timed from when it is warm."""
    with Desk.open(desk) as opened:
        outcomes = keep([archive], opened, options)
        for _ in range(_WARM):
            next(outcomes)
        began, before = time.perf_counter(), time.process_time()
        count = sum(1 for _ in outcomes)
        seconds, own = time.perf_counter() - began, time.process_time() - before
    return Pass(rate=round(count / seconds, 2), own=round(1000 * own / count, 1))


def measure(reports: int, workers: int, rounds: int, folder: Path) -> Figures:
    """Make the archive and take it in by turns."""
    source, groups = texts(20_000)
    archive = folder / "archive"
    archive.mkdir()
    write(made(sorted({sentence for group in groups for sentence in group}), reports), archive)
    local, cluster = [], []
    with dask(workers, folder) as address:
        for number in range(rounds):
            local.append(ingest(archive, folder / f"local-{number}.desk", Options(jobs=workers)))
            cluster.append(ingest(archive, folder / f"cluster-{number}.desk", Options(cluster=address)))
    return Figures(
        source=source,
        machine=f"{platform.machine()}, Python {platform.python_version()}, {os.cpu_count()} cores",
        load=round(os.getloadavg()[0], 1),
        workers=workers,
        reports=reports,
        local=local,
        cluster=cluster,
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the rates and their ratio; write the JSON when asked."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--reports", type=int, default=300, help="how many to take in, each time (default 300)")
    parser.add_argument("--workers", type=int, default=2, help="processes, and workers (default 2)")
    parser.add_argument("--rounds", type=int, default=3, help="how often (default 3)")
    parser.add_argument("--json", type=Path, help="write the figures here too")
    options = parser.parse_args(arguments)

    os.environ.update(ONE_THREAD)
    with tempfile.TemporaryDirectory() as folder:
        figures = measure(options.reports, options.workers, options.rounds, Path(folder))
    print(f"{figures.source}, shuffled; {figures.machine}; load {figures.load}; {figures.workers} code")
    print("round  local reports/s  own ms  cluster reports/s  own ms  ratio")
    for number, (here, there) in enumerate(zip(figures.local, figures.cluster, strict=True), 1):
        print(
            f"{number:>5}  {here.rate:>15.2f}  {here.own:>6.1f}  {there.rate:>17.2f}  {there.own:>6.1f}"
            f"  {there.rate / here.rate:>5.2f}"
        )
    print(f"the cluster's rate is {figures.ratio:.2f} of the local one")
    if options.json:
        options.json.write_bytes(msgspec.json.format(msgspec.json.encode(figures), indent=2) + b"\n")


if __name__ == "__main__":
    main()
