"""Why an incident's claims are together: the pairs that hold it, each with its features, and what people ruled."""

from __future__ import annotations

from collections.abc import Sequence

from trucewatch.incidents.face import face
from trucewatch.incidents.links import Pairs, pair
from trucewatch.incidents.score import apart, features, score, verdict, weights
from trucewatch.nouns import Account, Noun

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


class Why(Noun):
    """The evidence of an incident."""

    held_by: tuple[Link, ...]
    """For each claim after the first, its strongest pair with an earlier one."""
    doubts: tuple[Link, ...]
    """Other pairs that people ruled on, or that look different or apart: the worst first, at most twenty."""


def why(accounts: Sequence[Account], must: Pairs, cannot: Pairs) -> Why:
    """The evidence of an incident whose accounts these are."""
    every = sorted(accounts, key=lambda account: (account.order, account.claim.id))
    held, doubts = [], []
    for at, account in enumerate(every):
        pairs = [_link(earlier, account, must, cannot) for earlier in every[:at]]
        pairs.sort(key=_strength, reverse=True)
        held += pairs[:1]
        doubts += [one for one in pairs[1:] if one.ruled or one.verdict in ("different", "apart")]
        doubts = sorted(doubts, key=lambda one: (one.ruled is None, _strength(one)))[:DOUBTS]
    return Why(held_by=tuple(held), doubts=tuple(doubts))


def _link(one: Account, two: Account, must: Pairs, cannot: Pairs) -> Link:
    ids = pair(one.claim.id, two.claim.id)
    ruled = "different" if ids in cannot else "same" if ids in must else None
    ours, theirs = face(one), face(two)
    reason = "one report tells of both" if one.claim.report == two.claim.report else apart(ours, theirs)
    known = weights()
    found = [Feature(name=name, value=value, weight=known[name]) for name, value in features(ours, theirs).items()]
    found.sort(key=lambda feature: -abs(feature.points))
    total = score(ours, theirs)
    return Link(
        one=one.claim.id,
        two=two.claim.id,
        verdict=verdict(total) if reason is None else "apart",
        log_odds=None if reason else total,
        features=tuple(feature for feature in found if feature.points),
        because=reason,
        ruled=ruled,
    )


def _strength(link: Link) -> tuple[bool, float]:
    return link.ruled == "same", -99.0 if link.log_odds is None else link.log_odds
