"""Forecasts as facts: each as it was issued, for one period, with what it was made from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sql

from trucewatch.desk import rows
from trucewatch.desk.schema import Moment, metadata, nested, number
from trucewatch.desk.statements import Queries, among
from trucewatch.nouns import Noun

forecasts = sql.Table(
    "forecasts",
    metadata,
    number(),
    sql.Column("id", sql.String, nullable=False, unique=True),
    sql.Column("at", Moment, nullable=False),
    sql.Column("area", sql.String, nullable=False),
    sql.Column("indicator", sql.String, nullable=False),
    sql.Column("period", sql.String, nullable=False),
    sql.Column("observer", sql.String, nullable=False),
    sql.Column("as_of", sql.Date, nullable=False),
    sql.Column("horizon", sql.Integer, nullable=False),
    sql.Column("model", sql.String, nullable=False),
    sql.Column("inputs", sql.Text, nullable=False),
    sql.Column("content", nested(), nullable=False),
)


class Forecast(Noun):
    """What was forecast of one period."""

    id: str
    at: dt.datetime
    """When it was issued."""
    area: str
    indicator: str
    period: str
    observer: str
    as_of: dt.date
    """The last day that was counted when it was made."""
    horizon: int
    """1 is the period after that day's."""
    model: str
    inputs: str
    content: dict[str, Any]
    """What it says, as ``outlook.record`` writes and reads it."""


class Forecasts(Queries):
    """What was issued, through one connection."""

    def every(self) -> list[Forecast]:
        """All forecasts that were issued, the oldest first."""
        return [rows.record(Forecast, row) for row in self._rows(sql.select(forecasts).order_by(forecasts.c.number))]

    def add(self, issued: Iterable[Forecast]) -> int:
        """Keep forecasts; how many were new. One whose id is here is left as it is."""
        new = {one.id: one for one in issued}
        for (id_,) in among(self._connection, sql.select(forecasts.c.id), forecasts.c.id, list(new)):
            del new[id_]
        made = [rows.plain(one) for one in new.values()]
        if made:
            self._connection.execute(sql.insert(forecasts), made)
        return len(made)
