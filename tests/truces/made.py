"""Small truces for the tests: days counted from 1 March 2021, the effective day."""

from __future__ import annotations

import datetime as dt

from trucewatch.nouns import Toll
from trucewatch.truces.days import Days
from trucewatch.truces.series import Tally

EFFECTIVE = dt.date(2021, 3, 1)


def day(number: int) -> dt.date:
    """Day ``number`` of the truce; negative before it."""
    return EFFECTIVE + dt.timedelta(days=number)


def days(first: int, last: int) -> Days:
    return Days(first=day(first), last=day(last))


def tally(number: int | None, deaths: int | None = None, party: str | None = None, name: str = "") -> Tally:
    """An incident on day ``number``."""
    toll = None if deaths is None else Toll(low=deaths, best=deaths, high=deaths)
    when = None if number is None else day(number)
    return Tally(incident=name or f"i{number}-{deaths}-{party}", day=when, deaths=toll, party=party)


def steady(first: int, last: int, a_day: int, deaths: int = 1) -> list[Tally]:
    """So many incidents on each of these days."""
    return [
        tally(number, deaths, name=f"i{number}.{which}") for number in range(first, last + 1) for which in range(a_day)
    ]
