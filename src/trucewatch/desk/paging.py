"""Reports and claims a page at a time, by the order in which they came in: what comes later never shifts a page."""

from __future__ import annotations

import sqlalchemy as sql

from trucewatch.desk.accounts import sides
from trucewatch.desk.outlets import spellings
from trucewatch.desk.rows import to_claim, to_report
from trucewatch.desk.schema import claims, reports
from trucewatch.desk.search import ClaimFilter, found
from trucewatch.nouns import Claim, Report


def reports_after(connection: sql.Connection, number: int, most: int) -> list[tuple[int, Report]]:
    """Reports numbered above ``number``, each with its number."""
    query = sql.select(reports).where(reports.c.number > number).order_by(reports.c.number).limit(most)
    return [(row["number"], to_report(row)) for row in connection.execute(query).mappings()]


def reports_before(connection: sql.Connection, number: int, most: int, outlet: str) -> list[tuple[int, Report]]:
    """Reports numbered below ``number`` (0: all), the newest first, of one outlet where it is named, each with its number."""
    query = sql.select(reports).order_by(reports.c.number.desc()).limit(most)
    if number:
        query = query.where(reports.c.number < number)
    if outlet:
        query = query.where(reports.c.outlet.in_(spellings(connection, outlet)))
    return [(row["number"], to_report(row)) for row in connection.execute(query).mappings()]


def claims_after(connection: sql.Connection, wanted: ClaimFilter, number: int, most: int) -> list[tuple[int, Claim]]:
    """The current claims that fit numbered above ``number``, as they were coded, each with its number."""
    query = (
        found(connection, wanted).order_by(None).where(claims.c.number > number).order_by(claims.c.number).limit(most)
    )
    some = connection.execute(query).mappings().all()
    parties = sides(connection, [row["number"] for row in some])
    return [(row["number"], to_claim(row, parties[row["number"]])) for row in some]
