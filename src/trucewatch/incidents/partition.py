"""A component's accounts parted into incidents: the surest links first, and never against what is known of the whole.

Two groups become one where a link joins them, their accounts score as one event on average, no two of them are apart
(so an undated claim never joins the dated incidents on both its sides), no report tells of both as two, and no person has
ruled otherwise. Where that is less than sure, neither may be about as like a third that is another event: a vague claim that
fits two events as well joins neither.

What people ruled to be one event is joined before all else; against a ruling that two are different, nothing joins them.
"""

from __future__ import annotations

import functools
import itertools
import math
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence

from trucewatch.incidents.links import Likeness, Pairs, Seen, Unions, two_of_one_report
from trucewatch.incidents.score import NEIGHBOURS, apart, at_odds, elsewhere, score, thresholds
from trucewatch.nouns import Account

COMPARED = 8
"""Faces of a group that speak for how like another it is; whether anything is apart is asked of all."""
MARGIN = 2.0
"""Log-odds by which a likeness that is not sure must exceed that to any other event: seven to one."""


class Group:
    """Accounts that are held to be of one event."""

    def __init__(self, seen: Seen, members: Sequence[int], number: int) -> None:
        its = seen.faces[number]
        self.members = list(members)
        self.ids = {seen.accounts[at].claim.id for at in members}
        self.reports = {seen.accounts[at].claim.report: [seen.accounts[at]] for at in members}
        """Of each report what it tells of it."""
        self.faces = [number]
        self.bits = 1 << number
        """Its faces as a set."""
        # Spans of days that meet pairwise have a day in common, so the last start and the first end tell all.
        self.last_start, self.first_end = its.first, None if its.first is None else its.last

    def take(self, other: Group) -> None:
        """Become one with another."""
        self.members += other.members
        self.ids |= other.ids
        for report, told in other.reports.items():
            self.reports.setdefault(report, []).extend(told)
        self.faces += other.faces
        self.bits |= other.bits
        self.last_start = max((day for day in (self.last_start, other.last_start) if day is not None), default=None)
        self.first_end = min((day for day in (self.first_end, other.first_end) if day is not None), default=None)

    def tells_apart(self, other: Group) -> bool:
        """Whether one report tells of both, as two events."""
        both = self.reports.keys() & other.reports.keys()
        pairs = (two for report in both for two in itertools.product(self.reports[report], other.reports[report]))
        return any(two_of_one_report(*two) for two in pairs)


def partition(accounts: Sequence[Account], likeness: Likeness, must: Pairs, cannot: Pairs) -> list[list[Account]]:
    """The incidents of a component, each as its accounts; the same in whatever order they are given."""
    if len(accounts) == 1:
        return [list(accounts)]
    seen = Seen(sorted(accounts, key=lambda account: account.claim.id))
    table = _Table(seen, likeness)
    groups, of_face = _units(seen, {claim for two in (*must, *cannot) for claim in two})
    edges = [(a, b) for one, two in table.links for a in of_face[one] for b in of_face[two] if a != b]
    parts = _Parts(groups, table, cannot)
    parts.link(edges)
    at = {claim: number for number, group in enumerate(groups) for claim in group.ids}
    for first, second in sorted(must):
        if first in at and second in at:
            parts.rule(at[first], at[second])
    for one, two in edges:
        parts.join(one, two)
    return [[seen.accounts[member] for member in group.members] for group in parts.groups()]


class _Table:
    """How like one event the faces of a component look, each two of them scored once."""

    def __init__(self, seen: Seen, likeness: Likeness) -> None:
        self._seen = seen
        self._known = likeness.among(seen.faces)
        told_twice = [pair for pair in self._known if pair[0] != pair[1] or len(seen.members[pair[0]]) > 1]
        self.links = sorted(told_twice, key=lambda pair: (self._is_denial(pair), -round(self._known[pair], 6), pair))
        """The faces that may be one event, the surest first: deeds before denials, lest one report's denial keep the deed that it
        denies from another's telling of it."""
        self._scenes: dict[Hashable, int] = defaultdict(int)
        """The faces of each scene, as a set of bits."""
        self._realities: dict[str, int] = defaultdict(int)
        for number, its in enumerate(seen.faces):
            self._scenes[its.scene] |= 1 << number
            self._realities[its.reality] |= 1 << number
        self._barred = functools.cache(self._apart_from)
        self._elsewhere = functools.cache(self._of_other_scenes)

    def _is_denial(self, pair: tuple[int, int]) -> bool:
        """Whether one of two denies what the other tells."""
        return len({self._seen.faces[at].reality == "denied" for at in pair}) > 1

    def of(self, ours: Group, theirs: Group) -> float:
        """The mean log-odds of two groups; minus infinity where any two of their accounts are apart."""
        if self._are_apart(ours, theirs):
            return -math.inf
        total, some, others = 0.0, ours.faces[:COMPARED], theirs.faces[:COMPARED]
        for one in some:
            for two in others:
                pair = (one, two) if one < two else (two, one)
                value = self._known.get(pair)
                if value is None:
                    value = self._known[pair] = self._scored(*pair)
                if value == -math.inf:
                    return value
                total += value
        return total / (len(some) * len(others))

    def _are_apart(self, ours: Group, theirs: Group) -> bool:
        """Whether any two of their faces are apart; left to the score where it meets them all."""
        fewer, more = sorted((ours, theirs), key=lambda group: len(group.faces))
        return len(more.faces) > COMPARED and any(self._barred(face) & more.bits for face in fewer.faces)

    def _apart_from(self, one: int) -> int:
        """The faces that are apart from one, as a set of bits: it is asked for again with each two groups."""
        its = self._seen.faces[one]
        barred = self._elsewhere(its.scene)
        alike = its.reality != "denied"  # two denials may be of two deeds
        others = sum(bits for reality, bits in self._realities.items() if not alike or reality != its.reality)
        return barred | sum(1 << two for two in _numbers(others & ~barred) if at_odds(its, self._seen.faces[two]))

    def _of_other_scenes(self, scene: Hashable) -> int:
        """The faces of the scenes that are not one event's with this one."""
        faces = self._seen.faces
        its, others = faces[_first(self._scenes[scene])], self._scenes.values()
        return sum(bits for bits in others if elsewhere(its, faces[_first(bits)]))

    def _scored(self, one: int, two: int) -> float:
        ours, theirs = self._seen.faces[one], self._seen.faces[two]
        return -math.inf if apart(ours, theirs) else score(ours, theirs)


