"""Lists of events of one kind, a line each: "Near Palmyra, two strikes destroyed a tank"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from trucewatch.claims.arcs import CERTAIN
from trucewatch.claims.draft import Draft, Party
from trucewatch.claims.same import same_word

BEFORE = "rule line of a list"
NEXT = 3
"""Sentences from one line to the next, a heading between them."""


def carry_parties(drafts: Sequence[Draft]) -> None:
    """In a list of events counted line by line, the striker of earlier lines strikes in lines that name nobody, or only
    aircraft; and the owner of earlier targets owns the vehicles and units that are hit."""
    last: Draft | None = None
    enemy: tuple[Party, ...] = ()
    for draft in drafts:
        if draft.mention.type != "ASSAULT" or not draft.number:
            continue
        goes_on = last is not None and draft.index - last.index <= NEXT and same_word(last, draft)
        if last and goes_on and all(map(_is_guessed, draft.actors)):
            draft.actors = _carried(last.actors)
            if all(_is_guessed(one) and (one.is_thing or one.entity.sector == "MIL") for one in draft.recipients):
                draft.recipients = _carried(enemy) or draft.recipients
        if draft.actors:
            last = draft
            enemy = tuple(one for one in draft.recipients if one.entity.actor) or (enemy if goes_on else ())


def _is_guessed(party: Party) -> bool:
    return party.entity.actor is None and party.is_of_guessed_country


def _carried(parties: Sequence[Party]) -> tuple[Party, ...]:
    return tuple(replace(one, because=one.reasons_with("", BEFORE), score=min(one.score, CERTAIN)) for one in parties)
