"""Outlooks from a desk and from files alone, as they are asked for: kept once, scored when their time has come."""

from __future__ import annotations

import datetime as dt
import functools
import gzip
import json
import re
from pathlib import Path

import msgspec
import numpy as np
import pytest
from click.testing import Result

from benchmarks import GED
from tests import calling
from tests.datasets import made
from tests.desk.made import V1, claim, day, report
from trucewatch import derive, outlooks
from trucewatch.desk import Desk
from trucewatch.errors import WrongCallError
from trucewatch.nouns import Place
from trucewatch.truces.tables import HERE

SARAQIB = Place(text="Saraqib", name="Saraqib", country="SYR", lat=35.86, lon=36.80, precision="town")
MONDAY = dt.date(2021, 1, 4)


call = functools.partial(calling.call, "outlook", columns=80)


def told(result: Result) -> dict[str, object]:
    assert result.exit_code == 0, result.output
    return dict(json.loads(result.stdout))


def shelled(path: Path, weeks: range) -> Path:
    """A desk on which Saraqib is shelled on one to three days of each of these weeks; a report on its last day."""
    with Desk.open(path) as desk:
        with desk.writer(V1) as writer:
            for week in weeks:
                monday = MONDAY + dt.timedelta(weeks=week)
                for at in range(1 + week % 3):
                    date = monday + dt.timedelta(days=2 * at)
                    one = report(f"Shells fell on Saraqib on {date}.", published=date, outlet="Reuters")
                    writer.store(one, (claim(one, place=SARAQIB, time=day(date.year, date.month, date.day)),))
                sunday = monday + dt.timedelta(days=6)
                writer.store(report(f"Quiet on {sunday}.", published=sunday, outlet="Reuters"), ())
        derive.catch_up(desk)
    return path


def test_an_outlook_is_kept_once_and_scored_when_its_weeks_are_over(tmp_path: Path) -> None:
    path = shelled(tmp_path / "made.desk", range(40))
    asked = ("SYR", "--indicator", "shelling", "--weeks", 3, "--desk", path)
    first = call(*asked)
    assert first.exit_code == 0 and "kept on" in first.stderr and "as 3 forecasts" in first.stderr
    assert "data up to 10 Oct 2021: 40 weeks" in first.stdout
    assert re.search(r"^11 Oct-17 Oct +\d\.\d +\d to \d +\d to \d", first.stdout, re.MULTILINE)
    assert max(len(line) for line in first.stdout.splitlines()) <= 80
    again = call(*asked)
    assert again.stdout == first.stdout and "kept on" not in again.stderr

    before = told(call("--record", "--desk", path, "--format", "json"))
    assert [(one["issued"], one["scored"]) for one in before["tallies"]] == [(3, 0)]  # type: ignore[attr-defined]
    shelled(path, range(40, 42))
    after = told(call("--record", "--desk", path, "--format", "json"))
    (kind,) = after["tallies"]  # type: ignore[misc]
    assert (kind["issued"], kind["scored"], kind["in_time"]) == (3, 2, False)
    assert 0 < kind["crps"] < 2 and 0 < kind["base_crps"] < 2
    words = call("--record", "--desk", path)
    assert "Issued when it was over already" in words.stdout and "Shelling by the week" in words.stdout
    assert max(len(line) for line in words.stdout.splitlines()) <= 80


def test_what_was_issued_in_time_is_told_apart(tmp_path: Path) -> None:
    path = shelled(tmp_path / "made.desk", range(30))
    call("SYR", "--indicator", "shelling", "--weeks", 1, "--desk", path)
    with Desk.open(path) as desk:
        (late,) = desk.forecasts()
        at = dt.datetime(2021, 8, 2, tzinfo=dt.UTC)
        desk.issue([msgspec.structs.replace(late, id="f0", at=at, as_of=late.as_of - dt.timedelta(weeks=1))])
    found = told(call("--record", "--desk", path, "--format", "json"))
    assert sorted(one["in_time"] for one in found["tallies"]) == [False, True]  # type: ignore[attr-defined]
    assert "Forecasts issued before their period was over" in call("--record", "--desk", path).stdout


def test_too_little_history_gives_no_odds_and_keeps_nothing(tmp_path: Path) -> None:
    path = shelled(tmp_path / "made.desk", range(11))
    said = call("SYR", "--indicator", "shelling", "--desk", path)
    assert "No outlook: 11 weeks of history, 26 needed." in said.stdout
    with Desk.open(path) as desk:
        assert desk.forecasts() == []
    assert "no forecast was issued" in call("--record", "--desk", path).stdout


@pytest.mark.parametrize("horizon", [0, 27])
def test_no_more_periods_are_foreseen_than_the_command_line_takes(tmp_path: Path, horizon: int) -> None:
    asked = outlooks.Asked(area="SYR", indicator="shelling")
    with Desk.open(tmp_path / "made.desk") as desk, pytest.raises(WrongCallError, match="it is 1 to 26"):
        outlooks.ahead(desk, asked, horizon)


