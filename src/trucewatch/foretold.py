"""The forecasts that a desk's reports make, settled by the desk's own incidents."""

from __future__ import annotations

import datetime as dt
import functools
import math
from collections.abc import Callable, Iterable, Sequence

from trucewatch import codebook, derive
from trucewatch.desk import ClaimFilter, Desk
from trucewatch.nouns import Place, Status
from trucewatch.outlook.areas import Country, Drawn, Spot, Unit
from trucewatch.outlook.expected import Ground, Settled, forecasts, settle

NEAR_KM = 25.0
"""How far from a town or site that a forecast names something may happen to settle it ..."""
WATCH_KM = 100.0
"""... and how far a report may tell of something to have watched it."""
_KM_A_DEGREE = 111.2
_FINE = frozenset({"site", "town", "district"})
_AREAS = "areas:"
"""What stands before a region's id in a gazetteer id."""


def settled(desk: Desk, as_of: dt.date | None = None) -> tuple[dt.date | None, tuple[Settled, ...]]:
    """Every forecast on a desk, the latest first, and the day up to which they are settled: ``as_of``, else that of the
    newest report.
    """
    derive.add(desk)  # what a stop has left
    told = [
        (place, account.published)
        for account in desk.accounts()
        if (place := account.claim.place) is not None and account.published is not None
    ]
    days = [day for _, day in told if as_of is None or day <= as_of]
    until = as_of or max(days, default=None)
    if until is None:
        return None, ()
    ahead = [
        claim.id for status in (Status.EXPECTED, Status.POSSIBLE) for claim in desk.claims(ClaimFilter(status=status))
    ]
    ground = Ground(
        incidents=list(desk.incidents()),
        holds=lambda place, other: around(place, NEAR_KM)(other),
        published=functools.lru_cache(maxsize=None)(lambda place: _published(place, told, until)),
        until=until,
    )
    found = [settle(one, ground) for one in forecasts(derive.accounts(desk, ahead)) if one.made <= until]
    return until, tuple(sorted(found, key=lambda one: one.forecast.made, reverse=True))


@functools.lru_cache(maxsize=10_000)
def around(place: Place, km: float) -> Callable[[Place], bool | None]:
    """Whether another place lies in a country or region, or within so many km of a finer one; None: not to be told."""
    if place.precision == "country" and place.country:
        return lambda other: Country(place.country or "").holds(Spot(other))
    if place.precision in _FINE:
        return lambda other: _is_near(place, other, km)
    area = codebook.load().areas.get((place.gazetteer or "").removeprefix(_AREAS))
    if area is not None:
        drawn = Drawn(area.polygons)
        return lambda other: True if other.gazetteer == place.gazetteer else drawn.holds(Spot(other))
    if place.precision == "region" and place.country:
        unit = Unit(place.country, place.name)
        return lambda other: unit.holds(Spot(other))
    return lambda other: True if other.name == place.name else None


def _is_near(one: Place, other: Place, km: float) -> bool | None:
    if one.gazetteer and one.gazetteer == other.gazetteer:
        return True
    if None in (one.lat, one.lon, other.lat, other.lon) or other.precision not in _FINE:
        return None
    north = (one.lat or 0) - (other.lat or 0)
    east = ((one.lon or 0) - (other.lon or 0)) * math.cos(math.radians(one.lat or 0))
    return math.hypot(north, east) * _KM_A_DEGREE <= km


def _published(place: Place, told: Iterable[tuple[Place, dt.date]], until: dt.date) -> Sequence[dt.date]:
    holds = around(place, WATCH_KM)
    return sorted({day for other, day in told if day <= until and holds(other)})
