"""A bar on standard error while inputs are read: for many of them, or long ones, and only on a terminal."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType

from trucewatch.cli import wording

FEW = 3
LONG = 200_000
"""Bytes of input from which on even a single one has a bar."""


class Progress:
    """Shows how many inputs have been read and how long it took; makes way for what is printed meanwhile."""

    def __init__(self, inputs: Sequence[str]) -> None:
        self._done: set[str] = set()
        self._bar = None
        if not sys.stderr.isatty():
            return
        total = expected(inputs)
        if total is not None and total <= FEW and size(inputs) < LONG:
            return
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
        from rich.progress import Progress as Bar

        columns = (SpinnerColumn(), BarColumn(30), MofNCompleteColumn(), TimeElapsedColumn())
        self._bar = Bar(*columns, TextColumn("{task.description}"), console=Console(stderr=True), transient=True)
        self._task = self._bar.add_task("", total=total)

    def __enter__(self) -> Progress:
        if self._bar is not None:
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    @contextlib.contextmanager
    def aside(self, source: str) -> Iterator[None]:
        """Count an input as done, and take the bar away while something about it is printed."""
        if self._bar is None:
            yield
            return
        self._done.add(source)
        name = wording.line(source.rpartition("/")[2])
        self._bar.update(self._task, completed=len(self._done), description=name[:40])
        self._bar.stop()
        try:
            yield
        finally:
            self._bar.start()


def expected(inputs: Sequence[str]) -> int | None:
    """How many inputs are to come; None where an archive or a feed would have to be read through to know."""
    from trucewatch import reports

    total = 0
    for source in reports.sources(inputs):
        if source.content is not None:
            return None
        total += 1
    return total


def size(inputs: Sequence[str]) -> int:
    """Bytes in the files named, those inside folders not counted."""
    return sum(path.stat().st_size for path in map(Path, inputs) if path.is_file())
