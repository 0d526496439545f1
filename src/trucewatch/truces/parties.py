"""Who somebody in an incident is to a truce: the declaration by which he stands, if there is one."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable, Sequence

from trucewatch.codebook import Codebook, fold
from trucewatch.codebook.rows import FIGHTERS, OF_STATES
from trucewatch.english import Said, said
from trucewatch.nouns import Claim, Entity, Incident
from trucewatch.truces.checks import STATE
from trucewatch.truces.terms import Capacity, Declaration, Form, Moment, Truce

UNKNOWN = frozenset("unknown unidentified masked".split())
"""Words for those of whom nobody knows who they are."""
SEEN = 8192
"""Of so many who take part it is remembered how they stand."""
_WITH_ARTICLE = frozenset({"government", "military", "coalition"})

Standing = tuple[Entity, Declaration | None]
"""One who takes part, and the declaration that he stands under."""


class Roll:
    """The parties of one truce, looked up by whom a report names."""

    def __init__(self, truce: Truce, book: Codebook) -> None:
        self.truce = truce
        self._book = book
        self._lineages = functools.cache(self._lineage)
        self._at_home = functools.cache(self._side_of)
        self._changes = any(party.since or party.until for party in truce.declarations)
        self._stands = functools.lru_cache(maxsize=SEEN)(self._standing)

    def find(self, entity: Entity, on: dt.date | None) -> Declaration | None:
        """The declaration that an entity stands under on a day; None for a stranger to the truce.

        Its own row in actors.csv counts first, then whom that row answers to, then the state or kind of people
        that it is. To be backed by a foreign state makes nobody a part of that state. "Unknown gunmen" are nobody's.
        """
        if entity.actor is None and UNKNOWN & set(fold(entity.text).split()):
            return None
        return self._stands(entity.actor, entity.country, entity.sector, on if self._changes else None)

    def one_side(self, acting: Sequence[Standing], hit: Sequence[Standing]) -> str | None:
        """The one side that those who act and those who are hit are of; None where it is between sides.

        Who stands under no declaration is of the side of his country, where it has but one: whom a movement shoots at home is
        no enemy across a border, nor are armed men whom a state's own troops shoot; of civilians whom a state hits nothing
        tells but the place. A guarantor that men of its own side attack is no faction among them.
        """
        by_state = any(entity.sector in OF_STATES for entity, _ in acting)
        sides = {party.side if party else None for _, party in acting}
        for entity, party in hit:
            home = None if by_state and not is_armed(entity) else self._at_home(entity.country)
            sides.add(party.side if party else home)
        vouching = [[party and party.capacity is Capacity.GUARANTOR for _, party in those] for those in (acting, hit)]
        one = len(sides) == 1 and bool(acting) and (any(vouching[0]) or not all(vouching[1]))
        return sides.pop() if one else None

    def is_at_home(self, told: Incident | Claim) -> bool:
        """Whether it happened in one of the truce's countries, or to or by somebody of one."""
        there = {told.place.country} if told.place else set()
        return not {*there, *(one.country for one in (*told.actors, *told.recipients))}.isdisjoint(self.truce.countries)

    def is_of_one_side(self, country: str) -> bool:
        """Whether all parties of a country stand on one side."""
        return self._at_home(country) is not None

    def is_one_of(self, entity: Entity, actors: Iterable[str]) -> bool:
        """Whether an entity is one of these actors, or answers to one."""
        return bool(entity.actor and set(self._lineages(entity.actor)) & set(actors))

    def name(self, actor: str) -> str:
        """An actor's name by its id, as it stands in a sentence."""
        row = self._book.actors.get(actor)
        if row is None:
            return actor
        return f"the {row.name}" if row.kind in _WITH_ARTICLE else row.name

    def names(self, actors: Iterable[str]) -> tuple[str, ...]:
        """Names of actors, for a list in a sentence."""
        return tuple(map(self.name, actors))

    def _side_of(self, country: str | None) -> str | None:
        """The side of all parties of one of the truce's countries, but for guarantors."""
        sides = {one.side for one in self.truce.declarations if country in self._countries(one)}
        return sides.pop() if len(sides) == 1 and country in self.truce.countries else None

    def _countries(self, party: Declaration) -> set[str | None]:
        if party.capacity is Capacity.GUARANTOR:
            return set()
        rows = (self._book.actors.get(actor) for actor in (party.actor, *party.covers))
        return {row.country for row in rows if row} | {one.partition("/")[0] for one in party.unnamed}

    def _standing(
        self, actor: str | None, country: str | None, sector: str | None, on: dt.date | None
    ) -> Declaration | None:
        lineage = self._lineages(actor) if actor else ()
        parties = [one for one in self.truce.declarations if _in_force(one, on)]
        for above in lineage:
            for party in parties:
                if above == party.actor or above in party.covers:
                    return party
        if lineage and not self._is_state(lineage, country):
            return None
        keys = {f"{country}/{sector}"}
        if sector in OF_STATES:
            keys.add(f"{country}/{STATE}")
        return next((party for party in parties if keys & set(party.unnamed)), None)

    def _lineage(self, actor: str) -> tuple[str, ...]:
        """An actor's id and those that it answers to, one above the other, without states that merely back it."""
        found: list[str] = []
        at: str | None = actor
        while at is not None and at in self._book.actors and at not in found:
            found.append(at)
            at = self._book.actors[at].patron
        return tuple(found)

    def _is_state(self, lineage: tuple[str, ...], country: str | None) -> bool:
        top = self._book.actors[lineage[-1]]
        return top.sector in OF_STATES and top.country == country


def is_armed(entity: Entity) -> bool:
    """Whether an entity is one that fights."""
    return entity.sector in FIGHTERS


def is_enemy(stranger: Entity) -> bool:
    """Whether a stranger to a truce is one that a party may be at war with: not the peacekeepers of the United Nations."""
    return is_armed(stranger) and stranger.country != "UNO"


def standing(party: Declaration, roll: Roll) -> Said:
    """How a party stands to the truce: ``Turkey put its name to it as a guarantor``."""
    who, by = roll.name(party.actor), roll.names(party.claimed_by)
    if party.capacity is Capacity.SIGNATORY:
        return said("{who} signed it" if party.form is Form.WRITTEN else "{who} agreed to it", who=who)
    if party.capacity is Capacity.GUARANTOR:
        return said("{who} put its name to it as a guarantor", who=who)
    if party.capacity is Capacity.CLAIMED_BOUND:
        return said("{who} did not sign, and is claimed bound by {by}", who=who, by=by)
    return said(
        "{who} is shut out of it, but is claimed bound by {by}" if by else "{who} is shut out of it", who=who, by=by
    )


def _in_force(party: Declaration, on: dt.date | None) -> bool:
    return on is None or ((party.since is None or party.since.first <= on) and not _over(party.until, on))


def _over(until: Moment | None, on: dt.date) -> bool:
    return until is not None and until.last < on
