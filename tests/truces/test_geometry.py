"""Zones as geometry, held against what shapes are known to be."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trucewatch.truces import geometry

SQUARE = ((0.0, 0.0), (2.0, 0.0), (2.0, 2.0), (0.0, 2.0))
points = st.tuples(st.floats(-0.5, 2.5), st.floats(-0.5, 2.5))


@given(points)
def test_a_point_is_in_a_square_by_its_coordinates(point: tuple[float, float]) -> None:
    x, y = point
    if all(min(abs(value), abs(value - 2)) > 1e-9 for value in point):
        assert geometry.inside(SQUARE, point) == (0 < x < 2 and 0 < y < 2)


@given(st.lists(st.floats(0, 2 * math.pi, exclude_max=True), min_size=3, max_size=12, unique=True))
def test_points_in_order_around_a_circle_never_cross(angles: list[float]) -> None:
    ring = [(math.cos(angle), math.sin(angle)) for angle in sorted(angles)]
    gaps = [abs(a - b) for a, b in zip(sorted(angles), sorted(angles)[1:], strict=False)]
    if min(gaps) > 1e-3 and 2 * math.pi - max(angles) + min(angles) > 1e-3:
        assert geometry.crossing(geometry.closed(ring)) is None


@pytest.mark.parametrize(
    ("path", "crosses"),
    [
        (((0, 0), (2, 2), (2, 0), (0, 2), (0, 0)), True),  # a bow tie
        (((0, 0), (2, 0), (1, 0), (0, 0)), True),  # back over itself
        (((0, 0), (2, 0), (2, 2), (1, 0), (0, 0)), True),  # a corner on a side
        (((0, 0), (1, 0), (2, 0)), False),
        (((0, 0), (2, 0), (2, 1), (1, -1)), True),
        (((0, 0), (2, 0), (2, 2), (0, 2), (0, 0)), False),
    ],
)
def test_paths_that_cross_themselves(path: tuple[tuple[float, float], ...], crosses: bool) -> None:
    assert bool(geometry.crossing(path)) == crosses


def test_distances_are_in_km() -> None:
    line = ((36.0, 35.0), (37.0, 35.0))
    assert geometry.kilometres_to(line, (36.5, 35.1)) == pytest.approx(11.12)
    assert geometry.kilometres_to(line, (37.1, 35.0)) == pytest.approx(11.12 * math.cos(math.radians(35)))


def test_rings_that_share_land() -> None:
    within = ((0.5, 0.5), (1.0, 0.5), (1.0, 1.0))
    beside = ((3.0, 3.0), (4.0, 3.0), (4.0, 4.0))
    across = ((-1.0, 0.9), (3.0, 0.9), (3.0, 1.1), (-1.0, 1.1))
    assert [geometry.overlap(SQUARE, other) for other in (within, beside, across)] == [True, False, True]
    assert geometry.overlap(within, SQUARE)
