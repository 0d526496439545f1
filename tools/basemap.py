"""Makes the web desk's base map anew from Natural Earth (public domain; the simplified world map, version 4.1).

    python tools/basemap.py ../shared/data/geo/naturalearth_4.1_simplified_world_map.gpkg

Writes ``web/basemap.sqlite``: gzipped GeoJSON by name, ``world`` for all countries in coarse outline, and an ISO 3166 code
for one country with its provinces in finer outline. Needs shapely, which the package itself does not.
"""

from __future__ import annotations

import contextlib
import gzip
import json
import sqlite3
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from shapely import from_wkb, set_precision
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

TARGET = Path(__file__).parent.parent / "src" / "trucewatch" / "web" / "basemap.sqlite"
COARSE, FINE = 0.08, 0.01
"""How far a simplified line may stray, in degrees."""
ENVELOPES = (0, 32, 48, 48, 64)
"""Bytes of a GeoPackage geometry's bounding box, by the kind of box that its flags name."""


def main(source: Path) -> None:
    """Write the file; one that is there goes first."""
    rows = sqlite3.connect(source)
    countries = dict[str, tuple[str, BaseGeometry]]()
    for code, name, shape in rows.execute("SELECT ISO_A3, NAME, geom FROM countries"):
        countries[code] = (name, geometry(shape))
    provinces = defaultdict[str, list[tuple[str, BaseGeometry]]](list)
    for code, name, shape in rows.execute("SELECT adm0_a3, name, geom FROM states_provinces WHERE name IS NOT NULL"):
        provinces[code].append((name, geometry(shape)))
    TARGET.unlink(missing_ok=True)
    with contextlib.closing(sqlite3.connect(TARGET)) as made, made:
        made.execute("CREATE TABLE shapes (name TEXT PRIMARY KEY, geojson BLOB NOT NULL)")
        made.execute("INSERT INTO shapes VALUES ('world', ?)", [packed(world(countries))])
        for code, (name, shape) in countries.items():
            if code and code.isalpha():  # some disputed land has no code
                those = sorted(provinces[code], key=lambda one: one[0])
                parts = [feature(part, FINE, name=called, level=1) for called, part in those]
                whole = feature(shape, FINE, code=code, name=name, level=0)
                made.execute("INSERT INTO shapes VALUES (?, ?)", [code, packed([whole, *parts])])


def world(countries: dict[str, tuple[str, BaseGeometry]]) -> Iterator[dict[str, Any]]:
    """All countries in coarse outline."""
    for code, (name, shape) in countries.items():
        yield feature(shape, COARSE, code=code, name=name)


def geometry(blob: bytes) -> BaseGeometry:
    """A GeoPackage geometry: a header, whose fourth byte says how long its box is, and WKB."""
    return from_wkb(blob[8 + ENVELOPES[blob[3] >> 1 & 7] :])


def feature(shape: BaseGeometry, tolerance: float, **properties: Any) -> dict[str, Any]:
    """A GeoJSON feature of the simplified shape; one too small to be drawn has no geometry."""
    simple = set_precision(shape.simplify(tolerance), tolerance / 5)
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
    main(Path(sys.argv[1]))