def test_weeks_that_tell_only_of_another_war_are_no_peace(tmp_path: Path) -> None:
    path, aden = (
        shelled(tmp_path / "made.desk", range(20)),
        msgspec.structs.replace(SARAQIB, name="Aden", country="YEM"),
    )
    with Desk.open(path) as desk:
        with desk.writer(V1) as writer:
            for date in (MONDAY + dt.timedelta(weeks=week) for week in range(20, 40)):
                one = report(f"Shells fell on Aden on {date}.", published=date, outlet="Reuters")
                writer.store(one, (claim(one, place=aden, time=day(date.year, date.month, date.day)),))
        derive.catch_up(desk)
    said = call("SYR", "--indicator", "shelling", "--desk", path)
    assert "20 weeks of history in the last 39 of which any report tells, 26 needed" in " ".join(said.stdout.split())


def test_a_desk_that_tells_only_of_the_day_before_covers_no_week(tmp_path: Path) -> None:
    with Desk.open(tmp_path / "made.desk") as desk:
        with desk.writer(V1) as writer:
            one = report("Shells fell on Saraqib on 20 October.", published=dt.date(2021, 10, 21), outlet="Reuters")
            writer.store(one, (claim(one, place=SARAQIB, time=day(2021, 10, 20)),))
        derive.catch_up(desk)
    said = call("SYR", "--indicator", "shelling", "--desk", tmp_path / "made.desk").stdout
    assert "no whole week is covered: 0 weeks" in said


def test_the_base_rate_stands_below_the_odds(tmp_path: Path) -> None:
    path = shelled(tmp_path / "made.desk", range(60))
    lines = call("SYR", "--indicator", "shelling", "--weeks", "1", "--desk", path).stdout.splitlines()
    (base,) = (line.split() for line in lines if line.startswith("base rate"))
    assert base[2] == "2.0"


def test_a_truce_that_began_lately_is_told(tmp_path: Path) -> None:
    path = shelled(tmp_path / "made.desk", range(40))
    table = (
        (HERE / "syria-idlib-2020.toml").read_text(encoding="utf-8").replace('id = "syria-idlib-2020"', 'id = "ours"')
    )
    table = table.replace("2020-03-06T00:01", "2021-09-20T00:01").replace('signed = "2020-03-05"', "")
    (tmp_path / "ours.toml").write_text(re.sub(r'deadline = "2020', 'deadline = "2022', table), encoding="utf-8")
    warned = "took effect on 2021-09-20: what was counted before may say too much"
    for weeks_ago, expected in ((0, True), (4, False)):
        day_ = dt.date(2021, 10, 10) - dt.timedelta(weeks=weeks_ago)
        asked = ("SYR/Idlib", "--indicator", "shelling", "--weeks", 1, "--as-of", day_, "--format", "json")
        found = told(call(*asked, "--desk", path, "--tables", tmp_path))
        assert any(warned in one for one in found["warnings"]) is expected  # type: ignore[attr-defined]


def test_an_earlier_day_gives_the_outlook_of_then(tmp_path: Path) -> None:
    path = shelled(tmp_path / "made.desk", range(40))
    then = told(call("SYR", "--indicator", "shelling", "--as-of", "2021-08-09", "--desk", path, "--format", "json"))
    assert then["cut_off"] == "2021-08-08" and then["history"] == 31
    assert then["ahead"][0]["first"] == "2021-08-09"  # type: ignore[index]


def test_days_are_told_one_by_one(tmp_path: Path) -> None:
    path = shelled(tmp_path / "made.desk", range(30))
    said = told(call("SYR", "--indicator", "shelling", "--period", "day", "--desk", path, "--format", "json"))
    assert said["history"] == 190 and said["ahead"][0]["first"] == said["ahead"][0]["last"]  # type: ignore[index]


def table(path: Path, rows: list[str]) -> Path:
    path.write_text("\n".join(["area,month,deaths", *rows]) + "\n", encoding="utf-8")
    return path


def months(number: int, start: int = 2015) -> list[str]:
    return [f"{start + at // 12}{at % 12 + 1:02}" for at in range(number)]


