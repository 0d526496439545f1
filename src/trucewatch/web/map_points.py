"""Chosen incidents as a map shows them: points gathered where they would lie on each other, and areas.

A place told only by its region is an area, never a point in the area's middle.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from trucewatch import codebook
from trucewatch.codebook import basemap, globe
from trucewatch.codebook.rows import PRECISIONS, QUADS
from trucewatch.nouns import REAL
from trucewatch.web.atlas import FINE, STATUSES, Atlas, Mask

CELL = 52
"""Pixels within which points are gathered."""
TILE = 512
"""Pixels of the whole world at zoom 0, as MapLibre has it."""
AREAS = 60
"""The most areas that are drawn at once; those of most incidents."""
RADII = {"district": 12.0, "region": 60.0}
"""Kilometres that an area without a known outline is drawn with."""

Feature = dict[str, Any]


class Window(NamedTuple):
    """What a map shows: degrees, and how near."""

    west: float
    south: float
    east: float
    north: float
    zoom: float

    @classmethod
    def read(cls, written: str) -> Window:
        """``west,south,east,north,zoom``. Raises ValueError for anything else."""
        try:
            numbers = [float(part) for part in written.split(",")]
        except ValueError:
            numbers = []
        if len(numbers) != 5 or not all(map(math.isfinite, numbers)):
            raise ValueError(f"{written!r} is no window: west,south,east,north,zoom")
        west, south, east, north, zoom = numbers
        return cls(west, max(south, -85.0), east, min(north, 85.0), min(max(zoom, 0.0), 22.0))


def features(atlas: Atlas, mask: Mask, window: Window) -> dict[str, Any]:
    """The chosen incidents of a window as a GeoJSON FeatureCollection."""
    seen = mask & (atlas.precision >= 0) & (atlas.lat >= window.south) & (atlas.lat <= window.north)
    seen &= (atlas.lon >= window.west) & (atlas.lon <= window.east)
    fine = seen & (atlas.precision < FINE)
    wide = mask & (atlas.precision >= FINE)
    found = [*_areas(atlas, wide.nonzero()[0], window), *_points(atlas, fine.nonzero()[0], window.zoom)]
    return {"type": "FeatureCollection", "features": found}


def _points(atlas: Atlas, rows: NDArray[np.int64], zoom: float) -> Iterator[Feature]:
    if not len(rows):
        return
    lat, lon = atlas.lat[rows], atlas.lon[rows]
    across = TILE * 2**zoom / CELL
    x = (lon + 180) / 360 * across
    y = (1 - np.arcsinh(np.tan(np.radians(np.clip(lat, -85, 85)))) / math.pi) / 2 * across
    cells, at = np.unique(np.floor(x) * 2**30 + np.floor(y), return_inverse=True)
    size = np.bincount(at)
    kinds = [np.bincount(at, weights=atlas.quad[rows] == quad, minlength=len(cells)) for quad in range(len(QUADS))]
    middle = [np.bincount(at, weights=of) / size for of in (lon, lat)]
    any_row = np.zeros(len(cells), dtype=np.int64)
    any_row[at] = rows
    one_place = np.bincount(at, weights=atlas.place[rows] != atlas.place[any_row[at]]) == 0
    for cell in range(len(cells)):
        row = int(any_row[cell])
        properties: dict[str, Any] = {"n": int(size[cell]), "kinds": [int(kind[cell]) for kind in kinds]}
        if size[cell] == 1:
            properties |= {"id": atlas.ids[row], "sure": STATUSES[atlas.status[row]] in REAL}
        if one_place[cell]:
            properties |= _place(atlas, int(atlas.place[row]))
        point = [round(float(of[cell]), 4) for of in middle]
        yield {"type": "Feature", "geometry": {"type": "Point", "coordinates": point}, "properties": properties}


def _areas(atlas: Atlas, rows: NDArray[np.int64], window: Window) -> Iterator[Feature]:
    """The areas of most incidents first; those out of sight do not matter."""
    places, at, size = np.unique(atlas.place[rows], return_inverse=True, return_counts=True)
    any_row = np.zeros(len(places), dtype=np.int64)
    any_row[at] = rows
    drawn = 0
    for number in np.argsort(-size, kind="stable"):
        row = int(any_row[number])
        geometry = _outline(atlas, row)
        if drawn == AREAS:
            return
        if geometry is None or not _meets(geometry, window):
            continue
        drawn += 1
        properties = {"n": int(size[number]), "level": PRECISIONS[atlas.precision[row]]}
        properties |= _place(atlas, int(places[number]))
        yield {"type": "Feature", "geometry": geometry, "properties": properties}


def _place(atlas: Atlas, number: int) -> dict[str, str]:
    _, _, gazetteer, name = atlas.places[number]
    return {"place": gazetteer or name, "name": name}


def _outline(atlas: Atlas, row: int) -> Any:
    """What is known of an area's edge: its own outline, its province's or country's, or a circle about its middle."""
    level = PRECISIONS[atlas.precision[row]]
    _, country, gazetteer, name = atlas.places[atlas.place[row]]
    source, _, key = gazetteer.partition(":")
    if source == "areas" and key in (areas := codebook.load().areas):
        return {"type": "MultiPolygon", "coordinates": areas[key].polygons}
    if level == "country":
        return basemap.outline(country)
    province = key.partition("/")[2].replace("-", " ") if source == "ne" else name
    found = basemap.outline(country, province) if level == "region" and country else None
    return found or _circle(float(atlas.lat[row]), float(atlas.lon[row]), RADII[level])


def _circle(lat: float, lon: float, kilometres: float) -> Feature:
    up, across = globe.degrees(kilometres, lat)
    turns = [math.tau * step / 32 for step in range(33)]
    ring = [[round(lon + across * math.cos(t), 4), round(lat + up * math.sin(t), 4)] for t in turns]
    return {"type": "Polygon", "coordinates": [ring]}


def _meets(geometry: Any, window: Window) -> bool:
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    points = np.concatenate([np.array(polygon[0]) for polygon in polygons])
    (west, south), (east, north) = points.min(axis=0), points.max(axis=0)
    return bool(west <= window.east and east >= window.west and south <= window.north and north >= window.south)
