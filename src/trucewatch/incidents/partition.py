"""A component's accounts parted into incidents: the surest links first, and never against what is known of the whole.

Two groups become one where a link joins them, their accounts score as one event on average, no two of them are apart
(so an undated claim never joins the dated incidents on both its sides), no report is in both, and no person has ruled
otherwise. What people ruled to be one event is joined before all else; against a ruling that two are different,
nothing joins them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from trucewatch.incidents.face import Face
from trucewatch.incidents.links import Pairs, Seen, linked
from trucewatch.incidents.score import NEIGHBOURS, apart, score, thresholds
from trucewatch.nouns import Account

COMPARED = 8
"""Faces of a group that speak for it when it is compared with another."""


class Group:
    """Accounts that are held to be of one event."""

    def __init__(self, seen: Seen, members: Sequence[int], its: Face) -> None:
        self.members = list(members)
        self.ids = {seen.accounts[at].claim.id for at in members}
        self.reports = {seen.accounts[at].claim.report for at in members}
        self.faces = [its]
        # Spans of days that meet pairwise have a day in common, so the last start and the first end tell all.
        self.last_start, self.first_end = its.first, None if its.first is None else its.last
        self.refused: set[int] = set()

    def take(self, other: Group) -> None:
        """Become one with another."""
        self.members += other.members
        self.ids |= other.ids
        self.reports |= other.reports
        self.faces = [*self.faces, *other.faces][:COMPARED]
        self.last_start = max((day for day in (self.last_start, other.last_start) if day is not None), default=None)
        self.first_end = min((day for day in (self.first_end, other.first_end) if day is not None), default=None)
        self.refused |= other.refused


def partition(accounts: Sequence[Account], must: Pairs, cannot: Pairs) -> list[list[Account]]:
    """The incidents of a component, each as its accounts; the same in whatever order they are given."""
    if len(accounts) == 1:
        return [list(accounts)]
    seen = Seen(sorted(accounts, key=lambda account: account.claim.id))
    groups, of_face = _units(seen, {claim for two in (*must, *cannot) for claim in two})
    parts = _Parts(groups, cannot)
    at = {claim: number for number, group in enumerate(groups) for claim in group.ids}
    for first, second in sorted(must):
        if first in at and second in at:
            parts.rule(at[first], at[second])
    for one, two in _edges(seen, of_face):
        parts.join(one, two)
    return [[seen.accounts[member] for member in group.members] for group in parts.groups()]


class _Parts:
    """Groups that grow together."""

    def __init__(self, groups: list[Group], cannot: Pairs) -> None:
        self._groups: dict[int, Group] = dict(enumerate(groups))
        self._parent = list(range(len(groups)))
        self._barred: dict[str, set[str]] = defaultdict(set)
        for one, two in cannot:
            self._barred[one].add(two)
            self._barred[two].add(one)

    def groups(self) -> list[Group]:
        """Those that there are now."""
        return list(self._groups.values())

    def rule(self, one: int, two: int) -> None:
        """Join two groups by a person's word, unless a person's word parts them."""
        one, two = self._root(one), self._root(two)
        if one != two and not self._parted(self._groups[one], self._groups[two]):
            self._unite(one, two)

    def join(self, one: int, two: int) -> None:
        """Join two groups if nothing is against it. What was refused once stays refused."""
        one, two = self._root(one), self._root(two)
        if one == two or two in {self._root(other) for other in self._groups[one].refused}:
            return
        ours, theirs = self._groups[one], self._groups[two]
        if self._parted(ours, theirs) or not _one_event(ours, theirs):
            ours.refused.add(two)
            theirs.refused.add(one)
        else:
            self._unite(one, two)

    def _parted(self, ours: Group, theirs: Group) -> bool:
        if not self._barred:
            return False
        fewer, more = sorted((ours.ids, theirs.ids), key=len)
        return any(self._barred[claim] & more for claim in fewer if claim in self._barred)

    def _unite(self, one: int, two: int) -> None:
        kept, gone = min(one, two), max(one, two)
        self._groups[kept].take(self._groups.pop(gone))
        self._parent[gone] = kept

    def _root(self, number: int) -> int:
        while self._parent[number] != number:
            self._parent[number] = self._parent[self._parent[number]]
            number = self._parent[number]
        return number


def _one_event(ours: Group, theirs: Group) -> bool:
    if not ours.reports.isdisjoint(theirs.reports):
        return False
    starts = [day for day in (ours.last_start, theirs.last_start) if day is not None]
    ends = [day for day in (ours.first_end, theirs.first_end) if day is not None]
    if starts and max(starts) - min(ends) > NEIGHBOURS:
        return False
    total = 0.0
    for one in ours.faces:
        for two in theirs.faces:
            if apart(one, two) is not None:
                return False
            total += score(one, two)
    return total >= thresholds().whole * len(ours.faces) * len(theirs.faces)


def _units(seen: Seen, ruled: set[str]) -> tuple[list[Group], list[list[int]]]:
    """Accounts of one face, no two of one report, as one group each; and the groups of each face."""
    groups: list[Group] = []
    of_face: list[list[int]] = []
    limit = thresholds().same
    for its, members in zip(seen.faces, seen.members, strict=True):
        alike = len(members) > 1 and score(its, its) >= limit
        units: dict[object, list[int]] = defaultdict(list)
        times: dict[str, int] = defaultdict(int)
        for at in members:
            claim = seen.accounts[at].claim
            nth = times[claim.report]
            times[claim.report] += 1
            units[nth if alike and claim.id not in ruled else claim.id].append(at)
        of_face.append(list(range(len(groups), len(groups) + len(units))))
        groups += [Group(seen, unit, its) for unit in units.values()]
    return groups, of_face


def _edges(seen: Seen, of_face: Sequence[Sequence[int]]) -> Iterator[tuple[int, int]]:
    """Linked groups, the surest first."""
    found = sorted(linked(seen), key=lambda link: (-round(link[2], 6), link[0], link[1]))
    for one, two, _ in found:
        yield from ((a, b) for a in of_face[one] for b in of_face[two] if a != b)
