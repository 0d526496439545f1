"""Accounts merged into incidents, whole or as far as new ones touch them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from trucewatch.incidents.held import incident
from trucewatch.incidents.links import Likeness, Pairs, Seen, Unions, Watched, joined, met
from trucewatch.incidents.partition import partition
from trucewatch.nouns import Account, Incident, Noun


class Merged(Noun):
    """Accounts that links hold together, and the incidents that they were parted into."""

    component: str
    """Id of its claim that came in first."""
    incidents: tuple[Incident, ...]


def merge(accounts: Iterable[Account], must: Pairs, cannot: Pairs, watched: Watched = iter) -> Iterator[Merged]:
    """All components in the order of their first claims; each account is in exactly one incident.

    ``must`` and ``cannot`` are pairs of claim ids, the smaller first; ids of claims that are not here are left out.
    The result hangs on the accounts alone, not on their order in the iterable; claims stand in ``Account.order``.
    """
    likeness = Likeness()
    for component in components(sorted(accounts, key=_age), must, cannot, likeness, watched):
        parts = [sorted(part, key=_age) for part in partition(component, likeness, must, cannot)]
        made = tuple(incident(part) for part in sorted(parts, key=lambda part: _age(part[0])))
        yield Merged(component=component[0].claim.id, incidents=made)


def touched(new: Sequence[Account], old: Iterable[Account], must: Pairs, cannot: Pairs) -> frozenset[str]:
    """The ids of old claims that may be one event with a new one: their components are to be merged again with the new."""
    accounts = [*new, *old]
    fresh = {account.claim.id for account in new}
    found = {two if one in fresh else one for one, two in must if (one in fresh) != (two in fresh)}
    found &= {account.claim.id for account in accounts}
    # What old claims are to each other does not matter here, for their components are known, nor what new ones are.
    for component in _grouped(accounts, met(Seen(accounts, cannot), len(new))):
        ids = {account.claim.id for account in component}
        if not ids.isdisjoint(fresh):
            found |= ids - fresh
    return frozenset(found)


def components(
    accounts: Sequence[Account], must: Pairs, cannot: Pairs, likeness: Likeness, watched: Watched = iter
) -> Iterator[list[Account]]:
    """The closure of links and rulings, in the order of the accounts."""
    unions = joined(Seen(accounts, cannot), likeness, watched)
    if must:
        place = {account.claim.id: at for at, account in enumerate(accounts)}
        for one, two in must:
            if one in place and two in place:
                unions.unite(place[one], place[two])
    yield from _grouped(accounts, unions)


def _grouped(accounts: Sequence[Account], unions: Unions) -> Iterator[list[Account]]:
    members: dict[int, list[Account]] = defaultdict(list)
    for at, account in enumerate(accounts):
        members[unions.root(at)].append(account)
    yield from members.values()


def _age(account: Account) -> tuple[int, str]:
    return account.order, account.claim.id
