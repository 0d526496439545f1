"""Bulletins of monitors on a desk: facts, of which the newest of a series and a period counts."""

from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sql
from sqlalchemy.exc import DBAPIError

from trucewatch.desk import Bulletin, Desk
from trucewatch.desk.bulletins import bulletins
from trucewatch.desk.opening import connect
from trucewatch.errors import DeskError


def told(day: int, count: int, series: str = "north", **other: object) -> Bulletin:
    when = dt.date(2021, 3, day)
    fields: dict[str, object] = {"observer": "North", "unit": "shell", "area": "valley", "blames": ("south",)}
    return Bulletin(series=series, first=when, last=when, count=count, **(fields | other))  # type: ignore[arg-type]


def test_what_is_kept_comes_back_as_it_was(desk: Desk) -> None:
    month = Bulletin(
        series="far",
        observer="Süd",
        unit="غارة",
        area="valley",
        blames=(),
        first=dt.date(2021, 3, 1),
        last=dt.date(2021, 3, 31),
        count=2**40,
    )
    given = [told(2, 4, source="https://example.org/2"), told(1, 0), month]
    assert desk.keep_bulletins(given) == 3
    assert [kept.bulletin for kept in desk.bulletins()] == given
    assert [kept.bulletin for kept in desk.bulletins({"far"})] == [month]
    assert desk.bulletins({"nowhere"}) == []
    assert all(kept.at.tzinfo is not None for kept in desk.bulletins())


def test_the_same_again_adds_nothing_and_a_correction_keeps_what_stood_before(desk: Desk) -> None:
    assert desk.keep_bulletins([told(1, 4), told(2, 5)]) == 2
    assert desk.keep_bulletins([told(1, 4), told(2, 6)]) == 1
    assert desk.keep_bulletins([told(2, 6)]) == 0
    # Back to the first count: a correction like any other.
    assert desk.keep_bulletins([told(2, 5)]) == 1
    assert [(kept.bulletin.first.day, kept.bulletin.count) for kept in desk.bulletins()] == [
        (1, 4),
        (2, 5),
        (2, 6),
        (2, 5),
    ]


def test_a_series_has_one_rule(desk: Desk) -> None:
    desk.keep_bulletins([told(1, 4)])
    with pytest.raises(DeskError, match=r"'north' is kept with unit 'shell', not unit 'episode'.*another id"):
        desk.keep_bulletins([told(3, 1), told(4, 1, unit="episode")])
    assert len(desk.bulletins()) == 1


def test_the_database_itself_refuses_to_change_a_bulletin(desk: Desk) -> None:
    desk.keep_bulletins([told(1, 4)])
    engine = connect(desk.where, create=False)
    for deed in (sql.update(bulletins).values(count=3), sql.delete(bulletins)):
        with engine.connect() as connection, pytest.raises(DBAPIError, match=r"facts are never changed or deleted"):
            connection.execute(deed)
    engine.dispose()
    assert [kept.bulletin.count for kept in desk.bulletins()] == [4]
