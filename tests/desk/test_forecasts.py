"""Forecasts on a desk, in both databases: kept once, as they were issued, and never changed."""

from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sql

from trucewatch.desk import Desk, Forecast
from trucewatch.desk.opening import connect


def _forecast(number: int, **fields: object) -> Forecast:
    told: dict[str, object] = {
        "id": f"f{number:012x}",
        "at": dt.datetime(2021, 10, 4, 9, 30, tzinfo=dt.UTC),
        "area": "SYR/Idlib",
        "indicator": "shelling",
        "period": "week",
        "observer": "desk",
        "as_of": dt.date(2021, 10, 3),
        "horizon": number,
        "model": "memory 1",
        "inputs": "desk 1",
        "content": {"above": 0.25, "spread": {"values": [0.0, 1.0], "odds": [0.75, 0.25]}},
    }
    return Forecast(**told | fields)  # type: ignore[arg-type]


def test_a_forecast_is_kept_once_and_stays_as_it_was_issued(desk: Desk) -> None:
    first, second = _forecast(1), _forecast(2)
    assert desk.issue([first]) == 1
    later = _forecast(1, at=dt.datetime(2022, 1, 1, tzinfo=dt.UTC), content={"above": 0.9})
    assert desk.issue([later, second, second]) == 1
    assert desk.forecasts() == [first, second]
    assert desk.issue([]) == 0


def test_the_database_refuses_to_change_a_forecast(desk: Desk, place: str) -> None:
    desk.issue([_forecast(1)])
    engine = connect(place, create=False)
    for deed in ("UPDATE forecasts SET model = 'better'", "DELETE FROM forecasts"):
        with pytest.raises(sql.exc.DBAPIError, match="never changed"), engine.begin() as connection:
            connection.exec_driver_sql(deed)
    engine.dispose()
    assert desk.forecasts() == [_forecast(1)]
