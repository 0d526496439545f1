"""Duties that come round: counted by periods that are over."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from tests.truces.labelled import cases, incident
from trucewatch import codebook, truces
from trucewatch.nouns import Incident, Period
from trucewatch.truces import Performance, Performed, Truce, performances
from trucewatch.truces.recurring import Rounds
from trucewatch.truces.terms import Every, Moment

PATROL = dict(cases()[0], event="COOPERATE", actors="tr-mil TUR MIL|Russia - RUS MIL", recipients="")
FIRST = dt.date(2020, 3, 15)


def idlib(every: Every, **fields: object) -> Truce:
    """The protocol, as if its patrols had been agreed on for every day, week or month."""
    of = truces.load()["syria-idlib-2020"]
    clauses = tuple(
        msgspec.structs.replace(one, deadline=None, every=every, **fields) for one in of.clauses if one.id == "3"
    )
    return msgspec.structs.replace(of, clauses=clauses)


def patrol(day: str, until: str | None = None) -> Incident:
    one = incident(dict(PATROL, day=day))
    last = dt.date.fromisoformat(until or day)
    return msgspec.structs.replace(one, time=Period(start=dt.date.fromisoformat(day), end=last, precision="span"))


def row(of: Truce, as_of: dt.date, *told: Incident) -> tuple[Performance, Rounds]:
    (found,) = performances(of, codebook.load(), told, as_of)
    assert found.rounds is not None
    return found, found.rounds


def test_weeks_with_a_claim_without_one_and_without_anything() -> None:
    # Weeks from 15, 22 and 29 March, and from 5 April; the fifth is not over.
    shelling = incident(dict(cases()[0], day="2020-03-31"))
    found, of = row(idlib("week"), dt.date(2020, 4, 15), patrol("2020-03-16"), patrol("2020-03-21"), shelling)
    assert (of.performed, of.unclaimed, of.unwatched, of.ended) == (1, 1, 2, dt.date(2020, 4, 11))
    assert (found.state, found.due, len(found.incidents)) == (Performed.UNWATCHED, dt.date(2020, 4, 11), 2)
    assert found.reason == (
        "Due every week from 15 Mar 2020 on; of 4 weeks up to 11 Apr 2020, carried out in 1 as reports say, "
        "not claimed in 1; of 2 the desk holds nothing."
    )


@pytest.mark.parametrize(
    ("as_of", "state"),
    [
        (dt.date(2020, 3, 20), Performed.PENDING),
        (dt.date(2020, 3, 21), Performed.PERFORMED),
        (dt.date(2020, 3, 28), Performed.UNWATCHED),
    ],
)
def test_the_state_is_that_of_the_last_period_that_is_over(as_of: dt.date, state: Performed) -> None:
    assert row(idlib("week"), as_of, patrol("2020-03-16"))[0].state is state


def test_a_claim_over_two_periods_carries_out_neither_and_shows_that_somebody_looked() -> None:
    _, of = row(idlib("week"), dt.date(2020, 3, 28), patrol("2020-03-20", "2020-03-23"))
    assert (of.performed, of.unclaimed) == (0, 2)


def test_days_and_months() -> None:
    _, daily = row(idlib("day"), dt.date(2020, 3, 17), patrol("2020-03-16"))
    assert (daily.performed, daily.unwatched, daily.periods) == (1, 2, 3)
    _, monthly = row(idlib("month"), dt.date(2020, 6, 13), patrol("2020-04-14"), patrol("2020-04-15"))
    # From the 15th to the 14th.
    assert (monthly.performed, monthly.unclaimed, monthly.periods, monthly.ended) == (2, 0, 2, dt.date(2020, 5, 14))


@pytest.mark.parametrize(
    ("as_of", "many"), [("2020-03-22", "one week up to 21 Mar 2020"), ("2020-03-29", "2 weeks up to")]
)
def test_the_reason_counts_the_periods_that_are_over(as_of: str, many: str) -> None:
    found, _ = row(idlib("week"), dt.date.fromisoformat(as_of), patrol("2020-03-16"))
    assert f"of {many}" in found.reason


def test_no_period_comes_after_the_end_of_the_clause() -> None:
    until = Moment(first=dt.date(2020, 3, 30), last=dt.date(2020, 3, 30))
    _, of = row(idlib("week", until=until), dt.date(2021, 1, 1), patrol("2020-03-16"))
    assert (of.periods, of.ended) == (2, dt.date(2020, 3, 28))