def _first(bits: int) -> int:
    """The lowest number in a set of bits."""
    return (bits & -bits).bit_length() - 1


def _numbers(bits: int) -> Iterator[int]:
    """Those in a set of bits."""
    while bits:
        yield _first(bits)
        bits &= bits - 1


class _Parts:
    """Groups that grow together."""

    def __init__(self, groups: list[Group], table: _Table, cannot: Pairs) -> None:
        self._groups: dict[int, Group] = dict(enumerate(groups))
        self._table = table
        self._linked: dict[int, set[int]] = defaultdict(set)
        self._refused: dict[int, set[int]] = defaultdict(set)
        self._unions = Unions(len(groups))
        self._barred: dict[str, set[str]] = defaultdict(set)
        for one, two in cannot:
            self._barred[one].add(two)
            self._barred[two].add(one)

    def groups(self) -> list[Group]:
        """Those that there are now."""
        return list(self._groups.values())

    def link(self, edges: Iterable[tuple[int, int]]) -> None:
        """Say which groups may be one event."""
        for one, two in edges:
            self._linked[one].add(two)
            self._linked[two].add(one)

    def rule(self, one: int, two: int) -> None:
        """Join two groups by a person's word, unless a person's word parts them."""
        one, two = self._unions.root(one), self._unions.root(two)
        if one != two and not self._parted(self._groups[one], self._groups[two]):
            self._unite(one, two)

    def join(self, one: int, two: int) -> None:
        """Join two groups if nothing is against it. What was refused once stays refused."""
        one, two = self._unions.root(one), self._unions.root(two)
        if one == two or two in self._refused[one]:
            return
        if self._are_one(one, two):
            self._unite(one, two)
        else:
            self._refused[one].add(two)
            self._refused[two].add(one)

    def _are_one(self, one: int, two: int) -> bool:
        value = self._alike(one, two)
        if value < thresholds().whole:
            return False
        return value >= thresholds().sure or not (self._rivalled(one, two, value) or self._rivalled(two, one, value))

    def _alike(self, one: int, two: int) -> float:
        """The mean log-odds of two groups; minus infinity where something rules one event out."""
        ours, theirs = self._groups[one], self._groups[two]
        return self._table.of(ours, theirs) if self._may_be_one(ours, theirs) else -math.inf

    def _rivalled(self, one: int, two: int, value: float) -> bool:
        """Whether the first is about as like a third as like the second, and the third is not one with the second.

        What one report tells twice in all but name ("stormed", "captured") is no choice: the likelier is joined.
        """
        theirs = self._groups[two]
        for third in self._linked[one] - {two}:
            if self._alike(one, third) > value - MARGIN and self._alike(two, third) < thresholds().whole:
                other = self._groups[third]
                if theirs.reports.keys().isdisjoint(other.reports) or self._table.of(theirs, other) < thresholds().sure:
                    return True
        return False

    def _may_be_one(self, ours: Group, theirs: Group) -> bool:
        if ours.tells_apart(theirs) or self._parted(ours, theirs):
            return False
        starts = [day for day in (ours.last_start, theirs.last_start) if day is not None]
        ends = [day for day in (ours.first_end, theirs.first_end) if day is not None]
        return not starts or max(starts) - min(ends) <= NEIGHBOURS

    def _parted(self, ours: Group, theirs: Group) -> bool:
        if not self._barred:
            return False
        fewer, more = sorted((ours.ids, theirs.ids), key=len)
        return any(self._barred[claim] & more for claim in fewer if claim in self._barred)

    def _unite(self, one: int, two: int) -> None:
        kept, gone = min(one, two), max(one, two)
        self._groups[kept].take(self._groups.pop(gone))
        for beside in (self._linked, self._refused):
            for other in beside.pop(gone, ()):
                beside[other].discard(gone)
                if other != kept:
                    beside[other].add(kept)
                    beside[kept].add(other)
        self._unions.unite(kept, gone)


def _units(seen: Seen, ruled: set[str]) -> tuple[list[Group], list[list[int]]]:
    """Accounts of one face, no two of one report, as one group each; and the groups of each face."""
    groups: list[Group] = []
    of_face: list[list[int]] = []
    limit = thresholds().same
    for number, (its, members) in enumerate(zip(seen.faces, seen.members, strict=True)):
        alike = len(members) > 1 and score(its, its) >= limit
        units: dict[object, list[int]] = defaultdict(list)
        times: dict[str, int] = defaultdict(int)
        for at in members:
            claim = seen.accounts[at].claim
            nth = times[claim.report]
            times[claim.report] += 1
            units[nth if alike and claim.id not in ruled else claim.id].append(at)
        of_face.append(list(range(len(groups), len(groups) + len(units))))
        groups += [Group(seen, unit, number) for unit in units.values()]
    return groups, of_face
