"""What is shown on standard error while inputs are read: a bar on a terminal, else a line now and then."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Self

import click

from trucewatch import english
from trucewatch.cli.terminal import wording

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

FEW = 3
LONG = 200_000
"""Bytes of input from which on even a single one has a bar."""
EVERY = 10.0
"""Seconds between two lines where there is no bar."""


class _Shown:
    """A bar on a terminal, or none; makes way for what is printed meanwhile."""

    _bar: Bar | None = None

    def __enter__(self) -> Self:
        if self._bar is not None:
            self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()

    @contextlib.contextmanager
    def aside(self) -> Iterator[None]:
        """Take the bar away while something is printed."""
        if self._bar is None:
            yield
            return
        self._bar.stop()
        try:
            yield
        finally:
            self._bar.start()


class Progress(_Shown):
    """Counts what was read and what failed, and shows both with the rate; makes way for what is printed meanwhile."""

    def __init__(self, inputs: Sequence[str] = (), lines: bool = False) -> None:
        """``lines``: whether there is a line now and then where standard error is no terminal."""
        self._began = self._said = time.monotonic()
        self._inputs = self._reports = self._failed = 0
        self._last = ""
        self._lines = lines
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

    def count(self, source: str, failed: bool) -> None:
        """Count in what came of an input (of one that holds several reports they come one after the other)."""
        self._inputs += source != self._last
        self._last = source
        self._reports += not failed
        self._failed += failed
        if self._bar is not None:
            name = wording.line(source.rpartition("/")[2])
            self._bar.update(self._task, completed=self._inputs, description=f"{self._told}  {name[:30]}")
        elif self._lines and time.monotonic() - self._said > EVERY:
            self._said = time.monotonic()
            click.echo(f"{english.some(self._reports, 'report')} so far, {self._told}", err=True)

    @property
    def rate(self) -> str:
        """``12.3 reports a second``, from the beginning on."""
        return f"{self._reports / max(time.monotonic() - self._began, 0.001):,.1f} reports a second"

    @property
    def _told(self) -> str:
        return f"{self.rate}, {self._failed:,} failed"


class Loading(_Shown):
    """Shows how far one large file is, and its rows."""

    def __init__(self, name: str) -> None:
        self._name = wording.line(name.rpartition("/")[2])[:30]
        self._said = time.monotonic()
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

            columns = (BarColumn(30), TaskProgressColumn(), TimeRemainingColumn(), TextColumn("{task.description}"))
            self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
            self._task = self._bar.add_task(self._name, total=None)

    def show(self, done: int, size: int, rows: int) -> None:
        """Show that so many bytes of the file were read, and so many rows."""
        said = f"{self._name}, {english.some(rows, 'row')}"
        if self._bar is not None:
            self._bar.update(self._task, completed=done, total=size, description=said)
        elif time.monotonic() - self._said > EVERY:
            self._said = time.monotonic()
            click.echo(f"{said} so far", err=True)


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
