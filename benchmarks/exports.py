"""The exports benchmark: every form of the incidents of a desk of generated claims, and a bundle of some of them.

    python -m benchmarks.exports [--claims 20000]

Incidents a processor second, the milliseconds to the first piece, and the memory that the exporting process, which has
not made the desk, comes to at most. Beside them stands the ratio to listing the same incidents, in the same run.
"""

from __future__ import annotations

import argparse
import io
import multiprocessing
import os
import resource
import tempfile
import time
from collections.abc import Sequence
from typing import NamedTuple

from benchmarks.desk import PER_REPORT, World, fill
from trucewatch import codebook, derive, export
from trucewatch.desk import Desk
from trucewatch.export import FORMS, bundle

BUNDLED = 500
"""Incidents in the bundle."""


class Figures(NamedTuple):
    """Of one form."""

    form: str
    incidents: int
    seconds: float
    """Of the processor."""
    first: float
    """Milliseconds to the first incident's piece."""
    size: int
    """Bytes."""
    peak: float
    """MB resident at most, up to here."""


def measure(where: str) -> list[Figures]:
    """The figures of listing incidents, of every form and of a bundle, of a desk that is derived."""
    book = codebook.load()
    with Desk.open(where) as desk:
        began = time.process_time()
        count = sum(1 for _ in desk.incidents())
        found = [Figures("(listed)", count, time.process_time() - began, 0.0, 0, _peak())]
        for name, form in FORMS.items():
            began, first, size = time.process_time(), 0.0, 0
            for number, piece in enumerate(form.write(export.incidents(desk), book)):
                size += len(piece)
                if number == 1:
                    first = 1000 * (time.process_time() - began)
            found.append(Figures(name, count, time.process_time() - began, first, size, _peak()))
        some = [one.id for one, _ in zip(desk.incidents(), range(BUNDLED), strict=False)]
        began, file = time.process_time(), io.BytesIO()
        bundle.write(file, desk, bundle.of_ids(desk, some))
        found.append(Figures("bundle", len(some), time.process_time() - began, 0.0, file.tell(), _peak()))
    return found


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--claims", type=int, default=20_000, help="on the desk")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        where = f"{folder}/bench.desk"
        fill(where, World().records(), options.claims // PER_REPORT)
        with Desk.open(where) as desk:
            derive.rebuild(desk)
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            figures = pool.apply(measure, (where,))
    listed = figures[0].incidents / figures[0].seconds
    print(f"{'form':<10}{'incidents':>10}{'a second':>10}{'of listing':>11}{'first ms':>9}{'MB':>7}{'peak MB':>9}")
    for one in figures:
        rate = one.incidents / one.seconds
        size = f"{one.size / 1e6:>7.1f}{one.peak:>9.0f}"
        print(f"{one.form:<10}{one.incidents:>10,}{rate:>10,.0f}{rate / listed:>11.3f}{one.first:>9.0f}{size}")
    print(f"load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
