"""A place that is told no finer than a district is nowhere in particular of it."""

from __future__ import annotations

import pytest

from trucewatch import codebook, truces
from trucewatch.nouns import Place
from trucewatch.truces.ground import Ground


@pytest.mark.parametrize(
    ("lat", "precision", "inside"),
    [
        (35.81, "town", True),  # on the motorway
        (35.70, "town", False),
        (35.81, "district", None),  # the hills beside it are no part of the corridor
        (35.70, "district", None),
        (35.40, "district", False),
    ],
)
def test_the_corridor_along_the_m4(lat: float, precision: str, inside: bool | None) -> None:
    truce = truces.load()["syria-idlib-2020"]
    (corridor,) = (zone for zone in truce.zones if zone.id == "corridor")
    place = Place(text="there", name="there", country="SYR", lat=lat, lon=36.60, precision=precision)
    assert Ground(codebook.load()).ask(place, corridor).inside is inside


@pytest.mark.parametrize(
    ("name", "lat", "lon", "inside"),
    [
        ("Shabwah", 14.5, 46.8, False),
        ("Marib", 15.4, 45.3, False),
        ("Al Mahwit", 15.4, 43.6, None),
        ("Raymah", 14.6, 43.7, None),
    ],
)
def test_a_province_far_from_the_zone_is_outside_and_its_neighbour_may_be_inside(
    name: str, lat: float, lon: float, inside: bool | None
) -> None:
    (zone,) = truces.load()["yemen-hodeidah-2018"].zones
    place = Place(text=name, name=name, country="YEM", lat=lat, lon=lon, precision="region")
    assert Ground(codebook.load()).ask(place, zone).inside is inside
