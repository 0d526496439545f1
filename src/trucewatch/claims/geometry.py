"""Points on the globe: (latitude, longitude) in degrees; distances in kilometres."""

from __future__ import annotations

import math
from collections.abc import Sequence

from trucewatch.codebook.gazetteer import Box, Point

_EARTH_KM = 12742
_KM_OF_DEGREE = 111.2


def distance(one: Point, two: Point) -> float:
    """Great-circle distance."""
    la, lb = math.radians(one[0]), math.radians(two[0])
    half = math.sin((lb - la) / 2) ** 2
    half += math.cos(la) * math.cos(lb) * math.sin(math.radians(two[1] - one[1]) / 2) ** 2
    return _EARTH_KM * math.asin(math.sqrt(min(1.0, half)))


def moved(point: Point, km: float, side: str) -> Point:
    """The point so many kilometres away on that side ("north", "southeast")."""
    north = ("north" in side) - ("south" in side)
    east = ("east" in side) - ("west" in side)
    degrees = km / _KM_OF_DEGREE / (math.hypot(north, east) or 1.0)
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


def diagonal(box: Box) -> float:
    """The length of a box from corner to corner."""
    south, north, west, east = box
    return distance((south, west), (north, east))
