"""Whether an incident's place lies in a clause's zone: yes, no, or not to be told from what is known of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from trucewatch.codebook import Codebook, globe
from trucewatch.codebook.gazetteer import Gazetteer
from trucewatch.codebook.rows import BODIES
from trucewatch.codebook.units import REACH, is_nested
from trucewatch.english import Said, joined, said
from trucewatch.nouns import Claim, Incident, Place
from trucewatch.truces import geometry
from trucewatch.truces.terms import LonLat, Zone

WIDE = frozenset({"region", "country"})
"""Precisions at which a place's point is only its middle."""
DISTRICT_KM = 10.0
"""How far a district reaches from its point, at least."""
AREAS = "areas:"
"""What stands before a region's id in a gazetteer id ..."""
BORDER = "border:"
"""... and before the two countries of a border: ``border:ISR-LBN``."""


class Answer(NamedTuple):
    """Whether it is inside (None: not to be told), and why."""

    inside: bool | None
    words: Said


class Ground:
    """The zones of one truce."""

    def __init__(self, book: Codebook) -> None:
        self._book = book
        self._rings: dict[str, tuple[tuple[LonLat, ...], ...]] = {}
        self._held: dict[tuple[str, LonLat], bool] = {}

    def ask(self, place: Place | None, zone: Zone) -> Answer:
        """Where a place lies to a zone."""
        if place is None:
            return Answer(None, said("no report says where"))
        lands = _lands(place)
        if lands and lands <= set(zone.countries):
            return Answer(True, said("in {zone}", zone=zone.name))
        if place.gazetteer and self._by_name(place.gazetteer, zone):
            return _inside(zone)
        if place.precision in WIDE:
            return self._wide(place, zone)
        if place.point is None:
            return Answer(None, joined(coarse(place), said("so that nothing tells whether it lies in the zone")))
        held = {self._holds(zone, point) for point in _reach(place.point[::-1], place.precision == "district")}
        if len(held) > 1:
            return _partly(place, zone)
        if held == {True}:
            return _inside(zone)
        return _outside(place, zone)

    def _wide(self, place: Place, zone: Zone) -> Answer:
        region = (place.gazetteer or "").removeprefix(AREAS)
        if region in self._book.areas and place.precision != "country":
            if not self._meets(zone, region):
                return _outside(place, zone)
            if all(self._holds(zone, point) for polygon in self._book.areas[region].polygons for point in polygon[0]):
                return _inside(zone)
        elif self._is_apart(place, zone):
            return _outside(place, zone)
        return _partly(place, zone)

    def _is_apart(self, place: Place, zone: Zone) -> bool:
        """Whether a province has no land in common with a zone that is drawn, wherever it ends."""
        if place.precision != "region" or place.point is None or not self.outlines(zone) or zone.within_km:
            return False
        (lat, lon), reach = place.point, REACH["region"]
        around = (lat - reach, lat + reach, lon - reach, lon + reach)
        south, north, west, east = Gazetteer.open().extent(place.gazetteer or "") or around
        box = ((west, south), (east, south), (east, north), (west, north))
        return not any(geometry.overlap(ring, box) for ring in self.outlines(zone))

    def _by_name(self, gazetteer: str, zone: Zone) -> bool:
        if gazetteer.removeprefix(AREAS) in zone.regions:
            return True
        return any(is_nested(gazetteer, one) for one in zone.places)

    def outlines(self, zone: Zone) -> tuple[tuple[LonLat, ...], ...]:
        """The rings of a zone, closed; of the regions that it names too, unless it is drawn as a line: that is finer."""
        if zone.id not in self._rings:
            regions = [region for region in zone.regions if region in self._book.areas and not zone.line]
            named = [self._book.areas[region].polygons for region in regions]
            rings = [polygon[0] for polygons in named for polygon in polygons]
            self._rings[zone.id] = tuple(map(geometry.closed, (*rings, *zone.outlines)))
        return self._rings[zone.id]

    def _holds(self, zone: Zone, point: LonLat) -> bool:
        if (zone.id, point) not in self._held:
            self._held[zone.id, point] = self._has(zone, point)
        return self._held[zone.id, point]

    def _has(self, zone: Zone, point: LonLat) -> bool:
        reach = zone.within_km or 0.0
        for ring in self.outlines(zone):
            if geometry.inside(ring, point) or (reach and geometry.kilometres_to(ring, point) <= reach):
                return True
        return bool(zone.line) and geometry.kilometres_to(zone.line, point) <= reach

    def _meets(self, zone: Zone, region: str) -> bool:
        """Whether a zone and a named region may have land in common; true where nothing is drawn to tell by."""
        rings, polygons = self.outlines(zone), self._book.areas[region].polygons
        if not rings and not zone.line:
            return True
        crossed = any(geometry.inside(polygon[0], point) for point in zone.line for polygon in polygons)
        return crossed or any(geometry.overlap(ring, polygon[0]) for ring in rings for polygon in polygons)


def is_at_home(incident: Incident, told: Iterable[Claim], zone: Zone) -> bool:
    """Whether a village that no gazetteer has lies in a zone of whole countries, by what its reports tell: all violence whose place is
    known is there, and those who were hit are of there, as far as that is told."""
    place = incident.place
    if place is None or place.country is not None or place.point is not None:
        return False
    lands = {claim.place.country for claim in told if claim.place and claim.type == incident.type}
    lands |= {one.country for one in incident.recipients}
    lands -= {None, *BODIES}
    return bool(lands) and lands <= set(zone.countries)


def coarse(place: Place) -> Said:
    """Why nothing but its reports tells where a place lies."""
    wide = place.precision in WIDE
    return said(
        "the place is told no finer than {place}" if wide else "{place} is not in the gazetteer", place=place.name
    )


def _inside(zone: Zone) -> Answer:
    return Answer(True, said("inside {zone}", zone=the(zone)))


def _outside(place: Place, zone: Zone) -> Answer:
    return Answer(False, said("{place} lies outside {zone}", place=place.name, zone=the(zone)))


def _partly(place: Place, zone: Zone) -> Answer:
    return Answer(None, joined(coarse(place), said("not all of which is in {zone}", zone=the(zone))))


def _lands(place: Place) -> set[str]:
    """The country of a place, or both of a border."""
    if place.gazetteer and place.gazetteer.startswith(BORDER):
        return set(place.gazetteer.removeprefix(BORDER).split("-"))
    return {place.country} if place.country else set()


def _reach(point: LonLat, district: bool) -> tuple[LonLat, ...]:
    """The points that a place may be at: a district's also to its four sides."""
    lon, lat = point
    north, east = globe.degrees(DISTRICT_KM, lat)
    sides = ((lon - east, lat), (lon + east, lat), (lon, lat - north), (lon, lat + north))
    return (point, *sides) if district else (point,)


def the(zone: Zone) -> str:
    """A zone's name in a sentence."""
    return zone.name if zone.countries and not zone.outlines else f"the {zone.name.removeprefix('the ')}"
