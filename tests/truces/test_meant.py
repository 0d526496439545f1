"""Of which truce something is said: of one that has a last day, that is in force, or that holds there."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.desk import made
from trucewatch import codebook, truces
from trucewatch.nouns import Account, Place
from trucewatch.truces.breach import Ledger
from trucewatch.truces.course import Known, course
from trucewatch.truces.declared import Announcement, State
from trucewatch.truces.meant import is_of_another

IDLIB_TRUCE = "syria-idlib-2020"
DARAA = Place(text="Daraa", name="Daraa", country="SYR", lat=32.62, lon=36.1, precision="town")
IDLIB = Place(text="Idlib", name="Idlib", country="SYR", lat=35.93, lon=36.63, precision="town")
SYRIA = Place(text="Syria", name="Syria", country="SYR", precision="country")
HODEIDAH = Place(text="Hodeidah", name="Hodeidah", country="YEM", lat=14.8, lon=42.95, precision="town")
YEMEN = Place(text="Yemen", name="Yemen", country="YEM", precision="country")


def test_an_extension_is_that_of_the_truce_that_has_a_last_day() -> None:
    day, said = dt.date(2022, 8, 2), "The envoy said that the truce was extended by two months."
    told = {
        name: _extended(name, day, said, "UN special envoy for Yemen") for name in ("yemen-2022", "yemen-hodeidah-2018")
    }
    assert told == {"yemen-2022": [State.EXTENDED], "yemen-hodeidah-2018": []}


def test_what_is_said_after_a_truce_has_ended_is_said_of_the_next_one() -> None:
    day, said = dt.date(2025, 5, 15), "The minister said that the truce was extended by three days."
    told = {name: _extended(name, day, said, "Pakistan") for name in ("india-pakistan-2025", "kashmir-loc-2021")}
    assert told == {"india-pakistan-2025": [State.EXTENDED], "kashmir-loc-2021": []}


@pytest.mark.parametrize(
    ("name", "place", "is_meant"),
    [
        (IDLIB_TRUCE, DARAA, False),
        (IDLIB_TRUCE, IDLIB, True),
        (IDLIB_TRUCE, SYRIA, True),
        (IDLIB_TRUCE, None, True),
        ("yemen-2022", HODEIDAH, False),
        ("yemen-2022", YEMEN, True),
        ("yemen-hodeidah-2018", HODEIDAH, True),
        ("yemen-hodeidah-2018", YEMEN, False),
    ],
)
def test_what_is_said_of_a_truce_of_elsewhere_is_not_said_of_this_one(
    name: str, place: Place | None, is_meant: bool
) -> None:
    said = Announcement(day=dt.date(2022, 6, 12), act="end", by="a party", capacity="signatory", place=place)
    assert is_of_another(truces.load()[name], codebook.load(), said) is not is_meant


def _extended(name: str, day: dt.date, said: str, by: str) -> list[State]:
    """What a report of an extension makes of a truce."""
    report = made.report(said, outlet="Reuters", published=day)
    claim = made.claim(report, type="CONCEDE", mode=None, attributed_to=by)
    account = Account(claim=claim, order=0, published=day, sentence=said)
    truce, book = truces.load()[name], codebook.load()
    known = Known(until=day, incidents=(), accounts=(account,), published=())
    found = course(truce, book, Ledger(truce, book), known)
    return [row.state for row in found.declared if row.claim] if found else []
