"""Zones as geometry: whether a point lies in one, whether an outline crosses itself, whether two have land in common.

Outlines are small beside the globe, so degrees are taken for a plane; distances to a line are in km.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

from trucewatch.codebook import areas
from trucewatch.codebook.globe import KM_A_DEGREE
from trucewatch.truces.terms import LonLat

Segment = tuple[LonLat, LonLat]


def closed(ring: Sequence[LonLat]) -> tuple[LonLat, ...]:
    """A ring whose last point is its first again."""
    return tuple(ring) if ring[0] == ring[-1] else (*ring, ring[0])


def inside(ring: Sequence[LonLat], point: LonLat) -> bool:
    """Whether a point lies in a ring."""
    lon, lat = point
    return areas.inside(closed(ring), lat, lon)


def kilometres_to(line: Sequence[LonLat], point: LonLat) -> float:
    """How far a point is from a line, in km."""
    return min(_to_segment(segment, point) for segment in itertools.pairwise(line))


def crossing(path: Sequence[LonLat]) -> tuple[int, int] | None:
    """The numbers, from 0, of the first two segments of a path that cross, touch or lie on each other; else None.

    Neighbours may touch at the point that they share, as may the first and the last of a ring.
    """
    segments = list(itertools.pairwise(path))
    is_ring = path[0] == path[-1]
    for one, other in itertools.combinations(range(len(segments)), 2):
        neighbours = other == one + 1 or (is_ring and one == 0 and other == len(segments) - 1)
        if neighbours and not _folds_back(segments[one], segments[other]):
            continue
        if neighbours or meet(segments[one], segments[other]):
            return one, other
    return None


def overlap(one: Sequence[LonLat], other: Sequence[LonLat]) -> bool:
    """Whether two rings have land in common."""
    one, other = closed(one), closed(other)
    if inside(one, other[0]) or inside(other, one[0]):
        return True
    return any(meet(a, b) for a in itertools.pairwise(one) for b in itertools.pairwise(other))


def meet(one: Segment, other: Segment) -> bool:
    """Whether two segments have a point in common."""
    turns = [_turn(*one, point) for point in other] + [_turn(*other, point) for point in one]
    if turns[0] * turns[1] < 0 and turns[2] * turns[3] < 0:
        return True
    on = [(one, point) for point in other] + [(other, point) for point in one]
    return any(turn == 0 and _within(segment, point) for turn, (segment, point) in zip(turns, on, strict=True))


def _folds_back(one: Segment, other: Segment) -> bool:
    """Whether the second of two neighbours runs back over the first."""
    shared = one[1] if one[1] in other else one[0]
    start = one[0] if shared == one[1] else one[1]
    end = other[1] if shared == other[0] else other[0]
    ahead = (start[0] - shared[0]) * (end[0] - shared[0]) + (start[1] - shared[1]) * (end[1] - shared[1])
    return _turn(start, shared, end) == 0 and ahead > 0


def _turn(a: LonLat, b: LonLat, c: LonLat) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _within(segment: Segment, point: LonLat) -> bool:
    (x1, y1), (x2, y2) = segment
    return min(x1, x2) <= point[0] <= max(x1, x2) and min(y1, y2) <= point[1] <= max(y1, y2)


def _to_segment(segment: Segment, point: LonLat) -> float:
    scale = math.cos(math.radians(point[1]))
    (x1, y1), (x2, y2) = (((x - point[0]) * scale, y - point[1]) for x, y in segment)
    dx, dy = x2 - x1, y2 - y1
    along = 0.0 if dx == dy == 0 else max(0.0, min(1.0, -(x1 * dx + y1 * dy) / (dx * dx + dy * dy)))
    return math.hypot(x1 + along * dx, y1 + along * dy) * KM_A_DEGREE
