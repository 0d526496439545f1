"""Which other mention of a report most likely tells of the same scene, so that its place holds for one that names none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from trucewatch.claims import same
from trucewatch.claims.draft import Draft
from trucewatch.nouns import Entity

NEAR = 3
"""Sentences within which what happens somewhere gives its place to what has none."""
MANY = 3
"""Mentions at one place that make it the place of a report."""


def nearest(drafts: Sequence[Draft], draft: Draft) -> Draft | None:
    """The draft that most likely tells of the same scene: of those near by, the one with most in common
    (``_in_common``), of equals the nearest, before rather than after. Where none is near, one at the most frequent
    place."""
    at = next(i for i, other in enumerate(drafts) if other is draft)
    placed = [*reversed(drafts[:at]), *drafts[at + 1 :]]
    near = [other for other in placed if abs(other.index - draft.index) <= NEAR]
    if not near:
        return _of_most(placed, draft)
    return max(near, key=lambda other: _in_common(other, draft))  # the first of the best


def _of_most(placed: Sequence[Draft], draft: Draft) -> Draft | None:
    """The first at the place at which ``MANY`` and a third of them are, or all of several in a country of the draft's parties."""
    told: dict[str, list[Draft]] = defaultdict(list)
    for other in placed:
        if other.place:
            told[other.place.name].append(other)
    most = max(told.values(), key=len, default=[])
    all_there = len(most) == len(placed) > 1 and _is_of(most[0], draft)
    return most[0] if all_there or len(most) >= max(MANY, len(placed) / 3) else None


def _in_common(a: Draft, b: Draft) -> int:
    """The evidence that two events were at one place: the same type, a common party, and that the place lies in the
    country of a party, or between countries."""
    party = any(_alike(p.entity, q.entity) for p in a.parties for q in b.parties)
    return (a.mention.type == b.mention.type) + party + _is_of(a, b)


def _is_of(placed: Draft, draft: Draft) -> bool:
    """Whether the place of the one lies in the country of a party of the other, or in a region that is no single country's."""
    place = placed.place
    if place is None or place.country is None:
        return place is not None and place.precision is not None
    return place.country in {party.entity.country for party in draft.parties}


def _alike(a: Entity, b: Entity) -> bool:
    """One entity, as far as can be told; "militants" are none of those known by name."""
    return same.same_entity(a, b) if (a.actor is None) == (b.actor is None) else a.name == b.name
