"""Series: each deed once, in the period that holds it, or said to be left out."""

from __future__ import annotations

import datetime as dt
from typing import get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trucewatch.codebook.units import Spot
from trucewatch.errors import WrongCallError
from trucewatch.nouns import Entry, Period, Place, Toll
from trucewatch.outlook import indicators, periods
from trucewatch.outlook.areas import area
from trucewatch.outlook.deeds import Deed, of_entry
from trucewatch.outlook.periods import Size
from trucewatch.outlook.series import Aside, Asked, Covered, Series, count, narrowed

SARAQIB = Spot(Place(text="Saraqib", name="Saraqib", country="SYR", precision="town", gazetteer="geonames:164816"))
SOMEWHERE = Spot(Place(text="Syria", name="Syria", country="SYR", precision="country"))
HOMS = Spot(SARAQIB.place, "Homs Governorate")
MARCH = Covered(dt.date(2021, 3, 1), dt.date(2021, 3, 31), "made")


def deed(
    first: int | None = 8,
    last: int | None = None,
    spot: Spot | None = SARAQIB,
    number: float | None = 1,
    **more: object,
) -> Deed:
    """One of March 2021, from a day to another."""
    time = None
    if first is not None:
        time = Period(start=dt.date(2021, 3, first), end=dt.date(2021, 3, last or first), precision="span")
    return Deed(number, time, spot, **{"reports": 1, **more})  # type: ignore[arg-type]


def counted(*deeds: Deed, covered: Covered = MARCH, **how: object) -> Series:
    asked = Asked(**{"area": "SYR/Idlib", "indicator": "violence", **how})  # type: ignore[arg-type]
    return count(deeds, area(asked.area), asked, covered)


def test_a_week_begins_on_monday_and_only_whole_ones_count() -> None:
    series = counted(deed(8), deed(14), deed(15), covered=MARCH._replace(first=dt.date(2021, 3, 2)))
    assert (series.first, series.last, len(series)) == (dt.date(2021, 3, 8), dt.date(2021, 3, 28), 3)
    assert series.labels == ["2021-W10", "2021-W11", "2021-W12"]
    assert series.counts.tolist() == [2, 1, 0]
    assert (series.cut_off, series.inputs, series.aside) == (dt.date(2021, 3, 31), "made", ())


def test_months_and_days() -> None:
    assert counted(deed(1), deed(31), period="month").counts.tolist() == [2]
    assert counted(deed(1), deed(31), period="day").counts.nonzero()[0].tolist() == [0, 30]


@pytest.mark.parametrize(
    ("how", "first"),
    [
        ({}, None),
        ({"most": 2}, dt.date(2021, 3, 15)),
        ({"most": 2, "until": dt.date(2021, 3, 28)}, dt.date(2021, 3, 15)),
        ({"most": 2, "until": dt.date(2021, 3, 27)}, dt.date(2021, 3, 8)),
        ({"most": 2, "until": dt.date(2021, 12, 31)}, dt.date(2021, 3, 15)),
        ({"most": 2, "since": dt.date(2021, 3, 20)}, dt.date(2021, 3, 20)),
        ({"most": 2, "until": dt.date(1, 1, 3)}, dt.date(1, 1, 1)),
        ({"most": 2, "until": dt.date(1, 1, 3), "period": "month"}, dt.date(1, 1, 1)),
    ],
)
def test_the_last_periods_are_the_whole_ones_that_end_by_then(how: dict[str, object], first: dt.date | None) -> None:
    asked = Asked(**{"area": "SYR/Idlib", "indicator": "violence", **how})  # type: ignore[arg-type]
    assert narrowed(asked, MARCH).since == first


def test_since_and_until_take_whole_periods() -> None:
    series = counted(deed(8), deed(15), since=dt.date(2021, 3, 9), until=dt.date(2021, 3, 21))
    assert (series.first, series.counts.tolist(), series.cut_off) == (dt.date(2021, 3, 15), [1], dt.date(2021, 3, 21))
    assert len(counted(deed(8), since=dt.date(2021, 3, 9), until=dt.date(2021, 3, 20))) == 0
    for period in ("day", "week", "month"):
        assert len(counted(deed(8), since=dt.date.max, period=period)) == 0


def test_a_deed_of_some_days_counts_once_where_most_of_them_lie() -> None:
    assert counted(deed(12, 16)).counts.tolist() == [0, 1, 0, 0]  # Friday to Tuesday: three days of five
    assert counted(deed(13, 16)).counts.tolist() == [0, 1, 0, 0]  # two and two: the earlier
    assert counted(deed(14, 17)).counts.tolist() == [0, 0, 1, 0]


def test_what_is_dated_too_coarsely_is_left_out_and_said_to_be() -> None:
    series = counted(deed(8, 21, number=6), deed(9))
    assert series.counts.tolist() == [0, 1, 0, 0]
    assert series.aside == (Aside(why="date too coarse", deeds=1, number=6),)


def test_or_spread_evenly_over_its_days() -> None:
    series = counted(deed(8, 21, number=6), deed(1, 28, number=4), spread=True)
    assert series.counts.tolist() == [1, 4, 4, 1]
    assert series.aside == (Aside(why="date too coarse", deeds=2, number=10, spread=True),)
    part = counted(deed(8, 21, number=6), spread=True, until=dt.date(2021, 3, 14))
    assert part.counts.tolist() == [0, 3]  # the other half lies beyond


