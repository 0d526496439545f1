"""The date of a report in the forms that pages give it."""

from __future__ import annotations

import datetime as dt

import pytest

from trucewatch.reports import dates


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("30 September 2021", "2021-09-30"),
        ("Sept. 30, 2021", "2021-09-30"),
        ("SEPTEMBER 30TH, 2021", "2021-09-30"),
        ("30th of September, 2021", "2021-09-30"),
        ("30-Sep-2021", "2021-09-30"),
        ("30-Sep-21", "2021-09-30"),
        ("30 בספטמבר 2021", "2021-09-30"),
        ("30 September، 2021", "2021-09-30"),
        ("Global Research, October 01, 2021", "2021-10-01"),
        ("2021-09-30T23:30:00-05:00", "2021-09-30"),
        ("2021/09/30", "2021-09-30"),
        ("01.10.2021", "2021-10-01"),
        ("01.10.21", "2021-10-01"),
        ("09/30/2021", "2021-09-30"),
        ("30/09/2021", "2021-09-30"),
        ("Readovka, [28.09.2021 14:05]", "2021-09-28"),
        ("30 сентября 2021 г.", "2021-09-30"),
        ("٣٠ أيلول ٢٠٢١", "2021-09-30"),
        ("30 أيلول / سبتمبر 2021", "2021-09-30"),
        ("30 كانون الثاني 2021", "2021-01-30"),
        ("1er mars 2022", "2022-03-01"),
        ("30 de septiembre de 2021", "2021-09-30"),
        ("30. Mai 2021", "2021-05-30"),
        ("30 Eylül 2021", "2021-09-30"),
        ("30 вересня 2021", "2021-09-30"),
        ("2021年9月30日", "2021-09-30"),
        ("Sat, 02 Oct 2021 10:00:00 GMT", "2021-10-02"),
        ("Sat Oct 02 10:00:00 +0000 2021", "2021-10-02"),
        ("Sat Oct  2 10:00:00 UTC 2021", "2021-10-02"),
    ],
)
def test_full_dates(text: str, day: str) -> None:
    (found,) = dates.find(text)
    assert found.date == dt.date.fromisoformat(day)
    assert not found.unsure


def test_day_first_and_said_so_where_both_orders_fit() -> None:
    (found,) = dates.find("10/01/2021")
    assert (found.date, found.unsure) == (dt.date(2021, 1, 10), True)


@pytest.mark.parametrize(
    "text",
    [
        "Tuesday",
        "3 hours ago",
        "5 May",
        "May 2021",
        "31.02.2021",
        "9/11/01",
        "14:22",
        "1,200 of 2021",
        "3-2-1",
        "T-72",
        "Ka-mar-52",
    ],
)
def test_less_than_a_full_date_is_none(text: str) -> None:
    assert dates.find(text) == ()


def test_offsets_are_those_of_the_words() -> None:
    text = "Posted 30 September 2021, changed 2 October 2021."
    assert [text[found.start : found.end] for found in dates.find(text)] == ["30 September 2021", "2 October 2021"]


def test_figures_alone_are_a_date_where_one_should_stand() -> None:
    assert dates.first("20210930") == dates.first("20210930T140500Z") == dt.date(2021, 9, 30)
    assert dates.first("20213009") is None and dates.unread("20213009") == ("no date: 20213009",)
    assert dates.find("Batch 20210930 was burnt.") == ()
