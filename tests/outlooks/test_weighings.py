"""The example scenario on its made-up months, read by the coder itself, and on other desks."""

from __future__ import annotations

import datetime as dt
import functools
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec import structs

from tests import calling
from tests.datasets.made import ged, write
from tests.desk.made import V1, claim, day, entity, report
from trucewatch import dataset_imports, derive, run
from trucewatch.desk import Desk
from trucewatch.errors import DeskError
from trucewatch.nouns import Count, Place
from trucewatch.outlook import scenarios
from trucewatch.outlook.baselines import Baseline
from trucewatch.outlook.deeds import BESIDE
from trucewatch.outlook.scenarios import Rate, Reading, Scenario
from trucewatch.outlook.series import Asked
from trucewatch.outlook.weighing import Verdict
from trucewatch.outlooks.desk_series import series
from trucewatch.outlooks.weighings import Weighed, weighed

MADE_UP = Path(__file__).parents[2] / "made-up"
EXAMPLE = "idlib-after-sochi"
ENDINGS = ("hidden-deal", "nothing-changed", "ground-operation")
ARIHA = Place(text="Ariha", name="Ariha", country="SYR", lat=35.81, lon=36.61, precision="town")


call = functools.partial(calling.call, columns=80)


def read(folder: str, where: Path) -> Desk:
    """A desk of the reports of one folder."""
    desk = Desk.open(where)
    failed = [outcome.failure for outcome in run.keep([MADE_UP / folder], desk, run.Options(jobs=1)) if outcome.failure]
    assert failed == []
    return desk


@pytest.fixture(scope="module")
def desks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Desk]]:
    """A desk of each month, and one of the first report alone."""
    folder = tmp_path_factory.mktemp("months")
    found = {name: read(name, folder / f"{name}.desk") for name in (*ENDINGS, "first-report")}
    yield found
    for desk in found.values():
        desk.close()


def odds(found: Weighed) -> dict[str, float]:
    return dict(zip([one.id for one in found.scenario.readings], found.weighing.posterior[-1].tolist(), strict=True))


def example() -> Scenario:
    return scenarios.load()[EXAMPLE]


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_example_finds_each_ending_in_its_month(desks: dict[str, Desk], ending: str) -> None:
    found = weighed(desks[ending], example())
    assert found.weighing.verdict is Verdict.FAVOURED, found.weighing.because
    assert example().readings[found.weighing.leader].id == ending
    assert odds(found)[ending] > 0.8
    assert found.until == dt.date(2021, 10, 30)


def test_one_report_decides_nothing(desks: dict[str, Desk]) -> None:
    found = weighed(desks["first-report"], example())
    assert found.weighing.verdict is Verdict.TOO_LITTLE
    assert "1 watched day since 2021-09-30" in found.weighing.because
    assert max(odds(found).values()) < 0.6
    # it says that no plane came on its day, which speaks for a deal, but not loudly
    assert odds(found)["hidden-deal"] > 1 / 3.5


def test_an_earlier_day_knows_less(desks: dict[str, Desk]) -> None:
    early = weighed(desks["hidden-deal"], example(), dt.date(2021, 10, 5))
    late = weighed(desks["hidden-deal"], example(), dt.date(2021, 10, 20))
    assert early.weighing.verdict is Verdict.TOO_LITTLE
    assert early.known == early.until == dt.date(2021, 10, 5)
    assert odds(early)["hidden-deal"] < odds(late)["hidden-deal"]
    assert late.warning and "air-strikes 0.5 to 1.6" in late.warning and "was not counted on this desk" in late.warning
    assert all(one.first <= dt.date(2021, 10, 5) for one in early.sighted)
    none = weighed(desks["hidden-deal"], example(), dt.date(2021, 9, 20))
    assert (none.days, none.weighing.verdict) == ([], Verdict.TOO_LITTLE)


