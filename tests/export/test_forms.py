"""Every form of export, parsed by a reader that is not ours."""

from __future__ import annotations

import csv
import datetime as dt
import io
import itertools
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tests.export import made
from tests.export.made import BOOK, cases, exported, rows
from tests.postgres import Server
from trucewatch import export
from trucewatch.desk import ClaimFilter, Desk
from trucewatch.errors import MissingExtraError
from trucewatch.export import FORMS, Case, delimited
from trucewatch.export.columns import COLUMNS, values
from trucewatch.export.delimited import in_one, lines
from trucewatch.export.plover import CLAIM_FIELDS, FIELDS

KML = "{http://www.opengis.net/kml/2.2}"
TEXT = [name for name, form in FORMS.items() if form.is_text]
OF_HXL = "adm1 adm2 affected country date description event geo loc meta org severity status".split()
_TAG = re.compile(r"#([a-z][a-z0-9]*)((?:\+[a-z][a-z0-9]*)*)")


def by_place(path: Path) -> dict[str, dict[str, str]]:
    """The rows of our own columns by place, those that happened."""
    return {row["place"]: row for row in rows(exported(path, "csv")) if row["status"] == "happened"}


@pytest.mark.parametrize("form", FORMS)
def test_the_same_desk_gives_the_same_bytes(desk: Path, form: str) -> None:
    assert exported(desk, form) == exported(desk, form)


def test_a_desk_on_postgresql_gives_the_same_bytes_too(desk: Path, postgres: Server) -> None:
    with postgres.fresh() as url:
        made.desk(url)
        assert {form: exported(url, form) for form in FORMS} == {form: exported(desk, form) for form in FORMS}


@pytest.mark.parametrize("form", TEXT)
def test_a_form_of_text_is_written_as_its_cases_come(desk: Path, form: str) -> None:
    drawn: list[str] = []

    def slow() -> Iterator[Case]:
        for case in cases(desk):
            if FORMS[form].lacks(case.incident) is None:
                drawn.append(case.incident.id)
                yield case

    for piece in FORMS[form].write(slow(), BOOK):
        if drawn and drawn[0].encode() in piece:
            break
    assert len(drawn) == 1


@pytest.mark.parametrize("form", FORMS)
def test_nothing_is_a_whole_document_too(form: str) -> None:
    content = b"".join(FORMS[form].write([], BOOK))
    if form == "geojson":
        assert json.loads(content) == {"type": "FeatureCollection", "features": []}
    elif form == "kml":
        assert etree.fromstring(content).tag == f"{KML}kml"
    elif form == "parquet":
        assert _table(content).num_rows == 0
    else:
        assert list(rows(content)) == ([] if form != "hxl" else [dict(zip(*_two_lines(content), strict=True))])


def test_claims_are_exported_as_judged_and_bear_their_own_ids(desk: Path) -> None:
    with Desk.open(desk, create=False) as opened:
        found = list(export.claims(opened, opened.claims(ClaimFilter(place="Ariha", status=None))))
        assert {case.incident.id for case in found} == {claim.id for claim in opened.claims(ClaimFilter(place="Ariha"))}
    (sana,) = [case for case in found if case.accounts[0].outlet == "SANA"]
    assert [one.name for one in sana.incident.actors] == ["Russia"]
    assert sana.incident.claims == (sana.incident.id,)
    assert sana.incident.killed is not None and sana.incident.killed.best == 9


# ---------------------------------------------------------------- our own columns


def test_what_is_not_known_stays_empty(desk: Path) -> None:
    found = by_place(desk)
    undated = found[""]
    assert (undated["type"], undated["start"], undated["end"], undated["latitude"]) == ("CONSULT", "", "", "")
    for wide in ("Idlib", "Greater Idlib"):
        assert (found[wide]["place_precision"], found[wide]["latitude"], found[wide]["longitude"]) == ("region", "", "")
        assert found[wide]["killed_low"] == found[wide]["killed_best"] == found[wide]["killed_high"] == ""


def test_figures_stand_side_by_side_and_are_not_added(desk: Path) -> None:
    (strike,) = [row for row in rows(exported(desk, "csv")) if row["sources"] == "3"]
    assert (strike["killed_low"], strike["killed_best"], strike["killed_high"]) == ("5", "9", "9")
    assert strike["disputed"] == "actors; killed"
    assert strike["outlets"] == "Reuters; AFP; SANA"
    assert strike["attributed_to"] == "residents"
    assert strike["links"] == "https://reuters.example/1"
    assert all(claim in strike["notes"] for claim in strike["claims"].split("; "))


