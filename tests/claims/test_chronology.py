"""Dates that stand alone in their lines date what is told below them."""

import datetime as dt

from tests.claims.made import coded

CHRONOLOGY = (
    "2021\n\n3 January\n\nThe army shelled Wukro.\n\n4 March\n\nRebels attacked a base near Mekelle, two days after soldiers had "
    "burned a village.\n\n12 November 2022:\n\nThe two sides signed a truce in Pretoria."
)


def _days(text: str) -> list[str]:
    claims = coded(text, dt.date(2023, 5, 1))
    return [str(one.time.start) if one.time else "" for one in claims]


def test_what_stands_below_a_date_was_on_that_day_and_words_count_from_it() -> None:
    assert _days(CHRONOLOGY) == ["2021-01-03", "2021-03-04", "2021-03-02", "2022-11-12"]


def test_one_date_alone_may_be_that_of_the_report() -> None:
    assert _days("16 September 2021\n\nThe army shelled Wukro.") == [""]


def test_dates_side_by_side_date_nothing() -> None:
    assert _days("Published\n\n16 September 2021\n\nUpdated\n\n17 September 2021\n\n18 September 2021") == []
