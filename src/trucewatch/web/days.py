"""Days of an address: whole ones, or months and years, which stand for their first day or their last."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from fastapi import Query
from pydantic import BeforeValidator, WithJsonSchema

from trucewatch.codebook.dates import day

DAY = "`2021-09-30`, `2021-09` or `2021`."
SHAPE = WithJsonSchema({"type": "string", "pattern": r"^(\d{4}(-\d{2}(-\d{2})?)?)?$"})


def _at(edge: Literal["first", "last"]) -> BeforeValidator:
    """Reads what is written; nothing is no day. What is none is refused, and no number is a count of seconds here."""
    return BeforeValidator(lambda written: day(written, edge) if written else None)


FirstDay = Annotated[dt.date | None, _at("first"), SHAPE, Query(description=DAY)]
LastDay = Annotated[dt.date | None, _at("last"), SHAPE, Query(description=DAY)]