def test_a_plain_table_is_enough(tmp_path: Path) -> None:
    random = np.random.default_rng(1)
    rows = [f"{area},{month},{random.poisson(20)}" for area in ("AAA", "BBB", "CCC") for month in months(48)]
    path = table(tmp_path / "months.csv", rows)
    made_of = told(call("BBB", "--indicator", "deaths", "--ahead", 2, "--from", path, "--format", "json"))
    assert (made_of["period"], made_of["history"], made_of["observer"]) == ("month", 48, "months.csv")
    ahead = made_of["ahead"]
    assert [one["label"] for one in ahead] == ["2019-01", "2019-02"]  # type: ignore[attr-defined]
    assert all(14 < one["mean"] < 26 for one in ahead)  # type: ignore[attr-defined]
    assert list(tmp_path.iterdir()) == [path]  # nothing is kept


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("AAA,201513,4", "'201513' is no period"),
        ("AAA,201601,many", "'many' is no count"),
        ("AAA,201601,-3", "'-3' is no count"),
        ("AAA,201601", "2 cells, expected area, period and count"),
        ("AAA,201501,7", "AAA has 201501 twice"),
        ("AAA,2016-W02,7", "is no month as those before it are"),
        ("AAA,899912,7", "more than 20,000 months"),
        ("AAA,999912,7", "'999912' is no period"),
    ],
)
def test_a_row_that_is_none_is_told_with_its_line(tmp_path: Path, row: str, says: str) -> None:
    path = table(tmp_path / "months.csv", ["AAA,201501,3", "AAA,201502,5", row])
    failed = call("AAA", "--indicator", "deaths", "--from", path)
    assert failed.exit_code == 1 and says in failed.stderr and "Traceback" not in failed.output
    assert ":4:" in failed.stderr or "more than" in failed.stderr


def test_a_file_that_is_no_table_is_one_clear_line(tmp_path: Path) -> None:
    damaged = bytearray(gzip.compress(("area,month,deaths\n" + "AAA,201501,3\n" * 200).encode()))
    damaged[18:24] = b"\xff" * 6
    for name, content in (("wide.csv", b"area,month," + b"x" * 200_000 + b"\n"), ("damaged.csv.gz", bytes(damaged))):
        (tmp_path / name).write_bytes(content)
        failed = call("SYR", "--indicator", "deaths", "--from", tmp_path / name)
        assert failed.exit_code == 1 and name in failed.stderr and "Traceback" not in failed.output


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("ZZZ", "--indicator", "deaths"), "has no area 'ZZZ'"),
        (("AAA", "--indicator", "deaths", "--period", "week"), "counts by the month"),
        (("AAA",), "which --indicator"),
        (("AAA", "--indicator", "deaths", "--observer", "ged"), "without --observer"),
        (("AAA", "--indicator", "deaths", "--record"), "--record goes without"),
        (("AAA", "--indicator", "deaths", "--chart", "/nowhere/at/all.svg"), "cannot be written"),
        (("AAA", "--indicator", "deaths", "--chart", "table.csv"), "table.csv does not end in .svg"),
    ],
)
def test_a_wrong_call_is_one_clear_line(tmp_path: Path, arguments: tuple[str, ...], says: str) -> None:
    path = table(tmp_path / "months.csv", [f"AAA,{month},3" for month in months(24)])
    failed = call(*arguments, "--from", path)
    assert failed.exit_code in (1, 2) and says in " ".join(failed.stderr.split())


def test_ged_rows_are_enough_and_the_rest_of_the_country_helps(tmp_path: Path) -> None:
    random = np.random.default_rng(2)
    rows, start = [], dt.date(2016, 1, 4)
    for week in range(40):
        monday = start + dt.timedelta(weeks=week)
        for province, mean in (("Idlib Governorate", 5), ("Aleppo Governorate", 9)):
            rows += [made.ged(len(rows) + at, f"{monday}", adm_1=province) for at in range(random.poisson(mean))]
    rows.append(made.ged(len(rows), "2016-10-30"))
    path = made.write(tmp_path / "ged.csv", rows)
    chart = tmp_path / "idlib.svg"
    said = call("SYR/Idlib", "--indicator", "violence", "--from", path, "--chart", chart, "--as-of", "2016-10-09")
    assert said.exit_code == 0, said.output
    assert "Violence in SYR/Idlib, by week, from ged.csv" in said.stdout
    assert "data up to 9 Oct 2016: 40 weeks" in said.stdout
    assert "1 other area helps" in said.stdout
    assert chart.read_text(encoding="utf-8").startswith("<svg")
    chart.write_text("mine", encoding="utf-8")
    said = call("SYR/Idlib", "--indicator", "violence", "--from", path, "--chart", chart)
    assert (said.exit_code, chart.read_text(encoding="utf-8")) == (1, "mine")


@pytest.mark.skipif(not GED.exists(), reason="UCDP's rows are not at hand")
def test_syria_by_ucdp() -> None:
    said = told(call("SYR/Idlib", "--indicator", "deaths", "--from", GED, "--as-of", "2018-06-30", "--format", "json"))
    assert said["cut_off"] == "2018-06-24" and len(said["ahead"]) == 4  # type: ignore[arg-type]
    assert any("13 other areas" in driver for driver in said["drivers"])  # type: ignore[attr-defined]
