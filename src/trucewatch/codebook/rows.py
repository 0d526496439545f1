"""The rows of the codebook's tables: one frozen record a table, its fields named as the columns are."""

from __future__ import annotations

import datetime as dt
import re
from typing import Literal, get_args

from trucewatch.nouns import Noun

CountryWordKind = Literal["name", "demonym", "capital", "metonym"]
QUADS = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")
SECTORS = frozenset(
    {"COP", "GOV", "JUD", "LEG", "MIL", "PRM", "PTY", "REB", "SPY", "UAF", "UNK"}
    | {"AGR", "BUS", "CRM", "CVL", "EDU", "ELI", "JRN", "LAB", "MED", "REF", "OPP", "PRE", "REL", "SOC"}
)
"""PLOVER's sectors: first those of states and fighters, then those of society."""
OF_STATES = frozenset({"GOV", "MIL", "COP", "SPY", "LEG", "JUD", "PRM"})
"""Sectors of those who act for a state."""
FIGHTERS = frozenset({"MIL", "COP", "SPY", "PRM", "REB", "UAF"})
"""Sectors of those who fight."""
HARMLESS = frozenset("AGR BUS CVL EDU JRN MED REF REL".split())
"""Sectors of people who, without a name, attack nobody."""
BODIES = frozenset({"UNO", "EUR", "IGO", "NGO", "IMG"})
"""What stands in a country column for those who belong to no country."""
PRECISIONS = ("site", "town", "district", "region", "country")
"""How fine a place may be told, the finest first."""
MUTUAL = frozenset({"AGREE", "CONSULT", "COOPERATE"})
"""Types of what nobody does alone: those who take part may stand on either side."""
HARMS = frozenset({"ASSAULT", "COERCE", "SANCTION"})
"""Types of what is done to somebody, who suffers it."""
MEETING = "CONSULT"
"""The type of what is known by who was there."""
EFFECTS = ("add", "refine", "opinion", "forbid")
RoleKind = Literal["person", "group", "equipment", "place"]
PEOPLE: tuple[RoleKind, ...] = ("person", "group")
ROLE_KINDS = get_args(RoleKind)
UNITS = ("deeds", "deaths low", "deaths best", "deaths high")
"""What an indicator counts: deeds, or those who died in them by the low, best or high figure."""
NONE = "-"
"""In an indicator: no mode (``ASSAULT/-``), or no recipient of a known sector."""
UCDP_VIOLENCE = ("1", "2", "3")
"""UCDP's types of violence: state-based, non-state, one-sided."""
ACLED_EVENTS = {
    "Battles": ("Armed clash", "Government regains territory", "Non-state actor overtakes territory"),
    "Protests": ("Excessive force against protesters", "Protest with intervention", "Peaceful protest"),
    "Riots": ("Violent demonstration", "Mob violence"),
    "Explosions/Remote violence": (
        *("Chemical weapon", "Air/drone strike", "Suicide bomb", "Shelling/artillery/missile attack"),
        *("Remote explosive/landmine/IED", "Grenade"),
    ),
    "Violence against civilians": ("Sexual violence", "Attack", "Abduction/forced disappearance"),
    "Strategic developments": (
        *("Agreement", "Arrests", "Change to group/activity", "Disrupted weapons use"),
        *("Headquarters or base established", "Looting/property destruction", "Non-violent transfer of territory"),
        "Other",
    ),
}
"""ACLED's event types and the sub-event types of each."""
_UCDP = re.compile(r"UCDP (\d+)")


class Row(Noun, frozen=True, kw_only=True):
    """Base of every row; ``where`` is its ``file:line``."""

    where: str


class EventType(Row, frozen=True, kw_only=True):
    """One of the 16 PLOVER 2.0 types (types.csv)."""

    type: str
    quad: str
    score: float
    """Intensity, -10 (worst conflict) to +10."""
    acled_event: str | None = None
    acled_sub_event: str | None = None
    ucdp_violence: str | None = None
    """``1`` state-based, ``2`` non-state, ``3`` one-sided, or words where it hangs on who acts."""
    definition: str

    @property
    def id(self) -> str:
        return self.type


class Mode(Row, frozen=True, kw_only=True):
    """A finer kind of an event type (modes.csv)."""

    type: str
    mode: str
    acled_sub_event: str | None = None
    definition: str

    @property
    def id(self) -> str:
        """``TYPE/mode``, the key of ``Codebook.modes``."""
        return f"{self.type}/{self.mode}"