def test_every_count_is_traced_to_its_incidents(desks: dict[str, Desk]) -> None:
    found = weighed(desks["ground-operation"], example())
    for name, counted in found.counted.items():
        assert counted.counts.sum() == sum(one.number for one in found.sighted if one.indicator == name)
        for at, date in enumerate(found.days):
            assert bool(counted.counts[at]) == any(one.indicator == name for one in found.on(date))
    known = {one.id for one in desks["ground-operation"].incidents()}
    assert {one.incident for one in found.sighted} <= known


def test_the_page_fits_a_terminal_and_the_row_holds_every_day(desks: dict[str, Desk]) -> None:
    where = desks["nothing-changed"].where
    page = call("scenario", "weigh", EXAMPLE, "--desk", where)
    assert page.exit_code == 0
    assert max(map(len, page.stdout.splitlines())) <= 80
    for words in ("The counts favour this reading: nothing changed", "what moved them", "air-strikes", "x 0.5"):
        assert words in page.stdout
    row = json.loads(call("scenario", "weigh", EXAMPLE, "--desk", where, "--format", "json").stdout)
    assert row["favoured"] == "nothing-changed"
    assert len(row["days"]) == 31
    assert row["days"][-1]["posterior"] == row["posterior"]
    assert sum(row["posterior"].values()) == pytest.approx(1)
    ids = {sighted["incident"] for one in row["days"] for sighted in one["incidents"]}
    told = set(re.findall(r"\bi[0-9a-f]{10}\b", page.stdout))
    assert told and told <= ids


def test_odds_beyond_a_thousand_are_no_over_above(desks: dict[str, Desk]) -> None:
    page = call("scenario", "weigh", EXAMPLE, "--desk", desks["hidden-deal"].where)
    assert "against the leader above 1000 (in the file 0.5)" in " ".join(page.stdout.split())


def test_the_commands_list_show_check_and_begin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    listed = call("scenario", "list").stdout
    assert EXAMPLE in listed and max(map(len, listed.splitlines())) <= 80
    assert json.loads(call("scenario", "list", "--format", "json").stdout)["id"] == EXAMPLE
    shown = call("scenario", "show", EXAMPLE).stdout
    assert "a hidden deal was made (prior 29%)" in shown
    assert "0.04 to 0.33 times the baseline" in shown
    assert max(map(len, shown.splitlines())) <= 80
    assert call("scenario", "check").exit_code == 0
    assert "made.toml: answer its question marks" in call("scenario", "new", "made").stdout
    assert "own/scenarios/made.toml: answer" in call("scenario", "new", "made", "--tables", "own").stdout
    assert "own/scenarios/made.toml:" in call("scenario", "check", "--tables", "own").stderr
    assert "left as it is" in call("scenario", "new", "made").stderr
    asked = call("scenario", "check", "made.toml")
    assert (asked.exit_code, "made.toml:2: question is not answered yet" in asked.stderr) == (1, True)
    unknown = call("scenario", "weigh", "nowhere")
    assert (unknown.exit_code, "no scenario has the id 'nowhere'" in unknown.stderr) == (1, True)
    assert "made.toml:2" in call("scenario", "weigh", "made.toml").stderr


def _spring() -> Scenario:
    """A question of March 2021 in Syria, without a stated baseline."""
    return Scenario(
        id="made",
        question="Will it be calm?",
        area="SYR",
        since=dt.date(2021, 3, 1),
        until=dt.date(2021, 3, 31),
        readings=(
            Reading(id="calm", name="it is calm", prior=1, evidence="none"),
            Reading(id="same", name="nothing changed", prior=1, evidence="many"),
        ),
        rates=(
            Rate(reading="calm", indicator="shelling", times=(0.05, 0.3)),
            Rate(reading="same", indicator="shelling", times=(0.6, 1.6)),
        ),
        sources=("made",),
    )


