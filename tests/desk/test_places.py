"""By place, a desk of either database and the web's columns find the same."""

from __future__ import annotations

import pytest

from tests.desk import made
from tests.desk.made import V1
from trucewatch import derive
from trucewatch.codebook.gazetteer import Gazetteer, GazetteerRow
from trucewatch.codebook.within import within
from trucewatch.desk import ClaimFilter, Desk, IncidentFilter
from trucewatch.nouns import Place
from trucewatch.web.atlas import Atlas, Choice

CALLED = (
    *(
        "Idlib",
        "Hama",
        "Saraqib",
        "Ariha",
        "Kafr Nabl",
        "Aleppo",
        "Latakia",
        "Khmeimim",
        "Damascus",
        "Jericho",
        "Harim",
    ),
    *(
        "Greater Idlib",
        "M4 corridor",
        "northern Syria",
        "Eastern Ghouta",
        "Gaza Strip",
        "Mosul",
        "Tripoli",
        "Crimea",
        "Kyiv",
    ),
)
ASKED = (
    *CALLED,
    *(
        "Syria",
        "syr",
        "idlib",
        "Idlib province",
        "Ariha district",
        "Tripoli, LBN",
        "sara",
        "aleppo countryside",
        "Ukraine",
    ),
    *("geonames:169389", "ocha:SY07", "place-of-nothing", "Middle East", "%", "_", ",", "lib", "Georgia"),
)


def _place(row: GazetteerRow) -> Place:
    return row.place(f"the outskirts of {row.name}")


def _places() -> list[Place | None]:
    """All places that bear one of the names, a country, a name that nobody knows, one that is moved, and nowhere."""
    gazetteer = Gazetteer.open()
    rows = {row.id: row for name in CALLED for row in gazetteer.find(name)}
    country = gazetteer.country("SYR")
    assert country is not None
    near = Place(
        text="10 km south of Saraqib", name="10 km south of Saraqib", country="SYR", lat=35.77, lon=36.8,
        precision="town", gazetteer="geonames:164816",
    )  # fmt: skip
    unknown = Place(text="Kafr Nowhere in the Aleppo countryside", name="Kafr Nowhere", country="SYR")
    return [*map(_place, rows.values()), _place(country), near, unknown, None]


@pytest.fixture(scope="module")
def filled(lasting: Desk) -> Desk:
    report = made.report("A list of places.")
    told = [made.claim(report, number, place=place, mode=None) for number, place in enumerate(_places())]
    with lasting.writer(V1) as writer:
        writer.store(report, told)
    derive.catch_up(lasting)
    return lasting


@pytest.mark.parametrize("words", ASKED)
def test_a_name_finds_the_same_on_each_database_and_in_the_atlas(filled: Desk, words: str) -> None:
    atlas = Atlas.of(filled.incidents())
    here = {atlas.ids[row] for row in atlas.fit(Choice(place=words)).nonzero()[0]}
    found = {one.id for one in filled.incidents(IncidentFilter(place=words))}
    assert found == here
    assert filled.count_incidents(IncidentFilter(place=words)) == len(here)
    of_claims = {one.id for claim in filled.claims(ClaimFilter(place=words)) for one in filled.incidents_of(claim.id)}
    assert here <= of_claims


def test_a_province_finds_its_towns_and_what_is_only_known_by_its_country_is_in_none(filled: Desk) -> None:
    names = {claim.place.name for claim in filled.claims(ClaimFilter(place="Idlib")) if claim.place}
    assert {"Idlib", "Saraqib", "Ariha", "Kafranbel", "Harim", "10 km south of Saraqib", "Greater Idlib"} <= names
    assert not names & {"Syria", "Aleppo", "Jericho", "Kafr Nowhere", "Khmeimim"}


def test_what_is_only_told_in_the_words_of_a_report_is_found_by_them(filled: Desk) -> None:
    (claim,) = filled.claims(ClaimFilter(place="aleppo countryside"))
    assert claim.place and claim.place.name == "Kafr Nowhere"
    assert not within("aleppo countryside").meanings
