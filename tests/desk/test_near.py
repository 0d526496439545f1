"""The incidents and the days of reports that may be of some countries and days, on both databases."""

from __future__ import annotations

import datetime as dt

from tests.desk import made
from tests.desk.made import V1, day
from trucewatch import derive
from trucewatch.desk import Desk, Near
from trucewatch.desk.desk import FARTHEST
from trucewatch.nouns import Place

WANTED = Near(countries=("SYR", "IRQ"), since=dt.date(2021, 9, 10), until=dt.date(2021, 9, 20))
TOLD = (
    ("SYR", day(2021, 9, 10)),
    ("SYR", day(2021, 9, 21)),
    ("SYR", day(2021, 9, 9)),
    ("TUR", day(2021, 9, 15)),
    (None, day(2021, 9, 16)),
    ("IRQ", None),
    ("SYR", made.day(2021, 9, 18)),
)


def test_an_empty_desk_has_no_newest_report(desk: Desk) -> None:
    assert desk.cut_off(dt.date(2021, 9, 14)) == (0, None, 0)


def test_a_report_of_no_day_of_ours_is_no_reason_to_look_so_far(desk: Desk) -> None:
    with desk.writer(V1) as writer:
        writer.store(made.report("Guns were heard.", published=dt.date.max), ())
    assert desk.as_of(dt.date.max) == dt.date.today() + FARTHEST
    assert desk.as_of(dt.date(2021, 9, 14)) == dt.date(2021, 9, 14)


def test_what_is_near_in_place_and_time_or_may_be(desk: Desk) -> None:
    with desk.writer(V1) as writer:
        for number, (country, when) in enumerate(TOLD):
            name = f"Village {number}"
            place = Place(text=name, name=name, country=country, lat=30.0 + number, lon=40.0, precision="town")
            report = made.report(f"Guns were heard near {name}.", published=dt.date(2021, 9, 11 + number))
            writer.store(report, (made.claim(report, 0, place=place, time=when),))
    assert desk.cut_off(dt.date(2021, 9, 14)) == (len(TOLD), dt.date(2021, 9, 17), 3)
    derive.catch_up(desk)
    found = [one.place.name[-1] for one in desk.incidents_near(WANTED) if one.place]
    # By day, the undated last: the first day, the sixteenth without a country, the eighteenth, and Iraq.
    assert found == ["0", "4", "6", "5"]
    # All were published within the days; those that tell of Turkey, or of no country, do not count.
    assert desk.days_told(WANTED) == [dt.date(2021, 9, 11 + number) for number in (0, 1, 2, 5, 6)]
