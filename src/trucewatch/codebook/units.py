"""Areas that places lie in: countries, provinces, districts, drawn outlines.

An area says of a place that it lies inside, or outside, or that this is not to be told. No outline of a province or
district ships: a place is in one if the gazetteer, or the dataset, says so.
"""

from __future__ import annotations

import abc
import difflib
import functools
from typing import NamedTuple

from trucewatch.codebook import areas
from trucewatch.codebook.areas import Polygons
from trucewatch.codebook.gazetteer import Box, Gazetteer
from trucewatch.codebook.names import fold
from trucewatch.codebook.rows import Area as Region
from trucewatch.nouns import Place

P_CODES = "ocha:"
"""What stands before a P-code in an id of the gazetteer."""
WIDE = frozenset({"district", "region", "country"})
"""Precisions of places that are more than a point."""
REACH = {"district": 0.2, "region": 1.0}
"""Degrees that a place of such a precision may reach from its point, where the gazetteer has no extent of it."""
KINDS = {
    *("governorate", "province", "district", "state", "region", "oblast", "municipality", "department", "prefecture"),
    *("division", "county", "zone", "republic", "territory", "agency", "subdistrict", "commune", "raion", "canton"),
}
"""Words by which datasets call a unit: "Idlib Governorate"."""


def is_nested(id_: str, unit: str) -> bool:
    """Whether a row of the gazetteer is a unit, or lies in it by its P-code, which begins with those of the units around it."""
    return id_ == unit or (unit.startswith(P_CODES) and id_.startswith(unit))


class Spot(NamedTuple):
    """A deed's place with the units that the observer names; None where it names none."""

    place: Place
    admin1: str | None = None
    admin2: str | None = None

    @property
    def is_known(self) -> bool:
        """Whether anything is known of where it is."""
        return self.place.country is not None or self.place.lat is not None


class Area(abc.ABC):
    """Somewhere that deeds are counted in."""

    countries: tuple[str, ...] | None = None
    """ISO 3166 alpha-3 codes of all countries that it has land in; None where they are not known."""
    notes: tuple[str, ...] = ()
    """What a reader must know of how places are told to be in it."""
    doubt: str | None = None
    """Why there may be no such area at all; it stands if nothing is found to lie in it."""

    @abc.abstractmethod
    def holds(self, spot: Spot) -> bool | None:
        """Whether a place lies in it; None where that is not to be told."""


class Country(Area):
    """A whole country."""

    def __init__(self, code: str) -> None:
        self.countries = (code,)
        self._code = code

    def holds(self, spot: Spot) -> bool | None:
        """Whether a place lies in it."""
        return None if spot.place.country is None else spot.place.country == self._code


class Unit(Area):
    """A province, or a district of one, by the gazetteer's and the datasets' names."""

    def __init__(self, country: str, province: str, district: str | None = None) -> None:
        how = "the gazetteer's province, or the dataset's own, tells which places are in it, for its outline does not ship"
        if district:
            how += "; of most towns the gazetteer knows no district: where the desk is the observer, a drawn outline does better"
        self.countries, self.notes = (country,), (how,)
        self._country = country
        self._province = names(country, "admin1", province)
        self._district = names(country, "admin2", district) if district else None
        self.doubt = _doubt(country, "admin1", province) or (_doubt(country, "admin2", district) if district else None)

    def holds(self, spot: Spot) -> bool | None:
        """Whether a place lies in it: by the dataset's units, else by the gazetteer's."""
        if spot.place.country is None:
            return None
        if spot.place.country != self._country:
            return False
        province, district = self._units(spot)
        if province is None:
            return None
        if not province & self._province:
            return False
        if self._district is None:
            return True
        return None if district is None else bool(district & self._district)

    def _units(self, spot: Spot) -> tuple[frozenset[str] | None, frozenset[str] | None]:
        """All names of the province and of the district that a place is in; None for what is not known."""
        if spot.admin1 is not None:
            district = spot.admin2 and names(self._country, "admin2", spot.admin2)
            return names(self._country, "admin1", spot.admin1), district or None
        row = Gazetteer.open().get(spot.place.gazetteer) if spot.place.gazetteer else None
        if row is None or row.kind in ("country", "region"):
            return None, None
        province = row.name if row.kind == "admin1" else row.admin1
        if province is None:
            return None, None
        return names(self._country, "admin1", province), self._district_of(row.id, row.kind, row.name)

    def _district_of(self, id_: str, kind: str, name: str) -> frozenset[str] | None:
        if kind == "admin2":
            return names(self._country, "admin2", name) | {id_}
        if id_.startswith(P_CODES) and self._district:
            around = {one for one in self._district if is_nested(id_, one)}
            return frozenset(around or {id_}) if kind != "admin1" else None
        return None


