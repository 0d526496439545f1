"""Our incidents beside the rows of a dataset, imported from a file as UCDP and ACLED write them."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest
import sqlalchemy as sql
from click.testing import Result

from tests import calling
from tests.desk.made import V1, claim, report
from tests.export import made
from tests.incidents.told import ARMY, CIVILIANS, FSA, HTS, RUSSIA, on, region, town
from trucewatch import codebook, comparisons
from trucewatch.cli.compare import COLUMNS
from trucewatch.comparisons import Compared, Wish
from trucewatch.comparisons.pairs import FORMS, Judge, Pair, camps, paired, sides
from trucewatch.dataset_imports import take_in
from trucewatch.desk import Desk
from trucewatch.errors import DeskError
from trucewatch.export import ged
from trucewatch.nouns import Entity, Entry, Incident, Place, Status, Toll

ARIHA = {
    "id": "1",
    "type_of_violence": "3",
    "side_a": "Government of Syria",
    "side_b": "Civilians",
    "where_prec": "1",
    "where_coordinates": "Ariha town",
    "adm_1": "Idlib Governorate",
    "latitude": "35.8127",
    "longitude": "36.6071",
    "country": "Syria",
    "date_prec": "1",
    "date_start": "2021-10-20",
    "date_end": "2021-10-20",
    "low": "11",
    "best": "11",
    "high": "13",
}
"""UCDP's row of the strike on Ariha."""
CLASH = {"id": "2", "side_b": "HTS", "type_of_violence": "1", "latitude": "35.86", "longitude": "36.80"}
ROWS = (
    ARIHA,
    ARIHA | CLASH | {"low": "3", "best": "3", "high": "3"},
    ARIHA | {"id": "3", "where_coordinates": "Aleppo town", "latitude": "36.2", "longitude": "37.16"},
    ARIHA | {"id": "4", "date_start": "2021-01-01", "date_end": "2021-12-31", "date_prec": "5", "where_prec": "6"},
    ARIHA | {"id": "5", "date_start": "2022-03-01", "date_end": "2022-03-01"},
)


def ged_file(path: Path, rows: Sequence[dict[str, str]] = ROWS) -> Path:
    """The rows as a file of UCDP's."""
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, ged.COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    return path


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The desk of the exports' tests, with UCDP's rows and with a copy of its own export as ACLED's."""
    folder = tmp_path_factory.mktemp("compared")
    path = made.desk(folder / "test.desk")
    copy = folder / "acled.csv"
    copy.write_bytes(made.exported(path, "acled"))
    with Desk.open(path) as opened:
        for file in (ged_file(folder / "ged.csv"), copy):
            list(take_in(opened, file))
    return path


def beside(path: Path, wish: Wish) -> Compared:
    with Desk.open(path, create=False) as opened:
        return comparisons.compare(opened, wish)


def call(path: Path, *words: str) -> Result:
    return calling.call("compare", *words, "--desk", path, columns=80)


def test_what_both_tell_of_stands_side_by_side(desk: Path) -> None:
    found = beside(desk, Wish(dataset="ged"))
    assert [pair.entry.id for pair in found.matched] == ["1", "2"]
    strike = found.matched[0]
    assert strike.incident.killed == Toll(low=5, best=9, high=9)
    assert strike.entry.deaths == Toll(low=11, best=11, high=13)
    assert strike.agree == ("day", "place", "type", "sides")
    assert strike.differ == ()
    assert found.countries == ("SYR",)


def test_what_only_one_side_has_is_listed(desk: Path) -> None:
    found = beside(desk, Wish(dataset="ged"))
    assert {entry.id for entry in found.only_theirs} == {"3", "4"}
    assert found.sums == 1
    assert found.only_ours == ()
    # the day on which both have something is the 20th; of it are also a sum, and shells in October with no toll
    assert (found.since, found.until) == (dt.date(2021, 10, 20), dt.date(2021, 10, 20))
    assert found.beyond == 2
    assert found.untold == 0
    everything = beside(desk, Wish(dataset="ged", since=dt.date(2021, 1, 1), until=dt.date(2022, 12, 31)))
    assert {entry.id for entry in everything.only_theirs} == {"3", "4", "5"}


