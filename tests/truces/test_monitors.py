"""Bulletins of monitors: read by a layout, shown side by side, and never one number."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests import calling
from trucewatch.cli import main
from trucewatch.desk import Desk
from trucewatch.errors import TableError
from trucewatch.ledger import kept_series
from trucewatch.truces.bulletins import SHIPPED, Layout, layouts, read
from trucewatch.truces.days import Days
from trucewatch.truces.monitors import Counted, disagreements, monitored, side_by_side

SHARED = Path(__file__).parent.parent.parent.parent / "shared" / "data" / "monitors"
NORTH = Layout(
    id="n",
    observer="North",
    unit="shell",
    area="valley",
    blames=("south",),
    every="day",
    day="date",
    count="north",
    source="url",
)
SOUTH = Layout(
    id="s", observer="South", unit="shell", area="valley", blames=("north",), every="day", day="date", count="south"
)
TABLE = """\
date,north,south,url
2021-03-02,4,1,https://example.org/2
2021-03-01,2,3,
2021-03-03,,5,
2021-03-04,6,2,
2021-03-05,0,,
"""
VALLEY = """\
id = "valley-2021"
name = "Truce of the valley"
class = "cessation"
parties = "bilateral"
countries = ["SYR"]
sources = ["made up"]
signed = "2021-03-02"
effective = "2021-03-02"
area = "valley"

[[zone]]
id = "valley"
name = "valley"
countries = ["SYR"]

[[party]]
actor = "sy-gov"
capacity = "signatory"
side = "north"

[[clause]]
id = "1"
kind = "cessation"
text = "firing stops"

