"""Our own columns as CSV, and the same with HXL's row of hashtags, which the tools of humanitarian data offices read."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator

from trucewatch.codebook import Codebook
from trucewatch.export.cases import Case
from trucewatch.export.columns import COLUMNS, cells
from trucewatch.export.delimited import lines

NAMES = tuple(column.name for column in COLUMNS)
TAGS = tuple(column.tag for column in COLUMNS)


def csv(cases: Iterable[Case], book: Codebook) -> Iterator[bytes]:
    """A line of names, then one for each case."""
    return lines(itertools.chain([NAMES], (cells(case, book) for case in cases)))


def hxl(cases: Iterable[Case], book: Codebook) -> Iterator[bytes]:
    """A line of names, one of hashtags, then one for each case."""
    return lines(itertools.chain([NAMES, TAGS], (cells(case, book) for case in cases)))
