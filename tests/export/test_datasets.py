"""The columns of ACLED and of UCDP GED: their names, their values, and that such files can be read back."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import itertools
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from tests.export.made import BOOK, IDLIB, OCTOBER, cases, exported, rows
from tests.incidents.told import ARMY, CIVILIANS, GUNMEN, HTS, REBELS, RUSSIA, on, party, region, town
from trucewatch.codebook import ACLED_EVENTS
from trucewatch.datasets import Unread, opened
from trucewatch.export import acled, ged, lands
from trucewatch.nouns import Entity, Entry, Incident, Period, Place, Status
from trucewatch.outlook.areas import cell_of

SHARED = Path(__file__).parents[3] / "shared" / "data" / "ucdp"
SAMPLE = SHARED / "ucdp_ged231_sample1000.csv.gz"
POLICE = party("police", "SYR", "COP")
MINISTER = party("minister", "SYR", "GOV")
PROTESTERS = party("demonstrators", "SYR", "CVL")
DISPERSED = "State forces-Protesters"
NURSES = party("nurses", "SYR", "MED")
OBSERVERS = party("observers", "UNO", "MIL")
SOMEBODY = party("somebody", None, "UNK")
WEST_OF_ARIHA = msgspec.structs.replace(
    town("Ariha"), name="west of Ariha", precision="district", gazetteer="geonames:172994"
)
DISTRICT = msgspec.structs.replace(town("Ariha"), precision="district")

needs_sample = pytest.mark.skipif(not SAMPLE.exists(), reason="the sample of UCDP GED is not beside the repository")


def incident(**given: object) -> Incident:
    """The army's deed of force against civilians in Ariha on 20 October, unless it is said otherwise."""
    known = {"id": "i0000000abc", "claims": ("c",), "type": "ASSAULT", "mode": None, "status": Status.HAPPENED}
    known |= {"actors": (ARMY,), "recipients": (CIVILIANS,), "place": town("Ariha"), "time": on(20)}
    return msgspec.convert(known | given, Incident)


# ---------------------------------------------------------------- ACLED


def test_acled_has_its_columns_and_only_its_values(desk: Path) -> None:
    found = list(rows(exported(desk, "acled")))
    assert found and all(tuple(row) == acled.COLUMNS for row in found) and len(acled.COLUMNS) == 31
    for row in found:
        assert row["event_type"] in {"", *ACLED_EVENTS}
        assert row["sub_event_type"] in {"", *itertools.chain.from_iterable(ACLED_EVENTS.values())}
        assert row["time_precision"] in ("", "1", "2", "3")
        assert row["geo_precision"] in ("", "1", "2", "3")
        assert {row["inter1"], row["inter2"]} <= {"", *acled.INTERS}
        assert row["civilian_targeting"] in ("", "Civilian targeting")
        assert row["source_scale"] == row["tags"] == row["timestamp"] == ""


def test_acled_leaves_out_what_did_not_happen_and_sums(desk: Path) -> None:
    held = {row["event_id_cnty"].removeprefix("SYR") for row in rows(exported(desk, "acled"))}
    left_out = [case.incident for case in cases(desk) if case.incident.id not in held]
    assert sorted(one.status.value for one in left_out) == ["denied", "expected", "happened"]
    (total,) = [one for one in left_out if one.status is Status.HAPPENED]
    assert total.killed is not None and total.killed.best == 61


def test_more_than_ten_days_are_a_sum_and_a_month_is_none() -> None:
    assert not acled.lacks(incident(time=on(1, 10))) and not ged.lacks(
        incident(time=on(1, 10), killed={"low": 1, "best": 1, "high": 1})
    )
    assert acled.lacks(incident(time=on(1, 11))) == acled.SUM
    assert ged.lacks(incident(time=on(1, 11), killed={"low": 1, "best": 1, "high": 1})) == acled.SUM
    assert not acled.lacks(incident(time=OCTOBER))


def test_what_goes_on_over_a_month_or_a_year_is_a_sum() -> None:
    year = Period(start=dt.date(2021, 1, 1), end=dt.date(2021, 10, 21), precision="year")
    for time in (OCTOBER, year):
        one = incident(time=time, status="ongoing", killed={"low": 24, "best": 61, "high": 99})
        assert acled.lacks(one) == ged.lacks(one) == acled.SUM
    week = incident(time=on(1, 7), status="ongoing", killed={"low": 1, "best": 1, "high": 1})
    assert not acled.lacks(week) and not ged.lacks(week)


