"""Deadly violence in the 49 columns of UCDP's Georeferenced Event Dataset (GED 23.1). Sums of more than ten days are none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from trucewatch.codebook import Codebook
from trucewatch.export import lands, sides
from trucewatch.export.acled import NO_DEED, SUM, is_sum
from trucewatch.export.cases import Case
from trucewatch.export.columns import each, voices
from trucewatch.export.delimited import Cell, clean, table
from trucewatch.export.sides import Kind
from trucewatch.nouns import REAL, Entity, Incident, Period, Place, Report
from trucewatch.outlook.areas import cell_of

COLUMNS = tuple(
    "id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id conflict_name dyad_dset_id "
    "dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a side_b_dset_id side_b_new_id side_b number_of_sources "
    "source_article source_office source_date source_headline source_original where_prec where_coordinates "
    "where_description adm_1 adm_2 latitude longitude geom_wkt priogrid_gid country country_id region event_clarity "
    "date_prec date_start date_end deaths_a deaths_b deaths_civilians deaths_unknown best high low gwnoa gwnob".split()
)
CIVILIANS, _CIVILIANS_NUMBER = "Civilians", 1
_YEAR = 366
_WHERE = {"site": 1, "town": 1, "district": 3, "region": 4, "country": 6}
_AROUND, _DRAWN = 2, 5
"""Of a part of a town or the land around it, and of a region that is no administrative unit."""
_ARMED = {Kind.STATE, Kind.GROUP}
_BETWEEN = ";"


def lacks(incident: Incident) -> str | None:
    """Why there is no room for it; None for force that is said to have happened within a year, and to have killed, and is no
    sum of many events."""
    time = incident.time
    if incident.type != "ASSAULT":
        return "no use of force"
    if incident.status not in REAL:
        return NO_DEED
    if incident.killed is None or incident.killed.high == 0:
        return "nobody said to have been killed"
    if is_sum(incident):
        return SUM
    return "told of more than a year" if time and time.days > _YEAR else None


def write(cases: Iterable[Case], book: Codebook) -> Iterator[bytes]:
    """A line of names, then one for each incident that fits."""
    return table(COLUMNS, (row(case, book) for case in cases if not lacks(case.incident)))


def row(case: Case, book: Codebook) -> dict[str, Cell]:
    """An incident by column; those that are missing are not known, or are numbers that UCDP gives itself."""
    incident, reports = case.incident, case.told_in
    assert incident.killed is not None
    return {
        "id": int(incident.id[1:], 16),
        "relid": incident.id,
        **_sides(incident, book),
        "number_of_sources": incident.sources,
        "source_article": _list(map(_article, reports)),
        "source_office": _list(_outlet(report) for report in reports),
        "source_date": _list(_day(report) for report in reports),
        "source_headline": _list(report.title for report in reports),
        "source_original": _list(voices(case)),
        **_where(incident.place, book),
        **_when(incident.time),
        "deaths_unknown": incident.killed.best,
        "best": incident.killed.best,
        "high": incident.killed.high,
        "low": incident.killed.low,
    }


def violence(incident: Incident, book: Codebook) -> int | None:
    """1 with a state on a side, 2 between groups, 3 against civilians; None where a side is not known well enough."""
    one, two = sides.kinds(incident.actors, book), sides.kinds(incident.recipients, book)
    if two == {Kind.STATE} and sides.is_armed(incident.recipients) and Kind.CIVILIANS not in one:
        return 1  # whoever attacks a state's forces
    if not one or not two or not one <= _ARMED:
        return None
    if two == {Kind.CIVILIANS}:
        return 3
    return None if not two <= _ARMED else 1 if Kind.STATE in one | two else 2


def _sides(incident: Incident, book: Codebook) -> dict[str, Cell]:
    """Who against whom; a state's side stands first against a group's, as UCDP has it."""
    kind = violence(incident, book)
    one, two = incident.actors, incident.recipients
    if kind == 1 and Kind.STATE not in sides.kinds(one, book):
        one, two = two, one
    names = _names(one), CIVILIANS if kind == 3 else _names(two)
    states = _gw(one, book), _gw(two, book) if kind != 3 else None
    return {
        "type_of_violence": kind,
        "dyad_name": " - ".join(names) if all(names) else None,
        "side_a_new_id": _number(one, book),
        "side_a": names[0] or None,
        "side_b_new_id": _number(two, book) if kind != 3 else _CIVILIANS_NUMBER,
        "side_b": names[1] or None,
        "gwnoa": states[0],
        "gwnob": states[1] if states[1] != states[0] else None,  # mutineers are no second state
    }


def _where(place: Place | None, book: Codebook) -> dict[str, Cell]:
    if place is None:
        return {}
    units, land, at = lands.units(place, book), lands.land(place), lands.point(place)
    return {
        "where_prec": _fineness(place, book),
        "where_coordinates": clean(place.name),
        "where_description": clean(place.text),
        "adm_1": units.admin1,
        "adm_2": units.admin2,
        "latitude": at[1] if at else None,
        "longitude": at[0] if at else None,
        "geom_wkt": f"POINT ({at[0]} {at[1]})" if at else None,
        "priogrid_gid": cell_of(at[1], at[0]) if at else None,
        "country": lands.country(place, book),
        "country_id": land.gw,
        "region": land.ucdp_region,
    }


def _fineness(place: Place, book: Codebook) -> int | None:
    """UCDP's ``where_prec``."""
    if lands.outline(place, book):
        return _DRAWN
    return _AROUND if lands.is_about_town(place, book) else _WHERE.get(place.precision or "")


def _when(time: Period | None) -> dict[str, Cell]:
    if time is None:
        return {}
    return {
        "year": time.start.year if time.start.year == time.end.year else None,
        "event_clarity": 1 if time.start == time.end else None,
        "date_prec": _precision(time),
        "date_start": time.start.isoformat(),
        "date_end": time.end.isoformat(),
    }


def _precision(time: Period) -> int:
    """1 a day, 2 up to six days, 3 a week, 4 a month, 5 up to a year."""
    days = time.days
    if days <= 7:
        return 1 if days == 1 else 2 if days < 7 else 3
    return 4 if days <= 31 else 5


def _number(side: Sequence[Entity], book: Codebook) -> int | None:
    """UCDP's number of the one who stands on a side; None for several, and where the codebook has none."""
    rows = [book.actors.get(one.actor or "") for one in side]
    found = rows[0].ucdp if len(rows) == 1 and rows[0] else None
    return int(found[0]) if found else None


def _gw(side: Sequence[Entity], book: Codebook) -> int | None:
    """Gleditsch and Ward's number of the state on a side; None where there is none, or several."""
    found = {one.country for one in side if sides.kind(one, book) is Kind.STATE}
    known = lands.lands().get(found.pop() or "") if len(found) == 1 else None
    return known.gw if known else None


def _names(side: Sequence[Entity]) -> str:
    return ", ".join(each(one.name for one in side))


def _article(report: Report) -> str:
    """``"outlet,date,title"``, as UCDP writes its sources."""
    told = ",".join(clean(part or "") for part in (_outlet(report), _day(report), report.title))
    return '"{}"'.format(told.replace('"', "'"))


def _outlet(report: Report) -> str | None:
    return report.original_outlet or report.outlet


def _day(report: Report) -> str | None:
    return report.written.isoformat() if report.written else None


def _list(parts: Iterable[str | None]) -> str:
    """As many parts as reports, an empty one where it is not known."""
    return _BETWEEN.join(clean(part or "").replace(_BETWEEN, ",") for part in parts)