def _shelled(desk: Desk, dates: list[dt.date]) -> None:
    with desk.writer(V1) as writer:
        for date in dates:
            told = report(f"Shells fell on Ariha on {date}.", published=date, outlet="Reuters")
            writer.store(told, (claim(told, place=ARIHA, time=day(date.year, date.month, date.day)),))
    derive.catch_up(desk)


def test_a_fight_within_one_side_of_the_truce_is_no_clash_of_the_sides(tmp_path: Path) -> None:
    told = (
        "Fighters of Hayat Tahrir al-Sham clashed with the National Front for Liberation in Binnish in Idlib on Monday.",
        "Syrian army troops clashed with Hayat Tahrir al-Sham near Kafr Nabl in Idlib on Monday.",
    )
    with Desk.open(tmp_path / "made.desk") as desk:
        for number, text in enumerate(told):
            (tmp_path / f"{number}.txt").write_text(text)
        options = run.Options(date=dt.date(2021, 10, 25), outlet="AFP")
        list(run.keep([tmp_path / "0.txt", tmp_path / "1.txt"], desk, options))
        found = weighed(desk, example())
        counted = series(desk, Asked(area=example().area, indicator="clashes", period="day"))
    assert (counted.counts.tolist(), [one.why for one in counted.aside]) == ([1], [BESIDE])
    assert [one.indicator for one in found.sighted] == ["clashes"]
    assert found.aside == ("1 of clashes: not between the sides of the truce",)


def test_the_weeks_before_are_counted_where_the_desk_has_them(tmp_path: Path) -> None:
    start = dt.date(2021, 1, 4)
    with Desk.open(tmp_path / "made.desk") as desk:
        _shelled(desk, [start + dt.timedelta(days=2 * at) for at in range(28)])
        _shelled(desk, [dt.date(2021, 3, 1) + dt.timedelta(days=2 * at) for at in range(10)])
        found = weighed(desk, _spring())
    base = found.weighing.baselines["shelling"]
    assert isinstance(base, Baseline)
    assert base.basis == "28 counted on 56 watched days before"
    assert (found.weighing.verdict, found.weighing.leader) == (Verdict.FAVOURED, 1)
    assert found.warning is None


def test_what_was_known_by_a_day_knows_nothing_of_later_reports(tmp_path: Path) -> None:
    deadly = structs.replace(_spring(), rates=_rates("deaths"))
    known = dt.date(2021, 3, 4)
    with Desk.open(tmp_path / "made.desk") as desk:
        _killed(desk, published=known, killed=2)
        then = weighed(desk, deadly, known)
        for later in (9, 10):
            _killed(desk, published=dt.date(2021, 3, later), killed=40)
        now, again = weighed(desk, deadly), weighed(desk, deadly, known)
    assert [one.number for one in then.sighted] == [one.number for one in again.sighted] == [2]
    assert again.sighted == then.sighted
    assert [one.number for one in now.sighted] == [40]


def _killed(desk: Desk, published: dt.date, killed: int) -> None:
    """A report on one shelling of 3 March by an outlet of its own."""
    told = report(f"Shells killed {killed} people in Ariha ({published}).", published=published, outlet=f"{published}")
    toll = Count(low=killed, high=killed)
    with desk.writer(V1) as writer:
        writer.store(told, (claim(told, place=ARIHA, time=day(2021, 3, 3), actors=(entity("army"),), killed=toll),))
    derive.catch_up(desk)


def test_a_story_that_many_print_looks_once_a_day(tmp_path: Path) -> None:
    """Ten papers that print one agency's report have not looked ten times."""
    words = (
        "Elders of Ariha met on {} to talk about the school, the water and the price of bread, residents said by telephone. They "
        "agreed to ask the council for two new wells near the old bakery, and to meet again in the town hall within a week. "
    )
    seen = []
    for outlets in (1, 4):
        with Desk.open(tmp_path / f"{outlets}.desk") as desk, desk.writer(V1) as writer:
            for number in range(outlets):
                text = f"{words.format('3 March')}Paper {number}."
                told = report(text, published=dt.date(2021, 3, 3), outlet=f"Paper {number}")
                writer.store(told, (claim(told, type="CONSULT", mode=None, place=ARIHA, time=day(2021, 3, 3)),))
        with Desk.open(tmp_path / f"{outlets}.desk") as desk:
            seen.append(weighed(desk, _spring()).counted["shelling"].seen.tolist())
    assert seen[0] == seen[1] == [0.5, 0.5, 0.5]


def test_what_is_told_late_of_an_unwatched_day_is_not_counted(tmp_path: Path) -> None:
    with Desk.open(tmp_path / "made.desk") as desk:
        _shelled(desk, [dt.date(2021, 3, 20)])
        told = report("Shells fell on Ariha on 5 March, it is now told.", published=dt.date(2021, 3, 20))
        with desk.writer(V1) as writer:
            writer.store(told, (claim(told, place=ARIHA, time=day(2021, 3, 5)),))
        found = weighed(desk, _spring())
    assert found.counted["shelling"].counts.sum() == 1
    assert found.counted["shelling"].watched.sum() == 4
    assert found.aside == ("1 of shelling: told late, of an unwatched day",)


def test_what_comes_after_the_last_day_is_neither_counted_nor_put_aside(tmp_path: Path) -> None:
    with Desk.open(tmp_path / "made.desk") as desk:
        _shelled(desk, [dt.date(2021, 3, 20)])
        with desk.writer(V1) as writer:
            for date in (dt.date(2021, 3, 19), dt.date(2021, 5, 2)):
                told = report(f"Shells fell on {date}, nobody says where.", published=date)
                writer.store(told, (claim(told, time=day(date.year, date.month, date.day)),))
        found = weighed(desk, _spring())
    assert found.aside == ("1 of shelling: place unknown or too coarse",)


def test_reports_that_became_more_are_no_deeds(tmp_path: Path) -> None:
    start = dt.date(2021, 1, 4)
    with Desk.open(tmp_path / "made.desk") as desk:
        _shelled(desk, [start + dt.timedelta(days=2 * at) for at in range(28)])
        _shelled(desk, [dt.date(2021, 3, 1) + dt.timedelta(days=at) for at in range(20)])
        found = weighed(desk, _spring())
    assert found.warning is not None
    assert "went from 0.5 to 1.0 a day" in found.warning


def test_a_dataset_counts_by_itself_and_its_silence_is_quiet(tmp_path: Path) -> None:
    # UCDP publishes whole months: March is watched to its end, though its only row is of its first day.
    fought = [dt.date(2017, 1, 2) + dt.timedelta(days=number) for number in range(57)] + [dt.date(2017, 3, 1)]
    path = write(tmp_path / "ged.csv", [ged(number, f"{date}") for number, date in enumerate(fought)])
    since, until = dt.date(2017, 3, 1), dt.date(2017, 3, 31)
    asked = structs.replace(_spring(), observer="ged", since=since, until=until, rates=_rates("violence"))
    with Desk.open(tmp_path / "made.desk") as desk:
        assert list(dataset_imports.take_in(desk, path))[-1].added == 58
        found = weighed(desk, asked)
        early = weighed(desk, asked, dt.date(2017, 3, 5))
        missing = structs.replace(asked, observer="acled")
        with pytest.raises(DeskError, match="no dataset 'acled'"):
            weighed(desk, missing)
    assert (found.weighing.watched, found.counted["violence"].counts.sum(), found.sighted) == (31, 1.0, ())
    assert (found.weighing.verdict, found.weighing.leader) == (Verdict.FAVOURED, 0)
    assert (early.until, early.weighing.verdict) == (dt.date(2017, 3, 5), Verdict.TOO_LITTLE)


def _rates(indicator: str) -> tuple[Rate, ...]:
    return tuple(structs.replace(rate, indicator=indicator) for rate in _spring().rates)
