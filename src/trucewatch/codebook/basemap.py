"""The ground of the map: countries, provinces, rivers from Natural Earth (``tools/basemap.py``), cities from the gazetteer."""

from __future__ import annotations

import functools
import gzip
import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from trucewatch.codebook.names import fold

FILE = Path(__file__).with_name("basemap.sqlite")
WORLD = "world"


@functools.lru_cache(maxsize=64)
def packed(name: str) -> bytes | None:
    """Gzipped GeoJSON of the ``world``, of its large ``rivers``, or of one country (ISO 3166 alpha-3) with its provinces
    and rivers; None for an unknown name."""
    import sqlite3

    with closing(sqlite3.connect(f"file:{FILE}?mode=ro", uri=True)) as file:
        row = file.execute("SELECT geojson FROM shapes WHERE name = ?", [name]).fetchone()
    return row[0] if row else None


@functools.lru_cache(maxsize=64)
def _shapes(name: str) -> dict[str, Any]:
    """Geometries of a country's provinces, by folded name; of the world's countries, by code."""
    found = packed(name)
    features = json.loads(gzip.decompress(found))["features"] if found else []
    if name == WORLD:
        return {one["properties"]["code"]: one["geometry"] for one in features}
    return {fold(one["properties"]["name"]): one["geometry"] for one in features if one["properties"].get("level")}


def outline(country: str, province: str | None = None) -> Any:
    """The geometry of a country or of its province of that name, as GeoJSON; None where there is none."""
    if province is None:
        return _shapes(WORLD).get(country)
    wanted = fold(province)
    provinces = _shapes(country)
    return provinces.get(wanted) or provinces.get(wanted.removesuffix(" province").removesuffix(" governorate"))


def rings(geometry: Any) -> Iterator[list[list[float]]]:
    """The outer edges of a geometry, each a list of longitudes with their latitudes."""
    if geometry is None or geometry["type"] not in ("Polygon", "MultiPolygon"):
        return
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    yield from (polygon[0] for polygon in polygons)