[[monitor]]
name = "the two commands"
series = ["north", "south"]
"""


def _file(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "bulletins.csv"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    return path


def test_each_observer_has_a_series_of_its_own_and_an_empty_cell_is_no_zero(tmp_path: Path) -> None:
    north, south = read(_file(tmp_path, TABLE), (NORTH, SOUTH))
    assert [(one.days.first.day, one.count) for one in north.bulletins] == [(1, 2), (2, 4), (4, 6), (5, 0)]
    assert [one.count for one in south.bulletins] == [3, 1, 5, 2]
    assert (north.bulletins[1].source, north.bulletins[0].source) == ("https://example.org/2", None)


def test_side_by_side_tells_how_far_they_disagree(tmp_path: Path) -> None:
    north, south = read(_file(tmp_path, TABLE), (NORTH, SOUTH))
    found = side_by_side(north, south)
    assert (found.periods, found.only_one, found.only_other, found.totals) == (3, 1, 1, (12, 6))
    # |2-3|, |4-1| and |6-2|.
    assert found.gap == pytest.approx(8 / 3)
    assert found.correlation == pytest.approx(-0.5)
    assert found.note == "North blames south, South north"


def test_what_was_told_lately_is_of_the_last_fortnight(tmp_path: Path) -> None:
    table = "date,north,url\n" + "".join(f"2021-03-{at:02},1,\n" for at in range(1, 32))
    (north,) = read(_file(tmp_path, table), (NORTH,))
    days = Days(first=dt.date(2021, 3, 5), last=dt.date(2021, 3, 28))
    (heard,) = monitored("made", [north], days).heard
    assert [one.bulletins for one in (heard.before, heard.within, heard.recent)] == [4, 24, 14]


def test_two_counting_rules_have_no_gap(tmp_path: Path) -> None:
    north, south = read(_file(tmp_path, TABLE), (NORTH, Layout(**{**_fields(SOUTH), "unit": "episode"})))
    found = side_by_side(north, south)
    assert found.gap is None and found.correlation is not None
    assert found.note == "North counts by shell, South by episode; North blames south, South north"


def test_a_correlation_needs_three_periods_and_counts_that_change(tmp_path: Path) -> None:
    steady = "date,north,south\n" + "".join(f"2021-03-0{at},2,{at}\n" for at in range(1, 6))
    layout = Layout(**{**_fields(NORTH), "source": None})
    assert side_by_side(*read(_file(tmp_path, steady), (layout, SOUTH))).correlation is None
    two = "date,north,south\n2021-03-01,1,1\n2021-03-02,2,2\n"
    assert side_by_side(*read(_file(tmp_path, two), (layout, SOUTH))).correlation is None


def test_months_are_whole_and_not_beside_days(tmp_path: Path) -> None:
    month = Layout(**{**_fields(SOUTH), "every": "month"})
    days, months = read(_file(tmp_path, "date,north,south,url\n2021-02,,7,\n"), (NORTH, month))
    (only,) = months.bulletins
    assert (only.days.first.day, only.days.last.day, only.days.count) == (1, 28, 28)
    ((last,),) = (one.bulletins for one in read(_file(tmp_path, "date,south\n9999-12,7\n"), (month,)))
    assert last.days.last == dt.date.max
    with pytest.raises(ValueError, match="told by the"):
        side_by_side(days, months)


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("date,south\n", 1, "no column 'north'"),
        ("date,north,url\n2021-03-01,many,\n", 2, "'many' is no count"),
        ("date,north,url\n2021-03-01,-2,\n", 2, "cannot be -2"),
        ("date,url,north\n,,4\n", 2, "'' is no day"),
        ("north,url,date\n4\n", 2, "'' is no day"),
        ("date,north,url\n2021-03-01,2,\udcff\n", 1, "no CSV in UTF-8"),
        ("date,north,url\nyesterday,2,\n", 2, "'yesterday' is no day"),
        ("date,north,url\n2021-03-01,2,\n2021-03-01,3,\n", 3, "has told of 2021-03-01 already"),
    ],
)
def test_a_bad_table_is_refused_with_its_line(tmp_path: Path, text: str, line: int, what: str) -> None:
    with pytest.raises(TableError, match=what) as error:
        read(_file(tmp_path, text), (NORTH,))
    assert f"bulletins.csv:{line}:" in str(error.value)


@pytest.mark.parametrize("text", ["[[series]]\nid = 'a'\n", "series = 3", "not toml", ""])
def test_a_bad_layout_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "layout.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(TableError, match=r"layout\.toml:1: "):
        layouts(path)


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.toml")), ids=lambda path: path.stem)
def test_every_shipped_layout_reads(path: Path) -> None:
    found = layouts(path)
    assert len({layout.id for layout in found}) == len(found)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the bulletins in shared/ are not at hand")
def test_the_two_parts_of_the_joint_commission() -> None:
    found = {
        series.id: series
        for series in read(SHARED / "idlib_two_monitor_bulletins.csv", layouts(SHIPPED / "idlib-bulletins.toml"))
    }
    both = side_by_side(found["idlib-ru"], found["idlib-tr"])
    assert (both.periods, both.totals, both.gap) == (14, (173, 154), 7.5)
    assert both.correlation == pytest.approx(0.54, abs=0.005)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the bulletins in shared/ are not at hand")
def test_osce_and_jfo_count_by_two_rules() -> None:
    found = {
        series.id: series for series in read(SHARED / "osce_vs_jfo_and_daily.csv", layouts(SHIPPED / "osce-jfo.toml"))
    }
    both = side_by_side(found["osce-donetsk"], found["jfo"])
    assert (both.periods, both.totals, both.gap, both.correlation) == (2, (1087, 25), None, None)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the bulletins in shared/ are not at hand")
def test_months_along_the_line_of_control() -> None:
    (months,) = read(SHARED / "india_pakistan_loc_cfv_monthly_2013_2019.csv", layouts(SHIPPED / "loc-months.toml"))
    assert (len(months.bulletins), months.every, months.blames) == (84, "month", ("Pakistan",))


def test_the_command_shows_observers_side_by_side_and_keeps_nothing_unasked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    told = call("monitors", str(_file(tmp_path, TABLE)), "--layout", _layout(tmp_path))
    assert "8 bulletins read; --desk keeps them" in told.stderr
    assert "north beside south: 3 periods of both" in told.stdout
    assert "12 and 6, each by its own rule" in told.stdout
    assert "2.7 apart in the mean; correlation -0.50" in told.stdout
    assert "2021-03-04      6      2" in told.stdout
    assert "4 bulletins by the day: 2021-03-01 to 2021-03-05" in told.stdout
    assert not list(tmp_path.glob("*.desk"))


def test_a_desk_keeps_bulletins_and_a_corrected_one_keeps_its_history(tmp_path: Path) -> None:
    desk, layout = str(tmp_path / "m.desk"), _layout(tmp_path)
    assert "8 of them new" in call("monitors", str(_file(tmp_path, TABLE)), "--layout", layout, "--desk", desk).stderr
    assert "0 of them new" in call("monitors", str(_file(tmp_path, TABLE)), "--layout", layout, "--desk", desk).stderr
    mended = TABLE.replace("2021-03-04,6,2", "2021-03-04,8,2")
    assert "1 of them new" in call("monitors", str(_file(tmp_path, mended)), "--layout", layout, "--desk", desk).stderr
    shown = call("monitors", "--desk", desk).stdout
    assert "14 and 6, each by its own rule" in shown
    assert "corrected, of 2021-03-04: 6 → 8" in shown
    with Desk.open(desk) as opened:
        assert [row.bulletin.count for row in opened.bulletins({"north"}) if row.bulletin.first.day == 4] == [6, 8]
        north, _ = kept_series(opened)
        assert north.bulletins == tuple(
            Counted(days=days, count=count, source=source, corrects=corrects)
            for days, count, source, corrects in (
                (_day(1), 2, None, ()),
                (_day(2), 4, "https://example.org/2", ()),
                (_day(4), 8, None, (6,)),
                (_day(5), 0, None, ()),
            )
        )


def test_another_rule_under_the_same_id_is_refused(tmp_path: Path) -> None:
    desk = str(tmp_path / "m.desk")
    call("monitors", str(_file(tmp_path, TABLE)), "--layout", _layout(tmp_path), "--desk", desk)
    path = Path(_layout(tmp_path))
    path.write_text(path.read_text(encoding="utf-8").replace('"shell"', '"episode"'), encoding="utf-8")
    refused = CliRunner().invoke(main, ["monitors", str(_file(tmp_path, TABLE)), "--layout", str(path), "--desk", desk])
    assert refused.exit_code == 1
    assert "'north' is kept with unit 'shell', not unit 'episode'" in refused.output


def test_a_truce_shows_what_its_monitors_have_told_over_its_days(tmp_path: Path) -> None:
    desk, tables = str(tmp_path / "m.desk"), tmp_path / "tables"
    tables.mkdir()
    (tables / "valley-2021.toml").write_text(VALLEY, encoding="utf-8")
    call("monitors", str(_file(tmp_path, TABLE)), "--layout", _layout(tmp_path), "--desk", desk)
    of = ("--desk", desk, "--tables", str(tables), "--as-of", "2021-03-04")
    told = call("monitors", "--truce", "valley", *of).stdout
    assert "North Command: shell, valley; can blame south" in told
    assert "10 in 2 bulletins in the truce's days; 2 in 1 bulletin before it" in told
    assert "in the last 14 days 10 in 2 bulletins; the last of 2021-03-04: 6" in told
    assert "north beside south: 2 periods of both" in told and "10 and 3, each" in told
    rows = [
        json.loads(line) for line in call("monitors", "--truce", "valley", *of, "--format", "json").stdout.splitlines()
    ]
    assert [row["series"]["id"] for row in rows[:2]] == ["north", "south"]
    assert rows[2]["totals"] == [10, 3]
    for command in (("status", "valley"), ("ledger", "valley")):
        assert "monitors, each by its own rule" in call(*command, *of).stdout
        assert "10 in 2 bulletins in the truce's days" in call(*command, *of).stdout
    quiet = call("status", "valley", "--desk", desk, "--tables", str(tables), "--as-of", "2021-05-01").stdout
    assert "nothing since 2021-03-05: north" in quiet and "nothing since 2021-03-04: south" in quiet
    assert "holds no bulletin" in call("monitors", "--truce", "yemen-2022", "--desk", desk).stdout


def test_a_truce_of_no_known_day_shows_all_that_was_told(tmp_path: Path) -> None:
    desk, tables = str(tmp_path / "m.desk"), tmp_path / "tables"
    tables.mkdir()
    undated = VALLEY.replace('signed = "2021-03-02"\neffective = "2021-03-02"\n', "")
    (tables / "valley-2021.toml").write_text(undated, encoding="utf-8")
    call("monitors", str(_file(tmp_path, TABLE)), "--layout", _layout(tmp_path), "--desk", desk)
    assert "12 in 4 bulletins" in call("monitors", "--truce", "valley", "--desk", desk, "--tables", str(tables)).stdout


@pytest.mark.parametrize(
    "wrong", [("--layout", "osce-jfo"), ("FILE",), ("FILE", "--layout", "osce-jfo", "--truce", "yemen-2022")]
)
def test_a_call_that_cannot_be_meant_is_one(tmp_path: Path, wrong: tuple[str, ...]) -> None:
    file = str(_file(tmp_path, TABLE))
    told = CliRunner().invoke(main, ["monitors", *(file if word == "FILE" else word for word in wrong)])
    assert told.exit_code == 2
    assert "give a FILE with its --layout" in told.output


def test_areas_are_kept_apart_where_each_has_its_own_counterpart(tmp_path: Path) -> None:
    layouts_ = [
        Layout(**{**_fields(one), "id": f"{one.id}-{area}", "area": area}) for one in (NORTH, SOUTH) for area in "ab"
    ]
    found = [(both.one, both.other) for both in disagreements(read(_file(tmp_path, TABLE), layouts_))]
    assert found == [("n-a", "s-a"), ("n-b", "s-b")]
    alone = [(both.one, both.other) for both in disagreements(read(_file(tmp_path, TABLE), layouts_[1:3]))]
    assert alone == [("n-b", "s-a")]


def test_a_file_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    told = CliRunner().invoke(main, ["monitors", str(tmp_path / "none.csv"), "--layout", "osce-jfo"])
    assert (told.exit_code, told.output.count("\n")) == (1, 1)
    assert "none.csv: No such file" in told.output


def test_the_command_names_the_layouts_that_ship(tmp_path: Path) -> None:
    told = CliRunner().invoke(main, ["monitors", str(_file(tmp_path, TABLE)), "--layout", "moon"])
    assert told.exit_code == 2
    assert "idlib-bulletins, loc-months, osce-jfo" in told.output


def call(*arguments: str) -> Result:
    """The command's result; it must not fail."""
    result = calling.call(*arguments, columns=200)
    assert result.exit_code == 0, result.output
    return result


def _layout(tmp_path: Path) -> str:
    """A layout file of two series, of the two columns of the table."""
    path = tmp_path / "valley.toml"
    path.write_text(
        "".join(
            f"""
[[series]]
id = "{name}"
observer = "{name.capitalize()} Command"
unit = "shell"
area = "valley"
blames = ["{blamed}"]
every = "day"
day = "date"
count = "{name}"
{source}
"""
            for name, blamed, source in (("north", "south", 'source = "url"'), ("south", "north", ""))
        ),
        encoding="utf-8",
    )
    return str(path)


def _day(number: int) -> Days:
    return Days(first=dt.date(2021, 3, number), last=dt.date(2021, 3, number))


def _fields(layout: Layout) -> dict[str, object]:
    return {name: getattr(layout, name) for name in layout.__struct_fields__}
