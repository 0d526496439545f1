"""Cases as GeoJSON (RFC 7946): a point where the place is told finely, an outline for a region that is drawn, else none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from trucewatch.codebook import Codebook
from trucewatch.export import lands
from trucewatch.export.cases import Case
from trucewatch.export.columns import values
from trucewatch.nouns import Place


def write(cases: Iterable[Case], book: Codebook) -> Iterator[bytes]:
    """A FeatureCollection, a line for each feature."""
    yield b'{"type":"FeatureCollection","features":['
    before = b"\n"
    for case in cases:
        yield before + msgspec.json.encode(feature(case, book))
        before = b",\n"
    yield b"\n]}\n"


def feature(case: Case, book: Codebook) -> dict[str, Any]:
    """A case as a feature; its properties are our own columns, null or empty where a value is not known."""
    return {
        "type": "Feature",
        "id": case.incident.id,
        "geometry": geometry(case.incident.place, book),
        "properties": values(case, book),
    }


def geometry(place: Place | None, book: Codebook) -> dict[str, Any] | None:
    """Where a place is, longitude first; None where nothing tells it more finely than a province or a country."""
    if at := lands.point(place):
        return {"type": "Point", "coordinates": at}
    polygons = lands.outline(place, book)
    if not polygons:
        return None
    if len(polygons) == 1:
        return {"type": "Polygon", "coordinates": polygons[0]}
    return {"type": "MultiPolygon", "coordinates": polygons}
