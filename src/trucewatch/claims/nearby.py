"""Which other mention of a report most likely tells of the same scene, so that its place holds for one that names none."""

from __future__ import annotations

from collections.abc import Sequence

from trucewatch.claims import same
from trucewatch.claims.draft import Draft
from trucewatch.nouns import Entity

NEAR = 3
"""Sentences within which what was told of the same parties gives its place to what has none."""


def nearest(drafts: Sequence[Draft], draft: Draft) -> Draft | None:
    """The draft with a place of its own that tells most likely of the same scene: of those near by one of the same type
    and parties, else the nearest, before rather than after."""
    at = next(i for i, other in enumerate(drafts) if other is draft)
    placed = [other for other in (*reversed(drafts[:at]), *drafts[at + 1 :]) if other.place and other.tells("place")]
    near = [other for other in placed if abs(other.index - draft.index) <= NEAR]
    return max(near or placed[:1], key=lambda other: _in_common(other, draft), default=None)  # the first of the best


def _in_common(a: Draft, b: Draft) -> int:
    """Type and a party: how many of the two are the same."""
    party = any(_alike(p.entity, q.entity) for p in a.parties for q in b.parties)
    return (a.mention.type == b.mention.type) + party


def _alike(a: Entity, b: Entity) -> bool:
    """One entity, as far as can be told; "militants" are none of those known by name."""
    return same.same_entity(a, b) if (a.actor is None) == (b.actor is None) else a.name == b.name
