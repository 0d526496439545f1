"""Countries as other datasets number them, and where in one a place lies (countries.csv)."""

from __future__ import annotations

import csv
import functools
import itertools
from collections.abc import Mapping
from pathlib import Path

import msgspec

from trucewatch.codebook import Codebook
from trucewatch.codebook.gazetteer import Gazetteer, GazetteerRow
from trucewatch.nouns import Noun, Place
from trucewatch.truces.terms import LonLat

COUNTRIES = Path(__file__).with_name("countries.csv")
Polygon = tuple[tuple[LonLat, ...], ...]
"""Closed rings, the outer one first."""


class Land(Noun):
    """A country's numbers and regions; None where a list does not have it."""

    code: str
    """ISO 3166 alpha-3."""
    iso: int | None = None
    """ISO 3166 numeric."""
    gw: int | None = None
    """Gleditsch and Ward's number, by which UCDP calls states."""
    ucdp_region: str | None = None
    acled_region: str | None = None


class Units(Noun):
    """The administrative units that a place lies in, or is; None where they are not known."""

    admin1: str | None = None
    admin2: str | None = None
    admin3: str | None = None


@functools.cache
def lands() -> Mapping[str, Land]:
    """All countries by code."""
    with COUNTRIES.open(encoding="utf-8", newline="") as lines:
        rows = [{name: cell for name, cell in row.items() if cell} for row in csv.DictReader(lines)]
    return {land.code: land for land in msgspec.convert(rows, list[Land], strict=False)}


def land(place: Place | None) -> Land:
    """The country of a place; one without numbers where it is not known."""
    code = place.country if place and place.country else ""
    return lands().get(code) or Land(code=code)


def country(place: Place | None, book: Codebook) -> str | None:
    """The name of a place's country."""
    known = book.countries.get(place.country or "") if place else None
    return known.name if known else None


def units(place: Place | None, book: Codebook) -> Units:
    """The units that the gazetteer has for a place."""
    row = _row(place, book)
    if row is None:
        return Units()
    if row.kind in ("admin1", "admin2", "admin3"):
        return Units(**({"admin1": row.admin1} | {row.kind: row.name}))
    return Units(admin1=row.admin1)


def is_about_town(place: Place, book: Codebook) -> bool:
    """Whether it is a part of a town, or the land around it, and no unit: "west of Marib"."""
    row = _row(place, book)
    return place.precision == "district" and row is not None and row.precision == "town"


def _row(place: Place | None, book: Codebook) -> GazetteerRow | None:
    return Gazetteer.open(book).get(place.gazetteer) if place and place.gazetteer else None


def point(place: Place | None) -> LonLat | None:
    """Where a place is; None where it is told no finer than a region, for its middle would be no place of the deed."""
    if place is None or not place.is_fine or place.point is None:
        return None
    lat, lon = place.point
    return lon, lat


def outline(place: Place | None, book: Codebook) -> tuple[Polygon, ...]:
    """The outline of a named region, outer rings counter-clockwise and holes clockwise; none where it is not drawn."""
    area = Gazetteer.open(book).areas.get(place.gazetteer or "") if place else None
    if area is None:
        return ()
    return tuple(
        tuple(_turned(ring, left=number == 0) for number, ring in enumerate(polygon)) for polygon in area.polygons
    )


def _turned(ring: tuple[LonLat, ...], left: bool) -> tuple[LonLat, ...]:
    doubled = sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in itertools.pairwise(ring))
    return ring if (doubled > 0) == left else tuple(reversed(ring))
