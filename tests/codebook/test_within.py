"""What the name of a place takes in."""

from __future__ import annotations

import pytest

from trucewatch.codebook.gazetteer import Gazetteer
from trucewatch.codebook.units import Spot
from trucewatch.codebook.within import within
from trucewatch.nouns import Place

ROWS = {
    "Syria": "country:SYR",
    "Idlib province": "ocha:SY07",
    "Idlib": "geonames:169389",
    "Saraqib": "geonames:164816",
    "Ariha": "geonames:172994",
    "Ariha district": "ocha:SY0705",
    "Harim": "geonames:169866",
    "Part of Harim": "ocha:SY070300",
    "Kafranbel": "geonames:168661",
    "Aleppo": "geonames:170063",
    "Hama": "geonames:170017",
    "Khmeimim": "places:khmeimim",
    "Greater Idlib": "areas:greater-idlib",
    "M4 corridor": "areas:m4-corridor",
    "Jericho": "geonames:284899",
    "Tripoli in Libya": "geonames:2210247",
    "Tripoli in Lebanon": "geonames:266826",
    "Gaza City": "geonames:281133",
    "Border": "border:SYR-TUR",
}


IN_IDLIB = "Idlib province, Idlib, Saraqib, Ariha, Ariha district, Harim, Part of Harim, Kafranbel"
TRIPOLIS = "the town Tripoli (LBY), the town Tripoli (LBN), the town Trípoli (GRC) and the town Tripoli (USA)"


@pytest.mark.parametrize(
    ("words", "told", "there"),
    [
        ("Idlib", "the province Idlib (SYR)", IN_IDLIB),
        ("idlib Governorate", "the province Idlib (SYR)", IN_IDLIB),
        ("Idleb", "the province Idlib (SYR)", IN_IDLIB),  # as OCHA spells it
        ("Ariha", "the district Ariha (SYR)", "Ariha, Ariha district"),  # which is Jericho's other name too
        ("Harim district", "the district Harim (SYR)", "Harim, Part of Harim"),  # whose box holds Idlib, too
        ("Saraqib", "the town Saraqib (SYR)", "Saraqib"),
        ("Kafr Nabl", "the town Kafranbel (SYR)", "Kafranbel"),
        ("Latakia", "the province Latakia (SYR)", "Khmeimim"),  # of which the gazetteer knows no province
        ("M4", "the region M4 corridor (SYR)", "Ariha, M4 corridor"),
        ("Gaza", "the province Gaza (MOZ) and the region Gaza Strip (PSE)", "Gaza City"),
        ("Tripoli, Lebanon", "the town Tripoli (LBN)", "Tripoli in Lebanon"),
        ("Tripoli", TRIPOLIS, "Tripoli in Libya, Tripoli in Lebanon"),
        ("ocha:SY07", "the province Idlib (SYR)", "Idlib province"),
        ("country:SYR", "the country Syria", "Syria"),
    ],
)  # fmt: skip
def test_a_name_takes_in_what_lies_in_what_bears_it(words: str, told: str, there: str) -> None:
    found = within(words)
    assert found.told == f"{words} is taken for {told}"
    assert ", ".join(name for name, id_ in ROWS.items() if found.has(id_)) == there
    assert not found.countries


def test_of_many_meanings_some_are_told_and_how_many_there_are_besides() -> None:
    found = within("Victoria")
    *shown, more = found.told.removeprefix("Victoria is taken for ").replace(" and ", ", ").split(", ")
    assert shown == [*map(str, found.meanings[: len(shown)])]
    assert more == f"{len(found.meanings) - len(shown)} more"


@pytest.mark.parametrize("words", ["Syria", "syria", "SYR", "syr"])
def test_a_country_takes_in_all_that_is_in_it_and_no_namesake(words: str) -> None:
    assert within(words).countries == {"SYR"}
    assert within("Georgia").countries == {"GEO"} and within("Georgia, USA").countries == set()


@pytest.mark.parametrize(
    "words", ["", " ", "%", ",", "Nowhereland", "Idlib, Nowhereland", "Tripoli, Syria", "geonames:0", "province"]
)
def test_a_name_of_nothing_is_said_to_be_so(words: str) -> None:
    found = within(words)
    assert "no place of the gazetteer is called" in found.told
    assert not any(map(found.has, ROWS.values())) and not found.countries


def test_a_name_finds_places_that_only_bear_it_unless_it_says_exactly_what_it_means() -> None:
    assert within("Idlib").says(" greater idlib greater idlib") and not within("dlib").says(" idlib idlib")
    assert not within("Idlib, SYR").says(" greater idlib") and not within("geonames:169389").says(" geonames 169389")
    assert not within("%").says(" idlib")


def test_what_is_told_of_many_places_is_cut() -> None:
    assert within("Victoria").told.endswith(" more")


def test_the_whole_of_a_wide_place_must_lie_there() -> None:
    northwest = within("northwestern Syria")
    assert northwest.has("areas:m4-corridor") and not northwest.has("country:SYR") and not northwest.has("ocha:SY02")


@pytest.mark.parametrize(
    ("words", "spot", "there"),
    [
        ("Idlib", ("Ariha town", 35.81, 36.61, "town", "Idlib Governorate", "Ariha district"), True),
        ("Idlib", ("Ariha town", 35.81, 36.61, "town", "Hamah Governorate", None), False),
        ("Idlib", ("Ariha town", 35.81, 36.61, "town", None, None), True),  # by its point
        ("Idlib", ("Syria", None, None, "country", None, None), False),
        ("Ariha", ("somewhere", 35.81, 36.61, "town", "Idlib Governorate", "Ariha district"), True),
        ("M4 corridor", ("Ariha town", 35.81, 36.61, "town", "Idlib Governorate", None), True),
        ("Saraqib", ("Saraqib town", 35.86, 36.80, "town", "Idlib Governorate", None), True),
        ("Syria", ("Syria", None, None, "country", None, None), True),
    ],
)
def test_rows_of_others_lie_where_they_say_or_where_their_point_is(
    words: str, spot: tuple[str, float, float, str, str, str], there: bool
) -> None:
    name, lat, lon, precision, *units = spot
    place = Place(text=name, name=name, country="SYR", lat=lat, lon=lon, precision=precision)
    assert within(words).holds(Spot(place, *units)) is there


def test_a_unit_is_guessed_by_boxes_and_middles() -> None:
    gazetteer = Gazetteer.open()
    idlib = gazetteer.unit_at("SYR", "admin2", (35.93, 36.63))
    assert idlib is not None and idlib.id == "ocha:SY0700"
    assert gazetteer.unit_at("SYR", "admin2", (0.0, 0.0)) is None
