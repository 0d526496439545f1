"""Areas: what lies in them, what does not, and what cannot be told."""

from __future__ import annotations

from pathlib import Path

import pytest

from trucewatch.codebook.units import Spot
from trucewatch.errors import TableError, TrucewatchError, UnreadableError, WrongCallError
from trucewatch.nouns import Place
from trucewatch.outlook import areas
from trucewatch.outlook.areas import cell, cell_of
from trucewatch.outlooks.desk_series import area as of

SQUARE = "((36 35, 37 35, 37 36, 36 36, 36 35), (36.4 35.4, 36.6 35.4, 36.6 35.6, 36.4 35.6, 36.4 35.4))"


def spot(lat: float | None = 35.86, lon: float | None = 36.80, precision: str = "town", **more: str) -> Spot:
    """A place in Syria, if nothing else is said; with ``admin1`` and ``admin2`` as a dataset has them."""
    units = {name: more.pop(name, None) for name in ("admin1", "admin2")}
    given = {"country": "SYR", **more}
    return Spot(Place(text="x", name="x", lat=lat, lon=lon, precision=precision, **given), **units)  # type: ignore[arg-type]


IDLIB = {"gazetteer": "geonames:169389"}
HARIM_TOWN = {"gazetteer": "geonames:169866"}
HARIM = {"gazetteer": "ocha:SY0703", "precision": "district"}
PART_OF_HARIM = {"gazetteer": "ocha:SY070300", "precision": "district"}
PROVINCE = {"gazetteer": "ocha:SY07", "precision": "region"}


@pytest.mark.parametrize(
    ("written", "given", "inside"),
    [
        ("SYR", {}, True),
        ("SYR", {"country": "IRQ"}, False),
        ("SYR/Idlib", IDLIB, True),
        ("SYR/Idleb", IDLIB, True),  # as OCHA spells it
        ("SYR/Idlib", PROVINCE, True),
        ("SYR/Idlib", {"gazetteer": "country:SYR", "precision": "country"}, None),
        ("SYR/Idlib", {"gazetteer": "geonames:170063"}, False),  # the city of Aleppo
        ("SYR/Idlib", {}, None),  # coordinates alone tell no province
        ("SYR/Idlib", {"admin1": "Idlib Governorate"}, True),
        ("SYR/Idlib", {"admin1": "Hamah Governorate"}, False),
        ("SYR/Hama", {"admin1": "Hamah Governorate"}, True),
        ("SYR/Deir ez-Zor", {"admin1": "Deir ez Zor governorate"}, True),
        ("SYR/Idlib/Harim", HARIM, True),
        ("SYR/Idlib/Harim", PART_OF_HARIM, True),
        ("SYR/Idlib/Ariha", PART_OF_HARIM, False),
        ("SYR/Idlib/Harim", HARIM_TOWN, None),  # of towns the gazetteer knows no district
        ("SYR/Idlib/Harim", PROVINCE, None),
        ("SYR/Idlib/Harim", {"admin1": "Idlib Governorate", "admin2": "Harim district"}, True),
        ("SYR/Idlib/Harim", {"admin1": "Idlib Governorate", "admin2": "Ariha district"}, False),
        ("SYR/Idlib/Harim", {"admin1": "Idlib Governorate"}, None),
        ("SYR/Idlib/Harim", {"admin1": "Homs Governorate"}, False),
    ],
)
def test_countries_provinces_and_districts(written: str, given: dict[str, str], inside: bool | None) -> None:
    assert of(written).holds(spot(**given)) is inside  # type: ignore[arg-type]


def test_a_place_of_an_unknown_country_is_nowhere_in_particular() -> None:
    nowhere = Spot(Place(text="the hill", name="the hill"))
    assert not nowhere.is_known
    assert [of(written).holds(nowhere) for written in ("SYR", "SYR/Idlib", "grid:181155")] == [None, None, None]


@pytest.mark.parametrize(
    ("lat", "lon", "precision", "inside"),
    [
        (35.75, 36.75, "town", True),
        (35.5, 36.5, "town", True),  # its south-western corner
        (35.49, 36.75, "town", False),
        (35.75, 36.75, "district", True),  # 20 km each way stay within the cell
        (35.55, 36.75, "district", None),
        (35.75, 36.75, "region", None),
        (34.0, 36.75, "region", False),
        (35.75, 36.75, "country", None),
    ],
)
def test_a_cell_of_the_grid(lat: float, lon: float, precision: str, inside: bool | None) -> None:
    assert of("grid:181154").holds(spot(lat, lon, precision)) is inside


