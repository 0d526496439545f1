"""An ingest of ready-made claims: the sentences of the intake benchmark are coded once, and each report's claims are those.

    python -m benchmarks.ready SENTENCES FOLDER DESK JOBS

Everything else is as in ``trucewatch ingest``: reading, processes, storing, merging. So what storing and merging cost, and what
memory they keep, shows in a tenth of the time.
"""

from __future__ import annotations

import functools
import os
import re
import sys
from collections.abc import Iterator, Sequence
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import msgspec

from trucewatch import run
from trucewatch.nouns import Claim, Record, Report
from trucewatch.run import Outcome

FILE = "TRUCEWATCH_READY"
"""Where the processes find the sentences."""
_OPENING = 24
"""Letters by which a sentence is looked up before it is compared."""

Coded = tuple[str, list[dict[str, Any]]]
"""A sentence, and its claims as plain values with offsets in it."""


def prepare(sentences: Sequence[str], file: Path, jobs: int) -> None:
    """Code each sentence on its own and write it down."""
    with get_context("spawn").Pool(jobs) as pool:
        file.write_bytes(msgspec.json.encode(pool.map(_coded, sentences, chunksize=50)))


def finish(step: Outcome) -> Outcome:
    """What `run.finish` makes, of claims that are ready."""
    if step.report is None:
        return step
    claims = tuple(_claims(step.report))
    return Outcome(source=step.source, record=Record(report=step.report, claims=claims), new=True)


def _coded(sentence: str) -> Coded:
    return sentence, msgspec.to_builtins(run.code(Report(id="0" * 16, text=sentence, language="en")))


@functools.cache
def _sentences() -> dict[str, list[Coded]]:
    """The sentences by how they begin, the longest first."""
    found: dict[str, list[Coded]] = {}
    coded = msgspec.json.decode(Path(os.environ[FILE]).read_bytes(), type=list[Coded])
    for sentence, claims in sorted(coded, key=lambda one: -len(one[0])):
        found.setdefault(sentence[:_OPENING], []).append((sentence, claims))
    return found


def _claims(report: Report) -> Iterator[Claim]:
    """The claims of the sentences that a text is made of; what is none of them is passed over."""
    at, number = 0, 0
    while at < len(report.text):
        beginning = _sentences().get(report.text[at : at + _OPENING], ())
        sentence, claims = next((one for one in beginning if report.text.startswith(one[0], at)), ("", ()))
        for claim in claims:
            moved = {**_moved(claim, at), "id": f"{report.id}.{number:08x}", "report": report.id}
            yield msgspec.convert(moved, Claim, strict=False)
            number += 1
        gap = re.compile(r"\s+|\S+\s*").match(report.text, at + len(sentence))
        at = gap.end() if gap else len(report.text)


def _moved(value: Any, by: int) -> Any:
    """A plain value with all offsets in it moved on."""
    if isinstance(value, dict):
        return {
            name: one + by if name in ("start", "end") and isinstance(one, int) else _moved(one, by)
            for name, one in value.items()
        }
    return [_moved(one, by) for one in value] if isinstance(value, list | tuple) else value


def main(arguments: Sequence[str]) -> None:
    """Take a folder in."""
    from benchmarks import ready
    from trucewatch.cli import main as command

    sentences, folder, desk, jobs = arguments
    os.environ[FILE] = sentences
    run.finish = ready.finish  # by its module's name, so that other processes find it
    command(["ingest", folder, "--desk", desk, "--jobs", jobs])


if __name__ == "__main__":
    main(sys.argv[1:])
