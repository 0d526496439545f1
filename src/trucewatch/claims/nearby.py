"""Which other mention of a report most likely tells of the same scene, so that its place holds for one that names none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from trucewatch.claims import same
from trucewatch.claims.draft import Draft
from trucewatch.nouns import Entity

NEAR = 3
"""Sentences within which what happens somewhere gives its place to what has none."""
MANY = 3
"""Mentions at one place that make it the place of a report."""


def nearest(drafts: Sequence[Draft], draft: Draft) -> Draft | None:
    """The draft with a place of its own that tells most likely of the same scene: of those near by one of the same type and
    parties, in a country of theirs, else the nearest, before rather than after; where none is near, one of the place where
    most of them are."""
    at = next(i for i, other in enumerate(drafts) if other is draft)
    placed = [other for other in (*reversed(drafts[:at]), *drafts[at + 1 :]) if other.place and other.tells("place")]
    near = [other for other in placed if abs(other.index - draft.index) <= NEAR]
    if not near:
        return _of_most(placed, draft)
    return max(near, key=lambda other: _in_common(other, draft))  # the first of the best


def _of_most(placed: Sequence[Draft], draft: Draft) -> Draft | None:
    """The first at the place at which ``MANY`` and a third of them are, or all of several in a country of the draft's parties."""
    names = Counter(other.place.name for other in placed if other.place)
    name, times = next(iter(names.most_common(1)), ("", 0))
    first = next((other for other in placed if other.place and other.place.name == name), None)
    all_there = times == len(placed) > 1 and first is not None and _is_of(first, draft)
    return first if all_there or times >= max(MANY, len(placed) / 3) else None


def _in_common(a: Draft, b: Draft) -> int:
    """How much speaks for the place of the one as that of the other: one type, a party of both, and that it lies in the country
    of a party of the other, or between countries."""
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