def test_acled_says_nothing_of_what_is_not_known(desk: Path) -> None:
    found = {row["location"]: row for row in rows(exported(desk, "acled"))}
    assert found["Idlib"]["latitude"] == found["Idlib"]["fatalities"] == ""
    assert (found["Idlib"]["geo_precision"], found["Idlib"]["country"], found["Idlib"]["iso"]) == ("3", "Syria", "760")
    assert found[""]["event_date"] == found[""]["year"] == found[""]["time_precision"] == ""
    month = found["Greater Idlib"]
    assert (month["event_date"], month["year"], month["time_precision"]) == ("2021-10-16", "2021", "3")
    assert month["actor1"].startswith("'=HYPERLINK")


@pytest.mark.parametrize("type_", BOOK.types)
def test_every_type_and_mode_has_an_event_of_acleds(type_: str) -> None:
    modes = [None, *(one.mode for one in BOOK.modes.values() if one.type == type_)]
    for mode, recipients in itertools.product(modes, ((), (CIVILIANS,), (HTS,), (CIVILIANS, HTS))):
        event, sub = acled.kind(incident(type=type_, mode=mode, recipients=recipients), BOOK)
        assert sub is None or sub in ACLED_EVENTS[event or ""]
        assert event in {None, *ACLED_EVENTS}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, ("Violence against civilians", "Attack")),
        ({"recipients": (NURSES, CIVILIANS)}, ("Violence against civilians", "Attack")),
        ({"recipients": (HTS,)}, ("Battles", "Armed clash")),
        ({"recipients": (HTS,), "mode": "targeted"}, ("Battles", "Armed clash")),
        ({"recipients": ()}, (None, None)),
        ({"recipients": (), "mode": "firearms"}, (None, None)),
        ({"recipients": (), "mode": "beat"}, ("Violence against civilians", "Attack")),
        ({"recipients": (CIVILIANS, HTS), "mode": "beat"}, (None, None)),
        ({"recipients": (CIVILIANS, HTS)}, (None, None)),
        ({"recipients": (), "mode": "aerial"}, ("Explosions/Remote violence", "Air/drone strike")),
        ({"type": "COERCE"}, ("Strategic developments", None)),
        ({"type": "COERCE", "mode": "restrict"}, ("Strategic developments", "Other")),
        ({"type": "COERCE", "mode": "arrest"}, ("Strategic developments", "Arrests")),
        ({"type": "PROTEST", "mode": "riot"}, ("Riots", "Violent demonstration")),
        ({"mode": "crowd-control"}, ("Protests", "Protest with intervention")),
        (
            {"mode": "crowd-control", "killed": {"low": 1, "best": 1, "high": 1}},
            ("Protests", "Excessive force against protesters"),
        ),
        (
            {"recipients": (PROTESTERS,), "killed": {"low": 2, "best": 2, "high": 2}},
            ("Protests", "Excessive force against protesters"),
        ),
        ({"recipients": (PROTESTERS,), "mode": "aerial"}, ("Explosions/Remote violence", "Air/drone strike")),
        ({"recipients": (party("protest leader", "SYR", "CVL"),)}, ("Violence against civilians", "Attack")),
        ({"mode": "destroy"}, ("Strategic developments", "Looting/property destruction")),
        ({"mode": "destroy", "killed": {"low": 1, "best": 2, "high": 2}}, ("Violence against civilians", "Attack")),
        ({"type": "RETREAT"}, ("Strategic developments", None)),
        ({"type": "CONSULT"}, ("Strategic developments", "Other")),
    ],
)
def test_an_event_is_told_no_finer_than_it_is_known(given: dict[str, object], expected: tuple[str, str]) -> None:
    assert acled.kind(incident(**given), BOOK) == expected


