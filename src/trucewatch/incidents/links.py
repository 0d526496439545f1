"""Which accounts are linked: compared because they share a key, and scored as the same event, or ruled to be it.

Two accounts that are surely one event are linked whatever else there is. Of those that it may be one event with, an account
is linked to the likeliest alone. So the links are the same in any order of arrival, and a new account changes only the
components of accounts that it may be one event with.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from trucewatch.incidents.blocking import loose, near
from trucewatch.incidents.face import Face, face
from trucewatch.incidents.score import apart, least, score, thresholds
from trucewatch.nouns import Account

Pairs = frozenset[tuple[str, str]]
"""Pairs of claim ids, the smaller id first."""
Watched = Callable[[Sequence[Face]], Iterator[Face]]
"""Gives the faces on, one by one as they are compared, and may say how far that is."""


class Seen:
    """Accounts by face: what looks the same is compared once, however often a wire story was copied."""

    def __init__(self, accounts: Sequence[Account], cannot: Pairs = frozenset()) -> None:
        self.accounts = accounts
        self._cannot = cannot
        self._ruled = {claim for two in cannot for claim in two}
        numbers: dict[Face, int] = {}
        self.members: list[list[int]] = []
        """Positions of the accounts with each face."""
        for at, account in enumerate(accounts):
            number = numbers.setdefault(face(account), len(numbers))
            if number == len(self.members):
                self.members.append([])
            self.members[number].append(at)
        self.faces = list(numbers)

    def pairs(self, first: int | None = None, watched: Watched = iter) -> Iterator[tuple[int, int]]:
        """Each two faces that share a key, once; if ``first`` accounts are given, those that one of them and another have."""
        blocks: dict[str, list[int]] = defaultdict(list)
        vague: dict[str, list[int]] = defaultdict(list)
        new, others = (len(self.accounts), 0) if first is None else (first, first)
        for at, its in enumerate(watched(self.faces)):
            met: set[int] = set()
            meets = self.members[at][0] < new
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
                if self.members[at][-1] >= others or self.members[other][-1] >= others:
                    yield other, at

    def joinable(self, one: int, two: int) -> Iterator[tuple[Sequence[int], Sequence[int]]]:
        """Of two faces, accounts each of which may join each of some others: both whole where nothing is against it.

        Two claims of one report do not join, for the coder held them to be two events, but for a second voice's figure; nor do
        two that a person ruled to be different.
        """
        ours, theirs = self.members[one], self.members[two]
        claims = [self.accounts[at].claim for at in (ours if one == two else (*ours, *theirs))]
        if len({claim.report for claim in claims}) == len(claims) and not any(c.id in self._ruled for c in claims):
            yield ours, theirs
            return
        for here in ours:
            for there in theirs:
                if here != there and self._may_join(here, there):
                    yield (here,), (there,)

    def _may_join(self, one: int, two: int) -> bool:
        ours, theirs = self.accounts[one], self.accounts[two]
        return not two_of_one_report(ours, theirs) and pair(ours.claim.id, theirs.claim.id) not in self._cannot


def linked(
    seen: Seen,
    first: int | None = None,
    settled: Callable[[int, int], bool] = lambda one, two: False,
    watched: Watched = iter,
) -> Iterator[tuple[int, int, float]]:
    """Faces (as in ``Seen.pairs``) that may be one event, each also with itself, and their log-odds; not the settled."""
    limit = thresholds().same
    for at, its in enumerate(seen.faces):
        if len(seen.members[at]) > 1 and (value := score(its, its)) >= limit:
            yield at, at, value
    for one, two in seen.pairs(first, watched):
        ours, theirs = seen.faces[one], seen.faces[two]
        if settled(one, two) or apart(ours, theirs):
            continue
        if (value := score(ours, theirs)) >= least(ours, theirs):
            yield one, two, value


class Likeness:
    """How like one event faces look: log-odds of each two that may be one."""

    def __init__(self) -> None:
        self._known: dict[Face, dict[Face, float]] = defaultdict(dict)

    def keep(self, one: Face, two: Face, value: float) -> None:
        """Note what was found for two."""
        self._known[one][two] = self._known[two][one] = value

    def among(self, faces: Sequence[Face]) -> dict[tuple[int, int], float]:
        """What is known of these, by their positions, the lower first."""
        at = {its: number for number, its in enumerate(faces)}
        found = {}
        for its, one in at.items():
            for other, value in self._known.get(its, {}).items():
                if (two := at.get(other, -1)) >= one:
                    found[one, two] = value
        return found


class Unions:
    """Disjoint sets of positions (of accounts, or of groups of them): which are connected, directly or through others."""

    def __init__(self, number: int) -> None:
        self._parent = list(range(number))

    def root(self, at: int) -> int:
        """The representative of the group that one is in: its first member."""
        parent = self._parent
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    def unite(self, *some: int) -> None:
        """Put some into one set."""
        roots = [self.root(at) for at in some]
        first = min(roots)
        for root in roots:
            self._parent[root] = first


def met(seen: Seen, first: int) -> Unions:
    """What each of the ``first`` accounts holds together with those of the others that it may be one event with."""
    unions = Unions(len(seen.accounts))

    def settled(one: int, two: int) -> bool:
        ours, theirs = seen.members[one], seen.members[two]
        return len(ours) == len(theirs) == 1 and unions.root(ours[0]) == unions.root(theirs[0])

    for one, two, _ in linked(seen, first, settled):
        for ours, theirs in seen.joinable(one, two):
            unions.unite(*ours, *theirs)
    return unions


def joined(seen: Seen, likeness: Likeness, watched: Watched = iter) -> Unions:
    """What links hold together; keeps each pair's log-odds in ``likeness``."""
    unions = Unions(len(seen.accounts))
    sure = thresholds().sure
    likeliest: dict[int, float] = {}
    unsure = []
    for one, two, value in linked(seen, watched=watched):
        likeness.keep(seen.faces[one], seen.faces[two], value)
        for ours, theirs in seen.joinable(one, two):
            if value >= sure:
                unions.unite(*ours, *theirs)
                continue
            unsure.append((ours, theirs, value))
            for at in (*ours, *theirs):
                likeliest[at] = max(value, likeliest.get(at, value))
    for ours, theirs, value in unsure:
        for some, others in ((ours, theirs), (theirs, ours)):
            if leaning := [at for at in some if likeliest[at] == value]:
                unions.unite(*leaning, *others)
    return unions


def two_of_one_report(one: Account, two: Account) -> bool:
    """Whether one report tells of both as two events: not where one is no more than another voice's figure of the other, whose
    place and day it has ("13 were killed, the rescuers say")."""
    ours, theirs = one.claim, two.claim
    if ours.report != theirs.report:
        return False
    scenes = {(its.type, its.status, its.place and its.place.name, its.time) for its in (ours, theirs)}
    other_voice = len(scenes) == 1 and ours.attributed_to != theirs.attributed_to
    return not (other_voice and (_only_counts(one) or _only_counts(two)))


def _only_counts(account: Account) -> bool:
    """Whether it tells how many were hurt, and neither how, by whom nor, in its own words, where."""
    claim = account.claim
    tells = claim.mode or claim.actors or claim.place is None or claim.place.text in account.sentence
    return not tells and (claim.killed or claim.injured) is not None


def pair(one: str, two: str) -> tuple[str, str]:
    """Two claim ids as judgements have them."""
    return (one, two) if one < two else (two, one)
