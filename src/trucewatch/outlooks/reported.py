"""The forecasts that a desk's reports make, settled by the desk's own incidents."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Literal, NamedTuple

from trucewatch import derive
from trucewatch.checked import Checked
from trucewatch.codebook import fold
from trucewatch.codebook.gazetteer import Gazetteer
from trucewatch.codebook.globe import flat_distance
from trucewatch.codebook.sources import is_outlet
from trucewatch.codebook.units import Area, Country, Spot, Unit
from trucewatch.desk import ClaimFilter, Desk
from trucewatch.judgements import in_force
from trucewatch.nouns import FORESEEN, Incident, Place, Status, reports_of
from trucewatch.outlook.areas import Region
from trucewatch.outlook.expected import Ground, Outcome, Settled, forecasts, settle

NEAR_KM = 25.0
"""How far from a town or site that a forecast names something may happen to settle it ..."""
WATCH_KM = 100.0
"""... and how far a report may tell of something to have watched it."""


class Wanted(Checked):
    """Which forecasts to look for; what is None does not matter. Raises WrongCallError for an invalid value."""

    outlet: str | None = None
    """Words of its name."""
    speaker: str | None = None
    """Words of the name of who says so."""
    settled: Literal["yes", "no", "open"] | None = None
    """Whether it came true or did not; ``no`` where it is over and cannot be told, ``open`` where it is not over."""
    possible: bool = False
    """Also what is only called possible."""

    def fits(self, one: Settled) -> bool:
        """Whether a forecast is one of them."""
        forecast, state = one.forecast, {Outcome.OPEN: "open", Outcome.UNTOLD: "no"}.get(one.outcome, "yes")
        return (
            (self.possible or forecast.status is not Status.POSSIBLE)
            and (self.outlet is None or is_outlet(forecast.outlet, self.outlet))
            and (self.speaker is None or fold(self.speaker) in fold(forecast.speaker or ""))
            and self.settled in (None, state)
        )


class Settling(NamedTuple):
    """What is settled, and how far it is known."""

    until: dt.date | None
    """None where the desk holds no dated report."""
    forecasts: tuple[Settled, ...]
    """The latest first."""


def settled(desk: Desk, as_of: dt.date | None = None) -> Settling:
    """Every forecast that reports of ``as_of`` or earlier make, settled by what such reports tell; without, by all."""
    derive.catch_up(desk)
    with desk.telling() as telling:
        dates = {report: day for report, day in telling.dates().items() if day and (as_of is None or day <= as_of)}
    until = as_of or max(dates.values(), default=None)
    if until is None:
        return Settling(None, ())
    known = [one for one in desk.incidents() if dates.keys() & reports_of(one.claims)]
    if as_of is not None:
        known = derive.told_by(desk, known, dates.keys())
    ground = Ground(known, _Terrain(known, dates), until)
    statuses = (*FORESEEN, Status.DENIED)
    coded = (claim.id for status in statuses for claim in desk.claims(ClaimFilter(status=status)))
    corrected = (one.claims[0] for one in in_force(desk.judgements()) if one.field == "status")
    ahead = [claim for claim in (*coded, *corrected) if reports_of([claim]) <= dates.keys()]
    found = [settle(one, ground) for one in forecasts(derive.accounts(desk, ahead))]
    return Settling(until, tuple(sorted(found, key=lambda one: one.forecast.made, reverse=True)))


class _Terrain:
    """The places of a desk's incidents, whatever their status, with the dates of the reports that tell of them."""

    def __init__(self, incidents: Iterable[Incident], dates: Mapping[str, dt.date]) -> None:
        self._told: dict[Place, set[dt.date]] = {}
        for one in incidents:
            if one.place is not None:
                reports = reports_of(one.claims) & dates.keys()
                self._told.setdefault(one.place, set()).update(dates[report] for report in reports)

    def inside(self, place: Place) -> Iterable[Place]:
        return filter(around(place, NEAR_KM), self._told)

    def published(self, place: Place) -> frozenset[dt.date]:
        holds = around(place, WATCH_KM)
        return frozenset(day for other, days in self._told.items() if holds(other) for day in days)


def around(place: Place, km: float) -> Callable[[Place], bool | None]:
    """Whether another place lies in a country or region, or within so many km of a finer one; None: not to be told."""
    if place.is_fine:
        return lambda other: _is_near(place, other, km)
    if place.precision == "country" and place.country:
        area: Area = Country(place.country)
    elif place.gazetteer and place.gazetteer in Gazetteer.open().areas:
        area = Region(place.gazetteer)
    elif place.precision == "region" and place.country:
        area = Unit(place.country, place.name)
    else:
        return lambda other: True if other.name == place.name else None
    return lambda other: area.holds(Spot(other))


def _is_near(one: Place, other: Place, km: float) -> bool | None:
    if one.gazetteer and one.gazetteer == other.gazetteer:
        return True
    if one.point is None or other.point is None or not other.is_fine:
        return None
    return flat_distance(one.point, other.point) <= km
