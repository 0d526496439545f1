"""Incidents in the columns of ACLED's export. What has not happened, and what is a sum of more than ten days, is none there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from trucewatch.codebook import ACLED_EVENTS, Codebook
from trucewatch.export import lands, sides
from trucewatch.export.cases import Case
from trucewatch.export.columns import each, outlets
from trucewatch.export.delimited import Cell, clean, table
from trucewatch.incidents.face import AGGREGATE
from trucewatch.nouns import REAL, Entity, Incident, Period, Place, Status

COLUMNS = tuple(
    "event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1 inter1 "
    "actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region country admin1 admin2 admin3 location "
    "latitude longitude geo_precision source source_scale notes fatalities tags timestamp".split()
)
INTERS = (
    *("State forces", "Rebel group", "Political militia", "Identity militia", "Rioters", "Protesters"),
    *("Civilians", "External/Other forces"),
)
"""Kinds of actors in the order of their numbers, 1 to 8."""
_EVENT_OF = {sub: event for event, subs in ACLED_EVENTS.items() for sub in subs}
VIOLENT = ("Battles", "Explosions/Remote violence", "Violence against civilians")
DEMONSTRATIONS = ("Protests", "Riots")
_DISPERSED, _EXCESSIVE = "Protest with intervention", "Excessive force against protesters"
"""Force against a crowd: without dead, and with."""
_DESTROYED = "Looting/property destruction"
"""Of things alone: where somebody died of it, people were attacked."""
_BY_SIDES = frozenset({"", "Armed clash", "Attack"})
"""Sub-events of ASSAULT that hang on who is attacked."""
_BY_HAND = frozenset({None, "beat", "firearms", "primitive"})
"""Modes of ASSAULT which people in the street may meet with; bombs and shells on them are ACLED's remote violence."""
_GEO = {"site": 1, "town": 1, "district": 2, "region": 3}
_MONTH = 31
NO_DEED = "not said to have happened"
SUM = f"sums of more than {AGGREGATE} days"
_MILITIA = frozenset({"CRM", "PRM", "UAF"})
_FORCES = frozenset({"COP", "GOV", "MIL", "SPY"})


def lacks(incident: Incident) -> str | None:
    """Why there is no room for it; None for what is said to have happened, and is one event and no sum of many."""
    time = incident.time
    if incident.status not in REAL:
        return NO_DEED
    if is_sum(incident):
        return SUM
    return "told of more than a month" if time and time.days > _MONTH else None


def is_sum(incident: Incident) -> bool:
    """Whether what is told of many days sums up many events: a stretch of them, or what goes on over a month or a year.

    What happened once in a month is one event whose day is not known.
    """
    time = incident.time
    if time is None or time.days <= AGGREGATE:
        return False
    return time.precision == "span" or incident.status is Status.ONGOING


def write(cases: Iterable[Case], book: Codebook) -> Iterator[bytes]:
    """A line of names, then one for each incident that fits."""
    return table(COLUMNS, (row(case, book) for case in cases if not lacks(case.incident)))


def row(case: Case, book: Codebook) -> dict[str, Cell]:
    """An incident by column; those that are missing are not known."""
    incident = case.incident
    event, sub = kind(incident, book)
    return {
        "event_id_cnty": f"{lands.land(incident.place).code}{incident.id}",
        "disorder_type": disorder(event, sub, incident),
        "event_type": event,
        "sub_event_type": sub,
        **_sides(incident, book),
        "civilian_targeting": "Civilian targeting" if _targets_civilians(event, sub, incident) else None,
        **_when(incident.time),
        **_where(incident.place, book),
        "source": outlets(case),
        "notes": case.notes,
        "fatalities": incident.killed.best if incident.killed else None,
    }


def kind(incident: Incident, book: Codebook) -> tuple[str | None, str | None]:
    """Event and sub-event; None for what cannot be told without knowing more."""
    type_ = book.types[incident.type]
    mode = book.modes.get(f"{incident.type}/{incident.mode}")
    sub = mode.acled_sub_event if mode else None
    died = incident.killed is not None and incident.killed.low > 0
    if _is_against_crowd(incident, book):
        sub = _DISPERSED
    elif incident.type == "ASSAULT" and ((sub or "") in _BY_SIDES or (sub == _DESTROYED and died)):
        return _by_sides(incident, sub)
    if sub is None and mode is None:
        its = {one.acled_sub_event or "Other" for one in book.modes.values() if one.type == incident.type}
        sub = type_.acled_sub_event if its <= {type_.acled_sub_event} else None
    elif sub is None:
        sub = "Other"
    if sub == _DISPERSED and died:
        sub = _EXCESSIVE
    return (_EVENT_OF[sub] if sub else type_.acled_event), sub


def _is_against_crowd(incident: Incident, book: Codebook) -> bool:
    """Whether those who demonstrate are dispersed, or are attacked by hand or gun: "soldiers shot dead two *protesters*"."""
    if incident.mode == "crowd-control":
        return True
    roles = [book.find_role(one.name) for one in incident.recipients]
    crowd = bool(roles) and all(role is not None and role.id == "protesters" for role in roles)
    return crowd and incident.type == "ASSAULT" and incident.mode in _BY_HAND


