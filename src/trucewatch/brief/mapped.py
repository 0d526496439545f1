"""What the map shows: the truce's zones, and the incidents whose place is told finely enough to be drawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from trucewatch.brief import wording
from trucewatch.brief.page import Mark, Outline, Told
from trucewatch.codebook import Codebook, basemap
from trucewatch.nouns import Incident
from trucewatch.truces.ground import WIDE, Ground
from trucewatch.truces.terms import Truce


def outlines(truce: Truce, book: Codebook) -> tuple[Outline, ...]:
    """The areas and roads of a truce, its own area first, and beneath it the countries that it takes in whole."""
    drawn = Ground(book)

    def found() -> Iterator[Outline]:
        for zone in sorted(truce.zones, key=lambda zone: zone.id != truce.zone):
            main = zone.id == truce.zone
            rings = () if zone.line else drawn.outlines(zone)
            yield from (Outline(name=zone.name, points=ring, is_area=True, main=main) for ring in rings)
            if zone.line:
                yield Outline(name=zone.name, points=zone.line, is_area=False, main=main)

    return (*_lands(truce), *found())


def _lands(truce: Truce) -> Iterator[Outline]:
    zone = truce.whole
    for country in zone.countries if zone else truce.countries:
        for ring in basemap.rings(basemap.outline(country)):
            points = tuple((lon, lat) for lon, lat in ring)
            yield Outline(name=zone.name if zone else "", points=points, is_area=True, main=True, is_land=True)


def marks(incidents: Sequence[Incident], happened: Sequence[Told]) -> tuple[Mark, ...]:
    """A mark for each place: a region's or a country's middle is no place, and is not drawn."""
    found: dict[tuple[float, float], list[tuple[Told, str]]] = {}
    for one, told in zip(incidents, happened, strict=True):
        place = one.place
        if place and place.point and place.precision not in WIDE:
            found.setdefault(place.point[::-1], []).append((told, wording.plain(place.name)))
    return tuple(
        Mark(
            at=at,
            name=those[0][1],
            numbers=tuple(told.number for told, _ in those),
            counts=any(told.counts for told, _ in those),
        )
        for at, those in found.items()
    )
