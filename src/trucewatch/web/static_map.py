"""Chosen incidents on a small map that the server draws: it takes no script, so that any site may frame it."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from trucewatch import codebook
from trucewatch.codebook import basemap
from trucewatch.codebook.basemap import rings
from trucewatch.codebook.rows import QUADS
from trucewatch.web.atlas import Atlas, Mask
from trucewatch.web.locator import EVERYWHERE, HEIGHT, Frame, Ring
from trucewatch.web.map_points import TILE, features

_LARGEST = 9.0
"""Radius of the largest dot."""
_NARROWEST = 1.5
"""Degrees that are shown at least ..."""
_ROOM = 1.25
"""... and how much wider than what is chosen."""


class Dot(NamedTuple):
    """Incidents of one spot."""

    x: float
    y: float
    radius: float
    quad: str
    """The kind of most of them."""
    says: str


class Sketch(NamedTuple):
    """A picture of the size that ``locator`` has."""

    lands: str
    """Outlines of countries, as one SVG path."""
    areas: tuple[str, ...]
    """Places known as areas only."""
    dots: tuple[Dot, ...]


def sketch(atlas: Atlas, mask: Mask) -> Sketch | None:
    """The picture of these incidents; None where no place of them is known well enough."""
    placed = mask & (atlas.precision >= 0)
    if not placed.any():
        return None
    lons, lats = atlas.lon[placed], atlas.lat[placed]
    wide = max(float(np.ptp(lons)), float(np.ptp(lats)), _NARROWEST) * _ROOM
    middle = (float(lons.min() + lons.max()) / 2, float(lats.min() + lats.max()) / 2)
    frame = Frame([(middle[0] + way * wide / 2, middle[1] + way * wide / 2) for way in (-1, 1)])
    # Dots are gathered as on a map of twice the size.
    window = EVERYWHERE._replace(zoom=max(math.log2(2 * 360 * HEIGHT / (TILE * wide)), 0.0))
    found = features(atlas, mask, window)["features"]
    spots = [one for one in found if one["geometry"]["type"] == "Point"]
    areas = [list(rings(one["geometry"])) for one in found if one["geometry"]["type"] != "Point"]
    lands = (ring for one in codebook.load().countries for ring in rings(basemap.outline(one)))
    return Sketch(
        lands="".join(frame.path(ring) for ring in lands if _reaches(ring, middle, wide)),
        areas=tuple("".join(map(frame.path, its)) for its in areas),
        dots=tuple(_dot(frame, one) for one in spots),
    )


def _reaches(ring: Ring, middle: tuple[float, float], wide: float) -> bool:
    """Whether an outline may be seen in the picture."""
    lons, lats = [point[0] for point in ring], [point[1] for point in ring]
    spans = ((min(lons), max(lons), middle[0]), (min(lats), max(lats), middle[1]))
    return all(low - wide < at < high + wide for low, high, at in spans)


def _dot(frame: Frame, spot: dict[str, object]) -> Dot:
    properties, geometry = spot["properties"], spot["geometry"]
    assert isinstance(properties, dict) and isinstance(geometry, dict)  # for the type checker: it is GeoJSON
    kinds = list(properties["kinds"])
    x, y = frame.point(*geometry["coordinates"])
    radius = min(2.5 + properties["n"] ** 0.5 / 2, _LARGEST)
    says = f"{properties.get('name') or properties.get('place') or ''}: {properties['n']}".removeprefix(": ")
    return Dot(x, y, round(radius, 1), QUADS[kinds.index(max(kinds))], says)
