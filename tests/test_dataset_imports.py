"""Others' datasets on a desk: imported once, superseded by id, counted by area."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import msgspec
import pytest
import sqlalchemy as sql
from sqlalchemy.exc import DBAPIError

from tests.datasets.made import acled, ged, write
from tests.desk import made
from tests.shellings import LINES, report, shelling, store
from trucewatch import dataset_imports
from trucewatch.dataset_imports import Step
from trucewatch.desk import Desk
from trucewatch.desk.entries import entries, entry_faults, import_ends, imports
from trucewatch.desk.opening import connect
from trucewatch.errors import DeskError, UnreadableError, WrongCallError
from trucewatch.export.acled import COLUMNS
from trucewatch.nouns import Status, Toll
from trucewatch.outlook.series import Asked, Series
from trucewatch.outlooks import desk_series


def take(desk: Desk, path: Path, name: str | None = None) -> Step:
    """The last step of an import."""
    *_, step = dataset_imports.take_in(desk, path, name)
    return step


def rows(desk: Desk, table: sql.Table = entries) -> int:
    engine = connect(desk.where, create=False)
    with engine.connect() as connection:
        number = connection.execute(sql.select(sql.func.count()).select_from(table)).scalar_one()
    engine.dispose()
    return int(number)


def series(desk: Desk, area: str = "SYR/Idlib", **how: object) -> Series:
    asked = {"indicator": "violence", "observer": "ged", "period": "month", **how}
    return desk_series.series(desk, Asked(area=area, **asked))  # type: ignore[arg-type]


def test_the_same_file_twice_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv.gz", [ged(1), ged(2)])
    assert (step := take(desk, path)).added == 2
    assert (step.dataset, step.form, step.done, step.before) == ("ged", "UCDP GED, 49 columns", step.size, None)
    again = take(desk, path)
    assert again.before is not None and again.added == 0
    assert (rows(desk), rows(desk, imports)) == (2, 1)
    elsewhere = take(desk, path, "another")
    assert (elsewhere.added, rows(desk)) == (2, 4)


def test_a_newer_version_counts_and_the_older_row_stays(either: Desk, tmp_path: Path) -> None:
    take(either, write(tmp_path / "1.csv", [ged(1), ged(2), ged(3)]))
    step = take(either, write(tmp_path / "2.csv", [ged(1), ged(2, best="5"), ged(4)]))
    assert (step.added, step.same, rows(either)) == (2, 1, 5)
    assert series(either).counts.tolist() == [4]
    assert series(either, indicator="deaths").counts.tolist() == [17]
    with either.datasets() as found:
        assert found.entry("ged", "2").deaths == Toll(low=3, best=5, high=7)
        assert found.entry("ged", "2").content["best"] == "5"
        with pytest.raises(DeskError, match="the dataset 'ged' here has no row with the id '9'"):
            found.entry("ged", "9")
    take(either, write(tmp_path / "3.csv", [ged(2)]))  # back as it was
    assert series(either, indicator="deaths").counts.tolist() == [16]


def test_bad_rows_are_kept_with_their_lines(desk: Desk, tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", [ged(1), ged(2, best="many"), ged(3, date_end="2016-01-01")])
    bad = [one for step in dataset_imports.take_in(desk, path) for one in step.bad]
    assert [one.line for one in bad] == [3, 4]
    with desk.datasets() as found:
        (kept,) = found.imports("ged")
        assert found.faults(kept.number) == [
            (3, "best is no whole number: 'many'"),
            (4, "date_end is before date_start: 2016-01-01"),
        ]
    assert kept.counted is not None
    assert (kept.counted.added, kept.counted.bad, kept.counted.countries) == (1, 2, ("SYR",))
    assert kept.counted.first == kept.counted.last == dt.date(2017, 3, 8)


def test_an_import_that_is_stopped_goes_on_when_it_is_called_again(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dataset_imports, "BATCH", 2)
    path = write(tmp_path / "a.csv", [ged(number) for number in range(5)])
    steps = dataset_imports.take_in(desk, path)
    next(steps), next(steps)
    steps.close()  # type: ignore[attr-defined]  # a generator
    assert rows(desk) == 2
    with desk.datasets() as found:
        assert [one.counted for one in found.imports()] == [None]
    with pytest.raises(DeskError, match="has no row of SYR/Idlib"):
        series(desk)
    step = take(desk, path)
    assert (step.added, step.same, rows(desk)) == (3, 2, 5)
    assert series(desk).counts.sum() == 5


def test_a_file_that_breaks_off_leaves_what_came_before(desk: Desk, tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv.gz", [ged(number, source_headline=f"{number**7}") for number in range(400)])
    path.write_bytes(path.read_bytes()[:-900])
    with pytest.raises(UnreadableError, match="breaks off or is damaged"):
        take(desk, path)
    assert 0 < rows(desk) < 400


def test_the_database_itself_refuses_to_change_them(either: Desk, tmp_path: Path) -> None:
    take(either, write(tmp_path / "a.csv", [ged(1), ged(2, best="")]))
    engine = connect(either.where, create=False)
    for table in (imports, import_ends, entry_faults, entries):
        column = next(iter(table.c))
        for deed in (sql.update(table).values({column: column}), sql.delete(table)):
            with engine.connect() as connection, pytest.raises(DBAPIError, match="facts are never changed or deleted"):
                connection.execute(deed)
    engine.dispose()


def test_a_dataset_has_one_form_and_a_name_of_its_own(desk: Desk, tmp_path: Path) -> None:
    take(desk, write(tmp_path / "a.csv", [ged(1)]), "mine")
    with pytest.raises(DeskError, match="the dataset 'mine' here has the form ged, not acled; give another name"):
        take(desk, write(tmp_path / "b.csv", [acled("SYR1")], COLUMNS), "mine")
    for name in ("desk", "a b", ""):
        with pytest.raises(WrongCallError, match="cannot be a dataset's name"):
            take(desk, tmp_path / "a.csv", name)


def test_series_of_a_dataset(either: Desk, tmp_path: Path) -> None:
    told = [
        ged(1),
        ged(2, type_of_violence="3"),
        ged(3, "2017-05-02"),
        ged(4, adm_1="Homs Governorate"),
        ged(5, adm_1="", where_prec="6"),
        ged(6, "2017-03-01", "2017-04-20", date_prec="4"),
        ged(7, country="Iraq", adm_1="Idlib Governorate"),
    ]
    take(either, write(tmp_path / "a.csv", told))
    found = series(either)
    assert (found.first, found.labels) == (dt.date(2017, 3, 1), ["2017-03", "2017-04", "2017-05"])
    assert (found.counts.tolist(), found.reports.tolist(), found.coverage) == ([2, 0, 1], [4, 0, 2], None)
    assert {(one.why, one.deeds) for one in found.aside} == {("place too coarse", 1), ("date too coarse", 1)}
    assert (found.cut_off, found.inputs.split()[:3]) == (dt.date(2017, 5, 31), ["ged", "import", "1"])
    assert series(either, indicator="clashes").counts.tolist() == [1, 0, 1]
    assert series(either, indicator="deaths-high").counts.tolist() == [14, 0, 7]
    assert series(either, "SYR").counts.tolist() == [4, 0, 1]
    assert series(either, "grid:181154").counts.tolist() == [4, 0, 1]  # by their points, whatever province they say
    assert series(either, "SYR", since=dt.date(2017, 4, 1), until=dt.date(2017, 4, 30)).counts.tolist() == [0]
    with pytest.raises(WrongCallError, match="'ged' does not tell air-strikes apart"):
        series(either, indicator="air-strikes")
    with pytest.raises(DeskError, match=r"no dataset 'viina' is on .*; there are: ged"):
        series(either, observer="viina")
    with pytest.raises(DeskError, match="the dataset 'ged' has no row of LBY"):
        series(either, "LBY")


def test_a_dataset_as_it_was_known(desk: Desk, tmp_path: Path) -> None:
    take(desk, write(tmp_path / "a.csv", [ged(1)]))
    today = dt.datetime.now(dt.UTC).date()
    assert series(desk, known=today).counts.tolist() == [1]
    with pytest.raises(DeskError, match="no dataset 'ged'"):
        series(desk, known=today - dt.timedelta(days=1))


def test_what_was_known_by_a_day_has_the_toll_of_then(desk: Desk) -> None:
    def deaths(known: dt.date | None = None) -> float:
        asked = Asked(area="SYR", observer="desk", period="day", indicator="deaths", known=known)
        return float(desk_series.series(desk, asked).counts.sum())

    first, later = dt.date(2021, 9, 2), dt.date(2021, 9, 9)
    store(desk, one := report(1, published=first, outlet="A"), shelling(one))
    for number in (2, 3):
        again = report(number, LINES[number], published=later, outlet=f"B{number}")
        store(desk, again, shelling(again, dead=40))
    assert (deaths(), deaths(known=first)) == (40, 3)


def test_series_of_the_desk_s_own_incidents(either: Desk) -> None:
    with pytest.raises(DeskError, match=r"nothing on .* tells of SYR"):
        series(either, "SYR", observer="desk", period="day")
    one, two, late = report(1), report(2, LINES[1]), report(3, LINES[2], published=dt.date(2021, 9, 6))
    early = report(4, LINES[3], published=dt.date(2021, 9, 1))
    planned = msgspec.structs.replace(shelling(two, 5, day=3), status=Status.EXPECTED)
    talks = made.claim(
        early, 3, type="CONSULT", mode=None, trigger=made.Span(start=7, end=14), time=made.day(2021, 9, 1)
    )
    talks = msgspec.structs.replace(talks, place=shelling(one).place)
    store(either, early, talks)
    store(either, one, shelling(one))
    store(either, two, shelling(two), planned)
    store(either, late, shelling(late, 2, town=2, day=3, dead=None))

    def days(**how: object) -> Series:
        return series(either, **{"area": "SYR", "observer": "desk", "period": "day", "indicator": "shelling", **how})  # type: ignore[arg-type]

    found = days()
    assert (found.first, found.last) == (dt.date(2021, 9, 1), dt.date(2021, 9, 6))
    assert found.counts.tolist() == [0, 1, 1, 0, 0, 0]  # told twice, it counts once; what is expected does not
    assert found.reports.tolist() == [0, 2, 1, 0, 0, 0]
    assert found.coverage is not None and found.coverage.tolist() == [1, 0, 2, 0, 0, 1]
    assert days(indicator="deaths").counts.tolist() == [0, 3, 0, 0, 0, 0]
    assert [one.why for one in days(indicator="deaths").aside] == ["no figure"]
    assert days(indicator="talks").counts.tolist() == [1, 0, 0, 0, 0, 0]
    assert days(indicator="attacks-on-civilians").counts.sum() == 0
    known = days(known=dt.date(2021, 9, 4))  # before the late report
    assert (known.counts.tolist(), known.cut_off) == ([0, 1, 0], dt.date(2021, 9, 3))
    assert found.inputs == days().inputs
    store(either, report(9), shelling(report(9), 7, town=1))
    assert found.inputs != days().inputs
