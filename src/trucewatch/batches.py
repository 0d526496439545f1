"""Things taken some at a time, where one by one would be slow and all at once too many."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from typing import TypeVar

BATCH = 500
_Any = TypeVar("_Any")


def batches(given: Iterable[_Any], size: int = BATCH) -> Iterator[list[_Any]]:
    """Things as they come, in batches."""
    left = iter(given)
    while some := list(itertools.islice(left, size)):
        yield some
