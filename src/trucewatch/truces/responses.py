"""What follows what: how often deeds of one party are followed by deeds of the other, held against chance.

This is sequence and never cause: who answers whom, or whether both answer to a third thing, counts cannot say. In a war days
with violence are common and come in bursts, so that much follows much; what counts is by how much it exceeds what would
follow if the second party kept its own bursts but took no notice of the first.

The null turns the second party's days around within blocks of two weeks, each block by a chance number of days. So
its bursts stay together, and both parties keep their good and bad fortnights; what is lost is only which day met which.
Longer blocks would find sequences where two parties merely get better and worse together (docs/ledger.md has figures);
the price is that within 7 days hardly anything can be found.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

from trucewatch.day_counts import Flags
from trucewatch.nouns import Noun

Numbers = NDArray[np.int64]
"""Days by number, from the first of the stretch."""

WITHIN = (1, 3, 7)
"""Days."""
BLOCK = 14
DRAWS = 999
FEWEST = 5
"""Cases below which nothing is said."""


class Null(Noun):
    """How chance is drawn."""

    block: int = BLOCK
    draws: int = DRAWS
    seed: int = 1


NULL = Null()


class Following(Noun):
    """How often days with deeds of the first party were followed by a day with deeds of the second."""

    within: int
    """Followed on one of so many days after; the same day does not count, for nobody knows which came first."""
    cases: int
    """Days with deeds of the first whose days after were all watched."""
    followed: int
    share: float | None
    """None with fewer than ``FEWEST`` cases, as all below."""
    expected: float | None
    """Mean share under the null ..."""
    low: float | None
    """... and what bounds its middle nine tenths."""
    high: float | None
    p: float | None
    """Probability under the null of a share at least as large, were nothing else asked."""
    preceded: float | None
    """The same share looking back: days of the first that had a day of the second before them. Where it is as large as
    ``share`` the two come together, and neither comes first."""
    among: float | None = None
    """``p`` among all that is asked of a truce, after Holm: of many, some are small by chance."""


def following(first: Flags, second: Flags, watched: Flags, null: Null = NULL) -> tuple[Following, ...]:
    """What follows within 1, 3 and 7 days. Three flags for each day of one stretch; the order of the draws is fixed."""
    at = np.flatnonzero(first)
    ahead, behind = _heard(watched, at, 1), _heard(watched, at, -1)
    after = _met(_turned(second, watched, null), at, 1)
    before = _met(second[:, None], at, -1)
    return tuple(
        _told(days, after[number][ahead[days - 1]], before[number][behind[days - 1]])
        for number, days in enumerate(WITHIN)
    )


def among(asked: Sequence[Sequence[Following]]) -> list[tuple[Following, ...]]:
    """The same, each with what its probability is among all of them."""
    ranked = sorted(
        (one.p, at, number) for at, its in enumerate(asked) for number, one in enumerate(its) if one.p is not None
    )
    worst, found = 0.0, [list(its) for its in asked]
    for rank, (p, at, number) in enumerate(ranked):
        worst = max(worst, min(1.0, p * (len(ranked) - rank)))
        found[at][number] = msgspec.structs.replace(found[at][number], among=worst)
    return [tuple(its) for its in found]


def _told(days: int, after: Flags, before: Flags) -> Following:
    """From a row a case; the first column of ``after`` is what happened, the others are chance."""
    cases, followed = len(after), after.sum(axis=0)
    if cases < FEWEST:
        nothing = dict.fromkeys(("share", "expected", "low", "high", "p", "preceded"))
        return Following(within=days, cases=cases, followed=int(followed[0]), **nothing)
    chance = followed[1:] / cases
    low, high = np.quantile(chance, (0.05, 0.95))
    return Following(
        within=days,
        cases=cases,
        followed=int(followed[0]),
        share=float(followed[0] / cases),
        expected=float(chance.mean()),
        low=float(low),
        high=float(high),
        p=float((1 + (followed[1:] >= followed[0]).sum()) / (1 + len(chance))),
        preceded=float(before.mean()) if len(before) else None,
    )


def _met(second: Flags, at: Numbers, way: int) -> list[Flags]:
    """For each number of days in ``WITHIN``, an array with a row for each day of ``at`` and the columns of ``second``
    (ways in which things may have gone): whether a day up to so many days after it (before it: way -1) is flagged."""
    met, found = np.zeros((len(at), second.shape[1]), dtype=bool), list[Flags]()
    for days in range(1, max(WITHIN) + 1):
        there, inside = _beside(at, days * way, len(second))
        met |= second[there] & inside[:, None]
        if days in WITHIN:
            found.append(met.copy())
    return found


def _heard(watched: Flags, at: Numbers, way: int) -> list[Flags]:
    """For 1, 2 ... days: whether so many days after each of ``at`` (before it: way -1) were all watched."""
    heard, found = np.ones(len(at), dtype=bool), list[Flags]()
    for days in range(1, max(WITHIN) + 1):
        there, inside = _beside(at, days * way, len(watched))
        heard = heard & watched[there] & inside
        found.append(heard)
    return found


def _beside(at: Numbers, by: int, length: int) -> tuple[Numbers, Flags]:
    """The days so far from these, and whether they are in the stretch at all."""
    there = at + by
    inside = (there >= 0) & (there < length)
    return np.where(inside, there, 0), inside


def _turned(second: Flags, watched: Flags, null: Null) -> Flags:
    """A row a day and a column a draw, after a first column as it was; only watched days change places."""
    odds = np.random.default_rng(null.seed)
    found = np.repeat(second[:, None], null.draws + 1, axis=1)
    for start in range(0, len(second), null.block):
        at = start + np.flatnonzero(watched[start : start + null.block])
        if len(at):
            by = odds.integers(len(at), size=null.draws)
            found[at, 1:] = second[at[(np.arange(len(at))[:, None] + by) % len(at)]]
    return found
