"""What inputs give, in order: reports, and a failure for each that cannot be read. A run does so too, and keeps them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from trucewatch import reports
from trucewatch.errors import TrucewatchError
from trucewatch.nouns import Failure, Report
from trucewatch.reports.assemble import EVERYTHING


def outcomes(inputs: Iterable[str | Path], options: reports.ReadOptions = EVERYTHING) -> Iterator[Report | Failure]:
    for source in reports.sources(inputs, options):
        try:
            yield from reports.read_source(source, options)
        except TrucewatchError as error:
            yield Failure(source=source.name, stage="read", reason=str(error).removeprefix(f"{source.name}: "))
