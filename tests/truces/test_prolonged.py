"""Until when an extension lasts, from its sentence."""

from __future__ import annotations

import datetime as dt

import pytest

from trucewatch.truces.prolonged import Length, length, until

SAID = dt.date(2022, 8, 2)
"""A Tuesday."""


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("The parties extended the truce until 2 October.", (2022, 10, 2)),
        ("The parties extended the truce until October 2, the envoy said.", (2022, 10, 2)),
        ("The truce was extended through the 2nd of October 2023.", (2023, 10, 2)),
        ("The ceasefire is prolonged till midnight on Sunday, 7 August.", (2022, 8, 7)),
        ("They agreed to extend the truce from 2 August to 2 October 2022.", (2022, 10, 2)),
        ("The truce was extended to 2022-10-02.", (2022, 10, 2)),
        ("They extended the truce until 15 January.", (2023, 1, 15)),
        ("They extended the truce until the end of September.", (2022, 9, 30)),
        ("The army extended its ceasefire until Friday.", (2022, 8, 5)),
        ("The army extended its ceasefire until Tuesday.", (2022, 8, 9)),
        ("They extended the truce until 2 August.", (2022, 8, 2)),
        ("They extended the truce until 31 June.", None),
        ("They extended the truce until October.", None),
        ("They extended the truce until further notice.", None),
        ("They extended the truce of 2 April by two months.", None),
        ("They extended the truce that was to last until 2 July 2022.", None),
    ],
)
def test_the_day_until_which_it_is_longer(sentence: str, day: tuple[int, int, int] | None) -> None:
    assert until(sentence, SAID) == (dt.date(*day) if day else None)


def test_a_leap_day_without_a_year_is_the_next_one_that_there_is() -> None:
    sentence = "They extended the truce until 29 February."
    assert until(sentence, dt.date(2023, 12, 10)) == until(sentence, dt.date(2024, 1, 10)) == dt.date(2024, 2, 29)
    assert until(sentence, dt.date(2024, 12, 10)) is None


@pytest.mark.parametrize(
    ("sentence", "longer"),
    [
        ("The parties extended the truce by two months.", Length(months=2)),
        ("The two-month truce was renewed for another six days.", Length(days=6)),
        ("The armies agreed on a 48-hour extension of the ceasefire.", Length(days=2)),
        ("They agreed to extend the truce for a further 36 hours.", Length(days=2)),
        ("The ceasefire was extended by a month.", Length(months=1)),
        ("The ceasefire was extended by another week.", Length(days=7)),
        ("They extended it for two more weeks.", Length(days=14)),
        ("They agreed to extend the truce another three days.", Length(days=3)),
        ("A two-month truce was extended.", None),
        ("They extended the truce, in force for years.", None),
    ],
)
def test_by_how_much_it_is_longer(sentence: str, longer: Length | None) -> None:
    assert length(sentence) == longer


def test_a_month_later_is_a_day_that_there_is() -> None:
    assert Length(months=1).after(dt.date(2023, 1, 31)) == dt.date(2023, 2, 28)
    assert Length(months=2, days=1).after(dt.date(2021, 12, 30)) == dt.date(2022, 3, 1)
