"""What had to be carried out by a day: performed, late, not claimed, or not yet due."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from tests.truces.labelled import account, cases, incident
from trucewatch import codebook, truces
from trucewatch.nouns import Incident, Period, Status
from trucewatch.truces import Performance, Performed, performances

PATROL = dict(cases()[0], day="2020-03-15", event="COOPERATE", actors="tr-mil TUR MIL|Russia - RUS MIL", recipients="")


def patrol(as_of: dt.date, *told: Incident) -> Performance:
    of = truces.load()["syria-idlib-2020"]
    return next(row for row in performances(of, codebook.load(), told, as_of) if row.clause == "3")


def on(day: str, **other: str) -> Incident:
    return incident(dict(PATROL, day=day, **other))


SHELLING = incident(dict(cases()[0], day="2020-03-12"))


def test_a_deadline_that_passes_without_any_claim() -> None:
    row = patrol(dt.date(2020, 3, 20), SHELLING)
    assert (row.state, row.due, row.incidents) == (Performed.UNCLAIMED, dt.date(2020, 3, 15), ())
    assert row.reason == "Due by 15 Mar 2020, 5 days before 20 Mar 2020; no report on the desk claims it."


def test_a_desk_that_holds_nothing_of_the_time_can_tell_nothing() -> None:
    years_later = incident(cases()[0])
    for told in ((), (years_later,)):
        row = patrol(dt.date(2021, 10, 1), *told)
        assert row.state is Performed.UNWATCHED
        assert "so that nothing can be told" in row.reason


def test_what_is_told_of_many_months_shows_nobody_looking() -> None:
    long = msgspec.structs.replace(
        SHELLING, time=Period(start=dt.date(2019, 12, 1), end=dt.date(2020, 4, 1), precision="span")
    )
    assert patrol(dt.date(2020, 5, 1), long).state is Performed.UNWATCHED
    assert patrol(dt.date(2020, 5, 1), long, SHELLING).state is Performed.UNCLAIMED


def test_what_was_told_before_the_signature_shows_nobody_looking() -> None:
    states = [patrol(dt.date(2020, 5, 1), on(day, event="ASSAULT")).state for day in ("2020-03-04", "2020-03-05")]
    assert states == [Performed.UNWATCHED, Performed.UNCLAIMED]


def test_it_is_not_due_on_its_own_day() -> None:
    assert patrol(dt.date(2020, 3, 15)).state is Performed.PENDING


def test_carried_out_in_time_and_late() -> None:
    assert patrol(dt.date(2020, 4, 1), on("2020-03-15")).state is Performed.PERFORMED
    late = patrol(dt.date(2020, 4, 1), on("2020-03-23"))
    assert (late.state, late.incidents) == (Performed.LATE, (on("2020-03-23").id,))
    assert patrol(dt.date(2020, 3, 20), on("2020-03-23")).state is Performed.UNCLAIMED


def test_what_was_done_on_the_day_of_the_signature_carries_nothing_out() -> None:
    states = [patrol(dt.date(2020, 4, 1), on(day), SHELLING).state for day in ("2020-03-05", "2020-03-06")]
    assert states == [Performed.UNCLAIMED, Performed.PERFORMED]


@pytest.mark.parametrize(("day", "state"), [("2008-08-22", Performed.UNCLAIMED), ("2008-10-08", Performed.PERFORMED)])
def test_what_was_done_before_a_later_clause_was_agreed_on_carries_it_out_no_more(day: str, state: Performed) -> None:
    case = dict(PATROL, event="RETREAT/withdraw", actors="ru-mil RUS MIL", country="GEO", day=day)
    told = [
        msgspec.structs.replace(incident(dict(case, **more)), place=None)
        for more in ({}, {"event": "ASSAULT", "day": "2008-10-01"})
    ]
    done = performances(truces.load()["georgia-2008"], codebook.load(), told, dt.date(2008, 10, 20))
    assert [row.state for row in done] == [state]


def test_the_first_of_several_decides() -> None:
    told = [msgspec.structs.replace(on(day), id=f"i{day}") for day in ("2020-03-23", "2020-03-14")]
    row = patrol(dt.date(2020, 4, 1), *told)
    assert (row.state, row.incidents) == (Performed.PERFORMED, ("i2020-03-14", "i2020-03-23"))
    assert "as the first of 2 incidents says" in row.reason


def test_what_does_not_carry_it_out() -> None:
    as_of = dt.date(2020, 4, 1)
    elsewhere = on("2020-03-15", place="Ras al-Ain", at="36.85 40.07")
    strangers = on("2020-03-15", actors="us-mil USA MIL")
    earlier = on("2020-02-15")
    denied = msgspec.structs.replace(on("2020-03-15"), status=Status.DENIED)
    alone = on("2020-03-15", actors="tr-mil TUR MIL")
    with_a_stranger = on("2020-03-15", actors="tr-mil TUR MIL|Russia - RUS MIL|us-mil USA MIL")
    for one in (elsewhere, strangers, earlier, denied, alone, with_a_stranger):
        assert patrol(as_of, one, SHELLING).state is Performed.UNCLAIMED


def test_a_party_that_a_clause_does_not_bind_does_not_carry_it_out() -> None:
    of = truces.load()["karabakh-2020"]
    claim = dict(PATROL, day="2020-11-20", event="RETREAT/withdraw", at="39.99 46.93")
    told = [incident(dict(claim, actors=actor)) for actor in ("az-mil AZE MIL", "am-mil ARM MIL")]
    told = [msgspec.structs.replace(one, place=None) for one in told]
    states = []
    for one in told:
        rows = performances(of, codebook.load(), [one], dt.date(2020, 12, 31))
        states.append({row.clause: row.state for row in rows}["2"])
    assert states == [Performed.UNCLAIMED, Performed.PERFORMED]


def test_one_district_given_back_is_no_other() -> None:
    kalbajar = {"country": "AZE", "place": "Kalbajar", "at": "40.11 46.04", "gazetteer": "geonames:586268"}
    left = incident(dict(cases()[0], day="2020-11-25", event="RETREAT/withdraw", actors="am-mil ARM MIL", **kalbajar))
    rows = performances(truces.load()["karabakh-2020"], codebook.load(), [left], dt.date(2021, 1, 1))
    states = {row.clause: row.state for row in rows}
    assert states == {"2": Performed.UNCLAIMED, "6-kalbajar": Performed.LATE, "6-lachin": Performed.UNCLAIMED}


@pytest.mark.parametrize(
    ("sentence", "state"),
    [
        ("The two agreed how the security corridor works.", Performed.PERFORMED),
        ("The two agreed to keep up the ceasefire.", Performed.UNCLAIMED),
    ],
)
def test_an_agreement_on_something_else_carries_nothing_out(sentence: str, state: Performed) -> None:
    agreed = on("2020-03-11", event="AGREE", actors="tr-mil TUR MIL|ru-gov RUS GOV")
    told = account(msgspec.structs.replace(agreed, place=None), sentence=sentence)
    rows = performances(
        truces.load()["syria-idlib-2020"], codebook.load(), [agreed, SHELLING], dt.date(2020, 4, 1), [told]
    )
    assert next(row.state for row in rows if row.clause == "2-parameters") is state


def test_a_truce_without_deadlines_has_no_rows() -> None:
    of = truces.load()["kashmir-loc-2021"]
    assert list(performances(of, codebook.load(), [on("2020-03-15")], dt.date(2022, 1, 1))) == []
