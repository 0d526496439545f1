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
    parties, else the nearest, before rather than after; where none is near, one of the place where most of them are."""
    at = next(i for i, other in enumerate(drafts) if other is draft)
    placed = [other for other in (*reversed(drafts[:at]), *drafts[at + 1 :]) if other.place and other.tells("place")]
    near = [other for other in placed if abs(other.index - draft.index) <= NEAR]
    return max(near, key=lambda other: _in_common(other, draft)) if near else _of_most(placed)  # the first of the best


def _of_most(placed: Sequence[Draft]) -> Draft | None:
    """The first at the place at which a third of them are, and no fewer than ``MANY``."""
    names = Counter(other.place.name for other in placed if other.place)
    name, times = next(iter(names.most_common(1)), ("", 0))
    if times < max(MANY, len(placed) / 3):
        return None
    return next(other for other in placed if other.place and other.place.name == name)


def _in_common(a: Draft, b: Draft) -> int:
    """Type and a party: how many of the two are the same."""
    party = any(_alike(p.entity, q.entity) for p in a.parties for q in b.parties)
    return (a.mention.type == b.mention.type) + party


def _alike(a: Entity, b: Entity) -> bool:
    """One entity, as far as can be told; "militants" are none of those known by name."""
    return same.same_entity(a, b) if (a.actor is None) == (b.actor is None) else a.name == b.name
