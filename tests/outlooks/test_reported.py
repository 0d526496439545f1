"""Forecasts on a desk: who makes them, where they hold, and what the command shows of them."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import Result

from tests import calling
from tests.desk.made import V1, claim, day, entity, judgement, report
from trucewatch import codebook, derive
from trucewatch.desk import Desk
from trucewatch.nouns import Period, Place, Ruling, Span, Status
from trucewatch.outlook.expected import Outcome
from trucewatch.outlooks.reported import around, settled

ARIHA = Place(text="Ariha", name="Ariha", country="SYR", lat=35.81, lon=36.61, precision="town")
KANSAFRA = Place(text="Kansafra", name="Kansafra", country="SYR", lat=35.66, lon=36.49, precision="town")
HOMS = Place(text="Homs", name="Homs", country="SYR", lat=34.73, lon=36.71, precision="town")
SYRIA = Place(text="Syria", name="Syria", country="SYR", precision="country")
IDLIB = Place(text="Idlib", name="Greater Idlib", country="SYR", precision="region", gazetteer="areas:greater-idlib")
AHEAD = "Shelling of Ariha is likely to go on, a doctor said."
TRIGGER = Span(start=0, end=8)
MADE = dt.date(2021, 10, 1)


@pytest.fixture
def desk(empty: Path, tmp_path: Path) -> Iterator[Desk]:
    """Shells on Ariha every other day of September and once in October, and two voices that look ahead."""
    with Desk.open(shutil.copy(empty, tmp_path / "made.desk")) as opened:
        with opened.writer(V1) as writer:
            fell = [MADE - dt.timedelta(days=number) for number in range(2, 30, 2)] + [dt.date(2021, 10, 9)]
            for date in fell:
                told = report(f"Shells fell on Ariha on {date}.", published=date, outlet="Orontes Courier")
                shells = claim(told, place=ARIHA, time=day(date.year, date.month, date.day))
                writer.store(told, (shells,))
            ahead = report(AHEAD, published=MADE, outlet="Harim Wire")
            said = {"status": Status.EXPECTED, "place": ARIHA, "trigger": TRIGGER, "attributed_to": "a doctor"}
            doubts = report("Shelling of Homs may come.", published=MADE, outlet="Levant Digest")
            perhaps = claim(doubts, status=Status.POSSIBLE, place=HOMS, trigger=TRIGGER)
            writer.store(ahead, (claim(ahead, mentions=(Span(start=0, end=len(AHEAD)),), **said),))
            writer.store(doubts, (perhaps,))
        derive.catch_up(opened)
        yield opened


def call(desk: Desk, *arguments: str) -> Result:
    return calling.call("expected", "--desk", desk.where, *arguments, columns=80)


def test_forecasts_are_settled_by_what_others_tell_later(desk: Desk) -> None:
    until, found = settled(desk)
    assert until == dt.date(2021, 10, 9)
    likely, perhaps = sorted(found, key=lambda one: one.forecast.status)
    assert (likely.outcome, likely.forecast.speaker, likely.forecast.word) == (Outcome.TRUE, "a doctor", "likely")
    assert likely.base is not None and likely.base > 0.99  # it fell every other day before
    assert perhaps.outcome is Outcome.OPEN


def test_an_earlier_day_knows_nothing_of_later_reports(desk: Desk) -> None:
    until, found = settled(desk, dt.date(2021, 10, 5))
    assert until == dt.date(2021, 10, 5)
    assert {one.outcome for one in found} == {Outcome.OPEN}
    assert settled(desk, dt.date(2021, 9, 20)).forecasts == ()


def test_an_earlier_day_knows_nothing_of_what_later_reports_add_to_an_incident(desk: Desk) -> None:
    text = "Shells fell on the market of Ariha, the army said."
    days = Period(start=dt.date(2021, 9, 30), end=dt.date(2021, 10, 3), precision="span")
    told = ((days, dt.date(2021, 10, 4), "Levant Digest"), (day(2021, 10, 3), dt.date(2021, 10, 8), "Harim Wire"))
    before = len(list(desk.incidents()))
    with desk.writer(V1) as writer:
        for time, published, outlet in told:
            one = report(f"{text} ({outlet})", published=published, outlet=outlet)
            writer.store(one, (claim(one, place=ARIHA, time=time, actors=(entity("army", "SYR", "sy-saa"),)),))
    found = {as_of: settled(desk, as_of).forecasts for as_of in (dt.date(2021, 10, 5), None)}
    assert len(list(desk.incidents())) == before + 1
    ahead = {as_of: next(one for one in those if one.forecast.place == ARIHA) for as_of, those in found.items()}
    assert [one.outcome for one in ahead.values()] == [Outcome.OPEN, Outcome.TRUE]


def test_a_claim_is_a_forecast_where_a_person_says_so(desk: Desk) -> None:
    one = report("The army will shell Homs, a resident said.", published=MADE, outlet="Homs Wire")
    coded = claim(one, place=HOMS, status=Status.HAPPENED)
    with desk.writer(V1) as writer:
        writer.store(one, (coded,))
    before = {one.forecast.claim for one in settled(desk).forecasts}
    desk.judge([judgement(coded, ruling=Ruling.CORRECT, field="status", value='"expected"')])
    assert {one.forecast.claim for one in settled(desk).forecasts} - before == {coded.id}


def test_a_desk_without_reports_has_none(tmp_path: Path) -> None:
    with Desk.open(tmp_path / "empty.desk") as empty:
        assert settled(empty) == (None, ())
        assert "no dated report" in call(empty).stdout


def test_the_command_lists_filters_and_scores(desk: Desk) -> None:
    page = call(desk).stdout
    assert "2021-10-01  CAME TRUE: " in page
    for words in (
        "says a doctor, in Harim Wire: Shelling",
        "'likely' is taken for 68%",
        "outlet Harim Wire",
        "speaker a doctor",
    ):
        assert words in page
    assert page.count("too few to rank") == 1 and ": 1 forecast: 1 came true\n" in page
    assert "Levant Digest" not in page
    assert max(map(len, page.splitlines())) <= 80
    assert "Levant Digest" in call(desk, "--possible").stdout
    for option in (("--outlet", "orontes"), ("--speaker", "general"), ("--settled", "open"), ("--settled", "no")):
        assert "no forecast of this kind" in call(desk, *option).stdout, option
    rows = [json.loads(line) for line in call(desk, "--format", "json", "--settled", "yes").stdout.splitlines()]
    assert [row["row"] for row in rows] == ["forecast", "record", "record"]
    assert (rows[0]["right"], rows[1]["of"], rows[2]["name"]) == (True, "outlet", "a doctor")


def test_a_forecast_holds_where_its_place_reaches() -> None:
    assert around(ARIHA, 25)(KANSAFRA) is True
    assert around(ARIHA, 5)(KANSAFRA) is False
    assert around(ARIHA, 25)(IDLIB) is None
    assert around(SYRIA, 25)(HOMS) is True
    assert "greater-idlib" in codebook.load().areas
    assert around(IDLIB, 25)(ARIHA) is True
    assert around(IDLIB, 25)(HOMS) is False
    assert around(IDLIB, 25)(IDLIB) is True