def test_of_two_spellings_of_an_outlet_the_first_is_named(desk: Path) -> None:
    (strike,) = [case for case in cases(desk) if case.incident.sources == 3]
    spelled = zip(strike.told_in, ("AFP", "Agence France-Presse", "SANA"), strict=True)
    reports = {one.id: msgspec.structs.replace(one, outlet=outlet) for one, outlet in spelled}
    assert values(strike._replace(reports=reports), BOOK)["outlets"] == ["AFP", "SANA"]


def test_no_form_holds_the_text_of_a_report(desk: Path) -> None:
    for form in TEXT:
        content = exported(desk, form).decode()
        assert "Bombs on the market" not in content
        assert "private/inbox" not in content


@given(st.lists(st.text(st.characters(codec="utf-8")), min_size=1, max_size=4))
def test_any_text_goes_through_csv_and_steers_no_spreadsheet(cells: list[str]) -> None:
    content = b"".join(delimited.lines([cells, ["end"]]))
    back, end = csv.reader(io.StringIO(content.decode(), newline=""))
    assert [cell.removeprefix("'") for cell in back] == [delimited.clean(cell).removeprefix("'") for cell in cells]
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in back)
    assert end == ["end"]


# ---------------------------------------------------------------- HXL


def test_several_values_in_a_cell_can_be_parted() -> None:
    assert in_one(["Border Desk; Taiz", "https://a.example/b;c"]).split("; ") == [
        "Border Desk, Taiz",
        "https://a.example/b;c",
    ]
    (line,) = lines([[["sy-saa", ""], ["", "AZE"], ["a", "", ""], [], ["=1", "b"]]])
    assert [cell.split("; ") for cell in next(csv.reader([line.decode()]))] == [
        ["sy-saa", ""], ["", "AZE"], ["a", "", ""], [""], ["'=1", "b"]
    ]  # fmt: skip


def test_only_days_stand_under_a_tag_for_dates_and_only_numbers_under_one_for_people() -> None:
    kinds = {(tag.partition("+")[0], column.kind) for column in COLUMNS if (tag := column.tag)}
    assert {kind for tag, kind in kinds if tag == "#date"} == {"day"}
    assert {kind for tag, kind in kinds if tag == "#affected"} == {"whole"}


def test_the_second_row_of_hxl_holds_a_hashtag_of_the_standard_for_each_column(desk: Path) -> None:
    names, tags = _two_lines(exported(desk, "hxl"))
    assert names == [column.name for column in COLUMNS]
    said = [_TAG.fullmatch(tag) for tag in tags]
    assert all(said)
    assert {match[1] for match in said if match} == set(OF_HXL)
    assert len(set(tags)) == len(tags)
    # a reader of HXL takes a row for the hashtags that has nothing else in it
    assert not any(cell.startswith("#") for row in list(rows(exported(desk, "hxl")))[1:] for cell in row.values())


def _two_lines(content: bytes) -> tuple[list[str], list[str]]:
    one, two = itertools.islice(csv.reader(io.StringIO(content.decode(), newline="")), 2)
    return one, two


# ---------------------------------------------------------------- GeoJSON


def test_geojson_is_as_rfc_7946_has_it(desk: Path) -> None:
    collection = json.loads(exported(desk, "geojson"), parse_constant=_refuse)
    assert set(collection) == {"type", "features"}
    assert collection["type"] == "FeatureCollection"
    for feature in collection["features"]:
        assert set(feature) == {"type", "id", "geometry", "properties"}
        assert feature["type"] == "Feature"
        assert list(feature["properties"]) == [column.name for column in COLUMNS]
        _check_geometry(feature["geometry"])


def test_a_place_has_a_point_an_outline_or_none(desk: Path) -> None:
    features = json.loads(exported(desk, "geojson"))["features"]
    kinds = {
        one["properties"]["place"]: one["geometry"] and one["geometry"]["type"]
        for one in features
        if one["properties"]["status"] == "happened"
    }
    assert kinds == {
        "Ariha": "Point",
        "Saraqib": "Point",
        "Kafranbel": "Point",
        "Greater Idlib": "Polygon",
        "Idlib": None,
        None: None,
    }
    (saraqib,) = [one for one in features if one["properties"]["place"] == "Saraqib"]
    assert saraqib["geometry"]["coordinates"] == [36.80, 35.86]


def _refuse(constant: str) -> Any:
    raise AssertionError(constant)


