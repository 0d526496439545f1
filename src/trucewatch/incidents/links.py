"""Which accounts are linked: compared because they share a key, and scored as the same event, or ruled to be it.

A link is a matter of its two accounts alone. So whatever else a desk holds, the same accounts are linked, in any order
of arrival, and a new account changes only the components that it is linked to.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from trucewatch.incidents.blocking import loose, near
from trucewatch.incidents.face import Face, face
from trucewatch.incidents.score import apart, score, thresholds
from trucewatch.nouns import Account

Pairs = frozenset[tuple[str, str]]
"""Pairs of claim ids, the smaller id first."""


class Seen:
    """Accounts by face: what looks the same is compared once, however often a wire story was copied."""

    def __init__(self, accounts: Sequence[Account]) -> None:
        self.accounts = accounts
        numbers: dict[Face, int] = {}
        self.members: list[list[int]] = []
        """Positions of the accounts with each face."""
        for at, account in enumerate(accounts):
            number = numbers.setdefault(face(account), len(numbers))
            if number == len(self.members):
                self.members.append([])
            self.members[number].append(at)
        self.faces = list(numbers)

    def pairs(self, first: int | None = None) -> Iterator[tuple[int, int]]:
        """Each two faces that share a key, once; of them one is among the ``first``, if given."""
        blocks: dict[str, list[int]] = defaultdict(list)
        vague: dict[str, list[int]] = defaultdict(list)
        for at, its in enumerate(self.faces):
            met: set[int] = set()
            meets = first is None or at < first
            for key in near(its):
                met.update(blocks.get(key, ()))
                if meets:
                    blocks[key].append(at)
            for key in loose(its):
                # Two claims of well-known places that share no cell are apart, so they need not meet here.
                met.update((vague if its.fine else blocks).get(key, ()))
                if meets:
                    blocks[key].append(at)
                if meets and not its.fine:
                    vague[key].append(at)
            for other in met:
                yield other, at


def linked(
    seen: Seen, first: int | None = None, settled: Callable[[int, int], bool] = lambda one, two: False
) -> Iterator[tuple[int, int, float]]:
    """Linked faces (as in ``Seen.pairs``), also each with itself, and their log-odds; without those that are settled."""
    limit = thresholds().same
    for at, its in enumerate(seen.faces):
        if len(seen.members[at]) > 1 and (value := score(its, its)) >= limit:
            yield at, at, value
    for one, two in seen.pairs(first):
        ours, theirs = seen.faces[one], seen.faces[two]
        if settled(one, two) or apart(ours, theirs):
            continue
        if (value := score(ours, theirs)) >= limit:
            yield one, two, value


class Unions:
    """Which accounts (positions) links hold together, directly or through others."""

    def __init__(self, number: int) -> None:
        self._parent = list(range(number))

    def root(self, at: int) -> int:
        """The account that stands for all that one is held together with."""
        parent = self._parent
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    def unite(self, one: int, two: int) -> None:
        """Hold two together."""
        one, two = self.root(one), self.root(two)
        self._parent[max(one, two)] = min(one, two)


def joined(seen: Seen, cannot: Pairs, first: int | None = None) -> Unions:
    """What links hold together (see ``Seen.pairs`` for ``first``).

    Two claims of one report are never linked, for the coder held them to be two events; nor are two that a person
    ruled to be different.
    """
    unions = Unions(len(seen.accounts))
    ruled = {claim for two in cannot for claim in two}
    reports = [{seen.accounts[at].claim.report for at in members} for members in seen.members]

    def settled(one: int, two: int) -> bool:
        ours, theirs = seen.members[one], seen.members[two]
        return len(ours) == len(theirs) == 1 and unions.root(ours[0]) == unions.root(theirs[0])

    for one, two, _ in linked(seen, first, settled):
        ours, theirs = seen.members[one], seen.members[two]
        distinct = len(reports[one]) == len(ours) if one == two else reports[one].isdisjoint(reports[two])
        if distinct and (not ruled or not any(seen.accounts[at].claim.id in ruled for at in (*ours, *theirs))):
            for at in (*ours[1:], *theirs):
                unions.unite(ours[0], at)
            continue
        for here in ours:
            for there in theirs:
                if here != there and may_join(seen, here, there, cannot):
                    unions.unite(here, there)
    return unions


def may_join(seen: Seen, one: int, two: int, cannot: Pairs) -> bool:
    """Whether neither the coder nor a person holds two accounts to be of two events."""
    ours, theirs = seen.accounts[one].claim, seen.accounts[two].claim
    return ours.report != theirs.report and pair(ours.id, theirs.id) not in cannot


def pair(one: str, two: str) -> tuple[str, str]:
    """Two claim ids as judgements have them."""
    return (one, two) if one < two else (two, one)
