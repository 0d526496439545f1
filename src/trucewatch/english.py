"""The small words of English sentences: counts, days, lists."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable


def some(number: int, what: str) -> str:
    """``1 claim``, ``2 claims``."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def day(date: dt.date) -> str:
    """``30 Sep 2021``."""
    return f"{date.day} {date:%b %Y}"


def day_of_year(date: dt.date) -> str:
    """``30 Sep``."""
    return f"{date.day} {date:%b}"


def listed(names: Iterable[str]) -> str:
    """``A``, ``A and B``, ``A, B and C``, each once; nothing for none."""
    every = list(dict.fromkeys(names))
    return " and ".join(filter(None, (", ".join(every[:-1]), *every[-1:])))


def sentence(said: str) -> str:
    """With a capital before it and a full stop behind."""
    return f"{said[:1].upper()}{said[1:]}."