def _by_sides(incident: Incident, sub: str | None) -> tuple[str | None, str | None]:
    if sides.is_civil(incident.recipients):
        return "Violence against civilians", "Attack"
    if sides.is_armed(incident.actors) and sides.is_armed(incident.recipients):
        return "Battles", "Armed clash"
    return (_EVENT_OF["Attack"], sub) if sub == "Attack" and not incident.recipients else (None, None)


def disorder(event: str | None, sub: str | None, incident: Incident) -> str | None:
    """ACLED's disorder type of an event."""
    if sub == _EXCESSIVE:
        return "Political violence; Demonstrations"
    if event in VIOLENT or (incident.type == "ASSAULT" and event is None) or sub == "Mob violence":
        return "Political violence"
    return "Demonstrations" if event in DEMONSTRATIONS else event


def _targets_civilians(event: str | None, sub: str | None, incident: Incident) -> bool:
    force = event in VIOLENT or event is None or sub == _EXCESSIVE
    return force and incident.type == "ASSAULT" and sides.is_civil(incident.recipients)


def _sides(incident: Incident, book: Codebook) -> dict[str, Cell]:
    first, second = _parties(incident, book)
    one, two = inter(first, incident, book), inter(second, incident, book)
    numbered = sorted((one, two), key=INTERS.index) if one and two else []
    alone = f"{one} only" if one and not second and incident.type == "PROTEST" else None
    firsts, seconds = _names(first, book), _names(second, book)
    return {
        "actor1": next(iter(firsts), None),
        "assoc_actor_1": firsts[1:],
        "inter1": one,
        "actor2": next(iter(seconds), None),
        "assoc_actor_2": seconds[1:],
        "inter2": two,
        "interaction": "-".join(numbered) or alone,
    }


def _parties(incident: Incident, book: Codebook) -> tuple[Sequence[Entity], Sequence[Entity]]:
    """ACLED's first and second actor. A crowd stands first, whatever is done to it, and whom it only speaks against is none."""
    if _is_against_crowd(incident, book):
        return incident.recipients, incident.actors
    fought = incident.mode == "riot" and sides.is_armed(incident.recipients)
    return incident.actors, incident.recipients if fought or incident.type != "PROTEST" else ()


def _is_crowd(side: Sequence[Entity], incident: Incident, book: Codebook) -> bool:
    """Whether these demonstrate: who protests, or is dispersed."""
    if incident.type == "PROTEST":
        return side is incident.actors
    return side is incident.recipients and _is_against_crowd(incident, book)


def inter(side: Sequence[Entity], incident: Incident, book: Codebook) -> str | None:
    """What ACLED calls those on a side by the first of them; None where that is not known."""
    if not side:
        return None
    one, there = side[0], incident.place.country if incident.place else None
    if _is_crowd(side, incident, book):
        crowd = "Rioters" if incident.mode == "riot" else "Protesters"
        return None if one.sector in sides.STATE else crowd
    if one.sector in sides.CIVIL:
        return "Civilians"
    if one.sector == "REB":
        return "Rebel group"
    if one.sector in _MILITIA:
        return "Political militia"
    if one.sector not in _FORCES or one.country is None:
        return None
    if one.country not in book.countries:
        return "External/Other forces"
    if there is None:
        return None
    return "State forces" if one.country == there else "External/Other forces"


def _when(time: Period | None) -> dict[str, Cell]:
    """A day, or the middle of a week or a month with the precision that says so."""
    if time is None:
        return {}
    days = time.days
    return {
        "event_date": (time.start + dt.timedelta(days // 2)).isoformat(),
        "year": time.start.year if time.start.year == time.end.year else None,
        "time_precision": 1 if days == 1 else 2 if days <= 14 else 3,
    }


def _where(place: Place | None, book: Codebook) -> dict[str, Cell]:
    if place is None:
        return {}
    land, units, at = lands.land(place), lands.units(place, book), lands.point(place)
    return {
        "iso": land.iso,
        "region": land.acled_region,
        "country": lands.country(place, book),
        "admin1": units.admin1,
        "admin2": units.admin2,
        "admin3": units.admin3,
        "location": clean(place.name),
        "latitude": at[1] if at else None,
        "longitude": at[0] if at else None,
        "geo_precision": _GEO.get(place.precision or ""),
    }


def _names(side: Sequence[Entity], book: Codebook) -> list[str]:
    """Whom a side has, each once; those who are only a kind of people with their country, as ACLED has it: "Civilians (Syria)"."""
    return each(_name(one, book) for one in side)


def _name(one: Entity, book: Codebook) -> str:
    land = book.countries.get(one.country or "")
    return f"{one.name[0].upper()}{one.name[1:]} ({land.name})" if land and one.name[:1].islower() else one.name