@pytest.mark.parametrize(
    ("given", "disorder", "targets"),
    [
        ({}, "Political violence", True),
        ({"mode": "aerial"}, "Political violence", True),
        ({"recipients": (HTS,)}, "Political violence", False),
        ({"recipients": (CIVILIANS, HTS)}, "Political violence", False),
        ({"recipients": ()}, "Political violence", False),
        ({"mode": "crowd-control"}, "Demonstrations", False),
        (
            {"mode": "crowd-control", "killed": {"low": 1, "best": 1, "high": 1}},
            "Political violence; Demonstrations",
            True,
        ),
        ({"type": "PROTEST", "mode": "demo"}, "Demonstrations", False),
        ({"type": "COERCE", "mode": "arrest"}, "Strategic developments", False),
    ],
)
def test_force_against_people_without_arms_alone_targets_civilians(
    desk: Path, given: dict[str, object], disorder: str, targets: bool
) -> None:
    case = next(iter(cases(desk)))
    row = acled.row(case._replace(incident=incident(**given)), BOOK)
    assert (row["disorder_type"], row["civilian_targeting"]) == (disorder, "Civilian targeting" if targets else None)


@pytest.mark.parametrize(
    ("actors", "given", "expected"),
    [
        ((ARMY,), {}, "State forces"),
        ((POLICE,), {}, "State forces"),
        ((RUSSIA,), {}, "External/Other forces"),
        ((OBSERVERS,), {}, "External/Other forces"),
        ((HTS,), {}, "Rebel group"),
        ((GUNMEN,), {}, "Political militia"),
        ((CIVILIANS,), {}, "Civilians"),
        ((CIVILIANS,), {"type": "PROTEST", "mode": "demo"}, "Protesters"),
        ((CIVILIANS,), {"type": "PROTEST", "mode": "riot"}, "Rioters"),
        ((SOMEBODY,), {"type": "PROTEST", "mode": "demo"}, "Protesters"),
        ((ARMY,), {"type": "PROTEST", "mode": "demo"}, None),
        ((ARMY,), {"place": None}, None),
        ((SOMEBODY,), {}, None),
        ((), {}, None),
    ],
)
def test_who_acts_is_called_as_acled_calls_them(
    actors: tuple[Entity, ...], given: dict[str, object], expected: str | None
) -> None:
    one = incident(actors=actors, **given)
    assert acled.inter(one.actors, one, BOOK) == expected


@pytest.mark.parametrize(
    ("given", "first", "second", "interaction"),
    [
        (("PROTEST", "demo", (CIVILIANS,), (ARMY,)), "Civilians", None, "Protesters only"),
        (("PROTEST", "riot", (CIVILIANS,), (POLICE,)), "Civilians", "Police", "State forces-Rioters"),
        (("ASSAULT", "crowd-control", (POLICE,), (CIVILIANS,)), "Civilians", "Police", DISPERSED),
        (("ASSAULT", "firearms", (POLICE,), (PROTESTERS,)), "Demonstrators", "Police", DISPERSED),
        (("ASSAULT", "crowd-control", (POLICE,), ()), None, "Police", None),
    ],
)
def test_a_crowd_is_acleds_first_actor_and_whom_it_only_speaks_against_is_none(
    desk: Path, given: tuple[object, ...], first: str | None, second: str | None, interaction: str | None
) -> None:
    case = next(iter(cases(desk)))
    told = dict(zip(("type", "mode", "actors", "recipients"), given, strict=True))
    row = acled.row(case._replace(incident=incident(**told)), BOOK)
    names = [one and f"{one} (Syria)" for one in (first, second)]
    assert [row["actor1"], row["actor2"], row["interaction"]] == [*names, interaction]


def test_the_first_of_a_side_is_the_actor_and_the_others_stand_beside_it(desk: Path) -> None:
    case = next(iter(cases(desk)))
    row = acled.row(case._replace(incident=incident(actors=(ARMY, POLICE, MINISTER))), BOOK)
    assert row["assoc_actor_1"] == ["Police (Syria)", "Minister (Syria)"] and row["assoc_actor_2"] == []


# ---------------------------------------------------------------- UCDP GED


def test_ged_has_its_columns(desk: Path) -> None:
    found = list(rows(exported(desk, "ged")))
    assert found and all(tuple(row) == ged.COLUMNS for row in found)
    assert len(ged.COLUMNS) == 49


