"""What a truce says, and who is bound by it: frozen records, as the tables in ``codebook/truces/`` have them.

Dates are ``Moment``s, which are no finer than they were written. Coordinates are (longitude, latitude) in degrees.
"""

from __future__ import annotations

import datetime as dt
import enum
from typing import Literal, get_args

from trucewatch.english import day
from trucewatch.nouns import Noun
from trucewatch.truces.days import Stretch

LonLat = tuple[float, float]
"""In degrees, as GeoJSON has them; a `Place` tells latitude first."""
Act = Literal["suspension", "withdrawal", "end", "extension", "resumption"]
Every = Literal["day", "week", "month"]
EVERY: tuple[Every, ...] = get_args(Every)
"""How often a duty comes round."""
ACTS: tuple[Act, ...] = get_args(Act)
"""What can be said of a truce itself."""
FIRST_HOUR = dt.time(1)
"""What takes effect before this hour holds for the whole day."""
LAST_HOUR = dt.time(23)


class Class(enum.StrEnum):
    """How far an agreement goes."""

    CESSATION = "cessation"
    """Hostilities stop, and little more is said."""
    PRELIMINARY = "preliminary"
    """With rules, zones or a monitor, as a step towards a settlement."""
    DEFINITIVE = "definitive"
    """With the end of the war's forces: disarmament, withdrawal, reintegration."""


class Form(enum.StrEnum):
    """In what form the parties bound themselves."""

    WRITTEN = "written"
    VERBAL = "verbal"


class Parties(enum.StrEnum):
    """How many sides bound themselves."""

    UNILATERAL = "unilateral"
    BILATERAL = "bilateral"
    MULTILATERAL = "multilateral"


class Capacity(enum.StrEnum):
    """In what capacity an actor stands to a truce."""

    SIGNATORY = "signatory"
    """It bound itself, in writing or by word."""
    GUARANTOR = "guarantor"
    """It vouches for others and, having put its own name to it, is bound itself."""
    CLAIMED_BOUND = "claimed bound"
    """It bound itself to nothing; others say that it is bound."""
    EXCLUDED = "excluded"
    """The truce shuts it out of its protection. It is bound only where somebody claims so."""


class Kind(enum.StrEnum):
    """What a clause is about."""

    CESSATION = "cessation"
    SEPARATION = "separation zone"
    WEAPONS = "weapons"
    PATROL = "patrol"
    ACCESS = "access"
    EXCHANGE = "exchange"
    OTHER = "other"
    """Maps, commissions, talks: no act breaks it; it is kept for its deadline."""


