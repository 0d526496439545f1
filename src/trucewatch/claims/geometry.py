"""Points on the globe: (latitude, longitude) in degrees; distances in kilometres."""

from __future__ import annotations

import math
from collections.abc import Sequence

from trucewatch.codebook.gazetteer import Box, Point
from trucewatch.codebook.globe import KM_A_DEGREE, distance


def moved(point: Point, km: float, side: str) -> Point:
    """The point so many kilometres away on that side ("north", "southeast")."""
    north = ("north" in side) - ("south" in side)
    east = ("east" in side) - ("west" in side)
    degrees = km / KM_A_DEGREE / (math.hypot(north, east) or 1.0)
    lat, lon = point
    return lat + degrees * north, lon + degrees * east / math.cos(math.radians(lat))


def middle(points: Sequence[Point]) -> Point:
    """The mean of points that lie near each other."""
    return sum(lat for lat, _ in points) / len(points), sum(lon for _, lon in points) / len(points)


def third(box: Box, side: str) -> Point:
    """The middle of that third of a box; of the whole for "central"."""
    south, north, west, east = box
    up = ("north" in side) - ("south" in side)
    right = ("east" in side) - ("west" in side)
    return (south + north) / 2 + up * (north - south) / 3, (west + east) / 2 + right * (east - west) / 3


def within(box: Box, point: Point) -> bool:
    """Whether a point lies in a box."""
    south, north, west, east = box
    return south <= point[0] <= north and west <= point[1] <= east


def diagonal(box: Box) -> float:
    """The length of a box from corner to corner."""
    south, north, west, east = box
    return distance((south, west), (north, east))