def _check_geometry(geometry: dict[str, Any] | None) -> None:
    if geometry is None:
        return
    assert set(geometry) == {"type", "coordinates"}
    if geometry["type"] == "Point":
        _check_position(geometry["coordinates"])
        return
    assert geometry["type"] in ("Polygon", "MultiPolygon")
    single = geometry["type"] == "Polygon"
    for polygon in [geometry["coordinates"]] if single else geometry["coordinates"]:
        for number, ring in enumerate(polygon):
            assert len(ring) >= 4 and ring[0] == ring[-1]
            doubled = sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in itertools.pairwise(ring))
            assert (doubled > 0) == (number == 0), "outer rings run counter-clockwise, holes clockwise"
            for position in ring:
                _check_position(position)


def _check_position(position: list[float]) -> None:
    lon, lat = position
    assert -180 <= lon <= 180 and -90 <= lat <= 90


# ---------------------------------------------------------------- KML


def test_kml_has_the_structure_of_its_schema(desk: Path) -> None:
    root = etree.fromstring(exported(desk, "kml"))
    (document,) = root
    assert document.tag == f"{KML}Document"
    styles = {f"#{style.get('id')}" for style in document.findall(f"{KML}Style")}
    placemarks = document.findall(f"{KML}Placemark")
    assert len(placemarks) == len(cases(desk))
    order = ["name", "description", "TimeStamp", "TimeSpan", "styleUrl", "ExtendedData", "Point", "Polygon"]
    for placemark in placemarks:
        parts = [etree.QName(part).localname for part in placemark]
        assert parts == sorted(parts, key=order.index)
        assert placemark.findtext(f"{KML}styleUrl") in styles
        for when in placemark.iter(f"{KML}when", f"{KML}begin", f"{KML}end"):
            dt.date.fromisoformat(when.text or "")
        for coordinates in placemark.iter(f"{KML}coordinates"):
            for point in (coordinates.text or "").split():
                _check_position([float(part) for part in point.split(",")])


def test_kml_takes_any_name_and_makes_no_markup_of_it(desk: Path) -> None:
    root = etree.fromstring(exported(desk, "kml"))
    actors = [data.findtext(f"{KML}value") for data in root.iter(f"{KML}Data") if data.get("name") == "actors"]
    assert '=HYPERLINK("x")<b>& "قوات", two lines' in actors
    assert root.find(f".//{KML}b") is None


# ---------------------------------------------------------------- Parquet


def test_parquet_is_typed_and_says_the_same_as_csv(desk: Path) -> None:
    pytest.importorskip("pyarrow")
    table = _table(exported(desk, "parquet"))
    types = {field.name: str(field.type) for field in table.schema}
    assert types["start"] == types["end"] == "date32[day]"
    assert types["killed_best"] == "int64"
    assert types["latitude"] == "double"
    assert types["actors"] == "list<element: string>"
    for row, flat in zip(table.to_pylist(), rows(exported(desk, "csv")), strict=True):
        assert {name: _flat(value) for name, value in row.items()} == flat


def test_without_pyarrow_there_is_one_clear_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trucewatch.reports.parquet.find_spec", lambda name: None)
    with pytest.raises(MissingExtraError, match=r"pip install 'trucewatch\[parquet\]'"):
        list(FORMS["parquet"].write([], BOOK))


def _table(content: bytes) -> Any:
    from pyarrow.parquet import read_table

    return read_table(io.BytesIO(content))


def _flat(value: object) -> str:
    if isinstance(value, list):
        value = "; ".join(value)
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith("=") else text


# ---------------------------------------------------------------- PLOVER


def test_plover_has_a_line_a_case_with_what_it_rests_on(desk: Path) -> None:
    lines = [json.loads(line) for line in exported(desk, "plover").splitlines()]
    for line, case in zip(lines, cases(desk), strict=True):
        assert tuple(line) == FIELDS
        assert [claim["id"] for claim in line["claims"]] == list(case.incident.claims)
        assert all(tuple(claim) == CLAIM_FIELDS for claim in line["claims"])
    (strike,) = [line for line in lines if line["sources"] == 3]
    assert strike["killed"] == [5, 9]
    assert strike["killed_best"] == 9
    assert [claim["killed"] for claim in strike["claims"]] == [[5, 5], [9, 9], [9, 9]]
    assert strike["claims"][2]["attributed_to"] == "residents"
    assert strike["claims"][0]["trigger"] == {"start": 0, "end": 6, "text": "Aircra"}


def test_values_are_known_by_every_column(desk: Path) -> None:
    filled = {name for case in cases(desk) for name, value in values(case, BOOK).items() if value not in (None, [])}
    # the tests' gazetteer ids are none of the gazetteer's, and nobody is told to be injured
    assert {column.name for column in COLUMNS} - filled == {
        *("admin1", "admin2", "injured_low", "injured_best", "injured_high"),
    }


def test_the_desk_has_a_case_for_every_report(desk: Path) -> None:
    assert sum(len(case.accounts) for case in cases(desk)) == len(made.TOLD)
