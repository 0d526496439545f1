"""Named regions (areas.geojson): their outlines, what lies in them, and where their middle is."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from pathlib import Path

from trucewatch.codebook.rows import Area
from trucewatch.codebook.tables import read_areas
from trucewatch.errors import TableError

Ring = tuple[tuple[float, float], ...]
"""(longitude, latitude) in degrees; the last point is the first again."""
Polygons = tuple[tuple[Ring, ...], ...]
"""Each an outer ring and its holes."""


def load_areas(path: Path) -> tuple[Area, ...]:
    """The named regions of a GeoJSON file, in its order.

    Raises TableError, ``file:feature: what is wrong``, for what is no region, a ring that is not closed or too
    short, and a point that is not on the globe.
    """
    areas = tuple(read_areas(path).values())
    for area in areas:
        for polygon in area.polygons:
            for ring in polygon:
                if fault := ring_fault(ring):
                    raise TableError(f"{area.where}: {area.id!r}: {fault}")
    return areas


def ring_fault(ring: Ring) -> str | None:
    """What is wrong with a ring, if anything is."""
    if len(ring) < 4 or ring[0] != ring[-1]:
        return "a ring is not closed: its last point must be its first again"
    return None if are_on_globe(ring) else "a point is off the globe (longitude comes first)"


def are_on_globe(points: Iterable[tuple[float, float]]) -> bool:
    """Whether they are longitudes and latitudes in degrees."""
    return all(-180 <= lon <= 180 and -90 <= lat <= 90 for lon, lat in points)


def contains(area: Area, lat: float, lon: float) -> bool:
    """Whether a point (degrees) lies in a region; holes are outside."""
    return any(
        inside(polygon[0], lat, lon) and not any(inside(hole, lat, lon) for hole in polygon[1:])
        for polygon in area.polygons
    )


def centre(area: Area) -> tuple[float, float]:
    """Latitude and longitude of the centre of area of all the region's polygons."""
    total = lat = lon = 0.0
    for polygon in area.polygons:
        ring = polygon[0]
        for (x1, y1), (x2, y2) in itertools.pairwise(ring):
            cross = x1 * y2 - x2 * y1
            total, lat, lon = total + cross, lat + (y1 + y2) * cross, lon + (x1 + x2) * cross
    return lat / (3 * total), lon / (3 * total)


def inside(ring: Ring, lat: float, lon: float) -> bool:
    """Whether a point lies in a ring."""
    inside = False
    for (x1, y1), (x2, y2) in itertools.pairwise(ring):
        if (y1 > lat) != (y2 > lat) and lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside
