"""The package's tables hold, and each kind of fault is found."""

from __future__ import annotations

import functools
from pathlib import Path

import pytest

from tests.codebook.made import HEADERS, write
from trucewatch.codebook import check, load
from trucewatch.codebook.checks import faults_between
from trucewatch.codebook.tables import Table, read_all, read_table
from trucewatch.errors import TableError

TRIGGER = "t1,shout+,,PROTEST,demo,,add,They shout.,They shoot."


@functools.cache
def _package() -> dict[str, Table]:
    return read_all()


def _own(folder: Path) -> list[str]:
    """Faults of the tables in `folder` beside some rows of the package, without the package's own."""
    tables = _package()
    few = {
        "actors.csv": {id: tables["actors.csv"][id] for id in ("sy-gov", "sy-saa")},
        "outlets.csv": {"reuters": tables["outlets.csv"]["reuters"]},
        "aliases.csv": {},
        "leaders.csv": {},
        "places.csv": {},
        "triggers.csv": {},
    }
    own = {name: read_table(folder / name, f"own/{name}") for name in tables if (folder / name).exists()}
    joined = {name: few.get(name, tables[name]) | own.get(name, {}) for name in tables}
    return [fault.removeprefix("own/") for fault in faults_between(joined, {}) if fault.startswith("own/")]


def test_the_package_s_tables_hold() -> None:
    assert [str(fault) for fault in check()] == []


def test_own_tables_that_hold(tmp_path: Path) -> None:
    write(tmp_path, "triggers.csv", TRIGGER)
    write(tmp_path, "actors.csv", "owls,Night Owls,armed-group,SYR,REB,TUR,2012,2016,,")
    write(tmp_path, "aliases.csv", "Birds of Night,owls,2012,2013", "Birds of Night,owls,2014,2015")
    assert _own(tmp_path) == []


@pytest.mark.parametrize(
    ("table", "rows", "fault"),
    [
        ("types.csv", ["NAP,sleep,1,,,,To nap."], "types.csv:2: no quad class is called 'sleep'"),
        ("types.csv", ["NAP,verbal conflict,3,,,,To nap."], "types.csv:2: score 3 does not fit"),
        ("indicators.csv", ["naps,Naps,hours,CONSULT,,,,Naps."], "indicators.csv:2: no unit is called 'hours'"),
        ("indicators.csv", ["naps,Naps,deeds,NAP,,,,Naps."], "indicators.csv:2: no event type is called 'NAP'"),
        ("indicators.csv", ["naps,Naps,deeds,CONSULT/nap,,,,Naps."], "indicators.csv:2: CONSULT has no mode 'nap'"),
        ("indicators.csv", ["naps,Naps,deeds,CONSULT,NAP,,,Naps."], "indicators.csv:2: no sector is called 'NAP'"),
        ("indicators.csv", ["naps,Naps,deeds,CONSULT,,4,,Naps."], "indicators.csv:2: UCDP has no type of violence '4'"),
        (
            "indicators.csv",
            ["naps,Naps,deeds,CONSULT,,,Nap,Naps."],
            "indicators.csv:2: ACLED has no event or sub-event",
        ),
        ("modes.csv", ["NAP,deep,,To nap."], "modes.csv:2: no event type is called 'NAP'"),
        ("triggers.csv", [TRIGGER.replace("PROTEST", "NAP")], "triggers.csv:2: no event type is called 'NAP'"),
        ("triggers.csv", [TRIGGER.replace("demo", "nap")], "triggers.csv:2: PROTEST has no mode 'nap'"),
        ("triggers.csv", [TRIGGER.replace(",add", "maybe,add")], "triggers.csv:2: no status is called 'maybe'"),
        ("triggers.csv", [TRIGGER.replace("add", "hint")], "triggers.csv:2: no effect is called 'hint'"),
        ("triggers.csv", [TRIGGER.replace("add", "forbid")], "triggers.csv:2: a row that forbids has no type"),
        ("triggers.csv", [TRIGGER.replace("PROTEST,demo", ",")], "triggers.csv:2: a row that adds needs a type"),
        ("triggers.csv", [TRIGGER.replace("shout+,", "shout+,VRB")], "triggers.csv:2: no part of speech is"),
        ("triggers.csv", [TRIGGER.replace("shout.", "sing.")], "triggers.csv:2: 't1' does not match its own"),
        ("triggers.csv", [TRIGGER.replace("shoot", "shouted")], "triggers.csv:2: 't1' matches its counterexample"),
        ("triggers.csv", [TRIGGER.replace("shout+", "* out")], "triggers.csv:2: the words '* out' cannot be read"),
        ("roles.csv", ["r,owlet,owlets,OWL,group,"], "roles.csv:2: no sector is called 'OWL'"),
        ("roles.csv", ["r,owlet,owlets,,bird,"], "roles.csv:2: no kind of role is called 'bird'"),
        ("roles.csv", ["r,soldier,owlets,,group,"], "roles.csv:2: word 'soldier' is already used at roles.csv:"),
        ("countries.csv", ["Xyz,Owlia,,,,,"], "countries.csv:2: 'Xyz' is no ISO 3166 alpha-3 code"),
        ("countries.csv", ["IGO,Owlia,,,,,"], "countries.csv:2: 'IGO' is no ISO 3166 alpha-3 code"),
        ("countries.csv", ["QOW,Owlia,,Syrian,,,"], "countries.csv:2: demonym 'Syrian' is already used at"),
        ("leaders.csv", ["l,Ada,,QQQ,mayor,GOV,,"], "leaders.csv:2: no country has the code 'QQQ'"),
        ("leaders.csv", ["l,Ada,,SYR,mayor,GOV,2002,2001"], "leaders.csv:2: ends on 2001-12-31, before it begins"),
        (
            "leaders.csv",
            ["l,Ada,,SYR,owl,GOV,2001,2003", "m,Ada,,SYR,owl,GOV,2002,"],
            "leaders.csv:3: this term of Ada overlaps that at own/leaders.csv:2",
        ),
        ("actors.csv", ["o,Owls,armed group,SYR,REB,,,,,"], "actors.csv:2: kind 'armed group' is not"),
        ("actors.csv", ["o,Owls,militia,SYR,REB,larks,,,,"], "actors.csv:2: no actor or country has the id 'larks'"),
        ("actors.csv", ["o,Owls,militia,SYR,REB,o,,,,"], "actors.csv:2: an actor cannot be its own patron"),
        ("aliases.csv", ["Owls,owls,,"], "aliases.csv:2: no actor has the id 'owls'"),
        ("aliases.csv", ["--,sy-saa,,"], "aliases.csv:2: nothing of '--' can be compared"),
        ("aliases.csv", ["Owls,sy-saa,2015,2014"], "aliases.csv:2: ends on 2014-12-31, before"),
        (
            "aliases.csv",
            ["Owls,sy-saa,2014,2016", "the owls,sy-gov,2016,2018"],
            "aliases.csv:3: 'the owls' means 'sy-saa' as well on some days (own/aliases.csv:2)",
        ),
        ("outlets.csv", ["o,The Owl,,reuters.com,,wire,"], "outlets.csv:2: domain 'reuters.com' is already used"),
        ("outlets.csv", ["o,The Owl,,owl.org,,Wire!,"], "outlets.csv:2: affiliation 'Wire!' is not"),
        ("places.csv", ["p,Owlby,,SYR,91,0,town,,"], "places.csv:2: 91, 0 lies outside latitude"),
        ("places.csv", ["p,Owlby,,SYR,1,,town,,"], "places.csv:2: latitude and longitude come together"),
        ("places.csv", ["p,Owlby,,SYR,1,2,spot,,"], "places.csv:2: no precision is called 'spot'"),
    ],
)
def test_each_kind_of_fault_is_found(tmp_path: Path, table: str, rows: list[str], fault: str) -> None:
    write(tmp_path, table, *rows)
    faults = _own(tmp_path)
    assert [line for line in faults if line.startswith(fault)], faults


def test_every_fault_is_told_at_once_and_a_table_that_cannot_be_read_is_one(tmp_path: Path) -> None:
    write(tmp_path, "roles.csv", "r,owlet,owlets,OWL,group,", "s,larklet,larklets,,bird,")
    (tmp_path / "aliases.csv").write_text(HEADERS["aliases.csv"] + "\nOwls\n", encoding="utf-8")
    assert [str(fault).replace(f"{tmp_path}/", "") for fault in check(tmp_path)] == [
        "aliases.csv:2: 1 cells, expected 4",
        "roles.csv:2: no sector is called 'OWL'",
        "roles.csv:3: no kind of role is called 'bird'; there are person, group, equipment, place",
    ]


def test_an_area_of_an_unknown_country_or_off_the_globe_is_a_fault(tmp_path: Path) -> None:
    shape = '{"type": "Polygon", "coordinates": [[[0, 0], [0, 95], [5, 5], [0, 0]]]}'
    about = '{"id": "owl-wood", "name": "Owl Wood", "country": "QQQ"}'
    feature = f'{{"type": "Feature", "properties": {about}, "geometry": {shape}}}'
    text = f'{{"type": "FeatureCollection", "features": [{feature}]}}'
    (tmp_path / "areas.geojson").write_text(text, encoding="utf-8")
    assert [str(fault).replace(f"{tmp_path}/", "") for fault in check(tmp_path)] == [
        "areas.geojson:1: no country has the code 'QQQ'",
        "areas.geojson:1: a point lies outside longitude -180..180, latitude -90..90",
    ]
    assert "owl-wood" in load(tmp_path).areas


def test_loading_stops_at_a_fault_that_is_quick_to_find(tmp_path: Path) -> None:
    write(tmp_path, "aliases.csv", "Owls,owls,,")
    with pytest.raises(TableError, match=r"aliases\.csv:2: no actor has the id 'owls'$"):
        load(tmp_path)
