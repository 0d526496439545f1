"""What says how far a long work is, now and then, on standard error."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

SLOW = 10.0
"""Seconds after which a line says how far a work is."""
_One = TypeVar("_One")


def say(line: str) -> None:
    """One line, where the program's words go."""
    logging.getLogger("trucewatch").warning(line)


def saying(some: Iterable[_One], line: str, size: Callable[[_One], int] = lambda _: 1) -> Iterator[_One]:
    """The same, one by one; where that is slow, ``line`` says every ten seconds how many are done: "{:,} of 9 are read"."""
    said, done = time.monotonic(), 0
    for one in some:
        if time.monotonic() - said > SLOW:
            said = time.monotonic()
            say(line.format(done))
        done += size(one)
        yield one