@pytest.mark.parametrize("columns", [50, 80])
def test_what_goes_over_a_line_stands_below_its_beginning(desk: Path, columns: int) -> None:
    result = calling.call("compare", "ged", "--desk", desk, columns=columns)
    first, *below = [line for line in result.stdout.splitlines() if line]
    titles = ("in both", "only ours", "only theirs")
    assert first.startswith("ged (ged) beside") and all(line in titles or line.startswith("  ") for line in below)
    assert max(map(len, below)) <= columns


def test_cells_are_read_for_many_rows_at_once(tmp_path: Path) -> None:
    path, file = made.desk(tmp_path / "test.desk"), tmp_path / "ged.csv"
    ged_file(file, [ARIHA | {"id": str(number)} for number in range(30)])
    asked: list[str] = []
    with Desk.open(path) as opened:
        list(take_in(opened, file))
        sql.event.listen(opened._engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
        assert len(comparisons.compare(opened, Wish(dataset="ged")).only_theirs) > 20
    assert 0 < len([one for one in asked if "FROM entries" in one]) < 5


def test_a_place_and_days_narrow_it_down(desk: Path) -> None:
    syria = beside(
        desk,
        Wish(
            dataset="ged",
            place="Syria",
            since=dt.date(2021, 10, 19),
            until=dt.date(2021, 10, 21),
        ),
    )
    assert {entry.id for entry in syria.only_theirs} == {"3", "4"}
    ariha = beside(desk, Wish(dataset="ged", place="Ariha"))
    assert [pair.entry.id for pair in ariha.matched] == ["1"]


def test_a_province_has_its_towns_on_both_sides(tmp_path: Path) -> None:
    ariha = msgspec.structs.replace(town("Ariha"), gazetteer="geonames:172994")
    text = report("Shells fell on Ariha.")
    with Desk.open(tmp_path / "one.desk") as opened:
        with opened.writer(V1) as writer:
            writer.store(text, (claim(text, place=ariha, time=on(20), recipients=(CIVILIANS,)),))
        list(take_in(opened, ged_file(tmp_path / "ged.csv")))
        found = comparisons.compare(opened, Wish(dataset="ged", place="Idlib"))
    assert [pair.entry.id for pair in found.matched] == ["1"]


def test_our_own_acled_file_comes_back_to_its_incidents(desk: Path) -> None:
    found = beside(desk, Wish(dataset="acled"))
    assert len(found.matched) == 3
    for pair in found.matched:
        assert pair.entry.id == f"SYR{pair.incident.id}"
        assert pair.agree == ("day", "place", "type", "sides")
    assert (found.only_theirs, found.unplaced) == ((), 2)


@pytest.mark.parametrize(
    ("wish", "reason"),
    [
        (Wish(dataset="gdelt"), "no dataset 'gdelt' is here"),
        (Wish(dataset="ged", place="Kabul"), "nothing to compare"),
        (Wish(dataset="ged", since=None, until=None, place="Afghanistan"), "nothing to compare"),
    ],
)
def test_what_cannot_be_compared_is_told(desk: Path, wish: Wish, reason: str) -> None:
    with pytest.raises(DeskError, match=reason):
        beside(desk, wish)


# ---------------------------------------------------------------- one event or two


def incident(**given: object) -> Incident:
    known = {"id": "i1", "claims": ("c",), "type": "ASSAULT", "mode": "aerial", "status": Status.HAPPENED}
    known |= {"actors": (ARMY,), "recipients": (CIVILIANS,), "place": town("Ariha"), "time": on(20)}
    return msgspec.convert(known | given, Incident)


def beside_row(one: Incident, **given: object) -> Pair | None:
    """The incident beside UCDP's row of the same strike, unless it is said otherwise."""
    entry = msgspec.convert({"id": "1", "type": "3", "place": town("Ariha"), "time": on(20)} | given, Entry)
    return Judge(FORMS["ged"], lambda _: {"side_a": "Government of Syria", "side_b": "Civilians"}).pair(one, entry)


def test_a_night_told_by_two_days_is_one_event() -> None:
    found = beside_row(incident(), time=on(21))
    assert found is not None
    assert (found.agree, found.differ) == (("place", "type", "sides"), ("day",))
    assert beside_row(incident(), time=on(22)) is None


def test_a_strike_laid_to_two_is_one_event_on_the_very_day() -> None:
    found = beside_row(incident(actors=(RUSSIA,)))
    assert found is not None and found.differ == ("sides",)
    assert beside_row(incident(actors=(RUSSIA,)), time=on(21)) is None
    assert beside_row(incident(actors=(RUSSIA,), recipients=())) is None, "what kind of deed it was is not known"


@pytest.mark.parametrize(
    ("row", "differ"),
    [(("Protests", "Protest with intervention"), ()), (("Riots", "Violent demonstration"), ("type",))],
)
def test_a_demonstration_is_one_event_however_it_ended(row: tuple[str, str], differ: tuple[str, ...]) -> None:
    march = incident(type="PROTEST", mode="demo", actors=(CIVILIANS,), recipients=())
    entry = Entry(id="1", type=row[0], subtype=row[1], place=town("Ariha"), time=on(20))
    found = Judge(FORMS["acled"], lambda _: {"actor1": "Protesters (Syria)"}).pair(march, entry)
    assert found is not None and found.differ == differ


def test_two_things_must_be_the_same() -> None:
    nobody = incident(actors=(), recipients=())
    assert beside_row(nobody) is not None
    assert beside_row(nobody, time=on(21)) is None


def test_places_are_one_within_their_precisions() -> None:
    near = Place(text="by", name="by", country="SYR", lat=35.89, lon=36.62, precision="town")  # 9 km
    assert beside_row(incident(), place=near) is not None
    assert beside_row(incident(), place=msgspec.structs.replace(near, precision="site")) is None
    assert beside_row(incident(), place=msgspec.structs.replace(near, country="TUR")) is None
    assert beside_row(incident(place=None)) is None
    syria = Place(text="Syria", name="Syria", country="SYR", lat=35.0, lon=38.0, precision="country")
    assert beside_row(incident(), place=syria) is None


def test_a_wide_place_or_a_long_time_needs_the_sides() -> None:
    assert beside_row(incident(), place=region()) is not None
    assert beside_row(incident(actors=(), recipients=()), place=region()) is None
    assert beside_row(incident(), time=on(1, 25)) is None, "a day of a long time is not all of it"
    assert beside_row(incident(time=on(2, 25)), time=on(1, 25)) is not None
    assert beside_row(incident(time=on(2, 25), actors=(), recipients=()), time=on(1, 25)) is None


@pytest.mark.parametrize(("last", "is_one"), [(10, True), (9, False)])
def test_long_times_are_one_where_half_of_them_is_shared(last: int, is_one: bool) -> None:
    assert (beside_row(incident(time=on(1, last)), time=on(1, 20)) is not None) is is_one


def test_people_without_arms_on_both_sides_agree_and_are_no_sign_beside_others() -> None:
    def beside(*names: str) -> Pair | None:
        march = incident(type="PROTEST", mode="demo", actors=(CIVILIANS,), recipients=())
        entry = Entry(id="1", type="Protests", subtype="Peaceful protest", place=town("Ariha"), time=on(20))
        return Judge(FORMS["acled"], lambda _: dict(zip(("actor1", "actor2"), names, strict=False))).pair(march, entry)

    alone, others = beside("Civilians (Syria)"), beside("Civilians (Syria)", "Police Forces of Syria (2011-)")
    assert alone is not None and "sides" in alone.agree
    assert others is not None and "sides" not in (*others.agree, *others.differ)


@pytest.mark.parametrize(
    ("given", "has"), [({}, True), ({"status": Status.DENIED}, False), ({"type": "CONSULT", "mode": "visit"}, False)]
)
def test_acled_would_have_deeds_that_happened_alone(given: dict[str, object], has: bool) -> None:
    assert FORMS["acled"].would_have(incident(**given), codebook.load()) is has


def test_each_is_in_one_pair_and_the_likeliest_come_first() -> None:
    judge = Judge(FORMS["ged"], lambda entry: {"side_a": "Government of Syria", "side_b": "Civilians"})
    rows = [
        Entry(id="far", type="3", place=town("Ariha"), time=on(21)),
        Entry(id="near", type="3", place=town("Ariha"), time=on(20)),
    ]
    pairs = list(paired([incident(id="i1"), incident(id="i2", time=on(21))], rows, judge))
    assert [(pair.incident.id, pair.entry.id) for pair in pairs] == [("i1", "near"), ("i2", "far")]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("Government of Syria", "Civilians"), {"SYR", "civilians"}),
        (("Military Forces of Syria (2000-2024)", ""), {"SYR"}),
        (("Military Forces of Russia (2000-) Air Force", ""), set()),
        (("Civilians (Syria)", "Police Forces of Turkey (2016-)"), {"TUR", "civilians"}),
        (("HTS: Hayat Tahrir al Sham", ""), set(camps([HTS]))),
        (("Free Syrian Army", "Unidentified Armed Group (Syria)"), set(camps([FSA]))),
    ],
)
def test_names_of_datasets_are_found_in_the_codebook(names: tuple[str, str], expected: set[str]) -> None:
    content = {"actor1": names[0], "actor2": names[1]}
    found: list[Entity] = list(sides(content, FORMS["acled"], dt.date(2021, 10, 20), made.BOOK))
    assert camps(found) == expected


