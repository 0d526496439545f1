"""Importing others' datasets: a file is read row by row, and what is new in it is kept on the desk, batch by batch.

Where it is stopped, the rows of whole batches stay; importing the file again adds the rest.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from trucewatch.datasets import Dataset, Unread, digest, opened
from trucewatch.desk import Desk, ImportCounts
from trucewatch.errors import UnreadableError, WrongCallError
from trucewatch.nouns import Entry, Noun
from trucewatch.outlook.series import DESK

BATCH = 2000
"""Rows kept by one transaction."""
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


class Step(Noun):
    """How far an import is."""

    dataset: str
    form: str
    """``UCDP GED, 41 columns``."""
    done: int
    size: int
    """Bytes of the file that have been read, and all of them."""
    added: int = 0
    same: int = 0
    """Rows that the desk had as they are."""
    bad: tuple[Unread, ...] = ()
    """The rows that could not be read since the last step."""
    before: dt.datetime | None = None
    """When the desk had imported this very file; nothing is done then."""
    unknown: tuple[str, ...] = ()
    """Countries that the codebook does not know; their rows have none."""


def take_in(desk: Desk, path: Path, name: str | None = None) -> Iterator[Step]:
    """Import a file as the dataset of a name, or else of its form's; a step for each batch, the first before any.

    Raises UnreadableError for a file of no known form, or one that breaks off; WrongCallError for a name that cannot
    be; DeskError where the dataset has files of another form.
    """
    if name is not None and (name == DESK or not _NAME.fullmatch(name)):
        raise WrongCallError(
            f"{name!r} cannot be a dataset's name: write letters, digits, '.', '-' or '_', and not {DESK!r}"
        )
    with opened(path) as dataset:
        mark, called = digest(path), name or dataset.form
        step = Step(dataset=called, form=dataset.name, done=0, size=dataset.size)
        with desk.datasets(write=True) as entries:
            if before := next((one.at for one in entries.imports(called) if one.digest == mark and one.counted), None):
                yield msgspec.structs.replace(step, before=before)
                return
            imported = entries.begin(called, dataset.form, str(path), mark)
        yield step
        seen = _Seen()
        for batch in _batches(dataset):
            read = [one for one in batch if isinstance(one, Entry)]
            bad = tuple(one for one in batch if isinstance(one, Unread))
            with desk.datasets(write=True) as entries:
                added = entries.add(imported, called, read)
                entries.fail(imported, ((one.line, one.reason) for one in bad))
            seen.count(read, added, len(bad))
            step = msgspec.structs.replace(step, done=dataset.done, added=seen.added, same=seen.same)
            yield msgspec.structs.replace(step, bad=bad)
        with desk.datasets(write=True) as entries:
            entries.end(imported, seen.whole())
        yield msgspec.structs.replace(step, done=step.size, unknown=tuple(dataset.countries.unknown))


class _Seen:
    """What a file held, as far as it was read."""

    def __init__(self) -> None:
        self.added = self.same = self._bad = 0
        self._days: list[dt.date] = []
        self._countries: set[str] = set()

    def count(self, read: Sequence[Entry], added: int, bad: int) -> None:
        """Count a batch in."""
        self.added += added
        self.same += len(read) - added
        self._bad += bad
        self._countries.update(entry.place.country for entry in read if entry.place.country)
        times = [entry.time for entry in read if entry.time.precision in ("day", "span")]
        if times:
            days = [*self._days, min(time.start for time in times), max(time.end for time in times)]
            self._days = [min(days), max(days)]

    def whole(self) -> ImportCounts:
        """What the whole file held."""
        return ImportCounts(
            added=self.added,
            same=self.same,
            bad=self._bad,
            first=self._days[0] if self._days else None,
            last=self._days[-1] if self._days else None,
            countries=tuple(sorted(self._countries)),
        )


def _batches(dataset: Dataset) -> Iterator[list[Entry | Unread]]:
    """Rows in batches; those before a place where the file breaks off come too."""
    batch: list[Entry | Unread] = []
    try:
        for one in dataset:
            batch.append(one)
            if len(batch) == BATCH:
                yield batch
                batch = []
    except UnreadableError:
        if batch:
            yield batch
        raise
    if batch:
        yield batch
