"""Place phrases that point back, in the country of which a report tells: "the province", "south of the highway"."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.claims.made import coded
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


def test_the_province_is_that_of_the_town_and_no_corridor() -> None:
    assert _pointed("in the province", "Syria", "Kafr Nabl", "the M4 highway") == "Idlib"
    assert _pointed("in the province", "Syria", "Aleppo province", "the M4 highway") == "Aleppo province"


def test_a_village_is_no_large_town_that_is_also_called_so() -> None:
    assert _pointed("the village of al-Majdal", "Syria") != "Ashkelon"


def test_south_of_a_road_or_river_is_not_the_south_of_the_country() -> None:
    assert _pointed("south of the highway", "Syria", "the M4 highway", "Ariha") == "southern M4 corridor"
    assert _pointed("south of the river", "Syria", "Deir ez-Zor") is None


def test_the_other_side_is_that_of_the_same_place() -> None:
    assert _pointed("in the south", "Azerbaijan", "northern Nagorno-Karabakh") == "southern Nagorno-Karabakh"
    assert _pointed("in the south", "Azerbaijan", "Ganja") == "southern Azerbaijan"


def test_the_airport_is_no_camp() -> None:
    assert _pointed("at the airport", "Syria", "the Hmeimim air base", "Areesha camp") == _pointed(
        "Hmeimim air base", "Syria"
    )
    assert _pointed("at the camp", "Syria", "Areesha camp", "the Hmeimim air base") == _pointed("Areesha camp", "Syria")


def test_the_side_of_a_city_is_no_side_of_the_country() -> None:
    assert _pointed("in the city's south", "Sudan", "Omdurman") == "southern Omdurman"
    assert _pointed("in the city's south", "Sudan") is None


def test_a_word_of_number_that_begins_a_sentence_is_no_name() -> None:
    assert _pointed("All sites", "Iraq") is None
    assert _pointed("Several bases", "Iraq") is None


def test_a_region_has_a_name_of_common_nouns() -> None:
    fata = "Federally Administered Tribal Areas"
    assert _pointed("in the country's north-western tribal areas", "Pakistan") == fata
    assert _pointed("in the tribal areas", "Pakistan", "Quetta") == fata
    assert _pointed("in the tribal areas", "India") is None


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (
            "Mali's president flew to Moscow. Troops sealed off the city. Mali's army denied that there was a coup in Mali.",
            ["Moscow", None, "Mali"],
        ),
        ("The envoy arrived in Kabul on Sunday. Soldiers sealed off the city.", ["Kabul", "Kabul"]),
    ],
)
def test_the_city_is_not_that_to_which_somebody_went_to_talk(text: str, named: list[str | None]) -> None:
    assert [claim.place.name if claim.place else None for claim in coded(text, dt.date(2023, 3, 20))] == named


def test_the_border_is_that_of_the_neighbours_who_are_told_of() -> None:
    text = "The foreign ministers of Armenia and Azerbaijan met in Washington. Clashes along the border left three soldiers dead."
    assert [claim.place.name for claim in coded(text) if claim.place] == ["Washington", "Armenia–Azerbaijan border"]


def test_a_venue_is_not_where_a_report_plays() -> None:
    text = "Ministers met rebels in Doha on Monday. The rebels rejected the plan."
    parties = {party for claim in coded(text) for party in (*claim.actors, *claim.recipients)}
    assert {party.country for party in parties} == {None}
