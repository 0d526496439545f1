"""How many were killed or injured: every claimant's figures are kept, and low, best and high are read off the newest.

A claimant's newer figure takes the place of its older one, nobody else's. Low and high are the outermost of the newest
figures. Best is the one of them that most independent sources give last. A source whose figure was overtaken, for
two others gave a higher one on a later day, has no say in it: tolls rise, and the first day's number is soon in many
papers. Of equals the later figure counts, then the higher; a range counts by its middle. Figures of claims that deny
the deed, or only expect it or hold it for possible, are shown but count only where there are no others.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from trucewatch.codebook import fold, sources
from trucewatch.codebook.sources import source, tellers
from trucewatch.incidents.face import reality
from trucewatch.nouns import Account, Count, Figure, Toll

FIELDS = ("killed", "injured")
OVERTAKERS = 2
"""How many independent sources with a later, higher figure overtake an earlier one."""


class Told(NamedTuple):
    """A figure, and whose it is."""

    teller: str
    """Who tells of it on their own, as in ``tellers``."""
    claimant: tuple[str, ...]
    """Who gives it: the source that is named, else the teller; of an unnamed one ("medics") each teller has its own."""
    since: dt.date
    """When the teller's story first had it: a copy that is printed later makes it no newer."""
    figure: Figure


def by_teller(accounts: Sequence[Account]) -> tuple[tuple[Account, ...], ...]:
    """The accounts of each who tells of it on his own, in the order in which they came in."""
    of = tellers(accounts)
    found: dict[str, list[Account]] = {}
    for account in sorted(accounts, key=lambda one: one.order):
        found.setdefault(of[source(account)], []).append(account)
    return tuple(map(tuple, found.values()))


def figures(accounts: Sequence[Account]) -> tuple[Figure, ...]:
    """Every figure given, by field and then as the accounts stand."""
    return tuple(one.figure for field in FIELDS for one in told(accounts, field))


def toll(accounts: Sequence[Account], field: str) -> Toll | None:
    """Low, best and high over all who give a figure; None where nobody does."""
    done = [account for account in accounts if reality(account.claim.status) == "deed"]
    standing = newest(told(done, field) or told(accounts, field))
    if not standing:
        return None
    low, high = min(one.figure.count.low for one in standing), max(one.figure.count.high for one in standing)
    return Toll(low=low, best=_best(standing), high=high)


def newest(given: Sequence[Told]) -> list[Told]:
    """The figures that each claimant gives last, whenever they were told; several where it gave several on one day."""
    last: dict[tuple[str, ...], dt.date] = {}
    for one in given:
        last[one.claimant] = max(one.since, last.get(one.claimant, one.since))
    standing = {(one.claimant, one.figure.count) for one in given if one.since == last[one.claimant]}
    return [one for one in given if (one.claimant, one.figure.count) in standing]


def _best(standing: Sequence[Told]) -> int:
    """The figure of most tellers, each of whom has one vote: with the last of its figures that stand."""
    votes: dict[str, Told] = {}
    for one in sorted(standing, key=_rank):
        votes[one.teller] = one
    backing: dict[int, list[Told]] = defaultdict(list)
    for one in votes.values():
        if not _overtaken(one, list(votes.values())):
            backing[_number(one.figure.count)].append(one)
    return max(backing, key=lambda number: (len(backing[number]), max(one.since for one in backing[number]), number))


def _overtaken(told: Told, others: Sequence[Told]) -> bool:
    later = [one for one in others if one.since > told.since and one.figure.count.low > told.figure.count.high]
    return len(later) >= OVERTAKERS


def told(accounts: Sequence[Account], field: str) -> list[Told]:
    """The figures of one field, each with whose it is."""
    of = tellers(accounts)
    since: dict[tuple[str, Count], dt.date] = {}
    given = [(account, count) for account in accounts if (count := getattr(account.claim, field)) is not None]
    for account, count in given:
        if account.published is not None:
            first = since.setdefault((source(account), count), account.published)
            since[source(account), count] = min(first, account.published)
    return [
        Told(
            teller=of[source(account)],
            claimant=_claimant(account, of[source(account)]),
            since=since.get((source(account), count), dt.date.min),
            figure=Figure(
                field=field,
                claim=account.claim.id,
                claimant=account.claim.attributed_to or account.outlet,
                count=count,
                published=account.published,
            ),
        )
        for account, count in given
    ]


def _claimant(account: Account, teller: str) -> tuple[str, ...]:
    said = account.claim.attributed_to
    if said is None:
        return (teller,)
    name = sources.named(said)
    return (fold(name),) if name is not None else (teller, fold(said))


def _rank(told: Told) -> tuple[dt.date, int, str]:
    return told.since, _number(told.figure.count), told.figure.claim


def _number(count: Count) -> int:
    """The one number that a range counts by: its middle; its low end where that is less than half of the high one ("dozens")."""
    wide = 0 < 2 * count.low < count.high
    return count.low if wide else (count.low + count.high) // 2
