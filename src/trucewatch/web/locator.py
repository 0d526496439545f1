"""Where an incident stands, as a small picture of its country: the map's own geometry, drawn by the server."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from trucewatch.codebook import basemap
from trucewatch.codebook.basemap import rings
from trucewatch.nouns import Incident
from trucewatch.web.atlas import Atlas
from trucewatch.web.map_points import Window, features

WIDTH, HEIGHT, MARGIN = 320.0, 220.0, 12.0
EVERYWHERE = Window(-180, -85, 180, 85, 3)

Ring = Sequence[Sequence[float]]
"""Longitudes and latitudes."""


class Locator(NamedTuple):
    """A picture ``WIDTH`` wide and ``HEIGHT`` high."""

    country: str
    """Its outline, as an SVG path ..."""
    area: str
    """... that of a place known as an area only ..."""
    point: tuple[float, float] | None
    """... and a place known better."""
    lat: float
    lon: float


def locator(incident: Incident) -> Locator | None:
    """The picture of an incident; None where nobody knows where it was."""
    told = incident.place
    if told is None or told.point is None:
        return None
    (lat, lon), alone = told.point, Atlas.of([incident])
    drawn = features(alone, alone.named([incident.id]), EVERYWHERE)["features"]
    place = next((one["geometry"] for one in drawn), None)
    outline = basemap.outline(told.country or "")
    country = max(rings(outline), key=len, default=())
    frame = Frame([*country, (lon, lat)])
    is_area = place is not None and place["type"] != "Point"
    return Locator(
        country="".join(map(frame.path, rings(outline))),
        area="".join(map(frame.path, rings(place))) if is_area else "",
        point=None if is_area else frame.point(lon, lat),
        lat=lat,
        lon=lon,
    )


class Frame:
    """Degrees to the picture's units: as on a flat map about the middle of what is shown."""

    def __init__(self, points: Ring) -> None:
        lons, lats = [point[0] for point in points], [point[1] for point in points]
        self._west, self._north = min(lons), max(lats)
        self._narrow = math.cos(math.radians((min(lats) + max(lats)) / 2))
        across = max((max(lons) - self._west) * self._narrow, 1.0)
        down = max(self._north - min(lats), 1.0)
        self._scale = min((WIDTH - 2 * MARGIN) / across, (HEIGHT - 2 * MARGIN) / down)
        self._left = (WIDTH - across * self._scale) / 2
        self._top = (HEIGHT - down * self._scale) / 2

    def point(self, lon: float, lat: float) -> tuple[float, float]:
        """Where a spot lies in the picture."""
        x = self._left + (lon - self._west) * self._narrow * self._scale
        return round(x, 1), round(self._top + (self._north - lat) * self._scale, 1)

    def path(self, ring: Ring) -> str:
        """An outline as an SVG path."""
        spots = dict.fromkeys(self.point(*point[:2]) for point in ring)
        return "M" + "L".join(f"{x} {y}" for x, y in spots) + "Z" if spots else ""