@needs_sample
def test_geds_columns_are_those_of_ucdps_own_file() -> None:
    with gzip.open(SAMPLE, "rt", encoding="utf-8", newline="") as lines:
        assert tuple(next(csv.reader(lines))) == ged.COLUMNS


@needs_sample
def test_cells_and_numbers_of_countries_are_those_of_ucdps_own_file() -> None:
    numbers = {land.gw: land for land in lands.lands().values() if land.gw}
    unknown = set()
    for row in _sample():
        lat, lon = float(row["latitude"]), float(row["longitude"])
        assert cell_of(lat, lon) == int(float(row["priogrid_gid"]))
        land = numbers.get(int(float(row["country_id"])))
        if land is None:
            unknown.add(row["country"])
        else:
            assert land.ucdp_region == row["region"], row["country"]
    assert unknown <= {"Yemen (North Yemen)", "South Yemen"}


def _sample() -> Iterator[dict[str, str]]:
    with gzip.open(SAMPLE, "rt", encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def test_ged_holds_deadly_force_that_happened(desk: Path) -> None:
    found = {row["where_coordinates"]: row for row in rows(exported(desk, "ged"))}
    assert set(found) == {"Ariha", "Saraqib"}
    strike, clash = found["Ariha"], found["Saraqib"]
    assert (strike["low"], strike["best"], strike["high"], strike["deaths_unknown"]) == ("5", "9", "9", "9")
    assert (strike["type_of_violence"], strike["side_b"], strike["side_b_new_id"]) == ("3", "Civilians", "1")
    assert (clash["type_of_violence"], clash["gwnoa"], clash["gwnob"]) == ("1", "652", "")
    assert clash["dyad_name"] == "Syrian Arab Army - Hay'at Tahrir al-Sham"
    assert strike["geom_wkt"] == "POINT (36.61 35.81)"
    assert strike["source_date"].count(";") == 2
    for column in ("deaths_a", "deaths_civilians", "code_status", "conflict_new_id", "active_year"):
        assert strike[column] == ""
    assert f"i{int(strike['id']):010x}" == strike["relid"]


@pytest.mark.parametrize(
    ("actors", "recipients", "expected"),
    [
        ((ARMY,), (HTS,), 1),
        ((HTS,), (ARMY,), 1),
        ((ARMY,), (RUSSIA,), 1),
        ((HTS,), (REBELS,), 2),
        ((HTS,), (CIVILIANS,), 3),
        ((ARMY,), (CIVILIANS, NURSES), 3),
        ((ARMY,), (CIVILIANS, HTS), None),
        ((GUNMEN,), (CIVILIANS,), None),
        ((), (CIVILIANS,), None),
        ((ARMY,), (), None),
        ((CIVILIANS,), (ARMY,), None),
        ((), (ARMY,), 1),
        ((GUNMEN,), (ARMY,), 1),
        ((), (MINISTER,), None),
    ],
)
def test_a_kind_of_violence_is_given_where_both_sides_are_known(
    actors: tuple[Entity, ...], recipients: tuple[Entity, ...], expected: int | None
) -> None:
    assert ged.violence(incident(actors=actors, recipients=recipients), BOOK) == expected


@pytest.mark.parametrize(
    ("place", "expected"),
    [(town("Ariha"), 1), (WEST_OF_ARIHA, 2), (DISTRICT, 3), (region(), 4), (IDLIB, 5), (None, None)],
)
def test_places_have_ucdps_precision(desk: Path, place: Place | None, expected: int | None) -> None:
    case = next(one for one in cases(desk) if one.incident.killed)
    row = ged.row(case._replace(incident=msgspec.structs.replace(case.incident, place=place)), BOOK)
    assert row.get("where_prec") == expected
    assert (row.get("geom_wkt") is None) == (expected not in (1, 2, 3))


def test_with_a_group_against_a_state_the_state_stands_first(desk: Path) -> None:
    (case,) = [one for one in cases(desk) if one.incident.place and one.incident.place.name == "Saraqib"]
    turned = msgspec.structs.replace(case.incident, actors=(HTS,), recipients=(ARMY,))
    row = ged.row(case._replace(incident=turned), BOOK)
    assert (row["side_a"], row["side_b"]) == ("Syrian Arab Army", "Hay'at Tahrir al-Sham")
    assert (row["gwnoa"], row["gwnob"]) == (652, None)


@pytest.mark.parametrize(
    ("recipients", "number", "state"),
    [
        ((HTS,), BOOK.actors["sy-hts"].ucdp[0], None),
        ((HTS, REBELS), None, None),
        ((RUSSIA,), None, 365),
        ((POLICE,), None, None),
        ((CIVILIANS,), "1", None),
    ],
)
def test_one_who_stands_alone_on_a_side_has_ucdps_number_and_a_state_its_own(
    desk: Path, recipients: tuple[Entity, ...], number: str | None, state: int | None
) -> None:
    case = next(one for one in cases(desk) if one.incident.killed)
    told = msgspec.structs.replace(case.incident, actors=(ARMY,), recipients=recipients)
    row = ged.row(case._replace(incident=told), BOOK)
    assert (row["side_b_new_id"], row["gwnob"]) == (number and int(number), state)


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ((2021, 10, 20), (2021, 10, 20), 1),
        ((2021, 10, 20), (2021, 10, 22), 2),
        ((2021, 10, 18), (2021, 10, 24), 3),
        ((2021, 10, 1), (2021, 10, 31), 4),
        ((2021, 9, 24), (2021, 10, 3), 4),
        ((2021, 1, 1), (2021, 12, 31), 5),
    ],
)
def test_dates_have_ucdps_precision(
    desk: Path, first: tuple[int, int, int], last: tuple[int, int, int], expected: int
) -> None:
    time = Period(start=dt.date(*first), end=dt.date(*last), precision="month")
    case = next(one for one in cases(desk) if one.incident.killed)
    row = ged.row(case._replace(incident=msgspec.structs.replace(case.incident, time=time)), BOOK)
    assert (row["date_prec"], row["date_start"], row["year"]) == (expected, dt.date(*first).isoformat(), 2021)


