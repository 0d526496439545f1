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

import numpy as np
from numpy.typing import NDArray

from trucewatch.nouns import Noun
from trucewatch.truces.odds import Flags

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
    """Probability under the null of a share at least as large."""
    preceded: float | None
    """The same share looking back: days of the first that had a day of the second before them. Where it is as large as
    ``share`` the two come together, and neither comes first."""


def following(first: Flags, second: Flags, watched: Flags, null: Null = NULL) -> tuple[Following, ...]:
    """What follows within 1, 3 and 7 days. Three flags for each day of one stretch; the order of the draws is fixed."""
    turned = _turned(second, watched, null)
    seconds = np.vstack([second[None], turned])
    return tuple(_within(days, first, seconds, watched) for days in WITHIN)


def _within(days: int, first: Flags, seconds: Flags, watched: Flags) -> Following:
    """The first row of ``seconds`` is what happened, the others are chance."""
    cases = first & (_after(watched[None], days)[0] == days)
    number = int(cases.sum())
    followed = ((_after(seconds, days) > 0) & cases).sum(axis=1)
    if number < FEWEST:
        nothing = dict.fromkeys(("share", "expected", "low", "high", "p", "preceded"))
        return Following(within=days, cases=number, followed=int(followed[0]), **nothing)
    chance = followed[1:] / number
    low, high = np.quantile(chance, (0.05, 0.95))
    return Following(
        within=days,
        cases=number,
        followed=int(followed[0]),
        share=float(followed[0] / number),
        expected=float(chance.mean()),
        low=float(low),
        high=float(high),
        p=float((1 + (followed[1:] >= followed[0]).sum()) / (1 + len(chance))),
        preceded=_preceded(days, first, seconds[0], watched),
    )


def _preceded(days: int, first: Flags, second: Flags, watched: Flags) -> float | None:
    back, looked = second[None, ::-1], watched[None, ::-1]
    cases = first[::-1] & (_after(looked, days)[0] == days)
    return float((_after(back, days)[0][cases] > 0).mean()) if cases.any() else None


def _after(flags: Flags, days: int) -> NDArray[np.int64]:
    """Row by row and day by day: how many of so many days after it are flagged."""
    length = flags.shape[1]
    sums = np.pad(np.cumsum(flags, axis=1, dtype=np.int64), ((0, 0), (1, 0)))
    upto = np.arange(1, length + 1)
    return np.asarray(sums[:, np.minimum(upto + days, length)] - sums[:, upto])


def _turned(second: Flags, watched: Flags, null: Null) -> Flags:
    """A row a draw; only watched days change places."""
    odds = np.random.default_rng(null.seed)
    found = np.repeat(second[None], null.draws, axis=0)
    for start in range(0, len(second), null.block):
        at = start + np.flatnonzero(watched[start : start + null.block])
        if len(at):
            by = odds.integers(len(at), size=(null.draws, 1))
            found[:, at] = second[at[(np.arange(len(at)) + by) % len(at)]]
    return found