class TriggerRow(Row, frozen=True, kw_only=True):
    """Words and phrases that add, refine or forbid an event (triggers.csv)."""

    id: str
    words: str
    pos: str | None = None
    type: str | None = None
    mode: str | None = None
    status: str | None = None
    effect: str
    """One of ``EFFECTS``."""
    example: str
    counterexample: str


class RoleRow(Row, frozen=True, kw_only=True):
    """A kind of people that reports name without a name: troops, gunmen, residents (roles.csv)."""

    id: str
    words: tuple[str, ...]
    name: str
    sector: str | None = None
    kind: RoleKind
    note: str | None = None

    @property
    def is_people(self) -> bool:
        """Whether its words mean one or several persons, and neither a place nor a thing."""
        return self.kind in PEOPLE


class Country(Row, frozen=True, kw_only=True):
    """A country with the words that stand for it (countries.csv)."""

    code: str
    name: str
    aliases: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    capital: tuple[str, ...] = ()
    metonyms: tuple[str, ...] = ()
    note: str | None = None

    @property
    def id(self) -> str:
        return self.code

    def words(self, kind: CountryWordKind) -> tuple[str, ...]:
        """The words of one kind that stand for the country."""
        if kind == "name":
            return (self.name, *self.aliases)
        return {"demonym": self.demonyms, "capital": self.capital, "metonym": self.metonyms}[kind]


class CountryWord(Noun, frozen=True, kw_only=True):
    """What a word says of a country; ``where`` is the row that says so."""

    country: str
    kind: CountryWordKind
    where: str

    @property
    def because(self) -> str:
        """What a value rests on that it gives."""
        return f"countries.csv:{self.country} {self.kind}"


class Leader(Row, frozen=True, kw_only=True):
    """One term of one person in one office (leaders.csv)."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    country: str
    office: str
    sector: str | None = None
    """None for officers of the United Nations and the like, who have none in PLOVER."""
    since: dt.date | None = None
    until: dt.date | None = None
    """Last day in office; None while in office."""


class Actor(Row, frozen=True, kw_only=True):
    """An armed group, military, government, organisation or other named body (actors.csv)."""

    id: str
    name: str
    kind: str
    country: str | None = None
    sector: str | None = None
    patron: str | None = None
    """Row id of another actor, or a country code."""
    since: dt.date | None = None
    until: dt.date | None = None
    source: str | None = None
    note: str | None = None

    @property
    def ucdp(self) -> list[str]:
        """UCDP's numbers of it."""
        return _UCDP.findall(self.source or "")


class Alias(Row, frozen=True, kw_only=True):
    """Another name of an actor, in the years in which it meant that actor (aliases.csv)."""

    alias: str
    actor: str
    since: dt.date | None = None
    until: dt.date | None = None

    @property
    def id(self) -> str:
        return f"{self.alias}={self.actor}:{self.since or ''}"


class Outlet(Row, frozen=True, kw_only=True):
    """Who publishes reports, and on whose side it stands (outlets.csv)."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    domain: tuple[str, ...] = ()
    country: str | None = None
    affiliation: str
    note: str | None = None


class PlaceRow(Row, frozen=True, kw_only=True):
    """A place that goes before the gazetteer's own (places.csv)."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: str | None = None
    source: str | None = None
    note: str | None = None


class Area(Row, frozen=True, kw_only=True):
    """A named region with its outline (areas.geojson)."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    country: str | None = None
    note: str | None = None
    source: str | None = None
    polygons: tuple[tuple[tuple[tuple[float, float], ...], ...], ...]
    """Polygons of rings (outer first) of (longitude, latitude)."""


class Indicator(Row, frozen=True, kw_only=True):
    """What a series counts, in the desk's words and in those of others' datasets (indicators.csv)."""

    id: str
    name: str
    unit: str
    """One of ``UNITS``."""
    types: tuple[str, ...]
    """PLOVER types or modes, any of which will do: ``ASSAULT``, ``ASSAULT/aerial``, ``ASSAULT/-`` without a mode."""
    recipients: tuple[str, ...] = ()
    """Sectors of which one recipient must be, ``-`` for none known; empty where it does not matter."""
    ucdp: tuple[str, ...] = ()
    """UCDP's types of violence; empty where UCDP does not tell it apart."""
    acled: tuple[str, ...] = ()
    """ACLED's event or sub-event types; empty where ACLED does not tell it apart."""
    definition: str
