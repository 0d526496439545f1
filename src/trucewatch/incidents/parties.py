"""Who takes part, as far as it matters to whether two claims are of one event: named one, camp, kind.

A camp is the side that a party belongs to by the codebook: a state for its organs and its militias, the head of an
umbrella for its groups. The army, its air force and "the government" are one camp; two rebel groups are two.
"""

from __future__ import annotations

import functools
from typing import NamedTuple

from trucewatch import codebook
from trucewatch.codebook import Codebook
from trucewatch.codebook.rows import FIGHTERS, OF_STATES, Actor
from trucewatch.nouns import Entity

_LONGEST = 8
"""Steps from a group to the head of its umbrella; more would be a circle in the table."""

SAME, KIN, OPEN, FELLOW, KIND, OTHER = "same", "kin", "open", "fellow", "kind", "other"
"""One party; one camp; cannot be told; two groups of one country's rebels, who often fight side by side; fighters
against civilians; two camps. The first that holds of any pair of two sides counts."""
LEVELS = (SAME, KIN, OPEN, FELLOW, KIND, OTHER)


class Party(NamedTuple):
    """One who acts or is acted upon."""

    actor: str | None
    """Row of actors.csv."""
    name: str | None
    """Its folded name, where that names one and not a kind ("gunmen")."""
    camp: str | None
    country: str | None
    kind: str | None
    """``fighters`` or ``society``; None where that is not known, and for governments."""
    thing: str | None = None
    """What of society it is, where it is no people: ``EDU place`` for schools, ``CVL equipment`` for cars."""

    @property
    def umbrella(self) -> str | None:
        """``SYR/REB`` for a country's rebels, named or not."""
        return f"{self.country}/REB" if self.kind == "fighters" and self.country and self.camp != self.country else None


@functools.lru_cache(maxsize=65536)
def party(country: str | None, sector: str | None, actor: str | None, name: str) -> Party:
    """What matters of an entity with these values."""
    book = codebook.load()
    kind = None
    if sector is not None and sector not in ("GOV", "JUD", "LEG", "UNK"):
        kind = "fighters" if sector in FIGHTERS else "society"
    named = codebook.fold(name) if actor is not None or name[:1].isupper() else None
    row = book.actors.get(actor or "")
    camp = _camp(book, row) if row else None
    if camp is None and country is not None and sector in OF_STATES:
        camp = country
    role = book.find_role(name) if kind == "society" else None
    thing = f"{sector} {role.kind}" if role and not role.is_people and role.sector == sector else None
    return Party(actor, named, camp or actor, country, kind, thing)


def parties(entities: tuple[Entity, ...]) -> tuple[Party, ...]:
    """The parties of one side, in an order of their own."""
    found = {party(one.country, one.sector, one.actor, one.name) for one in entities}
    return tuple(sorted(found, key=lambda one: tuple(part or "" for part in one)))


@functools.lru_cache(maxsize=8192)
def agreement(ours: tuple[Party, ...], theirs: tuple[Party, ...]) -> str | None:
    """How far two sides agree, by their best pair; None where one of them is not told."""
    levels = {_level(one, two) for one in ours for two in theirs}
    return next((level for level in LEVELS if level in levels), None)


@functools.lru_cache(maxsize=8192)
def other_things(ours: tuple[Party, ...], theirs: tuple[Party, ...]) -> bool:
    """Whether a school was hit by one, and a market or a car by the other; people who were hit may have been in either."""
    mine, other = ({one.thing for one in side if one.thing} for side in (ours, theirs))
    return bool(mine and other) and mine.isdisjoint(other)


def _level(one: Party, two: Party) -> str:
    if one.actor is not None and one.actor == two.actor:
        return SAME
    if one.name is not None and one.name == two.name:
        return SAME
    if one.camp is not None and two.camp is not None:
        if one.camp == two.camp:
            return KIN
        return FELLOW if one.umbrella is not None and one.umbrella == two.umbrella else OTHER
    if {one.kind, two.kind} == {"fighters", "society"}:
        return KIND
    if one.country is not None and two.country is not None and one.country != two.country:
        return OTHER
    if one.camp is None and two.camp is None and one.kind is not None and one.kind == two.kind:
        return KIN if one.country == two.country else OPEN
    camp = one.camp or two.camp
    if camp is not None and camp in (one.country, two.country) and "fighters" in (one.kind, two.kind):
        return _state_or_rebels(one, two)
    return OPEN


def _state_or_rebels(one: Party, two: Party) -> str:
    """A state against fighters without a name: its own, or those it fights, which nobody can tell."""
    state, unnamed = (one, two) if one.camp is not None else (two, one)
    return OTHER if unnamed.country == state.camp else OPEN


def _camp(book: Codebook, row: Actor) -> str:
    """The state or the head of the umbrella that an actor belongs to."""
    for _ in range(_LONGEST):
        row = book.actors.get(row.patron or "", row)
    return row.country if row.country is not None and row.sector in OF_STATES else row.id