def test_cells_are_numbered_as_the_grid_has_it() -> None:
    # The cell that UCDP gives for Teir Maaleh, 34.802462 north and 36.707602 east.
    assert cell_of(34.802462, 36.707602) == 179714
    assert (cell_of(-90, -180), cell_of(90, 180)) == (1, 259200)
    assert cell("grid:1")[0] == (-180, -90)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.wkt", f"POLYGON {SQUARE}"),
        ("a.wkt", f"SRID=4326;MULTIPOLYGON ({SQUARE}, ((50 50, 51 50, 51 51, 50 50)))"),
        (
            "a.geojson",
            '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", '
            '"coordinates": [[[36, 35, 9], [37, 35], [37, 36], [36, 36], [36, 35]], '
            "[[36.4, 35.4], [36.6, 35.4], [36.6, 35.6], [36.4, 35.6], [36.4, 35.4]]]}}]}",
        ),
    ],
)
def test_an_outline_of_ones_own_with_a_hole(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    drawn = of(str(tmp_path / name))
    assert [drawn.holds(spot(lat, lon)) for lat, lon in ((35.2, 36.2), (35.5, 36.5), (36.2, 36.5))] == [
        True,
        False,
        False,
    ]
    assert drawn.countries is None


def test_a_named_region_holds_what_is_told_by_its_name_and_what_lies_in_it() -> None:
    karabakh = of("areas:nagorno-karabakh")
    assert karabakh.holds(spot(None, None, "region", country="AZE", gazetteer="areas:nagorno-karabakh")) is True
    assert karabakh.holds(spot(39.82, 46.75, country="AZE")) is True  # Stepanakert
    assert karabakh.holds(spot(40.38, 49.89, country="AZE")) is False  # Baku
    assert karabakh.notes


def test_the_zone_of_a_truce() -> None:
    zone = of("truce:syria-idlib-2020")
    assert zone.holds(spot(35.93, 36.63)) is True
    assert zone.holds(spot(32.6, 36.1)) is False
    assert zone.holds(spot(32.6, 36.1, "region")) is False  # a province that is far away
    assert zone.holds(spot(35.6, 36.9, "region")) is None
    assert zone.holds(spot(None, None, "region", admin1="Idlib Governorate")) is True  # as a whole in the zone
    assert zone.holds(spot(country="IRQ")) is False
    assert of("truce:libya-2020").holds(spot(country="LBY")) is True


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Idlib", ["SYR/Idlib"]),
        ("aleppo", ["SYR/Aleppo"]),
        ("Idleb", ["SYR/Idlib"]),
        ("Harim", ["SYR/Idlib/Harim"]),
        ("Syria", ["SYR"]),
        ("Punjab", ["PAK/Punjab", "IND/Punjab"]),
        ("Punjab, Pakistan", ["PAK/Punjab"]),
        ("punjab, IND", ["IND/Punjab"]),
        ("Nagorno-Karabakh", ["areas:nagorno-karabakh"]),
        ("southern Lebanon", ["areas:southern-lebanon"]),
        *((same, [same]) for same in ("SYR", "SYR/Idlib", "grid:180427", "truce:x", "a.geojson", "Nowhere", "")),
    ],
)
def test_a_plain_name_means_the_areas_that_bear_it(words: str, found: list[str]) -> None:
    assert list(areas.meant(words)) == found


@pytest.mark.parametrize(
    ("written", "error", "words"),
    [
        ("Syria", WrongCallError, "'Syria' is no area; write SYR"),
        ("XXX", WrongCallError, "'XXX' is no area"),
        ("areas:nowhere", WrongCallError, "areas:ID or the name of one"),
        ("SYR/", WrongCallError, "'SYR/' is no area"),
        ("SYR/a/b/c", WrongCallError, "is no area"),
        ("grid:0", WrongCallError, "'grid:0' is no cell; write grid: and a number from 1 to 259200"),
        ("grid:2²", WrongCallError, "'grid:2²' is no cell"),
        ("truce:none", WrongCallError, "no truce has the id 'none'"),
        ("none.geojson", UnreadableError, "none.geojson: cannot be read (No such file or directory)"),
    ],
)
def test_what_is_no_area_is_one_clear_line(written: str, error: type[TrucewatchError], words: str) -> None:
    with pytest.raises(error) as caught:
        of(written)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("a.wkt", "POINT (1 2)", "no outline in WKT or GeoJSON"),
        ("a.wkt", "POLYGON ((36 35, 37 35, 37 36, 36 36))", "a ring is not closed"),
        ("a.wkt", "POLYGON ((36 95, 37 95, 37 36, 36 95))", "a point is off the globe"),
        ("a.wkt", "POLYGON (())", "no outline in WKT or GeoJSON"),
        ("a.geojson", "{}", "no outline in WKT or GeoJSON"),
        ("a.geojson", "[1]", "no outline in WKT or GeoJSON"),
        ("a.geojson", '{"type": "Polygon", "coordinates": [[["a", "b"]]]}', "no outline in WKT or GeoJSON"),
        ("a.geojson", '{"type": "FeatureCollection", "features": []}', "holds no polygon"),
    ],
)
def test_a_file_without_an_outline_is_one_clear_line(tmp_path: Path, name: str, text: str, words: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(TableError, match=words):
        of(str(tmp_path / name))
