"""What is denied in so many words and not told again: who "denied *it*", or *responsibility*, denies the deed told last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import msgspec

from trucewatch.claims.draft import Draft, Party, Sourced
from trucewatch.claims.same import same_entity
from trucewatch.codebook.rows import OF_STATES

NEAR = 3
"""Passages back from a denial in which what is denied is looked for."""
_ROW = "triggers.csv:assault-denied-bare"
_FIELDS = ("type", "mode", "place", "time")


def with_deeds(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts, a bare denial with the deed that it denies, and said by who denies it; without those that deny nothing told."""
    told: list[Draft] = []
    for draft in drafts:
        if draft.reasons["type"].because != _ROW:
            told.append(draft)
        elif deed := _deed(told, draft):
            told.append(_of(deed, draft))
    return told


def _deed(before: Sequence[Draft], denial: Draft) -> Draft | None:
    """What somebody denies: of the deeds told near by the last that is blamed on him; else the last by nobody who is known."""
    near = [one for one in reversed(before) if denial.index - one.index <= NEAR and one.mention.status != "denied"]
    ours = (one for one in near if _is_laid_to(one, denial))
    nobodys = (one for one in near if one.mention.type == "ASSAULT" and not any(map(_is_known, one.actors)))
    return next(ours, None) or next(nobodys, None)


def _is_known(party: Party) -> bool:
    return party.entity.actor is not None or party.entity.sector in OF_STATES


def _is_laid_to(deed: Draft, denial: Draft) -> bool:
    return any(same_entity(one.entity, other.entity) for one in deed.actors for other in denial.actors)


def _of(deed: Draft, denial: Draft) -> Draft:
    """A denial as one of a deed, of which it has all that it does not tell itself."""
    mention = msgspec.structs.replace(denial.mention, type=deed.mention.type, mode=deed.mention.mode)
    why = f"rule denied, of sentence {deed.index + 1}"
    its = {field: Sourced(*deed.trigger, why, own=False) for field in _FIELDS}
    return replace(
        denial,
        mention=mention,
        recipients=deed.recipients,
        place=deed.place,
        time=deed.time,
        reasons={**denial.reasons, **its},
    )
