"""The intake benchmark: an archive of generated reports through ``trucewatch ingest``; reports a second, memory over time.

    python -m benchmarks.intake [--reports 10000] [--jobs 2] [--ready] [--desk PATH] [--json FILE]

The reports are sentences of VOA news (or of our samples) shuffled into reports of 8 to 16, each with an outlet and a
day, in the files that archives come in: pages in a WARC, JSON lines, CSV, and a folder of pages. The command runs as a user
runs it, in processes of its own, which are looked at once a second. Beside the rate stands its ratio to the speed
benchmark's fixed small job, timed in the same run, and the processor seconds a report took, which other work does not touch.

With ``--ready`` no report is coded: its claims are those of its sentences, coded once (benchmarks/ready.py), so that storing
and merging show.
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import gzip
import html
import json
import os
import platform
import random
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from benchmarks.ready import prepare
from benchmarks.speed import ONE_THREAD, yardstick
from benchmarks.texts import texts

_SEED = 20200306
_OUTLETS = [
    f"{place} {kind}"
    for place in ("Harbour", "Border", "Valley", "Coast")
    for kind in ("Courier", "Desk", "Herald", "Wire")
]
_SHARES = {"pages.warc.gz": 40, "lines.jsonl": 30, "rows.csv": 20, "pages": 10}
"""Of a hundred reports, how many go into each."""


class Made(msgspec.Struct, frozen=True):
    """One generated report."""

    number: int
    outlet: str
    day: str
    text: str


class Moment(msgspec.Struct, frozen=True):
    """What was seen at one moment; memory in MB, resident."""

    seconds: float
    reports: int
    main: float
    workers: float
    """Of the largest one."""


class Figures(msgspec.Struct, frozen=True):
    """What a run of the benchmark measured."""

    source: str
    machine: str
    load: float
    """Of the machine over the last minute, when it ended: other work on it slows the rate down."""
    jobs: int
    reports: int
    claims: int
    seconds: float
    rate: float
    """Reports a second, start and end of the command included."""
    cpu_rate: float
    """Reports a processor second, all processes together."""
    ratio: float
    """Sentences a processor second over those of the yardstick."""
    moments: list[Moment]
    """Twenty at most, evenly spread."""

    @property
    def growth(self) -> float:
        """MB that the main process grew by from the end of the first third to its most in the last."""
        third = len(self.moments) // 3
        return max(moment.main for moment in self.moments[-third - 1 :]) - self.moments[third].main


def made(sentences: Sequence[str], count: int) -> Iterator[Made]:
    """So many reports, the same at every call."""
    chance = random.Random(_SEED)
    for number in range(count):
        picked = chance.sample(sentences, chance.randint(8, 16))
        paragraphs = [" ".join(picked[at : at + 3]) for at in range(0, len(picked), 3)]
        day = f"{chance.randint(2019, 2021)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        yield Made(number, chance.choice(_OUTLETS), day, "\n\n".join(paragraphs))


def write(reports: Iterator[Made], folder: Path) -> None:
    """The reports in the files that archives come in."""
    (folder / "pages").mkdir()
    with (
        gzip.open(folder / "pages.warc.gz", "wb", compresslevel=1) as warc,
        (folder / "lines.jsonl").open("w", encoding="utf-8") as lines,
        (folder / "rows.csv").open("w", encoding="utf-8", newline="") as rows,
    ):
        table = csv.writer(rows)
        table.writerow(["id", "title", "text", "date", "source"])
        kinds = [kind for kind, share in _SHARES.items() for _ in range(share)]
        for report in reports:
            kind = kinds[report.number * 37 % 100]  # 37 and 100 have no common factor: each kind has its share
            if kind == "lines.jsonl":
                record = {"id": report.number, "text": report.text, "outlet": report.outlet, "date": report.day}
                lines.write(json.dumps(record) + "\n")
            elif kind == "rows.csv":
                table.writerow([report.number, f"Report {report.number}", report.text, report.day, report.outlet])
            elif kind == "pages":
                (folder / "pages" / f"{report.number:06}.html").write_text(_page(report), encoding="utf-8")
            else:
                warc.write(_record(report))


def _page(report: Made) -> str:
    """A page with the furniture that pages have."""
    story = "".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in report.text.split("\n\n"))
    menu = "".join(f"<li><a href='/{number}'>Section {number}</a></li>" for number in range(20))
    return (
        f"<!DOCTYPE html><html><head><title>Report {report.number}</title><meta property='og:site_name' content='{report.outlet}'>"
        f"<meta property='article:published_time' content='{report.day}T07:00:00Z'></head><body><nav><ul>{menu}</ul></nav>"
        f"<article><h1>Report {report.number}</h1>{story}</article><footer>All rights reserved</footer></body></html>"
    )


def _record(report: Made) -> bytes:
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + _page(report).encode()
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://news.example/{report.number}\r\n"
        f"WARC-Date: {report.day}T09:00:00Z\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{report.number:012}>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"


def ingest(command: Sequence[str], desk: str) -> list[Moment]:
    """Run the command; what was seen of it, second by second."""
    began, moments = time.perf_counter(), []
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        while process.poll() is None:
            memory = dict(_memory(process.pid))
            if main := memory.pop(process.pid, 0.0):
                seen = Moment(
                    time.perf_counter() - began, _count(desk, "reports"), main, max(memory.values(), default=0.0)
                )
                moments.append(seen)
            time.sleep(1.0)
        said, failed = process.communicate()
    print(said.strip())
    if process.returncode not in (0, 1) or "failed:" in failed:
        raise SystemExit(failed)
    return moments


def _memory(process: int) -> Iterator[tuple[int, float]]:
    """MB resident of a process and of those that it started, by process."""
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except (OSError, IndexError):
        return
    yield process, pages * os.sysconf("SC_PAGE_SIZE") / 1e6
    for child in children:
        yield from _memory(int(child))


def _count(desk: str, table: str) -> int:
    try:
        with contextlib.closing(sqlite3.connect(f"file:{desk}?mode=ro", uri=True)) as connection:
            return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
    except sqlite3.OperationalError:
        return 0  # not there yet


def measure(count: int, jobs: int, desk: str, folder: Path, ready: bool = False) -> Figures:
    """Make the archive and take it in."""
    source, groups = texts(20_000)
    sentences = sorted({sentence for group in groups for sentence in group})
    write(made(sentences, count), folder)
    command = ["trucewatch", "ingest", str(folder), "--desk", desk, "--jobs", str(jobs)]
    if ready:
        prepare(sentences, folder.with_name("sentences.json"), jobs)
        command = ["benchmarks.ready", str(folder.with_name("sentences.json")), str(folder), desk, str(jobs)]
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    moments = ingest([sys.executable, "-m", *command], desk)
    seconds = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    done = _count(desk, "reports")
    return Figures(
        source=source,
        machine=f"{platform.machine()}, Python {platform.python_version()}, {os.cpu_count()} cores",
        load=os.getloadavg()[0],
        jobs=jobs,
        reports=done,
        claims=_count(desk, "claims"),
        seconds=round(seconds, 1),
        rate=round(done / seconds, 2),
        cpu_rate=round(done / cpu, 2),
        ratio=round(done * 12 / cpu / yardstick([sentences]), 5),  # 12 sentences a report on average
        moments=moments[:: max(len(moments) // 20, 1)],
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table; write the JSON when asked."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--reports", type=int, default=10_000, help="how many to take in (default 10,000)")
    parser.add_argument("--jobs", type=int, default=2, help="processes that code (default 2)")
    parser.add_argument("--ready", action="store_true", help="claims are ready made: no report is coded")
    parser.add_argument("--desk", help="a file to keep them on; else one that is thrown away")
    parser.add_argument("--json", type=Path, help="write the figures here too")
    options = parser.parse_args(arguments)

    os.environ.update(ONE_THREAD)
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder, "archive")
        archive.mkdir()
        desk = options.desk or str(Path(folder, "a.desk"))
        figures = measure(options.reports, options.jobs, desk, archive, options.ready)
    print(f"{figures.source}, shuffled; {figures.machine}; load {figures.load:.1f}; {figures.jobs} processes code")
    print("seconds  reports  main MB  largest worker MB")
    for moment in figures.moments:
        print(f"{moment.seconds:>7.0f}  {moment.reports:>7}  {moment.main:>7.0f}  {moment.workers:>17.0f}")
    print(
        f"{figures.reports:,} reports, {figures.claims:,} claims in {figures.seconds:,.0f} s: {figures.rate} reports a second, "
        f"{figures.cpu_rate} a processor second, {figures.ratio} of the yardstick; "
        f"the main process grew by {figures.growth:.0f} MB over the last two thirds"
    )
    if options.json:
        options.json.write_bytes(msgspec.json.format(msgspec.json.encode(figures), indent=2) + b"\n")


if __name__ == "__main__":
    main()
