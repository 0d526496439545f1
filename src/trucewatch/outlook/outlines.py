"""Outlines that somebody drew: GeoJSON and WKT files of polygons."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from trucewatch.codebook.areas import Polygons, ring_fault
from trucewatch.errors import TableError, UnreadableError

SUFFIXES = frozenset({".geojson", ".json", ".wkt"})
_WKT = re.compile(r"\s*(?:SRID=4326;)?\s*(?:MULTI)?POLYGON\s*(\(.*\))\s*", re.IGNORECASE | re.DOTALL)


def is_file(written: str) -> bool:
    """Whether words are the path of such a file."""
    return Path(written).suffix.lower() in SUFFIXES


def read(path: Path) -> Polygons:
    """The polygons of a file, of all its features together.

    Raises UnreadableError for a file that cannot be read, TableError for one that holds no polygon, or a ring that is
    not closed or leaves the globe.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UnreadableError(f"{path}: cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise UnreadableError(f"{path}: not UTF-8") from error
    try:
        found = list(_wkt(text) if path.suffix.lower() == ".wkt" else _geojson(msgspec.json.decode(text)))
        polygons = msgspec.convert(found, Polygons)
    except (msgspec.DecodeError, LookupError, TypeError, ValueError) as error:
        raise TableError(f"{path}:1: no outline in WKT or GeoJSON: {error}") from error
    if not polygons:
        raise TableError(f"{path}:1: holds no polygon")
    for ring in (ring for polygon in polygons for ring in polygon):
        if fault := ring_fault(ring):
            raise TableError(f"{path}:1: {fault}")
    return polygons


def _geojson(value: Any) -> Iterator[list[Any]]:
    """The polygons of a feature collection, a feature or a geometry."""
    kind = value["type"]
    if kind == "FeatureCollection":
        for feature in value["features"]:
            yield from _geojson(feature)
    elif kind == "Feature":
        yield from _geojson(value["geometry"])
    elif kind == "GeometryCollection":
        for shape in value["geometries"]:
            yield from _geojson(shape)
    elif kind in ("Polygon", "MultiPolygon"):
        for polygon in [value["coordinates"]] if kind == "Polygon" else value["coordinates"]:
            yield [[tuple(point[:2]) for point in ring] for ring in polygon]


def _wkt(text: str) -> Iterator[list[Sequence[Any]]]:
    said = _WKT.fullmatch(text)
    if said is None:
        raise ValueError("POLYGON ((...)) or MULTIPOLYGON (((...))) was expected")
    # Its brackets and numbers, with brackets of their own around each point, are JSON.
    points = re.sub(r"([-\d.eE+]+)\s+([-\d.eE+]+)(?:\s+[-\d.eE+]+)*", r"[\1,\2]", said[1])
    nested = msgspec.json.decode(points.replace("(", "[").replace(")", "]"))
    is_one = isinstance(nested[0][0][0], float | int)
    yield from [nested] if is_one else nested