# ---------------------------------------------------------------- the command


def test_the_command_prints_both_tolls_and_adds_nothing(desk: Path) -> None:
    text = call(desk, "ged").stdout
    assert "2 in both; tolls: ranges touch 1, ours lower 1" in text
    assert "theirs 11 (11–13) killed  1   ours 9 (5–9) killed" in text
    assert "2 only theirs, 1 of them of more than ten days" in text
    assert max(map(len, text.splitlines())) <= 80
    assert "and 1 more" in call(desk, "ged", "--show", "1").stdout


def test_json_and_csv_have_all(desk: Path) -> None:
    head, *lines = map(json.loads, call(desk, "ged", "--format", "json").stdout.splitlines())
    assert (head["matched"], head["only_ours"], head["only_theirs"]) == (2, 0, 2)
    assert [line["what"] for line in lines] == ["matched"] * 2 + ["only_theirs"] * 2
    found = list(csv.DictReader(io.StringIO(call(desk, "ged", "--format", "csv").stdout, newline="")))
    assert tuple(found[0]) == COLUMNS
    assert [row["what"] for row in found] == ["matched"] * 2 + ["only theirs"] * 2
    assert (found[0]["our_best"], found[0]["their_best"], found[0]["kilometres"]) == ("9", "11", "0.4")
    assert found[2]["incident"] == found[2]["our_best"] == ""


def test_days_the_wrong_way_round_are_a_wrong_call(desk: Path) -> None:
    assert call(desk, "ged", "--since", "2021-10", "--until", "2021-09").exit_code == 2


def test_a_dataset_that_is_not_there_is_told(desk: Path) -> None:
    result = call(desk, "gdelt")
    assert result.exit_code == 1
    assert "no dataset 'gdelt' is here; `trucewatch import` takes one in" in result.stderr
