"""Place phrases that point back, in the country of which a report tells: "the province", "south of the highway"."""

from __future__ import annotations

from trucewatch import codebook
from trucewatch.claims.where import Scene, locate
from trucewatch.codebook.gazetteer import Gazetteer


def _pointed(words: str, country: str, *before: str) -> str | None:
    """The name of the place that words point to, after these were named."""
    gazetteer = Gazetteer.open()
    scene = Scene.of([("LOC", country)], codebook.load(), gazetteer)
    told = [locate(name, scene, gazetteer) for name in before]
    found = locate(words, scene, gazetteer, [one.place for one in told if one])
    return found.place.name if found else None


def test_a_village_is_no_large_town_that_is_also_called_so() -> None:
    assert _pointed("the village of al-Majdal", "Syria") != "Ashkelon"


def test_the_other_side_is_that_of_the_same_place() -> None:
    assert _pointed("in the south", "Azerbaijan", "northern Nagorno-Karabakh") == "southern Nagorno-Karabakh"
    assert _pointed("in the south", "Azerbaijan", "Ganja") == "southern Azerbaijan"
