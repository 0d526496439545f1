"""Who speaks of a truce: the standing of those whom reports name, and what its own table has announced."""

from __future__ import annotations

import datetime as dt

from trucewatch.codebook import Codebook, fold
from trucewatch.codebook.rows import OF_STATES
from trucewatch.nouns import Entity
from trucewatch.truces.declared import MEDIATOR, Agreed, Announcement, Who
from trucewatch.truces.parties import Roll
from trucewatch.truces.terms import Truce


def speakers(truce: Truce, book: Codebook) -> Who:
    """Name and capacity of whom a report names, by actor, by name, or by the name of a state."""
    roll = Roll(truce, book)
    mediators = {fold(said): roll.name(one) for one in truce.mediators for said in _called(one, book)}

    def who(entity: Entity, on: dt.date) -> tuple[str, str] | None:
        known = entity if entity.actor or entity.country else looked_up(entity, book, on)
        party = roll.find(known, on)
        if party is not None:
            return roll.name(party.actor), party.capacity.value
        names = [fold(name) for name in (known.actor, entity.name, known.name) if name]
        names += [fold(one) for one in truce.mediators if _acts_for(known, one, book)]
        return next(((mediators[name], MEDIATOR) for name in names if name in mediators), None)

    return who


def tabled(truce: Truce, book: Codebook) -> tuple[Announcement, ...]:
    """What the truce's own table has announced, each with the capacity of who said it."""
    who = speakers(truce, book)
    found = []
    for one in truce.announcements:
        row = book.actors.get(one.by)
        name = row.name if row else one.by
        standing = who(Entity(text=name, name=name, actor=one.by), one.on.first)
        found.append(
            Announcement(
                day=one.on.first,
                act=one.act,
                by=standing[0] if standing else name,
                capacity=standing[1] if standing else None,
                until=one.until.last if one.until else None,
                row=truce.where,
            )
        )
    return tuple(found)


def agreed(truce: Truce) -> Agreed | None:
    """From when and until when a truce was agreed on; None where no day is known on which it took effect."""
    start = truce.start
    if start is None:
        return None
    return Agreed(effective=start.first, last=truce.runs_until.last if truce.runs_until else None)


def _acts_for(entity: Entity, actor: str, book: Codebook) -> bool:
    """Whether an entity without a row of its own acts for the state whose government an actor is."""
    row = book.actors.get(actor)
    return (
        row is not None
        and row.sector == "GOV"
        and (entity.actor, entity.country) == (None, row.country)
        and entity.sector in OF_STATES
    )


def _called(actor: str, book: Codebook) -> tuple[str, ...]:
    """An actor's id and name, and those of the body that it is an office of (the UN's envoy speaks for the UN)."""
    row = book.actors.get(actor)
    if row is None:
        return (actor,)
    of = book.actors.get(row.patron or "")
    return (actor, row.name, of.id, of.name) if of and of.kind == row.kind == "igo" else (actor, row.name)


def looked_up(entity: Entity, book: Codebook, on: dt.date | None) -> Entity:
    """A mere name as the codebook has it; the name of a state, or of one who leads it, stands for its government,
    and that of one who leads an armed body for this."""
    actor = book.find_actor(entity.name, on)
    if actor is not None:
        return Entity(text=entity.text, name=actor.name, actor=actor.id, country=actor.country, sector=actor.sector)
    if leader := book.find_leader(entity.name, on):
        if office := book.find_actor(leader.office, on) or book.led_by(leader, on):
            return Entity(text=entity.text, name=office.name, actor=office.id, country=office.country)
        return Entity(text=entity.text, name=leader.name, country=leader.country, sector=leader.sector)
    word = book.find_country(entity.name)
    return Entity(text=entity.text, name=entity.name, country=word.country, sector="GOV") if word else entity
