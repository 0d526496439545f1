"""What the words of a forecast say: how likely it is, until when, and which modes of deeds would be it.

The tables beside it: ``likelihoods.csv``, ``horizons.csv`` and ``ways.csv``.
"""

from __future__ import annotations

import csv
import datetime as dt
import functools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from trucewatch.nouns import Account, Status

HERE = Path(__file__).parent
NEAR = 40
"""Characters from the trigger within which words say how likely it is."""
_IF = re.compile(r"\b(?:if|unless|whether|provided that|in case)\b", re.IGNORECASE)

_HOLD = re.compile(r"\b(?:hold|holds|last|lasts|survive|survives|endure|endures)\b", re.IGNORECASE)


class Window(NamedTuple):
    """The days in which a forecast may come true, both included, and where they come from."""

    first: dt.date
    last: dt.date
    because: str


def window(account: Account, made: dt.date) -> Window:
    """From the words where they reach past the day on which it was said, else the default of its type."""
    time, tomorrow = account.claim.time, made + dt.timedelta(days=1)
    if time is not None and time.end > made:
        return Window(max(time.start, tomorrow), time.end, "from its words")
    days = _horizons()[account.claim.type]
    why = f"no time is said: {days} days, as for all of {account.claim.type}"
    return Window(tomorrow, made + dt.timedelta(days=days), why)


def likelihood(account: Account) -> tuple[str | None, float | None]:
    """The words that say how likely, nearest to the trigger, and what they are taken for.

    Words that go with another status ("will reveal whether they agreed") belong to another event.
    """
    sentence = account.sentence[:1].lower() + account.sentence[1:]
    start = max(0, sentence.lower().find(account.trigger.lower()))
    end = start + len(account.trigger)
    found = [
        (max(start - hit.end(), hit.start() - end, 0), -len(hit[0]), hit[0], row.probability)
        for row in _likelihoods()
        if row.status in (None, account.claim.status)
        for hit in row.form.finditer(sentence)
    ]
    gap, _, word, worth = min(found, default=(NEAR + 1, 0, "", 0.0))
    return (word, worth) if gap <= NEAR else (None, None)


def is_conditional(sentence: str) -> bool:
    """Whether a sentence has a condition."""
    return _IF.search(sentence) is not None


def is_of_holding(sentence: str) -> bool:
    """Whether a sentence on a truce is on whether it lasts, and not on whether there will be one."""
    return _HOLD.search(sentence) is not None


def modes(account: Account) -> tuple[str, ...]:
    """The modes that a deed must have to fulfil the forecast, ``-`` for no mode; empty where any will do.

    The claim's own; without one, those that its trigger is said of first ("raids" of aircraft).
    """
    if account.claim.mode is not None:
        return (account.claim.mode,)
    said = set(account.trigger.lower().split())
    return next((row.modes for row in _ways() if row.type == account.claim.type and said & row.words), ())


class _Likelihood(NamedTuple):
    form: re.Pattern[str]
    status: Status | None
    """The only one that it goes with; None for both."""
    probability: float


class _Way(NamedTuple):
    words: frozenset[str]
    type: str
    modes: tuple[str, ...]


@functools.cache
def _likelihoods() -> tuple[_Likelihood, ...]:
    return tuple(
        _Likelihood(
            re.compile(rf"\b(?:{row['words']})\b"),
            Status(row["status"]) if row["status"] else None,
            float(row["probability"]),
        )
        for row in _rows("likelihoods.csv")
    )


@functools.cache
def _horizons() -> dict[str, int]:
    """Days that a forecast without a time is held open for, by its type."""
    return {row["type"]: int(row["days"]) for row in _rows("horizons.csv")}


@functools.cache
def _ways() -> tuple[_Way, ...]:
    return tuple(
        _Way(frozenset(row["words"].split("|")), row["type"], tuple(row["modes"].split("|")))
        for row in _rows("ways.csv")
    )


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
