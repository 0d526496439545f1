"""Reading outlines for the gazetteer: GeoPackage and shapefile polygons, point in polygon, centroids, shared borders.

Needed at build time only. Coordinates are degrees; a ring is an array of (longitude, latitude).
"""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Ring = NDArray[np.float64]


@dataclass(frozen=True)
class Outline:
    """What lies inside an area: rings, by the even-odd rule (holes need no mark)."""

    rings: tuple[Ring, ...]

    @property
    def box(self) -> tuple[float, float, float, float]:
        """South, north, west, east of all rings."""
        points = np.concatenate(self.rings)
        return (
            float(points[:, 1].min()),
            float(points[:, 1].max()),
            float(points[:, 0].min()),
            float(points[:, 0].max()),
        )

    @cached_property
    def corners(self) -> frozenset[tuple[float, float]]:
        """All points of the rings, to about ten metres."""
        return frozenset(map(tuple, np.concatenate(self.rings).round(4).tolist()))

    @property
    def main(self) -> Outline:
        """The largest ring with the rings of a hundredth of its size that lie near: the mainland of a country."""
        largest = max(self.rings, key=lambda ring: abs(_area(ring)))
        return Outline((largest,))

    def centroid(self) -> tuple[float, float]:
        """Latitude and longitude of the centre of area of the largest ring."""
        ring = self.main.rings[0]
        x, y = ring[:-1, 0], ring[:-1, 1]
        nx, ny = ring[1:, 0], ring[1:, 1]
        cross = x * ny - nx * y
        total = cross.sum()
        if abs(total) < 1e-12:
            return float(y.mean()), float(x.mean())
        return float(((y + ny) * cross).sum() / (3 * total)), float(((x + nx) * cross).sum() / (3 * total))

    def holds(self, lats: NDArray[np.float64], lons: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Which of many points lie inside: those from which a line to the east crosses an odd number of edges."""
        edges = np.concatenate([np.hstack([ring[:-1], ring[1:]]) for ring in self.rings])
        x1, y1, x2, y2 = edges[edges[:, 1] != edges[:, 3]].T
        inside = np.zeros(len(lats), dtype=bool)
        step = max(1, 2_000_000 // max(len(x1), 1))
        for at in range(0, len(lats), step):
            lat, lon = lats[at : at + step, None], lons[at : at + step, None]
            crosses = ((y1 > lat) != (y2 > lat)) & (lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1)
            inside[at : at + step] = crosses.sum(axis=1) % 2 == 1
        return inside


def _area(ring: Ring) -> float:
    x, y = ring[:, 0], ring[:, 1]
    return float(np.dot(x[:-1], y[1:]) - np.dot(x[1:], y[:-1])) / 2


def _wkb_rings(blob: bytes, at: int) -> Iterator[Ring]:
    order = "<" if blob[at] == 1 else ">"
    kind, count = struct.unpack_from(order + "II", blob, at + 1)
    at += 9
    if kind == 6:
        for _ in range(count):
            rings = list(_wkb_rings(blob, at))
            yield from rings
            at += 9 + sum(4 + 16 * len(ring) for ring in rings)
        return
    if kind != 3:
        raise ValueError(f"geometry of kind {kind} is no polygon")
    for _ in range(count):
        (points,) = struct.unpack_from(order + "I", blob, at)
        yield np.frombuffer(blob, order + "f8", 2 * points, at + 4).reshape(-1, 2).astype(np.float64)
        at += 4 + 16 * points


def geopackage(path: Path, table: str, columns: Sequence[str]) -> Iterator[tuple[dict[str, str], Outline]]:
    """The rows of a polygon table of a GeoPackage, in the order of their ids."""
    base = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
    names = ", ".join(f'"{column}"' for column in columns)
    for blob, *cells in base.execute(f'select geom, {names} from "{table}" order by fid'):
        if blob:
            envelope = (0, 32, 48, 48, 64)[(blob[3] >> 1) & 7]
            rings = tuple(_wkb_rings(blob, 8 + envelope))
            yield {name: cell or "" for name, cell in zip(columns, cells, strict=True)}, Outline(rings)


def shapefile(path: Path) -> Iterator[tuple[dict[str, str], Outline]]:
    """The records of a polygon shapefile with their dBASE columns (UTF-8)."""
    shapes, table = path.with_suffix(".shp").read_bytes(), path.with_suffix(".dbf").read_bytes()
    head, width = struct.unpack_from("<HH", table, 8)
    fields, at = [], 32
    while table[at] != 0x0D:
        fields.append((table[at : at + 11].split(b"\0")[0].decode(), table[at + 16]))
        at += 32
    at, number = 100, 0
    while at < len(shapes):
        (words,) = struct.unpack_from(">i", shapes, at + 4)
        parts, points = struct.unpack_from("<ii", shapes, at + 8 + 36)
        starts = struct.unpack_from(f"<{parts}i", shapes, at + 8 + 44)
        xy = np.frombuffer(shapes, "<f8", 2 * points, at + 8 + 44 + 4 * parts).reshape(-1, 2)
        rings = tuple(xy[a:b] for a, b in zip(starts, [*starts[1:], points], strict=True))
        cells, column = {}, head + number * width + 1
        for name, length in fields:
            cells[name] = table[column : column + length].decode("utf-8", "replace").strip()
            column += length
        yield cells, Outline(rings)
        at, number = at + 8 + 2 * words, number + 1


def border(one: Outline, two: Outline) -> tuple[float, float] | None:
    """The point of the shared border that is nearest to the middle of all its points; None without one.

    Neighbours of one simplified map share the very points of their border.
    """
    shared = one.corners & two.corners
    if len(shared) < 2:
        return None
    points = np.array(sorted(shared))
    middle = points.mean(axis=0)
    lon, lat = points[np.argmin(((points - middle) ** 2).sum(axis=1))]
    return float(lat), float(lon)