def test_what_goes_over_the_turn_of_the_year_is_of_no_year(desk: Path) -> None:
    time = Period(start=dt.date(2021, 12, 30), end=dt.date(2022, 1, 2), precision="span")
    case = next(one for one in cases(desk) if one.incident.killed)
    row = ged.row(case._replace(incident=msgspec.structs.replace(case.incident, time=time)), BOOK)
    assert (row["year"], row["date_end"]) == (None, "2022-01-02")


# ---------------------------------------------------------------- read back


@pytest.mark.parametrize("form", ["acled", "ged"])
def test_files_can_be_read_back_and_what_is_not_known_is_told(desk: Path, tmp_path: Path, form: str) -> None:
    path = tmp_path / f"{form}.csv"
    path.write_bytes(exported(desk, form))
    with opened(path) as dataset:
        read = list(dataset)
    assert dataset.form == form
    back = {one.id: one for one in read if isinstance(one, Entry)}
    held = {acled_or_ged(case.incident, form): case.incident for case in cases(desk)}
    assert len(back) == {"acled": 5, "ged": 2}[form]
    for id_, entry in back.items():
        ours = held[id_]
        assert ours.place is not None and ours.time is not None
        assert (entry.place.name, entry.place.country) == (ours.place.name, "SYR")
        assert (entry.place.lon, entry.place.lat) == (lands.point(ours.place) or (None, None))
        assert entry.time == ours.time
        assert (entry.deaths and entry.deaths.best) == (ours.killed and ours.killed.best)
    unread = [one.reason for one in read if isinstance(one, Unread)]
    assert len(unread) == len(list(rows(path.read_bytes()))) - len(back)
    needed = {"acled": {"country", "event_date", "event_type", "sub_event_type"}, "ged": {"type_of_violence"}}[form]
    assert {reason.removesuffix(" is empty") for reason in unread} <= needed


def acled_or_ged(incident: Incident, form: str) -> str:
    """The id that an incident has in a form."""
    return f"SYR{incident.id}" if form == "acled" else f"{int(incident.id[1:], 16)}"


def test_a_country_that_no_list_has_stays_empty() -> None:
    nowhere = Place(text="Nowhere", name="Nowhere", precision="town", lat=1.0, lon=2.0)
    assert lands.land(nowhere).iso is None
    assert lands.land(None).gw is None
    assert lands.country(nowhere, BOOK) is None
    assert set(lands.lands()) == set(BOOK.countries)
