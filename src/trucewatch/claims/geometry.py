"""Steps 3 and 5, where: points and boxes on the globe, in degrees and kilometres, and whether two places may be one."""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence

from trucewatch.claims.placewords import COMPASS
from trucewatch.codebook.gazetteer import Box, Gazetteer, Point
from trucewatch.codebook.globe import KM_A_DEGREE, distance
from trucewatch.nouns import Place

_FAR_KM = 60.0  # two places farther apart than this are not one place
_WIDE_KM = 100.0
"""The same where one of them is a province or the north of a country: its middle may be far from a town in it."""


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


@functools.lru_cache(maxsize=1_000)  # every mention of an event is asked, and a report has few places
def one_place(a: Place | None, b: Place | None) -> bool | None:
    """Whether it is one place; None where that cannot be told."""
    if a is None or b is None:
        return None
    if a.point is None or b.point is None:
        return True if a.name == b.name else None
    if "country" in (a.precision, b.precision):
        return None if a.country == b.country else False
    if _other_part(a, b):
        return False
    if _holds(a, b.point) or _holds(b, a.point):
        return True
    apart = distance(a.point, b.point)
    if a.country == b.country and apart < max(_reach(a), _reach(b)):
        return None
    return apart < (_WIDE_KM if "region" in (a.precision, b.precision) else _FAR_KM)


def _reach(part: Place) -> float:
    """Kilometres within which a place may lie in the north or west of a country, which has no bounds of its own."""
    of_country = part.precision == "region" and is_vague(part)
    box = Gazetteer.open().extent(part.gazetteer or "") if of_country else None
    return diagonal(box) / 3 if box else 0.0


def is_vague(place: Place | None) -> bool:
    """Whether it is a country or a side of one."""
    return place is not None and (place.gazetteer or "").startswith("country:")


def _other_part(a: Place, b: Place) -> bool:
    """Whether they are two sides of one place: "northern Gaza" and "southern Gaza", but no "northwestern Gaza"."""
    (first, _, whole), (second, _, other) = (place.name.partition(" ") for place in (a, b))
    one, two = COMPASS.get(first.lower(), ""), COMPASS.get(second.lower(), "")
    within = one.startswith(two) or one.endswith(two) or two.startswith(one) or two.endswith(one)
    return whole == other and not within


def _holds(wide: Place, point: tuple[float, float]) -> bool:
    """Whether a province or named region has a point within its box; the north of a country has none of its own."""
    if wide.precision != "region" or wide.gazetteer is None or wide.gazetteer.startswith("country:"):
        return False
    box = Gazetteer.open().extent(wide.gazetteer)
    return box is not None and within(box, point)