class Drawn(Area):
    """Polygons: a cell, or an outline of your own."""

    def __init__(self, polygons: Polygons, beyond: float = 0.0) -> None:
        """``beyond``: degrees within which of its outline nothing is told to lie outside."""
        self._area = Region(id="drawn", name="drawn", polygons=polygons, where="drawn")
        points = [point for polygon in polygons for point in polygon[0]]
        lons, lats = [lon for lon, _ in points], [lat for _, lat in points]
        self._box: Box = (min(lats) - beyond, max(lats) + beyond, min(lons) - beyond, max(lons) + beyond)

    def misses(self, place: Place) -> bool:
        """Whether a place lies outside the box around it, which is quickly told."""
        box = _box(place)
        if box is None:
            return False
        south, north, west, east = self._box
        return box[1] < south or box[0] > north or box[3] < west or box[2] > east

    def holds(self, spot: Spot) -> bool | None:
        """Whether a place lies in it; that of a wide one is told only where all or nothing of it does."""
        box = _box(spot.place)
        if box is None:
            return None
        if self.misses(spot.place):
            return False
        south, north, west, east = box
        if spot.place.precision not in WIDE:
            return areas.contains(self._area, south, west)
        region = Gazetteer.open().areas.get(spot.place.gazetteer or "")
        corners = ((west, south), (east, south), (west, north), (east, north))
        edge = [point for polygon in region.polygons for point in polygon[0]] if region else corners
        return True if all(areas.contains(self._area, lat, lon) for lon, lat in edge) else None


@functools.lru_cache(maxsize=20_000)
def names(country: str, kind: str, name: str) -> frozenset[str]:
    """What a unit is known by: its name, folded and without "Governorate", and the gazetteer's ids.

    ``kind`` is ``admin1`` or ``admin2``. A spelling that the gazetteer lacks is looked for among those alike; a
    province that is still not found may bear the name of a town in it ("Hamah").
    """
    bare = _bare(name)
    gazetteer = Gazetteer.open()
    spelled = gazetteer.find(bare)
    ids = {row.id for row in spelled if row.country == country and row.kind == kind}
    if not ids:
        ids = {row.id for row in gazetteer.find_alike(bare, (country,)) if row.kind == kind}
    if not ids and kind == "admin1":
        around = {row.admin1 for row in spelled if row.country == country and row.admin1}
        if len(around) == 1:
            ids = {row.id for row in gazetteer.find(around.pop()) if row.country == country and row.kind == kind}
    return frozenset({fold(bare), *ids})


def _bare(name: str) -> str:
    words = name.split()
    while len(words) > 1 and words[-1].lower() in KINDS:
        words.pop()
    return " ".join(words)


def _doubt(country: str, kind: str, name: str) -> str | None:
    """What to say where the gazetteer has no such unit: a dataset may have it all the same."""
    if len(names(country, kind, name)) > 1:
        return None
    every = Gazetteer.open().units(country, kind)
    near = difflib.get_close_matches(_bare(name), every, n=5, cutoff=0.4) or every[:5]
    meant = f"; did you mean {', '.join(near)}?" if near else ""
    what = "province" if kind == "admin1" else "district"
    return f"neither the gazetteer nor what was counted knows a {what} {name!r} in {country}{meant}"


def _box(place: Place) -> Box | None:
    """Between which degrees a place lies: a point for a town or site, what it may reach for a wide one."""
    if place.precision in WIDE:
        known = place.gazetteer or (f"country:{place.country}" if place.precision == "country" else None)
        extent = Gazetteer.open().extent(known) if known else None
        reach = REACH.get(place.precision)
        if extent is not None or reach is None or place.point is None:
            return extent
        lat, lon = place.point
        return lat - reach, lat + reach, lon - reach, lon + reach
    return (place.lat, place.lat, place.lon, place.lon) if place.lat is not None and place.lon is not None else None
