"""Distances on the globe: points are (latitude, longitude) in degrees, what follows in a tuple does not matter."""

from __future__ import annotations

import math
from collections.abc import Sequence

KM_A_DEGREE = 111.2
"""Of latitude; and of longitude at the equator."""
_DIAMETER_KM = 12742
_POLAR = 0.05
"""The cosine of a latitude from which on degrees of longitude are made no longer."""


def distance(one: Sequence[float], two: Sequence[float]) -> float:
    """Great-circle distance in km."""
    la, lb = math.radians(one[0]), math.radians(two[0])
    half = math.sin((lb - la) / 2) ** 2
    half += math.cos(la) * math.cos(lb) * math.sin(math.radians(two[1] - one[1]) / 2) ** 2
    return _DIAMETER_KM * math.asin(math.sqrt(min(1.0, half)))


def flat_distance(one: Sequence[float], two: Sequence[float]) -> float:
    """Distance in km on a flat map, which is sooner told: within one percent up to a few hundred kilometres."""
    if one == two:  # mostly: claims are compared where they tell of one place
        return 0.0
    apart = abs(one[1] - two[1])
    east = min(apart, 360 - apart)
    return KM_A_DEGREE * math.hypot(one[0] - two[0], east * math.cos(math.radians((one[0] + two[0]) / 2)))


def degrees(km: float, lat: float) -> tuple[float, float]:
    """How many degrees of latitude, and of longitude at a latitude, so many kilometres are."""
    north = km / KM_A_DEGREE
    return north, north / max(math.cos(math.radians(lat)), _POLAR)
