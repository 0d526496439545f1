"""The gazetteer: look-ups by name and spelling, overrides, regions, what its file promises."""

from __future__ import annotations

import itertools
import os
import sqlite3
from pathlib import Path

import pytest

from trucewatch import codebook
from trucewatch.codebook.areas import centre, contains, load_areas
from trucewatch.codebook.gazetteer import FILE, KINDS, Gazetteer
from trucewatch.codebook.names import fold
from trucewatch.codebook.rows import Area, PlaceRow
from trucewatch.codebook.spelling import likeness, skeleton
from trucewatch.errors import TableError

Point = tuple[float, float]


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.open()


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("Ras al-Ain", "geonames:165509"),
        ("Ras al-Ayn", "geonames:165509"),
        ("Serekaniye", "geonames:165509"),
        ("Idlib", "geonames:169389"),
        ("Idleb", "geonames:169389"),
        ("إدلب", "geonames:169389"),
        ("Raqqa", "geonames:172955"),
        ("ar-Raqqah", "geonames:172955"),
        ("Anbar", "ne:IRQ/al-anbar"),
        ("Teir Maaleh", "ucdp:SYR/teir-maaleh"),
        ("Syria", "country:SYR"),
        ("the Gaza Strip", "areas:gaza-strip"),
        ("Donbass", "areas:donbas"),
        ("Hmeimim", "places:khmeimim"),
        ("Dantewada", "places:dantewada"),
        ("West Garo Hills", "places:west-garo-hills"),
        ("Deh Rawood", "places:deh-rawood"),
        ("Fort Campbell", "places:fort-campbell"),
        ("Landikotal", "geonames:1172208"),
        ("Djakovica", "geonames:791646"),
        ("Scotland", "geonames:GBR.SCT"),
        ("Мариуполь", "geonames:701822"),
    ],
)
def test_find(gazetteer: Gazetteer, name: str, id_: str) -> None:
    assert id_ in {row.id for row in gazetteer.find(name)}


def test_a_row_says_all(gazetteer: Gazetteer) -> None:
    row = next(row for row in gazetteer.find("Manbij") if row.kind == "city")
    assert (row.name, row.country, row.admin1, row.source) == ("Manbij", "SYR", "Aleppo", "geonames")
    assert row.lat == pytest.approx(36.528, abs=0.01) and row.lon == pytest.approx(37.955, abs=0.01)
    assert row.population > 50_000


def test_the_article_does_not_matter(gazetteer: Gazetteer) -> None:
    ids = {row.id for row in gazetteer.find("al-Bab")}
    assert ids == {row.id for row in gazetteer.find("Bab")} == {row.id for row in gazetteer.find("El Bab")}


def test_larger_places_come_first(gazetteer: Gazetteer) -> None:
    cities = [row.population for row in gazetteer.find("Paris")]
    assert cities == sorted(cities, reverse=True) and cities[0] > 1_000_000


def test_nothing_is_found_for_nothing(gazetteer: Gazetteer) -> None:
    assert not gazetteer.find("") and not gazetteer.find("  -'") and not gazetteer.find("Zzarquun")
    assert not gazetteer.find_alike("") and not gazetteer.find_alike("ab")


@pytest.mark.parametrize(
    ("name", "country", "found"),
    [
        ("Urem al-Kubra", "SYR", "Urum al-Kubra"),
        ("Kafr Takharim", "SYR", "Kafr Takharim"),
        ("Zamelka", "SYR", "Zamalka"),
        ("Mikolaiv", "UKR", "Mykolaiv"),
        ("Jalallabad", "AFG", "Jalalabad"),
    ],
)
def test_other_spellings(gazetteer: Gazetteer, name: str, country: str, found: str) -> None:
    assert found in {row.name for row in gazetteer.find_alike(name, (country,))}