def test_a_year_never_piles_into_january() -> None:
    whole = Covered(dt.date(2021, 1, 1), dt.date(2021, 12, 31), "made")
    year = deed()._replace(time=Period(start=whole.first, end=whole.last, precision="year"), number=365)
    assert counted(year, covered=whole, period="month").counts.tolist() == [0] * 12
    spread = counted(year, covered=whole, period="month", spread=True).counts
    assert spread.tolist() == pytest.approx([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])


def test_what_may_lie_in_the_area_is_left_out_and_what_lies_elsewhere_is_no_matter() -> None:
    series = counted(deed(), deed(spot=SOMEWHERE), deed(spot=None), deed(None), deed(spot=HOMS), deed(number=None))
    assert series.counts.sum() == 1
    assert {(one.why, one.deeds) for one in series.aside} == {
        ("place too coarse", 1),
        ("place unknown", 1),
        ("date unknown", 1),
        ("no figure", 1),
    }
    assert counted(deed(spot=SOMEWHERE), deed(9), since=dt.date(2021, 3, 15)).aside == ()  # of another time


def test_reports_are_counted_once_a_period() -> None:
    series = counted(deed(8, reports=("a", "b")), deed(9, reports=("b",)), deed(16, reports=("b",)))
    assert series.reports.tolist() == [0, 2, 1, 0]
    assert counted(deed(8, reports=3), deed(9, reports=2)).reports.tolist() == [0, 5, 0, 0]


def test_coverage_is_of_all_reports() -> None:
    days = tuple(dt.date(2021, 3, day) for day in (1, 1, 9, 31))
    series = counted(deed(), covered=MARCH._replace(told=days))
    assert series.coverage is not None
    assert series.coverage.tolist() == [2, 1, 0, 0]


def test_a_province_that_nobody_knows_is_refused_unless_the_dataset_names_it() -> None:
    with pytest.raises(WrongCallError, match=r"knows a province 'Idlbi' in SYR; did you mean Idleb"):
        counted(deed(), area="SYR/Idlbi")
    assert counted(deed(spot=Spot(SARAQIB.place, "Hill Country")), area="SYR/Hill Country").counts.sum() == 1


_DAYS = st.integers(1, 31)


@given(
    st.lists(st.tuples(_DAYS, _DAYS, st.integers(0, 9)), max_size=12), st.sampled_from(get_args(Size)), st.booleans()
)
def test_nothing_is_lost_and_nothing_counts_twice(told: list[tuple[int, int, int]], size: Size, spread: bool) -> None:
    wide = Covered(dt.date(2021, 1, 1), dt.date(2021, 5, 31), "made")
    deeds = [deed(min(days), max(days), number=number) for *days, number in told]
    series = counted(*deeds, covered=wide, period=size, spread=spread)
    left_out = sum(one.number for one in series.aside if not one.spread)
    assert series.counts.sum() + left_out == pytest.approx(sum(one.number or 0 for one in deeds))
    assert np.all(series.counts >= 0)


@given(st.dates(dt.date(1000, 1, 1), dt.date(3000, 1, 1)), st.sampled_from(get_args(Size)))
def test_a_period_holds_its_days(day: dt.date, size: Size) -> None:
    period = periods.number(day, size)
    assert periods.first_day(period, size) <= day <= periods.last_day(period, size)
    assert periods.label(day, size) == periods.label(periods.last_day(period, size), size)


def test_indicators_in_the_words_of_each_observer() -> None:
    strikes, clashes = indicators.indicator("air-strikes"), indicators.indicator("clashes")
    assert indicators.kinds(strikes) == (("ASSAULT", "aerial"), ("ASSAULT", "drone"))
    assert indicators.in_dataset(strikes, "acled", "x") == ("Air/drone strike",)
    with pytest.raises(WrongCallError, match=r"'x' does not tell air-strikes apart; it has clashes, attacks-on-civ"):
        indicators.in_dataset(strikes, "ged", "x")
    with pytest.raises(WrongCallError, match=r"no indicator is called 'rain'; there are air-strikes, shelling"):
        indicators.indicator("rain")
    said = [indicators.is_meant(clashes, sectors) for sectors in (("MIL",), ("CVL",), ("CVL", "REB"), (), (None,))]
    assert said == [True, False, True, True, True]
    assert indicators.is_meant(strikes, ("CVL",))


@pytest.mark.parametrize(("name", "number"), [("deaths", 4), ("deaths-low", 3), ("deaths-high", 7), ("violence", 1)])
def test_deaths_by_three_figures(name: str, number: float) -> None:
    time = Period(start=dt.date(2021, 3, 8), end=dt.date(2021, 3, 8), precision="day")
    entry = Entry(id="1", type="1", place=SARAQIB.place, time=time, deaths=Toll(low=3, best=4, high=7), reports=2)
    row = indicators.indicator(name)
    assert of_entry(entry, row) == Deed(number, time, SARAQIB, 2)
    assert indicators.number(row, None) == (None if name.startswith("deaths") else 1)
