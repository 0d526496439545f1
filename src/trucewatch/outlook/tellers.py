"""Who has been right: how the settled forecasts of each outlet or speaker fared, scored beside the base rate."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from statistics import NormalDist

from trucewatch.nouns import Noun, Status
from trucewatch.outlook.expected import Forecast, Outcome, Settled

LEAST_RANKED = 10
"""Settled forecasts without which nobody is ranked."""
LEVEL = 0.9
"""Probability inside an interval."""


class TellerRecord(Noun):
    """How one outlet's or speaker's forecasts fared; what was expected and what was held possible are apart."""

    name: str | None
    status: Status
    made: int
    open: int
    untold: int
    came: int
    """Those that came true ..."""
    missed: int
    """... and those that did not."""
    sided: int
    """Those of both that were said either way ..."""
    right: int
    """... and those of them that were right."""
    low: float
    high: float
    """Between which their share is, with 90 % (Wilson)."""
    with_base: int
    """Those of both that have a base rate ..."""
    with_base_came: int
    by_chance: float
    """... how many of them came true, and how many would have by it."""
    worded: int
    """Those with a base rate that have a word for how likely ..."""
    brier: float | None
    """... the mean squared distance of the word from what came (0 is best), and of the base rate."""
    brier_base: float | None
    note: str | None
    """Why they are not ranked."""


def records(settled: Iterable[Settled], by: Callable[[Forecast], str | None]) -> tuple[TellerRecord, ...]:
    """The record of each name, those with most settled forecasts first; of each, what was expected goes first."""
    found: dict[tuple[str | None, Status], list[Settled]] = {}
    for one in settled:
        found.setdefault((by(one.forecast), one.forecast.status), []).append(one)
    made = [_record(name, status, those) for (name, status), those in found.items()]
    return tuple(sorted(made, key=lambda one: (one.status is not Status.EXPECTED, -one.sided, one.name or "")))


def every_record(found: Sequence[Settled]) -> Iterator[tuple[str, TellerRecord]]:
    """How outlets, then speakers, have fared, each with which of the two it is."""
    for row in records(found, lambda one: one.outlet):
        yield "outlet", row
    for row in records([one for one in found if one.forecast.speaker], lambda one: one.speaker):
        yield "speaker", row


def _record(name: str | None, status: Status, those: Sequence[Settled]) -> TellerRecord:
    told = [one for one in those if one.outcome in (Outcome.TRUE, Outcome.FALSE)]
    sided = [one for one in told if one.right is not None]
    based = [one for one in told if one.base is not None]
    worded = [one for one in based if one.forecast.probability is not None]
    right, came = sum(one.right is True for one in sided), sum(one.outcome is Outcome.TRUE for one in told)
    low, high = _wilson(right, len(sided))
    return TellerRecord(
        name=name,
        status=status,
        made=len(those),
        open=sum(one.outcome is Outcome.OPEN for one in those),
        untold=sum(one.outcome is Outcome.UNTOLD for one in those),
        came=came,
        missed=len(told) - came,
        sided=len(sided),
        right=right,
        low=low,
        high=high,
        with_base=len(based),
        with_base_came=sum(one.outcome is Outcome.TRUE for one in based),
        by_chance=sum(one.base or 0.0 for one in based),
        worded=len(worded),
        brier=_brier(worded, lambda one: one.forecast.probability),
        brier_base=_brier(worded, lambda one: one.base),
        note=None if len(sided) >= LEAST_RANKED else f"too few to rank: {LEAST_RANKED} settled ones are needed",
    )


def _brier(those: Sequence[Settled], said: Callable[[Settled], float | None]) -> float | None:
    if not those:
        return None
    return sum(((said(one) or 0.0) - (one.outcome is Outcome.TRUE)) ** 2 for one in those) / len(those)


def _wilson(right: int, of: int) -> tuple[float, float]:
    """The interval of a share; (0, 1) where there is none."""
    if not of:
        return 0.0, 1.0
    z = NormalDist().inv_cdf((1 + LEVEL) / 2)
    share, room = right / of, z * z / of
    middle = (share + room / 2) / (1 + room)
    spread = z * math.sqrt(share * (1 - share) / of + room / (4 * of)) / (1 + room)
    return max(0.0, middle - spread), min(1.0, middle + spread)