def test_other_spellings_keep_to_the_countries_asked_for(gazetteer: Gazetteer) -> None:
    assert {row.country for row in gazetteer.find_alike("Jalallabad", ("AFG", "IRN"))} <= {"AFG", "IRN"}


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Ras al-Ain", "Ra's al-'Ayn"),
        ("Deir ez-Zor", "Dayr az-Zawr"),
        ("Khan Sheikhoun", "Khan Shaykhun"),
        ("al-Hasakah", "Hasakeh"),
        ("Tall Abyad", "Tal Abyad"),
        ("Qamishli", "Kamishly"),
        ("Khost", "Khowst"),
        ("Diwaniya", "Diwaniyah"),
        ("Rastan", "al-Rastan"),
        ("Ghouta", "Gouta"),
    ],
)
def test_spellings_of_one_name_have_one_skeleton(one: str, two: str) -> None:
    assert skeleton(fold(one)) == skeleton(fold(two))
    assert likeness(fold(one), fold(two)) == 1.0


def test_other_names_are_unlike() -> None:
    assert likeness("mosul", "basra") < 0.5
    assert skeleton("mosul") != skeleton("basra")


def test_countries_borders_and_parts(gazetteer: Gazetteer) -> None:
    syria = gazetteer.country("SYR")
    assert syria is not None and syria.kind == "country" and gazetteer.country("XXX") is None
    border = gazetteer.border("TUR", "SYR")
    assert border is not None and border == gazetteer.border("SYR", "TUR") and border.country is None
    assert gazetteer.border("SYR", "FRA") is None
    box = gazetteer.extent(syria.id)
    assert box is not None and box[0] < 33 and box[1] > 37 and box[2] < 36 and box[3] > 42
    north, south = gazetteer.part(syria.id, "north"), gazetteer.part(syria.id, "south")
    assert north is not None and south is not None and north[0] > 35.6 > 34 > south[0]
    northwest = gazetteer.part("country:PAK", "northwest")  # the northwest of its box is Afghan
    assert northwest is not None and northwest[0] > 33 and northwest[1] > 70
    assert gazetteer.part("geonames:169389", "north") is None
    assert gazetteer.extent("geonames:169389") is None


def test_overrides_name_and_add(gazetteer: Gazetteer) -> None:
    rows = [
        PlaceRow(where="x:1", id="geonames:169389", name="Idlib City", aliases=("Idlibtown",)),
        PlaceRow(where="x:2", id="my-base", name="Zzbase", country="SYR", lat=35.0, lon=37.0, precision="site"),
    ]
    own = Gazetteer(FILE, rows, ())
    city = next(row for row in own.find("Idlib") if row.kind == "city")
    assert city.name == "Idlib City" and city.lat == pytest.approx(35.93, abs=0.01)
    assert own.find("Idlibtown")[0].id == "geonames:169389"
    base = own.find("zzBase")[0]
    assert (base.id, base.kind, base.lat) == ("places:my-base", "site", 35.0)


def test_an_override_of_no_place_is_refused() -> None:
    own = Gazetteer(FILE, [PlaceRow(where="places.csv:9", id="geonames:1", name="Nowhere")], ())
    with pytest.raises(TableError, match=r"places\.csv:9: .*geonames:1"):
        own.find("Nowhere")


def test_the_tables_of_a_codebook_are_used() -> None:
    book = codebook.load()
    assert Gazetteer.open(book).find("Hmeimim") == Gazetteer.open().find("Hmeimim")


def test_every_override_is_found_by_all_its_names(gazetteer: Gazetteer) -> None:
    for row in codebook.load().places.values():
        id_ = row.id if ":" in row.id else f"places:{row.id}"
        for name in (row.name, *row.aliases):
            assert id_ in {found.id for found in gazetteer.find(name)}, f"{row.where}: {name}"


def test_areas(gazetteer: Gazetteer) -> None:
    areas = codebook.load().areas
    assert len(areas) >= 80
    idlib = areas["greater-idlib"]
    assert contains(idlib, 35.93, 36.63) and not contains(idlib, 33.5, 36.3)
    assert contains(areas["line-of-control"], *centre(areas["kashmir"])) is False
    for area in areas.values():
        for name in (area.name, *area.aliases):
            assert f"areas:{area.id}" in {row.id for row in gazetteer.find(name)}, f"{area.where}: {name}"