class Term(Noun, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of what a table may hold: a key that is not known is a fault."""


class Moment(Term, frozen=True, kw_only=True):
    """A day, month or year, with the hour where it is known."""

    first: dt.date
    last: dt.date
    """The same day as ``first`` where the day is known."""
    clock: dt.time | None = None
    """Local time."""

    @property
    def is_late(self) -> bool:
        """Whether hours of its first day lie before it."""
        return self.clock is not None and self.clock >= FIRST_HOUR

    @property
    def is_early(self) -> bool:
        """Whether hours of its last day lie after it."""
        return self.clock is not None and self.clock < LAST_HOUR

    def __str__(self) -> str:
        if self.clock is not None:
            return f"{self.clock:%H:%M} on {day(self.first)}"
        if self.first == self.last:
            return day(self.first)
        return f"{self.first:%b %Y}" if self.first.month == self.last.month else f"{self.first:%Y}"


class Zone(Term, frozen=True, kw_only=True):
    """A piece of land that clauses hold in: all that its fields name, together."""

    id: str
    name: str
    regions: tuple[str, ...] = ()
    """Ids of named regions (areas.geojson)."""
    countries: tuple[str, ...] = ()
    """ISO 3166 alpha-3 codes: whole countries."""
    places: tuple[str, ...] = ()
    """Gazetteer ids of places that lie in it as a whole, such as a province."""
    outlines: tuple[tuple[LonLat, ...], ...] = ()
    """Rings; the last point need not be the first again."""
    line: tuple[LonLat, ...] = ()
    """A road, river or line of contact."""
    within_km: float | None = None
    """How far the zone goes on each side of the line, and beyond outlines and regions."""
    note: str | None = None


class Other(Stretch, frozen=True, kw_only=True):
    """Another truce: when it was in force, and where."""

    zone: Zone


class Declaration(Term, frozen=True, kw_only=True):
    """One actor's standing to the truce, for a time."""

    actor: str
    """Row id in actors.csv."""
    capacity: Capacity
    side: str
    """Whose side it is on, in a word: fighting within a side is no breach between the sides."""
    since: Moment | None = None
    """None: from the truce's signature."""
    until: Moment | None = None
    covers: tuple[str, ...] = ()
    """Ids of further actors whose acts count as its own; those who have it as patron count anyway."""
    unnamed: tuple[str, ...] = ()
    """Whom it stands for where a report names no actor: ``SYR/MIL``; ``SYR/state`` for all of a state's sectors."""
    claimed_by: tuple[str, ...] = ()
    """Ids of the actors that say it is bound, where it did not bind itself."""
    form: Form | None = None
    note: str | None = None

    @property
    def is_bound(self) -> bool:
        """Whether it bound itself, or anybody claims that it is bound."""
        return self.capacity in (Capacity.SIGNATORY, Capacity.GUARANTOR) or bool(self.claimed_by)


class Clause(Term, frozen=True, kw_only=True):
    """One term of a truce."""

    id: str
    """As the text numbers it, where it does."""
    kind: Kind
    text: str
    """What it asks, in our words."""
    zone: str | None = None
    """Id of the zone in which it holds; None where it holds wherever the truce does, or has no place."""
    effective: Moment | None = None
    """None: with the truce."""
    until: Moment | None = None
    """None: as long as the truce."""
    deadline: Moment | None = None
    """By when it had to be carried out."""
    conduct: tuple[str, ...] = ()
    """Event types, or types with a mode (``ASSAULT/aerial``), that break it; without, those of its kind."""
    about: tuple[str, ...] = ()
    """Beginnings of words ("fuel", "tanker") of which a report of a breach uses one: for clauses that the conduct alone
    does not tell apart; without, any report will do."""
    every: Every | None = None
    """How often it has to be carried out, from its effective day on."""
    performed_by: tuple[str, ...] = ()
    """Event types or modes by which it is carried out; needed beside a deadline or ``every``."""
    binds: tuple[str, ...] = ()
    """Ids of the actors that it binds; without, all that are bound."""
    note: str | None = None


class CarveOut(Term, frozen=True, kw_only=True):
    """Whom the truce leaves unprotected."""

    id: str
    text: str
    """What it says, in our words."""
    stands_in: str
    """``preamble``, ``clause 1``, ``joint statement`` ..."""
    targets: tuple[str, ...]
    """Ids of actors; those who have one as patron count too."""
    words: tuple[str, ...] = ()
    """What those who rely on it call their targets without naming a group: ``terrorists``."""
    by: tuple[str, ...] = ()
    """Ids of the actors that may rely on it; without, all."""
    claimed_by: tuple[str, ...] = ()
    """Ids of the actors that say whom it covers, where the text itself names nobody."""


class Monitor(Term, frozen=True, kw_only=True):
    """Who watches over the truce, and what it publishes."""

    name: str
    actor: str | None = None
    """Row id in actors.csv."""
    verifies: bool = False
    """Whether what it finds verifies a breach; false for a party or guarantor that reports on the other."""
    series: tuple[str, ...] = ()
    """Ids of the series that its bulletins make (``codebook/monitors``, or layouts of your own)."""
    note: str | None = None


class Announced(Term, frozen=True, kw_only=True):
    """What a party, guarantor or mediator said of the truce itself."""

    on: Moment
    act: Act
    by: str
    """Row id in actors.csv."""
    until: Moment | None = None
    """Of an extension: its new last day."""
    note: str | None = None


class Truce(Term, frozen=True, kw_only=True, rename={"kind": "class"}):
    """One ceasefire agreement."""

    id: str
    name: str
    kind: Class
    parties: Parties
    countries: tuple[str, ...]
    """Where it is about, as ISO 3166 alpha-3 codes."""
    sources: tuple[str, ...]
    form: Form | None = None
    """None: not known, for the text was not published."""
    signed: Moment | None = None
    """Or agreed, where nothing was signed."""
    effective: Moment | None = None
    runs_until: Moment | None = None
    """The last day that was agreed on beforehand; None for a truce without an end."""
    end: Moment | None = None
    """None: in force, or not known to have ended."""
    ended: str | None = None
    """How it ended, and who said so."""
    zone: str | None = None
    """Id of the zone of clauses that name none."""
    builds_on: tuple[str, ...] = ()
    """Ids of the truces that it amends or carries on."""
    mediators: tuple[str, ...] = ()
    pax: int | None = None
    """Number of the agreement in PA-X."""
    open: tuple[str, ...] = ()
    """What is not known, or not settled, in words."""
    zones: tuple[Zone, ...] = ()
    declarations: tuple[Declaration, ...] = ()
    clauses: tuple[Clause, ...] = ()
    carve_outs: tuple[CarveOut, ...] = ()
    monitors: tuple[Monitor, ...] = ()
    announcements: tuple[Announced, ...] = ()
    where: str = ""
    """The name of the file that it stands in."""
    beside: tuple[Stretch, ...] = ()
    """When truces of its countries, of the same tables, were in force: those that have a last day, where it has none itself, and
    any after its end."""
    others: tuple[Other, ...] = ()
    """Truces of the same tables that hold in a part of where it holds, or in whole countries where it holds in a part."""

    @property
    def start(self) -> Moment | None:
        """From when on it holds, as far as is known."""
        return self.effective or self.signed

    def is_in_force(self, day: dt.date) -> bool:
        """Whether it holds on a day, as far as is known."""
        return self.start is not None and self.start.first <= day and (self.end is None or day <= self.end.last)

    @property
    def series(self) -> tuple[str, ...]:
        """Ids of the series of all its monitors."""
        return tuple(dict.fromkeys(one for monitor in self.monitors for one in monitor.series))

    @property
    def whole(self) -> Zone | None:
        """The zone of clauses that name none; None where it has none."""
        return next((zone for zone in self.zones if zone.id == self.zone), None)

    def zone_of(self, clause: Clause) -> Zone | None:
        """The zone in which a clause holds."""
        wanted = clause.zone or self.zone
        return next((zone for zone in self.zones if zone.id == wanted), None)
