"""Series from a file alone, for whoever has no desk: of UCDP GED, of ACLED's shape, or a plain table of counts."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from trucewatch.codebook import Indicator
from trucewatch.datasets import Unread, covered, digest, opened
from trucewatch.english import some
from trucewatch.errors import UnreadableError
from trucewatch.nouns import Entry
from trucewatch.outlook import areas, counttable, deeds, indicators
from trucewatch.outlook.deeds import Deed
from trucewatch.outlook.neighbours import side_by_side
from trucewatch.outlook.periods import Size
from trucewatch.outlook.series import Asked, Covered, Series


def period(path: Path) -> Size:
    """The period that a file is counted by where none is asked for: a plain table's own, else the week."""
    return counttable.size_of(path) if counttable.is_plain(path) else "week"


def beside(path: Path, asked: Asked) -> tuple[Series, ...]:
    """The series of an area, then those of the others in the file that it can learn from.

    Raises UnreadableError for a file that is of no known form, WrongCallError for an area or indicator that is not in it.
    """
    mark = f"{path.name} {digest(path)[:12]}"
    if counttable.is_plain(path):
        return tuple(dataclasses.replace(one, inputs=mark) for one in counttable.series(path, asked))
    asked = msgspec.structs.replace(asked, observer=path.name, area=areas.one_meant(asked.area))
    where, row = areas.area(asked.area), indicators.indicator(asked.indicator)
    with opened(path) as dataset:
        types = set(indicators.in_dataset(row, dataset.form, path.name))
        every = list(dataset)
    entries = [one for one in every if isinstance(one, Entry)]
    if not entries:
        raise UnreadableError(f"{path}: no row in it could be read")
    found = _deeds(entries, where.countries, types, row)
    series = side_by_side(found, where, asked, _covered(entries, dataset.form, mark))
    bad = [one for one in every if isinstance(one, Unread)]
    return (_noted(series[0], bad), *series[1:])


def _deeds(
    entries: Sequence[Entry], countries: Sequence[str] | None, types: set[str], row: Indicator
) -> Iterator[Deed]:
    for entry in entries:
        if countries is not None and entry.place.country not in countries:
            continue
        if entry.type in types or entry.subtype in types:
            yield deeds.of_entry(entry, row)


def _covered(entries: Sequence[Entry], form: str, inputs: str) -> Covered:
    # Of what is known to the month or year alone the end would reach beyond what the file tells of.
    ends = (one.time.start if one.time.precision in ("month", "year") else one.time.end for one in entries)
    first, last = min(one.time.start for one in entries), max(ends)
    return Covered(*covered(form, first, last), inputs)


def _noted(one: Series, bad: Sequence[Unread]) -> Series:
    if not bad:
        return one
    note = f"{some(len(bad), 'row')} could not be read, the first on line {bad[0].line}: {bad[0].reason}"
    return dataclasses.replace(one, notes=(*one.notes, note))
