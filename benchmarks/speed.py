"""The speed benchmark: sentences a second from text to claims, memory, import time; install size when asked.

    python -m benchmarks.speed [--sentences 3000] [--json FILE] [--install]

One process of one thread, then two of them. Beside every rate stands its ratio to a fixed small job (tokens
at white space and one regular expression over the same text) timed in the same run: the ratio outlives a
change of machine.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import msgspec

from benchmarks import ROOT, coder
from benchmarks.texts import texts
from trucewatch.nouns import Report

ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "RAYON_NUM_THREADS": "1"}
_YARDSTICK = re.compile(r"\b(?:[A-Z][a-z]+|\d+(?:,\d{3})*)\b")
_TOWNS = ("Saraqib", "Ariha", "Binnish", "Sarmin", "Atarib")

Reports = Sequence[Sequence[str]]


class Run(msgspec.Struct, frozen=True):
    """One process's work."""

    sentences: int
    claims: int
    seconds: float
    """From the second report on: imports, model and tables are loaded by then."""
    cpu: float
    """Processor seconds of the same stretch: other work on the machine does not count in them."""
    start: float
    """Seconds from nothing imported to the first report coded."""
    peak: float
    """Resident at most, MB."""


class Figures(msgspec.Struct, frozen=True):
    """What a run of the benchmark measured."""

    source: str
    machine: str
    processes: int
    sentences: int
    claims: int
    rate: float
    """Sentences a second, all processes together."""
    cpu_rate: float
    """Sentences a processor second."""
    ratio: float
    """``cpu_rate`` over that of the yardstick."""
    start: float
    peak: float
    """MB resident at most in one process."""


def work(reports: Reports) -> Run:
    """Code the reports in this process."""
    began = time.perf_counter()
    coder.code(_report(reports[0]))
    ready, cpu = time.perf_counter(), time.process_time()
    claims = sum(len(coder.code(_report(sentences))) for sentences in reports[1:])
    done = time.perf_counter()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    cpu = time.process_time() - cpu
    return Run(sum(map(len, reports[1:])), claims, done - ready, cpu, ready - began, peak)


def _report(sentences: Sequence[str]) -> Report:
    return coder.report(" ".join(sentences), id="timed", title=None, outlet="VOA", written="2009-06-01")


def yardstick(reports: Reports) -> float:
    """Sentences a processor second of the fixed small job; the best of five."""
    lines = [sentence for sentences in reports for sentence in sentences]
    best = float("inf")
    for _ in range(5):
        began = time.process_time()
        for line in lines:
            _YARDSTICK.findall(line)
            line.lower().split()
        best = min(best, time.process_time() - began)
    return len(lines) / best


def measure(source: str, reports: Reports, processes: int) -> Figures:
    """Share the reports out to fresh processes of one thread and time them together."""
    os.environ.update(ONE_THREAD)
    shares = [reports[i::processes] for i in range(processes)]
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        runs = list(pool.map(work, shares))
    sentences = sum(run.sentences for run in runs)
    cpu_rate = sentences / sum(run.cpu for run in runs)
    return Figures(
        source=source,
        machine=f"{platform.machine()}, Python {platform.python_version()}, {os.cpu_count()} cores",
        processes=processes,
        sentences=sentences,
        claims=sum(run.claims for run in runs),
        rate=round(sum(run.sentences / run.seconds for run in runs), 1),
        cpu_rate=round(cpu_rate, 1),
        ratio=round(cpu_rate / yardstick(reports), 5),
        start=round(max(run.start for run in runs), 2),
        peak=round(max(run.peak for run in runs)),
    )


def long_list() -> tuple[float, float]:
    """Processor seconds a line of a list of 100 like lines, and of one of 400: a monitor's list of strikes is one report."""

    def each(lines: int) -> float:
        told = [f"At {n % 12 + 1} pm, shells hit posts near {_TOWNS[n % 5]}, wounding a fighter." for n in range(lines)]
        began = time.process_time()
        coder.code(_report(told))
        return (time.process_time() - began) / lines

    each(5)  # loads what it needs
    return each(100), each(400)


def import_time() -> float:
    """Seconds that ``import trucewatch`` adds to the start of Python; the best of five."""

    def best(statement: str) -> float:
        times = []
        for _ in range(5):
            began = time.perf_counter()
            subprocess.run([sys.executable, "-c", statement], check=True)
            times.append(time.perf_counter() - began)
        return min(times)

    return max(0.0, best("import trucewatch") - best("pass"))


def install_size() -> tuple[int, int]:
    """MB of a fresh environment with the core install, and of the same environment before it (pip alone)."""
    with tempfile.TemporaryDirectory() as folder:
        python = Path(folder, "venv", "bin", "python")
        subprocess.run([sys.executable, "-m", "venv", str(python.parent.parent)], check=True)
        pip = [str(python), "-m", "pip", "--quiet", "--disable-pip-version-check", "install"]
        subprocess.run([*pip, "--upgrade", "pip"], check=True)
        before = _megabytes(python.parent.parent)
        subprocess.run([*pip, str(ROOT)], check=True)
        return _megabytes(python.parent.parent), before


def _megabytes(folder: Path) -> int:
    blocks = sum(file.lstat().st_blocks for file in folder.rglob("*"))
    return round(blocks * 512 / 1e6)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table; write the JSON when asked."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--sentences", type=int, default=3000, help="how many to code (default 3000)")
    parser.add_argument("--json", type=Path, help="write the figures here too")
    parser.add_argument("--install", action="store_true", help="also install into a fresh environment and weigh it")
    options = parser.parse_args(arguments)

    source, reports = texts(options.sentences)
    rows = [measure(source, reports, processes) for processes in (1, 2)]
    figures: dict[str, object] = {"runs": rows, "import_seconds": round(import_time(), 3)}
    print(f"{source}; {rows[0].machine}")
    print("processes  sentences  claims  sentences/s  a CPU second  ratio to yardstick  start s  peak MB each")
    for row in rows:
        print(
            f"{row.processes:>9}  {row.sentences:>9}  {row.claims:>6}  {row.rate:>11.1f}  {row.cpu_rate:>12.1f}  {row.ratio:>18.5f}"
            f"  {row.start:>7.2f}  {row.peak:>12.0f}"
        )
    print(f"import trucewatch: {figures['import_seconds']} s")
    short, long = figures["list_line_seconds"] = long_list()
    print(f"a line of 400 like ones: {1000 * long:.1f} ms of processor, {long / short:.2f} of one of 100")
    if options.install:
        total, before = install_size()
        figures |= {"install_mb": total, "install_mb_before": before}
        print(f"core install: {total} MB, of which the bare environment {before} MB")
    if options.json:
        options.json.write_bytes(msgspec.json.format(msgspec.json.encode(figures), indent=2) + b"\n")


if __name__ == "__main__":
    main()
