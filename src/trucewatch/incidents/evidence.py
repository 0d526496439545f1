"""Why an incident's claims are together: the pairs that hold it, each with its features, and what people ruled."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from trucewatch.incidents.face import Face, face
from trucewatch.incidents.links import Pairs, pair, two_of_one_report
from trucewatch.incidents.score import apart, features, questions, score, thresholds, verdict, weights
from trucewatch.nouns import Account, Noun

APART = -99.0
"""Log-odds by which pairs that are apart are ordered."""
DOUBTS = 20
"""Pairs shown that do not look like one event, or that people ruled on."""


class Feature(Noun):
    """One thing that speaks for or against one event."""

    name: str
    value: float
    weight: float

    @property
    def points(self) -> float:
        """What it adds to the log-odds."""
        return self.value * self.weight


class Link(Noun):
    """Two claims, and how like one event they look."""

    one: str
    """Id of the claim that came in earlier."""
    two: str
    verdict: str
    """``same``, ``unsure`` or ``different`` by score; ``apart`` where something rules one event out."""
    log_odds: float | None = None
    features: tuple[Feature, ...] = ()
    """The weightiest first."""
    because: str | None = None
    """Why they are apart."""
    ruled: str | None = None
    """``same`` or ``different``, where a person has said so."""

    @property
    def by_question(self) -> list[tuple[str, float, str]]:
        """The points added up by the field that they are about, the weightiest first, each with its features in words."""
        found: dict[str, list[Feature]] = defaultdict(list)
        for one in self.features:
            found[questions()[one.name]].append(one)
        summed = [
            (of, sum(one.points for one in its), ", ".join(f"{one.name} {one.points:+.1f}" for one in its))
            for of, its in found.items()
        ]
        return sorted(summed, key=lambda entry: -abs(entry[1]))


class Why(Noun):
    """The evidence of an incident."""

    held_by: tuple[Link, ...]
    """For each claim after the first, its strongest pair with an earlier one."""
    doubts: tuple[Link, ...]
    """Other pairs that people ruled on, or that look different or apart: the worst first, at most twenty."""


class Told(NamedTuple):
    """An account with its face."""

    account: Account
    face: Face

    @property
    def id(self) -> str:
        return self.account.claim.id


def why(accounts: Sequence[Account], must: Pairs, cannot: Pairs) -> Why:
    """The evidence of an incident whose accounts these are."""
    every = [Told(one, face(one)) for one in sorted(accounts, key=lambda one: (one.order, one.claim.id))]
    ruled = dict.fromkeys(must, "same") | dict.fromkeys(cannot, "different")
    held: list[Link] = []
    doubts: list[tuple[bool, float, int, int]] = []
    for at, two in enumerate(every[1:], 1):
        strengths = [_strength(one, two, ruled) for one in every[:at]]
        strongest = strengths.index(max(strengths))
        held.append(_link(every[strongest], two, ruled))
        for earlier, (_, log_odds) in enumerate(strengths):
            word = ruled.get(pair(every[earlier].id, two.id))
            if earlier != strongest and (word or log_odds <= thresholds().different):
                doubts.append((word is None, log_odds, earlier, at))
    worst = [_link(every[one], every[two], ruled) for _, _, one, two in heapq.nsmallest(DOUBTS, doubts)]
    return Why(held_by=tuple(held), doubts=tuple(worst))


def _strength(one: Told, two: Told, ruled: Mapping[tuple[str, str], str]) -> tuple[bool, float]:
    """What a person ruled to be one goes before the score; what is apart has the lowest."""
    log_odds = APART if _apart(one, two) else score(one.face, two.face)
    return ruled.get(pair(one.id, two.id)) == "same", log_odds


def _apart(one: Told, two: Told) -> str | None:
    if two_of_one_report(one.account, two.account):
        return "one report tells of both"
    return apart(one.face, two.face)


def _link(one: Told, two: Told, ruled: Mapping[tuple[str, str], str]) -> Link:
    known, reason = weights(), _apart(one, two)
    values = features(one.face, two.face)
    found = [Feature(name=name, value=value, weight=known[name]) for name, value in values.items()]
    found.sort(key=lambda feature: -abs(feature.points))
    total = score(one.face, two.face)
    return Link(
        one=one.id,
        two=two.id,
        verdict=verdict(total) if reason is None else "apart",
        log_odds=None if reason else total,
        features=tuple(feature for feature in found if feature.points),
        because=reason,
        ruled=ruled.get(pair(one.id, two.id)),
    )
