"""Whom a truce leaves unprotected: whether an incident's targets are carved out, as part of its reason."""

from __future__ import annotations

from typing import NamedTuple

from trucewatch.codebook import fold
from trucewatch.english import Said, joined, said
from trucewatch.nouns import Entity, Incident
from trucewatch.truces.parties import Roll
from trucewatch.truces.terms import CarveOut


class Carved(NamedTuple):
    """What a carve-out says of those who were hit, and whether it covers all of them."""

    words: Said
    whole: bool


def carved(incident: Incident, roll: Roll) -> Carved | None:
    """What the truce's carve-outs say of those who were hit; None where they say nothing."""
    hit = [(entity, covering(entity, incident, roll)) for entity in incident.recipients]
    covered = [(entity, carve_out) for entity, carve_out in hit if carve_out]
    if covered:
        carve_out = covered[0][1]
        who, others = tuple(one.name for one, _ in covered), tuple(one.name for one, found in hit if not found)
        by = roll.names(carve_out.claimed_by)
        words = [said("the target, {who}, is carved out by the {text}", who=who, text=carve_out.stands_in)]
        if by:
            words += [said("as {by} claim", "as {by} claims", by=by, n=len(by))]
        if others:
            words += [said("but not {others}", others=others)]
        return Carved(joined(*words), whole=not others)
    called = [entity for entity, _ in hit if entity.actor is None and _is_called(entity, roll)]
    if called:
        unnamed = said(
            "the target is called {words} and no group is named, so that no carve-out is shown",
            words=repr(called[0].name),
        )
        return Carved(unnamed, whole=False)
    return None


def covering(entity: Entity, incident: Incident, roll: Roll) -> CarveOut | None:
    """The carve-out that covers a target of an incident's actors."""
    on = incident.time.start if incident.time else None
    for carve_out in roll.truce.carve_outs:
        acting = [roll.find(actor, on) for actor in incident.actors]
        relies = not carve_out.by or all(party and party.actor in carve_out.by for party in acting)
        if relies and roll.is_one_of(entity, carve_out.targets):
            return carve_out
    return None


def _is_called(entity: Entity, roll: Roll) -> bool:
    return any(fold(entity.name) == fold(word) for one in roll.truce.carve_outs for word in one.words)
