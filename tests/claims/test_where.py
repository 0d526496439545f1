"""Place phrases: labelled rows, phrases that point back, honesty about what is not known."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest

from trucewatch import codebook
from trucewatch.claims.geometry import moved
from trucewatch.claims.placewords import between, chunks, normal, offset
from trucewatch.claims.where import Located, Scene, locate
from trucewatch.codebook.gazetteer import Gazetteer
from trucewatch.codebook.globe import distance
from trucewatch.nouns import Name, Passage, Place, Report, Word

CASES = Path(__file__).parents[1] / "cases/places.csv"
ROWS = list(csv.DictReader(CASES.read_text(encoding="utf-8").splitlines()))
WITHIN_KM = {"site": 30, "town": 30, "district": 30, "region": 100, "": 30}


def scene_of(*names: str, text: str = "") -> Scene:
    book = codebook.load()
    pairs = []
    for name in names:
        word = book.find_country(name)
        pairs.append(("NORP" if word and word.kind == "demonym" else "LOC", name))
    return Scene.of(pairs, book, Gazetteer.open(), text=text)


def place(words: str, *names: str, before: tuple[Place, ...] = (), text: str = "") -> Place | None:
    found = locate(words, scene_of(*names, text=text), Gazetteer.open(), before)
    return found.place if found else None


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_labelled_rows(row: dict[str, str]) -> None:
    found = place(row["words"], *row["scene"].split("|"))
    if not row["name"]:
        assert found is None
        return
    assert found is not None
    assert (found.name, found.country, found.text) == (row["name"], row["country"] or None, row["words"])
    if row["precision"]:
        assert found.precision == row["precision"]
    if row["precision"] == "country":
        return
    if not row["lat"]:
        assert found.lat is None and found.lon is None
        return
    assert found.lat is not None and found.lon is not None
    away = distance((found.lat, found.lon), (float(row["lat"]), float(row["lon"])))
    assert away <= WITHIN_KM[row["precision"]]


def test_there_are_enough_rows_and_their_ids_are_unique() -> None:
    assert len(ROWS) >= 120
    assert len({row["id"] for row in ROWS}) == len(ROWS)


def test_one_name_two_countries_by_scene() -> None:
    in_lebanon, in_libya = place("Tripoli", "Lebanon", "Beirut"), place("Tripoli", "Libya", "Misrata")
    assert in_lebanon is not None and in_libya is not None
    assert (in_lebanon.country, in_libya.country) == ("LBN", "LBY")


def test_what_the_report_calls_a_place_decides_between_city_and_province() -> None:
    bare = place("Idlib", "Syria")
    called = place("Idlib", "Syria", text="Raids hit Idlib province. Idlib is calm now.")
    assert bare is not None and called is not None
    assert (bare.precision, called.precision) == ("town", "region")


def test_a_capital_goes_before_a_larger_province_of_its_name_elsewhere() -> None:
    capital, state = place("Washington", "Moscow"), place("Washington", "Moscow", text="Floods in Washington state")
    assert capital is not None and state is not None
    assert (capital.precision, state.precision) == ("town", "region")


def test_the_west_is_no_part_of_the_country_spoken_of() -> None:
    scene = scene_of("Iran", text="Iran and the West")
    before = [found.place for found in [locate("Iran", scene, Gazetteer.open())] if found]
    assert before
    assert locate("the West", scene, Gazetteer.open(), before) is None


def test_phrases_that_point_back() -> None:
    scene, gazetteer = scene_of("Iraq"), Gazetteer.open()
    mosul = locate("Mosul", scene, gazetteer)
    anbar = locate("Anbar province", scene, gazetteer)
    assert mosul is not None and anbar is not None
    before = (anbar.place, mosul.place)
    assert _name(locate("the city", scene, gazetteer, before)) == "Mosul"
    assert _name(locate("the city's eastern half", scene, gazetteer, before)) == "eastern Mosul"
    assert _name(locate("the east of the province", scene, gazetteer, before)) == "eastern Anbar"
    assert _name(locate("the north of the country", scene, gazetteer, before)) == "northern Iraq"
    assert _name(locate("the Iraqi city", scene, gazetteer, before)) == "Mosul"
    assert _name(locate("the western province", scene, gazetteer, before)) == "Anbar province"
    assert _name(locate("the village", scene, gazetteer, ())) is None


@pytest.mark.parametrize(
    ("words", "name"), [("the area", "Mosul"), ("there", "Mosul"), ("the region", "Anbar province")]
)
def test_the_area_is_the_one_named_last(words: str, name: str) -> None:
    scene, gazetteer = scene_of("Iraq"), Gazetteer.open()
    anbar, mosul = (locate(name, scene, gazetteer) for name in ("Anbar province", "Mosul"))
    assert anbar is not None and mosul is not None
    assert _name(locate(words, scene, gazetteer, (anbar.place, mosul.place))) == name


@pytest.mark.parametrize(
    ("words", "named", "name", "country"),
    [
        ("al Shabaab in south-central Somalia", "Somalia", "southern Somalia", "SOM"),
        ("the All India Radio (AIR) complex", "India", "All India Radio complex", None),
        ("Tank district", "Pakistan", "Tank", "PAK"),
    ],
)
def test_sides_short_forms_and_words_that_are_names_too(words: str, named: str, name: str, country: str | None) -> None:
    found = place(words, named)
    assert found is not None and (found.name, found.country) == (name, country)


@pytest.mark.parametrize("words", ["the port of Hodeidah", "Luhansk airport"])
def test_a_port_or_airport_is_the_towns(words: str) -> None:
    found = place(words, "Yemen", "Ukraine")
    assert found is not None and found.gazetteer is not None
    assert found.gazetteer.startswith("geonames:")


def test_a_town_that_is_once_called_a_region_is_still_a_town() -> None:
    text = "Soldiers fought in Luhansk. Shells hit Luhansk. A warplane was shot down over the Luhansk region."
    found, region = (place(words, "Ukraine", text=text) for words in ("Luhansk", "the Luhansk region"))
    assert found is not None and found.precision == "town"
    assert region is not None and region.precision == "region"
    province = place("Luhansk", "Ukraine", text="Shells fell all over Luhansk region.")
    assert province is not None and province.precision == "region"


def test_a_province_whose_name_has_the_word_is_not_called_so_twice() -> None:
    found = place("Kordestan province", "Iran")
    assert found and found.name == "Kurdistan Province"


def test_a_name_that_begins_with_a_side_is_not_taken_apart() -> None:
    found = place("a farm in the East Riding of Yorkshire", "Britain")
    assert found and found.name == "East Riding of Yorkshire"


def test_what_is_met_for_the_first_time_points_to_nothing() -> None:
    scene, gazetteer = scene_of("Iraq"), Gazetteer.open()
    mosul = locate("Mosul", scene, gazetteer)
    assert mosul is not None
    assert _name(locate("the settlement", scene, gazetteer, (mosul.place,))) == "Mosul"
    assert locate("an abandoned settlement", scene, gazetteer, (mosul.place,)) is None


def test_a_listed_body_tells_of_its_country() -> None:
    scene = Scene.of([("ORG", "Border Security Force"), ("LOC", "Samba")], codebook.load(), Gazetteer.open())
    samba = locate("Samba", scene, Gazetteer.open())
    assert samba is not None and samba.place.country == "IND"


def test_the_west_tells_of_no_scene() -> None:
    scene = Scene.of([("LOC", "West"), ("LOC", "Syria")], codebook.load(), Gazetteer.open())
    assert list(scene.countries) == ["SYR"]


def test_a_border_is_no_enclave() -> None:
    scene, gazetteer = scene_of("Syria", "Turkey"), Gazetteer.open()
    afrin, border = (locate(words, scene, gazetteer) for words in ("Afrin", "the Turkish border"))
    assert afrin is not None and border is not None
    assert _name(locate("the enclave", scene, gazetteer, (afrin.place, border.place))) == "Afrin"


@pytest.mark.parametrize(
    "words", ["the South American country", "the West African nation", "the Latin American nation"]
)
def test_the_side_of_a_continent_is_none_of_the_country(words: str) -> None:
    found = place(words, "Nepal", "Nepalese", "India")
    assert found is not None and (found.country, found.precision) == ("NPL", "country")


def test_the_sea_of_an_island_is_not_the_place() -> None:
    assert place("the Pacific Ocean archipelago", "Madagascar", "Malagasy") is None
    assert (found := place("the Indian Ocean island", "Madagascar", "Malagasy")) and found.name == "Madagascar"


def test_the_text_of_a_place_that_was_pointed_to_is_its_own() -> None:
    scene, gazetteer = scene_of("Iraq"), Gazetteer.open()
    mosul = locate("Mosul", scene, gazetteer)
    assert mosul is not None
    found = locate("the  city", scene, gazetteer, [mosul.place])
    assert found is not None and found.place.text == "the  city" and "Mosul" in found.because


def test_the_country_of_a_report_without_a_place() -> None:
    found = place("the country", "Nepal", "Nepalese", "India")
    assert found is not None and (found.country, found.precision) == ("NPL", "country")
    assert place("the country", "Nepal", "India") is None  # no country is spoken of most


def test_the_countries_of_one_organisation_stand_in_the_order_of_its_name() -> None:
    scene = Scene.of([("ORG", "Iran Iraq Kuwait Oman Friendship League")], codebook.load(), Gazetteer.open())
    assert list(scene.countries) == ["IRN", "IRQ", "KWT", "OMN"]


def test_because_names_the_row_and_what_spoke_for_it() -> None:
    found = locate("Tripoli", scene_of("Lebanon", "Beirut"), Gazetteer.open())
    assert found is not None
    assert found.because.startswith("gazetteer:geonames:") and "scene LBN" in found.because
    assert found.place.gazetteer is not None and found.place.gazetteer in found.because


def test_a_namesake_far_from_the_scene_is_not_taken() -> None:
    found = place("al-Naim square", "Syria", "Raqqa", "Syrian")
    assert found is not None and found.precision is None and found.lat is None


@pytest.mark.parametrize(
    ("words", "known"),
    [
        ("Opera House", False),  # no house in Opera, Italy
        ("Habur crossing", False),
        ("Rose", False),
        ("Awaran district", False),  # a quarter of Bogota, for all that one knows
        ("the town of Awaran", True),
        ("the village of Salanda", False),  # nor is that Sålanda
        ("Jericho", False),
        ("Jericho and Ramallah", True),
        ("a hotel in Istanbul", True),
    ],
)
def test_a_small_place_far_from_the_scene_is_taken_where_more_speaks_for_it(words: str, known: bool) -> None:
    found = place(words, "Colombia", "Colombian", "Bogota")
    assert found is not None and (found.lat is not None) == known


@pytest.mark.parametrize(
    ("names", "country"),
    [
        (("Baalbek", "Beirut", "Tallya"), None),  # a village of Lebanon that the gazetteer lacks, and a town of Hungary
        (("Baalbek", "Beirut", "Tallya", "Hungary"), "HUN"),
        (("Kabul", "London", "Srebrenica", "Srebrenica"), "BIH"),
        (("Turkey", "Russia", "Ariha"), "SYR"),  # far from no other place
    ],
)
def test_a_place_named_once_does_not_speak_for_itself(names: tuple[str, ...], country: str | None) -> None:
    found = place(names[2], *names)
    assert found is not None and found.country == country


def test_what_a_distance_is_said_of_is_itself_where_it_is_known() -> None:
    named = place("Baquba, 60 km north of Baghdad", "Iraq")
    assert named is not None and (named.name, named.precision) == ("Baqubah", "town")
    unknown = place("Shahrukhan, 60 km north of Baghdad", "Iraq")
    assert unknown is not None and unknown.name == "Shahrukhan, 60 km north of Baghdad" and unknown.lat is not None


def test_a_capitals_square_is_in_it() -> None:
    square = place("Ramallah's main square", "Palestine", "Palestinian")
    assert square is not None and (square.name, square.precision) == ("Ramallah's main square", "site")


def test_a_list_of_neighbours_has_their_middle_and_far_ones_have_none() -> None:
    near, far = place("Jericho and Ramallah", "Israel"), place("Cairo and Baghdad", "Egypt", "Iraq")
    assert near is not None and far is not None
    assert near.lat is not None and near.precision == "district"
    assert far.lat is None and far.name == "Cairo and Baghdad"


def test_scene_from_a_report() -> None:
    text = "Troops entered Hasakah. Syrian state media said so."
    words = (
        Word(text="Hasakah", start=15, end=22, upos="PROPN", head=-1, deprel="root"),
        Word(text="Syrian", start=24, end=30, upos="ADJ", head=0, deprel="amod"),
    )
    names = (Name(kind="LOC", first=0, last=0), Name(kind="NORP", first=1, last=1))
    passage = Passage(index=0, start=0, end=len(text), words=words, names=names)
    report = Report(id="r", text=text, title="Turkey strikes", regions=("SYRIA",), published=dt.date(2021, 1, 1))
    scene = Scene.build(report, [passage], codebook.load(), Gazetteer.open())
    assert scene.country == "SYR" and set(scene.countries) == {"SYR", "TUR"}
    assert sum(scene.countries.values()) == pytest.approx(1.0)
    assert [anchor.row.name for anchor in scene.anchors] == ["Hasakah"]


@pytest.mark.parametrize("words", ["", "   ", ",", "the", "in", "'s", "Ω", "12", "A" * 3000, "of of of", "The South"])
def test_odd_words_do_no_harm(words: str) -> None:
    locate(words, scene_of("Syria"), Gazetteer.open())


def test_offsets() -> None:
    found = offset(normal("some 12 miles (19 km) north-east of the town"))
    assert found is not None and found.km == pytest.approx(19.3, abs=0.1)
    found = offset(normal("five kilometers south-west of Taiz"))
    assert found is not None and (found.km, found.side, found.rest) == (5.0, "southwest", "Taiz")
    assert offset("Mosul") is None
    assert between("the border between Syria and Iraq") == []
    assert between("the Deir ez-Zor-Damascus highway") == [("Deir ez", "Zor-Damascus"), ("Deir ez-Zor", "Damascus")]
    assert between("the road linking Saraqib to Ariha") == [("Saraqib", "Ariha")]
    assert moved((36.0, 38.0), 111.2, "south") == pytest.approx((35.0, 38.0))


def test_chunks() -> None:
    found = chunks("Islamic State-held Mosul and Iraq's northern Nineveh province")
    assert [(chunk.text, chunk.side, chunk.kind) for chunk in found] == [
        ("Mosul", None, None),
        ("Iraq", None, None),
        ("Nineveh", "north", "region"),
    ]


def _name(found: Located | None) -> str | None:
    return found.place.name if found else None


@pytest.mark.parametrize("words", ["Lahore Street", "the Jaffa Road", "near Jordan Hospital"])
def test_what_is_called_after_a_place_is_not_there(words: str) -> None:
    found = place(words, "Brazil", "Brazilian", "Recife")
    assert found is not None and (found.name in words, found.lat) == (True, None)


def test_a_street_is_in_the_town_that_is_said() -> None:
    found = place("Lahore Street in Quetta", "Pakistan", "Quetta")
    assert found is not None and (found.precision, round(found.lat or 0)) == ("site", 30)


def test_common_nouns_with_a_capital_are_no_names() -> None:
    pune = Place(text="Pune district", name="Pune", country="IND", lat=18.5, lon=73.9, precision="district")
    assert (found := place("the District", "India", before=(pune,))) is not None and found.name == "Pune"
    assert place("near Parliament", "India") is None


@pytest.mark.parametrize(
    ("words", "name", "country"),
    [
        ("Kandhamal district", "Kandhamal", "IND"),
        ("Lower Dir", "Lower Dir", "PAK"),
        ("Haska Mena", "Deh Bala", "AFG"),
        ("Walikale", "Walikale", "COD"),
        ("Pibor", "Pibor", "SSD"),
        ("Woldiya", "Weldiya", "ETH"),
    ],
)
def test_districts_of_wars_have_a_position(words: str, name: str, country: str) -> None:
    found = place(words)
    assert found is not None and found.lat is not None
    assert (found.name, found.country) == (name, country)


@pytest.mark.parametrize(
    ("words", "named", "precision"),
    [
        ("Sawrabi village in Herat Province", "Sawrabi, Herat province", "region"),
        ("the Qala Surkh area of Kandahar city", "Qala Surkh, Kandahar", "district"),
        ("Frog Lane, Kandahar", "Frog Lane, Kandahar", "district"),
        ("the house of Ghulam Baryal in Herat Province", "Herat province", "region"),
        ("the Taliban in Herat Province", "Herat province", "region"),
    ],
)
def test_a_place_that_the_gazetteer_lacks_is_named_where_it_is_told_to_lie(
    words: str, named: str, precision: str
) -> None:
    found = place(words, "Afghanistan", "Kabul")
    assert found and (found.name, found.precision) == (named, precision)
    assert found.lat is not None


def test_the_island_is_an_island_state_and_the_region_is_no_town() -> None:
    havana = place("Havana", "Cuba")
    assert havana
    assert (found := place("the island", "Cuba", "Cuba", before=(havana,))) is not None and found.name == "Cuba"
    assert place("the region", "Cuba", "Cuba", before=(havana,)) is None


def test_a_quarter_that_the_gazetteer_lacks_is_no_town_abroad() -> None:
    found = place("the Shaab district", "Iraq", "Iraqi", "Baghdad")
    assert found is not None and found.country != "ISR" and found.lat is None
    found = place("the Madina district", "Somalia", "Somali", "Mogadishu", "Turkey", "Ankara")  # nor Keskin near Ankara
    assert found is not None and found.country != "TUR" and found.lat is None


def test_what_only_says_what_a_place_is_names_none() -> None:
    found = place("Republic", "Ukraine", "Donetsk")
    assert found is not None and found.country == "UKR"
    assert "USA" not in scene_of("Ukraine", "Republic").countries