def test_no_two_areas_share_a_name() -> None:
    seen: dict[str, str] = {}
    for area in codebook.load().areas.values():
        for key in {fold(name) for name in (area.name, *area.aliases)}:
            assert seen.setdefault(key, area.id) == area.id, f"{area.where}: {key}"


def test_no_outline_crosses_itself() -> None:
    """Maps and databases of areas refuse such a one."""

    def is_left(a: Point, b: Point, c: Point) -> bool:
        return (b[0] - a[0]) * (c[1] - a[1]) > (b[1] - a[1]) * (c[0] - a[0])

    for area in codebook.load().areas.values():
        for ring in itertools.chain.from_iterable(area.polygons):
            for (a, b), (c, d) in itertools.combinations(itertools.pairwise(ring), 2):
                if len({a, b, c, d}) == 4:
                    crosses = is_left(a, b, c) != is_left(a, b, d) and is_left(c, d, a) != is_left(c, d, b)
                    assert not crosses, f"{area.where}: {area.id}: {a} to {b} crosses {c} to {d}"


def test_the_korean_zone_runs_from_the_river_to_the_sea() -> None:
    zone = codebook.load().areas["korean-dmz"]
    assert contains(zone, 37.96, 126.68) and contains(zone, 38.31, 127.6) and contains(zone, 38.58, 128.33)
    assert not contains(zone, 37.97, 126.55) and not contains(zone, 37.88, 127.73)


def test_area_with_a_hole() -> None:
    ring = ((0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0), (0.0, 0.0))
    hole = ((1.0, 1.0), (3.0, 1.0), (3.0, 3.0), (1.0, 3.0), (1.0, 1.0))
    area = Area(where="x:1", id="a", name="A", polygons=((ring, hole),))
    assert contains(area, 0.5, 0.5) and not contains(area, 2.0, 2.0) and not contains(area, 5.0, 5.0)
    assert centre(Area(where="x:1", id="a", name="A", polygons=((ring,),))) == pytest.approx((2.0, 2.0))


@pytest.mark.parametrize(
    ("ring", "fault"),
    [("[[0,0],[1,0],[1,1],[0,1]]", "not closed"), ("[[0,0],[200,0],[1,1],[0,0]]", "off the globe")],
)
def test_faulty_areas_are_refused(tmp_path: Path, ring: str, fault: str) -> None:
    file = tmp_path / "areas.geojson"
    file.write_text(
        '{"features": [{"properties": {"id": "a", "name": "A"}, '
        f'"geometry": {{"type": "Polygon", "coordinates": [{ring}]}}}}]}}'
    )
    with pytest.raises(TableError, match=fault):
        load_areas(file)


def test_the_file_is_compact_and_names_its_sources() -> None:
    assert FILE.stat().st_size <= 25_000_000
    base = sqlite3.connect(f"{FILE.as_uri()}?mode=ro&immutable=1", uri=True)
    (about,) = base.execute("select text from about").fetchone()
    assert all(source in about for source in ("GeoNames", "UCDP", "OCHA", "Natural Earth", "CC BY 4.0"))
    (count,) = base.execute("select count(*) from place").fetchone()
    assert count > 240_000
    assert base.execute("select count(*) from place where kind < 0 or kind >= ?", (len(KINDS),)).fetchone() == (0,)
    assert base.execute("select count(*) from place where abs(lat) > 900000 or abs(lon) > 1800000").fetchone() == (0,)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
def test_a_forked_process_opens_its_own_file() -> None:
    own = Gazetteer(FILE, (), ())
    own.find("Aleppo")
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(write, str(len(own.find("Mosul"))).encode())
        os._exit(0)
    os.waitpid(child, 0)
    assert int(os.read(read, 10)) == len(own.find("Mosul"))
